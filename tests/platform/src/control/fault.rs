//! What can be done to an exchange.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::watch;

/// A change to a JSON answer, before it is compressed.
pub type JsonEdit = Arc<dyn Fn(&mut serde_json::Value) + Send + Sync>;

/// What is done to an exchange.
#[derive(Clone)]
#[non_exhaustive]
pub enum Fault {
    /// Answered with this instead of being handled: nothing is applied.
    Status {
        /// The status code.
        status: u16,
        /// More headers.
        headers: Vec<(String, String)>,
        /// The body.
        body: Bytes,
        /// Its `Content-Type`.
        content_type: String,
    },
    /// Held before it is handled, until the gate opens.
    HoldBefore(Gate),
    /// Held where it is in flight: signed in, its idempotency key taken, nothing done yet, until the gate opens. On v1, which has
    /// no such place, as `HoldBefore`.
    HoldInside(Gate),
    /// Handled, then held before it is answered, until the gate opens.
    HoldAfter(Gate),
    /// Waits, on real time, before it is handled.
    Delay(Duration),
    /// The connection closes before the request is handled: nothing is applied.
    CutBefore,
    /// The connection closes when so many bytes of the request's body have come: nothing is applied. A shorter body is not cut.
    CutInside(usize),
    /// The request is handled and applied; then the connection closes without an answer.
    CutAfter,
    /// Handled; the answer promises its whole length and ends half way, inside gzip or zstd too.
    TruncateBody,
    /// Handled; the answer's body is this instead, under the answer's own status and headers.
    WrongBody(Bytes),
    /// Not handled: 200 `text/html`, as a captive portal answers.
    Html,
    /// Not handled: 302 to this address.
    Redirect(String),
    /// Not handled: 200 with a small gzip body of 256 MiB of JSON once unpacked.
    GzipBomb,
    /// Not handled: 200 with JSON nested 100 000 deep.
    DeepJson,
    /// Handled; the body then comes a byte at a time, every 300 ms of real time.
    TrickleBody,
    /// Not handled: 200 with a JSON body of 1 GiB, sent as long as the client reads.
    HugeBody,
    /// Handled; a JSON answer is changed by this.
    MapJson(JsonEdit),
    /// As if the database were down: v1 says 401 `Invalid or expired refresh token` to a refresh and its own 500s (and 200s)
    /// otherwise; v2 says 503.
    DatabaseDown,
    /// Several, in this order.
    All(Vec<Fault>),
}

impl Fault {
    /// A JSON answer of that status.
    #[must_use]
    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::Status {
            status,
            headers: Vec::new(),
            body: body.to_string().into(),
            content_type: "application/json".into(),
        }
    }

    /// An empty answer of that status with one header, such as 503 with `Retry-After`.
    #[must_use]
    pub fn status_with(status: u16, header: &str, value: &str) -> Self {
        Self::Status {
            status,
            headers: vec![(header.into(), value.into())],
            body: Bytes::new(),
            content_type: "application/json".into(),
        }
    }

    /// A change to a JSON answer.
    pub fn map_json(edit: impl Fn(&mut serde_json::Value) + Send + Sync + 'static) -> Self {
        Self::MapJson(Arc::new(edit))
    }

    /// The faults this is made of.
    pub(crate) fn flatten(self) -> Vec<Self> {
        match self {
            Self::All(all) => all.into_iter().flat_map(Self::flatten).collect(),
            one => vec![one],
        }
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Status { status, .. } => return write!(f, "Status({status})"),
            Self::HoldBefore(_) => "HoldBefore",
            Self::HoldInside(_) => "HoldInside",
            Self::HoldAfter(_) => "HoldAfter",
            Self::Delay(by) => return write!(f, "Delay({by:?})"),
            Self::CutBefore => "CutBefore",
            Self::CutInside(at) => return write!(f, "CutInside({at})"),
            Self::CutAfter => "CutAfter",
            Self::TruncateBody => "TruncateBody",
            Self::WrongBody(_) => "WrongBody",
            Self::Html => "Html",
            Self::Redirect(_) => "Redirect",
            Self::GzipBomb => "GzipBomb",
            Self::DeepJson => "DeepJson",
            Self::TrickleBody => "TrickleBody",
            Self::HugeBody => "HugeBody",
            Self::MapJson(_) => "MapJson",
            Self::DatabaseDown => "DatabaseDown",
            Self::All(all) => return f.debug_list().entries(all).finish(),
        };
        f.write_str(name)
    }
}

/// Holds requests until it is released. Clones are one gate. Released once, it stays open.
#[derive(Clone, Debug)]
pub struct Gate {
    arrived: Arc<watch::Sender<u64>>,
    open: Arc<watch::Sender<bool>>,
}

impl Default for Gate {
    fn default() -> Self {
        Self::new()
    }
}

impl Gate {
    /// A closed gate.
    #[must_use]
    pub fn new() -> Self {
        Self {
            arrived: Arc::new(watch::Sender::new(0)),
            open: Arc::new(watch::Sender::new(false)),
        }
    }

    /// Returns once a request stands, or stood, at the gate.
    pub async fn arrived(&self) {
        self.arrived_at_least(1).await;
    }

    /// Returns once that many requests stand, or stood, at the gate.
    pub async fn arrived_at_least(&self, count: u64) {
        // The sender lives as long as this gate, so the wait cannot fail.
        let _ = self
            .arrived
            .subscribe()
            .wait_for(|arrived| *arrived >= count)
            .await;
    }

    /// How many requests stand, or stood, at the gate.
    #[must_use]
    pub fn arrived_count(&self) -> u64 {
        *self.arrived.borrow()
    }

    /// Lets everything through, now and later.
    pub fn release(&self) {
        self.open.send_replace(true);
    }

    /// Stands at the gate until it is open.
    pub(crate) async fn pass(&self) {
        let mut open = self.open.subscribe();
        self.arrived.send_modify(|arrived| *arrived += 1);
        let _ = open.wait_for(|open| *open).await;
    }
}
