//! v2's bookings.

use serde::Deserialize;

use super::{page, read};
use crate::api::answer::{record, server_fault};
use crate::api::loose::Lax;
use crate::api::{ApiError, Page, WireAnswer, reference, times};
use crate::model::{Booking, BookingId, BookingStatus, CenterId, ServiceType, VehicleId};

/// A booking, whole or in the short form of a vehicle's latest.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct BookingRow {
    appointment_id: Lax<i64>,
    vehicle_id: Lax<i64>,
    vehicle: Lax<String>,
    service_type: Lax<String>,
    center_id: Lax<i64>,
    service_center: Lax<String>,
    scheduled_at: Lax<String>,
    time_zone: Lax<String>,
    status: Lax<String>,
    estimated_duration: Lax<i64>,
    notes: Lax<String>,
    client_operation_id: Lax<String>,
    created_at: Lax<String>,
}

/// The customer's bookings, in the server's order: newest time first.
pub(in crate::api) fn list(answer: &WireAnswer) -> Result<Page<Booking>, ApiError> {
    page(answer, "booking", BookingRow::into_model)
}

/// One booking: read, made, moved or called off.
pub(in crate::api) fn one(answer: &WireAnswer) -> Result<Booking, ApiError> {
    let row: BookingRow = record(answer, read(answer, "booking")?)?;
    row.into_model()
        .ok_or_else(|| server_fault(answer, "the booking has no id or no time"))
}

impl BookingRow {
    /// A booking needs an id and a time.
    pub(super) fn into_model(self) -> Option<Booking> {
        let zone = self.time_zone.filled();
        // A booking made when this server still was v1 is known by the reference in its notes.
        let (notes, reference) = reference::detach(self.notes.as_str());
        Some(Booking {
            id: BookingId::from_server(self.appointment_id.0?),
            vehicle_id: self.vehicle_id.0.map(VehicleId),
            vehicle: self.vehicle.filled(),
            service: ServiceType::from_word(self.service_type.as_str()),
            starts_at: times::zoned(self.scheduled_at.as_str(), zone.as_deref())?,
            status: BookingStatus::from_word(self.status.as_str()),
            center_id: self.center_id.0.map(CenterId),
            center: self.service_center.filled(),
            minutes: self.estimated_duration.small(),
            notes,
            created_at: times::utc(self.created_at.as_str()),
            operation: self.client_operation_id.filled().or(reference),
            pending: None,
        })
    }
}
