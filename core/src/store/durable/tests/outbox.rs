//! The outbox's rows, and the lease.

use std::time::Duration;

use super::*;
use crate::ports::BootTime;
use crate::store::durable::outbox::{DONE_SINCE, OPEN};
use crate::store::durable::{Chain, ChainId, ItemState, Lease, Moment, NewItem, Progress, Purpose, Taker};
use crate::store::test_support::outbox_keys;

pub(super) fn signed_in(dir: &std::path::Path) -> DurableFile {
    let durable = open(dir);
    sign_in(&durable, 1, 1);
    durable
}

pub(super) fn chain(name: &str, lane: i64) -> Chain {
    Chain {
        id: ChainId::parse(name).unwrap(),
        lane: Some(outbox_keys(1).lane_hash(lane)),
        subject: None,
        name: None,
    }
}

pub(super) fn accept(durable: &DurableFile, chain: &ChainId, operation: &str) -> Result<i64, StoreError> {
    durable.outbox(&account(1), |tx| add(tx, chain, operation))
}

pub(super) fn add(tx: &OutboxTx<'_>, chain: &ChainId, operation: &str) -> Result<i64, StoreError> {
    tx.add_item(&NewItem {
        uid: [1; 16],
        chain,
        operation: outbox_keys(1).operation_hash(operation),
        command: b"sealed",
        now: at(1),
    })
}

pub(super) fn boot(elapsed: u64) -> BootTime {
    BootTime {
        boot_id: "boot-1".to_owned(),
        elapsed: Duration::from_secs(elapsed),
    }
}

pub(super) fn take(durable: &DurableFile, name: &str, now: u64) -> Result<Lease, Duration> {
    take_as(durable, Taker { name, locked: false }, &boot(now))
}

fn take_as(durable: &DurableFile, taker: Taker<'_>, now: &BootTime) -> Result<Lease, Duration> {
    durable
        .take_lease(&account(1), Purpose::Send, taker, now, Duration::from_secs(40))
        .unwrap()
}

#[test]
fn s22_what_was_accepted_is_there_after_a_restart_in_order() {
    let dir = tempfile::tempdir().unwrap();
    let durable = signed_in(dir.path());
    let one = chain("aaaaaaaaaa", 51);
    durable.outbox(&account(1), |tx| tx.add_chain(&one)).unwrap();
    let first = accept(&durable, &one.id, "a").unwrap();
    let second = accept(&durable, &one.id, "b").unwrap();
    assert!(second > first);
    drop(durable);
    let rows = open(dir.path()).outbox_since(&account(1), 0).unwrap();
    let seqs: Vec<i64> = rows.iter().map(|row| row.seq).collect();
    assert_eq!(seqs, [first, second]);
    assert_eq!(rows[0].progress, Progress::queued());
    assert_eq!(rows[0].lane.as_deref(), Some(&one.lane.unwrap()[..]));
}

#[test]
fn an_operation_id_is_accepted_once_and_a_transaction_that_fails_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let durable = signed_in(dir.path());
    let one = chain("aaaaaaaaaa", 51);
    durable.outbox(&account(1), |tx| tx.add_chain(&one)).unwrap();
    accept(&durable, &one.id, "a").unwrap();
    assert!(accept(&durable, &one.id, "a").is_err());
    let failed: Result<(), StoreError> = durable.outbox(&account(1), |tx| {
        tx.add_chain(&chain("bbbbbbbbbb", 52))?;
        Err(StoreError::Unsealable)
    });
    assert_eq!(failed, Err(StoreError::Unsealable));
    let missing = durable
        .chain(&account(1), &ChainId::parse("bbbbbbbbbb").unwrap())
        .unwrap();
    assert!(missing.is_none());
    assert_eq!(durable.unsent(&account(1)).unwrap(), 1);
}

#[test]
fn progress_comes_back_as_it_was_saved() {
    let dir = tempfile::tempdir().unwrap();
    let durable = signed_in(dir.path());
    let one = chain("aaaaaaaaaa", 51);
    durable.outbox(&account(1), |tx| tx.add_chain(&one)).unwrap();
    let seq = accept(&durable, &one.id, "a").unwrap();
    let moment = |seconds: u64| {
        Some(Moment {
            boot: boot(seconds),
            wall: at(i64::try_from(seconds).unwrap()),
        })
    };
    let mut progress = Progress {
        state: ItemState::Unknown,
        outcome: Some(b"sealed".to_vec()),
        fence: 3,
        attempts: 2,
        first_sent_at: Some(at(5)),
        ended: moment(6),
        looks: 1,
        failures: 4,
        retry: moment(7),
        revision: 0,
    };
    for state in ItemState::ALL {
        progress.state = state;
        durable
            .outbox(&account(1), |tx| tx.save(seq, &progress, at(9)))
            .unwrap();
        let row = durable.outbox(&account(1), |tx| tx.item(seq)).unwrap().unwrap();
        assert_eq!((row.progress, row.changed_at), (progress.clone(), at(9)));
    }
}

#[test]
fn settled_writes_are_counted_and_given_until_an_answer_is_newer() {
    let dir = tempfile::tempdir().unwrap();
    let durable = signed_in(dir.path());
    let one = chain("aaaaaaaaaa", 51);
    durable.outbox(&account(1), |tx| tx.add_chain(&one)).unwrap();
    let seq = accept(&durable, &one.id, "a").unwrap();
    assert_eq!(durable.outbox_revision(&account(1)).unwrap(), 0);
    durable
        .outbox(&account(1), |tx| {
            let progress = Progress {
                state: ItemState::Done,
                revision: tx.next_revision()?,
                ..Progress::queued()
            };
            tx.save(seq, &progress, at(2))
        })
        .unwrap();
    assert_eq!(durable.outbox_revision(&account(1)).unwrap(), 1);
    assert_eq!(durable.unsent(&account(1)).unwrap(), 0);
    assert_eq!(durable.outbox_since(&account(1), 0).unwrap().len(), 1);
    assert_eq!(durable.outbox_since(&account(1), 1).unwrap().len(), 0);
    assert_eq!(durable.outbox_all(&account(1)).unwrap().len(), 1);
}

#[test]
fn what_lists_ask_for_is_found_by_indexes() {
    let dir = tempfile::tempdir().unwrap();
    let durable = signed_in(dir.path());
    let plan = |condition: &str, values: &[&dyn rusqlite::ToSql]| {
        durable
            .database()
            .with(|connection| {
                let sql = format!("EXPLAIN QUERY PLAN SELECT seq FROM outbox WHERE {condition}");
                let mut statement = connection.prepare(&sql)?;
                let lines = statement.query_map(values, |row| row.get::<_, String>(3))?;
                Ok(lines.collect::<rusqlite::Result<Vec<_>>>()?.join("; "))
            })
            .unwrap()
    };
    let open = plan(OPEN, &[&account(1)]);
    assert!(open.contains("INDEX outbox_open"), "{open}");
    let done = plan(DONE_SINCE, &[&account(1), &0]);
    assert!(done.contains("INDEX outbox_done"), "{done}");
}

#[test]
fn only_settled_writes_are_pruned_and_the_newest_of_them_stay() {
    let dir = tempfile::tempdir().unwrap();
    let durable = signed_in(dir.path());
    let one = chain("aaaaaaaaaa", 51);
    durable.outbox(&account(1), |tx| tx.add_chain(&one)).unwrap();
    let seqs: Vec<i64> = ["a", "b", "c"]
        .iter()
        .map(|operation| accept(&durable, &one.id, operation).unwrap())
        .collect();
    let left = durable
        .outbox(&account(1), |tx| {
            for seq in &seqs[..2] {
                let progress = Progress {
                    state: ItemState::Done,
                    ..Progress::queued()
                };
                tx.save(*seq, &progress, at(2))?;
            }
            tx.prune(at(100), 1)?;
            tx.items(&one.id)
        })
        .unwrap();
    let left: Vec<i64> = left.iter().map(|row| row.seq).collect();
    assert_eq!(left, seqs[1..]);
}

#[test]
fn with_its_last_write_a_chain_goes_unless_a_local_name_leads_to_a_booking_by_it() {
    let dir = tempfile::tempdir().unwrap();
    let durable = signed_in(dir.path());
    let named = |name: &str, lane: Option<i64>, subject: Option<i64>| Chain {
        lane: lane.map(|lane| outbox_keys(1).lane_hash(lane)),
        subject: subject.map(|number| outbox_keys(1).subject_hash("booking", number)),
        ..chain(name, 51)
    };
    let (settled, held) = (
        named("eeeeeeeeee", None, Some(5)),
        named("ffffffffff", Some(51), None),
    );
    let gone = [
        // A notification, and a booking that was never made.
        named("aaaaaaaaaa", None, Some(1)),
        named("bbbbbbbbbb", Some(51), None),
    ];
    let made_here = named("cccccccccc", Some(51), Some(3));
    let all: Vec<&Chain> = gone.iter().chain([&made_here, &settled, &held]).collect();
    for chain in &all {
        durable.outbox(&account(1), |tx| tx.add_chain(chain)).unwrap();
        accept(&durable, &chain.id, chain.id.as_str()).unwrap();
    }
    let rows = durable.outbox_all(&account(1)).unwrap();
    durable
        .outbox(&account(1), |tx| {
            let done = Progress {
                state: ItemState::Done,
                ..Progress::queued()
            };
            // All but the last are settled, and the newest of them stays.
            for row in &rows[..4] {
                tx.save(row.seq, &done, at(2))?;
            }
            tx.prune(at(100), 1)
        })
        .unwrap();
    let is_there = |chain: &Chain| durable.chain(&account(1), &chain.id).unwrap().is_some();
    assert!(!gone.iter().any(is_there));
    assert!([&made_here, &settled, &held].into_iter().all(is_there));
    assert_eq!(durable.outbox_all(&account(1)).unwrap().len(), 2);
}

#[test]
fn s11_signing_out_removes_unsent_writes_unless_the_person_keeps_them() {
    for keep in [true, false] {
        let dir = tempfile::tempdir().unwrap();
        let durable = signed_in(dir.path());
        let one = chain("aaaaaaaaaa", 51);
        durable.outbox(&account(1), |tx| tx.add_chain(&one)).unwrap();
        accept(&durable, &one.id, "a").unwrap();
        durable.sign_out(&account(1), keep, at(2)).unwrap();
        assert_eq!(durable.unsent(&account(1)).unwrap(), u32::from(keep));
    }
}

#[test]
fn s05_writes_outlive_a_new_sign_in_and_go_only_with_the_key_that_opens_them() {
    let dir = tempfile::tempdir().unwrap();
    let durable = signed_in(dir.path());
    let one = chain("aaaaaaaaaa", 51);
    durable.outbox(&account(1), |tx| tx.add_chain(&one)).unwrap();
    accept(&durable, &one.id, "a").unwrap();
    sign_in(&durable, 1, 2);
    assert_eq!(durable.unsent(&account(1)).unwrap(), 1);
    let new = NewAccount {
        outbox_key_name: "another".to_owned(),
        ..new_account(&durable, 1, 3)
    };
    durable
        .save_sign_in(&new, b"tokens", b"profile", AccountState::SignedOut, at(3))
        .unwrap();
    assert_eq!(durable.unsent(&account(1)).unwrap(), 0);
}

#[test]
fn s22_one_holder_at_a_time_and_each_change_of_hands_has_a_higher_fence() {
    let dir = tempfile::tempdir().unwrap();
    let durable = signed_in(dir.path());
    let a = take(&durable, "a", 100).unwrap();
    assert_eq!(take(&durable, "b", 110), Err(Duration::from_secs(30)));
    let longer = take(&durable, "a", 120).unwrap();
    assert_eq!(longer.fence, a.fence, "who has it goes on with it");
    assert_eq!(take(&durable, "b", 159), Err(Duration::from_secs(1)));
    let b = take(&durable, "b", 160).unwrap();
    assert!(b.fence > a.fence);
    assert!(!durable.holds_lease(&longer, &boot(161)).unwrap());
    assert!(durable.holds_lease(&b, &boot(161)).unwrap());
    assert!(!durable.holds_lease(&b, &boot(200)).unwrap(), "it is over");
    durable.release_lease(&longer).unwrap();
    assert!(
        take(&durable, "c", 161).is_err(),
        "a stale holder gives nothing back"
    );
    durable.release_lease(&b).unwrap();
    assert!(take(&durable, "c", 161).unwrap().fence > b.fence);
}

#[test]
fn s22_a_holder_whose_lease_ran_out_does_not_go_on_under_its_old_fence() {
    let dir = tempfile::tempdir().unwrap();
    let durable = signed_in(dir.path());
    let before = take(&durable, "a", 100).unwrap();
    assert!(take(&durable, "a", 140).unwrap().fence > before.fence);
}

#[test]
fn s22_a_lease_of_another_boot_is_over() {
    let dir = tempfile::tempdir().unwrap();
    let durable = signed_in(dir.path());
    let a = take(&durable, "a", 100_000).unwrap();
    let rebooted = BootTime {
        boot_id: "boot-2".to_owned(),
        elapsed: Duration::from_secs(1),
    };
    assert!(a.is_over(&rebooted));
    let b = take_as(
        &durable,
        Taker {
            name: "b",
            locked: false,
        },
        &rebooted,
    );
    assert!(b.unwrap().fence > a.fence);
}

#[test]
fn s22_the_lease_of_a_holder_that_died_is_not_waited_for_and_that_of_a_stopped_one_is() {
    let dir = tempfile::tempdir().unwrap();
    let durable = signed_in(dir.path());
    let locked = |name| Taker { name, locked: true };
    let bare = |name| Taker { name, locked: false };
    let died = take_as(&durable, locked("a"), &boot(100)).unwrap();
    // Who gets the process lock knows that its last owner is gone.
    let next = take_as(&durable, locked("b"), &boot(101)).unwrap();
    assert!(next.fence > died.fence);
    // Who does not get it must wait for the lease to run out, and is then not evicted by whoever gets the lock later.
    assert!(take_as(&durable, bare("c"), &boot(102)).is_err());
    take_as(&durable, bare("c"), &boot(141)).unwrap();
    assert!(take_as(&durable, locked("d"), &boot(142)).is_err());
}
