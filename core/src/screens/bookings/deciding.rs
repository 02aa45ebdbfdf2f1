//! What the person does about their bookings: what is allowed is done once, and what went wrong can be done again.

use jiff::Timestamp;

use super::decision::is_decision;
use super::record::BookingsIntent;
use super::row::is_photo;
use super::scene::{BookingsEffect, BookingsScene};
use crate::error::Result;
use crate::model::{Booking, BookingId, OutboxItem, OutboxItemId, WriteAction};
use crate::screens::problem::Failure;
use crate::screens::scene::Scene as _;

/// What would do again what went wrong.
#[derive(Debug, Clone)]
pub(super) enum Again {
    Decide(BookingsIntent),
    /// It was asked before.
    CallOff(Box<Booking>),
}

impl BookingsScene {
    /// As a row or a decision says it, but for what passes by time alone: that the server judges.
    pub(super) fn can_call_off(&self, id: &BookingId) -> bool {
        let mut about_it = self.deciding();
        about_it.retain(|item| !is_photo(item) && item.booking.as_ref() == Some(id));
        match about_it.as_slice() {
            [] => self
                .known(id)
                .is_some_and(|booking| self.row(booking, Timestamp::MIN).can_call_off),
            decisions => {
                let can = |item: &&OutboxItem| item.actions().contains(&WriteAction::Cancel);
                self.allowed().call_off && decisions.iter().any(can)
            }
        }
    }

    /// What a person must decide on, in order of acceptance: by the outbox, and until that is known by the bookings.
    pub(super) fn deciding(&self) -> Vec<&OutboxItem> {
        let mut found: Vec<&OutboxItem> = self.all_items().filter(|item| is_decision(item)).collect();
        found.sort_by_key(|item| item.id);
        found
    }

    /// Does what the outbox allows for this item, once.
    pub(super) fn decide(
        &mut self,
        id: OutboxItemId,
        action: WriteAction,
        intent: BookingsIntent,
        effect: impl FnOnce(&OutboxItem) -> Option<BookingsEffect>,
    ) -> Vec<BookingsEffect> {
        let pending = self.bookings.value().into_iter().flatten();
        let pending = pending.filter_map(|booking| booking.pending.as_deref());
        let found = self.all_items().chain(pending).find(|item| item.id == id);
        let allowed = found.filter(|item| item.actions().contains(&action) && !self.busy.contains_key(&id));
        let Some(effect) = allowed.and_then(effect) else {
            return Vec::new();
        };
        self.busy.insert(id, intent);
        self.failure = None;
        vec![effect]
    }

    pub(super) fn decided(&mut self, item: OutboxItemId, answer: Result<()>) {
        // It may have been somebody else's.
        if let Some(intent) = self.busy.remove(&item) {
            let failed = answer.err();
            self.failure = failed.map(|error| Failure::of(&error, Again::Decide(intent)));
        }
    }

    pub(super) fn called_off(&mut self, answer: Result<()>) {
        if let Some((booking, _)) = self.question.take_if(|(_, busy)| *busy) {
            let failed = answer.err();
            self.failure = failed.map(|error| Failure::of(&error, Again::CallOff(Box::new(booking))));
        }
    }

    pub(super) fn try_again(&mut self) -> Vec<BookingsEffect> {
        match self.failure.take().map(|failure| failure.again) {
            Some(Again::Decide(intent)) => self.intend(intent),
            Some(Again::CallOff(booking)) if self.can_call_off(&booking.id) => {
                self.question = Some((*booking, false));
                self.intend(BookingsIntent::Confirm)
            }
            Some(Again::CallOff(_)) | None => Vec::new(),
        }
    }
}
