//! Tokens and secrecy; signing in and the file itself are beside.

mod attachment;
mod beside;
mod file;
mod installation;
mod journal;
mod outbox;
mod salvage;
mod server_time;
mod sign_in;
mod standing;
mod trail;

use std::path::Path;

use super::*;
use crate::error::{Error, SignInReason, StorageFault};
use crate::ports::SecretKey;
use crate::store::durable::account::DoomedKey;
use crate::store::keys::AccountKeys;
use crate::store::seal::{seal_profile, seal_tokens, unseal_profile, unseal_tokens};
use crate::store::test_support::{CountingRandom, account, at, found_in, keys, names};

const ORIGIN: &str = "https://one.example";

fn open(dir: &Path) -> DurableFile {
    DurableFile::open(dir, at(0), &CountingRandom::default())
        .unwrap()
        .store
}

fn new_account(durable: &DurableFile, number: u8, generation: i64) -> NewAccount {
    NewAccount {
        id: account(number),
        origin: ORIGIN.to_owned(),
        person: durable.person(ORIGIN, i64::from(number)).unwrap(),
        secret_store: "memory".to_owned(),
        session_key_name: format!("session-{number}-{generation}"),
        outbox_key_name: format!("outbox-{number}"),
        generation,
    }
}

fn sign_in(durable: &DurableFile, number: u8, generation: i64) {
    let random = CountingRandom::default();
    let new = new_account(durable, number, generation);
    let tokens = seal_tokens(&keys(number), generation, b"access and refresh", &random).unwrap();
    let profile = seal_profile(&keys(number), b"Canary-Kanaris", &random).unwrap();
    durable
        .save_sign_in(&new, &tokens, &profile, AccountState::SignedOut, at(generation))
        .unwrap();
}

fn names_of(doomed: &[DoomedKey]) -> Vec<&str> {
    doomed.iter().map(|key| key.name.as_str()).collect()
}

#[test]
fn what_discovery_found_is_remembered_for_each_server() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    assert_eq!(durable.dialect(ORIGIN).unwrap(), None);
    durable.remember_dialect(ORIGIN, r#"{"v":1}"#, at(1)).unwrap();
    durable.remember_dialect(ORIGIN, r#"{"v":2}"#, at(2)).unwrap();
    durable
        .remember_dialect("https://two.example", r#"{"v":1}"#, at(3))
        .unwrap();
    drop(durable);
    let durable = open(dir.path());
    assert_eq!(
        durable.dialect(ORIGIN).unwrap(),
        Some((r#"{"v":2}"#.to_owned(), at(2)))
    );
    assert_eq!(
        durable.dialect("https://two.example").unwrap(),
        Some((r#"{"v":1}"#.to_owned(), at(3)))
    );
}

#[test]
fn a_sign_in_is_whole_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    sign_in(&open(dir.path()), 1, 1);
    let durable = open(dir.path());
    let row = durable.current_account(ORIGIN).unwrap().unwrap();
    assert_eq!(
        (row.id.clone(), row.state, row.reason),
        (account(1), AccountState::SignedIn, None)
    );
    assert_eq!(
        (row.origin.as_str(), row.last_generation, row.created_at),
        (ORIGIN, 1, at(1))
    );
    assert_eq!(row.person, Some(durable.person(ORIGIN, 1).unwrap()));
    assert_eq!(
        &**unseal_profile(&keys(1), &row.profile.unwrap()).unwrap(),
        b"Canary-Kanaris"
    );
    let tokens = durable.tokens(&row.id).unwrap().unwrap();
    assert!(tokens.proven && tokens.previous.is_none());
    assert_eq!(
        &**unseal_tokens(&keys(1), tokens.generation, &tokens.sealed).unwrap(),
        b"access and refresh"
    );
    assert_eq!(
        durable
            .current_account("https://two.example")
            .unwrap()
            .map(|row| row.id),
        None
    );
    assert_eq!(durable.doomed_keys().unwrap(), []);
}

#[test]
fn s04_the_old_pair_is_kept_until_the_new_one_has_worked() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    sign_in(&durable, 1, 1);
    assert_eq!(
        durable.replace_tokens(&account(1), 1, b"second", at(9)).unwrap(),
        Replaced::Saved(2)
    );
    drop(durable);

    let durable = open(dir.path());
    let row = durable.tokens(&account(1)).unwrap().unwrap();
    assert_eq!(
        (row.generation, row.sealed.as_slice(), row.proven),
        (2, &b"second"[..], false)
    );
    let (generation, previous) = row.previous.unwrap();
    assert_eq!(
        &**unseal_tokens(&keys(1), generation, &previous).unwrap(),
        b"access and refresh"
    );

    assert!(
        !durable.prove_tokens(&account(1), 1).unwrap(),
        "another generation"
    );
    assert!(durable.tokens(&account(1)).unwrap().unwrap().previous.is_some());
    assert!(durable.prove_tokens(&account(1), 2).unwrap());
    let row = durable.tokens(&account(1)).unwrap().unwrap();
    assert!(row.proven && row.previous.is_none());
    assert_eq!(durable.account(&account(1)).unwrap().unwrap().last_generation, 2);
}

#[test]
fn s06_of_two_that_replace_the_same_generation_exactly_one_wins() {
    let dir = tempfile::tempdir().unwrap();
    sign_in(&open(dir.path()), 1, 1);
    let handles = [open(dir.path()), open(dir.path())];
    for round in 0..50 {
        let outcomes: Vec<Replaced> = std::thread::scope(|scope| {
            let threads: Vec<_> = handles
                .iter()
                .map(|handle| {
                    scope.spawn(move || {
                        handle
                            .replace_tokens(&account(1), 1 + round, b"new", at(9))
                            .unwrap()
                    })
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let won = outcomes
            .iter()
            .filter(|outcome| **outcome == Replaced::Saved(2 + round))
            .count();
        let lost = outcomes
            .iter()
            .filter(|outcome| **outcome == Replaced::Stale(2 + round))
            .count();
        assert_eq!((won, lost), (1, 1), "{outcomes:?}");
    }
}

#[test]
fn s37_neither_tokens_nor_profile_nor_keys_are_in_the_file_or_its_wal() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    sign_in(&durable, 1, 1);
    let second = seal_tokens(&keys(1), 2, b"access and refresh", &CountingRandom::default()).unwrap();
    durable.replace_tokens(&account(1), 1, &second, at(2)).unwrap();
    let look = || {
        assert!(found_in(dir.path(), b"session-1-1"), "the search itself works");
        for needle in [&b"access and"[..], b"and refresh", b"Canary", &[1; 32]] {
            assert!(!found_in(dir.path(), needle));
        }
    };
    look();
    durable.close();
    look();
}

#[test]
fn s37_debug_shows_no_sealed_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    sign_in(&durable, 1, 1);
    let text = format!("{durable:?} {:?}", durable.tokens(&account(1)).unwrap());
    assert!(
        text.contains("generation: 1") && !text.contains("sealed"),
        "{text}"
    );
}

#[test]
fn a_lost_session_key_opens_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    sign_in(&durable, 1, 1);
    let other = AccountKeys::derive(&SecretKey::new([2; 32]), &account(1));
    let row = durable.tokens(&account(1)).unwrap().unwrap();
    assert!(unseal_tokens(&other, row.generation, &row.sealed).is_none());
}
