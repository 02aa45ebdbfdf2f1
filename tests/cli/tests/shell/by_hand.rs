//! What a person gets wrong, or comes too late for, when they book by hand: a clear message, the right exit code, nothing lost.

use jiff::civil::{Date, Weekday, date};
use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use pmi_platform::{Config, Dialect, Platform};
use serde_json::json;

use crate::scene::{Scene, ten};
use crate::support::{BOTH, Desk, Run};

/// The message of a failure, for a person.
#[track_caller]
fn says(run: &Run, words: &[&str]) {
    for word in words {
        assert!(run.stderr.contains(word), "{word} is not in {run:#?}");
    }
}

/// Nothing was accepted or sent.
#[track_caller]
fn nothing_happened(scene: &Scene) {
    let outbox = scene.json(&["outbox", "--all"]).exits(0).json();
    assert_eq!(outbox["items"], json!([]));
    assert_eq!(scene.server.control().requests("POST", scene.create_path()), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_said_before_anything_is_sent() {
    for dialect in BOTH {
        let scene = Scene::start(dialect).await.looked_around();
        let (at, long) = (ten(), "x".repeat(10_000));
        let past = scene.book("2020-02-03T10:00");
        says(
            &scene.run(&past).exits(2),
            &["lies in the past", "at the centre now"],
        );
        let mars = [&scene.book(&at)[..], &["--zone", "Mars/Olympus"]].concat();
        says(&scene.run(&mars).exits(2), &["Mars/Olympus", "Asia/Kolkata"]);
        says(
            &scene.run(&scene.book("tomorrow")).exits(2),
            &["2026-12-25T10:00"],
        );
        let notes = [&scene.book(&at)[..], &["--notes", &long]].concat();
        says(&scene.run(&notes).exits(2), &["notes", "1000"]);
        let error = scene.json(&notes).exits(2).error();
        assert_eq!(
            (&error["kind"], &error["field"]),
            (&json!("invalid_input"), &json!("notes"))
        );
        let wash = [
            "book",
            "--vehicle",
            &scene.vehicle,
            "--service",
            "wash",
            "--at",
            &at,
        ];
        says(&scene.run(&wash).exits(2), &["oil_change", "general_service"]);
        let nobodys = ["book", "--vehicle", "999999", "--service", "repair", "--at", &at];
        says(
            &scene.run(&nobodys).exits(5),
            &["no vehicle 999999 in your garage"],
        );
        let error = scene.json(&nobodys).exits(5).error();
        assert_eq!(
            (&error["kind"], &error["why"]),
            (&json!("refused"), &json!("not_found"))
        );
        scene.run(&["cancel", "999999"]).exits(5);
        scene.run(&["cancel", "new-nothing"]).exits(5);
        nothing_happened(&scene);
    }
}

/// The night in which the clocks of Berlin go forward next.
fn short_night() -> Date {
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let last_sunday_of_march = |year| {
        let april = date(year, 4, 1);
        april.nth_weekday(-1, Weekday::Sunday).expect("a Sunday")
    };
    let this_year = last_sunday_of_march(today.year());
    if this_year > today.saturating_add(2.days()) {
        this_year
    } else {
        last_sunday_of_march(today.year() + 1)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s28_a_time_the_clocks_skip_is_asked_back_with_what_to_type() {
    for dialect in BOTH {
        let scene = Scene::start(dialect).await.looked_around();
        let night = short_night();
        let gap = format!("{night}T02:30");
        let book = [&scene.book(&gap)[..], &["--zone", "Europe/Berlin"]].concat();
        let (before, after) = (
            format!("--at {night}T01:30+01:00"),
            format!("--at {night}T03:30+02:00"),
        );
        says(&scene.run(&book).exits(2), &["skip this time", &before, &after]);
        let error = scene.json(&book).exits(2).error();
        assert_eq!(
            (&error["kind"], &error["skipped"]),
            (&json!("ambiguous_time"), &json!(true))
        );
        nothing_happened(&scene);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s28_at_a_centre_whose_clock_skips_the_time_one_of_the_choices_is_booked_as_typed() {
    let server = Platform::start(Config {
        opening_hours: 0..24,
        ..Config::default()
    });
    let scene = Scene::on(server.await.expect("a server starts"), Dialect::V2);
    let berlin = Some("Europe/Berlin".to_owned());
    scene
        .server
        .control()
        .set_center(1, None, berlin)
        .await
        .expect("moved");
    let scene = scene.looked_around();
    let night = short_night();
    let at_one = |at: &str| scene.json(&[&scene.book(at)[..], &["--center", "1"]].concat());
    let error = at_one(&format!("{night}T02:30")).exits(2).error();
    let hint = error["hint"].as_str().expect("a hint");
    let choice = hint.rsplit_once("--at ").expect("a choice").1;
    assert_eq!(choice, format!("{night}T03:30+02:00"));
    assert_eq!(at_one(choice).exits(0).json()["state"], "done");
    assert_eq!(scene.made().await, [format!("{night}T03:30:00 scheduled")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn s24_a_slot_that_is_full_by_now_is_a_conflict_and_a_free_one_is_taken_as_it_says() {
    let scene = Scene::start(Dialect::V2).await;
    scene
        .server
        .control()
        .set_center(1, Some(1), None)
        .await
        .expect("one place");
    let scene = scene.looked_around();
    let at = ten();
    let here = [&scene.book(&at)[..], &["--center", "1"]].concat();
    scene.run(&[&["--offline"], &here[..]].concat()).exits(0);

    // Somebody else comes first.
    let seeded = scene.server.seeded();
    let other = seeded
        .all_with_single_vehicle()
        .find(|one| one.vehicle_ids[0].to_string() != scene.vehicle);
    let other = other.expect("another rider");
    let theirs = other.vehicle_ids[0].to_string();
    let desk = Desk::new(scene.server.url()).signed_in(other);
    let book = [
        "book",
        "--vehicle",
        &theirs,
        "--service",
        "repair",
        "--center",
        "1",
        "--at",
        &at,
    ];
    desk.run(&book).exits(0);
    let slots = scene
        .json(&["slots", "--center", "1", "--date", &at[..10]])
        .exits(0)
        .json();
    let ten = slots["value"].as_array().expect("a list").iter().find(|slot| {
        slot["starts_at"]
            .as_str()
            .is_some_and(|starts| starts.starts_with(&at))
    });
    assert_eq!(ten.expect("ten o'clock")["available"], 0);

    let sync = scene.json(&["sync"]).exits(7).json();
    let item = &sync["items"][0];
    assert_eq!(
        (&item["state"], &item["kind"]),
        (&json!("conflict"), &json!("slot_taken"))
    );
    assert!(
        item["free_slots"].as_array().is_some_and(|free| !free.is_empty()),
        "{item}"
    );
    assert_eq!(scene.made().await.len(), 0);

    // What to type is said in so many words.
    let retried = scene.run(&["outbox", "retry", &item["id"].to_string()]).exits(7);
    let command = retried
        .stdout
        .lines()
        .find_map(|line| line.split_once("pmi reschedule "));
    let typed: Vec<_> = command.expect("a command").1.split(' ').collect();
    assert_eq!(typed[0], item["booking"], "{retried:?}");
    let taken = scene
        .json(&[&["reschedule"], &typed[..]].concat())
        .exits(0)
        .json();
    assert_eq!(taken["state"], "done");
    let booked = typed[2].split_once('+').expect("an offset").0;
    assert_eq!(scene.made().await, [format!("{booked}:00 scheduled")]);
    scene.run(&["sync"]).exits(0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vehicle_the_server_does_not_know_is_refused_later_and_stays_to_be_dropped() {
    for dialect in BOTH {
        // The garage was never read: only the server can tell.
        let scene = Scene::start(dialect).await;
        let at = ten();
        let book = [
            "--offline",
            "book",
            "--vehicle",
            "999999",
            "--service",
            "repair",
            "--at",
            &at,
        ];
        let item = scene.json(&book).exits(0).json();
        let sync = scene.json(&["sync"]).exits(7).json();
        assert_eq!(sync["items"][0]["state"], "rejected", "{sync}");
        scene.run(&["outbox", "drop", &item["id"].to_string()]).exits(0);
        scene.run(&["sync"]).exits(0);
        assert_eq!(scene.made().await.len(), 0);
    }
}
