//! Decisions about who is signed in.

use serde::{Deserialize, Serialize};

use crate::error::SignInReason;

/// A decision about the session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
#[non_exhaustive]
pub enum SessionDecision {
    /// Somebody signed in.
    SignedIn,
    /// The person signed out.
    SignedOut,
    /// A refresh began with the pair of this generation.
    RefreshStarted {
        /// Counts up with each pair.
        generation: i64,
        /// Why.
        cause: RefreshCause,
    },
    /// The newest pair, of this generation, was refused for good before it had worked: the one before it is tried.
    OldPairTried {
        /// Counts up with each pair.
        generation: i64,
    },
    /// The server granted the pair of this generation, and it is on disk.
    Refreshed {
        /// Counts up with each pair.
        generation: i64,
    },
    /// The password was changed, and the pair of this generation could not be written down: it is used from memory.
    Unsaved {
        /// Counts up with each pair.
        generation: i64,
    },
    /// Another process, or an earlier one, had made the pair of this generation: it is used.
    Adopted {
        /// Counts up with each pair.
        generation: i64,
    },
    /// No answer to a refresh, or none that can be read: it may have been carried out. The same token is used again.
    RefreshUnknown {
        /// The HTTP status, if there was an answer.
        status: Option<u16>,
    },
    /// A refresh was certainly not carried out: it was not sent, or the server asked to be left alone.
    RefreshNotSent,
    /// The answer to a refresh says nothing about the token.
    RefreshWeather {
        /// The HTTP status.
        status: u16,
    },
    /// The server refused the refresh token for good.
    RefreshRefused {
        /// Why.
        why: SignInReason,
    },
    /// The server refuses what it has just granted: nothing is asked for a while.
    LoopGuard {
        /// How long, in milliseconds.
        millis: u64,
    },
    /// Another process has the right to refresh: it is waited for.
    LeaseElsewhere {
        /// For so long at most, in milliseconds.
        millis: u64,
    },
    /// Another process has taken the right to refresh over: nothing was sent or saved.
    LeaseLost,
    /// The secret store does not give the session's key now.
    Locked,
    /// The session ended: a sign-in is needed.
    Ended {
        /// Why.
        why: SignInReason,
    },
}

/// Why a refresh was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefreshCause {
    /// The access token is about to end.
    Ageing,
    /// The access token is over.
    Over,
    /// The server refused it.
    Refused,
    /// An earlier refresh has an unknown outcome.
    Unknown,
}
