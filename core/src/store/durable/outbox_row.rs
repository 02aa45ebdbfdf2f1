//! What a row of the outbox is.

use jiff::Timestamp;
use rusqlite::Row;

use super::ChainId;
use super::attachment::bytes;
use crate::model::Upload;
use crate::ports::BootTime;

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

    pub(super) fn as_word(self) -> &'static str {
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
    /// How far its file has come, if it has one.
    pub(crate) upload: Option<Upload>,
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

pub(super) fn select(condition: &str) -> String {
    format!(
        "SELECT seq, uid, chain_id, lane, command, state, outcome, fence, attempts, first_sent_at, ended_boot, ended_ms,
             ended_at, looks, failures, retry_boot, retry_ms, retry_at, revision, accepted_at, changed_at,
             (SELECT sent FROM attachment WHERE attachment.seq = outbox.seq AND position = 0),
             (SELECT size FROM attachment WHERE attachment.seq = outbox.seq AND position = 0)
         FROM outbox JOIN chain ON chain.id = outbox.chain_id WHERE {condition} ORDER BY seq"
    )
}

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<OutboxRow> {
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
        upload: row
            .get::<_, Option<i64>>(21)?
            .zip(row.get::<_, Option<i64>>(22)?)
            .map(|(sent, size)| Upload {
                sent: bytes(sent),
                size: bytes(size),
            }),
        accepted_at: time(row.get(19)?),
        changed_at: time(row.get(20)?),
    })
}
