//! The demo's promises, as a program sees them.

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
        (&true.into(), &serde_json::Value::Null)
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
    }
    let left = std::fs::read_dir(home.path()).expect("a folder").count();
    assert_eq!(left, 0, "nothing of the user's is touched");
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
            let error: serde_json::Value = serde_json::from_str(&run.stderr).expect("one document");
            assert_eq!(error["error"]["kind"], "broken_promise");
        }
    }
}
