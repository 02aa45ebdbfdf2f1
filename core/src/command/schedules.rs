//! Random schedules of what a person does, what the network and the server do, kills, and time, against a simple model of
//! both servers (scenarios 22 and 23). The rules under test are the pure ones: machine, plan, fold and turns; the glue around
//! them is `record`'s and `send`'s, over which the end-to-end tests go.
//!
//! The seed of a schedule that fails is in the message; `PMI_SCHEDULE=<seed>` runs that one alone, `PMI_SCHEDULES=<count>` so
//! many. What they found when they were new: a try that was not sent made an earlier, unknown one "certainly not applied"; and
//! a move behind another forgot that it waits for what that one makes.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp, Zoned};

use super::fold::{self, Folded, Then, tests::entry};
use super::ledger::Entry;
use super::machine::{Event, advance, weigh};
use super::plan::{Now, STILL_AT_WORK, Step, plan};
use super::stored::{Command, Outcome, Seen};
use super::turns::turns;
use crate::api::Dialect;
use crate::model::{Booking, BookingId, BookingStatus, Conflict, ConflictKind};
use crate::ports::fakes::SeededRandom;
use crate::ports::{BootTime, Random};
use crate::store::{ItemState, Progress};

const SCHEDULES: u64 = 40_000;

/// What a server was asked to do, perhaps to be done later.
#[derive(Clone)]
enum Request {
    Create { key: String, at: Zoned },
    Move { at: Zoned },
    Cancel,
}

struct Server {
    has_keys: bool,
    /// What made it, its time, and whether it was called off.
    bookings: Vec<(String, Zoned, bool)>,
    /// A v1 that is still at work on what its client has given up.
    at_work: Vec<(Duration, Request)>,
}

impl Server {
    fn apply(&mut self, request: Request) {
        match request {
            Request::Create { key, at } => {
                let known = self.has_keys && self.bookings.iter().any(|(made_by, ..)| *made_by == key);
                if !known {
                    self.bookings.push((key, at, false));
                }
            }
            Request::Move { at } => {
                if let Some(booking) = self.bookings.last_mut() {
                    // v1 revives what was cancelled.
                    (booking.1, booking.2) = (at, false);
                }
            }
            Request::Cancel => {
                if let Some(booking) = self.bookings.last_mut() {
                    booking.2 = true;
                }
            }
        }
    }

    fn booking(&self) -> Option<Booking> {
        let (_, at, cancelled) = self.bookings.last()?;
        Some(Booking {
            id: BookingId::from_server(7),
            vehicle_id: None,
            vehicle: None,
            service: crate::model::ServiceType::OilChange,
            starts_at: at.clone(),
            status: if *cancelled {
                BookingStatus::Cancelled
            } else {
                BookingStatus::Scheduled
            },
            center_id: None,
            center: None,
            minutes: None,
            notes: None,
            created_at: None,
            operation: None,
            pending: None,
        })
    }
}

struct World {
    random: SeededRandom,
    now: Duration,
    boot: u32,
    server: Server,
    entries: Vec<Entry>,
    names: u32,
    /// What the person wants in the end: the hour, or nothing.
    wanted: Option<i64>,
    /// Whether anything may still go wrong.
    rough: bool,
}

impl World {
    fn new(seed: u64, has_keys: bool) -> Self {
        Self {
            random: SeededRandom::new(seed),
            now: Duration::from_secs(1000),
            boot: 1,
            server: Server {
                has_keys,
                bookings: Vec::new(),
                at_work: Vec::new(),
            },
            entries: Vec::new(),
            names: 0,
            wanted: None,
            rough: true,
        }
    }

    fn below(&self, bound: u64) -> u64 {
        let mut bytes = [0; 8];
        self.random.fill(&mut bytes).unwrap();
        u64::from_le_bytes(bytes) % bound
    }

    fn dialect(&self) -> Dialect {
        if self.server.has_keys {
            Dialect::V2 { features: Vec::new() }
        } else {
            Dialect::V1
        }
    }

    fn clock(&self) -> Now {
        let wall =
            Timestamp::from_second(1_790_000_000).unwrap() + SignedDuration::try_from(self.now).unwrap();
        Now {
            boot: BootTime {
                boot_id: self.boot.to_string(),
                elapsed: self.now,
            },
            wall,
            server: Some(wall),
        }
    }

    fn pass(&mut self, time: Duration) {
        self.now += time;
        let (due, later): (Vec<_>, Vec<_>) = std::mem::take(&mut self.server.at_work)
            .into_iter()
            .partition(|(at, _)| *at <= self.now);
        self.server.at_work = later;
        for (_, request) in due {
            self.server.apply(request);
        }
    }

    fn person(&mut self) {
        let hour = i64::try_from(9 + self.below(8)).unwrap();
        let at = hour_of(hour);
        let seen = self.server.booking().as_ref().map(Seen::of);
        if self.entries.is_empty() {
            let mut create = entry(1, "a", 1, ItemState::Queued);
            if let Command::Book { at: time, .. } = &mut create.stored.command {
                *time = at;
            }
            self.entries.push(create);
            self.wanted = Some(hour);
            return;
        }
        // Who has called it off does not move it again; who has moved it, may.
        if self.wanted.is_none() {
            return;
        }
        let folded = if self.below(4) == 0 {
            self.wanted = None;
            fold::cancel(&self.entries, seen)
        } else {
            match fold::reschedule(&self.entries, &at, seen) {
                Ok(folded) => {
                    self.wanted = Some(hour);
                    folded
                }
                Err(_) => return,
            }
        };
        self.carry_out(folded);
    }

    fn carry_out(&mut self, folded: Folded) {
        for seq in folded.withdraw {
            self.entry(seq).row.progress.state = ItemState::Withdrawn;
        }
        match folded.then {
            Then::Append(command) => {
                let seq = i64::try_from(self.entries.len() + 1).unwrap();
                let mut next = entry(seq, "a", 1, ItemState::Queued);
                next.stored.command = command;
                self.entries.push(next);
            }
            Then::Rewrite(seq, command) => {
                self.names += 1;
                let name = format!("op-{seq}.{}", self.names);
                let entry = self.entry(seq);
                if entry.row.progress.attempts > 0 {
                    entry.stored.sent_as = name;
                }
                entry.stored.command = command;
                entry.row.progress = Progress {
                    attempts: entry.row.progress.attempts,
                    ..Progress::queued()
                };
                entry.outcome = None;
            }
            Then::Same(_) | Then::Nothing(_) => {}
        }
    }

    fn entry(&mut self, seq: i64) -> &mut Entry {
        self.entries
            .iter_mut()
            .find(|entry| entry.row.seq == seq)
            .unwrap()
    }

    fn note(&mut self, seq: i64, event: Event, outcome: Option<Outcome>) {
        let (keyed, now) = (self.server.has_keys, self.clock());
        let entry = self.entry(seq);
        let after = advance(&entry.row.progress, event, keyed, &now);
        entry.row.progress = after.unwrap_or_else(|| panic!("{event:?} in {:?}", entry.state()));
        if outcome.is_some() {
            entry.outcome = outcome;
        }
    }

    /// What the sender does next. False if there is nothing.
    fn client(&mut self) -> bool {
        let Some(entry) = turns(&self.entries).first().copied().cloned() else {
            return false;
        };
        let seq = entry.row.seq;
        if entry.state() == ItemState::Sending {
            // Whoever was sending it is gone.
            self.note(seq, Event::Lost, None);
            return true;
        }
        match plan(
            &entry.stored.command,
            &entry.row.progress,
            &self.dialect(),
            &self.clock(),
        ) {
            Step::Wait(wait) => {
                let part = if self.rough { 1 + self.below(4) } else { 1 };
                self.pass(wait / u32::try_from(part).unwrap() + Duration::from_millis(1));
            }
            Step::Look { last } => {
                let missing = if last { Event::Absent } else { Event::NotSeenYet };
                let found = match &entry.stored.command {
                    Command::Book { .. } => {
                        let made = |(key, ..): &(String, Zoned, bool)| *key == entry.stored.sent_as;
                        self.server.bookings.iter().any(made)
                    }
                    command => self
                        .server
                        .booking()
                        .is_some_and(|booking| reached(command, &booking)),
                };
                if found {
                    self.applied(seq);
                } else {
                    self.note(seq, missing, None);
                }
            }
            Step::Send => self.send(&entry),
            Step::CompareAndSend => {
                let booking = self.server.booking().expect("only what was made is changed");
                if reached(&entry.stored.command, &booking) {
                    self.applied(seq);
                } else if self.seen(&entry).fits(&booking) {
                    self.send(&entry);
                } else {
                    panic!("a conflict, and nobody else changed it: {booking:?} {entry:?}");
                }
            }
        }
        true
    }

    fn seen(&self, entry: &Entry) -> Seen {
        let own = match &entry.stored.command {
            Command::Reschedule { seen, .. } | Command::Cancel { seen } => seen.clone(),
            _ => None,
        };
        own.unwrap_or_else(|| {
            let before = self
                .entries
                .iter()
                .rev()
                .filter(|other| other.row.seq < entry.row.seq);
            before
                .filter_map(|other| match &other.outcome {
                    Some(Outcome::Done { booking }) => booking.as_deref().map(Seen::of),
                    Some(Outcome::Conflict(Conflict { current, .. })) => current.as_deref().map(Seen::of),
                    _ => None,
                })
                .next()
                .expect("what is before it was settled")
        })
    }

    fn applied(&mut self, seq: i64) {
        let booking = self.server.booking().map(Box::new);
        self.note(seq, Event::Applied, Some(Outcome::Done { booking }));
    }

    fn send(&mut self, entry: &Entry) {
        let seq = entry.row.seq;
        self.note(seq, Event::Claim, None);
        let request = match &entry.stored.command {
            Command::Book { at, .. } => Request::Create {
                key: entry.stored.sent_as.clone(),
                at: at.clone(),
            },
            Command::Reschedule { at, .. } => Request::Move { at: at.clone() },
            Command::Cancel { .. } => Request::Cancel,
            Command::MarkRead { .. } | Command::AddPhoto { .. } => unreachable!(),
        };
        self.pass(Duration::from_millis(1 + self.below(5000)));
        match if self.rough { self.below(10) } else { 0 } {
            // Killed before the request, or before it arrived.
            1 => self.reboot_perhaps(),
            // Killed after it was applied.
            2 => {
                self.server.apply(request);
                self.reboot_perhaps();
            }
            3 => self.note(seq, Event::NotApplied, None),
            4 => self.note(seq, Event::Lost, None),
            5 => {
                self.server.apply(request);
                self.note(seq, Event::Lost, None);
            }
            // v1 carries it out after its client has given up; v2 has the key of it.
            6 if !self.server.has_keys => {
                let late = self.below(u64::try_from(STILL_AT_WORK.as_millis()).unwrap() - 1);
                self.server
                    .at_work
                    .push((self.now + Duration::from_millis(late), request));
                self.note(seq, Event::Lost, None);
            }
            // Not under a key that it has answered already.
            7 if self.may_refuse(entry) => {
                self.note(seq, Event::Differs, Some(slot_taken()));
                self.make_up(seq);
            }
            // A no before the server looks at the key: the account was switched off for a moment.
            8 if self.server.has_keys && entry.stored.command.is_create() => {
                let event = weigh(&self.entry(seq).row.progress, Event::Refused);
                self.note(seq, event, None);
                if event == Event::Refused {
                    self.make_up(seq);
                }
            }
            _ => {
                self.server.apply(request);
                self.applied(seq);
            }
        }
    }

    /// Whether the server can say that the slot is taken: v1 knows no slots, and v2 repeats itself under the same key.
    fn may_refuse(&self, entry: &Entry) -> bool {
        let made = |(key, ..): &(String, Zoned, bool)| *key == entry.stored.sent_as;
        self.server.has_keys && entry.stored.command.is_create() && !self.server.bookings.iter().any(made)
    }

    fn reboot_perhaps(&mut self) {
        if self.below(3) == 0 {
            self.boot += 1;
        }
    }

    fn make_up(&mut self, seq: i64) {
        let refused = self.entry(seq).clone();
        let behind = self
            .entries
            .iter()
            .find(|other| other.row.seq > seq && other.is_open());
        if let Some(folded) = behind.and_then(|behind| fold::make_up(&refused, behind)) {
            self.carry_out(folded);
        }
    }

    /// The person takes another time for what was taken.
    fn settle_conflicts(&mut self) {
        let held = self.entries.iter().any(Entry::holds_its_chain);
        if let Some(hour) = self.wanted.filter(|_| held) {
            let folded = fold::reschedule(&self.entries, &hour_of(hour), None).unwrap();
            self.carry_out(folded);
        }
    }
}

fn slot_taken() -> Outcome {
    Outcome::Conflict(Conflict {
        kind: ConflictKind::SlotTaken,
        reason: String::new(),
        current: None,
        free_slots: Vec::new(),
        request_id: None,
    })
}

fn hour_of(hour: i64) -> Zoned {
    let midnight: Zoned = "2026-12-25T00:00:00+05:30[Asia/Kolkata]".parse().unwrap();
    midnight + Duration::from_secs(u64::try_from(hour).unwrap() * 3600)
}

fn reached(command: &Command, booking: &Booking) -> bool {
    let cancelled = booking.status == BookingStatus::Cancelled;
    match command {
        Command::Reschedule { at, .. } => booking.wall_time() == at.datetime() && !cancelled,
        Command::Cancel { .. } => cancelled,
        Command::Book { .. } | Command::MarkRead { .. } | Command::AddPhoto { .. } => false,
    }
}

fn run(seed: u64, has_keys: bool) {
    let mut world = World::new(seed, has_keys);
    for _ in 0..10 + world.below(40) {
        match world.below(8) {
            0 | 1 => world.person(),
            2 => {
                let long = world.below(10) == 0;
                let most = if long { 100 * 3600 } else { 60 };
                world.pass(Duration::from_secs(world.below(most)));
            }
            3 => world.settle_conflicts(),
            _ => {
                world.client();
            }
        }
    }
    world.rough = false;
    let mut rounds = 0;
    loop {
        world.settle_conflicts();
        if !world.client() {
            break;
        }
        rounds += 1;
        assert!(rounds < 200, "seed {seed}: it never ends: {:?}", world.entries);
    }
    world.pass(STILL_AT_WORK);
    let there: Vec<i64> = world
        .server
        .bookings
        .iter()
        .filter(|(_, _, cancelled)| !cancelled)
        .map(|(_, at, _)| i64::from(at.hour()))
        .collect();
    let wanted: Vec<i64> = world.wanted.into_iter().collect();
    assert_eq!(there, wanted, "seed {seed}, keys {has_keys}: {:?}", world.entries);
    assert!(world.server.bookings.len() <= 1, "seed {seed}: made twice");
}

fn run_all(has_keys: bool) {
    let number = |name| {
        std::env::var(name)
            .ok()
            .map(|text| text.parse().expect("a number"))
    };
    let (first, last) = match number("PMI_SCHEDULE") {
        Some(seed) => (seed, seed + 1),
        None => (0, number("PMI_SCHEDULES").unwrap_or(SCHEDULES)),
    };
    for seed in first..last {
        let ended = std::panic::catch_unwind(|| run(seed, has_keys));
        assert!(ended.is_ok(), "schedule {seed} failed, see above");
    }
}

#[test]
fn s22_in_no_schedule_is_a_booking_lost_doubled_or_at_another_time_on_v1() {
    run_all(false);
}

#[test]
fn s22_in_no_schedule_is_a_booking_lost_doubled_or_at_another_time_on_v2() {
    run_all(true);
}
