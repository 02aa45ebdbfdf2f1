//! What every v2 answer and request obeys: errors, limits, tags, keys, encodings.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod support;

use std::collections::BTreeSet;
use std::time::Duration;

use pmi_platform::{Config, Dialect, Fault, Gate, Limits, Match, V2_ROUTES};
use reqwest::Method;
use serde_json::{Value, json};
use support::{Bench, Reply, WithJson as _, envelope, reply, start, start_with};

async fn keyed(bench: &Bench, token: &str, key: &str, vin: &str) -> Reply {
    let request = bench
        .request(Method::POST, "/api/vehicles/claim")
        .bearer_auth(token)
        .with_json(&json!({ "vin": vin }));
    reply(request.header("idempotency-key", key)).await
}

#[tokio::test]
async fn every_refusal_has_the_one_envelope() {
    let bench = start(Dialect::V2).await;
    let (_, token) = bench.signed_in().await;
    envelope(&bench.get("/nope", "").await, 404, "not_found");
    envelope(
        &bench.get("/api/vehicles/51x/details", &token).await,
        404,
        "not_found",
    );
    envelope(
        &reply(bench.request(Method::DELETE, "/api/vehicles")).await,
        405,
        "method_not_allowed",
    );
    envelope(
        &reply(bench.request(Method::GET, "/api/auth/me")).await,
        401,
        "not_authenticated",
    );
    envelope(&bench.get("/api/auth/me", "rubbish").await, 401, "invalid_token");
    envelope(
        &bench.post("/api/auth/login", "", &json!({})).await,
        422,
        "validation_failed",
    );
    let login = || bench.request(Method::POST, "/api/auth/login");
    let json_type = "application/json";
    envelope(
        &reply(login().header("content-type", json_type).body("{")).await,
        400,
        "bad_request",
    );
    envelope(
        &reply(login().header("content-type", "text/plain").body("{}")).await,
        415,
        "unsupported_media_type",
    );
    let large = "x".repeat(256 * 1024 + 1);
    envelope(
        &reply(login().header("content-type", json_type).body(large)).await,
        413,
        "payload_too_large",
    );
    envelope(
        &bench.get("/api/bookings?cursor=%21", &token).await,
        400,
        "bad_request",
    );
    envelope(
        &bench.get("/api/bookings?limit=201", &token).await,
        422,
        "validation_failed",
    );
    envelope(
        &bench.get("/api/bookings?status=banana", &token).await,
        422,
        "validation_failed",
    );
    for path in ["/api/auth/me", "/nope"] {
        assert_eq!(
            reply(bench.request(Method::GET, path))
                .await
                .header("www-authenticate")
                .is_empty(),
            path == "/nope"
        );
    }
}

#[tokio::test]
async fn request_ids_are_echoed_if_printable_and_made_otherwise() {
    let bench = start(Dialect::V2).await;
    let named = |id: &str| {
        bench
            .request(Method::GET, "/health/live")
            .header("x-request-id", id)
    };
    assert_eq!(reply(named("abc 1")).await.header("x-request-id"), "abc 1");
    let long = "x".repeat(129);
    let made = reply(named(&long)).await;
    assert_eq!(made.header("x-request-id").len(), 36);
    assert_eq!(made.header("date"), "Sun, 22 Nov 2026 04:30:00 GMT");
}

#[tokio::test]
async fn every_route_that_is_served_is_described_and_guarded() {
    let bench = start(Dialect::V2).await;
    let description = bench.get("/openapi.json", "").await.body;
    let mut described = BTreeSet::new();
    for (path, operations) in description["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys() {
            described.insert((method.to_uppercase(), path.clone()));
        }
    }
    let served: BTreeSet<_> = V2_ROUTES
        .iter()
        .map(|route| (route.method.to_owned(), route.path.to_owned()))
        .collect();
    assert_eq!(described, served);
    let methods = [
        Method::GET,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
    ];
    for path in served.iter().map(|(_, path)| path).collect::<BTreeSet<_>>() {
        for method in &methods {
            let answer = reply(bench.request(method.clone(), &path.replace("{id}", "1"))).await;
            let known = served.contains(&(method.to_string(), path.clone()));
            assert_eq!(answer.status != 405, known, "{method} {path}: {}", answer.status);
            assert_ne!(answer.status, 404, "{method} {path}");
            let open = description["paths"][path][method.as_str().to_lowercase()]["security"] == json!([]);
            assert!(
                !known || open == (answer.status != 401),
                "{method} {path}: {}",
                answer.status
            );
        }
    }
}

#[tokio::test]
async fn every_read_has_a_strong_tag_and_is_304_to_who_has_it() {
    let bench = start(Dialect::V2).await;
    let (customer, token) = bench.signed_in().await;
    let details = format!("/api/vehicles/{}/details", customer.vehicle_ids[0]);
    for route in V2_ROUTES
        .iter()
        .filter(|route| route.method == "GET" && !route.path.contains("{id}"))
    {
        let first = bench.get(route.path, &token).await;
        assert!(first.header("etag").starts_with('"'), "{route:?}");
    }
    for encoding in ["identity", "gzip", "zstd"] {
        let ask = |tag: String| {
            let request = bench.request(Method::GET, &details).bearer_auth(&token);
            reply(
                request
                    .header("accept-encoding", encoding)
                    .header("if-none-match", tag),
            )
        };
        let first = ask(String::new()).await;
        assert_eq!(first.status, 200);
        bench.clock.advance(Duration::from_secs(60));
        let again = ask(format!("\"other\", {}", first.header("etag"))).await;
        assert_eq!((again.status.as_u16(), again.body.clone()), (304, Value::Null));
        assert_eq!(again.header("etag"), first.header("etag"));
    }
    let tag = bench
        .get("/api/notifications", &token)
        .await
        .header("etag")
        .to_owned();
    let notice = bench.get("/api/notifications", &token).await.body["items"][0]["notification_id"].clone();
    reply(
        bench
            .request(Method::PUT, &format!("/api/notifications/{notice}/read"))
            .bearer_auth(&token),
    )
    .await;
    let changed = bench
        .request(Method::GET, "/api/notifications")
        .bearer_auth(&token)
        .header("if-none-match", tag);
    assert_eq!(reply(changed).await.status, 200, "what changed is sent");
}

#[tokio::test]
async fn large_answers_are_compressed_as_asked() {
    let bench = start(Dialect::V2).await;
    let raw = reqwest::Client::builder()
        .no_gzip()
        .no_zstd()
        .no_proxy()
        .build()
        .unwrap();
    let url = format!("{}/openapi.json", bench.platform.url());
    for (asked, given) in [("gzip", "gzip"), ("zstd", "zstd"), ("identity", ""), ("br", "")] {
        let answer = raw
            .get(&url)
            .header("accept-encoding", asked)
            .send()
            .await
            .unwrap();
        let encoding = answer
            .headers()
            .get("content-encoding")
            .map_or("", |value| value.to_str().unwrap());
        assert_eq!(encoding, given);
    }
}

#[tokio::test]
async fn an_idempotency_key_repeats_the_answer_for_a_day() {
    let bench = start(Dialect::V2).await;
    let (_, token) = bench.signed_in().await;
    let vins = bench.platform.seeded().unclaimed_vins.clone();
    let first = keyed(&bench, &token, "key-1", &vins[0]).await;
    assert_eq!(
        (first.status.as_u16(), first.header("idempotency-replayed")),
        (201, "")
    );
    let again = keyed(&bench, &token, "key-1", &vins[0]).await;
    assert_eq!(
        (again.status.as_u16(), again.header("idempotency-replayed")),
        (201, "true")
    );
    assert_eq!(again.body, first.body);
    envelope(
        &keyed(&bench, &token, "key-1", &vins[1]).await,
        422,
        "idempotency_key_reused",
    );
    let (other, unknown) = ("1M8GDM9AXKP042788", "key-2");
    envelope(&keyed(&bench, &token, unknown, other).await, 404, "not_found");
    assert_eq!(
        keyed(&bench, &token, unknown, other)
            .await
            .header("idempotency-replayed"),
        "true"
    );
    bench.clock.advance(Duration::from_secs(24 * 3600));
    let (_, token) = bench.signed_in().await;
    let later = keyed(&bench, &token, "key-1", &vins[0]).await;
    assert_eq!(
        (later.status.as_u16(), later.header("idempotency-replayed")),
        (200, ""),
        "the key is forgotten"
    );
}

#[tokio::test]
async fn a_key_whose_answer_was_lost_or_is_still_on_its_way_gives_it_again() {
    let bench = start(Dialect::V2).await;
    let (_, token) = bench.signed_in().await;
    let vins = bench.platform.seeded().unclaimed_vins.clone();
    let control = bench.platform.control();
    control
        .on(Match::post("/api/vehicles/claim"))
        .times(1)
        .then(Fault::CutAfter);
    let request = bench
        .request(Method::POST, "/api/vehicles/claim")
        .bearer_auth(&token);
    let request = request
        .header("idempotency-key", "lost")
        .with_json(&json!({ "vin": vins[0] }));
    assert!(request.send().await.is_err());
    let again = keyed(&bench, &token, "lost", &vins[0]).await;
    assert_eq!(
        (again.status.as_u16(), again.header("idempotency-replayed")),
        (201, "true")
    );

    let gate = Gate::new();
    let handling = bench
        .platform
        .control()
        .on(Match::post("/api/vehicles/claim"))
        .times(1);
    handling.then(Fault::All(vec![Fault::HoldAfter(gate.clone())]));
    let slow = bench
        .request(Method::POST, "/api/vehicles/claim")
        .bearer_auth(&token);
    let slow = slow
        .header("idempotency-key", "slow")
        .with_json(&json!({ "vin": vins[1] }));
    let slow = tokio::spawn(async move { reply(slow).await.status });
    gate.arrived().await;
    // Held after its answer was made: that is kept already, so the same key gets it rather than `in_progress`.
    assert_eq!(keyed(&bench, &token, "slow", &vins[1]).await.status, 201);
    gate.release();
    assert_eq!(slow.await.unwrap(), 201);
}

#[tokio::test]
async fn twenty_at_once_with_one_key_have_one_effect() {
    let bench = std::sync::Arc::new(start(Dialect::V2).await);
    let (_, token) = bench.signed_in().await;
    let vin = bench.platform.seeded().unclaimed_vins[0].clone();
    let mut sent = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let (bench, token, vin) = (bench.clone(), token.clone(), vin.clone());
        sent.spawn(async move { keyed(&bench, &token, "one", &vin).await });
    }
    let replies = sent.join_all().await;
    let made = replies
        .iter()
        .filter(|one| one.status == 201 && one.header("idempotency-replayed").is_empty())
        .count();
    assert_eq!(made, 1);
    for one in &replies {
        assert!(one.status == 201 || one.text("error") == "in_progress", "{one:?}");
    }
}

#[tokio::test]
async fn the_limit_refuses_says_how_long_and_gives_way_to_time() {
    let limits = Limits {
        per_minute: 3,
        login_per_minute: 2,
    };
    let bench = start_with(Config {
        limits: Some(limits),
        ..Config::default()
    })
    .await;
    let mut left = Vec::new();
    for _ in 0..3 {
        left.push(
            bench
                .get("/health/live", "")
                .await
                .header("x-ratelimit-remaining")
                .to_owned(),
        );
    }
    assert_eq!(left, ["2", "1", "0"]);
    let refused = bench.get("/health/live", "").await;
    envelope(&refused, 429, "rate_limited");
    assert_eq!(
        (refused.header("retry-after"), &refused.body["detail"]),
        ("20", &json!({ "retry_after": 20 }))
    );
    assert_eq!(refused.header("x-ratelimit-limit"), "3");
    bench.clock.advance(Duration::from_secs(20));
    assert_eq!(bench.get("/health/live", "").await.status, 200);
}

#[tokio::test]
async fn signing_in_has_a_stricter_bucket_and_customers_one_of_their_own() {
    let limits = Limits {
        per_minute: 6,
        login_per_minute: 2,
    };
    let bench = start_with(Config {
        limits: Some(limits),
        ..Config::default()
    })
    .await;
    let (_, token) = bench.signed_in().await;
    let wrong = json!({ "email": "ghost@example.com", "password": "x" });
    assert_eq!(bench.post("/api/auth/login", "", &wrong).await.status, 401);
    envelope(
        &bench.post("/api/auth/login", "", &wrong).await,
        429,
        "rate_limited",
    );
    assert_eq!(
        bench
            .get("/api/auth/me", &token)
            .await
            .header("x-ratelimit-remaining"),
        "5"
    );
    bench.platform.control().empty_bucket();
    envelope(&bench.get("/api/auth/me", &token).await, 429, "rate_limited");
    bench.platform.control().set_limits(None);
    assert_eq!(bench.get("/api/auth/me", &token).await.status, 200);
}

#[tokio::test]
async fn a_refused_request_keeps_no_idempotent_answer() {
    let bench = start(Dialect::V2).await;
    let (_, token) = bench.signed_in().await;
    let vin = bench.platform.seeded().unclaimed_vins[0].clone();
    bench.platform.control().empty_bucket();
    envelope(&keyed(&bench, &token, "k", &vin).await, 429, "rate_limited");
    bench.clock.advance(Duration::from_secs(60));
    let made = keyed(&bench, &token, "k", &vin).await;
    assert_eq!(
        (made.status.as_u16(), made.header("idempotency-replayed")),
        (201, "")
    );
}
