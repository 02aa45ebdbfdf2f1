//! Scenarios 18 and 13: what a call meets when nothing, or somebody else, answers; and what a screen is told of it.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{Either, join_all, select};
use pmi_core::error::OfflineReason;
use pmi_core::model::{Connectivity, Freshness, Origin, Snapshot, VehicleSummary};
use pmi_core::ports::{Clock as _, NetworkError};
use pmi_core::{Error, PmiClient, SessionState};
use pmi_e2e::desk::{book, done, first_vehicle, read_garage};
use pmi_e2e::{Air, Broken, Device, World, both_dialects};
use pmi_platform::{Dialect, Fault, Match};
use tokio::task::JoinHandle;

const PROBE: &str = "/.well-known/pmi";

type Garage = Snapshot<Vec<VehicleSummary>>;

/// A device on which somebody is signed in and has read the garage, over a network that can be broken.
async fn over_broken_air(world: &World) -> (Device, PmiClient, Arc<Broken>) {
    let (device, client) = world.signed_in().await;
    read_garage(&client).await;
    client.close();
    let air = Broken::new();
    let client = device.open_over(Arc::clone(&air) as _);
    client
        .account()
        .me(Freshness::NetworkOnly)
        .await
        .expect("an answer");
    air.reset();
    (device, client, air)
}

fn why<T: std::fmt::Debug>(result: pmi_core::Result<T>) -> OfflineReason {
    match result {
        Err(Error::Offline { why, .. }) => why,
        other => panic!("not offline but {other:?}"),
    }
}

/// A read whose request is gone: nothing comes back.
async fn swallowed_read(client: &PmiClient, air: &Broken) -> JoinHandle<pmi_core::Result<Garage>> {
    air.set(Air::Swallows);
    let vehicles = client.vehicles();
    let reading = tokio::spawn(async move { vehicles.list(Freshness::NetworkOnly).await });
    air.sent_at_least(1).await;
    reading
}

async fn each_silence_has_its_name(world: World) {
    let (device, client, air) = over_broken_air(&world).await;
    for (error, expected) in [
        (NetworkError::Dns, OfflineReason::Dns),
        (NetworkError::Connect, OfflineReason::Connect),
        (NetworkError::Interrupted, OfflineReason::Interrupted),
    ] {
        air.set(Air::Fails(error));
        let _skipping = world.skip_sleeps(&device);
        assert_eq!(why(client.centers().list(Freshness::NetworkOnly).await), expected);
        let shown = *client.connectivity().borrow();
        assert_eq!(shown, Connectivity::Offline { why: expected });
        air.set(Air::Clear);
        client
            .centers()
            .list(Freshness::NetworkOnly)
            .await
            .expect("and goes on");
        assert_eq!(*client.connectivity().borrow(), Connectivity::Online);
    }
}
both_dialects!(each_silence_has_its_name => s18_each_silence_is_told_by_its_name_and_ends_with_the_first_answer_v1,
    s18_each_silence_is_told_by_its_name_and_ends_with_the_first_answer_v2);

async fn a_read_that_hangs(world: World) {
    let (device, client, air) = over_broken_air(&world).await;
    let mut reading = swallowed_read(&client, &air).await;
    let began = device.clock.elapsed();
    let read = loop {
        let sleeper = std::pin::pin!(device.clock.sleeper(Duration::from_secs(60)));
        match select(reading, sleeper).await {
            Either::Left((read, _)) => break read.expect("no panic"),
            Either::Right((left, rest)) => {
                device.clock.advance(left);
                reading = rest;
            }
        }
    };
    assert_eq!(why(read), OfflineReason::TimedOut);
    let took = device.clock.elapsed() - began;
    assert!(took <= Duration::from_secs(65), "{took:?}");
    assert!(air.fresh() > 0, "the next call has a fresh connection");
    air.set(Air::Clear);
    device.clock.advance(Duration::from_secs(2));
    client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("no pool is stuck");
}
both_dialects!(a_read_that_hangs => s18_a_read_that_hangs_times_out_and_leaves_no_stuck_pool_v1,
    s18_a_read_that_hangs_times_out_and_leaves_no_stuck_pool_v2);

/// Twenty screens' reads at once, none of which was cached before.
fn twenty_reads(client: &PmiClient) -> Vec<tokio::task::JoinHandle<pmi_core::Result<()>>> {
    (0..20)
        .map(|n| {
            let client = client.clone();
            tokio::spawn(async move {
                match n % 4 {
                    0 => client.vehicles().list(Freshness::NetworkOnly).await.map(drop),
                    1 => client.bookings().list(Freshness::NetworkOnly).await.map(drop),
                    2 => client.centers().list(Freshness::NetworkOnly).await.map(drop),
                    _ => client
                        .notifications()
                        .list(Freshness::NetworkOnly)
                        .await
                        .map(drop),
                }
            })
        })
        .collect()
}

async fn in_silence_one_probe_goes(world: World) {
    let (device, client, air) = over_broken_air(&world).await;
    air.set(Air::Fails(NetworkError::Connect));
    {
        let _skipping = world.skip_sleeps(&device);
        assert_eq!(
            why(client.me_over_the_network().await),
            OfflineReason::Connect,
            "silence is found out"
        );
    }
    air.set(Air::Swallows);
    air.reset();
    let reads = twenty_reads(&client);
    let began = device.clock.elapsed();
    air.sent_at_least(1).await;
    device.clock.advance(Duration::from_secs(5));
    for read in join_all(reads).await {
        assert_eq!(why(read.expect("no panic")), OfflineReason::TimedOut);
    }
    assert_eq!(air.sent(), [PROBE], "twenty calls, one small request");
    assert_eq!(device.clock.elapsed() - began, Duration::from_secs(5));

    assert_eq!(why(client.me_over_the_network().await), OfflineReason::TimedOut);
    let shown = client
        .vehicles()
        .list(Freshness::NetworkFirst)
        .await
        .expect("cached");
    assert_ne!(shown.origin, Origin::Network);
    assert!(matches!(shown.refresh_error, Some(Error::Offline { .. })));
    assert_eq!(air.sent(), [PROBE], "nobody hangs for as long once more");

    device.clock.advance(Duration::from_secs(2));
    air.set(Air::Clear);
    air.reset();
    for read in join_all(twenty_reads(&client)).await {
        assert_eq!(read.expect("no panic"), Ok(()), "all who waited for the probe go");
    }
    let probes = air.sent().iter().filter(|path| *path == PROBE).count();
    assert_eq!(probes, 1);
}
both_dialects!(in_silence_one_probe_goes => s18_in_silence_twenty_calls_send_one_small_request_v1,
    s18_in_silence_twenty_calls_send_one_small_request_v2);

/// A read that never has a cached answer to show.
trait NeverCached {
    async fn me_over_the_network(&self) -> pmi_core::Result<()>;
}

impl NeverCached for PmiClient {
    async fn me_over_the_network(&self) -> pmi_core::Result<()> {
        self.account().me(Freshness::NetworkOnly).await.map(drop)
    }
}

async fn the_network_is_switched_mid_call(world: World) {
    let (device, client, air) = over_broken_air(&world).await;
    let reading = swallowed_read(&client, &air).await;
    // Wi-Fi is left, and the shell says that there is another network.
    air.set(Air::Clear);
    let fresh = air.fresh();
    let began = device.clock.elapsed();
    client.set_network(true);
    assert!(air.fresh() > fresh, "no connection of the network before is used");
    let left = device.clock.sleeper(Duration::from_secs(1)).await;
    device.clock.advance(left);
    let read = reading
        .await
        .expect("no panic")
        .expect("an answer over the new network");
    assert_eq!(read.origin, Origin::Network);
    assert_eq!(air.sent().len(), 2, "{:?}", air.sent());
    assert!(device.clock.elapsed() - began <= Duration::from_secs(1));
}
both_dialects!(the_network_is_switched_mid_call =>
    s18_a_read_on_a_dead_connection_is_asked_again_when_the_network_was_switched_v1,
    s18_a_read_on_a_dead_connection_is_asked_again_when_the_network_was_switched_v2);

async fn the_network_goes_mid_call(world: World) {
    let (device, client, air) = over_broken_air(&world).await;
    let reading = swallowed_read(&client, &air).await;
    let began = device.clock.elapsed();
    client.set_network(false);
    let by_request = OfflineReason::ByRequest;
    assert_eq!(why(reading.await.expect("no panic")), by_request);
    assert_eq!(why(client.me_over_the_network().await), by_request);
    assert_eq!(device.clock.elapsed(), began, "at once");
    assert_eq!(air.sent().len(), 1, "and nothing more is sent");
    let shown = *client.connectivity().borrow();
    assert_eq!(shown, Connectivity::Offline { why: by_request });
    air.set(Air::Clear);
    client.set_network(true);
    assert_eq!(
        *client.connectivity().borrow(),
        Connectivity::Unknown,
        "a hint is no proof"
    );
    client.me_over_the_network().await.expect("an answer");
    assert_eq!(*client.connectivity().borrow(), Connectivity::Online);
}
both_dialects!(the_network_goes_mid_call => s18_without_a_network_a_read_under_way_ends_at_once_v1,
    s18_without_a_network_a_read_under_way_ends_at_once_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s18_a_name_that_does_not_resolve_is_told_as_such() {
    let world = World::start(Dialect::V2).await;
    let device = world.device();
    let client = device
        .try_open_at("https://pmi.invalid")
        .expect("opens without a network");
    let _skipping = world.skip_sleeps(&device);
    assert_eq!(why(client.platform().health().await), OfflineReason::Dns);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s18_a_server_that_has_only_ipv6_is_reached() {
    let listen = "[::1]:0".parse().expect("an address");
    let config = pmi_platform::Config {
        listen,
        ..pmi_platform::Config::default()
    };
    if std::net::TcpListener::bind(listen).is_err() {
        panic!("this machine has no IPv6 loopback: the scenario cannot be shown here");
    }
    let world = World::start_with(config).await;
    assert!(world.platform.url().contains("[::1]"), "{}", world.platform.url());
    let (_device, client) = world.signed_in().await;
    client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("read over IPv6");
}

fn portals() -> [(&'static str, Fault); 3] {
    let page = Fault::Status {
        status: 511,
        headers: vec![("Date".into(), "Tue, 23 Nov 2027 09:00:00 GMT".into())],
        body: "<html>log in</html>".into(),
        content_type: "text/html".into(),
    };
    [
        ("a page", Fault::Html),
        (
            "a redirect",
            Fault::Redirect("http://portal.example/login".into()),
        ),
        ("a 511", page),
    ]
}

async fn behind_a_portal(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    let before = client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("read");
    for (n, (what, portal)) in portals().into_iter().enumerate() {
        world.control().reset_counts();
        let rule = world.control().on(Match::any()).then(portal);
        let portal = Err(Error::CaptivePortal);
        assert_eq!(
            client.vehicles().list(Freshness::NetworkOnly).await,
            portal,
            "{what}"
        );
        assert_eq!(
            *client.connectivity().borrow(),
            Connectivity::CaptivePortal,
            "{what}"
        );
        let met = world.control().requests("*", "/api");
        assert_eq!(met, 1, "{what}: the call that met it");

        let hour = 10 + i8::try_from(n).expect("small");
        let item = book(&client, hour).await;
        let report = client.sync(Duration::from_secs(300)).await.expect("a report");
        assert_eq!(report.stopped, Some(Error::CaptivePortal), "{what}");
        assert_eq!(world.sign_in(&client).await, Err(Error::CaptivePortal), "{what}");
        assert_eq!(
            client.centers().list(Freshness::NetworkOnly).await.map(drop),
            Err(Error::CaptivePortal)
        );
        assert_eq!(
            world.control().requests("*", "/api"),
            met,
            "{what}: from then on it gets no token, no password and no booking, only probes"
        );
        assert!(world.control().requests("GET", PROBE) >= 1, "{what}");
        assert_eq!(
            client.account().state().await,
            Ok(SessionState::SignedIn),
            "{what}"
        );
        let shown = client
            .vehicles()
            .list(Freshness::NetworkFirst)
            .await
            .expect("cached");
        assert_eq!(shown.refresh_error, Some(Error::CaptivePortal), "{what}");
        assert_eq!(shown.value[0].vehicle, before.value[0].vehicle, "{what}");

        // The person logs in to the network, and nobody calls anything.
        world.control().remove(rule);
        let then = device.clock.elapsed();
        let _skipping = world.skip_sleeps(&device);
        done(&client, &item).await;
        let waited = device.clock.elapsed() - then;
        assert!(waited <= Duration::from_secs(15), "{what}: {waited:?}");
        assert_eq!(*client.connectivity().borrow(), Connectivity::Online, "{what}");
    }
    assert_eq!(world.made().await.len(), 3);
}
both_dialects!(behind_a_portal => s13_behind_a_portal_only_probes_are_sent_and_all_goes_on_by_itself_after_it_v1,
    s13_behind_a_portal_only_probes_are_sent_and_all_goes_on_by_itself_after_it_v2);

async fn a_portal_before_a_refresh(world: World) {
    for (what, portal) in portals() {
        let (device, client) = world.signed_in().await;
        world.expire_tokens(&device);
        let rule = world.control().on(Match::any()).then(portal);
        let asked = client.vehicles().list(Freshness::NetworkOnly).await;
        assert_eq!(asked, Err(Error::CaptivePortal), "{what}");
        assert_eq!(world.control().refresh_requests(), 1, "{what}: it met the portal");
        let state = client.account().state().await;
        assert_eq!(state, Ok(SessionState::RefreshUnknown), "{what}");
        world.control().remove(rule);
        client
            .vehicles()
            .list(Freshness::NetworkOnly)
            .await
            .expect("still signed in");
        client.close();
    }
}
both_dialects!(a_portal_before_a_refresh => s13_a_portal_before_a_refresh_is_no_sign_out_v1,
    s13_a_portal_before_a_refresh_is_no_sign_out_v2);

async fn a_portal_meets_a_sign_in(world: World) {
    for (what, portal) in portals() {
        let device = world.device();
        let client = device.open();
        client
            .platform()
            .capabilities()
            .await
            .expect("the dialect is known");
        world.control().reset_counts();
        let rule = world.control().on(Match::any()).then(portal);
        for _ in 0..3 {
            assert_eq!(world.sign_in(&client).await, Err(Error::CaptivePortal), "{what}");
        }
        let logins = world.control().requests("POST", "/api/auth/login");
        assert!(logins <= 1, "{what}: a password went out {logins} times");
        world.control().remove(rule);
        assert_eq!(world.sign_in(&client).await, Ok(()), "{what}");
        client.close();
    }
}
both_dialects!(a_portal_meets_a_sign_in => s13_no_password_is_sent_to_a_portal_twice_v1,
    s13_no_password_is_sent_to_a_portal_twice_v2);

async fn the_first_call_without_a_network(world: World) {
    let (device, client, air) = over_broken_air(&world).await;
    air.set(Air::Fails(NetworkError::Dns));
    let _skipping = world.skip_sleeps(&device);
    let began = device.clock.elapsed();
    let shown = client
        .vehicles()
        .list(Freshness::NetworkFirst)
        .await
        .expect("the cached one");
    assert!(matches!(
        shown.refresh_error,
        Some(Error::Offline {
            why: OfflineReason::Dns,
            ..
        })
    ));
    let took = device.clock.elapsed() - began;
    assert!(took <= Duration::from_millis(500), "{took:?}");
    assert_eq!(air.sent().len(), 2, "once more, soon: {:?}", air.sent());
    // From now on it is known.
    let began = device.clock.elapsed();
    client
        .vehicles()
        .list(Freshness::NetworkFirst)
        .await
        .expect("the cached one");
    assert_eq!(device.clock.elapsed(), began);
    assert_eq!(
        air.sent().len(),
        3,
        "a probe, which failed at once: {:?}",
        air.sent()
    );
}
both_dialects!(the_first_call_without_a_network => s18_without_a_network_the_cached_answer_is_shown_within_half_a_second_v1,
    s18_without_a_network_the_cached_answer_is_shown_within_half_a_second_v2);
