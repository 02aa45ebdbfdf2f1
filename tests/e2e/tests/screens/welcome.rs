//! Where an app begins.

use std::time::Duration;

use pmi_core::PmiClient;
use pmi_core::model::Unsent;
use pmi_core::ports::SecretError;
use pmi_core::screens::{Remedy, Start, TextArg, TextKey, Welcome, WelcomeIntent};
use pmi_e2e::desk::{book, first_vehicle};
use pmi_e2e::{World, both_dialects};
use pmi_platform::Dialect;

use crate::watch::until;

fn why(shown: &Welcome) -> Option<TextKey> {
    shown.why.as_ref().map(|why| why.key)
}

async fn begins(client: &PmiClient, start: Start) -> Welcome {
    let mut screen = client.screens().welcome();
    until(&mut screen, |shown| shown.start == start).await
}

async fn people(world: World) {
    let device = world.device();
    let client = device.open();
    let mut screen = client.screens().welcome();
    until(&mut screen, |shown| {
        shown.start == Start::Welcome && why(shown) == Some(TextKey::SignInNever)
    })
    .await;
    world.sign_in(&client).await.expect("signed in");
    let home = until(&mut screen, |shown| shown.start == Start::Home).await;
    assert_eq!((home.why, home.unsent, home.problem), (None, None, None));
    client.account().sign_out(Unsent::Ask).await.expect("signed out");
    until(&mut screen, |shown| {
        shown.start == Start::Welcome && why(shown) == Some(TextKey::SignInSignedOut)
    })
    .await;
}
both_dialects!(people => s12_home_is_shown_while_somebody_is_signed_in_v1, s12_home_is_shown_while_somebody_is_signed_in_v2);

async fn ended(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    let mut screen = client.screens().welcome();
    until(&mut screen, |shown| shown.start == Start::Home).await;
    world.control().rotate_signing_key().await.expect("rotated");
    world.expire_tokens(&device);
    book(&client, 10).await;
    client.sync(Duration::from_secs(60)).await.expect("a report");
    let over = until(&mut screen, |shown| {
        shown.start == Start::Welcome && shown.unsent.is_some()
    })
    .await;
    assert_eq!(why(&over), Some(TextKey::SignInExpired));
    let unsent = over.unsent.expect("said");
    assert_eq!(unsent.key, TextKey::WelcomeUnsent);
    assert_eq!(unsent.args, [TextArg::Count { count: 1 }]);

    // In a new process too; and to another person nothing is said of it.
    client.close();
    let client = device.open();
    let mut screen = client.screens().welcome();
    until(&mut screen, |shown| {
        shown.start == Start::Welcome && shown.unsent.is_some()
    })
    .await;
    let b = world.other_customer();
    let password = pmi_core::model::Password::new(b.password.as_str());
    client
        .account()
        .sign_in(&b.email, password)
        .await
        .expect("B signs in");
    let of_b = until(&mut screen, |shown| shown.start == Start::Home).await;
    assert_eq!((of_b.unsent, of_b.why), (None, None));
    client
        .account()
        .sign_out(Unsent::Ask)
        .await
        .expect("B has nothing unsent");
    let nobody = until(&mut screen, |shown| shown.start == Start::Welcome && !shown.busy).await;
    assert_eq!(nobody.unsent, None);
}
both_dialects!(ended => s09_an_ended_session_says_why_and_what_waits_v1, s09_an_ended_session_says_why_and_what_waits_v2);

async fn locked(world: World) {
    let (device, client) = world.signed_in().await;
    client.close();
    let locked = SecretError::Locked("the test said so".to_owned());
    device.secrets.fail_with(Some(locked));
    let client = device.open();
    let mut screen = client.screens().welcome();
    let shown = until(&mut screen, |shown| shown.start == Start::Unlock).await;
    assert_eq!(shown.problem.map(|problem| problem.remedy), Some(Remedy::Unlock));
    screen.send(WelcomeIntent::TryAgain);
    until(&mut screen, |shown| shown.start == Start::Unlock && !shown.busy).await;
    device.secrets.fail_with(None);
    screen.send(WelcomeIntent::TryAgain);
    let home = until(&mut screen, |shown| shown.start == Start::Home).await;
    assert_eq!(home.problem, None);
}
both_dialects!(locked => s05_a_locked_keyring_is_unlocked_and_leads_home_v1, s05_a_locked_keyring_is_unlocked_and_leads_home_v2);

async fn banner(world: World) {
    let (_device, client) = world.signed_in().await;
    client.set_network(false);
    let mut screen = client.screens().welcome();
    let offline = until(&mut screen, |shown| shown.banner.is_some()).await;
    let banner = offline.banner.expect("shown");
    assert_eq!(banner.text.key, TextKey::ProblemOfflineByRequest);
    client.set_network(true);
    until(&mut screen, |shown| {
        shown.banner.is_none() && shown.start == Start::Home
    })
    .await;
}
both_dialects!(banner => s27_the_beginning_says_when_the_server_cannot_be_reached_v1, s27_the_beginning_says_when_the_server_cannot_be_reached_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s32_what_was_saved_of_a_damaged_file_is_told_until_it_was_seen() {
    let world = World::start(Dialect::V2).await;
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.set_offline(true);
    book(&client, 10).await;
    client.close();
    let file = device.dir().join("data/durable.sqlite3");
    for beside in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{beside}", file.display()));
    }
    let mut bytes = std::fs::read(&file).expect("the file");
    bytes[..4096].fill(0);
    std::fs::write(&file, bytes).expect("written");

    for _ in 0..2 {
        let client = device.open();
        client.set_offline(true);
        let shown = begins(&client, Start::Home).await;
        let mut screen = client.screens().welcome();
        let told = until(&mut screen, |shown| shown.salvaged.is_some()).await;
        let keys: Vec<TextKey> = told
            .salvaged
            .expect("told")
            .lines
            .iter()
            .map(|line| line.key)
            .collect();
        assert_eq!(
            keys,
            [
                TextKey::SalvageFound,
                TextKey::SalvageSaved,
                TextKey::SalvageNoneLost,
                TextKey::SalvageSessionKept
            ]
        );
        assert_eq!(shown.start, Start::Home);
        client.close();
    }
    let client = device.open();
    client.set_offline(true);
    let mut screen = client.screens().welcome();
    until(&mut screen, |shown| shown.salvaged.is_some()).await;
    screen.send(WelcomeIntent::SalvageSeen);
    until(&mut screen, |shown| shown.salvaged.is_none()).await;
    // It is written by then or a moment later.
    loop {
        let client = device.open();
        if client.salvaged().is_none() {
            break;
        }
        client.close();
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s34_the_beginning_decides_after_a_suspension() {
    let world = World::start(Dialect::V2).await;
    let (device, client) = world.signed_in().await;
    client.close();
    let client = device.open();
    client.suspend(Duration::ZERO).await.expect("suspended");
    let mut screen = client.screens().welcome();
    assert_eq!(screen.next().await.expect("open").start, Start::Deciding);
    client.resume().await.expect("goes on");
    let home = until(&mut screen, |shown| shown.start == Start::Home).await;
    assert_eq!(home.problem, None);
    client.close();
    while screen.next().await.is_some() {}
    screen.send(WelcomeIntent::TryAgain);
}
