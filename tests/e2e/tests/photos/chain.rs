//! What a photo has to do with its booking, and with who may send it: refused, called off, added later, kept over a sign-out.

use std::time::Duration;

use pmi_core::Error;
use pmi_core::error::{Refusal, StorageFault};
use pmi_core::model::{
    BookingId, Freshness, NewBooking, Password, Photo, PhotoKind, Unsent, Upload, Write, WriteState,
};
use pmi_e2e::World;
use pmi_e2e::desk::{at, book, done, first_vehicle, name, oil_change, settled};
use pmi_e2e::photos::{KIB, jpeg, photo, rows};
use pmi_platform::{Dialect, Fault};
use serde_json::json;

use crate::scene::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s25_a_refused_photo_holds_nothing_but_itself_and_can_be_tried_again() {
    let (world, device, client) = v2().await;
    let (first, second) = (jpeg(30 * KIB, 1), jpeg(30 * KIB, 2));
    let no = json!({"error": "not_a_photo", "message": "no", "request_id": "r-1"});
    world.control().on(puts()).nth(2).then(Fault::json(422, &no));
    client.set_offline(true);
    let booked = book_with(&client, 10, &[&first, &second]).await;
    let moved = book(&client, 12).await;
    client.set_offline(false);
    let _skipping = world.skip_sleeps(&device);
    let made = done(&client, &booked).await;
    done(&client, &moved).await;
    let [refused, sent] = &photo_items(&client).await[..] else {
        panic!("two photos")
    };
    let refused = settled(&client, refused).await;
    assert!(
        matches!(&refused.state, WriteState::Rejected { why: Refusal::Other { code }, .. } if code == "not_a_photo"),
        "{refused:?}"
    );
    done(&client, sent).await;
    let moved = client.bookings().reschedule(&name(&made), &at(14), None).await;
    done(&client, &moved.expect("accepted")).await;
    assert!(
        rows(device.dir(), "attachment_part") > 0,
        "it can still be tried again"
    );
    client.outbox().retry(refused.id).await.expect("tried again");
    done(&client, &refused).await;
    let there = world.photos_of(&name(&made)).await;
    assert!(there.iter().all(|photo| photo.complete));
    assert_eq!(there.len(), 2);
    assert_eq!(rows(device.dir(), "attachment_part"), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s22_a_booking_taken_back_before_it_is_sent_takes_its_photos_with_it() {
    let (world, device, client) = v2().await;
    client.set_offline(true);
    let cancelled = book_with(&client, 10, &[&jpeg(30 * KIB, 1), &jpeg(30 * KIB, 2)]).await;
    client
        .bookings()
        .cancel(&name(&cancelled), None)
        .await
        .expect("taken back");
    let dropped = book_with(&client, 11, &[&jpeg(30 * KIB, 3)]).await;
    client.outbox().drop_item(dropped.id).await.expect("given up");
    let kept = book_with(&client, 12, &[&jpeg(30 * KIB, 4), &jpeg(30 * KIB, 5)]).await;
    let given_up = photo_items(&client).await.pop().expect("the last");
    client.outbox().drop_item(given_up.id).await.expect("given up");
    let states: Vec<bool> = photo_items(&client)
        .await
        .iter()
        .map(|item| item.state == WriteState::Withdrawn)
        .collect();
    assert_eq!(states, [true, true, true, false, true]);
    assert_eq!(rows(device.dir(), "attachment"), 1, "their bytes are gone");
    client.set_offline(false);
    let made = done(&client, &kept).await;
    done(&client, &photo_items(&client).await[3]).await;
    assert_eq!(world.made().await, ["2026-12-25T12:00:00 scheduled"]);
    assert_eq!(world.photos_of(&name(&made)).await.len(), 1);
    assert_eq!(world.parts(), [0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s22_whatever_else_is_to_be_sent_goes_between_two_parts_of_a_photo() {
    let (world, device, client) = v2().await;
    let gate = held(&world, 2);
    let _skipping = world.skip_sleeps(&device);
    let booked = book_with(&client, 10, &[&jpeg(600 * KIB, 1)]).await;
    gate.arrived().await;
    let other = book(&client, 12).await;
    gate.release();
    done(&client, &other).await;
    all_sent(&client, &booked).await;
    let seen = world.control().seen();
    let writes: Vec<&str> = seen
        .iter()
        .filter(|request| request.method != "GET")
        .map(|request| {
            if request.path.contains("offset=") {
                "part"
            } else {
                request.method.as_str()
            }
        })
        .collect();
    let parts = [&["part"; 3][..]].concat();
    let expected = [&["POST", "PUT", "part", "POST", "PUT"][..], &parts].concat();
    assert_eq!(writes, expected, "the other booking waits for one part");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s22_a_booking_called_off_while_its_photo_is_sent_is_called_off_at_once() {
    let (world, device, client) = v2().await;
    let gate = held(&world, 2);
    let _skipping = world.skip_sleeps(&device);
    let booked = book_with(&client, 10, &[&jpeg(600 * KIB, 1)]).await;
    gate.arrived().await;
    let cancelled = client
        .bookings()
        .cancel(&name(&booked), None)
        .await
        .expect("accepted");
    gate.release();
    done(&client, &cancelled).await;
    let item = settled(&client, &photo_items(&client).await[0]).await;
    assert_eq!(item.state, WriteState::Withdrawn);
    assert_eq!(world.parts(), [0], "and no more of it is sent");
    assert_eq!(rows(device.dir(), "attachment"), 0);
    let again = client
        .bookings()
        .add_photo(&name(&booked), &photo(&jpeg(100, 1)), None)
        .await;
    assert!(matches!(again, Err(Error::InvalidInput { .. })), "{again:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s26_a_photo_is_added_to_a_booking_that_is_there_and_a_wish_is_accepted_once() {
    let (world, _device, client) = v2().await;
    let made = done(&client, &book(&client, 10).await).await;
    let (booking, bytes) = (name(&made), jpeg(70 * KIB, 1));
    client.set_offline(true);
    let add = async |operation: &str| {
        let bookings = client.bookings();
        bookings
            .add_photo(&booking, &photo(&bytes), Some(operation.to_owned()))
            .await
    };
    let item = add("photo-1").await.expect("accepted");
    assert_eq!(add("photo-1").await.expect("the same").id, item.id);
    assert_eq!(
        item.write,
        Write::AddPhoto {
            booking: booking.clone(),
            format: PhotoKind::Jpeg,
            size: 70 * 1024
        }
    );
    client.set_offline(false);
    let item = done(&client, &item).await;
    assert_eq!(
        item.upload,
        Some(Upload {
            sent: 70 * 1024,
            size: 70 * 1024
        })
    );
    assert_eq!(world.photos_of(&booking).await.len(), 1);
    assert_eq!(
        shown(&client, &booking).await,
        [(70 * 1024, 70 * 1024, true, false)]
    );
    let missing = BookingId::from_server(999_999);
    let refused = client.bookings().add_photo(&missing, &photo(&bytes), None).await;
    assert!(
        matches!(
            refused,
            Err(Error::Refused {
                why: Refusal::NotFound,
                ..
            })
        ),
        "{refused:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_booking_has_6_photos_and_a_device_64_mib_of_them() {
    let (_world, device, client) = v2().await;
    client.set_offline(true);
    let small = jpeg(100, 1);
    let new = NewBooking {
        photos: vec![photo(&small); 7],
        ..oil_change(first_vehicle(&client).await, 10)
    };
    let refused = client.bookings().book(new, None).await;
    assert!(
        matches!(&refused, Err(Error::InvalidInput { field, .. }) if field == "photos"),
        "{refused:?}"
    );
    let full = book_with(&client, 10, &[&small[..]; 6]).await;
    let seventh = client
        .bookings()
        .add_photo(&name(&full), &photo(&small), None)
        .await;
    assert!(
        matches!(&seventh, Err(Error::InvalidInput { field, .. }) if field == "photos"),
        "{seventh:?}"
    );
    assert_eq!(client.outbox().count().await, Ok(7));
    client.outbox().drop_item(full.id).await.expect("given up");

    let largest = jpeg(8 * 1024 * KIB, 1);
    book_with(&client, 11, &[&largest[..]; 6]).await;
    book_with(&client, 12, &[&largest[..]; 1]).await;
    let waiting = client.outbox().count().await;
    let new = NewBooking {
        photos: vec![photo(&largest), photo(&small)],
        ..oil_change(first_vehicle(&client).await, 13)
    };
    let refused = client.bookings().book(new, None).await;
    assert!(
        matches!(
            &refused,
            Err(Error::Storage {
                why: StorageFault::Full,
                ..
            })
        ),
        "{refused:?}"
    );
    assert_eq!(
        client.outbox().count().await,
        waiting,
        "neither booking nor photo was accepted"
    );
    book_with(&client, 13, &[&largest]).await;
    assert_eq!(rows(device.dir(), "attachment_part"), 8 * 128);
    assert_eq!(Photo::LARGEST, 8 * 1024 * 1024);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_photo_that_arrives_damaged_is_sent_anew_once_by_itself() {
    let (world, device, client) = v2().await;
    let _skipping = world.skip_sleeps(&device);
    let damaged = json!({"error": "digest_mismatch", "message": "no", "request_id": "r-1"});
    // The answer to the only part, once and then twice: the server dropped what it had.
    world.control().on(puts()).nth(2).then(Fault::json(422, &damaged));
    let booked = book_with(&client, 10, &[&jpeg(100, 1)]).await;
    let booking = all_sent(&client, &booked).await;
    assert!(world.photos_of(&booking).await[0].complete);
    world
        .control()
        .on(puts())
        .skip(1)
        .times(1)
        .then(Fault::json(422, &damaged));
    world
        .control()
        .on(puts())
        .skip(2)
        .times(1)
        .then(Fault::json(422, &damaged));
    let bookings = client.bookings();
    let item = bookings
        .add_photo(&booking, &photo(&jpeg(100, 2)), None)
        .await
        .expect("accepted");
    let item = settled(&client, &item).await;
    assert!(
        matches!(&item.state, WriteState::Rejected { why: Refusal::Other { code }, .. } if code == "digest_mismatch"),
        "{item:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_v1_photos_are_refused_before_anything_is_accepted() {
    let world = World::start(Dialect::V1).await;
    let (_device, client) = world.signed_in().await;
    let vehicle = first_vehicle(&client).await;
    assert!(!client.platform().capabilities().await.expect("known").photos);
    let new = NewBooking {
        photos: vec![photo(&jpeg(100, 1))],
        ..oil_change(vehicle, 10)
    };
    let unsupported = Error::Unsupported {
        capability: "photos".to_owned(),
    };
    assert_eq!(client.bookings().book(new, None).await, Err(unsupported.clone()));
    assert_eq!(client.outbox().count().await, Ok(0));
    let made = done(&client, &book(&client, 10).await).await;
    let added = client
        .bookings()
        .add_photo(&name(&made), &photo(&jpeg(100, 1)), None)
        .await;
    assert_eq!(added, Err(unsupported.clone()));
    let listed = client
        .bookings()
        .photos(&name(&made), Freshness::NetworkFirst)
        .await;
    assert_eq!(listed, Err(unsupported));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_put_back_to_v1_makes_the_booking_and_the_photo_is_set_aside() {
    let (world, device, client) = v2().await;
    client.set_offline(true);
    let booked = book_with(&client, 10, &[&jpeg(100, 1)]).await;
    client.close();
    world.control().set_dialect(Dialect::V1);
    let client = device.open();
    let _skipping = world.skip_waits(&device);
    world.sign_in(&client).await.expect("the sign-in");
    let made = done(&client, &booked).await;
    let item = settled(&client, &photo_items(&client).await[0]).await;
    let WriteState::Rejected { why, reason, .. } = &item.state else {
        panic!("{item:?}")
    };
    assert_eq!(
        *why,
        Refusal::Other {
            code: "cannot_be_sent".to_owned()
        }
    );
    assert!(reason.contains("photos"), "{reason}");
    let cancelled = client
        .bookings()
        .cancel(&name(&made), None)
        .await
        .expect("accepted");
    done(&client, &cancelled).await;
    assert_eq!(
        client.outbox().get(item.id).await.map(|item| item.state),
        Ok(WriteState::Withdrawn),
        "with the booking it is not wanted any more"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s11_photos_kept_over_a_sign_out_are_sent_when_their_owner_comes_back() {
    let (world, device, client) = v2().await;
    let bytes = jpeg(200 * KIB, 1);
    client.set_offline(true);
    let booked = book_with(&client, 10, &[&bytes]).await;
    let account = client.account();
    assert_eq!(
        account.sign_out(Unsent::Ask).await,
        Err(Error::Unsent { count: 2 })
    );
    account.sign_out(Unsent::Keep).await.expect("signed out");
    client.set_offline(false);
    let other = world.other_customer();
    let password = Password::new(other.password.as_str());
    account.sign_in(&other.email, password).await.expect("B signs in");
    assert_eq!(photo_items(&client).await, []);
    client.sync(Duration::from_secs(60)).await.expect("a report");
    account.sign_out(Unsent::Ask).await.expect("B has nothing unsent");
    assert_eq!(world.parts(), Vec::<u64>::new());
    world.sign_in(&client).await.expect("A comes back");
    let booking = all_sent(&client, &booked).await;
    assert!(world.photos_of(&booking).await[0].bytes == bytes);

    client.set_offline(true);
    client
        .bookings()
        .add_photo(&booking, &photo(&bytes), None)
        .await
        .expect("accepted");
    account.sign_out(Unsent::Discard).await.expect("signed out");
    assert_eq!(rows(device.dir(), "attachment_part"), 0);
}
