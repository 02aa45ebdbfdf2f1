//! Servers: which dialect each speaks, and who is current on each.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::{AccountRow, DurableFile, row};
use crate::store::StoreError;

impl DurableFile {
    /// Remembers what discovery found at this server. `json` is the caller's; nothing in it may be secret.
    pub(crate) fn remember_dialect(&self, origin: &str, json: &str, at: Timestamp) -> Result<(), StoreError> {
        self.database.with(|connection| {
            connection
                .prepare_cached(
                    "INSERT INTO origin (url, dialect, discovered_at) VALUES (?1, ?2, ?3)
                     ON CONFLICT (url) DO UPDATE SET dialect = excluded.dialect, discovered_at = excluded.discovered_at",
                )?
                .execute(params![origin, json, at.as_millisecond()])?;
            Ok(())
        })
    }

    /// What [`DurableFile::remember_dialect`] was last told, and when.
    pub(crate) fn dialect(&self, origin: &str) -> Result<Option<(String, Timestamp)>, StoreError> {
        let found: Option<(Option<String>, Option<i64>)> = self.database.with(|connection| {
            Ok(connection
                .prepare_cached("SELECT dialect, discovered_at FROM origin WHERE url = ?1")?
                .query_row([origin], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?)
        })?;
        Ok(found.and_then(|(json, at)| json.zip(at.and_then(|at| Timestamp::from_millisecond(at).ok()))))
    }

    /// Who signed in last at this server, in whatever state that account is.
    pub(crate) fn current_account(&self, origin: &str) -> Result<Option<AccountRow>, StoreError> {
        self.database.with(|connection| {
            Ok(row::select(
                connection,
                "origin.url = ?1 AND account.id = origin.current_account",
                [origin],
            )?
            .pop())
        })
    }
}

/// The row of this server, made if missing.
pub(super) fn id_of(connection: &Connection, url: &str) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("INSERT INTO origin (url) VALUES (?1) ON CONFLICT DO NOTHING")?
        .execute([url])?;
    connection
        .prepare_cached("SELECT id FROM origin WHERE url = ?1")?
        .query_row([url], |row| row.get(0))
}
