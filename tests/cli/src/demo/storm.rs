//! Twenty calls at once, while the access token expires beneath them.
//!
//! The server holds the requests at a gate; when all stand there its clock moves on by half an hour, and only then it looks
//! at their tokens. The device's clock has not moved: the client believes in its token and learns the truth from as many
//! requests as it has under way at once (two on v1, six on v2; the other calls stand in its line). It plays twice, because a client sends identical reads that are under way only once: in one client twenty calls
//! are few requests; in four clients of one session (an app, its widget, ...) every call is a request of its own. The third
//! time both clocks move, and the client knows beforehand.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use pmi_core::model::Freshness;
use pmi_core::{PmiClient, TransportConfig};
use pmi_platform::{Fault, Gate, Match};

use super::facts::{Facts, Storm};
use super::people::Rider;
use super::reads::Read;
use super::stage::{A_TOKENS_LIFE, Stage};
use super::story::{Story, broken, keep, ms, must};
use crate::args::DialectArg;
use crate::failure::Failure;

/// Calls at once.
const CALLS: usize = 20;

/// Clients of one session.
const CLIENTS: usize = 4;

/// How long the requests may take to reach the gate.
const PATIENCE: Duration = Duration::from_secs(10);

/// The three storms.
pub(super) async fn all(
    stage: &Stage,
    rider: &Rider,
    facts: &mut Facts,
    story: &Story,
) -> Result<(), Failure> {
    let everything = Read::everything(rider.vehicle);
    // What was read once is on disk, and ownership is known (v1 shows anybody's vehicle to anybody; the core does not).
    for read in everything {
        let answer = read.from(&rider.client, Freshness::NetworkOnly).await;
        answer.map_err(must("everything can be read"))?;
    }

    let calls = everything
        .iter()
        .cycle()
        .take(CALLS)
        .map(|read| (&rider.client, *read))
        .collect();
    let places = places(stage);
    facts.one_client = expire_under(stage, calls, everything.len().min(places)).await?;
    tell(
        story,
        &facts.one_client,
        "in one client, where identical reads share a request",
    );
    check(&facts.one_client)?;

    let mut clients = vec![rider.client.clone()];
    while clients.len() < CLIENTS {
        let opened = stage.open("rider")?;
        // The token is read from disk by the first call; nothing is sent for it.
        opened
            .client
            .account()
            .role()
            .await
            .map_err(must("a second client of a session needs no sign-in"))?;
        facts.open_ms = opened.open_ms;
        clients.push(opened.client);
    }
    let each = &everything[..CALLS / CLIENTS];
    let calls: Vec<_> = clients
        .iter()
        .flat_map(|client| each.iter().map(move |read| (client, *read)))
        .collect();
    facts.storm = Storm {
        clients: CLIENTS,
        ..expire_under(stage, calls, CLIENTS * each.len().min(places)).await?
    };
    tell(
        story,
        &facts.storm,
        "in four clients of the session, every call a request",
    );
    check(&facts.storm)?;
    for other in &clients[1..] {
        other.close();
    }

    stage.server_clock.advance(A_TOKENS_LIFE);
    stage.device_clock.advance(A_TOKENS_LIFE);
    stage.platform.control().reset_counts();
    let started = Instant::now();
    let calls = everything
        .iter()
        .cycle()
        .take(CALLS)
        .map(|read| (&rider.client, *read))
        .collect();
    let results = make(calls).await;
    facts.foreseen = count(stage, &results, started);
    let Storm { refused, .. } = facts.foreseen;
    story.step(
        facts.foreseen.storm_ms,
        "half an hour later the client knows that its token is over, before 20 calls:",
    );
    outcome(story, &facts.foreseen);
    check(&facts.foreseen)?;
    keep(
        refused == 0,
        "a token known to be over is not sent",
        format!("{refused} requests refused"),
    )
}

/// How many requests a client has under way at a time; the others stand in its line.
fn places(stage: &Stage) -> usize {
    let config = TransportConfig::default();
    match stage.dialect {
        DialectArg::V1 => config.places_v1,
        DialectArg::V2 => config.places_v2,
    }
}

/// Makes the calls and lets the token expire when that many requests stand at the server's gate.
async fn expire_under(
    stage: &Stage,
    calls: Vec<(&PmiClient, Read)>,
    distinct: usize,
) -> Result<Storm, Failure> {
    let (control, gate) = (stage.platform.control(), Gate::new());
    control.reset_counts();
    let rule = control.on(Match::get("/")).then(Fault::HoldBefore(gate.clone()));
    let started = Instant::now();
    let expire = async {
        let arrived = tokio::time::timeout(PATIENCE, gate.arrived_at_least(distinct as u64)).await;
        stage.server_clock.advance(A_TOKENS_LIFE);
        control.remove(rule);
        gate.release();
        arrived
    };
    let (results, arrived) = tokio::join!(make(calls), expire);
    if arrived.is_err() {
        let found = format!("{} after {} s", gate.arrived_count(), PATIENCE.as_secs());
        return Err(broken(
            &format!("{distinct} requests are under way at once"),
            found,
        ));
    }
    Ok(count(stage, &results, started))
}

/// Makes all calls at once; each asks the server, whatever is cached.
async fn make(calls: Vec<(&PmiClient, Read)>) -> Vec<Result<(), pmi_core::Error>> {
    let once = |(client, read): (_, Read)| async move {
        read.from(client, Freshness::NetworkOnly).await.map(|_| ())
    };
    join_all(calls.into_iter().map(once)).await
}

/// What the server saw since the counts were reset.
fn count(stage: &Stage, results: &[Result<(), pmi_core::Error>], started: Instant) -> Storm {
    let control = stage.platform.control();
    let storm_ms = ms(started);
    let reads = control.outcomes("GET", "/");
    Storm {
        clients: 1,
        calls: results.len(),
        calls_ok: results.iter().filter(|result| result.is_ok()).count(),
        // Asked for, not only granted: one that was refused would count too.
        refreshes: control.refresh_requests(),
        requests: reads.values().sum(),
        refused: [401, 403].iter().filter_map(|status| reads.get(status)).sum(),
        storm_ms,
    }
}

fn tell(story: &Story, storm: &Storm, how: &str) {
    let calls = storm.calls;
    story.step(
        storm.storm_ms,
        &format!("the token expires under {calls} calls at once, {how}:"),
    );
    outcome(story, storm);
}

fn outcome(story: &Story, storm: &Storm) {
    let Storm {
        calls,
        calls_ok,
        refreshes,
        refused,
        ..
    } = storm;
    let plural = if *refreshes == 1 { "" } else { "es" };
    story.show(&format!(
        "{refused} refused by the server, {refreshes} refresh{plural}, {calls_ok} of {calls} calls succeed"
    ));
}

fn check(storm: &Storm) -> Result<(), Failure> {
    let Storm {
        calls,
        calls_ok,
        refreshes,
        ..
    } = storm;
    keep(
        *refreshes == 1,
        "an expired token is refreshed once, however many calls meet it",
        format!("{refreshes} refreshes"),
    )?;
    keep(
        calls_ok == calls,
        "every call that meets an expired token succeeds",
        format!("{calls_ok} of {calls}"),
    )
}
