//! Sending one write.
//!
//! Promised: it is on disk that a write may be on its way before it is; the right to send is looked at once more when the
//! request is about to be written (scenario 22).

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::came::{Came, was_moved};
use super::ledger::Entry;
use super::look::{EXCHANGE, NEVER_MADE};
use super::machine::{Event, advance};
use super::outbox::{Outbox, Owner};
use super::plan::Step;
use super::sender::{Known, Pause};
use super::stored::{Command, Stored};
use crate::api::{
    ApiError, CancelBooking, CreateBooking, MarkNotificationRead, Operation, Priority, RescheduleBooking,
    Tries,
};
use crate::error::{Refusal, Result};
use crate::model::{Booking, BookingStatus, OutboxEvent};
use crate::ports::Permit;
use crate::session::{Answered, Failure, Manner};
use crate::store::{Lease, OutboxTx};
use crate::transport::Fault;

impl Outbox {
    /// Takes one step with one write. `None`: go on; else what keeps everything, or this write, from going on. A long step goes
    /// on with `lease` by itself.
    pub(super) async fn act(
        &self,
        owner: &Owner,
        lease: &mut Lease,
        entry: &Entry,
        step: Step,
        known: &Known,
    ) -> Result<Option<Pause>> {
        // A refresh may take as long as a lease: it is made before, not in between.
        if let Err(error) = self.session.prepare().await {
            return Ok(Some(self.pause_of(error)));
        }
        match step {
            Step::Wait(_) => Ok(None),
            Step::Send if entry.is_photo() => self.upload(owner, lease, entry, known).await,
            Step::Send => self.send(owner, lease, entry, None).await,
            Step::Look { last } => self.look(owner, lease, entry, last, &known.dialect).await,
            Step::CompareAndSend => self.compare_and_send(owner, lease, entry).await,
        }
    }

    /// Claims the write, sends it, and writes down what came of it. `there`: what was read just before.
    pub(super) async fn send(
        &self,
        owner: &Owner,
        lease: &Lease,
        entry: &Entry,
        there: Option<(Booking, Option<String>)>,
    ) -> Result<Option<Pause>> {
        let Some(lease) = self.claim(owner, lease, entry)? else {
            return Ok(Some(Pause::LeaseLost));
        };
        let Stored { sent_as, command, .. } = &entry.stored;
        let number = self.number_of(owner, entry)?;
        // A repetition costs of the budget for retries; where something was read just before, that has.
        let again = there.is_none() && self.is_repeated(entry);
        let (current, etag) = there.unzip();
        let came = match (command, number) {
            (
                Command::Book {
                    vehicle,
                    service,
                    at,
                    center,
                    notes,
                    ..
                },
                _,
            ) => {
                let create = CreateBooking {
                    vehicle: *vehicle,
                    service: service.clone(),
                    at: at.clone(),
                    center: *center,
                    notes: notes.clone(),
                    operation_id: sent_as.clone(),
                    idempotency_key: sent_as.clone(),
                };
                match self.write(&lease, &create, again).await {
                    Ok(booking) if create.was_moved(&booking) => was_moved(booking),
                    Ok(booking) => Came::applied(Some(booking)),
                    Err(failure) => self.judge(failure),
                }
            }
            (Command::Reschedule { at, .. }, Some(id)) => {
                let change = RescheduleBooking {
                    id,
                    at: at.clone(),
                    if_match: etag.flatten(),
                    idempotency_key: sent_as.clone(),
                };
                match self.write(&lease, &change, again).await {
                    Ok(booking) => Came::applied(booking.or_else(|| {
                        let mut booking = current?;
                        booking.starts_at = at.clone();
                        Some(booking)
                    })),
                    Err(failure) => self.judge(failure),
                }
            }
            (Command::Cancel { .. }, Some(id)) => {
                let change = CancelBooking {
                    id,
                    if_match: etag.flatten(),
                    idempotency_key: sent_as.clone(),
                };
                match self.write(&lease, &change, again).await {
                    Ok(booking) => Came::applied(booking.or_else(|| {
                        let mut booking = current?;
                        booking.status = BookingStatus::Cancelled;
                        Some(booking)
                    })),
                    Err(failure) => self.judge(failure),
                }
            }
            (Command::MarkRead { notification }, _) => {
                match self
                    .write(&lease, &MarkNotificationRead { id: *notification }, again)
                    .await
                {
                    Ok(_) => Came::applied(None),
                    Err(failure) => self.judge(failure),
                }
            }
            // `upload` sends it.
            (Command::AddPhoto { .. }, _) => Came::refused(Refusal::NotFound, NEVER_MADE.to_owned(), None),
            (Command::Reschedule { .. } | Command::Cancel { .. }, None) => {
                Came::refused(Refusal::NotFound, NEVER_MADE.to_owned(), None)
            }
        };
        self.write_down(owner, &lease, entry, came)
    }

    /// Writes down that the write is about to be sent. `None` if it may not be any more.
    pub(super) fn claim(&self, owner: &Owner, lease: &Lease, entry: &Entry) -> Result<Option<Lease>> {
        let now = self.now();
        let keyed = self
            .session
            .link()
            .known_dialect()?
            .is_some_and(|dialect| dialect.has_keys());
        let claim = |tx: &OutboxTx<'_>| -> Result<_> {
            if self.signals.is_paused() || !tx.holds(lease, &now.boot)? {
                return Ok(None);
            }
            let Some(row) = tx.item(entry.row.seq)? else {
                return Ok(None);
            };
            let Some(mut progress) = advance(&row.progress, Event::Claim, keyed, &now) else {
                return Ok(None);
            };
            // The person may have changed it since it was looked at.
            if row.command != entry.row.command {
                return Ok(None);
            }
            progress.fence = lease.fence;
            tx.save(row.seq, &progress, now.wall)?;
            Ok(Some(lease.clone()))
        };
        // Nothing is sent any more for an account that is being signed out, which waits for a claim under way.
        let lease = self
            .session
            .while_current(owner.account.epoch(), || {
                self.durable.outbox(owner.account.id(), claim)
            })
            .transpose()?
            .flatten();
        if lease.is_some() {
            self.decided(entry.row.seq, OutboxEvent::Sending);
            self.changed(&owner.account, false);
        }
        Ok(lease)
    }

    pub(super) async fn write<O: Operation>(
        &self,
        lease: &Lease,
        operation: &O,
        again: bool,
    ) -> Result<O::Output, Failure> {
        let (durable, clock, lease) = (
            Arc::clone(&self.durable),
            Arc::clone(&self.ports.clock),
            lease.clone(),
        );
        let account = lease.account.clone();
        let permit = Permit::new(move || {
            let now = clock.boot_time();
            !lease.is_over(&now) && durable.holds_lease(&lease, &now).unwrap_or(false)
        });
        let manner = Manner {
            tries: Tries::Once { total: EXCHANGE },
            permit: Some(permit),
            priority: Priority::Promised,
            again,
            account: Some(account),
            ..Manner::default()
        };
        let answered = self.session.call_so(operation, &manner).await;
        self.hear(&answered);
        match answered? {
            Answered::New { value, .. } => Ok(value),
            Answered::NotModified => Err(Failure::Api(ApiError::NotModified)),
        }
    }

    /// Remembers whether the server said "later".
    pub(super) fn hear<T>(&self, answered: &Result<T, Failure>) {
        let is_later = match answered {
            // Nothing was sent.
            Err(Failure::Public(_)) => return,
            Err(Failure::Transport(error)) if error.request_id.is_none() => return,
            Err(Failure::Transport(error)) => matches!(error.fault, Fault::Busy { .. }),
            Err(Failure::Api(_)) | Ok(_) => false,
        };
        self.told_later.store(is_later, Ordering::Relaxed);
    }

    /// Whether the server failed when this was last tried, or said "later" to whatever was. Silence is not counted: after that
    /// there is one probe at a time anyway, and what waited must go soon after the network is back.
    pub(super) fn is_repeated(&self, entry: &Entry) -> bool {
        entry.row.progress.failures > 0 || self.told_later.load(Ordering::Relaxed)
    }
}
