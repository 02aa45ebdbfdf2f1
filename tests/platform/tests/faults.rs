//! Every fault does what its name says, on the wire, to both dialects where both apply.

mod support;

use std::io::ErrorKind;
use std::time::Duration;

use bytes::Bytes;
use pmi_platform::{Config, Dialect, Fault, Gate, Match};
use reqwest::Method;
use serde_json::{Value, json};
use support::{Bench, reply, start, start_with};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const DIALECTS: [Dialect; 2] = [Dialect::V1, Dialect::V2];

/// Everything a server sends to a raw request, until it closes the connection.
async fn raw(bench: &Bench, request: &str) -> String {
    let address = bench.platform.url().trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut all = Vec::new();
    match stream.read_to_end(&mut all).await {
        Err(error) => assert_eq!(error.kind(), ErrorKind::ConnectionReset),
        Ok(_) => {}
    }
    String::from_utf8_lossy(&all).into_owned()
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n")
}

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
            .json(&body)
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
    let request = bench.request(Method::POST, "/api/auth/refresh").json(&body);
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
async fn a_server_that_stops_lets_running_requests_end_and_then_is_gone() {
    let bench = start(Dialect::V2).await;
    let gate = Gate::new();
    bench
        .platform
        .control()
        .on(Match::get("/health/live"))
        .times(1)
        .then(Fault::HoldAfter(gate.clone()));
    let request = bench.request(Method::GET, "/health/live");
    let url = bench.platform.url();
    let sent = tokio::spawn(async move { reply(request).await.status });
    gate.arrived().await;
    let control = bench.platform.control().clone();
    let stopped = tokio::spawn(bench.platform.stop());
    gate.release();
    assert_eq!(sent.await.unwrap(), 200);
    stopped.await.unwrap();
    assert!(
        bench
            .client
            .get(format!("{url}/health/live"))
            .send()
            .await
            .is_err()
    );
    assert_eq!(control.requests("GET", "/health/live"), 1);
}

#[tokio::test]
async fn a_hung_request_does_not_keep_a_server_from_stopping() {
    let bench = start_with(Config {
        stop_timeout: Duration::from_millis(100),
        ..Config::default()
    })
    .await;
    let gate = Gate::new();
    bench
        .platform
        .control()
        .on(Match::any())
        .then(Fault::HoldBefore(gate.clone()));
    let request = bench.request(Method::GET, "/health/live");
    let sent = tokio::spawn(async move { request.send().await.is_err() });
    gate.arrived().await;
    bench.platform.stop().await;
    assert!(sent.await.unwrap());
}

#[tokio::test]
async fn a_draining_server_says_when_to_come_back() {
    for dialect in DIALECTS {
        let bench = start(dialect).await;
        bench.platform.control().set_draining(true);
        let refused = bench.get("/health", "").await;
        assert_eq!(
            (refused.status.as_u16(), refused.header("retry-after")),
            (503, "1")
        );
        bench.platform.control().set_draining(false);
        assert_ne!(bench.get("/health/live", "").await.status, 503);
    }
}

#[tokio::test]
async fn the_same_commands_come_over_http_if_asked_for() {
    let bench = start(Dialect::V2).await;
    assert_eq!(bench.get("/__control/counts", "").await.status, 404);
    let bench = start_with(Config {
        control_routes: true,
        ..Config::default()
    })
    .await;
    let rule = json!({ "method": "get", "path": "/health", "times": 1, "fault": "status", "status": 418 });
    assert!(bench.post("/__control/rules", "", &rule).await.body["id"].is_u64());
    assert_eq!(bench.get("/health/live", "").await.status, 418);
    assert_eq!(bench.get("/health/live", "").await.status, 200);
    let counts = bench.get("/__control/counts", "").await;
    assert_eq!(
        (
            counts.body["requests"].as_u64(),
            counts.body["refreshes"].as_u64()
        ),
        (Some(2), Some(0))
    );
    let unknown = json!({ "path": "/", "fault": "nonsense" });
    assert_eq!(bench.post("/__control/rules", "", &unknown).await.status, 400);
    for (command, body) in [
        ("dialect", json!({ "dialect": 1 })),
        ("clear", json!({})),
        ("reset-counts", json!({})),
    ] {
        assert_eq!(
            bench.post(&format!("/__control/{command}"), "", &body).await.body,
            json!({ "ok": true })
        );
    }
    assert_eq!(
        bench.get("/.well-known/pmi", "").await.body,
        json!({ "detail": "Not Found" })
    );
    let seen: Value = bench.get("/__control/seen", "").await.body;
    assert_eq!(
        seen["requests"].as_array().map(Vec::len),
        Some(1),
        "commands do not count"
    );
}

#[tokio::test]
async fn only_loopback_is_listened_on() {
    let config = Config {
        listen: "0.0.0.0:0".parse().unwrap(),
        ..Config::default()
    };
    let refused = pmi_platform::Platform::start(config).await;
    assert!(matches!(refused, Err(pmi_platform::StartError::NotLoopback(_))));
}
