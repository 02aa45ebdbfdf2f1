//! What the system is told of the two folders: that backups leave them out, and when what is in them may be read.
//!
//! A backup would bring files back without their keys, which never leave the device, or an old outbox whose writes were sent long
//! ago. Promised where the platform has a way to say it (scenario 5, a restored device):
//!
//! * Apple: both folders are excluded from backups; on iOS what is in them can be read after the first unlock since the boot and
//!   from then on, so that a locked phone sends what waits, unless the app asks for more ([`FileProtection`]). New files take that
//!   over from their folder; those that are there already, the WAL's among them, are told each time they are opened.
//! * Desktops: the cache folder has a `CACHEDIR.TAG`, by which backup programs know one (<https://bford.info/cachedir/>).
//! * Android has no call for a file: the shell passes `noBackupFilesDir` and `cacheDir`.
//!
//! That it cannot be said fails nothing, and is logged.

use std::path::Path;

/// When iOS lets the files be read. On every other system it means nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum FileProtection {
    /// From the first unlock since the device was started: a locked phone sends what waits.
    #[default]
    CompleteUntilFirstUserAuthentication,
    /// While the device is unlocked, and by whoever had them open then: a client that is opened or resumed on a locked phone
    /// gives `Storage`, and so does a synchronisation in the background.
    CompleteUnlessOpen,
    /// While the device is unlocked: on a locked phone every call that needs a file gives `Storage`, and nothing is sent.
    Complete,
}

/// The folder of a database, and when what is in it can be read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Folder<'a> {
    pub(crate) dir: &'a Path,
    pub(crate) protection: FileProtection,
}

#[cfg(test)]
impl<'a, P: AsRef<Path> + ?Sized> From<&'a P> for Folder<'a> {
    fn from(dir: &'a P) -> Self {
        Self {
            dir: dir.as_ref(),
            protection: FileProtection::default(),
        }
    }
}

/// Says it of a folder. `cache`: what is in it can be had again.
pub(super) fn folder(Folder { dir, protection }: Folder<'_>, cache: bool) {
    #[cfg(target_vendor = "apple")]
    apple::folder(dir, protection);
    #[cfg(not(any(target_os = "ios", target_os = "android")))]
    if cache && let Err(error) = tag(dir) {
        tracing::debug!(%error, "the cache folder cannot be marked as one");
    }
    let _ = (dir, protection, cache);
}

/// Says it of a database that is open, and of what SQLite and this library keep beside it.
pub(super) fn database(path: &Path, protection: FileProtection) {
    #[cfg(all(target_vendor = "apple", not(target_os = "macos")))]
    for suffix in ["", "-wal", "-shm", ".lock", ".gate"] {
        apple::file(&super::folder::with_suffix(path, suffix), protection);
    }
    let _ = (path, protection);
}

#[cfg(not(any(target_os = "ios", target_os = "android")))]
fn tag(dir: &Path) -> std::io::Result<()> {
    use std::io::Write as _;

    const TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n\
                       # Answers of a server, which can be asked for again. Backups may leave this folder out.\n";
    let path = dir.join("CACHEDIR.TAG");
    if path.exists() {
        return Ok(());
    }
    super::folder::private_file(&path)?.write_all(TAG.as_bytes())
}

#[cfg(target_vendor = "apple")]
mod apple {
    use std::path::Path;

    use objc2::runtime::AnyObject;
    use objc2_foundation::{NSNumber, NSString, NSURL, NSURLIsExcludedFromBackupKey, NSURLResourceKey};

    use super::FileProtection;

    pub(super) fn folder(dir: &Path, protection: FileProtection) {
        // SAFETY: a constant of the system's, there since iOS 5.1 and macOS 10.8.
        #[expect(unsafe_code, reason = "every static of another language is")]
        let key = unsafe { NSURLIsExcludedFromBackupKey };
        set(dir, key, &NSNumber::new_bool(true));
        #[cfg(not(target_os = "macos"))]
        file(dir, protection);
        let _ = protection;
    }

    #[cfg(not(target_os = "macos"))]
    pub(super) fn file(path: &Path, protection: FileProtection) {
        use objc2_foundation::{
            NSURLFileProtectionComplete, NSURLFileProtectionCompleteUnlessOpen,
            NSURLFileProtectionCompleteUntilFirstUserAuthentication, NSURLFileProtectionKey,
        };
        // SAFETY: constants of the system's, there since iOS 9.
        #[expect(unsafe_code, reason = "every static of another language is")]
        let (key, value) = unsafe {
            let value = match protection {
                FileProtection::CompleteUntilFirstUserAuthentication => {
                    NSURLFileProtectionCompleteUntilFirstUserAuthentication
                }
                FileProtection::CompleteUnlessOpen => NSURLFileProtectionCompleteUnlessOpen,
                FileProtection::Complete => NSURLFileProtectionComplete,
            };
            (NSURLFileProtectionKey, value)
        };
        if path.exists() {
            set(path, key, value);
        }
    }

    fn set(path: &Path, key: &NSURLResourceKey, value: &AnyObject) {
        let Some(text) = path.to_str() else { return };
        let url = NSURL::fileURLWithPath(&NSString::from_str(text));
        // SAFETY: the values are of the types that the system documents for their keys: a boolean number for the backup, a
        // string of its own constants for the protection.
        #[expect(
            unsafe_code,
            reason = "the type of the value goes with the key, which no signature says"
        )]
        let set = unsafe { url.setResourceValue_forKey_error(Some(value), key) };
        if let Err(error) = set {
            tracing::warn!(
                code = error.code(),
                "the system does not take what is said of a file"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cache_folder_is_marked_once_and_no_other_is() {
        let dir = tempfile::tempdir().unwrap();
        folder(dir.path().into(), false);
        let mark = dir.path().join("CACHEDIR.TAG");
        assert!(!mark.exists());
        folder(dir.path().into(), true);
        let text = std::fs::read_to_string(&mark).unwrap();
        assert!(
            text.starts_with("Signature: 8a477f597d28d172789f06886806bc55\n"),
            "{text}"
        );
        std::fs::write(&mark, "somebody's own").unwrap();
        folder(dir.path().into(), true);
        assert_eq!(std::fs::read_to_string(&mark).unwrap(), "somebody's own");
        folder((&dir.path().join("gone")).into(), true);
    }
}
