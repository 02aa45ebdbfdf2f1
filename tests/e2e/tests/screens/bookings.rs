//! The bookings.

use pmi_core::PmiClient;
use pmi_core::model::{Conditions, NewBooking, Unsent};
use pmi_core::screens::{BookingDecision, BookingRow, Bookings, BookingsIntent, Phase, Remedy, TextKey};
use pmi_e2e::desk::{at, book, done, first_vehicle, moved_by_the_desk, name, oil_change, shown_once};
use pmi_e2e::photos::{jpeg, photo};
use pmi_e2e::{World, both_dialects};
use pmi_platform::{Dialect, Fault};
use serde_json::json;

use crate::book::{AT_TEN, fill, submit};
use crate::watch::seen;

/// Month, day and hour on the centre's clock.
fn when(row: &BookingRow) -> (u8, u8, u8) {
    (row.starts_at.month, row.starts_at.day, row.starts_at.hour)
}

const TEN: (u8, u8, u8) = (12, 25, 10);

fn ways(decision: &BookingDecision) -> Vec<TextKey> {
    decision.ways.iter().map(|way| way.text.key).collect()
}

both_dialects!(offline => a_booking_made_offline_is_pending_and_then_upcoming_v1, a_booking_made_offline_is_pending_and_then_upcoming_v2);

async fn offline(world: World) {
    let (_device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    let mut screen = client.screens().bookings();
    let before = seen(&mut screen, |shown| {
        matches!(shown.standing.phase, Phase::Shown | Phase::Empty) && shown.can_book
    })
    .await;
    client.set_offline(true);
    let mut form = client.screens().book(None);
    fill(&mut form, 10).await;
    assert!(submit(&mut form).await.waits_for_network);
    let shown = seen(&mut screen, |shown| !shown.pending.is_empty()).await;
    let row = &shown.pending[0];
    assert_eq!(when(row), TEN);
    assert!(row.vehicle.is_some() && row.can_move && row.can_call_off);
    let pending = row.pending.as_ref().expect("marked");
    assert_eq!(pending.text.key, TextKey::PendingNetwork);
    assert_eq!(shown.upcoming.len(), before.upcoming.len());
    client.set_offline(false);
    let shown = seen(&mut screen, |shown| {
        shown.upcoming.iter().any(|row| when(row) == TEN)
    })
    .await;
    assert!(shown.pending.is_empty() && shown.decisions.is_empty());
    assert_eq!(shown.upcoming.len(), before.upcoming.len() + 1);
    assert_eq!(world.made().await, [AT_TEN]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s24_a_taken_slot_is_resolved_with_one_free_time() {
    let world = World::start(Dialect::V2).await;
    let (_first_device, first) = world.signed_in().await;
    let (_second_device, second) = world.device_of(world.other_customer()).await;
    let centers = first.centers().list(pmi_core::model::Freshness::CacheFirst).await;
    let center = centers.expect("the centres").value[0].id;
    let one_place = world.control().set_center(center.0, Some(1), None);
    one_place.await.expect("the centre is changed");
    let ask = async |client: &PmiClient| {
        let new = NewBooking {
            center_id: Some(center),
            ..oil_change(first_vehicle(client).await, 10)
        };
        client.bookings().book(new, None).await.expect("accepted")
    };
    done(&first, &ask(&first).await).await;
    ask(&second).await;
    let mut screen = second.screens().bookings();
    let shown = seen(&mut screen, |shown| !shown.decisions.is_empty() && shown.can_book).await;
    let decision = &shown.decisions[0];
    assert_eq!(decision.why.key, TextKey::PendingSlotTaken);
    assert_eq!(decision.booking.as_ref().map(when), Some(TEN));
    assert!(shown.pending.is_empty());
    let free = decision.slots[0].clone();
    assert_ne!((free.hour, free.minute), (10, 0));
    screen.send(BookingsIntent::ChooseSlot {
        item: decision.item,
        at: free.clone(),
    });
    let shown = seen(&mut screen, |shown| {
        shown.decisions.is_empty() && shown.upcoming.iter().any(|row| row.starts_at == free)
    })
    .await;
    assert_eq!(shown.problem, None);
    assert_eq!(world.made_by(world.other_customer().id).await.len(), 1);
    assert_eq!(world.made().await, [AT_TEN]);
}

/// A decision over a move that came too late: the desk has moved the booking elsewhere.
async fn changed_elsewhere(
    world: &World,
    client: &PmiClient,
) -> (pmi_core::screens::BookingsScreen, BookingDecision) {
    let booking = moved_by_the_desk(world, client).await;
    let mut screen = client.screens().bookings();
    let moved = client.bookings().reschedule(&booking.id, &at(11), None).await;
    moved.expect("accepted");
    let shown = seen(&mut screen, |shown| !shown.decisions.is_empty() && shown.can_book).await;
    let decision = shown.decisions[0].clone();
    assert_eq!(decision.why.key, TextKey::PendingChanged);
    assert_eq!(decision.asked.key, TextKey::AskedMove);
    let server = decision.server.as_ref().expect("the server's version");
    assert_eq!((server.starts_at.day, server.starts_at.hour), (26, 15));
    assert_eq!(ways(&decision), [TextKey::WayInsist, TextKey::WayKeepServers]);
    assert!(decision.can_move);
    (screen, decision)
}

both_dialects!(insisted => s24_what_was_changed_elsewhere_can_be_insisted_on_v1, s24_what_was_changed_elsewhere_can_be_insisted_on_v2);

async fn insisted(world: World) {
    let (_device, client) = world.signed_in().await;
    let (mut screen, decision) = changed_elsewhere(&world, &client).await;
    screen.send(decision.ways[0].intent.clone());
    seen(&mut screen, |shown| {
        shown.decisions.is_empty() && shown.upcoming.iter().any(|row| when(row) == (12, 25, 11))
    })
    .await;
    assert_eq!(world.made().await, ["2026-12-25T11:00:00 scheduled"]);
}

both_dialects!(shown_at_once => s24_what_the_server_has_is_shown_as_soon_as_it_is_kept_v1, s24_what_the_server_has_is_shown_as_soon_as_it_is_kept_v2);

async fn shown_at_once(world: World) {
    let (_device, client) = world.signed_in().await;
    let (mut screen, decision) = changed_elsewhere(&world, &client).await;
    // It was moved once more since the conflict: only who asks again knows.
    let booking = decision.booking.expect("a booking").id;
    let number = booking.server_number().expect("the server's");
    let again = world
        .control()
        .change_booking(number, Some("2026-12-27T09:00:00"), None);
    again.await.expect("the desk moves it");
    screen.send(BookingsIntent::KeepServers { item: decision.item });
    seen(&mut screen, |shown| {
        shown.decisions.is_empty() && shown.upcoming.iter().any(|row| when(row) == (12, 27, 9))
    })
    .await;
}

both_dialects!(kept => s24_what_the_server_has_can_be_kept_v1, s24_what_the_server_has_can_be_kept_v2);

async fn kept(world: World) {
    let (_device, client) = world.signed_in().await;
    let (mut screen, decision) = changed_elsewhere(&world, &client).await;
    screen.send(BookingsIntent::KeepServers { item: decision.item });
    seen(&mut screen, |shown| {
        shown.decisions.is_empty() && shown.upcoming.iter().any(|row| when(row) == (12, 26, 15))
    })
    .await;
    assert_eq!(world.made().await, ["2026-12-26T15:00:00 scheduled"]);
    assert_eq!(world.change_requests(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s24_a_time_that_v1_replaced_is_shown_and_the_booking_called_off_in_two_taps() {
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
    let mut screen = client.screens().bookings();
    book(&client, 10).await;
    let shown = seen(&mut screen, |shown| !shown.decisions.is_empty() && shown.can_book).await;
    let decision = &shown.decisions[0];
    let is_it = |row: &BookingRow| Some(&row.id) == decision.server.as_ref().map(|server| &server.id);
    assert_eq!(decision.why.key, TextKey::PendingMoved);
    let server = decision.server.as_ref().expect("it exists");
    assert_eq!((server.starts_at.day, server.starts_at.hour), (24, 9));
    assert_eq!(ways(decision), [TextKey::WayInsist, TextKey::WayKeepServers]);
    assert!(decision.can_move && decision.can_call_off);
    let number = server.id.server_number().expect("the server's");
    let desk = world
        .control()
        .change_booking(number, Some("2026-11-24T09:00:00"), None);
    desk.await.expect("as the answer said");
    screen.send(BookingsIntent::CallOff {
        booking: server.id.clone(),
    });
    screen.send(BookingsIntent::Confirm);
    seen(&mut screen, |shown| {
        let is_over = |row: &BookingRow| is_it(row) && row.pending.is_none();
        shown.decisions.is_empty() && shown.past.iter().any(is_over)
    })
    .await;
    assert_eq!(world.made().await, ["2026-11-24T09:00:00 cancelled"]);
}

both_dialects!(refused => s25_a_refused_booking_says_why_and_is_given_up_v1, s25_a_refused_booking_says_why_and_is_given_up_v2);

async fn refused(world: World) {
    let (_device, client) = world.signed_in().await;
    let body = match world.dialect {
        Dialect::V1 => json!({"detail": "Vehicle not found or doesn't belong to customer"}),
        Dialect::V2 => json!({"error": "not_found", "message": "no such thing", "request_id": "r"}),
    };
    let refusal = Fault::json(404, &body);
    world.control().on(world.creates()).times(1).then(refusal);
    let mut screen = client.screens().bookings();
    book(&client, 10).await;
    let shown = seen(&mut screen, |shown| !shown.decisions.is_empty() && shown.can_book).await;
    let decision = &shown.decisions[0];
    assert_eq!(decision.why.key, TextKey::PendingRejected);
    assert_eq!(ways(decision), [TextKey::WayTryAgain, TextKey::WayGiveUp]);
    screen.send(decision.ways[1].intent.clone());
    let shown = seen(&mut screen, |shown| shown.decisions.is_empty()).await;
    assert_eq!(shown.problem, None);
    let shown = seen(&mut screen, |shown| {
        let mut all = shown.pending.iter().chain(&shown.upcoming);
        all.all(|row| when(row) != TEN)
    })
    .await;
    assert!(shown.decisions.is_empty());
}

both_dialects!(called_off => a_booking_called_off_offline_is_asked_pending_and_then_past_v1, a_booking_called_off_offline_is_asked_pending_and_then_past_v2);

async fn called_off(world: World) {
    let (_device, client) = world.signed_in().await;
    let made = done(&client, &book(&client, 10).await).await;
    let id = shown_once(&client, &name(&made)).await.id;
    let mut screen = client.screens().bookings();
    seen(&mut screen, |shown| {
        shown.upcoming.iter().any(|row| row.id == id && row.can_call_off)
    })
    .await;
    client.set_offline(true);
    screen.send(BookingsIntent::CallOff { booking: id.clone() });
    let shown = seen(&mut screen, |shown| shown.question.is_some()).await;
    let question = shown.question.expect("asked");
    assert_eq!(
        (question.text.key, when(&question.booking)),
        (TextKey::CallOffAsk, TEN)
    );
    assert_eq!(client.outbox().count().await, Ok(0), "not yet");
    screen.send(BookingsIntent::Confirm);
    let shown = seen(&mut screen, |shown| {
        shown.question.is_none() && !shown.pending.is_empty()
    })
    .await;
    let row = &shown.pending[0];
    assert_eq!(
        (&row.id, row.status.key),
        (&id, TextKey::BookingCancelled),
        "as it will be"
    );
    assert!(!row.can_call_off && !row.can_move);
    client.set_offline(false);
    seen(&mut screen, |shown| {
        shown.pending.is_empty() && shown.past.iter().any(|row| row.id == id)
    })
    .await;
    assert_eq!(world.made().await, ["2026-12-25T10:00:00 cancelled"]);
}

both_dialects!(time_passes => a_booking_is_past_when_its_time_is_over_v1, a_booking_is_past_when_its_time_is_over_v2);

async fn time_passes(world: World) {
    let (device, client) = world.signed_in().await;
    let made = done(&client, &book(&client, 10).await).await;
    let id = shown_once(&client, &name(&made)).await.id;
    let mut screen = client.screens().bookings();
    seen(&mut screen, |shown| shown.upcoming.iter().any(|row| row.id == id)).await;
    client.set_offline(true);
    device
        .clock
        .advance(std::time::Duration::from_secs(40 * 24 * 3600));
    let shown = seen(&mut screen, |shown| shown.past.iter().any(|row| row.id == id)).await;
    assert!(shown.upcoming.iter().all(|row| row.id != id));
}

both_dialects!(b_after_a => s26_bookings_that_stay_open_show_b_nothing_of_a_v1, s26_bookings_that_stay_open_show_b_nothing_of_a_v2);

async fn b_after_a(world: World) {
    let (_device, client) = world.signed_in().await;
    done(&client, &book(&client, 10).await).await;
    first_vehicle(&client).await;
    let mut screen = client.screens().bookings();
    seen(&mut screen, |shown| {
        shown.upcoming.iter().any(|row| when(row) == TEN)
    })
    .await;
    client.set_offline(true);
    book(&client, 11).await;
    let of_a = seen(&mut screen, |shown| !shown.pending.is_empty()).await;
    let mut all_of_a = [of_a.pending, of_a.upcoming, of_a.past].concat();
    all_of_a.retain(|row| row.id.server_number().is_some());
    client.account().sign_out(Unsent::Keep).await.expect("signed out");
    let nobody = seen(&mut screen, |shown| shown.standing.phase == Phase::Failed).await;
    let none = [nobody.pending, nobody.upcoming, nobody.past].concat();
    assert_eq!((none, nobody.decisions), (Vec::new(), Vec::new()));
    assert_eq!(
        nobody.standing.problem.map(|problem| problem.remedy),
        Some(Remedy::SignIn)
    );
    client.set_offline(false);
    let b = world.other_customer();
    let password = pmi_core::model::Password::new(&b.password);
    let signed_in = client.account().sign_in(&b.email, password).await;
    signed_in.expect("signed in");
    let of_b = seen(&mut screen, |shown| {
        matches!(shown.standing.phase, Phase::Shown | Phase::Empty)
    })
    .await;
    let all_of_b = [of_b.pending, of_b.upcoming, of_b.past].concat();
    for row in &all_of_b {
        assert!(all_of_a.iter().all(|one| one.id != row.id) && when(row) != (12, 25, 11));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s12_who_signs_in_again_sees_what_waits_of_theirs_again() {
    let world = World::start(Dialect::V2).await;
    let (_device, client) = world.signed_in().await;
    client.set_conditions(Conditions {
        data_saver: true,
        low_battery: false,
    });
    let vehicle = first_vehicle(&client).await;
    let new = NewBooking {
        photos: vec![photo(&jpeg(5000, 1))],
        ..oil_change(vehicle, 10)
    };
    let mut screen = client.screens().bookings();
    let mut garage = client.screens().garage();
    let booked = client.bookings().book(new, None).await.expect("accepted");
    done(&client, &booked).await;
    let waits = |shown: &Bookings| {
        let mut photos = shown.upcoming.iter().filter_map(|row| row.photos.as_ref());
        photos.any(|photos| photos.unsent == 1)
    };
    seen(&mut screen, waits).await;
    let refusal = Fault::json(
        404,
        &json!({"error": "not_found", "message": "no such thing", "request_id": "r"}),
    );
    world.control().on(world.creates()).times(1).then(refusal);
    book(&client, 11).await;
    seen(&mut screen, |shown| shown.decisions.len() == 1).await;
    seen(&mut garage, |garage| {
        garage.attention.is_some_and(|it| it.count == 1)
    })
    .await;

    for _ in 0..3 {
        let booking = screen.now().upcoming[0].id.clone();
        screen.send(BookingsIntent::CallOff { booking });
        assert!(screen.now().question.is_some());
        world.sign_in(&client).await.expect("signed in again");
        // Whichever hears of it first, the list or the outbox. What was asked of whoever was there before is gone.
        seen(&mut screen, |shown| {
            shown.question.is_none() && waits(shown) && shown.decisions.len() == 1
        })
        .await;
        seen(&mut garage, |garage| {
            garage.attention.is_some_and(|it| it.count == 1) && garage.standing.phase == Phase::Shown
        })
        .await;
    }
}

both_dialects!(suspended => s34_what_is_decided_while_suspended_is_done_afterwards_v1, s34_what_is_decided_while_suspended_is_done_afterwards_v2);

async fn suspended(world: World) {
    let (_device, client) = world.signed_in().await;
    let (mut screen, decision) = changed_elsewhere(&world, &client).await;
    client
        .suspend(std::time::Duration::ZERO)
        .await
        .expect("suspended");
    screen.send(decision.ways[0].intent.clone());
    client.resume().await.expect("goes on");
    seen(&mut screen, |shown| {
        shown.decisions.is_empty() && shown.upcoming.iter().any(|row| when(row) == (12, 25, 11))
    })
    .await;
    client.close();
    while screen.next().await.is_some() {}
    screen.send(BookingsIntent::Refresh);
}
