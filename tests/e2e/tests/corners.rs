//! Scenarios 22 to 25, the corners: what the person asks for while a write is on its way, looked at, or not known to have been
//! applied.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use pmi_core::OutboxObservation;
use pmi_core::model::{ConflictKind, OutboxItem, Waiting, WriteState};
use pmi_core::ports::{
    HttpClient, HttpClientConfig, Network, NetworkError, NetworkRequest, NetworkResponse, PortFuture,
};
use pmi_e2e::desk::{at, book, conflict, done, first_vehicle, name, settled, shown_once};
use pmi_e2e::{World, both_dialects};
use pmi_platform::{Dialect, Fault, Match};

async fn called_off_while_it_is_sent(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    let gate = world.hold_next(world.creates());
    let made = book(&client, 10).await;
    gate.arrived().await;
    let cancelled = client
        .bookings()
        .cancel(&name(&made), None)
        .await
        .expect("accepted");
    assert_ne!(cancelled.id, made.id, "what is on its way is left alone");
    assert_eq!(cancelled.state, WriteState::Queued);
    assert_eq!(
        world.change_requests(),
        0,
        "it waits for what becomes of the booking"
    );
    gate.release();
    done(&client, &made).await;
    let _skipping = world.skip_waits(&device);
    done(&client, &cancelled).await;
    assert_eq!(world.made().await, ["2026-12-25T10:00:00 cancelled"]);
    assert_eq!(world.change_requests(), 1);
}
both_dialects!(called_off_while_it_is_sent => s22_what_is_called_off_while_it_is_sent_waits_for_its_outcome_v1,
    s22_what_is_called_off_while_it_is_sent_waits_for_its_outcome_v2);

/// There was no network, and now there is.
async fn being_sent(world: World) {
    let (_device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    let gate = world.hold_next(world.creates());
    client.set_offline(true);
    let accepted = book(&client, 10).await;
    assert_eq!(accepted.waiting, Some(Waiting::Network));
    client.set_offline(false);
    gate.arrived().await;
    let list = client.outbox().list().await.expect("read");
    let sent = list.iter().find(|item| item.id == accepted.id).expect("there");
    assert_eq!((&sent.state, sent.waiting), (&WriteState::Sending, None));
    gate.release();
    assert_eq!(done(&client, &accepted).await.waiting, None);
}
both_dialects!(being_sent => s22_what_is_being_sent_waits_for_nothing_v1,
    s22_what_is_being_sent_waits_for_nothing_v2);

/// While the booking is read for a move, the person takes another time, and the desk has moved it to the first one.
async fn another_time_while_it_is_looked_at(world: World) {
    let (device, client) = world.signed_in().await;
    let made = done(&client, &book(&client, 10).await).await;
    let booking = shown_once(&client, &name(&made)).await;
    let number = booking.id.server_number().expect("the server's");
    client.set_offline(true);
    let moved = client.bookings().reschedule(&booking.id, &at(12), None).await;
    let moved = moved.expect("accepted");
    let desk = world
        .control()
        .change_booking(number, Some("2026-12-25T12:00:00"), None);
    desk.await.expect("the desk moves it");
    let read = match world.dialect {
        Dialect::V1 => Match::get("/api/appointments/list"),
        Dialect::V2 => Match::get(&format!("/api/bookings/{number}")),
    };
    let gate = world.hold_next(read);
    client.set_offline(false);
    gate.arrived().await;
    let again = client.bookings().reschedule(&booking.id, &at(14), None).await;
    assert_eq!(again.expect("folded").id, moved.id);
    gate.release();
    let _skipping = world.skip_waits(&device);
    let item = settled(&client, &moved).await;
    assert_eq!(
        conflict(&item).kind,
        ConflictKind::Changed,
        "14:00 was never sent"
    );
    assert_eq!(world.change_requests(), 0);
}
both_dialects!(another_time_while_it_is_looked_at => s22_a_time_taken_while_a_write_is_looked_at_does_not_pass_for_done_v1,
    s22_a_time_taken_while_a_write_is_looked_at_does_not_pass_for_done_v2);

/// The answer is lost; hours later the same client goes on.
async fn hours_later(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    world.control().on(world.creates()).times(1).then(Fault::CutAfter);
    let item = book(&client, 10).await;
    while world.create_requests() == 0 {
        tokio::task::yield_now().await;
    }
    client.set_offline(true);
    let hours = Duration::from_secs(7 * 3600);
    device.clock.advance(hours);
    world.server_clock.advance(hours);
    let _skipping = world.skip_waits(&device);
    client.set_offline(false);
    done(&client, &item).await;
    assert_eq!(world.made().await, ["2026-12-25T10:00:00 scheduled"]);
}
both_dialects!(hours_later => s23_hours_after_a_lost_answer_there_is_one_booking_v1,
    s23_hours_after_a_lost_answer_there_is_one_booking_v2);

/// The item when a try came to nothing.
async fn once_tried(outbox: &mut OutboxObservation, item: &OutboxItem) -> OutboxItem {
    loop {
        let list = outbox.next().await.expect("open").expect("a list");
        let ours = list.into_iter().find(|one| one.id == item.id);
        let ours = ours.expect("it is there");
        if ours.attempts > 0 && matches!(ours.waiting, Some(Waiting::Certainty | Waiting::Server)) {
            return ours;
        }
    }
}

/// Hands on a server's answers, but for the first one to a POST of this path: in its place something on the way says 500.
struct Says500 {
    inner: HttpClient,
    to: &'static str,
    said: AtomicBool,
}

impl Network for Says500 {
    fn send(&self, request: NetworkRequest) -> PortFuture<Result<NetworkResponse, NetworkError>> {
        let is_it = request.method == "POST" && request.url.path() == self.to;
        let says_so = is_it && !self.said.swap(true, Ordering::SeqCst);
        let sending = self.inner.send(request);
        Box::pin(async move {
            let mut answer = sending.await?;
            if says_so {
                answer.status = 500_u16.try_into().expect("a status");
            }
            Ok(answer)
        })
    }
}

/// The booking is made, the answer is a 500, and the device is off for a weekend.
async fn a_500_to_what_was_made(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.close();
    let client = device.open_over(Arc::new(Says500 {
        inner: HttpClient::new(HttpClientConfig::default()).expect("a network stack"),
        to: world.create_path(),
        said: AtomicBool::new(false),
    }));
    let mut outbox = client.outbox().observe().await.expect("observed");
    let item = book(&client, 10).await;
    let tried = once_tried(&mut outbox, &item).await;
    assert_eq!(tried.state, WriteState::Unknown);
    assert_eq!(world.made().await, ["2026-12-25T10:00:00 scheduled"]);
    client.close();
    let weekend = Duration::from_secs(64 * 3600);
    device.clock.advance(weekend);
    world.server_clock.advance(weekend);
    device.clock.reboot();

    let client = device.open();
    let _skipping = world.skip_waits(&device);
    client.account().state().await.expect("opened");
    done(&client, &item).await;
    assert_eq!(world.made().await, ["2026-12-25T10:00:00 scheduled"]);
    assert_eq!(world.create_requests(), 1, "it was looked for");
}
both_dialects!(a_500_to_what_was_made => s23_a_weekend_after_a_500_to_what_was_made_there_is_one_booking_v1,
    s23_a_weekend_after_a_500_to_what_was_made_there_is_one_booking_v2);

/// A move is cut off, and while nobody knows what became of it the person takes another time and the desk a third.
async fn behind_what_became_a_conflict(world: World) {
    let (device, client) = world.signed_in().await;
    let made = done(&client, &book(&client, 10).await).await;
    let id = shown_once(&client, &name(&made)).await.id;
    world.control().on(world.moves()).times(1).then(Fault::CutBefore);
    let mut outbox = client.outbox().observe().await.expect("observed");
    let bookings = client.bookings();
    let first = bookings.reschedule(&id, &at(11), None).await.expect("accepted");
    let tried = once_tried(&mut outbox, &first).await;
    assert_eq!(tried.state, WriteState::Unknown);
    let second = bookings.reschedule(&id, &at(12), None).await.expect("accepted");
    assert_ne!(second.id, first.id, "the first may have been applied");
    let number = id.server_number().expect("the server's");
    let desk = world
        .control()
        .change_booking(number, Some("2026-12-26T15:00:00"), None);
    desk.await.expect("the desk moves it");
    let _skipping = world.skip_waits(&device);
    let first = settled(&client, &first).await;
    assert_eq!(conflict(&first).kind, ConflictKind::Changed);
    let second = settled(&client, &second).await;
    assert_eq!(second.state, WriteState::Blocked { by: first.id });
    client.outbox().drop_item(first.id).await.expect("dropped");
    done(&client, &second).await;
    assert_eq!(world.made().await, ["2026-12-25T12:00:00 scheduled"]);
}
both_dialects!(behind_what_became_a_conflict => s25_what_waits_behind_an_unknown_write_that_became_a_conflict_says_so_v1,
    s25_what_waits_behind_an_unknown_write_that_became_a_conflict_says_so_v2);

/// The centre calls off what was made, before the answer to it is found; a move waits behind it.
async fn called_off_before_it_was_known(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    world.control().on(world.creates()).times(1).then(Fault::CutAfter);
    let made = book(&client, 10).await;
    while world.made().await.is_empty() {
        tokio::task::yield_now().await;
    }
    client.set_offline(true);
    let stands = client.sync(Duration::from_secs(60)).await.expect("a report");
    assert_eq!(stands.remaining, 1);
    let moved = client.bookings().reschedule(&name(&made), &at(12), None).await;
    let moved = moved.expect("accepted");
    let seen = world.control().bookings(Some(world.customer().id)).await;
    let seen = seen.expect("asked");
    let number = seen.iter().map(|one| one.id).max().expect("the newest");
    let desk = world.control().change_booking(number, None, Some("cancelled"));
    desk.await.expect("the desk calls it off");
    // By now v2 has forgotten the key: it is looked for.
    let days = Duration::from_secs(30 * 3600);
    device.clock.advance(days);
    world.server_clock.advance(days);
    let _skipping = world.skip_waits(&device);
    client.set_offline(false);
    let item = settled(&client, &moved).await;
    assert_eq!(conflict(&item).kind, ConflictKind::Changed);
    assert_eq!(world.change_requests(), 0, "it is not brought back");
}
both_dialects!(called_off_before_it_was_known => s24_what_was_called_off_before_it_was_known_is_not_brought_back_v1,
    s24_what_was_called_off_before_it_was_known_is_not_brought_back_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s24_what_v1_had_at_another_time_is_a_conflict_when_the_server_has_become_v2() {
    let world = World::start(Dialect::V1).await;
    let (device, client) = world.signed_in().await;
    world.control().on(world.creates()).times(1).then(Fault::CutAfter);
    let item = book(&client, 10).await;
    while world.made().await.is_empty() {
        tokio::task::yield_now().await;
    }
    client.close();
    let seen = world.control().bookings(Some(world.customer().id)).await;
    let seen = seen.expect("asked");
    let number = seen.iter().map(|one| one.id).max().expect("the newest");
    let desk = world
        .control()
        .change_booking(number, Some("2026-12-25T13:00:00"), None);
    desk.await.expect("another time");
    world.control().set_dialect(Dialect::V2);
    let client = device.open();
    let _skipping = world.skip_waits(&device);
    world.sign_in(&client).await.expect("the sign-in");
    let item = settled(&client, &item).await;
    assert_eq!(conflict(&item).kind, ConflictKind::Moved);
}
