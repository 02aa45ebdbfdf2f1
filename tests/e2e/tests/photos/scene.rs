//! What the tests of photos share: a booking with photos, and what became of them.

use pmi_core::PmiClient;
use pmi_core::model::{BookingId, Freshness, NewBooking, OutboxItem, Write};
use pmi_e2e::desk::{done, first_vehicle, name, oil_change};
use pmi_e2e::photos::photo;
use pmi_e2e::{Device, World};
use pmi_platform::{Dialect, Fault, Gate, Match};

pub(crate) const AT_TEN: [&str; 1] = ["2026-12-25T10:00:00 scheduled"];

/// Requests that send a part of a photo, or declare one.
pub(crate) fn puts() -> Match {
    Match::put("/api/bookings/")
}

/// Holds the answer to the request of this number among those that send.
pub(crate) fn held(world: &World, number: u64) -> Gate {
    let gate = Gate::new();
    let rule = world.control().on(puts()).nth(number);
    rule.then(Fault::HoldAfter(gate.clone()));
    gate
}

pub(crate) async fn v2() -> (World, Device, PmiClient) {
    let world = World::start(Dialect::V2).await;
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    (world, device, client)
}

pub(crate) async fn book_with(client: &PmiClient, hour: i8, photos: &[&[u8]]) -> OutboxItem {
    let new = NewBooking {
        photos: photos.iter().map(|bytes| photo(bytes)).collect(),
        ..oil_change(first_vehicle(client).await, hour)
    };
    client.bookings().book(new, None).await.expect("accepted")
}

/// The items that send photos, done ones too.
pub(crate) async fn photo_items(client: &PmiClient) -> Vec<OutboxItem> {
    let mut items = client.outbox().history().await.expect("the outbox");
    items.retain(|item| matches!(item.write, Write::AddPhoto { .. }));
    items
}

/// The booking by the server's id, once all of its photos are sent.
pub(crate) async fn all_sent(client: &PmiClient, booked: &OutboxItem) -> BookingId {
    let made = done(client, booked).await;
    for item in photo_items(client).await {
        done(client, &item).await;
    }
    name(&made)
}

pub(crate) async fn shown(client: &PmiClient, booking: &BookingId) -> Vec<(u64, u64, bool, bool)> {
    let photos = client.bookings().photos(booking, Freshness::NetworkFirst).await;
    let photos = photos.expect("the photos").value;
    let all = photos.iter();
    all.map(|photo| (photo.arrived, photo.size, photo.complete, photo.pending.is_some()))
        .collect()
}
