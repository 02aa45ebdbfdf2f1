//! The transport against a scripted network, and over real sockets.

mod answers;
mod breaking;
mod budgeting;
mod hushing;
mod later;
mod pacing;
mod permit;
mod priorities;
mod resending;
mod sockets;

use std::sync::Arc;
use std::time::Duration;

use http::Method;

use super::{Fault, Origin, Transport, TransportConfig, TransportError};
use crate::api::{Priority, Replay, Speaks, Tries, WireAnswer, WireRequest};
use crate::audit::Audit;
use crate::error::{Error, OfflineReason};
use crate::ports::fakes::{ManualClock, Part, Reply, ScriptedNetwork, SeededRandom, ports};
use crate::ports::{Clock, NetworkError, Ports};
use crate::store::DurableFile;

const LIMITER: &str = r#"{"detail":"Internal server error"}"#;

fn transport(clock: &ManualClock, network: &Arc<ScriptedNetwork>) -> Transport {
    with_config(clock, network, TransportConfig::default())
}

fn with_config(clock: &ManualClock, network: &Arc<ScriptedNetwork>, config: TransportConfig) -> Transport {
    let origin = Origin::parse("https://pmi.example.com").unwrap();
    let network: Arc<ScriptedNetwork> = Arc::clone(network);
    Transport::new(ports(clock, network), origin, config, Audit::nowhere())
}

/// A device's durable file.
struct Files(tempfile::TempDir);

impl Files {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Opens it, as a process does.
    fn open(&self) -> Arc<DurableFile> {
        let now = jiff::Timestamp::UNIX_EPOCH;
        let opened = DurableFile::open(self.0.path(), now, &SeededRandom::new(1));
        Arc::new(opened.unwrap().store)
    }
}

/// Sends one request through a fresh transport over these replies.
fn call(request: &WireRequest, replies: impl IntoIterator<Item = Reply>) -> Called {
    let clock = ManualClock::new();
    let began = clock.elapsed();
    let network = ScriptedNetwork::script(&clock, replies);
    let transport = transport(&clock, &network);
    let result = clock.run(transport.send(request, Some("the-token")));
    Called {
        result,
        network,
        took: clock.elapsed() - began,
    }
}

struct Called {
    result: Result<WireAnswer, TransportError>,
    network: Arc<ScriptedNetwork>,
    took: Duration,
}

impl Called {
    fn fault(&self) -> Fault {
        self.result.as_ref().unwrap_err().fault.clone()
    }

    fn maybe_applied(&self) -> bool {
        self.result.as_ref().unwrap_err().maybe_applied()
    }

    fn status(&self) -> u16 {
        self.result.as_ref().unwrap().status.as_u16()
    }

    fn attempts(&self) -> usize {
        self.network.sent().len()
    }
}

fn read() -> WireRequest {
    WireRequest::get("/api/vehicles/7/details")
}

/// A write that must not be sent twice.
fn write() -> WireRequest {
    WireRequest::new(Method::POST, "/api/bookings/create", Replay::OnlyIfNotApplied)
        .json(&serde_json::json!({"a": 1}))
}

/// A write with an idempotency key.
fn keyed_write() -> WireRequest {
    let mut request =
        WireRequest::new(Method::POST, "/api/bookings", Replay::Safe).json(&serde_json::json!({"a": 1}));
    request.idempotency_key = Some("op-1".to_owned());
    request
}

fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}
