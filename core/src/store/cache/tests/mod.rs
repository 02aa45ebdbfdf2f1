//! Answers; the file itself is beside.

mod cap;
mod file;

use std::path::Path;

use super::rows::read;
use super::*;
use crate::error::{Error, StorageFault};
use crate::store::StoreError;
use crate::store::keys::AccountKeys;
use crate::store::test_support::{CountingRandom, at, found_in, keys, names};

/// The least cap there is, in bytes.
const CAP: u64 = *CAP_RANGE.start();

const E1: Option<&str> = Some("\"e1\"");

fn open(dir: &Path) -> CacheFile {
    CacheFile::open(dir, DEFAULT_CAP, at(0)).unwrap().store
}

fn answer(json: &[u8]) -> NewAnswer<'_> {
    NewAnswer {
        schema: 1,
        json,
        fetched_at: at(0),
        etag: E1,
        revision: 0,
    }
}

fn put(cache: &CacheFile, keys: &AccountKeys, query: &str, json: &[u8]) {
    put_answer(cache, keys, query, &answer(json));
}

fn put_answer(cache: &CacheFile, keys: &AccountKeys, query: &str, answer: &NewAnswer<'_>) {
    let kept = cache.put(keys.cache(), query, answer, &CountingRandom::default());
    assert_eq!(kept.unwrap(), Kept::Yes);
}

fn get(cache: &CacheFile, keys: &AccountKeys, query: &str) -> Option<Vec<u8>> {
    cache
        .get(keys.cache(), query, 1)
        .unwrap()
        .map(|answer| answer.json.to_vec())
}

#[test]
fn an_answer_comes_back_whole_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    put(&open(dir.path()), &keys(1), "vehicles", b"[1, 2]");
    let answer = open(dir.path())
        .get(keys(1).cache(), "vehicles", 1)
        .unwrap()
        .unwrap();
    assert_eq!(&**answer.json, b"[1, 2]");
    assert_eq!(answer.fetched_at, at(0));
    assert_eq!(answer.etag.as_deref(), Some("\"e1\""));
}

#[test]
fn a_later_answer_replaces_the_one_before() {
    let dir = tempfile::tempdir().unwrap();
    let cache = open(dir.path());
    put(&cache, &keys(1), "vehicles", b"old");
    let newer = NewAnswer {
        fetched_at: at(9),
        etag: None,
        ..answer(b"new")
    };
    put_answer(&cache, &keys(1), "vehicles", &newer);
    let answer = cache.get(keys(1).cache(), "vehicles", 1).unwrap().unwrap();
    assert_eq!(&**answer.json, b"new");
    assert_eq!((answer.fetched_at, answer.etag), (at(9), None));
}

#[test]
fn not_modified_moves_the_time_and_the_answer_still_opens() {
    let dir = tempfile::tempdir().unwrap();
    let cache = open(dir.path());
    put(&cache, &keys(1), "vehicles", b"x");
    assert!(cache.confirm(keys(1).cache(), "vehicles", E1, at(60), 0).unwrap());
    assert_eq!(
        cache
            .get(keys(1).cache(), "vehicles", 1)
            .unwrap()
            .unwrap()
            .fetched_at,
        at(60)
    );
    assert!(!cache.confirm(keys(1).cache(), "bookings", E1, at(60), 0).unwrap());
}

#[test]
fn a_row_of_another_layout_is_absent_and_removed() {
    let dir = tempfile::tempdir().unwrap();
    let cache = open(dir.path());
    put(&cache, &keys(1), "vehicles", b"x");
    assert!(cache.get(keys(1).cache(), "vehicles", 2).unwrap().is_none());
    assert_eq!(count(&cache), 0);
}

#[test]
fn s22_an_answer_asked_for_before_a_write_never_replaces_one_asked_for_after_it() {
    let dir = tempfile::tempdir().unwrap();
    let cache = open(dir.path());
    let of = |revision, json| NewAnswer {
        revision,
        ..answer(json)
    };
    put_answer(&cache, &keys(1), "bookings", &of(2, b"after"));
    put_answer(&cache, &keys(1), "bookings", &of(1, b"before"));
    let kept = cache.get(keys(1).cache(), "bookings", 1).unwrap().unwrap();
    assert_eq!((&**kept.json, kept.revision), (&b"after"[..], 2));
    assert!(cache.confirm(keys(1).cache(), "bookings", E1, at(1), 5).unwrap());
    assert!(cache.confirm(keys(1).cache(), "bookings", E1, at(2), 3).unwrap());
    let kept = cache.get(keys(1).cache(), "bookings", 1).unwrap().unwrap();
    assert_eq!(kept.revision, 5);
}

#[test]
fn a_row_that_does_not_open_is_absent_and_removed() {
    let dir = tempfile::tempdir().unwrap();
    let cache = open(dir.path());
    put(&cache, &keys(1), "vehicles", b"one");
    put(&cache, &keys(1), "bookings", b"two");
    // Put where another question's answer was, it opens as little as with a byte changed.
    execute(
        &cache,
        "UPDATE answer SET sealed = (SELECT sealed FROM answer ORDER BY rowid DESC LIMIT 1)",
    );
    assert_eq!(get(&cache, &keys(1), "vehicles"), None);
    assert_eq!(get(&cache, &keys(1), "bookings"), Some(b"two".to_vec()));
    assert_eq!(count(&cache), 1);
}

#[test]
fn s12_nobody_elses_rows_are_seen_or_removed() {
    let dir = tempfile::tempdir().unwrap();
    let cache = open(dir.path());
    put(&cache, &keys(1), "vehicles", b"of A");
    put(&cache, &keys(2), "vehicles", b"of B");
    assert_eq!(get(&cache, &keys(1), "vehicles"), Some(b"of A".to_vec()));
    cache.remove_account(keys(1).cache()).unwrap();
    assert_eq!(get(&cache, &keys(1), "vehicles"), None);
    assert_eq!(get(&cache, &keys(2), "vehicles"), Some(b"of B".to_vec()));
    cache.remove(keys(2).cache(), "vehicles").unwrap();
    assert_eq!(count(&cache), 0);
    put(&cache, &keys(2), "vehicles", b"of B");
    cache.clear().unwrap();
    assert_eq!(count(&cache), 0);
}

#[test]
fn s37_neither_question_nor_answer_nor_account_is_in_the_file_or_its_wal() {
    let dir = tempfile::tempdir().unwrap();
    let cache = open(dir.path());
    let json = br#"{"last_name": "Canary-Kanaris"}"#;
    put(&cache, &keys(1), "bookings?customer=4711", json);
    assert!(found_in(dir.path(), b"e1"), "the search itself works, in the WAL");
    for needle in [
        &b"Canary"[..],
        b"bookings",
        b"4711",
        keys(1).account().as_str().as_bytes(),
        &[1; 32],
    ] {
        assert!(!found_in(dir.path(), needle));
    }
    cache.close();
    assert!(found_in(dir.path(), b"e1"), "in the file");
    assert!(!found_in(dir.path(), b"Canary"));
}

#[test]
fn s12_what_is_removed_leaves_no_ciphertext_behind() {
    let dir = tempfile::tempdir().unwrap();
    let cache = open(dir.path());
    put(&cache, &keys(1), "vehicles", b"x");
    let query = keys(1).cache().query_hash("vehicles");
    let sealed = cache
        .database()
        .with(|connection| Ok(read(connection, keys(1).cache(), &query)?))
        .unwrap();
    let sealed = sealed.unwrap().sealed;
    assert!(found_in(dir.path(), &sealed));
    cache.remove_account(keys(1).cache()).unwrap();
    assert!(!found_in(dir.path(), &sealed));
}

#[test]
fn s29_last_read_is_written_once_a_minute_at_most() {
    let dir = tempfile::tempdir().unwrap();
    let cache = open(dir.path());
    put(&cache, &keys(1), "vehicles", b"x");
    put(&cache, &keys(1), "bookings", b"x");
    let last_reads = || {
        let sql = "SELECT group_concat(last_read, ' ') FROM (SELECT last_read FROM answer ORDER BY 1)";
        cache
            .database()
            .with(|connection| Ok(connection.query_row(sql, [], |row| row.get::<_, String>(0))?))
            .unwrap()
    };
    let ms = |seconds| at(seconds).as_millisecond();
    cache.touch(keys(1).cache(), "vehicles", at(30)).unwrap();
    assert_eq!(last_reads(), format!("{} {}", ms(0), ms(0)));
    cache.touch(keys(1).cache(), "bookings", at(61)).unwrap();
    assert_eq!(last_reads(), format!("{} {}", ms(30), ms(61)));
    cache.touch(keys(1).cache(), "vehicles", at(90)).unwrap();
    assert_eq!(last_reads(), format!("{} {}", ms(30), ms(61)));
}

fn execute(cache: &CacheFile, sql: &str) {
    cache
        .database()
        .with(|connection| Ok(connection.execute_batch(sql)?))
        .unwrap();
}

fn count(cache: &CacheFile) -> i64 {
    let sql = "SELECT count(*) FROM answer";
    cache
        .database()
        .with(|connection| Ok(connection.query_row(sql, [], |row| row.get(0))?))
        .unwrap()
}
