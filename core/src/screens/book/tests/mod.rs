//! What the form shows of what was filled in and heard.

mod draft;
mod form;
mod when;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::events::{BookEffect, BookEvent, Order};
use super::record::{Book, BookIntent, BookPart, TimeOfDay};
use super::scene::BookScene;
use crate::error::{Error, OfflineReason, StorageFault};
use crate::model::{
    Booking, BookingId, BookingStatus, BookingTime, Capabilities, CenterId, Connectivity, Freshness, Origin,
    OutboxItem, OutboxItemId, Photo, ServiceCenter, ServiceType, Slot, Snapshot, Vehicle, VehicleId,
    VehicleSummary, Waiting, Write, WriteState,
};
use crate::query::Update;
use crate::screens::cue::Heard;
use crate::screens::scene::Scene;
use crate::screens::{Day, Phase, Remedy, TextKey, WallTime};

fn now() -> Timestamp {
    "2026-12-10T06:00:00Z".parse().unwrap()
}

fn at(text: &str) -> Zoned {
    text.parse().unwrap()
}

fn kolkata(hour: &str) -> Zoned {
    at(&format!("2026-12-25T{hour}:00+05:30[Asia/Kolkata]"))
}

fn answered<T>(value: T) -> Heard<Update<T>> {
    Heard::Now(Update {
        snapshot: Some(snapshot(value)),
        loading: false,
        error: None,
    })
}

fn snapshot<T>(value: T) -> Snapshot<T> {
    Snapshot {
        value,
        origin: Origin::Network,
        fetched_at: now(),
        stale: false,
        refresh_error: None,
    }
}

fn offline() -> Error {
    Error::Offline {
        why: OfflineReason::Dns,
        reason: String::new(),
    }
}

fn vehicle(id: i64) -> VehicleSummary {
    VehicleSummary {
        vehicle: Vehicle {
            id: VehicleId(id),
            vin: "SECRETVIN".to_owned(),
            make: "SECRET".to_owned(),
            model: "Glamour".to_owned(),
            year: Some(2023),
            mileage_km: None,
        },
        health: None,
        latest_booking: None,
    }
}

fn center(id: i64, zone: &str) -> ServiceCenter {
    ServiceCenter {
        id: CenterId(id),
        name: format!("Centre {id}"),
        address: None,
        city: None,
        state: None,
        phone: None,
        capacity: None,
        time_zone: zone.to_owned(),
    }
}

fn v1() -> Capabilities {
    Capabilities {
        book: true,
        ..Capabilities::default()
    }
}

fn v2() -> Capabilities {
    Capabilities {
        book: true,
        choose_center: true,
        slots: true,
        photos: true,
        ..Capabilities::default()
    }
}

/// A form on a server that can this, for a customer with so many vehicles.
fn opened(can: Capabilities, vehicles: i64) -> BookScene {
    let mut scene = BookScene::new(None, TimeZone::get("Asia/Kolkata").unwrap());
    scene.hear(BookEvent::Can(can));
    scene.hear(BookEvent::May(true));
    scene.hear(BookEvent::Vehicles(answered(
        (1..=vehicles).map(vehicle).collect(),
    )));
    scene
}

fn day(scene: &mut BookScene, year: i16, month: u8, day: u8) -> Vec<BookEffect> {
    scene.intend(BookIntent::Day {
        day: Day { year, month, day },
    })
}

fn time(scene: &mut BookScene, hour: u8, minute: u8) {
    scene.intend(BookIntent::Time {
        time: TimeOfDay { hour, minute },
    });
}

fn service(scene: &mut BookScene) {
    scene.intend(BookIntent::Service {
        word: "oil_change".to_owned(),
    });
}

/// One on a v1 server that is filled in: an oil change at ten on Christmas Day.
fn filled() -> BookScene {
    let mut scene = opened(v1(), 1);
    service(&mut scene);
    day(&mut scene, 2026, 12, 25);
    time(&mut scene, 10, 0);
    scene
}

fn sent(effects: &[BookEffect]) -> (&Order, &Zoned, Option<&str>) {
    match effects {
        [
            BookEffect::Send {
                order, at, operation, ..
            },
        ] => (order, at, operation.as_deref()),
        other => panic!("not sent: {other:?}"),
    }
}

fn accepted(waiting: Option<Waiting>) -> OutboxItem {
    OutboxItem {
        id: OutboxItemId(1),
        operation_id: "op-1".to_owned(),
        write: Write::Cancel {
            booking: BookingId::parse("new-1"),
        },
        booking: Some(BookingId::parse("new-1")),
        state: WriteState::Queued,
        waiting,
        attempts: 0,
        upload: None,
        accepted_at: now(),
        changed_at: now(),
        retry_at: None,
    }
}

fn problems(shown: &Book) -> [Option<TextKey>; 5] {
    [
        &shown.vehicle_problem,
        &shown.service_problem,
        &shown.center_problem,
        &shown.day_problem,
        &shown.time_problem,
    ]
    .map(|problem| problem.as_ref().map(|text| text.key))
}

fn at_a_centre() -> BookScene {
    let mut scene = opened(v2(), 1);
    scene.hear(BookEvent::Centers(answered(vec![
        center(1, "Asia/Kolkata"),
        center(2, "Asia/Kolkata"),
    ])));
    scene.intend(BookIntent::Center { id: CenterId(1) });
    service(&mut scene);
    scene
}

fn place() -> super::when::Place {
    (CenterId(1), jiff::civil::date(2026, 12, 25))
}

fn slots() -> Vec<Slot> {
    let slot = |hour: &str, available| Slot {
        starts_at: kolkata(hour),
        available: Some(available),
    };
    vec![slot("09:00", 2), slot("09:30", 0), slot("10:00", 1)]
}
