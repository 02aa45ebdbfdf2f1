//! What was accepted is sent, while the process that sends it is killed: after the server acted, and before.
//!
//! The server holds the request at a gate, so that the process is certainly in the middle of sending. It dies of SIGKILL: it
//! closes nothing and writes nothing down. On v1 a client that restarts looks twice whether its request was acted on, the second
//! time 30 s after the attempt ended; the device's clock is moved ahead for that.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use pmi_core::PmiClient;
use pmi_core::model::{Booking, BookingId, Freshness, OutboxItem, WriteState};
use pmi_platform::{Fault, Gate, Match};

use super::facts::{Facts, Writes};
use super::people::Rider;
use super::program::Program;
use super::promises::Promise;
use super::stage::Stage;
use super::story::{Story, broken, keep, ms, must};
use crate::args::DialectArg;
use crate::failure::Failure;

/// Where both platforms take bookings.
const CREATE: &str = "/api/bookings";

/// How long a request may take to reach the gate.
const PATIENCE: Duration = Duration::from_secs(10);

/// A client with which nothing happens for so long waits for its clock.
const QUIET: Duration = Duration::from_millis(100);

/// So far its clock is moved then. Much less than the deadline of a request, should one be under way all the same.
const STEP: Duration = Duration::from_secs(5);

/// More than are needed for 30 s.
const STEPS: u32 = 60;

/// Where a client looks whether a booking was made.
fn look(dialect: DialectArg) -> &'static str {
    match dialect {
        DialectArg::V2 => "/api/bookings",
        DialectArg::V1 => "/api/appointments/list",
    }
}

/// Kills two processes that send, and lets a third client finish.
pub(super) async fn survived(
    stage: &Stage,
    rider: &Rider,
    promises: &[Promise; 2],
    facts: &mut Facts,
    story: &Story,
) -> Result<(), Failure> {
    let [first, second] = promises;
    let rows = stage.rows_of(rider).await?.len();
    let control = stage.platform.control();
    control.reset_counts();
    control.network(true);
    stage.device_clock.set_right();

    let started = Instant::now();
    let gate = Gate::new();
    killed(stage, rider, 0, Fault::HoldAfter(gate.clone()), &gate, facts).await?;
    facts.writes.bookings[0].killed = Some("after_it_was_made");
    expect(stage, rider, &[first]).await?;
    story.step(
        ms(started),
        &format!(
            "the network is back; pmi sync sends the first and is killed (SIGKILL): {} is made, its answer is lost",
            first.hour()
        ),
    );

    let started = Instant::now();
    let gate = Gate::new();
    // v2 is asked with the same request again, and says what it said; v1 is looked through.
    let pass = u64::from(stage.dialect == DialectArg::V2);
    let never = Fault::All(vec![Fault::HoldBefore(gate.clone()), Fault::CutBefore]);
    killed(stage, rider, pass, never, &gate, facts).await?;
    facts.writes.bookings[1].killed = Some("before_it_was_made");
    expect(stage, rider, &[first]).await?;
    let states = states(stage, rider, promises).await?;
    keep(
        states == ["done", "sending"],
        "the next process finds out what became of what the killed one sent, and goes on",
        format!("{states:?}"),
    )?;
    story.step(
        ms(started),
        &format!(
            "the next finds {} made, goes on to {} and is killed too: nothing is made",
            first.hour(),
            second.hour()
        ),
    );

    let items = finished(stage, promises, facts, story).await?;
    judged(stage, rider, promises, &items, facts).await?;
    let rows = stage.rows_of(rider).await?.len() - rows;
    keep(
        rows == facts.writes.bookings_on_server,
        "whatever was made is known by its operation",
        format!("{rows} made"),
    )?;
    outcome(&facts.writes, story);
    Ok(())
}

/// Starts `pmi sync`, and kills it when its request, after so many others, stands at the gate.
async fn killed(
    stage: &Stage,
    rider: &Rider,
    pass: u64,
    fault: Fault,
    gate: &Gate,
    facts: &mut Facts,
) -> Result<(), Failure> {
    // The server lives in the present, as the new processes do.
    stage.server_clock.set(Timestamp::now());
    let create = stage.platform.control().on(Match::post(CREATE));
    create.skip(pass).times(1).then(fault);
    let mut process = Program::of(stage, rider).start(&["sync"])?;
    let wait = |error: std::io::Error| broken("a new process can be waited for", error);
    let sends = "a new process sends what was accepted";
    tokio::select! {
        () = gate.arrived() => {}
        () = tokio::time::sleep(PATIENCE) => return Err(broken(sends, "nothing was sent")),
        ended = process.wait() => {
            ended.map_err(wait)?;
            let output = process.wait_with_output().await.map_err(wait)?;
            let stderr = String::from_utf8_lossy(&output.stderr);
            return Err(broken(sends, format!("{}, {}", output.status, stderr.trim())));
        }
    }
    process.start_kill().map_err(wait)?;
    let status = process.wait().await.map_err(wait)?;
    keep(
        !cfg!(unix) || status.code().is_none(),
        "a process is killed by a signal while it sends",
        status,
    )?;
    gate.release();
    facts.writes.kills += 1;
    Ok(())
}

/// Exactly these have been made.
async fn expect(stage: &Stage, rider: &Rider, promises: &[&Promise]) -> Result<(), Failure> {
    let made = stage.made_by(rider).await?;
    let there: Vec<_> = made.iter().map(|booking| &booking.wall_time).collect();
    let expected: Vec<_> = promises.iter().map(|promise| promise.wall_time()).collect();
    keep(
        there.iter().copied().eq(&expected),
        "a kill neither makes a booking nor takes one away",
        format!("{there:?} instead of {expected:?}"),
    )
}

/// Where the promises stand on the disk (`pmi --offline outbox --all`).
async fn states(stage: &Stage, rider: &Rider, promises: &[Promise; 2]) -> Result<Vec<String>, Failure> {
    let arguments = ["--offline", "outbox", "--all", "--json"];
    let mut outbox = Program::of(stage, rider).json(&arguments).await?;
    let items: Vec<OutboxItem> = serde_json::from_value(outbox["items"].take())
        .map_err(|error| broken("the outbox is shown as its items", error))?;
    let state = |promise: &Promise| {
        let item = items.iter().find(|item| item.id == promise.item)?;
        let item = serde_json::to_value(item).ok()?;
        item["state"].as_str().map(str::to_owned)
    };
    Ok(promises.iter().filter_map(state).collect())
}

/// A client opens on the same files, and is left alone.
async fn finished(
    stage: &Stage,
    promises: &[Promise; 2],
    facts: &mut Facts,
    story: &Story,
) -> Result<Vec<OutboxItem>, Failure> {
    stage.server_clock.set(Timestamp::now());
    let looks = stage.platform.control().requests("GET", look(stage.dialect));
    let started = Instant::now();
    let client = stage.open("rider")?.client;
    let mut before = Vec::new();
    let mut waited = Duration::ZERO;
    for _ in 0..STEPS {
        let now = items(&client, promises).await?;
        if now.iter().all(|item| item.state.is_settled()) {
            before = now;
            break;
        }
        if now == before {
            stage.device_clock.advance(STEP);
            waited += STEP;
        }
        before = now;
    }
    facts.writes.finish_ms = ms(started);
    facts.writes.finish_waited_s = waited.as_secs();
    let is_done = |item: &&OutboxItem| matches!(item.state, WriteState::Done { .. });
    facts.writes.sent = before.iter().filter(is_done).count();
    keep(
        facts.writes.sent == promises.len(),
        "after a restart everything that was accepted is sent, by itself",
        format!("{before:?}"),
    )?;
    let looks = stage.platform.control().requests("GET", look(stage.dialect)) - looks;
    facts.writes.finish_looks = looks;
    let hour = promises[1].hour();
    let how = match looks {
        0 => format!("sends {hour} again under the key it had"),
        _ => format!(
            "looks for {hour} {looks} times in {} s of its clock, then sends it again",
            waited.as_secs()
        ),
    };
    story.step(
        facts.writes.finish_ms,
        &format!("a client restarts on the same files, unasked: it {how}, and is done"),
    );
    let bookings = client.bookings().list(Freshness::NetworkOnly).await;
    let bookings = bookings.map_err(must("the bookings can be read"))?.value;
    for (promise, item) in promises.iter().zip(&before) {
        let shown = bookings
            .iter()
            .find(|booking| Some(&booking.id) == item.booking.as_ref());
        let is_right = |booking: &Booking| booking.pending.is_none() && booking.wall_time() == promise.at;
        keep(
            shown.is_some_and(is_right),
            "what was sent is shown as the server has it, and no longer as pending",
            format!("{shown:?}"),
        )?;
    }
    client.close();
    Ok(before)
}

/// The promises' items, once they are settled or nothing has settled them for a while.
async fn items(client: &PmiClient, promises: &[Promise]) -> Result<Vec<OutboxItem>, Failure> {
    let mut items = Vec::with_capacity(promises.len());
    for promise in promises {
        let item = client.outbox().settled(promise.item, QUIET).await;
        items.push(item.map_err(must("what was accepted is still known after a kill"))?);
    }
    Ok(items)
}

/// The server's own count.
async fn judged(
    stage: &Stage,
    rider: &Rider,
    promises: &[Promise; 2],
    items: &[OutboxItem],
    facts: &mut Facts,
) -> Result<(), Failure> {
    let control = stage.platform.control();
    let made = stage.made_by(rider).await?;
    let writes = &mut facts.writes;
    writes.create_requests = control.requests("POST", CREATE);
    writes.bookings_on_server = made.len();
    let references: HashSet<_> = made.iter().map(|booking| &booking.reference).collect();
    writes.duplicates = made.len() - references.len();
    for ((booked, promise), item) in writes.bookings.iter_mut().zip(promises).zip(items) {
        let there: Vec<_> = made
            .iter()
            .filter(|one| one.wall_time == promise.wall_time())
            .collect();
        booked.on_server = there.len();
        let its_own = there.first().filter(|one| {
            let by_id = item.booking.as_ref().and_then(BookingId::server_number) == Some(one.id);
            let by_name = stage.dialect == DialectArg::V1 || one.reference == promise.operation_id;
            by_id && by_name
        });
        keep(
            booked.on_server == 1 && its_own.is_some(),
            "each accepted booking is on the server exactly once, at the time asked for",
            format!("{made:?} for {item:?}"),
        )?;
        booked.booked_at = its_own.map(|one| one.wall_time.clone()).unwrap_or_default();
    }
    writes.booked_at.clone_from(&writes.bookings[0].booked_at);
    keep(
        writes.bookings_on_server == promises.len() && writes.duplicates == 0,
        "nothing is booked twice, and nothing that was taken back",
        format!("{made:?}"),
    )?;
    let sign_ins = control.requests("POST", "/api/auth/login");
    keep(
        sign_ins == 0,
        "a kill signs nobody out",
        format!("{sign_ins} sign-ins"),
    )
}

fn outcome(writes: &Writes, story: &Story) {
    story.show(&format!(
        "{} accepted, {} processes killed, {} requests to book: {} bookings on the server, {} duplicates",
        writes.accepted, writes.kills, writes.create_requests, writes.bookings_on_server, writes.duplicates
    ));
    let times: Vec<_> = writes
        .bookings
        .iter()
        .map(|booked| format!("asked for {}, booked for {}", booked.asked_at, booked.booked_at))
        .collect();
    story.show(&times.join("\n"));
}
