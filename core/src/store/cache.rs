//! `cache.sqlite3`: what the server answered, one sealed row per question, disposable as a whole.
//!
//! Promised: a row opens only with its account's keys, under its own question and layout; one that does not is as good as
//! absent, and removed; reads go on when only writing fails (scenario 30); a damaged file is moved aside and replaced
//! (scenario 31). Not promised: that what was put is there later. Not bound by the seal, and so only as true as the file:
//! times and ETag. Not here yet: the size cap (a later version evicts by `last_read`).

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, TransactionBehavior, params};
use zeroize::Zeroizing;

use super::database::{Database, Kind, Opened};
use super::keys::CacheKeys;
use super::seal::{framed, seal, unseal};
use super::{StoreError, migrate};
use crate::ports::Random;

/// "PMIc" in ASCII.
const APPLICATION_ID: i64 = 0x504d_4963;

pub(super) static KIND: Kind = Kind {
    file_name: "cache.sqlite3",
    role: "the cache file",
    folder_role: "the cache folder",
    is_cache: true,
    application_id: APPLICATION_ID,
    migrations: migrate::CACHE,
    // The cap of a later version gives pages back a few at a time; it cannot be turned on once there is a table.
    at_creation: "PRAGMA auto_vacuum = incremental",
    at_opening: "PRAGMA synchronous = normal; PRAGMA journal_size_limit = 4194304",
    probe: &[],
    foreign_is_damage: true,
    keep_set_aside: Some(2),
};

/// `last_read` is written at most this often, so that reads stay reads.
const FLUSH_EVERY_MS: i64 = 60_000;

/// The cache file, open.
pub(crate) struct CacheFile {
    database: Database,
    touched: Mutex<Touched>,
}

#[derive(Default)]
struct Touched {
    /// Account and query hash of what was read since the last flush, and when.
    rows: HashMap<([u8; 32], [u8; 32]), i64>,
    flushed_at: i64,
}

/// What the cache had.
pub(crate) struct CachedAnswer {
    /// What was put, byte for byte.
    pub(crate) json: Zeroizing<Vec<u8>>,
    /// When the server last confirmed it.
    pub(crate) fetched_at: Timestamp,
    /// What to send as `If-None-Match`.
    pub(crate) etag: Option<String>,
    /// How many writes of the account were settled when it was asked for.
    pub(crate) revision: i64,
}

/// An answer to be stored.
pub(crate) struct NewAnswer<'a> {
    /// The layout of `json`.
    pub(crate) schema: u32,
    pub(crate) json: &'a [u8],
    pub(crate) fetched_at: Timestamp,
    pub(crate) etag: Option<&'a str>,
    /// How many writes of the account were settled when it was asked for.
    pub(crate) revision: i64,
}

impl std::fmt::Debug for CachedAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CachedAnswer")
            .field("fetched_at", &self.fetched_at)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for CacheFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CacheFile")
            .field("place", self.database.place())
            .finish_non_exhaustive()
    }
}

impl CacheFile {
    /// Opens the cache in `dir`, made if missing. A damaged one is replaced, and where it went is told.
    pub(crate) fn open(dir: &Path, now: Timestamp) -> Result<Opened<Self>, StoreError> {
        let Opened {
            store: database,
            set_aside,
        } = Database::open(&KIND, dir, now)?;
        let touched = Mutex::new(Touched {
            flushed_at: now.as_millisecond(),
            ..Touched::default()
        });
        Ok(Opened {
            store: Self { database, touched },
            set_aside,
        })
    }

    /// The answer to `query` in this layout, if it is there and whole.
    pub(crate) fn get(
        &self,
        keys: &CacheKeys,
        query: &str,
        schema: u32,
    ) -> Result<Option<CachedAnswer>, StoreError> {
        let query = keys.query_hash(query);
        let found = self
            .database
            .with(|connection| Ok(read(connection, keys, &query)?))?;
        let Some(found) = found else { return Ok(None) };
        let answer = (found.schema == i64::from(schema))
            .then(|| unseal(keys.seal_key(), &binding(keys, &query, schema), &found.sealed))
            .flatten()
            .zip(Timestamp::from_millisecond(found.fetched_at).ok())
            .map(|(json, fetched_at)| CachedAnswer {
                json,
                fetched_at,
                etag: found.etag,
                revision: found.revision,
            });
        if answer.is_none() {
            // Of no use to anyone. If it cannot be removed now, the next read tries again.
            let _ = self
                .database
                .with(|connection| Ok(delete(connection, keys, &query)?));
        }
        Ok(answer)
    }

    /// Stores an answer in place of the one before, unless that one was asked for after a later write.
    pub(crate) fn put(
        &self,
        keys: &CacheKeys,
        query: &str,
        answer: &NewAnswer<'_>,
        random: &dyn Random,
    ) -> Result<(), StoreError> {
        let query = keys.query_hash(query);
        let binding = binding(keys, &query, answer.schema);
        let sealed = seal(keys.seal_key(), &binding, answer.json, random)?;
        self.database.with(|connection| {
            connection
                .prepare_cached(
                    "INSERT INTO answer (account, query, schema, sealed, size, fetched_at, last_read, etag, revision)
                     VALUES (?1, ?2, ?3, ?4, length(?4), ?5, ?5, ?6, ?7)
                     ON CONFLICT (account, query) DO UPDATE SET
                         schema = excluded.schema, sealed = excluded.sealed, size = excluded.size,
                         fetched_at = excluded.fetched_at, last_read = excluded.last_read, etag = excluded.etag,
                         revision = excluded.revision
                     WHERE excluded.revision >= revision",
                )?
                .execute(params![
                    keys.account_hash(),
                    query,
                    answer.schema,
                    sealed,
                    answer.fetched_at.as_millisecond(),
                    answer.etag,
                    answer.revision
                ])?;
            Ok(())
        })
    }

    /// The server said "not modified" to who asked at this revision: the stored answer is as of `fetched_at`. False if there
    /// is none any more.
    pub(crate) fn confirm(
        &self,
        keys: &CacheKeys,
        query: &str,
        fetched_at: Timestamp,
        revision: i64,
    ) -> Result<bool, StoreError> {
        let query = keys.query_hash(query);
        self.database.with(|connection| {
            let changed = connection
                .prepare_cached(
                    "UPDATE answer SET fetched_at = ?3, revision = max(revision, ?4) WHERE account = ?1 AND query = ?2",
                )?
                .execute(params![
                    keys.account_hash(),
                    query,
                    fetched_at.as_millisecond(),
                    revision
                ])?;
            Ok(changed > 0)
        })
    }

    /// Notes that the answer was read at `now`; written down at most once a minute, together with others.
    pub(crate) fn touch(&self, keys: &CacheKeys, query: &str, now: Timestamp) -> Result<(), StoreError> {
        let now = now.as_millisecond();
        let due = {
            let mut touched = self.touched.lock().unwrap_or_else(PoisonError::into_inner);
            touched
                .rows
                .insert((*keys.account_hash(), keys.query_hash(query)), now);
            // A clock set back is no reason to hoard.
            if (0..FLUSH_EVERY_MS).contains(&(now - touched.flushed_at)) {
                return Ok(());
            }
            touched.flushed_at = now;
            std::mem::take(&mut touched.rows)
        };
        self.database.with(|connection| {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for ((account, query), read_at) in &due {
                tx.prepare_cached("UPDATE answer SET last_read = ?3 WHERE account = ?1 AND query = ?2")?
                    .execute(params![account, query, read_at])?;
            }
            Ok(tx.commit()?)
        })
    }

    /// Forgets one answer.
    pub(crate) fn remove(&self, keys: &CacheKeys, query: &str) -> Result<(), StoreError> {
        let query = keys.query_hash(query);
        self.database
            .with(|connection| Ok(delete(connection, keys, &query)?))
    }

    /// Forgets every answer of the account; nothing of them stays in the file or its WAL.
    pub(crate) fn remove_account(&self, keys: &CacheKeys) -> Result<(), StoreError> {
        self.database.with(|connection| {
            connection
                .prepare_cached("DELETE FROM answer WHERE account = ?1")?
                .execute(params![keys.account_hash()])?;
            Ok(shrink(connection)?)
        })
    }

    /// Forgets every answer of everyone: for an account whose keys are lost, whose rows nobody can name any more.
    pub(crate) fn clear(&self) -> Result<(), StoreError> {
        self.database.with(|connection| {
            connection.execute("DELETE FROM answer", [])?;
            Ok(shrink(connection)?)
        })
    }

    /// After [`StoreError::Corrupt`]: starts anew. Answers where the damaged file is, if it was still there.
    pub(crate) fn rebuild(&self, now: Timestamp) -> Result<Option<PathBuf>, StoreError> {
        self.database.rebuild(now)
    }

    /// Closes the file; calls after this say [`StoreError::Closed`].
    pub(crate) fn close(&self) {
        self.database.close();
    }

    /// Closes the file until [`CacheFile::resume`]; calls meanwhile say [`StoreError::Suspended`].
    pub(crate) fn suspend(&self) {
        self.database.suspend();
    }

    /// Opens the file again. The system may have emptied the folder meanwhile, and what it left may be damaged: then it is made
    /// anew.
    pub(crate) fn resume(&self, now: Timestamp) -> Result<(), StoreError> {
        self.database.resume(Some(now))
    }

    #[cfg(test)]
    pub(super) fn database(&self) -> &Database {
        &self.database
    }
}

struct Found {
    schema: i64,
    sealed: Vec<u8>,
    fetched_at: i64,
    etag: Option<String>,
    revision: i64,
}

fn read(connection: &Connection, keys: &CacheKeys, query: &[u8; 32]) -> rusqlite::Result<Option<Found>> {
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

fn delete(connection: &Connection, keys: &CacheKeys, query: &[u8; 32]) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM answer WHERE account = ?1 AND query = ?2")?
        .execute(params![keys.account_hash(), query])?;
    Ok(())
}

/// Gives freed pages back and empties the WAL. A reader in another process delays the latter to a later checkpoint.
fn shrink(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch("PRAGMA incremental_vacuum")?;
    connection.query_row("PRAGMA wal_checkpoint(truncate)", [], |_| Ok(()))
}

fn binding(keys: &CacheKeys, query: &[u8; 32], schema: u32) -> Vec<u8> {
    framed(&[
        b"pmi cache answer",
        &schema.to_be_bytes(),
        keys.account_hash(),
        query,
    ])
}

#[cfg(test)]
mod tests;
