//! Which process may send, or refresh: a lease with a fencing number, in the file that all of them share.
//!
//! Promised: at any moment of the boot clock at most one holder has a lease that is not over; whoever gets it after another
//! has a higher fence; and what is written under an older fence is not written ([`OutboxTx::holds`], scenario 22; the
//! journal, scenario 6). A lease of another boot is over. Not promised: that a holder which is stopped between looking and sending sends nothing; the
//! transport looks once more when the request's body is about to be written.
//!
//! [`OutboxTx::holds`]: super::OutboxTx::holds

use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};

use super::{AccountId, DurableFile};
use crate::ports::BootTime;
use crate::store::StoreError;

/// What a lease is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Sending what the outbox holds.
    Send,
    /// Spending a refresh token, or replacing the pair in another way.
    Refresh,
}

impl Purpose {
    fn as_word(self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::Refresh => "refresh",
        }
    }
}

/// What the names of holders begin with that keep the purpose's [`ProcessLock`] as long as they live.
///
/// [`ProcessLock`]: crate::store::ProcessLock
const LOCKED: &str = "locked-";

/// Who takes a lease.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Taker<'a> {
    /// A random name of this client.
    pub(crate) name: &'a str,
    /// Whether it has the purpose's process lock. Then whoever had it before is dead, and its lease need not be waited for.
    pub(crate) locked: bool,
}

impl Taker<'_> {
    fn holder(self) -> String {
        if self.locked {
            format!("{LOCKED}{}", self.name)
        } else {
            self.name.to_owned()
        }
    }
}

/// A lease that was had when this was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lease {
    pub(crate) account: AccountId,
    pub(crate) purpose: Purpose,
    /// Who has it: a random name of this client.
    pub(crate) holder: String,
    /// Grows each time it changes hands.
    pub(crate) fence: i64,
    /// On the boot clock.
    pub(crate) expires: BootTime,
}

impl Lease {
    /// Whether it is over by the clock alone.
    pub(crate) fn is_over(&self, now: &BootTime) -> bool {
        now.boot_id != self.expires.boot_id || now.elapsed >= self.expires.elapsed
    }
}

/// Who has a lease, as the file says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LeaseRow {
    pub(crate) holder: Option<String>,
    pub(crate) fence: i64,
    pub(crate) boot_id: Option<String>,
    pub(crate) expires_ms: Option<i64>,
}

impl LeaseRow {
    /// The row once it was taken, or gone on with, for this long. `Err`: how long somebody else still has it. Pure.
    pub(crate) fn taken(
        before: Option<&Self>,
        taker: Taker<'_>,
        now: &BootTime,
        lasting: Duration,
    ) -> Result<Self, Duration> {
        let holder = taker.holder();
        if let Some(left) = before.and_then(|row| row.left(taker, &holder, now, lasting)) {
            return Err(left);
        }
        let goes_on = before.is_some_and(|row| {
            row.holder.as_deref() == Some(&holder)
                && row.boot_id.as_deref() == Some(&now.boot_id)
                && row.expires_ms > Some(millis(now.elapsed))
        });
        Ok(Self {
            fence: before.map_or(0, |row| row.fence) + i64::from(!goes_on),
            holder: Some(holder),
            boot_id: Some(now.boot_id.clone()),
            expires_ms: Some(millis(now.elapsed.saturating_add(lasting))),
        })
    }

    /// How long somebody else still has it; `longest` is how long such a lease lasts.
    fn left(&self, taker: Taker<'_>, holder: &str, now: &BootTime, longest: Duration) -> Option<Duration> {
        let other = self.holder.as_deref().filter(|other| *other != holder)?;
        if taker.locked && other.starts_with(LOCKED) {
            // It is dead.
            return None;
        }
        let expires = BootTime {
            boot_id: self.boot_id.clone()?,
            elapsed: Duration::from_millis(u64::try_from(self.expires_ms?).ok()?),
        };
        expires.left(now, longest)
    }

    /// Whether this lease is still the one that is had. Pure.
    pub(crate) fn is_had_as(&self, lease: &Lease, now: &BootTime) -> bool {
        !lease.is_over(now)
            && self.fence == lease.fence
            && self.holder.as_deref() == Some(lease.holder.as_str())
    }
}

impl DurableFile {
    /// Takes the lease, or goes on with it, for this long. `Err` within: how long another still has it, at most.
    pub(crate) fn take_lease(
        &self,
        account: &AccountId,
        purpose: Purpose,
        taker: Taker<'_>,
        now: &BootTime,
        lasting: Duration,
    ) -> Result<Result<Lease, Duration>, StoreError> {
        self.database().with(|connection| {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let taken = match LeaseRow::taken(select(&tx, account, purpose)?.as_ref(), taker, now, lasting) {
                Ok(taken) => taken,
                Err(left) => return Ok(Err(left)),
            };
            tx.prepare_cached(
                "INSERT INTO lease (account_id, purpose, holder, fence, boot_id, expires_ms)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (account_id, purpose) DO UPDATE SET
                     holder = excluded.holder, fence = excluded.fence, boot_id = excluded.boot_id,
                     expires_ms = excluded.expires_ms",
            )?
            .execute(params![
                account,
                purpose.as_word(),
                taken.holder,
                taken.fence,
                taken.boot_id,
                taken.expires_ms
            ])?;
            tx.commit()?;
            Ok(Ok(Lease {
                account: account.clone(),
                purpose,
                holder: taken.holder.unwrap_or_default(),
                fence: taken.fence,
                expires: BootTime {
                    boot_id: now.boot_id.clone(),
                    elapsed: now.elapsed.saturating_add(lasting),
                },
            }))
        })
    }

    /// Gives the lease back, if it is still had: another need not wait for its end.
    pub(crate) fn release_lease(&self, lease: &Lease) -> Result<(), StoreError> {
        self.database().with(|connection| {
            connection
                .prepare_cached(
                    "UPDATE lease SET holder = NULL, expires_ms = NULL
                     WHERE account_id = ?1 AND purpose = ?2 AND holder = ?3 AND fence = ?4",
                )?
                .execute(params![
                    lease.account,
                    lease.purpose.as_word(),
                    lease.holder,
                    lease.fence
                ])?;
            Ok(())
        })
    }

    /// Whether the lease is still had, asked of the file: no one else's fence, and not over.
    pub(crate) fn holds_lease(&self, lease: &Lease, now: &BootTime) -> Result<bool, StoreError> {
        self.database()
            .with(|connection| Ok(holds(connection, lease, now)?))
    }
}

pub(super) fn holds(connection: &Connection, lease: &Lease, now: &BootTime) -> rusqlite::Result<bool> {
    Ok(select(connection, &lease.account, lease.purpose)?.is_some_and(|row| row.is_had_as(lease, now)))
}

/// The fence of the lease, whoever has it.
pub(super) fn fence(connection: &Connection, lease: &Lease) -> rusqlite::Result<Option<i64>> {
    Ok(select(connection, &lease.account, lease.purpose)?.map(|row| row.fence))
}

fn select(
    connection: &Connection,
    account: &AccountId,
    purpose: Purpose,
) -> rusqlite::Result<Option<LeaseRow>> {
    connection
        .prepare_cached(
            "SELECT holder, fence, boot_id, expires_ms FROM lease WHERE account_id = ?1 AND purpose = ?2",
        )?
        .query_row(params![account, purpose.as_word()], |row| {
            Ok(LeaseRow {
                holder: row.get(0)?,
                fence: row.get(1)?,
                boot_id: row.get(2)?,
                expires_ms: row.get(3)?,
            })
        })
        .optional()
}

/// Milliseconds as the file keeps them.
pub(super) fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
