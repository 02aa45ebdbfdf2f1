//! The table, in SQL.

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::touched::{Read, RowName};
use crate::store::keys::CacheKeys;
use crate::store::seal::framed;

/// A row as it is stored.
pub(super) struct Found {
    pub(super) schema: i64,
    pub(super) sealed: Vec<u8>,
    pub(super) fetched_at: i64,
    pub(super) etag: Option<String>,
    pub(super) revision: i64,
}

pub(super) fn read(
    connection: &Connection,
    keys: &CacheKeys,
    query: &[u8; 32],
) -> rusqlite::Result<Option<Found>> {
    let found = |row: &Row<'_>| {
        Ok(Found {
            schema: row.get(0)?,
            sealed: row.get(1)?,
            fetched_at: row.get(2)?,
            etag: row.get(3)?,
            revision: row.get(4)?,
        })
    };
    connection
        .prepare_cached(
            "SELECT schema, sealed, fetched_at, etag, revision FROM answer WHERE account = ?1 AND query = ?2",
        )?
        .query_row(params![keys.account_hash(), query], found)
        .optional()
}

pub(super) fn delete(connection: &Connection, keys: &CacheKeys, query: &[u8; 32]) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM answer WHERE account = ?1 AND query = ?2")?
        .execute(params![keys.account_hash(), query])?;
    Ok(())
}

/// What is sealed belongs to this account, question and layout.
pub(super) fn binding(keys: &CacheKeys, query: &[u8; 32], schema: u32) -> Vec<u8> {
    framed(&[
        b"pmi cache answer",
        &schema.to_be_bytes(),
        keys.account_hash(),
        query,
    ])
}

/// Writes down when these were read. A time that is there already is overwritten: the clock may have been set back.
pub(super) fn mark_read(connection: &Connection, rows: &[Read]) -> rusqlite::Result<()> {
    let mut update =
        connection.prepare_cached("UPDATE answer SET last_read = ?3 WHERE account = ?1 AND query = ?2")?;
    for ((account, query), read_at) in rows {
        update.execute(params![account, query, read_at])?;
    }
    Ok(())
}

/// When the row was read last, as far as it is written down.
pub(super) fn last_read(
    connection: &Connection,
    (account, query): &RowName,
) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT last_read FROM answer WHERE account = ?1 AND query = ?2")?
        .query_row(params![account, query], |row| row.get(0))
        .optional()
}

/// A row that may be evicted.
pub(super) struct Candidate {
    pub(super) rowid: i64,
    pub(super) name: RowName,
    pub(super) size: u64,
    pub(super) last_read: i64,
}

/// The rows read longest ago, the oldest first.
pub(super) fn oldest(connection: &Connection, most: usize) -> rusqlite::Result<Vec<Candidate>> {
    connection
        .prepare_cached(
            "SELECT rowid, account, query, size, last_read FROM answer ORDER BY last_read LIMIT ?1",
        )?
        .query_map([i64::try_from(most).unwrap_or(i64::MAX)], |row| {
            Ok(Candidate {
                rowid: row.get(0)?,
                name: (row.get(1)?, row.get(2)?),
                size: row.get::<_, i64>(3)?.unsigned_abs(),
                last_read: row.get(4)?,
            })
        })?
        .collect()
}

/// How many pages the file has, used or free.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pages {
    pub(super) all: u64,
    free: u64,
}

impl Pages {
    /// Costs two numbers of the file's first page.
    pub(super) fn of(connection: &Connection) -> rusqlite::Result<Self> {
        let number = |pragma| {
            connection
                .prepare_cached(pragma)?
                .query_row([], |row| row.get::<_, i64>(0))
        };
        Ok(Self {
            all: number("PRAGMA page_count")?.unsigned_abs(),
            free: number("PRAGMA freelist_count")?.unsigned_abs(),
        })
    }

    pub(super) fn is_any_free(&self) -> bool {
        self.free > 0
    }

    pub(super) fn used(&self) -> u64 {
        self.all.saturating_sub(self.free)
    }
}
