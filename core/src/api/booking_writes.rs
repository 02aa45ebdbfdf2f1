//! Making, moving and calling off bookings.
//!
//! A booking's time is a wall time at the centre (Q11, scenario 28): its digits travel, never an instant of this device.

use http::Method;
use jiff::Zoned;
use serde::Serialize;

use super::{
    ApiError, Dialect, Operation, Replay, Surroundings, WireAnswer, WireRequest, check, reference, times, v1,
    v2,
};
use crate::model::rules;
use crate::model::{Booking, BookingId, CenterId, ServiceType, VehicleId};

/// Makes a booking. On v1 it must not be sent twice (Q10), and the answer's time must be compared with what was asked (Q9):
/// [`was_moved`](Self::was_moved).
pub(crate) struct CreateBooking {
    pub(crate) vehicle: VehicleId,
    pub(crate) service: ServiceType,
    /// The wall time at the centre, in the centre's zone; whole minutes.
    pub(crate) at: Zoned,
    /// Which centre; v1 has no choice.
    pub(crate) center: Option<CenterId>,
    pub(crate) notes: Option<String>,
    /// Kept by the server for ever (v2), or as a short reference at the end of the notes (v1).
    pub(crate) operation_id: String,
    pub(crate) idempotency_key: String,
}

#[derive(Serialize)]
struct V1Create<'a> {
    customer_id: i64,
    vehicle_id: i64,
    service_type: &'a str,
    scheduled_date: String,
    scheduled_time: String,
    notes: String,
}

#[derive(Serialize)]
struct V2Create<'a> {
    vehicle_id: i64,
    service_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    center_id: Option<i64>,
    #[serde(flatten)]
    when: V2When<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<&'a str>,
    client_operation_id: &'a str,
}

#[derive(Serialize)]
struct V2When<'a> {
    scheduled_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_zone: Option<&'a str>,
}

impl<'a> V2When<'a> {
    /// A zone without a name (one this device does not know) leaves the naming to the server.
    fn of(at: &'a Zoned) -> Self {
        Self {
            scheduled_at: times::rfc3339(at),
            time_zone: at.time_zone().iana_name(),
        }
    }
}

#[derive(Serialize)]
struct V1Reschedule {
    scheduled_time: String,
}

impl CreateBooking {
    /// Whether the server booked another time than was asked: v1 silently takes tomorrow, 09:00, for what it cannot read.
    pub(crate) fn was_moved(&self, booking: &Booking) -> bool {
        booking.wall_time() != self.at.datetime()
    }
}

impl Operation for CreateBooking {
    type Output = Booking;

    fn request(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        around.dialect.must("book", |can| can.book)?;
        let vehicle_id = check::id(around.dialect, "vehicle", self.vehicle.0)?;
        whole_minutes(&self.at)?;
        let notes = self.notes.as_deref().filter(|notes| !notes.trim().is_empty());
        check::text("notes", notes.unwrap_or_default(), 0, rules::NOTES)?;
        check::key("operation_id", &self.operation_id)?;
        check::key("idempotency_key", &self.idempotency_key)?;
        if let Some(center) = self.center {
            around.dialect.must("choose_center", |can| can.choose_center)?;
            check::id(around.dialect, "center", center.0)?;
        }
        Ok(match around.dialect {
            Dialect::V1 => {
                let at = self.at.datetime();
                WireRequest::new(Method::POST, "/api/bookings/create", Replay::OnlyIfNotApplied).json(
                    &V1Create {
                        customer_id: check::customer(around)?,
                        vehicle_id,
                        service_type: v1::bookings::service_name(&self.service)?,
                        scheduled_date: times::v1_date(at),
                        scheduled_time: times::v1_time(at),
                        notes: reference::attach(notes, &self.operation_id),
                    },
                )
            }
            Dialect::V2 { .. } => {
                let mut request =
                    WireRequest::new(Method::POST, "/api/bookings", Replay::Safe).json(&V2Create {
                        vehicle_id,
                        service_type: self.service.as_word(),
                        center_id: self.center.map(|center| center.0),
                        when: V2When::of(&self.at),
                        notes,
                        client_operation_id: &self.operation_id,
                    });
                request.idempotency_key = Some(self.idempotency_key.clone());
                request
            }
        })
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<Self::Output, ApiError> {
        match around.dialect {
            Dialect::V1 => v1::bookings::created(around, answer, self),
            Dialect::V2 { .. } => v2::bookings::one(answer),
        }
    }
}

/// Moves a booking. It sets a time, so twice is as good as once. v1 has no `If-Match` and revives cancelled bookings (Q16):
/// the caller reads and compares first. Gives the booking where the server does (v2).
pub(crate) struct RescheduleBooking {
    pub(crate) id: BookingId,
    /// The wall time at the centre, in the centre's zone; whole minutes.
    pub(crate) at: Zoned,
    /// The ETag of the booking as the person saw it.
    pub(crate) if_match: Option<String>,
    pub(crate) idempotency_key: String,
}

impl Operation for RescheduleBooking {
    type Output = Option<Booking>;

    fn request(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        around.dialect.must("book", |can| can.book)?;
        let id = check::booking(around.dialect, &self.id)?;
        whole_minutes(&self.at)?;
        check::key("idempotency_key", &self.idempotency_key)?;
        Ok(match around.dialect {
            Dialect::V1 => WireRequest::new(Method::PUT, format!("/api/appointments/{id}"), Replay::Safe)
                .json(&V1Reschedule {
                    scheduled_time: times::v1_digits(self.at.datetime()),
                }),
            Dialect::V2 { .. } => {
                let mut request =
                    WireRequest::new(Method::PATCH, format!("/api/bookings/{id}"), Replay::Safe)
                        .json(&V2When::of(&self.at));
                request.if_match.clone_from(&self.if_match);
                request.idempotency_key = Some(self.idempotency_key.clone());
                request
            }
        })
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<Self::Output, ApiError> {
        match around.dialect {
            Dialect::V1 => v1::done(answer, "booking").map(|()| None),
            Dialect::V2 { .. } => v2::bookings::one(answer).map(Some),
        }
    }
}

/// Calls a booking off; again is as good as once. Gives the booking where the server does (v2).
pub(crate) struct CancelBooking {
    pub(crate) id: BookingId,
    /// The ETag of the booking as the person saw it.
    pub(crate) if_match: Option<String>,
    pub(crate) idempotency_key: String,
}

impl Operation for CancelBooking {
    type Output = Option<Booking>;

    fn request(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        around.dialect.must("book", |can| can.book)?;
        let id = check::booking(around.dialect, &self.id)?;
        check::key("idempotency_key", &self.idempotency_key)?;
        Ok(match around.dialect {
            Dialect::V1 => WireRequest::new(Method::DELETE, format!("/api/appointments/{id}"), Replay::Safe),
            Dialect::V2 { .. } => {
                let mut request =
                    WireRequest::new(Method::POST, format!("/api/bookings/{id}/cancel"), Replay::Safe);
                request.if_match.clone_from(&self.if_match);
                request.idempotency_key = Some(self.idempotency_key.clone());
                request
            }
        })
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<Self::Output, ApiError> {
        match around.dialect {
            Dialect::V1 => v1::done(answer, "booking").map(|()| None),
            Dialect::V2 { .. } => v2::bookings::one(answer).map(Some),
        }
    }
}

/// v1 cuts seconds off, and then the answer would look moved (Q9).
fn whole_minutes(at: &Zoned) -> Result<(), ApiError> {
    if at.second() == 0 && at.subsec_nanosecond() == 0 {
        return Ok(());
    }
    Err(ApiError::InvalidInput {
        field: "at",
        reason: "must be a time in whole minutes".to_owned(),
    })
}
