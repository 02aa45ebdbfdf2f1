//! Whose turn it is. Pure.
//!
//! Within a chain strictly one after the other; chains of one vehicle in the order in which they were accepted; a write that
//! waits for a person holds its chain and nobody else (scenario 25). Photos come after what they belong to and behind everything
//! else: they are large, and nothing waits for one, unless it may have arrived and nobody knows.

use std::collections::HashSet;

use super::ledger::Entry;
use crate::model::OutboxItemId;
use crate::store::ItemState;

/// The writes that may be acted on now: in order of acceptance, and then the photos.
pub(super) fn turns(entries: &[Entry]) -> Vec<&Entry> {
    let mut held: HashSet<&str> = HashSet::new();
    let mut busy_lanes: HashSet<&[u8]> = HashSet::new();
    let (mut turns, mut photos) = (Vec::new(), Vec::new());
    for entry in entries {
        let chain = entry.row.chain.as_str();
        if entry.holds_its_chain() {
            held.insert(chain);
        }
        if !entry.is_open() || held.contains(chain) {
            continue;
        }
        if entry.is_photo() {
            photos.push(entry);
            // A cancellation must not come between what may have arrived and the look that tells.
            if entry.state() == ItemState::Unknown {
                held.insert(chain);
            }
            continue;
        }
        held.insert(chain);
        let is_first = entry
            .row
            .lane
            .as_deref()
            .is_none_or(|lane| busy_lanes.insert(lane));
        if is_first {
            turns.push(entry);
        }
    }
    turns.append(&mut photos);
    turns
}

/// The write that a person must settle before this one can go.
pub(super) fn blocked_by(entry: &Entry, entries: &[Entry]) -> Option<OutboxItemId> {
    if !entry.is_open() {
        return None;
    }
    entries
        .iter()
        .take_while(|other| other.row.seq < entry.row.seq)
        .find(|other| other.row.chain == entry.row.chain && other.holds_its_chain())
        .map(Entry::id)
}

#[cfg(test)]
mod tests {
    use super::super::fold::tests::{entry, photo};
    use super::*;
    use crate::store::ItemState::{Conflict, Done, Queued, Rejected, Sending, Unknown, Withdrawn};

    fn seqs(entries: &[Entry]) -> Vec<i64> {
        turns(entries).iter().map(|entry| entry.row.seq).collect()
    }

    #[test]
    fn s25_a_refused_write_holds_its_chain_and_nobody_else() {
        let entries = [
            entry(1, "a", 51, Rejected),
            entry(2, "a", 51, Queued),
            entry(3, "b", 51, Queued),
            entry(4, "c", 52, Queued),
        ];
        assert_eq!(seqs(&entries), [3, 4]);
        assert_eq!(blocked_by(&entries[1], &entries), Some(OutboxItemId(1)));
        assert_eq!(blocked_by(&entries[2], &entries), None);
    }

    #[test]
    fn s22_chains_of_one_vehicle_go_in_the_order_of_acceptance() {
        let entries = [
            entry(1, "a", 51, Unknown),
            entry(2, "b", 51, Queued),
            entry(3, "c", 52, Queued),
        ];
        assert_eq!(
            seqs(&entries),
            [1, 3],
            "the second waits for what became of the first"
        );
    }

    #[test]
    fn photos_wait_for_their_booking_and_nothing_waits_for_them() {
        let entries = [
            entry(1, "a", 51, Queued),
            photo(2, "a", 51, Queued),
            entry(3, "b", 52, Done),
            photo(4, "b", 52, Sending),
            photo(5, "b", 52, Queued),
            entry(6, "b", 52, Queued),
            entry(7, "c", 52, Queued),
        ];
        assert_eq!(seqs(&entries), [1, 6, 4, 5], "behind everything else");
        let refused = [entry(1, "a", 51, Rejected), photo(2, "a", 51, Queued)];
        assert_eq!(seqs(&refused), Vec::<i64>::new());
        assert_eq!(blocked_by(&refused[1], &refused), Some(OutboxItemId(1)));
    }

    #[test]
    fn a_refused_photo_holds_nothing_and_one_that_may_have_arrived_holds_its_chain() {
        let with = |state| {
            [
                photo(1, "a", 51, state),
                photo(2, "a", 51, Queued),
                entry(3, "a", 51, Queued),
            ]
        };
        assert_eq!(seqs(&with(Rejected)), [3, 2]);
        assert_eq!(blocked_by(&with(Rejected)[2], &with(Rejected)), None);
        assert_eq!(seqs(&with(Unknown)), [1]);
    }

    #[test]
    fn what_is_done_or_withdrawn_holds_nothing() {
        let entries = [
            entry(1, "a", 51, Done),
            entry(2, "a", 51, Withdrawn),
            entry(3, "a", 51, Queued),
            entry(4, "a", 51, Queued),
        ];
        assert_eq!(seqs(&entries), [3]);
        let conflicted = [entry(1, "a", 51, Conflict), entry(2, "a", 51, Queued)];
        assert_eq!(seqs(&conflicted), Vec::<i64>::new());
    }
}
