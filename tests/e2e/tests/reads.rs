//! Reads: freshness policies, sharing, revalidation, observation, and whose data is whose.

use std::time::Duration;

use futures_util::future::join_all;
use pmi_core::error::{OfflineReason, Refusal};
use pmi_core::model::{BookingId, Freshness, Origin, Permission, Unsent, VehicleId};
use pmi_core::{Error, PmiClient};
use pmi_e2e::{World, both_dialects};
use pmi_platform::{Dialect, Fault, Gate, Match};

fn own_vehicle(world: &World) -> VehicleId {
    VehicleId(world.customer().vehicle_ids[0])
}

/// How many requests for vehicles' lists the server saw.
fn list_requests(world: &World) -> u64 {
    match world.dialect {
        Dialect::V1 => world.control().requests("GET", "/api/fixes/vehicles-with-health"),
        Dialect::V2 => world.control().requests("GET", "/api/vehicles"),
    }
}

async fn each_policy_does_what_it_says(world: World) {
    let (device, client) = world.signed_in().await;
    let never = client.vehicles().list(Freshness::CacheOnly).await;
    assert!(
        matches!(
            never,
            Err(Error::Offline {
                why: OfflineReason::NotCached,
                ..
            })
        ),
        "{never:?}"
    );

    let first = client
        .vehicles()
        .list(Freshness::CacheFirst)
        .await
        .expect("asked for");
    assert_eq!((first.origin, first.stale), (Origin::Network, false));
    let again = client
        .vehicles()
        .list(Freshness::CacheFirst)
        .await
        .expect("cached");
    assert_eq!(
        (again.origin, again.fetched_at),
        (Origin::Memory, first.fetched_at)
    );
    assert_eq!(list_requests(&world), 1, "a fresh answer is not asked for again");

    device.clock.advance(Duration::from_secs(15 * 60 + 1));
    let old = client
        .vehicles()
        .list(Freshness::CacheOnly)
        .await
        .expect("cached");
    assert!(old.stale && old.refresh_error.is_none());
    let fresh = client
        .vehicles()
        .list(Freshness::CacheFirst)
        .await
        .expect("asked for again");
    assert_eq!((fresh.origin, fresh.stale), (Origin::Network, false));
    assert_eq!(list_requests(&world), 2);

    client
        .vehicles()
        .list(Freshness::NetworkFirst)
        .await
        .expect("asked for");
    client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("asked for");
    assert_eq!(list_requests(&world), 4);

    client.set_offline(true);
    let by_request = OfflineReason::ByRequest;
    let offline = client.vehicles().list(Freshness::NetworkOnly).await;
    assert!(
        matches!(offline, Err(Error::Offline { why, .. }) if why == by_request),
        "{offline:?}"
    );
    let shown = client
        .vehicles()
        .list(Freshness::NetworkFirst)
        .await
        .expect("cached");
    assert!(matches!(shown.refresh_error, Some(Error::Offline { why, .. }) if why == by_request));
    assert_eq!(list_requests(&world), 4, "nothing is sent offline");
}
both_dialects!(each_policy_does_what_it_says => each_freshness_policy_does_what_it_says_v1,
    each_freshness_policy_does_what_it_says_v2);

async fn identical_reads_share_one_request(world: World) {
    let (_device, client) = world.signed_in().await;
    let gate = Gate::new();
    world
        .control()
        .on(Match::get("/api"))
        .then(Fault::HoldBefore(gate.clone()));
    let reads: Vec<_> = (0..50)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.vehicles().list(Freshness::NetworkOnly).await })
        })
        .collect();
    gate.arrived().await;
    gate.release();
    for read in join_all(reads).await {
        read.expect("no panic").expect("the shared answer");
    }
    // Those that came after the first had landed share a second one; all in all far from fifty.
    assert!(
        list_requests(&world) < 10,
        "{} requests for 50 identical reads",
        list_requests(&world)
    );
}
both_dialects!(identical_reads_share_one_request => identical_reads_in_flight_are_shared_v1,
    identical_reads_in_flight_are_shared_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_did_not_change_is_not_sent_again() {
    let world = World::start(Dialect::V2).await;
    let (device, client) = world.signed_in().await;
    let first = client
        .bookings()
        .list(Freshness::NetworkOnly)
        .await
        .expect("read");
    client.close();
    device.clock.advance(Duration::from_secs(60));
    let client = device.open();
    let again = client
        .bookings()
        .list(Freshness::NetworkOnly)
        .await
        .expect("confirmed");
    assert_eq!(
        world.control().outcomes("GET", "/api/bookings").get(&304),
        Some(&1)
    );
    assert_eq!(again.value, first.value);
    assert_eq!(again.origin, Origin::Network);
    assert!(again.fetched_at > first.fetched_at, "it is as of now");
    let kept = device
        .open()
        .bookings()
        .list(Freshness::CacheOnly)
        .await
        .expect("cached");
    assert_eq!(kept.fetched_at, again.fetched_at, "and the file knows");
}

async fn an_observer_sees_each_change(world: World) {
    let (_device, client) = world.signed_in().await;
    let mut observation = client.vehicles().observe_list().await.expect("observed");
    let mut update = observation.next().await.expect("at once");
    while update.snapshot.is_none() {
        assert!(update.error.is_none());
        update = observation.next().await.expect("the first answer");
    }
    assert!(!update.loading);
    let seen = update.snapshot.expect("an answer").value;
    assert_eq!(
        seen,
        client
            .vehicles()
            .list(Freshness::CacheOnly)
            .await
            .expect("cached")
            .value
    );

    world.control().on(Match::get("/api")).times(1).then(Fault::Html);
    client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect_err("a portal");
    let failed = loop {
        let update = observation.next().await.expect("an update");
        if update.error.is_some() {
            break update;
        }
    };
    assert_eq!(failed.error, Some(Error::CaptivePortal));
    assert_eq!(failed.snapshot.expect("the last good answer stays").value, seen);

    client.account().sign_out(Unsent::Ask).await.expect("signed out");
    while let Some(update) = observation.next().await {
        assert!(update.snapshot.is_none_or(|s| s.value == seen));
    }
}
both_dialects!(an_observer_sees_each_change => an_observer_gets_the_answer_each_change_and_the_end_v1,
    an_observer_gets_the_answer_each_change_and_the_end_v2);

async fn cache_and_network_shows_now_and_asks_meanwhile(world: World) {
    let (_device, client) = world.signed_in().await;
    client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("read");
    let before = list_requests(&world);
    let gate = Gate::new();
    world
        .control()
        .on(Match::get("/api"))
        .times(1)
        .then(Fault::HoldBefore(gate.clone()));
    let mut observation = client.vehicles().observe_list().await.expect("observed");
    observation.next().await.expect("the present state");
    let shown = client
        .vehicles()
        .list(Freshness::CacheAndNetwork)
        .await
        .expect("at once, though the server is held");
    assert_eq!(shown.origin, Origin::Memory);
    gate.arrived().await;
    gate.release();
    loop {
        let update = observation.next().await.expect("an update");
        if update.snapshot.is_some_and(|s| s.origin == Origin::Network) && !update.loading {
            break;
        }
    }
    assert_eq!(list_requests(&world), before + 1);
}
both_dialects!(cache_and_network_shows_now_and_asks_meanwhile => the_cached_answer_is_shown_while_the_server_is_asked_v1,
    the_cached_answer_is_shown_while_the_server_is_asked_v2);

fn is_not_found<T: std::fmt::Debug>(result: &Result<T, Error>) -> bool {
    matches!(
        result,
        Err(Error::Refused {
            why: Refusal::NotFound,
            ..
        })
    )
}

async fn somebody_elses_things_are_not_found(world: World) {
    let (_device, client) = world.signed_in().await;
    let me = world.customer().id;
    let others = world.platform.seeded().customers.iter().filter(|c| c.id != me);
    let theirs = VehicleId(
        *others
            .flat_map(|c| &c.vehicle_ids)
            .next()
            .expect("somebody has a vehicle"),
    );
    for id in [theirs, VehicleId(2_000_000_000)] {
        let details = client.vehicles().details(id, Freshness::CacheFirst).await;
        assert!(is_not_found(&details), "{details:?}");
        let cached = client.vehicles().details(id, Freshness::CacheOnly).await;
        assert!(
            matches!(cached, Err(Error::Offline { .. })),
            "and nothing of it is kept: {cached:?}"
        );
    }
    client
        .vehicles()
        .details(own_vehicle(&world), Freshness::CacheFirst)
        .await
        .expect("one's own");
    let booking = client
        .bookings()
        .get(&BookingId::from_server(1_999_999_999), Freshness::CacheFirst)
        .await;
    assert!(is_not_found(&booking), "{booking:?}");
    let mine = client
        .bookings()
        .list(Freshness::CacheFirst)
        .await
        .expect("bookings")
        .value;
    let one = client
        .bookings()
        .get(&mine[0].id, Freshness::NetworkOnly)
        .await
        .expect("one of them");
    assert_eq!(one.value.starts_at, mine[0].starts_at);
}
both_dialects!(somebody_elses_things_are_not_found => what_belongs_to_others_is_not_found_v1,
    what_belongs_to_others_is_not_found_v2);

async fn a_customer_may_book_and_not_manage(world: World) {
    let (device, client) = world.signed_in().await;
    async fn may(client: &PmiClient, permission: Permission) -> bool {
        client.account().can(&permission).await.expect("known")
    }
    assert!(may(&client, Permission::BookAppointment).await);
    assert!(!may(&client, Permission::ManageUsers).await);
    client.close();
    world.control().network(false);
    let client = device.open();
    assert!(
        may(&client, Permission::BookAppointment).await,
        "known offline too"
    );
    assert_eq!(client.account().role().await, Ok(pmi_core::model::Role::Customer));
}
both_dialects!(a_customer_may_book_and_not_manage => permissions_are_known_offline_v1, permissions_are_known_offline_v2);

async fn a_closed_client_says_so(world: World) {
    let (_device, client) = world.signed_in().await;
    let clone = client.clone();
    client.close();
    client.close();
    assert_eq!(
        clone
            .vehicles()
            .list(Freshness::CacheFirst)
            .await
            .map(|s| s.value),
        Err(Error::Closed)
    );
    assert_eq!(clone.account().sign_out(Unsent::Ask).await, Err(Error::Closed));
    assert_eq!(clone.platform().health().await, Err(Error::Closed));
}
both_dialects!(a_closed_client_says_so => s36_a_closed_client_says_so_each_time_v1,
    s36_a_closed_client_says_so_each_time_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_v1_a_list_shows_the_health_of_the_details_once_they_are_known() {
    let world = World::start(Dialect::V1).await;
    let (_device, client) = world.signed_in().await;
    let details = client
        .vehicles()
        .details(own_vehicle(&world), Freshness::NetworkOnly)
        .await
        .expect("details")
        .value;
    for freshness in [Freshness::NetworkOnly, Freshness::CacheOnly] {
        let listed = client.vehicles().list(freshness).await.expect("the list").value;
        assert_eq!(listed[0].health.as_ref(), Some(&details.health));
    }
    let mut observation = client.vehicles().observe_list().await.expect("observed");
    let shown = observation
        .next()
        .await
        .expect("at once")
        .snapshot
        .expect("cached")
        .value;
    assert_eq!(shown[0].health, Some(details.health));
}
