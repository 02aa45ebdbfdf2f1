//! Scenario 29 through the front door: what a cache under its cap takes, what goes, what stays.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use jiff::civil::Date;
use pmi_core::error::OfflineReason;
use pmi_core::model::{BookingId, CenterId, Freshness, Origin, Snapshot};
use pmi_core::ports::secrets::MemorySecrets;
use pmi_core::ports::{PortFuture, SecretError, SecretKey, SecretStore};
use pmi_core::{Error, PmiClient, SessionState};
use pmi_e2e::asleep::{DEADLINE, state};
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

/// A secret store that counts how often a key is asked for, and may not give that of an outbox.
struct Counting {
    inner: Arc<MemorySecrets>,
    asked: AtomicU32,
    keeps_the_outbox: AtomicBool,
}

impl Counting {
    fn of(device: &Device) -> Self {
        Self {
            inner: Arc::clone(&device.secrets),
            asked: AtomicU32::new(0),
            keeps_the_outbox: AtomicBool::new(false),
        }
    }

    fn asked(&self) -> u32 {
        self.asked.load(Ordering::SeqCst)
    }
}

impl SecretStore for Counting {
    fn id(&self) -> &'static str {
        self.inner.id()
    }

    fn get(&self, name: &str) -> PortFuture<Result<Option<SecretKey>, SecretError>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        if name.contains("/outbox-") && self.keeps_the_outbox.load(Ordering::SeqCst) {
            let locked = SecretError::Locked("the test said so".to_owned());
            return Box::pin(async move { Err(locked) });
        }
        self.inner.get(name)
    }

    fn set(&self, name: &str, key: SecretKey) -> PortFuture<Result<(), SecretError>> {
        self.inner.set(name, key)
    }

    fn delete(&self, name: &str) -> PortFuture<Result<(), SecretError>> {
        self.inner.delete(name)
    }
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

/// Returns once the cache takes no more than its cap, by the machine's clock within a minute.
async fn made_smaller(device: &Device) {
    let smaller = async {
        while taken(device) > CAP {
            tokio::task::yield_now().await;
        }
    };
    let patience = Duration::from_secs(60);
    tokio::time::timeout(patience, smaller)
        .await
        .expect("made smaller");
}

/// A cache of a larger cap than the device's is now, and the centre whose slots on 900 days are in it, read after a booking was
/// accepted.
async fn larger_than_its_cap(world: &World) -> (Device, CenterId) {
    let (mut device, client) = world.signed_in().await;
    book(&client, 10).await;
    let center = client
        .centers()
        .list(Freshness::CacheOnly)
        .await
        .expect("centres")
        .value[0]
        .id;
    read_days(&client, (world, &device), center, 0..900).await;
    client.close();
    assert!(taken(&device) > CAP, "{}", taken(&device));
    device.cache_cap = CAP;
    (device, center)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s29_a_file_made_under_a_larger_cap_is_made_smaller_once_the_session_is_open() {
    let world = World::start(Dialect::V2).await;
    let (device, center) = larger_than_its_cap(&world).await;
    let secrets = Arc::new(Counting::of(&device));
    let client = device.open_with(Arc::clone(&secrets) as _);
    client.set_offline(true);
    client.suspend(DEADLINE).await.expect("suspended");
    client.resume().await.expect("it goes on");
    // Whatever would have been done by itself is done by now.
    for _ in 0..1_000 {
        tokio::task::yield_now().await;
    }
    assert_eq!(secrets.asked(), 0, "it opens without a secret store");
    assert!(taken(&device) > CAP, "{}", taken(&device));
    assert_eq!(state(&client).await, SessionState::SignedIn);
    made_smaller(&device).await;
    assert!(is_kept(&client, center, 899).await && !is_kept(&client, center, 0).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s29_nothing_goes_while_it_cannot_be_known_what_is_pending() {
    let world = World::start(Dialect::V2).await;
    let gate = Gate::new();
    let held = Fault::HoldBefore(gate.clone());
    world.control().on(world.creates()).then(held);
    let (device, center) = larger_than_its_cap(&world).await;
    let secrets = Arc::new(Counting::of(&device));
    secrets.keeps_the_outbox.store(true, Ordering::SeqCst);
    let client = device.open_with(Arc::clone(&secrets) as _);
    client.set_offline(true);
    assert_eq!(state(&client).await, SessionState::SignedIn);
    // It looks again as often as who sends does.
    let later = Duration::from_secs(60);
    device.clock.sleepers(2, later).await;
    assert!(taken(&device) > CAP, "{}", taken(&device));
    secrets.keeps_the_outbox.store(false, Ordering::SeqCst);
    assert_eq!(client.outbox().list().await.expect("opened").len(), 1);
    device.clock.advance(later);
    made_smaller(&device).await;
    assert!(!is_kept(&client, center, 0).await);
    let pending_over = client.vehicles().list(Freshness::CacheOnly).await;
    assert!(kept(pending_over), "read before everything else, and pending");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s34_a_file_that_was_being_made_smaller_is_after_a_suspension_too() {
    let world = World::start(Dialect::V2).await;
    let (device, center) = larger_than_its_cap(&world).await;
    // Another process does not let a row go.
    let holder = raw(&device);
    holder.execute_batch("BEGIN IMMEDIATE").expect("its lock");
    let client = device.open();
    client.set_offline(true);
    assert_eq!(state(&client).await, SessionState::SignedIn);
    client.suspend(DEADLINE).await.expect("suspended");
    holder.execute_batch("COMMIT").expect("let go");
    drop(holder);
    assert!(taken(&device) > CAP, "{}", taken(&device));
    client.resume().await.expect("it goes on");
    made_smaller(&device).await;
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
