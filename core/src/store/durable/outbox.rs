//! The outbox: writes that were accepted and what became of them.
//!
//! Promised: what a transaction of [`DurableFile::outbox`] did is on disk, fsynced, when it returns `Ok`, whole or not at all;
//! an operation id is accepted once; numbers of order are never given twice. Rows are sealed by the caller
//! ([`crate::store::seal_outbox`]); in the clear are order, state, times and keyed hashes. What the states mean, and which
//! follows which, is [`crate::command`]'s.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, TransactionBehavior, params};

use super::lease::{self, Lease, millis};
use super::{AccountId, ChainId, DurableFile};
use crate::ports::BootTime;
use crate::store::StoreError;
use crate::store::error::Place;

/// Where a write stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ItemState {
    /// Certainly not applied; to be sent.
    Queued,
    /// Claimed by a process that is sending it.
    Sending,
    /// It may have been applied.
    Unknown,
    /// Applied.
    Done,
    /// Certainly not applied: the server said no.
    Rejected,
    /// Certainly not as asked: a person must decide.
    Conflict,
    /// Taken back before it was sent, or given up.
    Withdrawn,
}

impl ItemState {
    /// Every one.
    pub(crate) const ALL: [Self; 7] = [
        Self::Queued,
        Self::Sending,
        Self::Unknown,
        Self::Done,
        Self::Rejected,
        Self::Conflict,
        Self::Withdrawn,
    ];

    fn as_word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Unknown => "unknown",
            Self::Done => "done",
            Self::Rejected => "rejected",
            Self::Conflict => "conflict",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl rusqlite::types::FromSql for ItemState {
    fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
        let word = value.as_str()?;
        Self::ALL
            .into_iter()
            .find(|state| state.as_word() == word)
            .ok_or(rusqlite::types::FromSqlError::InvalidType)
    }
}

/// A point in time that another boot can still make something of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) boot: BootTime,
    /// By the device's clock.
    pub(crate) wall: Timestamp,
}

/// What changes of a write while it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Progress {
    pub(crate) state: ItemState,
    /// Sealed: what came of it.
    pub(crate) outcome: Option<Vec<u8>>,
    /// Of the lease it was last claimed under.
    pub(crate) fence: i64,
    /// How often it was sent.
    pub(crate) attempts: u32,
    /// When it was first sent under its present key, by the server's clock.
    pub(crate) first_sent_at: Option<Timestamp>,
    /// When the last attempt had ended, at the latest.
    pub(crate) ended: Option<Moment>,
    /// Look-ups since then that did not find it.
    pub(crate) looks: u32,
    /// In a row, without a definite answer.
    pub(crate) failures: u32,
    /// Not before this is it tried again.
    pub(crate) retry: Option<Moment>,
    /// Of the account, when it was settled.
    pub(crate) revision: i64,
}

impl Progress {
    /// What was just accepted, or is to be sent anew after a definite no.
    pub(crate) fn queued() -> Self {
        Self {
            state: ItemState::Queued,
            outcome: None,
            fence: 0,
            attempts: 0,
            first_sent_at: None,
            ended: None,
            looks: 0,
            failures: 0,
            retry: None,
            revision: 0,
        }
    }
}

/// One write.
#[derive(Debug, Clone)]
pub(crate) struct OutboxRow {
    /// Order of acceptance.
    pub(crate) seq: i64,
    /// What its sealed columns are bound to.
    pub(crate) uid: Vec<u8>,
    pub(crate) chain: ChainId,
    /// See [`Chain::lane`].
    pub(crate) lane: Option<Vec<u8>>,
    /// Sealed: what is to be done.
    pub(crate) command: Vec<u8>,
    pub(crate) progress: Progress,
    pub(crate) accepted_at: Timestamp,
    pub(crate) changed_at: Timestamp,
}

/// What a line of writes is about.
#[derive(Debug, Clone)]
pub(crate) struct Chain {
    pub(crate) id: ChainId,
    /// Keyed hash of the vehicle; chains of one lane go in order of acceptance.
    pub(crate) lane: Option<[u8; 32]>,
    /// Keyed hash of the server's name for it.
    pub(crate) subject: Option<[u8; 32]>,
    /// That name, sealed.
    pub(crate) name: Option<Vec<u8>>,
}

/// A write to be accepted.
pub(crate) struct NewItem<'a> {
    pub(crate) uid: [u8; 16],
    pub(crate) chain: &'a ChainId,
    pub(crate) operation: [u8; 32],
    pub(crate) command: &'a [u8],
    pub(crate) now: Timestamp,
}

/// One transaction on the outbox of one account.
pub(crate) struct OutboxTx<'a> {
    tx: Transaction<'a>,
    account: &'a AccountId,
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

    /// The writes that are not settled, and those settled after `revision`; in order of acceptance.
    pub(crate) fn outbox_since(
        &self,
        account: &AccountId,
        revision: i64,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        let select = select(
            "outbox.account_id = ?1 AND (state NOT IN ('done', 'withdrawn') OR (state IN ('done', 'withdrawn')
                AND revision > ?2))",
        );
        self.database().with(|connection| {
            Ok(connection
                .prepare_cached(&select)?
                .query_map(params![account, revision], read)?
                .collect::<rusqlite::Result<_>>()?)
        })
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
            tx.prepare_cached(&select("outbox.account_id = ?1 AND chain_id = ?2"))?
                .query_map(params![self.account, chain], read)?
                .collect()
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

    /// Removes writes that were settled before `before`, all but the newest `keep`, with chains nothing is left of whose
    /// subject the server has named.
    pub(crate) fn prune(&self, before: Timestamp, keep: u32) -> Result<(), StoreError> {
        self.sql(|tx| {
            tx.prepare_cached(
                "DELETE FROM outbox WHERE account_id = ?1 AND state IN ('done', 'withdrawn') AND changed_at < ?2
                 AND seq NOT IN (SELECT seq FROM outbox WHERE account_id = ?1 AND state IN ('done', 'withdrawn')
                     ORDER BY seq DESC LIMIT ?3)",
            )?
            .execute(params![self.account, before.as_millisecond(), keep])?;
            Ok(())
        })
    }

    fn sql<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        work(&self.tx).map_err(|error| StoreError::from_sqlite(&error, self.place))
    }
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

fn select(condition: &str) -> String {
    format!(
        "SELECT seq, uid, chain_id, lane, command, state, outcome, fence, attempts, first_sent_at, ended_boot, ended_ms,
             ended_at, looks, failures, retry_boot, retry_ms, retry_at, revision, accepted_at, changed_at
         FROM outbox JOIN chain ON chain.id = outbox.chain_id WHERE {condition} ORDER BY seq"
    )
}

fn read(row: &Row<'_>) -> rusqlite::Result<OutboxRow> {
    let time = |ms: i64| Timestamp::from_millisecond(ms).unwrap_or_default();
    let moment = |at: usize| -> rusqlite::Result<Option<Moment>> {
        let boot_id: Option<String> = row.get(at)?;
        let (ms, wall): (Option<i64>, Option<i64>) = (row.get(at + 1)?, row.get(at + 2)?);
        Ok(boot_id.zip(ms).zip(wall).map(|((boot_id, ms), wall)| Moment {
            boot: BootTime {
                boot_id,
                elapsed: std::time::Duration::from_millis(u64::try_from(ms).unwrap_or(0)),
            },
            wall: time(wall),
        }))
    };
    Ok(OutboxRow {
        seq: row.get(0)?,
        uid: row.get(1)?,
        chain: row.get(2)?,
        lane: row.get(3)?,
        command: row.get(4)?,
        progress: Progress {
            state: row.get(5)?,
            outcome: row.get(6)?,
            fence: row.get(7)?,
            attempts: row.get(8)?,
            first_sent_at: row.get::<_, Option<i64>>(9)?.map(time),
            ended: moment(10)?,
            looks: row.get(13)?,
            failures: row.get(14)?,
            retry: moment(15)?,
            revision: row.get(18)?,
        },
        accepted_at: time(row.get(19)?),
        changed_at: time(row.get(20)?),
    })
}
