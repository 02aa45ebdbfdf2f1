//! The recorded exchanges of the deployed platform, replayed against this v1: status, header set and body up to ids, instants
//! and tokens. `golden/v1/RECORDED` names everything that was recorded; each name is replayed or in [`NOT_SERVED`].
//!
//! In the fixtures a token is written `TOKEN-kind-customer`: none was kept.

#![allow(
    clippy::unwrap_used,
    reason = "a fixture that cannot be read is a failed test"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use jiff::fmt::rfc2822::DateTimeParser;
use jiff::{Timestamp, ToSpan as _};
use pmi_platform::{Config, Dialect, Limits};
use reqwest::{Client, Method};
use serde_json::{Value, json};
use support::{Bench, START, start_with};

/// What is not replayed, by the beginning of its name, and why.
const NOT_SERVED: &[(&str, &str)] = &[
    ("ad_", "seeding and migration by URL: a client never calls them"),
    ("ag_", "the dashboard's agent page: no client call"),
    (
        "an_",
        "analytics: the fleet screens, served when the core reads them",
    ),
    (
        "dash_",
        "dashboard: the fleet screens, served when the core reads them",
    ),
    ("in_", "telemetry ingestion: vehicles call it, clients do not"),
    ("veh_details_after_ingest", "needs ingestion"),
    ("no_send_", "sends through an SMS provider"),
    ("no_remind", "sends through an SMS provider"),
    ("fix_sms", "sends through an SMS provider"),
    ("svc_stats_after", "ingestion's own counters"),
    ("svc_stream_info", "ingestion's own stream"),
    (
        "gzip_headers",
        "headers only, without the call; gzip_small is the whole exchange",
    ),
    ("rl_prod_rawsocket", "a raw socket's view; v1_quirks.rs has ours"),
    (
        "login_2mb",
        "two megabytes of one letter; v1_quirks.rs sends its own",
    ),
    (
        "misc_state_tests",
        "notes on states, not an exchange; v1_quirks.rs has those that matter",
    ),
];

/// Compared by shape (keys and types), not by content: they list other rows than the fixtures'.
const BY_SHAPE: &[&str] = &[
    "auth_customer_multi",
    "ap_list_status",
    "ap_list_customer0",
    "ap_list_emptystatus",
    "no_stats",
];

/// The order they were made in: later ones depend on earlier ones.
const REPLAYED: &str = "svc_ svc_readiness svc_liveness svc_monitoring_health svc_health svc_monitoring_status \
    svc_monitoring_metrics svc_monitoring_stats_database svc_api_monitoring_health svc_api_admin_customers \
    svc_api_admin_appointments svc_nope auth_register_ok auth_register_dup_domaincase auth_register_localcase \
    auth_register_bademail auth_register_testdomain auth_register_nullphone auth_register_numpw auth_register_emptypw \
    auth_register_longpw100 auth_register_badjson auth_register_longphone auth_register_nul auth_register_nobody \
    auth_register_array auth_register_get auth_login_ok auth_login_badpw auth_login_unknown auth_login_emailcase \
    auth_login_demo auth_login_demo_anypw auth_login_multi auth_login_seeded_multi auth_login_nobike auth_login_missing \
    auth_login_bademail auth_login_extra auth_me_ok auth_me_noauth auth_me_emptybearer auth_me_bearer_lower \
    auth_me_garbage auth_me_withrefresh auth_me_tampered auth_customer_noauth auth_customer_404 auth_customer_str \
    auth_customer_neg auth_customer_multi auth_refresh_query_ok auth_refresh_json auth_refresh_form auth_refresh_none \
    auth_refresh_get auth_refresh_empty auth_refresh_garbage auth_refresh_reuse auth_refresh_bearerheader auth_logout_ok \
    auth_me_after_logout auth_refresh_after_logout auth_logout_noauth auth_logout_bad bk_create_ok bk_create_dup \
    bk_create_noauth bk_create_date0 bk_create_date1 bk_create_date5 bk_create_date6 bk_create_date7 bk_create_date8 \
    bk_create_unknowntype bk_create_otherowner bk_create_noveh bk_create_othercust_mytoken bk_create_apijs_body \
    bk_create_strids bk_create_floatid bk_create_nul bk_list_ok bk_list_noauth bk_list_unknown bk_list_str bk_cancel_post \
    bk_cancel_delete veh_details_bob veh_details_404 veh_details_str veh_details_int32 veh_dashboard_vehicle veh_root \
    veh_list fix_vwh_ok fix_vwh_carol fix_vwh_int32 fix_vwh_str fix_status_info ap_create_ok ap_create_naive \
    ap_create_offset ap_create_epoch ap_create_dateonly ap_create_badtime ap_create_noveh ap_create_nocenter \
    ap_create_nocust ap_create_wrongowner ap_list ap_list_status ap_list_dates ap_list_baddate ap_list_limit201 \
    ap_list_limitneg ap_list_customer0 ap_list_emptystatus ap_list_emptycust ap_get ap_get_404 ap_get_str ap_put_status \
    ap_put_badstatus ap_put_empty ap_put_all ap_get_after_put ap_put_404 ap_put_longstatus ap_patch ap_delete \
    ap_delete_again ap_delete_404 ap_get_after_delete ap_centers ap_centers_naive ap_centers_none \
    ap_centers_plus_unescaped ap_centers_plus_escaped no_history no_history_unknown no_history_neg no_read no_read_again \
    no_read_int32 no_stats no_stats_0 no_stats_neg no_stats_366 cors_get options_plain host_evil accept_xml login_charset \
    path_doubleslash cors_pre_evil.example cors_pre_localhost_5173 cors_pre_patch gzip_small exp_login \
    exp_logout_expired exp_refresh_expired ap_centers_full ap_create_capacity";

/// The limiter's, in order; `-` stands for one that was not kept.
const LIMITED: [&str; 2] = [
    "rl_dev_00 rl_dev_01 rl_dev_02 rl_dev_03 rl_dev_04 rl_dev_05 - rl_dev_07 rl_dev_08 rl_dev_09 - rl_dev_11 rl_dev_12 \
     rl_dev_cors rl_dev_health_exempt rl_dev_healthz_prefix rl_dev_login",
    "rl_prod_00 rl_prod_01 rl_prod_02 rl_prod_03 rl_prod_04 rl_prod_05 rl_prod_06 rl_prod_07 rl_prod_08 rl_prod_09 - \
     rl_prod_11 rl_prod_cors rl_prod_health_exempt rl_prod_healthz_prefix",
];

/// One recorded exchange.
struct Recorded {
    method: Method,
    target: String,
    headers: Vec<(String, String)>,
    body: Option<String>,
    status: u16,
    answer_headers: BTreeMap<String, String>,
    answer: String,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden/v1")
}

/// The words of a shell line: single quotes and nothing else special.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for c in line.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.extend((!word.is_empty()).then(|| std::mem::take(&mut word))),
            _ => word.push(c),
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

fn read(name: &str) -> Recorded {
    let text = fs::read_to_string(folder().join(format!("{name}.txt"))).unwrap();
    let (call, rest) = text.split_once('\n').unwrap();
    let (head, answer) = rest.split_once("\n\n").unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let answer_headers = lines
        .map(|line| line.split_once(": ").unwrap())
        .map(|(n, v)| (n.into(), v.into()))
        .collect();
    let mut recorded = Recorded {
        method: Method::GET,
        target: String::new(),
        headers: Vec::new(),
        body: None,
        status,
        answer_headers,
        answer: answer.trim_end_matches('\n').to_owned(),
    };
    let mut words = words(call).into_iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "-X" => recorded.method = words.next().unwrap().parse().unwrap(),
            "-H" => {
                let header = words.next().unwrap();
                let (name, value) = header.split_once(':').unwrap();
                recorded.headers.push((name.to_owned(), value.trim().to_owned()));
            }
            "--data-binary" => recorded.body = words.next(),
            word if word.starts_with("http://") => {
                recorded.target = word.split_once(":8000").unwrap().1.to_owned();
            }
            _ => {}
        }
    }
    recorded
}

struct Replay {
    bench: Bench,
    raw: Client,
    wrong: Vec<String>,
    tokens: BTreeMap<String, String>,
}

impl Replay {
    async fn start(config: Config) -> Self {
        let bench = start_with(Config {
            dialect: Dialect::V1,
            golden: true,
            ..config
        })
        .await;
        let raw = Client::builder()
            .no_gzip()
            .no_zstd()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none());
        Self {
            bench,
            raw: raw.build().unwrap(),
            wrong: Vec::new(),
            tokens: BTreeMap::new(),
        }
    }

    /// A token of alice's as the exchange had it, made at the server's now or, if it was an old one, eight days before.
    async fn token(&mut self, name: &str, now: Timestamp) -> String {
        if let Some(token) = self.tokens.get(name) {
            return token.clone();
        }
        let expired = name.contains("expired");
        if expired {
            self.bench.clock.set(now - 192.hours());
        }
        let body = json!({ "email": "alice@example.com", "password": "alice-pass-1" });
        let login = self.bench.post("/api/auth/login", "", &body).await;
        self.bench.clock.set(now);
        let kind = if name.contains("refresh") {
            "refresh_token"
        } else {
            "access_token"
        };
        let mut token = login.text(kind).to_owned();
        if name.contains("tampered") {
            token = format!("{}x", &token[..token.len() - 1]);
        }
        self.tokens.insert(name.to_owned(), token.clone());
        token
    }

    async fn filled(&mut self, text: &str, now: Timestamp) -> String {
        let Some(at) = text.find("TOKEN-") else {
            return text.to_owned();
        };
        let end = text[at..]
            .find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_'))
            .map_or(text.len(), |e| at + e);
        let token = self.token(&text[at..end], now).await;
        format!("{}{token}{}", &text[..at], &text[end..])
    }

    async fn replay(&mut self, name: &str) {
        let recorded = read(name);
        let now = DateTimeParser::new()
            .parse_timestamp(&recorded.answer_headers["date"])
            .unwrap();
        let now = now + 123_456.microseconds();
        self.bench.clock.set(now);
        let target = self.filled(&recorded.target, now).await;
        let url = format!("{}{target}", self.bench.platform.url());
        let mut request = self.raw.request(recorded.method.clone(), url);
        for (name, value) in &recorded.headers {
            let value = self.filled(value, now).await;
            request = request.header(name, value);
        }
        if let Some(body) = &recorded.body {
            if !recorded.headers.iter().any(|(name, _)| name == "Content-Type") {
                request = request.header("Content-Type", "application/x-www-form-urlencoded");
            }
            request = request.body(self.filled(body, now).await);
        }
        let answer = request.send().await.unwrap();
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let bytes = answer.bytes().await.unwrap();
        let mut check = |what: &str, ours: String, theirs: String| {
            if ours != theirs {
                self.wrong
                    .push(format!("{name}: {what}\n   ours: {ours}\n theirs: {theirs}"));
            }
        };
        check("status", status.to_string(), recorded.status.to_string());
        let ours: BTreeSet<&str> = headers.keys().map(|name| name.as_str()).collect();
        let theirs: BTreeSet<&str> = recorded.answer_headers.keys().map(String::as_str).collect();
        check("header set", format!("{ours:?}"), format!("{theirs:?}"));
        for (name, value) in &recorded.answer_headers {
            let counted = matches!(name.as_str(), "x-ratelimit-remaining" | "x-ratelimit-limit");
            let free = matches!(
                name.as_str(),
                "x-request-id" | "x-process-time" | "content-length" | "x-ratelimit-reset"
            );
            if !free
                && (!counted
                    || recorded
                        .answer_headers
                        .get("x-ratelimit-limit")
                        .is_some_and(|l| l == "6"))
            {
                let got = headers.get(name).map_or("", |value| value.to_str().unwrap());
                check(name, got.to_owned(), value.clone());
            }
        }
        if headers.contains_key("content-encoding") {
            return;
        }
        match serde_json::from_str::<Value>(&recorded.answer) {
            Ok(theirs) => {
                let mut ours: Value = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
                let mut theirs = theirs;
                if BY_SHAPE.contains(&name) {
                    (ours, theirs) = (shape(&ours), shape(&theirs));
                } else {
                    normalise("", &mut ours);
                    normalise("", &mut theirs);
                }
                check("body", ours.to_string(), theirs.to_string());
            }
            Err(_) => check(
                "text",
                String::from_utf8_lossy(&bytes).into_owned(),
                recorded.answer.clone(),
            ),
        }
    }
}

/// Keys and types; a list is what its first item is.
fn shape(value: &Value) -> Value {
    match value {
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), shape(value)))
            .collect(),
        Value::Array(items) => items.first().map(shape).into_iter().collect(),
        Value::String(text) => match instant(text) {
            Some(_) => json!(format!(
                "instant {}",
                text.trim_start_matches(|c| c != 'Z' && c != '+')
            )),
            None => json!("text"),
        },
        Value::Number(_) => json!("number"),
        Value::Bool(_) => json!("bool"),
        Value::Null => Value::Null,
    }
}

/// An instant's form: how many digits its fraction has, and what follows.
fn instant(text: &str) -> Option<Value> {
    let (whole, rest) = text.split_at_checked(19)?;
    whole
        .parse::<jiff::civil::DateTime>()
        .ok()
        .filter(|_| whole.contains('T'))?;
    let zone = rest.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    Some(json!(format!(
        "instant.{}{zone}",
        (rest.len() - zone.len()).saturating_sub(1)
    )))
}

/// Ids, instants that depend on when, and tokens become what they are.
fn normalise(key: &str, value: &mut Value) {
    match value {
        Value::Object(map) => map.iter_mut().for_each(|(key, value)| normalise(key, value)),
        Value::Array(items) => {
            items.iter_mut().for_each(|item| normalise("", item));
            // Equal times come in no particular order.
            if items.iter().all(Value::is_object) {
                items.sort_by_key(Value::to_string);
            }
        }
        Value::Number(_) if key.ends_with("_id") => *value = json!("id"),
        Value::String(text) => {
            if text.starts_with("eyJ") || text.starts_with("TOKEN-") {
                *value = json!("token");
            } else if key == "request_id" {
                *value = json!("id");
            } else if let Some(at) = text.find("[parameters:") {
                text.truncate(at);
            } else if let Some(form) = instant(text).filter(|_| key != "scheduled_time") {
                *value = form;
            }
        }
        _ => {}
    }
}

#[tokio::test]
async fn v1_golden_exchanges_come_out_as_recorded() {
    let mut replay = Replay::start(Config::default()).await;
    for name in REPLAYED.split_whitespace() {
        if name == "ap_centers_full" {
            fill_the_first_centre(&replay.bench).await;
        }
        if name == "bk_create_date5" {
            book_what_was_not_kept(&replay.bench).await;
        }
        replay.replay(name).await;
    }
    assert!(replay.wrong.is_empty(), "{}", replay.wrong.join("\n"));
}

/// Three bookings were made there whose exchanges were not kept; the list has them.
async fn book_what_was_not_kept(bench: &Bench) {
    for date in ["12/18/26", "18/12/2026", "01/05/2020"] {
        let body = json!({ "customer_id": 7, "vehicle_id": 51, "service_type": "Oil Change", "scheduled_date": date,
            "scheduled_time": "3:00 PM" });
        assert_eq!(bench.post("/api/bookings/create", "", &body).await.status, 200);
    }
}

async fn fill_the_first_centre(bench: &Bench) {
    let body = json!({ "vehicle_id": 51, "customer_id": 7, "center_id": 1, "scheduled_time": "2027-01-15T10:00:00Z",
        "appointment_type": "inspection" });
    for _ in 0..15 {
        assert_eq!(
            bench.post("/api/appointments/create", "", &body).await.status,
            200
        );
    }
}

#[tokio::test]
async fn v1_golden_limiter_comes_out_as_recorded() {
    for (names, production) in LIMITED.into_iter().zip([false, true]) {
        let limits = Some(Limits {
            per_minute: 6,
            ..Limits::default()
        });
        let mut replay = Replay::start(Config {
            limits,
            production,
            ..Config::default()
        })
        .await;
        for name in names.split_whitespace() {
            if name == "-" {
                assert_eq!(replay.bench.get("/liveness", "").await.status, 200);
            } else {
                replay.replay(name).await;
            }
        }
        assert!(replay.wrong.is_empty(), "{}", replay.wrong.join("\n"));
    }
}

#[test]
fn every_recorded_exchange_is_replayed_or_said_not_to_be() {
    let replayed: Vec<&str> = LIMITED
        .into_iter()
        .chain([REPLAYED])
        .flat_map(str::split_whitespace)
        .filter(|name| *name != "-")
        .collect();
    let recorded = fs::read_to_string(folder().join("RECORDED")).unwrap();
    for name in recorded.lines() {
        let times = replayed.iter().filter(|one| **one == name).count();
        let excused = NOT_SERVED
            .iter()
            .filter(|(start, _)| name.starts_with(start))
            .count();
        assert_eq!(
            times + excused,
            1,
            "{name} is replayed {times} times and excused {excused} times"
        );
    }
    for name in &replayed {
        assert!(
            recorded.lines().any(|line| line == *name),
            "{name} was never recorded"
        );
    }
    assert!(START.ends_with('Z'));
}

#[test]
fn no_fixture_holds_a_token() {
    for entry in fs::read_dir(folder()).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        assert!(!text.contains("eyJ"), "a token in a fixture");
    }
}
