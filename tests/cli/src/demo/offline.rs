//! The network is cut, and everything is read again in new processes: this very program, as a person would start it.

use std::path::Path;
use std::process::Output;
use std::time::Instant;

use futures_util::future::{join_all, try_join_all};
use pmi_core::model::Freshness;
use serde_json::Value;
use tokio::process::Command;

use super::facts::Facts;
use super::people::Rider;
use super::reads::Read;
use super::stage::Stage;
use super::story::{Story, broken, keep, ms, must};
use crate::failure::Failure;

/// Cuts the network, reads everything, mends it, reads once more.
pub(super) async fn again(
    stage: &Stage,
    rider: &Rider,
    facts: &mut Facts,
    story: &Story,
) -> Result<(), Failure> {
    let everything = Read::everything(rider.vehicle);
    let last = everything.map(|read| read.from(&rider.client, Freshness::NetworkFirst));
    let last = try_join_all(last).await.map_err(must("everything can be read"))?;
    let url = stage.platform.url();
    stage.platform.control().network(false);

    let started = Instant::now();
    let runs = everything.map(|read| run(&url, &rider.dir, &["--json"], read));
    let runs = join_all(runs).await;
    facts.offline_ms = ms(started);
    facts.offline_reads = runs.len();
    for ((read, expected), output) in everything.iter().zip(&last).zip(runs) {
        let answer = answer(*read, output?)?;
        let same = answer["value"] == *expected && answer["origin"] == "disk";
        keep(
            same,
            "what was read once is read again without a network, unchanged",
            format!("{read:?} gave {answer}"),
        )?;
        let why = &answer["refresh_error"]["kind"];
        keep(
            why == "offline",
            "an old answer says why it is old",
            format!("{read:?} said {why}"),
        )?;
        facts.offline_reads_ok += 1;
    }
    story.step(
        facts.offline_ms,
        &format!(
            "the network is cut; {} new processes try it in vain, then read everything from disk, unchanged",
            facts.offline_reads_ok
        ),
    );
    let started = Instant::now();
    let shown = run(&url, &rider.dir, &["--offline"], Read::Vehicles).await?;
    facts.offline_process_ms = ms(started);
    keep(
        shown.status.success(),
        "what was read once is shown without a network",
        shown.status,
    )?;
    story.step(
        facts.offline_process_ms,
        "one of them, asked not to try the network (pmi --offline vehicles):",
    );
    story.show(&String::from_utf8_lossy(&shown.stdout));

    stage.platform.control().network(true);
    let started = Instant::now();
    let back = answer(
        Read::Vehicles,
        run(&url, &rider.dir, &["--json"], Read::Vehicles).await?,
    )?;
    facts.online_again = back["origin"] == "network";
    keep(
        facts.online_again,
        "with the network back the server is asked again, without a sign-in",
        back,
    )?;
    story.step(
        ms(started),
        "the network is back: a new process reads from the server, still signed in",
    );
    Ok(())
}

/// Runs this program on the client's files.
async fn run(url: &str, dir: &Path, options: &[&str], read: Read) -> Result<Output, Failure> {
    let cannot = |error: std::io::Error| broken("this program can start itself", error);
    let program = std::env::current_exe().map_err(cannot)?;
    let mut command = Command::new(program);
    command
        .args(["--server", url, "--secrets", "file", "--data-dir"])
        .arg(dir);
    command.args(options).args(read.command());
    command.stdin(std::process::Stdio::null()).kill_on_drop(true);
    command.output().await.map_err(cannot)
}

fn answer(read: Read, output: Output) -> Result<Value, Failure> {
    let stderr = String::from_utf8_lossy(&output.stderr);
    keep(
        output.status.success(),
        "a new process of the same person needs no sign-in and no network",
        format!("{read:?}: {}, {}", output.status, stderr.trim()),
    )?;
    serde_json::from_slice(&output.stdout).map_err(|error| broken("--json prints one document", error))
}
