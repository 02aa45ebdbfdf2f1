//! Scenario 27: the network goes and comes back, and nobody calls sync.

use std::sync::Arc;
use std::time::Duration;

use pmi_core::model::{Connectivity, Freshness, Origin, OutboxItem, WriteState};
use pmi_core::ports::{Clock as _, NetworkError};
use pmi_core::{Error, PmiClient};
use pmi_e2e::desk::{book, done, first_vehicle, read_garage};
use pmi_e2e::{Air, Broken, Device, World, both_dialects};
use pmi_platform::{Dialect, Fault};

const TEN_MINUTES: Duration = Duration::from_secs(600);

async fn the_shell_says_that_the_network_is_back(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    world.control().network(false);
    client.set_network(false);
    let item = book(&client, 10).await;
    assert_eq!(item.state, WriteState::Queued);
    device.clock.advance(TEN_MINUTES);
    world.server_clock.advance(TEN_MINUTES);
    world.control().network(true);
    let then = device.clock.elapsed();
    client.set_network(true);
    // No sleep is skipped here: it goes at once, or never.
    done(&client, &item).await;
    assert!(device.clock.elapsed() - then < Duration::from_secs(1));
    assert_eq!(world.create_requests(), 1);
}
both_dialects!(the_shell_says_that_the_network_is_back => s27_what_waited_goes_at_once_when_the_shell_says_up_v1,
    s27_what_waited_goes_at_once_when_the_shell_says_up_v2);

async fn nobody_says_anything(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    world.control().network(false);
    let item = book(&client, 10).await;
    let began = device.clock.elapsed();
    {
        let _skipping = world.skip_sleeps(&device);
        while device.clock.elapsed() - began < TEN_MINUTES {
            tokio::task::yield_now().await;
        }
    }
    let then = device.clock.elapsed();
    world.control().network(true);
    let _skipping = world.skip_sleeps(&device);
    done(&client, &item).await;
    let waited = device.clock.elapsed() - then;
    assert!(waited <= Duration::from_secs(15), "{waited:?}");
    assert_eq!(world.made().await, ["2026-12-25T10:00:00 scheduled"]);
}
both_dialects!(nobody_says_anything => s27_without_a_word_what_waited_goes_within_15_seconds_v1,
    s27_without_a_word_what_waited_goes_within_15_seconds_v2);

async fn another_read_finds_the_network(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    world.control().network(false);
    let item = book(&client, 10).await;
    let report = client.sync(Duration::from_secs(300)).await.expect("a report");
    assert!(
        matches!(report.stopped, Some(Error::Offline { .. })),
        "{report:?}"
    );
    world.control().network(true);
    // Nobody's sleep is skipped: the answer to this read is what wakes the sender.
    client
        .centers()
        .list(pmi_core::model::Freshness::NetworkOnly)
        .await
        .expect("an answer");
    if world.dialect == Dialect::V1 {
        // The first try may have reached it: it is looked for now, and after half a minute sent.
        while world.control().requests("GET", "/api/appointments/list") == 0 {
            tokio::task::yield_now().await;
        }
        let _skipping = world.skip_waits(&device);
        done(&client, &item).await;
    }
    done(&client, &item).await;
}
both_dialects!(another_read_finds_the_network => s27_an_answer_to_anything_wakes_what_waited_v1,
    s27_an_answer_to_anything_wakes_what_waited_v2);

const PROBE: &str = "/.well-known/pmi";

/// A device whose shell said "up", and from which nothing reaches the server for ten minutes in which nobody touches it. A
/// booking waits on it.
async fn ten_minutes_of_silence_under_an_up(world: &World) -> (Device, PmiClient, Arc<Broken>, OutboxItem) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.close();
    let air = Broken::new();
    let client = device.open_over(Arc::clone(&air) as _);
    client.set_network(true);
    first_vehicle(&client).await;
    air.set(Air::Fails(NetworkError::Connect));
    let item = book(&client, 10).await;
    air.reset();
    pass(world, &device, TEN_MINUTES).await;
    (device, client, air, item)
}

async fn pass(world: &World, device: &Device, time: Duration) {
    let began = device.clock.elapsed();
    let _skipping = world.skip_sleeps(device);
    while device.clock.elapsed() - began < time {
        tokio::task::yield_now().await;
    }
}

/// How many probes went out since the air was reset.
fn probes(air: &Broken) -> usize {
    air.sent().iter().filter(|path| *path == PROBE).count()
}

/// The network comes back, and nobody reports it.
async fn the_booking_goes(
    world: &World,
    device: &Device,
    client: &PmiClient,
    air: &Broken,
    item: &OutboxItem,
) {
    air.set(Air::Clear);
    let _skipping = world.skip_sleeps(device);
    done(client, item).await;
    assert_eq!(world.create_requests(), 1);
}

async fn nobody_looks_and_the_shell_says_up(world: World) {
    let (device, client, air, item) = ten_minutes_of_silence_under_an_up(&world).await;
    // Some in the first minute, then one or two in each; the rounds of the outbox alone would make it eighty.
    let sent = probes(&air);
    assert!((3..=36).contains(&sent), "{sent} probes");
    the_booking_goes(&world, &device, &client, &air, &item).await;
}
both_dialects!(nobody_looks_and_the_shell_says_up => s16_under_a_shells_up_what_waits_asks_a_silent_server_ever_more_seldom_v1,
    s16_under_a_shells_up_what_waits_asks_a_silent_server_ever_more_seldom_v2);

async fn a_person_looks_and_the_shell_says_up(world: World) {
    let (device, client, air, item) = ten_minutes_of_silence_under_an_up(&world).await;
    let mut sent = 0;
    for _ in 0..4 {
        let shown = client.vehicles().list(Freshness::NetworkFirst).await;
        assert!(shown.expect("the cached answer").refresh_error.is_some());
        air.reset();
        pass(&world, &device, Duration::from_secs(50)).await;
        sent += probes(&air);
    }
    // One in at most 10 s, and 5 s for one that hangs; in 30 to 60 s it would be six.
    assert!(sent >= 12, "{sent} probes");
    the_booking_goes(&world, &device, &client, &air, &item).await;
}
both_dialects!(a_person_looks_and_the_shell_says_up => s27_under_a_shells_up_a_return_is_found_within_15_seconds_while_a_person_looks_v1,
    s27_under_a_shells_up_a_return_is_found_within_15_seconds_while_a_person_looks_v2);

async fn a_person_opens_screens_and_the_shell_says_up(world: World) {
    let (device, client, air, item) = ten_minutes_of_silence_under_an_up(&world).await;
    // What was read before is old by now.
    pass(&world, &device, TEN_MINUTES).await;
    let mut sent = 0;
    for _ in 0..4 {
        let mut observation = client.vehicles().observe_list().await.expect("observed");
        while observation.next().await.expect("an update").error.is_none() {}
        air.reset();
        pass(&world, &device, Duration::from_secs(50)).await;
        sent += probes(&air);
    }
    assert!(sent >= 12, "{sent} probes");
    the_booking_goes(&world, &device, &client, &air, &item).await;
}
both_dialects!(a_person_opens_screens_and_the_shell_says_up => s27_under_a_shells_up_a_screen_just_opened_is_looked_after_like_a_call_v1,
    s27_under_a_shells_up_a_screen_just_opened_is_looked_after_like_a_call_v2);

async fn the_server_wants_to_be_left_alone(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    let busy = Fault::status_with(503, "retry-after", "120");
    world.control().on(world.creates()).times(1).then(busy);
    let item = book(&client, 10).await;
    let report = client.sync(Duration::from_secs(300)).await.expect("a report");
    assert!(matches!(report.stopped, Some(Error::Busy { .. })), "{report:?}");
    client.set_network(false);
    client.set_network(true);
    let report = client.sync(Duration::from_secs(300)).await.expect("a report");
    assert!(matches!(report.stopped, Some(Error::Busy { .. })), "{report:?}");
    assert_eq!(
        world.create_requests(),
        1,
        "a new network is no reason to ask sooner"
    );
    let two_minutes = Duration::from_secs(121);
    device.clock.advance(two_minutes);
    world.server_clock.advance(two_minutes);
    let _skipping = world.skip_sleeps(&device);
    done(&client, &item).await;
    assert_eq!(world.create_requests(), 2);
}
both_dialects!(the_server_wants_to_be_left_alone => s27_what_a_server_asked_for_is_not_cut_short_v1,
    s27_what_a_server_asked_for_is_not_cut_short_v2);

async fn an_observer_of_an_old_answer(world: World) {
    let (device, client) = world.signed_in().await;
    read_garage(&client).await;
    device.clock.advance(TEN_MINUTES * 2);
    world.server_clock.advance(TEN_MINUTES * 2);
    world.control().network(false);
    let mut observation = client.vehicles().observe_list().await.expect("observed");
    let began = device.clock.elapsed();
    let skipping = world.skip_sleeps(&device);
    loop {
        let update = observation.next().await.expect("an update");
        let old = update.snapshot.expect("the cached answer");
        assert!(old.stale && old.origin != Origin::Network);
        if matches!(update.error, Some(Error::Offline { .. })) {
            break;
        }
    }
    while device.clock.elapsed() - began < TEN_MINUTES {
        tokio::task::yield_now().await;
    }
    drop(skipping);
    world.control().reset_counts();
    let then = device.clock.elapsed();
    world.control().network(true);
    let _skipping = world.skip_sleeps(&device);
    // Nobody calls anything.
    let fresh = loop {
        let update = observation.next().await.expect("an update");
        if update.error.is_none() && !update.loading {
            break update.snapshot.expect("an answer");
        }
    };
    assert_eq!((fresh.origin, fresh.stale), (Origin::Network, false));
    let waited = device.clock.elapsed() - then;
    assert!(waited <= Duration::from_secs(15), "{waited:?}");
    assert_eq!(world.control().requests("GET", "/api"), 1, "asked for once");
}
both_dialects!(an_observer_of_an_old_answer => s27_an_observer_sees_offline_and_then_the_fresh_answer_v1,
    s27_an_observer_sees_offline_and_then_the_fresh_answer_v2);

async fn the_shell_says_up_to_an_observer(world: World) {
    let (device, client) = world.signed_in().await;
    client.set_network(false);
    let mut observation = client.vehicles().observe_list().await.expect("observed");
    while observation.next().await.expect("an update").error.is_none() {}
    let then = device.clock.elapsed();
    client.set_network(true);
    // No sleep is skipped: at once, or never.
    while observation.next().await.expect("an update").snapshot.is_none() {}
    assert_eq!(device.clock.elapsed(), then);
    assert_eq!(world.control().requests("GET", "/api"), 1);
}
both_dialects!(the_shell_says_up_to_an_observer => s27_an_observer_sees_the_answer_at_once_when_the_shell_says_up_v1,
    s27_an_observer_sees_the_answer_at_once_when_the_shell_says_up_v2);

async fn nobody_waits_for_anything(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    let fresh = client
        .vehicles()
        .observe_list()
        .await
        .expect("a fresh answer is observed");
    world.control().network(false);
    {
        let _skipping = world.skip_sleeps(&device);
        let asked = client.bookings().list(Freshness::NetworkOnly).await;
        assert!(matches!(asked, Err(Error::Offline { .. })), "{asked:?}");
    }
    world.control().network(true);
    world.control().reset_counts();
    for _ in 0..120 {
        device.clock.advance(Duration::from_secs(5));
        world.server_clock.advance(Duration::from_secs(5));
        for _ in 0..200 {
            tokio::task::yield_now().await;
        }
    }
    assert_eq!(
        world.control().requests("*", "/"),
        0,
        "nobody waits: the battery is spared"
    );
    // The observed answer becomes old: now somebody does.
    device.clock.advance(TEN_MINUTES);
    world.server_clock.advance(TEN_MINUTES);
    let _skipping = world.skip_sleeps(&device);
    while world.control().requests("GET", "/api") == 0 {
        tokio::task::yield_now().await;
    }
    drop(fresh);
}
both_dialects!(nobody_waits_for_anything => s27_in_silence_nothing_is_sent_while_nobody_waits_v1,
    s27_in_silence_nothing_is_sent_while_nobody_waits_v2);

async fn a_screen_shows_a_banner(world: World) {
    let (device, client) = world.signed_in().await;
    client.close();
    let client = device.open();
    let mut shown = client.connectivity();
    assert_eq!(*shown.borrow_and_update(), Connectivity::Unknown);
    first_vehicle(&client).await;
    assert_eq!(*shown.borrow_and_update(), Connectivity::Online);
    world.control().network(false);
    let item = book(&client, 10).await;
    shown.changed().await.expect("a change");
    assert!(matches!(*shown.borrow_and_update(), Connectivity::Offline { .. }));
    world.control().network(true);
    let skipping = world.skip_sleeps(&device);
    let online = shown.wait_for(|shown| *shown == Connectivity::Online);
    online.await.expect("a change that nobody asked for");
    drop(skipping);
    let _skipping = world.skip_waits(&device);
    done(&client, &item).await;
}
both_dialects!(a_screen_shows_a_banner => s27_a_screen_is_told_of_silence_and_of_its_end_v1,
    s27_a_screen_is_told_of_silence_and_of_its_end_v2);
