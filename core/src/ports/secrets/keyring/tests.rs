//! What is the same on every platform, against the store for tests of `keyring-core`, which fails when told to.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use keyring_core::api::{CredentialStore, CredentialStoreApi as _};
use keyring_core::{Entry, Error as KeyringError, mock};

use super::*;
use crate::ports::secrets::{PROBE, conformance};

/// A platform whose keychain is the mock.
struct Mocked {
    store: Arc<mock::Store>,
    connects: Arc<Mutex<u32>>,
    sees_all: bool,
    /// Held: the keychain hangs.
    gate: Arc<(Mutex<bool>, Condvar)>,
}

impl Mocked {
    fn new() -> Self {
        Self {
            store: mock::Store::new().unwrap(),
            connects: Arc::default(),
            sees_all: true,
            gate: Arc::default(),
        }
    }

    fn secrets(&self) -> KeyringSecrets {
        KeyringSecrets::over(Self {
            store: Arc::clone(&self.store),
            connects: Arc::clone(&self.connects),
            gate: Arc::clone(&self.gate),
            sees_all: self.sees_all,
        })
    }

    /// The next call for this entry fails with this.
    fn fails(&self, name: &str, error: KeyringError) {
        let entry = self.store.build("pmi", name, None).unwrap();
        entry
            .as_any()
            .downcast_ref::<mock::Cred>()
            .unwrap()
            .set_error(error);
    }

    fn holds(&self, name: &str, bytes: &[u8]) {
        self.store
            .build("pmi", name, None)
            .unwrap()
            .set_secret(bytes)
            .unwrap();
    }

    fn hang(&self, hanging: bool) {
        *self.gate.0.lock().unwrap() = hanging;
        self.gate.1.notify_all();
    }
}

impl Backend for Mocked {
    fn id(&self) -> &'static str {
        "mocked"
    }

    fn connect(&self) -> Result<Arc<CredentialStore>, SecretError> {
        *self.connects.lock().unwrap() += 1;
        Ok(Arc::clone(&self.store) as _)
    }

    fn entry(&self, store: &CredentialStore, name: &str) -> Result<Entry, KeyringError> {
        let mut hanging = self.gate.0.lock().unwrap();
        while *hanging {
            hanging = self.gate.1.wait(hanging).unwrap();
        }
        store.build("pmi", name, Some(&HashMap::new()))
    }

    fn meaning(&self, error: KeyringError) -> SecretError {
        meaning::android(error)
    }

    fn sees_all(&self) -> Result<(), SecretError> {
        if self.sees_all {
            Ok(())
        } else {
            Err(SecretError::Locked("blind".to_owned()))
        }
    }
}

fn wait<T>(future: PortFuture<T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(future)
}

fn key(byte: u8) -> SecretKey {
    SecretKey::new([byte; 32])
}

fn broken() -> KeyringError {
    KeyringError::BadDataFormat(b"hush".to_vec(), "it does not open".into())
}

fn failing() -> KeyringError {
    KeyringError::PlatformFailure("it failed".into())
}

#[test]
fn a_library_without_a_client_of_the_secret_service_says_so_and_loses_nothing() {
    let secrets = KeyringSecrets::over(absent::Desktop::new("pmi"));
    for answer in [
        wait(secrets.get("session")).map(drop),
        wait(secrets.set("session", SecretKey::new([1; 32]))),
        wait(secrets.delete("session")),
    ] {
        assert!(
            matches!(&answer, Err(SecretError::Unavailable(why)) if why.contains("feature")),
            "{answer:?}"
        );
    }
}

#[test]
fn it_keeps_every_promise_of_a_store() {
    let mocked = Mocked::new();
    let (store, again) = (mocked.secrets(), mocked.secrets());
    let checked = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(conformance::check(&store, &again));
    assert_eq!(checked, Ok(()));
    assert_eq!(*mocked.connects.lock().unwrap(), 2, "each connects once");
}

#[test]
fn s05_missing_is_said_only_by_one_who_sees_all() {
    let mut mocked = Mocked::new();
    assert_eq!(wait(mocked.secrets().get("a")), Ok(None));
    mocked.sees_all = false;
    let store = mocked.secrets();
    for answer in [wait(store.get("a")).map(drop), wait(store.delete("a"))] {
        assert!(matches!(answer, Err(SecretError::Locked(_))), "{answer:?}");
    }
    assert_eq!(wait(store.set("a", key(1))), Ok(()));
    assert_eq!(wait(store.get("a")), Ok(Some(key(1))));
}

#[test]
fn s05_a_key_of_another_length_is_damaged() {
    let mocked = Mocked::new();
    let store = mocked.secrets();
    for length in [0, 31, 33] {
        mocked.holds("a", &vec![7; length]);
        let answer = wait(store.get("a"));
        assert!(
            matches!(answer, Err(SecretError::Corrupt(_))),
            "{length}: {answer:?}"
        );
    }
    assert_eq!(wait(store.set("a", key(1))), Ok(()));
    assert_eq!(wait(store.get("a")), Ok(Some(key(1))));
}

#[test]
fn s05_a_key_that_does_not_open_is_damaged_only_where_another_one_opens() {
    let mocked = Mocked::new();
    let store = mocked.secrets();
    mocked.fails("a", broken());
    let answer = wait(store.get("a"));
    assert!(matches!(answer, Err(SecretError::Corrupt(_))), "{answer:?}");
    assert_eq!(wait(store.get(PROBE)), Ok(None), "the probe is not left");

    mocked.holds("a", &[1; 32]);
    mocked.fails("a", broken());
    mocked.fails(PROBE, failing());
    let answer = wait(store.get("a"));
    assert!(matches!(&answer, Err(SecretError::Failed(_))), "{answer:?}");
    assert!(!format!("{answer:?}").contains("hush"));
    assert_eq!(wait(store.get("a")), Ok(Some(key(1))), "and later it is there");
}

#[test]
fn a_failure_of_the_platform_is_tried_once_more_on_a_fresh_connection() {
    let mocked = Mocked::new();
    let store = mocked.secrets();
    mocked.holds("a", &[1; 32]);
    mocked.fails("a", failing());
    assert!(wait(store.get("a")).is_err(), "it was fresh already");
    assert_eq!(wait(store.get("a")), Ok(Some(key(1))));
    mocked.fails("a", failing());
    assert_eq!(wait(store.get("a")), Ok(Some(key(1))));
    assert_eq!(*mocked.connects.lock().unwrap(), 3);
}

#[test]
fn s05_a_keychain_that_hangs_costs_the_time_out_and_blocks_nobody() {
    let mocked = Mocked::new();
    let store = mocked.secrets().with_timeout(Duration::from_millis(50));
    mocked.hang(true);
    let began = Instant::now();
    let pending = store.set("late", key(9));
    let answer = wait(store.get("a"));
    assert!(matches!(answer, Err(SecretError::Locked(_))), "{answer:?}");
    assert!(began.elapsed() < Duration::from_secs(5));
    assert!(matches!(wait(pending), Err(SecretError::Locked(_))));
    mocked.hang(false);
    let store = store.with_timeout(Duration::from_secs(20));
    assert_eq!(wait(store.get("a")), Ok(None), "and afterwards it works");
}
