//! The photos of the schedules: what a person adds, and what becomes of it on its way. Only where a server has them.

use std::time::Duration;

use super::super::fold;
use super::super::fold::tests::photo;
use super::super::ledger::Entry;
use super::super::machine::Event;
use super::super::stored::{Command, Outcome};
use super::World;
use crate::store::ItemState;

impl World {
    /// The person adds a photo to a booking that they have not called off.
    pub(super) fn photograph(&mut self) {
        if !self.server.has_keys || self.entries.is_empty() || self.wanted.is_none() {
            return;
        }
        let seq = i64::try_from(self.entries.len() + 1).unwrap();
        self.entries.push(photo(seq, "a", 1, ItemState::Queued));
    }

    /// Takes back the photos of a booking that is then never made.
    pub(super) fn give_up_photos(&mut self, withdrawn: &[i64]) {
        for seq in fold::photos_given_up(&self.entries, withdrawn) {
            self.take_back_photo(seq);
        }
    }

    /// After a write was applied: the photos of a booking that is called off are not wanted any more.
    pub(super) fn clear_photos(&mut self, seq: i64) {
        if matches!(self.entry(seq).stored.command, Command::Cancel { .. }) {
            for seq in fold::photos_of(&self.entries) {
                self.take_back_photo(seq);
            }
        }
    }

    fn take_back_photo(&mut self, seq: i64) {
        if super::super::machine::next(self.entry(seq).state(), Event::TakeBack).is_some() {
            self.note(seq, Event::TakeBack, None);
        }
    }

    /// Sends a photo: some of it, or all.
    pub(super) fn send_photo(&mut self, entry: &Entry) {
        let seq = entry.row.seq;
        let (_, _, cancelled) = self
            .server
            .bookings
            .last()
            .expect("only what was made has photos");
        assert!(
            !cancelled,
            "no photo is sent of what was called off: {:?}",
            self.entries
        );
        self.note(seq, Event::Claim, None);
        self.pass(Duration::from_millis(1 + self.below(5000)));
        match if self.rough { self.below(9) } else { 0 } {
            // Killed half way, or when all of it had arrived.
            1 => self.reboot_perhaps(),
            2 => {
                self.arrived.insert(seq);
                self.reboot_perhaps();
            }
            // Cut half way, or something else is to go first.
            3 | 4 => self.note(seq, Event::NotApplied, None),
            // The answer to the last part is lost.
            5 => self.note(seq, Event::Lost, None),
            6 => {
                self.arrived.insert(seq);
                self.note(seq, Event::Lost, None);
            }
            // As many as the booking takes, say.
            7 if !self.arrived.contains(&seq) => self.note(seq, Event::Refused, None),
            _ => {
                self.arrived.insert(seq);
                self.photo_arrived(seq);
            }
        }
    }

    pub(super) fn photo_arrived(&mut self, seq: i64) {
        self.note(seq, Event::Applied, Some(Outcome::Done { booking: None }));
    }

    /// Of a booking that is wanted every photo that was not refused is there; of one that is not none is waited for.
    pub(super) fn check_photos(&self) {
        for entry in self.entries.iter().filter(|entry| entry.is_photo()) {
            let arrived = self.arrived.contains(&entry.row.seq);
            let right = match entry.state() {
                ItemState::Done => arrived,
                ItemState::Rejected => !arrived && self.wanted.is_some(),
                ItemState::Withdrawn => self.wanted.is_none(),
                _ => false,
            };
            assert!(right, "arrived: {arrived}, wanted: {:?}, {entry:?}", self.wanted);
        }
    }
}
