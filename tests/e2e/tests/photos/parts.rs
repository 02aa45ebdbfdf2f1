//! How a photo travels: in parts, cut, lost, killed and gone on with.

use std::time::Duration;

use pmi_core::Error;
use pmi_core::model::{Booking, Freshness, NewBooking, Password, SuspendReport, Unsent, Upload, WriteState};
use pmi_e2e::asleep::{DEADLINE, NOTHING, holds_nothing};
use pmi_e2e::desk::{at, done, first_vehicle, name, oil_change, settled};
use pmi_e2e::photos::{KIB, jpeg, photo, rows, starting_with};
use pmi_e2e::processes::{Scene, Then};
use pmi_platform::{Dialect, Fault, Gate};
use serde_json::json;

use crate::scene::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s22_photos_accepted_without_a_network_are_sent_whole_later_after_their_booking() {
    let (world, device, client) = v2().await;
    let photos = [
        jpeg(1024 * KIB, 1),
        starting_with(b"\x89PNG\r\n\x1a\n", 300, 2),
        starting_with(b"\0\0\0\x18ftypheic", 100 * KIB + 1, 3),
    ];
    client.set_offline(true);
    let booked = book_with(&client, 10, &photos.each_ref().map(Vec::as_slice)).await;
    let local = name(&booked);
    let items = client.outbox().list().await.expect("the outbox");
    assert_eq!(items.len(), 4, "each photo is an item of its own");
    assert!(items.iter().all(|item| item.booking.as_ref() == Some(&local)));
    assert_eq!(
        items[1].upload,
        Some(Upload {
            sent: 0,
            size: 1024 * 1024
        })
    );
    assert_eq!(items[0].upload, None);
    let pending = shown(&client, &local).await;
    assert_eq!(pending[0], (0, 1024 * 1024, false, true));
    assert_eq!(pending.len(), 3);
    assert!(rows(device.dir(), "attachment_part") > 0);

    client.set_offline(false);
    let booking = all_sent(&client, &booked).await;
    assert_eq!(world.made().await, AT_TEN);
    let there = world.photos_of(&booking).await;
    let kinds = ["image/jpeg", "image/png", "image/heic"];
    for ((seen, sent), kind) in there.iter().zip(&photos).zip(kinds) {
        assert!(seen.complete && seen.bytes == *sent, "{seen:?}");
        assert_eq!(seen.content_type.as_deref(), Some(kind));
    }
    assert_eq!(there.len(), 3);
    let kib: Vec<u64> = world.parts().iter().map(|offset| offset / 1024).collect();
    assert_eq!(
        kib,
        [0, 64, 192, 448, 704, 960, 0, 0],
        "each part once, and then the others whole"
    );
    let seen = world.control().seen();
    let create = seen.iter().position(|request| request.method == "POST");
    let first = seen.iter().position(|request| request.path.contains("/photos/"));
    assert!(create < first, "after their booking");
    assert_eq!(
        rows(device.dir(), "attachment_part"),
        0,
        "what arrived is not kept here"
    );
    assert!(
        shown(&client, &local)
            .await
            .iter()
            .all(|photo| photo.2 && !photo.3)
    );
    let booking: Booking = client
        .bookings()
        .get(&booking, Freshness::NetworkFirst)
        .await
        .unwrap()
        .value;
    assert_eq!(booking.pending, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s18_a_part_that_is_cut_is_sent_again_and_no_other() {
    let (world, device, client) = v2().await;
    let bytes = jpeg(600 * KIB, 1);
    let cuts = [
        // In the middle of the second part, before the third is handled, and after the fourth is.
        (2, Fault::CutInside(70 * KIB)),
        (4, Fault::CutBefore),
        (6, Fault::CutAfter),
    ];
    for (nth, fault) in cuts {
        // Declaring it comes before the first part, and again after each cut.
        world.control().on(puts()).nth(nth + 1).then(fault);
    }
    let _skipping = world.skip_sleeps(&device);
    let booked = book_with(&client, 10, &[&bytes]).await;
    let booking = all_sent(&client, &booked).await;
    let there = world.photos_of(&booking).await;
    assert!(there[0].complete && there[0].bytes == bytes);
    let kib: Vec<u64> = world.parts().iter().map(|offset| offset / 1024).collect();
    assert_eq!(kib, [0, 64, 64, 192, 192, 448]);
    assert_eq!(world.create_requests(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s23_a_photo_whose_last_answer_is_lost_is_asked_about_and_not_sent_again() {
    let (world, device, client) = v2().await;
    let bytes = jpeg(20 * KIB, 1);
    world.control().on(puts()).nth(2).then(Fault::CutAfter);
    let _skipping = world.skip_sleeps(&device);
    let booked = book_with(&client, 10, &[&bytes]).await;
    let booking = all_sent(&client, &booked).await;
    assert_eq!(world.parts(), [0]);
    assert!(world.photos_of(&booking).await[0].complete);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s23_a_photo_that_may_have_arrived_is_not_given_up_before_that_is_known() {
    let (world, device, client) = v2().await;
    let gate = held(&world, 2);
    let booked = book_with(&client, 10, &[&jpeg(20 * KIB, 1)]).await;
    gate.arrived().await;
    world.control().network(false);
    client.sync(Duration::from_secs(60)).await.expect("a report");
    let item = photo_items(&client).await.remove(0);
    assert_eq!(item.state, WriteState::Unknown);
    let dropped = client.outbox().drop_item(item.id).await;
    assert!(matches!(dropped, Err(Error::InvalidInput { .. })), "{dropped:?}");
    let cancelled = client
        .bookings()
        .cancel(&name(&booked), None)
        .await
        .expect("accepted");
    gate.release();
    world.control().network(true);
    let _skipping = world.skip_sleeps(&device);
    done(&client, &cancelled).await;
    let item = client.outbox().get(item.id).await.expect("known");
    assert_eq!(
        item.state,
        WriteState::Done { booking: None },
        "looked for first: it had arrived"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s22_the_right_to_send_is_gone_on_with_between_the_parts_of_a_long_upload() {
    let (world, device, client) = v2().await;
    let gates: Vec<Gate> = (0..6).map(|_| Gate::new()).collect();
    for gate in &gates {
        // One after the other, once the photo is declared.
        let held = Fault::HoldAfter(gate.clone());
        world.control().on(puts()).skip(1).times(1).then(held);
    }
    let booked = book_with(&client, 10, &[&jpeg(400 * KIB, 1)]).await;
    // Each part takes 10 s, and so the next one is not made larger.
    for gate in &gates {
        gate.arrived().await;
        device.clock.advance(Duration::from_secs(10));
        gate.release();
    }
    all_sent(&client, &booked).await;
    let item = photo_items(&client).await.remove(0);
    assert_eq!(item.attempts, 1, "one claim for a minute of sending");
    let kib: Vec<u64> = world.parts().iter().map(|offset| offset / 1024).collect();
    assert_eq!(kib, [0, 64, 128, 192, 256, 320, 384]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s11_a_sign_out_in_the_middle_of_a_photo_sends_no_more_of_it() {
    let (world, device, client) = v2().await;
    let gate = held(&world, 2);
    let booked = book_with(&client, 10, &[&jpeg(400 * KIB, 1)]).await;
    gate.arrived().await;
    client.account().sign_out(Unsent::Keep).await.expect("signed out");
    gate.release();
    let other = world.other_customer();
    let password = Password::new(other.password.as_str());
    client
        .account()
        .sign_in(&other.email, password)
        .await
        .expect("B signs in");
    client.sync(Duration::from_secs(60)).await.expect("a report");
    client
        .account()
        .sign_out(Unsent::Ask)
        .await
        .expect("B has nothing unsent");
    assert_eq!(world.parts(), [0]);
    let _skipping = world.skip_sleeps(&device);
    world.sign_in(&client).await.expect("A comes back");
    all_sent(&client, &booked).await;
    let kib: Vec<u64> = world.parts().iter().map(|offset| offset / 1024).collect();
    assert_eq!(kib[1], 64, "and goes on: {kib:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s25_photos_wait_for_a_booking_that_a_person_must_settle() {
    let (world, device, client) = v2().await;
    let taken =
        json!({"error": "slot_taken", "message": "no", "request_id": "r-1", "detail": {"free_slots": []}});
    world
        .control()
        .on(world.creates())
        .times(1)
        .then(Fault::json(409, &taken));
    let _skipping = world.skip_sleeps(&device);
    let booked = book_with(&client, 10, &[&jpeg(KIB, 1)]).await;
    let held = settled(&client, &booked).await;
    assert!(held.state.needs_attention(), "{held:?}");
    let item = photo_items(&client).await.remove(0);
    assert_eq!(item.state, WriteState::Blocked { by: booked.id });
    let moved = client.bookings().reschedule(&name(&booked), &at(12), None).await;
    done(&client, &moved.expect("sent anew")).await;
    done(&client, &item).await;
    assert_eq!(world.made().await, ["2026-12-25T12:00:00 scheduled"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s22_a_booking_tapped_twice_has_its_photos_once() {
    let (_world, _device, client) = v2().await;
    client.set_offline(true);
    let vehicle = first_vehicle(&client).await;
    let new = || NewBooking {
        photos: vec![photo(&jpeg(KIB, 1)), photo(&jpeg(KIB, 2))],
        ..oil_change(vehicle, 10)
    };
    let bookings = client.bookings();
    let tap = || bookings.book(new(), Some("tap".to_owned()));
    let (first, second) = tokio::join!(tap(), tap());
    assert_eq!(first.expect("accepted").id, second.expect("accepted").id);
    assert_eq!(client.outbox().count().await, Ok(3));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s17_over_a_way_too_slow_for_a_part_the_next_one_is_smaller() {
    let (world, device, client) = v2().await;
    let bytes = jpeg(100 * KIB, 1);
    let gate = Gate::new();
    let held = Fault::HoldBefore(gate.clone());
    world.control().on(puts()).nth(2).then(held);
    let booked = book_with(&client, 10, &[&bytes]).await;
    gate.arrived().await;
    device.clock.advance(Duration::from_secs(16));
    let _skipping = world.skip_sleeps(&device);
    all_sent(&client, &booked).await;
    let kib: Vec<u64> = world.parts().iter().map(|offset| offset / 1024).collect();
    assert_eq!(kib, [0, 0, 16, 48]);
    gate.release();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s22_a_client_that_ends_in_the_middle_of_a_photo_goes_on_where_it_stopped() {
    let (world, device, client) = v2().await;
    let bytes = jpeg(600 * KIB, 1);
    let gate = Gate::new();
    // The third part has arrived, and its answer never comes.
    let held = Fault::HoldAfter(gate.clone());
    world.control().on(puts()).nth(4).then(held);
    let booked = book_with(&client, 10, &[&bytes]).await;
    gate.arrived().await;
    let items = photo_items(&client).await;
    assert_eq!(items[0].state, WriteState::Sending);
    let upload = items[0].upload.expect("an upload");
    assert_eq!(
        (upload.sent, upload.size),
        (192 * 1024, 600 * 1024),
        "it tells how far it is"
    );
    client.close();
    let client = device.open();
    let _skipping = world.skip_sleeps(&device);
    client
        .account()
        .state()
        .await
        .expect("the stored session is opened");
    let booking = all_sent(&client, &booked).await;
    let kib: Vec<u64> = world.parts().iter().map(|offset| offset / 1024).collect();
    // A new process begins with a small part again.
    assert_eq!(kib, [0, 64, 192, 448, 512]);
    assert!(world.photos_of(&booking).await[0].bytes == bytes);
    gate.release();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s34_a_photo_that_is_whole_while_the_client_is_being_suspended_is_done_and_not_declared_again() {
    let (world, device, client) = v2().await;
    let gate = held(&world, 2);
    let booked = book_with(&client, 10, &[&jpeg(20 * KIB, 1)]).await;
    gate.arrived().await;
    let item = photo_items(&client).await.remove(0);
    let suspending = client.clone();
    let suspending = tokio::spawn(async move { suspending.suspend(DEADLINE).await });
    while client.outbox().list().await != Err(Error::Suspended) {
        tokio::task::yield_now().await;
    }
    gate.release();
    let report = suspending.await.expect("no panic");
    assert_eq!(report, Ok(SuspendReport { ended: 1, ..NOTHING }));
    holds_nothing(&device, "when it returns");
    assert_eq!(
        rows(device.dir(), "attachment_part"),
        0,
        "it is known to have arrived"
    );
    client.resume().await.expect("it goes on");
    done(&client, &item).await;
    let booking = all_sent(&client, &booked).await;
    assert!(world.photos_of(&booking).await[0].complete);
    assert_eq!(world.control().requests("PUT", "/api/bookings/"), 2);
}

#[test]
fn s22_a_process_killed_in_the_middle_of_a_photo_loses_no_part_that_arrived() {
    let scene = Scene::start(Dialect::V2, env!("CARGO_BIN_EXE_device"));
    let bytes = jpeg(400 * KIB, 1);
    let sent = bytes.clone();
    let desk = scene.desk_after(async move |client| {
        first_vehicle(&client).await;
        client.set_offline(true);
        book_with(&client, 10, &[&sent]).await;
    });
    let gate = Gate::new();
    let held = Fault::HoldBefore(gate.clone());
    scene.control().on(puts()).nth(4).then(held);
    let mut device = desk.begin(Then::Count);
    device.tell("sync");
    scene.wait(gate.arrived());
    device.kill();
    // What is under way when its client dies is handled all the same, perhaps only now.
    let parts = || {
        let seen = scene.control().seen();
        let offset = |path: &str| path.split_once("offset=").map(|(_, offset)| offset.to_owned());
        seen.iter()
            .filter_map(|request| offset(&request.path))
            .collect::<Vec<_>>()
    };
    assert_eq!(parts(), ["0", "65536", "196608"]);
    let mut device = desk.begin(Then::Count);
    assert_eq!(device.ask("sync"), "0 remain");
    assert_eq!(parts()[3..], ["196608", "262144", "393216"]);
    let booking = scene.wait(scene.control().bookings(None)).expect("asked");
    let ours = booking.iter().find(|one| one.client_operation_id.is_some());
    let there = scene
        .wait(scene.control().photos(ours.expect("made").id))
        .expect("asked");
    assert!(there.len() == 1 && there[0].complete && there[0].bytes == bytes);
    gate.release();
    device.closes();
}
