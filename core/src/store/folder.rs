//! Folders and files as this library wants them: for this user only, whatever the umask says, and one opener at a time.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;

use super::StoreError;
use super::error::Place;
use crate::file_lock;
use crate::model::order::sort_by;

/// How long one waits for another: longer than any migration or salvage takes, shorter than a person's patience.
const PATIENCE: Duration = Duration::from_secs(5);

/// Makes the folder, with its parents, for this user only. One that exists keeps its mode: it may be the system's.
pub(super) fn prepare(dir: &Path, role: &'static str) -> Result<(), StoreError> {
    let place = Place::new(role, dir);
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(dir)
        .map_err(|error| StoreError::from_io(&error, &place))?;
    if dir.is_dir() {
        return Ok(());
    }
    Err(StoreError::CannotOpen(
        place,
        "a part of this path is a file: choose a folder".to_owned(),
    ))
}

/// Opens the file for writing; one that is missing is made, readable by this user only from its first moment on.
pub(super) fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    tighten(&file)?;
    Ok(file)
}

#[cfg(unix)]
fn tighten(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = file.metadata()?.permissions().mode();
    if mode & 0o077 != 0 {
        file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn tighten(_file: &File) -> io::Result<()> {
    Ok(())
}

/// Makes renames and new names in the folder survive a power cut, where the system can.
pub(super) fn sync_folder(dir: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(dir)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = dir;
    Ok(())
}

/// Held while one process opens, migrates or sets aside a database, so that two never judge it at once.
pub(super) struct OpeningLock {
    _file: File,
}

impl OpeningLock {
    /// Waits for its turn, a few seconds at most.
    pub(super) fn wait(database: &Path, role: &'static str) -> Result<Self, StoreError> {
        let place = Place::new(role, database);
        let file = private_file(&with_suffix(database, ".lock"))
            .map_err(|error| StoreError::from_io(&error, &place))?;
        patiently(&place, || file_lock::try_lock(&file))?;
        Ok(Self { _file: file })
    }
}

/// Tries to lock a file again and again, a few seconds at most.
pub(super) fn patiently(place: &Place, lock: impl Fn() -> io::Result<bool>) -> Result<(), StoreError> {
    // So short that even among many who come and go there is a moment for one who is to be alone.
    let pause = Duration::from_millis(1);
    let mut waited = Duration::ZERO;
    while !lock().map_err(|error| StoreError::from_io(&error, place))? {
        if waited >= PATIENCE {
            return Err(StoreError::Busy(place.clone()));
        }
        std::thread::sleep(pause);
        waited += pause;
    }
    Ok(())
}

/// The path with something appended to its last part.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Moves a database and what belongs to it aside, as `<name>.bad-<time>`, and makes that durable. Its WAL keeps the pair
/// of names by which SQLite would still find it. Answers the new name, or `None` if there was nothing to move.
///
/// To be called under the [`OpeningLock`]. The database goes first: killed in between, the WAL is an orphan, and an
/// orphan is moved aside at the next opening rather than replayed into a new file.
pub(super) fn set_aside(database: &Path, now: Timestamp) -> io::Result<Option<PathBuf>> {
    let stamp = now.strftime("%Y%m%dT%H%M%S").to_string();
    let mut aside = with_suffix(database, &format!(".bad-{stamp}"));
    let mut count = 1;
    while aside.exists() || with_suffix(&aside, "-wal").exists() {
        aside = with_suffix(database, &format!(".bad-{stamp}-{count}"));
        count += 1;
    }
    let mut moved = false;
    for suffix in ["", "-wal", "-journal"] {
        match std::fs::rename(with_suffix(database, suffix), with_suffix(&aside, suffix)) {
            Ok(()) => moved = true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    forget(&with_suffix(database, "-shm"))?;
    if let Some(dir) = database.parent().filter(|_| moved) {
        sync_folder(dir)?;
    }
    Ok(moved.then_some(aside))
}

/// Whether [`set_aside`] left anything here. If that cannot be found out, it may have.
pub(super) fn has_set_aside(database: &Path) -> bool {
    all_set_aside(database).is_none_or(|found| !found.is_empty())
}

/// Removes all but the newest `keep` of the files that [`set_aside`] left. Failing to is no failure.
pub(super) fn prune_set_aside(database: &Path, keep: usize) {
    let mut found = all_set_aside(database).unwrap_or_default();
    // The names hold the time, so the newest comes first.
    sort_by(&mut found, |a, b| b.cmp(a));
    for old in found.into_iter().skip(keep) {
        for suffix in ["", "-wal", "-journal"] {
            let _ = forget(&with_suffix(&old, suffix));
        }
    }
}

fn all_set_aside(database: &Path) -> Option<Vec<PathBuf>> {
    let prefix = format!("{}.bad-", database.file_name()?.to_str()?);
    let entries = std::fs::read_dir(database.parent()?).ok()?;
    let found = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| {
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default();
            name.starts_with(&prefix) && !name.ends_with("-wal") && !name.ends_with("-journal")
        });
    Some(found.collect())
}

/// Removes the file; one that is not there is no error.
pub(super) fn forget(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
