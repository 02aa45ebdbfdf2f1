//! Which process may send: a lease with a fencing number, in the file that all of them share.
//!
//! Promised: at any moment of the boot clock at most one holder has a lease that is not over; whoever gets it after another
//! has a higher fence; and what is written under an older fence is not written ([`OutboxTx::holds`], scenario 22). A lease of
//! another boot is over. Not promised: that a holder which is stopped between looking and sending sends nothing; the
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
}

impl Purpose {
    fn as_word(self) -> &'static str {
        match self {
            Self::Send => "send",
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

struct Row {
    holder: Option<String>,
    fence: i64,
    boot_id: Option<String>,
    expires_ms: Option<i64>,
}

impl Row {
    /// How long somebody else still has it.
    fn left(&self, taker: Taker<'_>, holder: &str, now: &BootTime) -> Option<Duration> {
        let same_boot = self.boot_id.as_deref() == Some(&now.boot_id);
        let other = self.holder.as_deref().filter(|other| *other != holder)?;
        let dead = taker.locked && other.starts_with(LOCKED);
        if !same_boot || dead {
            return None;
        }
        let expires = u64::try_from(self.expires_ms?).ok()?;
        Some(Duration::from_millis(expires).saturating_sub(now.elapsed)).filter(|left| !left.is_zero())
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
        let holder = taker.holder();
        self.database().with(|connection| {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let row = select(&tx, account, purpose)?;
            if let Some(left) = row.as_ref().and_then(|row| row.left(taker, &holder, now)) {
                return Ok(Err(left));
            }
            let goes_on = row.as_ref().is_some_and(|row| {
                let mine = row.holder.as_deref() == Some(&holder);
                mine && row.boot_id.as_deref() == Some(&now.boot_id)
                    && row.expires_ms > Some(millis(now.elapsed))
            });
            let fence = row.map_or(0, |row| row.fence) + i64::from(!goes_on);
            let expires = BootTime {
                boot_id: now.boot_id.clone(),
                elapsed: now.elapsed.saturating_add(lasting),
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
                holder,
                fence,
                expires.boot_id,
                millis(expires.elapsed)
            ])?;
            tx.commit()?;
            Ok(Ok(Lease {
                account: account.clone(),
                purpose,
                holder,
                fence,
                expires,
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
    let row = select(connection, &lease.account, lease.purpose)?;
    Ok(!lease.is_over(now)
        && row.is_some_and(|row| {
            row.fence == lease.fence && row.holder.as_deref() == Some(lease.holder.as_str())
        }))
}

fn select(connection: &Connection, account: &AccountId, purpose: Purpose) -> rusqlite::Result<Option<Row>> {
    connection
        .prepare_cached(
            "SELECT holder, fence, boot_id, expires_ms FROM lease WHERE account_id = ?1 AND purpose = ?2",
        )?
        .query_row(params![account, purpose.as_word()], |row| {
            Ok(Row {
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
