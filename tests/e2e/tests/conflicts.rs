//! Scenario 24: what was taken or changed elsewhere is shown, and the person decides.

use pmi_core::Error;
use pmi_core::model::{BookingStatus, BookingTime, ConflictKind, Freshness, NewBooking, WriteState};
use pmi_e2e::desk::{
    at, book, conflict, done, first_vehicle, moved_by_the_desk, name, oil_change, settled, shown_once,
};
use pmi_e2e::{World, both_dialects};
use pmi_platform::{Dialect, Fault};
use serde_json::json;

/// The id of the first centre, which has room for one vehicle from now on.
async fn one_place(world: &World, client: &pmi_core::PmiClient) -> pmi_core::model::CenterId {
    let centers = client
        .centers()
        .list(Freshness::CacheFirst)
        .await
        .expect("the centres");
    let center = centers.value[0].id;
    world
        .control()
        .set_center(center.0, Some(1), None)
        .await
        .expect("the centre is changed");
    center
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s24_two_book_the_last_place_offline_and_one_sees_the_free_slots_and_takes_one() {
    let world = World::start(Dialect::V2).await;
    let (_first_device, first) = world.signed_in().await;
    let (_second_device, second) = world.device_of(world.other_customer()).await;
    let center = one_place(&world, &first).await;
    let mut items = Vec::new();
    for client in [&first, &second] {
        let vehicle = first_vehicle(client).await;
        client
            .centers()
            .list(Freshness::CacheFirst)
            .await
            .expect("the centres");
        client.set_offline(true);
        let new = NewBooking {
            center_id: Some(center),
            ..oil_change(vehicle, 10)
        };
        items.push(client.bookings().book(new, None).await.expect("accepted"));
    }
    first.set_offline(false);
    done(&first, &items[0]).await;
    second.set_offline(false);
    let lost = settled(&second, &items[1]).await;
    let conflict = conflict(&lost);
    assert_eq!(conflict.kind, ConflictKind::SlotTaken);
    let free: Vec<String> = conflict
        .free_slots
        .iter()
        .map(|slot| slot.starts_at.strftime("%H:%M").to_string())
        .collect();
    assert!(
        free.contains(&"09:30".to_owned()) && free.contains(&"10:30".to_owned()),
        "{free:?}"
    );
    let shown = shown_once(&second, &name(&lost)).await;
    assert_eq!(
        shown.pending.map(|pending| pending.state),
        Some(lost.state.clone())
    );

    let free = BookingTime::from(conflict.free_slots[0].starts_at.clone());
    let taken = second.bookings().reschedule(&name(&lost), &free, None).await;
    let taken = taken.expect("the same item, at the other time");
    assert_eq!(taken.id, lost.id);
    done(&second, &taken).await;
    let other = world.other_customer().id;
    assert_eq!(world.made_by(other).await.len(), 1);
    assert_eq!(world.made().await, ["2026-12-25T10:00:00 scheduled"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s24_a_retry_after_a_taken_slot_is_a_new_question_and_books_when_the_slot_is_free_again() {
    let world = World::start(Dialect::V2).await;
    let (_first_device, first) = world.signed_in().await;
    let (_second_device, second) = world.device_of(world.other_customer()).await;
    one_place(&world, &first).await;
    for center in 2..20 {
        // Without a choice the server takes any centre that has room: here there is one only.
        drop(world.control().set_center(center, Some(0), None).await);
    }
    let kept = done(&first, &book(&first, 10).await).await;
    let lost = settled(&second, &book(&second, 10).await).await;
    assert_eq!(conflict(&lost).kind, ConflictKind::SlotTaken);
    let item = first
        .bookings()
        .cancel(&name(&kept), None)
        .await
        .expect("accepted");
    done(&first, &item).await;
    let again = second.outbox().retry(lost.id).await.expect("queued again");
    done(&second, &again).await;
    assert_eq!(
        world.made_by(world.other_customer().id).await,
        ["2026-12-25T10:00:00 scheduled"]
    );
}

async fn changed_elsewhere(world: World) {
    let (_device, client) = world.signed_in().await;
    let booking = moved_by_the_desk(&world, &client).await;
    let item = client
        .bookings()
        .reschedule(&booking.id, &at(11), None)
        .await
        .expect("accepted");
    let item = settled(&client, &item).await;
    let found = conflict(&item);
    assert_eq!(found.kind, ConflictKind::Changed);
    let current = found.current.expect("the server's version");
    assert_eq!(current.wall_time().to_string(), "2026-12-26T15:00:00");
    assert_eq!(world.change_requests(), 0, "nothing was sent");
    let shown = shown_once(&client, &booking.id).await;
    assert_eq!(
        shown.wall_time(),
        current.wall_time(),
        "what the server has is shown"
    );
    assert!(
        shown
            .pending
            .is_some_and(|pending| pending.state.needs_attention())
    );

    // The person has seen it now, and wants it all the same.
    let again = client.outbox().retry(item.id).await.expect("queued again");
    done(&client, &again).await;
    assert_eq!(world.made().await, ["2026-12-25T11:00:00 scheduled"]);
}
both_dialects!(changed_elsewhere => s24_a_booking_changed_elsewhere_is_a_conflict_and_the_person_decides_v1,
    s24_a_booking_changed_elsewhere_is_a_conflict_and_the_person_decides_v2);

async fn kept_as_the_server_has_it(world: World) {
    let (_device, client) = world.signed_in().await;
    let booking = moved_by_the_desk(&world, &client).await;
    let item = client
        .bookings()
        .cancel(&booking.id, None)
        .await
        .expect("accepted");
    let item = settled(&client, &item).await;
    assert_eq!(conflict(&item).kind, ConflictKind::Changed);
    let dropped = client.outbox().drop_item(item.id).await.expect("dropped");
    assert_eq!(dropped.state, WriteState::Withdrawn);
    let shown = shown_once(&client, &booking.id).await;
    assert_eq!((shown.pending, shown.status), (None, BookingStatus::Scheduled));
    assert_eq!(world.made().await, ["2026-12-26T15:00:00 scheduled"]);
}
both_dialects!(kept_as_the_server_has_it => s24_a_conflicted_write_can_be_dropped_v1,
    s24_a_conflicted_write_can_be_dropped_v2);

async fn cancelled_elsewhere(world: World) {
    let (_device, client) = world.signed_in().await;
    let made = done(&client, &book(&client, 10).await).await;
    let id = shown_once(&client, &name(&made)).await.id;
    let number = id.server_number().expect("the server's");
    let desk = world.control().change_booking(number, None, Some("cancelled"));
    desk.await.expect("the desk cancels it");
    let item = client
        .bookings()
        .reschedule(&id, &at(11), None)
        .await
        .expect("accepted");
    let item = settled(&client, &item).await;
    let current = conflict(&item).current.expect("the server's version");
    assert_eq!(current.status, BookingStatus::Cancelled);
    assert_eq!(
        world.made().await,
        ["2026-12-25T10:00:00 cancelled"],
        "v1 would have revived it"
    );
    client.outbox().drop_item(item.id).await.expect("dropped");
    // Cancelling what is cancelled is done without a word to the server.
    let item = client.bookings().cancel(&id, None).await.expect("accepted");
    done(&client, &item).await;
    assert_eq!(world.change_requests(), 0);
    let again = client.bookings().cancel(&id, None).await;
    assert!(matches!(again, Err(Error::InvalidInput { .. })), "{again:?}");
}
both_dialects!(cancelled_elsewhere => s24_a_booking_cancelled_elsewhere_is_never_revived_v1,
    s24_a_booking_cancelled_elsewhere_is_never_revived_v2);

async fn confirmed_elsewhere(world: World) {
    let (_device, client) = world.signed_in().await;
    let made = done(&client, &book(&client, 10).await).await;
    let id = shown_once(&client, &name(&made)).await.id;
    let number = id.server_number().expect("the server's");
    let desk = world.control().change_booking(number, None, Some("confirmed"));
    desk.await.expect("the desk confirms it");
    let item = client
        .bookings()
        .reschedule(&id, &at(11), None)
        .await
        .expect("accepted");
    done(&client, &item).await;
    assert_eq!(world.made().await, ["2026-12-25T11:00:00 confirmed"]);
}
both_dialects!(confirmed_elsewhere => s24_that_the_centre_confirmed_it_is_no_conflict_v1,
    s24_that_the_centre_confirmed_it_is_no_conflict_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s24_a_change_between_the_look_and_the_send_is_caught_by_v2s_precondition() {
    let world = World::start(Dialect::V2).await;
    let (_device, client) = world.signed_in().await;
    let made = done(&client, &book(&client, 10).await).await;
    let id = shown_once(&client, &name(&made)).await.id;
    let gate = pmi_platform::Gate::new();
    world
        .control()
        .on(world.moves())
        .times(1)
        .then(Fault::HoldBefore(gate.clone()));
    let item = client
        .bookings()
        .reschedule(&id, &at(11), None)
        .await
        .expect("accepted");
    gate.arrived().await;
    let number = id.server_number().expect("the server's");
    let desk = world
        .control()
        .change_booking(number, Some("2026-12-26T15:00:00"), None);
    desk.await.expect("the desk moves it");
    gate.release();
    let found = conflict(&settled(&client, &item).await);
    assert_eq!(found.kind, ConflictKind::Changed);
    let current = found.current.expect("the server's version");
    assert_eq!(current.wall_time().to_string(), "2026-12-26T15:00:00");
    assert_eq!(world.made().await, ["2026-12-26T15:00:00 scheduled"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s24_a_time_that_v1_replaced_silently_is_a_conflict_and_no_success() {
    let world = World::start(Dialect::V1).await;
    let (_device, client) = world.signed_in().await;
    // What v1 does with a date it cannot read (Q9): the answer, and the booking, say tomorrow, 09:00.
    world
        .control()
        .on(world.creates())
        .times(1)
        .then(Fault::map_json(|body| {
            body["scheduled_time"] = json!("2026-11-24T09:00:00");
        }));
    let item = settled(&client, &book(&client, 10).await).await;
    let found = conflict(&item);
    assert_eq!(found.kind, ConflictKind::Moved);
    let made = found.current.expect("it exists");
    assert_eq!(made.wall_time().to_string(), "2026-11-24T09:00:00");
    let number = made.id.server_number().expect("the server's");
    let desk = world
        .control()
        .change_booking(number, Some("2026-11-24T09:00:00"), None);
    desk.await.expect("as the answer said");
    let again = client.outbox().retry(item.id).await.expect("to be moved");
    done(&client, &again).await;
    assert_eq!(world.made().await, ["2026-12-25T10:00:00 scheduled"]);
    assert_eq!(world.create_requests(), 1);
}
