//! Signing in.

use pmi_core::SessionState;
use pmi_core::screens::{AccountIntent, SignInIntent, TextKey};
use pmi_e2e::{World, both_dialects};

use crate::watch::until;

both_dialects!(signs_in => signing_in_says_what_is_wrong_and_is_done_when_it_is_right_v1, signing_in_says_what_is_wrong_and_is_done_when_it_is_right_v2);

async fn signs_in(world: World) {
    let device = world.device();
    let client = device.open();
    let mut screen = client.screens().sign_in();
    let (email, password) = (world.customer().email.clone(), world.customer().password.clone());
    screen.send(SignInIntent::Email { text: email });
    screen.send(SignInIntent::Password {
        text: "not it".to_owned(),
    });
    screen.send(SignInIntent::Submit);
    let wrong = until(&mut screen, |shown| shown.problem.is_some()).await;
    assert_eq!(
        wrong.problem.expect("said").text.key,
        TextKey::ProblemWrongCredentials
    );
    screen.send(SignInIntent::Password { text: password });
    screen.send(SignInIntent::Submit);
    let done = until(&mut screen, |shown| shown.done).await;
    assert!(!done.busy && !done.password.filled && done.problem.is_none());
    assert!(client.account().state().await.expect("known").is_signed_in());
}

both_dialects!(closed_at_once => s07_signing_in_is_done_though_the_screen_is_closed_at_once_v1, s07_signing_in_is_done_though_the_screen_is_closed_at_once_v2);

async fn closed_at_once(world: World) {
    let device = world.device();
    let client = device.open();
    let screen = client.screens().sign_in();
    let (email, password) = (world.customer().email.clone(), world.customer().password.clone());
    screen.send(SignInIntent::Email { text: email });
    screen.send(SignInIntent::Password { text: password });
    screen.send(SignInIntent::Submit);
    drop(screen);
    let mut states = client.account().states().expect("states");
    states
        .wait_for(SessionState::is_signed_in)
        .await
        .expect("signed in");

    client.screens().account().send(AccountIntent::SignOut);
    let is_out = |state: &SessionState| *state == SessionState::SignedOut;
    states.wait_for(is_out).await.expect("signed out");
}
