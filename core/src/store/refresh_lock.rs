//! One process at a time refreshes an account's tokens: an operating system's lock on a file of the data folder.
//!
//! Promised: of all holders of all processes one has it, and one that dies loses it at once (scenario 6, first part). Not
//! promised: anything against a holder that is stopped rather than dead; the lease with its fencing number is for that.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use super::StoreError;
use super::durable::AccountId;
use super::error::Place;
use super::folder;

/// The lock of one account.
#[derive(Debug, Clone)]
pub(crate) struct RefreshLock {
    path: PathBuf,
}

/// Has the lock until dropped.
#[derive(Debug)]
pub(crate) struct RefreshGuard {
    _file: File,
}

impl RefreshLock {
    /// The lock of this account, in the folder of the durable file. Touches no file yet.
    pub(crate) fn new(data_dir: &Path, account: &AccountId) -> Self {
        Self {
            path: data_dir.join(format!("refresh-{account}.lock")),
        }
    }

    /// Takes the lock if nobody has it, this process included; never waits.
    pub(crate) fn try_acquire(&self) -> Result<Option<RefreshGuard>, StoreError> {
        let place = Place::new("the refresh lock", &self.path);
        let io = |error: std::io::Error| StoreError::from_io(&error, &place);
        // Opened anew each time: the lock belongs to the opening, so that two guards of one process exclude each other.
        let file = folder::private_file(&self.path).map_err(io)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(RefreshGuard { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(io(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::test_support::account;

    #[test]
    fn one_holder_at_a_time_and_another_after_it() {
        let dir = tempfile::tempdir().unwrap();
        let lock = RefreshLock::new(dir.path(), &account(1));
        let guard = lock.try_acquire().unwrap().expect("free");
        assert!(lock.try_acquire().unwrap().is_none());
        assert!(
            RefreshLock::new(dir.path(), &account(2))
                .try_acquire()
                .unwrap()
                .is_some()
        );
        drop(guard);
        assert!(lock.try_acquire().unwrap().is_some());
    }

    #[test]
    fn a_missing_folder_is_an_error_with_its_path() {
        let lock = RefreshLock::new(Path::new("/nonexistent-folder"), &account(1));
        let error = lock.try_acquire().unwrap_err();
        assert!(matches!(&error, StoreError::CannotOpen(..)), "{error}");
        assert!(
            error.to_string().contains("/nonexistent-folder/refresh-"),
            "{error}"
        );
    }
}
