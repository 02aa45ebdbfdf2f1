//! The diagnostics.

use std::time::Duration;

use pmi_core::model::Freshness;
use pmi_core::ports::Clock as _;
use pmi_core::screens::{Diagnostics, DiagnosticsIntent, Phase, TextKey, Tone};
use pmi_e2e::desk::{book, first_vehicle, read_garage};
use pmi_e2e::{World, both_dialects};
use pmi_platform::{Dialect, Fault, Match};

use crate::watch::until;

fn says(shown: &Diagnostics, key: TextKey) -> bool {
    shown.trail.iter().any(|row| row.text.key == key)
}

async fn stands(world: World) {
    let device = world.device();
    let client = device.open();
    let mut screen = client.screens().diagnostics();
    assert_eq!(screen.now().server, world.platform.url());
    let nobody = until(&mut screen, |shown| {
        shown.phase == Phase::Shown && shown.session.key == TextKey::SignInNever
    })
    .await;
    assert_eq!((nobody.outbox, nobody.set_aside), (None, 0));
    assert!(!nobody.library.is_empty());

    world.sign_in(&client).await.expect("signed in");
    read_garage(&client).await;
    screen.send(DiagnosticsIntent::Refresh);
    let shown = until(&mut screen, |shown| {
        shown.session.key == TextKey::SessionSignedIn
            && says(shown, TextKey::TrailSignedIn)
            && shown.server_health.is_some()
            && shown.connectivity.key == TextKey::ReachOnline
            && shown.outbox.is_some()
    })
    .await;
    let dialect = match world.dialect {
        Dialect::V1 => TextKey::DialectFirst,
        Dialect::V2 => TextKey::DialectSecond,
    };
    assert_eq!(shown.dialect.key, dialect);
    assert_eq!(shown.session_tone, Tone::Good);
    assert_eq!(
        (shown.server_health.map(|text| text.key), shown.server_tone),
        (Some(TextKey::ServerWell), Tone::Good)
    );
    assert_eq!(shown.outbox.map(|counts| counts.waiting), Some(0));
}
both_dialects!(stands => how_things_stand_is_said_with_nobody_and_somebody_signed_in_v1,
    how_things_stand_is_said_with_nobody_and_somebody_signed_in_v2);

async fn offline(world: World) {
    let (_device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    let mut screen = client.screens().diagnostics();
    client.set_network(false);
    book(&client, 10).await;
    let shown = until(&mut screen, |shown| {
        let waiting = shown.outbox.as_ref().map(|counts| counts.waiting);
        waiting == Some(1)
            && shown.connectivity.key == TextKey::ProblemOfflineByRequest
            && says(shown, TextKey::TrailNetworkDown)
    })
    .await;
    assert_eq!(shown.phase, Phase::Shown);
    assert_eq!(shown.problem, None);
    assert!(
        shown.trail.is_sorted_by(|one, next| one.at >= next.at),
        "newest first"
    );
    client.set_network(true);
    until(&mut screen, |shown| {
        shown.outbox.as_ref().map(|counts| counts.waiting) == Some(0)
    })
    .await;
}
both_dialects!(offline => offline_what_waits_and_what_was_decided_is_said_v1, offline_what_waits_and_what_was_decided_is_said_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_server_asked_for_is_said_until_it_is_over_v2() {
    let world = World::start(Dialect::V2).await;
    let (device, client) = world.signed_in().await;
    let mut screen = client.screens().diagnostics();
    until(&mut screen, |shown| shown.server_health.is_some()).await;
    world
        .control()
        .on(Match::get("/api/vehicles"))
        .then(Fault::status_with(503, "Retry-After", "300"));
    let asked = client.vehicles().list(Freshness::NetworkOnly).await;
    assert!(asked.is_err(), "{asked:?}");
    // It is on disk by then, or a moment later.
    let until_then = loop {
        screen.send(DiagnosticsIntent::Refresh);
        let shown = until(&mut screen, |shown| !shown.refreshing).await;
        if let Some(until_then) = shown.cool_until {
            break until_then;
        }
    };
    assert!(until_then > device.clock.wall());
    device.clock.advance(Duration::from_secs(400));
    // Whoever waits for it may have begun to just then.
    while screen.now().cool_until.is_some() {
        device.clock.advance(Duration::from_secs(1));
        tokio::task::yield_now().await;
    }
}

async fn report(world: World) {
    let (_device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.set_offline(true);
    book(&client, 10).await;
    let mut screen = client.screens().diagnostics();
    screen.send(DiagnosticsIntent::Export);
    let made = until(&mut screen, |shown| {
        shown.exported.is_some() && !shown.trail.is_empty()
    })
    .await;
    let shown = format!("{made:?}");
    let exported = made.exported.expect("made");
    assert_eq!(exported.file_name, "pmi-diagnostics-2026-11-23.json");
    assert!(exported.content.contains("\"trail\""));
    let customer = world.customer();
    for of_a_person in [&customer.email, &customer.first_name, &customer.last_name] {
        assert!(!shown.contains(of_a_person.as_str()), "{shown}");
        assert!(!exported.content.contains(of_a_person.as_str()));
    }
    screen.send(DiagnosticsIntent::ExportTaken);
    assert_eq!(screen.now().exported, None);
}
both_dialects!(report => s37_a_report_is_made_without_a_person_in_it_v1, s37_a_report_is_made_without_a_person_in_it_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s34_diagnostics_go_on_after_a_suspension_and_end_with_the_client() {
    let world = World::start(Dialect::V2).await;
    let (_device, client) = world.signed_in().await;
    client.suspend(Duration::ZERO).await.expect("suspended");
    let mut screen = client.screens().diagnostics();
    assert_eq!(screen.next().await.expect("open").phase, Phase::FirstLoad);
    client.resume().await.expect("goes on");
    until(&mut screen, |shown| shown.phase == Phase::Shown).await;
    client.close();
    while screen.next().await.is_some() {}
    screen.send(DiagnosticsIntent::Export);
}
