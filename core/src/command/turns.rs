//! Whose turn it is. Pure.
//!
//! Within a chain strictly one after the other; chains of one vehicle in the order in which they were accepted; a write that
//! waits for a person holds its chain and nobody else (scenario 25).

use std::collections::HashSet;

use super::ledger::Entry;
use crate::model::OutboxItemId;

/// The writes that may be acted on now, in order of acceptance.
pub(super) fn turns(entries: &[Entry]) -> Vec<&Entry> {
    let mut held: HashSet<&str> = HashSet::new();
    let mut busy_lanes: HashSet<&[u8]> = HashSet::new();
    let mut turns = Vec::new();
    for entry in entries {
        let chain = entry.row.chain.as_str();
        if entry.holds_its_chain() {
            held.insert(chain);
        }
        if !entry.is_open() || held.contains(chain) {
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
    use super::super::fold::tests::entry;
    use super::*;
    use crate::store::ItemState::{Conflict, Done, Queued, Rejected, Unknown, Withdrawn};

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
