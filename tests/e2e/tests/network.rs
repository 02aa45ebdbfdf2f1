//! Scenarios 13, 15 and 21: what stands between, what the limiter says, and what a newer server may add.

use std::time::Duration;

use pmi_core::model::{Freshness, HealthStatus, NewCustomer, Origin, Password, ServiceType};
use pmi_core::{Error, SessionState};
use pmi_e2e::{World, both_dialects};
use pmi_platform::{Config, Dialect, Fault, Limits, Match};
use serde_json::{Value, json};

async fn a_portal_answers_for_the_server(world: World) {
    let (device, client) = world.signed_in().await;
    let before = client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("read once");
    for portal in [Fault::Html, Fault::Redirect("http://portal.example/login".into())] {
        let rule = world.control().on(Match::any()).then(portal);
        let asked = client.vehicles().list(Freshness::NetworkOnly).await;
        assert_eq!(asked, Err(Error::CaptivePortal));
        let shown = client
            .vehicles()
            .list(Freshness::NetworkFirst)
            .await
            .expect("the cached answer is shown");
        assert_eq!(
            (&shown.value, shown.refresh_error),
            (&before.value, Some(Error::CaptivePortal))
        );
        let never_read = client.centers().list(Freshness::CacheFirst).await;
        assert_eq!(never_read, Err(Error::CaptivePortal));
        assert_eq!(client.account().state().await, Ok(SessionState::SignedIn));

        world.expire_tokens(&device);
        let refreshing = client.vehicles().list(Freshness::NetworkOnly).await;
        assert_eq!(
            refreshing,
            Err(Error::CaptivePortal),
            "a portal on the way to the refresh is no sign-out"
        );
        assert_eq!(client.account().state().await, Ok(SessionState::RefreshUnknown));

        world.control().remove(rule);
        let after = client
            .vehicles()
            .list(Freshness::NetworkOnly)
            .await
            .expect("and is gone with the portal");
        assert_eq!(after.value, before.value);
    }
}
both_dialects!(a_portal_answers_for_the_server => s13_a_portal_is_an_error_of_its_own_and_changes_nothing_v1,
    s13_a_portal_is_an_error_of_its_own_and_changes_nothing_v2);

async fn a_portal_answers_the_first_call_ever(world: World) {
    let device = world.device();
    let client = device.open();
    let rule = world.control().on(Match::any()).then(Fault::Html);
    assert_eq!(world.sign_in(&client).await, Err(Error::CaptivePortal));
    assert_eq!(
        world.control().requests("POST", "/api/auth/login"),
        0,
        "no password was sent to a portal"
    );
    world.control().remove(rule);
    assert_eq!(
        world.sign_in(&client).await,
        Ok(()),
        "nothing was learnt from the portal's page"
    );
}
both_dialects!(a_portal_answers_the_first_call_ever => s13_a_portal_decides_no_dialect_and_gets_no_password_v1,
    s13_a_portal_decides_no_dialect_and_gets_no_password_v2);

async fn limited(production: bool) -> World {
    let limits = Some(Limits {
        per_minute: 120,
        ..Limits::default()
    });
    World::start_with(Config {
        dialect: Dialect::V1,
        production,
        limits,
        ..Config::default()
    })
    .await
}

async fn v1s_limiter_is_waited_out(production: bool) {
    let world = limited(production).await;
    let (device, client) = world.signed_in().await;
    world.control().empty_bucket();
    let _skipping = world.skip_sleeps(&device);
    let read = client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("no error reaches the person");
    assert_eq!(read.origin, Origin::Network);
    let outcomes = world.control().outcomes("GET", "/api/fixes");
    assert!(
        outcomes.get(&500).is_some_and(|n| *n >= 1),
        "the limiter did speak: {outcomes:?}"
    );
    assert_eq!(outcomes.get(&200), Some(&1));
    for _ in 0..5 {
        client
            .notifications()
            .list(Freshness::NetworkOnly)
            .await
            .expect("nor on the calls after, whose connection was closed");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s15_v1s_limiter_is_waited_out_in_development() {
    v1s_limiter_is_waited_out(false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s15_v1s_limiter_is_waited_out_in_production() {
    v1s_limiter_is_waited_out(true).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s15_a_write_refused_by_v1s_limiter_is_sent_again() {
    let world = limited(true).await;
    let device = world.device();
    let client = device.open();
    client
        .platform()
        .capabilities()
        .await
        .expect("the dialect is known");
    world.control().empty_bucket();
    let _skipping = world.skip_sleeps(&device);
    client
        .account()
        .register(newcomer())
        .await
        .expect("the registration goes through");
    assert_eq!(
        world.control().outcomes("POST", "/api/auth/register").get(&201),
        Some(&1)
    );
}

async fn a_proxys_500_answers_a_write(world: World) {
    let device = world.device();
    let client = device.open();
    client
        .platform()
        .capabilities()
        .await
        .expect("the dialect is known");
    let _skipping = world.skip_sleeps(&device);
    let lookalikes = [
        Fault::Status {
            status: 500,
            headers: vec![("X-Request-ID".into(), "3f1c".into())],
            body: r#"{"detail":"Internal server error"}"#.into(),
            content_type: "application/json".into(),
        },
        Fault::Status {
            status: 500,
            headers: Vec::new(),
            body: r#"{"detail":"Internal server error"}"#.into(),
            content_type: "text/html".into(),
        },
        Fault::json(500, &json!({"detail": "Internal Server Error"})),
        Fault::json(500, &json!({"detail": "429 is what I ate"})),
    ];
    for fault in lookalikes {
        world.control().reset_counts();
        let rule = world
            .control()
            .on(Match::post("/api/auth/register"))
            .then(fault.clone());
        let error = client
            .account()
            .register(newcomer())
            .await
            .expect_err("the outcome is unknown");
        assert!(matches!(error, Error::ServerFault { .. }), "{fault:?}: {error:?}");
        assert_eq!(
            world.control().requests("POST", "/api/auth/register"),
            1,
            "{fault:?} was sent again"
        );
        world.control().remove(rule);
    }
}
both_dialects!(a_proxys_500_answers_a_write => s15_a_500_that_only_looks_like_the_limiter_is_an_unknown_outcome_v1,
    s15_a_500_that_only_looks_like_the_limiter_is_an_unknown_outcome_v2);

fn newcomer() -> NewCustomer {
    NewCustomer {
        email: "new.rider@example.com".to_owned(),
        password: Password::new("a long enough one"),
        first_name: "New".to_owned(),
        last_name: "Rider".to_owned(),
        phone: "+919800000001".to_owned(),
        address: None,
    }
}

/// Adds a field to every object and writes every whole number as a float.
fn grow(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.values_mut().for_each(grow);
            map.insert("added_in_2031".to_owned(), json!({"anything": [1, null]}));
        }
        Value::Array(items) => items.iter_mut().for_each(grow),
        Value::Number(number) => {
            if let Some(whole) = number.as_i64() {
                *value = json!(whole as f64);
            }
        }
        _ => {}
    }
}

async fn a_newer_server_says_more(world: World) {
    let (_device, client) = world.signed_in().await;
    let id = pmi_core::model::VehicleId(world.customer().vehicle_ids[0]);
    let fresh = Freshness::NetworkOnly;
    // The details first: on v1 a list shows the health of the details once they are known (Q17).
    let (details, bookings) = (
        client.vehicles().details(id, fresh).await,
        client.bookings().list(fresh).await,
    );
    let (me, vehicles) = (
        client.account().me(fresh).await,
        client.vehicles().list(fresh).await,
    );
    let (centers, messages) = (
        client.centers().list(fresh).await,
        client.notifications().list(fresh).await,
    );
    world
        .control()
        .on(Match::path("/api"))
        .then(Fault::map_json(grow));
    // Everything but the time of reading is as before, after a refresh that went through the same server.
    world.expire_tokens_unseen();
    assert_eq!(
        client.account().me(fresh).await.map(|s| s.value),
        me.map(|s| s.value)
    );
    assert_eq!(
        client.vehicles().list(fresh).await.map(|s| s.value),
        vehicles.map(|s| s.value)
    );
    let again = client.vehicles().details(id, fresh).await.expect("details").value;
    let details = details.expect("details").value;
    assert_eq!(
        (again.vehicle, again.health, again.components),
        (details.vehicle, details.health, details.components)
    );
    assert_eq!(
        client.bookings().list(fresh).await.map(|s| s.value),
        bookings.map(|s| s.value)
    );
    assert_eq!(
        client.centers().list(fresh).await.map(|s| s.value),
        centers.map(|s| s.value)
    );
    assert_eq!(
        client.notifications().list(fresh).await.map(|s| s.value),
        messages.map(|s| s.value)
    );
}
both_dialects!(a_newer_server_says_more => s21_unknown_fields_and_floats_for_numbers_change_nothing_v1,
    s21_unknown_fields_and_floats_for_numbers_change_nothing_v2);

/// Words nobody knows yet, and optional fields that are not there.
fn reword(value: &mut Value) {
    match value {
        Value::Object(map) => {
            for gone in [
                "phone",
                "city",
                "state",
                "telemetry",
                "purchase_date",
                "estimated_duration",
                "notes",
                "issues",
            ] {
                map.remove(gone);
            }
            for (key, word) in map.iter_mut() {
                if [
                    "service_type",
                    "appointment_type",
                    "severity",
                    "channel",
                    "type",
                    "status",
                ]
                .contains(&key.as_str())
                    && word.is_string()
                {
                    *word = json!("sparkling");
                }
            }
            map.values_mut().for_each(reword);
        }
        Value::Array(items) => items.iter_mut().for_each(reword),
        _ => {}
    }
}

async fn a_newer_server_has_new_words(world: World) {
    let (_device, client) = world.signed_in().await;
    let fresh = Freshness::NetworkOnly;
    let known = client.bookings().list(fresh).await.expect("bookings").value.len();
    world
        .control()
        .on(Match::get("/api"))
        .then(Fault::map_json(reword));
    let bookings = client
        .bookings()
        .list(fresh)
        .await
        .expect("bookings with unknown words")
        .value;
    assert_eq!(bookings.len(), known);
    assert!(
        bookings
            .iter()
            .all(|b| b.service == ServiceType::Unknown("sparkling".to_owned()))
    );
    let id = pmi_core::model::VehicleId(world.customer().vehicle_ids[0]);
    let details = client
        .vehicles()
        .details(id, fresh)
        .await
        .expect("details with unknown words")
        .value;
    assert!(details.telemetry.is_none());
    assert!(
        details
            .components
            .iter()
            .all(|c| c.health.status == HealthStatus::Unknown("sparkling".to_owned()))
    );
    client
        .account()
        .me(fresh)
        .await
        .expect("a person without a telephone");
    client
        .centers()
        .list(fresh)
        .await
        .expect("centres without a city");
    client
        .notifications()
        .list(fresh)
        .await
        .expect("notifications of an unknown kind");
}
both_dialects!(a_newer_server_has_new_words => s21_unknown_words_and_missing_fields_are_no_errors_v1,
    s21_unknown_words_and_missing_fields_are_no_errors_v2);

async fn v2_says_when_to_come_back(retry_after: &str, body: Value) {
    let world = World::start(Dialect::V2).await;
    let (device, client) = world.signed_in().await;
    let fault = Fault::Status {
        status: 429,
        headers: if retry_after.is_empty() {
            Vec::new()
        } else {
            vec![("Retry-After".into(), retry_after.into())]
        },
        body: body.to_string().into(),
        content_type: "application/json".into(),
    };
    world
        .control()
        .on(Match::get("/api/vehicles"))
        .times(1)
        .then(fault);
    let reading = tokio::spawn({
        let client = client.clone();
        async move { client.vehicles().list(Freshness::NetworkOnly).await }
    });
    let wait = device.clock.sleeper(Duration::from_secs(10)).await;
    assert!(
        wait >= Duration::from_secs(4),
        "asked to wait 4 s, waits {wait:?}"
    );
    assert_eq!(
        world.control().requests("GET", "/api/vehicles"),
        1,
        "nothing is sent meanwhile"
    );
    device.clock.advance(wait);
    reading.await.expect("no panic").expect("then it is sent again");
    assert_eq!(world.control().requests("GET", "/api/vehicles"), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s14_retry_after_in_seconds_is_obeyed() {
    v2_says_when_to_come_back(
        "4",
        json!({"error": "rate_limited", "message": "", "request_id": "r"}),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s14_retry_after_only_in_the_body_is_obeyed() {
    let body =
        json!({"error": "rate_limited", "message": "", "request_id": "r", "detail": {"retry_after": 4}});
    v2_says_when_to_come_back("", body).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s14_a_wait_beyond_the_deadline_ends_as_busy_and_nothing_is_sent_before() {
    let world = World::start(Dialect::V2).await;
    let (device, client) = world.signed_in().await;
    let rule = world
        .control()
        .on(Match::get("/api"))
        .then(Fault::status_with(503, "Retry-After", "600"));
    let first = client.vehicles().list(Freshness::NetworkOnly).await;
    assert!(matches!(first, Err(Error::Busy { .. })), "{first:?}");
    world.control().remove(rule);
    assert!(matches!(
        client.centers().list(Freshness::NetworkOnly).await,
        Err(Error::Busy { .. })
    ));
    assert_eq!(
        world.control().requests("GET", "/api"),
        1,
        "nothing was sent in the ten minutes"
    );
    device.clock.advance(Duration::from_secs(601));
    client
        .centers()
        .list(Freshness::NetworkOnly)
        .await
        .expect("after them it is");
}
