//! Scenario 22 with real processes: `pmi` killed with SIGKILL around the moments that matter. Afterwards `pmi sync` gives
//! exactly one booking at the time asked, on both platforms.

use std::time::Duration;

use pmi_platform::{Dialect, Fault, Gate, Match};
use serde_json::json;

use crate::scene::{Running, Scene, hour, ten};
use crate::support::BOTH;

/// Sends what the killed process left behind.
async fn sync(scene: &Scene) {
    if scene.dialect == Dialect::V1 {
        scene.v1_is_waited_for(async {}).await;
    }
    all_is_sent(scene.begin(&["--json", "sync"]));
}

#[track_caller]
fn all_is_sent(sync: Running) {
    let run = sync.ends().exits(0);
    let report = run.json();
    assert_eq!(
        (&report["sent"], &report["remaining"], &report["attention"]),
        (&json!(1), &json!(0), &json!(0)),
        "{run:?}"
    );
}

/// Exactly one booking, at ten.
async fn is_booked_once(scene: &Scene) {
    assert_eq!(
        scene.made().await,
        [format!("{}:00 scheduled", ten())],
        "{:?}",
        scene.dialect
    );
    let again = scene.json(&["sync"]).exits(0);
    assert_eq!(again.json()["items"], json!([]), "{again:?}");
    assert_eq!(scene.made().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn s22_killed_before_the_commit_nothing_is_accepted_and_booking_again_books_once() {
    for dialect in BOTH {
        let scene = Scene::start(dialect).await;
        let (gate, at) = (Gate::new(), ten());
        // The last thing it needs before it accepts; the lock then keeps it from committing.
        let garage = match dialect {
            Dialect::V1 => "/api/fixes/vehicles-with-health/",
            Dialect::V2 => "/api/vehicles",
        };
        let held = Fault::HoldBefore(gate.clone());
        scene.server.control().on(Match::get(garage)).times(1).then(held);
        let mut book = scene.begin(&scene.book(&at));
        gate.arrived().await;
        let lock = scene.lock_durable();
        gate.release();
        book.until_answered("GET", garage);
        book.kill();
        drop(lock);

        let outbox = scene.json(&["outbox", "--all"]).exits(0).json();
        assert_eq!(outbox["items"], json!([]), "nothing was accepted");
        scene.run(&["sync"]).exits(0);
        assert_eq!(scene.made().await.len(), 0);
        let booked = scene.json(&scene.book(&at)).exits(0).json();
        assert_eq!(booked["state"], "done");
        is_booked_once(&scene).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s22_killed_after_the_commit_it_is_booked_once() {
    for dialect in BOTH {
        let scene = Scene::start(dialect).await;
        let later = Fault::status_with(429, "Retry-After", "3600");
        scene.server.control().on(scene.creates()).times(1).then(later);
        let at = ten();
        let mut book = scene.begin(&scene.book(&at));
        // It is accepted, was sent, and waits to be sent again.
        book.until(|line| line.contains("NotApplied"));
        book.kill();
        assert_eq!(scene.made().await.len(), 0);

        // The server's wish outlives the process that heard it.
        scene.begin(&["--json", "sync"]).ends().exits(4);
        assert_eq!(scene.server.control().requests("POST", scene.create_path()), 1);
        scene.let_pass(Duration::from_secs(3600));
        all_is_sent(scene.begin(&["--json", "sync"]));
        is_booked_once(&scene).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s22_killed_with_the_request_sent_and_never_applied_it_is_booked_once() {
    for dialect in BOTH {
        let scene = Scene::start(dialect).await;
        let (gate, at) = (Gate::new(), ten());
        let held = Fault::All(vec![Fault::HoldBefore(gate.clone()), Fault::CutBefore]);
        scene.server.control().on(scene.creates()).times(1).then(held);
        let book = scene.begin(&scene.book(&at));
        gate.arrived().await;
        book.kill();
        gate.release();

        sync(&scene).await;
        is_booked_once(&scene).await;
        let create = scene.server.control().requests("POST", scene.create_path());
        assert_eq!(create, 2, "{dialect:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s22_killed_with_the_request_sent_and_applied_only_afterwards_it_is_booked_once() {
    for dialect in BOTH {
        let scene = Scene::start(dialect).await;
        let (gate, applied, at) = (Gate::new(), Gate::new(), ten());
        let held = Fault::All(vec![
            Fault::HoldBefore(gate.clone()),
            Fault::HoldAfter(applied.clone()),
        ]);
        scene.server.control().on(scene.creates()).times(1).then(held);
        let book = scene.begin(&scene.book(&at));
        gate.arrived().await;
        book.kill();

        if dialect == Dialect::V1 {
            // It is looked for in vain; the server is still at work on it.
            let at_work = async {
                gate.release();
                applied.arrived().await;
            };
            scene.v1_is_waited_for(at_work).await;
            all_is_sent(scene.begin(&["--json", "sync"]));
        } else {
            // Sent again under its key before the first one is applied.
            let mut sync = scene.begin(&["--json", "sync"]);
            sync.until_answered("POST", "/api/bookings");
            gate.release();
            applied.arrived().await;
            all_is_sent(sync);
        }
        is_booked_once(&scene).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s22_killed_with_the_request_applied_and_no_answer_received_it_is_booked_once() {
    for dialect in BOTH {
        let scene = Scene::start(dialect).await;
        let (gate, at) = (Gate::new(), ten());
        let held = Fault::HoldAfter(gate.clone());
        scene.server.control().on(scene.creates()).times(1).then(held);
        let book = scene.begin(&scene.book(&at));
        gate.arrived().await;
        assert_eq!(scene.made().await.len(), 1, "it is applied");
        book.kill();
        gate.release();

        // The first look finds it: nothing is waited for.
        all_is_sent(scene.begin(&["--json", "sync"]));
        is_booked_once(&scene).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s22_killed_with_the_answer_received_and_not_written_down_it_is_booked_once() {
    for dialect in BOTH {
        let scene = Scene::start(dialect).await;
        let (gate, at) = (Gate::new(), ten());
        let held = Fault::HoldBefore(gate.clone());
        scene.server.control().on(scene.creates()).times(1).then(held);
        let mut book = scene.begin(&scene.book(&at));
        gate.arrived().await;
        let lock = scene.lock_durable();
        gate.release();
        book.until_answered("POST", scene.create_path());
        book.kill();
        drop(lock);
        assert_eq!(scene.made().await.len(), 1, "it is applied");

        all_is_sent(scene.begin(&["--json", "sync"]));
        is_booked_once(&scene).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s22_killed_with_a_move_applied_and_no_answer_received_it_is_moved_once() {
    for dialect in BOTH {
        let scene = Scene::start(dialect).await;
        let booked = scene.json(&scene.book(&ten())).exits(0).json();
        let id = booked["booking"].as_str().expect("an id");
        let (gate, later) = (Gate::new(), hour(15));
        let (method, path) = match dialect {
            Dialect::V1 => ("PUT", "/api/appointments/"),
            Dialect::V2 => ("PATCH", "/api/bookings/"),
        };
        let held = Fault::HoldAfter(gate.clone());
        scene
            .server
            .control()
            .on(Match::method(method, path))
            .times(1)
            .then(held);
        let moving = scene.begin(&["reschedule", id, "--at", &later]);
        gate.arrived().await;
        moving.kill();
        gate.release();

        all_is_sent(scene.begin(&["--json", "sync"]));
        assert_eq!(scene.made().await, [format!("{later}:00 scheduled")]);
        assert_eq!(
            scene.server.control().requests(method, path),
            1,
            "what is as it was asked is left alone"
        );
    }
}
