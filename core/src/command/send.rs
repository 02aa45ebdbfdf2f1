//! One write: looking, comparing, sending, and writing down what came of it.
//!
//! Promised: it is on disk that a write may be on its way before it is; the right to send is looked at once more when the
//! request is about to be written, and what came of it is written down only under that same right (scenario 22); a change is
//! sent only to what the person saw (24).

use std::sync::Arc;
use std::time::Duration;

use super::fold::{self, Then};
use super::ledger::Entry;
use super::machine::{Event, next};
use super::outbox::{Outbox, Owner};
use super::plan::Step;
use super::sender::Pause;
use super::stored::{Command, Outcome, Seen, Stored, is_open};
use crate::api::{
    ApiError, CancelBooking, CreateBooking, Dialect, FindBooking, GetBooking, ListBookings,
    MarkNotificationRead, Operation, RescheduleBooking, Tries, made_by,
};
use crate::error::{Error, Refusal, Result};
use crate::model::{Booking, BookingId, BookingStatus, Conflict, ConflictKind, Waiting};
use crate::ports::Permit;
use crate::query::{Fetched, read_all};
use crate::session::{Answered, Failure, Manner};
use crate::store::{ItemState, Lease, OutboxTx, Progress};
use crate::transport::Fault;

/// How long one exchange may take; several fit into a lease.
const EXCHANGE: Duration = Duration::from_secs(20);

/// How long what is done stays on this device, and how much of it at least.
const KEEP_DONE: jiff::SignedDuration = jiff::SignedDuration::from_hours(30 * 24);
const KEEP_AT_LEAST: u32 = 100;

/// What came of one try.
struct Came {
    event: Event,
    outcome: Option<Outcome>,
    pause: Option<Pause>,
}

impl Came {
    fn settled(event: Event, outcome: Outcome) -> Self {
        Self {
            event,
            outcome: Some(outcome),
            pause: None,
        }
    }

    fn applied(booking: Option<Booking>) -> Self {
        Self::settled(
            Event::Applied,
            Outcome::Done {
                booking: booking.map(Box::new),
            },
        )
    }

    fn paused(event: Event, why: Waiting, pause: Pause) -> Self {
        Self {
            event,
            outcome: Some(Outcome::Waiting { why }),
            pause: Some(pause),
        }
    }

    fn changed(current: Booking) -> Self {
        Self::settled(
            Event::Differs,
            Outcome::Conflict(Conflict {
                kind: ConflictKind::Changed,
                reason: "this booking was changed elsewhere meanwhile: look at it again".to_owned(),
                current: Some(Box::new(current)),
                free_slots: Vec::new(),
                request_id: None,
            }),
        )
    }

    fn gone() -> Self {
        Self::settled(
            Event::Refused,
            Outcome::Rejected {
                why: Refusal::NotFound,
                reason: "there is no such booking any more, or it is not yours".to_owned(),
                request_id: None,
            },
        )
    }
}

impl Outbox {
    /// Takes one step with one write. `None`: go on; else what keeps everything, or this write, from going on.
    pub(super) async fn act(
        &self,
        owner: &Owner,
        lease: &Lease,
        entry: &Entry,
        step: Step,
        dialect: &Dialect,
    ) -> Result<Option<Pause>> {
        // A refresh may take as long as a lease: it is made before, not in between.
        if let Err(error) = self.session.prepare().await {
            return Ok(Some(self.pause_of(error)));
        }
        match step {
            Step::Wait(_) => Ok(None),
            Step::Send => self.send(owner, lease, entry, None).await,
            Step::Look { last } => self.look(owner, lease, entry, last, dialect).await,
            Step::CompareAndSend => self.compare_and_send(owner, lease, entry).await,
        }
    }

    /// Asks whether a write that may have been applied was.
    async fn look(
        &self,
        owner: &Owner,
        lease: &Lease,
        entry: &Entry,
        last: bool,
        dialect: &Dialect,
    ) -> Result<Option<Pause>> {
        let missing = if last { Event::Absent } else { Event::NotSeenYet };
        let came = match &entry.stored.command {
            Command::Book { at, .. } => match self.find(entry, dialect).await {
                Err(error) => return Ok(Some(self.pause_of(error))),
                Ok(None) => Came {
                    event: missing,
                    outcome: None,
                    pause: None,
                },
                Ok(Some(booking)) if !dialect.has_keys() && booking.wall_time() != at.datetime() => {
                    was_moved(booking)
                }
                Ok(Some(booking)) => Came::applied(Some(booking)),
            },
            command => match self.read_there(owner, entry).await {
                Err(Error::Refused { .. }) => Came::gone(),
                Err(error) => return Ok(Some(self.pause_of(error))),
                Ok((booking, _)) if is_reached(command, &booking) => Came::applied(Some(booking)),
                Ok(_) => Came {
                    event: missing,
                    outcome: None,
                    pause: None,
                },
            },
        };
        self.write_down(owner, lease, entry, came)
    }

    /// The booking that this create made, if it did.
    async fn find(&self, entry: &Entry, dialect: &Dialect) -> Result<Option<Booking>> {
        let Some(vehicle) = entry.stored.command.vehicle() else {
            return Ok(None);
        };
        let sent_as = &entry.stored.sent_as;
        let find = FindBooking {
            operation_id: sent_as.clone(),
            vehicle,
        };
        if let Some(found) = self.read(&find).await?.0 {
            return Ok(Some(found));
        }
        if !dialect.has_keys() || entry.row.progress.first_sent_at.is_some() {
            return Ok(None);
        }
        // It was sent when this server still was v1: then only the reference in the notes tells.
        let all = read_all(&self.session, None, |cursor| ListBookings { cursor }).await?;
        Ok(match all {
            Fetched::New { value, .. } => value.into_iter().find(|booking| made_by(booking, sent_as)),
            Fetched::NotModified => None,
        })
    }

    /// Reads what is there, and sends the change only if that is what the person saw.
    async fn compare_and_send(&self, owner: &Owner, lease: &Lease, entry: &Entry) -> Result<Option<Pause>> {
        let (booking, etag) = match self.read_there(owner, entry).await {
            Ok(read) => read,
            Err(Error::Refused { .. }) => return self.write_down(owner, lease, entry, Came::gone()),
            Err(error) => return Ok(Some(self.pause_of(error))),
        };
        let command = &entry.stored.command;
        if is_reached(command, &booking) {
            return self.write_down(owner, lease, entry, Came::applied(Some(booking)));
        }
        let fits = match self.seen(owner, entry)? {
            Some(seen) => seen.fits(&booking),
            None => is_open(&booking.status),
        };
        if !fits {
            return self.write_down(owner, lease, entry, Came::changed(booking));
        }
        self.send(owner, lease, entry, Some((booking, etag))).await
    }

    /// The booking of the chain as the server has it now, with its ETag.
    async fn read_there(&self, owner: &Owner, entry: &Entry) -> Result<(Booking, Option<String>)> {
        let id = self.number_of(owner, entry)?.ok_or(Error::Refused {
            why: Refusal::NotFound,
            reason: String::new(),
            request_id: None,
        })?;
        self.read(&GetBooking { id }).await
    }

    fn number_of(&self, owner: &Owner, entry: &Entry) -> Result<Option<BookingId>> {
        let chain = self.durable.chain(owner.account.id(), &entry.row.chain)?;
        Ok(chain
            .and_then(|chain| self.ledger(owner).number(&chain))
            .map(BookingId::from_server))
    }

    /// What the person saw, or what the write before it in the chain made.
    fn seen(&self, owner: &Owner, entry: &Entry) -> Result<Option<Seen>> {
        let own = match &entry.stored.command {
            Command::Reschedule { seen, .. } | Command::Cancel { seen } => seen.clone(),
            Command::Book { .. } | Command::MarkRead { .. } => None,
        };
        if own.is_some() {
            return Ok(own);
        }
        let ledger = self.ledger(owner);
        let before = self
            .durable
            .outbox(owner.account.id(), |tx| tx.items(&entry.row.chain))?;
        let before = before.into_iter().filter(|row| row.seq < entry.row.seq).collect();
        Ok(ledger
            .open_all(before)
            .iter()
            .rev()
            .find_map(|before| match &before.outcome {
                Some(Outcome::Done { booking }) => booking.as_deref().map(Seen::of),
                Some(Outcome::Conflict(conflict)) => conflict.current.as_deref().map(Seen::of),
                _ => None,
            }))
    }

    async fn read<O: Operation>(&self, operation: &O) -> Result<(O::Output, Option<String>)> {
        let manner = Manner {
            tries: Tries::Once { total: EXCHANGE },
            ..Manner::default()
        };
        match self.session.call_so(operation, &manner).await? {
            Answered::New { value, etag } => Ok((value, etag)),
            Answered::NotModified => Err(Error::Internal {
                reason: "'not modified' without an ETag".to_owned(),
            }),
        }
    }

    /// Claims the write, sends it, and writes down what came of it. `there`: what was read just before.
    async fn send(
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
                match self.write(&lease, &create).await {
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
                match self.write(&lease, &change).await {
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
                match self.write(&lease, &change).await {
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
                    .write(&lease, &MarkNotificationRead { id: *notification })
                    .await
                {
                    Ok(_) => Came::applied(None),
                    Err(failure) => self.judge(failure),
                }
            }
            (Command::Reschedule { .. } | Command::Cancel { .. }, None) => Came::gone(),
        };
        self.write_down(owner, &lease, entry, came)
    }

    /// Writes down that the write is about to be sent. `None` if it may not be any more.
    fn claim(&self, owner: &Owner, lease: &Lease, entry: &Entry) -> Result<Option<Lease>> {
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
            let Some(state) = next(row.progress.state, Event::Claim) else {
                return Ok(None);
            };
            let unchanged = row.command == entry.row.command;
            if !unchanged {
                return Ok(None);
            }
            let progress = Progress {
                state,
                fence: lease.fence,
                attempts: row.progress.attempts + 1,
                first_sent_at: keyed.then(|| row.progress.first_sent_at.unwrap_or(now.server)),
                retry: None,
                ..row.progress
            };
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
            self.changed(&owner.account, false);
        }
        Ok(lease)
    }

    async fn write<O: Operation>(&self, lease: &Lease, operation: &O) -> Result<O::Output, Failure> {
        let (durable, clock, lease) = (
            Arc::clone(&self.durable),
            Arc::clone(&self.ports.clock),
            lease.clone(),
        );
        let permit = Permit::new(move || {
            let now = clock.boot_time();
            !lease.is_over(&now) && durable.holds_lease(&lease, &now).unwrap_or(false)
        });
        let manner = Manner {
            tries: Tries::Once { total: EXCHANGE },
            permit: Some(permit),
            ..Manner::default()
        };
        match self.session.call_so(operation, &manner).await? {
            Answered::New { value, .. } => Ok(value),
            Answered::NotModified => Err(Failure::Api(ApiError::NotModified)),
        }
    }

    /// What a failure says of whether the write was applied, and of what to do now.
    fn judge(&self, failure: Failure) -> Came {
        let lost = |pause| Came::paused(Event::Lost, Waiting::Certainty, pause);
        match failure {
            Failure::Api(ApiError::Refused {
                why,
                reason,
                request_id,
            }) => Came::settled(
                Event::Refused,
                Outcome::Rejected {
                    why,
                    reason,
                    request_id,
                },
            ),
            Failure::Api(ApiError::Conflict {
                kind,
                current,
                free_slots,
                reason,
                request_id,
            }) => Came::settled(
                Event::Differs,
                Outcome::Conflict(Conflict {
                    kind,
                    reason,
                    current,
                    free_slots,
                    request_id,
                }),
            ),
            Failure::Api(error @ (ApiError::InvalidInput { .. } | ApiError::Unsupported(_))) => {
                Came::settled(
                    Event::Refused,
                    Outcome::Rejected {
                        why: Refusal::Other {
                            code: "cannot_be_sent".to_owned(),
                        },
                        reason: Error::from(error).to_string(),
                        request_id: None,
                    },
                )
            }
            Failure::Api(error @ ApiError::ServerFault { .. }) => lost(Pause::Server(error.into())),
            // Answers of 4xx: not acted on.
            Failure::Api(error) => {
                Came::paused(Event::NotApplied, Waiting::Server, Pause::Server(error.into()))
            }
            Failure::Transport(error) => {
                let maybe_applied = error.maybe_applied();
                let withheld = error.fault == Fault::Withheld;
                let pause = if withheld {
                    Pause::LeaseLost
                } else {
                    self.pause_of(error.into())
                };
                if maybe_applied {
                    return lost(pause);
                }
                Came::paused(Event::NotApplied, waiting_for(&pause), pause)
            }
            // Before anything was sent, or after a definite 401.
            Failure::Public(error) => {
                let pause = self.pause_of(error);
                Came::paused(Event::NotApplied, waiting_for(&pause), pause)
            }
        }
    }

    /// What an error says of going on.
    fn pause_of(&self, error: Error) -> Pause {
        match error {
            Error::Offline { .. } | Error::CaptivePortal => Pause::Offline(error),
            Error::Busy { until } => Pause::Busy(self.left(until), error),
            Error::ServerFault { .. }
            | Error::Refused { .. }
            | Error::Conflict { .. }
            | Error::InvalidInput { .. }
            | Error::AmbiguousTime { .. }
            | Error::Unsupported { .. } => Pause::Server(error),
            Error::SignInNeeded { .. }
            | Error::Locked { .. }
            | Error::Untrusted { .. }
            | Error::Storage { .. }
            | Error::Unsent { .. }
            | Error::Suspended
            | Error::Closed
            | Error::Internal { .. } => Pause::Stopped(error),
        }
    }

    fn write_down(&self, owner: &Owner, lease: &Lease, entry: &Entry, came: Came) -> Result<Option<Pause>> {
        let noted = self.note(owner, lease, entry, came.event, came.outcome)?;
        Ok(match noted {
            Some(_) => came.pause,
            None => Some(Pause::LeaseLost),
        })
    }

    /// Writes down an event of a write, if the right to send is still ours. `None`: it is not, and nothing was written.
    pub(super) fn note(
        &self,
        owner: &Owner,
        lease: &Lease,
        entry: &Entry,
        event: Event,
        outcome: Option<Outcome>,
    ) -> Result<Option<ItemState>> {
        let now = self.now();
        let ledger = self.ledger(owner);
        let noted = self.durable.outbox(owner.account.id(), |tx| -> Result<_> {
            if !tx.holds(lease, &now.boot)? {
                return Ok(None);
            }
            let Some(row) = tx.item(entry.row.seq)? else {
                return Ok(None);
            };
            let Some(state) = next(row.progress.state, event) else {
                return Ok(None);
            };
            let mut progress = Progress {
                state,
                ..row.progress.clone()
            };
            let settled = matches!(state, ItemState::Done | ItemState::Rejected | ItemState::Conflict);
            match event {
                Event::Lost => {
                    progress.ended = Some(now.moment());
                    progress.looks = 0;
                }
                Event::NotSeenYet => progress.looks += 1,
                Event::Absent => {
                    (progress.ended, progress.looks, progress.first_sent_at) = (None, 0, None);
                }
                _ => {}
            }
            if settled {
                progress.revision = tx.next_revision()?;
                (progress.retry, progress.failures) = (None, 0);
            }
            ledger.save(tx, entry, progress, outcome.as_ref(), now.wall)?;
            if let Some(booking) = made(&outcome) {
                self.name(owner, tx, entry, booking)?;
            }
            if matches!(state, ItemState::Rejected | ItemState::Conflict) {
                self.make_up(owner, tx, entry, now.wall)?;
            }
            if settled && let Ok(before) = now.wall.checked_sub(KEEP_DONE) {
                tx.prune(before, KEEP_AT_LEAST)?;
            }
            Ok(Some((state, settled)))
        })?;
        if let Some((state, settled)) = noted {
            tracing::debug!(item = entry.row.seq, ?event, ?state, "a write");
            self.changed(&owner.account, settled);
        }
        Ok(noted.map(|(state, _)| state))
    }

    /// The server has named the booking of this chain.
    fn name(&self, owner: &Owner, tx: &OutboxTx<'_>, entry: &Entry, booking: &Booking) -> Result<()> {
        let ledger = self.ledger(owner);
        let Some(number) = booking.id.server_number() else {
            return Ok(());
        };
        let subject = owner.keys.subject_hash("booking", number);
        if entry.stored.command.is_create() && tx.chain_about(&subject)?.is_none() {
            let name = ledger.seal_number(entry.row.chain.as_str(), number)?;
            tx.name_chain(&entry.row.chain, &subject, &name)?;
        }
        Ok(())
    }

    /// What the person has asked for behind a write that was refused may make up for it.
    fn make_up(&self, owner: &Owner, tx: &OutboxTx<'_>, entry: &Entry, now: jiff::Timestamp) -> Result<()> {
        let entries = self.ledger(owner).open_all(tx.items(&entry.row.chain)?);
        let refused = entries.iter().find(|other| other.row.seq == entry.row.seq);
        let behind = entries
            .iter()
            .find(|other| other.row.seq > entry.row.seq && other.is_open());
        let Some(folded) = refused
            .zip(behind)
            .and_then(|(refused, behind)| fold::make_up(refused, behind))
        else {
            return Ok(());
        };
        self.take_back(owner, tx, &entries, &folded.withdraw, now)?;
        if let Then::Rewrite(seq, command) = folded.then
            && let Some(entry) = entries.iter().find(|entry| entry.row.seq == seq)
        {
            self.rewrite(owner, tx, entry, command, None, now)?;
        }
        Ok(())
    }
}

/// Whether the booking is already as the change wants it.
fn is_reached(command: &Command, booking: &Booking) -> bool {
    match command {
        Command::Reschedule { at, .. } => booking.wall_time() == at.datetime() && is_open(&booking.status),
        Command::Cancel { .. } => booking.status == BookingStatus::Cancelled,
        Command::Book { .. } | Command::MarkRead { .. } => false,
    }
}

/// The server made it at another time than was asked for (Q9): it exists, and is no success.
fn was_moved(booking: Booking) -> Came {
    Came::settled(
        Event::Differs,
        Outcome::Conflict(Conflict {
            kind: ConflictKind::Moved,
            reason: "the server booked another time than you asked for: keep it, move it or cancel it"
                .to_owned(),
            current: Some(Box::new(booking)),
            free_slots: Vec::new(),
            request_id: None,
        }),
    )
}

/// The booking that exists on the server by this outcome of a create.
fn made(outcome: &Option<Outcome>) -> Option<&Booking> {
    match outcome {
        Some(Outcome::Done { booking }) => booking.as_deref(),
        Some(Outcome::Conflict(conflict)) if conflict.kind == ConflictKind::Moved => {
            conflict.current.as_deref()
        }
        _ => None,
    }
}

fn waiting_for(pause: &Pause) -> Waiting {
    match pause {
        Pause::Offline(_) => Waiting::Network,
        Pause::Busy(..) | Pause::Server(_) => Waiting::Server,
        Pause::Stopped(_) | Pause::LeaseLost => Waiting::Turn,
    }
}
