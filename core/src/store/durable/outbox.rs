//! The outbox: writes that were accepted and what became of them.
//!
//! Promised: what a transaction of [`DurableFile::outbox`] did is on disk, fsynced, when it returns `Ok`, whole or not at all;
//! an operation id is accepted once; numbers of order are never given twice. Rows are sealed by the caller
//! ([`crate::store::seal_outbox`]); in the clear are order, state, times and keyed hashes. What the states mean, and which
//! follows which, is [`crate::command`]'s.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Params, Transaction, TransactionBehavior, params};

use super::attachment::STUCK;
use super::lease::{self, Lease, millis};
use super::outbox_row::{Chain, Moment, NewItem, OutboxRow, Progress, read, select};
use super::{AccountId, ChainId, DurableFile};
use crate::ports::BootTime;
use crate::store::StoreError;
use crate::store::error::Place;

/// One transaction on the outbox of one account.
pub(crate) struct OutboxTx<'a> {
    tx: Transaction<'a>,
    pub(super) account: &'a AccountId,
    place: &'a Place,
}

impl DurableFile {
    /// Runs `work` in one transaction that others wait for; committed, and on disk, only if it gives `Ok`.
    pub(crate) fn outbox<T, E: From<StoreError>>(
        &self,
        account: &AccountId,
        work: impl FnOnce(&OutboxTx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let place = self.database().place();
        let done = self.database().with(|connection| {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let outbox = OutboxTx { tx, account, place };
            Ok(match work(&outbox) {
                Ok(value) => outbox.tx.commit().map(|()| Ok(value))?,
                Err(error) => Err(error),
            })
        });
        done?
    }

    /// The writes that are neither done nor taken back, and those done after `revision`; in order of acceptance.
    pub(crate) fn outbox_since(
        &self,
        account: &AccountId,
        revision: i64,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        self.database().with(|connection| {
            // One look at the file for both: a write that is done in between must not be given twice, or not at all.
            let tx = connection.transaction()?;
            let mut rows = rows(&tx, OPEN, params![account])?;
            rows.extend(self::rows(&tx, DONE_SINCE, params![account, revision])?);
            rows.sort_unstable_by_key(|row| row.seq);
            Ok(rows)
        })
    }

    /// Every write that is still here.
    pub(crate) fn outbox_all(&self, account: &AccountId) -> Result<Vec<OutboxRow>, StoreError> {
        self.database()
            .with(|connection| Ok(rows(connection, "outbox.account_id = ?1", params![account])?))
    }

    /// How many writes of the account were settled so far.
    pub(crate) fn outbox_revision(&self, account: &AccountId) -> Result<i64, StoreError> {
        self.database()
            .with(|connection| Ok(current_revision(connection, account)?))
    }

    /// How many writes of the account are not settled.
    pub(crate) fn unsent(&self, account: &AccountId) -> Result<u32, StoreError> {
        self.database().with(|connection| {
            Ok(connection
                .prepare_cached(
                    "SELECT count(*) FROM outbox WHERE account_id = ?1 AND state NOT IN ('done', 'withdrawn')",
                )?
                .query_row([account], |row| row.get(0))?)
        })
    }

    /// The chain with this id.
    pub(crate) fn chain(&self, account: &AccountId, id: &ChainId) -> Result<Option<Chain>, StoreError> {
        self.database()
            .with(|connection| Ok(chain(connection, account, "id = ?2", id)?))
    }
}

impl OutboxTx<'_> {
    /// Whether the lease is still had. What its holder found out is written only then.
    pub(crate) fn holds(&self, lease: &Lease, now: &BootTime) -> Result<bool, StoreError> {
        self.sql(|tx| lease::holds(tx, lease, now))
    }

    /// The chain of this subject.
    pub(crate) fn chain_about(&self, subject: &[u8; 32]) -> Result<Option<Chain>, StoreError> {
        self.sql(|tx| chain(tx, self.account, "subject = ?2", subject))
    }

    /// The chain with this id.
    pub(crate) fn chain(&self, id: &ChainId) -> Result<Option<Chain>, StoreError> {
        self.sql(|tx| chain(tx, self.account, "id = ?2", id))
    }

    /// Begins a chain.
    pub(crate) fn add_chain(&self, chain: &Chain) -> Result<(), StoreError> {
        self.sql(|tx| {
            tx.prepare_cached(
                "INSERT INTO chain (id, account_id, lane, subject, name) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                chain.id,
                self.account,
                chain.lane,
                chain.subject,
                chain.name
            ])
            .map(drop)
        })
    }

    /// The server has named what the chain is about.
    pub(crate) fn name_chain(&self, id: &ChainId, subject: &[u8; 32], name: &[u8]) -> Result<(), StoreError> {
        self.sql(|tx| {
            tx.prepare_cached("UPDATE chain SET subject = ?2, name = ?3 WHERE id = ?1")?
                .execute(params![id, subject, name])
                .map(drop)
        })
    }

    /// Every write of the chain, in order of acceptance.
    pub(crate) fn items(&self, chain: &ChainId) -> Result<Vec<OutboxRow>, StoreError> {
        self.sql(|tx| {
            rows(
                tx,
                "outbox.account_id = ?1 AND chain_id = ?2",
                params![self.account, chain],
            )
        })
    }

    /// The write with this number.
    pub(crate) fn item(&self, seq: i64) -> Result<Option<OutboxRow>, StoreError> {
        self.sql(|tx| {
            tx.prepare_cached(&select("outbox.account_id = ?1 AND seq = ?2"))?
                .query_row(params![self.account, seq], read)
                .optional()
        })
    }

    /// The write that was accepted under this operation id.
    pub(crate) fn item_of(&self, operation: &[u8; 32]) -> Result<Option<OutboxRow>, StoreError> {
        self.sql(|tx| {
            tx.prepare_cached(&select("outbox.account_id = ?1 AND operation = ?2"))?
                .query_row(params![self.account, operation], read)
                .optional()
        })
    }

    /// Accepts a write and gives its number.
    pub(crate) fn add_item(&self, new: &NewItem<'_>) -> Result<i64, StoreError> {
        self.sql(|tx| {
            tx.prepare_cached(
                "INSERT INTO outbox (uid, account_id, chain_id, operation, state, command, accepted_at, changed_at)
                 VALUES (?1, ?2, ?3, ?4, 'queued', ?5, ?6, ?6)",
            )?
            .execute(params![
                new.uid,
                self.account,
                new.chain,
                new.operation,
                new.command,
                new.now.as_millisecond()
            ])?;
            Ok(tx.last_insert_rowid())
        })
    }

    /// Changes what is to be done.
    pub(crate) fn replace_command(&self, seq: i64, command: &[u8]) -> Result<(), StoreError> {
        self.sql(|tx| {
            tx.prepare_cached("UPDATE outbox SET command = ?2 WHERE seq = ?1")?
                .execute(params![seq, command])
                .map(drop)
        })
    }

    /// Writes down how far a write has come.
    pub(crate) fn save(&self, seq: i64, progress: &Progress, now: Timestamp) -> Result<(), StoreError> {
        let moment = |moment: &Option<Moment>| {
            moment.as_ref().map(|at| {
                (
                    at.boot.boot_id.clone(),
                    millis(at.boot.elapsed),
                    at.wall.as_millisecond(),
                )
            })
        };
        let (ended, retry) = (moment(&progress.ended), moment(&progress.retry));
        self.sql(|tx| {
            tx.prepare_cached(
                "UPDATE outbox SET state = ?2, outcome = ?3, fence = ?4, attempts = ?5, first_sent_at = ?6,
                     ended_boot = ?7, ended_ms = ?8, ended_at = ?9, looks = ?10, failures = ?11,
                     retry_boot = ?12, retry_ms = ?13, retry_at = ?14, revision = ?15, changed_at = ?16
                 WHERE seq = ?1",
            )?
            .execute(params![
                seq,
                progress.state.as_word(),
                progress.outcome,
                progress.fence,
                progress.attempts,
                progress.first_sent_at.map(Timestamp::as_millisecond),
                ended.as_ref().map(|at| &at.0),
                ended.as_ref().map(|at| at.1),
                ended.as_ref().map(|at| at.2),
                progress.looks,
                progress.failures,
                retry.as_ref().map(|at| &at.0),
                retry.as_ref().map(|at| at.1),
                retry.as_ref().map(|at| at.2),
                progress.revision,
                now.as_millisecond()
            ])
            .map(drop)
        })
    }

    /// Counts one more settled write, and gives the count.
    pub(crate) fn next_revision(&self) -> Result<i64, StoreError> {
        self.sql(|tx| {
            tx.prepare_cached("UPDATE account SET outbox_revision = outbox_revision + 1 WHERE id = ?1")?
                .execute([self.account])?;
            current_revision(tx, self.account)
        })
    }

    /// Removes writes that were settled before `before`, all but the newest `keep`, and with them the chains nothing is left of.
    /// Those of bookings that were made here stay: somebody may still call such a booking by its local name.
    pub(crate) fn prune(&self, before: Timestamp, keep: u32) -> Result<(), StoreError> {
        self.sql(|tx| {
            let removed = tx
                .prepare_cached(
                    "DELETE FROM outbox WHERE account_id = ?1 AND state IN ('done', 'withdrawn') AND changed_at < ?2
                     AND seq NOT IN (SELECT seq FROM outbox WHERE account_id = ?1 AND state IN ('done', 'withdrawn')
                         ORDER BY seq DESC LIMIT ?3)
                     AND seq NOT IN (SELECT seq FROM attachment WHERE state = ?4)",
                )?
                .execute(params![self.account, before.as_millisecond(), keep, STUCK])?;
            if removed > 0 {
                // A booking made here has a vehicle, and so a lane, from the beginning; and a subject once it is made.
                tx.prepare_cached(
                    "DELETE FROM chain WHERE account_id = ?1 AND (lane IS NULL OR subject IS NULL)
                     AND NOT EXISTS (SELECT 1 FROM outbox WHERE chain_id = chain.id)",
                )?
                .execute([self.account])?;
            }
            Ok(())
        })
    }

    pub(super) fn sql<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        work(&self.tx).map_err(|error| StoreError::from_sqlite(&error, self.place))
    }
}

/// In the words of the partial indexes, which are used only then.
pub(super) const OPEN: &str = "outbox.account_id = ?1 AND state NOT IN ('done', 'withdrawn')";
pub(super) const DONE_SINCE: &str = "outbox.account_id = ?1 AND state = 'done' AND revision > ?2";

fn rows(connection: &Connection, condition: &str, params: impl Params) -> rusqlite::Result<Vec<OutboxRow>> {
    connection
        .prepare_cached(&select(condition))?
        .query_map(params, read)?
        .collect()
}

fn current_revision(connection: &Connection, account: &AccountId) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("SELECT outbox_revision FROM account WHERE id = ?1")?
        .query_row([account], |row| row.get(0))
        .optional()
        .map(Option::unwrap_or_default)
}

fn chain(
    connection: &Connection,
    account: &AccountId,
    condition: &str,
    value: &dyn rusqlite::ToSql,
) -> rusqlite::Result<Option<Chain>> {
    connection
        .prepare_cached(&format!(
            "SELECT id, lane, subject, name FROM chain WHERE account_id = ?1 AND {condition}"
        ))?
        .query_row(params![account, value], |row| {
            Ok(Chain {
                id: row.get(0)?,
                lane: row.get(1)?,
                subject: row.get(2)?,
                name: row.get(3)?,
            })
        })
        .optional()
}
