//! Signing in, sessions that end, signing out.

use super::*;

#[test]
fn an_ended_session_keeps_account_profile_and_keys_and_says_why() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    sign_in(&durable, 1, 1);
    assert!(
        !durable
            .end_session(&account(1), 0, SignInReason::SessionExpired)
            .unwrap(),
        "another generation"
    );
    assert!(durable.tokens(&account(1)).unwrap().is_some());
    assert!(
        durable
            .end_session(&account(1), 1, SignInReason::SessionExpired)
            .unwrap()
    );
    assert!(durable.tokens(&account(1)).unwrap().is_none());
    let row = durable.current_account(ORIGIN).unwrap().unwrap();
    assert_eq!(
        (row.state, row.reason),
        (AccountState::SignInNeeded, Some(SignInReason::SessionExpired))
    );
    assert!(row.profile.is_some());
    assert_eq!(durable.doomed_keys().unwrap(), []);
}

#[test]
fn every_reason_for_a_sign_in_is_kept_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    for (generation, reason) in [
        SignInReason::NeverSignedIn,
        SignInReason::SignedOut,
        SignInReason::SessionExpired,
        SignInReason::SessionRevoked,
        SignInReason::AccountClosed,
        SignInReason::KeysLost,
    ]
    .into_iter()
    .zip(1..)
    .map(|(reason, generation)| (generation, reason))
    {
        sign_in(&durable, 1, generation);
        assert!(durable.end_session(&account(1), generation, reason).unwrap());
        assert_eq!(
            durable.account(&account(1)).unwrap().unwrap().reason,
            Some(reason)
        );
    }
}

#[test]
fn s11_a_late_answer_of_an_ended_session_writes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    sign_in(&durable, 1, 1);
    durable.sign_out(&account(1), true, at(2)).unwrap();
    assert_eq!(
        durable.replace_tokens(&account(1), 1, b"late", at(3)).unwrap(),
        Replaced::Gone
    );
    assert!(!durable.save_profile(&account(1), b"late").unwrap());
    assert!(!durable.prove_tokens(&account(1), 1).unwrap());

    // Nor does it once the same person has signed in again: generations go on where they were.
    sign_in(&durable, 1, 2);
    assert_eq!(
        durable.replace_tokens(&account(1), 1, b"late", at(4)).unwrap(),
        Replaced::Stale(2)
    );
    assert!(
        !durable
            .end_session(&account(1), 1, SignInReason::SessionExpired)
            .unwrap()
    );
    assert_eq!(
        durable.account(&account(1)).unwrap().unwrap().state,
        AccountState::SignedIn
    );
}

#[test]
fn s11_signing_out_dooms_the_keys_until_they_are_destroyed() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    sign_in(&durable, 1, 1);
    let doomed = durable.sign_out(&account(1), true, at(2)).unwrap();
    assert_eq!(names_of(&doomed), ["session-1-1"]);
    let row = durable.current_account(ORIGIN).unwrap().unwrap();
    assert_eq!(
        (row.state, row.reason),
        (AccountState::SignedOut, Some(SignInReason::SignedOut))
    );
    assert_eq!(row.profile, None);
    // Kept, so that unsent items come back with the person.
    let found = durable
        .account_of(ORIGIN, &durable.person(ORIGIN, 1).unwrap())
        .unwrap();
    assert_eq!(found.unwrap().id, account(1));

    drop(durable);
    let durable = open(dir.path());
    assert_eq!(durable.doomed_keys().unwrap(), doomed);
    durable.key_destroyed(&doomed[0]).unwrap();
    assert_eq!(durable.doomed_keys().unwrap(), []);
}

#[test]
fn s11_without_unsent_items_the_person_is_forgotten() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    sign_in(&durable, 1, 1);
    let person = durable.person(ORIGIN, 1).unwrap();
    assert!(found_in(dir.path(), &person));
    let doomed = durable.sign_out(&account(1), false, at(2)).unwrap();
    assert_eq!(names_of(&doomed), ["session-1-1", "outbox-1"]);
    assert!(durable.account_of(ORIGIN, &person).unwrap().is_none());
    assert_eq!(
        durable.current_account(ORIGIN).unwrap().unwrap().state,
        AccountState::SignedOut
    );
    assert!(!found_in(dir.path(), &person), "not in the WAL either");

    // The next one to sign in takes the row that said so away.
    sign_in(&durable, 2, 1);
    let ids: Vec<AccountId> = durable
        .accounts(ORIGIN)
        .unwrap()
        .into_iter()
        .map(|row| row.id)
        .collect();
    assert_eq!(ids, [account(2)]);
}

#[test]
fn signing_out_nobody_is_a_defect_and_harmless() {
    let dir = tempfile::tempdir().unwrap();
    let error = open(dir.path()).sign_out(&account(1), true, at(0)).unwrap_err();
    assert!(matches!(Error::from(error), Error::Internal { .. }));
}

#[test]
fn s12_the_next_person_displaces_the_one_before() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    sign_in(&durable, 1, 1);
    sign_in(&durable, 2, 1);
    assert_eq!(durable.current_account(ORIGIN).unwrap().unwrap().id, account(2));
    let first = durable.account(&account(1)).unwrap().unwrap();
    assert_eq!((first.state, first.profile), (AccountState::SignedOut, None));
    assert!(durable.tokens(&account(1)).unwrap().is_none());
    assert_eq!(names_of(&durable.doomed_keys().unwrap()), ["session-1-1"]);
    assert_eq!(durable.accounts(ORIGIN).unwrap().len(), 2);
}

#[test]
fn the_same_person_again_gets_their_row_and_their_old_session_key_is_doomed() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    sign_in(&durable, 1, 1);
    sign_in(&durable, 1, 2);
    let rows = durable.accounts(ORIGIN).unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].created_at, rows[0].last_generation), (at(1), 2));
    assert_eq!(rows[0].session_key_name, "session-1-2");
    assert_eq!(names_of(&durable.doomed_keys().unwrap()), ["session-1-1"]);
}

#[test]
fn two_sign_ins_of_one_person_that_cross_are_told_and_the_first_one_stays() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    let again = NewAccount {
        id: account(9),
        ..new_account(&durable, 1, 1)
    };
    sign_in(&durable, 1, 1);
    // Another row for the same person, or the same generation twice.
    for new in [again, new_account(&durable, 1, 1)] {
        let error = durable
            .save_sign_in(&new, b"t", b"p", AccountState::SignedOut, at(5))
            .unwrap_err();
        assert!(matches!(&error, StoreError::Crossed(_)), "{error}");
        assert!(matches!(
            Error::from(error),
            Error::Storage {
                why: StorageFault::Busy,
                ..
            }
        ));
    }
    let tokens = durable.tokens(&account(1)).unwrap().unwrap();
    assert!(unseal_tokens(&keys(1), 1, &tokens.sealed).is_some());
}

#[test]
fn a_person_looks_different_at_each_server_and_in_each_installation() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let durable = open(one.path());
    let person = durable.person(ORIGIN, 1).unwrap();
    assert_eq!(person, open(one.path()).person(ORIGIN, 1).unwrap());
    assert_ne!(person, durable.person(ORIGIN, 2).unwrap());
    assert_ne!(person, durable.person("https://two.example", 1).unwrap());
    let random = CountingRandom::default();
    random.fill(&mut [0; 8]).unwrap();
    let elsewhere = DurableFile::open(two.path(), at(0), &random).unwrap().store;
    assert_ne!(person, elsewhere.person(ORIGIN, 1).unwrap());
}
