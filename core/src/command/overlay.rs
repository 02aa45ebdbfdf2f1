//! What lists and details show of writes that the answer behind them does not have yet.
//!
//! Promised: a booking that was accepted is shown at once and marked, and a late or stale answer neither hides nor doubles it:
//! what is pending is applied when an answer is read, never stored in it; what was done is applied to answers that were asked
//! for before it. What was not accepted shows what the server has, with the reason beside it.

use std::cmp::Reverse;

use super::items::booking_of;
use super::ledger::Entry;
use super::outbox::{Outbox, Owner};
use super::stored::{Command, Outcome};
use crate::api::made_by;
use crate::error::Result;
use crate::model::order::sort_by_key;
use crate::model::{Booking, BookingId, BookingStatus, Notification, OutboxItem, VehicleSummary};
use crate::store::ItemState;

/// The writes that an answer asked for at some revision may lack.
pub(crate) struct Overlay {
    layers: Vec<Layer>,
}

/// One write over an answer.
struct Layer {
    item: OutboxItem,
    sent_as: String,
    command: Command,
    state: ItemState,
    /// The booking's ids, the server's first once it is known.
    names: Vec<BookingId>,
    /// What the server made of it.
    result: Option<Booking>,
    vehicle_name: Option<String>,
}

impl Outbox {
    /// What to show over an answer that was asked for when so many writes were settled. Reads the secret store if there is
    /// anything to show and it was not read yet.
    pub(crate) async fn overlay(&self, revision: i64) -> Result<Overlay> {
        let account = self.session.account().await?;
        if self.is_quiet(&account, revision) {
            return Ok(Overlay::nothing());
        }
        let changes = *self.changes.borrow();
        if self.durable.outbox_since(account.id(), revision)?.is_empty() {
            self.note_quiet(&account, revision, changes);
            return Ok(Overlay::nothing());
        }
        let owner = self.owner().await?;
        self.overlay_of(&owner, revision)
    }

    /// The same without waiting: nothing, if the keys were not read yet.
    pub(crate) fn overlay_now(&self, revision: i64) -> Overlay {
        let owner = self.session.present_or_ended().and_then(|account| {
            let keys = account.outbox_keys()?.clone();
            Some(Owner { account, keys })
        });
        owner
            .and_then(|owner| self.overlay_of(&owner, revision).ok())
            .unwrap_or_else(Overlay::nothing)
    }

    fn overlay_of(&self, owner: &Owner, revision: i64) -> Result<Overlay> {
        let ledger = self.ledger(owner);
        let entries = ledger.open_all(self.durable.outbox_since(owner.account.id(), revision)?);
        let mut layers = Vec::with_capacity(entries.len());
        for entry in &entries {
            // Photos are shown by themselves: they change nothing of what the answer says.
            if entry.is_photo() {
                continue;
            }
            let Some(chain) = self.durable.chain(owner.account.id(), &entry.row.chain)? else {
                continue;
            };
            let item = self.show_in(owner, entry, &chain, &entries);
            let mut names = vec![booking_of(&ledger, &chain)];
            names.push(BookingId::local(chain.id.as_str()));
            layers.push(layer(entry, item, names));
        }
        Ok(Overlay { layers })
    }
}

fn layer(entry: &Entry, item: OutboxItem, names: Vec<BookingId>) -> Layer {
    let result = match &entry.outcome {
        Some(Outcome::Done { booking }) => booking.as_deref().cloned(),
        Some(Outcome::Conflict(conflict)) => conflict.current.as_deref().cloned(),
        _ => None,
    };
    let vehicle_name = match &entry.stored.command {
        Command::Book { vehicle_name, .. } => vehicle_name.clone(),
        _ => None,
    };
    Layer {
        item,
        sent_as: entry.stored.sent_as.clone(),
        command: entry.stored.command.clone(),
        state: entry.state(),
        names,
        result,
        vehicle_name,
    }
}

impl Overlay {
    /// Over nothing.
    pub(crate) fn nothing() -> Self {
        Self { layers: Vec::new() }
    }

    /// Whether there is nothing to show.
    pub(crate) fn is_empty(&self) -> bool {
        self.layers.is_empty()
    }

    /// Over a list of bookings: newest time first, as the answer is.
    pub(crate) fn over_list(&self, bookings: &mut Vec<Booking>) {
        if self.is_empty() {
            return;
        }
        for made in self.layers.iter().filter(|layer| layer.is_create()) {
            if !bookings.iter().any(|booking| self.is_about(made, booking)) {
                bookings.extend(made.made());
            }
        }
        for booking in bookings.iter_mut() {
            self.over_one(booking);
        }
        sort_by_key(bookings, |booking| Reverse(booking.starts_at.timestamp()));
    }

    /// Over one booking.
    pub(crate) fn over_one(&self, booking: &mut Booking) {
        let seen = booking.clone();
        for layer in self.layers.iter().filter(|layer| self.is_about(layer, &seen)) {
            layer.over(booking);
        }
    }

    /// Whether the write is about this booking: by its id, or because a create of the same line has made it and this device
    /// does not know yet.
    fn is_about(&self, layer: &Layer, booking: &Booking) -> bool {
        if matches!(layer.command, Command::MarkRead { .. }) {
            return false;
        }
        layer.names.contains(&booking.id)
            || self.layers.iter().any(|create| {
                create.is_create() && create.names == layer.names && made_by(booking, &create.sent_as)
            })
    }

    /// The booking with this id, if a write here makes it.
    pub(crate) fn made(&self, id: &BookingId) -> Option<Booking> {
        let create = self
            .layers
            .iter()
            .find(|layer| layer.names.contains(id) && layer.is_create())?;
        let mut booking = create.made()?;
        self.over_one(&mut booking);
        Some(booking)
    }

    /// Over the customer's garage: a vehicle's latest booking, of those the server has and those it may make yet. One that it
    /// would not make is in the lists, with the reason: here it would hide one that stands.
    pub(crate) fn over_garage(&self, garage: &mut [VehicleSummary]) {
        for summary in garage {
            if let Some(latest) = &mut summary.latest_booking {
                self.over_one(latest);
            }
            let id = summary.vehicle.id;
            let creates = self.layers.iter().filter(|layer| layer.is_create());
            let of_this = creates.filter(|layer| layer.command.vehicle() == Some(id) && !layer.was_refused());
            for mut made in of_this.filter_map(Layer::made) {
                self.over_one(&mut made);
                let later = summary
                    .latest_booking
                    .as_ref()
                    .is_none_or(|latest| latest.starts_at.timestamp() < made.starts_at.timestamp());
                if later {
                    summary.latest_booking = Some(made);
                }
            }
        }
    }

    /// Over a list of notifications.
    pub(crate) fn over_notifications(&self, notifications: &mut [Notification]) {
        for layer in &self.layers {
            let Command::MarkRead { notification } = &layer.command else {
                continue;
            };
            for one in notifications.iter_mut().filter(|one| one.id == *notification) {
                one.read |= !matches!(layer.state, ItemState::Rejected | ItemState::Conflict);
                one.pending = (layer.state != ItemState::Done).then(|| Box::new(layer.item.clone()));
            }
        }
    }
}

impl Layer {
    fn is_create(&self) -> bool {
        matches!(self.command, Command::Book { .. })
    }

    /// Whether the server said no, and has nothing of it.
    fn was_refused(&self) -> bool {
        matches!(self.state, ItemState::Rejected | ItemState::Conflict) && self.result.is_none()
    }

    /// What a create makes, or will make.
    fn made(&self) -> Option<Booking> {
        let Command::Book {
            vehicle,
            service,
            at,
            center,
            notes,
            center_name,
            ..
        } = &self.command
        else {
            return None;
        };
        let mut booking = match &self.result {
            Some(result) => result.clone(),
            None => Booking {
                id: self.names.first()?.clone(),
                vehicle_id: Some(*vehicle),
                vehicle: None,
                service: service.clone(),
                starts_at: at.clone(),
                status: BookingStatus::Scheduled,
                center_id: *center,
                center: center_name.clone(),
                minutes: service.minutes(),
                notes: notes.clone(),
                created_at: None,
                operation: None,
                pending: None,
            },
        };
        booking.vehicle = booking.vehicle.or_else(|| self.vehicle_name.clone());
        if self.state != ItemState::Done {
            booking.pending = Some(Box::new(self.item.clone()));
        }
        Some(booking)
    }

    /// Shows the write over a booking that the answer has.
    fn over(&self, booking: &mut Booking) {
        match self.state {
            ItemState::Done => {
                if let Some(result) = &self.result {
                    booking.starts_at = result.starts_at.clone();
                    booking.status = result.status.clone();
                }
                return;
            }
            ItemState::Rejected | ItemState::Conflict => {
                if let Some(current) = &self.result {
                    let vehicle = booking.vehicle.take().or_else(|| current.vehicle.clone());
                    *booking = current.clone();
                    booking.vehicle = vehicle;
                }
            }
            _ => match &self.command {
                Command::Reschedule { at, .. } => booking.starts_at = at.clone(),
                Command::Cancel { .. } => booking.status = BookingStatus::Cancelled,
                Command::Book { .. } | Command::MarkRead { .. } | Command::AddPhoto { .. } => {}
            },
        }
        booking.pending = Some(Box::new(self.item.clone()));
    }
}
