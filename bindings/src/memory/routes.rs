//! Which record answers which request.

use http::{Method, StatusCode};
use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan as _};
use pmi_core::ports::NetworkRequest;
use serde_json::{Value, json};

use super::Answer;
use super::records::{CENTERS, Records, ZONE, center};

/// The half-hours in which a centre is open.
const OPENS: i8 = 9;
const CLOSES: i8 = 18;

pub(super) fn answer(records: &mut Records, request: &NetworkRequest, now: Timestamp) -> Answer {
    let path = request.url.path().trim_matches('/');
    let parts: Vec<&str> = path.split('/').collect();
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let get = request.method == Method::GET;
    match parts.as_slice() {
        [".well-known", "pmi"] => {
            let features = [
                "time_zones",
                "book",
                "choose_center",
                "slots",
                "client_operation_id",
                "idempotency",
            ];
            return Answer::ok(json!({ "api_version": 2, "features": features }));
        }
        ["health", ..] => return Answer::ok(json!({ "status": "healthy" })),
        ["api", "auth", "login"] => return records.sign_in(&body),
        ["api", "auth", "refresh"] => return records.renew(&body),
        _ => {}
    }
    let token = request.headers.get(http::header::AUTHORIZATION);
    if !token
        .and_then(|token| token.to_str().ok())
        .is_some_and(|token| records.knows(token))
    {
        return Answer::failed(StatusCode::UNAUTHORIZED, "token_expired");
    }
    let found = match parts.as_slice() {
        ["api", "auth", "logout"] => Some(Answer::ok(json!({ "message": "signed out" }))),
        ["api", "auth", "me"] if get => Some(Answer::ok(records.customer())),
        ["api", "vehicles"] if get => Some(Answer::list(records.vehicles())),
        ["api", "vehicles", id, "details"] => records.details(id, now).map(Answer::ok),
        ["api", "bookings"] if get => Some(bookings(records, request)),
        ["api", "bookings"] => records.book(&body, now),
        ["api", "bookings", id] if get => records.booking(id).map(Answer::ok),
        ["api", "bookings", id] => records.change(id, "scheduled_at", body["scheduled_at"].clone(), now),
        ["api", "bookings", id, "cancel"] => records.change(id, "status", json!("cancelled"), now),
        ["api", "bookings", _, "photos"] if get => Some(Answer::list([])),
        ["api", "service-centers"] => Some(Answer::list((1..=CENTERS).filter_map(center))),
        ["api", "service-centers", _, "slots"] => slots(request, now),
        ["api", "notifications"] => Some(Answer::list(records.notifications(now))),
        ["api", "notifications", id, "read"] => records.read(id, now),
        _ => None,
    };
    found.unwrap_or_else(|| Answer::failed(StatusCode::NOT_FOUND, "not_found"))
}

fn asked(request: &NetworkRequest, name: &str) -> Option<String> {
    let mut pairs = request.url.query_pairs();
    let (_, value) = pairs.find(|(key, _)| key == name)?;
    Some(value.into_owned())
}

fn bookings(records: &Records, request: &NetworkRequest) -> Answer {
    let operation = asked(request, "client_operation_id");
    let status = asked(request, "status");
    let fits = |booking: &Value, field: &str, wanted: &Option<String>| {
        wanted.as_deref().is_none_or(|wanted| booking[field] == wanted)
    };
    Answer::list(records.bookings().filter(|booking| {
        fits(booking, "client_operation_id", &operation) && fits(booking, "status", &status)
    }))
}

/// Every half-hour of that day that is still to come; each third is taken.
fn slots(request: &NetworkRequest, now: Timestamp) -> Option<Answer> {
    let date: Date = asked(request, "date")?.parse().ok()?;
    let mut at = date.to_datetime(Time::constant(OPENS, 0, 0, 0));
    let mut slots = Vec::new();
    while at.hour() < CLOSES {
        let starts = at.in_tz(ZONE).ok()?;
        if starts.timestamp() > now {
            let starts_at = starts.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
            let available = i32::from(slots.len() % 3 != 2);
            slots.push(json!({ "starts_at": starts_at, "time_zone": ZONE, "available": available }));
        }
        at = at.checked_add(30.minutes()).ok()?;
    }
    Some(Answer::list(slots))
}
