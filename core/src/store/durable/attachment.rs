//! Files that travel with a write: photos, in parts.
//!
//! Promised: a file is accepted in the transaction of its write, and its bytes go, overwritten, in the one that settles it
//! for good. `about` and every part are sealed by the caller, bound to write, position and number. In the clear are sizes and
//! how far it has come.

use rusqlite::{OptionalExtension as _, params};

use super::{AccountId, DurableFile, OutboxTx};
use crate::store::StoreError;

/// The only place a write has for a file so far.
const POSITION: i64 = 0;

/// A file that waits to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attachment {
    pub(crate) id: i64,
    /// Bytes, before sealing.
    pub(crate) size: u64,
    /// Sealed: what it is, and what the server calls it.
    pub(crate) about: Vec<u8>,
}

/// A number of bytes as SQLite has it.
pub(super) fn bytes(integer: i64) -> u64 {
    u64::try_from(integer).unwrap_or_default()
}

fn integer(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

impl DurableFile {
    /// The file of this write; `None` also once its bytes are gone.
    pub(crate) fn attachment(&self, account: &AccountId, seq: i64) -> Result<Option<Attachment>, StoreError> {
        self.database().with(|connection| {
            Ok(connection
                .prepare_cached(
                    "SELECT attachment.id, size, about FROM attachment JOIN outbox ON outbox.seq = attachment.seq
                     WHERE account_id = ?1 AND attachment.seq = ?2 AND position = ?3 AND attachment.state = 'queued'",
                )?
                .query_row(params![account, seq, POSITION], |row| {
                    Ok(Attachment {
                        id: row.get(0)?,
                        size: bytes(row.get(1)?),
                        about: row.get(2)?,
                    })
                })
                .optional()?)
        })
    }

    /// What a file is, whether its bytes are still here or not.
    pub(crate) fn attachment_about(
        &self,
        account: &AccountId,
        seq: i64,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        self.database().with(|connection| {
            Ok(connection
                .prepare_cached(
                    "SELECT about FROM attachment JOIN outbox ON outbox.seq = attachment.seq
                     WHERE account_id = ?1 AND attachment.seq = ?2 AND position = ?3",
                )?
                .query_row(params![account, seq, POSITION], |row| row.get(0))
                .optional()?)
        })
    }

    /// One part, sealed.
    pub(crate) fn attachment_part(
        &self,
        attachment: &Attachment,
        number: u64,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        self.database().with(|connection| {
            Ok(connection
                .prepare_cached(
                    "SELECT sealed FROM attachment_part WHERE attachment_id = ?1 AND number = ?2",
                )?
                .query_row(params![attachment.id, integer(number)], |row| row.get(0))
                .optional()?)
        })
    }
}

impl OutboxTx<'_> {
    /// Gives a write its file, whose parts follow. Gives its id.
    pub(crate) fn add_attachment(&self, seq: i64, size: u64, about: &[u8]) -> Result<i64, StoreError> {
        self.sql(|tx| {
            tx.prepare_cached(
                "INSERT INTO attachment (seq, position, state, size, about) VALUES (?1, ?2, 'queued', ?3, ?4)",
            )?
            .execute(params![seq, POSITION, integer(size), about])?;
            Ok(tx.last_insert_rowid())
        })
    }

    /// Adds a part, sealed.
    pub(crate) fn add_part(&self, attachment: i64, number: u64, sealed: &[u8]) -> Result<(), StoreError> {
        self.sql(|tx| {
            tx.prepare_cached(
                "INSERT INTO attachment_part (attachment_id, number, sealed) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![attachment, integer(number), sealed])
            .map(drop)
        })
    }

    /// How many bytes of files of this account wait on this device. Another's are not counted: nobody could give them up here.
    pub(crate) fn attached(&self) -> Result<u64, StoreError> {
        self.sql(|tx| {
            tx.prepare_cached(
                "SELECT coalesce(sum(size), 0) FROM attachment JOIN outbox ON outbox.seq = attachment.seq
                 WHERE account_id = ?1 AND attachment.state = 'queued'",
            )?
            .query_row([self.account], |row| row.get(0).map(bytes))
        })
    }

    /// How much of a write's file has arrived.
    pub(crate) fn attachment_arrived(&self, seq: i64, sent: u64) -> Result<(), StoreError> {
        self.sql(|tx| {
            tx.prepare_cached("UPDATE attachment SET sent = ?2 WHERE seq = ?1")?
                .execute(params![seq, integer(sent)])
                .map(drop)
        })
    }

    /// A write's file has arrived whole: its bytes go.
    pub(crate) fn attachment_done(&self, seq: i64) -> Result<(), StoreError> {
        self.sql(|tx| {
            tx.prepare_cached(
                "DELETE FROM attachment_part WHERE attachment_id IN (SELECT id FROM attachment WHERE seq = ?1)",
            )?
            .execute([seq])?;
            tx.prepare_cached("UPDATE attachment SET state = 'done', sent = size WHERE seq = ?1")?
                .execute([seq])
                .map(drop)
        })
    }

    /// A write's file is not wanted any more, if it has one: it goes.
    pub(crate) fn remove_attachment(&self, seq: i64) -> Result<(), StoreError> {
        self.sql(|tx| {
            tx.prepare_cached("DELETE FROM attachment WHERE seq = ?1")?
                .execute([seq])
                .map(drop)
        })
    }
}
