//! Making bookings on v2: what is made, and every reason why not but a lack of room.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod support;

use std::time::Duration;

use pmi_platform::Dialect;
use reqwest::Method;
use serde_json::{Value, json};
use support::{envelope, invalid, order, reply, start, with};

const CLOCK: &str = "the centre's clock shows Asia/Kolkata";

#[tokio::test]
async fn a_booking_is_made_moved_and_cancelled_and_each_answer_has_the_tag_of_a_read() {
    let bench = start(Dialect::V2).await;
    let (customer, token) = bench.signed_in().await;
    let body = with(&order(customer.vehicle_ids[0]), "notes", "It squeaks");
    let body = with(
        &with(&body, "time_zone", "Asia/Kolkata"),
        "client_operation_id",
        "op-1",
    );
    let made = bench.book(&token, &body).await;
    assert_eq!(made.status, 201, "{made:?}");
    let id = made.body["appointment_id"].clone();
    let path = format!("/api/bookings/{id}");
    let read = bench.get(&path, &token).await;
    assert_eq!(
        (&read.body, read.header("etag")),
        (&made.body, made.header("etag"))
    );
    assert_eq!(
        made.body,
        json!({
            "appointment_id": id, "vehicle_id": customer.vehicle_ids[0], "vehicle": "Hero MotoCorp Splendor Plus",
            "service_type": "oil_change", "center_id": 8, "service_center": "PMI Service Centre - Ahmedabad",
            "scheduled_at": "2026-11-25T10:00:00+05:30", "time_zone": "Asia/Kolkata", "status": "scheduled",
            "estimated_duration": 30, "notes": "It squeaks", "client_operation_id": "op-1",
            "created_at": "2026-11-22T04:30:00Z", "updated_at": "2026-11-22T04:30:00Z", "revision": 1,
        })
    );
    let to = json!({ "scheduled_at": "2026-11-26T15:30:00+05:30" });
    let moved = bench.reschedule(&token, &id, &to, made.header("etag")).await;
    assert_eq!(
        (
            moved.status.as_u16(),
            moved.text("scheduled_at"),
            &moved.body["revision"]
        ),
        (200, "2026-11-26T15:30:00+05:30", &json!(2))
    );
    let read = bench.get(&path, &token).await;
    assert_eq!(
        (&read.body, read.header("etag")),
        (&moved.body, moved.header("etag"))
    );
    let off = bench.cancel(&token, &id, moved.header("etag")).await;
    assert_eq!((off.status.as_u16(), off.text("status")), (200, "cancelled"));
    let read = bench.get(&path, &token).await;
    assert_eq!((&read.body, read.header("etag")), (&off.body, off.header("etag")));
    let seen = bench
        .platform
        .control()
        .bookings(Some(customer.id))
        .await
        .unwrap();
    let seen = seen.last().unwrap();
    assert_eq!(
        (seen.wall_time.as_str(), seen.status.as_str(), seen.center_id),
        ("2026-11-26T15:30:00", "cancelled", 8)
    );
    assert_eq!(seen.client_operation_id.as_deref(), Some("op-1"));
}

#[tokio::test]
async fn each_service_takes_its_time() {
    let bench = start(Dialect::V2).await;
    let (customer, token) = bench.signed_in().await;
    bench
        .platform
        .control()
        .set_center(8, Some(20), None)
        .await
        .unwrap();
    for (service_type, minutes) in [
        ("general_service", 90),
        ("oil_change", 30),
        ("brake_service", 60),
        ("inspection", 45),
        ("repair", 120),
    ] {
        let body = with(&order(customer.vehicle_ids[0]), "service_type", service_type);
        assert_eq!(
            bench.book(&token, &body).await.body["estimated_duration"],
            minutes
        );
    }
}

#[tokio::test]
async fn what_is_wrong_by_itself_is_422_and_names_its_field() {
    let bench = start(Dialect::V2).await;
    let (customer, token) = bench.signed_in().await;
    let good = order(customer.vehicle_ids[0]);
    for (name, value, reason) in [
        ("vehicle_id", Value::Null, "is required"),
        ("vehicle_id", json!("1"), "is not a whole number"),
        ("vehicle_id", json!(1.5), "is not a whole number"),
        ("center_id", json!("8"), "is not a whole number"),
        ("service_type", Value::Null, "is required"),
        ("service_type", json!("Oil Change"), "is not a service type"),
        ("service_type", json!(1), "is not a text"),
        ("scheduled_at", Value::Null, "is required"),
        (
            "scheduled_at",
            json!("2026-11-25T10:00:00"),
            "is not RFC 3339 with an offset",
        ),
        ("scheduled_at", json!("2026-11-25T10:00:30+05:30"), "has seconds"),
        (
            "scheduled_at",
            json!("2026-11-25T10:00:00.25+05:30"),
            "has seconds",
        ),
        ("time_zone", json!("Asia/Atlantis"), "is not a time zone"),
        ("notes", json!("x".repeat(2001)), "is too long"),
        ("notes", json!("a\0b"), "has a character that is not allowed"),
        (
            "client_operation_id",
            json!(""),
            "is not 1 to 128 printable characters",
        ),
        (
            "client_operation_id",
            json!("a b"),
            "is not 1 to 128 printable characters",
        ),
        ("client_operation_id", json!("x".repeat(129)), "is too long"),
    ] {
        let refused = bench.book(&token, &with(&good, name, value.clone())).await;
        invalid(&refused, &[(name, reason)]);
    }
    invalid(
        &bench.book(&token, &json!({})).await,
        &[
            ("vehicle_id", "is required"),
            ("service_type", "is required"),
            ("scheduled_at", "is required"),
        ],
    );
    envelope(&bench.book(&token, &json!([])).await, 400, "bad_request");
    let plain = bench.request(Method::POST, "/api/bookings").bearer_auth(&token);
    let plain = plain.header("content-type", "text/plain").body(good.to_string());
    envelope(&reply(plain).await, 415, "unsupported_media_type");
    let large = with(&good, "notes", "x".repeat(256 * 1024));
    envelope(&bench.book(&token, &large).await, 413, "payload_too_large");
    let longest = with(&good, "notes", "ä".repeat(2000));
    let longest = with(&longest, "client_operation_id", "~".repeat(128));
    assert_eq!(bench.book(&token, &longest).await.status, 201);
}

#[tokio::test]
async fn a_time_must_lie_ahead_on_the_half_hour_within_opening_hours() {
    let bench = start(Dialect::V2).await;
    let (customer, token) = bench.signed_in().await;
    let good = order(customer.vehicle_ids[0]);
    // The server's clock shows 10:00 in India.
    for (at, reason) in [
        ("2026-11-22T09:30:00+05:30", "lies in the past"),
        ("2026-11-22T10:00:00+05:30", "lies in the past"),
        ("2026-11-25T10:15:00+05:30", "is not on the half-hour"),
        ("2026-11-25T08:30:00+05:30", "is outside opening hours"),
        ("2026-11-25T18:00:00+05:30", "is outside opening hours"),
    ] {
        let refused = bench.book(&token, &with(&good, "scheduled_at", at)).await;
        invalid(&refused, &[("scheduled_at", reason)]);
        let mut anywhere = with(&good, "scheduled_at", at);
        anywhere.as_object_mut().unwrap().remove("center_id");
        invalid(&bench.book(&token, &anywhere).await, &[("scheduled_at", reason)]);
    }
    for at in [
        "2026-11-22T10:30:00+05:30",
        "2026-11-25T09:00:00+05:30",
        "2026-11-25T17:30:00+05:30",
    ] {
        assert_eq!(
            bench.book(&token, &with(&good, "scheduled_at", at)).await.status,
            201,
            "{at}"
        );
    }
}

#[tokio::test]
async fn the_centres_clock_decides() {
    let bench = start(Dialect::V2).await;
    let (customer, token) = bench.signed_in().await;
    let good = order(customer.vehicle_ids[0]);
    for at in [
        "2026-11-25T10:00:00Z",
        "2026-11-25T10:00:00+05:00",
        "2026-11-25T16:30:00+12:00",
    ] {
        let refused = bench.book(&token, &with(&good, "scheduled_at", at)).await;
        invalid(&refused, &[("time_zone", CLOCK)]);
    }
    let named = |zone: &str| with(&good, "time_zone", zone);
    invalid(
        &bench.book(&token, &named("Asia/Colombo")).await,
        &[("time_zone", CLOCK)],
    );
    assert_eq!(bench.book(&token, &named("asia/kolkata")).await.status, 201);
    let both = with(&good, "scheduled_at", "2026-11-25T20:00:00Z");
    let reasons = [("scheduled_at", "is outside opening hours"), ("time_zone", CLOCK)];
    invalid(&bench.book(&token, &both).await, &reasons);
}

#[tokio::test]
async fn somebody_elses_vehicle_and_a_centre_there_is_not_are_not_found() {
    let bench = start(Dialect::V2).await;
    let (customer, token) = bench.signed_in().await;
    let other = bench.platform.seeded().with_many_vehicles().unwrap().vehicle_ids[0];
    for (vehicle, center, message) in [
        (other, 8, "There is no such vehicle, or it is not yours."),
        (60, 8, "There is no such vehicle, or it is not yours."),
        (9_999, 9_999, "There is no such vehicle, or it is not yours."),
        (i64::MAX, 8, "There is no such vehicle, or it is not yours."),
        (customer.vehicle_ids[0], 9_999, "There is no such service centre."),
    ] {
        let late = with(&order(vehicle), "scheduled_at", "2026-11-20T10:00:00+05:30");
        let refused = bench.book(&token, &with(&late, "center_id", center)).await;
        envelope(&refused, 404, "not_found");
        assert_eq!(refused.text("message"), message);
    }
}

#[tokio::test]
async fn an_operation_makes_one_booking_for_ever_and_is_given_it_as_it_is_now() {
    let bench = start(Dialect::V2).await;
    let (customer, token) = bench.signed_in().await;
    let body = with(&order(customer.vehicle_ids[0]), "client_operation_id", "op/1");
    let made = bench.book(&token, &body).await;
    assert_eq!(made.status, 201);
    let found = bench
        .get("/api/bookings?client_operation_id=op%2F1", &token)
        .await;
    assert_eq!(found.body, json!({ "items": [made.body], "next_cursor": null }));
    let none = bench.get("/api/bookings?client_operation_id=op", &token).await;
    assert_eq!(none.body, json!({ "items": [], "next_cursor": null }));
    let both = "/api/bookings?client_operation_id=op%2F1&status=cancelled";
    assert_eq!(bench.get(both, &token).await.body["items"], json!([]));
    let id = &made.body["appointment_id"];
    let off = bench.cancel(&token, id, "").await;
    // A month later, the time long past, the centre full: it is that booking still.
    bench.clock.advance(Duration::from_secs(31 * 24 * 3600));
    bench
        .platform
        .control()
        .set_center(8, Some(0), None)
        .await
        .unwrap();
    let (_, token) = bench.signed_in().await;
    let again = bench.book(&token, &body).await;
    assert_eq!((again.status.as_u16(), &again.body), (200, &off.body));
    assert_eq!(again.header("etag"), off.header("etag"));
    for (name, value) in [("service_type", json!("repair")), ("vehicle_id", json!(9_999))] {
        let other = bench.book(&token, &with(&body, name, value)).await;
        envelope(&other, 422, "client_operation_id_reused");
    }
    let other = bench.platform.seeded().with_many_vehicles().unwrap().clone();
    let theirs = bench.token(&other).await;
    assert_eq!(
        bench
            .get("/api/bookings?client_operation_id=op%2F1", &theirs)
            .await
            .body["items"],
        json!([])
    );
    bench
        .platform
        .control()
        .set_center(8, Some(1), None)
        .await
        .unwrap();
    let body = with(&body, "scheduled_at", "2027-01-05T10:00:00+05:30");
    let made = bench
        .book(&theirs, &with(&body, "vehicle_id", other.vehicle_ids[0]))
        .await;
    assert_eq!(made.status, 201, "an operation is its customer's: {made:?}");
}

#[tokio::test]
async fn who_may_only_look_is_told_which_permission_is_missing() {
    let bench = start(Dialect::V2).await;
    let seeded = bench.platform.seeded().clone();
    let good = order(1);
    for role in ["viewer", "mechanic", "service_center", "admin"] {
        let token = bench.token(seeded.with_role(role).unwrap()).await;
        for (method, path, permission) in [
            (Method::POST, "/api/bookings", "book_appointment"),
            (Method::PATCH, "/api/bookings/1", "book_appointment"),
            (Method::POST, "/api/bookings/1/cancel", "cancel_own_appointment"),
        ] {
            let refused = bench.send(method, path, &token, &good, &[]).await;
            envelope(&refused, 403, "missing_permission");
            assert_eq!(refused.body["detail"], json!({ "permission": permission }));
        }
    }
    envelope(
        &bench.post("/api/bookings", "", &good).await,
        401,
        "not_authenticated",
    );
}

#[tokio::test]
async fn a_booking_of_one_dialect_looks_right_in_the_other() {
    let bench = start(Dialect::V2).await;
    let (customer, token) = bench.signed_in().await;
    let control = bench.platform.control();
    let body = with(&order(customer.vehicle_ids[0]), "notes", "It squeaks");
    let made = bench.book(&token, &body).await.body["appointment_id"].clone();
    control.set_dialect(Dialect::V1);
    let (_, v1) = bench.signed_in().await;
    let path = format!("/api/appointments/{made}");
    let shown = bench.get(&path, &v1).await;
    assert_eq!(
        (shown.text("scheduled_time"), shown.text("predicted_issue")),
        ("2026-11-25T10:00:00Z", "It squeaks")
    );
    let body = json!({
        "customer_id": customer.id, "vehicle_id": customer.vehicle_ids[0], "service_type": "Brake Service",
        "scheduled_date": "11/26/2026", "scheduled_time": "3:30 PM", "notes": "From v1",
    });
    let other = bench.post("/api/bookings/create", &v1, &body).await.body["appointment_id"].clone();
    let put = json!({ "scheduled_time": "2026-11-27T11:00:00Z" });
    assert_eq!(bench.send(Method::PUT, &path, &v1, &put, &[]).await.status, 200);
    control.set_dialect(Dialect::V2);
    let (_, token) = bench.signed_in().await;
    let shown = bench.get(&format!("/api/bookings/{other}"), &token).await;
    assert_eq!(
        (
            shown.text("scheduled_at"),
            shown.text("notes"),
            shown.text("service_type")
        ),
        ("2026-11-26T15:30:00+05:30", "From v1", "brake_service")
    );
    let moved = bench.get(&format!("/api/bookings/{made}"), &token).await;
    assert_eq!(moved.text("scheduled_at"), "2026-11-27T11:00:00+05:30");
    assert_eq!(moved.body["revision"], 2, "v1's change is one too");
    let again = json!({ "scheduled_at": "2026-11-27T11:30:00+05:30" });
    assert_eq!(bench.reschedule(&token, &other, &again, "").await.status, 200);
}
