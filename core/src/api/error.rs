//! What an answer that is no success means, before the one conversion into the public error.

use crate::error::{Refusal, SignInReason};

/// Why an operation has no value. Rich, internal; texts hold no server free text from 5xx answers (Q8: it may hold SQL).
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(crate) enum ApiError {
    /// The access token was refused: refresh and send again.
    #[error("the access token was refused")]
    AccessTokenRefused { request_id: Option<String> },
    /// A definite no of the server.
    #[error("refused: {reason}")]
    Refused {
        why: Refusal,
        reason: String,
        request_id: Option<String>,
    },
    /// What was to be changed is not what was seen.
    #[error("conflict: {reason}")]
    Conflict {
        reason: String,
        request_id: Option<String>,
    },
    /// The refresh token was refused.
    #[error("the refresh was refused: {0:?}")]
    RefreshRefused(RefreshRefusal),
    /// 5xx, or an answer that cannot be the one to this question. For a write the outcome is unknown.
    #[error("server fault, status {status}: {what}")]
    ServerFault {
        status: u16,
        what: &'static str,
        request_id: Option<String>,
    },
    /// Asked before sending: this cannot be right (Q14).
    #[error("{field}: {reason}")]
    InvalidInput { field: &'static str, reason: String },
    /// This dialect, or this server, has no such thing.
    #[error("unsupported: {0}")]
    Unsupported(&'static str),
    /// 304: what the caller has is still right.
    #[error("not modified")]
    NotModified,
}

/// What a refused refresh means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RefreshRefusal {
    /// A definite no: the session is over, for this reason.
    Definite(SignInReason),
    /// Not a statement about the token (Q3: v1's 401 without challenge means its database is down; 403, 422, 5xx, anything odd).
    Weather,
}
