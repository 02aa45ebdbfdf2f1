//! What a person begins once, pressed while the app is suspended or cut short by that (scenario 34): it is done afterwards, or
//! it is said that it may have been.

use std::time::Duration;

use pmi_core::model::Password;
use pmi_core::screens::{
    AccountField, AccountIntent, AccountScreen, ForgottenPasswordIntent, Problem, RegisterField,
    RegisterIntent, Remedy, ResetField, ResetStep, SignInIntent, SignInScreen, TextKey,
};
use pmi_core::{PmiClient, SessionState};
use pmi_e2e::{World, both_dialects};
use pmi_platform::{Dialect, Match};

use crate::watch::{is_still, seen, until};

const NEW: &str = "another long one";

async fn suspend(client: &PmiClient) {
    client.suspend(Duration::ZERO).await.expect("suspended");
}

async fn resume(client: &PmiClient) {
    client.resume().await.expect("goes on");
}

fn is_interrupted(problem: Option<Problem>) {
    let said = problem.map(|problem| (problem.text.key, problem.remedy));
    assert_eq!(said, Some((TextKey::ProblemInterrupted, Remedy::Retry)));
}

fn fill(screen: &SignInScreen, world: &World) {
    let customer = world.customer();
    screen.send(SignInIntent::Email {
        text: customer.email.clone(),
    });
    screen.send(SignInIntent::Password {
        text: customer.password.clone(),
    });
}

both_dialects!(signs_in => s34_a_sign_in_pressed_while_suspended_is_done_afterwards_v1,
    s34_a_sign_in_pressed_while_suspended_is_done_afterwards_v2);

async fn signs_in(world: World) {
    let device = world.device();
    let client = device.open();
    let mut screen = client.screens().sign_in();
    fill(&screen, &world);
    suspend(&client).await;
    screen.send(SignInIntent::Submit);
    is_still(&screen, |shown| shown.busy).await;
    resume(&client).await;
    until(&mut screen, |shown| shown.done).await;
    assert_eq!(world.control().requests("POST", "/api/auth/login"), 1);
}

both_dialects!(cut_short => s34_a_sign_in_cut_short_is_said_and_can_be_tried_again_v1,
    s34_a_sign_in_cut_short_is_said_and_can_be_tried_again_v2);

async fn cut_short(world: World) {
    let device = world.device();
    let client = device.open();
    let mut screen = client.screens().sign_in();
    fill(&screen, &world);
    let gate = world.hold_next(Match::post("/api/auth/login"));
    screen.send(SignInIntent::Submit);
    gate.arrived().await;
    suspend(&client).await;
    let cut = seen(&mut screen, |shown| !shown.busy).await;
    assert!(cut.password.filled && !cut.done);
    is_interrupted(cut.problem);
    gate.release();
    resume(&client).await;
    screen.send(SignInIntent::Submit);
    until(&mut screen, |shown| shown.done).await;
}

both_dialects!(registers => s34_a_registration_pressed_while_suspended_is_done_and_one_cut_short_may_be_v1,
    s34_a_registration_pressed_while_suspended_is_done_and_one_cut_short_may_be_v2);

async fn registers(world: World) {
    let device = world.device();
    let client = device.open();
    let mut screen = client.screens().register();
    for (field, text) in [
        (RegisterField::Email, "new.rider@example.com"),
        (RegisterField::Password, NEW),
        (RegisterField::Repeated, NEW),
        (RegisterField::FirstName, "New"),
        (RegisterField::LastName, "Rider"),
        (RegisterField::Phone, "+919800000001"),
    ] {
        let text = text.to_owned();
        screen.send(RegisterIntent::Change { field, text });
    }
    let gate = world.hold_next(Match::post("/api/auth/register"));
    suspend(&client).await;
    screen.send(RegisterIntent::Submit);
    is_still(&screen, |shown| shown.busy).await;
    resume(&client).await;
    gate.arrived().await;
    suspend(&client).await;
    let cut = seen(&mut screen, |shown| !shown.busy).await;
    is_interrupted(cut.problem);
    assert_eq!(cut.hint.map(|text| text.key), Some(TextKey::RegisterMayExist));
    gate.release();
    resume(&client).await;
    let password = Password::new(NEW);
    let made = client.account().sign_in("new.rider@example.com", password).await;
    made.expect("it was made");
}

both_dialects!(signs_out => s34_a_sign_out_pressed_while_suspended_is_one_afterwards_v1,
    s34_a_sign_out_pressed_while_suspended_is_one_afterwards_v2);

async fn signs_out(world: World) {
    let (device, client) = world.signed_in().await;
    let mut screen = client.screens().account();
    suspend(&client).await;
    screen.send(AccountIntent::SignOut);
    is_still(&screen, |shown| shown.signing_out).await;
    resume(&client).await;
    let out = until(&mut screen, |shown| shown.done && !shown.signing_out).await;
    assert_eq!(out.problem, None);
    assert_eq!(client.account().state().await, Ok(SessionState::SignedOut));
    assert!(device.secrets.names().is_empty());
}

fn change(screen: &AccountScreen, field: AccountField, text: &str) {
    let text = text.to_owned();
    screen.send(AccountIntent::Change { field, text });
}

async fn able(client: &PmiClient) -> AccountScreen {
    client.capabilities().await.expect("known");
    let mut screen = client.screens().account();
    until(&mut screen, |shown| shown.can_edit && shown.can_delete).await;
    screen
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s34_a_profile_and_a_password_sent_while_suspended_are_changed_afterwards_v2() {
    let world = World::start(Dialect::V2).await;
    let (_device, client) = world.signed_in().await;
    let mut screen = able(&client).await;
    screen.send(AccountIntent::Edit);
    change(&screen, AccountField::Address, "7 New Road");
    suspend(&client).await;
    screen.send(AccountIntent::Submit);
    is_still(&screen, |shown| shown.busy).await;
    resume(&client).await;
    let saved = until(&mut screen, |shown| shown.note.is_some()).await;
    assert_eq!((saved.edit, saved.problem), (None, None));

    screen.send(AccountIntent::ChangePassword);
    change(&screen, AccountField::CurrentPassword, &world.customer().password);
    change(&screen, AccountField::NewPassword, NEW);
    change(&screen, AccountField::RepeatedPassword, NEW);
    suspend(&client).await;
    screen.send(AccountIntent::Submit);
    is_still(&screen, |shown| shown.busy).await;
    resume(&client).await;
    let changed = until(&mut screen, |shown| shown.note.is_some()).await;
    assert_eq!((changed.password, changed.problem), (None, None));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s34_a_deletion_cut_short_is_said_and_one_confirmed_while_suspended_is_done_v2() {
    let world = World::start(Dialect::V2).await;
    let (_device, client) = world.signed_in().await;
    let mut screen = able(&client).await;
    screen.send(AccountIntent::Delete);
    let password = &world.customer().password;
    let gate = pmi_platform::Gate::new();
    let held = pmi_platform::Fault::HoldBefore(gate.clone());
    world
        .control()
        .on(Match::delete("/api/auth/me"))
        .times(1)
        .then(held);
    change(&screen, AccountField::CurrentPassword, password);
    screen.send(AccountIntent::Submit);
    screen.send(AccountIntent::Confirm);
    gate.arrived().await;
    suspend(&client).await;
    let cut = seen(&mut screen, |shown| !shown.busy).await;
    assert!(!cut.done && cut.deletion.is_some_and(|form| form.confirm.is_none()));
    is_interrupted(cut.problem);

    screen.send(AccountIntent::Submit);
    screen.send(AccountIntent::Confirm);
    is_still(&screen, |shown| shown.busy).await;
    resume(&client).await;
    until(&mut screen, |shown| shown.done).await;
    gate.release();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s34_a_new_password_sent_while_suspended_is_set_and_one_cut_short_may_be_v2() {
    let world = World::start(Dialect::V2).await;
    let device = world.device();
    let client = device.open();
    let mut screen = client.screens().forgotten_password();
    until(&mut screen, |shown| shown.available).await;
    let change = |field, text: &str| ForgottenPasswordIntent::Change {
        field,
        text: text.to_owned(),
    };
    screen.send(change(ResetField::Email, &world.customer().email));
    suspend(&client).await;
    screen.send(ForgottenPasswordIntent::Submit);
    is_still(&screen, |shown| shown.busy).await;
    resume(&client).await;
    until(&mut screen, |shown| shown.step == ResetStep::Set).await;
    let mail = world.control().password_resets().pop().expect("one mail");
    for (field, text) in [
        (ResetField::Code, mail.token.as_str()),
        (ResetField::Password, NEW),
        (ResetField::Repeated, NEW),
    ] {
        screen.send(change(field, text));
    }
    let gate = world.hold_next(Match::post("/api/auth/password/reset"));
    screen.send(ForgottenPasswordIntent::Submit);
    gate.arrived().await;
    suspend(&client).await;
    let cut = seen(&mut screen, |shown| !shown.busy).await;
    assert_eq!(cut.note.map(|text| text.key), Some(TextKey::ResetMayBeDone));
    is_interrupted(cut.problem);
    gate.release();
    resume(&client).await;
    let password = Password::new(NEW);
    let email = &world.customer().email;
    let set = client.account().sign_in(email, password).await;
    set.expect("it was");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s34_an_export_asked_for_while_suspended_is_made_afterwards_v2() {
    let world = World::start(Dialect::V2).await;
    let (_device, client) = world.signed_in().await;
    let mut screen = able(&client).await;
    suspend(&client).await;
    screen.send(AccountIntent::Export);
    is_still(&screen, |shown| shown.exporting).await;
    resume(&client).await;
    let made = until(&mut screen, |shown| !shown.exporting).await;
    assert!(made.exported.is_some() && made.problem.is_none());
}
