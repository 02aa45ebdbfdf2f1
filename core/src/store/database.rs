//! Opening a database file, whatever is found in its place.
//!
//! Promised: a missing file is made whole or not at all (written under another name, then renamed), so an empty one is
//! damage like noise is; a damaged one is moved aside, never deleted unread, and the caller is told (scenario 31); one of a
//! newer version is refused and not a byte of it changes (scenario 33); what [`Kind::salvage`] takes out of a damaged file is in
//! the new one from its first moment, and a kill in between leaves one or the other (scenario 32), and who has the damaged one
//! open in another process goes on in the new one; no file is readable by others, at any moment. Suspended, it has no file open, and only [`Database::resume`] opens one again (scenario 34).
//! Not promised: damage deeper than the header and the tables of [`Kind::probe`] is met later, as
//! [`StoreError::Corrupt`] of some call.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::StoreError;
use super::error::Place;
use super::folder::{self, OpeningLock, with_suffix};
use super::gate::{Gate, Inside};
use super::judge::{check, judge, peek};
use super::kind::{Kind, Salvager};
use super::salvage::{self, Image};
use super::{FileProtection, Folder, migrate, protect};

/// How long a call waits for another process's transaction.
pub(super) const BUSY: Duration = Duration::from_secs(5);

/// How often one call finds another file in its place. More than once is a disk that damages each.
const REPLACEMENTS: usize = 4;

/// A store that was opened, and what was found damaged in its place.
#[derive(Debug)]
pub(crate) struct Opened<T> {
    /// The store.
    pub(crate) store: T,
    /// Where the damaged file is now. Tell the person.
    pub(crate) set_aside: Option<PathBuf>,
}

/// One open database file.
pub(super) struct Database {
    kind: &'static Kind,
    place: Place,
    protection: FileProtection,
    door: Mutex<Door>,
}

enum Door {
    Open(Open),
    /// Not to be had now: the disk was full, or the folder gone. With the file that is to be replaced, if one was found damaged.
    Broken(Option<Condemned>),
    Suspended,
    Closed,
}

struct Open {
    connection: Connection,
    /// Which file this connection has open, whatever its name shows by now.
    identity: Option<Identity>,
    /// Of a file that is worth saving. Dropped after the connection.
    gate: Option<Gate>,
}

impl Open {
    fn new(connection: Connection, identity: Option<Identity>, gate: Option<Gate>) -> Self {
        open_here().extend(identity);
        Self {
            connection,
            identity,
            gate,
        }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        // The last to close a file writes its log back and removes what has the log's name: that may be another file's by now.
        if let Some(gate) = &self.gate
            && !(gate.enter_to_the_end() && identity_of(gate.path()) == self.identity)
        {
            let _ = self
                .connection
                .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
        }
        let mut open = open_here();
        if let Some(at) = open.iter().position(|one| Some(*one) == self.identity) {
            open.swap_remove(at);
        }
    }
}

/// Device and number of a file.
type Identity = (u64, u64);

/// Which file was found damaged inside, as far as the system tells.
type Condemned = Option<Identity>;

/// The database files that connections of this process have open, once for each. Such a file must not be opened and closed
/// again behind SQLite's back: POSIX drops all locks of a process on a file when it closes any descriptor of it, and another
/// process would then take the WAL for nobody's.
fn open_here() -> MutexGuard<'static, Vec<Identity>> {
    static OPEN: Mutex<Vec<Identity>> = Mutex::new(Vec::new());
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Database {
    /// Opens the file of this kind in `folder`, made if missing.
    pub(super) fn open(
        kind: &'static Kind,
        folder: Folder<'_>,
        now: Timestamp,
    ) -> Result<Opened<Self>, StoreError> {
        folder::prepare(folder.dir, kind.folder_role)?;
        protect::folder(folder, kind.is_cache);
        let place = Place::new(kind.role, &folder.dir.join(kind.file_name));
        let protection = folder.protection;
        let (open, set_aside) = open_or_replace(kind, &place, protection, None, now)?;
        Ok(Opened {
            store: Self {
                kind,
                place,
                protection,
                door: Mutex::new(Door::Open(open)),
            },
            set_aside,
        })
    }

    /// Runs `work` on the connection. The lock is held for exactly that long, and what is worth saving is neither copied nor
    /// moved meanwhile.
    pub(super) fn with<T>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, WorkError>,
    ) -> Result<T, StoreError> {
        let (mut work, mut given) = (Some(work), None);
        self.with_any(&mut |connection| {
            given = work.take().map(|work| work(connection)).transpose()?;
            Ok(())
        })?;
        given.ok_or_else(|| StoreError::Closed(self.place.clone()))
    }

    /// The same without the type of what it gives: it is in the library once. Calls `work` once.
    fn with_any(
        &self,
        work: &mut dyn FnMut(&mut Connection) -> Result<(), WorkError>,
    ) -> Result<(), StoreError> {
        let mut door = self.door();
        let open = match &mut *door {
            Door::Open(open) => open,
            Door::Broken(_) => return Err(StoreError::Corrupt(self.place.clone())),
            Door::Suspended => return Err(StoreError::Suspended(self.place.clone())),
            Door::Closed => return Err(StoreError::Closed(self.place.clone())),
        };
        let _inside = self.go_in(open)?;
        work(&mut open.connection).map_err(|error| match error {
            WorkError::Sqlite(error) => StoreError::from_sqlite(&error, &self.place),
            WorkError::Store(error) => error,
        })
    }

    /// Goes into the file that is in its place. If another process has found this one damaged, that is the one it has made of
    /// it: what is promised in the other is kept by nobody.
    fn go_in(&self, open: &mut Open) -> Result<Option<Inside>, StoreError> {
        for _ in 0..REPLACEMENTS {
            let Some(gate) = &open.gate else {
                return Ok(None);
            };
            let inside = gate.enter()?;
            if identity_of(&self.place.path) == open.identity {
                return Ok(Some(inside));
            }
            drop(inside);
            *open = self.open_in_place()?;
            tracing::warn!(
                "another process has replaced {}; this one goes on in the new file",
                self.place.role
            );
        }
        Err(StoreError::Busy(self.place.clone()))
    }

    fn open_in_place(&self) -> Result<Open, StoreError> {
        let _turn = OpeningLock::wait(&self.place.path, self.kind.role)?;
        if !self.place.path.exists() {
            let reason = "it was taken away while it was in use: start the app again";
            return Err(StoreError::CannotOpen(self.place.clone(), reason.to_owned()));
        }
        open_existing(self.kind, &self.place, self.protection)
    }

    /// After [`StoreError::Corrupt`]: moves the file aside and starts a new one, unless another process has done so. Does
    /// nothing if the file was closed meanwhile.
    pub(super) fn rebuild(&self, now: Timestamp) -> Result<Option<PathBuf>, StoreError> {
        let mut door = self.door();
        let damaged = match &*door {
            Door::Open(open) => {
                // What is kept is the damaged file and its WAL, not what comes of replaying one into the other.
                let _ = open
                    .connection
                    .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
                Some(open.identity)
            }
            Door::Broken(damaged) => *damaged,
            Door::Suspended | Door::Closed => return Ok(None),
        };
        *door = Door::Broken(damaged);
        let (open, set_aside) = self.made_anew(damaged, now)?;
        *door = Door::Open(open);
        Ok(set_aside)
    }

    /// Writes everything into the main file and closes it; calls after this say [`StoreError::Closed`].
    pub(super) fn close(&self) {
        // SQLite checkpoints when the last connection closes.
        *self.door() = Door::Closed;
    }

    /// The same until [`Database::resume`]; calls meanwhile say [`StoreError::Suspended`].
    pub(super) fn suspend(&self) {
        let mut door = self.door();
        if !matches!(*door, Door::Closed) {
            *door = Door::Suspended;
        }
    }

    /// Opens the file again, if it was suspended. One that is damaged or missing by now is left as it is: then it stays
    /// suspended.
    pub(super) fn resume(&self) -> Result<(), StoreError> {
        let mut door = self.door();
        if self.is_to_be_resumed(&door)? {
            let _turn = OpeningLock::wait(&self.place.path, self.kind.role)?;
            *door = Door::Open(open_existing(self.kind, &self.place, self.protection)?);
        }
        Ok(())
    }

    /// The same; but one that is damaged or missing by now is made anew, and if there is none to be had it is suspended no
    /// longer all the same: calls say [`StoreError::Corrupt`] until [`Database::rebuild`] has one. True if it was suspended.
    pub(super) fn resume_or_replace(&self, now: Timestamp) -> Result<bool, StoreError> {
        let mut door = self.door();
        let resumes = self.is_to_be_resumed(&door)?;
        if resumes {
            *door = Door::Broken(None);
            *door = Door::Open(self.made_anew(None, now)?.0);
        }
        Ok(resumes)
    }

    fn is_to_be_resumed(&self, door: &Door) -> Result<bool, StoreError> {
        match door {
            Door::Open(_) | Door::Broken(_) => Ok(false),
            Door::Suspended => Ok(true),
            Door::Closed => Err(StoreError::Closed(self.place.clone())),
        }
    }

    /// Opens what is in the file's place, in a folder that is made if need be; another file if that is damaged.
    fn made_anew(
        &self,
        damaged: Option<Condemned>,
        now: Timestamp,
    ) -> Result<(Open, Option<PathBuf>), StoreError> {
        if let Some(dir) = self.place.path.parent() {
            folder::prepare(dir, self.kind.folder_role)?;
            let protection = self.protection;
            protect::folder(Folder { dir, protection }, self.kind.is_cache);
        }
        open_or_replace(self.kind, &self.place, self.protection, damaged, now)
    }

    /// Whether the file or its WAL was taken away, or another put in its place, while it is open here. What is written to it
    /// goes nowhere then.
    pub(super) fn has_vanished(&self) -> bool {
        matches!(&*self.door(), Door::Open(open) if identity_of(&self.place.path) != open.identity
            || !with_suffix(&self.place.path, "-wal").exists())
    }

    /// The file, for errors.
    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    fn door(&self) -> MutexGuard<'_, Door> {
        // A panic while it was held rolled its transaction back.
        self.door.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What fails inside [`Database::with`].
pub(super) enum WorkError {
    Sqlite(rusqlite::Error),
    Store(StoreError),
}

impl From<rusqlite::Error> for WorkError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<StoreError> for WorkError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Opens the file, or moves it aside and makes a new one if it is damaged. `condemned` is the identity of a file that the
/// caller has found damaged inside.
fn open_or_replace(
    kind: &Kind,
    place: &Place,
    protection: FileProtection,
    condemned: Option<Condemned>,
    now: Timestamp,
) -> Result<(Open, Option<PathBuf>), StoreError> {
    let io = |error: std::io::Error| StoreError::from_io(&error, place);
    let _turn = OpeningLock::wait(&place.path, kind.role)?;
    let (fresh, salvaged) = (
        with_suffix(&place.path, ".new"),
        with_suffix(&place.path, ".salvaged"),
    );
    let is_there = place.path.exists();
    if is_there && condemned.is_none_or(|identity| identity != identity_of(&place.path)) {
        // One read that went wrong is no damage: others may have the file open, and would go on in one that was moved aside.
        let opened = match open_existing(kind, place, protection) {
            Err(StoreError::Corrupt(_)) => open_existing(kind, place, protection),
            opened => opened,
        };
        match opened {
            Err(StoreError::Corrupt(_)) => {}
            Err(error) => return Err(error),
            Ok(open) => {
                // Of a replacement that was killed, and is not needed after all: it must not come back later.
                for left in [&fresh, &salvaged] {
                    folder::forget(left).map_err(io)?;
                }
                return Ok((open, None));
            }
        }
    }
    let gate = kind.salvage.map(|_| Gate::of(place)).transpose()?;
    // Until the new one has its name: what others accept meanwhile would be in neither.
    let _alone = gate.as_ref().map(Gate::enter_alone).transpose()?;
    // Under a name that says it is whole: killed before it has its own, the next opening goes on from here.
    let whole = match kind.salvage {
        Some(salvager) if is_there => {
            create(kind, place, &fresh, Some((salvager, now)))?;
            std::fs::rename(&fresh, &salvaged).map_err(io)?;
            sync_folder_of(place).map_err(io)?;
            salvaged
        }
        Some(_) if salvaged.exists() => salvaged,
        _ => {
            create(kind, place, &fresh, None)?;
            fresh
        }
    };
    // Damaged, condemned, or missing: then its WAL, if one was left, must not be replayed into the new file.
    let set_aside = folder::set_aside(&place.path, now).map_err(io)?;
    if let Some(keep) = kind.keep_set_aside {
        folder::prune_set_aside(&place.path, keep);
    }
    std::fs::rename(&whole, &place.path).map_err(io)?;
    sync_folder_of(place).map_err(io)?;
    Ok((open_existing(kind, place, protection)?, set_aside))
}

fn sync_folder_of(place: &Place) -> std::io::Result<()> {
    place.path.parent().map_or(Ok(()), folder::sync_folder)
}

/// Makes the file under another name, to be renamed, so that no kill leaves half of one; with what is found in the one it is to
/// take the place of.
fn create(
    kind: &Kind,
    place: &Place,
    fresh: &Path,
    salvage: Option<(Salvager, Timestamp)>,
) -> Result<(), StoreError> {
    let io = |error: std::io::Error| StoreError::from_io(&error, place);
    let sqlite = |error: rusqlite::Error| StoreError::from_sqlite(&error, place);
    for suffix in ["", "-wal", "-shm", "-journal"] {
        folder::forget(&with_suffix(fresh, suffix)).map_err(io)?;
    }
    let file = folder::private_file(fresh).map_err(io)?;
    let mut connection = connect(fresh).map_err(sqlite)?;
    // Nobody knows this file yet: it is synced once, whole, before it gets its name.
    connection
        .execute_batch("PRAGMA synchronous = off; PRAGMA journal_mode = memory;")
        .map_err(sqlite)?;
    connection.execute_batch(kind.at_creation).map_err(sqlite)?;
    connection
        .pragma_update(None, "application_id", kind.application_id)
        .map_err(sqlite)?;
    migrate::migrate(&mut connection, kind.migrations).map_err(sqlite)?;
    if let Some((salvager, now)) = salvage {
        let found = salvage::read(&Image::of(&place.path));
        let tx = connection.transaction().map_err(sqlite)?;
        salvager(&tx, &found, now).map_err(sqlite)?;
        tx.commit().map_err(sqlite)?;
    }
    connection
        .execute_batch("PRAGMA journal_mode = wal;")
        .map_err(sqlite)?;
    connection.close().map_err(|(_, error)| sqlite(error))?;
    file.sync_all().map_err(io)
}

/// Opens a file that is there. [`StoreError::Corrupt`] means: move it aside.
fn open_existing(kind: &Kind, place: &Place, protection: FileProtection) -> Result<Open, StoreError> {
    let io = |error: std::io::Error| StoreError::from_io(&error, place);
    let sqlite = |error: rusqlite::Error| StoreError::from_sqlite(&error, place);
    if place.path.is_dir() {
        return Err(io(std::io::ErrorKind::IsADirectory.into()));
    }
    let identity = identity_of(&place.path);
    if !identity.is_some_and(|identity| open_here().contains(&identity)) {
        // Judged from its bytes first: SQLite would replay the WAL of a newer file into it merely by looking.
        let (application_id, version) = peek(&place.path)
            .map_err(io)?
            .ok_or(StoreError::Corrupt(place.clone()))?;
        judge(kind, place, application_id, version)?;
        drop(folder::private_file(&place.path).map_err(io)?);
    }

    let gate = kind.salvage.map(|_| Gate::of(place)).transpose()?;
    let mut connection = connect(&place.path).map_err(sqlite)?;
    // The newest version may still be in the WAL only; then closing again must not move it. Nor if it is damaged.
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .map_err(sqlite)?;
    let version = migrate::user_version(&connection).map_err(sqlite)?;
    let application_id = connection
        .pragma_query_value(None, "application_id", |row| row.get(0))
        .map_err(sqlite)?;
    judge(kind, place, application_id, version)?;

    let mode: String = connection
        .pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))
        .map_err(sqlite)?;
    if mode != "wal" {
        let reason = "this kind of folder cannot be shared between processes: choose one on a local disk";
        return Err(StoreError::CannotOpen(place.clone(), reason.to_owned()));
    }
    connection.execute_batch(kind.at_opening).map_err(sqlite)?;
    migrate::migrate(&mut connection, kind.migrations).map_err(sqlite)?;
    connection
        .pragma_update(None, "foreign_keys", true)
        .map_err(sqlite)?;
    check(&connection, kind.probe).map_err(sqlite)?;
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)
        .map_err(sqlite)?;
    connection.set_prepared_statement_cache_capacity(64);
    protect::database(&place.path, protection);
    Ok(Open::new(connection, identity, gate))
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    // Neither CREATE (the mode would be the umask's) nor URI (a folder may be called `file:x?y`).
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    Ok(connection)
}

#[cfg(unix)]
fn identity_of(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|file| (file.dev(), file.ino()))
}

/// Where files have no number, each is taken for the condemned one.
#[cfg(not(unix))]
fn identity_of(_path: &Path) -> Option<Identity> {
    None
}
