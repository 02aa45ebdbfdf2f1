//! Decisions about requests: waits, retries and their ends.

use serde::{Deserialize, Serialize};

/// A decision about a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
#[non_exhaustive]
pub enum TransportDecision {
    /// Nothing is sent for so long.
    Wait {
        /// Milliseconds.
        millis: u64,
        /// Why.
        cause: WaitCause,
    },
    /// Something was not sent again: the budget for retries would not bear it.
    BudgetSpent {
        /// Milliseconds until time alone has earned enough for it.
        millis: u64,
    },
    /// The server failed so often in a row that nothing is sent to it for so long.
    BreakerOpened {
        /// Milliseconds.
        millis: u64,
    },
    /// One request is sent to find out whether the server is well again.
    BreakerProbe,
    /// It is.
    BreakerClosed,
    /// A call ended without a usable answer after more than one attempt.
    GaveUp {
        /// How often it was sent.
        attempts: u32,
    },
}

/// Why a request waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitCause {
    /// The server asked for it (`Retry-After`).
    RetryAfter,
    /// v1's limiter answered.
    Limiter,
    /// A failure; a growing, jittered wait of our own.
    Backoff,
    /// Others were asked to wait, and this one waits with them.
    CoolDown,
    /// The server's limiter would refuse it now.
    Pacing,
}
