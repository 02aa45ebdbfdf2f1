//! One attempt: the request goes out, and an answer comes back whole and within the caps, or not.
//!
//! Promises: ends by the deadline, after a silence of `stall`, or when a body trickles, on the core's own clock, so that a byte
//! a second cannot hold a call (scenario 17); never holds more of a body than the cap; looks at the content type before it takes a byte of the
//! body, so a portal's page is neither read nor parsed (13). Dropping the future ends the exchange. A device that slept, or a
//! process that was stopped, in the middle of a body goes on reading it if the call still has time; if not, the answer did not
//! come in time, and that is not the server's fault.

use std::sync::OnceLock;
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::future::{Either, select};
use http::{HeaderMap, StatusCode, header};

use super::json::{DepthGauge, is_json};
use super::rate::RateGauge;
use super::{TransportConfig, limiter, redirect};
use crate::ports::{BodyStream, NetworkError, NetworkRequest, NetworkResponse, Ports};

/// How an attempt ended.
#[derive(Debug)]
pub(super) enum Outcome {
    /// A whole answer: JSON, or nothing.
    Answer(Answer),
    /// A 4xx or 5xx that is not JSON: a proxy's page, unread.
    Page { status: StatusCode, headers: HeaderMap },
    /// A redirect.
    Redirect { status: StatusCode, headers: HeaderMap },
    /// Something answered that is not the server.
    Portal { status: StatusCode },
    /// An answer that cannot be used.
    Unusable {
        status: StatusCode,
        headers: HeaderMap,
        what: &'static str,
    },
    /// No answer, or no whole one.
    Failed(NetworkError),
    /// Silence for longer than `stall`.
    Silent,
    /// The same after the head had come.
    Stalled,
    /// The deadline of the call has passed.
    Expired,
}

impl Outcome {
    /// Status and headers, as far as they came.
    pub(super) fn head(&self) -> (Option<StatusCode>, Option<&HeaderMap>) {
        match self {
            Self::Answer(answer) => (Some(answer.status), Some(&answer.headers)),
            Self::Page { status, headers }
            | Self::Redirect { status, headers }
            | Self::Unusable { status, headers, .. } => (Some(*status), Some(headers)),
            Self::Portal { status } => (Some(*status), None),
            Self::Failed(_) | Self::Silent | Self::Stalled | Self::Expired => (None, None),
        }
    }

    /// Whether the attempt failed in such a way that the server never got the whole request, and never will.
    pub(super) fn is_unsent(&self) -> bool {
        matches!(
            self,
            Self::Failed(
                NetworkError::Tls(_)
                    | NetworkError::Withheld
                    | NetworkError::BadRequest
                    | NetworkError::Setup(_)
            )
        )
    }

    /// One word for the log.
    pub(super) fn failure(&self) -> Option<&'static str> {
        match self {
            Self::Answer(answer) => answer.limiter.then_some("limiter"),
            Self::Page { .. } => Some("not JSON"),
            Self::Redirect { .. } => Some("redirect"),
            Self::Portal { .. } => Some("portal"),
            Self::Unusable { what, .. } => Some(what),
            Self::Silent => Some("silent"),
            Self::Stalled => Some("stalled"),
            Self::Expired => Some("deadline"),
            Self::Failed(error) => Some(match error {
                NetworkError::Dns => "dns",
                NetworkError::Connect => "connect",
                NetworkError::Tls(_) => "tls",
                NetworkError::Interrupted => "interrupted",
                NetworkError::Damaged => "damaged",
                NetworkError::Withheld => "withheld",
                NetworkError::BadRequest => "bad request",
                NetworkError::Setup(_) => "setup",
            }),
        }
    }
}

/// A whole answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) limiter: bool,
}

/// Who waits how long for what.
pub(super) struct Exchange<'a> {
    pub(super) ports: &'a Ports,
    pub(super) config: &'a TransportConfig,
    /// On [`Clock::elapsed`](crate::ports::Clock::elapsed).
    pub(super) deadline: Duration,
    /// When the head of the answer had come, on the same clock.
    pub(super) heard: OnceLock<Duration>,
}

impl Exchange<'_> {
    pub(super) async fn run(&self, request: NetworkRequest) -> Outcome {
        match self.within(self.ports.network.send(request)).await {
            Ok(Ok(head)) => {
                self.heard.get_or_init(|| self.ports.clock.elapsed());
                self.read(head).await
            }
            Ok(Err(error)) => Outcome::Failed(error),
            Err(late) => late,
        }
    }

    async fn read(&self, head: NetworkResponse) -> Outcome {
        let NetworkResponse {
            status,
            headers,
            body,
        } = head;
        if status == StatusCode::NETWORK_AUTHENTICATION_REQUIRED {
            return Outcome::Portal { status };
        }
        if redirect::is_redirect(status) {
            return Outcome::Redirect { status, headers };
        }
        let length = content_length(&headers);
        let empty = Bytes::new();
        if matches!(status.as_u16(), 204 | 205 | 304) {
            return whole(status, headers, empty);
        }
        let json = is_json(&headers);
        if !json && !status.is_success() {
            return Outcome::Page { status, headers };
        }
        if !json && length == Some(0) {
            return whole(status, headers, empty);
        }
        // Without a type there may be nothing to come, and the first byte tells.
        let cap = if json {
            self.config.max_body
        } else if headers.contains_key(header::CONTENT_TYPE) {
            return Outcome::Portal { status };
        } else {
            0
        };
        if limiter::head_fits(status, &headers) {
            // Before the body ends: with its last byte the connection would go back to the pool.
            self.ports.network.drop_idle();
        }
        if json && length.is_some_and(|length| length > self.config.max_body as u64) {
            return too_large(status, headers);
        }
        match self.collect(body, cap).await {
            Ok(body) => whole(status, headers, body),
            Err(Stop::TooLarge) if json => too_large(status, headers),
            Err(Stop::TooLarge) => Outcome::Portal { status },
            Err(Stop::TooDeep) => Outcome::Unusable {
                status,
                headers,
                what: "nested too deep",
            },
            Err(Stop::TooSlow) => Outcome::Unusable {
                status,
                headers,
                what: "too slow",
            },
            Err(Stop::Failed(NetworkError::Damaged)) => Outcome::Unusable {
                status,
                headers,
                what: "damaged",
            },
            Err(Stop::Failed(error)) => Outcome::Failed(error),
            Err(Stop::Late(Outcome::Silent)) => Outcome::Stalled,
            Err(Stop::Late(late)) => late,
        }
    }

    async fn collect(&self, mut body: BodyStream, cap: usize) -> Result<Bytes, Stop> {
        let mut collected = Blocks::default();
        let mut gauge = DepthGauge::new(self.config.max_depth);
        let mut rate = RateGauge {
            began: self.ports.clock.elapsed(),
            grace: self.config.rate_grace,
            least: self.config.min_rate,
        };
        loop {
            let since = self.ports.clock.elapsed();
            let Some(part) = self.within(body.next()).await.map_err(Stop::Late)? else {
                break;
            };
            let part = part.map_err(Stop::Failed)?;
            let now = self.ports.clock.elapsed();
            let waited = now.saturating_sub(since);
            if waited > self.config.stall {
                rate.slept(waited);
            }
            if part.len() > cap - collected.length {
                return Err(Stop::TooLarge);
            }
            gauge.read(&part).map_err(|_| Stop::TooDeep)?;
            collected.add(&part);
            if rate.is_too_slow(collected.length, now) {
                return Err(Stop::TooSlow);
            }
        }
        Ok(collected.whole())
    }

    /// What `work` gives, unless silence or the deadline comes first.
    async fn within<T>(&self, work: impl Future<Output = T> + Unpin) -> Result<T, Outcome> {
        let left = self.deadline.saturating_sub(self.ports.clock.elapsed());
        if left.is_zero() {
            return Err(Outcome::Expired);
        }
        let (limit, late) = if left <= self.config.stall {
            (left, Outcome::Expired)
        } else {
            (self.config.stall, Outcome::Silent)
        };
        match select(work, self.ports.sleep.sleep(limit)).await {
            Either::Left((done, _)) => Ok(done),
            Either::Right(((), _)) => Err(late),
        }
    }
}

/// A body as it comes, put together once it is whole: a buffer that grows holds up to three times what came, and a list of
/// parts that were sent byte by byte thirty times (scenario 17).
#[derive(Default)]
struct Blocks {
    full: Vec<Vec<u8>>,
    last: Vec<u8>,
    length: usize,
}

impl Blocks {
    const SIZE: usize = 64 * 1024;

    fn add(&mut self, mut part: &[u8]) {
        self.length += part.len();
        while !part.is_empty() {
            if self.last.len() == Self::SIZE {
                self.full.push(std::mem::take(&mut self.last));
            }
            let (now, later) = part.split_at(part.len().min(Self::SIZE - self.last.len()));
            self.last.extend_from_slice(now);
            part = later;
        }
    }

    fn whole(self) -> Bytes {
        if self.full.is_empty() {
            return self.last.into();
        }
        let mut whole = Vec::with_capacity(self.length);
        for block in self.full.into_iter().chain([self.last]) {
            whole.extend_from_slice(&block);
        }
        whole.into()
    }
}

enum Stop {
    TooLarge,
    TooDeep,
    TooSlow,
    Failed(NetworkError),
    Late(Outcome),
}

fn whole(status: StatusCode, headers: HeaderMap, body: Bytes) -> Outcome {
    Outcome::Answer(Answer {
        limiter: limiter::is_limiter(status, &headers, &body),
        status,
        headers,
        body,
    })
}

fn too_large(status: StatusCode, headers: HeaderMap) -> Outcome {
    Outcome::Unusable {
        status,
        headers,
        what: "too large",
    }
}

fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers
        .get(header::CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()
}
