//! Scenario 8: every answer to a refresh, and what it means. The table is `docs/refresh-answers.md`; each of its rows is driven
//! against the real server here.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use pmi_core::model::Freshness;
use pmi_core::ports::{HttpClientConfig, Pin, Pins, Ports};
use pmi_core::{ClientConfig, PmiClient, SessionState};
use pmi_e2e::tls::{Authority, TlsFront};
use pmi_e2e::{Device, World};
use pmi_platform::{Control, Dialect, Fault, Match};
use rusqlite::{Connection, OptionalExtension as _};
use serde_json::{Value, json};

const REFRESH: &str = "/api/auth/refresh";
const TABLE: &str = include_str!("../../../docs/refresh-answers.md");

/// A row of the table.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    state: String,
    journal: String,
    requests: u64,
}

/// The table's rows, by id.
fn rows() -> BTreeMap<String, Row> {
    let rows = TABLE.lines().filter(|line| line.starts_with("| `"));
    rows.map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let word = |at: usize| cells[at].trim_matches('`').to_owned();
        assert!(word(1).starts_with(cells[2]), "{line}");
        let row = Row {
            state: word(5),
            journal: word(6),
            requests: cells[7].parse().expect("a number"),
        };
        (word(1), row)
    })
    .collect()
}

/// What makes a server answer so.
enum Cause {
    Fault(Fault),
    /// The first answer is lost, the next ones are this.
    LostThen(Option<Fault>),
    /// The answer comes a byte at a time.
    Slow,
    /// It has asked to be left alone for two hours.
    CoolDown,
    /// It has failed until nobody asks it any more.
    Breaker,
    /// Somebody else is there.
    Untrusted(Impostor),
    /// v1's limiter, until its clock has gone on.
    Limited,
    Nothing,
    NoNetwork,
    Becomes(Dialect),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Impostor {
    /// With a certificate that is over.
    Expired,
    /// With one that is believed, and not pinned.
    Unpinned,
}

fn v1(status: u16, detail: &str) -> Cause {
    Cause::Fault(Fault::json(status, &json!({"detail": detail})))
}

fn challenge(status: u16, body: &Value) -> Cause {
    Cause::Fault(Fault::Status {
        status,
        headers: vec![("WWW-Authenticate".into(), "Bearer".into())],
        body: body.to_string().into(),
        content_type: "application/json".into(),
    })
}

fn envelope(code: &str) -> Value {
    json!({"error": code, "message": "no", "request_id": "r"})
}

fn v2(status: u16, code: &str) -> Cause {
    Cause::Fault(Fault::json(status, &envelope(code)))
}

fn later(status: u16, body: &Value) -> Cause {
    Cause::Fault(come_back(status, body, "120"))
}

fn come_back(status: u16, body: &Value, after: &str) -> Fault {
    Fault::Status {
        status,
        headers: vec![("Retry-After".into(), after.into())],
        body: body.to_string().into(),
        content_type: "application/json".into(),
    }
}

fn lost_then(cause: Cause) -> Cause {
    match cause {
        Cause::Fault(fault) => Cause::LostThen(Some(fault)),
        _ => Cause::LostThen(None),
    }
}

fn page(status: u16) -> Cause {
    Cause::Fault(Fault::Status {
        status,
        headers: Vec::new(),
        body: "<html></html>".into(),
        content_type: "text/html".into(),
    })
}

fn elsewhere() -> Cause {
    Cause::Fault(Fault::Redirect("http://elsewhere.example/".into()))
}

/// What is the same in both dialects.
fn in_both(name: &str) -> Cause {
    match name {
        "511" => page(511),
        "redirect-own" => Cause::Fault(Fault::Redirect(REFRESH.into())),
        "huge" => Cause::Fault(Fault::HugeBody),
        "bomb" => Cause::Fault(Fault::GzipBomb),
        "deep" => Cause::Fault(Fault::DeepJson),
        "slow" => Cause::Slow,
        "lost-then-granted" => lost_then(Cause::Nothing),
        "cool-down" => Cause::CoolDown,
        "breaker" => Cause::Breaker,
        "untrusted" => Cause::Untrusted(Impostor::Expired),
        "pin" => Cause::Untrusted(Impostor::Unpinned),
        _ => panic!("{name}"),
    }
}

fn cases() -> Vec<(&'static str, Cause)> {
    vec![
        ("v1-granted", Cause::Nothing),
        (
            "v1-no-tokens",
            Cause::Fault(Fault::json(200, &json!({"message": "fine"}))),
        ),
        (
            "v1-challenge",
            challenge(401, &json!({"detail": "Could not validate credentials"})),
        ),
        ("v1-no-challenge", Cause::Fault(Fault::DatabaseDown)),
        ("v1-customer-gone", v1(404, "Customer not found")),
        ("v1-404", v1(404, "Nothing here")),
        ("v1-403", v1(403, "Not authenticated")),
        (
            "v1-422",
            Cause::Fault(Fault::json(
                422,
                &json!({"detail": [{"type": "missing", "loc": ["query"], "msg": "Field required"}]}),
            )),
        ),
        ("v1-429", later(429, &json!({"detail": "slow down"}))),
        ("v1-limiter", Cause::Limited),
        ("v1-500", v1(500, "Refresh failed")),
        ("v1-502", v1(502, "bad gateway")),
        ("v1-503", later(503, &json!({"detail": "later"}))),
        ("v1-504", v1(504, "too slow")),
        ("v1-html", Cause::Fault(Fault::Html)),
        ("v1-html-403", page(403)),
        ("v1-redirect", elsewhere()),
        ("v1-no-answer", Cause::Fault(Fault::CutAfter)),
        ("v1-half", Cause::Fault(Fault::TruncateBody)),
        ("v1-no-network", Cause::NoNetwork),
        ("v1-other-dialect", Cause::Becomes(Dialect::V2)),
        ("v2-granted", Cause::Nothing),
        (
            "v2-no-tokens",
            Cause::Fault(Fault::json(200, &json!({"message": "fine"}))),
        ),
        ("v2-invalid", v2(401, "invalid_refresh_token")),
        ("v2-reused", v2(401, "refresh_token_reused")),
        ("v2-disabled", v2(403, "account_disabled")),
        (
            "v2-not-authenticated",
            challenge(401, &envelope("not_authenticated")),
        ),
        ("v2-invalid-token", challenge(401, &envelope("invalid_token"))),
        ("v2-token-expired", challenge(401, &envelope("token_expired"))),
        ("v2-credentials", v2(401, "invalid_credentials")),
        ("v2-permission", v2(403, "missing_permission")),
        ("v2-bad-request", v2(400, "bad_request")),
        ("v2-not-found", v2(404, "not_found")),
        ("v2-validation", v2(422, "validation_failed")),
        ("v2-429", later(429, &envelope("rate_limited"))),
        ("v2-500", v2(500, "internal")),
        ("v2-502", v2(502, "unavailable")),
        ("v2-503", later(503, &envelope("unavailable"))),
        ("v2-503-bare", v2(503, "unavailable")),
        ("v2-504", v2(504, "unavailable")),
        ("v2-html", Cause::Fault(Fault::Html)),
        ("v2-html-403", page(403)),
        ("v2-redirect", elsewhere()),
        ("v2-no-answer", Cause::Fault(Fault::CutAfter)),
        ("v2-half", Cause::Fault(Fault::TruncateBody)),
        ("v2-no-network", Cause::NoNetwork),
        ("v2-other-dialect", Cause::Becomes(Dialect::V1)),
        ("v1-400", v1(400, "no")),
        ("v1-408", v1(408, "too slow")),
        ("v1-425", v1(425, "too early")),
        ("v1-lost-then-403", lost_then(v1(403, "Not authenticated"))),
        (
            "v1-lost-then-no",
            lost_then(challenge(
                401,
                &json!({"detail": "Could not validate credentials"}),
            )),
        ),
        ("v2-408", v2(408, "request_timeout")),
        ("v2-425", v2(425, "too_early")),
        ("v2-lost-then-403", lost_then(v2(403, "missing_permission"))),
        ("v2-lost-then-no", lost_then(v2(401, "invalid_refresh_token"))),
        ("v1-511", in_both("511")),
        ("v1-redirect-own", in_both("redirect-own")),
        ("v1-huge", in_both("huge")),
        ("v1-bomb", in_both("bomb")),
        ("v1-deep", in_both("deep")),
        ("v1-slow", in_both("slow")),
        ("v1-lost-then-granted", in_both("lost-then-granted")),
        ("v1-cool-down", in_both("cool-down")),
        ("v1-breaker", in_both("breaker")),
        ("v1-untrusted", in_both("untrusted")),
        ("v1-pin", in_both("pin")),
        ("v2-511", in_both("511")),
        ("v2-redirect-own", in_both("redirect-own")),
        ("v2-huge", in_both("huge")),
        ("v2-bomb", in_both("bomb")),
        ("v2-deep", in_both("deep")),
        ("v2-slow", in_both("slow")),
        ("v2-lost-then-granted", in_both("lost-then-granted")),
        ("v2-cool-down", in_both("cool-down")),
        ("v2-breaker", in_both("breaker")),
        ("v2-untrusted", in_both("untrusted")),
        ("v2-pin", in_both("pin")),
    ]
}

/// What the journal on disk says.
fn journal(dir: &Path) -> String {
    let file = Connection::open(dir.join("data/durable.sqlite3")).expect("the file");
    let tokens: i64 = file
        .query_row("SELECT count(*) FROM token", [], |row| row.get(0))
        .expect("the table");
    let phase: Option<String> = file
        .query_row("SELECT phase FROM refresh_intent", [], |row| row.get(0))
        .optional()
        .expect("the table");
    match (tokens, phase) {
        (0, _) => "gone".to_owned(),
        (_, None) => "clear".to_owned(),
        (_, Some(phase)) => phase,
    }
}

async fn read(client: &PmiClient) -> pmi_core::Result<()> {
    client.vehicles().list(Freshness::NetworkOnly).await.map(drop)
}

fn name(state: &SessionState) -> &'static str {
    match state {
        SessionState::SignedIn => "SignedIn",
        SessionState::RefreshUnknown => "RefreshUnknown",
        SessionState::SignInNeeded(_) => "SignInNeeded",
        _ => "another state",
    }
}

/// A device that knows the server by its certificate, and then meets somebody else in its place.
async fn before(impostor: Impostor, world: &World) -> (Device, PmiClient) {
    let authority = Authority::new("own");
    let good = authority.issue("localhost", 2119);
    let behind = world.platform.url();
    let behind = behind.trim_start_matches("http://").trim_end_matches('/');
    let front = TlsFront::start(&good, behind.parse().expect("an address")).await;
    let pins = Pins::new([good.pin(), Pin::new([7; 32])]).expect("two pins");
    let device = world.device();
    // Opened twice: nothing of the connection to the server itself is left.
    let open = || {
        let http = HttpClientConfig {
            extra_roots: vec![authority.root()],
            pins: Some(pins.clone()),
            ..HttpClientConfig::default()
        };
        let clock = Arc::new(device.clock.clone());
        let ports = Ports {
            clock: Arc::clone(&clock) as _,
            sleep: clock,
            ..Ports::system_with(Arc::clone(&device.secrets) as _, http).expect("ports")
        };
        PmiClient::open(&ClientConfig::new(front.url(), device.dir()), ports).expect("it opens")
    };
    let client = open();
    world.sign_in(&client).await.expect("the server itself");
    client.close();
    world.control().reset_counts();
    let until = match impostor {
        Impostor::Expired => 2021,
        Impostor::Unpinned => 2119,
    };
    front.show(&authority.issue("localhost", until));
    let client = open();
    (device, client)
}

/// Reads while time passes on the device, as long as a request is under way.
async fn read_slowly(control: &Control, device: &Device, client: &PmiClient) -> pmi_core::Result<()> {
    let reading = tokio::spawn({
        let client = client.clone();
        async move { read(&client).await }
    });
    let mut tick = tokio::time::interval(Duration::from_millis(25));
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    while !reading.is_finished() {
        tick.tick().await;
        if control.refresh_requests() > 0 {
            device.clock.advance(Duration::from_millis(200));
        }
    }
    reading.await.expect("no panic")
}

async fn drive(id: &str, cause: Cause) -> (Row, Device) {
    let dialect = if id.starts_with("v1") {
        Dialect::V1
    } else {
        Dialect::V2
    };
    let world = World::start(dialect).await;
    let (device, client) = match cause {
        Cause::Untrusted(impostor) => before(impostor, &world).await,
        _ => world.signed_in().await,
    };
    if !matches!(cause, Cause::Untrusted(_)) {
        read(&client).await.expect("read once");
    }
    if matches!(cause, Cause::CoolDown) {
        let leave = come_back(503, &json!({}), "7200");
        world.control().on(Match::any()).times(1).then(leave);
        read(&client).await.expect_err("it asks to be left alone");
    }
    world.expire_tokens(&device);
    let control = world.control().clone();
    let is_gone = matches!(cause, Cause::NoNetwork);
    let is_slow = matches!(cause, Cause::Slow);
    let is_fine = matches!(cause, Cause::Nothing | Cause::Limited | Cause::LostThen(None));
    let on = || world.control().on(Match::post(REFRESH));
    match cause {
        Cause::Fault(fault) => drop(on().then(fault)),
        Cause::LostThen(fault) => {
            on().times(1).then(Fault::CutAfter);
            fault.map(|fault| on().then(fault));
        }
        Cause::Slow => drop(on().then(Fault::TrickleBody)),
        Cause::Limited => world.control().empty_bucket(),
        Cause::Nothing | Cause::NoNetwork | Cause::CoolDown | Cause::Untrusted(_) => {}
        Cause::Breaker => {
            let ill = world
                .control()
                .on(Match::any())
                .then(Fault::status_with(502, "Via", "proxy"));
            let skipping = world.skip_sleeps(&device);
            for _ in 0..2 {
                client.platform().health().await.expect_err("it is ill");
            }
            drop(skipping);
            world.control().remove(ill);
        }
        Cause::Becomes(other) => world.control().set_dialect(other),
    }
    let skipping = world.skip_sleeps(&device);
    if is_gone {
        world.platform.stop().await;
        client.set_network(true);
    }
    let result = if is_slow {
        read_slowly(&control, &device, &client).await
    } else {
        read(&client).await
    };
    drop(skipping);
    assert_eq!(result.is_ok(), is_fine, "{id}: {result:?}");
    let state = client.account().state().await.expect("a state");
    let row = Row {
        state: name(&state).to_owned(),
        journal: journal(device.dir()),
        requests: control.refresh_requests(),
    };
    if let SessionState::SignInNeeded(why) = state {
        assert!(
            TABLE
                .lines()
                .any(|line| line.starts_with(&format!("| `{id}`")) && line.contains(&format!("`{why:?}`"))),
            "{id}: {why:?}"
        );
        let ended = client.account().last_ended().expect("asked").expect("kept");
        assert_eq!(ended.why, why);
        let kept = client.vehicles().list(Freshness::CacheOnly).await;
        kept.expect("what was read can still be shown");
    }
    (row, device)
}

async fn every_answer(dialect: &str) {
    let (mut rows, mut wrong) = (rows(), Vec::new());
    rows.retain(|id, _| id.starts_with(dialect));
    for (id, cause) in cases().into_iter().filter(|(id, _)| id.starts_with(dialect)) {
        let row = rows
            .remove(id)
            .unwrap_or_else(|| panic!("{id} is no row of the table"));
        let (is, _device) = drive(id, cause).await;
        if is != row {
            wrong.push((id, is, row));
        }
    }
    assert!(wrong.is_empty(), "is, and should be: {wrong:#?}");
    assert!(rows.is_empty(), "rows without a case: {:?}", rows.keys());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s08_every_answer_to_a_refresh_means_what_the_table_says_v1() {
    every_answer("v1").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s08_every_answer_to_a_refresh_means_what_the_table_says_v2() {
    every_answer("v2").await;
}
