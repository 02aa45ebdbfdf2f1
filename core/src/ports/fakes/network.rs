//! A network that follows a script and remembers what it was sent.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use url::Url;

use super::ManualClock;
use crate::ports::{Clock, Network, NetworkError, NetworkRequest, NetworkResponse, PortFuture, Sleep};

/// A network that answers as told and remembers what it was sent. What a permit withholds was not sent and gets no reply.
pub(crate) struct ScriptedNetwork {
    clock: ManualClock,
    answer: Box<dyn Fn(&Sent) -> Reply + Send + Sync>,
    sent: Mutex<Vec<Sent>>,
    drops: AtomicUsize,
}

/// A request as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    /// When, on the boot clock.
    pub(crate) at: Duration,
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// How often idle connections had been dropped before.
    pub(crate) drops: usize,
}

impl Sent {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// What the network does with a request.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    Fail(NetworkError),
    /// No answer, ever.
    Hang,
    Answer(FakeAnswer),
}

/// An answer: a head after a while, then the parts of the body.
#[derive(Debug, Clone)]
pub(crate) struct FakeAnswer {
    pub(crate) after: Duration,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) parts: Vec<Part>,
}

/// A part of a body.
#[derive(Debug, Clone)]
pub(crate) enum Part {
    Bytes(Bytes),
    Wait(Duration),
    Fail(NetworkError),
    Hang,
}

impl Reply {
    /// A JSON answer with an `X-Request-ID`, as the servers give it.
    pub(crate) fn json(status: u16, body: impl Into<Bytes>) -> Self {
        Self::body(status, "application/json", body).header("x-request-id", "from-server")
    }

    /// An answer of any type, without `X-Request-ID`.
    pub(crate) fn body(status: u16, kind: &str, body: impl Into<Bytes>) -> Self {
        Self::empty(status)
            .header("content-type", kind)
            .part(Part::Bytes(body.into()))
    }

    /// A head and nothing else.
    pub(crate) fn empty(status: u16) -> Self {
        Self::Answer(FakeAnswer {
            after: Duration::ZERO,
            status,
            headers: HeaderMap::new(),
            parts: Vec::new(),
        })
    }

    pub(crate) fn header(self, name: &str, value: &str) -> Self {
        self.with(|answer| {
            let name: HeaderName = name.parse().unwrap();
            answer.headers.insert(name, HeaderValue::from_str(value).unwrap());
        })
    }

    pub(crate) fn part(self, part: Part) -> Self {
        self.with(|answer| answer.parts.push(part))
    }

    /// Delays the head.
    pub(crate) fn after(self, delay: Duration) -> Self {
        self.with(|answer| answer.after = delay)
    }

    fn with(self, change: impl FnOnce(&mut FakeAnswer)) -> Self {
        match self {
            Self::Answer(mut answer) => {
                change(&mut answer);
                Self::Answer(answer)
            }
            other => other,
        }
    }
}

impl ScriptedNetwork {
    /// Answers each request by looking at it.
    pub(crate) fn answering(
        clock: &ManualClock,
        answer: impl Fn(&Sent) -> Reply + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new(Self {
            clock: clock.clone(),
            answer: Box::new(answer),
            sent: Mutex::default(),
            drops: AtomicUsize::new(0),
        })
    }

    /// Answers the requests in this order; one too many fails the test.
    pub(crate) fn script(clock: &ManualClock, replies: impl IntoIterator<Item = Reply>) -> Arc<Self> {
        let replies = Mutex::new(replies.into_iter().collect::<VecDeque<_>>());
        Self::answering(clock, move |sent| {
            let next = replies.lock().unwrap().pop_front();
            next.unwrap_or_else(|| panic!("no reply left for {} {}", sent.method, sent.url.path()))
        })
    }

    /// What was sent so far.
    pub(crate) fn sent(&self) -> Vec<Sent> {
        self.sent.lock().unwrap().clone()
    }
}

impl Network for ScriptedNetwork {
    fn send(&self, request: NetworkRequest) -> PortFuture<Result<NetworkResponse, NetworkError>> {
        if request.permit.is_some_and(|permit| !permit.is_granted()) {
            return Box::pin(async { Err(NetworkError::Withheld) });
        }
        let sent = Sent {
            at: self.clock.elapsed(),
            method: request.method,
            url: request.url,
            headers: request.headers,
            body: request.body,
            drops: self.drops.load(Ordering::SeqCst),
        };
        let reply = (self.answer)(&sent);
        self.sent.lock().unwrap().push(sent);
        let clock = self.clock.clone();
        Box::pin(async move {
            match reply {
                Reply::Fail(error) => Err(error),
                Reply::Hang => std::future::pending().await,
                Reply::Answer(answer) => {
                    clock.sleep(answer.after).await;
                    Ok(NetworkResponse {
                        status: StatusCode::from_u16(answer.status).unwrap(),
                        headers: answer.headers,
                        body: stream::iter(answer.parts)
                            .filter_map(move |part| play(clock.clone(), part))
                            .boxed(),
                    })
                }
            }
        })
    }

    fn drop_idle(&self) {
        self.drops.fetch_add(1, Ordering::SeqCst);
    }
}

async fn play(clock: ManualClock, part: Part) -> Option<Result<Bytes, NetworkError>> {
    match part {
        Part::Bytes(bytes) => Some(Ok(bytes)),
        Part::Wait(delay) => {
            clock.sleep(delay).await;
            None
        }
        Part::Fail(error) => Some(Err(error)),
        Part::Hang => std::future::pending().await,
    }
}
