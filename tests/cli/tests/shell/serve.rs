//! `pmi serve` as its own process, stopped and started.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::support::{Desk, Run, bare};

/// A server, and the line it printed when it was ready.
struct Server {
    child: Child,
    ready: Value,
}

impl Server {
    fn start(desk: &Desk, args: &[&str]) -> Self {
        let mut command = bare(desk.home.path());
        command
            .args(["--json", "--data-dir"])
            .arg(desk.data())
            .arg("serve")
            .args(args);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it runs");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped"))
            .read_line(&mut line)
            .expect("a line");
        Self {
            child,
            ready: serde_json::from_str(&line).expect("one JSON document"),
        }
    }

    fn url(&self) -> &str {
        self.ready["url"].as_str().expect("a URL")
    }

    fn port(&self) -> String {
        self.url().rsplit_once(':').expect("a port").1.to_owned()
    }

    fn stop(mut self, signal: &str) {
        let told = Command::new("kill")
            .arg(signal)
            .arg(self.child.id().to_string())
            .status();
        assert!(told.expect("kill runs").success());
        assert!(
            self.child.wait().expect("it ends").success(),
            "a signal is no failure"
        );
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

#[test]
fn a_server_stopped_and_started_has_lost_nothing() {
    for dialect in ["v2", "v1"] {
        let mut desk = Desk::new("");
        let server = Server::start(&desk, &["--port", "0", "--dialect", dialect]);
        desk.server = server.url().to_owned();
        let (port, ready) = (server.port(), server.ready.clone());
        assert_eq!(
            (&ready["ready"], &ready["dialect"]),
            (&true.into(), &dialect.into())
        );
        // The first customers have one vehicle: v1 lets nobody else sign in.
        let email = ready["customers"][0]["email"].as_str().expect("a customer");
        let password = ready["password"].as_str().expect("a password");
        desk.with_password(password, &["login", email]).exits(0);
        assert_eq!(desk.json(&["vehicles"]).exits(0).json()["origin"], "network");

        server.stop("-TERM");
        let down = desk.json(&["vehicles"]).exits(0).json();
        assert_eq!(down["origin"], "disk");
        assert_eq!(down["refresh_error"]["why"], "connect");
        let text = desk.run(&["vehicles"]).exits(0).stdout;
        let hint = format!("\ntry: start the server with `pmi serve --port {port}`\n");
        assert!(text.contains("\nas of ") && text.ends_with(&hint), "{text}");

        let server = Server::start(&desk, &["--port", &port, "--dialect", dialect]);
        let up = desk.json(&["vehicles"]).exits(0).json();
        assert_eq!((&up["origin"], &up["value"]), (&"network".into(), &down["value"]));
        assert_eq!(server.ready["customers"], ready["customers"]);
        server.stop("-INT");
    }
}

#[test]
fn what_a_customer_did_outlives_the_server() {
    let mut desk = Desk::new("");
    let server = Server::start(&desk, &["--port", "0"]);
    desk.server = server.url().to_owned();
    let port = server.port();
    let register = [
        "register",
        "--email",
        "n@example.com",
        "--first-name",
        "N",
        "--last-name",
        "R",
        "--phone",
        "+91980",
    ];
    desk.with_password("a-long-enough-secret", &register).exits(0);
    let vin = server.ready["unclaimed_vins"][0]
        .as_str()
        .expect("a VIN")
        .to_owned();
    desk.run(&["claim", &vin]).exits(0);
    server.stop("-TERM");
    let server = Server::start(&desk, &["--port", &port]);
    let garage = desk
        .json(&["--freshness", "network-only", "vehicles"])
        .exits(0)
        .json();
    assert_eq!(garage["value"][0]["vehicle"]["vin"], vin.as_str());
    server.stop("-TERM");
}

#[test]
fn a_port_that_is_taken_is_told() {
    let desk = Desk::new("");
    let server = Server::start(&desk, &["--port", "0", "--db", "memory"]);
    let error = desk
        .json(&["serve", "--db", "memory", "--port", &server.port()])
        .exits(2)
        .error();
    assert_eq!(error["kind"], "cannot_listen");
    assert!(
        error["message"]
            .as_str()
            .is_some_and(|text| text.contains("is taken")),
        "{error}"
    );
    server.stop("-TERM");
}

#[test]
fn a_database_that_cannot_be_opened_is_told() {
    let desk = Desk::new("");
    let file = desk.home.path().join("file");
    std::fs::write(&file, "mine").expect("written");
    let below = file.join("db.sqlite3").display().to_string();
    let folder = desk.home.path().display().to_string();
    let noise = file.display().to_string();
    for bad in [below.as_str(), &folder, &noise, "/proc/pmi/db.sqlite3"] {
        let run = desk.json(&["serve", "--port", "0", "--db", bad]).exits(6);
        assert_eq!(run.error()["kind"], "storage");
    }
    assert_eq!(std::fs::read_to_string(&file).expect("still there"), "mine");
    desk.json(&["serve", "--db", "mysql://x"]).exits(2).error();
}

#[test]
fn the_lines_for_a_person_say_how_to_begin() {
    let desk = Desk::new("");
    let mut command = bare(desk.home.path());
    command
        .args(["--data-dir"])
        .arg(desk.data())
        .args(["serve", "--port", "0"]);
    let mut child = command.stdout(Stdio::piped()).spawn().expect("it runs");
    let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
    let mut text = String::new();
    while !text.contains("Ctrl-C") {
        text.push_str(&lines.next().expect("more").expect("UTF-8"));
        text.push('\n');
    }
    for wanted in [
        "http://127.0.0.1:",
        "@example.com",
        "password",
        "nobody's yet",
        "export PMI_SERVER=",
    ] {
        assert!(text.contains(wanted), "{text}");
    }
    let told = Command::new("kill")
        .arg("-INT")
        .arg(child.id().to_string())
        .status();
    assert!(told.expect("kill runs").success());
    let ended = child.wait_with_output().expect("it ends");
    Run::of(ended).exits(0);
}
