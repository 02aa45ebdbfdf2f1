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
    /// The server granted the pair of this generation, and it is on disk.
    Refreshed {
        /// Counts up with each pair.
        generation: i64,
    },
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
