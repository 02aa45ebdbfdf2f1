//! How this device stands with each server: cool-down, what is left of the retry budget, the breaker.
//!
//! Promised: a change is made on what is there, in one transaction, so that two processes do not each have a whole budget or a
//! probe of their own (scenario 16), and is on disk when the call returns. What the numbers mean, and how they go on in another
//! boot, is the caller's to know. A count that nobody can have written is read as the nearest that somebody could: a row that
//! cannot be read could never be changed again either.

use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};

use super::{DurableFile, origin};
use crate::store::StoreError;

/// A row. Points in time are milliseconds since the boot, unless said otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) boot_id: String,
    /// When the cool-down ends, or the last one ended; `None`: that is not known.
    pub(crate) cool_until_ms: Option<i64>,
    /// The same in milliseconds since 1970 by the device's clock.
    pub(crate) cool_until_at: Option<i64>,
    /// How long it was when it began.
    pub(crate) cool_for_ms: i64,
    /// Tenths of a retry.
    pub(crate) budget_tenths: u32,
    /// Up to when time has been counted in them.
    pub(crate) budget_ms: i64,
    /// In a row.
    pub(crate) breaker_faults: u32,
    /// In a row.
    pub(crate) breaker_trips: u32,
    /// When the next probe is due; `None`: the breaker is closed.
    pub(crate) open_until_ms: Option<i64>,
}

impl DurableFile {
    /// How this device stands with the server, if that was ever written down.
    pub(crate) fn standing(&self, origin: &str) -> Result<Option<Standing>, StoreError> {
        self.database().with(|connection| Ok(select(connection, origin)?))
    }

    /// Changes that. `change` is told what is there, and says what is to be.
    pub(crate) fn change_standing<T>(
        &self,
        url: &str,
        change: impl FnOnce(Option<Standing>) -> (Standing, T),
    ) -> Result<T, StoreError> {
        self.database().with(|connection| {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let (standing, done) = change(select(&tx, url)?);
            let id = origin::id_of(&tx, url)?;
            tx.prepare_cached(
                "INSERT OR REPLACE INTO standing (origin_id, boot_id, cool_until_ms, cool_until_at, cool_for_ms,
                     budget_tenths, budget_ms, breaker_faults, breaker_trips, open_until_ms)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                id,
                standing.boot_id,
                standing.cool_until_ms,
                standing.cool_until_at,
                standing.cool_for_ms,
                standing.budget_tenths,
                standing.budget_ms,
                standing.breaker_faults,
                standing.breaker_trips,
                standing.open_until_ms,
            ])?;
            tx.commit()?;
            Ok(done)
        })
    }
}

fn select(connection: &Connection, origin: &str) -> rusqlite::Result<Option<Standing>> {
    connection
        .prepare_cached(
            "SELECT boot_id, cool_until_ms, cool_until_at, cool_for_ms, budget_tenths, budget_ms, breaker_faults,
                 breaker_trips, open_until_ms
             FROM standing JOIN origin ON origin.id = standing.origin_id WHERE origin.url = ?1",
        )?
        .query_row([origin], |row| {
            Ok(Standing {
                boot_id: row.get(0)?,
                cool_until_ms: row.get(1)?,
                cool_until_at: row.get(2)?,
                cool_for_ms: row.get(3)?,
                budget_tenths: count(row.get(4)?),
                budget_ms: row.get(5)?,
                breaker_faults: count(row.get(6)?),
                breaker_trips: count(row.get(7)?),
                open_until_ms: row.get(8)?,
            })
        })
        .optional()
}

fn count(stored: i64) -> u32 {
    u32::try_from(stored.max(0)).unwrap_or(u32::MAX)
}
