//! A file that is damaged, or gone from under its name, is made anew (scenario 31).
//!
//! Promised: once a minute at most, so that a disk that damages each one is left alone; not once closed, whatever comes late
//! (scenario 34). Meanwhile calls fail, and reads go on without a cache; so they do after a suspension of which it does not
//! come back.

use std::path::PathBuf;
use std::sync::{MutexGuard, PoisonError};

use jiff::Timestamp;

use super::file::CacheFile;
use crate::store::StoreError;

/// So often.
const MENDED_EVERY_MS: i64 = 60_000;

#[derive(Default)]
pub(super) struct Mending {
    /// From then on nothing opens it.
    closed: bool,
    /// It could not be made anew; the next one to store something tries again.
    lost: bool,
    tried_at: Option<i64>,
}

impl CacheFile {
    /// After [`StoreError::Corrupt`]: starts anew. Answers where the damaged file is, if it was still there. At most once a
    /// minute, and not once closed.
    pub(crate) fn rebuild(&self, now: Timestamp) -> Result<Option<PathBuf>, StoreError> {
        let mut mending = self.mending();
        let now_ms = now.as_millisecond();
        let was_just_tried = mending
            .tried_at
            .is_some_and(|at| (0..MENDED_EVERY_MS).contains(&(now_ms - at)));
        if mending.closed || was_just_tried {
            return Ok(None);
        }
        mending.tried_at = Some(now_ms);
        let rebuilt = self.database.rebuild(now);
        mending.lost = rebuilt.is_err();
        rebuilt
    }

    /// The system may empty the folder of a running app, and another process may have set the file aside: what is written to
    /// it then goes nowhere.
    pub(super) fn look_for_the_file(&self, now: Timestamp) -> Result<(), StoreError> {
        if self.mending().lost || self.database.has_vanished() {
            tracing::info!("the cache file is gone; it is made anew");
            self.rebuild(now)?;
        }
        Ok(())
    }

    /// Closes it for good.
    pub(super) fn end(&self) {
        let mut mending = self.mending();
        mending.closed = true;
        self.database.close();
    }

    /// Closes it until [`CacheFile::resume`]; calls meanwhile say [`StoreError::Suspended`].
    pub(crate) fn suspend(&self) {
        // Under the lock, so that nobody who mends opens it again.
        let _mending = self.mending();
        self.database.suspend();
    }

    /// Opens it again. The system may have emptied the folder meanwhile, and what it left may be damaged: then it is made anew. If
    /// none is to be had, what needs one fails from now on as over a damaged one, and the next to store something tries again.
    ///
    /// # Errors
    /// [`StoreError::Closed`], and no other.
    pub(crate) fn resume(&self, now: Timestamp) -> Result<(), StoreError> {
        let mut mending = self.mending();
        match self.database.resume_or_replace(now) {
            Ok(true) => mending.lost = false,
            Ok(false) => {}
            Err(error @ StoreError::Closed(_)) => return Err(error),
            Err(error) => {
                tracing::warn!(%error, "the cache cannot be had again; going on without it");
                mending.lost = true;
                mending.tried_at = Some(now.as_millisecond());
            }
        }
        Ok(())
    }

    fn mending(&self) -> MutexGuard<'_, Mending> {
        self.mending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
