//! Scenarios 4 and 6 with real processes: killed or stopped at every step of a refresh, and several that refresh at once.
//!
//! The steps are those of an undisturbed run, counted before: see [`pmi_e2e::processes`].

use std::collections::BTreeMap;
use std::time::Duration;

use pmi_e2e::desk::{book, settled};
use pmi_e2e::in_both_dialects;
use pmi_e2e::processes::{Desk, Program, Scene, Step, Then};
use pmi_platform::{Dialect, Fault, Gate, Match};
use serde_json::json;

const REFRESH: &str = "/api/auth/refresh";

/// Longer than the right to refresh lasts.
const A_MINUTE: Duration = Duration::from_secs(60);

/// The steps of a process that reads once, and closes if `close`, with nobody in its way.
fn undisturbed(scene: &Scene, desk: &Desk<'_>, close: bool) -> Vec<Step> {
    let mut device = desk.begin(Then::Count);
    assert_eq!(device.ask("read"), "ok");
    if close {
        assert_eq!(device.ask("close"), "closed");
    }
    let steps = device.steps();
    assert_eq!(scene.control().refresh_requests(), 1);
    println!("{:?}: {} steps", scene.dialect, steps.len());
    for (step, number) in steps.iter().zip(1..) {
        println!("{number:4} {} commits, {}", step.commits, step.name);
    }
    for pair in steps.windows(2) {
        // Else a process can die between two of them, and no step shows it.
        assert!(
            pair[1].commits <= pair[0].commits + 1,
            "two commits in a row: {pair:?}"
        );
    }
    let found = steps.iter().any(|step| step.name.contains(REFRESH));
    assert!(found, "it refreshes");
    steps
}

/// The server gave out one chain of pairs, however often it was asked.
#[track_caller]
fn one_chain(scene: &Scene, at: &str) {
    let control = scene.control();
    assert_eq!(control.reuses(), 0, "a token was used after its successor, {at}");
    match scene.dialect {
        // Nothing rotates: what was asked for twice was given twice.
        Dialect::V1 => assert!((1..=2).contains(&control.refreshes()), "{at}"),
        Dialect::V2 => assert_eq!(control.refreshes(), 1, "{at}"),
    }
    assert!((1..=2).contains(&control.refresh_requests()), "{at}");
    let refused = control.outcomes("POST", REFRESH).range(400..).count();
    assert_eq!(refused, 0, "{at}");
}

/// A process that nobody disturbs is still signed in and reads.
#[track_caller]
fn goes_on(desk: &Desk<'_>, at: &str) {
    let mut device = desk.begin(Then::Count);
    assert_eq!(device.ask("cached"), "ok", "{at}");
    assert_eq!(device.ask("read"), "ok", "{at}");
    assert_eq!(device.ask("state"), "Ok(SignedIn)", "{at}");
    device.closes();
}

fn killed_at_every_step(scene: &Scene) {
    let steps = undisturbed(scene, &scene.desk(), true);
    // How often the second process had to ask again, and how often it found what the first one was given.
    let mut requests: BTreeMap<u64, usize> = BTreeMap::new();
    for (step, number) in steps.iter().zip(1..) {
        let at = format!("killed at step {number}, {}", step.name);
        let desk = scene.desk();
        let mut device = desk.begin(Then::Kill(number));
        device.tell("read");
        device.tell("close");
        assert_eq!(device.dies(), step.name, "{at}");
        goes_on(&desk, &at);
        one_chain(scene, &at);
        *requests.entry(scene.control().refresh_requests()).or_default() += 1;
    }
    println!(
        "{:?}: requests to refresh, and after how many of the kills: {requests:?}",
        scene.dialect
    );
    assert_eq!(
        requests.len(),
        2,
        "some before it was asked for, some after: {requests:?}"
    );
}
in_both_dialects!(killed_at_every_step => s04_killed_at_every_step_of_a_refresh_it_is_still_signed_in_v1,
    s04_killed_at_every_step_of_a_refresh_it_is_still_signed_in_v2);

/// The server has rotated, the answer does not come any more; the next start is at once, or when the weekend is over.
fn killed_after_the_rotation(scene: &Scene) {
    for later in [Duration::ZERO, Duration::from_secs(3 * 24 * 60 * 60)] {
        let desk = scene.desk();
        let gate = Gate::new();
        let held = Fault::HoldAfter(gate.clone());
        scene.control().on(Match::post(REFRESH)).times(1).then(held);
        let mut device = desk.begin(Then::Count);
        device.tell("read");
        scene.wait(gate.arrived());
        assert_eq!(scene.control().refreshes(), 1, "the server has rotated");
        device.kill();
        gate.release();
        scene.let_pass(later);
        let at = format!("{later:?} after the server's rotation");
        goes_on(&desk, &at);
        one_chain(scene, &at);
        assert_eq!(scene.control().refresh_requests(), 2, "{at}");
    }
}
in_both_dialects!(killed_after_the_rotation => s04_killed_after_the_servers_rotation_it_is_still_signed_in_a_weekend_later_v1,
    s04_killed_after_the_servers_rotation_it_is_still_signed_in_a_weekend_later_v2);

fn several_at_once(scene: &Scene) {
    for count in [2, 10] {
        let desk = scene.desk();
        let mut devices: Vec<Program> = (0..count).map(|_| desk.begin(Then::Count)).collect();
        for device in &mut devices {
            assert_eq!(device.ask("cached"), "ok");
        }
        for device in &mut devices {
            device.tell("read");
        }
        for device in &mut devices {
            assert_eq!(device.says(), "ok");
        }
        assert_eq!(scene.control().refresh_requests(), 1, "{count} processes");
        assert_eq!(scene.control().refreshes(), 1);
        devices.into_iter().for_each(Program::closes);
    }
}
in_both_dialects!(several_at_once => s06_ten_processes_at_once_make_one_refresh_v1,
    s06_ten_processes_at_once_make_one_refresh_v2);

/// A device with a booking that the server refused and that waits for its person.
fn desk_with_a_booking(scene: &Scene) -> Desk<'_> {
    let (path, refusal) = match scene.dialect {
        Dialect::V1 => ("/api/bookings/create", json!({"detail": "Vehicle not found"})),
        Dialect::V2 => (
            "/api/bookings",
            json!({"error": "not_found", "message": "no such vehicle", "request_id": "r"}),
        ),
    };
    let refused = Fault::json(404, &refusal);
    scene.control().on(Match::post(path)).times(1).then(refused);
    scene.desk_after(|client| async move {
        let item = settled(&client, &book(&client, 10).await).await;
        assert!(item.state.needs_attention(), "{item:?}");
    })
}

/// What became of two processes, the first of which stood still for a minute.
#[derive(Debug, PartialEq, Eq)]
enum Became {
    /// Both go on.
    Well,
    /// The server has ended the session: both ask for a sign-in and show what they had.
    SignInNeeded,
}

/// Stops one process at this step for a minute, in which another one reads.
fn stopped_for_a_minute(scene: &Scene, desk: &Desk<'_>, at_step: (usize, &Step), at: &str) -> Became {
    let first = desk.begin(Then::Stop(at_step.0));
    let (first, second) = overtaken(scene, desk, first, at_step.1, at);
    first.go_on();
    both_after(first, second, at)
}

/// The same at the one step after which it sends although another one has taken over; its timers, which would end the exchange,
/// get their turn only when the server has had the request.
fn stopped_in_the_window(scene: &Scene, desk: &Desk<'_>, at_step: (usize, &Step), at: &str) -> Became {
    let handled = Gate::new();
    handled.release();
    let noticed = Fault::HoldAfter(handled.clone());
    scene.control().on(Match::post(REFRESH)).nth(2).then(noticed);
    let (first, its_clock) = desk.begin_apart(Then::Stop(at_step.0));
    let (first, second) = overtaken(scene, desk, first, at_step.1, at);
    first.go_on();
    scene.wait(handled.arrived());
    its_clock.advance(A_MINUTE);
    both_after(first, second, at)
}

/// Both, the first of which stands at its step, where it has stood for a minute, in which the second has read.
fn overtaken(
    scene: &Scene,
    desk: &Desk<'_>,
    mut first: Program,
    step: &Step,
    at: &str,
) -> (Program, Program) {
    first.tell("read");
    assert_eq!(first.stands(), step.name, "{at}");
    scene.let_pass(A_MINUTE);
    let mut second = desk.begin(Then::Count);
    assert_eq!(second.ask("read"), "ok", "the second process, {at}");
    (first, second)
}

/// What became of both: the first one has gone on and says what came of its read.
fn both_after(mut first: Program, mut second: Program, at: &str) -> Became {
    let clean = ["ok", "Offline", "Busy", "ServerFault", "SignInNeeded"];
    let late = first.says();
    assert!(clean.iter().any(|start| late.starts_with(start)), "{at}: {late}");
    let further = [first.ask("read"), second.ask("read")];
    for device in [&mut first, &mut second] {
        assert_eq!(
            device.ask("cached"),
            "ok",
            "what was read can still be shown, {at}"
        );
        assert_eq!(
            device.ask("outbox"),
            "1",
            "what was accepted is still there, {at}"
        );
    }
    let became = if further == ["ok", "ok"] {
        assert!(!late.starts_with("SignInNeeded"), "{at}: {late}");
        Became::Well
    } else {
        for answer in &further {
            assert!(answer.starts_with("SignInNeeded"), "{at}: {further:?}");
        }
        Became::SignInNeeded
    };
    first.closes();
    second.closes();
    became
}

/// Between the answer of the permit and the writing of the request nothing can be looked at any more: a process that is stopped
/// there sends when it wakes.
fn is_window(step: &Step) -> bool {
    step.name == format!("the permit of POST {REFRESH} says true")
}

fn stopped_at_every_step(scene: &Scene) {
    let steps = undisturbed(scene, &desk_with_a_booking(scene), false);
    let windows: Vec<usize> = (1..)
        .zip(&steps)
        .filter(|(_, step)| is_window(step))
        .map(|(number, _)| number)
        .collect();
    let &[window] = &windows[..] else {
        panic!("there is one permit to refresh: {windows:?}");
    };
    let mut signed_out = Vec::new();
    for (step, number) in steps.iter().zip(1..) {
        let at = format!("stopped at step {number}, {}", step.name);
        let desk = desk_with_a_booking(scene);
        // v1 rotates nothing, so nothing is lost there; and its refresh has no connection yet when it wakes.
        let became = if number == window && scene.dialect == Dialect::V2 {
            stopped_in_the_window(scene, &desk, (number, step), &at)
        } else {
            stopped_for_a_minute(scene, &desk, (number, step), &at)
        };
        match became {
            Became::SignInNeeded => {
                assert_eq!(scene.control().refreshes(), 1, "{at}");
                signed_out.push(number);
            }
            Became::Well => one_chain(scene, &at),
        }
        if number < window {
            let requests = scene.control().refresh_requests();
            assert_eq!(requests, 1, "what was stale was not sent, {at}");
        }
    }
    let costs_the_session = match scene.dialect {
        // Nothing rotates: what is sent late is answered like any other.
        Dialect::V1 => vec![],
        Dialect::V2 => vec![window],
    };
    assert_eq!(signed_out, costs_the_session);
}
in_both_dialects!(stopped_at_every_step => s06_stopped_for_a_minute_at_every_step_of_a_refresh_both_go_on_but_for_one_window_v1,
    s06_stopped_for_a_minute_at_every_step_of_a_refresh_both_go_on_but_for_one_window_v2);
