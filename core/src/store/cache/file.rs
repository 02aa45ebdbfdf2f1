//! The cache file, open.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use rusqlite::{Connection, TransactionBehavior, params};
use zeroize::Zeroizing;

use super::cap::Budget;
use super::evict;
use super::mend::Mending;
use super::rows::{Pages, binding, delete, last_read, mark_read, read};
use super::touched::{Read, Touched};
use super::{BUSY, KIND, wal};
use crate::ports::Random;
use crate::store::database::{Database, Opened, WorkError};
use crate::store::keys::CacheKeys;
use crate::store::seal::{OVERHEAD, seal, unseal};
use crate::store::{Folder, StoreError};

/// The cache file, open.
pub(crate) struct CacheFile {
    pub(super) database: Database,
    pub(super) budget: Budget,
    touched: Mutex<Touched>,
    pub(super) mending: Mutex<Mending>,
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

/// What became of an answer that was to be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    /// It is in the file, or a later one is.
    Yes,
    /// Not yet: make room, then put it again.
    NeedsRoom,
    /// It is larger than a cache keeps, or somebody holds the WAL.
    No,
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
    /// Opens the cache in `folder`, made if missing, to take at most `cap` bytes. A damaged one is replaced, and where it went
    /// is told. One that is larger is made smaller step by step: see [`CacheFile::trim`].
    pub(crate) fn open<'a>(
        folder: impl Into<Folder<'a>>,
        cap: u64,
        now: Timestamp,
    ) -> Result<Opened<Self>, StoreError> {
        let Opened {
            store: database,
            set_aside,
        } = Database::open(&KIND, folder.into(), now)?;
        Ok(Opened {
            store: Self {
                database,
                budget: Budget::of(cap),
                touched: Mutex::new(Touched::since(now.as_millisecond())),
                mending: Mutex::default(),
            },
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
            let _ = self.write(|connection| Ok(delete(connection, keys, &query)?));
        }
        Ok(answer)
    }

    /// Stores an answer in place of the one before, unless that one was asked for after a later write. If it is not kept, the
    /// one before stays as it is.
    pub(crate) fn put(
        &self,
        keys: &CacheKeys,
        query: &str,
        answer: &NewAnswer<'_>,
        random: &dyn Random,
    ) -> Result<Kept, StoreError> {
        let bytes = sealed(answer.json.len());
        if bytes > self.budget.answer() {
            return Ok(Kept::No);
        }
        self.look_for_the_file(answer.fetched_at)?;
        let query = keys.query_hash(query);
        let binding = binding(keys, &query, answer.schema);
        let kept = self.write(|connection| {
            if !evict::fits(connection, &self.budget, bytes)? {
                return Ok(Kept::NeedsRoom);
            }
            let sealed = seal(keys.seal_key(), &binding, answer.json, random)?;
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let before = Pages::of(&tx)?.all;
            tx.prepare_cached(
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
            // Another process may have filled it since.
            if Pages::of(&tx)?.all > before.max(self.budget.pages) {
                return Ok(Kept::NeedsRoom);
            }
            tx.commit()?;
            Ok(Kept::Yes)
        })?;
        Ok(kept.unwrap_or(Kept::No))
    }

    /// The server said "not modified" of the answer with this ETag to who asked at this revision: if that is the stored one,
    /// it is as of `fetched_at`. False if it is another, or there is none any more.
    pub(crate) fn confirm(
        &self,
        keys: &CacheKeys,
        query: &str,
        etag: Option<&str>,
        fetched_at: Timestamp,
        revision: i64,
    ) -> Result<bool, StoreError> {
        self.look_for_the_file(fetched_at)?;
        let query = keys.query_hash(query);
        let changed = self.write(|connection| {
            let mut update = connection.prepare_cached(
                "UPDATE answer SET fetched_at = ?4, revision = max(revision, ?5)
                 WHERE account = ?1 AND query = ?2 AND etag IS ?3",
            )?;
            Ok(update.execute(params![
                keys.account_hash(),
                query,
                etag,
                fetched_at.as_millisecond(),
                revision
            ])?)
        })?;
        Ok(changed.is_some_and(|rows| rows > 0))
    }

    /// Notes that the answer was read at `now`; written down at most once a minute, together with others.
    pub(crate) fn touch(&self, keys: &CacheKeys, query: &str, now: Timestamp) -> Result<(), StoreError> {
        let row = (*keys.account_hash(), keys.query_hash(query));
        let due = self.touched().note(row, now.as_millisecond(), self.budget.rows());
        if due.is_empty() {
            return Ok(());
        }
        self.look_for_the_file(now)?;
        self.mark_read(&due)
    }

    /// When the answer was read last, or stored; in milliseconds since 1970. `None` if it is not there.
    pub(crate) fn last_read(&self, keys: &CacheKeys, query: &str) -> Result<Option<i64>, StoreError> {
        let row = (*keys.account_hash(), keys.query_hash(query));
        let stored = self
            .database
            .with(|connection| Ok(last_read(connection, &row)?))?;
        Ok(stored.map(|at| self.touched().read_at(&row).unwrap_or(at)))
    }

    fn mark_read(&self, due: &[Read]) -> Result<(), StoreError> {
        self.write(|connection| {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            mark_read(&tx, due)?;
            Ok(tx.commit()?)
        })
        .map(|_| ())
    }

    /// Forgets one answer.
    pub(crate) fn remove(&self, keys: &CacheKeys, query: &str) -> Result<(), StoreError> {
        let query = keys.query_hash(query);
        self.database.with(|connection| {
            // Not asked for again: it goes even if the WAL is full.
            delete(connection, keys, &query)?;
            Ok(wal::keep_small(connection, self.path(), &self.budget)?)
        })
    }

    /// Forgets every answer of the account; nothing of them stays in the file or its WAL.
    pub(crate) fn remove_account(&self, keys: &CacheKeys) -> Result<(), StoreError> {
        self.remove_some(
            "DELETE FROM answer WHERE rowid IN (SELECT rowid FROM answer WHERE account = ?2 LIMIT ?1)",
            keys.account_hash(),
        )
    }

    /// Forgets every answer of everyone: for an account whose keys are lost, whose rows nobody can name any more.
    pub(crate) fn clear(&self) -> Result<(), StoreError> {
        self.remove_some(
            "DELETE FROM answer WHERE rowid IN (SELECT rowid FROM answer LIMIT ?1) AND ?2 NOT NULL",
            &[0; 32],
        )
    }

    /// Some rows at a time, so that the WAL need not take them all at once. That somebody holds it is no reason to keep them.
    fn remove_some(&self, sql: &str, account: &[u8; 32]) -> Result<(), StoreError> {
        let some = i64::try_from(self.budget.rows()).unwrap_or(i64::MAX);
        self.database.with(|connection| {
            while connection.prepare_cached(sql)?.execute(params![some, account])? > 0 {
                wal::keep_small(connection, self.path(), &self.budget)?;
            }
            // Pages that are free now hold what was removed until they are given back.
            while Pages::of(connection)?.is_any_free() {
                evict::vacuum(connection, some)?;
                wal::keep_small(connection, self.path(), &self.budget)?;
            }
            Ok(wal::write_back(connection, BUSY)?)
        })
    }

    /// Closes the file; calls after this say [`StoreError::Closed`].
    pub(crate) fn close(&self) {
        let due = self.touched().take(self.budget.rows());
        // Not to know when something was read costs nothing but order.
        let _ = self.mark_read(&due);
        self.end();
    }

    /// A transaction or a few, if the WAL has room for one more; `None` if not.
    pub(super) fn write<T>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, WorkError>,
    ) -> Result<Option<T>, StoreError> {
        self.database.with(|connection| {
            if !wal::has_room(connection, self.path(), &self.budget)? {
                return Ok(None);
            }
            let done = work(connection)?;
            wal::keep_small(connection, self.path(), &self.budget)?;
            Ok(Some(done))
        })
    }

    fn path(&self) -> &Path {
        &self.database.place().path
    }

    pub(super) fn touched(&self) -> MutexGuard<'_, Touched> {
        self.touched.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cfg(test)]
    pub(in crate::store) fn database(&self) -> &Database {
        &self.database
    }
}

/// Bytes of what is sealed.
pub(super) fn sealed(json: usize) -> u64 {
    u64::try_from(json + OVERHEAD).unwrap_or(u64::MAX)
}
