//! The network is cut, and service is booked all the same: accepted is on disk, shows at once, and is sent later.

use std::time::Instant;

use jiff::Span;
use jiff::civil::{Date, DateTime};
use pmi_core::model::{BookingTime, NewBooking, OutboxItem, OutboxItemId, ServiceType, WriteState};
use serde_json::Value;

use super::facts::{Booked, Facts};
use super::people::Rider;
use super::program::Program;
use super::stage::Stage;
use super::story::{Story, broken, keep, ms, must};
use crate::failure::Failure;
use crate::output::words;

/// In how many days the bookings are.
const IN_DAYS: i64 = 60;

/// What the double tap is accepted under.
const TAPPED: &str = "demo-tapped-twice";

/// A booking that was accepted and must come to be, once.
pub(super) struct Promise {
    /// Its number in the outbox.
    pub(super) item: OutboxItemId,
    /// What it was accepted under.
    pub(super) operation_id: String,
    /// What the centre's clock shall show.
    pub(super) at: DateTime,
}

impl Promise {
    fn of(item: &OutboxItem, at: DateTime) -> Self {
        Self {
            item: item.id,
            operation_id: item.operation_id.clone(),
            at,
        }
    }

    /// As the server writes it.
    pub(super) fn wall_time(&self) -> String {
        self.at.strftime("%Y-%m-%dT%H:%M:%S").to_string()
    }

    /// As a person says it.
    pub(super) fn hour(&self) -> String {
        self.at.strftime("%H:%M").to_string()
    }
}

/// Accepts two bookings that are to be sent and one that is taken back. The rider's client is closed then.
pub(super) async fn made(
    stage: &Stage,
    rider: &Rider,
    facts: &mut Facts,
    story: &Story,
) -> Result<[Promise; 2], Failure> {
    // As the device's system would.
    rider.client.set_network(false);
    let day = some_day()?;
    let first = by_a_new_process(stage, rider, day.at(10, 0, 0, 0), facts, story).await?;
    let second = tapped_twice(rider, day.at(15, 0, 0, 0), facts, story).await?;
    taken_back(rider, day.at(12, 0, 0, 0), facts, story).await?;

    let waiting = rider.client.outbox().list().await;
    let waiting = waiting.map_err(must("the outbox can be listed without a network"))?;
    facts.writes.accepted = waiting.len();
    let ids: Vec<_> = waiting.iter().map(|item| item.id).collect();
    keep(
        ids == [first.item, second.item] && waiting.iter().all(|item| item.state == WriteState::Queued),
        "what was accepted is to be sent, and nothing else",
        format!("{waiting:?}"),
    )?;
    let there = stage.made_by(rider).await?;
    keep(
        there.is_empty(),
        "nothing is on the server before the network is back",
        format!("{there:?}"),
    )?;
    facts.writes.bookings = [&first, &second]
        .map(|promise| Booked {
            operation_id: promise.operation_id.clone(),
            asked_at: promise.wall_time(),
            ..Booked::default()
        })
        .to_vec();
    rider.client.close();
    Ok([first, second])
}

fn some_day() -> Result<Date, Failure> {
    let now = jiff::Zoned::now().date();
    now.checked_add(Span::new().days(IN_DAYS))
        .map_err(|error| broken("there is a day to book", error))
}

/// `pmi --offline book`, and `pmi --offline bookings`.
async fn by_a_new_process(
    stage: &Stage,
    rider: &Rider,
    at: DateTime,
    facts: &mut Facts,
    story: &Story,
) -> Result<Promise, Failure> {
    let program = Program::of(stage, rider);
    let (vehicle, time) = (
        rider.vehicle.to_string(),
        at.strftime("%Y-%m-%dT%H:%M").to_string(),
    );
    let service = ServiceType::OilChange;
    let started = Instant::now();
    let book = ["--offline", "book", "--vehicle", &vehicle];
    let what = ["--service", service.as_word(), "--at", &time, "--json"];
    let accepted = program.json(&[&book[..], &what[..]].concat()).await?;
    facts.writes.accept_process_ms = ms(started);
    keep(
        accepted["state"] == "queued",
        "a booking made without a network is accepted",
        &accepted,
    )?;
    let item: OutboxItem = serde_json::from_value(accepted)
        .map_err(|error| broken("what was accepted is shown as an item of the outbox", error))?;
    story.step(
        facts.writes.accept_process_ms,
        &format!(
            "a new process books an {} for {} without a network (pmi --offline book): accepted, on disk, queued",
            words(service.as_word()),
            at.strftime("%Y-%m-%d %H:%M")
        ),
    );

    let started = Instant::now();
    let list = program.json(&["--offline", "bookings", "--json"]).await?;
    let none = Vec::new();
    let list = list["value"].as_array().unwrap_or(&none);
    let pending = |booking: &&Value| booking["pending"]["operation_id"] == item.operation_id.as_str();
    let shown: Vec<_> = list.iter().filter(pending).collect();
    let is_right = shown.len() == 1
        && shown[0]["pending"]["state"] == "queued"
        && shown[0]["starts_at"]
            .as_str()
            .is_some_and(|starts| starts.starts_with(&time));
    keep(
        is_right,
        "what was accepted shows at once, marked pending, at the time asked for",
        format!("{list:?}"),
    )?;
    story.step(
        ms(started),
        "it is among the bookings at once, marked pending (pmi --offline bookings)",
    );
    Ok(Promise::of(&item, at))
}

/// One wish, told twice at the same time.
async fn tapped_twice(
    rider: &Rider,
    at: DateTime,
    facts: &mut Facts,
    story: &Story,
) -> Result<Promise, Failure> {
    let bookings = rider.client.bookings();
    let tap = || bookings.book(new_booking(rider, at), Some(TAPPED.to_owned()));
    let started = Instant::now();
    let taps = futures_util::future::try_join_all([tap(), tap()]);
    let taps = taps
        .await
        .map_err(must("a booking is accepted without a network"))?;
    facts.writes.accept_ms = ms(started);
    facts.writes.taps = taps.len();
    keep(
        taps.iter().all(|item| item.id == taps[0].id),
        "the same wish told twice is accepted once",
        format!("{taps:?}"),
    )?;
    story.step(
        facts.writes.accept_ms,
        &format!(
            "in the app, \"book\" is tapped twice at once, for {}: one operation, accepted once, on disk",
            at.strftime("%H:%M")
        ),
    );
    Ok(Promise::of(&taps[0], at))
}

/// Booked, and called off before it was sent.
async fn taken_back(rider: &Rider, at: DateTime, facts: &mut Facts, story: &Story) -> Result<(), Failure> {
    let bookings = rider.client.bookings();
    let started = Instant::now();
    let item = bookings.book(new_booking(rider, at), None).await;
    let item = item.map_err(must("a booking is accepted without a network"))?;
    let id = item
        .booking
        .ok_or_else(|| broken("a booking that was accepted has a name", "none"))?;
    let cancelled = bookings.cancel(&id, None).await;
    let cancelled = cancelled.map_err(must("a booking is called off without a network"))?;
    keep(
        cancelled.state == WriteState::Withdrawn && cancelled.attempts == 0,
        "what is called off before it was sent is taken back",
        format!("{cancelled:?}"),
    )?;
    facts.writes.withdrawn = 1;
    story.step(
        ms(started),
        &format!(
            "one more is booked for {} and called off again: nothing of it is left to be sent",
            at.strftime("%H:%M")
        ),
    );
    Ok(())
}

fn new_booking(rider: &Rider, at: DateTime) -> NewBooking {
    NewBooking {
        vehicle_id: rider.vehicle,
        service: ServiceType::OilChange,
        at: BookingTime::at_the_centre(at),
        center_id: None,
        notes: None,
        photos: Vec::new(),
    }
}
