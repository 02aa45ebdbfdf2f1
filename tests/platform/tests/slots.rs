//! The starts of a centre's day on v2.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod support;

use pmi_platform::{Config, Dialect};
use serde_json::{Value, json};
use support::{Bench, envelope, invalid, order, start, start_with, starts, with};

async fn slots(bench: &Bench, token: &str, query: &str) -> Vec<(String, i64)> {
    let list = bench
        .get(&format!("/api/service-centers/8/slots?{query}"), token)
        .await;
    assert_eq!(list.status, 200, "{list:?}");
    assert_eq!(list.body["next_cursor"], Value::Null);
    starts(&list.body["items"])
}

#[tokio::test]
async fn a_day_has_a_start_every_half_hour_from_nine_to_half_past_five() {
    let bench = start(Dialect::V2).await;
    let (_, token) = bench.signed_in().await;
    let list = bench
        .get("/api/service-centers/8/slots?date=2026-11-25", &token)
        .await;
    let items = list.body["items"].as_array().unwrap();
    assert_eq!(items.len(), 18);
    assert_eq!(
        items[0],
        json!({ "starts_at": "2026-11-25T09:00:00+05:30", "time_zone": "Asia/Kolkata", "available": 2 })
    );
    assert_eq!(items[17]["starts_at"], "2026-11-25T17:30:00+05:30");
    assert!(list.header("etag").starts_with('"'));
}

#[tokio::test]
async fn only_what_lies_ahead_is_listed() {
    let bench = start(Dialect::V2).await;
    let (_, token) = bench.signed_in().await;
    // It is ten in India, on the second.
    let today = slots(&bench, &token, "date=2026-11-22").await;
    assert_eq!(
        (today.len(), today[0].0.as_str()),
        (15, "2026-11-22T10:30:00+05:30")
    );
    assert!(slots(&bench, &token, "date=2026-11-21").await.is_empty());
    assert!(slots(&bench, &token, "date=0001-01-01").await.is_empty());
    bench.clock.set("2026-11-22T04:29:59Z".parse().unwrap());
    assert_eq!(slots(&bench, &token, "date=2026-11-22").await.len(), 16);
}

#[tokio::test]
async fn every_booking_takes_its_place_for_as_long_as_it_lasts_and_full_starts_say_none() {
    let bench = start(Dialect::V2).await;
    let (customer, token) = bench.signed_in().await;
    let good = order(customer.vehicle_ids[0]);
    let at = |time: &str| format!("2026-11-25T{time}:00+05:30");
    for (time, service) in [
        ("10:00", "general_service"),
        ("10:30", "inspection"),
        ("11:00", "oil_change"),
    ] {
        let body = with(&with(&good, "scheduled_at", at(time)), "service_type", service);
        let made = bench.book(&token, &body).await;
        // 10:30 to 11:15 and 10:00 to 11:30 fill the centre.
        assert_eq!(made.status, if time == "11:00" { 409 } else { 201 }, "{time}");
    }
    let shown = slots(&bench, &token, "date=2026-11-25").await;
    let places: Vec<i64> = shown.iter().map(|(_, places)| *places).collect();
    assert_eq!(places[..7], [2, 2, 1, 0, 0, 2, 2]);
    let long = slots(&bench, &token, "date=2026-11-25&service_type=brake_service").await;
    let places: Vec<i64> = long.iter().map(|(_, places)| *places).collect();
    assert_eq!(places[..7], [2, 1, 0, 0, 0, 2, 2]);
    // What is listed can be booked, and what is full cannot.
    for (start, places) in &long[..6] {
        let body = with(
            &with(&good, "scheduled_at", start.as_str()),
            "service_type",
            "brake_service",
        );
        let made = bench.book(&token, &body).await;
        assert_eq!(made.status, if *places > 0 { 201 } else { 409 }, "{start}");
        if *places > 0 {
            bench.cancel(&token, &made.body["appointment_id"], "").await;
        }
    }
}

#[tokio::test]
async fn an_hour_that_is_skipped_is_not_there_and_one_that_is_repeated_is_there_twice() {
    let bench = start_with(Config {
        opening_hours: 0..24,
        ..Config::default()
    })
    .await;
    let (_, token) = bench.signed_in().await;
    bench
        .platform
        .control()
        .set_center(8, Some(1), Some("Europe/Berlin".into()))
        .await
        .unwrap();
    let spring = slots(&bench, &token, "date=2027-03-28").await;
    assert_eq!(spring.len(), 46);
    assert!(!spring.iter().any(|(at, _)| at.contains("T02:")));
    let autumn = slots(&bench, &token, "date=2027-10-31").await;
    let twice: Vec<&str> = autumn
        .iter()
        .map(|(at, _)| at.as_str())
        .filter(|at| at.contains("T02:"))
        .collect();
    assert_eq!(
        twice,
        [
            "2027-10-31T02:00:00+02:00",
            "2027-10-31T02:30:00+02:00",
            "2027-10-31T02:00:00+01:00",
            "2027-10-31T02:30:00+01:00"
        ]
    );
    assert_eq!(autumn.len(), 50);
}

#[tokio::test]
async fn anybody_signed_in_may_ask_and_what_is_asked_must_be_a_day_a_service_and_a_centre() {
    let bench = start(Dialect::V2).await;
    let seeded = bench.platform.seeded().clone();
    for role in ["viewer", "mechanic", "admin"] {
        let token = bench.token(seeded.with_role(role).unwrap()).await;
        assert_eq!(slots(&bench, &token, "date=2026-11-25").await.len(), 18);
    }
    let (_, token) = bench.signed_in().await;
    let ask = async |path: &str| bench.get(&format!("/api/service-centers/{path}"), &token).await;
    invalid(&ask("8/slots").await, &[("date", "is required")]);
    for odd in [
        "",
        "today",
        "2026-02-30",
        "20261125",
        "2026-11-25T10:00",
        "%2B26-11-25",
    ] {
        let refused = ask(&format!("8/slots?date={odd}")).await;
        invalid(&refused, &[("date", "is not a date like 2026-12-25")]);
    }
    invalid(
        &ask("8/slots?date=x&service_type=wash").await,
        &[
            ("date", "is not a date like 2026-12-25"),
            ("service_type", "is not a service type"),
        ],
    );
    for unknown in ["99", "0", "x"] {
        let refused = ask(&format!("{unknown}/slots?date=2026-11-25")).await;
        envelope(&refused, 404, "not_found");
    }
    envelope(
        &support::reply(bench.request(reqwest::Method::GET, "/api/service-centers/8/slots")).await,
        401,
        "not_authenticated",
    );
}
