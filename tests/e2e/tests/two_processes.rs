//! Scenarios 22 and 30 with an app and its background task as two processes of one device, at the same time.

use std::time::Duration;

use pmi_core::PmiClient;
use pmi_core::model::{BookingTime, NewBooking};
use pmi_e2e::desk::{first_vehicle, oil_change};
use pmi_e2e::in_both_dialects;
use pmi_e2e::processes::{Desk, Program, Scene, Then, day};
use pmi_platform::{Dialect, Fault, Gate, Match};

const ALL_SENT: &str = " sent, 0 remain, 0 for the person, stopped: None";

fn create_path(scene: &Scene) -> &'static str {
    match scene.dialect {
        Dialect::V1 => "/api/bookings/create",
        Dialect::V2 => "/api/bookings",
    }
}

/// Accepts three bookings on this day without a network.
async fn accept_three(client: PmiClient, number: i64) {
    let vehicle = first_vehicle(&client).await;
    client.set_offline(true);
    for hour in 10..13 {
        let new = NewBooking {
            at: BookingTime::at_the_centre(day(number).at(hour, 0, 0, 0)),
            ..oil_change(vehicle, 0)
        };
        client.bookings().book(new, None).await.expect("accepted");
    }
}

/// A device with three unsent bookings on this day, and a token that is over.
fn desk_with_three_unsent(scene: &Scene, number: i64) -> Desk<'_> {
    scene.desk_after(|client| accept_three(client, number))
}

/// Each of the three was sent once, in the order of acceptance.
#[track_caller]
fn each_is_made_once(scene: &Scene, number: i64) {
    let made: Vec<String> = scene
        .booked_on(day(number))
        .into_iter()
        .map(|(_, one)| one)
        .collect();
    let expected = [10, 11, 12].map(|hour| format!("{hour}:00:00 scheduled"));
    assert_eq!(made, expected);
    assert_eq!(scene.control().requests("POST", create_path(scene)), 3);
    assert_eq!(scene.control().refresh_requests(), 1);
}

fn held_up_in_the_app(scene: &Scene) {
    let desk = desk_with_three_unsent(scene, 1);
    let gate = Gate::new();
    let held = Fault::HoldAfter(gate.clone());
    let creates = Match::post(create_path(scene));
    scene.control().on(creates).times(1).then(held);
    let (mut app, mut task) = (desk.begin(Then::Count), desk.begin(Then::Count));
    app.tell("synchronise 60");
    scene.wait(gate.arrived());
    let none_yet = "0 sent, 3 remain, 0 for the person, stopped: None";
    assert_eq!(task.ask("synchronise 2"), none_yet, "the app is at it");
    task.tell("synchronise 60");
    gate.release();
    for device in [&mut task, &mut app] {
        let report = device.says();
        assert!(report.ends_with(ALL_SENT), "{report}");
        each_is_made_once(scene, 1);
    }
    for device in [app, task] {
        device.closes();
    }
}
in_both_dialects!(held_up_in_the_app => s22_a_background_task_whose_app_is_sending_says_what_remains_and_sends_nothing_twice_v1,
    s22_a_background_task_whose_app_is_sending_says_what_remains_and_sends_nothing_twice_v2);

fn several_at_once(scene: &Scene) {
    for count in [2, 5] {
        let desk = desk_with_three_unsent(scene, count);
        let mut devices: Vec<Program> = (0..count).map(|_| desk.begin(Then::Count)).collect();
        for device in &mut devices {
            assert_eq!(device.ask("cached"), "ok");
        }
        // So slowly that all of them look meanwhile whether they may send.
        let slowly = Fault::Delay(Duration::from_millis(300));
        scene.control().on(Match::post(create_path(scene))).then(slowly);
        for device in &mut devices {
            device.tell("synchronise 60");
        }
        for device in &mut devices {
            let report = device.says();
            assert!(report.ends_with(ALL_SENT), "{report}");
            each_is_made_once(scene, count);
        }
        devices.into_iter().for_each(Program::closes);
    }
}
in_both_dialects!(several_at_once => s22_processes_that_synchronise_at_once_send_each_write_once_v1,
    s22_processes_that_synchronise_at_once_send_each_write_once_v2);

fn one_holds_the_files(scene: &Scene) {
    let desk = scene.desk();
    let (mut holder, mut app) = (desk.begin(Then::Count), desk.begin(Then::Count));
    assert_eq!(app.ask("read"), "ok");
    assert_eq!(holder.ask("hold"), "held");
    let refused = app.ask("book 9 10");
    assert!(refused.starts_with("Storage { why: Busy"), "{refused}");
    for freshness in ["cached", "read"] {
        assert_eq!(app.ask(freshness), "ok", "reads go on");
    }
    assert_eq!(holder.ask("let go"), "let go");
    assert_eq!(app.ask("book 9 11"), "accepted");
    let report = app.ask("synchronise 60");
    assert!(report.ends_with(ALL_SENT), "{report}");
    let made = scene.booked_on(day(9));
    let made: Vec<&str> = made.iter().map(|(_, one)| one.as_str()).collect();
    assert_eq!(made, ["11:00:00 scheduled"]);
    app.closes();
    holder.closes();
}
in_both_dialects!(one_holds_the_files => s30_files_that_a_second_process_holds_are_busy_and_reads_go_on_v1,
    s30_files_that_a_second_process_holds_are_busy_and_reads_go_on_v2);
