//! Scenarios 1, 2, 7 and 8: one refresh, whatever happens around it, and no sign-out by accident.

use std::time::Duration;

use futures_util::future::join_all;
use pmi_core::model::Freshness;
use pmi_core::{Error, PmiClient, SessionState};
use pmi_e2e::desk::read_garage;
use pmi_e2e::{Device, World, both_dialects};
use pmi_platform::{Dialect, Fault, Match};
use serde_json::json;

const REFRESH: &str = "/api/auth/refresh";

/// One call of a hundred: each kind of read in turn, and never from the cache.
async fn nth_call(client: PmiClient, n: usize) -> pmi_core::Result<()> {
    let fresh = Freshness::NetworkOnly;
    match n % 5 {
        0 => client.account().me(fresh).await.map(drop),
        1 => client.vehicles().list(fresh).await.map(drop),
        2 => client.bookings().list(fresh).await.map(drop),
        3 => client.centers().list(fresh).await.map(drop),
        _ => client.notifications().list(fresh).await.map(drop),
    }
}

/// A second process on the device, which has opened the session.
async fn another_process(device: &Device) -> PmiClient {
    let other = device.open();
    other.account().role().await.expect("it opens the session");
    other
}

async fn a_hundred_calls_all_succeed(client: &PmiClient) {
    let calls = (0..100).map(|n| tokio::spawn(nth_call(client.clone(), n)));
    for result in join_all(calls).await {
        assert_eq!(result.expect("no panic"), Ok(()));
    }
}

async fn hundred_calls_meet_a_token_known_to_be_over(world: World) {
    let (device, client) = world.signed_in().await;
    world.expire_tokens(&device);
    a_hundred_calls_all_succeed(&client).await;
    assert_eq!(world.control().refresh_requests(), 1);
    assert_eq!(
        world.control().outcomes("*", "/").get(&401),
        None,
        "no dead token was sent"
    );
}
both_dialects!(hundred_calls_meet_a_token_known_to_be_over =>
    s01_a_hundred_calls_at_once_on_an_expired_token_make_one_refresh_v1,
    s01_a_hundred_calls_at_once_on_an_expired_token_make_one_refresh_v2);

async fn hundred_calls_are_refused_at_once(world: World) {
    let (_device, client) = world.signed_in().await;
    world.expire_tokens_unseen();
    a_hundred_calls_all_succeed(&client).await;
    assert_eq!(world.control().refresh_requests(), 1);
    assert!(
        world.control().outcomes("*", "/").contains_key(&401),
        "the server did refuse the old token"
    );
}
both_dialects!(hundred_calls_are_refused_at_once =>
    s01_a_hundred_calls_refused_by_the_server_make_one_refresh_v1,
    s01_a_hundred_calls_refused_by_the_server_make_one_refresh_v2);

/// The 401 of the first client's call is held until a second process on the same device has refreshed.
async fn a_late_401_comes_after_the_refresh(world: World) {
    let (device, client) = world.signed_in().await;
    let other = another_process(&device).await;
    world.expire_tokens_unseen();
    let gate = world.hold_next(Match::get("/api/auth/me"));

    let late = tokio::spawn({
        let client = client.clone();
        async move { client.account().me(Freshness::NetworkOnly).await }
    });
    gate.arrived().await;
    assert_eq!(
        nth_call(other.clone(), 0).await,
        Ok(()),
        "the other process refreshes"
    );
    assert_eq!(world.control().refresh_requests(), 1);
    gate.release();

    late.await
        .expect("no panic")
        .expect("the late call is sent again with the new token");
    assert_eq!(
        world.control().refresh_requests(),
        1,
        "and nobody refreshed again"
    );
}
both_dialects!(a_late_401_comes_after_the_refresh =>
    s02_a_401_that_comes_after_the_refresh_makes_no_second_one_v1,
    s02_a_401_that_comes_after_the_refresh_makes_no_second_one_v2);

async fn the_newer_pair_of_another_process_is_over_too(world: World) {
    let (device, client) = world.signed_in().await;
    let other = another_process(&device).await;
    for _ in 0..2 {
        world.expire_tokens_unseen();
        assert_eq!(
            nth_call(other.clone(), 0).await,
            Ok(()),
            "the other process refreshes"
        );
    }
    world.expire_tokens_unseen();
    client
        .account()
        .me(Freshness::NetworkOnly)
        .await
        .expect("finds the other's pair, over as well, and refreshes");
    assert_eq!(world.control().refresh_requests(), 3);
}
both_dialects!(the_newer_pair_of_another_process_is_over_too =>
    s02_a_newer_pair_that_is_over_too_is_renewed_once_v1,
    s02_a_newer_pair_that_is_over_too_is_renewed_once_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s02_a_late_401_within_one_process_makes_no_second_refresh() {
    let world = World::start(pmi_platform::Dialect::V2).await;
    let (_device, client) = world.signed_in().await;
    world.expire_tokens_unseen();
    let gate = world.hold_next(Match::get("/api/bookings"));
    let late = tokio::spawn({
        let client = client.clone();
        async move { client.bookings().list(Freshness::NetworkOnly).await }
    });
    gate.arrived().await;
    client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("refreshed and read");
    gate.release();
    late.await
        .expect("no panic")
        .expect("sent again with the new token");
    assert_eq!(world.control().refresh_requests(), 1);
}

async fn the_caller_of_a_refresh_is_cancelled(world: World) {
    let (device, client) = world.signed_in().await;
    world.expire_tokens(&device);
    let gate = world.hold_next(Match::post(REFRESH));

    let cancelled = tokio::spawn(nth_call(client.clone(), 0));
    gate.arrived().await;
    cancelled.abort();
    assert!(cancelled.await.is_err_and(|e| e.is_cancelled()));
    let waiting = tokio::spawn(nth_call(client.clone(), 1));
    gate.release();

    assert_eq!(waiting.await.expect("no panic"), Ok(()), "others get its result");
    a_hundred_calls_all_succeed(&client).await;
    assert_eq!(world.control().refresh_requests(), 1);
    assert_eq!(world.control().refreshes(), 1);
}
both_dialects!(the_caller_of_a_refresh_is_cancelled =>
    s07_refresh_completes_when_its_caller_is_cancelled_v1,
    s07_refresh_completes_when_its_caller_is_cancelled_v2);

async fn a_refresh_meets_weather(world: World) {
    let database_down = match world.dialect {
        Dialect::V1 => Fault::DatabaseDown,
        Dialect::V2 => Fault::status_with(503, "Retry-After", "90"),
    };
    let weather = [
        (
            "403",
            SessionState::SignedIn,
            Fault::json(403, &json!({"detail": "Not authenticated"})),
        ),
        (
            "422",
            SessionState::SignedIn,
            Fault::json(
                422,
                &json!({"detail": [{"type": "missing", "loc": ["query"], "msg": "Field required"}]}),
            ),
        ),
        (
            "500",
            SessionState::RefreshUnknown,
            Fault::json(
                500,
                &json!({"error": "internal", "message": "x", "request_id": "r"}),
            ),
        ),
        ("a page", SessionState::RefreshUnknown, Fault::Html),
        ("the database is down", SessionState::SignedIn, database_down),
        (
            "a proxy's 502",
            SessionState::RefreshUnknown,
            Fault::status_with(502, "Via", "proxy"),
        ),
        ("no answer", SessionState::RefreshUnknown, Fault::CutAfter),
        (
            "not JSON",
            SessionState::RefreshUnknown,
            Fault::WrongBody("{".into()),
        ),
        (
            "half an answer",
            SessionState::RefreshUnknown,
            Fault::TruncateBody,
        ),
    ];
    let (device, client) = world.signed_in().await;
    for (what, state, fault) in weather {
        world.expire_tokens(&device);
        let rule = world.control().on(Match::post(REFRESH)).then(fault);
        let skipping = world.skip_sleeps(&device);
        let error = nth_call(client.clone(), 1).await.expect_err(what);
        drop(skipping);
        assert!(!matches!(error, Error::SignInNeeded { .. }), "{what}: {error:?}");
        assert_eq!(client.account().state().await, Ok(state.clone()), "{what}");
        let restarted = device.open();
        assert_eq!(
            restarted.account().state().await,
            Ok(state),
            "a new process, during {what}"
        );
        restarted.close();

        world.control().remove(rule);
        // A server that asked to be left alone is left alone for a while.
        device.clock.advance(Duration::from_secs(120));
        assert_eq!(nth_call(client.clone(), 1).await, Ok(()), "after {what}");
        let again = device.open();
        assert_eq!(
            again.account().state().await,
            Ok(SessionState::SignedIn),
            "a new process, after {what}"
        );
        again.close();
    }
}
both_dialects!(a_refresh_meets_weather => s08_a_refresh_that_meets_weather_ends_no_session_v1,
    s08_a_refresh_that_meets_weather_ends_no_session_v2);

async fn a_refresh_is_refused_for_good(world: World) {
    let (device, client) = world.signed_in().await;
    read_garage(&client).await;
    world.control().rotate_signing_key().await.expect("a new key");
    let error = client
        .account()
        .me(Freshness::NetworkOnly)
        .await
        .expect_err("every token is dead");
    assert!(matches!(error, Error::SignInNeeded { .. }), "{error:?}");
    for n in 0..5 {
        assert!(nth_call(client.clone(), n).await.is_err());
    }
    assert_eq!(
        world.control().refresh_requests(),
        1,
        "asked once, then never again"
    );

    let shown = device
        .open()
        .vehicles()
        .list(Freshness::CacheFirst)
        .await
        .expect("what was read can still be shown");
    assert!(!shown.value.is_empty());
    world
        .sign_in(&client)
        .await
        .expect("the same person signs in again");
    assert_eq!(nth_call(client.clone(), 0).await, Ok(()));
}
both_dialects!(a_refresh_is_refused_for_good =>
    s09_a_changed_server_key_makes_one_refresh_and_asks_for_sign_in_v1,
    s09_a_changed_server_key_makes_one_refresh_and_asks_for_sign_in_v2);

async fn a_server_refuses_what_it_has_just_granted(world: World) {
    let (_device, client) = world.signed_in().await;
    world
        .control()
        .on(Match::get("/api/auth/me"))
        .then(world.token_refused());
    let error = client
        .account()
        .me(Freshness::NetworkOnly)
        .await
        .expect_err("no token is good enough");
    assert!(matches!(error, Error::ServerFault { .. }), "{error:?}");
    assert_eq!(
        world.control().refresh_requests(),
        1,
        "one refresh a call, no loop"
    );
    assert_eq!(
        client.account().state().await,
        Ok(SessionState::SignedIn),
        "and no sign-out"
    );
}
both_dialects!(a_server_refuses_what_it_has_just_granted =>
    s09_a_server_that_refuses_a_token_it_has_just_granted_makes_no_loop_v1,
    s09_a_server_that_refuses_a_token_it_has_just_granted_makes_no_loop_v2);
