//! What was noted and is not on disk yet, and when it is to be written. No I/O.

use std::time::Duration;

use crate::store::{TrailEntry, fold_into};

/// Two writes of the trail are at least this far apart, but for milestones: a storm of waits costs one a second.
const APART: Duration = Duration::from_secs(1);

/// After a write that failed it is tried again no sooner, but for milestones: a disk that is full is not asked at each wait.
const AFTER_A_FAILURE: Duration = Duration::from_secs(60);

/// How much of what cannot be written is kept in memory; the oldest go first, milestones last.
const KEEP: usize = 128;

/// Decisions on their way to the disk.
#[derive(Debug, Default)]
pub(super) struct Buffer {
    pending: Vec<TrailEntry>,
    /// On the boot clock.
    next_write: Duration,
    failing: bool,
}

impl Buffer {
    /// So many entries are written without waiting for the second to end.
    pub(super) const MANY: usize = 32;

    /// Adds an entry; true if it is time to write.
    pub(super) fn add(&mut self, entry: TrailEntry, now: Duration) -> bool {
        let milestone = entry.milestone;
        fold_into(&mut self.pending, entry);
        self.bound();
        milestone || now >= self.next_write || (self.pending.len() >= Self::MANY && !self.failing)
    }

    /// What is to be written now.
    pub(super) fn take(&mut self, now: Duration) -> Vec<TrailEntry> {
        self.next_write = now.saturating_add(APART);
        self.failing = false;
        std::mem::take(&mut self.pending)
    }

    /// It could not be.
    pub(super) fn put_back(&mut self, unwritten: Vec<TrailEntry>, now: Duration) {
        self.next_write = now.saturating_add(AFTER_A_FAILURE);
        self.failing = true;
        let newer = std::mem::replace(&mut self.pending, unwritten);
        for entry in newer {
            fold_into(&mut self.pending, entry);
        }
        self.bound();
    }

    /// What is not on disk.
    pub(super) fn unwritten(&self) -> &[TrailEntry] {
        &self.pending
    }

    fn bound(&mut self) {
        while self.pending.len() > KEEP {
            let oldest = self.pending.iter().position(|entry| !entry.milestone);
            self.pending.remove(oldest.unwrap_or(0));
        }
    }
}
