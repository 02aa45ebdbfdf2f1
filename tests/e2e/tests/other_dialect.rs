//! Scenarios 3 and 6 when a server turns out to speak the other dialect in the middle of a refresh.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use pmi_core::ports::{
    Clock as _, HttpClient, HttpClientConfig, Network, NetworkError, NetworkRequest, NetworkResponse,
    PortFuture,
};
use pmi_core::{PmiClient, SessionState};
use pmi_e2e::sessions::read;
use pmi_e2e::{Device, DeviceClock, World};
use pmi_platform::{Dialect, Fault, Match};
use serde_json::json;
use tokio::sync::Notify;

const REFRESH: &str = "/api/auth/refresh";

/// What a refresh may take in all, by `core/src/session/rotation`.
const REQUEST: Duration = Duration::from_secs(35);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s03_what_the_other_dialect_says_does_not_settle_a_try_before_it() {
    let world = World::start(Dialect::V1).await;
    let (device, client) = world.signed_in().await;
    world.expire_tokens(&device);
    world.control().set_dialect(Dialect::V2);
    // The first try may have been applied; the second meets v2, and the third is v2's own, which does nothing.
    world
        .control()
        .on(Match::post(REFRESH))
        .nth(1)
        .then(Fault::CutAfter);
    let nothing_done = json!({"error": "missing_permission", "message": "no", "request_id": "r"});
    world
        .control()
        .on(Match::post(REFRESH))
        .nth(2)
        .then(Fault::json(403, &nothing_done));
    let skipping = world.skip_sleeps(&device);
    let failed = read(&client).await;
    drop(skipping);
    assert!(failed.is_err(), "{failed:?}");
    assert_eq!(world.control().refresh_requests(), 3);
    assert_eq!(client.account().state().await, Ok(SessionState::RefreshUnknown));
    assert_eq!(
        device.open().account().state().await,
        Ok(SessionState::RefreshUnknown),
        "on disk too"
    );
}

/// The first refresh and the question for the dialect take their time; what comes after is never answered.
struct Slow {
    inner: Arc<HttpClient>,
    clock: DeviceClock,
    refreshes: AtomicU32,
    second: Notify,
    /// Whether the question for the dialect is answered.
    answers: bool,
}

const TAKES: Duration = Duration::from_secs(14);

impl Network for Slow {
    fn send(&self, request: NetworkRequest) -> PortFuture<Result<NetworkResponse, NetworkError>> {
        let is_refresh = request.url.path() == REFRESH;
        if is_refresh && self.refreshes.fetch_add(1, Ordering::SeqCst) > 0 {
            self.second.notify_one();
            return Box::pin(std::future::pending());
        }
        if !is_refresh && self.refreshes.load(Ordering::SeqCst) > 0 && !self.answers {
            self.second.notify_one();
            return Box::pin(std::future::pending());
        }
        if is_refresh || request.url.path() == "/.well-known/pmi" {
            self.clock.advance(TAKES);
        }
        self.inner.send(request)
    }
}

/// How long a refresh takes that meets the other dialect, and where it was.
async fn refresh_in_two_dialects(answers: bool) -> (Duration, PmiClient, Device) {
    let world = World::start(Dialect::V1).await;
    let (device, client) = world.signed_in().await;
    client.close();
    world.expire_tokens(&device);
    world.control().set_dialect(Dialect::V2);
    let network = Arc::new(Slow {
        inner: Arc::new(HttpClient::new(HttpClientConfig::default()).expect("a client")),
        clock: device.clock.clone(),
        refreshes: AtomicU32::new(0),
        second: Notify::new(),
        answers,
    });
    let client = device.open_over(Arc::clone(&network) as _);
    let began = device.clock.elapsed();
    let reading = read(&client);
    let passing = async {
        network.second.notified().await;
        device.clock.skip_sleeps(|_| true, |_| {})
    };
    let (failed, _skipping) = futures_util::join!(reading, passing);
    assert!(failed.is_err(), "{failed:?}");
    (device.clock.elapsed() - began, client, device)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s06_a_refresh_that_asks_for_the_dialect_in_vain_takes_no_longer_either() {
    let (took, _client, _device) = refresh_in_two_dialects(false).await;
    assert!(took <= REQUEST, "{took:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s06_a_refresh_in_two_dialects_takes_no_longer_than_one() {
    let (took, client, _device) = refresh_in_two_dialects(true).await;
    assert!(took > 2 * TAKES && took <= REQUEST, "{took:?}");
    assert_eq!(client.account().state().await, Ok(SessionState::RefreshUnknown));
}
