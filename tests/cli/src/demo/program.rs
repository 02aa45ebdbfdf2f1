//! New processes: this very program, started on the client's files as a person would start it.

use std::path::PathBuf;
use std::process::{Output, Stdio};

use serde_json::Value;
use tokio::process::{Child, Command};

use super::people::Rider;
use super::stage::Stage;
use super::story::{broken, keep};
use crate::failure::Failure;

/// This program, with a server and a folder.
pub(super) struct Program {
    url: String,
    dir: PathBuf,
}

impl Program {
    /// On the rider's files.
    pub(super) fn of(stage: &Stage, rider: &Rider) -> Self {
        Self {
            url: stage.platform.url(),
            dir: rider.dir.clone(),
        }
    }

    /// Runs it to its end.
    pub(super) async fn run(&self, arguments: &[&str]) -> Result<Output, Failure> {
        let mut command = self.command(arguments)?;
        command.output().await.map_err(|error| cannot(&error))
    }

    /// Runs it to its end, which must be a success, and gives the one document it prints.
    pub(super) async fn json(&self, arguments: &[&str]) -> Result<Value, Failure> {
        let output = self.run(arguments).await?;
        let stderr = String::from_utf8_lossy(&output.stderr);
        keep(
            output.status.success(),
            "a new process of the same person needs no sign-in and no network",
            format!("{}: {}, {}", arguments.join(" "), output.status, stderr.trim()),
        )?;
        serde_json::from_slice(&output.stdout).map_err(|error| broken("--json prints one document", error))
    }

    /// Starts it. It is killed with what holds it.
    pub(super) fn start(&self, arguments: &[&str]) -> Result<Child, Failure> {
        let mut command = self.command(arguments)?;
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        command.spawn().map_err(|error| cannot(&error))
    }

    fn command(&self, arguments: &[&str]) -> Result<Command, Failure> {
        let program = std::env::current_exe().map_err(|error| cannot(&error))?;
        let mut command = Command::new(program);
        command
            .args(["--server", &self.url, "--secrets", "file", "--data-dir"])
            .arg(&self.dir)
            .args(arguments)
            .stdin(Stdio::null())
            .kill_on_drop(true);
        Ok(command)
    }
}

fn cannot(error: &std::io::Error) -> Failure {
    broken("this program can start itself", error)
}
