//! The account.

use std::time::Duration;

use pmi_core::PmiClient;
use pmi_core::error::Refusal;
use pmi_core::model::{Freshness, Password, Unsent};
use pmi_core::screens::{Account, AccountField, AccountIntent, AccountScreen, Phase, Remedy, TextKey};
use pmi_core::{Error, SessionState};
use pmi_e2e::desk::{book, done, first_vehicle, read_garage};
use pmi_e2e::{World, both_dialects};
use pmi_platform::Dialect;

use crate::watch::{is_still, until};

const NEW: &str = "another long one";

const AT_TEN: [&str; 1] = ["2026-12-25T10:00:00 scheduled"];

fn change(screen: &AccountScreen, field: AccountField, text: &str) {
    let text = text.to_owned();
    screen.send(AccountIntent::Change { field, text });
}

/// The account of who is signed in, its profile shown.
async fn opened(client: &PmiClient) -> (AccountScreen, Account) {
    // What the server can do is known from here on.
    client.capabilities().await.expect("known");
    let mut screen = client.screens().account();
    let shown = until(&mut screen, |shown| {
        shown.profile.is_some() && !shown.standing.refreshing
    })
    .await;
    (screen, shown)
}

async fn able(client: &PmiClient) -> AccountScreen {
    let (screen, _) = opened(client).await;
    // The record that was just seen may be it.
    let mut screen = screen.clone();
    until(&mut screen, |shown| shown.can_edit && shown.can_delete).await;
    screen
}

async fn signed_out(screen: &mut AccountScreen) -> Account {
    until(screen, |shown| shown.done && !shown.signing_out).await
}

async fn profile(world: World) {
    let (_device, client) = world.signed_in().await;
    let (mut screen, shown) = opened(&client).await;
    assert_eq!(shown.standing.phase, Phase::Shown);
    let profile = shown.profile.expect("there");
    let customer = world.customer();
    assert_eq!(profile.email, customer.email);
    assert_eq!(
        profile.name,
        format!("{} {}", customer.first_name, customer.last_name)
    );
    assert_eq!(profile.role.key, TextKey::RoleCustomer);
    client.set_network(false);
    screen.send(AccountIntent::Refresh);
    let offline = until(&mut screen, |shown| {
        shown.standing.offline && shown.standing.problem.is_some()
    })
    .await;
    assert!(offline.profile.is_some(), "still there");
}
both_dialects!(profile => the_profile_is_there_and_stays_offline_v1, the_profile_is_there_and_stays_offline_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_server_cannot_do_is_absent_v1() {
    let world = World::start(Dialect::V1).await;
    let (_device, client) = world.signed_in().await;
    let (screen, _) = opened(&client).await;
    // What the server can do is heard of meanwhile.
    is_still(&screen, |shown| {
        !shown.can_edit && !shown.can_change_password && !shown.can_delete && !shown.can_export
    })
    .await;
    world.control().reset_counts();
    for intent in [
        AccountIntent::Edit,
        AccountIntent::Submit,
        AccountIntent::ChangePassword,
        AccountIntent::Submit,
        AccountIntent::Delete,
        AccountIntent::Confirm,
        AccountIntent::Export,
    ] {
        screen.send(intent);
        let now = screen.now();
        assert!(now.edit.is_none() && now.password.is_none() && now.deletion.is_none());
        assert!(!now.busy && !now.exporting && now.exported.is_none());
    }
    read_garage(&client).await;
    let sent = |method, path| world.control().requests(method, path);
    assert_eq!(sent("PATCH", "/api/auth") + sent("DELETE", "/api/auth"), 0);
    assert_eq!(sent("POST", "/api/auth/password/change"), 0);
    assert!(client.account().state().await.expect("known").is_signed_in());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_profile_is_changed_v2() {
    let world = World::start(Dialect::V2).await;
    let (_device, client) = world.signed_in().await;
    let mut screen = able(&client).await;
    screen.send(AccountIntent::Edit);
    change(&screen, AccountField::Phone, "+919811111111");
    change(&screen, AccountField::Address, "7 New Road");
    screen.send(AccountIntent::Submit);
    screen.send(AccountIntent::Submit);
    let saved = until(&mut screen, |shown| {
        let phone = shown
            .profile
            .as_ref()
            .and_then(|profile| profile.phone.as_deref());
        phone == Some("+919811111111") && !shown.busy
    })
    .await;
    assert_eq!(
        saved.note.map(|text| text.key),
        Some(TextKey::AccountProfileSaved)
    );
    assert_eq!(saved.edit, None);
    let address = saved.profile.and_then(|profile| profile.address);
    assert_eq!(address.as_deref(), Some("7 New Road"));
    assert_eq!(world.control().requests("PATCH", "/api/auth/me"), 1, "once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_password_is_changed_and_a_wrong_one_is_said_at_its_field_v2() {
    let world = World::start(Dialect::V2).await;
    let (_device, client) = world.signed_in().await;
    let mut screen = able(&client).await;
    screen.send(AccountIntent::ChangePassword);
    change(&screen, AccountField::CurrentPassword, "not the password");
    change(&screen, AccountField::NewPassword, NEW);
    change(&screen, AccountField::RepeatedPassword, NEW);
    screen.send(AccountIntent::Submit);
    let wrong = until(&mut screen, |shown| {
        let form = shown.password.as_ref();
        form.is_some_and(|form| form.current.problem.is_some()) && !shown.busy
    })
    .await;
    let said = wrong.password.and_then(|form| form.current.problem);
    assert_eq!(said.map(|text| text.key), Some(TextKey::FieldPasswordWrong));
    change(&screen, AccountField::CurrentPassword, &world.customer().password);
    screen.send(AccountIntent::Submit);
    let changed = until(&mut screen, |shown| shown.note.is_some()).await;
    assert_eq!(
        changed.note.map(|text| text.key),
        Some(TextKey::AccountPasswordChanged)
    );
    assert!(changed.password.is_none() && changed.problem.is_none());
    client
        .account()
        .me(Freshness::NetworkOnly)
        .await
        .expect("this session goes on");
    let other_device = world.device();
    let elsewhere = other_device.open();
    elsewhere
        .account()
        .sign_in(&world.customer().email, Password::new(NEW))
        .await
        .expect("the new one works");
}

/// Gives the password, and confirms.
fn ask_to_delete(screen: &AccountScreen, password: &str) {
    change(screen, AccountField::CurrentPassword, password);
    screen.send(AccountIntent::Submit);
    let asks = screen.now();
    assert!(asks.deletion.expect("open").confirm.is_some() && !asks.busy);
    screen.send(AccountIntent::Confirm);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_is_deleted_after_the_password_and_a_confirmation_v2() {
    let world = World::start(Dialect::V2).await;
    let (device, client) = world.signed_in().await;
    let mut screen = able(&client).await;
    screen.send(AccountIntent::Delete);
    screen.send(AccountIntent::Confirm);
    ask_to_delete(&screen, "not the password");
    let wrong = until(&mut screen, |shown| !shown.busy).await;
    let form = wrong.deletion.expect("open");
    assert_eq!(
        form.password.problem.map(|text| text.key),
        Some(TextKey::FieldPasswordWrong)
    );
    assert_eq!(form.confirm, None);
    ask_to_delete(&screen, &world.customer().password);
    let gone = until(&mut screen, |shown| shown.done).await;
    assert!(gone.profile.is_none() && gone.deletion.is_none() && !gone.busy);
    let refused = world.sign_in(&client).await;
    assert!(
        matches!(
            refused,
            Err(Error::Refused {
                why: Refusal::WrongCredentials,
                ..
            })
        ),
        "{refused:?}"
    );
    assert!(device.secrets.names().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s37_an_export_is_there_until_it_was_taken_and_in_no_debug_v2() {
    let world = World::start(Dialect::V2).await;
    let (_device, client) = world.signed_in().await;
    let mut screen = able(&client).await;
    screen.send(AccountIntent::Export);
    screen.send(AccountIntent::Export);
    let made = until(&mut screen, |shown| shown.exported.is_some()).await;
    let email = &world.customer().email;
    assert!(!format!("{made:?}").contains(email.as_str()));
    assert!(!made.exporting);
    let exported = made.exported.expect("made");
    assert!(exported.content.contains(email.as_str()));
    assert_eq!(exported.file_name, "pmi-data-2026-11-23.json");
    screen.send(AccountIntent::ExportTaken);
    assert_eq!(screen.now().exported, None);

    client.set_offline(true);
    screen.send(AccountIntent::Export);
    let failed = until(&mut screen, |shown| shown.problem.is_some()).await;
    assert!(!failed.exporting && failed.exported.is_none());
    assert_eq!(failed.problem.map(|problem| problem.remedy), Some(Remedy::Retry));
    client.set_offline(false);
    screen.send(AccountIntent::TryAgain);
    let made = until(&mut screen, |shown| shown.exported.is_some()).await;
    assert_eq!(made.problem, None);
}

/// Presses the button, twice, and gives the answer to the question.
async fn leave(screen: &mut AccountScreen, answer: AccountIntent) {
    screen.send(AccountIntent::SignOut);
    screen.send(AccountIntent::SignOut);
    let asks = until(screen, |shown| shown.unsent.is_some()).await;
    assert!(!asks.signing_out && !asks.done);
    let question = asks.unsent.expect("asked");
    assert_eq!((question.count, question.text.key), (1, TextKey::AccountUnsent));
    screen.send(answer);
}

async fn unsent(world: World) {
    let (_device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.set_offline(true);
    let item = book(&client, 10).await;
    let mut screen = client.screens().account();
    leave(&mut screen, AccountIntent::Stay).await;
    assert_eq!(screen.now().unsent, None);
    assert_eq!(client.outbox().count().await, Ok(1), "nothing was done");

    leave(&mut screen, AccountIntent::KeepUnsent).await;
    signed_out(&mut screen).await;
    client.set_offline(false);
    assert_eq!(world.create_requests(), 0);
    world.sign_in(&client).await.expect("signed in again");
    until(&mut screen, |shown| !shown.done).await;
    done(&client, &item).await;
    assert_eq!(world.made().await, AT_TEN);

    first_vehicle(&client).await;
    client.set_offline(true);
    book(&client, 11).await;
    leave(&mut screen, AccountIntent::DiscardUnsent).await;
    signed_out(&mut screen).await;
    client.set_offline(false);
    world.sign_in(&client).await.expect("once more");
    assert_eq!(client.outbox().count().await, Ok(0));
    client.sync(Duration::from_secs(60)).await.expect("a report");
    assert_eq!(world.made().await, AT_TEN);
}
both_dialects!(unsent => s11_a_sign_out_asks_what_becomes_of_unsent_changes_v1, s11_a_sign_out_asks_what_becomes_of_unsent_changes_v2);

async fn offline_sign_out(world: World) {
    let (device, client) = world.signed_in().await;
    let (mut screen, _) = opened(&client).await;
    client.set_network(false);
    screen.send(AccountIntent::SignOut);
    let nobody = signed_out(&mut screen).await;
    assert_eq!((nobody.profile, nobody.problem), (None, None));
    assert_eq!(client.account().state().await, Ok(SessionState::SignedOut));
    assert!(device.secrets.names().is_empty());
}
both_dialects!(offline_sign_out => s11_a_sign_out_needs_no_network_v1, s11_a_sign_out_needs_no_network_v2);

async fn b_after_a(world: World) {
    let (device, client) = world.signed_in().await;
    world.control().rotate_signing_key().await.expect("rotated");
    world.expire_tokens(&device);
    let ended = client.account().me(Freshness::NetworkOnly).await;
    assert!(matches!(ended, Err(Error::SignInNeeded { .. })), "{ended:?}");
    let mut screen = client.screens().account();
    let why = |shown: &Account| shown.last_ended.as_ref().map(|ended| ended.why.key);
    until(&mut screen, |shown| why(shown) == Some(TextKey::SignInExpired)).await;
    world.sign_in(&client).await.expect("the same person again");
    let of_a = until(&mut screen, |shown| {
        shown.profile.is_some() && shown.last_ended.is_some() && shown.standing.problem.is_none()
    })
    .await;
    assert_eq!(
        why(&of_a),
        Some(TextKey::SignInExpired),
        "told after the sign-in too"
    );

    let b = world.other_customer();
    let password = Password::new(b.password.as_str());
    client
        .account()
        .sign_in(&b.email, password)
        .await
        .expect("signed in");
    let of_b = until(&mut screen, |shown| {
        let profile = shown.profile.as_ref();
        profile.is_some_and(|profile| profile.email == b.email)
    })
    .await;
    assert_eq!(of_b.last_ended, None, "that was A's");
}
both_dialects!(b_after_a => s26_why_a_was_signed_out_is_told_to_a_only_v1, s26_why_a_was_signed_out_is_told_to_a_only_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s26_what_a_typed_is_gone_when_b_signs_in() {
    let world = World::start(Dialect::V2).await;
    let (_device, client) = world.signed_in().await;
    let mut screen = able(&client).await;
    screen.send(AccountIntent::Edit);
    change(&screen, AccountField::Address, "A's own");
    assert!(screen.now().edit.is_some());
    let b = world.other_customer();
    let password = Password::new(b.password.as_str());
    client
        .account()
        .sign_in(&b.email, password)
        .await
        .expect("signed in");
    let of_b = until(&mut screen, |shown| {
        let profile = shown.profile.as_ref();
        profile.is_some_and(|profile| profile.email == b.email)
    })
    .await;
    assert_eq!(of_b.edit, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s34_an_account_goes_on_after_a_suspension_and_ends_with_the_client() {
    let world = World::start(Dialect::V2).await;
    let (_device, client) = world.signed_in().await;
    client.suspend(Duration::ZERO).await.expect("suspended");
    let mut screen = client.screens().account();
    assert_eq!(
        screen.next().await.expect("open").standing.phase,
        Phase::FirstLoad
    );
    client.resume().await.expect("goes on");
    until(&mut screen, |shown| shown.standing.phase == Phase::Shown).await;
    client.close();
    while screen.next().await.is_some() {}
    screen.send(AccountIntent::SignOut);
    let closed = client.account().sign_out(Unsent::Ask).await;
    assert_eq!(closed, Err(Error::Closed));
}
