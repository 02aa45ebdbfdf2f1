//! Making, moving and cancelling bookings on v2.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod support;

use pmi_platform::Dialect;
use reqwest::Method;
use serde_json::{Value, json};
use support::{Bench, Reply, WithJson as _, reply, start};

/// An order for a vehicle at the second centre, which has 20 places and a Wednesday at ten free.
fn order(vehicle: i64) -> Value {
    json!({
        "vehicle_id": vehicle, "service_type": "oil_change", "center_id": 2,
        "scheduled_at": "2026-11-25T10:00:00+05:30",
    })
}

async fn patch(bench: &Bench, token: &str, booking: &Value, body: &Value, tag: &str) -> Reply {
    let request = bench
        .request(Method::PATCH, &format!("/api/bookings/{booking}"))
        .bearer_auth(token)
        .with_json(body);
    reply(if tag.is_empty() {
        request
    } else {
        request.header("if-match", tag)
    })
    .await
}

async fn cancel(bench: &Bench, token: &str, booking: &Value, tag: &str) -> Reply {
    let request = bench
        .request(Method::POST, &format!("/api/bookings/{booking}/cancel"))
        .bearer_auth(token);
    reply(if tag.is_empty() {
        request
    } else {
        request.header("if-match", tag)
    })
    .await
}

#[tokio::test]
async fn a_booking_is_made_moved_and_cancelled_and_each_answer_has_the_tag_of_a_read() {
    let bench = start(Dialect::V2).await;
    let (customer, token) = bench.signed_in().await;
    let mut body = order(customer.vehicle_ids[0]);
    body["notes"] = json!("It squeaks");
    body["time_zone"] = json!("Asia/Kolkata");
    body["client_operation_id"] = json!("op-1");
    let made = bench.post("/api/bookings", &token, &body).await;
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
            "service_type": "oil_change", "center_id": 2, "service_center": "PMI Service Centre - Bengaluru",
            "scheduled_at": "2026-11-25T10:00:00+05:30", "time_zone": "Asia/Kolkata", "status": "scheduled",
            "estimated_duration": 30, "notes": "It squeaks", "client_operation_id": "op-1",
            "created_at": "2026-11-22T04:30:00Z", "updated_at": "2026-11-22T04:30:00Z", "revision": 1,
        })
    );
    let to = json!({ "scheduled_at": "2026-11-26T15:30:00+05:30" });
    let moved = patch(&bench, &token, &id, &to, made.header("etag")).await;
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
    let off = cancel(&bench, &token, &id, moved.header("etag")).await;
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
        ("2026-11-26T15:30:00", "cancelled", 2)
    );
    assert_eq!(seen.client_operation_id.as_deref(), Some("op-1"));
}
