//! Whose place it is: what a full centre offers instead, which centre takes what is asked of none, and the nights the clock is
//! changed.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod support;

use pmi_platform::{Config, Dialect};
use serde_json::{Value, json};
use support::{envelope, invalid, order, start, start_with, starts, with};

#[tokio::test]
async fn a_full_centre_offers_the_five_nearest_starts_that_are_free() {
    let bench = start(Dialect::V2).await;
    let (customer, token) = bench.signed_in().await;
    bench
        .platform
        .control()
        .set_center(8, Some(1), None)
        .await
        .unwrap();
    let good = order(customer.vehicle_ids[0]);
    assert_eq!(
        bench
            .book(&token, &with(&good, "service_type", "repair"))
            .await
            .status,
        201
    );
    let at = |time: &str| format!("2026-11-25T{time}:00+05:30");
    let refused = bench
        .book(&token, &with(&good, "scheduled_at", at("11:00")))
        .await;
    envelope(&refused, 409, "slot_taken");
    let offered = &refused.body["detail"]["free_slots"];
    let near = ["09:00", "09:30", "12:00", "12:30", "13:00"].map(|time| (at(time), 1));
    assert_eq!(starts(offered), near);
    assert_eq!(offered[0]["time_zone"], "Asia/Kolkata");
    // The service that is asked for must fit: an inspection of 45 minutes from 9:30 would not.
    let longer = with(&good, "service_type", "inspection");
    let refused = bench
        .book(&token, &with(&longer, "scheduled_at", at("09:30")))
        .await;
    let near = ["09:00", "12:00", "12:30", "13:00", "13:30"].map(|time| (at(time), 1));
    assert_eq!(starts(&refused.body["detail"]["free_slots"]), near);
    assert_eq!(
        bench
            .book(&token, &with(&good, "scheduled_at", at("12:00")))
            .await
            .status,
        201
    );
}

#[tokio::test]
async fn what_is_offered_lies_ahead_within_two_weeks_or_is_nothing() {
    let bench = start(Dialect::V2).await;
    let (customer, token) = bench.signed_in().await;
    let good = order(customer.vehicle_ids[0]);
    let control = bench.platform.control();
    control.set_center(8, Some(0), None).await.unwrap();
    let refused = bench.book(&token, &good).await;
    envelope(&refused, 409, "slot_taken");
    assert_eq!(refused.body["detail"], json!({ "free_slots": [] }));
    control.set_center(8, Some(1), None).await.unwrap();
    let soon = with(&good, "scheduled_at", "2026-11-22T10:30:00+05:30");
    assert_eq!(bench.book(&token, &soon).await.status, 201);
    let refused = bench.book(&token, &soon).await;
    let offered = starts(&refused.body["detail"]["free_slots"]);
    let times = ["11:00", "11:30", "12:00", "12:30", "13:00"];
    assert_eq!(
        offered,
        times.map(|time| (format!("2026-11-22T{time}:00+05:30"), 1))
    );
}

#[tokio::test]
async fn only_active_bookings_hold_a_place() {
    let bench = start(Dialect::V2).await;
    let (customer, token) = bench.signed_in().await;
    let control = bench.platform.control();
    control.set_center(8, Some(1), None).await.unwrap();
    let good = order(customer.vehicle_ids[0]);
    let first = bench.book(&token, &good).await.body["appointment_id"].clone();
    for (status, expected) in [
        ("confirmed", 409),
        ("in_progress", 409),
        ("scheduled", 409),
        ("completed", 201),
    ] {
        control
            .change_booking(first.as_i64().unwrap(), None, Some(status))
            .await
            .unwrap();
        assert_eq!(bench.book(&token, &good).await.status, expected, "{status}");
    }
}

#[tokio::test]
async fn without_a_choice_the_first_centre_of_the_zone_with_room_takes_it() {
    let bench = start(Dialect::V2).await;
    let (customer, token) = bench.signed_in().await;
    let control = bench.platform.control();
    let mut anywhere = order(customer.vehicle_ids[0]);
    anywhere.as_object_mut().unwrap().remove("center_id");
    control.set_center(1, Some(0), None).await.unwrap();
    control
        .set_center(3, None, Some("Europe/Berlin".into()))
        .await
        .unwrap();
    let made = bench
        .book(&token, &with(&anywhere, "center_id", Value::Null))
        .await;
    assert_eq!((made.status.as_u16(), &made.body["center_id"]), (201, &json!(2)));
    let berlin = with(&anywhere, "scheduled_at", "2026-11-25T10:00:00+01:00");
    for body in [berlin.clone(), with(&berlin, "time_zone", "Europe/Berlin")] {
        let made = bench.book(&token, &body).await;
        assert_eq!((made.status.as_u16(), &made.body["center_id"]), (201, &json!(3)));
        assert_eq!(made.text("time_zone"), "Europe/Berlin");
    }
    let off = with(&anywhere, "time_zone", "Europe/Berlin");
    invalid(
        &bench.book(&token, &off).await,
        &[("time_zone", "the centre's clock shows Europe/Berlin")],
    );
    let nowhere = "no service centre is in this time zone";
    let lisbon = with(&anywhere, "time_zone", "Europe/Lisbon");
    invalid(&bench.book(&token, &lisbon).await, &[("time_zone", nowhere)]);
    let utc = with(&anywhere, "scheduled_at", "2026-11-25T10:00:00Z");
    invalid(&bench.book(&token, &utc).await, &[("time_zone", nowhere)]);
    // Nowhere a place at ten: the first centre of the zone says what it has.
    control.set_center(3, Some(2), None).await.unwrap();
    let refused = bench.book(&token, &berlin).await;
    envelope(&refused, 409, "slot_taken");
    assert_eq!(
        starts(&refused.body["detail"]["free_slots"])[0],
        ("2026-11-25T09:00:00+01:00".to_owned(), 2)
    );
}

#[tokio::test]
async fn both_times_of_a_night_that_is_put_back_can_be_booked_and_come_back_apart() {
    let bench = start_with(Config {
        opening_hours: 0..24,
        ..Config::default()
    })
    .await;
    let (customer, token) = bench.signed_in().await;
    let control = bench.platform.control();
    control
        .set_center(8, Some(1), Some("Europe/Berlin".into()))
        .await
        .unwrap();
    let at = |at: &str| with(&order(customer.vehicle_ids[0]), "scheduled_at", at);
    for offset in ["+01:00", "+02:00"] {
        let skipped = at(&format!("2027-03-28T02:30:00{offset}"));
        invalid(
            &bench.book(&token, &skipped).await,
            &[("time_zone", "the centre's clock shows Europe/Berlin")],
        );
    }
    for time in ["2027-10-31T02:30:00+02:00", "2027-10-31T02:30:00+01:00"] {
        let made = bench.book(&token, &at(time)).await;
        assert_eq!((made.status.as_u16(), made.text("scheduled_at")), (201, time));
        let read = bench
            .get(&format!("/api/bookings/{}", made.body["appointment_id"]), &token)
            .await;
        assert_eq!(read.text("scheduled_at"), time);
        envelope(&bench.book(&token, &at(time)).await, 409, "slot_taken");
    }
    let vehicle = &bench.get("/api/vehicles", &token).await.body["items"][0];
    assert_eq!(
        vehicle["latest_appointment"]["scheduled_at"],
        "2027-10-31T02:30:00+01:00"
    );
    // v1 knows digits only, and the same ones are no other time.
    control.set_dialect(Dialect::V1);
    let (_, v1) = bench.signed_in().await;
    let put = json!({ "scheduled_time": "2027-10-31T02:30:00Z" });
    let second = &vehicle["latest_appointment"]["appointment_id"];
    let path = format!("/api/appointments/{second}");
    let done = bench.send(reqwest::Method::PUT, &path, &v1, &put, &[]).await;
    assert_eq!(done.status, 200);
    control.set_dialect(Dialect::V2);
    let read = bench.get(&format!("/api/bookings/{second}"), &token).await;
    assert_eq!(read.text("scheduled_at"), "2027-10-31T02:30:00+01:00");
    // Of an hour that is there twice, an hour's service takes both halves.
    let long = with(&at("2027-10-31T01:30:00+02:00"), "service_type", "repair");
    envelope(&bench.book(&token, &long).await, 409, "slot_taken");
}
