//! What a person does with their bookings: books on three vehicles, moves, calls off, tries again, gives up, looks; and marks as read.

use super::super::decide::again;
use super::super::fold::{self, Folded, Then};
use super::super::ledger::Entry;
use super::super::machine::{Event, next};
use super::super::stored::{Command, Seen};
use super::Fault;
use super::server::{at, hour};
use super::world::{Line, Wish, World, chain_of};
use crate::model::{Booking, BookingStatus, NotificationId, ServiceType, VehicleId};
use crate::store::{ItemState, Progress};

/// How many bookings a person makes.
const BOOKINGS: usize = 5;

/// Where the lines of notifications begin.
const NOTIFICATIONS: usize = 20;

/// How often somebody tries again before they give up.
const PATIENCE: u32 = 3;

impl World<'_> {
    pub(super) fn person(&mut self) {
        if self.lines.is_empty() || (self.lines.len() < BOOKINGS && self.below(5) == 0) {
            self.book();
            return;
        }
        if self.below(12) == 0 {
            self.mark_read();
            return;
        }
        let chain = self.pick(self.lines.len());
        match self.below(12) {
            0..=3 => self.reschedule(chain),
            4 => self.cancel(chain),
            5..=7 => self.look(chain),
            8 => self.try_now(chain),
            _ => {
                if let Some(seq) = self.held(chain) {
                    if self.below(3) == 0 {
                        self.drop_item(seq);
                    } else {
                        self.retry(seq);
                    }
                } else if self.below(3) == 0 {
                    let any = self.of(chain).last().map(|entry| entry.row.seq);
                    any.into_iter().for_each(|seq| self.drop_item(seq));
                }
            }
        }
    }

    /// In the end everybody tries again what waits for them, and gives it up if that does not help.
    pub(super) fn settle(&mut self) {
        for chain in 0..self.lines.len() {
            let Some(seq) = self.held(chain) else { continue };
            self.lines[chain].tries += 1;
            if self.lines[chain].tries <= PATIENCE {
                self.retry(seq);
            } else {
                self.drop_item(seq);
            }
        }
    }

    fn held(&self, chain: usize) -> Option<i64> {
        let held = self.of(chain).find(|entry| entry.holds_its_chain());
        held.map(|entry| entry.row.seq)
    }

    fn an_hour(&mut self) -> i64 {
        i64::try_from(9 + self.below(8)).unwrap()
    }

    fn book(&mut self) {
        let (hour, lane) = (self.an_hour(), u8::try_from(1 + self.below(3)).unwrap());
        let chain = self.lines.len();
        if self.below(10) == 0 {
            self.server.cursed.insert(chain);
        }
        self.lines.push(Line {
            lane,
            wish: Wish::At(hour),
            touched: false,
            known: 0,
            saw: None,
            cached: None,
            last_effect: 0,
            tries: 0,
        });
        let command = Command::Book {
            vehicle: VehicleId(50 + i64::from(lane)),
            service: ServiceType::OilChange,
            at: at(hour),
            center: None,
            notes: None,
            vehicle_name: None,
            center_name: None,
        };
        self.add(chain, command);
    }

    fn mark_read(&mut self) {
        let number = i64::try_from(1 + self.below(2)).unwrap();
        let chain = NOTIFICATIONS + usize::try_from(number).unwrap();
        self.marked.insert(number);
        if !self.of(chain).any(Entry::is_open) {
            let notification = NotificationId(number);
            self.add(chain, Command::MarkRead { notification });
        }
    }

    /// What the person looks at when they change something. `None`: nothing that can be changed.
    fn sees(&mut self, chain: usize) -> Option<Option<Seen>> {
        let is_unfinished = self
            .of(chain)
            .any(|entry| entry.is_open() || entry.holds_its_chain());
        let line = &mut self.lines[chain];
        if line.wish == Wish::Gone {
            return None;
        }
        let Some((booking, others)) = &line.cached else {
            return is_unfinished.then_some(None);
        };
        if booking.status == BookingStatus::Cancelled && !is_unfinished {
            return None;
        }
        (line.known, line.saw) = (*others, Some(value(booking)));
        Some(Some(Seen::of(booking)))
    }

    fn reschedule(&mut self, chain: usize) {
        let Some(seen) = self.sees(chain) else { return };
        let hour = self.an_hour();
        let entries = self.as_folded(chain);
        if let Ok(folded) = fold::reschedule(&entries, &at(hour), seen) {
            self.asked(chain, Wish::At(hour));
            self.carry_out(chain, folded);
        }
    }

    fn cancel(&mut self, chain: usize) {
        let Some(seen) = self.sees(chain) else { return };
        let folded = fold::cancel(&self.as_folded(chain), seen);
        self.asked(chain, Wish::Gone);
        self.carry_out(chain, folded);
    }

    fn as_folded(&self, chain: usize) -> Vec<Entry> {
        let mut entries = self.chain(chain);
        if self.has(Fault::FoldedIntoSending) {
            for entry in entries.iter_mut().filter(|entry| entry.is_open()) {
                entry.row.progress.state = ItemState::Queued;
            }
        }
        entries
    }

    fn asked(&mut self, chain: usize, wish: Wish) {
        let line = &mut self.lines[chain];
        (line.wish, line.touched, line.tries) = (wish, false, 0);
    }

    /// Reads the booking anew.
    fn look(&mut self, chain: usize) {
        let is_settled = !self.of(chain).any(Entry::is_open);
        let read = self.server.rows.get(&chain).filter(|_| is_settled);
        if let Some(row) = read {
            self.lines[chain].cached = Some((row.booking(), row.others));
        }
    }

    fn try_now(&mut self, chain: usize) {
        for entry in self.chain(chain).iter().filter(|entry| entry.is_open()) {
            self.entry(entry.row.seq).row.progress.retry = None;
        }
    }

    /// What was refused or conflicted goes anew, over what the conflict showed.
    fn retry(&mut self, seq: i64) {
        let entry = self.entry(seq).clone();
        self.sees_conflict(chain_of(&entry));
        self.rewrite(seq, again(&entry));
    }

    fn sees_conflict(&mut self, chain: usize) {
        let line = &mut self.lines[chain];
        if let Some((booking, others)) = &line.cached {
            (line.known, line.saw) = (*others, Some(value(booking)));
        }
    }

    /// Gives a write up, and what hangs on it.
    fn drop_item(&mut self, seq: i64) {
        let entry = self.entry(seq).clone();
        let may = next(entry.state(), Event::TakeBack).is_some()
            || (self.has(Fault::UnknownGivenUp) && entry.state() == ItemState::Unknown);
        let chain = chain_of(&entry);
        if !may || matches!(entry.stored.command, Command::MarkRead { .. }) {
            return;
        }
        self.sees_conflict(chain);
        let behind: Vec<Entry> = self
            .chain(chain)
            .into_iter()
            .filter(|other| other.row.seq > seq && (other.is_open() || other.holds_its_chain()))
            .collect();
        let was_made = !entry.stored.command.is_create() || entry.was_moved();
        if !was_made {
            self.asked(chain, Wish::Gone);
            behind.iter().for_each(|other| self.take_back(other.row.seq));
        } else if behind.is_empty() {
            self.asked(chain, Wish::Whatever);
        }
        self.take_back(seq);
    }

    fn take_back(&mut self, seq: i64) {
        let given_up = self.has(Fault::UnknownGivenUp);
        self.tell(|| format!("write {seq} is taken back"));
        let entry = self.entry(seq);
        let state = entry.state();
        if next(state, Event::TakeBack).is_some() || given_up {
            (entry.row.progress.state, entry.row.progress.retry) = (ItemState::Withdrawn, None);
            self.counts.note(state, Event::TakeBack);
        }
    }

    pub(super) fn carry_out(&mut self, chain: usize, folded: Folded) {
        folded.withdraw.iter().for_each(|seq| self.take_back(*seq));
        self.tell(|| format!("line {chain}: {:?}", folded.then));
        match folded.then {
            Then::Append(command) => {
                self.add(chain, command);
            }
            Then::Rewrite(seq, command) => self.rewrite(seq, command),
            Then::Same(_) | Then::Nothing(_) => {}
        }
    }

    /// As `decide` writes it: under a new name, if the server may know the old one.
    fn rewrite(&mut self, seq: i64, command: Command) {
        self.names += 1;
        self.tell(|| format!("write {seq} is rewritten"));
        let name = format!("op-{seq}.{}", self.names);
        let keeps_its_name = self.has(Fault::NameKept);
        let sealed = self.names.to_be_bytes().to_vec();
        let entry = self.entry(seq);
        let state = entry.state();
        if entry.row.progress.attempts > 0 && !keeps_its_name {
            entry.stored.sent_as = name;
        }
        (entry.stored.command, entry.row.command) = (command, sealed);
        entry.row.progress = Progress {
            attempts: entry.row.progress.attempts,
            ..Progress::queued()
        };
        entry.outcome = None;
        if state != ItemState::Queued {
            self.counts.note(state, Event::Retry);
        }
    }

    /// What is asked of the server by this write.
    pub(super) fn wants(entry: &Entry) -> super::server::What {
        use super::server::What;
        match &entry.stored.command {
            Command::Book { at, .. } => What::Create { hour: hour(at) },
            Command::Reschedule { at, .. } => What::Move { hour: hour(at) },
            Command::Cancel { .. } => What::Cancel,
            Command::MarkRead { notification } => What::Read {
                notification: notification.0,
            },
            Command::AddPhoto { .. } => unreachable!("photos have schedules of their own"),
        }
    }
}

fn value(booking: &Booking) -> (i64, bool) {
    (
        hour(&booking.starts_at),
        booking.status == BookingStatus::Cancelled,
    )
}
