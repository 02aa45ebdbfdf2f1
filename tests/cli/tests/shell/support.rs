//! A desk: a folder, a server's address, and the program.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use pmi_platform::{Config, Dialect, Platform, SeededCustomer};
use serde_json::Value;
use tempfile::TempDir;

/// Both platforms.
pub(crate) const BOTH: [Dialect; 2] = [Dialect::V2, Dialect::V1];

/// Every read, for a customer with this vehicle.
pub(crate) fn reads(vehicle: i64) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = ["me", "vehicles", "bookings", "centers", "notifications"]
        .map(|read| vec![read.to_owned()])
        .to_vec();
    all.push(vec!["vehicle".to_owned(), vehicle.to_string()]);
    all
}

/// A seeded server without limits.
pub(crate) async fn platform(dialect: Dialect) -> Platform {
    Platform::start(Config {
        dialect,
        ..Config::default()
    })
    .await
    .expect("a server starts")
}

/// Somebody who may sign in on both platforms.
pub(crate) fn rider(platform: &Platform) -> &SeededCustomer {
    platform
        .seeded()
        .with_critical_prediction()
        .expect("a seeded rider")
}

/// What a run left.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code().expect("not killed"),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// The one document on standard output.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The object under `error` of the one document on standard error; standard output is empty.
    pub(crate) fn error(&self) -> Value {
        assert_eq!(self.stdout, "", "{self:?}");
        let document: Value =
            serde_json::from_str(&self.stderr).unwrap_or_else(|error| panic!("{error}: {self:?}"));
        let error = document["error"].clone();
        assert_eq!(error["exit_code"], self.code, "{self:?}");
        assert!(
            error["message"].as_str().is_some_and(|text| !text.is_empty()),
            "{self:?}"
        );
        error
    }

    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }
}

/// A person's machine: an empty home, and the server they talk to.
pub(crate) struct Desk {
    pub(crate) home: TempDir,
    pub(crate) server: String,
    pub(crate) secrets: &'static str,
}

impl Desk {
    pub(crate) fn new(server: impl Into<String>) -> Self {
        Self {
            home: tempfile::tempdir().expect("a folder"),
            server: server.into(),
            secrets: "file",
        }
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.home.path().join("pmi")
    }

    /// The program with this desk's settings in its environment, and nothing of the real one's.
    pub(crate) fn program(&self, args: &[&str]) -> Command {
        let mut command = bare(self.home.path());
        command.env("PMI_SERVER", &self.server);
        command.env("PMI_SECRETS", self.secrets);
        command.env("PMI_DATA_DIR", self.data());
        command.args(args);
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Run {
        Run::of(self.program(args).output().expect("it runs"))
    }

    /// The same with `--json`.
    pub(crate) fn json(&self, args: &[&str]) -> Run {
        self.run(&[&["--json"], args].concat())
    }

    pub(crate) fn with_password(&self, password: &str, args: &[&str]) -> Run {
        Run::of(
            self.program(args)
                .env("PMI_PASSWORD", password)
                .output()
                .expect("it runs"),
        )
    }

    pub(crate) fn with_stdin(&self, text: &str, args: &[&str]) -> Run {
        let mut command = self.program(args);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("it runs");
        child
            .stdin
            .take()
            .expect("piped")
            .write_all(text.as_bytes())
            .expect("it reads");
        Run::of(child.wait_with_output().expect("it ends"))
    }

    #[track_caller]
    pub(crate) fn signed_in(self, who: &SeededCustomer) -> Self {
        self.with_password(&who.password, &["login", &who.email]).exits(0);
        self
    }
}

/// The program in an environment that holds nothing but a home.
pub(crate) fn bare(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pmi"));
    command
        .env_clear()
        .env("HOME", home)
        .env("TZ", "Asia/Kolkata")
        .stdin(Stdio::null());
    command
}

/// Words as arguments.
pub(crate) fn words(owned: &[String]) -> Vec<&str> {
    owned.iter().map(String::as_str).collect()
}
