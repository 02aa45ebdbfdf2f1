//! What is pending shows at once, in every list and detail, and neither a late nor a stale answer hides or doubles it, nor the
//! loss of all answers (scenario 31).

use std::fs;
use std::path::Path;

use pmi_core::model::{BookingStatus, Freshness, Origin, WriteState};
use pmi_e2e::desk::{at, book, done, first_vehicle, name, shown, shown_once};
use pmi_e2e::{World, both_dialects};
use pmi_platform::{Dialect, Fault, Gate, Match};

fn list_of(world: &World) -> Match {
    match world.dialect {
        Dialect::V1 => Match::get("/api/appointments/list"),
        Dialect::V2 => Match::get("/api/bookings"),
    }
}

async fn offline_in_every_list_and_detail(world: World) {
    let (device, client) = world.signed_in().await;
    let before = shown(&client).await.len();
    first_vehicle(&client).await;
    client.set_offline(true);
    let item = book(&client, 10).await;
    let id = item.booking.clone().expect("a local id");
    drop(client);
    let client = device.open();
    client.set_offline(true);
    let list = client
        .bookings()
        .list(Freshness::CacheOnly)
        .await
        .expect("the list")
        .value;
    assert_eq!(list.len(), before + 1);
    let booking = client
        .bookings()
        .get(&id, Freshness::CacheOnly)
        .await
        .expect("the detail")
        .value;
    assert!(
        list.iter()
            .any(|one| one.id == booking.id && one.pending.is_some())
    );
    assert_eq!(
        booking.pending.as_ref().map(|pending| &pending.state),
        Some(&WriteState::Queued)
    );
    assert!(
        booking.vehicle.is_some(),
        "the garage knows what the vehicle is called"
    );
    let garage = client
        .vehicles()
        .list(Freshness::CacheOnly)
        .await
        .expect("the garage")
        .value;
    assert_eq!(
        garage[0].latest_booking.as_ref().map(|latest| &latest.id),
        Some(&id)
    );
    client.bookings().cancel(&id, None).await.expect("taken back");
    let list = client
        .bookings()
        .list(Freshness::CacheOnly)
        .await
        .expect("the list")
        .value;
    assert_eq!(list.len(), before);
    assert!(client.bookings().get(&id, Freshness::CacheOnly).await.is_err());
}
both_dialects!(offline_in_every_list_and_detail => what_is_pending_shows_offline_in_every_list_and_detail_v1,
    what_is_pending_shows_offline_in_every_list_and_detail_v2);

async fn nothing_was_ever_read(world: World) {
    let (_device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.set_offline(true);
    let item = book(&client, 10).await;
    let list = client
        .bookings()
        .list(Freshness::CacheFirst)
        .await
        .expect("what was made here");
    assert_eq!((list.origin, list.stale), (Origin::Disk, true));
    assert!(list.refresh_error.is_some());
    assert_eq!(
        list.value.iter().map(|one| one.id.clone()).collect::<Vec<_>>(),
        [item.booking.unwrap()]
    );
}
both_dialects!(nothing_was_ever_read => what_was_made_here_shows_when_nothing_was_ever_read_v1,
    what_was_made_here_shows_when_nothing_was_ever_read_v2);

async fn a_late_answer(world: World) {
    let (_device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    let gate = Gate::new();
    // An answer made before the booking, which arrives after it.
    world
        .control()
        .on(list_of(&world))
        .times(1)
        .then(Fault::HoldAfter(gate.clone()));
    let late = tokio::spawn({
        let client = client.clone();
        async move { client.bookings().list(Freshness::NetworkOnly).await }
    });
    gate.arrived().await;
    let item = done(&client, &book(&client, 10).await).await;
    let id = item.booking.expect("the server's id");
    // Who asks now does not get that answer.
    assert_eq!(shown_once(&client, &id).await.pending, None);
    gate.release();
    let late = late.await.expect("it ends").expect("the late answer");
    assert_eq!(
        late.value.iter().filter(|one| one.id == id).count(),
        1,
        "what it lacks is shown over it"
    );
    let cached = client
        .bookings()
        .list(Freshness::CacheOnly)
        .await
        .expect("the list")
        .value;
    assert_eq!(cached.iter().filter(|one| one.id == id).count(), 1);
}
both_dialects!(a_late_answer => a_late_answer_neither_hides_nor_doubles_a_booking_v1,
    a_late_answer_neither_hides_nor_doubles_a_booking_v2);

async fn a_stale_answer(world: World) {
    let (_device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    shown(&client).await;
    let made = done(&client, &book(&client, 10).await).await;
    let id = made.booking.expect("the server's id");
    let stale = |hour: i8, status: BookingStatus| {
        let (client, id) = (client.clone(), id.clone());
        async move {
            let list = client
                .bookings()
                .list(Freshness::CacheOnly)
                .await
                .expect("the list")
                .value;
            let mut found = list.iter().filter(|one| one.id == id);
            let one = found.next().expect("it is there");
            assert_eq!((one.wall_time().hour(), &one.status), (hour, &status));
            assert!(found.next().is_none() && one.pending.is_none());
        }
    };
    stale(10, BookingStatus::Scheduled).await;
    let item = client
        .bookings()
        .reschedule(&id, &at(12), None)
        .await
        .expect("accepted");
    done(&client, &item).await;
    stale(12, BookingStatus::Scheduled).await;
    let item = client.bookings().cancel(&id, None).await.expect("accepted");
    done(&client, &item).await;
    stale(12, BookingStatus::Cancelled).await;
}
both_dialects!(a_stale_answer => a_cached_answer_older_than_a_write_shows_what_the_write_did_v1,
    a_cached_answer_older_than_a_write_shows_what_the_write_did_v2);

async fn an_observer(world: World) {
    let (_device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    let mut list = client.bookings().observe_list().await.expect("observed");
    let mut outbox = client.outbox().observe().await.expect("observed");
    assert_eq!(outbox.next().await.expect("open").expect("a list"), []);
    client.set_offline(true);
    let item = book(&client, 10).await;
    let local = item.booking.clone().expect("a local id");
    while list
        .next()
        .await
        .expect("open")
        .snapshot
        .is_none_or(|snapshot| snapshot.value.iter().all(|one| one.id != local))
    {}
    assert_eq!(outbox.next().await.expect("open").expect("a list")[0].id, item.id);
    client.set_offline(false);
    loop {
        let update = list.next().await.expect("open");
        let value = update.snapshot.map(|snapshot| snapshot.value).unwrap_or_default();
        let of_ours = value
            .iter()
            .filter(|one| one.wall_time().to_string() == "2026-12-25T10:00:00");
        let of_ours: Vec<_> = of_ours.collect();
        assert!(of_ours.len() <= 1, "never twice: {of_ours:?}");
        if of_ours
            .first()
            .is_some_and(|one| one.pending.is_none() && one.created_at.is_some())
        {
            break;
        }
    }
    while !outbox.next().await.expect("open").expect("a list").is_empty() {}
}
both_dialects!(an_observer => an_observer_sees_a_booking_pending_and_then_made_and_never_twice_v1,
    an_observer_sees_a_booking_pending_and_then_made_and_never_twice_v2);

async fn a_notification_is_read(world: World) {
    let (_device, client) = world.signed_in().await;
    let list = client
        .notifications()
        .list(Freshness::NetworkFirst)
        .await
        .expect("the list");
    let Some(unread) = list.value.iter().find(|one| !one.read) else {
        panic!("the seed has an unread notification");
    };
    client.set_offline(true);
    let item = client
        .notifications()
        .mark_read(unread.id)
        .await
        .expect("accepted");
    let same = client
        .notifications()
        .mark_read(unread.id)
        .await
        .expect("accepted");
    assert_eq!(item.id, same.id);
    let is_read = || async {
        let list = client
            .notifications()
            .list(Freshness::CacheOnly)
            .await
            .expect("the list");
        list.value.iter().any(|one| one.id == unread.id && one.read)
    };
    assert!(is_read().await);
    client.set_offline(false);
    done(&client, &item).await;
    assert!(is_read().await);
    let list = client
        .notifications()
        .list(Freshness::NetworkOnly)
        .await
        .expect("the list");
    assert!(list.value.iter().any(|one| one.id == unread.id && one.read));
    assert_eq!(world.control().requests("PUT", "/api/notifications/"), 1);
}
both_dialects!(a_notification_is_read => a_notification_read_offline_is_shown_read_and_sent_once_v1,
    a_notification_read_offline_is_shown_read_and_sent_once_v2);

/// As the system may do to a cache at any time, or a disk.
fn spoil(file: &Path, how: &str) {
    for beside in ["cache.sqlite3-wal", "cache.sqlite3-shm"] {
        let _ = fs::remove_file(file.with_file_name(beside));
    }
    match how {
        "noise" => fs::write(file, [0xa7; 20_000]),
        "empty" => fs::write(file, []),
        _ => fs::remove_file(file),
    }
    .expect("spoilt");
}

async fn the_cache_is_lost(world: World) {
    let (device, mut client) = world.signed_in().await;
    for (how, hour) in [("noise", 10), ("empty", 11), ("missing", 12)] {
        first_vehicle(&client).await;
        shown(&client).await;
        client.set_offline(true);
        let item = book(&client, hour).await;
        client.close();
        spoil(&device.cache_dir().join("cache.sqlite3"), how);

        client = device.open();
        client.set_offline(true);
        let unsent = client.outbox().list().await.expect("the outbox");
        assert_eq!(unsent, std::slice::from_ref(&item), "{how}: complete");
        let id = name(&item);
        let bookings = client.bookings();
        let list = bookings
            .list(Freshness::CacheOnly)
            .await
            .expect("what is pending");
        let pending = list.value.into_iter().filter(|one| one.pending.is_some());
        let pending: Vec<_> = pending.map(|one| one.id).collect();
        assert_eq!(pending, [id], "{how}: shown");
        client.set_offline(false);
        done(&client, &item).await;
    }
    let made = [10, 11, 12].map(|hour| format!("2026-12-25T{hour}:00:00 scheduled"));
    assert_eq!(world.made().await, made);
    assert_eq!(world.create_requests(), 3);
}
both_dialects!(the_cache_is_lost => s31_what_is_pending_outlives_the_cache_v1,
    s31_what_is_pending_outlives_the_cache_v2);
