//! Scenario 22: two processes send at once from one data directory, one of them stopped for a minute of the client's clock.

use std::time::Duration;

use pmi_platform::{Dialect, Fault, Gate, Match};
use serde_json::json;

use crate::scene::{Running, Scene, hour, ten};
use crate::support::BOTH;

/// Longer than the right to send lasts.
const A_MINUTE: Duration = Duration::from_secs(60);

/// Begins to send what waits; the request stands at the gate, and the process is stopped.
async fn stopped_mid_send(scene: &Scene, gate: &Gate) -> Running {
    let first = scene.begin(&["--json", "sync"]);
    gate.arrived().await;
    first.stop();
    scene.let_pass(A_MINUTE);
    first
}

#[track_caller]
fn nothing_is_left(sync: Running) {
    let run = sync.ends().exits(0);
    let report = run.json();
    assert_eq!(
        (&report["remaining"], &report["attention"]),
        (&json!(0), &json!(0)),
        "{run:?}"
    );
    assert_eq!(report["items"][0]["state"], "done", "{run:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn s22_two_syncs_at_once_one_stopped_mid_send_for_a_minute_book_once() {
    for dialect in BOTH {
        let scene = Scene::start(dialect).await.looked_around();
        scene.book_offline(&ten());
        let (gate, applied) = (Gate::new(), Gate::new());
        let held = Fault::All(vec![
            Fault::HoldBefore(gate.clone()),
            Fault::HoldAfter(applied.clone()),
        ]);
        scene.server.control().on(scene.creates()).times(1).then(held);
        let first = stopped_mid_send(&scene, &gate).await;

        if dialect == Dialect::V1 {
            // The server was still at work on the first one's request.
            let at_work = async {
                gate.release();
                applied.arrived().await;
            };
            scene.v1_is_waited_for(at_work).await;
        }
        nothing_is_left(scene.begin(&["--json", "sync"]));
        gate.release();
        applied.arrived().await;
        applied.release();
        first.go_on();
        nothing_is_left(first);
        assert_eq!(scene.made().await, [format!("{}:00 scheduled", ten())]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s22_of_two_syncs_the_second_books_what_the_stopped_one_sent_in_vain() {
    for dialect in BOTH {
        let scene = Scene::start(dialect).await.looked_around();
        scene.book_offline(&ten());
        let gate = Gate::new();
        let held = Fault::All(vec![Fault::HoldBefore(gate.clone()), Fault::CutBefore]);
        scene.server.control().on(scene.creates()).times(1).then(held);
        let first = stopped_mid_send(&scene, &gate).await;
        gate.release();

        if dialect == Dialect::V1 {
            scene.v1_is_waited_for(async {}).await;
        }
        nothing_is_left(scene.begin(&["--json", "sync"]));
        first.go_on();
        nothing_is_left(first);
        assert_eq!(scene.made().await, [format!("{}:00 scheduled", ten())]);
        assert_eq!(
            scene.server.control().requests("POST", scene.create_path()),
            2,
            "{dialect:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s22_a_process_stopped_before_it_sends_finds_its_right_gone_and_sends_nothing() {
    for dialect in BOTH {
        let scene = Scene::start(dialect).await;
        let booked = scene.json(&scene.book(&ten())).exits(0).json();
        let id = booked["booking"].as_str().expect("an id");
        scene
            .run(&["--offline", "reschedule", id, "--at", &hour(15)])
            .exits(0);
        // What is there is read before a move is sent.
        let gate = Gate::new();
        let (method, path, read) = match dialect {
            Dialect::V1 => ("PUT", "/api/appointments/", "/api/appointments/list"),
            Dialect::V2 => ("PATCH", "/api/bookings/", "/api/bookings/"),
        };
        let held = Fault::HoldBefore(gate.clone());
        scene.server.control().on(Match::get(read)).times(1).then(held);
        let first = stopped_mid_send(&scene, &gate).await;

        nothing_is_left(scene.begin(&["--json", "sync"]));
        gate.release();
        first.go_on();
        nothing_is_left(first);
        assert_eq!(scene.made().await, [format!("{}:00 scheduled", hour(15))]);
        assert_eq!(
            scene.server.control().requests(method, path),
            1,
            "{dialect:?}: one of them sent it"
        );
    }
}
