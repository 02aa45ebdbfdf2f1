//! Scenario 25: what cannot be is refused before it is accepted; what is refused, or stuck, later is set apart from the rest.

use pmi_core::Error;
use pmi_core::error::Refusal;
use pmi_core::model::{BookingId, BookingTime, ConflictKind, Freshness, NewBooking, ServiceType, WriteState};
use pmi_core::ports::Clock as _;
use pmi_e2e::desk::{
    at, book, conflict, done, first_vehicle, moved_by_the_desk, name, oil_change, settled, shown, shown_once,
};
use pmi_e2e::{World, both_dialects};
use pmi_platform::{Dialect, Fault};
use serde_json::json;

async fn a_poison_item(world: World) {
    let (_device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.set_offline(true);
    let poison = book(&client, 9).await;
    let depends = client.bookings().reschedule(&name(&poison), &at(12), None).await;
    assert_eq!(depends.expect("folded").id, poison.id);
    let second = book(&client, 10).await;
    let third = book(&client, 11).await;
    let refusal = match world.dialect {
        Dialect::V1 => Fault::json(
            404,
            &json!({"detail": "Vehicle not found or doesn't belong to customer"}),
        ),
        Dialect::V2 => Fault::json(
            404,
            &json!({"error": "not_found", "message": "no such vehicle", "request_id": "r"}),
        ),
    };
    world.control().on(world.creates()).times(1).then(refusal);
    client.set_offline(false);
    let poison = settled(&client, &poison).await;
    assert!(
        matches!(
            &poison.state,
            WriteState::Rejected {
                why: Refusal::NotFound,
                ..
            }
        ),
        "{poison:?}"
    );
    done(&client, &second).await;
    done(&client, &third).await;
    assert_eq!(
        world.made().await,
        ["2026-12-25T10:00:00 scheduled", "2026-12-25T11:00:00 scheduled"]
    );
    // It shows why, can be changed and goes; or is dropped.
    let shown = shown_once(&client, &name(&poison)).await;
    assert_eq!(
        shown.pending.map(|pending| pending.state),
        Some(poison.state.clone())
    );
    let edited = client
        .bookings()
        .reschedule(&name(&poison), &at(13), None)
        .await
        .expect("edited");
    done(&client, &edited).await;
    assert_eq!(world.made().await.len(), 3);
}
both_dialects!(a_poison_item => s25_a_refused_write_is_set_aside_and_the_others_go_v1,
    s25_a_refused_write_is_set_aside_and_the_others_go_v2);

async fn what_does_not_depend_on_it(world: World) {
    let (_device, client) = world.signed_in().await;
    let booking = moved_by_the_desk(&world, &client).await;
    let bookings = client.bookings();
    let first = bookings
        .reschedule(&booking.id, &at(11), None)
        .await
        .expect("accepted");
    let first = settled(&client, &first).await;
    assert!(first.state.needs_attention());
    done(&client, &book(&client, 14).await).await;
    // A cancellation after the conflict was seen is the person's decision on it.
    let cancelled = bookings.cancel(&booking.id, None).await.expect("accepted");
    done(&client, &cancelled).await;
    assert_eq!(
        world.made().await,
        ["2026-12-26T15:00:00 cancelled", "2026-12-25T14:00:00 scheduled"]
    );
}
both_dialects!(what_does_not_depend_on_it => s25_a_conflicted_change_holds_its_booking_and_no_other_v1,
    s25_a_conflicted_change_holds_its_booking_and_no_other_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s25_what_depends_on_a_conflicted_write_says_which_and_goes_when_it_is_settled() {
    let world = World::start(Dialect::V2).await;
    let (_device, client) = world.signed_in().await;
    let bookings = client.bookings();
    let made = done(&client, &book(&client, 10).await).await;
    let id = name(&made);
    let gate = pmi_platform::Gate::new();
    world
        .control()
        .on(world.moves())
        .times(1)
        .then(Fault::HoldBefore(gate.clone()));
    let first = bookings.reschedule(&id, &at(11), None).await.expect("accepted");
    gate.arrived().await;
    // The first is on its way, so the second waits for what becomes of it; and the desk is faster than both.
    let second = bookings.reschedule(&id, &at(12), None).await.expect("accepted");
    let number = id.server_number().expect("the server's");
    let desk = world
        .control()
        .change_booking(number, Some("2026-12-26T15:00:00"), None);
    desk.await.expect("the desk moves it");
    gate.release();
    let first = settled(&client, &first).await;
    assert_eq!(conflict(&first).kind, ConflictKind::Changed);
    let second = settled(&client, &second).await;
    assert_eq!(second.state, WriteState::Blocked { by: first.id });
    // The person gives the first up, having seen what it showed: then the second goes over that.
    client.outbox().drop_item(first.id).await.expect("dropped");
    done(&client, &second).await;
    assert_eq!(world.made().await, ["2026-12-25T12:00:00 scheduled"]);
}

/// Something on the way lets reads pass and cuts every move off.
async fn always_cut_off(world: World) {
    let (device, client) = world.signed_in().await;
    let made = done(&client, &book(&client, 10).await).await;
    let list = client
        .notifications()
        .list(Freshness::CacheFirst)
        .await
        .expect("the list");
    world.control().on(world.moves()).then(Fault::CutBefore);
    let cut_off = client
        .bookings()
        .reschedule(&name(&made), &at(11), None)
        .await
        .expect("accepted");
    let other = client
        .notifications()
        .mark_read(list.value[0].id)
        .await
        .expect("accepted");
    let began = device.clock.elapsed();
    {
        let _skipping = world.skip_waits(&device);
        done(&client, &other).await;
        while device.clock.elapsed() - began < std::time::Duration::from_secs(120) {
            tokio::task::yield_now().await;
        }
    }
    let tries = world.change_requests();
    assert!((2..=60).contains(&tries), "{tries} in two minutes");
    world.control().clear();
    let _skipping = world.skip_waits(&device);
    done(&client, &cut_off).await;
    assert_eq!(world.made().await, ["2026-12-25T11:00:00 scheduled"]);
}
both_dialects!(always_cut_off => s25_a_write_that_is_always_cut_off_keeps_no_other_and_hammers_nobody_v1,
    s25_a_write_that_is_always_cut_off_keeps_no_other_and_hammers_nobody_v2);

async fn what_cannot_be_right(world: World) {
    let (_device, client) = world.signed_in().await;
    let vehicle = first_vehicle(&client).await;
    let ten_kilobytes = NewBooking {
        notes: Some("x".repeat(10_000)),
        ..oil_change(vehicle, 10)
    };
    let unknown_service = NewBooking {
        service: ServiceType::from_word("polish"),
        ..oil_change(vehicle, 10)
    };
    let past = NewBooking {
        at: BookingTime::at_the_centre(jiff::civil::date(2026, 11, 1).at(10, 0, 0, 0)),
        ..oil_change(vehicle, 10)
    };
    let no_vehicle = oil_change(pmi_core::model::VehicleId(99_999), 10);
    let offline_too = [false, true];
    for offline in offline_too {
        client.set_offline(offline);
        for (new, field) in [(&ten_kilobytes, "notes"), (&past, "at")] {
            let refused = client.bookings().book(new.clone(), None).await;
            assert!(
                matches!(&refused, Err(Error::InvalidInput { field: named, .. }) if named == field),
                "{refused:?}"
            );
        }
        if !offline {
            let refused = client.bookings().book(no_vehicle.clone(), None).await;
            assert!(
                matches!(
                    &refused,
                    Err(Error::Refused {
                        why: Refusal::NotFound,
                        ..
                    })
                ),
                "{refused:?}"
            );
        }
        if world.dialect == Dialect::V1 {
            let refused = client.bookings().book(unknown_service.clone(), None).await;
            assert!(matches!(&refused, Err(Error::InvalidInput { .. })), "{refused:?}");
        }
        let nothing = client
            .bookings()
            .cancel(&BookingId::parse("new-aaaaaaaaaa"), None)
            .await;
        assert!(matches!(nothing, Err(Error::Refused { .. })), "{nothing:?}");
    }
    assert_eq!(client.outbox().count().await, Ok(0));
    assert_eq!(world.create_requests(), 0);
    client.set_offline(false);
    assert!(
        shown(&client)
            .await
            .iter()
            .all(|booking| booking.pending.is_none())
    );
}
both_dialects!(what_cannot_be_right => what_cannot_be_right_is_refused_before_it_is_accepted_v1,
    what_cannot_be_right_is_refused_before_it_is_accepted_v2);
