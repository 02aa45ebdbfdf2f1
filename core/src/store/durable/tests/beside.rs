//! One client finds the file damaged while another has it in use.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::outbox::{accept, add, boot, chain, signed_in, take};
use super::salvage::folder;
use super::*;
use crate::store::gate::Gate;

/// Long enough for who does not wait to be done.
const A_MOMENT: Duration = Duration::from_millis(500);

fn one() -> ChainId {
    chain("aaaaaaaaaa", 51).id
}

/// A file that one client has in use, and of which the disk has lost the first page since.
fn damaged_in_use(dir: &Path) -> DurableFile {
    let durable = signed_in(dir);
    let begin = |tx: &OutboxTx<'_>| tx.add_chain(&chain("aaaaaaaaaa", 51));
    durable.outbox(&account(1), begin).unwrap();
    lose_a_page(dir);
    durable
}

fn lose_a_page(dir: &Path) {
    let file = std::fs::OpenOptions::new()
        .write(true)
        .open(dir.join("durable.sqlite3"));
    file.unwrap().write_all(&[0; 4096]).unwrap();
}

fn salvaged(dir: &Path) -> (DurableFile, PathBuf) {
    let opened = DurableFile::open(dir, at(9), &CountingRandom::default()).unwrap();
    (opened.store, opened.set_aside.expect("it was damaged"))
}

fn writes(durable: &DurableFile) -> usize {
    durable.outbox_all(&account(1)).unwrap().len()
}

#[test]
fn s32_a_write_that_is_accepted_beside_a_salvage_is_in_the_new_file() {
    let dir = tempfile::tempdir().unwrap();
    let user = damaged_in_use(dir.path());
    let (salvager, aside) = salvaged(dir.path());
    let kept = std::fs::read(&aside).unwrap();
    accept(&user, &one(), "a").unwrap();
    assert_eq!(writes(&salvager), 1);
    accept(&salvager, &one(), "b").unwrap();
    assert_eq!(writes(&user), 2);
    drop((user, salvager));
    assert_eq!(writes(&open(dir.path())), 2);
    assert!(
        std::fs::read(&aside).unwrap() == kept,
        "what is kept aside has changed"
    );
}

#[test]
fn s32_a_salvage_waits_for_a_transaction_that_has_begun_and_saves_it() {
    let dir = tempfile::tempdir().unwrap();
    let user = damaged_in_use(dir.path());
    let (done, is_done) = mpsc::channel();
    std::thread::scope(|scope| {
        let accepted = user.outbox(&account(1), |tx| {
            let seq = add(tx, &one(), "a")?;
            scope.spawn(|| done.send(salvaged(dir.path()).0).unwrap());
            // By then who does not wait has copied the file, and moved it.
            assert!(is_done.recv_timeout(A_MOMENT).is_err(), "it did not wait");
            Ok::<_, StoreError>(seq)
        });
        let salvager = is_done.recv().unwrap();
        assert_eq!(
            salvager.outbox_all(&account(1)).unwrap()[0].seq,
            accepted.unwrap()
        );
    });
}

#[test]
fn s32_nothing_is_lost_of_what_is_accepted_all_the_time_that_a_salvage_takes() {
    for _ in 0..3 {
        let dir = folder();
        let user = damaged_in_use(dir.path());
        let is_over = AtomicBool::new(false);
        let accepted = std::thread::scope(|scope| {
            let user = scope.spawn(|| {
                let mut accepted = 0;
                while !is_over.load(Ordering::Relaxed) {
                    let begun = Instant::now();
                    accept(&user, &one(), &accepted.to_string()).unwrap();
                    accepted += 1;
                    // As long outside again: who never is out keeps everybody waiting.
                    let until = begun + 2 * begun.elapsed();
                    while Instant::now() < until {
                        std::thread::yield_now();
                    }
                }
                accepted
            });
            let opened = DurableFile::open(dir.path(), at(9), &CountingRandom::default());
            is_over.store(true, Ordering::Relaxed);
            assert!(opened.unwrap().set_aside.is_some());
            user.join().unwrap()
        });
        assert_eq!(writes(&user), accepted);
    }
}

#[test]
fn s32_a_lease_of_the_moved_file_is_not_had_and_nobody_else_has_it_before_its_end() {
    let dir = tempfile::tempdir().unwrap();
    let user = damaged_in_use(dir.path());
    let lease = take(&user, "user", 10).unwrap();
    assert!(user.holds_lease(&lease, &boot(11)).unwrap());
    let (salvager, _) = salvaged(dir.path());
    assert!(!user.holds_lease(&lease, &boot(12)).unwrap());
    // Its request may be on its way: the salvager waits for the end of it.
    let left = take(&salvager, "salvager", 13).unwrap_err();
    assert_eq!(left, Duration::from_secs(37));
    assert!(take(&user, "user", 14).unwrap().fence > lease.fence);
    let its_own = take(&salvager, "salvager", 60).unwrap();
    assert!(salvager.holds_lease(&its_own, &boot(61)).unwrap());
}

#[test]
fn s32_closing_the_moved_file_takes_no_log_from_the_new_one() {
    let dir = tempfile::tempdir().unwrap();
    let user = damaged_in_use(dir.path());
    let (salvager, aside) = salvaged(dir.path());
    let kept = std::fs::read(&aside).unwrap();
    accept(&salvager, &one(), "a").unwrap();
    let log = dir.path().join("durable.sqlite3-wal");
    assert!(std::fs::metadata(&log).unwrap().len() > 0);
    user.close();
    assert!(log.exists());
    assert_eq!(writes(&open(dir.path())), 1);
    assert!(
        std::fs::read(&aside).unwrap() == kept,
        "what is kept aside has changed"
    );
}

#[test]
fn s32_one_who_closes_a_file_while_it_is_replaced_leaves_its_log() {
    let dir = tempfile::tempdir().unwrap();
    let user = signed_in(dir.path());
    let log = dir.path().join("durable.sqlite3-wal");
    let gate = Gate::of(user.database().place()).unwrap();
    let alone = gate.enter_alone().unwrap();
    user.close();
    assert!(log.exists(), "it may be the new file's");
    drop(alone);
    open(dir.path()).close();
    assert!(!log.exists(), "else the last one takes it away");
}

#[test]
fn s32_a_file_that_was_taken_away_while_it_was_in_use_accepts_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let user = damaged_in_use(dir.path());
    std::fs::remove_file(dir.path().join("durable.sqlite3")).unwrap();
    let error = accept(&user, &one(), "a").unwrap_err();
    assert!(error.to_string().contains("start the app again"), "{error}");
}

#[test]
fn s32_a_file_is_replaced_under_one_who_uses_it_again_and_again() {
    let dir = tempfile::tempdir().unwrap();
    let user = damaged_in_use(dir.path());
    for round in 1..=5 {
        drop(salvaged(dir.path()));
        accept(&user, &one(), &round.to_string()).unwrap();
        assert_eq!(writes(&user), round);
        lose_a_page(dir.path());
    }
}
