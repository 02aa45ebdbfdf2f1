//! A request as a handler sees it, and what a handler gives back.

use std::sync::Arc;

use bytes::Bytes;
use http::request::Parts;
use http::{Response, StatusCode, Uri};
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::failure::Failure;
use super::idempotency::{Keeping, KeptWithEffect};
use crate::app::App;
use crate::store::{Customer, Write};
use crate::wire::Answer;

/// Who is calling, once that is known.
#[derive(Clone)]
pub(crate) struct Session {
    pub(crate) customer: Customer,
    pub(crate) family: String,
}

/// A request as a handler sees it.
pub(crate) struct Call {
    pub(crate) app: Arc<App>,
    pub(crate) parts: Parts,
    pub(crate) params: Vec<(String, String)>,
    pub(crate) body: Bytes,
    pub(crate) now: Timestamp,
    pub(crate) session: Option<Session>,
    /// Where the answer is kept, if the request has an `Idempotency-Key`.
    pub(crate) keeping: Option<Keeping>,
}

/// What a handler gives back.
pub(crate) type Outcome = Result<Answer, Failure>;

/// A JSON answer.
pub(crate) fn json(status: StatusCode, body: &Value) -> Outcome {
    let mut answer = Response::new(Bytes::from(body.to_string()));
    *answer.status_mut() = status;
    Ok(answer)
}

/// A JSON answer, 200.
pub(crate) fn ok(body: &Value) -> Outcome {
    json(StatusCode::OK, body)
}

/// The pairs of a query, decoded.
pub(crate) fn query(uri: &Uri) -> Vec<(String, String)> {
    axum::extract::Query::try_from_uri(uri)
        .map(|pairs| pairs.0)
        .unwrap_or_default()
}

impl Call {
    /// Who is calling. The route table says which handlers may ask.
    pub(crate) fn session(&self) -> Result<&Session, Failure> {
        self.session
            .as_ref()
            .ok_or_else(|| Failure::token("not_authenticated", "Sign in first."))
    }

    /// Who is calling.
    pub(crate) fn customer(&self) -> Result<&Customer, Failure> {
        Ok(&self.session()?.customer)
    }

    /// Commits an effect and, with it or not at all, the answer to a repeated `Idempotency-Key`. Keyed handlers end a write
    /// so and never with a bare commit.
    pub(crate) async fn commit(&self, mut write: Write, mut answer: Answer) -> Outcome {
        if let Some(keeping) = &self.keeping {
            if !keeping.keep(&mut write, &answer).await? {
                // Another server on these rows was first. What it answered is there for the next attempt.
                return Err(Failure::in_progress());
            }
            answer.extensions_mut().insert(KeptWithEffect);
        }
        write.commit().await?;
        Ok(answer)
    }

    /// The server's now, in microseconds.
    pub(crate) fn now_us(&self) -> i64 {
        self.now.as_microsecond()
    }

    /// The `{id}` of the path. What is no number names nothing.
    pub(crate) fn id(&self) -> Result<i64, Failure> {
        let id = self
            .params
            .iter()
            .find(|(name, _)| name == "id")
            .and_then(|(_, value)| value.parse().ok());
        id.ok_or_else(Failure::not_found)
    }

    /// A parameter of the query.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        query(&self.parts.uri)
            .into_iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }

    /// The body, which must be a JSON object of type JSON.
    pub(crate) fn object(&self) -> Result<Fields, Failure> {
        let kind = self
            .parts
            .headers
            .get(http::header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok());
        let kind = kind
            .unwrap_or_default()
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        if kind != "application/json" {
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            return Err(Failure::new(
                status,
                "unsupported_media_type",
                "Send application/json.",
            ));
        }
        match serde_json::from_slice(&self.body) {
            Ok(Value::Object(map)) => Ok(Fields {
                map,
                wrong: Vec::new(),
            }),
            _ => Err(Failure::bad_request("The body is not a JSON object.")),
        }
    }
}

/// A body's fields, and what is wrong with them so far.
pub(crate) struct Fields {
    map: Map<String, Value>,
    wrong: Vec<(&'static str, &'static str)>,
}

impl Fields {
    /// Whether the field is there, null included.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.map.contains_key(name)
    }

    /// Notes something wrong.
    pub(crate) fn wrong(&mut self, name: &'static str, reason: &'static str) {
        self.wrong.push((name, reason));
    }

    /// A text that must be there, between `min` and `max` characters.
    pub(crate) fn text(&mut self, name: &'static str, min: usize, max: usize) -> String {
        match self.optional(name, max) {
            Some(text) if text.trim().chars().count() < min => self.wrong(name, "is too short"),
            Some(text) => return text,
            None => self.missing(name),
        }
        String::new()
    }

    /// A text that may be absent or null, of at most `max` characters.
    pub(crate) fn optional(&mut self, name: &'static str, max: usize) -> Option<String> {
        match self.map.get(name) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) if text.contains('\0') => {
                self.wrong(name, "has a character that is not allowed");
                None
            }
            Some(Value::String(text)) if text.chars().count() > max => {
                self.wrong(name, "is too long");
                None
            }
            Some(Value::String(text)) => Some(text.clone()),
            Some(_) => {
                self.wrong(name, "is not a text");
                None
            }
        }
    }

    /// A whole number that may be absent or null.
    pub(crate) fn number(&mut self, name: &'static str) -> Option<i64> {
        let value = self.map.get(name).filter(|value| !value.is_null())?;
        let number = value.as_i64();
        if number.is_none() {
            self.wrong(name, "is not a whole number");
        }
        number
    }

    /// Notes that a field must be there, unless something else is wrong with it already.
    pub(crate) fn missing(&mut self, name: &'static str) {
        if !self.wrong.iter().any(|(field, _)| *field == name) {
            self.wrong(name, "is required");
        }
    }

    /// 422 if anything was wrong.
    pub(crate) fn check(self) -> Result<(), Failure> {
        if self.wrong.is_empty() {
            Ok(())
        } else {
            Err(Failure::fields(&self.wrong))
        }
    }
}
