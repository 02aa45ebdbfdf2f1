//! The network is cut, and everything is read again in new processes: this very program, as a person would start it.

use std::time::Instant;

use futures_util::future::{join_all, try_join_all};
use pmi_core::model::Freshness;

use super::facts::Facts;
use super::people::Rider;
use super::program::Program;
use super::reads::Read;
use super::stage::Stage;
use super::story::{Story, keep, ms, must};
use crate::failure::Failure;

/// Cuts the network and reads everything. It stays cut.
pub(super) async fn cut(
    stage: &Stage,
    rider: &Rider,
    facts: &mut Facts,
    story: &Story,
) -> Result<(), Failure> {
    let everything = Read::everything(rider.vehicle);
    let last = everything.map(|read| read.from(&rider.client, Freshness::NetworkFirst));
    let last = try_join_all(last).await.map_err(must("everything can be read"))?;
    let program = Program::of(stage, rider);
    stage.platform.control().network(false);

    let started = Instant::now();
    let runs = join_all(everything.map(|read| json(&program, read))).await;
    facts.offline_ms = ms(started);
    facts.offline_reads = runs.len();
    for ((read, expected), answer) in everything.iter().zip(&last).zip(runs) {
        let answer = answer?;
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
    let shown = program.run(&["--offline", "vehicles"]).await?;
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
    Ok(())
}

/// Reads once more, when the network is back.
pub(super) async fn mended(
    stage: &Stage,
    rider: &Rider,
    facts: &mut Facts,
    story: &Story,
) -> Result<(), Failure> {
    let started = Instant::now();
    let back = json(&Program::of(stage, rider), Read::Vehicles).await?;
    facts.online_again = back["origin"] == "network";
    keep(
        facts.online_again,
        "with the network back the server is asked again, without a sign-in",
        back,
    )?;
    story.step(
        ms(started),
        "a new process reads from the server again, still signed in",
    );
    Ok(())
}

async fn json(program: &Program, read: Read) -> Result<serde_json::Value, Failure> {
    let command = read.command();
    let mut arguments = vec!["--json"];
    arguments.extend(command.iter().map(String::as_str));
    program.json(&arguments).await
}
