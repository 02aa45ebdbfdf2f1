//! The deployed platform's behaviour that no single recorded exchange shows.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod support;

use std::time::Duration;

use pmi_platform::{Config, Dialect, Fault, Match};
use serde_json::json;
use support::{get, raw, start, start_with};

#[tokio::test]
async fn there_is_no_discovery() {
    let bench = start(Dialect::V1).await;
    let reply = bench.get("/.well-known/pmi", "").await;
    assert_eq!(
        (reply.status.as_u16(), reply.body),
        (404, json!({ "detail": "Not Found" }))
    );
}

#[tokio::test]
async fn two_logins_in_one_second_give_the_same_tokens() {
    let bench = start(Dialect::V1).await;
    let customer = bench.platform.seeded().with_single_vehicle().unwrap().clone();
    let (one, two) = (bench.login(&customer).await, bench.login(&customer).await);
    assert_eq!(one.text("access_token"), two.text("access_token"));
    assert_eq!(one.text("refresh_token"), two.text("refresh_token"));
    let me = bench.get("/api/auth/me", one.text("access_token")).await;
    assert_eq!(me.body["customer_id"], customer.id);
}

#[tokio::test]
async fn signing_out_revokes_nothing_and_old_refresh_tokens_stay_good() {
    let bench = start(Dialect::V1).await;
    let customer = bench.platform.seeded().with_single_vehicle().unwrap().clone();
    let login = bench.login(&customer).await;
    assert_eq!(
        bench
            .post("/api/auth/logout", login.text("access_token"), &json!({}))
            .await
            .status,
        200
    );
    assert_eq!(
        bench.get("/api/auth/me", login.text("access_token")).await.status,
        200
    );
    for _ in 0..2 {
        let path = format!("/api/auth/refresh?refresh_token={}", login.text("refresh_token"));
        assert_eq!(bench.post(&path, "", &json!({})).await.status, 200);
    }
    assert_eq!(bench.platform.control().refreshes(), 2);
    let seen = bench.platform.control().seen();
    assert!(
        seen.iter()
            .all(|request| !request.path.contains(login.text("refresh_token")))
    );
}

#[tokio::test]
async fn a_refresh_while_the_database_is_down_is_a_401_without_a_challenge() {
    let bench = start(Dialect::V1).await;
    let customer = bench.platform.seeded().with_single_vehicle().unwrap().clone();
    let login = bench.login(&customer).await;
    bench
        .platform
        .control()
        .on(Match::any())
        .then(Fault::DatabaseDown);
    let path = format!("/api/auth/refresh?refresh_token={}", login.text("refresh_token"));
    let refused = bench.post(&path, "", &json!({})).await;
    assert_eq!(
        (refused.status.as_u16(), refused.header("www-authenticate")),
        (401, "")
    );
    assert_eq!(refused.text("detail"), "Invalid or expired refresh token");
    let fixes = bench
        .get(&format!("/api/fixes/vehicles-with-health/{}", customer.id), "")
        .await;
    assert_eq!(
        (fixes.status.as_u16(), fixes.body["error"].is_string()),
        (200, true)
    );
    let me = bench.get("/api/auth/me", login.text("access_token")).await;
    assert_eq!((me.status.as_u16(), me.body["detail"].is_string()), (500, true));
    let list = bench.get("/api/appointments/list", "").await;
    assert_eq!(
        (list.status.as_u16(), list.text("type")),
        (500, "ConnectionRefusedError")
    );
    assert_eq!(bench.get("/health", "").await.status, 503);
}

#[tokio::test]
async fn a_new_signing_key_answers_with_a_challenge() {
    let bench = start(Dialect::V1).await;
    let customer = bench.platform.seeded().with_single_vehicle().unwrap().clone();
    let login = bench.login(&customer).await;
    bench.platform.control().rotate_signing_key().await.unwrap();
    let path = format!("/api/auth/refresh?refresh_token={}", login.text("refresh_token"));
    let refused = bench.post(&path, "", &json!({})).await;
    assert_eq!(
        (refused.status.as_u16(), refused.header("www-authenticate")),
        (401, "Bearer")
    );
}

#[tokio::test]
async fn a_server_becomes_v2_at_the_same_origin() {
    let bench = start(Dialect::V1).await;
    assert_eq!(bench.get("/.well-known/pmi", "").await.status, 404);
    bench.platform.control().set_dialect(Dialect::V2);
    assert_eq!(bench.get("/.well-known/pmi", "").await.body["api_version"], 2);
    let (_, token) = bench.signed_in().await;
    assert_eq!(
        bench.get("/api/vehicles", &token).await.body["items"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
}

#[tokio::test]
async fn a_booking_made_at_ten_reads_ten_in_both_dialects() {
    let bench = start(Dialect::V1).await;
    let customer = bench.platform.seeded().with_single_vehicle().unwrap().clone();
    let body = json!({ "customer_id": customer.id, "vehicle_id": customer.vehicle_ids[0], "service_type": "Oil Change",
        "scheduled_date": "12/18/2026", "scheduled_time": "10:00 AM" });
    let made = bench.post("/api/bookings/create", "", &body).await;
    assert_eq!(made.text("scheduled_time"), "2026-12-18T10:00:00");
    let list = bench
        .get(&format!("/api/bookings/customer/{}", customer.id), "")
        .await;
    let times: Vec<_> = list.body["appointments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["scheduled_time"])
        .collect();
    assert!(times.contains(&&json!("2026-12-18T10:00:00+00:00")), "{times:?}");
    bench.platform.control().set_dialect(Dialect::V2);
    let (_, token) = bench.signed_in().await;
    let one = bench
        .get(&format!("/api/bookings/{}", made.body["appointment_id"]), &token)
        .await;
    assert_eq!(one.text("scheduled_at"), "2026-12-18T10:00:00+05:30");
    assert_eq!(one.text("time_zone"), "Asia/Kolkata");
}

#[tokio::test]
async fn the_v1_limiter_closes_the_connection_without_saying_so() {
    let limits = Some(pmi_platform::Limits {
        per_minute: 1,
        ..pmi_platform::Limits::default()
    });
    let bench = start_with(Config {
        dialect: Dialect::V1,
        limits,
        ..Config::default()
    })
    .await;
    let text = raw(
        &bench,
        &[
            get("/liveness"),
            get("/liveness"),
            get("/liveness"),
            get("/liveness"),
        ]
        .concat(),
    )
    .await;
    assert_eq!(
        text.matches("HTTP/1.1 200 OK").count(),
        2,
        "the bucket holds twice the rate"
    );
    assert_eq!(
        text.matches("HTTP/1.1 500").count(),
        1,
        "the request after the 500 is dropped"
    );
    let last = text.split("HTTP/1.1 500").nth(1).unwrap().to_lowercase();
    assert!(
        !last.contains("connection:") && !last.contains("x-request-id") && last.contains("429: {'error'")
    );
    bench.clock.advance(Duration::from_secs(60));
    assert_eq!(bench.get("/liveness", "").await.status, 200);
}

#[tokio::test]
async fn v1_writes_header_names_in_lower_case_and_closes_idle_connections() {
    let bench = start(Dialect::V1).await;
    let started = std::time::Instant::now();
    // The only wait on real time: five seconds are part of what is promised, and the read ends when the server closes.
    let text = raw(&bench, &get("/liveness")).await;
    let open = started.elapsed();
    assert!(
        text.contains("\r\nserver: uvicorn\r\n") && text.contains("\r\nx-request-id: "),
        "{text}"
    );
    assert!(
        (Duration::from_secs(4)..Duration::from_secs(9)).contains(&open),
        "{open:?}"
    );
}

#[tokio::test]
async fn v1_takes_a_body_of_two_megabytes_and_zips_the_smallest_answer() {
    let bench = start(Dialect::V1).await;
    let body = json!({ "email": "nobody@example.com", "password": "x".repeat(2 << 20) });
    assert_eq!(bench.post("/api/auth/login", "", &body).await.status, 404);
    let text = raw(
        &bench,
        "GET /nope HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n",
    )
    .await;
    let head = text.split("\r\n\r\n").next().unwrap();
    assert!(
        head.contains("content-encoding: gzip") && head.contains("transfer-encoding: chunked"),
        "{head}"
    );
    assert!(
        !head.contains("content-length") && !head.contains("etag"),
        "{head}"
    );
}

#[tokio::test]
async fn a_slash_too_many_is_a_redirect_to_the_host_asked_for_and_head_is_refused() {
    let bench = start(Dialect::V1).await;
    let moved = bench.get("/api/auth/me/?a=1", "").await;
    let host = bench.platform.url().replace("http://", "");
    assert_eq!(
        (moved.status.as_u16(), moved.header("location")),
        (307, &*format!("http://{host}/api/auth/me?a=1"))
    );
    let head = support::reply(bench.request(reqwest::Method::HEAD, "/liveness")).await;
    assert_eq!((head.status.as_u16(), head.header("allow")), (405, "GET"));
}
