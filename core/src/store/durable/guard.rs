//! The guard against a server that refuses what it has just granted (scenario 9): no refresh before a time that grows with
//! each refusal in a row, over restarts too, within one boot.

use std::time::Duration;

use rusqlite::{OptionalExtension as _, TransactionBehavior, params};

use super::lease::millis;
use super::{AccountId, DurableFile};
use crate::ports::BootTime;
use crate::store::StoreError;

/// What is remembered of refusals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Guard {
    /// The last pair that was refused before it had worked.
    pub(crate) generation: i64,
    /// How many such pairs there were in a row.
    pub(crate) refusals: u32,
    /// Nothing is asked before this.
    pub(crate) until: BootTime,
}

impl Guard {
    /// How long nothing is asked. One of another boot holds nothing back, but its count stands.
    pub(crate) fn left(&self, now: &BootTime) -> Option<Duration> {
        let left = self.until.elapsed.saturating_sub(now.elapsed);
        (self.until.boot_id == now.boot_id && !left.is_zero()).then_some(left)
    }
}

impl DurableFile {
    /// The guard of the account, if its server has refused what it granted.
    pub(crate) fn guard(&self, account: &AccountId) -> Result<Option<Guard>, StoreError> {
        self.database.with(|connection| {
            Ok(connection
                .prepare_cached(
                    "SELECT generation, refusals, boot_id, until_ms FROM refresh_guard WHERE account_id = ?1",
                )?
                .query_row([account], |row| {
                    Ok(Guard {
                        generation: row.get(0)?,
                        refusals: row.get(1)?,
                        until: BootTime {
                            boot_id: row.get(2)?,
                            elapsed: Duration::from_millis(u64::try_from(row.get::<_, i64>(3)?).unwrap_or(0)),
                        },
                    })
                })
                .optional()?)
        })
    }

    /// Puts the guard up, unless the pair it speaks of has worked meanwhile, or is not the newest.
    pub(crate) fn put_guard(&self, account: &AccountId, guard: &Guard) -> Result<bool, StoreError> {
        self.database.with(|connection| {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let unproven: bool = tx
                .prepare_cached(
                    "SELECT EXISTS (SELECT 1 FROM token WHERE account_id = ?1 AND generation = ?2 AND proven = 0)",
                )?
                .query_row(params![account, guard.generation], |row| row.get(0))?;
            if unproven {
                tx.prepare_cached(
                    "INSERT OR REPLACE INTO refresh_guard (account_id, generation, refusals, boot_id, until_ms)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![
                    account,
                    guard.generation,
                    guard.refusals,
                    guard.until.boot_id,
                    millis(guard.until.elapsed)
                ])?;
            }
            tx.commit()?;
            Ok(unproven)
        })
    }
}
