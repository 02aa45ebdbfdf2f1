//! Bodies: honest ones, and the kinds a client must survive.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::sync::Notify;
use tokio::time::{Instant, Sleep};

/// A body on its way out.
pub(crate) struct WireBody {
    kind: Kind,
    /// Told when the first byte is asked for: the head is written by then, so the close is not announced.
    on_start: Option<Arc<Notify>>,
}

enum Kind {
    /// With a length.
    Whole(Option<Bytes>),
    /// Without: chunked.
    Chunked(Option<Bytes>),
    /// The bytes, a few turns for them to be flushed, then a failure.
    Truncated { bytes: Option<Bytes>, turns: u8 },
    /// A byte, a pause, and so on.
    Trickle {
        bytes: Bytes,
        pause: Pin<Box<Sleep>>,
        every: Duration,
    },
    /// The same chunk so many times.
    Repeated { chunk: Bytes, left: u64 },
}

/// The sender gave up half way.
#[derive(Debug, thiserror::Error)]
#[error("cut short on command")]
pub(crate) struct CutShort;

impl WireBody {
    fn new(kind: Kind) -> Self {
        Self { kind, on_start: None }
    }

    pub(crate) fn whole(bytes: Bytes) -> Self {
        Self::new(Kind::Whole(Some(bytes)))
    }

    pub(crate) fn chunked(bytes: Bytes) -> Self {
        Self::new(Kind::Chunked(Some(bytes)))
    }

    /// Fails after these bytes; the caller promises more of them in `Content-Length`.
    pub(crate) fn truncated(bytes: Bytes) -> Self {
        Self::new(Kind::Truncated {
            bytes: Some(bytes),
            turns: 8,
        })
    }

    pub(crate) fn trickle(bytes: Bytes, every: Duration) -> Self {
        let pause = Box::pin(tokio::time::sleep_until(Instant::now()));
        Self::new(Kind::Trickle { bytes, pause, every })
    }

    pub(crate) fn repeated(chunk: Bytes, times: u64) -> Self {
        Self::new(Kind::Repeated { chunk, left: times })
    }

    pub(crate) fn on_start(mut self, tell: Arc<Notify>) -> Self {
        self.on_start = Some(tell);
        self
    }
}

impl Body for WireBody {
    type Data = Bytes;
    type Error = CutShort;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, CutShort>>> {
        if let Some(tell) = self.on_start.take() {
            tell.notify_one();
        }
        let bytes = match &mut self.kind {
            Kind::Whole(bytes) | Kind::Chunked(bytes) => bytes.take().filter(|bytes| !bytes.is_empty()),
            Kind::Truncated { bytes, turns } => match bytes.take() {
                Some(bytes) => Some(bytes),
                None if *turns > 0 => {
                    *turns -= 1;
                    cx.waker().wake_by_ref();
                    return Poll::Pending;
                }
                None => return Poll::Ready(Some(Err(CutShort))),
            },
            Kind::Trickle { bytes, pause, every } => {
                std::task::ready!(pause.as_mut().poll(cx));
                let next = Instant::now() + *every;
                pause.as_mut().reset(next);
                (!bytes.is_empty()).then(|| bytes.split_to(1))
            }
            Kind::Repeated { chunk, left } => left.checked_sub(1).map(|rest| {
                *left = rest;
                chunk.clone()
            }),
        };
        Poll::Ready(bytes.map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        matches!(&self.kind, Kind::Whole(Some(bytes)) if bytes.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        match &self.kind {
            Kind::Whole(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64)),
            _ => SizeHint::default(),
        }
    }
}
