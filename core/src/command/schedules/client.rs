//! What a process does: one turn of the loop that sends, taken apart where it can be stopped, killed or overtaken.

use std::time::Duration;

use super::super::fold;
use super::super::ledger::Entry;
use super::super::machine::{Event, weigh};
use super::super::plan::{Step, plan};
use super::super::stored::{Command, Outcome, Seen};
use super::super::turns::turns;
use super::Fault;
use super::server::{Answer, Asked, Row, What};
use super::world::{World, chain_of};
use crate::model::{Booking, BookingStatus, Conflict, ConflictKind};
use crate::store::{ItemState, Lease};

/// A process.
pub(super) struct Process {
    pub(super) name: String,
    /// Stopped until then.
    pub(super) stopped: Duration,
    stage: Stage,
}

/// Where it stands in a turn.
enum Stage {
    Idle,
    /// The write is chosen, and what it changes was read.
    Chosen(Turn),
    /// It is on disk that the write may be on its way.
    Claimed(Turn),
    /// What came of it is known, and not on disk yet.
    Came(Turn, Came),
}

/// A write in hand.
struct Turn {
    entry: Entry,
    lease: Lease,
    /// What was read just before.
    there: Option<Row>,
    /// Whether the server kept keys when it was chosen.
    keyed: bool,
}

/// What came of it.
struct Came {
    event: Event,
    outcome: Option<Outcome>,
    shown: Option<Row>,
    /// Whether the round ends with it, and the server is spared this write for a while.
    pause: bool,
    put_off: bool,
}

/// What a step of a process was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Took {
    Step,
    /// Nothing can be done for so long.
    Nothing(Duration),
}

/// Longer than anything is waited for.
const LONG: Duration = Duration::from_secs(3600);

impl Process {
    pub(super) fn new(name: String) -> Self {
        Self {
            name,
            stopped: Duration::ZERO,
            stage: Stage::Idle,
        }
    }

    /// Whether it is about to change this line.
    pub(super) fn writes(&self, chain: usize) -> bool {
        match &self.stage {
            Stage::Chosen(turn) | Stage::Claimed(turn) => chain_of(&turn.entry) == chain,
            Stage::Idle | Stage::Came(..) => false,
        }
    }
}

impl Came {
    fn of(event: Event) -> Self {
        Self {
            event,
            outcome: None,
            shown: None,
            pause: false,
            put_off: false,
        }
    }

    fn ends_the_round(event: Event) -> Self {
        Self {
            pause: true,
            ..Self::of(event)
        }
    }

    fn applied(row: Option<Row>) -> Self {
        let booking = row.as_ref().map(|row| Box::new(row.booking()));
        Self {
            outcome: Some(Outcome::Done { booking }),
            shown: row,
            ..Self::of(Event::Applied)
        }
    }

    fn differs(kind: ConflictKind, current: Option<Row>) -> Self {
        let conflict = Conflict {
            kind,
            reason: String::new(),
            current: current.as_ref().map(|row| Box::new(row.booking())),
            free_slots: Vec::new(),
            request_id: None,
        };
        Self {
            outcome: Some(Outcome::Conflict(conflict)),
            shown: current,
            ..Self::of(Event::Differs)
        }
    }
}

impl World<'_> {
    /// One step of one process.
    pub(super) fn step(&mut self, n: usize) -> Result<Took, String> {
        if self.processes[n].stopped > self.now {
            return Ok(Took::Nothing(self.processes[n].stopped - self.now));
        }
        let stage = std::mem::replace(&mut self.processes[n].stage, Stage::Idle);
        let (stage, took) = match stage {
            Stage::Idle => self.choose(n)?,
            Stage::Chosen(turn) => (self.claim(turn)?, Took::Step),
            Stage::Claimed(turn) => match self.send(&turn)? {
                Some(came) => (Stage::Came(turn, came), Took::Step),
                None => {
                    self.crash(n);
                    return Ok(Took::Step);
                }
            },
            Stage::Came(turn, came) => {
                self.write_down(n, &turn, came);
                (Stage::Idle, Took::Step)
            }
        };
        self.processes[n].stage = stage;
        Ok(took)
    }

    /// Takes the lease, and looks what is to be done.
    fn choose(&mut self, n: usize) -> Result<(Stage, Took), String> {
        if self.entries.iter().all(|entry| !entry.is_open()) {
            self.give_back(n);
            return Ok((Stage::Idle, Took::Nothing(LONG)));
        }
        let lease = match self.take_lease(n) {
            Ok(lease) => lease,
            Err(left) => return Ok((Stage::Idle, Took::Nothing(left))),
        };
        let sending = self
            .entries
            .iter()
            .find(|entry| entry.state() == ItemState::Sending);
        if let Some(seq) = sending.map(|entry| entry.row.seq) {
            // Whoever was sending it is gone.
            self.note(seq, Event::Lost, None);
            return Ok((Stage::Idle, Took::Step));
        }
        self.knows_time |= !self.one_in(4);
        let (mut soonest, mut due) = (LONG, None);
        for entry in self.in_turn() {
            match self.plan(entry) {
                Step::Wait(wait) => soonest = soonest.min(wait),
                step => {
                    due = Some((entry.clone(), step));
                    break;
                }
            }
        }
        let Some((entry, step)) = due else {
            self.give_back(n);
            return Ok((Stage::Idle, Took::Nothing(soonest)));
        };
        if self.one_in(12) {
            // No network.
            self.give_back(n);
            return Ok((Stage::Idle, Took::Step));
        }
        let turn = Turn {
            there: self.server.rows.get(&chain_of(&entry)).cloned(),
            keyed: self.server.has_keys,
            entry,
            lease,
        };
        let came = match step {
            Step::Look { last } => Some(self.look_up(&turn, last)),
            Step::CompareAndSend => self.compare(&turn),
            Step::Send | Step::Wait(_) => None,
        };
        Ok(match came {
            Some(came) => (Stage::Came(turn, came), Took::Step),
            None => (Stage::Chosen(turn), Took::Step),
        })
    }

    /// The writes that may be acted on.
    fn in_turn(&self) -> Vec<&Entry> {
        if self.has(Fault::Overtaken) {
            return self.entries.iter().filter(|entry| entry.is_open()).collect();
        }
        turns(&self.entries)
    }

    fn plan(&self, entry: &Entry) -> Step {
        let step = plan(
            &entry.stored.command,
            &entry.row.progress,
            &self.dialect(),
            &self.clock(),
        );
        let is_create = entry.stored.command.is_create();
        match step {
            Step::Look { .. } if is_create && self.has(Fault::NoLook) => Step::Send,
            Step::Look { last: false } if is_create && self.has(Fault::OneLook) => Step::Look { last: true },
            Step::Look { .. } if is_create && self.server.has_keys && self.has(Fault::KeyTrustedForEver) => {
                Step::Send
            }
            Step::CompareAndSend if self.has(Fault::NotCompared) => Step::Send,
            step => step,
        }
    }

    fn look_up(&self, turn: &Turn, last: bool) -> Came {
        let missing = Came::of(if last { Event::Absent } else { Event::NotSeenYet });
        let (entry, there) = (&turn.entry, turn.there.clone());
        match &entry.stored.command {
            Command::Book { at, .. } => {
                let in_notes = !self.server.has_keys || entry.row.progress.first_sent_at.is_none();
                let made = there.filter(|row| row.made_by == entry.stored.sent_as && (row.by_v2 || in_notes));
                match made {
                    None => missing,
                    Some(row) if in_notes && row.booking().wall_time() != at.datetime() => {
                        Came::differs(ConflictKind::Moved, Some(row))
                    }
                    found => Came::applied(found),
                }
            }
            command => match there {
                None => Came::of(Event::Refused),
                Some(row) if reached(command, &row.booking()) => Came::applied(Some(row)),
                Some(_) => missing,
            },
        }
    }

    /// What comes of it without its being sent.
    fn compare(&self, turn: &Turn) -> Option<Came> {
        let Some(row) = turn.there.clone() else {
            return Some(Came::of(Event::Refused));
        };
        let booking = row.booking();
        if reached(&turn.entry.stored.command, &booking) {
            return Some(Came::applied(Some(row)));
        }
        let command = &turn.entry.stored.command;
        let may_be = command.seen().is_some() || booking.status == BookingStatus::Scheduled;
        let fits = may_be && self.seen(&turn.entry).is_none_or(|seen| seen.fits(&booking));
        (!fits).then(|| Came::differs(ConflictKind::Changed, Some(row)))
    }

    fn seen(&self, entry: &Entry) -> Option<Seen> {
        let own = entry.stored.command.seen().cloned();
        own.or_else(|| {
            let of_chain =
                |other: &&Entry| other.row.chain == entry.row.chain && other.row.seq < entry.row.seq;
            let before = self.entries.iter().rev().filter(of_chain);
            before
                .filter_map(|other| match &other.outcome {
                    Some(Outcome::Done { booking }) => booking.as_deref().map(Seen::of),
                    Some(Outcome::Conflict(conflict)) => conflict.current.as_deref().map(Seen::of),
                    _ => None,
                })
                .next()
        })
    }

    /// Writes down that it is about to be sent.
    fn claim(&mut self, mut turn: Turn) -> Result<Stage, String> {
        let seq = turn.entry.row.seq;
        let is_same = self.entry(seq).row.command == turn.entry.row.command;
        if !self.holds(&turn.lease) || !is_same {
            return Ok(Stage::Idle);
        }
        let (lane, chain) = (&turn.entry.row.lane, &turn.entry.row.chain);
        for other in self.entries.iter().take_while(|other| other.row.seq < seq) {
            let is_before = &other.row.chain == chain && (other.is_open() || other.holds_its_chain());
            let may_be_applied = matches!(other.state(), ItemState::Sending | ItemState::Unknown);
            let is_beside = lane.is_some() && &other.row.lane == lane && may_be_applied;
            if is_before || is_beside {
                return Err(format!("write {seq} goes before {other:?}"));
            }
        }
        if self.has(Fault::NotClaimed) || self.has(Fault::ClaimedTooLate) {
            return Ok(Stage::Claimed(turn));
        }
        if self.note(seq, Event::Claim, None).is_none() {
            return Ok(Stage::Idle);
        }
        self.entry(seq).row.progress.fence = turn.lease.fence;
        turn.entry = self.entry(seq).clone();
        Ok(Stage::Claimed(turn))
    }

    /// The look at the lease, the request, and what becomes of it. `None`: the process dies over it.
    fn send(&mut self, turn: &Turn) -> Result<Option<Came>, String> {
        if !self.holds(&turn.lease) && !self.has(Fault::PermitNotAsked) {
            return Ok(Some(Came::ends_the_round(Event::NotApplied)));
        }
        // The server is another one by now, and has no such route.
        if turn.keyed != self.server.has_keys {
            return Ok(Some(Came::ends_the_round(Event::NotApplied)));
        }
        let what = Self::wants(&turn.entry);
        let asked = Asked {
            seq: turn.entry.row.seq,
            chain: chain_of(&turn.entry),
            key: turn.entry.stored.sent_as.clone(),
            what,
            if_match: turn.there.as_ref().map(|row| row.version),
        };
        let is_keyed_create = turn.keyed && matches!(what, What::Create { .. });
        let fate = if self.rough { self.below(14) } else { 13 };
        let came = match fate {
            0 => Came::ends_the_round(Event::NotApplied),
            // Cut off before it arrived, and after it was applied; or the server failed.
            1 => Came::ends_the_round(Event::Lost),
            2 | 3 => {
                self.arrive(&asked)?;
                let put_off = fate == 3;
                Came {
                    put_off,
                    ..Came::ends_the_round(Event::Lost)
                }
            }
            // It is carried out although nobody waits for its answer any more.
            4 => {
                self.comes_late(asked);
                Came::ends_the_round(Event::Lost)
            }
            5 => {
                self.comes_late(asked);
                return Ok(None);
            }
            6 => {
                self.arrive(&asked)?;
                return Ok(None);
            }
            // A no before the server looks at the key: the account was switched off for a moment.
            7 | 8 if is_keyed_create => Came::of(Event::Refused),
            _ => self.answered(&asked)?,
        };
        if came.event == Event::Lost {
            let waited = Duration::from_millis(self.below(5000));
            self.pass(waited)?;
        }
        Ok(Some(came))
    }

    fn answered(&mut self, asked: &Asked) -> Result<Came, String> {
        let (answer, row) = self.arrive(asked)?;
        Ok(match (answer, asked.what) {
            (Answer::Applied, What::Read { .. }) => Came::applied(None),
            (Answer::Applied, What::Create { hour }) if row.as_ref().is_some_and(|row| row.hour != hour) => {
                Came::differs(ConflictKind::Moved, row)
            }
            (Answer::Applied, _) => Came::applied(row),
            (Answer::SlotTaken, _) => Came::differs(ConflictKind::SlotTaken, None),
            (Answer::Changed, _) => Came::differs(ConflictKind::Changed, row),
            (Answer::Refused | Answer::NotFound, _) => Came::of(Event::Refused),
        })
    }

    /// As `record` writes it.
    fn write_down(&mut self, n: usize, turn: &Turn, came: Came) {
        let seq = turn.entry.row.seq;
        if came.pause {
            // After it was written; nothing comes in between.
            self.processes[n].stage = Stage::Idle;
        }
        if self.holds(&turn.lease) || self.has(Fault::WrittenWithoutLease) {
            if self.has(Fault::ClaimedTooLate) {
                self.note(seq, Event::Claim, None);
            }
            self.record(turn, &came);
        }
        if came.pause {
            self.give_back(n);
        }
    }

    fn record(&mut self, turn: &Turn, came: &Came) {
        let seq = turn.entry.row.seq;
        if self.entry(seq).row.command != turn.entry.row.command && !self.has(Fault::OfAnother) {
            return;
        }
        let mut event = came.event;
        if turn.entry.stored.command.is_create() && !self.has(Fault::NoIsTheLastWord) {
            event = weigh(&self.entry(seq).row.progress, event);
        }
        let outcome = came.outcome.clone().filter(|_| event == came.event);
        let Some(state) = self.note(seq, event, outcome) else {
            return;
        };
        if came.put_off {
            let until = self.clock().after(Duration::from_secs(7));
            let progress = &mut self.entry(seq).row.progress;
            (progress.failures, progress.retry) = (progress.failures + 1, Some(until));
        }
        let chain = chain_of(&turn.entry);
        if let Some(row) = &came.shown {
            self.lines[chain].cached = Some((row.booking(), row.others));
            let is_create = turn.entry.stored.command.is_create();
            // What a create has become is what the write behind it begins with.
            if is_create {
                self.lines[chain].known = row.others;
            }
        }
        if matches!(state, ItemState::Rejected | ItemState::Conflict) {
            self.make_up(seq, chain);
        }
    }

    fn make_up(&mut self, seq: i64, chain: usize) {
        let refused = self.entry(seq).clone();
        let entries = self.chain(chain);
        let behind = entries
            .iter()
            .find(|other| other.row.seq > seq && other.is_open());
        if let Some(folded) = behind.and_then(|behind| fold::make_up(&refused, behind)) {
            self.carry_out(chain, folded);
        }
    }
}

fn reached(command: &Command, booking: &Booking) -> bool {
    let cancelled = booking.status == BookingStatus::Cancelled;
    match command {
        Command::Reschedule { at, .. } => booking.wall_time() == at.datetime() && !cancelled,
        Command::Cancel { .. } => cancelled,
        Command::Book { .. } | Command::MarkRead { .. } | Command::AddPhoto { .. } => false,
    }
}
