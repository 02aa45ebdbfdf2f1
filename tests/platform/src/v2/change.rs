//! Moving and cancelling a booking.
//!
//! It promises that who says which booking he saw (`If-Match`) changes that one or none: a move that was read off an old
//! screen does not undo what the desk did since.

use http::StatusCode;
use http::header::IF_MATCH;

use super::book::When;
use super::bookings::{answer, show};
use super::calendar::Calendar;
use super::call::{Call, Outcome};
use super::failure::Failure;
use super::finish;
use super::room::UNKNOWN_DURATION;
use super::slots::Wanted;
use crate::store::{Appointment, Write};
use crate::time::at_center;

/// The customer's booking of the path, which nobody else changes meanwhile.
async fn own(call: &Call, write: &mut Write) -> Result<Appointment, Failure> {
    let owner = call.customer()?.id;
    let found = write.lock_appointment(call.id()?).await?;
    found
        .filter(|booking| booking.customer_id == owner)
        .ok_or_else(Failure::not_found)
}

/// 412 if the caller saw another booking than this one. A weak tag is never the same.
fn unchanged(call: &Call, booking: &Appointment) -> Result<(), Failure> {
    let asked = call.parts.headers.get_all(IF_MATCH);
    let current = show(booking);
    let tag = finish::tag(current.to_string().as_bytes());
    let mut tags = asked
        .iter()
        .flat_map(|tags| tags.to_str().unwrap_or_default().split(','));
    let same = tags.any(|one| {
        let one = one.trim();
        one == "*" || finish::plain(one).is_some_and(|one| one == tag)
    });
    if same || asked.iter().next().is_none() {
        return Ok(());
    }
    let message = "The booking has changed since.";
    Err(Failure::new(StatusCode::PRECONDITION_FAILED, "precondition_failed", message).detail(current))
}

/// 409 if it has begun, is over or was called off.
fn changeable(booking: &Appointment) -> Result<(), Failure> {
    if ["scheduled", "confirmed"].contains(&booking.status.as_str()) {
        return Ok(());
    }
    let message = "The booking can no longer be changed.";
    Err(Failure::new(StatusCode::CONFLICT, "not_changeable", message).detail(show(booking)))
}

/// Writes the change and answers with what came of it.
async fn save(call: &Call, mut write: Write, changed: &Appointment) -> Outcome {
    write.update_appointment(changed, call.now_us()).await?;
    let booking = write
        .appointment(changed.id)
        .await?
        .ok_or_else(Failure::not_found)?;
    call.commit(write, answer(StatusCode::OK, &booking)?).await
}

pub(super) async fn reschedule(call: Call) -> Outcome {
    let mut fields = call.object()?;
    let mut write = call.app.store.write().await?;
    let mut booking = own(&call, &mut write).await?;
    unchanged(&call, &booking)?;
    changeable(&booking)?;
    let when = When::read(&mut fields);
    fields.check()?;
    let when = when.ok_or_else(|| Failure::bad_request("The body is not complete."))?;
    let center = write
        .lock_center(booking.center_id)
        .await?
        .ok_or_else(Failure::not_found)?;
    let opening = &call.app.config.opening_hours;
    let calendar = Calendar::new(&center.time_zone, opening);
    let elsewhere = when.elsewhere(&center, &calendar);
    let current = at_center(booking.wall_us, booking.offset_s, &calendar.zone);
    // The time it has already is fine, and no change, even if nobody could book it now.
    if elsewhere.is_none() && current.is_some_and(|current| current.timestamp() == when.start.at()) {
        return answer(StatusCode::OK, &booking);
    }
    let mut wrong = when.refused(call.now, opening);
    wrong.extend(elsewhere);
    if !wrong.is_empty() {
        return Err(Failure::fields(&wrong));
    }
    let wanted = Wanted {
        center: &center,
        calendar: &calendar,
        start: when.start,
        minutes: booking.duration.unwrap_or(UNKNOWN_DURATION),
        moving: Some(booking.id),
    };
    if !wanted.fits(&mut write).await? {
        return Err(wanted.taken(&mut write, call.now).await?);
    }
    booking.wall_us = when.start.wall_us();
    booking.offset_s = Some(when.start.offset_s());
    save(&call, write, &booking).await
}

pub(super) async fn cancel(call: Call) -> Outcome {
    let mut write = call.app.store.write().await?;
    let mut booking = own(&call, &mut write).await?;
    // Whoever wants it cancelled has that, whatever he saw.
    if booking.status == "cancelled" {
        return answer(StatusCode::OK, &booking);
    }
    unchanged(&call, &booking)?;
    changeable(&booking)?;
    booking.status = "cancelled".into();
    save(&call, write, &booking).await
}
