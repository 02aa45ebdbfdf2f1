//! Whether this file is the first of its installation, and the secret store may still have keys of an earlier one.

use super::DurableFile;
use crate::store::{StoreError, folder};

const CLAIMED: &str = "stale_keys_claimed";

impl DurableFile {
    /// Whether nobody has ever signed in from this file, and nobody has looked for stale keys on its behalf. Not where a
    /// damaged file was set aside: with its keys gone, nobody could read what it still holds.
    pub(crate) fn may_have_stale_keys(&self) -> Result<bool, StoreError> {
        if folder::has_set_aside(&self.database.place().path) {
            return Ok(false);
        }
        self.database.with(|connection| {
            let sql =
                "SELECT NOT EXISTS (SELECT 1 FROM meta WHERE key = ?1) AND NOT EXISTS (SELECT 1 FROM account)
                           AND NOT EXISTS (SELECT 1 FROM doomed_key)";
            Ok(connection.query_row(sql, [CLAIMED], |row| row.get(0))?)
        })
    }

    /// Notes that it was looked for them. True for one caller only, whatever its process, and only while nobody has signed in:
    /// keys made after this returned belong to accounts of this file.
    pub(crate) fn claim_stale_keys(&self) -> Result<bool, StoreError> {
        self.database.with(|connection| {
            let sql = "INSERT OR IGNORE INTO meta (key, value)
                       SELECT ?1, x'01' WHERE NOT EXISTS (SELECT 1 FROM account)";
            Ok(connection.execute(sql, [CLAIMED])? == 1)
        })
    }

    /// Whether an account has a key of this name, or had one that is to be destroyed.
    pub(crate) fn names_key(&self, name: &str) -> Result<bool, StoreError> {
        self.database.with(|connection| {
            let sql = "SELECT EXISTS (SELECT 1 FROM account WHERE ?1 IN (session_key_name, outbox_key_name))
                           OR EXISTS (SELECT 1 FROM doomed_key WHERE name = ?1)";
            Ok(connection.query_row(sql, [name], |row| row.get(0))?)
        })
    }
}
