//! A request and an answer in the form in which they cross to the transport: bytes with a little meaning.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, StatusCode};
use zeroize::Zeroizing;

use crate::ports::Permit;

/// A request, before the transport adds origin, token and headers. No `Debug`: path aside, every part can hold a secret.
pub(crate) struct WireRequest {
    pub(crate) method: Method,
    /// Absolute path, already percent-encoded, such as `/api/vehicles/7/details`.
    pub(crate) path: String,
    /// Query pairs, not yet encoded (v1's refresh token travels here).
    pub(crate) query: Vec<(&'static str, Zeroizing<String>)>,
    /// The body; JSON, if `media` does not say otherwise.
    pub(crate) body: Option<Zeroizing<Vec<u8>>>,
    pub(crate) media: Media,
    pub(crate) auth: Auth,
    pub(crate) policy: Policy,
    /// `If-None-Match`.
    pub(crate) etag: Option<String>,
    /// `Idempotency-Key` (v2).
    pub(crate) idempotency_key: Option<String>,
    /// `If-Match` (v2).
    pub(crate) if_match: Option<String>,
    /// Asked before each attempt is let go; `None`: it always may be.
    pub(crate) permit: Option<Permit>,
    pub(crate) tries: Tries,
    pub(crate) priority: Priority,
    /// It is itself a repetition: the server failed some time ago.
    pub(crate) again: bool,
    pub(crate) speaks: Speaks,
}

/// What the transport must know of the server's dialect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Speaks {
    /// Its rate limit headers mean nothing (Q2), and it has one thread. Also what is not known yet.
    #[default]
    V1,
    /// Its rate limit headers tell the truth.
    V2,
}

/// What the transport may do with a request by itself. Declared where the route is; what is not said there is [`Replay`]'s.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Policy {
    pub(crate) replay: Replay,
    /// Most times it is sent after failures and server faults, the first included; never more than configured.
    pub(crate) attempts: u32,
    /// What sending it once more costs of the budget for retries, in retries.
    pub(crate) price: u32,
    /// Whether others wait for what it brings, or it can wait for nobody: it never stands in line behind them.
    pub(crate) ahead: bool,
}

impl Policy {
    /// The dialect, or a new token: others wait for it. Or the last word of somebody who is leaving.
    pub(crate) const fn ahead(replay: Replay) -> Self {
        Self {
            ahead: true,
            ..Self::of(replay)
        }
    }

    /// So dear to the server that it is sent twice at most, and the second time costs double.
    pub(crate) const fn dear(replay: Replay) -> Self {
        Self {
            attempts: 2,
            price: 2,
            ..Self::of(replay)
        }
    }

    const fn of(replay: Replay) -> Self {
        Self {
            replay,
            attempts: u32::MAX,
            price: 1,
            ahead: false,
        }
    }
}

impl From<Replay> for Policy {
    fn from(replay: Replay) -> Self {
        Self::of(replay)
    }
}

/// What a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Media {
    /// JSON.
    Json,
    /// Bytes, of which nothing is said.
    Bytes,
}

impl Media {
    /// As `Content-Type` says it.
    pub(crate) fn as_word(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Bytes => "application/octet-stream",
        }
    }
}

/// Whether the request carries the access token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Auth {
    /// No token.
    Open,
    /// The access token, as bearer.
    Bearer,
}

/// When the transport may send the same request again by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Replay {
    /// Sending twice is as good as once: reads, and writes with an idempotency key.
    Safe,
    /// Only when the first was certainly not applied (no connection, 429, v1's limiter, 503 with Retry-After).
    OnlyIfNotApplied,
}

/// How often and how long the transport tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Tries {
    /// As the transport's configuration says.
    #[default]
    AsConfigured,
    /// The same, but without a connection only once more, soon: whoever waits has something to show meanwhile.
    Hurried,
    /// The same, but all of it within `total` (which the configured deadline may shorten).
    Within { total: Duration },
    /// Not again after a failure or a server fault, whatever [`Replay`] allows: the caller has its own schedule. "Later" is
    /// still waited for, if it comes within `total` (which the configured deadline may shorten).
    Once { total: Duration },
}

/// Who waits for the answer: what a person waits for goes before background work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Priority {
    /// Nobody: something is brought up to date ahead of time.
    Background,
    /// Nobody just now, but it was promised: the outbox.
    Promised,
    /// A person, in front of a screen.
    #[default]
    Person,
}

tokio::task_local! {
    static PRIORITY: Priority;
}

impl Priority {
    /// Runs `work`; the reads it makes have this priority. It is not handed on to tasks that it starts: what others wait for
    /// too, such as a refresh, has its own.
    pub(crate) async fn during<F: Future>(self, work: F) -> F::Output {
        PRIORITY.scope(self, work).await
    }

    /// As the task that asks was told; else somebody waits.
    pub(crate) fn of_this_task() -> Self {
        PRIORITY.try_with(|priority| *priority).unwrap_or_default()
    }
}

impl WireRequest {
    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path, Replay::Safe)
    }

    pub(crate) fn new(method: Method, path: impl Into<String>, policy: impl Into<Policy>) -> Self {
        Self {
            method,
            path: path.into(),
            query: Vec::new(),
            body: None,
            media: Media::Json,
            auth: Auth::Bearer,
            policy: policy.into(),
            etag: None,
            idempotency_key: None,
            if_match: None,
            permit: None,
            tries: Tries::AsConfigured,
            priority: Priority::Person,
            again: false,
            speaks: Speaks::V1,
        }
    }

    pub(crate) fn policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    pub(crate) fn open(mut self) -> Self {
        self.auth = Auth::Open;
        self
    }

    pub(crate) fn query(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.query.push((name, Zeroizing::new(value.into())));
        self
    }

    /// Sets the JSON body. The value's own strings are the caller's to wipe.
    pub(crate) fn json(mut self, body: &impl serde::Serialize) -> Self {
        // Serialising our own structs of strings and numbers into memory cannot fail; an empty body would be refused loudly.
        self.body = Some(Zeroizing::new(serde_json::to_vec(body).unwrap_or_default()));
        self
    }

    /// Sets a body that is not JSON.
    pub(crate) fn bytes(mut self, body: Zeroizing<Vec<u8>>) -> Self {
        (self.body, self.media) = (Some(body), Media::Bytes);
        self
    }
}

/// An answer, whole and within the caps: JSON (or no content), never HTML.
#[derive(Clone)]
pub(crate) struct WireAnswer {
    pub(crate) status: StatusCode,
    /// The server's id of the exchange, or ours if it gave none.
    pub(crate) request_id: Option<String>,
    /// Whether the answer had `WWW-Authenticate` (Q3).
    pub(crate) has_challenge: bool,
    /// Whether an earlier try of the same call may have been carried out: what this one says is not said of that.
    pub(crate) after_unknown: bool,
    pub(crate) etag: Option<String>,
    /// The body; empty for 204 and 304.
    pub(crate) body: Bytes,
}

crate::model::redacted::debug_shows!(WireAnswer: status, request_id, has_challenge);
