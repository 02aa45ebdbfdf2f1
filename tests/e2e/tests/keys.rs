//! Scenario 5: the secret store is locked, refuses, damages or loses keys, or has those of an installation that is gone.

use std::sync::Arc;
use std::time::Duration;

use pmi_core::error::{SignInReason, StorageFault};
use pmi_core::model::{Freshness, WriteState};
use pmi_core::ports::secrets::MemorySecrets;
use pmi_core::ports::{PortFuture, Ports, SecretError, SecretKey, SecretStore};
use pmi_core::{ClientConfig, Error, PmiClient, SessionState};
use pmi_e2e::desk::{book, done, first_vehicle};
use pmi_e2e::{Device, World, both_dialects};

const AT_TEN: [&str; 1] = ["2026-12-25T10:00:00 scheduled"];

const KEYS_LOST: SessionState = SessionState::SignInNeeded(SignInReason::KeysLost);

fn locked() -> SecretError {
    SecretError::Locked("the test locked it".to_owned())
}

fn denied() -> SecretError {
    SecretError::Denied("the test said no".to_owned())
}

fn logins(world: &World) -> u64 {
    world.control().requests("POST", "/api/auth/login")
}

/// The names of the session's and the outbox's key on a device where one person is signed in.
fn keys(device: &Device) -> [String; 2] {
    let names = device.secrets.names();
    let one = |purpose: &str| {
        let mut found = names.iter().filter(|name| name.contains(purpose)).cloned();
        let only = found.next().expect("a key");
        assert_eq!(found.next(), None, "one key for each purpose: {names:?}");
        only
    };
    assert_eq!(names.len(), 2, "{names:?}");
    [one("/session-"), one("/outbox-")]
}

/// A device on which somebody is signed in, the garage was read and a booking waits; and no process runs.
async fn with_a_booking_that_waits(world: &World) -> Device {
    with_a_booking_at(world, 10).await
}

async fn with_a_booking_at(world: &World, hour: i8) -> Device {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.set_offline(true);
    book(&client, hour).await;
    client.close();
    device
}

async fn sends_what_waits(client: &PmiClient) {
    let report = client.sync(Duration::from_secs(60)).await.expect("a report");
    assert_eq!(report.stopped, None, "{report:?}");
}

async fn closed_at_start(world: World) {
    for (hour, fault) in [
        (9, locked()),
        (10, denied()),
        (11, SecretError::Unavailable("no bus".to_owned())),
        (12, SecretError::Failed("odd".to_owned())),
    ] {
        let device = with_a_booking_at(&world, hour).await;
        device.secrets.fail_with(Some(fault));
        let client = device.open();
        assert_eq!(client.account().state().await, Ok(SessionState::Locked));
        for freshness in [Freshness::CacheOnly, Freshness::NetworkFirst] {
            let read = client.vehicles().list(freshness).await;
            assert!(
                matches!(&read, Err(Error::Locked { reason }) if reason.contains("you are still signed in")),
                "{read:?}"
            );
        }
        let refused = client.sync(Duration::from_secs(60)).await;
        assert!(matches!(refused, Err(Error::Locked { .. })), "{refused:?}");
        // Meanwhile what waits in the outbox goes by itself.
        let garages = || {
            let seen = world.control().seen();
            seen.iter().filter(|one| one.path.contains("/vehicles")).count()
        };
        let asked = garages();

        // The same process, once the person has unlocked it.
        device.secrets.fail_with(None);
        let read = client.vehicles().list(Freshness::CacheOnly).await;
        assert!(!read.expect("what was read is there").value.is_empty());
        assert_eq!(client.account().state().await, Ok(SessionState::SignedIn));
        assert_eq!(garages(), asked, "and nothing was asked for it");
        sends_what_waits(&client).await;
        assert_eq!(logins(&world), 0, "without signing in again");
        keys(&device);
        let items = client.outbox().history().await.expect("the history");
        assert!(
            items
                .iter()
                .all(|item| matches!(item.state, WriteState::Done { .. })),
            "{items:?}"
        );
        client.close();
    }
    assert_eq!(world.made().await.len(), 4, "one booking a round");
}
both_dialects!(closed_at_start => s05_a_store_that_is_closed_at_start_costs_nothing_once_it_opens_v1,
    s05_a_store_that_is_closed_at_start_costs_nothing_once_it_opens_v2);

async fn refuses_at_sign_in(world: World) {
    let device = world.device();
    let client = device.open();
    device.secrets.refuse_new(Some(denied()));
    let refused = world.sign_in(&client).await;
    let Err(Error::Storage { why, reason }) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(why, StorageFault::SecretStore);
    assert!(
        reason.contains("'memory'") && reason.contains("the test said no"),
        "{reason}"
    );
    device.secrets.refuse_new(Some(locked()));
    let refused = world.sign_in(&client).await;
    assert!(
        matches!(&refused, Err(Error::Locked { reason }) if reason.contains("then sign in again")),
        "{refused:?}"
    );
    device.secrets.fail_with(Some(locked()));
    let refused = world.sign_in(&client).await;
    assert!(matches!(refused, Err(Error::Locked { .. })), "{refused:?}");

    assert_eq!(
        world.control().seen().len(),
        0,
        "no password, and nothing else, was sent"
    );
    device.secrets.fail_with(None);
    assert!(device.secrets.names().is_empty(), "nothing half-made");
    assert_eq!(client.account().state().await, Ok(SessionState::SignedOut));
    device.secrets.refuse_new(None);
    world.sign_in(&client).await.expect("and then it keeps them");
    keys(&device);
    client.close();
    assert_eq!(device.open().account().state().await, Ok(SessionState::SignedIn));
}
both_dialects!(refuses_at_sign_in => s05_a_store_that_refuses_is_told_before_a_password_travels_v1,
    s05_a_store_that_refuses_is_told_before_a_password_travels_v2);

/// Keeps everything but the key of an outbox.
struct NoOutboxKeys(Arc<MemorySecrets>);

impl SecretStore for NoOutboxKeys {
    fn id(&self) -> &'static str {
        self.0.id()
    }

    fn get(&self, name: &str) -> PortFuture<Result<Option<SecretKey>, SecretError>> {
        self.0.get(name)
    }

    fn set(&self, name: &str, key: SecretKey) -> PortFuture<Result<(), SecretError>> {
        if name.contains("/outbox-") {
            return Box::pin(std::future::ready(Err(denied())));
        }
        self.0.set(name, key)
    }

    fn delete(&self, name: &str) -> PortFuture<Result<(), SecretError>> {
        self.0.delete(name)
    }
}

async fn refuses_half_way(world: World) {
    let device = world.device();
    let clock = Arc::new(device.clock.clone());
    let secrets = Arc::new(NoOutboxKeys(Arc::clone(&device.secrets)));
    let ports = Ports {
        clock: Arc::clone(&clock) as _,
        sleep: clock,
        ..Ports::system(secrets).expect("ports")
    };
    let config = ClientConfig::new(world.platform.url(), device.dir());
    let client = PmiClient::open(&config, ports).expect("it opens");
    let refused = world.sign_in(&client).await;
    assert!(matches!(refused, Err(Error::Storage { .. })), "{refused:?}");
    assert!(device.secrets.names().is_empty(), "{:?}", device.secrets.names());
    client.close();
    let client = device.open();
    assert_eq!(client.account().state().await, Ok(SessionState::SignedOut));
    world.sign_in(&client).await.expect("as if nothing had been");
    keys(&device);
}
both_dialects!(refuses_half_way => s05_a_sign_in_that_fails_half_way_leaves_no_key_v1,
    s05_a_sign_in_that_fails_half_way_leaves_no_key_v2);

async fn the_session_key_is_damaged(world: World) {
    let device = with_a_booking_that_waits(&world).await;
    let [session, outbox] = keys(&device);
    device.secrets.damage(&session);
    let client = device.open();
    assert_eq!(client.account().state().await, Ok(KEYS_LOST));
    let read = client.vehicles().list(Freshness::NetworkFirst).await;
    let why = SignInReason::KeysLost;
    assert_eq!(read, Err(Error::SignInNeeded { why }));
    world.sign_in(&client).await.expect("the sign-in");
    // The outbox has a key of its own: what waits is still there, and goes.
    sends_what_waits(&client).await;
    assert_eq!(world.made().await, AT_TEN);
    let [fresh, kept] = keys(&device);
    assert_eq!(kept, outbox);
    assert_ne!(fresh, session, "the damaged one is gone");
    client.close();
    assert_eq!(device.open().account().state().await, Ok(SessionState::SignedIn));
}
both_dialects!(the_session_key_is_damaged => s05_a_damaged_session_key_costs_a_sign_in_and_nothing_that_waits_v1,
    s05_a_damaged_session_key_costs_a_sign_in_and_nothing_that_waits_v2);

async fn the_outbox_key_is_damaged(world: World) {
    let device = with_a_booking_that_waits(&world).await;
    let [session, outbox] = keys(&device);
    device.secrets.damage(&outbox);
    let client = device.open();
    assert_eq!(
        client.account().state().await,
        Ok(SessionState::SignedIn),
        "reads go on"
    );
    client.vehicles().list(Freshness::CacheOnly).await.expect("read");
    let refused = client.sync(Duration::from_secs(60)).await;
    let why = SignInReason::KeysLost;
    assert_eq!(refused, Err(Error::SignInNeeded { why }));
    world.sign_in(&client).await.expect("the sign-in");
    client
        .vehicles()
        .list(Freshness::CacheOnly)
        .await
        .expect("what was read is still there");
    assert_eq!(
        client.outbox().history().await,
        Ok(Vec::new()),
        "what nobody can read is dropped"
    );
    done(&client, &book(&client, 10).await).await;
    assert_eq!(world.made().await, AT_TEN);
    let [kept, fresh] = keys(&device);
    assert_eq!(kept, session);
    assert_ne!(fresh, outbox, "the damaged one is gone");
}
both_dialects!(the_outbox_key_is_damaged => s05_a_damaged_outbox_key_costs_what_only_it_could_open_v1,
    s05_a_damaged_outbox_key_costs_what_only_it_could_open_v2);

async fn files_without_keys(world: World) {
    let device = with_a_booking_that_waits(&world).await;
    device.secrets.lose_keys();
    let client = device.open();
    assert_eq!(client.account().state().await, Ok(KEYS_LOST));
    world.sign_in(&client).await.expect("the sign-in");
    assert_eq!(client.outbox().history().await, Ok(Vec::new()));
    let read = client.vehicles().list(Freshness::CacheOnly).await;
    assert!(
        matches!(read, Err(Error::Offline { .. })),
        "nobody can read those: {read:?}"
    );
    done(&client, &book(&client, 10).await).await;
    assert_eq!(world.made().await, AT_TEN);
    keys(&device);
    client.close();
    assert_eq!(device.open().account().state().await, Ok(SessionState::SignedIn));
}
both_dialects!(files_without_keys => s05_files_without_keys_need_a_sign_in_and_then_work_v1,
    s05_files_without_keys_need_a_sign_in_and_then_work_v2);

async fn keys_that_come_back(world: World) {
    let device = with_a_booking_that_waits(&world).await;
    let kept = keys(&device);
    let mut held = Vec::new();
    for name in &kept {
        let key = device.secrets.get(name).await.expect("open").expect("a key");
        held.push((name, key));
    }
    device.secrets.lose_keys();
    let client = device.open();
    assert_eq!(client.account().state().await, Ok(KEYS_LOST));
    for (name, key) in held {
        device.secrets.set(name, key).await.expect("put back");
    }
    // A restore that was not finished yet: nothing was given up for it.
    assert_eq!(client.account().state().await, Ok(SessionState::SignedIn));
    sends_what_waits(&client).await;
    assert_eq!(world.made().await, AT_TEN);
    assert_eq!(keys(&device), kept);
    assert_eq!(logins(&world), 0);
}
both_dialects!(keys_that_come_back => s05_keys_that_come_back_bring_the_session_back_v1,
    s05_keys_that_come_back_bring_the_session_back_v2);

/// Removes the app's files, as its removal does.
fn remove_files(device: &Device) {
    for entry in std::fs::read_dir(device.dir()).expect("the folder") {
        let path = entry.expect("an entry").path();
        std::fs::remove_dir_all(path).expect("removed");
    }
}

async fn keys_without_files(world: World) {
    let device = with_a_booking_that_waits(&world).await;
    let old = keys(&device);
    // Somebody else's, in the same store.
    let others = "com.example/key";
    device
        .secrets
        .set(others, SecretKey::new([3; 32]))
        .await
        .expect("set");
    remove_files(&device);
    let client = device.open();
    assert_eq!(
        client.account().state().await,
        Ok(SessionState::SignedOut),
        "a key alone is a reinstall"
    );
    world.sign_in(&client).await.expect("the sign-in");
    assert!(
        device.secrets.names().contains(&others.to_owned()),
        "what is not ours stays"
    );
    device.secrets.delete(others).await.expect("deleted");
    let new = keys(&device);
    assert!(
        old.iter().all(|name| !new.contains(name)),
        "no old key is used again, or left"
    );
    assert_eq!(client.outbox().history().await, Ok(Vec::new()));

    // From now on the file is not new any more: what is filed there by others is none of its business.
    device
        .secrets
        .set("pmi/other/session-1", SecretKey::new([4; 32]))
        .await
        .expect("set");
    world.sign_in(&client).await.expect("again");
    assert!(device.secrets.names().contains(&"pmi/other/session-1".to_owned()));
}
both_dialects!(keys_without_files => s05_a_key_without_its_file_is_a_reinstall_v1, s05_a_key_without_its_file_is_a_reinstall_v2);

async fn a_damaged_file_keeps_its_keys(world: World) {
    let device = with_a_booking_that_waits(&world).await;
    let old = keys(&device);
    let path = device.dir().join("data/durable.sqlite3");
    std::fs::write(&path, vec![0x5a; 8192]).expect("noise");
    let client = device.open();
    assert_eq!(client.set_aside().len(), 1, "the file is kept aside");
    world.sign_in(&client).await.expect("the sign-in");
    let names = device.secrets.names();
    assert!(
        old.iter().all(|name| names.contains(name)),
        "and so is what opens it: {names:?}"
    );
    assert_eq!(names.len(), 4);
}
both_dialects!(a_damaged_file_keeps_its_keys => s05_the_keys_of_a_file_that_was_set_aside_are_kept_v1,
    s05_the_keys_of_a_file_that_was_set_aside_are_kept_v2);
