//! Reading bookings.
//!
//! A booking's time is a wall time at the centre (Q11, scenario 28): its digits travel, never an instant of this device.

use super::{ApiError, Dialect, Operation, Page, Surroundings, WireAnswer, WireRequest, check, v1, v2};
use crate::model::{Booking, BookingId};

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
