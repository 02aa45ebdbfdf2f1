//! What can go wrong with a file of this library, told apart by what the app should do now (scenario 30), and turned
//! into the public error in one place.
//!
//! Never in here: SQL, or anything a row held.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::error::{Error, StorageFault};
use crate::ports::NoRandomness;

/// A file or folder of this library: what it is for, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// Such as "the cache file".
    pub(crate) role: &'static str,
    /// Where it is.
    pub(crate) path: PathBuf,
}

impl Place {
    pub(super) fn new(role: &'static str, path: &Path) -> Self {
        Self {
            role,
            path: path.to_owned(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.role, self.path.display())
    }
}

/// Why a store did not do what it was asked. Each sentence says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum StoreError {
    #[error("no space is left for {0}: free some, then try again")]
    Full(Place),
    #[error("{0} cannot be written: allow this user to write there, or choose another folder")]
    ReadOnly(Place),
    #[error("{0} cannot be opened: {1}")]
    CannotOpen(Place, String),
    #[error("{0} is in use by another process: try again in a moment")]
    Busy(Place),
    #[error("{0} is damaged: start the app again; if it stays so, move the file away")]
    Corrupt(Place),
    #[error(
        "{place} was written by a newer version of this app (format {found}, this one knows up to {known}): \
         update the app; the file was left as it is"
    )]
    Newer { place: Place, found: i64, known: i64 },
    #[error("{0} could not be read or written ({1}): check the disk, then try again")]
    Io(Place, String),
    /// Two sign-ins of one person, or of one account, crossed; the other one is on disk.
    #[error("{0} was changed by another sign-in at this moment: try again")]
    Crossed(Place),
    /// A row names something that is not there: a defect of the caller.
    #[error("{0} has no such {1}")]
    Missing(Place, &'static str),
    #[error("{0} is closed")]
    Closed(Place),
    #[error("{0} is closed while the client is suspended")]
    Suspended(Place),
    #[error("the system's random generator failed")]
    NoRandomness,
    #[error("the cipher refused to seal")]
    Unsealable,
}

impl StoreError {
    /// Maps what SQLite said about this file.
    pub(super) fn from_sqlite(error: &rusqlite::Error, place: &Place) -> Self {
        let place = place.clone();
        let Some(code) = error.sqlite_error_code() else {
            return match error {
                // A column of a STRICT table that is not what the schema says: the page is not ours any more.
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::Utf8Error(..)
                | rusqlite::Error::InvalidColumnType(..) => Self::Corrupt(place),
                _ => Self::Io(place, "the database layer was used wrongly".to_owned()),
            };
        };
        match code {
            ErrorCode::DiskFull => Self::Full(place),
            ErrorCode::ReadOnly => Self::ReadOnly(place),
            ErrorCode::CannotOpen | ErrorCode::PermissionDenied => Self::CannotOpen(
                place,
                "check that this user may read and write it and its folder".to_owned(),
            ),
            // The last is a busy file too: the locks of its log, tried for too long.
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => {
                Self::Busy(place)
            }
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Corrupt(place),
            _ => {
                let number = error.sqlite_error().map_or(0, |failure| failure.extended_code);
                Self::Io(place, format!("SQLite error {number}"))
            }
        }
    }

    /// Maps what the file system said about this file or folder.
    pub(super) fn from_io(error: &io::Error, place: &Place) -> Self {
        use io::ErrorKind as Kind;
        let place = place.clone();
        match error.kind() {
            Kind::StorageFull | Kind::QuotaExceeded => Self::Full(place),
            Kind::PermissionDenied | Kind::ReadOnlyFilesystem => Self::ReadOnly(place),
            Kind::NotADirectory | Kind::AlreadyExists => {
                Self::CannotOpen(place, "a part of this path is a file: choose a folder".to_owned())
            }
            Kind::IsADirectory => Self::CannotOpen(
                place,
                "it is a folder where a file should be: remove it or choose another folder".to_owned(),
            ),
            Kind::NotFound => Self::CannotOpen(place, "it is not there: check the path".to_owned()),
            _ => Self::Io(
                place,
                error
                    .raw_os_error()
                    .map_or_else(|| error.kind().to_string(), |n| format!("system error {n}")),
            ),
        }
    }

    /// What kind of fault it is, for the caller who can act on it.
    pub(crate) fn fault(&self) -> Option<StorageFault> {
        Some(match self {
            Self::Full(_) => StorageFault::Full,
            Self::ReadOnly(_) => StorageFault::ReadOnly,
            Self::CannotOpen(..) => StorageFault::CannotOpen,
            Self::Busy(_) | Self::Crossed(_) => StorageFault::Busy,
            Self::Corrupt(_) => StorageFault::Corrupt,
            Self::Newer { .. } => StorageFault::Newer,
            Self::Io(..) => StorageFault::Io,
            Self::Missing(..)
            | Self::Closed(_)
            | Self::Suspended(_)
            | Self::NoRandomness
            | Self::Unsealable => return None,
        })
    }
}

impl From<NoRandomness> for StoreError {
    fn from(_: NoRandomness) -> Self {
        Self::NoRandomness
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match (error.fault(), &error) {
            (Some(why), _) => Self::Storage {
                why,
                reason: error.to_string(),
            },
            (None, StoreError::Closed(_)) => Self::Closed,
            (None, StoreError::Suspended(_)) => Self::Suspended,
            (None, _) => Self::Internal {
                reason: error.to_string(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapped(code: i32) -> StoreError {
        let error =
            rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), Some("secret row".to_owned()));
        StoreError::from_sqlite(
            &error,
            &Place::new("the cache file", Path::new("/x/cache.sqlite3")),
        )
    }

    #[test]
    fn s30_each_failure_of_the_file_system_becomes_the_right_public_error() {
        use io::ErrorKind as Kind;
        for (kind, why) in [
            (Kind::StorageFull, StorageFault::Full),
            (Kind::QuotaExceeded, StorageFault::Full),
            (Kind::PermissionDenied, StorageFault::ReadOnly),
            (Kind::ReadOnlyFilesystem, StorageFault::ReadOnly),
            (Kind::NotADirectory, StorageFault::CannotOpen),
            (Kind::NotFound, StorageFault::CannotOpen),
            (Kind::Other, StorageFault::Io),
        ] {
            let error = StoreError::from_io(&kind.into(), &Place::new("the data folder", Path::new("/x")));
            assert_eq!(error.fault(), Some(why));
            assert!(error.to_string().contains("the data folder /x"), "{error}");
        }
    }

    #[test]
    fn s30_each_sqlite_failure_becomes_the_right_public_error() {
        use rusqlite::ffi;
        for (code, why) in [
            (ffi::SQLITE_FULL, StorageFault::Full),
            (ffi::SQLITE_READONLY, StorageFault::ReadOnly),
            (ffi::SQLITE_CANTOPEN, StorageFault::CannotOpen),
            (ffi::SQLITE_PERM, StorageFault::CannotOpen),
            (ffi::SQLITE_BUSY, StorageFault::Busy),
            (ffi::SQLITE_LOCKED, StorageFault::Busy),
            (ffi::SQLITE_PROTOCOL, StorageFault::Busy),
            (ffi::SQLITE_CORRUPT, StorageFault::Corrupt),
            (ffi::SQLITE_NOTADB, StorageFault::Corrupt),
            (ffi::SQLITE_IOERR_FSYNC, StorageFault::Io),
        ] {
            let Error::Storage { why: got, reason } = Error::from(mapped(code)) else {
                panic!("{code} is no storage error");
            };
            assert_eq!(got, why);
            assert!(reason.contains("the cache file /x/cache.sqlite3"), "{reason}");
            assert!(!reason.contains("secret row"), "{reason}");
        }
    }
}
