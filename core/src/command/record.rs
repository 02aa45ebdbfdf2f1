//! Writing down what came of a write.
//!
//! Promised: it is written only while the right to send is still ours, in one transaction with all that follows from it: the
//! server's name for a booking, and what the person has asked for behind a write that was refused (scenario 22).

use super::came::Came;
use super::fold::{self, Then};
use super::ledger::Entry;
use super::machine::{Event, advance, weigh};
use super::outbox::{Outbox, Owner};
use super::sender::Pause;
use super::stored::{Command, Outcome};
use crate::error::Result;
use crate::model::{Booking, ConflictKind, OutboxDecision, OutboxEvent, Waiting};
use crate::store::{ItemState, Lease, OutboxTx};

/// How long what is done stays on this device, and how much of it at least.
const KEEP_DONE: jiff::SignedDuration = jiff::SignedDuration::from_hours(30 * 24);
const KEEP_AT_LEAST: u32 = 100;

impl Outbox {
    pub(super) fn write_down(
        &self,
        owner: &Owner,
        lease: &Lease,
        entry: &Entry,
        came: Came,
    ) -> Result<Option<Pause>> {
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
            // What was read or found out is not of what the person has made of it meanwhile.
            if row.command != entry.row.command {
                return Ok(None);
            }
            let (mut event, mut outcome) = (event, outcome);
            if entry.stored.command.is_create() && weigh(&row.progress, event) == Event::Doubted {
                let why = Waiting::Certainty;
                (event, outcome) = (Event::Doubted, Some(Outcome::Waiting { why }));
            }
            let Some(mut progress) = advance(&row.progress, event, false, &now) else {
                return Ok(None);
            };
            let state = progress.state;
            let settled = matches!(state, ItemState::Done | ItemState::Rejected | ItemState::Conflict);
            if settled {
                progress.revision = tx.next_revision()?;
            }
            ledger.save(tx, entry, progress, outcome.as_ref(), now.wall)?;
            if state == ItemState::Done {
                self.clear_photos(owner, tx, entry, now.wall)?;
            }
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
            self.decided(entry.row.seq, told(event, state));
            self.changed(&owner.account, settled);
        }
        Ok(noted.map(|(state, _)| state))
    }

    /// For the audit trail. Not within a transaction.
    pub(super) fn decided(&self, item: i64, what: OutboxEvent) {
        self.audit.note(OutboxDecision { item, what });
    }

    /// The bytes of what has arrived go; and the photos of a booking that is called off are not wanted any more.
    fn clear_photos(
        &self,
        owner: &Owner,
        tx: &OutboxTx<'_>,
        entry: &Entry,
        now: jiff::Timestamp,
    ) -> Result<()> {
        match entry.stored.command {
            Command::AddPhoto { .. } => Ok(tx.attachment_done(entry.row.seq)?),
            Command::Cancel { .. } => {
                let entries = self.ledger(owner).open_all(tx.items(&entry.row.chain)?);
                self.take_back(owner, tx, &entries, &fold::photos_of(&entries), now)
            }
            _ => Ok(()),
        }
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
            .find(|other| other.row.seq > entry.row.seq && other.is_open() && !other.is_photo());
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

/// What the audit trail says of an event that led to this state.
fn told(event: Event, state: ItemState) -> OutboxEvent {
    match event {
        Event::Claim => OutboxEvent::Sending,
        Event::NotSeenYet => OutboxEvent::NotFoundYet,
        Event::Absent => OutboxEvent::Absent,
        Event::Retry => OutboxEvent::Accepted,
        _ => match state {
            ItemState::Queued => OutboxEvent::NotSent,
            ItemState::Sending | ItemState::Unknown => OutboxEvent::Unknown,
            ItemState::Done => OutboxEvent::Done,
            ItemState::Rejected => OutboxEvent::Refused,
            ItemState::Conflict => OutboxEvent::Conflict,
            ItemState::Withdrawn => OutboxEvent::TakenBack,
        },
    }
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
