//! A synchronisation in the background: what it sends, what it reads ahead, what holds it back, and that it ends in time.

use std::time::Duration;

use pmi_core::model::{
    Conditions, Freshness, NewBooking, Origin, Prefetch, PrefetchAnswer, PrefetchOutcome, PrefetchSkipped,
    SyncReport, VehicleId, Waiting, WriteState,
};
use pmi_core::{Error, PmiClient};
use pmi_e2e::desk::{book, done, first_vehicle, name, oil_change, read_garage};
use pmi_e2e::photos::{KIB, jpeg, photo};
use pmi_e2e::{Device, World, both_dialects};
use pmi_platform::{Dialect, Fault, Gate, Match};
use serde_json::json;

/// No sleep of this length is skipped, and no exchange takes so long.
const AN_HOUR: Duration = Duration::from_secs(3600);

fn own_vehicle(world: &World) -> VehicleId {
    VehicleId(world.customer().vehicle_ids[0])
}

async fn sync(client: &PmiClient) -> SyncReport {
    client.sync(AN_HOUR).await.expect("a report")
}

fn outcome(report: &SyncReport, of: PrefetchAnswer) -> &PrefetchOutcome {
    let found: Vec<&Prefetch> = report.prefetched.iter().filter(|one| one.answer == of).collect();
    assert_eq!(found.len(), 1, "{of:?} once: {report:?}");
    &found[0].outcome
}

fn outcomes(report: &SyncReport) -> Vec<&PrefetchOutcome> {
    report.prefetched.iter().map(|one| &one.outcome).collect()
}

/// Lets time pass on both sides until everything read is old, and no token is.
fn a_while(world: &World, device: &Device) {
    let while_ = Duration::from_secs(16 * 60);
    world.server_clock.advance(while_);
    device.clock.advance(while_);
}

fn reads(world: &World) -> u64 {
    world.control().requests("GET", "/api")
}

/// The positions in the order of all requests of those that contain this.
fn positions(world: &World, method: &str, path: &str) -> Vec<usize> {
    let seen = world.control().seen();
    let of_these = seen
        .iter()
        .enumerate()
        .filter(|(_, one)| one.method == method && one.path.contains(path));
    of_these.map(|(position, _)| position).collect()
}

async fn what_is_read_ahead_is_there_without_a_network(world: World) {
    let (device, client) = world.signed_in().await;
    let report = sync(&client).await;
    let vehicle = PrefetchAnswer::Vehicle(own_vehicle(&world));
    for answer in [
        PrefetchAnswer::Vehicles,
        PrefetchAnswer::Bookings,
        PrefetchAnswer::Notifications,
        vehicle,
    ] {
        assert_eq!(outcome(&report, answer), &PrefetchOutcome::Refreshed);
    }
    let before = reads(&world);
    let again = sync(&client).await;
    for outcome in outcomes(&again) {
        assert_eq!(outcome, &PrefetchOutcome::Skipped(PrefetchSkipped::Fresh));
    }
    assert_eq!(reads(&world), before, "nothing is asked that is not old");
    client.close();

    world.control().network(false);
    let client = device.open();
    let garage = client.vehicles().list(Freshness::CacheOnly).await.expect("kept");
    assert_eq!((garage.origin, garage.stale), (Origin::Disk, false));
    let id = own_vehicle(&world);
    let details = client.vehicles().details(id, Freshness::CacheFirst).await;
    // On v1 the garage has looked at it already.
    assert_ne!(details.expect("kept").origin, Origin::Network);
    let bookings = client.bookings().list(Freshness::CacheFirst).await;
    assert_eq!(bookings.expect("kept").origin, Origin::Disk);
    let notifications = client.notifications().list(Freshness::CacheFirst).await;
    assert_eq!(notifications.expect("kept").origin, Origin::Disk);

    a_while(&world, &device);
    let _skipping = world.skip_sleeps(&device);
    let silent = sync(&client).await;
    let outcomes = outcomes(&silent);
    assert!(
        matches!(outcomes[0], PrefetchOutcome::Failed(Error::Offline { .. })),
        "{outcomes:?}"
    );
    let spared = PrefetchOutcome::Skipped(PrefetchSkipped::NoAnswer);
    assert!(outcomes[1..].iter().all(|one| **one == spared), "{outcomes:?}");
    world.control().network(true);
    client.set_network(true);
    let later = sync(&client).await;
    let expected = match world.dialect {
        Dialect::V1 => PrefetchOutcome::Refreshed,
        Dialect::V2 => PrefetchOutcome::NotModified,
    };
    assert_eq!(later.prefetched.len(), 4);
    for one in &later.prefetched {
        assert_eq!(one.outcome, expected, "{one:?}");
    }
}
both_dialects!(what_is_read_ahead_is_there_without_a_network => what_a_sync_reads_ahead_is_shown_without_a_network_v1,
    what_a_sync_reads_ahead_is_shown_without_a_network_v2);

async fn writes_go_first(world: World) {
    let (device, client) = world.signed_in().await;
    book(&client, 9).await;
    sync(&client).await;
    client.set_offline(true);
    let item = book(&client, 10).await;
    client.close();
    a_while(&world, &device);
    world.control().reset_counts();
    let client = device.open();
    let report = sync(&client).await;
    assert_eq!((report.sent, report.remaining, &report.stopped), (1, 0, &None));
    let made_name = name(&done(&client, &item).await);
    let created = positions(&world, "POST", world.create_path());
    let read = positions(&world, "GET", "notifications");
    assert_eq!((created.len(), read.len()), (1, 1));
    assert!(created[0] < read[0], "writes go first");
    let bookings = client.bookings().list(Freshness::CacheOnly).await;
    let bookings = bookings.expect("read ahead").value;
    let made: Vec<_> = bookings.iter().filter(|one| one.id == made_name).collect();
    assert_eq!(made.len(), 1);
    assert!(made[0].pending.is_none(), "{made:?}");

    // What was read before a write lacks it, however young it is.
    client.set_offline(true);
    book(&client, 11).await;
    client.set_offline(false);
    let report = sync(&client).await;
    assert_eq!(report.remaining, 0);
    assert_eq!(
        outcome(&report, PrefetchAnswer::Bookings),
        &PrefetchOutcome::Refreshed
    );
    let details = PrefetchAnswer::Vehicle(own_vehicle(&world));
    let fresh = PrefetchOutcome::Skipped(PrefetchSkipped::Fresh);
    assert_eq!(outcome(&report, details), &fresh, "no write changes this one");
}
both_dialects!(writes_go_first => a_sync_sends_first_and_then_reads_what_came_of_it_v1,
    a_sync_sends_first_and_then_reads_what_came_of_it_v2);

/// Of three writes one is refused, one is made, and with the third the server asks to be left alone.
async fn it_says_what_it_did(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.set_offline(true);
    for hour in 10..13 {
        book(&client, hour).await;
    }
    client.close();
    let no = match world.dialect {
        Dialect::V1 => json!({"detail": "Vehicle not found or doesn't belong to customer"}),
        Dialect::V2 => json!({"error": "not_found", "message": "no such vehicle", "request_id": "r"}),
    };
    let busy = Fault::status_with(503, "Retry-After", "600");
    world.fails_once(world.creates(), Fault::json(404, &no));
    // Of those that the first rule leaves.
    world.control().on(world.creates()).nth(2).then(busy);
    world.control().reset_counts();

    let client = device.open();
    let report = sync(&client).await;
    let counts = (report.sent, report.remaining, report.attention);
    assert_eq!(counts, (2, 1, 1), "{report:?}");
    assert!(matches!(report.stopped, Some(Error::Busy { .. })), "{report:?}");
    let spared = PrefetchOutcome::Skipped(PrefetchSkipped::NoAnswer);
    assert!(!report.prefetched.is_empty());
    assert!(outcomes(&report).iter().all(|one| **one == spared), "{report:?}");
    assert_eq!(reads(&world), 0, "whoever asked to be left alone is");
    assert_eq!(world.made().await, ["2026-12-25T11:00:00 scheduled"]);
}
both_dialects!(it_says_what_it_did => a_sync_says_what_it_did_and_what_remains_v1,
    a_sync_says_what_it_did_and_what_remains_v2);

async fn it_ends_in_time(world: World) {
    let (device, client) = world.signed_in().await;
    let gate = Gate::new();
    let held = Fault::HoldBefore(gate.clone());
    world.control().on(Match::get("/api")).then(held);
    let deadline = Duration::from_secs(4);
    let syncing = tokio::spawn({
        let client = client.clone();
        async move { client.sync(deadline).await }
    });
    gate.arrived().await;
    device.clock.advance(deadline);
    let report = syncing.await.expect("no panic").expect("a report");
    let skipped = |why| PrefetchOutcome::Skipped(why);
    assert_eq!(
        outcomes(&report),
        [
            &skipped(PrefetchSkipped::Unfinished),
            &skipped(PrefetchSkipped::NoTime),
            &skipped(PrefetchSkipped::NoTime)
        ]
    );
    // What was on its way still comes.
    let mut garage = client.vehicles().observe_list().await.expect("observed");
    gate.release();
    while garage.next().await.expect("open").snapshot.is_none() {}
    assert_eq!(reads(&world), 1, "and was asked for once");
}
both_dialects!(it_ends_in_time => a_sync_ends_in_time_and_what_is_under_way_goes_on_v1,
    a_sync_ends_in_time_and_what_is_under_way_goes_on_v2);

async fn what_would_be_late_is_not_begun(world: World) {
    let (device, client) = world.signed_in().await;
    let gate = Gate::new();
    let held = Fault::HoldBefore(gate.clone());
    world.control().on(Match::get("/api")).times(1).then(held);
    let syncing = tokio::spawn({
        let client = client.clone();
        async move { client.sync(Duration::from_secs(8)).await }
    });
    gate.arrived().await;
    device.clock.advance(Duration::from_secs(6));
    gate.release();
    let report = syncing.await.expect("no panic").expect("a report");
    let late = PrefetchOutcome::Skipped(PrefetchSkipped::NoTime);
    let outcomes = outcomes(&report);
    assert_eq!(outcomes[0], &PrefetchOutcome::Refreshed);
    assert_eq!(outcomes.len(), 4);
    assert!(outcomes[1..].iter().all(|one| **one == late), "{outcomes:?}");
    assert_eq!(reads(&world), 1);
}
both_dialects!(what_would_be_late_is_not_begun => a_sync_begins_nothing_that_would_not_come_in_time_v1,
    a_sync_begins_nothing_that_would_not_come_in_time_v2);

async fn the_conditions_hold_back_what_is_nobodys_wish(world: World) {
    let (device, client) = world.signed_in().await;
    sync(&client).await;
    for (conditions, why) in [
        (
            Conditions {
                data_saver: true,
                low_battery: false,
            },
            PrefetchSkipped::DataSaver,
        ),
        (
            Conditions {
                data_saver: false,
                low_battery: true,
            },
            PrefetchSkipped::LowBattery,
        ),
    ] {
        a_while(&world, &device);
        client.set_conditions(conditions);
        client.set_offline(true);
        let vehicle = own_vehicle(&world);
        let hour = if conditions.data_saver { 10 } else { 11 };
        let item = client.bookings().book(oil_change(vehicle, hour), None).await;
        let item = item.expect("accepted");
        client.set_offline(false);
        let before = reads(&world);
        let report = sync(&client).await;
        assert_eq!(report.remaining, 0, "writes go");
        done(&client, &item).await;
        assert!(!report.prefetched.is_empty());
        for one in outcomes(&report) {
            assert_eq!(one, &PrefetchOutcome::Skipped(why));
        }
        assert_eq!(reads(&world), before, "nothing is read ahead");
        read_garage(&client).await;
    }
    client.set_conditions(Conditions::default());
    let report = sync(&client).await;
    let bookings = outcome(&report, PrefetchAnswer::Bookings);
    assert_eq!(bookings, &PrefetchOutcome::Refreshed);
}
both_dialects!(the_conditions_hold_back_what_is_nobodys_wish => data_saver_and_a_low_battery_hold_back_reading_ahead_and_no_write_v1,
    data_saver_and_a_low_battery_hold_back_reading_ahead_and_no_write_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn photos_wait_for_a_better_network_unless_a_person_asks() {
    let world = World::start(Dialect::V2).await;
    let (_device, client) = world.signed_in().await;
    client.set_conditions(Conditions {
        data_saver: true,
        low_battery: false,
    });
    let (first, second) = (jpeg(8 * KIB, 1), jpeg(8 * KIB, 2));
    let new = NewBooking {
        photos: vec![photo(&first), photo(&second)],
        ..oil_change(first_vehicle(&client).await, 10)
    };
    let item = client.bookings().book(new, None).await.expect("accepted");
    let booking = name(&done(&client, &item).await);
    let report = sync(&client).await;
    assert_eq!(
        (report.remaining, &report.stopped),
        (2, &None),
        "and it does not wait for them"
    );
    assert_eq!(world.photos_of(&booking).await.len(), 0);
    let waiting = client.outbox().list().await.expect("the outbox");
    for item in &waiting {
        assert_eq!(
            (&item.state, item.waiting),
            (&WriteState::Queued, Some(Waiting::DataSaver))
        );
    }

    let asked = client.outbox().retry(waiting[1].id).await.expect("asked for");
    assert_ne!(asked.waiting, Some(Waiting::DataSaver));
    done(&client, &asked).await;
    assert_eq!(world.photos_of(&booking).await.len(), 1);
    client.set_conditions(Conditions::default());
    done(&client, &waiting[0]).await;
    assert_eq!(world.photos_of(&booking).await.len(), 2);
}

async fn one_process_sends(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.set_offline(true);
    book(&client, 10).await;
    client.close();
    let (app, task) = (device.open(), device.open());
    world.control().reset_counts();
    let gate = world.hold_next(world.creates());
    let begin = |client: &PmiClient| {
        let client = client.clone();
        tokio::spawn(async move { client.sync(AN_HOUR).await })
    };
    let first = begin(&app);
    gate.arrived().await;
    let second = begin(&task);
    // It looks whether the first has given its right back.
    device.clock.sleeper(Duration::from_millis(250)).await;
    gate.release();
    let _skipping = world.skip_sleeps(&device);
    for syncing in [first, second] {
        let report = syncing.await.expect("no panic").expect("a report");
        assert_eq!((report.remaining, report.stopped), (0, None));
    }
    assert_eq!(world.create_requests(), 1);
    assert_eq!(world.made().await, ["2026-12-25T10:00:00 scheduled"]);
}
both_dialects!(one_process_sends => s22_a_background_task_and_the_app_at_once_send_a_write_once_v1,
    s22_a_background_task_and_the_app_at_once_send_a_write_once_v2);
