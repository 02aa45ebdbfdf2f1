//! One process at a time refreshes an account's tokens, or sends its writes: an operating system's lock on a file of the data
//! folder.
//!
//! Promised: of all holders of all processes one has it, and one that dies loses it at once (scenarios 6 and 22, first part).
//! Not promised: anything against a holder that is stopped rather than dead; the lease with its fencing number is for that.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::StoreError;
use super::durable::AccountId;
use super::error::Place;
use super::folder;
use crate::file_lock;

/// The lock of one account for one purpose.
#[derive(Debug, Clone)]
pub(crate) struct ProcessLock {
    path: PathBuf,
}

/// Has the lock until dropped.
#[derive(Debug)]
pub(crate) struct ProcessGuard {
    _file: File,
}

impl ProcessLock {
    /// The lock of who refreshes this account's tokens, in the folder of the durable file. Touches no file yet.
    pub(crate) fn refreshing(data_dir: &Path, account: &AccountId) -> Self {
        Self {
            path: data_dir.join(format!("refresh-{account}.lock")),
        }
    }

    /// The lock of who sends this account's writes.
    pub(crate) fn sending(data_dir: &Path, account: &AccountId) -> Self {
        Self {
            path: data_dir.join(format!("send-{account}.lock")),
        }
    }

    /// Takes the lock if nobody has it, this process included; never waits.
    pub(crate) fn try_acquire(&self) -> Result<Option<ProcessGuard>, StoreError> {
        let place = Place::new("the lock file", &self.path);
        let io = |error: std::io::Error| StoreError::from_io(&error, &place);
        // Opened anew each time: the lock belongs to the opening, so that two guards of one process exclude each other.
        let file = folder::private_file(&self.path).map_err(io)?;
        let is_ours = file_lock::try_lock(&file).map_err(io)?;
        Ok(is_ours.then_some(ProcessGuard { _file: file }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::test_support::account;

    #[test]
    fn one_holder_at_a_time_and_another_after_it() {
        let dir = tempfile::tempdir().unwrap();
        let lock = ProcessLock::refreshing(dir.path(), &account(1));
        let guard = lock.try_acquire().unwrap().expect("free");
        assert!(lock.try_acquire().unwrap().is_none());
        assert!(
            ProcessLock::refreshing(dir.path(), &account(2))
                .try_acquire()
                .unwrap()
                .is_some()
        );
        drop(guard);
        assert!(lock.try_acquire().unwrap().is_some());
    }

    #[test]
    fn a_missing_folder_is_an_error_with_its_path() {
        let lock = ProcessLock::refreshing(Path::new("/nonexistent-folder"), &account(1));
        let error = lock.try_acquire().unwrap_err();
        assert!(matches!(&error, StoreError::CannotOpen(..)), "{error}");
        assert!(
            error.to_string().contains("/nonexistent-folder/refresh-"),
            "{error}"
        );
    }
}
