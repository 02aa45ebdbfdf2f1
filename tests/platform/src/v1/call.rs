//! A request as a handler sees it.

use std::sync::Arc;

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;

use super::model::{self, Field, Values};
use super::reply::{self, challenge, database_error, detail, invalid, refused_connection};
use super::when;
use crate::app::App;
use crate::auth::jwt::{self, V1Claims};
use crate::store::{Customer, Store};
use crate::wire::{Answer, Origin};

/// A request as a handler sees it.
pub(super) struct Call {
    pub(super) app: Arc<App>,
    pub(super) parts: Parts,
    pub(super) params: Vec<(String, String)>,
    pub(super) body: Bytes,
    pub(super) request_id: String,
    pub(super) now: Timestamp,
}

/// How a route fails when the database is away.
pub(super) enum Away {
    /// `{"detail": "text: [Errno 111] Connection refused"}`.
    Detail(&'static str),
    /// 401 `Invalid or expired refresh token`, without a challenge.
    Refresh,
    /// 200 `{"error": ..}`.
    Fixes,
    /// The shape with a request id.
    Uncaught,
}

impl Call {
    pub(super) fn now_us(&self) -> i64 {
        when::now_us(self.now)
    }

    /// The database, unless it is away.
    pub(super) fn store(&self, away: &Away) -> Result<&Store, Box<Answer>> {
        if !self
            .parts
            .extensions
            .get::<Origin>()
            .is_some_and(|origin| origin.database_down)
        {
            return Ok(&self.app.store);
        }
        let refused = "[Errno 111] Connection refused";
        Err(match away {
            Away::Detail(text) => detail(StatusCode::INTERNAL_SERVER_ERROR, &format!("{text}: {refused}")),
            Away::Refresh => detail(StatusCode::UNAUTHORIZED, "Invalid or expired refresh token"),
            Away::Fixes => Box::new(reply::answer(
                StatusCode::OK,
                &serde_json::json!({ "error": refused }),
            )),
            Away::Uncaught => refused_connection(&self.request_id),
        })
    }

    /// A database error nothing catches.
    pub(super) fn broken(&self, error: &sqlx::Error) -> Box<Answer> {
        tracing::error!(%error, "the database failed");
        database_error(&self.request_id)
    }

    /// The number in the path.
    pub(super) fn id(&self, name: &str) -> Result<i64, Box<Answer>> {
        let text = self
            .params
            .iter()
            .find(|(key, _)| key == "id")
            .map_or("", |(_, value)| value);
        model::number("path", name, text).map_err(|one| invalid(vec![one]))
    }

    /// A parameter of the query.
    pub(super) fn query(&self, name: &str) -> Option<String> {
        let pairs: Vec<(String, String)> = axum::extract::Query::try_from_uri(&self.parts.uri)
            .map(|pairs| pairs.0)
            .unwrap_or_default();
        pairs
            .into_iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }

    /// A number of the query.
    pub(super) fn query_int(&self, name: &str) -> Result<Option<i64>, Box<Answer>> {
        let number = self
            .query(name)
            .map(|text| model::number("query", name, &text))
            .transpose();
        number.map_err(|one| invalid(vec![one]))
    }

    /// `limit`: at most 200, and a negative one breaks the query.
    pub(super) fn limit(&self, or: i64) -> Result<i64, Box<Answer>> {
        let limit = self.query_int("limit")?.unwrap_or(or);
        if limit > 200 {
            return Err(invalid(vec![model::at_most(
                "limit",
                &self.query("limit").unwrap_or_default(),
                200,
            )]));
        }
        if limit < 0 {
            Err(database_error(&self.request_id))
        } else {
            Ok(limit)
        }
    }

    /// The body by its fields.
    pub(super) fn read(&self, fields: &[Field]) -> Result<Values, Box<Answer>> {
        model::read(&self.parts.headers, &self.body, fields)
    }

    /// Whose good access token the request has.
    pub(super) fn bearer(&self) -> Result<i64, Box<Answer>> {
        let token = bearer(&self.parts.headers)?;
        subject(&self.app, &token, "access", self.now)
    }

    /// The customer of that id, or 404.
    pub(super) async fn customer(&self, id: i64, away: &Away) -> Result<Customer, Box<Answer>> {
        let found = self
            .store(away)?
            .customer(id)
            .await
            .map_err(|error| self.broken(&error))?;
        found.ok_or_else(|| detail(StatusCode::NOT_FOUND, "Customer not found"))
    }
}

fn bearer(headers: &HeaderMap) -> Result<String, Box<Answer>> {
    let forbidden = |text| detail(StatusCode::FORBIDDEN, text);
    let header = headers
        .get(http::header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    match header.split_once(' ') {
        Some((_, "")) => Err(forbidden("Not authenticated")),
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(token.to_owned()),
        Some(_) => Err(forbidden("Invalid authentication credentials")),
        None => Err(forbidden("Not authenticated")),
    }
}

/// Whose token it is, if this key signed it as that kind and it has not expired.
pub(super) fn subject(app: &App, token: &str, kind: &str, now: Timestamp) -> Result<i64, Box<Answer>> {
    let refused = || challenge("Could not validate credentials");
    let claims = jwt::open::<V1Claims>(&app.key(), token)
        .filter(|claims| claims.kind == kind)
        .ok_or_else(refused)?;
    // The library compares whole seconds; the platform's own check, which has its own words, comes after it.
    if claims.exp < now.as_second() {
        return Err(refused());
    }
    if claims.exp.saturating_mul(1_000_000) < now.as_microsecond() {
        return Err(challenge("Token has expired"));
    }
    claims.sub.parse().map_err(|_| refused())
}
