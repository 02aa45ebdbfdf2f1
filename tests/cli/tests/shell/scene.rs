//! A customer at a desk whose clock the test moves, and programs that are watched, stopped and killed while they run.

use std::cell::Cell;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::Duration;

use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use pmi_platform::{Dialect, Match, Platform};
use rusqlite::Connection;
use serde_json::Value;

use crate::support::{Desk, Run, platform, rider};

/// A server, and somebody with one vehicle who is signed in to it.
pub(crate) struct Scene {
    pub(crate) dialect: Dialect,
    pub(crate) server: Platform,
    pub(crate) desk: Desk,
    pub(crate) vehicle: String,
    rider: i64,
    ahead: Cell<Duration>,
}

impl Scene {
    pub(crate) async fn start(dialect: Dialect) -> Self {
        Self::on(platform(dialect).await, dialect)
    }

    pub(crate) fn on(server: Platform, dialect: Dialect) -> Self {
        let rider = rider(&server);
        Self {
            dialect,
            desk: Desk::new(server.url()).signed_in(rider),
            vehicle: rider.vehicle_ids[0].to_string(),
            rider: rider.id,
            server,
            ahead: Cell::default(),
        }
    }

    /// Lets time pass for every program at this desk, running or not; the server's clock stays.
    pub(crate) fn let_pass(&self, time: Duration) {
        self.ahead.set(self.ahead.get() + time);
        let (file, new) = (self.clock_file(), self.desk.home.path().join("clock.new"));
        std::fs::write(&new, self.ahead.get().as_millis().to_string()).expect("written");
        std::fs::rename(new, file).expect("renamed");
    }

    fn clock_file(&self) -> PathBuf {
        self.desk.home.path().join("clock")
    }

    pub(crate) fn program(&self, args: &[&str]) -> Command {
        let mut command = self.desk.program(args);
        command.env("PMI_CLOCK_FILE", self.clock_file());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Run {
        Run::of(self.program(args).output().expect("it runs"))
    }

    pub(crate) fn json(&self, args: &[&str]) -> Run {
        self.run(&[&["--json"], args].concat())
    }

    /// The program, going on while the test looks at what it logs.
    pub(crate) fn begin(&self, args: &[&str]) -> Running {
        let mut command = self.program(args);
        command.env("PMI_LOG", "pmi_core=debug");
        Running::new(command)
    }

    /// The words that book an oil change at this time.
    pub(crate) fn book<'a>(&'a self, at: &'a str) -> Vec<&'a str> {
        vec![
            "book",
            "--vehicle",
            &self.vehicle,
            "--service",
            "oil_change",
            "--at",
            at,
        ]
    }

    /// The same, accepted without a network.
    #[track_caller]
    pub(crate) fn book_offline(&self, at: &str) -> Value {
        let run = self.json(&[&["--offline"], &self.book(at)[..]].concat()).exits(0);
        assert_eq!(run.json()["state"], "queued", "{run:?}");
        run.json()
    }

    /// What it is to look at everything a booking needs once, so that it can be made without a network.
    #[track_caller]
    pub(crate) fn looked_around(self) -> Self {
        for read in ["vehicles", "centers", "bookings"] {
            self.run(&[read]).exits(0);
        }
        self.server.control().reset_counts();
        self
    }

    /// The requests that make a booking.
    pub(crate) fn creates(&self) -> Match {
        Match::post(self.create_path())
    }

    pub(crate) fn create_path(&self) -> &'static str {
        match self.dialect {
            Dialect::V1 => "/api/bookings/create",
            Dialect::V2 => "/api/bookings",
        }
    }

    /// The bookings on the server that this library made for the customer.
    pub(crate) async fn made(&self) -> Vec<String> {
        let seen = self.server.control().bookings(Some(self.rider)).await;
        let by_us = |notes: Option<&str>| notes.unwrap_or_default().contains("[pmi:");
        seen.expect("the server's bookings")
            .into_iter()
            .filter(|one| one.client_operation_id.is_some() || by_us(one.notes.as_deref()))
            .map(|one| format!("{} {}", one.wall_time, one.status))
            .collect()
    }

    /// What was sent to v1 without an answer is looked for in vain, and then waited with until v1 can be at work on it no longer.
    /// `meanwhile` happens in between. Two processes, so that no moment of theirs meets the moving of the clock.
    pub(crate) async fn v1_is_waited_for(&self, meanwhile: impl Future<Output = ()>) {
        let mut sync = self.begin(&["--json", "sync", "--wait", "20"]);
        sync.until_answered("GET", "/api/appointments/list");
        meanwhile.await;
        self.let_pass(Duration::from_secs(21));
        let run = sync.ends().exits(4);
        assert_eq!(run.json()["items"][0]["state"], "unknown", "{run:?}");
        // And longer than the right to send lasts, in case it ended with it.
        self.let_pass(Duration::from_secs(30));
    }

    /// Takes the lock that every write to the durable file needs, until it is dropped.
    pub(crate) fn lock_durable(&self) -> Connection {
        let file = self.desk.data().join("durable.sqlite3");
        assert!(file.exists());
        let connection = Connection::open(file).expect("it opens");
        connection.execute_batch("BEGIN IMMEDIATE").expect("the lock");
        connection
    }
}

/// Ten o'clock some weeks from now, as `--at` takes it.
pub(crate) fn ten() -> String {
    hour(10)
}

/// That hour of the same day.
pub(crate) fn hour(hour: u8) -> String {
    let there = TimeZone::get("Asia/Kolkata").expect("bundled");
    let day = Timestamp::now().to_zoned(there).date();
    let day = day.checked_add(40.days()).expect("a day");
    format!("{day}T{hour:02}:00")
}

/// A program that runs.
pub(crate) struct Running {
    child: Child,
    errors: BufReader<ChildStderr>,
    said: String,
}

impl Running {
    fn new(mut command: Command) -> Self {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it runs");
        let errors = BufReader::new(child.stderr.take().expect("piped"));
        Self {
            child,
            errors,
            said: String::new(),
        }
    }

    /// Returns once it has said a line like this on standard error.
    #[track_caller]
    pub(crate) fn until(&mut self, is_it: impl Fn(&str) -> bool) {
        loop {
            let mut line = String::new();
            let read = self.errors.read_line(&mut line).expect("UTF-8");
            assert!(read > 0, "it ended before: {}", self.said);
            self.said.push_str(&line);
            if is_it(&line) {
                return;
            }
        }
    }

    /// Returns once it has the answer to such a request.
    #[track_caller]
    pub(crate) fn until_answered(&mut self, method: &str, path: &str) {
        self.until(|line| {
            let log: Value = serde_json::from_str(line).unwrap_or_default();
            let fields = &log["fields"];
            let asked = fields["path"]
                .as_str()
                .is_some_and(|asked| asked.starts_with(path));
            let done = fields["status"]
                .as_u64()
                .is_some_and(|status| (200..300).contains(&status));
            fields["message"] == "exchange" && fields["method"] == method && asked && done
        });
    }

    /// Kills it with SIGKILL.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("killed");
        let status = self.child.wait().expect("it ends");
        assert_eq!(status.code(), None, "it was still running: {}", self.said);
    }

    /// Stops it with SIGSTOP; every thread of it stands when this returns.
    pub(crate) fn stop(&self) {
        self.signal("-STOP");
        let tasks = format!("/proc/{}/task", self.child.id());
        let stands = |task: std::io::Result<std::fs::DirEntry>| {
            let stat = std::fs::read_to_string(task.expect("a thread").path().join("stat"));
            let stat = stat.unwrap_or_default();
            stat.rsplit_once(") ")
                .is_some_and(|(_, rest)| rest.starts_with('T'))
        };
        while !std::fs::read_dir(&tasks).expect("it runs").all(stands) {
            std::thread::yield_now();
        }
    }

    /// Lets it go on.
    pub(crate) fn go_on(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let told = Command::new("kill")
            .arg(signal)
            .arg(self.child.id().to_string())
            .status();
        assert!(told.expect("kill runs").success());
    }

    /// What it leaves when it ends.
    pub(crate) fn ends(mut self) -> Run {
        let mut stdout = String::new();
        let mut out = self.child.stdout.take().expect("piped");
        out.read_to_string(&mut stdout).expect("UTF-8");
        self.errors.read_to_string(&mut self.said).expect("UTF-8");
        let status = self.child.wait().expect("it ends");
        Run {
            code: status.code().expect("not killed"),
            stdout,
            stderr: std::mem::take(&mut self.said),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
