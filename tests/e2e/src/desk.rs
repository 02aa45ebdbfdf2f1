//! What the booking scenarios have in common: bookings to be made, and what the server has of them.

use std::time::Duration;

use pmi_core::PmiClient;
use pmi_core::model::{
    Booking, BookingId, BookingTime, Conflict, Freshness, NewBooking, OutboxItem, ServiceType, VehicleId,
    WriteState,
};
use pmi_platform::{Dialect, Match};

use crate::World;

/// Longer than anything that is waited for; no sleep of this length is ever skipped.
const PATIENCE: Duration = Duration::from_secs(3600);

/// Christmas Day 2026 at this hour on the centre's clock.
#[must_use]
pub fn at(hour: i8) -> BookingTime {
    BookingTime::at_the_centre(jiff::civil::date(2026, 12, 25).at(hour, 0, 0, 0))
}

/// An oil change at that hour.
#[must_use]
pub fn oil_change(vehicle: VehicleId, hour: i8) -> NewBooking {
    NewBooking {
        vehicle_id: vehicle,
        service: ServiceType::OilChange,
        at: at(hour),
        center_id: None,
        notes: None,
        photos: Vec::new(),
    }
}

/// The first vehicle of the garage, which is read for it, and the centres too, as a booking screen does.
///
/// # Panics
/// If there is none.
pub async fn first_vehicle(client: &PmiClient) -> VehicleId {
    let centers = client.centers().list(Freshness::CacheFirst).await;
    centers.expect("the centres");
    let garage = client.vehicles().list(Freshness::CacheFirst).await;
    garage.expect("the garage").value[0].vehicle.id
}

/// Reads the garage from the server.
///
/// # Panics
/// If it does not answer.
pub async fn read_garage(client: &PmiClient) {
    let garage = client.vehicles().list(Freshness::NetworkOnly).await;
    garage.expect("the garage");
}

/// Accepts an oil change at that hour for the first vehicle.
///
/// # Panics
/// If it is not accepted.
pub async fn book(client: &PmiClient, hour: i8) -> OutboxItem {
    let new = oil_change(first_vehicle(client).await, hour);
    client.bookings().book(new, None).await.expect("accepted")
}

/// The item once nothing more happens to it by itself.
///
/// # Panics
/// If there is none, or something does for an hour.
pub async fn settled(client: &PmiClient, item: &OutboxItem) -> OutboxItem {
    let item = client
        .outbox()
        .settled(item.id, PATIENCE)
        .await
        .expect("the item");
    let is_over = item.state.is_settled() || matches!(item.state, WriteState::Blocked { .. });
    assert!(is_over, "{item:?}");
    item
}

/// The same, for one that must end well.
///
/// # Panics
/// If it does not.
pub async fn done(client: &PmiClient, item: &OutboxItem) -> OutboxItem {
    let item = settled(client, item).await;
    assert!(matches!(item.state, WriteState::Done { .. }), "{item:?}");
    item
}

/// The customer's bookings as the client shows them, asked of the server if it answers.
///
/// # Panics
/// If they cannot be read.
pub async fn shown(client: &PmiClient) -> Vec<Booking> {
    let list = client.bookings().list(Freshness::NetworkFirst).await;
    list.expect("the list").value
}

/// The one with this id among them.
///
/// # Panics
/// If there is none, or more than one.
pub async fn shown_once(client: &PmiClient, id: &BookingId) -> Booking {
    let mut found: Vec<Booking> = shown(client).await;
    found.retain(|booking| booking.id == *id);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

impl World {
    /// Requests that make a booking.
    #[must_use]
    pub fn creates(&self) -> Match {
        Match::post(self.create_path())
    }

    /// Where they go.
    #[must_use]
    pub fn create_path(&self) -> &'static str {
        match self.dialect {
            Dialect::V1 => "/api/bookings/create",
            Dialect::V2 => "/api/bookings",
        }
    }

    /// How many such requests arrived.
    #[must_use]
    pub fn create_requests(&self) -> u64 {
        self.control().requests("POST", self.create_path())
    }

    /// Requests that move a booking.
    #[must_use]
    pub fn moves(&self) -> Match {
        match self.dialect {
            Dialect::V1 => Match::put("/api/appointments/"),
            Dialect::V2 => Match::patch("/api/bookings/"),
        }
    }

    /// How many requests that change a booking arrived.
    #[must_use]
    pub fn change_requests(&self) -> u64 {
        let count = |method, path| self.control().requests(method, path);
        match self.dialect {
            Dialect::V1 => count("PUT", "/api/appointments/") + count("DELETE", "/api/appointments/"),
            // `/api/bookings` itself makes bookings.
            Dialect::V2 => count("PATCH", "/api/bookings/") + count("POST", "/api/bookings/"),
        }
    }

    /// Wall time and status of each booking of the customer that this library made, in the order the server made them.
    ///
    /// # Panics
    /// If the server cannot be asked.
    pub async fn made(&self) -> Vec<String> {
        self.made_by(self.customer().id).await
    }

    /// The same for another customer.
    ///
    /// # Panics
    /// If the server cannot be asked.
    pub async fn made_by(&self, customer: i64) -> Vec<String> {
        let seen = self.control().bookings(Some(customer)).await.expect("asked");
        let ours = seen.into_iter().filter(|one| {
            one.client_operation_id.is_some() || one.notes.as_deref().unwrap_or_default().contains("[pmi:")
        });
        ours.map(|one| format!("{} {}", one.wall_time, one.status))
            .collect()
    }
}

/// The conflict of an item that has one.
///
/// # Panics
/// If it has none.
#[must_use]
pub fn conflict(item: &OutboxItem) -> Conflict {
    match &item.state {
        WriteState::Conflict(conflict) => conflict.clone(),
        other => panic!("no conflict but {other:?}"),
    }
}

/// The booking an item is about.
///
/// # Panics
/// If it is about none.
#[must_use]
pub fn name(item: &OutboxItem) -> BookingId {
    item.booking.clone().expect("a booking")
}

/// A booking made here at ten, then moved by the centre to the next day without this device having seen it.
///
/// # Panics
/// If that cannot be done.
pub async fn moved_by_the_desk(world: &World, client: &PmiClient) -> Booking {
    let made = done(client, &book(client, 10).await).await;
    let booking = shown_once(client, &name(&made)).await;
    let number = booking.id.server_number().expect("the server's");
    let desk = world
        .control()
        .change_booking(number, Some("2026-12-26T15:00:00"), None);
    desk.await.expect("the desk moves it");
    booking
}
