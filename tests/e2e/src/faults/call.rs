//! What SQLite asks of a file system, and how each of it can fail.

use std::ffi::c_int;

use pmi_core::Error;
use pmi_core::error::StorageFault;
use rusqlite::ffi;

/// One call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "they go by SQLite's names")]
pub enum Call {
    Open,
    Delete,
    Access,
    Read,
    Write,
    Truncate,
    Sync,
    FileSize,
    Lock,
    ShmMap,
    ShmLock,
}

/// How it fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "they go by SQLite's names")]
pub enum Code {
    Full,
    IoErr,
    Busy,
    ReadOnly,
    Corrupt,
}

impl Code {
    /// Every one.
    pub const ALL: [Self; 5] = [Self::Full, Self::IoErr, Self::Busy, Self::ReadOnly, Self::Corrupt];

    /// What the call answers; `None` where it cannot fail so. The rule: what makes a file grow can be full, what takes a lock can
    /// be busy, what changes a file can be refused, what reads can find damage, and everything can break. (Shared memory that is
    /// "read-only" is mapped nevertheless, by SQLite's contract, and so no failure.)
    #[must_use]
    pub(super) fn of(self, call: Call) -> Option<c_int> {
        use Call::{Access, Delete, FileSize, Lock, Open, Read, ShmLock, ShmMap, Sync, Truncate, Write};
        Some(match (self, call) {
            (Self::Full, Open | Write | Truncate | Sync | ShmMap) => ffi::SQLITE_FULL,
            (Self::Busy, Lock | ShmLock) => ffi::SQLITE_BUSY,
            (Self::ReadOnly, Open | Write | Truncate | Delete) => ffi::SQLITE_READONLY,
            (Self::Corrupt, Read) => ffi::SQLITE_CORRUPT,
            (Self::IoErr, Open) => ffi::SQLITE_CANTOPEN,
            (Self::IoErr, Delete) => ffi::SQLITE_IOERR_DELETE,
            (Self::IoErr, Access) => ffi::SQLITE_IOERR_ACCESS,
            (Self::IoErr, Read) => ffi::SQLITE_IOERR_READ,
            (Self::IoErr, Write) => ffi::SQLITE_IOERR_WRITE,
            (Self::IoErr, Truncate) => ffi::SQLITE_IOERR_TRUNCATE,
            (Self::IoErr, Sync) => ffi::SQLITE_IOERR_FSYNC,
            (Self::IoErr, FileSize) => ffi::SQLITE_IOERR_FSTAT,
            (Self::IoErr, Lock) => ffi::SQLITE_IOERR_LOCK,
            (Self::IoErr, ShmMap) => ffi::SQLITE_IOERR_SHMMAP,
            (Self::IoErr, ShmLock) => ffi::SQLITE_IOERR_SHMLOCK,
            _ => return None,
        })
    }

    /// Whether that is what an app is to be told of it.
    #[must_use]
    pub fn is_told_by(self, error: &Error) -> bool {
        let Error::Storage { why, .. } = error else {
            return false;
        };
        match self {
            Self::Full => *why == StorageFault::Full,
            Self::Busy => *why == StorageFault::Busy,
            Self::ReadOnly => *why == StorageFault::ReadOnly,
            Self::Corrupt => *why == StorageFault::Corrupt,
            Self::IoErr => matches!(why, StorageFault::Io | StorageFault::CannotOpen),
        }
    }

    /// Whether only writing can fail so.
    #[must_use]
    pub fn is_of_writing(self) -> bool {
        matches!(self, Self::Full | Self::ReadOnly)
    }
}
