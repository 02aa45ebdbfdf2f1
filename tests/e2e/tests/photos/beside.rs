//! Photos beside other writes (scenarios 18, 22, 23, 25, 27 and 29): what is cut off and what goes meanwhile, what is asked for
//! twice, and a server or a cache that has no room for them.

use std::time::Duration;

use pmi_core::error::Refusal;
use pmi_core::model::{BookingId, Freshness, OutboxItem, WriteState};
use pmi_core::{Error, PmiClient};
use pmi_e2e::World;
use pmi_e2e::desk::{at, book, done, name, settled};
use pmi_e2e::photos::{KIB, jpeg, photo};
use pmi_platform::{Dialect, Fault, Gate};
use serde_json::json;

use crate::scene::*;

/// Adds a photo of so many KiB to a booking.
async fn add(client: &PmiClient, booking: &BookingId, kib: usize) -> OutboxItem {
    let photo = photo(&jpeg(kib * KIB, 1));
    let added = client.bookings().add_photo(booking, &photo, None).await;
    added.expect("accepted")
}

/// The item once it is put off.
async fn put_off(client: &PmiClient, item: &OutboxItem) -> OutboxItem {
    loop {
        let item = client.outbox().get(item.id).await.expect("known");
        if item.retry_at.is_some() {
            return item;
        }
        tokio::task::yield_now().await;
    }
}

/// Both are done before there are so many requests about photos.
async fn done_within(world: &World, requests: u64, client: &PmiClient, items: [&OutboxItem; 2]) {
    let gate = held(world, requests);
    let both = async {
        for item in items {
            done(client, item).await;
        }
    };
    tokio::select! {
        () = both => {}
        () = gate.arrived() => panic!("{:?}", client.outbox().list().await),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s25_a_booking_that_is_cut_off_and_a_photo_of_another_both_go() {
    let (world, device, client) = v2().await;
    let made = done(&client, &book(&client, 10).await).await;
    client.set_offline(true);
    let cut_off = book(&client, 12).await;
    let photo = add(&client, &name(&made), 100).await;
    world
        .control()
        .on(world.creates())
        .times(1)
        .then(Fault::CutBefore);
    client.set_offline(false);
    let _skipping = world.skip_sleeps(&device);
    done_within(&world, 4, &client, [&photo, &cut_off]).await;
    assert_eq!(world.parts().len(), 2);
    let item = client.outbox().get(photo.id).await.expect("known");
    assert_eq!(item.attempts, 1);
    assert_eq!(world.made().await.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s25_a_move_that_is_cut_off_and_an_earlier_photo_of_its_booking_both_go() {
    let (world, device, client) = v2().await;
    let made = done(&client, &book(&client, 10).await).await;
    client.set_offline(true);
    let photo = add(&client, &name(&made), 100).await;
    let moved = client.bookings().reschedule(&name(&made), &at(12), None).await;
    world.control().on(world.moves()).times(1).then(Fault::CutBefore);
    client.set_offline(false);
    let _skipping = world.skip_sleeps(&device);
    done_within(&world, 4, &client, [&photo, &moved.expect("accepted")]).await;
    assert_eq!(world.made().await, ["2026-12-25T12:00:00 scheduled"]);
    assert!(world.photos_of(&name(&made)).await[0].complete);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s27_a_booking_that_was_cut_off_once_does_not_wait_for_a_whole_photo() {
    let (world, device, client) = v2().await;
    let made = done(&client, &book(&client, 10).await).await;
    client.set_offline(true);
    let cut_off = book(&client, 12).await;
    let photo = add(&client, &name(&made), 600).await;
    world
        .control()
        .on(world.creates())
        .times(1)
        .then(Fault::CutBefore);
    // Three parts, one after the other.
    let [first, second, third] = [(); 3].map(|()| held(&world, 2));
    client.set_offline(false);
    for gate in [first, second] {
        gate.arrived().await;
        device.clock.advance(Duration::from_secs(6));
        gate.release();
    }
    tokio::select! {
        _ = done(&client, &cut_off) => {}
        () = third.arrived() => panic!("longer than a round would have rested"),
    }
    third.release();
    done(&client, &photo).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s23_a_photo_that_may_have_arrived_holds_nothing_once_the_server_takes_none() {
    let (world, device, client) = v2().await;
    let gate = held(&world, 2);
    let booked = book_with(&client, 10, &[&jpeg(20 * KIB, 1)]).await;
    gate.arrived().await;
    world.control().network(false);
    client.sync(Duration::from_secs(60)).await.expect("a report");
    let item = photo_items(&client).await.remove(0);
    assert_eq!(item.state, WriteState::Unknown);
    gate.release();
    client.close();
    world.control().set_dialect(Dialect::V1);
    world.control().network(true);
    let client = device.open();
    let _skipping = world.skip_waits(&device);
    world.sign_in(&client).await.expect("the sign-in");
    let cancelled = client
        .bookings()
        .cancel(&name(&booked), None)
        .await
        .expect("accepted");
    let item = tokio::select! {
        item = settled(&client, &item) => item,
        item = put_off(&client, &item) => item,
    };
    assert!(
        matches!(&item.state, WriteState::Rejected { why: Refusal::Other { code }, reason, .. }
            if code == "cannot_be_sent" && reason.contains("photos")),
        "{item:?}"
    );
    done(&client, &cancelled).await;
    assert_eq!(world.made().await, ["2026-12-25T10:00:00 cancelled"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s18_a_photo_that_arrives_damaged_after_a_minute_is_sent_anew_once() {
    let (world, device, client) = v2().await;
    let made = done(&client, &book(&client, 10).await).await;
    let parts: Vec<Gate> = (0..6).map(|_| Gate::new()).collect();
    for gate in &parts {
        // One after the other, once the photo is declared.
        let held = Fault::HoldAfter(gate.clone());
        world.control().on(puts()).skip(1).times(1).then(held);
    }
    let damaged = json!({"error": "digest_mismatch", "message": "no", "request_id": "r-1"});
    for skipped in [1, 2] {
        // The answer to the last part, and again when that is sent anew; a third time it would be taken.
        let rule = world.control().on(puts()).skip(skipped).times(1);
        rule.then(Fault::json(422, &damaged));
    }
    let photo = add(&client, &name(&made), 400).await;
    for gate in &parts {
        gate.arrived().await;
        device.clock.advance(Duration::from_secs(10));
        gate.release();
    }
    let _skipping = world.skip_sleeps(&device);
    let photo = settled(&client, &photo).await;
    assert!(
        matches!(&photo.state, WriteState::Rejected { why: Refusal::Other { code }, .. } if code == "digest_mismatch"),
        "{photo:?}"
    );
    assert_eq!(world.parts().len(), 8);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s22_an_operation_id_names_one_photo_of_one_booking() {
    let (_world, _device, client) = v2().await;
    let made = done(&client, &book(&client, 10).await).await;
    client.set_offline(true);
    let booked = book(&client, 12).await;
    let (bytes, larger) = (jpeg(KIB, 1), jpeg(KIB + 1, 1));
    let add = async |booking: &BookingId, bytes: &[u8]| {
        let bookings = client.bookings();
        bookings
            .add_photo(booking, &photo(bytes), Some("tap".to_owned()))
            .await
    };
    let local = name(&booked);
    let item = add(&local, &bytes).await.expect("accepted");
    assert_eq!(add(&local, &bytes).await.expect("the same").id, item.id);
    for (booking, bytes) in [(&name(&made), &bytes), (&local, &larger)] {
        let used = add(booking, bytes).await;
        assert!(
            matches!(&used, Err(Error::InvalidInput { field, .. }) if field == "operation_id"),
            "{used:?}"
        );
    }
    assert_eq!(client.outbox().count().await, Ok(2));
    client.set_offline(false);
    let booked = done(&client, &booked).await;
    assert_ne!(name(&booked), local);
    for booking in [&local, &name(&booked)] {
        assert_eq!(add(booking, &bytes).await.expect("the same").id, item.id);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s29_the_photos_of_a_booking_stay_in_the_cache_while_one_is_pending() {
    /// The least cap there is, in bytes.
    const CAP: u64 = 1_000_000;
    let (world, mut device, client) = v2().await;
    client.close();
    // From another device of the customer's: this one has it from the server alone.
    let (_other, other) = world.signed_in().await;
    let booked = book_with(&other, 10, &[&jpeg(KIB, 1)]).await;
    let booking = all_sent(&other, &booked).await;
    device.cache_cap = CAP;
    let client = device.open();
    assert_eq!(shown(&client, &booking).await.len(), 1);
    let gate = Gate::new();
    let held = Fault::HoldBefore(gate.clone());
    world.control().on(puts()).then(held);
    add(&client, &booking, 1).await;
    gate.arrived().await;
    let centers = client.centers().list(Freshness::CacheOnly).await;
    let center = centers.expect("centres").value[0].id;
    let (mut day, pass) = (jiff::civil::date(2027, 1, 4), Duration::from_secs(1));
    for _ in 0..700 {
        day = day.tomorrow().expect("a day");
        let slots = client.centers().slots(center, day, Freshness::NetworkOnly).await;
        slots.expect("the slots");
        device.clock.advance(pass);
        world.server_clock.advance(pass);
    }
    client.close();
    world.control().network(false);
    let client = device.open();
    let photos = client.bookings().photos(&booking, Freshness::CacheOnly).await;
    let photos = photos.expect("the photos").value;
    assert_eq!(photos.len(), 2, "{photos:?}");
    gate.release();
}
