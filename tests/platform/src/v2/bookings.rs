//! The customer's bookings: how one is shown, and reading them.

use http::header::ETAG;
use http::{HeaderValue, StatusCode};
use serde_json::{Value, json};

use super::call::{Call, Outcome, json, ok};
use super::failure::Failure;
use super::finish;
use super::pages::Page;
use super::room::UNKNOWN_DURATION;
use crate::store::{Appointment, AppointmentFilter};
use crate::time::{local, utc};

const STATUSES: [&str; 5] = ["scheduled", "confirmed", "in_progress", "completed", "cancelled"];

/// A booking as the wire has it.
pub(super) fn show(booking: &Appointment) -> Value {
    json!({
        "appointment_id": booking.id,
        "vehicle_id": booking.vehicle_id,
        "vehicle": format!("{} {}", booking.make, booking.model),
        "service_type": booking.service_type,
        "center_id": booking.center_id,
        "service_center": booking.center,
        "scheduled_at": local(booking.wall_us, booking.offset_s, &booking.time_zone),
        "time_zone": booking.time_zone,
        "status": booking.status,
        "estimated_duration": booking.duration.unwrap_or(UNKNOWN_DURATION),
        "notes": booking.notes,
        "client_operation_id": booking.client_operation_id,
        "created_at": utc(booking.created_us),
        "updated_at": utc(booking.updated_us),
        "revision": booking.revision,
    })
}

/// The answer of a write: the booking, under the tag a read of it has.
pub(super) fn answer(status: StatusCode, booking: &Appointment) -> Outcome {
    let mut answer = json(status, &show(booking))?;
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", finish::tag(answer.body()))) {
        answer.headers_mut().insert(ETAG, tag);
    }
    Ok(answer)
}

pub(super) async fn list(call: Call) -> Outcome {
    let page = Page::of(&call)?;
    let status = call.query("status");
    if status
        .as_deref()
        .is_some_and(|status| !STATUSES.contains(&status))
    {
        return Err(Failure::fields(&[("status", "is not a status")]));
    }
    let filter = AppointmentFilter {
        customer_id: Some(call.customer()?.id),
        status,
        client_operation_id: call.query("client_operation_id"),
        after: page.after,
        limit: Some(page.fetch()),
        ..AppointmentFilter::default()
    };
    let rows = call.app.store.appointments(&filter).await?;
    ok(&page.answer(rows, |row| (row.wall_us, row.id), show))
}

pub(super) async fn one(call: Call) -> Outcome {
    let owner = call.customer()?.id;
    let booking = call.app.store.appointment(call.id()?).await?;
    match booking.filter(|booking| booking.customer_id == owner) {
        Some(booking) => ok(&show(&booking)),
        None => Err(Failure::not_found()),
    }
}
