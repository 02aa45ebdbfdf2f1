//! The cap: what the files take, what goes, what stays.

use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::store::cache::cap::{self, Budget};
use crate::store::cache::evict;
use crate::store::cache::rows::Pages;

fn open_small(dir: &Path) -> CacheFile {
    open_unsynced(dir, CAP)
}

/// Without waiting for the disk, which is none of what is tested.
fn open_unsynced(dir: &Path, cap: u64) -> CacheFile {
    let cache = CacheFile::open(dir, cap, at(0)).unwrap().store;
    execute(&cache, "PRAGMA synchronous = off");
    cache
}

/// Bytes of all files in the folder.
fn taken(dir: &Path) -> u64 {
    let size = |name: &String| std::fs::metadata(dir.join(name)).unwrap().len();
    names(dir).iter().map(size).sum()
}

/// Stores an answer as the query layer does, and tells whether it is kept.
fn keep(cache: &CacheFile, query: &str, json: &[u8], second: i64, spared: &Spared) -> bool {
    let answer = NewAnswer {
        fetched_at: at(second),
        ..answer(json)
    };
    let random = CountingRandom::default();
    let put = || cache.put(keys(1).cache(), query, &answer, &random).unwrap();
    match put() {
        Kept::NeedsRoom => cache.make_room(json.len(), at(second), spared).unwrap() && put() == Kept::Yes,
        kept => kept == Kept::Yes,
    }
}

fn is_there(cache: &CacheFile, query: &str) -> bool {
    get(cache, &keys(1), query).is_some()
}

/// JSON of one of several sizes, up to some pages.
fn json(number: i64) -> Vec<u8> {
    let size = [300, 900, 1_500, 2_500, 6_000, 13_000][usize::try_from(number % 6).unwrap()];
    vec![b'7'; size]
}

#[test]
fn s29_of_20_000_answers_no_more_than_the_cap_is_ever_on_disk_and_the_latest_stay() {
    let dir = tempfile::tempdir().unwrap();
    let cache = open_small(dir.path());
    let mut most = 0;
    for number in 0..20_000 {
        let query = number.to_string();
        assert!(
            keep(&cache, &query, &json(number), number, &Spared::default()),
            "{number}"
        );
        most = most.max(taken(dir.path()));
        let wal = std::fs::metadata(dir.path().join("cache.sqlite3-wal"))
            .unwrap()
            .len();
        assert!(wal < Budget::of(CAP).written_back(), "{wal} bytes after {number}");
    }
    assert!(most <= CAP, "{most} bytes");
    assert!(most > CAP * 3 / 5, "only {most} bytes are made use of");

    let there: Vec<i64> = (0..20_000)
        .filter(|number| is_there(&cache, &number.to_string()))
        .collect();
    assert_eq!(there.last(), Some(&19_999));
    let first = there[0];
    assert!(there.len() > 80, "{} answers", there.len());
    assert_eq!(
        there,
        (first..20_000).collect::<Vec<_>>(),
        "the latest, without a gap"
    );
}

#[test]
fn s29_what_was_read_longest_ago_goes_first_whether_or_not_that_was_written_down() {
    for minutes in [0, 2] {
        let dir = tempfile::tempdir().unwrap();
        let cache = open_small(dir.path());
        for number in 0..20 {
            assert!(keep(
                &cache,
                &number.to_string(),
                &[7; 1_500],
                number,
                &Spared::default()
            ));
        }
        // With two minutes, a later reading writes this one down.
        cache.touch(keys(1).cache(), "3", at(30)).unwrap();
        cache.touch(keys(1).cache(), "4", at(30 + 60 * minutes)).unwrap();
        let mut number = 31 + 60 * minutes;
        while is_there(&cache, "5") {
            assert!(keep(
                &cache,
                &number.to_string(),
                &[7; 1_500],
                number,
                &Spared::default()
            ));
            number += 1;
        }
        for gone in [0, 1, 2, 5] {
            assert!(
                !is_there(&cache, &gone.to_string()),
                "{gone}, of {minutes} minutes"
            );
        }
        for stays in [3, 4] {
            assert!(
                is_there(&cache, &stays.to_string()),
                "{stays}, of {minutes} minutes"
            );
        }
    }
}

#[test]
fn s29_what_is_spared_stays_however_old_and_what_is_no_longer_goes() {
    let dir = tempfile::tempdir().unwrap();
    let cache = open_small(dir.path());
    let names: Vec<String> = (0..30).map(|number| format!("spared {number}")).collect();
    let spared = Spared::of(keys(1).cache(), names.clone());
    for name in &names {
        assert!(keep(&cache, name, &[7; 1_500], 0, &spared));
    }
    // Another account's row of the same name is not meant.
    put(&cache, &keys(2), &names[0], &[7; 1_500]);
    let fill = |from: i64, spared: &Spared| {
        for number in from..from + 2_000 {
            assert!(keep(&cache, &number.to_string(), &[7; 1_500], number, spared));
        }
    };
    fill(1, &spared);
    assert!(names.iter().all(|name| is_there(&cache, name)));
    assert_eq!(get(&cache, &keys(2), &names[0]), None);
    fill(2_001, &Spared::default());
    assert!(!names.iter().any(|name| is_there(&cache, name)));
}

#[test]
fn s29_when_all_of_it_is_spared_what_is_new_is_not_kept_and_nothing_goes() {
    let dir = tempfile::tempdir().unwrap();
    let cache = open_small(dir.path());
    let names: Vec<String> = (0..400).map(|number| number.to_string()).collect();
    let spared = Spared::of(keys(1).cache(), names.clone());
    let kept: Vec<&String> = names
        .iter()
        .filter(|name| keep(&cache, name, &[7; 3_000], 0, &spared))
        .collect();
    assert!(kept.len() < 200, "{}", kept.len());
    assert!(kept.iter().all(|name| is_there(&cache, name)));
    assert!(taken(dir.path()) <= CAP);
}

#[test]
fn s29_an_answer_too_large_is_not_kept_and_the_one_before_stays() {
    let dir = tempfile::tempdir().unwrap();
    let cache = open_small(dir.path());
    let most = usize::try_from(Budget::of(CAP).answer()).unwrap() - crate::store::seal::OVERHEAD;
    assert!(keep(&cache, "vehicles", &vec![1; most], 0, &Spared::default()));
    assert!(!keep(
        &cache,
        "vehicles",
        &vec![2; most + 1],
        1,
        &Spared::default()
    ));
    assert_eq!(get(&cache, &keys(1), "vehicles"), Some(vec![1; most]));
}

#[test]
fn s29_the_largest_answers_one_after_another_stay_under_the_cap() {
    let dir = tempfile::tempdir().unwrap();
    let cache = open_small(dir.path());
    let largest = usize::try_from(Budget::of(CAP).answer()).unwrap() - crate::store::seal::OVERHEAD;
    for number in 0..200 {
        // In turn with small ones, many of which go for a large one.
        for small in 0..20 {
            let query = format!("{number}/{small}");
            assert!(keep(&cache, &query, &[7; 400], number, &Spared::default()));
        }
        assert!(keep(
            &cache,
            &number.to_string(),
            &vec![7; largest],
            number,
            &Spared::default()
        ));
        let taken = taken(dir.path());
        assert!(taken <= CAP, "{taken} bytes after {number}");
    }
}

#[test]
fn s29_a_reader_that_stands_still_has_answers_not_kept_rather_than_the_wal_grow() {
    let dir = tempfile::tempdir().unwrap();
    let cache = open_small(dir.path());
    put(&cache, &keys(1), "first", &[7; 1_500]);
    // As another process does that is stopped in the middle of a read.
    let reader = rusqlite::Connection::open(dir.path().join("cache.sqlite3")).unwrap();
    let hold = |sql| reader.execute_batch(sql).unwrap();
    hold("BEGIN; SELECT count(*) FROM answer;");
    let mut kept = 0;
    for number in 0..1_000 {
        kept += u32::from(keep(
            &cache,
            &number.to_string(),
            &[7; 1_500],
            number,
            &Spared::default(),
        ));
        cache.touch(keys(1).cache(), "first", at(100 * number)).unwrap();
        let _ = cache
            .confirm(keys(1).cache(), "first", E1, at(number), 0)
            .unwrap();
        assert!(taken(dir.path()) <= CAP);
    }
    assert!((5..500).contains(&kept), "{kept}");
    assert!(is_there(&cache, "first"), "what is there is read");
    hold("COMMIT");
    for number in 2_000..3_000 {
        assert!(keep(
            &cache,
            &number.to_string(),
            &[7; 1_500],
            number,
            &Spared::default()
        ));
        assert!(taken(dir.path()) <= CAP);
    }
}

#[test]
fn s29_a_file_made_under_a_larger_cap_is_made_smaller_step_by_step() {
    let dir = tempfile::tempdir().unwrap();
    let cache = open_unsynced(dir.path(), 5 * CAP);
    for number in 0..1_500 {
        assert!(keep(
            &cache,
            &number.to_string(),
            &[7; 1_500],
            number,
            &Spared::default()
        ));
    }
    cache.close();
    assert!(taken(dir.path()) > 2 * CAP);

    let cache = open_small(dir.path());
    let spared = Spared::of(keys(1).cache(), ["0".to_owned()]);
    assert!(cache.is_above_cap().unwrap());
    let mut steps = 0;
    while cache.trim(at(1_500), &spared).unwrap() {
        steps += 1;
        assert!(steps < 5_000);
    }
    assert!(steps > 20, "{steps}");
    assert!(!cache.is_above_cap().unwrap());
    assert!(taken(dir.path()) <= CAP);
    assert!(is_there(&cache, "0") && is_there(&cache, "1499"));
    assert!(!is_there(&cache, "1") && !is_there(&cache, "700"));
}

#[test]
fn s29_one_step_gives_back_as_many_pages_as_it_is_asked_to() {
    let dir = tempfile::tempdir().unwrap();
    let cache = open_unsynced(dir.path(), 5 * CAP);
    for number in 0..1_000 {
        let query = number.to_string();
        assert!(keep(&cache, &query, &[7; 1_500], number, &Spared::default()));
    }
    execute(&cache, "DELETE FROM answer");
    let pages = || {
        let pages = cache.database().with(|connection| Ok(Pages::of(connection)?));
        pages.unwrap().all
    };
    let (before, main) = (pages(), dir.path().join("cache.sqlite3"));
    for asked in [1, 64] {
        let full = pages();
        cache
            .database()
            .with(|connection| Ok(evict::vacuum(connection, asked)?))
            .unwrap();
        assert_eq!(pages(), full - u64::try_from(asked).unwrap());
    }
    // What is left of it when it is closed is the file.
    cache.close();
    let bytes = std::fs::metadata(main).unwrap().len();
    assert_eq!(bytes, (before - 65) * cap::PAGE);
}

#[test]
fn s29_two_clients_of_one_file_keep_it_under_the_cap_together() {
    let dir = tempfile::tempdir().unwrap();
    let (one, two) = (open_small(dir.path()), open_small(dir.path()));
    for number in 0..2_000 {
        let cache = if number % 2 == 0 { &one } else { &two };
        assert!(keep(
            cache,
            &number.to_string(),
            &json(number),
            number,
            &Spared::default()
        ));
        assert!(taken(dir.path()) <= CAP);
    }
    assert!(is_there(&one, "1999") && is_there(&two, "1998"));
}

#[test]
fn s29_what_a_wrong_clock_read_does_not_stay_for_ever() {
    let dir = tempfile::tempdir().unwrap();
    let cache = open_small(dir.path());
    let year = 365 * 24 * 3_600;
    for number in 0..10 {
        assert!(keep(
            &cache,
            &format!("tomorrow {number}"),
            &[7; 1_500],
            year,
            &Spared::default()
        ));
    }
    for number in 0..2_000 {
        assert!(keep(
            &cache,
            &number.to_string(),
            &[7; 1_500],
            number,
            &Spared::default()
        ));
    }
    for number in 0..10 {
        assert!(!is_there(&cache, &format!("tomorrow {number}")), "{number}");
    }
}

#[test]
fn s12_what_a_full_cache_had_of_an_account_is_given_back_and_the_wal_stays_small() {
    let dir = tempfile::tempdir().unwrap();
    let cache = open_unsynced(dir.path(), 8 * CAP);
    put(&cache, &keys(2), "vehicles", b"of B");
    for number in 0..3_000 {
        assert!(keep(
            &cache,
            &number.to_string(),
            &[7; 1_500],
            number,
            &Spared::default()
        ));
    }
    let before = taken(dir.path());
    let is_over = AtomicBool::new(false);
    let most = std::thread::scope(|scope| {
        let watching = scope.spawn(|| {
            let mut most = 0;
            while !is_over.load(Ordering::Relaxed) {
                most = most.max(taken(dir.path()));
            }
            most
        });
        cache.remove_account(keys(1).cache()).unwrap();
        is_over.store(true, Ordering::Relaxed);
        watching.join().unwrap()
    });
    assert!(most <= 8 * CAP, "{most} bytes meanwhile");
    let pages = cache
        .database()
        .with(|connection| Ok(Pages::of(connection)?))
        .unwrap();
    assert!(!pages.is_any_free() && pages.all < 20, "{pages:?}");
    let after = taken(dir.path());
    assert!(
        before > 5 * CAP && after < 200_000,
        "{before} bytes, then {after}"
    );
    assert_eq!(get(&cache, &keys(2), "vehicles"), Some(b"of B".to_vec()));
}
