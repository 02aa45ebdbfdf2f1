//! Starting, draining and stopping, and commands over HTTP.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod support;

use std::time::Duration;

use pmi_platform::{Config, Dialect, Fault, Gate, Match};
use reqwest::Method;
use serde_json::{Value, json};
use support::{raw, reply, start, start_with};

const DIALECTS: [Dialect; 2] = [Dialect::V1, Dialect::V2];

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
    let merge = json!({ "path": "/health", "times": 1, "fault": "merge", "body": "{\"more\": 1}" });
    assert_eq!(bench.post("/__control/rules", "", &merge).await.status, 200);
    assert_eq!(
        bench.get("/health/live", "").await.body,
        json!({ "status": "alive", "more": 1 })
    );
    for fault in ["hold_before", "hold_inside", "hold_after"] {
        let hold = json!({ "path": "/health", "times": 1, "fault": fault, "gate": fault });
        assert_eq!(bench.post("/__control/rules", "", &hold).await.status, 200);
        let request = bench.request(Method::GET, "/health/live");
        let held = tokio::spawn(async move { reply(request).await.status });
        bench.platform.control().gate(fault).arrived().await;
        assert_eq!(
            bench
                .post("/__control/gate", "", &json!({ "gate": fault }))
                .await
                .body,
            json!({ "arrived": 1 })
        );
        assert_eq!(
            bench
                .post("/__control/release", "", &json!({ "gate": fault }))
                .await
                .status,
            200
        );
        assert_eq!(held.await.unwrap(), 200);
    }
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

#[tokio::test]
async fn a_body_that_does_not_come_in_time_is_503() {
    let bench = start_with(Config {
        request_timeout: Duration::from_millis(50),
        ..Config::default()
    })
    .await;
    let head = "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{";
    let text = raw(&bench, head).await;
    assert!(
        text.starts_with("HTTP/1.1 503") && text.contains("\r\nretry-after: 1\r\n"),
        "{text}"
    );
    assert!(text.contains("\"error\":\"unavailable\""), "{text}");
}
