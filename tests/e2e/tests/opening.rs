//! Scenarios 5, 11 and 12 while a session is being opened: who signs in or out meanwhile, here or in another process, is not undone
//! by what was read before. And scenario 33: files that are not to be opened.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use pmi_core::error::{SignInReason, StorageFault};
use pmi_core::model::{Freshness, Unsent};
use pmi_core::ports::secrets::MemorySecrets;
use pmi_core::ports::{Clock as _, PortFuture, Ports, SecretError, SecretKey, SecretStore};
use pmi_core::{ClientConfig, Error, PmiClient, SessionState};
use pmi_e2e::sessions::{b_signs_in, is_b, read, signs_out, state};
use pmi_e2e::{Device, World, both_dialects};
use pmi_platform::{Dialect, Fault, Match};
use tokio::sync::Notify;

/// A secret store that counts how often a key is asked for, and hands one of them over only when it is let.
struct Slow {
    inner: Arc<MemorySecrets>,
    asked: AtomicU32,
    /// That key was looked up.
    found: Notify,
    go: Notify,
    /// Which one, from 0.
    holds: Option<u32>,
}

impl Slow {
    fn of(device: &Device, holds: Option<u32>) -> Arc<Self> {
        Arc::new(Self {
            inner: Arc::clone(&device.secrets),
            asked: AtomicU32::new(0),
            found: Notify::new(),
            go: Notify::new(),
            holds,
        })
    }

    fn asked(&self) -> u32 {
        self.asked.load(Ordering::SeqCst)
    }
}

/// The store of a process.
struct Store(Arc<Slow>);

impl SecretStore for Store {
    fn id(&self) -> &'static str {
        self.0.inner.id()
    }

    fn get(&self, name: &str) -> PortFuture<Result<Option<SecretKey>, SecretError>> {
        let (slow, getting) = (Arc::clone(&self.0), self.0.inner.get(name));
        Box::pin(async move {
            let asked = slow.asked.fetch_add(1, Ordering::SeqCst);
            let key = getting.await;
            if slow.holds == Some(asked) {
                slow.found.notify_one();
                slow.go.notified().await;
            }
            key
        })
    }

    fn set(&self, name: &str, key: SecretKey) -> PortFuture<Result<(), SecretError>> {
        self.0.inner.set(name, key)
    }

    fn delete(&self, name: &str) -> PortFuture<Result<(), SecretError>> {
        self.0.inner.delete(name)
    }
}

fn parts(world: &World, device: &Device, secrets: &Arc<Slow>) -> (ClientConfig, Ports) {
    let clock = Arc::new(device.clock.clone());
    let ports = Ports {
        clock: Arc::clone(&clock) as _,
        sleep: clock,
        ..Ports::system(Arc::new(Store(Arc::clone(secrets)))).expect("ports")
    };
    (ClientConfig::new(world.platform.url(), device.dir()), ports)
}

fn open(world: &World, device: &Device, secrets: &Arc<Slow>) -> PmiClient {
    let (config, ports) = parts(world, device, secrets);
    PmiClient::open(&config, ports).expect("it opens")
}

fn open_on_this_thread(world: &World, device: &Device, secrets: &Arc<Slow>) -> PmiClient {
    let (config, ports) = parts(world, device, secrets);
    PmiClient::open_on(&config, ports, tokio::runtime::Handle::current()).expect("it opens")
}

async fn b_signs_in_meanwhile(world: World) {
    let (device, client) = world.signed_in().await;
    client.close();
    let secrets = Slow::of(&device, Some(0));
    let client = open(&world, &device, &secrets);
    let opening = state(&client);
    let meanwhile = async {
        secrets.found.notified().await;
        b_signs_in(&world, &client).await;
        secrets.go.notify_one();
    };
    let (shown, ()) = futures_util::join!(opening, meanwhile);
    assert_eq!(shown, SessionState::SignedIn);
    is_b(&world, &client).await;
    client
        .account()
        .me(Freshness::CacheOnly)
        .await
        .expect("B's answers are kept");
}
both_dialects!(b_signs_in_meanwhile => s12_who_signs_in_while_the_session_is_opened_stays_signed_in_v1,
    s12_who_signs_in_while_the_session_is_opened_stays_signed_in_v2);

async fn signed_out_meanwhile(world: World) {
    for here in [true, false] {
        let (device, client) = world.signed_in().await;
        client.close();
        let secrets = Slow::of(&device, Some(0));
        let client = open(&world, &device, &secrets);
        let other = device.open();
        let opening = state(&client);
        let meanwhile = async {
            secrets.found.notified().await;
            if here {
                // The sign-out waits for what is being opened, but for the disk's part of another's.
                secrets.go.notify_one();
            }
            let account = if here { client.account() } else { other.account() };
            account.sign_out(Unsent::Discard).await.expect("signed out");
            secrets.go.notify_one();
        };
        let (_, ()) = futures_util::join!(opening, meanwhile);
        assert_eq!(state(&client).await, SessionState::SignedOut, "here: {here}");
        assert_eq!(state(&device.open()).await, SessionState::SignedOut);
    }
}
both_dialects!(signed_out_meanwhile => s11_who_signs_out_while_the_session_is_opened_stays_signed_out_v1,
    s11_who_signs_out_while_the_session_is_opened_stays_signed_out_v2);

async fn another_process_signs_in(world: World) {
    let device = world.device();
    let secrets = Slow::of(&device, None);
    let client = open(&world, &device, &secrets);
    let other = device.open();
    assert_eq!(state(&client).await, SessionState::SignedOut);
    for _ in 0..3 {
        assert!(read(&client).await.is_err());
    }
    assert_eq!(secrets.asked(), 0, "there is nothing to ask for");
    world.sign_in(&other).await.expect("signed in over there");
    read(&client).await.expect("signed in here too");
    let asked = secrets.asked();
    assert_eq!(asked, 1);

    let mut states = client.account().states().expect("states");
    world.control().rotate_signing_key().await.expect("a new key");
    let why = SignInReason::SessionExpired;
    for _ in 0..3 {
        assert_eq!(read(&client).await, Err(Error::SignInNeeded { why }));
    }
    assert_eq!(secrets.asked(), asked, "an ended session is as it was");
    assert_eq!(*states.borrow_and_update(), SessionState::SignInNeeded(why));
    world.sign_in(&other).await.expect("signed in again over there");
    read(&client).await.expect("and here");
    assert_eq!(state(&client).await, SessionState::SignedIn);

    signs_out(&other).await;
    world.control().rotate_signing_key().await.expect("a new key");
    assert!(read(&client).await.is_err());
    assert_eq!(state(&client).await, SessionState::SignedOut);
}
both_dialects!(another_process_signs_in => s06_a_sign_in_of_another_process_is_noticed_by_the_next_call_v1,
    s06_a_sign_in_of_another_process_is_noticed_by_the_next_call_v2);

async fn another_session_on_disk(world: World) {
    let (device, client) = world.signed_in().await;
    client.close();
    let secrets = Slow::of(&device, Some(1));
    let client = open(&world, &device, &secrets);
    read(&client).await.expect("signed in");
    let other = device.open();
    signs_out(&other).await;
    world.sign_in(&other).await.expect("signed in again over there");
    world.expire_tokens(&device);
    let states = client.account().states().expect("states");
    let reading = read(&client);
    let meanwhile = async {
        secrets.found.notified().await;
        let shown = states.borrow().clone();
        secrets.go.notify_one();
        shown
    };
    let (_of_the_account_before, shown) = futures_util::join!(reading, meanwhile);
    read(&client).await.expect("signed in here too");
    assert_eq!(shown, SessionState::SignedIn, "while it was read again");
    assert_eq!(*states.borrow(), SessionState::SignedIn);
}
both_dialects!(another_session_on_disk => s06_what_is_shown_stays_while_another_session_is_read_v1,
    s06_what_is_shown_stays_while_another_session_is_read_v2);

#[tokio::test]
async fn s06_a_session_that_another_call_has_read_again_meanwhile_is_waited_for() {
    let world = World::start(Dialect::V2).await;
    let (device, client) = world.signed_in().await;
    read(&client).await.expect("signed in");
    world.expire_tokens(&device);
    world.fails_once(Match::post("/api/auth/refresh"), Fault::Html);
    assert!(read(&client).await.is_err());
    assert_eq!(state(&client).await, SessionState::RefreshUnknown);
    client.close();
    drop(client);

    // One thread, so that what follows has one order.
    let secrets = Slow::of(&device, Some(0));
    let client = open_on_this_thread(&world, &device, &secrets);
    let durable = rusqlite::Connection::open(device.dir().join("data/durable.sqlite3")).expect("it opens");
    let mut states = client.account().states().expect("states");
    states.mark_unchanged();
    let store = Arc::clone(&secrets);
    let meanwhile = tokio::spawn(async move {
        store.found.notified().await;
        // Both calls wait by now.
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
        store.go.notify_one();
        // Opened, and before either call hears of it another process finds the session ended.
        states.changed().await.expect("open");
        durable
            .execute_batch(
                "UPDATE account SET state = 'sign_in_needed', reason = 'session_expired'; DELETE FROM refresh_intent;
                 DELETE FROM token",
            )
            .expect("written");
    });
    // The first call finds that out, and has it read again; the second is to wait for that.
    let me = client.account();
    let (shown, kept, written) = futures_util::join!(state(&client), me.me(Freshness::CacheOnly), meanwhile);
    assert_eq!(shown, SessionState::SignInNeeded(SignInReason::SessionExpired));
    kept.expect("what was read before is shown");
    written.expect("no panic");
}

async fn signed_out_after_the_end(world: World) {
    let (device, client) = world.signed_in().await;
    world.control().rotate_signing_key().await.expect("a new key");
    assert!(read(&client).await.is_err());
    let other = device.open();
    signs_out(&other).await;
    assert_eq!(state(&client).await, SessionState::SignedOut);
    let kept = client.account().me(Freshness::CacheOnly).await.map(drop);
    let why = SignInReason::SignedOut;
    assert_eq!(
        kept,
        Err(Error::SignInNeeded { why }),
        "nothing is shown any more"
    );
}
both_dialects!(signed_out_after_the_end => s11_a_sign_out_elsewhere_of_a_session_that_had_ended_is_noticed_v1,
    s11_a_sign_out_elsewhere_of_a_session_that_had_ended_is_noticed_v2);

async fn keys_are_lost(world: World) {
    let (device, client) = world.signed_in().await;
    client.close();
    let mut kept = Vec::new();
    for name in device.secrets.names() {
        let key = device.secrets.get(&name).await.expect("open").expect("a key");
        kept.push((name, key));
    }
    device.clock.advance(Duration::from_secs(60));
    device.secrets.lose_keys();
    let lost = SessionState::SignInNeeded(SignInReason::KeysLost);
    let client = device.open();
    assert_eq!(state(&client).await, lost);
    let ended = |client: &PmiClient| {
        let end = client.account().last_ended().expect("asked");
        end.map(|end| (end.why, end.at))
    };
    let noted = Some((SignInReason::KeysLost, device.clock.wall()));
    assert_eq!(ended(&client), noted);

    // The first time counts, and they may come back.
    device.clock.advance(Duration::from_secs(60));
    let next = device.open();
    assert_eq!(state(&next).await, lost);
    assert_eq!(ended(&next), noted);
    for (name, key) in kept {
        device.secrets.set(&name, key).await.expect("put back");
    }
    assert_eq!(state(&next).await, SessionState::SignedIn);
    assert_eq!(ended(&next), None);
    next.close();

    // Lost for good: told after the next sign-in too.
    device.secrets.lose_keys();
    let client = device.open();
    assert_eq!(state(&client).await, lost);
    let at = device.clock.wall();
    device.clock.advance(Duration::from_secs(60));
    world.sign_in(&client).await.expect("signed in");
    client.close();
    let client = device.open();
    assert_eq!(state(&client).await, SessionState::SignedIn);
    assert_eq!(ended(&client), Some((SignInReason::KeysLost, at)));
}
both_dialects!(keys_are_lost => s05_that_the_keys_were_lost_is_kept_as_how_the_session_ended_v1,
    s05_that_the_keys_were_lost_is_kept_as_how_the_session_ended_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s33_a_file_of_a_newer_version_is_refused_untouched_and_opens_again_with_that_version() {
    let world = World::start(Dialect::V2).await;
    let (device, client) = world.signed_in().await;
    client.close();
    for name in ["data/durable.sqlite3", "cache/cache.sqlite3"] {
        let file = device.dir().join(name);
        let version = |to: Option<i64>| {
            let there = rusqlite::Connection::open(&file).expect("it opens");
            let is = there.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0));
            if let Some(to) = to {
                there.pragma_update(None, "user_version", to).expect("written");
            }
            is.expect("a version")
        };
        let known = version(Some(1_000));
        let before = std::fs::read(&file).expect("the file");
        for _ in 0..2 {
            let refused = device.try_open().err();
            assert!(
                matches!(
                    &refused,
                    Some(Error::Storage {
                        why: StorageFault::Newer,
                        ..
                    })
                ),
                "{name}: {refused:?}"
            );
        }
        assert_eq!(std::fs::read(&file).expect("still there"), before, "{name}");
        version(Some(known));
    }
    let client = device.open();
    assert_eq!(state(&client).await, SessionState::SignedIn);
    assert_eq!(client.set_aside(), [] as [&std::path::Path; 0]);
}
