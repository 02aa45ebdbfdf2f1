//! Numbered SQL files, each run once, in order, in a transaction of its own together with the number it leads to.
//!
//! Promised: a kill at any point leaves one version or the next (scenario 33). The version is `PRAGMA user_version`, so a
//! file says it itself; a migration, once released, never changes: the golden files in `tests/golden/schema` would tell.

use rusqlite::{Connection, TransactionBehavior};

/// The migrations of the cache file; their count is its version.
pub(super) const CACHE: &[&str] = &[include_str!("migrations/cache/001_answer.sql")];

/// The migrations of the durable file; their count is its version.
pub(super) const DURABLE: &[&str] = &[
    include_str!("migrations/durable/001_accounts.sql"),
    include_str!("migrations/durable/002_rotation.sql"),
];

/// Brings the file from the version it has to the one this code knows. Foreign keys are off meanwhile, so that a
/// migration may rebuild a table; [`super::database`] turns them on.
pub(super) fn migrate(connection: &mut Connection, steps: &[&str]) -> rusqlite::Result<()> {
    connection.pragma_update(None, "foreign_keys", false)?;
    for (step, version) in steps.iter().zip(1_i64..) {
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if user_version(&tx)? < version {
            tx.execute_batch(step)?;
            tx.pragma_update(None, "user_version", version)?;
            tx.commit()?;
        }
    }
    Ok(())
}

/// The version the file says it has.
pub(super) fn user_version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// The version this code writes.
pub(super) fn known(steps: &[&str]) -> i64 {
    i64::try_from(steps.len()).unwrap_or(i64::MAX)
}
