//! A forgotten password.

use std::time::Duration;

use pmi_core::model::Password;
use pmi_core::screens::{
    ForgottenPasswordIntent, ForgottenPasswordScreen, Phase, Remedy, ResetField, ResetStep, TextKey,
};
use pmi_e2e::World;
use pmi_platform::{Dialect, Fault, Match};
use serde_json::json;

use crate::watch::{seen, until};

const NEW: &str = "another long one";

fn change(screen: &ForgottenPasswordScreen, field: ResetField, text: &str) {
    let text = text.to_owned();
    screen.send(ForgottenPasswordIntent::Change { field, text });
}

fn set(screen: &ForgottenPasswordScreen, code: &str) {
    change(screen, ResetField::Code, code);
    change(screen, ResetField::Password, NEW);
    change(screen, ResetField::Repeated, NEW);
    screen.send(ForgottenPasswordIntent::Submit);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_forgotten_password_is_asked_for_and_set_v2() {
    let world = World::start(Dialect::V2).await;
    let device = world.device();
    let client = device.open();
    let mut screen = client.screens().forgotten_password();
    until(&mut screen, |shown| shown.available).await;
    let email = world.customer().email.clone();
    let mut notes = Vec::new();
    for address in ["nobody@example.com", email.as_str()] {
        screen.send(ForgottenPasswordIntent::AskAgain);
        change(&screen, ResetField::Email, address);
        screen.send(ForgottenPasswordIntent::Submit);
        screen.send(ForgottenPasswordIntent::Submit);
        let asked = until(&mut screen, |shown| shown.step == ResetStep::Set).await;
        assert!(!asked.busy && asked.problem.is_none());
        notes.push(asked.note.expect("said").key);
    }
    assert_eq!(notes, [TextKey::ResetSent; 2], "the same for nobody");
    let asked = world
        .control()
        .requests("POST", "/api/auth/password/request-reset");
    assert_eq!(asked, 2, "once each");

    set(&screen, "not the code");
    let wrong = until(&mut screen, |shown| shown.code.problem.is_some()).await;
    assert_eq!(
        wrong.code.problem.map(|text| text.key),
        Some(TextKey::FieldResetCodeWrong)
    );
    let mail = world.control().password_resets().pop().expect("one mail");
    assert_eq!(mail.to, email);
    set(&screen, &mail.token);
    let done = until(&mut screen, |shown| shown.step == ResetStep::Done).await;
    assert_eq!(done.note.map(|text| text.key), Some(TextKey::ResetDone));
    assert!(!done.password.filled && done.code.value.is_empty());
    client
        .account()
        .sign_in(&email, Password::new(NEW))
        .await
        .expect("the new one works");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_the_answer_is_lost_the_new_password_may_be_set_v2() {
    let world = World::start(Dialect::V2).await;
    let device = world.device();
    let client = device.open();
    let mut screen = client.screens().forgotten_password();
    until(&mut screen, |shown| shown.available).await;
    let email = world.customer().email.clone();
    client
        .account()
        .request_password_reset(&email)
        .await
        .expect("asked");
    let mail = world.control().password_resets().pop().expect("one mail");
    world
        .control()
        .on(Match::post("/api/auth/password/reset"))
        .times(1)
        .then(Fault::CutAfter);
    screen.send(ForgottenPasswordIntent::HaveCode);
    set(&screen, &mail.token);
    let lost = until(&mut screen, |shown| shown.problem.is_some()).await;
    assert_eq!(lost.note.map(|text| text.key), Some(TextKey::ResetMayBeDone));
    client
        .account()
        .sign_in(&email, Password::new(NEW))
        .await
        .expect("it was");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whether_one_can_be_reset_is_asked_again_of_a_server_that_failed_v2() {
    let world = World::start(Dialect::V2).await;
    let device = world.device();
    let client = device.open();
    let _skipping = world.skip_sleeps(&device);
    let down = world
        .control()
        .on(Match::any())
        .then(Fault::json(503, &json!({})));
    let mut screen = client.screens().forgotten_password();
    assert_eq!(screen.now().phase, Phase::FirstLoad);
    let failed = until(&mut screen, |shown| shown.phase == Phase::Failed).await;
    assert!(!failed.available);
    assert_eq!(failed.problem.map(|problem| problem.remedy), Some(Remedy::Retry));
    world.control().remove(down);
    screen.send(ForgottenPasswordIntent::Refresh);
    let able = until(&mut screen, |shown| shown.phase == Phase::Shown).await;
    assert!(able.available && able.problem.is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whether_one_can_be_reset_is_asked_again_by_itself_v2() {
    let world = World::start(Dialect::V2).await;
    let device = world.device();
    let client = device.open();
    let server = world.server_clock.clone();
    let waits = |left: Duration| left.as_secs() <= 10 || left.as_secs() == 60;
    let _passing = device.clock.skip_sleeps(waits, move |by| server.advance(by));
    let down = world
        .control()
        .on(Match::any())
        .then(Fault::json(503, &json!({})));
    let mut screen = client.screens().forgotten_password();
    until(&mut screen, |shown| shown.phase == Phase::Failed).await;
    world.control().remove(down);
    let able = until(&mut screen, |shown| shown.phase == Phase::Shown).await;
    assert!(able.available && able.problem.is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_forgotten_password_cannot_be_reset_on_v1() {
    let world = World::start(Dialect::V1).await;
    let device = world.device();
    let client = device.open();
    assert!(!client.capabilities().await.expect("known").password_reset);
    let mut screen = client.screens().forgotten_password();
    let before = seen(&mut screen, |shown| shown.phase == Phase::Shown).await;
    assert!(!before.available);
    world.control().reset_counts();
    change(&screen, ResetField::Email, &world.customer().email);
    screen.send(ForgottenPasswordIntent::Submit);
    screen.send(ForgottenPasswordIntent::HaveCode);
    set(&screen, "a code");
    // Another exchange, later than anything of these would be.
    client.platform().health().await.expect("an answer");
    assert_eq!(screen.now(), before);
    let paths = ["/api/auth/password/request-reset", "/api/auth/password/reset"];
    assert!(
        paths
            .iter()
            .all(|path| world.control().requests("POST", path) == 0)
    );
}
