//! Scenario 8: every answer to a refresh, and what it means. The table is `docs/refresh-answers.md`; each of its rows is driven
//! against the real server here.

use std::collections::BTreeMap;
use std::path::Path;

use pmi_core::model::Freshness;
use pmi_core::{PmiClient, SessionState};
use pmi_e2e::{Device, World};
use pmi_platform::{Dialect, Fault, Match};
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
    /// v1's limiter, until its clock has gone on.
    Limited,
    Nothing,
    NoNetwork,
    Becomes(Dialect),
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
    Cause::Fault(Fault::Status {
        status,
        headers: vec![("Retry-After".into(), "120".into())],
        body: body.to_string().into(),
        content_type: "application/json".into(),
    })
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

async fn drive(id: &str, cause: Cause) -> (Row, Device) {
    let dialect = if id.starts_with("v1") {
        Dialect::V1
    } else {
        Dialect::V2
    };
    let world = World::start(dialect).await;
    let (device, client) = world.signed_in().await;
    read(&client).await.expect("read once");
    world.expire_tokens(&device);
    let control = world.control().clone();
    let is_gone = matches!(cause, Cause::NoNetwork);
    let is_fine = matches!(cause, Cause::Nothing | Cause::Limited);
    let on = || world.control().on(Match::post(REFRESH));
    match cause {
        Cause::Fault(fault) => drop(on().then(fault)),
        Cause::Limited => world.control().empty_bucket(),
        Cause::Nothing => {}
        Cause::NoNetwork => {}
        Cause::Becomes(other) => world.control().set_dialect(other),
    }
    let skipping = world.skip_sleeps(&device);
    if is_gone {
        world.platform.stop().await;
        client.set_network(true);
    }
    let result = read(&client).await;
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s08_every_answer_to_a_refresh_means_what_the_table_says() {
    let mut rows = rows();
    for (id, cause) in cases() {
        let row = rows
            .remove(id)
            .unwrap_or_else(|| panic!("{id} is no row of the table"));
        let (is, _device) = drive(id, cause).await;
        assert_eq!(is, row, "{id}");
    }
    assert!(rows.is_empty(), "rows without a case: {:?}", rows.keys());
}
