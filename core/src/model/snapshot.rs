//! An answer with its origin and age, so that a shell can say "as of yesterday 18:04, offline" without guessing.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::Error;

/// What a read gives: the value, where it came from, and how old it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot<T> {
    /// The answer.
    pub value: T,
    /// Where it came from.
    pub origin: Origin,
    /// When the server last confirmed it, put on this device's clock: it lies as far back of what that clock shows now as the
    /// answer is old, also if the clock is wrong or was set meanwhile. Two reads may give the same answer different ones.
    pub fetched_at: Timestamp,
    /// Older than this query's maximum age.
    pub stale: bool,
    /// Why it could not be made fresher, when that was tried.
    pub refresh_error: Option<Error>,
}

impl<T> Snapshot<T> {
    /// The same snapshot of something else.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Snapshot<U> {
        Snapshot {
            value: f(self.value),
            origin: self.origin,
            fetched_at: self.fetched_at,
            stale: self.stale,
            refresh_error: self.refresh_error,
        }
    }

    /// How old the answer is when this device's clock shows `now`; zero if it was set back since this was read.
    #[must_use]
    pub fn age(&self, now: Timestamp) -> Duration {
        Duration::try_from(now.duration_since(self.fetched_at)).unwrap_or_default()
    }
}

/// Where an answer came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// This process already had it.
    Memory,
    /// The cache file.
    Disk,
    /// The server, just now (including "not modified").
    Network,
}

/// How fresh an answer must be, and what to do to get it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Freshness {
    /// The cached answer if it is younger than the query's maximum age; else the server, and if that fails the cached one
    /// with `refresh_error`.
    #[default]
    CacheFirst,
    /// The server; if that fails the cached answer with `refresh_error`.
    NetworkFirst,
    /// The cached answer however old, or an error. Nothing is sent.
    CacheOnly,
    /// The server, or an error.
    NetworkOnly,
    /// The cached answer at once, however old, while the server is asked in the background; observers get the new one.
    CacheAndNetwork,
}
