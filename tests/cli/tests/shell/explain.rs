//! `pmi explain`: from it alone each sign-out and each wait can be understood, with or without a network or a session.

use pmi_platform::{Dialect, Fault, Match};
use serde_json::{Value, json};

use crate::scene::{Scene, ten};
use crate::support::{BOTH, Desk, platform, rider};

/// The decisions of the trail that are about this, oldest first.
fn about(report: &Value, about: &str) -> Vec<Value> {
    let trail = report["trail"].as_array().expect("a trail");
    let decisions = trail.iter().map(|entry| entry["decision"].clone());
    decisions.filter(|decision| decision["about"] == about).collect()
}

/// What a person reads, and what a program reads; neither sends anything nor changes what the other says.
#[track_caller]
fn explain(desk: &Desk, options: &[&str]) -> (String, Value) {
    let text = desk.run(&[options, &["explain"]].concat()).exits(0).stdout;
    let json = desk.json(&[options, &["explain"]].concat()).exits(0).json();
    assert_eq!(json["schema"], 1);
    assert_eq!(json["server"], desk.server.as_str());
    (text, json)
}

#[test]
fn before_anything_happened_it_says_so_and_the_server_need_not_be_there() {
    let desk = Desk::new("http://127.0.0.1:9");
    let (text, json) = explain(&desk, &[]);
    assert!(
        text.contains("not signed in: nobody has signed in to this server from here; `pmi login EMAIL`"),
        "{text}"
    );
    assert!(
        text.contains("(never reached)") && text.contains("nothing was decided yet"),
        "{text}"
    );
    assert_eq!(
        json["session"],
        json!({"state": "sign_in_needed", "why": "never_signed_in"})
    );
    assert_eq!((&json["trail"], &json["outbox"]), (&json!([]), &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_signed_out_is_told_that_they_did_and_when() {
    for dialect in BOTH {
        let server = platform(dialect).await;
        let desk = Desk::new(server.url()).signed_in(rider(&server));
        let (text, json) = explain(&desk, &[]);
        assert!(text.contains("session   signed in (since "), "{text}");
        assert_eq!(json["session"]["state"], "signed_in");
        desk.run(&["logout"]).exits(0);
        server.control().reset_counts();
        let (text, json) = explain(&desk, &[]);
        assert_eq!(server.control().requests("*", "/"), 0, "it asks no server");
        assert!(
            text.contains("not signed in (since ") && text.contains("): signed out by the person;"),
            "{text}"
        );
        assert!(text.trim_end().ends_with("  signed out by the person"), "{text}");
        let session = about(&json, "session");
        assert_eq!(
            session,
            [
                json!({"about": "session", "what": "signed_in"}),
                json!({"about": "session", "what": "signed_out"})
            ]
        );
        let word = if dialect == Dialect::V1 { "v1" } else { "v2" };
        assert_eq!(json["dialect"], word);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s09_whoever_was_signed_out_by_the_server_is_told_why() {
    for dialect in BOTH {
        let server = platform(dialect).await;
        let desk = Desk::new(server.url()).signed_in(rider(&server));
        server.control().rotate_signing_key().await.expect("a new key");
        desk.run(&["me", "--freshness", "network-only"]).exits(3);
        let (text, json) = explain(&desk, &["--offline"]);
        assert!(
            text.contains("not signed in (since ") && text.contains("the server refused the refresh token"),
            "{text}"
        );
        assert!(
            text.contains("  signed out: the server refused the refresh token ("),
            "{text}"
        );
        let ended = about(&json, "session").pop().expect("an end");
        assert_eq!(ended["what"], "ended");
        assert_eq!(ended["why"], json["session"]["why"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s05_a_locked_store_is_told_from_a_sign_out_and_so_are_keys_that_are_gone() {
    let server = platform(Dialect::V2).await;
    let desk = Desk::new(server.url()).signed_in(rider(&server));
    let (text, json) = explain(&desk, &["--secrets", "memory"]);
    assert!(
        text.contains("still signed in, but locked: ") && text.contains("--secrets"),
        "{text}"
    );
    assert_eq!(json["session"]["state"], "locked");

    let (keys, aside) = (desk.data().join("secrets"), desk.data().join("aside"));
    std::fs::rename(&keys, &aside).expect("moved away");
    let (text, json) = explain(&desk, &[]);
    assert!(
        text.contains("the keys of the session are gone from the secret store"),
        "{text}"
    );
    assert_eq!(
        json["session"],
        json!({"state": "sign_in_needed", "why": "keys_lost"})
    );

    std::fs::remove_dir_all(&keys).expect("removed");
    std::fs::rename(&aside, &keys).expect("moved back");
    assert_eq!(explain(&desk, &[]).1["session"]["state"], "signed_in");
}

#[tokio::test(flavor = "multi_thread")]
async fn s14_a_wait_the_server_asked_for_says_how_long_and_that_it_did() {
    for dialect in BOTH {
        let server = platform(dialect).await;
        let desk = Desk::new(server.url()).signed_in(rider(&server));
        let rule = Match::get("/api/");
        server
            .control()
            .on(rule)
            .then(Fault::status_with(429, "Retry-After", "600"));
        desk.run(&["bookings"]).exits(4);
        let (text, json) = explain(&desk, &[]);
        assert!(
            text.contains("  waits 10 min 0 s: the server asked for it (Retry-After)"),
            "{text}"
        );
        let waits = about(&json, "transport");
        assert!(waits.iter().any(|wait| wait["cause"] == "retry_after"), "{json}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_it_says_what_was_tried_and_what_is_still_to_be_sent() {
    for dialect in BOTH {
        let scene = Scene::start(dialect).await.looked_around();
        scene.book_offline(&ten());
        scene.server.control().network(false);
        scene.run(&["bookings"]).exits(0);
        let (text, json) = explain(&scene.desk, &[]);
        assert!(text.contains("unsent    1 to be sent"), "{text}");
        assert!(
            text.contains("  outbox item 1 is on disk and to be sent"),
            "{text}"
        );
        assert_eq!(json["outbox"]["waiting"], 1);
        let told = about(&json, "transport").len() + about(&json, "network").len();
        assert!(told > 0, "why no answer came: {json}");
        assert_eq!(json["session"]["state"], "signed_in");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_entries_are_shown_and_the_others_when_asked_for() {
    let scene = Scene::start(Dialect::V2).await.looked_around();
    for _ in 0..12 {
        let rider = rider(&scene.server);
        scene.desk.run(&["logout"]).exits(0);
        scene
            .desk
            .with_password(&rider.password, &["login", &rider.email])
            .exits(0);
    }
    let lines = |args: &[&str]| scene.run(args).exits(0).stdout;
    let last = lines(&["explain"]);
    assert!(last.contains("(5 earlier ones: pmi explain --all)"), "{last}");
    assert_eq!(
        last.matches("  signed ").count(),
        20 + 1,
        "and the session line: {last}"
    );
    assert_eq!(lines(&["explain", "--all"]).matches("  signed ").count(), 25 + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn s37_neither_form_names_the_person_or_what_is_theirs() {
    for dialect in BOTH {
        let scene = Scene::start(dialect).await.looked_around();
        scene.book_offline(&ten());
        scene.run(&["sync"]).exits(0);
        let rider = rider(&scene.server);
        let me = scene.json(&["me"]).exits(0).json()["value"].clone();
        let (text, json) = explain(&scene.desk, &[]);
        let both = format!("{text}{json}");
        let durable = std::fs::read(scene.desk.data().join("durable.sqlite3")).expect("the file");
        let secrets =
            std::fs::read_to_string(scene.desk.data().join("secrets/secrets.json")).expect("the keys");
        for needle in [
            rider.email.as_str(),
            &rider.password,
            me["first_name"].as_str().expect("a name"),
            me["phone"].as_str().expect("a phone"),
        ] {
            assert!(!both.contains(needle), "{needle}");
        }
        // Names of keys and of accounts are random: nothing that long and hexadecimal is in it.
        let is_id = |word: &str| word.len() >= 32 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert!(
            both.split(|c: char| !c.is_ascii_alphanumeric())
                .all(|word| !is_id(word)),
            "{both}"
        );
        assert!(
            secrets.split(|c: char| !c.is_ascii_alphanumeric()).any(is_id),
            "the search itself works"
        );
        assert!(!durable.is_empty());
    }
}

#[test]
fn the_help_names_it() {
    let desk = Desk::new("http://127.0.0.1:9");
    let help = desk.run(&["--help"]).exits(0).stdout;
    assert!(
        help.contains("explain") && help.contains("Why you are, or are not, signed in"),
        "{help}"
    );
}
