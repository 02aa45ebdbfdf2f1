//! Scenarios 22, 23 and 26: a booking that was accepted is made, once, whatever happens to answers and processes.

use std::time::Duration;

use pmi_core::model::WriteState;
use pmi_e2e::desk::{at, book, done, first_vehicle, oil_change, shown, shown_once};
use pmi_e2e::{World, both_dialects};
use pmi_platform::{Dialect, Fault, Gate};
use serde_json::json;

const AT_TEN: [&str; 1] = ["2026-12-25T10:00:00 scheduled"];

async fn a_booking_is_made_and_shown(world: World) {
    let (_device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.set_offline(true);
    let item = book(&client, 10).await;
    let local = item.booking.clone().expect("a booking");
    assert_eq!(shown_once(&client, &local).await.wall_time().hour(), 10);
    client.set_offline(false);
    let item = done(&client, &item).await;
    assert_eq!(world.made().await, AT_TEN);
    let booking = shown_once(&client, item.booking.as_ref().expect("the server's id")).await;
    assert_eq!(booking.pending, None);
    let by_local_name = client.bookings().get(&local, Default::default()).await;
    assert_eq!(
        by_local_name.expect("it goes on meaning the same").value.id,
        booking.id
    );
}
both_dialects!(a_booking_is_made_and_shown => s22_a_booking_is_made_and_shown_v1,
    s22_a_booking_is_made_and_shown_v2);

/// Books while the network is off, and starts anew with it on.
async fn what_was_accepted_survives_a_restart(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.set_offline(true);
    let item = book(&client, 10).await;
    assert_eq!(item.state, WriteState::Queued);
    drop(client);
    let client = device.open();
    client
        .account()
        .state()
        .await
        .expect("the stored session is opened");
    done(&client, &item).await;
    assert_eq!(world.made().await, AT_TEN);
}
both_dialects!(what_was_accepted_survives_a_restart => s22_what_was_accepted_is_sent_by_the_next_process_v1,
    s22_what_was_accepted_is_sent_by_the_next_process_v2);

/// The client ends while the server has its request, before or after it is applied.
async fn a_client_that_ends_mid_send(world: World, held: fn(Gate) -> Fault) {
    let (device, client) = world.signed_in().await;
    let gate = Gate::new();
    world
        .control()
        .on(world.creates())
        .times(1)
        .then(held(gate.clone()));
    let item = book(&client, 10).await;
    gate.arrived().await;
    client.close();
    let client = device.open();
    // Not yet the half minute after which v1 cannot be at work on it any more.
    let skipping = world.skip_sleeps(&device);
    client
        .account()
        .state()
        .await
        .expect("the stored session is opened");
    if world.dialect == Dialect::V2 {
        // The first request is still at work, and v2 says so.
        gate.release();
    }
    let waiting = tokio::spawn({
        let client = client.clone();
        async move { done(&client, &item).await }
    });
    if world.dialect == Dialect::V1 {
        // v1 finishes what it began some time after the client has looked for it.
        while world.control().requests("GET", "/api/appointments/list") == 0 {
            tokio::task::yield_now().await;
        }
        gate.release();
        while world.made().await.is_empty() {
            tokio::task::yield_now().await;
        }
    }
    drop(skipping);
    let _skipping = world.skip_waits(&device);
    waiting.await.expect("it settles");
    assert_eq!(world.made().await, AT_TEN);
}
async fn a_client_that_ends_before_it_is_applied(world: World) {
    a_client_that_ends_mid_send(world, Fault::HoldBefore).await;
}
both_dialects!(a_client_that_ends_before_it_is_applied => s22_a_client_that_ends_mid_send_books_once_v1,
    s22_a_client_that_ends_mid_send_books_once_v2);
async fn a_client_that_ends_after_it_is_applied(world: World) {
    a_client_that_ends_mid_send(world, Fault::HoldAfter).await;
}
both_dialects!(a_client_that_ends_after_it_is_applied => s22_a_client_that_ends_before_the_answer_books_once_v1,
    s22_a_client_that_ends_before_the_answer_books_once_v2);

/// The same answer, lost in different ways, with the request applied or not.
async fn a_lost_answer(world: World) {
    let (device, client) = world.signed_in().await;
    let _skipping = world.skip_waits(&device);
    let faults = [
        (8, Fault::CutAfter),
        (9, Fault::CutBefore),
        (
            10,
            Fault::json(500, &json!({"detail": "Failed to create booking: timeout"})),
        ),
        (11, Fault::TruncateBody),
        (12, Fault::WrongBody("not what was promised".into())),
    ];
    let mut expected = Vec::new();
    for (hour, fault) in faults {
        world.control().on(world.creates()).times(1).then(fault);
        let item = book(&client, hour + 2).await;
        done(&client, &item).await;
        expected.push(format!("2026-12-25T{:02}:00:00 scheduled", hour + 2));
        assert_eq!(world.made().await, expected);
    }
}
both_dialects!(a_lost_answer => s23_a_lost_answer_never_books_twice_v1, s23_a_lost_answer_never_books_twice_v2);

/// The first try may have been applied, the next one finds no network; then the person calls it off.
async fn an_unknown_booking_is_called_off(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    world.control().on(world.creates()).times(1).then(Fault::CutAfter);
    let item = book(&client, 10).await;
    while world.create_requests() == 0 {
        tokio::task::yield_now().await;
    }
    client.sync(Duration::ZERO).await.expect("a report");
    world.control().network(false);
    client
        .outbox()
        .retry(item.id)
        .await
        .expect("tried again, in vain");
    client.sync(Duration::from_secs(60)).await.expect("a report");
    let id = item.booking.clone().expect("a booking");
    let cancelled = client.bookings().cancel(&id, None).await.expect("accepted");
    assert_ne!(cancelled.state, WriteState::Withdrawn, "it may exist");
    world.control().network(true);
    let _skipping = world.skip_waits(&device);
    done(&client, &cancelled).await;
    assert_eq!(world.made().await, ["2026-12-25T10:00:00 cancelled"]);
}
both_dialects!(an_unknown_booking_is_called_off => s23_what_may_exist_is_cancelled_there_and_not_taken_back_here_v1,
    s23_what_may_exist_is_cancelled_there_and_not_taken_back_here_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s23_a_no_to_the_second_try_does_not_deny_what_the_first_one_made() {
    let world = World::start(Dialect::V2).await;
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    world.control().on(world.creates()).times(1).then(Fault::CutAfter);
    // For a moment the account may not: the server says so before it looks at the key.
    let no = json!({"error": "account_disabled", "message": "not now", "request_id": "r"});
    world
        .control()
        .on(world.creates())
        .times(1)
        .then(Fault::json(403, &no));
    let _skipping = world.skip_waits(&device);
    let item = book(&client, 10).await;
    done(&client, &item).await;
    assert_eq!(world.made().await, AT_TEN);
    assert_eq!(world.create_requests(), 2, "it was looked for, and was there");
}

/// The answer is lost, and the device is off for a weekend.
async fn a_weekend_later(world: World) {
    let (device, client) = world.signed_in().await;
    world.control().on(world.creates()).then(Fault::CutAfter);
    let item = book(&client, 10).await;
    while world.create_requests() == 0 {
        tokio::task::yield_now().await;
    }
    client.set_offline(true);
    let stands = client.sync(Duration::from_secs(60)).await.expect("a report");
    assert_eq!(stands.remaining, 1);
    client.close();
    world.control().clear();
    let weekend = Duration::from_secs(64 * 3600);
    device.clock.advance(weekend);
    world.server_clock.advance(weekend);
    device.clock.reboot();
    let sent = world.create_requests();

    let client = device.open();
    let _skipping = world.skip_waits(&device);
    client
        .account()
        .state()
        .await
        .expect("the stored session is opened");
    done(&client, &item).await;
    assert_eq!(world.made().await, AT_TEN);
    assert_eq!(
        world.create_requests(),
        sent,
        "it was looked for, by its reference or its operation id, and not sent again"
    );
}
both_dialects!(a_weekend_later => s23_a_weekend_after_a_lost_answer_there_is_one_booking_v1,
    s23_a_weekend_after_a_lost_answer_there_is_one_booking_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s23_what_was_sent_to_v1_is_found_when_the_server_has_become_v2() {
    let world = World::start(Dialect::V1).await;
    let (device, client) = world.signed_in().await;
    world.control().on(world.creates()).times(1).then(Fault::CutAfter);
    let item = book(&client, 10).await;
    while world.made().await.is_empty() {
        tokio::task::yield_now().await;
    }
    client.close();
    world.control().set_dialect(Dialect::V2);
    let client = device.open();
    let _skipping = world.skip_waits(&device);
    // v1's tokens are not v2's: the person signs in again, and what was accepted goes on.
    world.sign_in(&client).await.expect("the sign-in");
    done(&client, &item).await;
    assert_eq!(world.made().await, AT_TEN);
    assert_eq!(
        world.control().requests("POST", "/api/bookings"),
        world.create_requests()
    );
}

async fn the_same_wish_twice(world: World) {
    let (_device, client) = world.signed_in().await;
    let vehicle = first_vehicle(&client).await;
    let bookings = client.bookings();
    let wish = || bookings.book(oil_change(vehicle, 10), Some("tap-1".to_owned()));
    // The first call is given up as soon as it is polled, as a screen that goes away does.
    {
        let first = wish();
        let mut first = std::pin::pin!(first);
        assert!(futures_util::poll!(&mut first).is_pending());
    }
    let (second, third) = tokio::join!(wish(), wish());
    let (second, third) = (second.expect("accepted"), third.expect("accepted"));
    assert_eq!(second.id, third.id);
    done(&client, &second).await;
    assert_eq!(wish().await.expect("the same item").id, second.id);
    assert_eq!(world.made().await, AT_TEN);
    let another = client
        .bookings()
        .cancel(&second.booking.expect("a booking"), Some("tap-1".to_owned()))
        .await;
    assert!(another.is_ok_and(|item| item.id == second.id));
}
both_dialects!(the_same_wish_twice => s22_a_double_tap_and_a_call_made_again_book_once_v1,
    s22_a_double_tap_and_a_call_made_again_book_once_v2);

async fn nothing_else_happens(world: World) {
    let (device, client) = world.signed_in().await;
    let _skipping = world.skip_waits(&device);
    world
        .control()
        .on(world.creates())
        .times(2)
        .then(Fault::CutBefore);
    let item = book(&client, 10).await;
    done(&client, &item).await;
    assert_eq!(world.made().await, AT_TEN);
}
both_dialects!(nothing_else_happens => s26_a_send_that_fails_is_made_again_by_itself_v1,
    s26_a_send_that_fails_is_made_again_by_itself_v2);

async fn what_is_not_sent_yet_is_changed_in_place(world: World) {
    let (_device, client) = world.signed_in().await;
    let bookings = client.bookings();
    first_vehicle(&client).await;
    client.set_offline(true);
    let taken_back = book(&client, 9).await;
    let moved = book(&client, 9).await;
    let name = |item: &pmi_core::model::OutboxItem| item.booking.clone().expect("a booking");
    let item = bookings
        .cancel(&name(&taken_back), None)
        .await
        .expect("taken back");
    assert_eq!(item.state, WriteState::Withdrawn);
    for hour in [11, 10] {
        let item = bookings.reschedule(&name(&moved), &at(hour), None).await;
        assert_eq!(item.expect("moved in place").id, moved.id);
    }
    assert_eq!(shown(&client).await.len(), 1);
    client.set_offline(false);
    done(&client, &moved).await;
    assert_eq!(world.made().await, AT_TEN);
    assert_eq!((world.create_requests(), world.change_requests()), (1, 0));

    // And once it is made: two moves send one, and a cancellation takes a move back.
    client.set_offline(true);
    let id = name(&moved);
    bookings.reschedule(&id, &at(14), None).await.expect("accepted");
    let item = bookings.reschedule(&id, &at(15), None).await.expect("folded");
    assert_eq!(
        shown_once(
            &client,
            &bookings.get(&id, Default::default()).await.unwrap().value.id
        )
        .await
        .wall_time()
        .hour(),
        15
    );
    client.set_offline(false);
    done(&client, &item).await;
    assert_eq!(world.change_requests(), 1);
    assert_eq!(world.made().await, ["2026-12-25T15:00:00 scheduled"]);
    client.set_offline(true);
    bookings.reschedule(&id, &at(16), None).await.expect("accepted");
    let item = bookings.cancel(&id, None).await.expect("accepted");
    client.set_offline(false);
    done(&client, &item).await;
    assert_eq!(world.change_requests(), 2);
    assert_eq!(world.made().await, ["2026-12-25T15:00:00 cancelled"]);
}
both_dialects!(what_is_not_sent_yet_is_changed_in_place => s22_what_is_not_sent_yet_is_changed_in_place_v1,
    s22_what_is_not_sent_yet_is_changed_in_place_v2);

async fn changes_keep_their_order(world: World) {
    let (device, client) = world.signed_in().await;
    let _skipping = world.skip_waits(&device);
    let gate = world.hold_next(world.creates());
    let made = book(&client, 10).await;
    gate.arrived().await;
    let id = made.booking.clone().expect("a booking");
    let moved = client
        .bookings()
        .reschedule(&id, &at(12), None)
        .await
        .expect("accepted");
    assert_ne!(moved.id, made.id, "what is on its way is left alone");
    let pending = shown(&client)
        .await
        .into_iter()
        .filter(|booking| booking.pending.is_some());
    let hours: Vec<i8> = pending.map(|booking| booking.wall_time().hour()).collect();
    assert_eq!(hours, [12], "the server has it already, and it is shown once");
    world.control().on(world.moves()).times(1).then(Fault::CutAfter);
    gate.release();
    done(&client, &moved).await;
    let cancelled = client.bookings().cancel(&id, None).await.expect("accepted");
    done(&client, &cancelled).await;
    assert_eq!(world.made().await, ["2026-12-25T12:00:00 cancelled"]);
}
both_dialects!(changes_keep_their_order => s22_the_writes_of_one_booking_go_in_order_v1,
    s22_the_writes_of_one_booking_go_in_order_v2);

async fn two_clients_on_one_disk(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.set_offline(true);
    let items = [
        book(&client, 9).await,
        book(&client, 10).await,
        book(&client, 11).await,
    ];
    let other = device.open();
    other.account().state().await.expect("opened");
    client.set_offline(false);
    while world.made().await.len() < 3 {
        tokio::task::yield_now().await;
    }
    // Whoever did not send looks again after a moment.
    let _skipping = world.skip_waits(&device);
    for item in &items {
        tokio::join!(done(&client, item), done(&other, item));
    }
    assert_eq!(world.create_requests(), 3);
}
both_dialects!(two_clients_on_one_disk => s22_two_clients_on_one_disk_send_each_write_once_v1,
    s22_two_clients_on_one_disk_send_each_write_once_v2);
