//! Scenarios 29 and 31 through the front door: what a cache under its cap keeps, and what becomes of reads when it is damaged,
//! taken away, held or written by another version.

use std::fs;
use std::path::Path;
use std::time::Duration;

use jiff::civil::Date;
use pmi_core::error::OfflineReason;
use pmi_core::model::{BookingId, CenterId, Freshness, Origin, Snapshot, VehicleId};
use pmi_core::{Error, PmiClient};
use pmi_e2e::desk::{at, book, done, first_vehicle, name};
use pmi_e2e::{Device, World, both_dialects};
use pmi_platform::{Dialect, Fault, Gate};
use rusqlite::Connection;

/// The least cap there is, in bytes.
const CAP: u64 = 1_000_000;

/// Bytes of the cache file and what belongs to it.
fn taken(device: &Device) -> u64 {
    let files = fs::read_dir(device.cache_dir()).expect("the folder");
    files
        .map(|file| file.expect("a file").metadata().map_or(0, |file| file.len()))
        .sum()
}

/// The file, as somebody else opens it.
fn raw(device: &Device) -> Connection {
    Connection::open(device.cache_dir().join("cache.sqlite3")).expect("the file")
}

/// Lets time pass, for the device and the server.
fn pass(world: &World, device: &Device, seconds: u64) {
    let by = Duration::from_secs(seconds);
    device.clock.advance(by);
    world.server_clock.advance(by);
}

/// A booking that another device of the customer's made: this one has it from the server alone.
async fn booked_elsewhere(world: &World) -> BookingId {
    let (_other, client) = world.signed_in().await;
    let made = done(&client, &book(&client, 10).await).await;
    name(&made)
}

fn day(number: i32) -> Date {
    let first = jiff::civil::date(2027, 1, 4);
    first + jiff::SignedDuration::from_hours(24 * i64::from(number))
}

/// Reads the slots of that many days, a second apart, and tells the most that the cache ever took.
async fn read_days(
    client: &PmiClient,
    (world, device): (&World, &Device),
    center: CenterId,
    days: std::ops::Range<i32>,
) -> u64 {
    let mut most = 0;
    for number in days {
        let slots = client
            .centers()
            .slots(center, day(number), Freshness::NetworkOnly)
            .await;
        assert_eq!(slots.expect("the slots").origin, Origin::Network);
        most = most.max(taken(device));
        pass(world, device, 1);
    }
    most
}

async fn is_kept(client: &PmiClient, center: CenterId, number: i32) -> bool {
    kept(
        client
            .centers()
            .slots(center, day(number), Freshness::CacheOnly)
            .await,
    )
}

fn kept<T: std::fmt::Debug>(read: Result<Snapshot<T>, Error>) -> bool {
    match read {
        Ok(snapshot) => snapshot.origin != Origin::Network,
        Err(Error::Offline {
            why: OfflineReason::NotCached,
            ..
        }) => false,
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s29_what_was_read_longest_ago_goes_but_never_what_is_observed_or_pending() {
    let world = World::start(Dialect::V2).await;
    let (mut device, client) = world.signed_in().await;
    client.close();
    device.cache_cap = CAP;
    let client = device.open();
    let vehicle = first_vehicle(&client).await;
    let center = client
        .centers()
        .list(Freshness::CacheOnly)
        .await
        .expect("centres")
        .value[0]
        .id;
    client.account().me(Freshness::NetworkOnly).await.expect("me");
    client
        .notifications()
        .list(Freshness::NetworkOnly)
        .await
        .expect("notifications");
    let booking = booked_elsewhere(&world).await;
    client
        .bookings()
        .list(Freshness::NetworkOnly)
        .await
        .expect("bookings");
    client
        .bookings()
        .get(&booking, Freshness::NetworkOnly)
        .await
        .expect("the booking");
    let mut observed = client
        .vehicles()
        .observe_details(vehicle)
        .await
        .expect("observed");
    while observed.next().await.expect("an update").snapshot.is_none() {}

    // A change that is pending for as long as the server holds it.
    let gate = Gate::new();
    world
        .control()
        .on(world.moves())
        .then(Fault::HoldBefore(gate.clone()));
    client
        .bookings()
        .reschedule(&booking, &at(14), None)
        .await
        .expect("accepted");
    gate.arrived().await;
    let most = read_days(&client, (&world, &device), center, 0..700).await;
    assert!(most <= CAP, "{most} bytes");
    client.close();

    world.control().network(false);
    let client = device.open();
    assert!(!is_kept(&client, center, 0).await && !is_kept(&client, center, 100).await);
    assert!(is_kept(&client, center, 699).await && is_kept(&client, center, 600).await);
    assert!(
        !kept(client.account().me(Freshness::CacheOnly).await),
        "read before, and not looked at"
    );
    assert!(!kept(client.centers().list(Freshness::CacheOnly).await));
    assert!(
        kept(client.vehicles().details(vehicle, Freshness::CacheOnly).await),
        "observed"
    );
    assert!(kept(client.vehicles().list(Freshness::CacheOnly).await));
    assert!(kept(client.notifications().list(Freshness::CacheOnly).await));
    let list = client
        .bookings()
        .list(Freshness::CacheOnly)
        .await
        .expect("the list");
    let one = client
        .bookings()
        .get(&booking, Freshness::CacheOnly)
        .await
        .expect("the booking");
    let listed = list.value.iter().find(|listed| listed.id == booking);
    for shown in [listed.expect("in the list"), &one.value] {
        assert!(shown.pending.is_some() && shown.created_at.is_some(), "{shown:?}");
    }
    gate.release();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s29_what_is_no_longer_observed_or_pending_goes_too() {
    let world = World::start(Dialect::V2).await;
    let (mut device, client) = world.signed_in().await;
    client.close();
    device.cache_cap = CAP;
    let client = device.open();
    let vehicle = first_vehicle(&client).await;
    let center = client
        .centers()
        .list(Freshness::CacheOnly)
        .await
        .expect("centres")
        .value[0]
        .id;
    let mut observed = client
        .vehicles()
        .observe_details(vehicle)
        .await
        .expect("observed");
    while observed.next().await.expect("an update").snapshot.is_none() {}
    let booking = booked_elsewhere(&world).await;
    client
        .bookings()
        .get(&booking, Freshness::NetworkOnly)
        .await
        .expect("the booking");
    drop(observed);
    read_days(&client, (&world, &device), center, 0..700).await;
    client.close();
    world.control().network(false);
    let client = device.open();
    assert!(!kept(
        client.vehicles().details(vehicle, Freshness::CacheOnly).await
    ));
    assert!(!kept(client.vehicles().list(Freshness::CacheOnly).await));
    assert!(!kept(client.bookings().get(&booking, Freshness::CacheOnly).await));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s29_a_file_made_under_a_larger_cap_is_made_smaller_without_being_asked() {
    let world = World::start(Dialect::V2).await;
    let (mut device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    let center = client
        .centers()
        .list(Freshness::CacheOnly)
        .await
        .expect("centres")
        .value[0]
        .id;
    read_days(&client, (&world, &device), center, 0..900).await;
    client.close();
    assert!(taken(&device) > CAP, "{}", taken(&device));

    device.cache_cap = CAP;
    let client = device.open();
    while taken(&device) > CAP {
        tokio::task::yield_now().await;
    }
    assert!(is_kept(&client, center, 899).await && !is_kept(&client, center, 0).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s29_while_somebody_holds_the_wal_reads_go_on_under_the_cap() {
    let world = World::start(Dialect::V2).await;
    let (mut device, client) = world.signed_in().await;
    client.close();
    device.cache_cap = CAP;
    let client = device.open();
    first_vehicle(&client).await;
    let center = client
        .centers()
        .list(Freshness::CacheOnly)
        .await
        .expect("centres")
        .value[0]
        .id;
    let reader = raw(&device);
    let hold = |sql: &str| reader.execute_batch(sql).expect("the other reads");
    hold("BEGIN; SELECT count(*) FROM answer");
    let most = read_days(&client, (&world, &device), center, 0..200).await;
    assert!(most <= CAP, "{most} bytes");
    assert!(is_kept(&client, center, 199).await, "in memory");
    hold("COMMIT");
    read_days(&client, (&world, &device), center, 200..202).await;
    client.close();
    let client = device.open();
    assert!(is_kept(&client, center, 201).await && !is_kept(&client, center, 199).await);
}

async fn a_cap_is_within_its_range(world: World) {
    let mut device = world.device();
    for (cap, is_taken) in [
        (0, false),
        (CAP - 1, false),
        (CAP, true),
        (1_000_000_000_000, true),
        (1_000_000_000_001, false),
    ] {
        device.cache_cap = cap;
        let opened = device.try_open();
        assert_eq!(opened.is_ok(), is_taken, "{cap}");
        if let Err(error) = opened {
            assert!(
                matches!(&error, Error::InvalidInput { field, .. } if field == "cache_cap"),
                "{error}"
            );
        }
    }
    assert_eq!(world.device().cache_cap, 64_000_000);
}
both_dialects!(a_cap_is_within_its_range => s29_a_cap_out_of_range_is_said_to_be_v1,
    s29_a_cap_out_of_range_is_said_to_be_v2);

/// Writes noise over all but the header of the file and over its WAL, as a failing disk would: they stay the same files.
fn damage(device: &Device) {
    for (name, from) in [("cache.sqlite3", 100), ("cache.sqlite3-wal", 0)] {
        let path = device.cache_dir().join(name);
        let mut bytes = fs::read(&path).expect("the file");
        bytes.iter_mut().skip(from).for_each(|byte| *byte = 0xa7);
        let file = fs::OpenOptions::new().write(true).open(&path).expect("opened");
        std::io::Write::write_all(&mut &file, &bytes).expect("written");
    }
}

fn set_aside(dir: &Path) -> usize {
    let names = fs::read_dir(dir).expect("the folder");
    names
        .filter(|name| {
            let name = name.as_ref().expect("a file").file_name();
            let name = name.to_string_lossy();
            name.contains(".bad-") && !name.ends_with("-wal")
        })
        .count()
}

async fn damage_is_met_while_open(world: World) {
    let (device, client) = world.signed_in().await;
    let vehicle = VehicleId(world.customer().vehicle_ids[0]);
    client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("read once");
    client
        .bookings()
        .list(Freshness::NetworkOnly)
        .await
        .expect("read once");
    client.close();
    for round in 1..=3 {
        let client = device.open();
        damage(&device);
        let list = client.vehicles().list(Freshness::CacheFirst).await;
        assert_eq!(list.expect("the read goes on").origin, Origin::Network, "{round}");
        let bookings = client
            .bookings()
            .list(Freshness::NetworkFirst)
            .await
            .expect("so does this");
        assert_eq!((bookings.origin, bookings.refresh_error), (Origin::Network, None));
        client
            .vehicles()
            .details(vehicle, Freshness::CacheFirst)
            .await
            .expect("and this");
        client.close();
        assert_eq!(
            set_aside(&device.cache_dir()),
            round.min(2),
            "made anew once for each"
        );

        let again = device.open();
        let list = again.vehicles().list(Freshness::CacheOnly).await.expect("kept");
        assert_eq!(list.origin, Origin::Disk, "{round}");
        assert!(kept(
            again.vehicles().details(vehicle, Freshness::CacheOnly).await
        ));
        again.close();
        pass(&world, &device, 61);
    }
}
both_dialects!(damage_is_met_while_open => s31_damage_met_while_open_costs_no_read_and_the_file_is_made_anew_v1,
    s31_damage_met_while_open_costs_no_read_and_the_file_is_made_anew_v2);

async fn the_folder_is_emptied_while_open(world: World) {
    let (device, client) = world.signed_in().await;
    client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("read once");
    fs::remove_dir_all(device.cache_dir()).expect("the system empties it");
    client
        .bookings()
        .list(Freshness::NetworkOnly)
        .await
        .expect("read");
    assert!(device.cache_dir().join("cache.sqlite3").exists(), "made anew");
    client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("read again");
    let other = device.open();
    assert!(kept(other.bookings().list(Freshness::CacheOnly).await));
    assert!(kept(other.vehicles().list(Freshness::CacheOnly).await));
    assert_eq!(set_aside(&device.cache_dir()), 0);
    other.close();

    // And again at once, with something in its place: then there is no cache, and there are reads.
    fs::remove_dir_all(device.cache_dir()).expect("emptied");
    fs::write(device.cache_dir(), "in the way").expect("written");
    for freshness in [
        Freshness::NetworkOnly,
        Freshness::CacheFirst,
        Freshness::NetworkFirst,
    ] {
        client.bookings().list(freshness).await.expect("read");
        pass(&world, &device, 61);
        client.centers().list(freshness).await.expect("read");
    }
    fs::remove_file(device.cache_dir()).expect("gone");
    pass(&world, &device, 61);
    client
        .bookings()
        .list(Freshness::NetworkOnly)
        .await
        .expect("read");
    client.close();
    let other = device.open();
    assert!(
        kept(other.bookings().list(Freshness::CacheOnly).await),
        "there is one again"
    );
}
both_dialects!(the_folder_is_emptied_while_open => s31_a_folder_emptied_while_open_is_made_anew_v1,
    s31_a_folder_emptied_while_open_is_made_anew_v2);

async fn a_closed_client_makes_no_file(world: World) {
    let (device, client) = world.signed_in().await;
    client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("read once");
    let gate = Gate::new();
    world
        .control()
        .on(pmi_platform::Match::get("/api"))
        .times(1)
        .then(Fault::HoldAfter(gate.clone()));
    let late = client.clone();
    let late = tokio::spawn(async move { late.bookings().list(Freshness::NetworkOnly).await });
    gate.arrived().await;
    client.close();
    fs::remove_dir_all(device.cache_dir()).expect("emptied");
    gate.release();
    let _ = late.await.expect("no panic");
    assert!(!device.cache_dir().exists());
}
both_dialects!(a_closed_client_makes_no_file => s31_a_closed_client_makes_no_file_anew_v1,
    s31_a_closed_client_makes_no_file_anew_v2);

async fn rows_of_another_layout(world: World) {
    let (device, client) = world.signed_in().await;
    let first = client
        .bookings()
        .list(Freshness::NetworkOnly)
        .await
        .expect("read");
    client.close();
    // As after an update of the app whose layout is another.
    let changed = raw(&device).execute("UPDATE answer SET schema = schema + 1", []);
    assert_eq!(changed, Ok(1));
    let client = device.open();
    assert!(!kept(client.bookings().list(Freshness::CacheOnly).await));
    let left = raw(&device).query_row("SELECT count(*) FROM answer", [], |row| row.get::<_, i64>(0));
    assert_eq!(left, Ok(0), "it takes no place");
    let again = client
        .bookings()
        .list(Freshness::NetworkFirst)
        .await
        .expect("asked for");
    assert_eq!((again.origin, again.value), (Origin::Network, first.value));
    let unchanged = world
        .control()
        .outcomes("GET", "/api/bookings")
        .get(&304)
        .copied();
    assert_eq!(unchanged, None, "asked for whole");
}
both_dialects!(rows_of_another_layout => s33_answers_of_another_layout_are_asked_for_again_v1,
    s33_answers_of_another_layout_are_asked_for_again_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s29_not_modified_confirms_the_stored_answer_only_if_it_is_the_same_one() {
    let world = World::start(Dialect::V2).await;
    let (device, client) = world.signed_in().await;
    let read = client
        .bookings()
        .list(Freshness::NetworkOnly)
        .await
        .expect("read");
    for made_room in [
        "DELETE FROM answer",
        "UPDATE answer SET etag = '\"an older one\"', sealed = x'00'",
    ] {
        raw(&device).execute_batch(made_room).expect("changed");
        pass(&world, &device, 60);
        let again = client
            .bookings()
            .list(Freshness::NetworkOnly)
            .await
            .expect("confirmed");
        assert_eq!(again.value, read.value);
        let other = device.open();
        let kept = other
            .bookings()
            .list(Freshness::CacheOnly)
            .await
            .expect("kept again");
        assert_eq!(kept.origin, Origin::Disk);
        assert_eq!(
            (kept.value, kept.fetched_at),
            (read.value.clone(), again.fetched_at)
        );
    }
    let unchanged = world
        .control()
        .outcomes("GET", "/api/bookings")
        .get(&304)
        .copied();
    assert_eq!(unchanged, Some(2));
}
