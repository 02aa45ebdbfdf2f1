//! What goes wrong on a desk: each a clear message with what to do, the right exit code, and nothing lost.

use pmi_platform::{Dialect, Fault, Match};
use serde_json::json;

use crate::support::{BOTH, Desk, bare, platform, reads, rider, words};

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_not_signed_in_is_told_how_to() {
    let server = platform(Dialect::V2).await;
    let desk = Desk::new(server.url());
    for read in reads(1) {
        let error = desk.json(&words(&read)).exits(3).error();
        assert_eq!(
            (&error["kind"], &error["why"]),
            (&json!("sign_in_needed"), &json!("never_signed_in"))
        );
        assert!(
            error["hint"]
                .as_str()
                .is_some_and(|hint| hint.contains("pmi login EMAIL")),
            "{error}"
        );
    }
    let text = desk.run(&["me"]).exits(3);
    assert!(
        text.stderr.contains("error: sign in first") && text.stderr.contains("pmi login EMAIL"),
        "{text:?}"
    );
}

#[test]
fn a_bad_server_url_is_wrong_usage() {
    for server in [
        "pmi.example",
        "ftp://pmi.example",
        "http://pmi.example",
        "https://pmi.example/api",
        "",
    ] {
        let desk = Desk::new(server);
        for command in [&["me"][..], &["status"], &["health"], &["logout"]] {
            let error = desk.json(command).exits(2).error();
            assert_eq!(
                (&error["kind"], &error["field"]),
                (&json!("invalid_input"), &json!("server"))
            );
            assert!(
                error["hint"]
                    .as_str()
                    .is_some_and(|hint| hint.contains("--server URL")),
                "{error}"
            );
        }
    }
}

#[test]
fn what_is_no_command_is_wrong_usage_in_json_too() {
    let desk = Desk::new("http://127.0.0.1:1");
    for args in [
        &[][..],
        &["fly"],
        &["vehicle"],
        &["me", "--secrets", "pocket"],
        &["me", "--offline", "--freshness", "network-only"],
    ] {
        desk.run(args).exits(2);
        assert_eq!(desk.json(args).exits(2).error()["kind"], "usage");
    }
    let help = desk.run(&["--help"]).exits(0);
    assert!(help.stdout.contains("Exit codes:"), "{help:?}");
    assert!(desk.run(&["--version"]).exits(0).stdout.starts_with("pmi "));
}

#[test]
fn a_server_that_is_down_says_how_to_start_it() {
    // A port that was free a moment ago.
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let port = port.expect("a port").port();
    let desk = Desk::new(format!("http://127.0.0.1:{port}"));
    for command in [&["health"][..], &["login", "a@example.com"]] {
        let run = desk
            .with_password("some-password", &[&["--json"], command].concat())
            .exits(4);
        let error = run.error();
        assert_eq!(
            (&error["kind"], &error["why"]),
            (&json!("offline"), &json!("connect"))
        );
        let hint = format!("start the server with `pmi serve --port {port}`");
        assert_eq!(error["hint"], hint);
    }
    let status = desk.json(&["status"]).exits(0).json();
    assert_eq!(status["capabilities"], json!(null));
}

#[tokio::test(flavor = "multi_thread")]
async fn something_that_is_not_the_server_is_told_from_it() {
    let server = platform(Dialect::V2).await;
    let desk = Desk::new(server.url()).signed_in(rider(&server));
    desk.run(&["vehicles"]).exits(0);
    server.control().on(Match::any()).then(Fault::Html);
    assert_eq!(desk.json(&["health"]).exits(4).error()["kind"], "captive_portal");
    let kept = desk.json(&["vehicles"]).exits(0).json();
    assert_eq!(
        (&kept["origin"], &kept["refresh_error"]["kind"]),
        (&json!("disk"), &json!("captive_portal"))
    );
    server.control().clear();
    assert_eq!(desk.json(&["vehicles"]).exits(0).json()["origin"], "network");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_asks_to_be_left_alone_is_busy_until_then() {
    let server = platform(Dialect::V2).await;
    let desk = Desk::new(server.url()).signed_in(rider(&server));
    server
        .control()
        .on(Match::get("/api/"))
        .then(Fault::status_with(429, "Retry-After", "3600"));
    let error = desk.json(&["bookings"]).exits(4).error();
    assert_eq!(error["kind"], "busy");
    assert!(
        error["until"]
            .as_str()
            .is_some_and(|until| until.parse::<jiff::Timestamp>().is_ok()),
        "{error}"
    );
}

/// Root may write where it is not allowed to, so a read-only folder is one that no user can write to: below `/proc`.
#[test]
fn a_data_directory_that_cannot_be_used_is_told() {
    let home = tempfile::tempdir().expect("a folder");
    let file = home.path().join("file");
    std::fs::write(&file, "mine").expect("written");
    let below = file.join("pmi");
    for bad in [
        file.as_path(),
        &below,
        "/proc/pmi".as_ref(),
        "/proc/self/pmi".as_ref(),
    ] {
        for store in ["file", "memory"] {
            for command in [&["me"][..], &["login", "a@example.com"], &["status"]] {
                let mut run = bare(home.path());
                run.args(["--json", "--secrets", store, "--data-dir"])
                    .arg(bad)
                    .args(command);
                let run =
                    crate::support::Run::of(run.env("PMI_PASSWORD", "x").output().expect("it runs")).exits(6);
                let error = run.error();
                assert_eq!(error["kind"], "storage");
                assert!(
                    error["message"]
                        .as_str()
                        .is_some_and(|text| text.contains(&bad.display().to_string())),
                    "{error}"
                );
                assert!(
                    error["hint"]
                        .as_str()
                        .is_some_and(|hint| hint.contains("--data-dir")),
                    "{error}"
                );
            }
        }
    }
    assert_eq!(std::fs::read_to_string(&file).expect("still there"), "mine");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keyring_nobody_signs_in_and_nothing_is_sent() {
    let server = platform(Dialect::V2).await;
    let mut desk = Desk::new(server.url());
    desk.secrets = "keyring";
    for bus in ["unix:path=/nonexistent", ""] {
        let mut command = desk.program(&["--json", "login", &rider(&server).email]);
        command
            .env("DBUS_SESSION_BUS_ADDRESS", bus)
            .env("PMI_PASSWORD", &rider(&server).password);
        let error = crate::support::Run::of(command.output().expect("it runs"))
            .exits(6)
            .error();
        assert_eq!(
            (&error["kind"], &error["why"]),
            (&json!("storage"), &json!("secret_store"))
        );
        assert!(
            error["hint"]
                .as_str()
                .is_some_and(|hint| hint.contains("--secrets file")),
            "{error}"
        );
    }
    assert_eq!(server.control().requests("POST", "/"), 0, "no password travelled");
    desk.run(&["me"]).exits(3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_cache_is_set_aside_and_told() {
    for dialect in BOTH {
        let server = platform(dialect).await;
        let desk = Desk::new(server.url()).signed_in(rider(&server));
        desk.run(&["vehicles"]).exits(0);
        let cache = desk.data().join("cache/cache.sqlite3");
        for side in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(desk.data().join(format!("cache/cache.sqlite3{side}")));
        }
        std::fs::write(&cache, "noise, not a database, at least not one that opens").expect("written");
        let run = desk.json(&["status"]).exits(0).json();
        assert_eq!(run["session"]["state"], "signed_in");
        assert_eq!(run["set_aside"].as_array().map(Vec::len), Some(1), "{run}");
        desk.run(&["vehicles"]).exits(0);
    }
}

#[test]
fn no_home_and_no_data_directory_is_wrong_usage() {
    let home = tempfile::tempdir().expect("a folder");
    let run = bare(home.path())
        .env_remove("HOME")
        .args(["--json", "me"])
        .output();
    let error = crate::support::Run::of(run.expect("it runs")).exits(2).error();
    assert!(
        error["message"]
            .as_str()
            .is_some_and(|text| text.contains("--data-dir")),
        "{error}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn by_default_files_are_where_xdg_says() {
    let server = platform(Dialect::V2).await;
    let home = tempfile::tempdir().expect("a folder");
    let run = bare(home.path())
        .args(["--secrets", "file", "--server", &server.url(), "status"])
        .output();
    crate::support::Run::of(run.expect("it runs")).exits(0);
    assert!(home.path().join(".local/share/pmi").is_dir());
    assert!(home.path().join(".cache/pmi").is_dir());
}
