//! Scenarios 22 to 27: a booking that was accepted is made, once, whatever happens to answers, networks and processes.

use std::time::Duration;

use pmi_core::PmiClient;
use pmi_core::error::Refusal;
use pmi_core::model::{
    BookingStatus, BookingTime, Freshness, NewBooking, OutboxItem, ServiceType, VehicleId, Waiting,
    WriteState,
};
use pmi_e2e::{World, both_dialects};
use pmi_platform::{Dialect, Fault, Match};

const PATIENCE: Duration = Duration::from_secs(600);

fn at(hour: i8) -> BookingTime {
    BookingTime::at_the_centre(jiff::civil::date(2026, 12, 25).at(hour, 0, 0, 0))
}

fn oil_change(vehicle: VehicleId, hour: i8) -> NewBooking {
    NewBooking {
        vehicle_id: vehicle,
        service: ServiceType::OilChange,
        at: at(hour),
        center_id: None,
        notes: None,
    }
}

async fn first_vehicle(client: &PmiClient) -> VehicleId {
    let garage = client
        .vehicles()
        .list(Freshness::CacheFirst)
        .await
        .expect("the garage");
    garage.value[0].vehicle.id
}

/// The path on which the dialect makes bookings.
fn create_path(world: &World) -> &'static str {
    match world.dialect {
        Dialect::V1 => "/api/bookings/create",
        Dialect::V2 => "/api/bookings",
    }
}

/// The wall times of the customer's bookings on the server that this library made.
async fn made(world: &World) -> Vec<String> {
    let seen = world
        .control()
        .bookings(Some(world.customer().id))
        .await
        .expect("the server's bookings");
    seen.into_iter()
        .filter(|one| {
            one.client_operation_id.is_some() || one.notes.as_deref().unwrap_or_default().contains("[pmi:")
        })
        .map(|one| format!("{} {}", one.wall_time, one.status))
        .collect()
}

async fn settled(client: &PmiClient, item: &OutboxItem) -> OutboxItem {
    client
        .outbox()
        .settled(item.id, PATIENCE)
        .await
        .expect("the item")
}

async fn a_booking_is_made_and_shown(world: World) {
    let (_device, client) = world.signed_in().await;
    let vehicle = first_vehicle(&client).await;
    let item = client
        .bookings()
        .book(oil_change(vehicle, 10), None)
        .await
        .expect("accepted");
    let done = settled(&client, &item).await;
    assert!(matches!(done.state, WriteState::Done { .. }), "{done:?}");
    assert_eq!(made(&world).await, ["2026-12-25T10:00:00 scheduled"]);
    let list = client
        .bookings()
        .list(Freshness::NetworkFirst)
        .await
        .expect("the list");
    let booking = list
        .value
        .iter()
        .find(|one| Some(&one.id) == done.booking.as_ref())
        .expect("it is in the list");
    assert_eq!(booking.pending, None);
    assert_eq!(booking.wall_time().to_string(), "2026-12-25T10:00:00");
    // The local name goes on meaning the same booking.
    let local = item.booking.expect("a booking");
    let one = client
        .bookings()
        .get(&local, Freshness::NetworkFirst)
        .await
        .expect("by its local name");
    assert_eq!(one.value.id, booking.id);
}
both_dialects!(a_booking_is_made_and_shown => s22_a_booking_is_made_and_shown_v1,
    s22_a_booking_is_made_and_shown_v2);
