//! The rotation journal: what is known of the spending of a refresh token, from before the request until its outcome is on
//! disk.
//!
//! Promised: each write here is one transaction, made only if nobody has taken the lease over since (its fence is still the
//! writer's) and the pair the writer has seen is still the newest (scenarios 4 and 6); a new pair and the removal of the
//! journal's row are one write, as are the end of a session and its reason. A lease that merely ran out does not keep its
//! holder's answer from being saved: nobody else can have spent the token meanwhile without a higher fence.
//!
//! Not promised: that what the journal says was sent, was. A row means that a try *may* have been made.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};

use super::lease::{fence, millis};
use super::token::{self, TokenRow};
use super::{AccountId, DurableFile, Lease, account};
use crate::error::SignInReason;
use crate::ports::BootTime;
use crate::store::StoreError;

/// Whose refresh token is spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Spends {
    /// The newest pair's.
    Newest,
    /// That of the pair before it, which is kept until the newest has worked.
    Previous,
}

/// What is known of the spending of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Journal {
    /// Nothing is open.
    Clear,
    /// A try is being made, or was when its process ended. `doubt`: an earlier one is unknown.
    Intended { spends: Spends, doubt: bool },
    /// A try may have been carried out by the server; its answer never came.
    Unknown { spends: Spends },
}

impl Journal {
    fn as_words(self) -> Option<(&'static str, Spends, bool)> {
        match self {
            Self::Clear => None,
            Self::Intended { spends, doubt } => Some(("intended", spends, doubt)),
            Self::Unknown { spends } => Some(("unknown", spends, false)),
        }
    }

    fn from_words(phase: &str, spends: Spends, doubt: bool) -> Self {
        match phase {
            "intended" => Self::Intended { spends, doubt },
            _ => Self::Unknown { spends },
        }
    }
}

/// The tokens of an account and its journal, of one moment.
#[derive(Debug, Clone)]
pub(crate) struct Rotation {
    pub(crate) tokens: TokenRow,
    pub(crate) journal: Journal,
    /// The name of the key that all of it is sealed under.
    pub(crate) key_name: String,
}

/// What became of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// It is on disk.
    Done,
    /// Another has taken the lease over. Nothing was written.
    LeaseLost,
    /// This generation is the newest by now. Nothing was written.
    Stale(i64),
    /// The session has ended. Nothing was written.
    Gone,
}

/// Whether one who had this lease and saw this generation may write, by what the file says now. Pure.
pub(crate) fn admit(fence_now: Option<i64>, lease_fence: i64, newest: Option<i64>, seen: i64) -> Written {
    match newest {
        None => Written::Gone,
        Some(newest) if newest != seen => Written::Stale(newest),
        Some(_) if fence_now != Some(lease_fence) => Written::LeaseLost,
        Some(_) => Written::Done,
    }
}

impl DurableFile {
    /// Tokens and journal of the account, or `None` if it has no session.
    pub(crate) fn rotation(&self, account: &AccountId) -> Result<Option<Rotation>, StoreError> {
        self.database.with(|connection| {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
            let Some(tokens) = token::select(&tx, account)? else {
                return Ok(None);
            };
            let journal = select(&tx, account, tokens.generation)?;
            let key_name = key_name(&tx, account)?.unwrap_or_default();
            Ok(Some(Rotation {
                tokens,
                journal,
                key_name,
            }))
        })
    }

    /// Writes down what is known of the spending of a token of the pair that is newest under `seen`.
    pub(crate) fn write_journal(
        &self,
        lease: &Lease,
        seen: i64,
        journal: Journal,
        boot: &BootTime,
        now: Timestamp,
    ) -> Result<Written, StoreError> {
        self.admitted(lease, None, seen, |tx| {
            let account = &lease.account;
            let Some((phase, spends, doubt)) = journal.as_words() else {
                tx.prepare_cached("DELETE FROM refresh_intent WHERE account_id = ?1")?
                    .execute([account])?;
                return Ok(());
            };
            let spent = match spends {
                Spends::Newest => seen,
                // Never NULL here; should it be, the row names no pair that exists, and the newest is taken.
                Spends::Previous => tx
                    .prepare_cached("SELECT ifnull(previous_generation, generation) FROM token WHERE account_id = ?1")?
                    .query_row([account], |row| row.get(0))?,
            };
            let tries = i64::from(matches!(journal, Journal::Intended { .. }));
            tx.prepare_cached(
                "INSERT INTO refresh_intent (account_id, spent_generation, fence, phase, doubt, attempts, boot_id,
                     started_ms, started_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                 ON CONFLICT (account_id) DO UPDATE SET
                     spent_generation = excluded.spent_generation, fence = excluded.fence, phase = excluded.phase,
                     doubt = excluded.doubt, attempts = attempts + excluded.attempts",
            )?
            .execute(params![
                account,
                spent,
                lease.fence,
                phase,
                doubt,
                tries,
                boot.boot_id,
                millis(boot.elapsed),
                now.as_millisecond()
            ])?;
            Ok(())
        })
    }

    /// The new pair, sealed for `seen + 1`, and the end of the journal's row. The pair whose token was spent is kept until
    /// [`DurableFile::prove_tokens`]. `Gone` if the account is under another key by now: nobody could open it.
    pub(crate) fn save_rotation(
        &self,
        lease: &Lease,
        key: &str,
        seen: i64,
        spent: Spends,
        sealed: &[u8],
        now: Timestamp,
    ) -> Result<Written, StoreError> {
        self.admitted(lease, Some(key), seen, |tx| {
            let account = &lease.account;
            match spent {
                Spends::Newest => token::replace(tx, account, seen + 1, sealed, lease.fence, now)?,
                Spends::Previous => token::put(tx, account, seen + 1, sealed, lease.fence, now)?,
            }
            tx.prepare_cached("DELETE FROM refresh_intent WHERE account_id = ?1")?
                .execute([account])?;
            Ok(())
        })
    }

    /// The session ended by itself, for good: tokens and journal are removed, the reason and the time are kept; so are the
    /// account, its keys and what they seal.
    pub(crate) fn end_rotation(
        &self,
        lease: &Lease,
        seen: i64,
        why: SignInReason,
        now: Timestamp,
    ) -> Result<Written, StoreError> {
        self.admitted(lease, None, seen, |tx| end(tx, &lease.account, why, now))
    }

    /// The same by one who asks no server, and so needs no lease. False, and nothing done, unless `generation` is still the
    /// newest.
    #[cfg(test)]
    pub(crate) fn end_session(
        &self,
        account: &AccountId,
        generation: i64,
        why: SignInReason,
    ) -> Result<bool, StoreError> {
        self.database.with(|connection| {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let current = token::generation(&tx, account)? == Some(generation);
            if current {
                end(&tx, account, why, Timestamp::UNIX_EPOCH)?;
            }
            tx.commit()?;
            Ok(current)
        })
    }

    fn admitted(
        &self,
        lease: &Lease,
        key: Option<&str>,
        seen: i64,
        work: impl FnOnce(&rusqlite::Transaction<'_>) -> rusqlite::Result<()>,
    ) -> Result<Written, StoreError> {
        self.database.with(|connection| {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut newest = token::generation(&tx, &lease.account)?;
            if key.is_some() && key_name(&tx, &lease.account)?.as_deref() != key {
                newest = None;
            }
            let written = admit(fence(&tx, lease)?, lease.fence, newest, seen);
            if written == Written::Done {
                work(&tx)?;
                tx.commit()?;
            }
            Ok(written)
        })
    }
}

fn end(
    tx: &rusqlite::Transaction<'_>,
    id: &AccountId,
    why: SignInReason,
    now: Timestamp,
) -> rusqlite::Result<()> {
    account::end(tx, id, super::AccountState::SignInNeeded, Some(why))?;
    tx.prepare_cached("UPDATE account SET ended_reason = reason, ended_at = ?2 WHERE id = ?1")?
        .execute(params![id, now.as_millisecond()])?;
    Ok(())
}

/// The name of the account's session key.
fn key_name(connection: &Connection, account: &AccountId) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached("SELECT session_key_name FROM account WHERE id = ?1")?
        .query_row([account], |row| row.get(0))
        .optional()
}

fn select(connection: &Connection, account: &AccountId, newest: i64) -> rusqlite::Result<Journal> {
    let found = connection
        .prepare_cached("SELECT spent_generation, phase, doubt FROM refresh_intent WHERE account_id = ?1")?
        .query_row([account], |row| {
            let spends = if row.get::<_, i64>(0)? == newest {
                Spends::Newest
            } else {
                Spends::Previous
            };
            let phase: String = row.get(1)?;
            Ok(Journal::from_words(&phase, spends, row.get(2)?))
        })
        .optional()?;
    Ok(found.unwrap_or(Journal::Clear))
}
