//! Files that travel with a write: photos, in parts.
//!
//! Promised: a file is accepted in the transaction of its write, and its bytes go, overwritten, in the one that settles it
//! for good. `about` and every part are sealed by the caller, bound to write, position and number. In the clear are sizes and
//! how far it has come.
//!
//! Bytes on a damaged page cannot be taken out, nor the rows they belong to. Once that is noted ([`DurableFile::give_up_file`])
//! they stay behind, and keep neither a cancellation nor a sign-out from being done (scenario 32). It must be noted before: in a
//! transaction that has met a damaged page SQLite writes nothing any more. Not promised: that before it is, as of a photo that
//! is given up before it was ever to be sent, the call does not fail with [`StoreError::Corrupt`].

use rusqlite::{Connection, OptionalExtension as _, params};

use super::{AccountId, DurableFile, OutboxTx};
use crate::store::StoreError;

/// The only place a write has for a file so far.
const POSITION: i64 = 0;

/// The state of a file whose bytes cannot be taken out: it is not sent any more, takes no room, and its write stays with it.
pub(super) const STUCK: &str = "rejected";

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

    /// This file lies on a damaged page: it is not sent any more, and its bytes stay where they are.
    pub(crate) fn give_up_file(&self, attachment: &Attachment) -> Result<(), StoreError> {
        self.database().with(|connection| {
            connection
                .prepare_cached("UPDATE attachment SET state = ?2 WHERE id = ?1")?
                .execute(params![attachment.id, STUCK])?;
            Ok(())
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
            tx.prepare_cached("DELETE FROM attachment WHERE seq = ?1 AND state <> ?2")?
                .execute(params![seq, STUCK])
                .map(drop)
        })
    }
}

/// Deletes all writes of an account whose key is about to be destroyed. Rows that belong to bytes which cannot be taken out stay,
/// without anything in them that somebody could want.
pub(super) fn delete_writes(tx: &Connection, account: &AccountId) -> rusqlite::Result<()> {
    for sql in [
        "DELETE FROM outbox WHERE account_id = ?1 AND seq NOT IN (SELECT seq FROM attachment WHERE state = 'rejected')",
        "DELETE FROM chain WHERE account_id = ?1 AND id NOT IN (SELECT chain_id FROM outbox)",
        "UPDATE attachment SET about = x'' WHERE seq IN (SELECT seq FROM outbox WHERE account_id = ?1)",
        "UPDATE outbox SET state = 'withdrawn', operation = uid, command = x'', outcome = NULL WHERE account_id = ?1",
        "UPDATE chain SET lane = NULL, subject = NULL, name = NULL WHERE account_id = ?1",
    ] {
        tx.prepare_cached(sql)?.execute([account])?;
    }
    Ok(())
}
