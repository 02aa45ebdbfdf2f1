//! Reading bookings.
//!
//! A booking's time is a wall time at the centre (Q11, scenario 28): its digits travel, never an instant of this device.

use super::{
    ApiError, Dialect, Operation, Page, Surroundings, WireAnswer, WireRequest, check, reference, v1, v2,
};
use crate::model::{Booking, BookingId, VehicleId};

/// Reads the customer's bookings, cancelled ones included, newest time first. v1 gives at most 200.
pub(crate) struct ListBookings {
    pub(crate) cursor: Option<String>,
}

impl Operation for ListBookings {
    type Output = Page<Booking>;

    fn request(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        Ok(match around.dialect {
            Dialect::V1 => v1_list(around)?,
            Dialect::V2 { .. } => v2::list_request("/api/bookings", self.cursor.as_deref()),
        })
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<Self::Output, ApiError> {
        match around.dialect {
            Dialect::V1 => v1::bookings::list(around, answer),
            Dialect::V2 { .. } => v2::bookings::list(answer),
        }
    }
}

/// The admin dashboard's list, because the customer's own has neither vehicle nor centre ids nor notes (Q10).
fn v1_list(around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
    Ok(WireRequest::get("/api/appointments/list")
        .query("customer_id", check::customer(around)?.to_string())
        .query("limit", v1::LIMIT))
}

/// Looks for the booking that a write made, so as not to make it twice (scenario 23): on v2 by its operation id, which is kept
/// for ever; on v1 by the reference in its notes, among the newest 200 of the vehicle.
pub(crate) struct FindBooking {
    pub(crate) operation_id: String,
    pub(crate) vehicle: VehicleId,
}

impl Operation for FindBooking {
    type Output = Option<Booking>;

    fn request(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        Ok(match around.dialect {
            Dialect::V1 => {
                let vehicle = check::id(around.dialect, "vehicle", self.vehicle.0)?;
                v1_list(around)?.query("vehicle_id", vehicle.to_string())
            }
            Dialect::V2 { .. } => {
                check::key("operation_id", &self.operation_id)?;
                WireRequest::get("/api/bookings").query("client_operation_id", self.operation_id.as_str())
            }
        })
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<Self::Output, ApiError> {
        let page = match around.dialect {
            Dialect::V1 => v1::bookings::list(around, answer)?,
            Dialect::V2 { .. } => v2::bookings::list(answer)?,
        };
        Ok(page
            .items
            .into_iter()
            .find(|booking| made_by(booking, &self.operation_id)))
    }
}

/// Whether this operation made the booking.
pub(crate) fn made_by(booking: &Booking, operation_id: &str) -> bool {
    booking
        .operation
        .as_deref()
        .is_some_and(|made_by| made_by == operation_id || made_by == reference::reference_of(operation_id))
}

/// Reads one booking. v1 shows anybody's by number and does not say whose it is (Q6), so there it is picked out of the
/// customer's own list; beyond the newest 200 it is not found.
pub(crate) struct GetBooking {
    pub(crate) id: BookingId,
}

impl Operation for GetBooking {
    type Output = Booking;

    fn request(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        let id = check::booking(around.dialect, &self.id)?;
        Ok(match around.dialect {
            Dialect::V1 => v1_list(around)?,
            Dialect::V2 { .. } => WireRequest::get(format!("/api/bookings/{id}")),
        })
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<Self::Output, ApiError> {
        match around.dialect {
            Dialect::V1 => v1::bookings::pick(around, answer, &self.id),
            Dialect::V2 { .. } => v2::bookings::one(answer),
        }
    }
}
