//! Room for the next answer: what was read longest ago goes.
//!
//! Promised: never what is [`Spared`]; what was read a moment ago and is not written down yet counts as read; one step changes
//! a few dozen rows, in a transaction of its own, and is a matter of a few milliseconds. What another process observes is not
//! known here: it counts as last read when that process last wrote so, and comes back with its next answer.

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::{Connection, TransactionBehavior, params};

use super::cap::{Budget, PAGE};
use super::file::{CacheFile, sealed};
use super::rows::{Pages, mark_read, oldest};
use super::touched::{RowName, Touched};
use crate::store::StoreError;
use crate::store::keys::CacheKeys;

/// The answers of one account that must stay: what is observed, and what a pending write is shown over.
#[derive(Debug, Default)]
pub(crate) struct Spared(HashSet<RowName>);

impl Spared {
    /// The answers to these questions.
    pub(crate) fn of(keys: &CacheKeys, queries: impl IntoIterator<Item = String>) -> Self {
        let row = |query: String| (*keys.account_hash(), keys.query_hash(&query));
        Self(queries.into_iter().map(row).collect())
    }
}

/// So much later than now is what a wrong clock wrote, and would stay for ever.
const A_DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Rows of a wrong clock that one step puts right.
const RIGHTED: i64 = 16;

/// Steps of eviction for one answer: the largest one needs fewer, unless what goes is a tenth of a page each.
const STEPS: usize = 64;

impl CacheFile {
    /// Evicts what was read longest ago until an answer of so many bytes fits, but nothing that is spared; a few
    /// milliseconds at a time, between which others read and write. False if it does not fit now.
    pub(crate) fn make_room(&self, json: usize, now: Timestamp, spared: &Spared) -> Result<bool, StoreError> {
        for _ in 0..STEPS {
            let fits = self.write(|connection| {
                give_back(connection, &self.budget)?;
                if fits(connection, &self.budget, sealed(json))? {
                    return Ok(Some(true));
                }
                let mut touched = self.touched();
                let any = step(
                    connection,
                    &self.budget,
                    spared,
                    &mut touched,
                    now.as_millisecond(),
                )?;
                Ok((!any).then_some(false))
            })?;
            match fits {
                Some(None) => {}
                Some(Some(fits)) => return Ok(fits),
                None => return Ok(false),
            }
        }
        Ok(false)
    }

    /// Whether it has more pages than it may have from now on.
    pub(crate) fn is_above_cap(&self) -> Result<bool, StoreError> {
        self.database
            .with(|connection| Ok(Pages::of(connection)?.all > self.budget.pages))
    }

    /// One step towards the cap, for a file that was made under a larger one. True if there is more to do.
    pub(crate) fn trim(&self, now: Timestamp, spared: &Spared) -> Result<bool, StoreError> {
        let more = self.write(|connection| {
            let before = Pages::of(connection)?;
            if before.all <= self.budget.pages {
                return Ok(false);
            }
            give_back(connection, &self.budget)?;
            let mut any = Pages::of(connection)?.all < before.all;
            if before.used() > self.budget.pages {
                let mut touched = self.touched();
                any |= step(
                    connection,
                    &self.budget,
                    spared,
                    &mut touched,
                    now.as_millisecond(),
                )?;
            }
            Ok(any)
        })?;
        Ok(more.unwrap_or(false))
    }
}

/// Whether an answer of so many sealed bytes fits without evicting anything.
pub(super) fn fits(connection: &Connection, budget: &Budget, bytes: u64) -> rusqlite::Result<bool> {
    Ok(Pages::of(connection)?.used() + pages_for(bytes) <= budget.pages)
}

/// Pages that a row of so many sealed bytes may take: its own, and what splits in the table and its two indexes.
fn pages_for(bytes: u64) -> u64 {
    bytes / (PAGE - 4) + 12
}

/// Evicts some rows, those read longest ago first. False if there is nothing that another step could do.
fn step(
    connection: &mut Connection,
    budget: &Budget,
    spared: &Spared,
    touched: &mut Touched,
    now: i64,
) -> rusqlite::Result<bool> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    right_the_clock(&tx, now)?;
    // All that are spared may be the oldest.
    let candidates = oldest(&tx, budget.rows() + spared.0.len())?;
    // A few large ones are enough.
    let enough = budget.answer().max(budget.pages * PAGE / 64);
    let (mut evicted, mut freed, mut later, mut read) = (0, 0, 0, Vec::new());
    for row in candidates {
        if evicted == budget.rows() || freed >= enough {
            break;
        }
        if spared.0.contains(&row.name) {
            // Written down, so that it is not met at each step, and so that other processes know.
            read.push((row.name, now));
        } else if let Some(at) = touched.read_at(&row.name).filter(|at| *at > row.last_read) {
            touched.forget(&row.name);
            later += 1;
            read.push((row.name, at));
        } else {
            tx.prepare_cached("DELETE FROM answer WHERE rowid = ?1")?
                .execute([row.rowid])?;
            evicted += 1;
            freed += row.size;
        }
    }
    mark_read(&tx, &read)?;
    tx.commit()?;
    Ok(evicted + later > 0)
}

/// Gives some of the pages above the budget back to the file system. They are few unless the cap was lowered: a step's free
/// pages are the next answers'.
fn give_back(connection: &Connection, budget: &Budget) -> rusqlite::Result<()> {
    let pages = Pages::of(connection)?;
    let above = pages.all.saturating_sub(budget.pages);
    let some = above.min(u64::try_from(budget.rows()).unwrap_or(u64::MAX));
    if some > 0 && pages.used() < pages.all {
        vacuum(connection, i64::try_from(some).unwrap_or(i64::MAX))?;
    }
    Ok(())
}

/// Gives so many free pages back. The statement has a row for each, and does no more than are asked for.
pub(super) fn vacuum(connection: &Connection, pages: i64) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(&format!("PRAGMA incremental_vacuum({pages})"))?;
    let mut freed = statement.query([])?;
    while freed.next()?.is_some() {}
    Ok(())
}

fn right_the_clock(connection: &Connection, now: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE answer SET last_read = ?1 WHERE rowid IN
                 (SELECT rowid FROM answer WHERE last_read > ?2 ORDER BY last_read DESC LIMIT ?3)",
        )?
        .execute(params![now, now.saturating_add(A_DAY_MS), RIGHTED])?;
    Ok(())
}
