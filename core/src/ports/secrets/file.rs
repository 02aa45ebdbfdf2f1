//! Keys in a plain file, `secrets.json`: FOR DEVELOPMENT ONLY, and for machines without a keychain whose owner accepts
//! that whoever reads this user's files reads everything.
//!
//! Promised: mode 0600 from its first byte; replaced whole (written aside, fsynced, renamed), so that a kill leaves the old
//! keys or the new; two processes do not undo each other's changes. A file it cannot read is an error and stays as it is:
//! starting over would lose every session (scenario 5).

use std::collections::BTreeMap;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::{SecretError, SecretKey, SecretStore};
use crate::file_lock;
use crate::ports::PortFuture;

/// Keys in a plain file of a folder. For development only.
#[derive(Debug, Clone)]
pub struct FileSecrets {
    dir: PathBuf,
}

type Keys = BTreeMap<String, Zeroizing<String>>;

impl FileSecrets {
    /// The store in `dir`, which is made if missing, for this user only.
    ///
    /// # Errors
    /// [`SecretError::Unavailable`] if the folder cannot be made, [`SecretError::Failed`] if there is a file that is no
    /// store.
    pub fn open(dir: &Path) -> Result<Self, SecretError> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(dir).map_err(|error| unavailable(dir, &error))?;
        let store = Self { dir: dir.to_owned() };
        store.read()?;
        Ok(store)
    }

    fn path(&self) -> PathBuf {
        self.dir.join("secrets.json")
    }

    fn read(&self) -> Result<Keys, SecretError> {
        let path = self.path();
        let mut text = Zeroizing::new(Vec::new());
        match File::open(&path).and_then(|mut file| file.read_to_end(&mut text)) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Keys::new()),
            Err(error) => return Err(unavailable(&path, &error)),
        }
        let plain: BTreeMap<String, String> = serde_json::from_slice(&text).map_err(|_| {
            SecretError::Failed(format!(
                "{} is not JSON: restore it, or move it away",
                path.display()
            ))
        })?;
        Ok(plain
            .into_iter()
            .map(|(name, key)| (name, Zeroizing::new(key)))
            .collect())
    }

    /// Reads, changes and replaces the file as one step among all processes.
    fn change(&self, work: impl FnOnce(&mut Keys) -> bool) -> Result<(), SecretError> {
        let path = self.path();
        let failed = |error: io::Error| unavailable(&path, &error);
        let turn = private_file(&self.dir.join("secrets.lock")).map_err(failed)?;
        // Held for a read and a write of a small file.
        file_lock::lock(&turn).map_err(failed)?;
        let mut keys = self.read()?;
        if !work(&mut keys) {
            return Ok(());
        }
        let plain: BTreeMap<&str, &str> = keys
            .iter()
            .map(|(name, key)| (name.as_str(), key.as_str()))
            .collect();
        let text = serde_json::to_vec_pretty(&plain)
            .map(Zeroizing::new)
            .map_err(|_| SecretError::Failed("the keys could not be written as JSON".to_owned()))?;
        let fresh = self.dir.join("secrets.json.new");
        let written = private_file(&fresh).and_then(|mut file| {
            file.set_len(0)?;
            file.write_all(&text)?;
            file.sync_all()?;
            std::fs::rename(&fresh, &path)?;
            sync_folder(&self.dir)
        });
        written.map_err(failed)
    }

    fn get_now(&self, name: &str) -> Result<Option<SecretKey>, SecretError> {
        let keys = self.read()?;
        let Some(text) = keys.get(name) else {
            return Ok(None);
        };
        let damaged = || SecretError::Corrupt(format!("{} in {}", name, self.path().display()));
        let mut bytes = Zeroizing::new([0_u8; 33]);
        let length = STANDARD
            .decode_slice(text.as_bytes(), bytes.as_mut_slice())
            .map_err(|_| damaged())?;
        let key = bytes
            .get(..length)
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or_else(damaged)?;
        Ok(Some(SecretKey::new(key)))
    }

    fn set_now(&self, name: &str, key: &SecretKey) -> Result<(), SecretError> {
        let text = Zeroizing::new(STANDARD.encode(key.expose()));
        self.change(|keys| {
            keys.insert(name.to_owned(), text);
            true
        })
    }

    fn delete_now(&self, name: &str) -> Result<(), SecretError> {
        self.change(|keys| keys.remove(name).is_some())
    }
}

/// Opens the file for writing, made if missing, for this user only from its first moment on.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes a rename in the folder survive a power cut, where the system can.
fn sync_folder(dir: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(dir)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = dir;
    Ok(())
}

fn unavailable(path: &Path, error: &io::Error) -> SecretError {
    let hint = "check the path and that this user may write there";
    SecretError::Unavailable(format!("{}: {}: {hint}", path.display(), error.kind()))
}

/// A few hundred bytes of a local file: done where it is called, like the database.
impl SecretStore for FileSecrets {
    fn id(&self) -> &'static str {
        "file"
    }

    fn get(&self, name: &str) -> PortFuture<Result<Option<SecretKey>, SecretError>> {
        Box::pin(std::future::ready(self.get_now(name)))
    }

    fn set(&self, name: &str, key: SecretKey) -> PortFuture<Result<(), SecretError>> {
        Box::pin(std::future::ready(self.set_now(name, &key)))
    }

    fn delete(&self, name: &str) -> PortFuture<Result<(), SecretError>> {
        Box::pin(std::future::ready(self.delete_now(name)))
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    fn get(store: &FileSecrets, name: &str) -> Result<Option<SecretKey>, SecretError> {
        store.get(name).now_or_never().unwrap()
    }

    fn set(store: &FileSecrets, name: &str, byte: u8) {
        store
            .set(name, SecretKey::new([byte; 32]))
            .now_or_never()
            .unwrap()
            .unwrap();
    }

    #[test]
    fn keys_outlive_the_process_and_go_when_deleted() {
        let dir = tempfile::tempdir().unwrap();
        set(&FileSecrets::open(dir.path()).unwrap(), "a", 1);
        let store = FileSecrets::open(dir.path()).unwrap();
        set(&store, "b", 2);
        set(&store, "a", 3);
        assert_eq!(get(&store, "a"), Ok(Some(SecretKey::new([3; 32]))));
        assert_eq!(get(&store, "b"), Ok(Some(SecretKey::new([2; 32]))));
        store.delete("a").now_or_never().unwrap().unwrap();
        store.delete("a").now_or_never().unwrap().unwrap();
        assert_eq!(get(&store, "a"), Ok(None));
        assert!(!dir.path().join("secrets.json.new").exists());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path().join("deep/er");
        set(&FileSecrets::open(&dir).unwrap(), "a", 1);
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&dir), 0o700);
        assert_eq!(mode(&dir.join("secrets.json")), 0o600);
    }

    #[test]
    fn s05_a_damaged_file_is_reported_and_kept() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secrets.json");
        std::fs::write(&path, "{\"a\": \"AAAA\"}").unwrap();
        let store = FileSecrets::open(dir.path()).unwrap();
        assert!(matches!(get(&store, "a"), Err(SecretError::Corrupt(_))));

        std::fs::write(&path, "noise").unwrap();
        // Not `Corrupt`: the person may put the file back, and then every key is there again.
        assert!(matches!(get(&store, "a"), Err(SecretError::Failed(_))));
        assert!(matches!(
            FileSecrets::open(dir.path()),
            Err(SecretError::Failed(_))
        ));
        let refused = store.set("b", SecretKey::new([1; 32])).now_or_never().unwrap();
        assert!(matches!(refused, Err(SecretError::Failed(_))));
        assert_eq!(std::fs::read(&path).unwrap(), b"noise");
    }

    #[test]
    fn it_keeps_every_promise_of_a_store() {
        let dir = tempfile::tempdir().unwrap();
        let [store, again] = [(); 2].map(|()| FileSecrets::open(dir.path()).unwrap());
        let checked = crate::ports::secrets::conformance::check(&store, &again);
        assert_eq!(checked.now_or_never().unwrap(), Ok(()));
    }

    #[test]
    fn a_path_that_is_a_file_says_so() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let error = FileSecrets::open(file.path()).unwrap_err();
        assert!(matches!(&error, SecretError::Unavailable(_)), "{error}");
        assert!(
            error.to_string().contains(&file.path().display().to_string()),
            "{error}"
        );
    }

    #[test]
    fn two_handles_do_not_undo_each_other() {
        let dir = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for thread in 0..4_u8 {
                let store = FileSecrets::open(dir.path()).unwrap();
                scope.spawn(move || {
                    for n in 0..10 {
                        set(&store, &format!("{thread}-{n}"), thread);
                    }
                });
            }
        });
        assert_eq!(FileSecrets::open(dir.path()).unwrap().read().unwrap().len(), 40);
    }
}
