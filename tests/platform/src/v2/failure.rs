//! Every answer that is not a success: one envelope, stable codes, nothing of the inside.

use http::StatusCode;
use http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, Response};
use serde_json::{Value, json};

use crate::wire::Answer;

/// Why a request got no success.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    message: String,
    detail: Option<Value>,
    challenge: bool,
    retry_after: Option<u64>,
}

impl Failure {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: &str) -> Self {
        Self {
            status,
            code,
            message: message.to_owned(),
            detail: None,
            challenge: false,
            retry_after: None,
        }
    }

    pub(crate) fn detail(mut self, detail: Value) -> Self {
        self.detail = Some(detail);
        self
    }

    /// A 401 about the access token.
    pub(crate) fn token(code: &'static str, message: &str) -> Self {
        Self {
            challenge: true,
            ..Self::new(StatusCode::UNAUTHORIZED, code, message)
        }
    }

    pub(crate) fn bad_request(message: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad_request", message)
    }

    pub(crate) fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            "There is no such thing, or it is not yours.",
        )
    }

    /// A 404 that says what there is not.
    pub(crate) fn missing(message: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", message)
    }

    pub(crate) fn permission(name: &str) -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "missing_permission",
            "Your role may not do this.",
        )
        .detail(json!({ "permission": name }))
    }

    pub(crate) fn credentials(status: StatusCode) -> Self {
        Self::new(
            status,
            "invalid_credentials",
            "The address or the password is wrong.",
        )
    }

    pub(crate) fn disabled() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "account_disabled",
            "This account is switched off.",
        )
    }

    /// The same idempotency key is being answered.
    pub(crate) fn in_progress() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "in_progress",
            "The first such request is still being answered.",
        )
    }

    pub(crate) fn rate_limited(seconds: u64) -> Self {
        let failure = Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "rate_limited",
            "Too many requests.",
        );
        Self {
            retry_after: Some(seconds),
            ..failure.detail(json!({ "retry_after": seconds }))
        }
    }

    pub(crate) fn unavailable(seconds: u64) -> Self {
        let failure = Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "Please try again later.",
        );
        Self {
            retry_after: Some(seconds),
            ..failure.detail(json!({ "retry_after": seconds }))
        }
    }

    /// 422, with what is wrong with which field. What was sent is never repeated.
    pub(crate) fn fields<R: AsRef<str>>(fields: &[(&str, R)]) -> Self {
        let detail: Vec<Value> = fields
            .iter()
            .map(|(field, reason)| json!({ "field": field, "reason": reason.as_ref() }))
            .collect();
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "validation_failed",
            "Some fields are not right.",
        )
        .detail(Value::Array(detail))
    }

    /// The envelope.
    pub(crate) fn answer(&self, request_id: &str) -> Answer {
        let mut body = json!({ "error": self.code, "message": self.message, "request_id": request_id });
        if let (Some(detail), Some(body)) = (&self.detail, body.as_object_mut()) {
            body.insert("detail".into(), detail.clone());
        }
        let mut answer = Response::new(body.to_string().into());
        *answer.status_mut() = self.status;
        if self.challenge {
            answer
                .headers_mut()
                .insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            answer
                .headers_mut()
                .insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        answer
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        tracing::error!(%error, "the database failed");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Something went wrong on our side.",
        )
    }
}
