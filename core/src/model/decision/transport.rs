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
}
