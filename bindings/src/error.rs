//! Why a call did not give what was asked for: sealed, with fields; nothing in it is to be compared as text.

use std::time::SystemTime;

use pmi_core::Error;
use pmi_core::error::StorageFault;
use pmi_core::screens::Problem;

/// Why a call did not give what was asked for. `reason` is for a log; what to say to a person is in a screen's `Problem`.
#[derive(Debug, Clone, PartialEq, thiserror::Error, uniffi::Error)]
pub enum PmiError {
    /// Nobody is signed in, or the session ended for good.
    #[error("{reason}")]
    SignInNeeded {
        /// What to say, and what to do.
        problem: Problem,
        /// For a log.
        reason: String,
    },
    /// The keys of this account cannot be read now. Unlock and try again; nobody was signed out.
    #[error("{reason}")]
    Locked {
        /// For a log.
        reason: String,
    },
    /// No answer came, or a login page in its place.
    #[error("{reason}")]
    Offline {
        /// What to say, and what to do.
        problem: Problem,
        /// For a log.
        reason: String,
    },
    /// The server's identity could not be proven. Nothing secret was sent.
    #[error("{reason}")]
    Untrusted {
        /// For a log.
        reason: String,
    },
    /// The server asked to be left alone until then.
    #[error("the server is busy")]
    Busy {
        /// By this device's clock.
        until: SystemTime,
    },
    /// The server understood and said no.
    #[error("{reason}")]
    Refused {
        /// What to say, and what to do.
        problem: Problem,
        /// For a log.
        reason: String,
    },
    /// There are changes that were not sent yet: keep them or discard them.
    #[error("{count} changes were not sent yet")]
    Unsent {
        /// How many.
        count: u32,
    },
    /// The server failed.
    #[error("{reason}")]
    ServerFault {
        /// For a log.
        reason: String,
        /// The server's id of the exchange, for support.
        request_id: Option<String>,
    },
    /// The server takes no calls from this version of the app any more: have the person install the newer one. Nobody was signed
    /// out, and unsent changes are kept.
    #[error("{reason}")]
    UpgradeRequired {
        /// What to say, and what to do.
        problem: Problem,
        /// For a log.
        reason: String,
    },
    /// An argument cannot be right. Nothing was done.
    #[error("{field}: {reason}")]
    InvalidInput {
        /// Which.
        field: String,
        /// What would be right.
        reason: String,
    },
    /// The disk, or a file of this library on it, failed. What was accepted before is kept.
    #[error("{reason}")]
    Storage {
        /// What to say, and what to do.
        problem: Problem,
        /// For a log.
        reason: String,
    },
    /// The client is suspended.
    #[error("the client is suspended: resume it first")]
    Suspended,
    /// The client was closed.
    #[error("the client is closed: open another one")]
    Closed,
    /// A defect of this library. Please report it.
    #[error("{reason}")]
    Internal {
        /// Where it happened; no data.
        reason: String,
    },
}

impl PmiError {
    /// A folder or a file cannot be had.
    pub(crate) fn cannot_open(reason: String) -> Self {
        let why = StorageFault::CannotOpen;
        Error::Storage { why, reason }.into()
    }
}

impl From<Error> for PmiError {
    fn from(error: Error) -> Self {
        let (problem, reason) = (Problem::from(&error), error.to_string());
        match error {
            Error::SignInNeeded { .. } => Self::SignInNeeded { problem, reason },
            Error::Locked { .. } => Self::Locked { reason },
            Error::Offline { .. } | Error::CaptivePortal => Self::Offline { problem, reason },
            Error::Untrusted { .. } => Self::Untrusted { reason },
            Error::Busy { until } => Self::Busy { until: until.into() },
            Error::Refused { .. }
            | Error::Conflict { .. }
            | Error::AmbiguousTime { .. }
            | Error::Unsupported { .. } => Self::Refused { problem, reason },
            Error::Unsent { count } => Self::Unsent { count },
            Error::ServerFault { reason, request_id } => Self::ServerFault { reason, request_id },
            Error::UpgradeRequired { .. } => Self::UpgradeRequired { problem, reason },
            Error::InvalidInput { field, reason } => Self::InvalidInput { field, reason },
            Error::Storage { .. } => Self::Storage { problem, reason },
            Error::Suspended => Self::Suspended,
            Error::Closed => Self::Closed,
            Error::Internal { .. } => Self::Internal { reason },
        }
    }
}
