//! Every fault does what its name says, on the wire, to both dialects where both apply.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod support;

use std::time::Duration;

use bytes::Bytes;
use pmi_platform::{Dialect, Fault, Gate, Match};
use reqwest::Method;
use serde_json::json;
use support::{WithJson as _, get, raw, reply, start};

const DIALECTS: [Dialect; 2] = [Dialect::V1, Dialect::V2];

#[tokio::test]
async fn cut_before_applies_nothing_and_cut_after_applies_everything() {
    let bench = start(Dialect::V1).await;
    let customer = bench.platform.seeded().with_single_vehicle().unwrap().clone();
    let control = bench.platform.control();
    let body = json!({ "customer_id": customer.id, "vehicle_id": customer.vehicle_ids[0], "service_type": "Oil Change",
        "scheduled_date": "12/18/2026", "scheduled_time": "10:00 AM" });
    let list = format!("/api/bookings/customer/{}", customer.id);
    let count = async || {
        bench.get(&list, "").await.body["total_appointments"]
            .as_u64()
            .unwrap()
    };
    let before = count().await;
    for (fault, added) in [(Fault::CutBefore, 0), (Fault::CutAfter, 1)] {
        control
            .on(Match::post("/api/bookings/create"))
            .times(1)
            .then(fault);
        let sent = bench
            .request(Method::POST, "/api/bookings/create")
            .with_json(&body)
            .send()
            .await;
        assert!(sent.is_err());
        assert_eq!(count().await, before + added);
    }
    assert_eq!(control.requests("POST", "/api/bookings/create"), 2);
    assert_eq!(control.outcomes("POST", "/api/bookings")[&0], 2);
}

#[tokio::test]
async fn a_held_request_waits_at_its_gate() {
    for dialect in DIALECTS {
        let bench = start(dialect).await;
        let path = if dialect == Dialect::V1 {
            "/liveness"
        } else {
            "/health/live"
        };
        for fault in [Fault::HoldBefore as fn(Gate) -> Fault, Fault::HoldAfter] {
            let gate = Gate::new();
            bench
                .platform
                .control()
                .on(Match::get(path))
                .times(1)
                .then(fault(gate.clone()));
            let request = bench.request(Method::GET, path);
            let sent = tokio::spawn(async move { reply(request).await.status });
            gate.arrived().await;
            assert!(!sent.is_finished());
            gate.release();
            assert_eq!(sent.await.unwrap(), 200);
        }
    }
}

#[tokio::test]
async fn a_request_whose_client_has_gone_is_handled_all_the_same() {
    let bench = start(Dialect::V2).await;
    let customer = bench.platform.seeded().with_single_vehicle().unwrap().clone();
    let login = bench.login(&customer).await;
    let gate = Gate::new();
    let control = bench.platform.control();
    control
        .on(Match::post("/api/auth/refresh"))
        .times(1)
        .then(Fault::HoldBefore(gate.clone()));
    let body = json!({ "refresh_token": login.text("refresh_token") });
    let request = bench.request(Method::POST, "/api/auth/refresh").with_json(&body);
    let sent = tokio::spawn(async move { request.send().await.is_ok() });
    gate.arrived().await;
    sent.abort();
    let _ = sent.await;
    gate.release();
    // The next refresh waits for the server's one write lock, behind or before the abandoned one: either way one rotates.
    assert_eq!(bench.refresh(login.text("refresh_token")).await.status, 200);
    assert_eq!(control.refresh_requests(), 2);
}

#[tokio::test]
async fn a_truncated_body_promises_more_than_it_gives() {
    for dialect in DIALECTS {
        let bench = start(dialect).await;
        let path = if dialect == Dialect::V1 {
            "/"
        } else {
            "/openapi.json"
        };
        bench
            .platform
            .control()
            .on(Match::get(path))
            .then(Fault::TruncateBody);
        let sent = bench.request(Method::GET, path).send().await.unwrap();
        assert_eq!(sent.status(), 200);
        assert!(
            sent.bytes().await.is_err(),
            "reqwest asks for gzip: its stream must be incomplete"
        );
        let text = raw(&bench, &get(path)).await;
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let promised: usize = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .unwrap()
            .parse()
            .unwrap();
        assert!(
            !body.is_empty() && body.len() < promised,
            "{} of {promised}",
            body.len()
        );
    }
}

#[tokio::test]
async fn answers_can_be_replaced_changed_and_redirected() {
    let bench = start(Dialect::V2).await;
    let control = bench.platform.control();
    let path = "/.well-known/pmi";
    control.on(Match::get(path)).times(1).then(Fault::Html);
    let html = bench.get(path, "").await;
    assert_eq!(
        (html.status.as_u16(), html.header("content-type")),
        (200, "text/html; charset=utf-8")
    );
    control
        .on(Match::get(path))
        .times(1)
        .then(Fault::Redirect("http://127.0.0.1:1/portal".into()));
    let redirect = bench.get(path, "").await;
    assert_eq!(
        (redirect.status.as_u16(), redirect.header("location")),
        (302, "http://127.0.0.1:1/portal")
    );
    control
        .on(Match::get(path))
        .times(1)
        .then(Fault::map_json(|body| body["added"] = json!(1)));
    let added = bench.get(path, "").await;
    assert_eq!(
        (added.body["added"].as_i64(), added.body["api_version"].as_i64()),
        (Some(1), Some(2))
    );
    control
        .on(Match::get(path))
        .times(1)
        .then(Fault::WrongBody(Bytes::from_static(b"{}")));
    assert_eq!(bench.get(path, "").await.body, json!({}));
    control
        .on(Match::get(path))
        .times(1)
        .then(Fault::status_with(503, "Retry-After", "7"));
    let busy = bench.get(path, "").await;
    assert_eq!((busy.status.as_u16(), busy.header("retry-after")), (503, "7"));
    control.on(Match::get(path)).times(1).then(Fault::DatabaseDown);
    assert_eq!(bench.get(path, "").await.text("error"), "unavailable");
    assert_eq!(bench.get(path, "").await.body["api_version"], 2);
}

#[tokio::test]
async fn bombs_are_as_large_as_said() {
    let bench = start(Dialect::V2).await;
    let control = bench.platform.control();
    control
        .on(Match::get("/health/live"))
        .times(1)
        .then(Fault::GzipBomb);
    let mut sent = bench.request(Method::GET, "/health/live").send().await.unwrap();
    let mut size = 0;
    while let Some(chunk) = sent.chunk().await.unwrap() {
        size += chunk.len();
    }
    assert_eq!(size, 256 * 1024 * 1024);
    control
        .on(Match::get("/health/live"))
        .times(1)
        .then(Fault::DeepJson);
    let deep = bench
        .request(Method::GET, "/health/live")
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert_eq!(deep.find(']'), Some(100_000));
    control
        .on(Match::get("/health/live"))
        .times(1)
        .then(Fault::HugeBody);
    let mut huge = bench.request(Method::GET, "/health/live").send().await.unwrap();
    let mut read = 0;
    while read < 8 * 1024 * 1024 {
        read += huge.chunk().await.unwrap().unwrap().len();
    }
}

#[tokio::test]
async fn a_trickle_comes_a_byte_at_a_time() {
    let bench = start(Dialect::V2).await;
    bench
        .platform
        .control()
        .on(Match::get("/health/live"))
        .times(1)
        .then(Fault::TrickleBody);
    let mut sent = bench
        .request(Method::GET, "/health/live")
        .header("accept-encoding", "identity")
        .send()
        .await
        .unwrap();
    assert_eq!(sent.chunk().await.unwrap().unwrap().len(), 1);
    assert_eq!(sent.chunk().await.unwrap().unwrap().len(), 1);
}

#[tokio::test]
async fn a_delay_delays() {
    let bench = start(Dialect::V2).await;
    bench
        .platform
        .control()
        .on(Match::any())
        .times(1)
        .then(Fault::Delay(Duration::from_millis(50)));
    let started = std::time::Instant::now();
    assert_eq!(bench.get("/health/live", "").await.status, 200);
    assert!(started.elapsed() >= Duration::from_millis(50));
}

#[tokio::test]
async fn a_cut_network_closes_what_is_open_and_refuses_what_is_new() {
    let bench = start(Dialect::V2).await;
    let gate = Gate::new();
    let control = bench.platform.control();
    control
        .on(Match::get("/health/live"))
        .times(1)
        .then(Fault::HoldBefore(gate.clone()));
    let request = bench.request(Method::GET, "/health/live");
    let sent = tokio::spawn(async move { request.send().await.is_err() });
    gate.arrived().await;
    control.network(false);
    assert!(sent.await.unwrap(), "an open connection is closed");
    assert!(bench.request(Method::GET, "/health/live").send().await.is_err());
    control.network(true);
    assert_eq!(bench.get("/health/live", "").await.status, 200);
}

#[tokio::test]
async fn the_nth_match_is_counted_from_one() {
    let bench = start(Dialect::V2).await;
    bench
        .platform
        .control()
        .on(Match::get("/health"))
        .nth(2)
        .then(Fault::json(500, &json!({})));
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(bench.get("/health/live", "").await.status.as_u16());
    }
    assert_eq!(statuses, [200, 500, 200]);
}
