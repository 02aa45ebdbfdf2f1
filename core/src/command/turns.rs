//! Whose turn it is. Pure.
//!
//! Within a chain strictly one after the other; chains of one vehicle in the order in which they were accepted; a write that
//! waits for a person holds its chain and nobody else (scenario 25). Photos come after what they belong to and behind everything
//! else: they are large, and nothing waits for one, unless it may have arrived and nobody knows. None is begun for a booking that
//! is being called off.

use std::collections::HashSet;
use std::time::Duration;

use super::ledger::Entry;
use super::plan::{Now, Step, plan};
use super::sender::ROUND_CEILING;
use super::stored::Command;
use crate::api::Dialect;
use crate::error::Error;
use crate::model::OutboxItemId;
use crate::store::ItemState;

/// How long what was cut off lets others go first: as long as it would wait for the next round at most.
const SPARED: Duration = ROUND_CEILING;

/// What is to be done now.
#[derive(Debug)]
pub(super) enum Next<'a> {
    Now(&'a Entry, Step),
    /// Nothing before that, if there is anything.
    Later(Option<Duration>),
}

/// The write that was cut off last. It may be this one request that something on the way always cuts off: the others tell.
#[derive(Debug)]
pub(super) struct CutOff {
    pub(super) seq: i64,
    pub(super) error: Error,
    /// By the boot clock.
    pub(super) at: Duration,
}

impl CutOff {
    /// Whether the others had their time. Among them are photos, which may take an hour.
    pub(super) fn is_over(&self, now: &Now) -> bool {
        now.boot.elapsed.saturating_sub(self.at) >= SPARED
    }

    fn spares(&self, entry: &Entry, now: &Now) -> bool {
        self.seq == entry.row.seq && !self.is_over(now)
    }
}

/// The first of the turns for which something is to be done now. Who sends a photo asks this too between two parts: a second
/// opinion would send it off for a write that is not chosen then, again and again.
pub(super) fn next<'a>(
    entries: &'a [Entry],
    cut_off: Option<&CutOff>,
    is_held: impl Fn(&Entry) -> bool,
    dialect: &Dialect,
    now: &Now,
) -> Next<'a> {
    let mut soonest: Option<Duration> = None;
    for entry in turns(entries) {
        if is_held(entry) || cut_off.is_some_and(|cut_off| cut_off.spares(entry, now)) {
            continue;
        }
        match plan(&entry.stored.command, &entry.row.progress, dialect, now) {
            Step::Wait(wait) => soonest = Some(soonest.map_or(wait, |other| other.min(wait))),
            step => return Next::Now(entry, step),
        }
    }
    Next::Later(soonest)
}

/// The writes that may be acted on now: in order of acceptance, and then the photos.
pub(super) fn turns(entries: &[Entry]) -> Vec<&Entry> {
    let mut held: HashSet<&str> = HashSet::new();
    let mut busy_lanes: HashSet<&[u8]> = HashSet::new();
    let mut called_off: HashSet<&str> = HashSet::new();
    let (mut turns, mut photos) = (Vec::new(), Vec::new());
    for entry in entries {
        let chain = entry.row.chain.as_str();
        if entry.holds_its_chain() {
            held.insert(chain);
        }
        if !entry.is_open() {
            continue;
        }
        if matches!(entry.stored.command, Command::Cancel { .. }) {
            called_off.insert(chain);
        }
        if held.contains(chain) {
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
    photos.retain(|photo| {
        photo.state() == ItemState::Unknown || !called_off.contains(photo.row.chain.as_str())
    });
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
    use crate::ports::BootTime;
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
    fn s22_no_photo_is_begun_for_a_booking_that_is_being_called_off() {
        let with = |cancel, state| {
            let mut entries = [
                photo(1, "a", 51, state),
                entry(2, "a", 51, cancel),
                photo(3, "b", 52, Queued),
            ];
            entries[1].stored.command = Command::Cancel { seen: None };
            entries
        };
        // Perhaps it is called off already, and only nobody knows.
        assert_eq!(seqs(&with(Unknown, Queued)), [2, 3]);
        assert_eq!(seqs(&with(Queued, Queued)), [2, 3]);
        assert_eq!(seqs(&with(Queued, Unknown)), [1, 3], "which is found out first");
        assert_eq!(seqs(&with(Conflict, Queued)), [1, 3]);
        assert_eq!(seqs(&with(Withdrawn, Queued)), [1, 3]);
    }

    #[test]
    fn s25_what_was_cut_off_lets_others_go_first_for_a_while() {
        let now = |seconds| Now {
            boot: BootTime {
                boot_id: "boot".to_owned(),
                elapsed: Duration::from_secs(seconds),
            },
            wall: jiff::Timestamp::UNIX_EPOCH,
            server: None,
        };
        let cut_off = CutOff {
            seq: 1,
            error: Error::CaptivePortal,
            at: Duration::from_secs(100),
        };
        let entries = [entry(1, "a", 51, Queued), photo(2, "b", 52, Queued)];
        let at = |entries: &[Entry], seconds| {
            let dialect = Dialect::V2 { features: Vec::new() };
            let is_held = |entry: &Entry| entry.row.seq == 3;
            match next(entries, Some(&cut_off), is_held, &dialect, &now(seconds)) {
                Next::Now(entry, Step::Send) => Ok(entry.row.seq),
                Next::Now(_, step) => panic!("{step:?}"),
                Next::Later(wait) => Err(wait),
            }
        };
        assert_eq!(at(&entries, 109), Ok(2));
        assert_eq!(at(&entries, 110), Ok(1));
        assert_eq!(at(&entries[..1], 109), Err(None));
        assert_eq!(at(&[photo(3, "b", 52, Queued)], 109), Err(None), "held back here");
        let mut waits = [entry(4, "c", 53, Queued), entry(5, "d", 54, Queued)];
        for (entry, seconds) in waits.iter_mut().zip([130, 120]) {
            entry.row.progress.retry = Some(now(seconds).moment());
        }
        assert_eq!(at(&waits, 109), Err(Some(Duration::from_secs(11))));
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
