//! What an answer that is no success means, before the one conversion into the public error.

use crate::error::{Error, Refusal, SignInReason};
use crate::model::{Booking, Conflict, ConflictKind, Slot};

/// The status of a server that takes no calls from this version of the app.
pub(super) const UPGRADE_REQUIRED: u16 = 426;

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
        kind: ConflictKind,
        /// What the server has now, where it says it (412).
        current: Option<Box<Booking>>,
        /// What is still free nearby, where it says it (`slot_taken`).
        free_slots: Vec<Slot>,
        reason: String,
        request_id: Option<String>,
    },
    /// The refresh token was refused, or could not be judged.
    #[error("the refresh was refused: {refusal:?}")]
    RefreshRefused {
        refusal: RefreshRefusal,
        /// Whether an earlier try of the same call may have been carried out.
        after_unknown: bool,
        request_id: Option<String>,
    },
    /// The server answered in the other dialect: as if it had become v2, or been put back to v1. Ask again which it is.
    #[error("the server does not speak the dialect it was asked in")]
    WrongDialect {
        request_id: Option<String>,
        /// Whether an earlier try of the same call may have been applied.
        after_unknown: bool,
    },
    /// 426: the server takes no calls from this version of the app.
    #[error("the app is too old for the server")]
    UpgradeRequired { request_id: Option<String> },
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
    Weather { status: u16 },
}

/// The one conversion into the public error. What is rich is logged here and stays here: statuses and our own words, no
/// value of anybody's.
impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        match error {
            ApiError::Refused {
                why,
                reason,
                request_id,
            } => Self::Refused {
                why,
                reason,
                request_id,
            },
            ApiError::Conflict {
                kind,
                current,
                free_slots,
                reason,
                request_id,
            } => Self::Conflict {
                conflict: Box::new(Conflict {
                    kind,
                    reason,
                    current,
                    free_slots,
                    request_id,
                }),
            },
            ApiError::RefreshRefused {
                refusal: RefreshRefusal::Definite(why),
                ..
            } => Self::SignInNeeded { why },
            ApiError::RefreshRefused {
                refusal: RefreshRefusal::Weather {
                    status: UPGRADE_REQUIRED,
                },
                request_id,
                ..
            }
            | ApiError::UpgradeRequired { request_id } => Self::UpgradeRequired { request_id },
            ApiError::RefreshRefused { request_id, .. } => Self::ServerFault {
                reason: "the server could not renew the session just now; you are still signed in: try again later"
                    .to_owned(),
                request_id,
            },
            ApiError::AccessTokenRefused { request_id } => Self::ServerFault {
                reason: "the server did not accept this session's token: try again".to_owned(),
                request_id,
            },
            ApiError::WrongDialect { request_id, .. } => Self::ServerFault {
                reason: "the server answered as another version of itself would: try again later".to_owned(),
                request_id,
            },
            ApiError::ServerFault {
                status,
                what,
                request_id,
            } => {
                tracing::warn!(status, what, request_id, "the server failed");
                Self::ServerFault {
                    reason: "the server had a problem: try again later".to_owned(),
                    request_id,
                }
            }
            ApiError::InvalidInput { field, reason } => Self::InvalidInput {
                field: field.to_owned(),
                reason,
            },
            ApiError::Unsupported(capability) => Self::Unsupported {
                capability: capability.to_owned(),
            },
            ApiError::NotModified => Self::Internal {
                reason: "a 'not modified' reached a caller that sent no ETag".to_owned(),
            },
        }
    }
}
