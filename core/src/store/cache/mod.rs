//! `cache.sqlite3`: what the server answered, one sealed row per question, disposable as a whole.
//!
//! Promised: a row opens only with its account's keys, under its own question and layout; one that does not is as good as
//! absent, and removed; the file, its WAL and its index stay under a cap, and what was read longest ago goes first
//! (scenario 29); reads go on when only writing fails (scenario 30); a damaged file is moved aside and replaced, one that
//! was taken away is made anew (scenario 31). Not promised: that what was put is there later. Not bound by the seal, and so
//! only as true as the file: times and ETag. Not under the cap: files that were moved aside, two at most.

mod cap;
mod evict;
mod file;
mod mend;
mod rows;
mod touched;
mod wal;

#[cfg(test)]
mod tests;

pub(crate) use cap::{CAP_RANGE, DEFAULT_CAP};
pub(crate) use evict::Spared;
pub(crate) use file::{CacheFile, Kept, NewAnswer};

use std::time::Duration;

use super::kind::Kind;
use super::migrate;

/// "PMIc" in ASCII.
const APPLICATION_ID: i64 = 0x504d_4963;

/// How long a call waits for another process's transaction (as in [`KIND`]): a read does not stand still for a cache.
const BUSY: Duration = Duration::from_millis(250);

pub(super) static KIND: Kind = Kind {
    file_name: "cache.sqlite3",
    role: "the cache file",
    folder_role: "the cache folder",
    is_cache: true,
    application_id: APPLICATION_ID,
    migrations: migrate::CACHE,
    // The cap gives pages back a few at a time; it cannot be turned on once there is a table.
    at_creation: "PRAGMA auto_vacuum = incremental",
    // What is evicted is sealed, and its page the next to be written to: overwriting it first would double the WAL. Who
    // empties the WAL is `wal`.
    at_opening: "PRAGMA synchronous = normal; PRAGMA secure_delete = fast; PRAGMA wal_autocheckpoint = 0;
                 PRAGMA busy_timeout = 250",
    probe: &[],
    salvage: None,
    foreign_is_damage: true,
    keep_set_aside: Some(2),
};
