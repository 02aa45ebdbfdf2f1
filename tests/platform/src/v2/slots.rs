//! A centre's starts with how many places each has, as a list and as what a refused booking is offered instead.

use http::StatusCode;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::calendar::{Calendar, Start};
use super::call::{Call, Outcome, ok};
use super::failure::Failure;
use super::room::{DAY_US, MINUTE_US, Room, window};
use crate::health::SERVICES;
use crate::store::{Center, Write};

/// How long a slot lasts if nobody says what for, in minutes.
const SLOT: i64 = 30;
/// How many starts are offered instead of a full one, and how many days before and after it they are looked for.
const OFFERED: usize = 5;
const SEARCHED: i64 = 14;

/// How long a service takes, in minutes.
pub(super) fn minutes(service_type: &str) -> Option<i64> {
    SERVICES
        .iter()
        .find(|(name, _)| *name == service_type)
        .map(|(_, minutes)| *minutes)
}

fn show(start: &Start, center: &Center, available: i64) -> Value {
    json!({ "starts_at": start.show(), "time_zone": center.time_zone, "available": available })
}

/// `2026-12-25` and nothing else a date may be written as.
fn day(text: &str) -> Option<Date> {
    let plain = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| byte.is_ascii_digit() != matches!(at, 4 | 7));
    text.parse().ok().filter(|_| plain)
}

pub(super) async fn list(call: Call) -> Outcome {
    let store = &call.app.store;
    let center = store.center(call.id()?).await?.ok_or_else(no_center)?;
    let mut wrong = Vec::new();
    let date = match call.query("date") {
        None => Err("is required"),
        Some(text) => day(&text).ok_or("is not a date like 2026-12-25"),
    };
    if let Err(reason) = date {
        wrong.push(("date", reason));
    }
    let lasts = match call.query("service_type") {
        None => Some(SLOT),
        Some(service_type) => minutes(&service_type),
    };
    if lasts.is_none() {
        wrong.push(("service_type", "is not a service type"));
    }
    let (Ok(date), Some(lasts)) = (date, lasts) else {
        return Err(Failure::fields(&wrong));
    };
    let calendar = Calendar::new(&center.time_zone, &call.app.config.opening_hours);
    let mut starts = calendar.day(date);
    starts.retain(|start| start.at() > call.now);
    let mut items = Vec::with_capacity(starts.len());
    if let (Some(first), Some(last)) = (starts.first(), starts.last()) {
        let (from, to) = window(first.at_us(), last.at_us() + lasts * MINUTE_US);
        let busy = store.busy(center.id, from, to).await?;
        let room = Room::new(center.capacity, &busy, &calendar.zone, None);
        for start in &starts {
            items.push(show(start, &center, room.free(start.at_us(), lasts)));
        }
    }
    ok(&json!({ "items": items, "next_cursor": null }))
}

pub(super) fn no_center() -> Failure {
    Failure::missing("There is no such service centre.")
}

/// What a booking asks of a centre.
pub(super) struct Wanted<'a> {
    pub(super) center: &'a Center,
    pub(super) calendar: &'a Calendar,
    pub(super) start: Start,
    pub(super) minutes: i64,
    /// The booking that is being moved: it is not in its own way.
    pub(super) moving: Option<i64>,
}

impl Wanted<'_> {
    async fn room(&self, write: &mut Write, from_us: i64, to_us: i64) -> Result<Room, Failure> {
        let (from, to) = window(from_us, to_us);
        let busy = write.busy(self.center.id, from, to).await?;
        Ok(Room::new(
            self.center.capacity,
            &busy,
            &self.calendar.zone,
            self.moving,
        ))
    }

    /// Whether the centre has a place. Its row must be locked.
    pub(super) async fn fits(&self, write: &mut Write) -> Result<bool, Failure> {
        let from = self.start.at_us();
        let room = self.room(write, from, from + self.minutes * MINUTE_US).await?;
        Ok(room.free(from, self.minutes) > 0)
    }

    /// The refusal, with the nearest starts that are free.
    pub(super) async fn taken(&self, write: &mut Write, now: Timestamp) -> Result<Failure, Failure> {
        let (at, reach) = (self.start.at_us(), SEARCHED * DAY_US);
        let room = self.room(write, at - reach, at + reach + DAY_US).await?;
        let far = |start: &Start| start.at_us().abs_diff(at);
        let mut free: Vec<(Start, i64)> = self
            .calendar
            .around(self.start.at(), SEARCHED)
            .into_iter()
            .filter(|start| start.at() > now && far(start) <= reach.unsigned_abs())
            .map(|start| (start, room.free(start.at_us(), self.minutes)))
            .filter(|(_, available)| *available > 0)
            .collect();
        // Stable: of two as near the earlier one stays first.
        free.sort_by_key(|(start, _)| far(start));
        free.truncate(OFFERED);
        free.sort_by_key(|(start, _)| start.at());
        let free: Vec<Value> = free
            .iter()
            .map(|(start, available)| show(start, self.center, *available))
            .collect();
        let message = "The centre has no place left at that time.";
        Ok(Failure::new(StatusCode::CONFLICT, "slot_taken", message).detail(json!({ "free_slots": free })))
    }
}
