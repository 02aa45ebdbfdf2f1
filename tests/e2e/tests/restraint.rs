//! Scenarios 14 to 17 as a server counts them: what an outage, a limiter or a trickle costs it, and what it costs the person.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use jiff::SignedDuration;
use pmi_core::error::OfflineReason;
use pmi_core::model::{
    BookingTime, Freshness, NewBooking, Origin, ServiceType, Unsent, VehicleId, WriteState,
};
use pmi_core::ports::Clock as _;
use pmi_core::{Error, PmiClient, SessionState};
use pmi_e2e::desk::{book, done, first_vehicle, settled};
use pmi_e2e::{Device, World, both_dialects};
use pmi_platform::{Config, Dialect, Fault, Gate, Limits, Match};
use serde_json::json;
use tokio::task::JoinHandle;

const TEN_MINUTES: Duration = Duration::from_secs(600);
const STARTS: u32 = 20;
const QUEUED: usize = 200;

/// What a person looks at after each start.
const READS: u64 = 5;

/// Requests that arrived, and how many of them were resends by the transport: its ids end in the number of the attempt.
fn arrived(world: &World) -> (u64, u64) {
    let seen = world.control().seen();
    let is_resend = |id: &String| !id.ends_with("-1");
    let resends = seen
        .iter()
        .filter_map(|request| request.headers.get("x-request-id"))
        .filter(|id| is_resend(id));
    (seen.len() as u64, resends.count() as u64)
}

async fn look_at_everything(client: &PmiClient, vehicle: VehicleId) -> [Option<Error>; READS as usize] {
    let fresh = Freshness::NetworkOnly;
    [
        client.vehicles().list(fresh).await.err(),
        client.vehicles().details(vehicle, fresh).await.err(),
        client.notifications().list(fresh).await.err(),
        client.centers().list(fresh).await.err(),
        client.account().me(fresh).await.err(),
    ]
}

/// Bookings at different times, nine a day, none of them sent.
async fn queue(client: &PmiClient, vehicle: VehicleId) {
    client.set_offline(true);
    let first = jiff::civil::date(2026, 12, 1);
    for n in 0..QUEUED {
        let (day, hour) = (n / 9, 9 + n % 9);
        let day = first + SignedDuration::from_hours(24 * i64::try_from(day).expect("a day"));
        let hour = i8::try_from(hour).expect("an hour");
        let new = NewBooking {
            vehicle_id: vehicle,
            service: ServiceType::OilChange,
            at: BookingTime::at_the_centre(day.at(hour, 0, 0, 0)),
            center_id: None,
            notes: None,
            photos: Vec::new(),
        };
        client.bookings().book(new, None).await.expect("accepted");
    }
}

fn pass(world: &World, device: &Device, time: Duration) {
    device.clock.advance(time);
    world.server_clock.advance(time);
}

async fn twenty_starts_in_ten_minutes(world: &World, device: &Device, vehicle: VehicleId) {
    let began = device.clock.elapsed();
    for start in 0..STARTS {
        let client = device.open();
        assert_eq!(client.account().state().await, Ok(SessionState::SignedIn));
        {
            // Ten seconds of our own choosing, and the jitter of those who wait for them.
            let server = world.server_clock.clone();
            let _skipping = device.clock.skip_sleeps(
                |left| left <= Duration::from_secs(11),
                move |by| server.advance(by),
            );
            for error in look_at_everything(&client, vehicle).await {
                // A skipped sleep may be the rest of a deadline.
                let expected = matches!(
                    error,
                    Some(Error::ServerFault { .. } | Error::Busy { .. } | Error::Offline { .. })
                );
                assert!(expected, "{error:?}");
            }
            let report = client.sync(Duration::from_secs(6)).await.expect("a report");
            assert_eq!(report.sent, 0, "{report:?}");
        }
        client.close();
        let next = began + TEN_MINUTES * (start + 1) / STARTS;
        pass(world, device, next.saturating_sub(device.clock.elapsed()));
    }
}

/// A client that asks once for each thing a person looks at, and once for its outbox, after each start.
const ASKED_ONCE: u64 = STARTS as u64 * (READS + 1);

async fn an_outage_of_ten_minutes(world: World, fault: Fault, at_most: u64) {
    let (device, client) = world.signed_in().await;
    let vehicle = first_vehicle(&client).await;
    assert!(
        look_at_everything(&client, vehicle)
            .await
            .iter()
            .all(Option::is_none)
    );
    queue(&client, vehicle).await;
    client.close();
    world.control().reset_counts();
    let down = world.control().on(Match::any()).then(fault);
    twenty_starts_in_ten_minutes(&world, &device, vehicle).await;
    let (all, resends) = arrived(&world);
    assert!(all <= at_most, "{all} requests, {at_most} at most");
    assert!(resends * 10 <= ASKED_ONCE, "{resends} resends");
    assert!(all > 0);

    // It is back: soon everything is, and nothing was lost or made twice.
    world.control().remove(down);
    pass(&world, &device, Duration::from_secs(61));
    let client = device.open();
    let errors = look_at_everything(&client, vehicle).await;
    assert!(errors.iter().all(Option::is_none), "{errors:?}");
    let _skipping = world.skip_waits(&device);
    let first = client
        .outbox()
        .list()
        .await
        .expect("the outbox")
        .into_iter()
        .next();
    let first = settled(&client, &first.expect("an item")).await;
    assert!(matches!(first.state, WriteState::Done { .. }), "{first:?}");
}

async fn down_without_a_word(world: World) {
    an_outage_of_ten_minutes(world, Fault::json(503, &json!({})), ASKED_ONCE * 11 / 10).await;
}
both_dialects!(down_without_a_word => s16_an_outage_costs_at_most_a_tenth_more_than_asking_once_v1,
    s16_an_outage_costs_at_most_a_tenth_more_than_asking_once_v2);

async fn down_and_says_soon(world: World) {
    let soon = Fault::status_with(503, "Retry-After", "1");
    an_outage_of_ten_minutes(world, soon, ASKED_ONCE * 11 / 10).await;
}
both_dialects!(down_and_says_soon => s16_a_server_that_always_says_soon_is_not_believed_for_ever_v1,
    s16_a_server_that_always_says_soon_is_not_believed_for_ever_v2);

async fn down_for_ten_minutes_and_says_so(world: World) {
    let a_while = Fault::status_with(503, "Retry-After", "660");
    // The first read and the outbox's first write may meet.
    an_outage_of_ten_minutes(world, a_while, 2).await;
}
both_dialects!(down_for_ten_minutes_and_says_so => s16_a_cool_down_holds_over_twenty_starts_v1,
    s16_a_cool_down_holds_over_twenty_starts_v2);

async fn two_processes_in_an_outage(world: World) {
    let (device, one) = world.signed_in().await;
    let two = device.open();
    two.account().role().await.expect("it opens the session");
    let vehicle = first_vehicle(&one).await;
    look_at_everything(&one, vehicle).await;
    world.control().reset_counts();
    world
        .control()
        .on(Match::any())
        .then(Fault::status_with(503, "Retry-After", "600"));
    assert!(
        look_at_everything(&one, vehicle)
            .await
            .iter()
            .all(Option::is_some)
    );
    assert!(
        look_at_everything(&two, vehicle)
            .await
            .iter()
            .all(Option::is_some)
    );
    assert_eq!(arrived(&world).0, 1);
}
both_dialects!(two_processes_in_an_outage => s16_a_cool_down_holds_for_every_process_v1,
    s16_a_cool_down_holds_for_every_process_v2);

/// An answer "later" in each form, to the first request of a read; `off`: by how much the device's clock is wrong.
async fn it_says_when_to_come_back(
    world: &World,
    status: u16,
    headers: &[(&str, &str)],
    body: &str,
    off: i64,
) {
    let (device, client) = world.signed_in().await;
    let right = device.clock.wall();
    device.clock.set_wall(right + SignedDuration::from_hours(off));
    let later = Fault::Status {
        status,
        headers: headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        body: body.to_owned().into(),
        content_type: "application/json".into(),
    };
    world.control().on(Match::any()).times(1).then(later);
    let reading = tokio::spawn({
        let client = client.clone();
        async move { client.account().me(Freshness::NetworkOnly).await }
    });
    let wait = device.clock.sleeper(Duration::from_secs(10)).await;
    assert!(
        wait >= Duration::from_secs(4),
        "asked to wait 4 s, waits {wait:?}"
    );
    // Nor does anybody else send.
    device.clock.advance(Duration::from_millis(3900));
    let other = tokio::spawn({
        let client = client.clone();
        async move { client.notifications().list(Freshness::NetworkOnly).await }
    });
    tokio::task::yield_now().await;
    assert_eq!(arrived(world).0, 1, "nothing is sent meanwhile");
    let _skipping = world.skip_sleeps(&device);
    let read = reading.await.expect("no panic").expect("then it is sent again");
    assert_eq!(read.origin, Origin::Network);
    other.await.expect("no panic").expect("and so is the other");
    // Once a day v1 is asked whether it still is v1.
    assert!((3..=4).contains(&arrived(world).0));
}

async fn later_in_every_form(world: World) {
    let until = [
        ("Date", "Mon, 23 Nov 2026 09:00:00 GMT"),
        ("Retry-After", "Mon, 23 Nov 2026 09:00:04 GMT"),
    ];
    let body = json!({"error": "rate_limited", "detail": {"retry_after": 4}}).to_string();
    for status in [429, 503] {
        it_says_when_to_come_back(&world, status, &[("Retry-After", "4")], "{}", 0).await;
        world.server_clock.set(world.device().clock.wall());
        for off in [-24, 24] {
            it_says_when_to_come_back(&world, status, &until, "{}", off).await;
            world.server_clock.set(world.device().clock.wall());
        }
        it_says_when_to_come_back(&world, status, &[], &body, 0).await;
        world.server_clock.set(world.device().clock.wall());
    }
}
both_dialects!(later_in_every_form => s14_later_is_obeyed_in_every_form_v1, s14_later_is_obeyed_in_every_form_v2);

async fn limited_v1() -> (World, Device, PmiClient) {
    let world = World::start_with(Config {
        dialect: Dialect::V1,
        production: true,
        limits: Some(Limits::default()),
        ..Config::default()
    })
    .await;
    let (device, client) = world.signed_in().await;
    (world, device, client)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s15_after_v1s_limiter_the_others_do_not_collect_refusals() {
    let (world, device, client) = limited_v1().await;
    world.control().empty_bucket();
    let _skipping = world.skip_sleeps(&device);
    let client = Arc::new(client);
    let calls = (0..20).map(|n| {
        let client = Arc::clone(&client);
        tokio::spawn(async move {
            let fresh = Freshness::NetworkOnly;
            match n % 4 {
                0 => client.vehicles().list(fresh).await.err(),
                1 => client.notifications().list(fresh).await.err(),
                2 => client.centers().list(fresh).await.err(),
                _ => client.account().me(fresh).await.err(),
            }
        })
    });
    for call in calls.collect::<Vec<_>>() {
        assert_eq!(call.await.expect("no panic"), None);
    }
    let refused = world
        .control()
        .outcomes("*", "/")
        .get(&500)
        .copied()
        .unwrap_or_default();
    assert!((1..=3).contains(&refused), "{refused} refusals");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s15_a_booking_refused_by_v1s_limiter_is_made_once() {
    let (world, device, client) = limited_v1().await;
    first_vehicle(&client).await;
    world.control().empty_bucket();
    let _skipping = world.skip_sleeps(&device);
    done(&client, &book(&client, 10).await).await;
    assert_eq!(world.made().await, ["2026-12-25T10:00:00 scheduled"]);
    let outcomes = world.control().outcomes("POST", world.create_path());
    assert_eq!(
        outcomes.iter().filter(|(status, _)| **status < 300).count(),
        1,
        "{outcomes:?}"
    );
}

/// v2 tells how much room there is: nobody runs into its limiter, and what the device asks ahead of time leaves the rest.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_v2_says_of_its_limiter_is_obeyed_before_it_refuses() {
    let world = World::start_with(Config {
        dialect: Dialect::V2,
        limits: Some(Limits {
            per_minute: 12,
            ..Limits::default()
        }),
        ..Config::default()
    })
    .await;
    let (device, client) = world.signed_in().await;
    let _skipping = world.skip_sleeps(&device);
    for _ in 0..30 {
        client
            .notifications()
            .list(Freshness::NetworkOnly)
            .await
            .expect("no error reaches the person");
    }
    let outcomes = world.control().outcomes("*", "/");
    assert_eq!(outcomes.get(&429), None, "{outcomes:?}");
}

async fn a_body_comes_a_byte_now_and_then(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    world.control().reset_counts();
    world.control().on(Match::any()).then(Fault::TrickleBody);
    let began = device.clock.elapsed();
    let reading = tokio::spawn({
        let client = client.clone();
        async move { client.notifications().list(Freshness::NetworkOnly).await }
    });
    // The server trickles on real time, a byte each 0.3 s; a second of the device's passes with each, more or less.
    let mut tick = tokio::time::interval(Duration::from_millis(50));
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    while !reading.is_finished() {
        tick.tick().await;
        if world.control().requests("*", "/") > 0 {
            device.clock.advance(Duration::from_millis(150));
        }
    }
    let error = reading.await.expect("no panic").expect_err("it ends");
    // Of a compressed body nothing is seen before its end: then it is silence, and asked for once more.
    assert!(
        matches!(error, Error::ServerFault { .. } | Error::Offline { .. }),
        "{error:?}"
    );
    let took = device.clock.elapsed() - began;
    assert!(took < Duration::from_secs(35), "{took:?}");
    assert!(world.control().requests("*", "/") <= 2);
    let kept = client.notifications().list(Freshness::CacheOnly).await;
    assert!(kept.is_err(), "nothing of it was kept");
}
both_dialects!(a_body_comes_a_byte_now_and_then => s17_a_trickle_ends_long_before_the_deadline_v1,
    s17_a_trickle_ends_long_before_the_deadline_v2);

/// Ends what waits on a clock that stands still, with an error.
async fn at_once<T: std::fmt::Debug>(device: &Device, waiting: JoinHandle<pmi_core::Result<T>>) -> Error {
    let began = device.clock.elapsed();
    let error = waiting.await.expect("no panic").expect_err("it is not sent");
    assert_eq!(device.clock.elapsed(), began);
    error
}

async fn offline_while_a_call_waits(world: World) {
    let (device, client) = world.signed_in().await;
    let later = Fault::status_with(429, "Retry-After", "4");
    world.control().on(Match::any()).times(1).then(later);
    let reading = tokio::spawn({
        let client = client.clone();
        async move { client.account().me(Freshness::NetworkOnly).await }
    });
    device.clock.sleeper(Duration::from_secs(10)).await;
    client.set_offline(true);
    let error = at_once(&device, reading).await;
    let new = client.account().me(Freshness::NetworkOnly).await.err();
    assert_eq!(Some(error), new, "as one that comes now");
    assert_eq!(arrived(&world).0, 1);
}
both_dialects!(offline_while_a_call_waits => s27_a_call_that_waits_hears_that_nothing_is_sent_any_more_v1,
    s27_a_call_that_waits_hears_that_nothing_is_sent_any_more_v2);

/// Five reads at once.
fn five_reads(client: &PmiClient, vehicle: VehicleId) -> FuturesUnordered<JoinHandle<Option<Error>>> {
    (0..READS)
        .map(|n| {
            let client = client.clone();
            let fresh = Freshness::NetworkOnly;
            tokio::spawn(async move {
                match n {
                    0 => client.vehicles().list(fresh).await.err(),
                    1 => client.vehicles().details(vehicle, fresh).await.err(),
                    2 => client.notifications().list(fresh).await.err(),
                    3 => client.centers().list(fresh).await.err(),
                    _ => client.account().me(fresh).await.err(),
                }
            })
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s27_who_stands_in_line_hears_that_nothing_is_sent_any_more() {
    let world = World::start(Dialect::V1).await;
    let (_device, client) = world.signed_in().await;
    let vehicle = first_vehicle(&client).await;
    world.control().reset_counts();
    let gate = Gate::new();
    let held = Fault::HoldBefore(gate.clone());
    world.control().on(Match::any()).then(held);
    let mut reads = five_reads(&client, vehicle);
    gate.arrived_at_least(2).await;
    client.set_offline(true);
    for _ in 2..READS {
        let error = reads.next().await.expect("one of them").expect("no panic");
        assert!(
            matches!(
                error,
                Some(Error::Offline {
                    why: OfflineReason::ByRequest,
                    ..
                })
            ),
            "{error:?}"
        );
    }
    gate.release();
    while let Some(error) = reads.next().await {
        assert_eq!(error.expect("no panic"), None, "what was sent is answered");
    }
    assert_eq!(arrived(&world).0, 2);
}

async fn a_portal_while_a_call_waits(world: World) {
    let (device, client) = world.signed_in().await;
    world
        .control()
        .on(Match::get("/api/auth/me"))
        .times(1)
        .then(Fault::json(502, &json!({})));
    let reading = tokio::spawn({
        let client = client.clone();
        async move { client.account().me(Freshness::NetworkOnly).await }
    });
    device.clock.sleeper(Duration::from_millis(500)).await;
    world.control().on(Match::any()).then(Fault::Html);
    let portal = client.notifications().list(Freshness::NetworkOnly).await;
    assert_eq!(portal.err(), Some(Error::CaptivePortal));
    assert_eq!(at_once(&device, reading).await, Error::CaptivePortal);
    assert_eq!(
        world.control().requests("GET", "/api/auth/me"),
        1,
        "no token for a portal"
    );
}
both_dialects!(a_portal_while_a_call_waits => s13_who_waits_to_send_again_hears_of_a_portal_v1,
    s13_who_waits_to_send_again_hears_of_a_portal_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s11_who_signs_out_of_v1_does_not_stand_in_line() {
    let world = World::start(Dialect::V1).await;
    let (device, client) = world.signed_in().await;
    let vehicle = first_vehicle(&client).await;
    let gate = Gate::new();
    let held = Fault::HoldBefore(gate.clone());
    world.control().on(Match::get("/api")).then(held);
    let reads = five_reads(&client, vehicle);
    gate.arrived_at_least(2).await;
    let began = device.clock.elapsed();
    assert_eq!(client.account().sign_out(Unsent::Ask).await, Ok(true));
    assert_eq!(device.clock.elapsed(), began);
    gate.release();
    assert_eq!(reads.count().await, 5);
}
