//! What was accepted without a network: shown, sent by whatever command comes next, given up, or kept over a sign-out.

use pmi_platform::Dialect;
use serde_json::json;

use crate::scene::{Scene, hour, ten};
use crate::support::{BOTH, rider};

#[tokio::test(flavor = "multi_thread")]
async fn s26_a_booking_accepted_without_a_network_is_queued_and_a_later_command_sends_it() {
    for dialect in BOTH {
        let scene = Scene::start(dialect).await.looked_around();
        let item = scene.book_offline(&ten());
        assert_eq!(item["write"]["kind"], "book");
        let local = item["booking"].as_str().expect("a local name");
        assert!(local.starts_with("new-"), "{item}");
        let text = scene.run(&["--offline", "outbox"]).exits(0).stdout;
        assert!(text.contains("oil change for vehicle"), "{text}");
        assert_eq!(
            scene.server.control().requests("*", "/"),
            0,
            "--offline sends nothing"
        );

        scene.run(&["vehicles"]).exits(0);
        assert_eq!(scene.made().await, [format!("{}:00 scheduled", ten())]);
        let outbox = scene.json(&["outbox"]).exits(0).json();
        assert_eq!(outbox["items"], json!([]));
        let all = scene.json(&["outbox", "--all"]).exits(0).json();
        assert_eq!(all["items"][0]["state"], "done");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_network_is_cut_and_the_booking_is_accepted_all_the_same() {
    // v1 would be waited for half a minute: what it was sent on a connection that died may have reached it.
    let scene = Scene::start(Dialect::V2).await.looked_around();
    scene.server.control().network(false);
    let at = ten();
    let run = scene
        .run(&[&scene.book(&at)[..], &["--wait", "0"]].concat())
        .exits(0);
    assert!(
        run.stdout.contains("on disk as outbox item 1") && run.stdout.contains("by any later online command"),
        "{run:?}"
    );
    let sync = scene.json(&["sync"]).exits(4);
    assert_eq!(sync.json()["remaining"], 1, "{sync:?}");
    assert_eq!(sync.json()["stopped"]["kind"], "offline", "{sync:?}");
    let text = scene.run(&["vehicles"]).exits(0);
    assert!(
        text.stderr.contains("still to be sent: see `pmi outbox`"),
        "{text:?}"
    );

    scene.server.control().network(true);
    let sync = scene.json(&["sync"]).exits(0).json();
    assert_eq!((&sync["sent"], &sync["stopped"]), (&json!(1), &json!(null)));
    assert_eq!(scene.made().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_sent_yet_is_marked_in_the_list_and_counted_in_the_status() {
    for dialect in BOTH {
        let scene = Scene::start(dialect).await.looked_around();
        let item = scene.book_offline(&ten());
        let local = item["booking"].as_str().expect("a local name");
        let list = scene.json(&["--offline", "bookings"]).exits(0).json();
        let rows = list["value"].as_array().expect("a list");
        let row = rows.iter().find(|row| row["id"] == local).expect("it is shown");
        assert_eq!(row["pending"]["state"], "queued", "{row}");
        let text = scene.run(&["--offline", "bookings"]).exits(0).stdout;
        let line = text
            .lines()
            .find(|line| line.starts_with(local))
            .expect("its line");
        assert!(line.ends_with("  queued: waits for the network"), "{line}");
        let status = scene.json(&["--offline", "status"]).exits(0).json();
        assert_eq!(status["outbox"], json!({"waiting": 1, "attention": 0}));

        let moved = scene
            .json(&["--offline", "reschedule", local, "--at", &hour(15)])
            .exits(0);
        assert_eq!(
            moved.json()["id"],
            item["id"],
            "what is not sent is changed in place"
        );
        scene.run(&["sync"]).exits(0);
        assert_eq!(scene.made().await, [format!("{}:00 scheduled", hour(15))]);
        // The local name goes on meaning the same booking.
        let cancelled = scene.json(&["cancel", local]).exits(0).json();
        assert_eq!(cancelled["state"], "done");
        assert_eq!(scene.made().await, [format!("{}:00 cancelled", hour(15))]);
        let status = scene.json(&["status"]).exits(0).json();
        assert_eq!(status["outbox"], json!({"waiting": 0, "attention": 0}));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_called_off_before_it_is_sent_is_never_sent() {
    for dialect in BOTH {
        let scene = Scene::start(dialect).await.looked_around();
        let item = scene.book_offline(&ten());
        let local = item["booking"].as_str().expect("a local name");
        let cancelled = scene.json(&["--offline", "cancel", local]).exits(0).json();
        assert_eq!(cancelled["state"], "withdrawn");
        let id = scene.book_offline(&hour(11))["id"].to_string();
        let dropped = scene.json(&["outbox", "drop", &id]).exits(0).json();
        assert_eq!(dropped["state"], "withdrawn");
        scene.run(&["outbox", "drop", &id]).exits(2);
        let sync = scene.json(&["sync"]).exits(0).json();
        assert_eq!(sync["items"], json!([]));
        assert_eq!(scene.server.control().requests("POST", scene.create_path()), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s22_the_same_operation_id_again_is_accepted_once() {
    for dialect in BOTH {
        let scene = Scene::start(dialect).await.looked_around();
        let at = ten();
        let once = [&scene.book(&at)[..], &["--operation-id", "tap-1"]].concat();
        let first = scene.json(&[&["--offline"], &once[..]].concat()).exits(0).json();
        let again = scene.json(&once).exits(0).json();
        assert_eq!((&again["id"], &again["state"]), (&first["id"], &json!("done")));
        assert_eq!(scene.json(&once).exits(0).json()["id"], first["id"]);
        assert_eq!(scene.made().await.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s25_a_refused_booking_stays_with_its_reason_until_it_is_retried_or_dropped() {
    let scene = Scene::start(Dialect::V2).await.looked_around();
    // Nobody is there at three in the morning.
    let (night, at) = (hour(3), ten());
    let refused = scene.book_offline(&night);
    let other = scene.book_offline(&at);
    let (id, booking) = (
        refused["id"].to_string(),
        refused["booking"].as_str().expect("a name"),
    );
    let sync = scene.json(&["sync"]).exits(7).json();
    let states: Vec<_> = sync["items"].as_array().expect("a list").iter().collect();
    assert_eq!(
        (&states[0]["state"], &states[1]["state"]),
        (&json!("rejected"), &json!("done"))
    );
    assert_eq!(states[1]["id"], other["id"], "what does not depend on it goes");
    let reason = states[0]["why"]["fields"][0]["reason"]
        .as_str()
        .expect("a reason");

    let text = scene.run(&["vehicles"]).exits(0);
    assert!(
        text.stderr
            .contains("1 of your changes need you: see `pmi outbox`"),
        "{text:?}"
    );
    let text = scene.run(&["outbox"]).exits(0).stdout;
    assert!(text.contains("refused") && text.contains(reason), "{text}");
    let again = scene.run(&["outbox", "retry", &id]).exits(5);
    assert!(
        again.stderr.contains(&format!("scheduled_at ({reason})")),
        "{again:?}"
    );
    assert!(
        again
            .stdout
            .contains(&format!("pmi reschedule {booking} --at TIME")),
        "{again:?}"
    );
    let later = hour(15);
    let moved = scene
        .json(&["reschedule", booking, "--at", &later])
        .exits(0)
        .json();
    assert_eq!(moved["state"], "done");
    let mut made = scene.made().await;
    made.sort();
    assert_eq!(
        made,
        [format!("{at}:00 scheduled"), format!("{later}:00 scheduled")]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notification_is_marked_read_without_a_network_and_sent_later() {
    for dialect in BOTH {
        let scene = Scene::start(dialect).await;
        let list = scene.json(&["notifications"]).exits(0).json();
        let rows = list["value"].as_array().expect("a list").clone();
        let unread = rows
            .iter()
            .find(|row| row["read"] == false)
            .expect("one is unread");
        let id = unread["id"].to_string();
        let marked = ["--offline", "notifications", "--mark-read", &id];
        assert_eq!(scene.json(&marked).exits(0).json()["state"], "queued");
        let is_read = |args: &[&str]| {
            let list = scene.json(args).exits(0).json();
            let rows = list["value"].as_array().expect("a list").clone();
            rows.iter()
                .any(|row| row["id"] == unread["id"] && row["read"] == true)
        };
        assert!(is_read(&["--offline", "notifications"]), "shown at once");
        scene.run(&["sync"]).exits(0);
        assert!(
            is_read(&["--freshness", "network-only", "notifications"]),
            "{dialect:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s11_signing_out_asks_about_what_is_not_sent_and_sends_nothing_meanwhile() {
    for dialect in BOTH {
        let scene = Scene::start(dialect).await.looked_around();
        scene.book_offline(&ten());
        let error = scene.json(&["logout"]).exits(7).error();
        assert_eq!((&error["kind"], &error["count"]), (&json!("unsent"), &json!(1)));
        let hint = error["hint"].as_str().expect("a hint");
        assert!(
            hint.contains("--keep-unsent") && hint.contains("--discard-unsent"),
            "{hint}"
        );
        assert_eq!(scene.server.control().requests("*", "/"), 0);
        scene
            .run(&["logout", "--keep-unsent", "--discard-unsent"])
            .exits(2);

        // Still signed in, and nothing is lost.
        scene.run(&["me"]).exits(0);
        assert_eq!(scene.made().await.len(), 1);
        scene.run(&["logout"]).exits(0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s11_what_is_kept_over_a_sign_out_is_sent_at_the_next_sign_in_and_what_is_discarded_never() {
    for dialect in BOTH {
        let scene = Scene::start(dialect).await.looked_around();
        let who = rider(&scene.server);
        let sign_in = || {
            scene
                .desk
                .with_password(&who.password, &["login", &who.email])
                .exits(0)
        };
        scene.book_offline(&ten());
        let out = scene.json(&["logout", "--keep-unsent"]).exits(0).json();
        assert_eq!(out["server_told"], true);
        scene.run(&["outbox"]).exits(3);
        scene.run(&["sync"]).exits(3);
        assert_eq!(scene.made().await.len(), 0);
        sign_in();
        assert_eq!(
            scene.made().await,
            [format!("{}:00 scheduled", ten())],
            "{dialect:?}"
        );

        let scene = &scene;
        scene.run(&["vehicles"]).exits(0);
        scene.book_offline(&hour(11));
        scene.run(&["logout", "--discard-unsent"]).exits(0);
        sign_in();
        scene.run(&["sync"]).exits(0);
        assert_eq!(scene.made().await.len(), 1, "{dialect:?}");
        let outbox = scene.json(&["outbox"]).exits(0).json();
        assert_eq!(outbox["items"], json!([]));
    }
}
