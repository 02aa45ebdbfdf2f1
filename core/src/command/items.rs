//! A write as it is shown.

use jiff::{SignedDuration, Timestamp};

use super::ledger::{Entry, Ledger};
use super::plan::Now;
use super::stored::{Command, Outcome};
use super::turns::blocked_by;
use crate::model::{BookingId, OutboxItem, Waiting, Write, WriteState};
use crate::store::{Chain, ItemState};

/// The booking of a chain: by the server's number once it is known.
pub(super) fn booking_of(ledger: &Ledger<'_>, chain: &Chain) -> BookingId {
    match ledger.number(chain) {
        Some(number) => BookingId::from_server(number),
        None => BookingId::local(chain.id.as_str()),
    }
}

/// One write as it is shown, among all that are not settled.
pub(super) fn show(
    ledger: &Ledger<'_>,
    entry: &Entry,
    chain: &Chain,
    all: &[Entry],
    now: &Now,
) -> OutboxItem {
    let command = &entry.stored.command;
    let booking = (!matches!(command, Command::MarkRead { .. })).then(|| booking_of(ledger, chain));
    let about = || {
        booking
            .clone()
            .unwrap_or_else(|| BookingId::local(chain.id.as_str()))
    };
    let write = match command {
        Command::Book {
            vehicle,
            service,
            at,
            center,
            notes,
            ..
        } => Write::Book {
            vehicle_id: *vehicle,
            service: service.clone(),
            at: at.clone(),
            center_id: *center,
            notes: notes.clone(),
        },
        Command::Reschedule { at, .. } => Write::Reschedule {
            booking: about(),
            at: at.clone(),
        },
        Command::Cancel { .. } => Write::Cancel { booking: about() },
        Command::MarkRead { notification } => Write::MarkRead {
            notification: *notification,
        },
        Command::AddPhoto { format, size } => Write::AddPhoto {
            booking: about(),
            format: format.clone(),
            size: *size,
        },
    };
    OutboxItem {
        id: entry.id(),
        operation_id: entry.stored.operation_id.clone(),
        write,
        state: state(entry, all),
        waiting: waiting(entry),
        attempts: entry.row.progress.attempts,
        upload: entry.row.upload,
        accepted_at: entry.row.accepted_at,
        changed_at: entry.row.changed_at,
        retry_at: retry_at(entry, now),
        booking,
    }
}

fn state(entry: &Entry, all: &[Entry]) -> WriteState {
    if let Some(by) = blocked_by(entry, all) {
        return WriteState::Blocked { by };
    }
    match (entry.state(), &entry.outcome) {
        (ItemState::Queued, _) => WriteState::Queued,
        (ItemState::Sending, _) => WriteState::Sending,
        (ItemState::Unknown, _) => WriteState::Unknown,
        (ItemState::Withdrawn, _) => WriteState::Withdrawn,
        (ItemState::Done, Some(Outcome::Done { booking })) => WriteState::Done {
            booking: booking.clone(),
        },
        (ItemState::Done, _) => WriteState::Done { booking: None },
        (ItemState::Conflict, Some(Outcome::Conflict(conflict))) => WriteState::Conflict(conflict.clone()),
        (
            ItemState::Rejected,
            Some(Outcome::Rejected {
                why,
                reason,
                request_id,
            }),
        ) => WriteState::Rejected {
            why: why.clone(),
            reason: reason.clone(),
            request_id: request_id.clone(),
        },
        // Sealed with it in one transaction; without it only this is known.
        (ItemState::Rejected | ItemState::Conflict, _) => WriteState::Rejected {
            why: crate::error::Refusal::Other {
                code: "unreadable".to_owned(),
            },
            reason: "the server did not accept it, and why can no longer be read".to_owned(),
            request_id: None,
        },
    }
}

/// What is being sent waits for nothing: why it waited before is over.
fn waiting(entry: &Entry) -> Option<Waiting> {
    match (entry.state(), &entry.outcome) {
        (ItemState::Queued | ItemState::Unknown, Some(Outcome::Waiting { why })) => Some(*why),
        (ItemState::Queued, _) => Some(Waiting::Turn),
        (ItemState::Unknown, _) => Some(Waiting::Certainty),
        _ => None,
    }
}

fn retry_at(entry: &Entry, now: &Now) -> Option<Timestamp> {
    let retry = entry.row.progress.retry.as_ref().filter(|_| entry.is_open())?;
    let left = SignedDuration::try_from(now.until(retry)).ok()?;
    now.wall.checked_add(left).ok()
}
