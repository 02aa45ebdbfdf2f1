//! Numbered SQL files, each run once, in order, in a transaction of its own together with the number it leads to.
//!
//! Promised: a kill at any point leaves one version or the next (scenario 33). The version is `PRAGMA user_version`, so a
//! file says it itself; a migration, once released, never changes: the golden files in `tests/golden/schema` would tell.

use rusqlite::{Connection, TransactionBehavior};

/// The migrations of the cache file; their count is its version.
pub(super) const CACHE: &[&str] = &[
    include_str!("migrations/cache/001_answer.sql"),
    include_str!("migrations/cache/002_revision.sql"),
];

/// The migrations of the durable file; their count is its version.
pub(super) const DURABLE: &[&str] = &[
    include_str!("migrations/durable/001_accounts_and_rotation.sql"),
    include_str!("migrations/durable/002_outbox.sql"),
    include_str!("migrations/durable/003_server_time_and_standing.sql"),
];

/// Brings the file from the version it has to the one this code knows. Foreign keys are off meanwhile, so that a
/// migration may rebuild a table; [`super::database`] turns them on.
pub(super) fn migrate(connection: &mut Connection, steps: &[&str]) -> rusqlite::Result<()> {
    connection.pragma_update(None, "foreign_keys", false)?;
    for (step, version) in steps.iter().zip(1_i64..) {
        // An up-to-date file is opened without waiting for whoever writes to it.
        if user_version(connection)? >= version {
            continue;
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: &str = "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO b VALUES (1)";

    #[test]
    fn s33_a_migration_that_fails_half_way_leaves_the_version_before_it_and_resumes() {
        let first = "CREATE TABLE a (x INTEGER) STRICT";
        let mut connection = Connection::open_in_memory().unwrap();
        let dies = "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO missing VALUES (1)";
        assert!(migrate(&mut connection, &[first, dies]).is_err());
        assert_eq!(user_version(&connection).unwrap(), 1);

        migrate(&mut connection, &[first, SECOND]).unwrap();
        assert_eq!(user_version(&connection).unwrap(), 2);
        let rows: i64 = connection
            .query_row("SELECT count(*) FROM b", [], |row| row.get(0))
            .unwrap();
        assert_eq!(rows, 1);

        // Once more changes nothing.
        migrate(&mut connection, &[first, SECOND]).unwrap();
        let rows: i64 = connection
            .query_row("SELECT count(*) FROM b", [], |row| row.get(0))
            .unwrap();
        assert_eq!(rows, 1);
    }
}
