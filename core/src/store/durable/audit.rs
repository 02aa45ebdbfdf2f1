//! The trail of decisions, per server.
//!
//! Promised: at most [`MILESTONES`] milestones and [`OTHERS`] other entries of a server, these for at most [`DAYS`] days as far as
//! their age is known; a device's clock that is set, or was wrong, neither drops what is young nor keeps what is old (scenario
//! 10); the oldest go first; what is alike and near in time is one row with a count, so that an hour of waiting pushes nothing out. The
//! rows of one server say nothing of whose session it was, and stay when somebody signs out. Not promised: that every wait is
//! in it; see [`crate::audit`].

use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};

use super::{DurableFile, origin};
use crate::ports::BootTime;
use crate::store::StoreError;
use crate::store::database::BUSY;

/// How many milestones (sign-ins, sign-outs, ends of sessions) of a server are kept.
pub(crate) const MILESTONES: u32 = 200;

/// How many other entries of a server are kept.
pub(crate) const OTHERS: u32 = 800;

/// How long those are kept.
pub(crate) const DAYS: i64 = 30;

/// What is alike is looked for among so many of the newest entries: two waits that take turns are two rows.
const LOOK_BACK: u32 = 8;

/// What is alike is counted together if not more than this lies in between, by the boot clock.
const NEAR_MS: u64 = 60 * 60 * 1000;

/// One row: a decision, or several alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TrailEntry {
    pub(crate) milestone: bool,
    /// Its words.
    pub(crate) kind: String,
    /// JSON; of several, the newest.
    pub(crate) detail: String,
    pub(crate) times: u32,
    pub(crate) boot_id: String,
    pub(crate) first_at: Timestamp,
    /// Milliseconds since that boot.
    pub(crate) first_ms: u64,
    pub(crate) at: Timestamp,
    pub(crate) at_ms: u64,
    pub(crate) server_at: Option<Timestamp>,
}

/// Adds an entry to a list in order of time: counted with one alike, which then is the newest, or at the end. Nothing is counted
/// across a milestone, lest a wait after a sign-out look as if it had begun before.
pub(crate) fn fold_into(list: &mut Vec<TrailEntry>, entry: TrailEntry) {
    let entry = match alike(list, &entry) {
        Some(at) => together(list.remove(at), entry),
        None => entry,
    };
    list.push(entry);
}

fn alike(list: &[TrailEntry], entry: &TrailEntry) -> Option<usize> {
    if entry.milestone {
        return None;
    }
    list.iter()
        .enumerate()
        .rev()
        .take(LOOK_BACK as usize)
        .take_while(|(_, older)| !older.milestone)
        .find(|(_, older)| {
            older.kind == entry.kind
                && older.boot_id == entry.boot_id
                && entry.first_ms.saturating_sub(older.at_ms) <= NEAR_MS
        })
        .map(|(at, _)| at)
}

fn together(older: TrailEntry, newer: TrailEntry) -> TrailEntry {
    TrailEntry {
        times: older.times.saturating_add(newer.times),
        first_at: older.first_at,
        first_ms: older.first_ms,
        ..newer
    }
}

/// What this device owes a server, as it is on disk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct StoredStanding {
    pub(crate) cool_for: Option<Duration>,
    pub(crate) open_for: Option<Duration>,
    pub(crate) budget_tenths: Option<i64>,
}

/// The states of an account's writes, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct OutboxCounts {
    pub(crate) waiting: u32,
    pub(crate) unknown: u32,
    pub(crate) attention: u32,
    pub(crate) not_before: Option<Timestamp>,
}

impl DurableFile {
    /// Adds to the trail of this server, waiting at most so long for another process's transaction, and drops what is too old
    /// or too much.
    pub(crate) fn add_to_trail(
        &self,
        origin: &str,
        entries: &[TrailEntry],
        patience: Duration,
    ) -> Result<(), StoreError> {
        self.database().with(|connection| {
            connection.busy_timeout(patience)?;
            let added = add(connection, origin, entries);
            connection.busy_timeout(BUSY)?;
            Ok(added?)
        })
    }

    /// The trail of this server, newest last.
    pub(crate) fn trail(&self, origin: &str) -> Result<Vec<TrailEntry>, StoreError> {
        self.database().with(|connection| {
            let rows = connection
                .prepare_cached(
                    "SELECT audit.id, milestone, kind, detail, times, boot_id, first_at, first_ms, at, at_ms, server_at
                     FROM audit JOIN origin ON origin.id = audit.origin_id WHERE origin.url = ?1 ORDER BY audit.id",
                )?
                .query_map([origin], read)?
                .collect::<rusqlite::Result<Vec<_>>>()?;
            Ok(rows.into_iter().map(|(_, entry)| entry).collect())
        })
    }

    /// What this device owes this server, as the transport reads the same row: what another boot noted is left by the wall clock;
    /// no cool-down is longer than it was at first, whatever became of that clock; an open breaker of another boot is due for a
    /// probe.
    pub(crate) fn stored_standing(
        &self,
        origin: &str,
        now: &BootTime,
        wall: Timestamp,
    ) -> Result<StoredStanding, StoreError> {
        let Some(row) = self.standing(origin)? else {
            return Ok(StoredStanding::default());
        };
        let left = |until: Option<i64>, now: i64| -> Option<Duration> {
            let left = u64::try_from(until?.saturating_sub(now)).ok()?;
            (left > 0).then(|| Duration::from_millis(left))
        };
        let as_of = BootTime {
            boot_id: row.boot_id.clone(),
            elapsed: Duration::ZERO,
        };
        let is_this_boot = as_of.may_share_a_boot(now);
        let elapsed = super::lease::millis(now.elapsed);
        let cool_for = match row.cool_until_ms {
            None => None,
            Some(until) if is_this_boot => left(Some(until), elapsed),
            Some(_) => left(row.cool_until_at, wall.as_millisecond()),
        };
        let at_first = left(Some(row.cool_for_ms), 0).unwrap_or_default();
        Ok(StoredStanding {
            cool_for: cool_for
                .map(|left| left.min(at_first))
                .filter(|left| !left.is_zero()),
            open_for: row
                .open_until_ms
                .filter(|_| is_this_boot)
                .and_then(|until| left(Some(until), elapsed)),
            budget_tenths: Some(i64::from(row.budget_tenths)),
        })
    }

    /// The states of the current account's writes, counted; `None` if this server has no account here. Needs no key.
    pub(crate) fn outbox_counts(&self, origin: &str) -> Result<Option<OutboxCounts>, StoreError> {
        self.database().with(|connection| {
            Ok(connection
                .prepare_cached(
                    "SELECT count(*) FILTER (WHERE state IN ('queued', 'sending', 'unknown')),
                            count(*) FILTER (WHERE state = 'unknown'),
                            count(*) FILTER (WHERE state IN ('rejected', 'conflict')),
                            count(*) FILTER (WHERE state IN ('queued', 'sending', 'unknown') AND retry_at IS NULL),
                            min(retry_at) FILTER (WHERE state IN ('queued', 'sending', 'unknown'))
                     FROM origin LEFT JOIN outbox ON outbox.account_id = origin.current_account
                     WHERE origin.url = ?1 AND origin.current_account IS NOT NULL
                     GROUP BY origin.id",
                )?
                .query_row([origin], |row| {
                    let at_once: u32 = row.get(3)?;
                    let soonest: Option<i64> = row.get(4)?;
                    Ok(OutboxCounts {
                        waiting: row.get(0)?,
                        unknown: row.get(1)?,
                        attention: row.get(2)?,
                        not_before: soonest
                            .filter(|_| at_once == 0)
                            .and_then(|at| Timestamp::from_millisecond(at).ok()),
                    })
                })
                .optional()?)
        })
    }
}

fn add(connection: &mut Connection, url: &str, entries: &[TrailEntry]) -> rusqlite::Result<()> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let origin_id = origin::id_of(&tx, url)?;
    let recent = recent(&tx, origin_id)?;
    let mut list: Vec<TrailEntry> = recent.iter().map(|(_, entry)| entry.clone()).collect();
    for entry in entries {
        let entry = TrailEntry {
            server_at: server_at(&tx, origin_id, entry)?,
            ..entry.clone()
        };
        fold_into(&mut list, entry);
    }
    // Counting moves a row to the end: those in front that did not change stay as they are.
    let same = recent
        .iter()
        .zip(&list)
        .take_while(|((_, old), new)| old == *new)
        .count();
    for (id, _) in recent.get(same..).unwrap_or_default() {
        tx.prepare_cached("DELETE FROM audit WHERE id = ?1")?
            .execute([id])?;
    }
    for entry in list.get(same..).unwrap_or_default() {
        tx.prepare_cached(
            "INSERT INTO audit (origin_id, milestone, kind, detail, times, boot_id, first_at, first_ms, at, at_ms, server_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            origin_id,
            entry.milestone,
            entry.kind,
            entry.detail,
            entry.times,
            entry.boot_id,
            entry.first_at.as_millisecond(),
            signed(entry.first_ms),
            entry.at.as_millisecond(),
            signed(entry.at_ms),
            entry.server_at.map(Timestamp::as_millisecond),
        ])?;
    }
    if let Some(newest) = list.last() {
        prune(&tx, origin_id, newest)?;
    }
    tx.commit()
}

/// What a new entry may be counted with, oldest first.
fn recent(tx: &Transaction<'_>, origin_id: i64) -> rusqlite::Result<Vec<(i64, TrailEntry)>> {
    let mut rows = tx
        .prepare_cached(
            "SELECT id, milestone, kind, detail, times, boot_id, first_at, first_ms, at, at_ms, server_at
             FROM audit WHERE origin_id = ?1 ORDER BY id DESC LIMIT ?2",
        )?
        .query_map(params![origin_id, LOOK_BACK], read)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    rows.reverse();
    Ok(rows)
}

/// Drops what is too old, and what is too much.
///
/// How old an entry is, is known of those of this boot, and by the server's clock of those for which that was known; what stands
/// before one that is too old is older. When both of now's clocks do not agree that so much time has passed, one of them was set.
fn prune(tx: &Transaction<'_>, origin_id: i64, newest: &TrailEntry) -> rusqlite::Result<()> {
    let oldest = |now: i64| now.saturating_sub(DAYS * 24 * 60 * 60 * 1000);
    let by_server = newest
        .server_at
        .map(|server| oldest(server.min(newest.at).as_millisecond()));
    tx.prepare_cached(
        "DELETE FROM audit WHERE origin_id = ?1 AND milestone = 0 AND id <= (
             SELECT max(id) FROM audit
             WHERE origin_id = ?1 AND CASE boot_id WHEN ?2 THEN at_ms < ?3 ELSE server_at < ?4 END)",
    )?
    .execute(params![
        origin_id,
        newest.boot_id,
        oldest(signed(newest.at_ms)),
        by_server
    ])?;
    for (milestone, keep) in [(true, MILESTONES), (false, OTHERS)] {
        tx.prepare_cached(
            "DELETE FROM audit WHERE origin_id = ?1 AND milestone = ?2 AND id <= (
                 SELECT id FROM audit WHERE origin_id = ?1 AND milestone = ?2 ORDER BY id DESC LIMIT 1 OFFSET ?3)",
        )?
        .execute(params![origin_id, milestone, keep])?;
    }
    Ok(())
}

/// When an entry last was by the server's clock, as far as that is known of this boot.
fn server_at(
    tx: &Transaction<'_>,
    origin_id: i64,
    entry: &TrailEntry,
) -> rusqlite::Result<Option<Timestamp>> {
    let known: Option<(i64, i64)> = tx
        .prepare_cached("SELECT at, boot_ms FROM server_time WHERE origin_id = ?1 AND boot_id = ?2")?
        .query_row(params![origin_id, entry.boot_id], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    Ok(known.and_then(|(at, boot_ms)| {
        let at = at.saturating_add(signed(entry.at_ms).saturating_sub(boot_ms));
        Timestamp::from_millisecond(at).ok()
    }))
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<(i64, TrailEntry)> {
    // A time that is none cannot have been written by this library; 1970 shows it.
    let time = |ms: i64| Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH);
    let elapsed = |ms: i64| u64::try_from(ms).unwrap_or(0);
    let entry = TrailEntry {
        milestone: row.get(1)?,
        kind: row.get(2)?,
        detail: row.get(3)?,
        times: row.get(4)?,
        boot_id: row.get(5)?,
        first_at: time(row.get(6)?),
        first_ms: elapsed(row.get(7)?),
        at: time(row.get(8)?),
        at_ms: elapsed(row.get(9)?),
        server_at: row.get::<_, Option<i64>>(10)?.map(time),
    };
    Ok((row.get(0)?, entry))
}

fn signed(millis: u64) -> i64 {
    i64::try_from(millis).unwrap_or(i64::MAX)
}
