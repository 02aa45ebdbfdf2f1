//! Decisions about writes that were accepted here. A write goes by the number it has on this device, and by nothing else.

use serde::{Deserialize, Serialize};

/// A decision about an accepted write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxDecision {
    /// Which one: its [`OutboxItemId`](crate::model::OutboxItemId).
    pub item: i64,
    /// What was decided.
    #[serde(flatten)]
    pub what: OutboxEvent,
}

/// What was decided about an accepted write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
#[non_exhaustive]
pub enum OutboxEvent {
    /// It is on disk, new or changed by the person: it is to be sent.
    Accepted,
    /// It is being sent.
    Sending,
    /// It did not reach the server, or the server certainly did not act on it: it is sent again.
    NotSent,
    /// It may have been applied: that is found out before it is sent again.
    Unknown,
    /// A look at the server did not find it; it may still come to be.
    NotFoundYet,
    /// The server certainly does not have it: it is sent again.
    Absent,
    /// The server failed: it is not tried again before a while.
    PutOff {
        /// Milliseconds.
        millis: u64,
    },
    /// The server applied it.
    Done,
    /// The server said no.
    Refused,
    /// What is there is not what the person saw: the person decides.
    Conflict,
    /// The person took it back.
    TakenBack,
}
