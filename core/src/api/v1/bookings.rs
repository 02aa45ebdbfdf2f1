//! v1's bookings, in three shapes: the admin dashboard's (the fullest), the customer's short one, and a create's answer.

use serde::Deserialize;

use super::read;
use crate::api::answer::{not_found, page, record, server_fault};
use crate::api::booking_writes::CreateBooking;
use crate::api::loose::{Lax, Part, Rows};
use crate::api::{ApiError, Page, Surroundings, WireAnswer, reference, times};
use crate::model::{Booking, BookingId, BookingStatus, CenterId, ServiceType, VehicleId};

/// An item of `/api/appointments/list`, of `/api/appointments/{id}` and of `/api/bookings/customer/{id}`.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Row {
    appointment_id: Lax<i64>,
    vehicle_id: Lax<i64>,
    #[serde(alias = "vehicle")]
    vehicle_model: Lax<String>,
    #[serde(alias = "service_type")]
    appointment_type: Lax<String>,
    scheduled_time: Lax<String>,
    status: Lax<String>,
    service_center_id: Lax<i64>,
    #[serde(alias = "service_center")]
    service_center_name: Lax<String>,
    #[serde(alias = "estimated_duration")]
    estimated_duration_minutes: Lax<i64>,
    /// Where a create's notes end up (Q10).
    predicted_issue: Lax<String>,
    created_at: Lax<String>,
}

/// `/api/bookings/customer/{id}` wraps its list.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Wrapped {
    appointments: Rows<Row>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Created {
    appointment_id: Lax<i64>,
    vehicle_info: Lax<String>,
    scheduled_time: Lax<String>,
    service_center: Lax<String>,
    status: Lax<String>,
}

fn rows(answer: &WireAnswer) -> Result<Rows<Row>, ApiError> {
    let body = read(answer, "booking")?;
    if body.get("appointments").is_some() {
        let wrapped: Wrapped = record(answer, body)?;
        return Ok(wrapped.appointments);
    }
    record(answer, body)
}

/// The customer's bookings, in the server's order: newest time first.
pub(in crate::api) fn list(
    around: &Surroundings<'_>,
    answer: &WireAnswer,
) -> Result<Page<Booking>, ApiError> {
    page(answer, rows(answer)?, None, |row| row.into_model(around))
}

/// One booking out of the customer's own list. An answer that is one booking by itself is taken too.
pub(in crate::api) fn pick(
    around: &Surroundings<'_>,
    answer: &WireAnswer,
    wanted: &BookingId,
) -> Result<Booking, ApiError> {
    let body = read(answer, "booking")?;
    let rows = if body.get("appointment_id").is_some() {
        Rows(Some(vec![record::<Part<Row>>(answer, body)?]))
    } else {
        record(answer, body)?
    };
    page(answer, rows, None, |row| row.into_model(around))?
        .items
        .into_iter()
        .find(|booking| booking.id == *wanted)
        .ok_or_else(|| not_found(answer, "booking"))
}

/// What a create made: v1's words for when and where, and the caller's for the rest, which v1 does not repeat.
pub(in crate::api) fn created(
    around: &Surroundings<'_>,
    answer: &WireAnswer,
    asked: &CreateBooking,
) -> Result<Booking, ApiError> {
    let created: Created = record(answer, read(answer, "vehicle or customer")?)?;
    let missing = || server_fault(answer, "the booking it made has no id or no time");
    Ok(Booking {
        id: BookingId::from_server(created.appointment_id.0.ok_or_else(missing)?),
        vehicle_id: Some(asked.vehicle),
        // "Hero MotoCorp Splendor Plus (PMITESTALICE00001)": every other answer has it without the VIN.
        vehicle: created.vehicle_info.filled().map(|info| {
            info.rsplit_once(" (")
                .map_or(info.as_str(), |(name, _)| name)
                .to_owned()
        }),
        service: asked.service.clone(),
        starts_at: times::wall(created.scheduled_time.as_str(), around.zone).ok_or_else(missing)?,
        status: BookingStatus::from_word(created.status.as_str()),
        center_id: None,
        center: created.service_center.filled(),
        minutes: asked.service.minutes(),
        notes: asked.notes.clone().filter(|notes| !notes.trim().is_empty()),
        created_at: None,
        operation: Some(reference::reference_of(&asked.operation_id)),
        pending: None,
    })
}

impl Row {
    fn into_model(self, around: &Surroundings<'_>) -> Option<Booking> {
        let (notes, operation) = reference::detach(self.predicted_issue.as_str());
        Some(Booking {
            id: BookingId::from_server(self.appointment_id.0?),
            vehicle_id: self.vehicle_id.0.map(VehicleId),
            vehicle: self.vehicle_model.filled(),
            service: service(self.appointment_type.as_str()),
            starts_at: times::wall(self.scheduled_time.as_str(), around.zone)?,
            status: BookingStatus::from_word(self.status.as_str()),
            center_id: self.service_center_id.0.map(CenterId),
            center: self.service_center_name.filled(),
            minutes: self.estimated_duration_minutes.small(),
            notes,
            created_at: times::utc(self.created_at.as_str()),
            operation,
            pending: None,
        })
    }
}

/// The only names v1's create understands; it takes anything else for a general service without a word.
pub(in crate::api) fn service_name(service: &ServiceType) -> Result<&'static str, ApiError> {
    Ok(match service {
        ServiceType::GeneralService => "General Service",
        ServiceType::OilChange => "Oil Change",
        ServiceType::BrakeService => "Brake Service",
        ServiceType::Inspection => "Full Inspection",
        ServiceType::Repair => "Repair Work",
        ServiceType::Unknown(_) => {
            return Err(ApiError::InvalidInput {
                field: "service",
                reason: "must be one this server knows: general service, oil change, brake service, inspection or repair"
                    .to_owned(),
            });
        }
    })
}

/// A service in any of v1's words, those of its create included.
pub(super) fn service(word: &str) -> ServiceType {
    match ServiceType::from_word(word) {
        ServiceType::Unknown(word) if word.eq_ignore_ascii_case("full inspection") => ServiceType::Inspection,
        ServiceType::Unknown(word) if word.eq_ignore_ascii_case("repair work") => ServiceType::Repair,
        service => service,
    }
}
