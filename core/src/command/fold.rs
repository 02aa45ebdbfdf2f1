//! What a new write does to those of the same booking that were not sent yet. Pure.
//!
//! Book then cancel sends nothing; two reschedules send one; a new time for what was refused sends it anew. What is being
//! sent, or may have been applied, is left alone: the new write waits behind it. Photos are no changes of the booking: they are
//! looked past, and go only when what they belong to does.

use jiff::Zoned;

use super::ledger::Entry;
use super::stored::{Command, Seen};
use crate::error::{Error, Result};
use crate::store::ItemState;

/// What to do with the chain.
#[derive(Debug, PartialEq)]
pub(super) struct Folded {
    /// Taken back: they were not applied, and are not wanted any more.
    pub(super) withdraw: Vec<i64>,
    pub(super) then: Then,
}

/// What to do with the new write.
#[derive(Debug, PartialEq)]
pub(super) enum Then {
    /// It goes behind the others.
    Append(Command),
    /// It becomes part of this one, which is to be sent as this now.
    Rewrite(i64, Command),
    /// This one says it already.
    Same(i64),
    /// With what is taken back, nothing is left to do; this was the first of it.
    Nothing(i64),
}

impl Then {
    fn alone(self) -> Folded {
        Folded {
            withdraw: Vec::new(),
            then: self,
        }
    }
}

/// A new time for the booking of this chain.
pub(super) fn reschedule(chain: &[Entry], at: &Zoned, seen: Option<Seen>) -> Result<Folded> {
    let moved = |seen| Command::Reschedule { at: at.clone(), seen };
    let Some(last) = last_unfinished(chain) else {
        return Ok(Then::Append(moved(seen)).alone());
    };
    let seq = last.row.seq;
    let not_applied = certainly_not_applied(last);
    Ok(match &last.stored.command {
        Command::Cancel { .. } => {
            return Err(Error::InvalidInput {
                field: "booking".to_owned(),
                reason: format!(
                    "it is being cancelled: to keep it, drop the cancellation first (outbox item {seq})"
                ),
            });
        }
        _ if !not_applied && last.was_moved() => Then::Rewrite(seq, moved(current(last))).alone(),
        _ if !not_applied => Then::Append(moved(None)).alone(),
        Command::Book { .. } => Then::Rewrite(seq, with_time(&last.stored.command, at)).alone(),
        // Nothing seen means: what the write before it makes. That is not what the person sees now.
        Command::Reschedule { seen: before, .. } => {
            let seen = current(last).or_else(|| before.clone());
            Then::Rewrite(seq, moved(seen)).alone()
        }
        Command::MarkRead { .. } | Command::AddPhoto { .. } => Then::Append(moved(seen)).alone(),
    })
}

/// The booking of this chain is no longer wanted.
pub(super) fn cancel(chain: &[Entry], seen: Option<Seen>) -> Folded {
    let mut withdraw = Vec::new();
    let mut seen = seen;
    for entry in chain.iter().rev().filter(|entry| is_unfinished(entry)) {
        let seq = entry.row.seq;
        match &entry.stored.command {
            Command::Cancel { seen: before } if entry.holds_its_chain() => {
                let seen = current(entry).or_else(|| before.clone());
                return Folded {
                    withdraw,
                    then: Then::Rewrite(seq, Command::Cancel { seen }),
                };
            }
            Command::Cancel { .. } => {
                return Folded {
                    withdraw,
                    then: Then::Same(seq),
                };
            }
            Command::Book { .. } if entry.was_moved() => {
                let seen = current(entry);
                return Folded {
                    withdraw,
                    then: Then::Rewrite(seq, Command::Cancel { seen }),
                };
            }
            Command::Book { .. } if certainly_not_applied(entry) => {
                withdraw.push(seq);
                return Folded {
                    withdraw,
                    then: Then::Nothing(seq),
                };
            }
            Command::Reschedule { seen: before, .. } if certainly_not_applied(entry) => {
                seen = current(entry).or_else(|| before.clone());
                withdraw.push(seq);
            }
            Command::Book { .. }
            | Command::Reschedule { .. }
            | Command::MarkRead { .. }
            | Command::AddPhoto { .. } => {
                return Folded {
                    withdraw,
                    then: Then::Append(Command::Cancel { seen: None }),
                };
            }
        }
    }
    Folded {
        withdraw,
        then: Then::Append(Command::Cancel { seen }),
    }
}

/// What becomes of the write behind one that was just found not to be applied as asked, when the new one makes up for it: a
/// new time for a booking that could not be made at the old one, or was made at another; a cancellation of what was never
/// made.
pub(super) fn make_up(refused: &Entry, behind: &Entry) -> Option<Folded> {
    let (first, next) = (refused.row.seq, behind.row.seq);
    if behind.state() != ItemState::Queued {
        return None;
    }
    if refused.was_moved() {
        let seen = current(refused);
        let command = match &behind.stored.command {
            Command::Reschedule { at, .. } => Command::Reschedule { at: at.clone(), seen },
            Command::Cancel { .. } => Command::Cancel { seen },
            Command::Book { .. } | Command::MarkRead { .. } | Command::AddPhoto { .. } => return None,
        };
        return Some(Folded {
            withdraw: vec![first],
            then: Then::Rewrite(next, command),
        });
    }
    if !certainly_not_applied(refused) {
        return None;
    }
    Some(match (&refused.stored.command, &behind.stored.command) {
        (Command::Book { .. }, Command::Reschedule { at, .. }) => Folded {
            withdraw: vec![next],
            then: Then::Rewrite(first, with_time(&refused.stored.command, at)),
        },
        (Command::Book { .. }, Command::Cancel { .. }) => Folded {
            withdraw: vec![first, next],
            then: Then::Nothing(first),
        },
        (Command::Reschedule { seen, .. }, Command::Reschedule { at, .. }) if !was_changed(refused) => {
            Folded {
                withdraw: vec![first],
                then: Then::Rewrite(
                    next,
                    Command::Reschedule {
                        at: at.clone(),
                        seen: seen.clone(),
                    },
                ),
            }
        }
        (Command::Reschedule { seen, .. }, Command::Cancel { .. }) if !was_changed(refused) => Folded {
            withdraw: vec![first],
            then: Then::Rewrite(next, Command::Cancel { seen: seen.clone() }),
        },
        _ => return None,
    })
}

/// A change of the booking that is not done and not given up.
fn is_unfinished(entry: &Entry) -> bool {
    !entry.is_photo() && (entry.is_open() || entry.holds_its_chain())
}

/// The photos that are given up with what is: those of a booking that is then never made.
pub(super) fn photos_given_up(chain: &[Entry], withdrawn: &[i64]) -> Vec<i64> {
    let is_never_made = chain.iter().any(|entry| {
        withdrawn.contains(&entry.row.seq) && entry.stored.command.is_create() && !entry.was_moved()
    });
    if is_never_made {
        photos_of(chain)
    } else {
        Vec::new()
    }
}

/// The photos of the chain that are not done and not given up.
pub(super) fn photos_of(chain: &[Entry]) -> Vec<i64> {
    let wanted = chain
        .iter()
        .filter(|entry| entry.is_photo() && (entry.is_open() || entry.needs_a_person()));
    wanted.map(|entry| entry.row.seq).collect()
}

fn last_unfinished(chain: &[Entry]) -> Option<&Entry> {
    chain.iter().rev().find(|entry| is_unfinished(entry))
}

fn certainly_not_applied(entry: &Entry) -> bool {
    matches!(
        entry.state(),
        ItemState::Queued | ItemState::Rejected | ItemState::Conflict
    ) && !entry.was_moved()
}

/// Whether the conflict is that somebody else changed the booking: then a person must look.
fn was_changed(entry: &Entry) -> bool {
    entry
        .conflict()
        .is_some_and(|conflict| conflict.kind != crate::model::ConflictKind::SlotTaken)
}

/// What the server had when the conflict was found: the person has seen it.
fn current(entry: &Entry) -> Option<Seen> {
    entry.conflict()?.current.as_deref().map(Seen::of)
}

fn with_time(command: &Command, time: &Zoned) -> Command {
    let mut command = command.clone();
    if let Command::Book { at, .. } = &mut command {
        *at = time.clone();
    }
    command
}

#[cfg(test)]
#[path = "fold_tests.rs"]
pub(super) mod tests;
