//! Registering.

use pmi_core::screens::{Register, RegisterField, RegisterIntent, RegisterScreen, TextKey};
use pmi_core::{Error, PmiClient};
use pmi_e2e::{World, both_dialects};
use pmi_platform::{Dialect, Fault, Match};

use crate::watch::until;

const EMAIL: &str = "new.rider@example.com";
const PASSWORD: &str = "a long enough one";

fn change(screen: &RegisterScreen, field: RegisterField, text: &str) {
    let text = text.to_owned();
    screen.send(RegisterIntent::Change { field, text });
}

fn filled(client: &PmiClient) -> RegisterScreen {
    let screen = client.screens().register();
    for (field, text) in [
        (RegisterField::Email, EMAIL),
        (RegisterField::Password, PASSWORD),
        (RegisterField::Repeated, PASSWORD),
        (RegisterField::FirstName, "New"),
        (RegisterField::LastName, "Rider"),
        (RegisterField::Phone, "+919800000001"),
    ] {
        change(&screen, field, text);
    }
    screen
}

fn requests(world: &World) -> u64 {
    world.control().requests("POST", "/api/auth/register")
}

async fn answered(screen: &mut RegisterScreen) -> Register {
    until(screen, |shown| !shown.busy).await
}

async fn registers(world: World) {
    let device = world.device();
    let client = device.open();
    let mut screen = filled(&client);
    change(&screen, RegisterField::Email, &world.customer().email);
    screen.send(RegisterIntent::Submit);
    let taken = answered(&mut screen).await;
    assert_eq!(
        taken.email.problem.map(|text| text.key),
        Some(TextKey::ProblemEmailTaken)
    );
    assert!(taken.problem.is_none() && !taken.done && taken.password.filled);

    change(&screen, RegisterField::Email, EMAIL);
    for _ in 0..3 {
        screen.send(RegisterIntent::Submit);
    }
    let done = until(&mut screen, |shown| shown.done).await;
    assert!(!done.busy && !done.password.filled && done.problem.is_none());
    assert_eq!(requests(&world), 2, "once each");
    let me = client.account().me(pmi_core::model::Freshness::NetworkOnly).await;
    assert_eq!(me.expect("signed in").value.email, EMAIL);
}
both_dialects!(registers => a_newcomer_registers_once_and_is_signed_in_v1, a_newcomer_registers_once_and_is_signed_in_v2);

async fn refused(world: World) {
    let device = world.device();
    let client = device.open();
    let mut screen = filled(&client);
    // Each passes the rules of the form, and not the server's.
    let at = match world.dialect {
        Dialect::V1 => {
            change(&screen, RegisterField::Email, "new.rider@garage.test");
            |shown: Register| shown.email.problem
        }
        Dialect::V2 => {
            change(&screen, RegisterField::Password, "          ");
            change(&screen, RegisterField::Repeated, "          ");
            |shown: Register| shown.password.problem
        }
    };
    screen.send(RegisterIntent::Submit);
    let shown = answered(&mut screen).await;
    assert_eq!(requests(&world), 1);
    assert_eq!(shown.problem, None);
    assert_eq!(at(shown).map(|text| text.key), Some(TextKey::FieldRefused));
}
both_dialects!(refused => what_the_server_does_not_take_is_said_at_its_field_v1, what_the_server_does_not_take_is_said_at_its_field_v2);

async fn lost(world: World) {
    let device = world.device();
    let client = device.open();
    let mut screen = filled(&client);
    world
        .control()
        .on(Match::post("/api/auth/register"))
        .times(1)
        .then(Fault::CutAfter);
    screen.send(RegisterIntent::Submit);
    let shown = answered(&mut screen).await;
    assert!(shown.problem.is_some() && !shown.done);
    assert_eq!(shown.hint.map(|text| text.key), Some(TextKey::RegisterMayExist));
    assert_eq!(requests(&world), 1, "a second one might be a second account");
    let password = pmi_core::model::Password::new(PASSWORD);
    client
        .account()
        .sign_in(EMAIL, password)
        .await
        .expect("it was made");
    until(&mut screen, |shown| shown.done).await;
}
both_dialects!(lost => where_the_answer_is_lost_the_account_may_be_there_v1, where_the_answer_is_lost_the_account_may_be_there_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s36_a_registration_of_a_closed_client_ends() {
    let world = World::start(Dialect::V2).await;
    let device = world.device();
    let client = device.open();
    let mut screen = filled(&client);
    client.close();
    while screen.next().await.is_some() {}
    screen.send(RegisterIntent::Submit);
    assert_eq!(requests(&world), 0);
    assert_eq!(client.account().last_ended(), Err(Error::Closed));
}
