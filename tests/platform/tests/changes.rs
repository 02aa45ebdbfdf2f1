//! Moving and cancelling bookings on v2, and what the desk does meanwhile.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod support;

use std::time::Duration;

use pmi_platform::{Config, Dialect};
use reqwest::Method;
use serde_json::{Value, json};
use support::{Bench, Reply, envelope, invalid, order, reply, start, start_with, starts, with};

/// A signed-in customer's token and the booking it just made.
async fn booked(bench: &Bench) -> (String, Reply) {
    let (customer, token) = bench.signed_in().await;
    let made = bench.book(&token, &order(customer.vehicle_ids[0])).await;
    assert_eq!(made.status, 201, "{made:?}");
    (token, made)
}

fn to(at: &str) -> Value {
    json!({ "scheduled_at": at })
}

const LATER: &str = "2026-11-25T12:00:00+05:30";
const KEPT: &str = "2026-11-25T10:00:00+05:30";

#[tokio::test]
async fn a_booking_that_is_missing_or_somebody_elses_is_not_found() {
    let bench = start(Dialect::V2).await;
    let (_, made) = booked(&bench).await;
    let other = bench.platform.seeded().with_many_vehicles().unwrap().clone();
    let theirs = bench.token(&other).await;
    for id in [&made.body["appointment_id"], &json!(99_999)] {
        // Before anything else that is wrong with it.
        let refused = bench.reschedule(&theirs, id, &json!({}), "\"x\"").await;
        envelope(&refused, 404, "not_found");
        envelope(&bench.cancel(&theirs, id, "\"x\"").await, 404, "not_found");
    }
    let path = "/api/bookings/x/cancel";
    envelope(
        &bench.send(Method::POST, path, &theirs, &Value::Null, &[]).await,
        404,
        "not_found",
    );
}

#[tokio::test]
async fn who_saw_another_booking_changes_none_and_is_shown_the_current_one() {
    let bench = start(Dialect::V2).await;
    let (token, made) = booked(&bench).await;
    let id = &made.body["appointment_id"];
    let seen = made.header("etag").to_owned();
    let control = bench.platform.control();
    control
        .change_booking(
            id.as_i64().unwrap(),
            Some("2026-11-25T16:00:00"),
            Some("confirmed"),
        )
        .await
        .unwrap();
    let current = bench.get(&format!("/api/bookings/{id}"), &token).await;
    assert_eq!(
        (
            current.text("scheduled_at"),
            current.text("status"),
            &current.body["revision"]
        ),
        ("2026-11-25T16:00:00+05:30", "confirmed", &json!(2))
    );
    assert_ne!(current.header("etag"), seen);
    let weak = format!("W/{}", current.header("etag"));
    for stale in [seen.as_str(), weak.as_str(), "\"*\"", "nonsense"] {
        let refused = bench.reschedule(&token, id, &to("never"), stale).await;
        envelope(&refused, 412, "precondition_failed");
        assert_eq!(refused.body["detail"], current.body);
        let refused = bench.cancel(&token, id, stale).await;
        envelope(&refused, 412, "precondition_failed");
        assert_eq!(refused.body["detail"], current.body);
    }
    let one_of = format!("{seen}, {}", current.header("etag"));
    for (at, tag) in [("13:00", one_of.as_str()), ("13:30", "*"), ("14:00", "")] {
        let at = format!("2026-11-25T{at}:00+05:30");
        let moved = bench.reschedule(&token, id, &to(&at), tag).await;
        assert_eq!(
            (moved.status.as_u16(), moved.text("scheduled_at")),
            (200, at.as_str())
        );
        assert_eq!(moved.text("status"), "confirmed");
    }
}

#[tokio::test]
async fn a_tag_is_good_in_whatever_encoding_it_came() {
    let bench = start(Dialect::V2).await;
    let (token, made) = booked(&bench).await;
    let id = &made.body["appointment_id"];
    for (at, encoding) in [("11:00", "identity"), ("11:30", "gzip"), ("12:00", "zstd")] {
        let read = bench.request(Method::GET, &format!("/api/bookings/{id}"));
        let read = reply(read.bearer_auth(&token).header("accept-encoding", encoding)).await;
        let tag = read.header("etag").to_owned();
        let body = to(&format!("2026-11-25T{at}:00+05:30"));
        let headers = [("if-match", tag.as_str()), ("accept-encoding", encoding)];
        let path = format!("/api/bookings/{id}");
        let moved = bench.send(Method::PATCH, &path, &token, &body, &headers).await;
        assert_eq!(moved.status, 200, "{encoding}");
        let read = bench.request(Method::GET, &path);
        let read = reply(read.bearer_auth(&token).header("accept-encoding", encoding)).await;
        assert_eq!(read.header("etag"), moved.header("etag"), "{encoding}");
    }
    // A tag a client happens to hold does not turn a write into a 304.
    let headers = [("if-none-match", "*")];
    let path = format!("/api/bookings/{id}/cancel");
    let off = bench
        .send(Method::POST, &path, &token, &Value::Null, &headers)
        .await;
    assert_eq!((off.status.as_u16(), off.text("status")), (200, "cancelled"));
}

#[tokio::test]
async fn a_booking_that_has_begun_is_over_or_was_called_off_stays_as_it_is() {
    let bench = start(Dialect::V2).await;
    let (token, made) = booked(&bench).await;
    let id = &made.body["appointment_id"];
    let control = bench.platform.control();
    for status in ["in_progress", "completed", "cancelled"] {
        control
            .change_booking(id.as_i64().unwrap(), None, Some(status))
            .await
            .unwrap();
        let current = bench.get(&format!("/api/bookings/{id}"), &token).await;
        // What it is comes before what is asked.
        let refused = bench.reschedule(&token, id, &json!({}), "").await;
        envelope(&refused, 409, "not_changeable");
        assert_eq!(refused.body["detail"], current.body);
        let refused = bench
            .reschedule(&token, id, &to(LATER), made.header("etag"))
            .await;
        envelope(&refused, 412, "precondition_failed");
        let off = bench.cancel(&token, id, "").await;
        if status == "cancelled" {
            assert_eq!((off.status.as_u16(), &off.body), (200, &current.body));
        } else {
            envelope(&off, 409, "not_changeable");
            assert_eq!(off.body["detail"], current.body);
        }
    }
    for status in ["scheduled", "confirmed"] {
        control
            .change_booking(id.as_i64().unwrap(), Some("2026-11-25T10:00:00"), Some(status))
            .await
            .unwrap();
        let moved = bench.reschedule(&token, id, &to(LATER), "").await;
        assert_eq!((moved.status.as_u16(), moved.text("status")), (200, status));
    }
}

#[tokio::test]
async fn a_new_time_obeys_the_rules_of_a_first_one() {
    let bench = start(Dialect::V2).await;
    let (token, made) = booked(&bench).await;
    let id = &made.body["appointment_id"];
    let clock = "the centre's clock shows Asia/Kolkata";
    for (body, field, reason) in [
        (json!({}), "scheduled_at", "is required"),
        (to("tomorrow"), "scheduled_at", "is not RFC 3339 with an offset"),
        (to("2026-11-25T10:00:01+05:30"), "scheduled_at", "has seconds"),
        (
            to("2026-11-22T10:00:00+05:30"),
            "scheduled_at",
            "lies in the past",
        ),
        (
            to("2026-11-25T10:10:00+05:30"),
            "scheduled_at",
            "is not on the half-hour",
        ),
        (
            to("2026-11-25T18:00:00+05:30"),
            "scheduled_at",
            "is outside opening hours",
        ),
        (to("2026-11-25T12:00:00Z"), "time_zone", clock),
        (with(&to(LATER), "time_zone", "Europe/Berlin"), "time_zone", clock),
        (
            with(&to(LATER), "time_zone", "x"),
            "time_zone",
            "is not a time zone",
        ),
    ] {
        invalid(&bench.reschedule(&token, id, &body, "").await, &[(field, reason)]);
    }
    envelope(
        &bench.reschedule(&token, id, &json!("x"), "").await,
        400,
        "bad_request",
    );
    let body = with(&to(LATER), "time_zone", "Asia/Kolkata");
    assert_eq!(bench.reschedule(&token, id, &body, "").await.status, 200);
}

#[tokio::test]
async fn a_booking_is_not_in_its_own_way_and_another_is() {
    let bench = start(Dialect::V2).await;
    bench
        .platform
        .control()
        .set_center(8, Some(1), None)
        .await
        .unwrap();
    let (customer, token) = bench.signed_in().await;
    let long = with(&order(customer.vehicle_ids[0]), "service_type", "repair");
    let made = bench.book(&token, &long).await;
    let id = &made.body["appointment_id"];
    let nearer = to("2026-11-25T11:00:00+05:30");
    assert_eq!(bench.reschedule(&token, id, &nearer, "").await.status, 200);
    let other = with(
        &order(customer.vehicle_ids[0]),
        "scheduled_at",
        "2026-11-25T14:00:00+05:30",
    );
    assert_eq!(bench.book(&token, &other).await.status, 201);
    let refused = bench
        .reschedule(&token, id, &to("2026-11-25T13:00:00+05:30"), "")
        .await;
    envelope(&refused, 409, "slot_taken");
    // From 12:00 to 14:00 it fits again, though it stands in part of that itself.
    let offered = starts(&refused.body["detail"]["free_slots"]);
    assert!(
        offered.contains(&("2026-11-25T12:00:00+05:30".to_owned(), 1)),
        "{offered:?}"
    );
    let read = bench.get(&format!("/api/bookings/{id}"), &token).await;
    assert_eq!(
        (read.text("scheduled_at"), &read.body["revision"]),
        ("2026-11-25T11:00:00+05:30", &json!(2))
    );
}

#[tokio::test]
async fn the_time_it_has_already_is_no_change() {
    let bench = start(Dialect::V2).await;
    let (token, made) = booked(&bench).await;
    let id = &made.body["appointment_id"];
    bench
        .platform
        .control()
        .set_center(8, Some(0), None)
        .await
        .unwrap();
    for _ in 0..2 {
        let same = bench.reschedule(&token, id, &to(KEPT), made.header("etag")).await;
        assert_eq!((same.status.as_u16(), &same.body), (200, &made.body));
        assert_eq!(same.header("etag"), made.header("etag"));
        // Nor is it once it is past.
        bench.clock.advance(Duration::from_secs(4 * 24 * 3600 - 60));
        let (_, token) = bench.signed_in().await;
        let same = bench.reschedule(&token, id, &to(KEPT), "").await;
        assert_eq!((same.status.as_u16(), &same.body), (200, &made.body));
        bench.clock.set(support::START.parse().unwrap());
    }
}

#[tokio::test]
async fn the_other_time_of_a_night_put_back_is_another_time() {
    let bench = start_with(Config {
        opening_hours: 0..24,
        ..Config::default()
    })
    .await;
    let control = bench.platform.control();
    control
        .set_center(8, Some(1), Some("Europe/Berlin".into()))
        .await
        .unwrap();
    let (customer, token) = bench.signed_in().await;
    let first = with(
        &order(customer.vehicle_ids[0]),
        "scheduled_at",
        "2027-10-31T02:30:00+02:00",
    );
    let made = bench.book(&token, &first).await;
    let id = &made.body["appointment_id"];
    let second = "2027-10-31T02:30:00+01:00";
    let moved = bench.reschedule(&token, id, &to(second), "").await;
    assert_eq!(
        (moved.text("scheduled_at"), &moved.body["revision"]),
        (second, &json!(2))
    );
    assert_eq!(
        bench.book(&token, &first).await.status,
        201,
        "its first place is free"
    );
    // The desk knows the digits only.
    control
        .change_booking(id.as_i64().unwrap(), Some("2027-10-31T02:30:00"), None)
        .await
        .unwrap();
    let read = bench.get(&format!("/api/bookings/{id}"), &token).await;
    assert_eq!(read.text("scheduled_at"), "2027-10-31T02:30:00+02:00");
}

#[tokio::test]
async fn who_cancels_twice_has_it_cancelled_and_its_place_is_free() {
    let bench = start(Dialect::V2).await;
    bench
        .platform
        .control()
        .set_center(8, Some(1), None)
        .await
        .unwrap();
    let (token, made) = booked(&bench).await;
    let id = &made.body["appointment_id"];
    let off = bench.cancel(&token, id, made.header("etag")).await;
    assert_eq!((off.status.as_u16(), off.text("status")), (200, "cancelled"));
    for tag in ["", made.header("etag"), "\"x\""] {
        let again = bench.cancel(&token, id, tag).await;
        assert_eq!((again.status.as_u16(), &again.body), (200, &off.body));
        assert_eq!(again.header("etag"), off.header("etag"));
    }
    booked(&bench).await;
}

#[tokio::test]
async fn the_desks_commands_come_over_http_too_and_name_what_is_not_there() {
    let bench = start_with(Config {
        control_routes: true,
        ..Config::default()
    })
    .await;
    let (token, made) = booked(&bench).await;
    let id = &made.body["appointment_id"];
    let command = async |name: &str, body: Value| {
        let done = bench.post(&format!("/__control/{name}"), "", &body).await;
        (done.status.as_u16(), done.body)
    };
    let ok = json!({ "ok": true });
    let change = json!({ "id": id, "wall_time": "2026-11-25T16:00:00", "status": "confirmed" });
    assert_eq!(command("booking", change).await, (200, ok.clone()));
    let change = json!({ "center_id": 8, "capacity": 5, "time_zone": "Asia/Dubai" });
    assert_eq!(command("center", change).await, (200, ok));
    let read = bench.get(&format!("/api/bookings/{id}"), &token).await;
    assert_eq!(read.text("scheduled_at"), "2026-11-25T16:00:00+04:00");
    let customer = bench.platform.seeded().with_single_vehicle().unwrap().id;
    let listed = bench
        .get(&format!("/__control/bookings?customer_id={customer}"), "")
        .await;
    let last = listed.body["bookings"]
        .as_array()
        .unwrap()
        .last()
        .unwrap()
        .clone();
    assert_eq!(
        last,
        json!({
            "id": id, "customer_id": customer, "vehicle_id": 1, "center_id": 8, "service_type": "oil_change",
            "wall_time": "2026-11-25T16:00:00", "time_zone": "Asia/Dubai", "status": "confirmed", "notes": null,
            "client_operation_id": null,
        })
    );
    let all: Vec<pmi_platform::SeenBooking> =
        serde_json::from_value(bench.get("/__control/bookings", "").await.body["bookings"].clone()).unwrap();
    assert!(all.len() > 100 && all.is_sorted_by_key(|booking| booking.id));
    assert_eq!(all, bench.platform.control().bookings(None).await.unwrap());
    for (name, body, why) in [
        ("booking", json!({ "id": 99_999 }), "there is no such booking"),
        (
            "booking",
            json!({ "id": id, "wall_time": "noon" }),
            "that is not a wall time",
        ),
        ("booking", json!({}), "not a change of a booking"),
        (
            "center",
            json!({ "center_id": 99 }),
            "there is no such service centre",
        ),
        (
            "center",
            json!({ "center_id": 8, "time_zone": "x" }),
            "there is no such time zone",
        ),
        ("center", json!([]), "not a change of a centre"),
    ] {
        assert_eq!(command(name, body).await, (400, json!({ "error": why })));
    }
    let odd = bench.get("/__control/bookings?customer_id=x", "").await;
    assert_eq!(odd.status, 400);
}
