//! What is taken out of a damaged file into the new one (scenario 32; docs/adr/0022).
//!
//! Promised: what was accepted and can still be read goes on; nothing of it is sent a second time because of this: the newest of
//! its states may have been lost, so what says it was not sent is looked up first; numbers of order are not given twice; what
//! was found is told, at every start until the person has seen it. Whether a row is whole its seal tells, when it is opened.
//!
//! Not promised: writes of an account whose own row is gone, because only that row says which keys open them; that what shows as
//! refused was not made since: the name under which the person sent it again may be lost, and nothing else finds it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::DurableFile;
use crate::model::Salvage;
use crate::store::StoreError;
use crate::store::salvage::{Found, fill};

/// Where the report is in the table `meta`.
const REPORT: &str = "salvage";

impl DurableFile {
    /// What was taken out of a damaged file, if the person has not seen it yet.
    pub(crate) fn salvage(&self) -> Result<Option<Salvage>, StoreError> {
        self.database.with(|connection| Ok(report(connection)?))
    }

    /// The person has seen it.
    pub(crate) fn salvage_seen(&self) -> Result<(), StoreError> {
        self.database.with(|connection| {
            connection.execute("DELETE FROM meta WHERE key = ?1", [REPORT])?;
            Ok(())
        })
    }
}

fn report(connection: &Connection) -> rusqlite::Result<Option<Salvage>> {
    let sql = "SELECT value FROM meta WHERE key = ?1";
    let json: Option<Vec<u8>> = connection.query_row(sql, [REPORT], |row| row.get(0)).optional()?;
    Ok(json.and_then(|json| serde_json::from_slice(&json).ok()))
}

/// Fills the new file with what was found in the damaged one. Foreign keys are not enforced meanwhile.
pub(super) fn salvage(connection: &Connection, found: &Found, now: Timestamp) -> rusqlite::Result<()> {
    fill(connection, found)?;
    mend_origins(connection, found)?;
    connection.execute(
        "INSERT OR IGNORE INTO chain (id, account_id) SELECT chain_id, account_id FROM outbox",
        [],
    )?;
    let read = numbers(connection, "SELECT seq FROM outbox")?;
    let open_read = numbers(connection, OPEN)?;
    drop_orphans(connection)?;
    let open = numbers(connection, OPEN)?;
    let orphaned = open_read.difference(&open).count();
    let lost = missing(connection, found, &read, &open_read)?.map(|missing| count(orphaned + missing));

    // It may have been sent, by a state of the file that is lost.
    let at = now.as_millisecond();
    connection.execute(
        "UPDATE outbox SET state = 'unknown', ended_boot = '', ended_ms = 0, ended_at = ?1, looks = 0,
             retry_boot = NULL, retry_ms = NULL, retry_at = NULL WHERE state IN ('queued', 'sending')",
        [at],
    )?;
    // What its holder finds out is of the old file. But its request may be on its way still, so others wait for its end.
    connection.execute("UPDATE lease SET fence = fence + 1", [])?;
    connection.execute(
        "UPDATE account SET state = 'sign_in_needed'
         WHERE state = 'signed_in' AND id NOT IN (SELECT account_id FROM token)",
        [],
    )?;
    // Settled writes whose count is lost, too, must not make answers of before look newer than those to come.
    connection.execute(
        "UPDATE account SET outbox_revision = outbox_revision + ?1",
        [LEAP],
    )?;
    let highest = numbers_given(found).max(read.last().copied());
    keep_counting(connection, highest.unwrap_or_default())?;
    // Of an earlier one that the person has not seen yet.
    let unseen = report(connection)?;
    let session_kept =
        "SELECT EXISTS (SELECT 1 FROM origin JOIN token ON token.account_id = origin.current_account)";
    let report = Salvage {
        at: now,
        writes_saved: count(open.len()),
        writes_lost: unseen
            .map_or(Some(0), |unseen| unseen.writes_lost)
            .zip(lost)
            .map(|(before, now)| before.saturating_add(now)),
        session_kept: connection.query_row(session_kept, [], |row| row.get(0))?,
    };
    let json = serde_json::to_vec(&report).unwrap_or_default();
    connection.execute(
        "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)",
        params![REPORT, json],
    )?;
    Ok(())
}

/// More writes than a lost log can have settled.
const LEAP: i64 = 1_000_000;

const OPEN: &str = "SELECT seq FROM outbox WHERE state NOT IN ('done', 'withdrawn')";

/// A server whose row is lost is known by the index of its name still; who is current there, if only one can be.
fn mend_origins(connection: &Connection, found: &Found) -> rusqlite::Result<()> {
    for key in &found.keys {
        if let [Value::Text(url), Value::Integer(id)] = key.as_slice()
            && url.contains("://")
        {
            connection.execute(
                "INSERT OR IGNORE INTO origin (id, url) SELECT ?1, ?2
                 WHERE EXISTS (SELECT 1 FROM account WHERE origin_id = ?1)",
                params![id, url],
            )?;
        }
    }
    connection.execute(
        "UPDATE origin SET current_account = NULL WHERE current_account NOT IN (SELECT id FROM account)",
        [],
    )?;
    connection.execute(
        "UPDATE origin SET current_account = (SELECT id FROM account WHERE origin_id = origin.id AND state <> 'signed_out')
         WHERE current_account IS NULL
             AND 1 = (SELECT count(*) FROM account WHERE origin_id = origin.id AND state <> 'signed_out')",
        [],
    )?;
    Ok(())
}

/// What belongs to a row that is lost goes with it, and what belongs to that.
fn drop_orphans(connection: &Connection) -> rusqlite::Result<()> {
    loop {
        let orphans: Vec<(String, i64)> = connection
            .prepare("SELECT \"table\", rowid FROM pragma_foreign_key_check")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        if orphans.is_empty() {
            return Ok(());
        }
        for (table, number) in orphans {
            connection.execute(&format!("DELETE FROM {table} WHERE rowid = ?1"), [number])?;
        }
    }
}

/// How many writes that are not done may have been there and were not read. The index of open writes tells, or else that of all,
/// if it names at least every write that was read; else every gap in the numbers counts. `None`: not even how many there were is
/// known.
fn missing(
    connection: &Connection,
    found: &Found,
    read: &BTreeSet<i64>,
    open: &BTreeSet<i64>,
) -> rusqlite::Result<Option<usize>> {
    let Some(highest) = numbers_given(found) else {
        return Ok(None);
    };
    let mut named_open = BTreeSet::new();
    let mut named = BTreeSet::new();
    for key in &found.keys {
        match key.as_slice() {
            [Value::Text(account), Value::Integer(seq), Value::Integer(number)]
                if account.len() == 32 && seq == number =>
            {
                named_open.insert(*seq);
            }
            [Value::Text(chain), Value::Integer(seq), Value::Integer(number)]
                if chain.len() == 10 && seq == number =>
            {
                named.insert(*seq);
            }
            _ => {}
        }
    }
    let done_index_is_like_it: BTreeSet<i64> = numbers(
        connection,
        "SELECT seq FROM outbox WHERE state = 'done' AND revision = seq",
    )?;
    named_open.retain(|seq| !done_index_is_like_it.contains(seq));
    let lacking = |names: &BTreeSet<i64>| names.difference(read).count();
    if !open.is_empty() && open.is_subset(&named_open) {
        return Ok(Some(lacking(&named_open)));
    }
    if !read.is_empty() && read.is_subset(&named) {
        return Ok(Some(lacking(&named)));
    }
    let highest = highest.max(read.last().copied().unwrap_or_default());
    let lowest = read.first().or(named.first()).copied().unwrap_or(1);
    let all = usize::try_from(highest - lowest + 1).unwrap_or_default();
    Ok(Some(all.saturating_sub(read.range(lowest..).count())))
}

/// The highest number of order that was given, as SQLite had counted; `None` if its count is lost.
fn numbers_given(found: &Found) -> Option<i64> {
    let counts = found.rows.iter().filter_map(|(_, row)| match row.as_slice() {
        [Value::Text(table), Value::Integer(highest)] if table == "outbox" => Some(*highest),
        _ => None,
    });
    counts.max().or_else(|| {
        // The table of the counts is whole, and none is of the outbox: nothing was ever accepted.
        let is_whole = found.rows.iter().any(|(_, row)| match row.as_slice() {
            [_, Value::Text(table), _, Value::Integer(root), _] => {
                table == "sqlite_sequence" && found.whole.contains(root)
            }
            _ => false,
        });
        is_whole.then_some(0)
    })
}

fn keep_counting(connection: &Connection, highest: i64) -> rusqlite::Result<()> {
    let changed = connection.execute(
        "UPDATE sqlite_sequence SET seq = max(seq, ?1) WHERE name = 'outbox'",
        [highest],
    )?;
    if changed == 0 {
        connection.execute(
            "INSERT INTO sqlite_sequence (name, seq) VALUES ('outbox', ?1)",
            [highest],
        )?;
    }
    Ok(())
}

fn numbers(connection: &Connection, sql: &str) -> rusqlite::Result<BTreeSet<i64>> {
    connection
        .prepare(sql)?
        .query_map([], |row| row.get(0))?
        .collect()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
