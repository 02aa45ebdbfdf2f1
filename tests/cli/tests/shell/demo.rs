//! The demo's promises, as a program sees them.

use serde_json::Value;

use crate::support::{Run, bare};

#[test]
fn the_demo_keeps_every_promise_on_both_platforms() {
    let home = tempfile::tempdir().expect("a folder");
    let run = bare(home.path())
        .args(["demo", "--json"])
        .output()
        .expect("it runs");
    let run = Run::of(run).exits(0);
    assert_eq!(run.stderr, "");
    let document = run.json();
    assert_eq!(
        (&document["ok"], &document["broken"]),
        (&true.into(), &Value::Null)
    );
    assert!(
        document["total_ms"].as_f64().is_some_and(|ms| ms < 60_000.0),
        "{document}"
    );
    for dialect in ["v2", "v1"] {
        let facts = &document["dialects"][dialect];
        // Not v1's storm of one client: only one of its routes looks at tokens.
        let refused = if dialect == "v2" { [20, 6] } else { [4, 1] };
        for (storm, refused) in [facts, &facts["one_client"]].into_iter().zip(refused) {
            assert_eq!(storm["calls"], 20, "{facts}");
            assert_eq!(storm["calls_ok"], 20, "{facts}");
            assert_eq!(storm["refreshes"], 1, "{facts}");
            assert_eq!(storm["refused"], refused, "{facts}");
        }
        // Each refused one was sent again.
        assert_eq!(facts["requests"], 20 + refused[0], "{facts}");
        assert_eq!(facts["foreseen"]["refreshes"], 1, "{facts}");
        assert_eq!(facts["foreseen"]["calls_ok"], 20, "{facts}");
        assert_eq!(facts["foreseen"]["refused"], 0, "{facts}");
        assert_eq!(facts["offline_reads"], 6, "{facts}");
        assert_eq!(facts["offline_reads_ok"], 6, "{facts}");
        assert_eq!(facts["online_again"], true, "{facts}");
        assert_eq!(facts["registered"], true, "{facts}");
        assert_eq!(facts["claimed_vin"].is_string(), dialect == "v2", "{facts}");
        assert!(
            facts["critical"]["probability"]
                .as_f64()
                .is_some_and(|p| p >= 0.7),
            "{facts}"
        );
        let photo = (&facts["photo"]["whole"], &facts["photo"]["parts_again"]);
        match dialect {
            "v2" => assert_eq!(photo, (&true.into(), &1.into()), "{facts}"),
            _ => assert_eq!(facts["photo"], Value::Null, "{facts}"),
        }
        books_once(facts, dialect);
    }
    let left = std::fs::read_dir(home.path()).expect("a folder").count();
    assert_eq!(left, 0, "nothing of the user's is touched");
}

/// What was accepted without a network is on the server once, whatever was killed.
fn books_once(facts: &Value, dialect: &str) {
    for (fact, count) in [
        ("accepted", 2),
        ("sent", 2),
        ("bookings_on_server", 2),
        ("duplicates", 0),
        ("kills", 2),
        ("taps", 2),
        ("withdrawn", 1),
    ] {
        assert_eq!(facts[fact], count, "{fact}: {facts}");
    }
    // A create that was lost before the server acted is sent again; v2 is also asked with the first one's key again.
    let (requests, waited) = match dialect {
        "v2" => (4, 0),
        _ => (3, 25),
    };
    assert!(facts["create_requests"].as_u64() >= Some(requests), "{facts}");
    assert!(facts["finish_waited_s"].as_u64() >= Some(waited), "{facts}");
    let bookings = facts["bookings"].as_array().expect("a list");
    let killed: Vec<_> = bookings.iter().map(|booked| &booked["killed"]).collect();
    assert_eq!(killed, ["after_it_was_made", "before_it_was_made"], "{facts}");
    for (booked, hour) in bookings.iter().zip(["T10:00:00", "T15:00:00"]) {
        assert_eq!(booked["on_server"], 1, "{facts}");
        assert_eq!(booked["booked_at"], booked["asked_at"], "{facts}");
        let at = booked["booked_at"].as_str().expect("a time");
        assert!(at.ends_with(hour), "{facts}");
    }
    assert_eq!(facts["booked_at"], bookings[0]["booked_at"], "{facts}");
    for took in ["accept_ms", "accept_process_ms", "finish_ms"] {
        assert!(facts[took].as_f64().is_some_and(|ms| ms > 0.0), "{took}: {facts}");
    }
}

#[test]
fn a_person_gets_a_story_and_may_choose_the_platform() {
    let home = tempfile::tempdir().expect("a folder");
    let run = bare(home.path())
        .args(["demo", "--dialect", "v2"])
        .output()
        .expect("it runs");
    let run = Run::of(run).exits(0);
    assert!(
        run.stdout.contains("1 refresh, 20 of 20 calls succeed"),
        "{run:?}"
    );
    assert!(
        run.stdout.contains("2 accepted, 2 processes killed")
            && run.stdout.contains("2 bookings on the server, 0 duplicates"),
        "{run:?}"
    );
    assert!(
        run.stdout.contains("Every promise was kept") && !run.stdout.contains("v1"),
        "{run:?}"
    );
}

#[test]
fn a_broken_promise_is_named_and_ends_the_demo_with_1() {
    let home = tempfile::tempdir().expect("a folder");
    for json in [false, true] {
        let mut command = bare(home.path());
        command.arg("demo").env("TMPDIR", home.path().join("none"));
        if json {
            command.arg("--json");
        }
        let run = Run::of(command.output().expect("it runs")).exits(1);
        assert!(run.stderr.contains("broken promise: "), "{run:?}");
        if json {
            assert_eq!(run.json()["ok"], false);
            let error: Value = serde_json::from_str(&run.stderr).expect("one document");
            assert_eq!(error["error"]["kind"], "broken_promise");
        }
    }
}
