//! Scenarios 3, 4, 5, 6, 9 and 10: what a refresh leaves on disk, and who goes on from there.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use pmi_core::error::SignInReason;
use pmi_core::model::{Freshness, Unsent};
use pmi_core::ports::{
    Clock as _, HttpClient, HttpClientConfig, Network, NetworkError, NetworkRequest, NetworkResponse,
    PortFuture, SecretError,
};
use pmi_core::{Error, PmiClient, SessionState};
use pmi_e2e::desk::{book, first_vehicle};
use pmi_e2e::{DeviceClock, World, both_dialects};
use pmi_platform::{Dialect, Fault, Match};
use serde_json::json;
use tokio::sync::Notify;

const REFRESH: &str = "/api/auth/refresh";
const WEEKEND: Duration = Duration::from_secs(60 * 3600);

/// The one read for which v1, too, looks at the token.
async fn read(client: &PmiClient) -> pmi_core::Result<()> {
    client.account().me(Freshness::NetworkOnly).await.map(drop)
}

async fn state(client: &PmiClient) -> SessionState {
    client.account().state().await.expect("a state")
}

/// A call whose refresh is carried out, and every answer to it lost.
async fn lose_a_refresh(world: &World, device: &pmi_e2e::Device, client: &PmiClient) {
    world.expire_tokens(device);
    let rule = world.control().on(Match::post(REFRESH)).then(Fault::CutAfter);
    let skipping = world.skip_sleeps(device);
    let lost = read(client).await;
    drop(skipping);
    assert!(matches!(lost, Err(Error::Offline { .. })), "{lost:?}");
    assert_eq!(state(client).await, SessionState::RefreshUnknown);
    // Only now: what waits in the outbox may refresh at any moment.
    world.control().remove(rule);
    world.control().reset_counts();
}

async fn the_answer_is_lost(world: World) {
    let (device, client) = world.signed_in().await;
    lose_a_refresh(&world, &device, &client).await;
    read(&client).await.expect("the old token again");
    assert_eq!(state(&client).await, SessionState::SignedIn);
    assert_eq!(world.control().refresh_requests(), 1);
    if world.dialect == Dialect::V2 {
        assert_eq!(
            (world.control().refreshes(), world.control().reissues()),
            (0, 1),
            "the same successor was given again"
        );
    }
}
both_dialects!(the_answer_is_lost => s03_after_a_lost_answer_the_old_token_is_used_again_v1,
    s03_after_a_lost_answer_the_old_token_is_used_again_v2);

async fn the_answer_is_lost_before_a_weekend(world: World) {
    let (device, client) = world.signed_in().await;
    lose_a_refresh(&world, &device, &client).await;
    client.close();
    device.clock.advance(WEEKEND);
    world.server_clock.advance(WEEKEND);
    device.clock.reboot();
    let client = device.open();
    assert_eq!(state(&client).await, SessionState::RefreshUnknown);
    // The access token is dead, and after a reboot only the server knows: it says so once.
    read(&client).await.expect("still signed in");
    assert_eq!(state(&client).await, SessionState::SignedIn);
    assert_eq!(world.control().refresh_requests(), 1);
}
both_dialects!(the_answer_is_lost_before_a_weekend =>
    s03_a_lost_answer_is_remembered_over_a_weekend_and_a_reboot_v1,
    s03_a_lost_answer_is_remembered_over_a_weekend_and_a_reboot_v2);

async fn a_definite_no_follows_a_lost_answer(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.set_offline(true);
    book(&client, 10).await;
    client.set_offline(false);
    let held = world.creates();
    world.control().on(held).then(Fault::CutBefore);
    lose_a_refresh(&world, &device, &client).await;
    world.control().rotate_signing_key().await.expect("a new key");
    let refused = read(&client).await;
    let why = SignInReason::SessionExpired;
    assert_eq!(refused, Err(Error::SignInNeeded { why }));
    assert_eq!(state(&client).await, SessionState::SignInNeeded(why));
    let kept = client.vehicles().list(Freshness::CacheOnly).await;
    assert!(!kept.expect("the cache").value.is_empty());
    assert_eq!(client.outbox().list().await.expect("the outbox").len(), 1);

    // The reason can be told later, and goes when the person signs out.
    let ended = || client.account().last_ended().expect("asked");
    let at = ended().map(|end| (end.why, end.at.as_millisecond()));
    assert_eq!(at, Some((why, device.clock.wall().as_millisecond())));
    world.sign_in(&client).await.expect("and back in");
    assert_eq!(ended().map(|end| end.why), Some(why));
    client
        .account()
        .sign_out(Unsent::Discard)
        .await
        .expect("signed out");
    assert_eq!(ended(), None);
    assert_eq!(state(&client).await, SessionState::SignedOut);
}
both_dialects!(a_definite_no_follows_a_lost_answer =>
    s03_a_definite_no_ends_the_session_and_keeps_cache_and_outbox_v1,
    s03_a_definite_no_ends_the_session_and_keeps_cache_and_outbox_v2);

async fn the_secret_store_locks_meanwhile(world: World) {
    let (device, client) = world.signed_in().await;
    device
        .secrets
        .fail_with(Some(SecretError::Locked("the test said so".to_owned())));
    world.expire_tokens(&device);
    read(&client).await.expect("a refresh asks no secret store");
    assert_eq!(world.control().refresh_requests(), 1);
    assert_eq!(state(&client).await, SessionState::SignedIn);
    assert_eq!(state(&device.open()).await, SessionState::Locked);
}
both_dialects!(the_secret_store_locks_meanwhile => s05_a_store_that_locks_meanwhile_costs_no_refresh_v1,
    s05_a_store_that_locks_meanwhile_costs_no_refresh_v2);

async fn another_person_asks_why(world: World) {
    let (device, client) = world.signed_in().await;
    world.control().rotate_signing_key().await.expect("a new key");
    assert!(read(&client).await.is_err());
    assert!(client.account().last_ended().expect("asked").is_some());
    let other = world.other_customer();
    let password = pmi_core::model::Password::new(other.password.as_str());
    client
        .account()
        .sign_in(&other.email, password)
        .await
        .expect("somebody else signs in");
    assert_eq!(client.account().last_ended(), Ok(None));
    assert_eq!(device.open().account().last_ended(), Ok(None));
}
both_dialects!(another_person_asks_why => s12_nobody_is_told_how_anothers_session_ended_v1,
    s12_nobody_is_told_how_anothers_session_ended_v2);

/// Closes the client, as a kill would, when a refresh is about to be sent, or when its answer has come.
struct Kills {
    inner: HttpClient,
    victim: Arc<OnceLock<PmiClient>>,
    after: bool,
}

impl Network for Kills {
    fn send(&self, request: NetworkRequest) -> PortFuture<Result<NetworkResponse, NetworkError>> {
        let is_refresh = request.url.path() == REFRESH;
        let (victim, after) = (Arc::clone(&self.victim), self.after);
        let sent = self.inner.send(request);
        Box::pin(async move {
            let kill = || victim.get().expect("the client").close();
            if is_refresh && !after {
                kill();
                std::future::pending::<()>().await;
            }
            let answer = sent.await;
            if is_refresh {
                kill();
                std::future::pending::<()>().await;
            }
            answer
        })
    }
}

async fn killed_around_a_refresh(world: World) {
    let (device, client) = world.signed_in().await;
    client.close();
    for after in [false, true] {
        world.expire_tokens(&device);
        world.control().reset_counts();
        let victim = Arc::new(OnceLock::new());
        let network = Kills {
            inner: HttpClient::new(HttpClientConfig::default()).expect("a client"),
            victim: Arc::clone(&victim),
            after,
        };
        let client = device.open_on(&device.clock, Arc::new(network));
        victim.set(client.clone()).expect("once");
        assert_eq!(read(&client).await, Err(Error::Closed));
        assert_eq!(world.control().refresh_requests(), u64::from(after));

        let next = device.open();
        // Closed is not killed: the lock of the task that was ended may be free a moment later, and its lease is then waited for.
        let _skipping = world.skip_sleeps(&device);
        assert_eq!(state(&next).await, SessionState::RefreshUnknown, "after: {after}");
        read(&next).await.expect("still signed in");
        assert_eq!(state(&next).await, SessionState::SignedIn);
        assert_eq!(world.control().refresh_requests(), u64::from(after) + 1);
        next.close();
    }
}
both_dialects!(killed_around_a_refresh => s04_a_kill_around_the_request_leaves_the_person_signed_in_v1,
    s04_a_kill_around_the_request_leaves_the_person_signed_in_v2);

async fn the_newest_pair_is_refused_before_it_has_worked(world: World) {
    let (device, client) = world.signed_in().await;
    world.expire_tokens(&device);
    let busy = Fault::status_with(503, "Retry-After", "120");
    let rule = world.control().on(Match::get("/api/")).then(busy);
    assert!(matches!(read(&client).await, Err(Error::Busy { .. })));
    assert_eq!(world.control().refreshes(), 1, "granted, and never used");
    world.control().remove(rule);

    world.expire_tokens(&device);
    let no = match world.dialect {
        Dialect::V1 => Fault::Status {
            status: 401,
            headers: vec![("WWW-Authenticate".into(), "Bearer".into())],
            body: json!({"detail": "Could not validate credentials"})
                .to_string()
                .into(),
            content_type: "application/json".into(),
        },
        Dialect::V2 => Fault::json(
            401,
            &json!({"error": "invalid_refresh_token", "message": "no", "request_id": "r"}),
        ),
    };
    world.control().on(Match::post(REFRESH)).times(1).then(no);
    read(&client).await.expect("the pair before it still works");
    assert_eq!(world.control().refresh_requests(), 3);
    assert_eq!(state(&client).await, SessionState::SignedIn);
}
both_dialects!(the_newest_pair_is_refused_before_it_has_worked =>
    s04_the_pair_before_an_unproven_one_is_tried_once_v1,
    s04_the_pair_before_an_unproven_one_is_tried_once_v2);

async fn two_processes_refresh_at_once(world: World) {
    let (device, client) = world.signed_in().await;
    let other = device.open();
    assert_eq!(state(&other).await, SessionState::SignedIn);
    world.expire_tokens(&device);
    let gate = world.hold_next(Match::post(REFRESH));
    let first = tokio::spawn({
        let client = client.clone();
        async move { read(&client).await }
    });
    gate.arrived().await;
    let second = tokio::spawn({
        let other = other.clone();
        async move { read(&other).await }
    });
    // The second looks every 50 ms.
    device.clock.sleeper(Duration::from_millis(50)).await;
    gate.release();
    let skipping = device
        .clock
        .skip_sleeps(|left| left <= Duration::from_millis(50), |_| {});
    first.await.expect("no panic").expect("refreshed");
    second.await.expect("no panic").expect("adopted");
    drop(skipping);
    assert_eq!(world.control().refresh_requests(), 1);
}
both_dialects!(two_processes_refresh_at_once => s06_two_processes_make_one_refresh_v1,
    s06_two_processes_make_one_refresh_v2);

/// Sends a refresh only once it is let go: as a process does that was stopped.
struct Stopped {
    inner: Arc<HttpClient>,
    stopped: Arc<Notify>,
    go: Arc<Notify>,
}

impl Network for Stopped {
    fn send(&self, request: NetworkRequest) -> PortFuture<Result<NetworkResponse, NetworkError>> {
        let inner = Arc::clone(&self.inner);
        if request.url.path() != REFRESH {
            return Box::pin(async move { inner.send(request).await });
        }
        let (stopped, go) = (Arc::clone(&self.stopped), Arc::clone(&self.go));
        Box::pin(async move {
            stopped.notify_one();
            go.notified().await;
            inner.send(request).await
        })
    }
}

async fn a_stale_refresher(world: World) {
    let (device, client) = world.signed_in().await;
    client.close();
    world.expire_tokens(&device);
    let network = Arc::new(Stopped {
        inner: Arc::new(HttpClient::new(HttpClientConfig::default()).expect("a client")),
        stopped: Arc::default(),
        go: Arc::default(),
    });
    // A stopped process hears none of its timers: its clock stands still until it wakes.
    let clock = DeviceClock::new(device.clock.wall());
    clock.advance(Duration::from_secs(31 * 60));
    let stale = device.open_on(&clock, Arc::clone(&network) as _);
    let late = tokio::spawn({
        let stale = stale.clone();
        async move { read(&stale).await }
    });
    network.stopped.notified().await;

    // It has its right to refresh, and its lock, and does nothing for a minute.
    device.clock.advance(Duration::from_secs(60));
    world.server_clock.advance(Duration::from_secs(60));
    let other = device.open();
    read(&other).await.expect("the other takes over");
    assert_eq!(world.control().refresh_requests(), 1);
    clock.advance(Duration::from_secs(10));
    network.go.notify_one();
    late.await.expect("no panic").expect("it finds the other's pair");
    assert_eq!(
        world.control().refresh_requests(),
        1,
        "what was late was withheld"
    );
    read(&other).await.expect("both are usable");
}
both_dialects!(a_stale_refresher => s06_a_refresher_that_was_stopped_for_a_minute_sends_nothing_late_v1,
    s06_a_refresher_that_was_stopped_for_a_minute_sends_nothing_late_v2);

async fn a_server_refuses_all_it_grants(world: World) {
    let (device, client) = world.signed_in().await;
    client.close();
    let rule = world
        .control()
        .on(Match::get("/api/auth/me"))
        .then(world.token_refused());
    let start_and_ask = async || {
        let client = device.open();
        let answer = client.account().me(Freshness::NetworkOnly).await;
        assert_eq!(state(&client).await, SessionState::SignedIn);
        client.close();
        answer
    };
    for _ in 0..20 {
        let answer = start_and_ask().await;
        assert!(matches!(answer, Err(Error::ServerFault { .. })), "{answer:?}");
    }
    assert_eq!(world.control().refresh_requests(), 1, "20 starts, one refresh");
    // One more for each wait, and each is twice as long.
    for (refreshes, wait) in [(2, 1), (3, 2), (4, 4), (5, 8)] {
        device
            .clock
            .advance(Duration::from_secs(wait) - Duration::from_millis(1));
        assert!(start_and_ask().await.is_err());
        assert_eq!(world.control().refresh_requests(), refreshes - 1);
        device.clock.advance(Duration::from_millis(1));
        assert!(start_and_ask().await.is_err());
        assert_eq!(world.control().refresh_requests(), refreshes);
    }
    world.control().remove(rule);
    assert_eq!(start_and_ask().await.map(drop), Ok(()));
    world.expire_tokens(&device);
    assert_eq!(
        start_and_ask().await.map(drop),
        Ok(()),
        "a pair that is over is renewed, whatever was refused before"
    );
}
both_dialects!(a_server_refuses_all_it_grants =>
    s09_a_server_that_refuses_what_it_grants_is_asked_less_and_less_over_restarts_too_v1,
    s09_a_server_that_refuses_what_it_grants_is_asked_less_and_less_over_restarts_too_v2);

async fn one_route_refuses_what_another_accepts(world: World) {
    let (device, client) = world.signed_in().await;
    let refuse = world.control().on(Match::get("/api/auth/me"));
    let rule = refuse.then(world.token_refused());
    let both = async || {
        let vehicles = client.vehicles().list(Freshness::NetworkOnly).await;
        vehicles.expect("the other route works");
        let answer = client.account().me(Freshness::NetworkOnly).await;
        assert!(matches!(answer, Err(Error::ServerFault { .. })), "{answer:?}");
        assert_eq!(state(&client).await, SessionState::SignedIn);
    };
    for _ in 0..20 {
        both().await;
    }
    assert_eq!(
        world.control().refresh_requests(),
        1,
        "20 pairs that worked elsewhere"
    );
    for (refreshes, wait) in [(2, 1), (3, 2), (4, 4), (5, 8)] {
        device.clock.advance(Duration::from_secs(wait));
        for _ in 0..3 {
            both().await;
        }
        assert_eq!(world.control().refresh_requests(), refreshes);
    }
    // An hour, the pairs' ends by the clock included.
    for _ in 0..360 {
        device.clock.advance(Duration::from_secs(10));
        world.server_clock.advance(Duration::from_secs(10));
        both().await;
    }
    let requests = world.control().refresh_requests();
    assert!((12..=24).contains(&requests), "{requests} in an hour");
    world.control().remove(rule);
    let answer = client.account().me(Freshness::NetworkOnly).await;
    assert_eq!(answer.map(drop), Ok(()), "what is accepted again is used at once");
}
both_dialects!(one_route_refuses_what_another_accepts =>
    s09_a_route_that_refuses_what_another_accepts_is_no_loop_either_v1,
    s09_a_route_that_refuses_what_another_accepts_is_no_loop_either_v2);

async fn after_a_reboot(world: World) {
    let (device, client) = world.signed_in().await;
    read(&client).await.expect("read once");
    client.close();
    // In the last minute of the token's life, whatever moment it drew.
    let old = Duration::from_secs(29 * 60 + 30);
    device.clock.advance(old);
    world.server_clock.advance(old);
    device.clock.reboot();
    let client = device.open();
    let mut states = client.account().states().expect("states");
    read(&client).await.expect("used as it is");
    assert_eq!(world.control().refresh_requests(), 0, "nobody guesses");
    let gate = world.hold_next(Match::post(REFRESH));
    read(&client).await.expect("the server's time is known by now");
    gate.arrived().await;
    assert_eq!(*states.borrow_and_update(), SessionState::Refreshing);
    gate.release();
    let back = states.wait_for(|state| *state == SessionState::SignedIn).await;
    assert!(back.is_ok());
    assert_eq!(world.control().refresh_requests(), 1);
}
both_dialects!(after_a_reboot => s10_after_a_reboot_nothing_is_refreshed_on_a_guess_v1,
    s10_after_a_reboot_nothing_is_refreshed_on_a_guess_v2);
