//! Who uses a file, and who puts another in its place: never both at once, in whatever processes they are.
//!
//! Promised: a transaction that has found the file under its name is over before anybody copies that file or moves it aside, so
//! that what it wrote is in the new one (scenario 32); whoever dies in there is out at once, and nobody waits for ever. Not
//! promised: anything against one who takes no part, such as a person who moves files about. A process that is stopped in there
//! keeps the others out: they are told that the file is busy.
//!
//! SQLite's own locks do not do: with a first page that is damaged nobody gets them. And SQLite does not look at the name
//! again: who has a file open goes on in it, wherever it is by then.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use super::StoreError;
use super::error::Place;
use super::folder::{patiently, private_file, with_suffix};
use crate::file_lock::{try_lock, try_lock_shared, unlock};

/// The gate of one file.
pub(super) struct Gate {
    lock: Arc<File>,
    place: Place,
}

/// Is inside until dropped.
pub(super) struct Inside(Arc<File>);

impl Gate {
    /// The gate of this file. Nobody goes in by this.
    pub(super) fn of(place: &Place) -> Result<Self, StoreError> {
        // The lock belongs to this opening, so that two of one process exclude each other too.
        let lock = private_file(&with_suffix(&place.path, ".gate"))
            .map_err(|error| StoreError::from_io(&error, place))?;
        Ok(Self {
            lock: Arc::new(lock),
            place: place.clone(),
        })
    }

    /// The file it is of.
    pub(super) fn path(&self) -> &Path {
        &self.place.path
    }

    /// Goes in beside others, once nobody is alone in there.
    pub(super) fn enter(&self) -> Result<Inside, StoreError> {
        patiently(&self.place, || try_lock_shared(&self.lock))?;
        Ok(Inside(Arc::clone(&self.lock)))
    }

    /// Goes in alone, once all others are out.
    pub(super) fn enter_alone(&self) -> Result<Inside, StoreError> {
        patiently(&self.place, || try_lock(&self.lock))?;
        Ok(Inside(Arc::clone(&self.lock)))
    }

    /// Goes in beside others until the gate is dropped; false if somebody is alone in there now.
    pub(super) fn enter_to_the_end(&self) -> bool {
        matches!(try_lock_shared(&self.lock), Ok(true))
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        // Should it fail, closing the file gives the lock back.
        let _ = unlock(&self.0);
    }
}
