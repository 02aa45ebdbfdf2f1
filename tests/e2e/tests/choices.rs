//! Scenarios 24 and 25 on the screen: what was not accepted shows why, everywhere it shows, and what can be done about it; each
//! of that can be done.

use pmi_core::PmiClient;
use pmi_core::error::Refusal;
use pmi_core::model::{
    BookingId, ConflictKind, Freshness, Notification, NotificationId, OutboxItem, VehicleSummary,
    WriteAction, WriteState,
};
use pmi_e2e::desk::{
    at, book, conflict, done, first_vehicle, moved_by_the_desk, name, settled, shown, shown_once,
};
use pmi_e2e::{World, both_dialects};
use pmi_platform::{Dialect, Fault, Match};
use serde_json::json;

use WriteAction::{Cancel, Change, Drop, Retry};

fn not_found(world: &World) -> Fault {
    let body = match world.dialect {
        Dialect::V1 => json!({"detail": "Vehicle not found or doesn't belong to customer"}),
        Dialect::V2 => json!({"error": "not_found", "message": "no such thing", "request_id": "r"}),
    };
    Fault::json(404, &body)
}

/// What every place that shows the booking says of the write that is pending on it.
async fn pending_of(client: &PmiClient, id: &BookingId, is_latest: bool) -> OutboxItem {
    let listed = shown_once(client, id).await.pending.expect("marked in the list");
    let detail = client.bookings().get(id, Freshness::CacheFirst).await;
    assert_eq!(detail.expect("the detail").value.pending.as_ref(), Some(&listed));
    let garage = client.vehicles().list(Freshness::CacheOnly).await;
    let garage = garage.expect("the garage").value;
    let latest = garage[0].latest_booking.as_ref().expect("a booking");
    assert_eq!(latest.id == *id, is_latest);
    if is_latest {
        assert_eq!(latest.pending.as_ref(), Some(&listed));
    }
    *listed
}

async fn a_refused_booking(world: World) {
    let (_device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    let before = shown(&client).await.len();
    let refusal = not_found(&world);
    world.control().on(world.creates()).times(3).then(refusal);
    client.set_offline(true);
    let mut items = Vec::new();
    for hour in 9..12 {
        items.push(book(&client, hour).await);
    }
    client.set_offline(false);
    for item in &items {
        settled(&client, item).await;
        let pending = pending_of(&client, &name(item), false).await;
        let WriteState::Rejected { why, reason, .. } = &pending.state else {
            panic!("{pending:?}");
        };
        assert_eq!((why, reason.is_empty()), (&Refusal::NotFound, false));
        assert_eq!(pending.actions(), [Retry, Change, Drop]);
    }

    let again = client.outbox().retry(items[0].id).await.expect("tried again");
    done(&client, &again).await;
    let changed = client
        .bookings()
        .reschedule(&name(&items[1]), &at(13), None)
        .await;
    done(&client, &changed.expect("changed")).await;
    client.outbox().drop_item(items[2].id).await.expect("dropped");
    assert_eq!(
        world.made().await,
        ["2026-12-25T09:00:00 scheduled", "2026-12-25T13:00:00 scheduled"]
    );
    let after = shown(&client).await;
    assert_eq!(after.len(), before + 2);
    assert!(after.iter().all(|booking| booking.pending.is_none()));
}
both_dialects!(a_refused_booking => s25_a_refused_booking_shows_why_everywhere_and_what_can_be_done_can_be_v1,
    s25_a_refused_booking_shows_why_everywhere_and_what_can_be_done_can_be_v2);

/// What the garage says of the vehicle's latest booking: its hour, and whether a write is pending on it.
async fn latest(client: &PmiClient, freshness: Freshness) -> (i8, bool) {
    let garage = client.vehicles().list(freshness).await.expect("the garage");
    let latest = garage.value[0].latest_booking.as_ref().expect("a booking");
    (latest.wall_time().hour(), latest.pending.is_some())
}

async fn a_refused_booking_behind_one_that_stands(world: World) {
    let (_device, client) = world.signed_in().await;
    done(&client, &book(&client, 9).await).await;
    let refusal = not_found(&world);
    world.control().on(world.creates()).times(1).then(refusal);
    client.set_offline(true);
    let refused = book(&client, 11).await;
    let still_possible = latest(&client, Freshness::CacheOnly).await;
    assert_eq!(still_possible, (11, true), "accepted here");
    let mut garage = client.vehicles().observe_list().await.expect("observed");
    client.set_offline(false);
    let refused = settled(&client, &refused).await;
    assert!(refused.state.needs_attention());
    for freshness in [Freshness::CacheOnly, Freshness::NetworkOnly] {
        let stands = latest(&client, freshness).await;
        assert_eq!(stands, (9, false), "the refused one hides none: {freshness:?}");
    }
    let listed = shown_once(&client, &name(&refused)).await.pending;
    assert_eq!(listed.as_deref(), Some(&refused), "the list says why");
    let shows_what_stands = |garage: &[VehicleSummary]| {
        let latest = garage[0].latest_booking.as_ref();
        latest.is_some_and(|latest| latest.wall_time().hour() == 9)
    };
    loop {
        let update = garage.next().await.expect("open");
        if update
            .snapshot
            .is_some_and(|shown| shows_what_stands(&shown.value))
        {
            break;
        }
    }

    client.set_offline(true);
    book(&client, 10).await;
    assert_eq!(latest(&client, Freshness::CacheOnly).await, (10, true));
    let again = client.outbox().retry(refused.id).await;
    again.expect("it may be made yet");
    assert_eq!(latest(&client, Freshness::CacheOnly).await, (11, true));
}
both_dialects!(a_refused_booking_behind_one_that_stands => s25_a_refused_booking_does_not_hide_the_one_that_stands_v1,
    s25_a_refused_booking_does_not_hide_the_one_that_stands_v2);

async fn a_queued_booking(world: World) {
    let (_device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    shown(&client).await;
    client.set_offline(true);
    let item = book(&client, 10).await;
    let pending = pending_of(&client, &name(&item), true).await;
    assert_eq!(pending.actions(), [Retry, Change, Drop]);
    client.outbox().retry(item.id).await.expect("it waits, then");
    let changed = client.bookings().reschedule(&name(&item), &at(12), None).await;
    assert_eq!(changed.expect("changed").id, item.id);
    let pending = pending_of(&client, &name(&item), true).await;
    assert_eq!(pending.actions(), [Retry, Change, Drop]);
    let dropped = client.outbox().drop_item(item.id).await.expect("dropped");
    assert_eq!(dropped.actions(), []);
    assert!(shown(&client).await.iter().all(|one| one.id != name(&item)));
}
both_dialects!(a_queued_booking => what_can_be_done_about_a_queued_booking_can_be_done_v1,
    what_can_be_done_about_a_queued_booking_can_be_done_v2);

/// May have been applied: the answer was lost, and the network with it.
async fn an_unknown_booking(world: World) {
    let (_device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    shown(&client).await;
    let gate = world.hold_next(world.creates());
    let item = book(&client, 10).await;
    gate.arrived().await;
    world.control().network(false);
    gate.release();
    let mut outbox = client.outbox().observe().await.expect("observed");
    let unknown = loop {
        let list = outbox.next().await.expect("open").expect("a list");
        if let Some(unknown) = list.into_iter().find(|one| one.state == WriteState::Unknown) {
            break unknown;
        }
    };
    assert_eq!(unknown.actions(), [Retry, Change, Cancel]);
    client.outbox().retry(item.id).await.expect("sooner");
    client
        .outbox()
        .drop_item(item.id)
        .await
        .expect_err("it may exist");
    let changed = client.bookings().reschedule(&name(&item), &at(12), None).await;
    assert_ne!(changed.expect("behind it").id, item.id);
    client
        .bookings()
        .cancel(&name(&item), None)
        .await
        .expect("behind it");
}
both_dialects!(an_unknown_booking => s23_what_can_be_done_about_an_unknown_booking_can_be_done_v1,
    s23_what_can_be_done_about_an_unknown_booking_can_be_done_v2);

async fn a_conflict(world: World) {
    let (_device, client) = world.signed_in().await;
    let booking = moved_by_the_desk(&world, &client).await;
    let moved = client.bookings().reschedule(&booking.id, &at(11), None).await;
    let moved = settled(&client, &moved.expect("accepted")).await;
    assert_eq!(conflict(&moved).kind, ConflictKind::Changed);
    assert_eq!(moved.actions(), [Retry, Change, Drop]);
    let screen = shown_once(&client, &booking.id).await;
    assert_eq!(screen.pending.as_deref(), Some(&moved));
    let server = conflict(&moved).current.expect("the server's version");
    assert_eq!(screen.starts_at, server.starts_at, "what the server has");
    let again = client
        .outbox()
        .retry(moved.id)
        .await
        .expect("over what was shown");
    done(&client, &again).await;
    assert_eq!(world.made().await, ["2026-12-25T11:00:00 scheduled"]);
}
both_dialects!(a_conflict => s24_a_conflict_shows_what_the_server_has_and_what_can_be_done_v1,
    s24_a_conflict_shows_what_the_server_has_and_what_can_be_done_v2);

async fn one_of(client: &PmiClient, id: NotificationId, freshness: Freshness) -> Notification {
    let list = client.notifications().list(freshness).await.expect("the list");
    let found = list.value.into_iter().find(|one| one.id == id);
    found.expect("it is there")
}

async fn a_refused_reading(world: World) {
    let (_device, client) = world.signed_in().await;
    let list = client.notifications().list(Freshness::NetworkOnly).await;
    let list = list.expect("the list").value;
    let id = list.iter().find(|one| !one.read).expect("an unread one").id;
    client.set_offline(true);
    let item = client.notifications().mark_read(id).await.expect("accepted");
    let shown = one_of(&client, id, Freshness::CacheOnly).await;
    let pending = shown.pending.expect("marked");
    assert!(shown.read);
    assert_eq!(
        (&pending.state, pending.actions()),
        (&WriteState::Queued, vec![Retry, Drop])
    );
    let refusal = not_found(&world);
    let puts = Match::put("/api/notifications/");
    world.control().on(puts).times(1).then(refusal);
    client.set_offline(false);
    settled(&client, &item).await;
    let shown = one_of(&client, id, Freshness::NetworkOnly).await;
    let pending = shown.pending.expect("why");
    assert!(!shown.read, "the server does not have it so");
    assert!(pending.state.needs_attention());
    assert_eq!(pending.actions(), [Retry, Drop]);
    let again = client.outbox().retry(item.id).await.expect("tried again");
    done(&client, &again).await;
    for freshness in [Freshness::CacheOnly, Freshness::NetworkOnly] {
        let shown = one_of(&client, id, freshness).await;
        assert_eq!((shown.read, shown.pending), (true, None));
    }
}
both_dialects!(a_refused_reading => s25_a_notification_whose_reading_is_refused_shows_why_v1,
    s25_a_notification_whose_reading_is_refused_shows_why_v2);
