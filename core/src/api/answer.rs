//! What both dialects' answers have in common: statuses, JSON, lists.
//!
//! Promised: an error made here holds a status, our own words and the id of the exchange, and nothing a server wrote
//! (Q8: a 500's text can hold SQL with a password hash).

use http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::loose::{Part, Rows};
use super::{ApiError, Page, WireAnswer};
use crate::error::{FieldProblem, Refusal};

/// How many fields a sentence names.
const MOST_FIELDS: usize = 3;

/// The longest text of a server that is shown.
const LONGEST_TEXT: usize = 200;

/// The server failed, or answered something that cannot be the answer to this question.
pub(super) fn server_fault(answer: &WireAnswer, what: &'static str) -> ApiError {
    ApiError::ServerFault {
        status: answer.status.as_u16(),
        what,
        request_id: answer.request_id.clone(),
    }
}

/// A definite no, in our words.
pub(super) fn refused(answer: &WireAnswer, why: Refusal, reason: impl Into<String>) -> ApiError {
    ApiError::Refused {
        why,
        reason: reason.into(),
        request_id: answer.request_id.clone(),
    }
}

/// The access token was refused.
pub(super) fn token_refused(answer: &WireAnswer) -> ApiError {
    ApiError::AccessTokenRefused {
        request_id: answer.request_id.clone(),
    }
}

/// The server speaks the other dialect.
pub(super) fn wrong_dialect(answer: &WireAnswer) -> ApiError {
    ApiError::WrongDialect {
        request_id: answer.request_id.clone(),
        after_unknown: answer.after_unknown,
    }
}

/// The app is too old for the server.
pub(super) fn upgrade_required(answer: &WireAnswer) -> ApiError {
    ApiError::UpgradeRequired {
        request_id: answer.request_id.clone(),
    }
}

/// There is no such thing, or it is somebody else's.
pub(super) fn not_found(answer: &WireAnswer, noun: &str) -> ApiError {
    refused(
        answer,
        Refusal::NotFound,
        format!("there is no such {noun}, or it is not yours"),
    )
}

/// The server found fields it does not accept.
pub(super) fn invalid(answer: &WireAnswer, fields: Vec<FieldProblem>) -> ApiError {
    let said = fields
        .iter()
        .take(MOST_FIELDS)
        .map(|problem| match problem.reason.as_str() {
            "" => problem.field.clone(),
            reason => format!("{} ({reason})", problem.field),
        });
    let said: Vec<String> = said.collect();
    let reason = if said.is_empty() {
        "the server did not accept what was sent".to_owned()
    } else {
        format!("the server did not accept: {}", said.join(", "))
    };
    refused(answer, Refusal::Invalid { fields }, reason)
}

/// A 4xx nobody wrote down.
pub(super) fn other(answer: &WireAnswer, code: Option<String>) -> ApiError {
    let code = code.unwrap_or_else(|| format!("http_{}", answer.status.as_u16()));
    let reason = format!("the server refused this ({code})");
    refused(answer, Refusal::Other { code }, reason)
}

/// What a status says by itself, whatever the body: "not modified", "not now", or that the server failed.
pub(super) fn by_status(answer: &WireAnswer) -> Option<ApiError> {
    Some(match answer.status {
        StatusCode::NOT_MODIFIED => ApiError::NotModified,
        StatusCode::UPGRADE_REQUIRED => upgrade_required(answer),
        // Not answers to the question, and no refusals: the same may be fine a moment later.
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS => {
            server_fault(answer, "it asked to be left alone for now")
        }
        status if status.is_server_error() => server_fault(answer, "it failed"),
        status if !status.is_client_error() => server_fault(answer, "it answered with an unexpected status"),
        _ => return None,
    })
}

/// The body as JSON; `None` if it is none.
pub(super) fn json(answer: &WireAnswer) -> Option<Value> {
    serde_json::from_slice(&answer.body).ok()
}

/// The body of a good answer, as one record.
pub(super) fn record<T: DeserializeOwned>(answer: &WireAnswer, value: Value) -> Result<T, ApiError> {
    serde_json::from_value(value)
        .map_err(|_| server_fault(answer, "the answer has another shape than it should"))
}

/// Builds the model of each item. One that cannot be (no id, no time) is left out, because a customer with nine good
/// bookings must not see none; if not a single one can be, the answer is not the list that was asked for.
pub(super) fn page<T, M>(
    answer: &WireAnswer,
    rows: Rows<T>,
    next: Option<String>,
    build: impl Fn(T) -> Option<M>,
) -> Result<Page<M>, ApiError> {
    let Some(rows) = rows.0 else {
        return Err(server_fault(answer, "the list is missing"));
    };
    let sent = rows.len();
    let items: Vec<M> = rows
        .into_iter()
        .filter_map(|Part(row)| row.and_then(&build))
        .collect();
    if items.len() < sent {
        if items.is_empty() {
            return Err(server_fault(answer, "no item of the list can be read"));
        }
        tracing::warn!(
            sent,
            readable = items.len(),
            request_id = answer.request_id,
            "items of a list cannot be read and are left out"
        );
    }
    Ok(Page { items, next })
}

/// A field's name as far as it can be shown.
pub(super) fn field_name(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
        .take(64)
        .collect()
}

/// A server's word on a field as far as it can be shown: one line, not long.
pub(super) fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(LONGEST_TEXT)
        .collect()
}
