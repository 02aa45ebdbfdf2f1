//! Accepting a write: it is on disk, fsynced, when this returns, and then it is a promise.
//!
//! Promised: an operation id is accepted once, so that a double tap or a call that was cancelled and made again is one write
//! (scenario 22); what was not sent yet is changed in place rather than sent and changed again ([`super::fold`]).

use jiff::Zoned;

use super::decide::again;
use super::fold::{self, Folded, Then};
use super::ledger::Entry;
use super::outbox::{Outbox, Owner};
use super::photos::check_count;
use super::stored::{Command, Seen, Stored};
use crate::api::{CancelBooking, CreateBooking, MarkNotificationRead, RescheduleBooking};
use crate::error::{Error, Refusal, Result, SignInReason};
use crate::model::{
    Booking, BookingId, CenterId, NotificationId, OutboxEvent, OutboxItem, OutboxItemId, Photo, ServiceType,
    VehicleId,
};
use crate::store::{AccountId, Chain, ChainId, ItemState, NewItem, OutboxTx};

/// A booking to be made, its time resolved.
pub(crate) struct NewCreate {
    pub(crate) vehicle: VehicleId,
    pub(crate) service: ServiceType,
    pub(crate) at: Zoned,
    pub(crate) center: Option<CenterId>,
    pub(crate) notes: Option<String>,
    pub(crate) vehicle_name: Option<String>,
    pub(crate) center_name: Option<String>,
    pub(crate) photos: Vec<Photo>,
}

/// What is to be changed of a booking.
pub(crate) enum Change {
    Reschedule(Zoned),
    Cancel,
}

impl Outbox {
    /// Accepts a booking to be made.
    pub(crate) async fn book(&self, new: NewCreate, operation_id: Option<String>) -> Result<OutboxItem> {
        let owner = self.owner().await?;
        let operation_id = self.operation_id(operation_id)?;
        let create = CreateBooking {
            vehicle: new.vehicle,
            service: new.service.clone(),
            at: new.at.clone(),
            center: new.center,
            notes: new.notes.clone(),
            operation_id: operation_id.clone(),
            idempotency_key: operation_id.clone(),
        };
        self.check(&owner, &create)?;
        if !new.photos.is_empty() {
            self.check_photos()?;
            check_count(new.photos.len())?;
        }
        let lane = owner.keys.lane_hash(new.vehicle.0);
        let command = Command::Book {
            vehicle: new.vehicle,
            service: new.service,
            at: new.at,
            center: new.center,
            notes: new.notes,
            vehicle_name: new.vehicle_name,
            center_name: new.center_name,
        };
        self.accept(&owner, |tx| {
            if let Some(seq) = self.already(&owner, tx, &operation_id, &command)? {
                return Ok(seq);
            }
            let chain = Chain {
                id: ChainId::random(&*self.ports.random).map_err(no_randomness)?,
                lane: Some(lane),
                subject: None,
                name: None,
            };
            tx.add_chain(&chain)?;
            let seq = self.add(&owner, tx, &chain.id, operation_id, command)?;
            self.attach_all(&owner, tx, &chain.id, &new.photos)?;
            Ok(seq)
        })
    }

    /// Accepts a change of a booking. `saw`: the booking as the person sees it.
    pub(crate) async fn change(
        &self,
        id: &BookingId,
        change: Change,
        saw: Option<&Booking>,
        operation_id: Option<String>,
    ) -> Result<OutboxItem> {
        let owner = self.owner().await?;
        let operation_id = self.operation_id(operation_id)?;
        if id.server_number().is_some() {
            let (id, idempotency_key) = (id.clone(), operation_id.clone());
            match &change {
                Change::Reschedule(at) => self.check(
                    &owner,
                    &RescheduleBooking {
                        id,
                        at: at.clone(),
                        if_match: None,
                        idempotency_key,
                    },
                )?,
                Change::Cancel => self.check(
                    &owner,
                    &CancelBooking {
                        id,
                        if_match: None,
                        idempotency_key,
                    },
                )?,
            }
        }
        let seen = saw.map(Seen::of);
        self.accept(&owner, |tx| {
            let (chain, is_new) = self.chain_of(&owner, tx, id, saw.and_then(|saw| saw.vehicle_id))?;
            let entries = if is_new {
                Vec::new()
            } else {
                self.ledger(&owner).chain(tx, &chain)?
            };
            if let Some(before) = entries.iter().find(|entry| {
                entry.stored.operation_id == operation_id || entry.stored.folded.contains(&operation_id)
            }) {
                return Ok(before.row.seq);
            }
            let folded = match change {
                Change::Reschedule(at) => fold::reschedule(&entries, &at, seen)?,
                Change::Cancel => fold::cancel(&entries, seen),
            };
            if is_new {
                tx.add_chain(&chain)?;
            }
            self.carry_out(&owner, tx, &chain, &entries, folded, operation_id)
        })
    }

    /// Accepts that a notification was read, by this account or by whichever is signed in.
    pub(crate) async fn mark_read(
        &self,
        whose: Option<&AccountId>,
        id: NotificationId,
    ) -> Result<OutboxItem> {
        let owner = self.owner().await?;
        if whose.is_some_and(|whose| whose != owner.account.id()) {
            return Err(Error::SignInNeeded {
                why: SignInReason::SignedOut,
            });
        }
        self.check(&owner, &MarkNotificationRead { id })?;
        let operation_id = self.random_id()?;
        let subject = owner.keys.subject_hash("notification", id.0);
        self.accept(&owner, |tx| {
            let chain = match tx.chain_about(&subject)? {
                Some(chain) => chain,
                None => {
                    let chain_id = ChainId::random(&*self.ports.random).map_err(no_randomness)?;
                    let chain = Chain {
                        name: Some(self.ledger(&owner).seal_number(chain_id.as_str(), id.0)?),
                        id: chain_id,
                        lane: None,
                        subject: Some(subject),
                    };
                    tx.add_chain(&chain)?;
                    chain
                }
            };
            let entries = self.ledger(&owner).chain(tx, &chain)?;
            // Behind one that was refused it would wait for ever: that is tried again.
            if let Some(refused) = entries.iter().find(|entry| entry.needs_a_person()) {
                self.rewrite(&owner, tx, refused, again(refused), None, self.now().wall)?;
                return Ok(refused.row.seq);
            }
            // It is read, or will be: once is enough.
            if let Some(same) = entries.iter().rev().find(|entry| entry.is_open()) {
                return Ok(same.row.seq);
            }
            let command = Command::MarkRead { notification: id };
            self.add(&owner, tx, &chain.id, operation_id, command)
        })
    }

    /// How many writes of whoever is signed in are not done.
    pub(crate) async fn unsent(&self) -> Result<u32> {
        let account = self.session.account().await?;
        Ok(self.durable.unsent(account.id())?)
    }

    /// Runs `work` in one transaction, wakes whoever sends, and shows the item it gave.
    pub(super) fn accept(
        &self,
        owner: &Owner,
        work: impl FnOnce(&OutboxTx<'_>) -> Result<i64>,
    ) -> Result<OutboxItem> {
        // Nothing is accepted for an account that is being signed out.
        let (seq, state) = self
            .session
            .while_current(owner.account.epoch(), || {
                self.durable.outbox(owner.account.id(), |tx| {
                    let seq = work(tx)?;
                    Ok((seq, tx.item(seq)?.map(|row| row.progress.state)))
                })
            })
            .unwrap_or(Err(Error::SignInNeeded {
                why: SignInReason::SignedOut,
            }))?;
        match state {
            Some(ItemState::Queued) => self.decided(seq, OutboxEvent::Accepted),
            Some(ItemState::Withdrawn) => self.decided(seq, OutboxEvent::TakenBack),
            // It was accepted earlier, and has got on since.
            _ => {}
        }
        self.changed(&owner.account, false);
        self.signals.push();
        self.item_of(owner, OutboxItemId(seq))
    }

    /// Judged before it is accepted, as far as the server is known.
    fn check(&self, owner: &Owner, operation: &impl crate::api::Operation) -> Result<()> {
        let link = self.session.link();
        match link.known_dialect()? {
            Some(dialect) => link.check(&dialect, owner.account.identity().customer, operation),
            None => Ok(()),
        }
    }

    /// The caller's operation id, or one of our own.
    pub(super) fn operation_id(&self, given: Option<String>) -> Result<String> {
        let Some(given) = given else {
            return self.random_id();
        };
        if (1..=100).contains(&given.len()) && given.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Ok(given);
        }
        Err(Error::InvalidInput {
            field: "operation_id".to_owned(),
            reason: "must be 1 to 100 printable characters without spaces".to_owned(),
        })
    }

    /// The write that was accepted under this id.
    fn already(
        &self,
        owner: &Owner,
        tx: &OutboxTx<'_>,
        operation_id: &str,
        command: &Command,
    ) -> Result<Option<i64>> {
        let Some(row) = tx.item_of(&owner.keys.operation_hash(operation_id))? else {
            return Ok(None);
        };
        let seq = row.seq;
        let same = self
            .ledger(owner)
            .open(row)
            .is_none_or(|entry| entry.stored.command.vehicle() == command.vehicle());
        if same {
            return Ok(Some(seq));
        }
        Err(used(seq))
    }

    fn add(
        &self,
        owner: &Owner,
        tx: &OutboxTx<'_>,
        chain: &ChainId,
        operation_id: String,
        command: Command,
    ) -> Result<i64> {
        Ok(self.add_with_uid(owner, tx, chain, operation_id, command)?.0)
    }

    /// The same, and what the sealed columns of the row are bound to.
    pub(super) fn add_with_uid(
        &self,
        owner: &Owner,
        tx: &OutboxTx<'_>,
        chain: &ChainId,
        operation_id: String,
        command: Command,
    ) -> Result<(i64, [u8; 16])> {
        let operation = owner.keys.operation_hash(&operation_id);
        if let Some(row) = tx.item_of(&operation)? {
            return Err(used(row.seq));
        }
        let mut uid = [0; 16];
        self.ports.random.fill(&mut uid).map_err(no_randomness)?;
        let stored = Stored {
            sent_as: operation_id.clone(),
            operation_id,
            folded: Vec::new(),
            command,
        };
        let command = self.ledger(owner).seal_command(&uid, &stored)?;
        let seq = tx.add_item(&NewItem {
            uid,
            chain,
            operation,
            command: &command,
            now: self.ports.clock.wall(),
        })?;
        Ok((seq, uid))
    }

    /// The chain of this booking; true if there is none yet, and this is to be it.
    pub(super) fn chain_of(
        &self,
        owner: &Owner,
        tx: &OutboxTx<'_>,
        id: &BookingId,
        vehicle: Option<VehicleId>,
    ) -> Result<(Chain, bool)> {
        let unknown = || Error::Refused {
            why: Refusal::NotFound,
            reason: format!("there is no booking {id}"),
            request_id: None,
        };
        if let Some(name) = id.local_name() {
            let chain = ChainId::parse(name).map(|name| tx.chain(&name)).transpose()?;
            return chain.flatten().map(|chain| (chain, false)).ok_or_else(unknown);
        }
        let number = id.server_number().ok_or_else(unknown)?;
        let subject = owner.keys.subject_hash("booking", number);
        if let Some(chain) = tx.chain_about(&subject)? {
            return Ok((chain, false));
        }
        let chain_id = ChainId::random(&*self.ports.random).map_err(no_randomness)?;
        let chain = Chain {
            name: Some(self.ledger(owner).seal_number(chain_id.as_str(), number)?),
            id: chain_id,
            lane: vehicle.map(|vehicle| owner.keys.lane_hash(vehicle.0)),
            subject: Some(subject),
        };
        Ok((chain, true))
    }

    fn carry_out(
        &self,
        owner: &Owner,
        tx: &OutboxTx<'_>,
        chain: &Chain,
        entries: &[Entry],
        folded: Folded,
        operation_id: String,
    ) -> Result<i64> {
        let now = self.ports.clock.wall();
        self.take_back(owner, tx, entries, &folded.withdraw, now)?;
        match folded.then {
            Then::Append(command) => self.add(owner, tx, &chain.id, operation_id, command),
            Then::Same(seq) | Then::Nothing(seq) => Ok(seq),
            Then::Rewrite(seq, command) => {
                if let Some(entry) = entries.iter().find(|entry| entry.row.seq == seq) {
                    self.rewrite(owner, tx, entry, command, Some(operation_id), now)?;
                }
                Ok(seq)
            }
        }
    }
}

pub(super) fn used(seq: i64) -> Error {
    Error::InvalidInput {
        field: "operation_id".to_owned(),
        reason: format!("was used for another write (outbox item {seq}): use a new one for each"),
    }
}

fn no_randomness(error: crate::ports::NoRandomness) -> Error {
    Error::Internal {
        reason: error.to_string(),
    }
}
