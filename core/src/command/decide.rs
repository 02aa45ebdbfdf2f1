//! What a person decides about a write: try it again, or give it up.
//!
//! Promised: what may have been applied is never given up here, only cancelled; what is sent anew after a definite no goes
//! under a new name, so that the server does not repeat its answer to the old one.

use jiff::Timestamp;

use super::fold;
use super::ledger::Entry;
use super::machine::{Event, next};
use super::outbox::{Outbox, Owner, no_such};
use super::stored::{Command, Seen};
use crate::error::{Error, Result};
use crate::model::{OutboxItem, OutboxItemId};
use crate::store::{ItemState, OutboxTx, Progress};

impl Outbox {
    /// The person wants it tried again: what was refused or conflicted goes anew, over what the conflict showed; what waits
    /// goes now.
    pub(crate) async fn retry(&self, id: OutboxItemId) -> Result<OutboxItem> {
        let owner = self.owner().await?;
        self.heeded.ask_for(id);
        self.accept(&owner, |tx| {
            let entry = self.entry(&owner, tx, id)?;
            let now = self.now();
            match entry.state() {
                ItemState::Queued | ItemState::Sending | ItemState::Unknown => {
                    let progress = Progress {
                        retry: None,
                        ..entry.row.progress.clone()
                    };
                    tx.save(entry.row.seq, &progress, now.wall)?;
                }
                ItemState::Rejected | ItemState::Conflict => {
                    let command = again(&entry);
                    self.rewrite(&owner, tx, &entry, command, None, now.wall)?;
                }
                ItemState::Done | ItemState::Withdrawn => return Err(over(id)),
            }
            Ok(entry.row.seq)
        })
    }

    /// The person gives it up. What was to be done to a booking that is then never made is given up with it.
    pub(crate) async fn drop_item(&self, id: OutboxItemId) -> Result<OutboxItem> {
        let owner = self.owner().await?;
        self.accept(&owner, |tx| {
            let entry = self.entry(&owner, tx, id)?;
            if next(entry.state(), Event::TakeBack).is_none() {
                return Err(match entry.state() {
                    ItemState::Sending | ItemState::Unknown => Error::InvalidInput {
                        field: "id".to_owned(),
                        reason: format!(
                            "item {id} may have reached the server: cancel the booking instead, or wait until it is known"
                        ),
                    },
                    _ => over(id),
                });
            }
            let entries = self.ledger(&owner).open_all(tx.items(&entry.row.chain)?);
            let orphans = entries.iter().filter(|other| {
                entry.stored.command.is_create()
                    && !entry.was_moved()
                    && other.row.seq > entry.row.seq
                    && (other.is_open() || other.needs_a_person())
            });
            let taken_back: Vec<i64> = orphans.map(|other| other.row.seq).chain([entry.row.seq]).collect();
            self.take_back(&owner, tx, &entries, &taken_back, self.now().wall)?;
            Ok(entry.row.seq)
        })
    }

    /// These are not wanted any more.
    pub(super) fn take_back(
        &self,
        owner: &Owner,
        tx: &OutboxTx<'_>,
        entries: &[Entry],
        taken_back: &[i64],
        now: Timestamp,
    ) -> Result<()> {
        let photos = fold::photos_given_up(entries, taken_back);
        let is_given_up =
            |entry: &&Entry| taken_back.contains(&entry.row.seq) || photos.contains(&entry.row.seq);
        for entry in entries.iter().filter(is_given_up) {
            if let Some(state) = next(entry.state(), Event::TakeBack) {
                tx.remove_attachment(entry.row.seq)?;
                let progress = Progress {
                    state,
                    retry: None,
                    ..entry.row.progress.clone()
                };
                self.ledger(owner)
                    .save(tx, entry, progress, entry.outcome.as_ref(), now)?;
            }
        }
        Ok(())
    }

    /// A write that was certainly not applied is to be sent as this now: under a new name, if the server may know the old one.
    pub(super) fn rewrite(
        &self,
        owner: &Owner,
        tx: &OutboxTx<'_>,
        entry: &Entry,
        command: Command,
        operation_id: Option<String>,
        now: Timestamp,
    ) -> Result<()> {
        let mut stored = entry.stored.clone();
        if entry.row.progress.attempts > 0 {
            let fresh = self.random_id()?;
            stored.sent_as = format!("{}.{}", stored.operation_id, fresh.get(..8).unwrap_or_default());
        }
        stored.command = command;
        stored.folded.extend(operation_id);
        let sealed = self.ledger(owner).seal_command(&entry.row.uid, &stored)?;
        tx.replace_command(entry.row.seq, &sealed)?;
        let state = match entry.state() {
            ItemState::Queued => Some(ItemState::Queued),
            settled => next(settled, Event::Retry),
        };
        let progress = Progress {
            state: state.ok_or_else(|| over(entry.id()))?,
            attempts: entry.row.progress.attempts,
            ..Progress::queued()
        };
        Ok(tx.save(entry.row.seq, &progress, now)?)
    }

    fn entry(&self, owner: &Owner, tx: &OutboxTx<'_>, id: OutboxItemId) -> Result<Entry> {
        tx.item(id.0)?
            .and_then(|row| self.ledger(owner).open(row))
            .ok_or_else(|| no_such(id))
    }
}

/// What is to be done when the person says "again": the same, over what the conflict showed them.
pub(super) fn again(entry: &Entry) -> Command {
    let current = entry
        .conflict()
        .and_then(|conflict| conflict.current.as_deref())
        .map(Seen::of);
    match (&entry.stored.command, current) {
        // It exists, at another time than asked: what is left to do is to move it.
        (Command::Book { at, .. }, Some(seen)) if entry.was_moved() => Command::Reschedule {
            at: at.clone(),
            seen: Some(seen),
        },
        (Command::Reschedule { at, .. }, Some(seen)) => Command::Reschedule {
            at: at.clone(),
            seen: Some(seen),
        },
        (Command::Cancel { .. }, Some(seen)) => Command::Cancel { seen: Some(seen) },
        (command, _) => command.clone(),
    }
}

fn over(id: OutboxItemId) -> Error {
    Error::InvalidInput {
        field: "id".to_owned(),
        reason: format!("item {id} is done or was taken back: nothing is left to do with it"),
    }
}
