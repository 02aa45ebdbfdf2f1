//! A person, two processes that share what is on disk, a server and other people; and what must be true of them at all times.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::super::fold::tests::entry;
use super::super::ledger::Entry;
use super::super::machine::{Event, advance};
use super::super::plan::{Now, STILL_AT_WORK};
use super::super::stored::{Command, Outcome};
use super::client::Process;
use super::server::{Asked, Said, Server, What};
use super::{Counts, Fault, Kind, Vary};
use crate::api::Dialect;
use crate::model::Booking;
use crate::ports::BootTime;
use crate::store::{AccountId, ItemState, LeaseRow};

/// What a person wants of a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    At(i64),
    Gone,
    /// They have given up what they asked for, and take what there is.
    Whatever,
}

/// A booking from the person's side.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) lane: u8,
    pub(super) wish: Wish,
    /// Somebody else has changed it since the person last asked for anything.
    pub(super) touched: bool,
    /// How many changes by others the person knows of.
    pub(super) known: u32,
    /// What they saw when they last asked for anything: its hour, and whether it was called off.
    pub(super) saw: Option<(i64, bool)>,
    /// What was last read or answered, and how many changes by others are in it.
    pub(super) cached: Option<(Booking, u32)>,
    /// What was done last, by number.
    pub(super) last_effect: i64,
    /// How often the person has tried again in the end.
    pub(super) tries: u32,
}

pub(super) struct World<'a> {
    random: Vary,
    pub(super) fault: Option<Fault>,
    pub(super) counts: &'a mut Counts,
    pub(super) now: Duration,
    pub(super) boot: u32,
    pub(super) booted: Duration,
    /// Whether an answer has told the server's time since the device was started.
    pub(super) knows_time: bool,
    pub(super) server: Server,
    pub(super) becomes_v2: bool,
    /// Requests that arrive when their senders have given them up.
    pub(super) on_the_way: Vec<(Duration, Asked)>,
    // The disk.
    pub(super) entries: Vec<Entry>,
    pub(super) lease: Option<LeaseRow>,
    /// Who has the operating system's lock.
    pub(super) locked: Option<usize>,
    pub(super) account: AccountId,
    pub(super) processes: Vec<Process>,
    pub(super) lines: Vec<Line>,
    pub(super) marked: BTreeSet<i64>,
    pub(super) names: u32,
    /// Whether anything may still go wrong.
    pub(super) rough: bool,
}

pub(super) type Check = Result<(), String>;

impl<'a> World<'a> {
    pub(super) fn new(seed: u64, kind: Kind, fault: Option<Fault>, counts: &'a mut Counts) -> Self {
        let process = |n: u32| Process::new(format!("p{n}"));
        Self {
            random: Vary(seed.wrapping_mul(3).wrapping_add(kind as u64)),
            fault,
            counts,
            now: Duration::from_secs(1000),
            boot: 1,
            booted: Duration::ZERO,
            knows_time: false,
            server: Server::new(kind == Kind::V2),
            becomes_v2: kind == Kind::BecomesV2,
            on_the_way: Vec::new(),
            entries: Vec::new(),
            lease: None,
            locked: None,
            account: AccountId::parse(&format!("{:032x}", 1)).unwrap(),
            processes: vec![process(0), process(1)],
            lines: Vec::new(),
            marked: BTreeSet::new(),
            names: 0,
            rough: true,
        }
    }

    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.random.below(bound)
    }

    pub(super) fn one_in(&mut self, count: u64) -> bool {
        self.rough && self.below(count) == 0
    }

    pub(super) fn pick(&mut self, count: usize) -> usize {
        usize::try_from(self.below(count as u64)).unwrap()
    }

    /// Of a schedule that is run alone.
    pub(super) fn tell(&self, what: impl FnOnce() -> String) {
        if self.counts.told {
            println!("{:?} {}", self.now, what());
        }
    }

    pub(super) fn has(&self, fault: Fault) -> bool {
        self.fault == Some(fault)
    }

    pub(super) fn dialect(&self) -> Dialect {
        if self.server.has_keys {
            Dialect::V2 { features: Vec::new() }
        } else {
            Dialect::V1
        }
    }

    pub(super) fn boot_time(&self) -> BootTime {
        BootTime {
            boot_id: self.boot.to_string(),
            elapsed: self.now - self.booted,
        }
    }

    pub(super) fn clock(&self) -> Now {
        let wall =
            Timestamp::from_second(1_790_000_000).unwrap() + SignedDuration::try_from(self.now).unwrap();
        Now {
            boot: self.boot_time(),
            wall,
            server: self.knows_time.then_some(wall),
        }
    }

    pub(super) fn add(&mut self, chain: usize, command: Command) -> i64 {
        let seq = i64::try_from(self.entries.len() + 1).unwrap();
        let letter = char::from(b'a' + u8::try_from(chain).unwrap()).to_string();
        let lane = self.lines.get(chain).map_or(0, |line| line.lane);
        let mut entry = entry(seq, &letter, lane, ItemState::Queued);
        if matches!(command, Command::MarkRead { .. }) {
            entry.row.lane = None;
        }
        entry.stored.command = command;
        self.entries.push(entry);
        seq
    }

    pub(super) fn entry(&mut self, seq: i64) -> &mut Entry {
        &mut self.entries[usize::try_from(seq - 1).unwrap()]
    }

    /// The writes of this line, in order.
    pub(super) fn of(&self, chain: usize) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| chain_of(entry) == chain)
    }

    /// Copies of them.
    pub(super) fn chain(&self, chain: usize) -> Vec<Entry> {
        self.of(chain).cloned().collect()
    }

    /// Writes an event down. `None`: it cannot happen there, and nothing was written.
    pub(super) fn note(&mut self, seq: i64, event: Event, outcome: Option<Outcome>) -> Option<ItemState> {
        let (keyed, now) = (self.server.has_keys, self.clock());
        let forgets = self.has(Fault::DoubtForgotten);
        let entry = self.entry(seq);
        let mut before = entry.row.progress.clone();
        if forgets && event == Event::NotApplied {
            before.ended = None;
        }
        let after = advance(&before, event, keyed, &now)?;
        let is_doubted = event == Event::NotApplied && before.ended.is_some();
        let hit = if is_doubted { Event::StillUnknown } else { event };
        let state = after.state;
        entry.row.progress = after;
        if outcome.is_some() {
            entry.outcome = outcome;
        }
        self.counts.note(before.state, hit);
        self.tell(|| format!("write {seq}: {hit:?}: {state:?}"));
        Some(state)
    }

    // What happens.

    pub(super) fn pass(&mut self, time: Duration) -> Check {
        let end = self.now + time;
        let next = |(n, (at, _)): (usize, &(Duration, Asked))| (*at <= end).then_some((*at, n));
        while let Some((at, n)) = self.on_the_way.iter().enumerate().filter_map(next).min() {
            let (_, asked) = self.on_the_way.swap_remove(n);
            self.now = self.now.max(at);
            self.arrive(&asked)?;
        }
        self.now = end;
        Ok(())
    }

    /// Its sender has given it up; the server has not.
    pub(super) fn comes_late(&mut self, asked: Asked) {
        let most = u64::try_from(STILL_AT_WORK.as_millis()).unwrap() - 1;
        let late = Duration::from_millis(self.below(most));
        self.on_the_way.push((self.now + late, asked));
    }

    pub(super) fn crash(&mut self, n: usize) {
        self.tell(|| format!("process {n} dies"));
        let name = format!("{}'", self.processes[n].name);
        self.processes[n] = Process::new(name);
        if self.locked == Some(n) {
            self.locked = None;
        }
        if self.has(Fault::SettledForgotten) {
            for entry in &mut self.entries {
                if entry.state() == ItemState::Done && entry.stored.command.is_create() {
                    entry.row.progress.state = ItemState::Queued;
                }
            }
        }
        if self.has(Fault::UnknownForgottenAtRestart) {
            for entry in &mut self.entries {
                if entry.state() == ItemState::Sending {
                    entry.row.progress.state = ItemState::Queued;
                }
            }
        }
    }

    pub(super) fn reboot(&mut self) {
        (0..self.processes.len()).for_each(|n| self.crash(n));
        self.boot += 1;
        (self.booted, self.knows_time) = (self.now, false);
    }

    pub(super) fn stop(&mut self, n: usize) {
        let long = Duration::from_millis(self.below(120_000));
        self.processes[n].stopped = self.now + long;
    }

    /// Somebody else changes a booking: not between the look and the write of v1, which has nothing to tell it by
    /// (docs/adr/0007).
    pub(super) fn others(&mut self) {
        if self.lines.is_empty() {
            return;
        }
        let chain = self.pick(self.lines.len());
        let is_written = self.on_the_way.iter().any(|(_, asked)| asked.chain == chain)
            || self.processes.iter().any(|process| process.writes(chain));
        if is_written && !self.server.has_keys {
            return;
        }
        let is_known = self.lines[chain].cached.is_some();
        // What nobody here knows of yet is not removed: it would be made once more.
        let how = self.below(12).max(if is_known { 0 } else { 3 });
        self.server.change(chain, how);
        self.lines[chain].touched = true;
    }

    /// The server is replaced by its next version. What the old one had not done it may still do at once, and not later.
    pub(super) fn replaced(&mut self) -> Check {
        if !std::mem::take(&mut self.becomes_v2) {
            return Ok(());
        }
        for (_, asked) in std::mem::take(&mut self.on_the_way) {
            if self.below(2) == 0 {
                self.arrive(&asked)?;
            }
        }
        self.server.becomes_v2();
        Ok(())
    }

    /// A request comes to the server.
    pub(super) fn arrive(&mut self, asked: &Asked) -> Result<Said, String> {
        let taken = self.one_in(8);
        let line = self.lines.get(asked.chain);
        let (known, saw) = (line.map(|line| line.known), line.and_then(|line| line.saw));
        let was = self
            .server
            .rows
            .get(&asked.chain)
            .map(|row| (row.hour, row.cancelled));
        let others = |server: &Server| server.rows.get(&asked.chain).map_or(0, |row| row.others);
        let before = others(&self.server);
        let (said, changed) = self.server.handle(asked, taken, self.now)?;
        self.tell(|| format!("server: {asked:?}: {:?}, changed: {changed}", said.0));
        if !changed || matches!(asked.what, What::Read { .. }) {
            return Ok(said);
        }
        // What was called off once more looks as it did when the person saw it.
        let is_as_seen = saw.is_some() && saw == was;
        let line = &mut self.lines[asked.chain];
        if is_as_seen {
            line.known = before;
        }
        if asked.seq < line.last_effect {
            return Err(format!("{asked:?} after write {}", line.last_effect));
        }
        line.last_effect = asked.seq;
        if !matches!(asked.what, What::Create { .. }) && known < Some(before) && !is_as_seen {
            return Err(format!("{asked:?} over what somebody else did, unseen"));
        }
        let state = self.entry(asked.seq).state();
        if !matches!(state, ItemState::Sending | ItemState::Unknown) {
            return Err(format!("{asked:?} of a write that is {state:?}"));
        }
        Ok(said)
    }

    /// What must be true when nothing is left to do.
    pub(super) fn look_over(&mut self) -> Check {
        for entry in &self.entries {
            if !matches!(entry.state(), ItemState::Done | ItemState::Withdrawn) {
                return Err(format!("never settled: {entry:?}"));
            }
        }
        for (chain, line) in self.lines.iter().enumerate() {
            let row = self.server.rows.get(&chain);
            let there = row.filter(|row| !row.cancelled).map(|row| row.hour);
            let as_wished = match line.wish {
                Wish::At(hour) => there == Some(hour),
                Wish::Gone => there.is_none(),
                Wish::Whatever => true,
            };
            let is_theirs = line.touched && (row.is_some_and(|row| row.others > 0) || row.is_none());
            if !as_wished && !is_theirs {
                return Err(format!("line {chain}: {line:?}, but {row:?}"));
            }
        }
        if self.server.read != self.marked {
            return Err("what was marked as read is not".to_owned());
        }
        Ok(())
    }
}

/// The line of a write. Notifications come behind the bookings.
pub(super) fn chain_of(entry: &Entry) -> usize {
    usize::from(entry.row.chain.as_str().as_bytes()[0] - b'a')
}
