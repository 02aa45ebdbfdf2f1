//! A booking is made once, whatever is cut, killed or repeated.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod support;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use pmi_platform::{Config, Database, Dialect, Fault, Gate, Match};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::Connection as _;
use support::{Bench, envelope, keyed, made, order, start, start_with, with};

async fn on_file(path: &Path) -> Bench {
    start_with(Config {
        database: Database::File(path.to_owned()),
        ..Config::default()
    })
    .await
}

#[tokio::test]
async fn a_booking_whose_answer_was_cut_is_answered_again_and_not_made_again() {
    let bench = start(Dialect::V2).await;
    let (customer, token) = bench.signed_in().await;
    let body = order(customer.vehicle_ids[0]);
    let control = bench.platform.control();
    control
        .on(Match::post("/api/bookings"))
        .times(1)
        .then(Fault::CutAfter);
    let request = bench
        .request(Method::POST, "/api/bookings")
        .bearer_auth(&token)
        .header("idempotency-key", "lost")
        .header("content-type", "application/json")
        .body(body.to_string());
    assert!(request.send().await.is_err());
    let again = keyed(&bench, &token, "lost", &body).await;
    assert_eq!(
        (again.status.as_u16(), again.header("idempotency-replayed")),
        (201, "true")
    );
    assert_eq!(made(&bench.platform).await, 1);
    let read = bench
        .get(&format!("/api/bookings/{}", again.body["appointment_id"]), &token)
        .await;
    assert_eq!(
        (&read.body, read.header("etag")),
        (&again.body, again.header("etag"))
    );
    let other = with(&body, "service_type", "repair");
    envelope(
        &keyed(&bench, &token, "lost", &other).await,
        422,
        "idempotency_key_reused",
    );
}

#[tokio::test]
async fn moving_and_cancelling_are_answered_again_as_they_were_then() {
    let bench = start(Dialect::V2).await;
    let (customer, token) = bench.signed_in().await;
    let first = bench.book(&token, &order(customer.vehicle_ids[0])).await;
    let path = format!("/api/bookings/{}", first.body["appointment_id"]);
    let to = json!({ "scheduled_at": "2026-11-25T12:00:00+05:30" });
    let send = async |method: Method, path: &str, body: &Value, key: &str| {
        // The tag is the one the phone still has: it is no part of what the key stands for.
        let headers = [("idempotency-key", key), ("if-match", first.header("etag"))];
        bench.send(method, path, &token, body, &headers).await
    };
    let moved = send(Method::PATCH, &path, &to, "move").await;
    assert_eq!((moved.status.as_u16(), &moved.body["revision"]), (200, &json!(2)));
    let again = send(Method::PATCH, &path, &to, "move").await;
    assert_eq!((again.status.as_u16(), &again.body), (200, &moved.body));
    assert_eq!(again.header("etag"), moved.header("etag"));
    let stale = send(Method::POST, &format!("{path}/cancel"), &Value::Null, "stale").await;
    envelope(&stale, 412, "precondition_failed");
    let again = send(Method::POST, &format!("{path}/cancel"), &Value::Null, "stale").await;
    assert_eq!(
        again.header("idempotency-replayed"),
        "true",
        "refusals are kept too"
    );
    let off = bench
        .send(
            Method::POST,
            &format!("{path}/cancel"),
            &token,
            &Value::Null,
            &[("idempotency-key", "off")],
        )
        .await;
    assert_eq!(off.text("status"), "cancelled");
    let again = send(Method::PATCH, &path, &to, "move").await;
    assert_eq!(again.text("status"), "scheduled", "as it was answered then");
    assert_eq!(bench.get(&path, &token).await.body, off.body);
}

#[tokio::test]
async fn a_refused_booking_is_refused_again_under_its_key_though_there_is_room_by_now() {
    let bench = start(Dialect::V2).await;
    let (customer, token) = bench.signed_in().await;
    let body = order(customer.vehicle_ids[0]);
    let control = bench.platform.control();
    control.set_center(8, Some(0), None).await.unwrap();
    let refused = keyed(&bench, &token, "full", &body).await;
    envelope(&refused, 409, "slot_taken");
    control.set_center(8, Some(1), None).await.unwrap();
    let again = keyed(&bench, &token, "full", &body).await;
    assert_eq!((again.status.as_u16(), &again.body), (409, &refused.body));
    assert_eq!(keyed(&bench, &token, "new", &body).await.status, 201);
}

#[tokio::test]
async fn a_key_is_forgotten_after_a_day_and_the_operation_is_not() {
    let bench = start(Dialect::V2).await;
    let (customer, token) = bench.signed_in().await;
    let body = with(&order(customer.vehicle_ids[0]), "client_operation_id", "week-old");
    let first = keyed(&bench, &token, "k", &body).await;
    assert_eq!(first.status, 201);
    bench.clock.advance(Duration::from_secs(24 * 3600));
    let (_, token) = bench.signed_in().await;
    let later = keyed(&bench, &token, "k", &body).await;
    assert_eq!(
        (later.status.as_u16(), later.header("idempotency-replayed")),
        (200, "")
    );
    assert_eq!(later.body, first.body);
    assert_eq!(made(&bench.platform).await, 1);
}

#[tokio::test]
async fn a_key_in_flight_is_refused_until_it_is_answered() {
    let bench = Arc::new(start(Dialect::V2).await);
    let (customer, token) = bench.signed_in().await;
    let body = order(customer.vehicle_ids[0]);
    let gate = Gate::new();
    bench
        .platform
        .control()
        .on(Match::post("/api/bookings"))
        .times(1)
        .then(Fault::HoldInside(gate.clone()));
    let held = tokio::spawn({
        let (bench, token, body) = (bench.clone(), token.clone(), body.clone());
        async move { keyed(&bench, &token, "slow", &body).await }
    });
    gate.arrived().await;
    envelope(&keyed(&bench, &token, "slow", &body).await, 409, "in_progress");
    assert_eq!(made(&bench.platform).await, 0);
    // Another key of the same customer does not wait.
    assert_eq!(keyed(&bench, &token, "other", &body).await.status, 201);
    gate.release();
    let first = held.await.unwrap();
    assert_eq!(
        (first.status.as_u16(), first.header("idempotency-replayed")),
        (201, "")
    );
    let again = keyed(&bench, &token, "slow", &body).await;
    assert_eq!((again.status.as_u16(), &again.body), (201, &first.body));
    assert_eq!(made(&bench.platform).await, 2);
}

#[tokio::test]
async fn an_effect_whose_answer_cannot_be_kept_does_not_happen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("full.sqlite3");
    let bench = on_file(&path).await;
    let (customer, token) = bench.signed_in().await;
    let body = order(customer.vehicle_ids[0]);
    let vin = json!({ "vin": bench.platform.seeded().unclaimed_vins[0] });
    let command = async |sql: &'static str| {
        let url = format!("sqlite://{}", path.display());
        let mut raw = sqlx::SqliteConnection::connect(&url).await.unwrap();
        sqlx::raw_sql(sql).execute(&mut raw).await.unwrap();
        raw.close().await.unwrap();
    };
    command("CREATE TRIGGER full BEFORE INSERT ON idempotency BEGIN SELECT RAISE(ABORT, 'full'); END").await;
    let keys = [("idempotency-key", "claim")];
    let claim = async || {
        bench
            .send(Method::POST, "/api/vehicles/claim", &token, &vin, &keys)
            .await
    };
    envelope(&keyed(&bench, &token, "k", &body).await, 500, "internal");
    envelope(&claim().await, 500, "internal");
    assert_eq!(made(&bench.platform).await, 0);
    let mine = bench.get("/api/vehicles", &token).await.body["items"].clone();
    assert_eq!(mine.as_array().map(Vec::len), Some(1));
    command("DROP TRIGGER full").await;
    let first = keyed(&bench, &token, "k", &body).await;
    assert_eq!(
        (first.status.as_u16(), first.header("idempotency-replayed")),
        (201, "")
    );
    assert_eq!(claim().await.status, 201);
    assert_eq!(made(&bench.platform).await, 1);
}

#[tokio::test]
async fn a_server_killed_before_it_could_answer_answers_when_it_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("killed.sqlite3");
    let bench = on_file(&path).await;
    let (customer, token) = bench.signed_in().await;
    let body = order(customer.vehicle_ids[0]);
    let gate = Gate::new();
    bench
        .platform
        .control()
        .on(Match::post("/api/bookings"))
        .then(Fault::HoldAfter(gate.clone()));
    let request = bench
        .request(Method::POST, "/api/bookings")
        .bearer_auth(&token)
        .header("idempotency-key", "killed")
        .header("content-type", "application/json")
        .body(body.to_string());
    let held = tokio::spawn(async move { request.send().await.is_err() });
    gate.arrived().await;
    drop(bench);
    held.abort();
    let bench = on_file(&path).await;
    let again = keyed(&bench, &token, "killed", &body).await;
    assert_eq!(
        (again.status.as_u16(), again.header("idempotency-replayed")),
        (201, "true")
    );
    assert_eq!(made(&bench.platform).await, 1);
}
