//! Looking at what the server has: whether a write was applied, and whether a booking is still what the person saw.
//!
//! Promised: nothing here changes anything on the server; a change goes on only to what the person saw (scenario 24).

use std::sync::PoisonError;
use std::time::Duration;

use super::came::{Came, was_moved};
use super::ledger::Entry;
use super::machine::Event;
use super::outbox::{Outbox, Owner};
use super::sender::Pause;
use super::stored::{Command, Outcome, Seen, is_open};
use crate::api::{Dialect, FindBooking, GetBooking, ListBookings, Operation, Priority, Tries, made_by};
use crate::error::{Error, Refusal, Result};
use crate::model::{Booking, BookingId, BookingStatus};
use crate::query::{Cached, Fetched, read_all};
use crate::session::{Answered, Manner};
use crate::store::{AccountId, Lease};

/// How long one exchange may take; several fit into a lease.
pub(super) const EXCHANGE: Duration = Duration::from_secs(20);

/// What is said of a change whose booking does not exist.
pub(super) const NEVER_MADE: &str = "the booking it was about was never made";

impl Outbox {
    /// Asks whether a write that may have been applied was.
    pub(super) async fn look(
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
                // v1 books another time without a word (Q9), also shortly before it becomes v2.
                Ok(Some(booking))
                    if (!dialect.has_keys() || entry.row.progress.first_sent_at.is_none())
                        && booking.wall_time() != at.datetime() =>
                {
                    was_moved(booking)
                }
                Ok(Some(booking)) => Came::applied(Some(booking)),
            },
            Command::AddPhoto { .. } => match self.find_photo(owner, entry).await {
                Err(Error::Refused {
                    why,
                    reason,
                    request_id,
                }) => Came::refused(why, reason, request_id),
                // The server is one without photos by now: it can no longer tell, and its chain is not to wait for ever.
                Err(error @ Error::Unsupported { .. }) => {
                    let code = "cannot_be_sent".to_owned();
                    Came::refused(Refusal::Other { code }, error.to_string(), None)
                }
                Err(error) => return Ok(Some(self.pause_of(error))),
                Ok(true) => Came::applied(None),
                Ok(false) => Came {
                    event: missing,
                    outcome: None,
                    pause: None,
                },
            },
            command => match self.read_there(owner, entry).await {
                Err(Error::Refused {
                    why,
                    reason,
                    request_id,
                }) => Came::refused(why, reason, request_id),
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
        if let Some(found) = self.read(&find, self.is_repeated(entry)).await?.0 {
            return Ok(Some(found));
        }
        if !dialect.has_keys() || entry.row.progress.first_sent_at.is_some() {
            return Ok(None);
        }
        // It was sent when this server still was v1: then only the reference in the notes tells.
        let nothing = Cached::nothing();
        let list = read_all(&self.session, &nothing, |cursor| ListBookings { cursor });
        let all = Priority::Promised.during(list).await?;
        Ok(match all {
            Fetched::New { value, .. } => value.into_iter().find(|booking| made_by(booking, sent_as)),
            Fetched::NotModified => None,
        })
    }

    /// Reads what is there, and sends the change only if that is what the person saw.
    pub(super) async fn compare_and_send(
        &self,
        owner: &Owner,
        lease: &Lease,
        entry: &Entry,
    ) -> Result<Option<Pause>> {
        let (booking, etag) = match self.read_there(owner, entry).await {
            Ok(read) => read,
            Err(Error::Refused {
                why,
                reason,
                request_id,
            }) => {
                let came = Came::refused(why, reason, request_id);
                return self.write_down(owner, lease, entry, came);
            }
            Err(error) => return Ok(Some(self.pause_of(error))),
        };
        let command = &entry.stored.command;
        if is_reached(command, &booking) {
            return self.write_down(owner, lease, entry, Came::applied(Some(booking)));
        }
        // What was called off before the person could see it is not brought back by what they had asked for behind it.
        let may_be = command.seen().is_some() || is_open(&booking.status);
        let fits = may_be && self.seen(owner, entry)?.is_none_or(|seen| seen.fits(&booking));
        if !fits {
            return self.write_down(owner, lease, entry, Came::changed(booking));
        }
        self.send(owner, lease, entry, Some((booking, etag))).await
    }

    /// The booking of the chain as the server has it now, with its ETag.
    async fn read_there(&self, owner: &Owner, entry: &Entry) -> Result<(Booking, Option<String>)> {
        let id = self.number_of(owner, entry)?.ok_or_else(|| Error::Refused {
            why: Refusal::NotFound,
            reason: NEVER_MADE.to_owned(),
            request_id: None,
        })?;
        self.read(&GetBooking { id }, self.is_repeated(entry)).await
    }

    pub(super) fn number_of(&self, owner: &Owner, entry: &Entry) -> Result<Option<BookingId>> {
        let chain = self.durable.chain(owner.account.id(), &entry.row.chain)?;
        Ok(chain
            .and_then(|chain| self.ledger(owner).number(&chain))
            .map(BookingId::from_server))
    }

    /// What the person saw, or what the write before it in the chain made.
    fn seen(&self, owner: &Owner, entry: &Entry) -> Result<Option<Seen>> {
        if let Some(own) = entry.stored.command.seen() {
            return Ok(Some(own.clone()));
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

    /// Whose writes are being sent.
    fn sends_for(&self) -> Option<AccountId> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().map(|lease| lease.account.clone())
    }

    /// `again`: the server failed when it was last asked.
    pub(super) async fn read<O: Operation>(
        &self,
        operation: &O,
        again: bool,
    ) -> Result<(O::Output, Option<String>)> {
        let manner = Manner {
            tries: Tries::Once { total: EXCHANGE },
            priority: Priority::Promised,
            again,
            account: self.sends_for(),
            ..Manner::default()
        };
        let answered = self.session.call_so(operation, &manner).await;
        self.hear(&answered);
        match answered? {
            Answered::New { value, etag } => Ok((value, etag)),
            Answered::NotModified => Err(Error::Internal {
                reason: "'not modified' without an ETag".to_owned(),
            }),
        }
    }
}

/// Whether the booking is already as the change wants it.
fn is_reached(command: &Command, booking: &Booking) -> bool {
    match command {
        Command::Reschedule { at, .. } => booking.wall_time() == at.datetime() && is_open(&booking.status),
        Command::Cancel { .. } => booking.status == BookingStatus::Cancelled,
        Command::Book { .. } | Command::MarkRead { .. } | Command::AddPhoto { .. } => false,
    }
}
