//! What the shell said of the device, and what that holds back: photos, while data is to be saved.
//!
//! A photo that may have arrived is never held: its chain waits for what became of it.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::ledger::Entry;
use crate::model::{Conditions, OutboxItemId};
use crate::store::ItemState;

/// What the shell said, and what the person asked for all the same.
#[derive(Default)]
pub(super) struct Heeded(Mutex<State>);

#[derive(Default)]
struct State {
    conditions: Conditions,
    /// Forgotten with the client: whoever asked is long gone.
    asked: HashSet<i64>,
}

impl Heeded {
    pub(super) fn set(&self, conditions: Conditions) {
        self.state().conditions = conditions;
    }

    pub(super) fn conditions(&self) -> Conditions {
        self.state().conditions
    }

    /// The person wants this one sent now.
    pub(super) fn ask_for(&self, id: OutboxItemId) {
        self.state().asked.insert(id.0);
    }

    /// Whether a write waits for a better network.
    pub(super) fn holds(&self, entry: &Entry) -> bool {
        let state = self.state();
        state.conditions.data_saver
            && entry.is_photo()
            && entry.state() == ItemState::Queued
            && !state.asked.contains(&entry.row.seq)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::super::fold::tests::{entry, photo};
    use super::*;

    #[test]
    fn data_saver_holds_photos_that_nobody_asked_for_and_nothing_else() {
        let heeded = Heeded::default();
        let (first, second) = (
            photo(2, "a", 51, ItemState::Queued),
            photo(3, "a", 51, ItemState::Queued),
        );
        assert!(!heeded.holds(&first));
        heeded.set(Conditions {
            data_saver: true,
            low_battery: false,
        });
        assert!(heeded.holds(&first));
        assert!(!heeded.holds(&entry(1, "a", 51, ItemState::Queued)));
        assert!(!heeded.holds(&photo(4, "a", 51, ItemState::Unknown)));
        heeded.ask_for(first.id());
        assert!(!heeded.holds(&first) && heeded.holds(&second));
        heeded.set(Conditions {
            data_saver: false,
            low_battery: true,
        });
        assert!(!heeded.holds(&second));
    }
}
