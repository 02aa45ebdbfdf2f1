//! Small records of the model, for the tests of several scenes.

use jiff::{Timestamp, Zoned};

use super::cue::Heard;
use crate::error::{Error, OfflineReason};
use crate::model::{
    Booking, BookingId, BookingStatus, Origin, OutboxItem, OutboxItemId, ServiceType, Snapshot, Vehicle,
    VehicleId, Write, WriteState,
};
use crate::query::Update;

/// An answer that came at this moment and is good.
pub(crate) fn answered<T>(value: T, at: Timestamp) -> Update<T> {
    Update {
        snapshot: Some(Snapshot {
            value,
            origin: Origin::Network,
            fetched_at: at,
            stale: false,
            refresh_error: None,
        }),
        loading: false,
        error: None,
    }
}

/// The same, heard.
pub(crate) fn now<T>(value: T, at: Timestamp) -> Heard<Update<T>> {
    Heard::Now(answered(value, at))
}

/// Nothing, and why.
pub(crate) fn nothing<T>(error: Error) -> Heard<Update<T>> {
    Heard::Now(Update {
        snapshot: None,
        loading: false,
        error: Some(error),
    })
}

pub(crate) fn offline() -> Error {
    Error::Offline {
        why: OfflineReason::Dns,
        reason: String::new(),
    }
}

pub(crate) fn vehicle(id: i64) -> Vehicle {
    Vehicle {
        id: VehicleId(id),
        vin: "SECRETVIN".to_owned(),
        make: "Hero".to_owned(),
        model: format!("Glamour {id}"),
        year: Some(2023),
        mileage_km: Some(12_000.0),
    }
}

pub(crate) fn booking(id: i64, vehicle: Option<i64>, at: &str) -> Booking {
    let starts_at: Zoned = format!("{at}+05:30[Asia/Kolkata]").parse().expect("a time");
    Booking {
        id: BookingId::from_server(id),
        vehicle_id: vehicle.map(VehicleId),
        vehicle: None,
        service: ServiceType::OilChange,
        starts_at,
        status: BookingStatus::Scheduled,
        center_id: None,
        center: None,
        minutes: None,
        notes: None,
        created_at: None,
        operation: None,
        pending: None,
    }
}

pub(crate) fn item(write: Write, state: WriteState) -> OutboxItem {
    OutboxItem {
        id: OutboxItemId(1),
        operation_id: "op-1".to_owned(),
        write,
        booking: None,
        state,
        waiting: None,
        attempts: 0,
        upload: None,
        accepted_at: Timestamp::UNIX_EPOCH,
        changed_at: Timestamp::UNIX_EPOCH,
        retry_at: None,
    }
}
