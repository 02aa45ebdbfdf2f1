//! The WAL, kept small.
//!
//! Promised: before anything is written there is room for it under the WAL's share of the cap, or it is not written. Whoever
//! reads in another process holds back what may be written over; one that was stopped in the middle of it would have the WAL
//! grow for as long as it sleeps. Then answers are not kept on disk, and reads go on (scenario 29).

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use super::BUSY;
use super::cap::Budget;
use crate::store::folder::with_suffix;

/// Whether a transaction may be begun.
pub(super) fn has_room(connection: &Connection, database: &Path, budget: &Budget) -> rusqlite::Result<bool> {
    if size(database) <= budget.refused() {
        return Ok(true);
    }
    write_back(connection, Duration::ZERO)?;
    Ok(size(database) <= budget.refused())
}

/// After a transaction: writes the WAL back when it is large enough to be worth two syncs.
pub(super) fn keep_small(connection: &Connection, database: &Path, budget: &Budget) -> rusqlite::Result<()> {
    if size(database) < budget.written_back() {
        return Ok(());
    }
    write_back(connection, Duration::ZERO)
}

/// Writes back what can be, and empties the WAL if nobody reads from it, waited for so long. That somebody does is no error.
pub(super) fn write_back(connection: &Connection, patience: Duration) -> rusqlite::Result<()> {
    connection.busy_timeout(patience)?;
    let done = connection
        .prepare_cached("PRAGMA wal_checkpoint(truncate)")
        .and_then(|mut checkpoint| checkpoint.query_row([], |_| Ok(())));
    connection.busy_timeout(BUSY)?;
    match done {
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) => Ok(()),
        done => done,
    }
}

fn size(database: &Path) -> u64 {
    std::fs::metadata(with_suffix(database, "-wal")).map_or(0, |file| file.len())
}
