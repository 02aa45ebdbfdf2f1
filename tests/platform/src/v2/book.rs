//! Making a booking.
//!
//! It promises that no moment of a centre holds more bookings than it has places, whoever asks at once, and that one
//! `client_operation_id` makes one booking, for ever: a phone that comes back after a week with an answer it never got is
//! given the booking it made, as it is by now. Both are decided and written in one transaction that begins with the locks.

use std::ops::Range;

use http::StatusCode;
use jiff::Timestamp;

use super::bookings::answer;
use super::calendar::{Calendar, Start};
use super::call::{Call, Fields, Outcome};
use super::failure::Failure;
use super::slots::{Wanted, minutes, no_center};
use crate::store::{Appointment, AppointmentFilter, Center, NewAppointment, Write};

/// When somebody wants to come.
pub(super) struct When {
    pub(super) start: Start,
    time_zone: Option<String>,
}

impl When {
    /// Reads `scheduled_at` and `time_zone`; nothing if something is noted to be wrong with them.
    pub(super) fn read(fields: &mut Fields) -> Option<Self> {
        let text = fields.text("scheduled_at", 1, 64);
        let start = Start::read(&text)
            .map_err(|reason| {
                if !text.is_empty() {
                    fields.wrong("scheduled_at", reason);
                }
            })
            .ok();
        let time_zone = fields.optional("time_zone", 64);
        if let Some(name) = &time_zone
            && jiff::tz::TimeZone::get(name).is_err()
        {
            fields.wrong("time_zone", "is not a time zone");
        }
        let start = start?;
        Some(Self { start, time_zone })
    }

    /// What is wrong with it, wherever that is.
    pub(super) fn refused(&self, now: Timestamp, opening: &Range<u8>) -> Vec<(&'static str, String)> {
        let reason = self.start.refused(now, opening);
        reason
            .map(|reason| ("scheduled_at", reason.to_owned()))
            .into_iter()
            .collect()
    }

    /// Whether the zone, if one was named, is this centre's.
    fn names(&self, center: &Center) -> bool {
        let named = self.time_zone.as_deref();
        named.is_none_or(|name| name.eq_ignore_ascii_case(&center.time_zone))
    }

    /// What is wrong with it at this centre, whose clock decides.
    pub(super) fn elsewhere(&self, center: &Center, calendar: &Calendar) -> Option<(&'static str, String)> {
        let here = self.names(center) && calendar.shows(&self.start);
        (!here).then(|| {
            (
                "time_zone",
                format!("the centre's clock shows {}", center.time_zone),
            )
        })
    }
}

/// A booking somebody asks for.
struct Asked {
    vehicle_id: i64,
    service_type: String,
    minutes: i64,
    center_id: Option<i64>,
    when: When,
    notes: Option<String>,
    client_operation_id: Option<String>,
}

impl Asked {
    /// Reads a body, whatever the rows and the clock say.
    fn read(call: &Call) -> Result<Self, Failure> {
        let mut fields = call.object()?;
        let vehicle_id = fields.number("vehicle_id");
        if vehicle_id.is_none() {
            fields.missing("vehicle_id");
        }
        let service_type = fields.text("service_type", 1, 64);
        let lasts = minutes(&service_type);
        if lasts.is_none() && !service_type.is_empty() {
            fields.wrong("service_type", "is not a service type");
        }
        let center_id = fields.number("center_id");
        let when = When::read(&mut fields);
        let notes = fields.optional("notes", 2000);
        let operation = fields.optional("client_operation_id", 128);
        if operation.as_deref().is_some_and(|id| !printable(id)) {
            fields.wrong("client_operation_id", "is not 1 to 128 printable characters");
        }
        fields.check()?;
        let incomplete = || Failure::bad_request("The body is not complete.");
        Ok(Self {
            vehicle_id: vehicle_id.ok_or_else(incomplete)?,
            service_type,
            minutes: lasts.ok_or_else(incomplete)?,
            center_id,
            when: when.ok_or_else(incomplete)?,
            notes,
            client_operation_id: operation,
        })
    }

    /// The centre that takes it, its row locked.
    async fn center(&self, call: &Call, write: &mut Write) -> Result<Center, Failure> {
        let opening = &call.app.config.opening_hours;
        let mut wrong = self.when.refused(call.now, opening);
        let mut full = None;
        for id in self.candidates(opening, write, &mut wrong).await? {
            let center = write.lock_center(id).await?.ok_or_else(no_center)?;
            let calendar = Calendar::new(&center.time_zone, opening);
            wrong.extend(self.when.elsewhere(&center, &calendar));
            if !wrong.is_empty() {
                break;
            }
            let wanted = Wanted {
                center: &center,
                calendar: &calendar,
                start: self.when.start,
                minutes: self.minutes,
                moving: None,
            };
            if wanted.fits(write).await? {
                return Ok(center);
            }
            if full.is_none() {
                full = Some(wanted.taken(write, call.now).await?);
            }
        }
        Err(full
            .filter(|_| wrong.is_empty())
            .unwrap_or_else(|| Failure::fields(&wrong)))
    }

    /// The centres to try, in order: the one asked for, or those whose clock shows the time. If there is none, notes why.
    async fn candidates(
        &self,
        opening: &Range<u8>,
        write: &mut Write,
        wrong: &mut Vec<(&'static str, String)>,
    ) -> Result<Vec<i64>, Failure> {
        if let Some(id) = self.center_id {
            return Ok(vec![id]);
        }
        let mut reason = "no service centre is in this time zone".to_owned();
        let mut candidates = Vec::new();
        for center in write.centers().await? {
            let calendar = Calendar::new(&center.time_zone, opening);
            if self.when.elsewhere(&center, &calendar).is_none() {
                candidates.push(center.id);
            } else if self.when.time_zone.is_some() && self.when.names(&center) {
                reason = format!("the centre's clock shows {}", center.time_zone);
            }
        }
        if candidates.is_empty() {
            wrong.push(("time_zone", reason));
        }
        // What no centre would take needs no lock.
        candidates.retain(|_| wrong.is_empty());
        Ok(candidates)
    }
}

fn printable(id: &str) -> bool {
    (1..=128).contains(&id.len()) && id.bytes().all(|byte| (0x21..0x7f).contains(&byte))
}

/// What this operation made before.
async fn made(write: &mut Write, customer: i64, operation: &str) -> Result<Option<Appointment>, Failure> {
    let filter = AppointmentFilter {
        customer_id: Some(customer),
        client_operation_id: Some(operation.to_owned()),
        ..AppointmentFilter::default()
    };
    Ok(write.appointments(&filter).await?.pop())
}

pub(super) async fn create(call: Call) -> Outcome {
    let asked = Asked::read(&call)?;
    let customer = call.customer()?.id;
    let mut write = call.app.store.write().await?;
    write.lock_customer(customer).await?;
    if let Some(operation) = &asked.client_operation_id
        && let Some(made) = made(&mut write, customer, operation).await?
    {
        if (made.vehicle_id, &made.service_type) != (asked.vehicle_id, &asked.service_type) {
            return Err(Failure::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "client_operation_id_reused",
                "This client_operation_id made another booking.",
            ));
        }
        return answer(StatusCode::OK, &made);
    }
    let vehicle = write.vehicle(asked.vehicle_id).await?;
    if vehicle.and_then(|vehicle| vehicle.customer_id) != Some(customer) {
        return Err(Failure::missing("There is no such vehicle, or it is not yours."));
    }
    let center = asked.center(&call, &mut write).await?;
    let new = NewAppointment {
        vehicle_id: asked.vehicle_id,
        customer_id: customer,
        center_id: center.id,
        wall_us: asked.when.start.wall_us(),
        offset_s: Some(asked.when.start.offset_s()),
        service_type: &asked.service_type,
        status: "scheduled",
        notes: asked.notes.as_deref(),
        duration: Some(asked.minutes),
        consent: true,
        client_operation_id: asked.client_operation_id.as_deref(),
    };
    let id = write.add_appointment(&new, call.now_us()).await?;
    let booking = write.appointment(id).await?.ok_or_else(Failure::not_found)?;
    call.commit(write, answer(StatusCode::CREATED, &booking)?).await
}
