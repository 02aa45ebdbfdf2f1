//! The guard against a server that refuses what it has just granted (scenario 9): what a refusal has led to is on disk before the
//! refresh it leads to, and holds back the next such one, in every process and over restarts too, within one boot. A success
//! does not take it down: it may be another route's.

use std::time::Duration;

use rusqlite::{OptionalExtension as _, params};

use super::lease::millis;
use super::{AccountId, DurableFile};
use crate::ports::BootTime;
use crate::store::StoreError;

/// What is remembered of refusals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Guard {
    /// The last pair that was refused while it was young: it is to be replaced.
    pub(crate) generation: i64,
    /// How many such pairs there were in a row.
    pub(crate) refusals: u32,
    /// No later pair is replaced for a refusal before this.
    pub(crate) until: BootTime,
}

impl Guard {
    /// The longest wait there is.
    pub(crate) const LONGEST: Duration = Duration::from_secs(300);

    /// How long no later pair is replaced. One of another boot holds nothing back, but its count stands.
    pub(crate) fn left(&self, now: &BootTime) -> Option<Duration> {
        self.until.left(now, Self::LONGEST)
    }

    /// How long the pair of this generation is not replaced.
    pub(crate) fn holds(&self, generation: i64, now: &BootTime) -> Option<Duration> {
        self.left(now).filter(|_| generation > self.generation)
    }

    /// Whether its wait has been over for so long. One of an earlier boot has been for as long as this one lasts, at least.
    pub(crate) fn is_older(&self, than: Duration, now: &BootTime) -> bool {
        let since = if self.until.may_share_a_boot(now) {
            self.until.elapsed
        } else {
            Duration::ZERO
        };
        now.elapsed >= since.saturating_add(than)
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

    /// Puts the guard up, unless the pair it speaks of is not the newest any more.
    pub(crate) fn put_guard(&self, account: &AccountId, guard: &Guard) -> Result<bool, StoreError> {
        self.database.with(|connection| {
            let put = connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO refresh_guard (account_id, generation, refusals, boot_id, until_ms)
                     SELECT ?1, ?2, ?3, ?4, ?5 FROM token WHERE account_id = ?1 AND generation = ?2",
                )?
                .execute(params![
                    account,
                    guard.generation,
                    guard.refusals,
                    guard.until.boot_id,
                    millis(guard.until.elapsed)
                ])?;
            Ok(put > 0)
        })
    }
}
