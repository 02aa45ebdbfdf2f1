//! Scenario 32 with two clients on one folder: one finds the file damaged and puts a new one in its place while the other has it
//! in use. The other goes on in the new one: what it promises is there, and it neither refreshes nor sends by what the moved one
//! says (6 and 22). The last tests do it with two processes, the first of which is stopped at every step of a refresh.

use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use pmi_core::model::{Freshness, WriteState};
use pmi_core::{PmiClient, SessionState};
use pmi_e2e::desk::{book, first_vehicle, read_garage};
use pmi_e2e::processes::{Scene, Step, Then, day};
use pmi_e2e::{Device, World, both_dialects};
use pmi_platform::Dialect;

const AT_TEN: [&str; 1] = ["2026-12-25T10:00:00 scheduled"];

const PATIENCE: Duration = Duration::from_secs(3600);

/// The disk of this device loses the first page, which who has the file open does not read again.
fn lose_a_page(device: &Path) {
    let file = device.join("data/durable.sqlite3");
    let file = std::fs::OpenOptions::new().write(true).open(file);
    file.and_then(|mut file| file.write_all(&[0; 4096]))
        .expect("written");
}

/// Starts a client that meets the damage.
fn salvages(device: &Device) -> PmiClient {
    lose_a_page(device.dir());
    let client = device.open();
    assert_eq!(client.set_aside().len(), 1);
    assert!(client.salvaged().expect("told").session_kept);
    client
}

async fn accepted_beside(world: World) {
    let (device, client) = world.signed_in().await;
    let _skipping = world.skip_waits(&device);
    first_vehicle(&client).await;
    client.set_offline(true);
    let other = salvages(&device);
    other.set_offline(true);

    let item = book(&client, 10).await;
    assert_eq!(client.account().state().await, Ok(SessionState::SignedIn));
    assert_eq!(item.state, WriteState::Queued);
    assert_eq!(other.outbox().get(item.id).await.expect("it is there too"), item);
    for client in [client, other] {
        client.close();
    }

    let client = device.open();
    assert!(client.set_aside().is_empty());
    client.sync(PATIENCE).await.expect("sent");
    assert_eq!(world.made().await, AT_TEN);
}
both_dialects!(accepted_beside => s32_what_is_accepted_beside_a_salvage_is_in_the_new_file_v1,
    s32_what_is_accepted_beside_a_salvage_is_in_the_new_file_v2);

async fn sent_beside(world: World) {
    let (device, client) = world.signed_in().await;
    let _skipping = world.skip_waits(&device);
    first_vehicle(&client).await;
    client.set_offline(true);
    let item = book(&client, 10).await;
    let other = salvages(&device);
    let report = other.sync(PATIENCE).await.expect("sent");
    assert_eq!((report.remaining, report.attention), (0, 0));
    assert_eq!(world.made().await, AT_TEN);

    client.set_offline(false);
    client.sync(PATIENCE).await.expect("nothing to send");
    assert_eq!(world.create_requests(), 1);
    let shown = client.outbox().get(item.id).await.expect("shown");
    assert!(matches!(shown.state, WriteState::Done { .. }), "{shown:?}");
    assert_eq!(world.made().await, AT_TEN);
}
both_dialects!(sent_beside => s32_what_the_salvager_has_sent_is_not_sent_by_the_moved_file_v1,
    s32_what_the_salvager_has_sent_is_not_sent_by_the_moved_file_v2);

async fn refreshed_beside(world: World) {
    let (device, client) = world.signed_in().await;
    let _skipping = world.skip_waits(&device);
    read_garage(&client).await;
    world.expire_tokens(&device);
    let other = salvages(&device);
    read_garage(&other).await;
    assert_eq!(world.control().refreshes(), 1);
    read_garage(&other).await;

    let read = client.vehicles().list(Freshness::NetworkOnly).await;
    read.expect("the other's pair");
    assert_eq!(world.control().refresh_requests(), 1);
    assert_eq!(world.control().reuses(), 0);
    for client in [client, other] {
        assert_eq!(client.account().state().await, Ok(SessionState::SignedIn));
    }
}
both_dialects!(refreshed_beside => s32_the_pair_of_a_moved_file_is_not_spent_after_the_salvager_has_spent_it_v1,
    s32_the_pair_of_a_moved_file_is_not_spent_after_the_salvager_has_spent_it_v2);

async fn closed_beside(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.set_offline(true);
    let other = salvages(&device);
    let aside = other.set_aside()[0].clone();
    let kept = std::fs::read(&aside).expect("kept");
    other.set_offline(true);
    let item = book(&other, 10).await;
    client.close();
    assert!(
        std::fs::read(&aside).expect("kept") == kept,
        "closing it changed it"
    );
    let third = device.open();
    let there = third.outbox().get(item.id).await.expect("it is there");
    assert_eq!(there.operation_id, item.operation_id);
}
both_dialects!(closed_beside => s32_closing_a_moved_file_takes_nothing_from_the_new_one_v1,
    s32_closing_a_moved_file_takes_nothing_from_the_new_one_v2);

/// Makes one test for each dialect of a scenario `fn(&Scene)`.
macro_rules! with_processes {
    ($scenario:ident => $v1:ident, $v2:ident) => {
        #[test]
        fn $v1() {
            $scenario(&Scene::start(Dialect::V1, env!("CARGO_BIN_EXE_device")));
        }

        #[test]
        fn $v2() {
            $scenario(&Scene::start(Dialect::V2, env!("CARGO_BIN_EXE_device")));
        }
    };
}

fn killed_beside(scene: &Scene) {
    let desk = scene.desk_with_three_vehicles().copy();
    let mut user = desk.begin_hasty(Then::Count);
    assert_eq!(user.ask("cached"), "ok");
    lose_a_page(desk.dir());
    let mut salvager = desk.begin_hasty(Then::Count);
    assert_eq!(salvager.ask("state"), "Ok(SignedIn)");
    assert_eq!(user.ask("do waiting 1"), "accepted");
    assert_eq!(user.says(), "done");
    user.kill();
    assert_eq!(salvager.ask("outbox"), "1");
    assert_eq!(salvager.ask("finish"), "0 left, 0 for the person");
    let made = (scene.garage()[0], "10:00:00 scheduled".to_owned());
    assert_eq!(scene.booked_on(day(1)), [made]);
    salvager.closes();
}
with_processes!(killed_beside => s32_what_a_process_accepts_beside_a_salvage_outlives_it_v1,
    s32_what_a_process_accepts_beside_a_salvage_outlives_it_v2);

/// Between the answer of the permit and the writing of the request nothing can be looked at any more.
fn is_window(step: &Step) -> bool {
    step.name == "the permit of POST /api/auth/refresh says true"
}

fn stopped_beside(scene: &Scene) {
    let desk = scene.desk();
    let mut undisturbed = desk.begin(Then::Count);
    assert_eq!(undisturbed.ask("read"), "ok");
    let steps = undisturbed.steps();
    undisturbed.closes();
    assert!(steps.iter().any(is_window), "it refreshes");
    for (number, step) in (1..).zip(&steps).filter(|(_, step)| !is_window(step)) {
        let at = format!("stopped at step {number}, {}", step.name);
        let desk = scene.desk();
        let mut user = desk.begin(Then::Stop(number));
        user.tell("read");
        assert_eq!(user.stands(), step.name, "{at}");
        lose_a_page(desk.dir());
        let mut salvager = desk.begin(Then::Count);
        scene.let_pass(Duration::from_secs(60));
        assert_eq!(salvager.ask("read"), "ok", "{at}");
        user.go_on();
        let late = user.says();
        assert!(!late.starts_with("SignInNeeded"), "{at}: {late}");
        for device in [&mut user, &mut salvager] {
            assert_eq!(device.ask("read"), "ok", "{at}");
            assert_eq!(device.ask("state"), "Ok(SignedIn)", "{at}");
        }
        assert_eq!(scene.control().reuses(), 0, "{at}");
        user.closes();
        salvager.closes();
    }
}
with_processes!(stopped_beside => s32_stopped_at_any_step_of_a_refresh_while_its_file_is_replaced_it_stays_signed_in_v1,
    s32_stopped_at_any_step_of_a_refresh_while_its_file_is_replaced_it_stays_signed_in_v2);
