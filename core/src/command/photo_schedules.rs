//! Random schedules of a booking with photos: what a person adds, moves and calls off, cuts, kills and lost answers, against a
//! simple model of a v2 server (scenarios 22, 23 and 25). The bookings' own schedules are `schedules`; here they are simple. A
//! photo goes part by part and gives way in between, and what was cut off lets the others go first, both as [`next`] says.
//!
//! The seed of a schedule that fails is in the message. What they found when they were new: a photo whose process had died was
//! overtaken by the cancellation of its booking, where nothing found out first what had become of it; and photos went on while
//! a cancellation rested that had been cut off, and carried out.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp, Zoned};

use super::fold::{self, Folded, Then, tests::entry, tests::photo};
use super::ledger::Entry;
use super::machine::{Event, advance};
use super::plan::{Now, Step};
use super::stored::{Command, Outcome};
use super::turns::{CutOff, Next, next};
use crate::api::Dialect;
use crate::error::{Error, OfflineReason};
use crate::ports::fakes::SeededRandom;
use crate::ports::{BootTime, Random};
use crate::store::{ItemState, Progress};

const SCHEDULES: u64 = 20_000;

/// Between two rounds.
const REST: Duration = Duration::from_secs(5);

struct World {
    random: SeededRandom,
    now: Duration,
    entries: Vec<Entry>,
    /// What the server has: the hour, and whether it was called off.
    booking: Option<(i8, bool)>,
    /// The photos that the server has.
    arrived: BTreeSet<i64>,
    /// What lets the others go first in this round.
    cut_off: Option<CutOff>,
    /// Whether a photo has just let something else go first, and the person has asked for nothing since.
    gave_way: bool,
    /// Whether the person wants the booking.
    wanted: bool,
    /// Whether anything may still go wrong.
    rough: bool,
}

impl World {
    fn new(seed: u64) -> Self {
        Self {
            random: SeededRandom::new(seed),
            now: Duration::from_secs(1000),
            entries: vec![entry(1, "a", 1, ItemState::Queued)],
            booking: None,
            arrived: BTreeSet::new(),
            cut_off: None,
            gave_way: false,
            wanted: true,
            rough: true,
        }
    }

    fn below(&self, bound: u64) -> u64 {
        let mut bytes = [0; 8];
        self.random.fill(&mut bytes).unwrap();
        u64::from_le_bytes(bytes) % bound
    }

    fn clock(&self) -> Now {
        let wall =
            Timestamp::from_second(1_790_000_000).unwrap() + SignedDuration::try_from(self.now).unwrap();
        Now {
            boot: BootTime {
                boot_id: "boot".to_owned(),
                elapsed: self.now,
            },
            wall,
            server: Some(wall),
        }
    }

    fn entry(&mut self, seq: i64) -> &mut Entry {
        let mut entries = self.entries.iter_mut();
        entries.find(|entry| entry.row.seq == seq).unwrap()
    }

    fn append(&mut self, entry: impl FnOnce(i64) -> Entry) {
        let seq = i64::try_from(self.entries.len() + 1).unwrap();
        self.entries.push(entry(seq));
    }

    fn note(&mut self, seq: i64, event: Event) {
        let now = self.clock();
        let entry = self.entry(seq);
        let after = advance(&entry.row.progress, event, true, &now);
        entry.row.progress = after.unwrap_or_else(|| panic!("{event:?} in {:?}", entry.state()));
        if event == Event::Applied {
            entry.outcome = Some(Outcome::Done { booking: None });
            if matches!(entry.stored.command, Command::Cancel { .. }) {
                self.take_back(&fold::photos_of(&self.entries));
            }
        }
    }

    fn take_back(&mut self, seqs: &[i64]) {
        for seq in seqs {
            if super::machine::next(self.entry(*seq).state(), Event::TakeBack).is_some() {
                self.note(*seq, Event::TakeBack);
            }
        }
    }

    fn person(&mut self) {
        if !self.wanted {
            return;
        }
        self.gave_way = false;
        match self.below(6) {
            0 => {
                self.wanted = false;
                let folded = fold::cancel(&self.entries, None);
                self.carry_out(folded);
            }
            1 | 2 => {
                let hour = i8::try_from(9 + self.below(8)).unwrap();
                let folded = fold::reschedule(&self.entries, &hour_of(hour), None).unwrap();
                self.carry_out(folded);
            }
            _ => self.append(|seq| photo(seq, "a", 1, ItemState::Queued)),
        }
    }

    fn carry_out(&mut self, folded: Folded) {
        let photos = fold::photos_given_up(&self.entries, &folded.withdraw);
        self.take_back(&[&folded.withdraw[..], &photos].concat());
        match folded.then {
            Then::Append(command) => self.append(|seq| {
                let mut next = entry(seq, "a", 1, ItemState::Queued);
                next.stored.command = command;
                next
            }),
            Then::Rewrite(seq, command) => {
                let entry = self.entry(seq);
                entry.stored.command = command;
                entry.row.progress = Progress::queued();
            }
            Then::Same(_) | Then::Nothing(_) => {}
        }
    }

    /// What the sender does next. False if there is nothing.
    fn client(&mut self) -> bool {
        // Whoever was sending it is gone.
        if let Some(lost) = self
            .entries
            .iter()
            .find(|entry| entry.state() == ItemState::Sending)
        {
            self.note(lost.row.seq, Event::Lost);
            return true;
        }
        let now = self.clock();
        self.cut_off = self.cut_off.take().filter(|cut_off| !cut_off.is_over(&now));
        let (next, step) = match self.next() {
            Next::Now(entry, step) => (entry.clone(), step),
            Next::Later(wait) => {
                // The round is over, and the next one begins after a rest.
                let any = wait.is_some() || self.cut_off.take().is_some();
                self.now += wait.unwrap_or(REST);
                return any;
            }
        };
        let gave_way = std::mem::take(&mut self.gave_way);
        assert!(
            !(gave_way && next.is_photo()),
            "a photo gave way to nothing: {:?}",
            self.entries
        );
        let seq = next.row.seq;
        match step {
            Step::Wait(_) => unreachable!("`next` gives what is to be done now"),
            Step::Look { .. } if self.is_there(&next) => self.note(seq, Event::Applied),
            Step::Look { last: true } => self.note(seq, Event::Absent),
            Step::Look { last: false } => self.note(seq, Event::NotSeenYet),
            Step::CompareAndSend if self.is_there(&next) => self.note(seq, Event::Applied),
            Step::Send | Step::CompareAndSend => self.send(&next),
        }
        true
    }

    fn next(&self) -> Next<'_> {
        let dialect = Dialect::V2 { features: Vec::new() };
        next(
            &self.entries,
            self.cut_off.as_ref(),
            |_| false,
            &dialect,
            &self.clock(),
        )
    }

    /// Whether a photo that has some parts to go has let something else go first.
    fn gives_way(&mut self, seq: i64) -> bool {
        for _ in 0..2 {
            self.now += Duration::from_millis(self.below(5000));
            if self.rough && self.below(4) == 0 {
                self.person();
            }
            self.gave_way = matches!(self.next(), Next::Now(next, _) if !next.is_photo());
            if self.gave_way {
                self.note(seq, Event::NotApplied);
                return true;
            }
        }
        false
    }

    /// It got no answer though the network was there: the second in a row ends the round.
    fn was_cut_off(&mut self, seq: i64) {
        let error = Error::Offline {
            why: OfflineReason::Interrupted,
            reason: String::new(),
        };
        let at = self.now;
        self.cut_off = match self.cut_off.take() {
            None => Some(CutOff { seq, error, at }),
            Some(_) => None,
        };
    }

    fn is_there(&self, entry: &Entry) -> bool {
        match &entry.stored.command {
            Command::AddPhoto { .. } => self.arrived.contains(&entry.row.seq),
            Command::Book { .. } => self.booking.is_some(),
            Command::Reschedule { at, .. } => self.booking == Some((at.hour(), false)),
            Command::Cancel { .. } => self.booking.is_some_and(|(_, cancelled)| cancelled),
            Command::MarkRead { .. } => unreachable!(),
        }
    }

    fn apply(&mut self, entry: &Entry) {
        match &entry.stored.command {
            Command::AddPhoto { .. } => drop(self.arrived.insert(entry.row.seq)),
            Command::Book { at, .. } => drop(self.booking.get_or_insert((at.hour(), false))),
            Command::Reschedule { at, .. } => self.booking = Some((at.hour(), false)),
            Command::Cancel { .. } => self.booking = self.booking.map(|(hour, _)| (hour, true)),
            Command::MarkRead { .. } => unreachable!(),
        }
    }

    fn send(&mut self, entry: &Entry) {
        let seq = entry.row.seq;
        if entry.is_photo() {
            let (_, cancelled) = self.booking.expect("only what was made has photos");
            assert!(
                !cancelled,
                "no photo is sent of what was called off: {:?}",
                self.entries
            );
        }
        self.note(seq, Event::Claim);
        if entry.is_photo() && self.gives_way(seq) {
            return;
        }
        self.now += Duration::from_millis(1 + self.below(5000));
        match if self.rough { self.below(9) } else { 0 } {
            // Killed before it is there, or after; of a photo, half way.
            1 => self.cut_off = None,
            2 => {
                self.apply(entry);
                self.cut_off = None;
            }
            // Cut off before it can have been applied.
            3 | 4 => {
                self.note(seq, Event::NotApplied);
                self.was_cut_off(seq);
            }
            // The answer is lost; of a photo, that to its last part.
            5 => {
                self.note(seq, Event::Lost);
                self.was_cut_off(seq);
            }
            6 => {
                self.apply(entry);
                self.note(seq, Event::Lost);
                self.was_cut_off(seq);
            }
            // As many as the booking takes, say.
            7 if entry.is_photo() && !self.arrived.contains(&seq) => self.note(seq, Event::Refused),
            _ => {
                self.apply(entry);
                self.note(seq, Event::Applied);
            }
        }
    }

    /// Of a booking that is wanted every photo that was not refused is there; of one that is not none is waited for.
    fn check(&self) {
        let stands = self.booking.is_some_and(|(_, cancelled)| !cancelled);
        assert_eq!(stands, self.wanted, "{:?}", self.entries);
        for entry in self.entries.iter().filter(|entry| entry.is_photo()) {
            let arrived = self.arrived.contains(&entry.row.seq);
            let right = match entry.state() {
                ItemState::Done => arrived,
                ItemState::Rejected => !arrived && self.wanted,
                ItemState::Withdrawn => !self.wanted,
                _ => false,
            };
            assert!(right, "arrived: {arrived}, wanted: {}, {entry:?}", self.wanted);
        }
    }
}

fn hour_of(hour: i8) -> Zoned {
    let midnight: Zoned = "2026-12-25T00:00:00+05:30[Asia/Kolkata]".parse().unwrap();
    midnight + Duration::from_secs(u64::try_from(hour).unwrap() * 3600)
}

fn run(seed: u64) {
    let mut world = World::new(seed);
    for _ in 0..10 + world.below(40) {
        if world.below(3) == 0 {
            world.person();
        } else {
            world.client();
        }
    }
    world.rough = false;
    let mut rounds = 0;
    while world.client() {
        rounds += 1;
        assert!(rounds < 200, "it never ends: {:?}", world.entries);
    }
    world.check();
}

#[test]
fn s22_in_no_schedule_is_a_photo_lost_or_sent_for_what_was_called_off() {
    for seed in 0..SCHEDULES {
        let ended = std::panic::catch_unwind(|| run(seed));
        assert!(ended.is_ok(), "schedule {seed} failed, see above");
    }
}
