//! The rotation journal, the lease it is written under, and the guard.

use std::time::Duration;

use super::*;
use crate::ports::BootTime;

const LASTING: Duration = Duration::from_secs(40);

fn boot(seconds: u64) -> BootTime {
    BootTime {
        boot_id: "boot".to_owned(),
        elapsed: Duration::from_secs(seconds),
    }
}

fn lease(durable: &DurableFile, name: &str, seconds: u64) -> Lease {
    let taker = Taker { name, locked: false };
    durable
        .take_lease(&account(1), Purpose::Refresh, taker, &boot(seconds), LASTING)
        .unwrap()
        .expect("free")
}

fn intended(doubt: bool) -> Journal {
    Journal::Intended {
        spends: Spends::Newest,
        doubt,
    }
}

fn journal(durable: &DurableFile) -> Journal {
    durable.rotation(&account(1)).unwrap().unwrap().journal
}

fn attempts(dir: &Path) -> i64 {
    let connection = rusqlite::Connection::open(dir.join(KIND.file_name)).unwrap();
    let sql = "SELECT attempts FROM refresh_intent";
    connection.query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn s04_an_intent_outlives_the_process_that_wrote_it() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    sign_in(&durable, 1, 1);
    let had = lease(&durable, "a", 100);
    for journal in [
        intended(false),
        Journal::Unknown {
            spends: Spends::Newest,
        },
        intended(true),
    ] {
        let written = durable
            .write_journal(&had, 1, journal, &boot(100), at(5))
            .unwrap();
        assert_eq!(written, Written::Done);
    }
    drop(durable);
    let durable = open(dir.path());
    assert_eq!(journal(&durable), intended(true));
    assert_eq!(attempts(dir.path()), 2);
}

#[test]
fn s04_a_new_pair_and_the_end_of_the_journals_row_are_one_write() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    sign_in(&durable, 1, 1);
    let had = lease(&durable, "a", 100);
    durable
        .write_journal(&had, 1, intended(false), &boot(100), at(5))
        .unwrap();
    assert_eq!(
        durable
            .save_rotation(&had, 1, Spends::Newest, b"second", at(6))
            .unwrap(),
        Written::Done
    );
    let rotation = durable.rotation(&account(1)).unwrap().unwrap();
    assert_eq!(rotation.journal, Journal::Clear);
    assert_eq!(
        (rotation.tokens.generation, rotation.tokens.fence),
        (2, had.fence)
    );
    assert_eq!(
        rotation.tokens.previous.map(|(generation, _)| generation),
        Some(1)
    );
}

#[test]
fn s04_what_the_pair_before_it_brought_takes_the_place_of_the_refused_one() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    sign_in(&durable, 1, 1);
    let had = lease(&durable, "a", 100);
    durable
        .save_rotation(&had, 1, Spends::Newest, b"second", at(6))
        .unwrap();
    let previous = Journal::Unknown {
        spends: Spends::Previous,
    };
    durable
        .write_journal(&had, 2, previous, &boot(101), at(7))
        .unwrap();
    assert_eq!(journal(&durable), previous);
    durable
        .save_rotation(&had, 2, Spends::Previous, b"third", at(8))
        .unwrap();
    let tokens = durable.tokens(&account(1)).unwrap().unwrap();
    assert_eq!((tokens.generation, tokens.sealed.as_slice()), (3, &b"third"[..]));
    assert_eq!(tokens.previous.map(|(generation, _)| generation), Some(1));
}

#[test]
fn s06_under_an_older_fence_nothing_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    sign_in(&durable, 1, 1);
    let stale = lease(&durable, "a", 100);
    let other = lease(&durable, "b", 141);
    assert!(other.fence > stale.fence);
    assert_eq!(
        durable
            .write_journal(&stale, 1, intended(false), &boot(142), at(5))
            .unwrap(),
        Written::LeaseLost
    );
    assert_eq!(
        durable
            .save_rotation(&stale, 1, Spends::Newest, b"stale", at(5))
            .unwrap(),
        Written::LeaseLost
    );
    assert_eq!(
        durable
            .end_rotation(&stale, 1, SignInReason::SessionExpired, at(5))
            .unwrap(),
        Written::LeaseLost
    );
    assert_eq!(durable.tokens(&account(1)).unwrap().unwrap().generation, 1);
    assert_eq!(journal(&durable), Journal::Clear);
    // Even one that ran out saves, as long as nobody else has taken over.
    assert!(other.is_over(&boot(500)));
    assert_eq!(
        durable
            .save_rotation(&other, 1, Spends::Newest, b"late", at(5))
            .unwrap(),
        Written::Done
    );
    assert_eq!(
        durable
            .save_rotation(&other, 1, Spends::Newest, b"twice", at(5))
            .unwrap(),
        Written::Stale(2)
    );
}

#[test]
fn s09_the_end_of_a_session_is_told_after_the_next_sign_in_too_and_not_to_others() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    sign_in(&durable, 1, 1);
    sign_in(&durable, 2, 1);
    sign_in(&durable, 1, 2);
    assert_eq!(durable.last_ended(&account(1)).unwrap(), None);
    let had = lease(&durable, "a", 100);
    let why = SignInReason::SessionRevoked;
    assert_eq!(durable.end_rotation(&had, 2, why, at(7)).unwrap(), Written::Done);
    assert_eq!(durable.end_rotation(&had, 2, why, at(8)).unwrap(), Written::Gone);
    assert_eq!(durable.last_ended(&account(1)).unwrap(), Some((why, at(7))));
    assert_eq!(durable.last_ended(&account(2)).unwrap(), None);
    sign_in(&durable, 1, 3);
    assert_eq!(durable.last_ended(&account(1)).unwrap(), Some((why, at(7))));
    durable.sign_out(&account(1), true, at(9)).unwrap();
    assert_eq!(durable.last_ended(&account(1)).unwrap(), None);
}

#[test]
fn s04_a_sign_in_leaves_nothing_of_the_rotation_before_it() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    sign_in(&durable, 1, 1);
    let had = lease(&durable, "a", 100);
    durable
        .write_journal(&had, 1, intended(true), &boot(100), at(5))
        .unwrap();
    sign_in(&durable, 1, 2);
    assert_eq!(journal(&durable), Journal::Clear);
}

#[test]
fn s09_the_guard_is_put_up_for_the_newest_pair_only_and_outlives_its_success_and_the_process() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    sign_in(&durable, 1, 1);
    let guard = |generation, refusals| Guard {
        generation,
        refusals,
        until: boot(9),
    };
    assert!(
        durable.put_guard(&account(1), &guard(1, 1)).unwrap(),
        "proven or not"
    );
    durable.replace_tokens(&account(1), 1, b"second", at(2)).unwrap();
    assert!(
        !durable.put_guard(&account(1), &guard(1, 2)).unwrap(),
        "an older one"
    );
    assert_eq!(durable.guard(&account(1)).unwrap(), Some(guard(1, 1)));
    assert!(durable.put_guard(&account(1), &guard(2, 2)).unwrap());
    assert!(durable.prove_tokens(&account(1), 2).unwrap());
    drop(durable);
    let durable = open(dir.path());
    assert_eq!(durable.guard(&account(1)).unwrap(), Some(guard(2, 2)));
    sign_in(&durable, 1, 3);
    assert_eq!(durable.guard(&account(1)).unwrap(), None, "another session");
}

#[test]
fn s09_a_guard_holds_back_later_pairs_of_its_boot_only() {
    let guard = Guard {
        generation: 4,
        refusals: 1,
        until: boot(9),
    };
    let second = std::time::Duration::from_secs(1);
    assert_eq!(guard.holds(5, &boot(8)), Some(second));
    assert_eq!(guard.holds(4, &boot(8)), None);
    assert_eq!(guard.holds(5, &boot(9)), None);
    let another = BootTime {
        boot_id: "another".to_owned(),
        ..boot(1)
    };
    assert_eq!(guard.holds(5, &another), None);
    assert!(guard.is_older(second, &boot(10)) && !guard.is_older(second, &boot(9)));
    assert!(guard.is_older(second, &another) && !guard.is_older(second * 2, &another));
}
