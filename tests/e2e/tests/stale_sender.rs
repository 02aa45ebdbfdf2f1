//! Scenario 22: a process that is stopped between deciding to send and sending, for longer than its right to send lasts.

use std::sync::Arc;
use std::time::Duration;

use pmi_core::ports::{
    Clock as _, HttpClient, HttpClientConfig, Network, NetworkError, NetworkRequest, NetworkResponse,
    PortFuture,
};
use pmi_e2e::desk::{book, done, first_vehicle};
use pmi_e2e::{DeviceClock, World, both_dialects};
use tokio::sync::Notify;

/// Sends a POST only once it is let go, however long ago its sender has given up: as a process does that was stopped.
struct Stopped {
    inner: Arc<HttpClient>,
    stopped: Arc<Notify>,
    go: Arc<Notify>,
    ended: Arc<Notify>,
}

impl Network for Stopped {
    fn send(&self, request: NetworkRequest) -> PortFuture<Result<NetworkResponse, NetworkError>> {
        let inner = Arc::clone(&self.inner);
        if request.method != "POST" {
            return Box::pin(async move { inner.send(request).await });
        }
        let (stopped, go, ended) = (
            Arc::clone(&self.stopped),
            Arc::clone(&self.go),
            Arc::clone(&self.ended),
        );
        Box::pin(async move {
            let late = tokio::spawn(async move {
                stopped.notify_one();
                go.notified().await;
                let answer = inner.send(request).await;
                ended.notify_one();
                answer
            });
            late.await.unwrap_or(Err(NetworkError::Interrupted))
        })
    }
}

async fn a_stale_sender(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.set_offline(true);
    let item = book(&client, 10).await;
    client.close();

    let network = Arc::new(Stopped {
        inner: Arc::new(HttpClient::new(HttpClientConfig::default()).expect("a client")),
        stopped: Arc::default(),
        go: Arc::default(),
        ended: Arc::default(),
    });
    // A stopped process hears none of its timers: its clock stands still.
    let clock = DeviceClock::new(device.clock.wall());
    let stale = device.open_on(&clock, Arc::clone(&network) as _);
    stale.account().state().await.expect("opened");
    network.stopped.notified().await;

    // It has its right to send, and its lock, and does nothing for a minute.
    device.clock.advance(Duration::from_secs(60));
    world.server_clock.advance(Duration::from_secs(60));
    let other = device.open();
    other.account().state().await.expect("opened");
    let skipping = world.skip_waits(&device);
    done(&other, &item).await;
    drop(skipping);
    assert_eq!(world.create_requests(), 1);
    clock.advance(Duration::from_secs(60));
    network.go.notify_one();
    network.ended.notified().await;
    assert_eq!(world.create_requests(), 1, "what was late was withheld");
    assert_eq!(world.made().await, ["2026-12-25T10:00:00 scheduled"]);
}
both_dialects!(a_stale_sender => s22_a_sender_that_was_stopped_for_a_minute_sends_nothing_late_v1,
    s22_a_sender_that_was_stopped_for_a_minute_sends_nothing_late_v2);
