//! `durable.sqlite3`: who is signed in where, their tokens, and the writes that were accepted of them. Never lost.
//!
//! Promised: when a call that writes returns `Ok`, the change survives a power cut (`synchronous = full`, and
//! `F_FULLFSYNC` where fsync alone does not reach the disk); each call is one transaction, and those that read and write
//! are `IMMEDIATE`, so that two processes never decide on the same state (scenario 6); tokens are replaced only by one who
//! has seen the current ones and whose lease no one has taken over, together with the journal's row ([`journal`]). A damaged file is moved aside, all of it kept, and what can be read of it goes on in a
//! new one ([`salvage`], scenario 32). A database of another program, or of a newer version, is refused untouched.
//!
//! Not promised: secrecy from one who has the secret store too, or of the fact that accounts exist.

mod account;
mod attachment;
mod audit;
mod guard;
mod ids;
mod installation;
mod journal;
mod lease;
mod origin;
mod outbox;
mod outbox_row;
mod row;
mod salvage;
mod server_time;
mod standing;
mod token;

use jiff::Timestamp;
use rusqlite::params;

pub(crate) use account::NewAccount;
pub(crate) use attachment::Attachment;
pub(crate) use audit::{TrailEntry, fold_into};
pub(crate) use guard::Guard;
pub(crate) use ids::{AccountId, ChainId};
#[cfg(test)]
pub(crate) use journal::admit;
pub(crate) use journal::{Journal, Rotation, Spends, Written};
#[cfg(test)]
pub(crate) use lease::LeaseRow;
pub(crate) use lease::{Lease, Purpose, Taker};
pub(crate) use outbox::OutboxTx;
pub(crate) use outbox_row::{Chain, ItemState, Moment, NewItem, OutboxRow, Progress};
pub(crate) use row::{AccountRow, AccountState};
pub(crate) use server_time::ServerTime;
pub(crate) use standing::Standing;
#[cfg(test)]
pub(crate) use token::Replaced;

use super::database::{Database, Opened};
use super::keys::hash_with;
use super::kind::Kind;
use super::{Folder, StoreError, migrate};
use crate::ports::Random;

/// "PMId" in ASCII.
const APPLICATION_ID: i64 = 0x504d_4964;

pub(super) static KIND: Kind = Kind {
    file_name: "durable.sqlite3",
    role: "the account file",
    folder_role: "the data folder",
    is_cache: false,
    application_id: APPLICATION_ID,
    migrations: migrate::DURABLE,
    at_creation: "",
    at_opening: "PRAGMA synchronous = full; PRAGMA fullfsync = on; PRAGMA checkpoint_fullfsync = on",
    // All but the parts of attachments, which are many and large.
    probe: &[
        "meta",
        "origin",
        "account",
        "token",
        "doomed_key",
        "refresh_intent",
        "refresh_guard",
        "lease",
        "chain",
        "outbox",
        "attachment",
        "server_time",
        "standing",
        "audit",
    ],
    salvage: Some(salvage::salvage),
    foreign_is_damage: false,
    keep_set_aside: None,
};

/// The durable file, open.
pub(crate) struct DurableFile {
    database: Database,
}

impl std::fmt::Debug for DurableFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DurableFile")
            .field("place", self.database.place())
            .finish_non_exhaustive()
    }
}

impl DurableFile {
    /// Opens the file in `folder`, made if missing. A damaged one is moved aside, and where it went is told.
    pub(crate) fn open<'a>(
        folder: impl Into<Folder<'a>>,
        now: Timestamp,
        random: &dyn Random,
    ) -> Result<Opened<Self>, StoreError> {
        let Opened {
            store: database,
            set_aside,
        } = Database::open(&KIND, folder.into(), now)?;
        make_salt(&database, random)?;
        Ok(Opened {
            store: Self { database },
            set_aside,
        })
    }

    /// What stands for a person in [`NewAccount::person`]: the same on each sign-in here, another one elsewhere.
    ///
    /// It keeps the customer's number out of the file, and the e-mail address was never there. It is no secret from one
    /// who has the file: the salt lies beside it, and customer numbers are few enough to try them all.
    pub(crate) fn person(&self, origin: &str, customer: i64) -> Result<[u8; 32], StoreError> {
        let salt: [u8; 32] = self.database.with(|connection| {
            let sql = "SELECT value FROM meta WHERE key = 'person_salt'";
            Ok(connection.query_row(sql, [], |row| row.get(0))?)
        })?;
        Ok(hash_with(
            &salt,
            &[b"person", origin.as_bytes(), &customer.to_be_bytes()],
        ))
    }

    /// Closes the file; calls after this say [`StoreError::Closed`].
    pub(crate) fn close(&self) {
        self.database.close();
    }

    /// Closes the file until [`DurableFile::resume`]; calls meanwhile say [`StoreError::Suspended`].
    pub(crate) fn suspend(&self) {
        self.database.suspend();
    }

    /// Opens the file again, as it was left. One that is missing or damaged by now is not replaced under a session that is in
    /// memory: that is for a new client, which tells of it.
    pub(crate) fn resume(&self) -> Result<(), StoreError> {
        self.database.resume()
    }

    pub(super) fn database(&self) -> &Database {
        &self.database
    }
}

/// Draws the salt of this installation, unless it has one. Of two processes, the first one's stays.
fn make_salt(database: &Database, random: &dyn Random) -> Result<(), StoreError> {
    let exists = database.with(|connection| {
        let sql = "SELECT EXISTS (SELECT 1 FROM meta WHERE key = 'person_salt')";
        Ok(connection.query_row(sql, [], |row| row.get::<_, bool>(0))?)
    })?;
    if exists {
        return Ok(());
    }
    let mut fresh = [0_u8; 32];
    random.fill(&mut fresh)?;
    database.with(|connection| {
        connection.execute(
            "INSERT OR IGNORE INTO meta (key, value) VALUES ('person_salt', ?1)",
            params![fresh],
        )?;
        Ok(())
    })
}

#[cfg(test)]
mod tests;
