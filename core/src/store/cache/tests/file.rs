//! Whatever is found in place of the file, and whatever fails.

use super::*;

#[test]
fn s31_noise_an_empty_file_or_somebody_elses_database_is_kept_aside_and_replaced() {
    let other = tempfile::NamedTempFile::new().unwrap();
    let program = rusqlite::Connection::open(other.path()).unwrap();
    program.execute_batch("CREATE TABLE theirs (x)").unwrap();
    let theirs = std::fs::read(other.path()).unwrap();
    let noisy_header = [&b"SQLite format 3\0"[..], &[0xff; 4096]].concat();
    for bad in [vec![], b"noise".repeat(1000), noisy_header, theirs] {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("cache.sqlite3"), &bad).unwrap();
        let opened = CacheFile::open(dir.path(), DEFAULT_CAP, at(0)).unwrap();
        let aside = opened.set_aside.clone().expect("reported");
        assert_eq!(std::fs::read(&aside).unwrap(), bad);
        put(&opened.store, &keys(1), "vehicles", b"x");
        drop(opened);
        let again = CacheFile::open(dir.path(), DEFAULT_CAP, at(1)).unwrap();
        assert_eq!(again.set_aside, None);
        assert_eq!(get(&again.store, &keys(1), "vehicles"), Some(b"x".to_vec()));
    }
}

#[test]
fn s31_a_missing_file_is_made_and_nothing_is_reported() {
    let dir = tempfile::tempdir().unwrap();
    let deep = dir.path().join("a/b");
    assert_eq!(
        CacheFile::open(&deep, DEFAULT_CAP, at(0)).unwrap().set_aside,
        None
    );
    std::fs::remove_file(deep.join("cache.sqlite3")).unwrap();
    assert_eq!(
        CacheFile::open(&deep, DEFAULT_CAP, at(0)).unwrap().set_aside,
        None
    );
}

#[test]
fn s31_only_the_two_newest_bad_files_are_kept() {
    let dir = tempfile::tempdir().unwrap();
    for second in 0..4 {
        std::fs::write(dir.path().join("cache.sqlite3"), format!("noise {second}")).unwrap();
        std::fs::write(dir.path().join("cache.sqlite3-wal"), "wal").unwrap();
        CacheFile::open(dir.path(), DEFAULT_CAP, at(second)).unwrap();
    }
    let bad: Vec<String> = names(dir.path())
        .into_iter()
        .filter(|name| name.contains(".bad-") && !name.ends_with("-wal"))
        .collect();
    assert_eq!(bad.len(), 2, "{bad:?}");
    assert_eq!(
        std::fs::read_to_string(dir.path().join(&bad[0])).unwrap(),
        "noise 2"
    );
    assert_eq!(
        std::fs::read_to_string(dir.path().join(&bad[1])).unwrap(),
        "noise 3"
    );
}

#[test]
fn s31_damage_met_later_is_reported_and_rebuild_starts_anew() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cache.sqlite3");
    let cache = open(dir.path());
    put(&cache, &keys(1), "vehicles", &[7; 20_000]);
    cache.close();
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[4096..].fill(0xff);
    std::fs::write(&path, &bytes).unwrap();

    let cache = open(dir.path());
    let error = cache.get(keys(1).cache(), "vehicles", 1).unwrap_err();
    assert!(matches!(&error, StoreError::Corrupt(_)), "{error}");
    let aside = cache.rebuild(at(1)).unwrap().expect("kept");
    assert_eq!(std::fs::read(aside).unwrap(), bytes);
    assert_eq!(get(&cache, &keys(1), "vehicles"), None);
    put(&cache, &keys(1), "vehicles", b"x");
    assert_eq!(get(&cache, &keys(1), "vehicles"), Some(b"x".to_vec()));
}

#[cfg(unix)]
#[test]
fn s31_of_two_that_rebuild_the_second_keeps_the_first_ones_file() {
    let dir = tempfile::tempdir().unwrap();
    let (one, two) = (open(dir.path()), open(dir.path()));
    assert!(one.rebuild(at(1)).unwrap().is_some());
    put(&one, &keys(1), "vehicles", b"x");
    assert_eq!(two.rebuild(at(1)).unwrap(), None);
    assert_eq!(get(&two, &keys(1), "vehicles"), Some(b"x".to_vec()));
}

#[test]
fn s33_a_newer_file_is_refused_and_not_a_byte_of_it_changes() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cache.sqlite3");
    drop(open(dir.path()));
    // Once with the version in the main file, once with it still in the WAL.
    for checkpointed in [true, false] {
        let newer = rusqlite::Connection::open(&path).unwrap();
        newer
            .set_db_config(
                rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
                !checkpointed,
            )
            .unwrap();
        newer
            .pragma_update(None, "user_version", if checkpointed { 7 } else { 8 })
            .unwrap();
        drop(newer);
        let before = (
            std::fs::read(&path).unwrap(),
            std::fs::read(dir.path().join("cache.sqlite3-wal")).ok(),
        );
        let error = CacheFile::open(dir.path(), DEFAULT_CAP, at(0)).unwrap_err();
        assert!(
            matches!(
                &error,
                StoreError::Newer {
                    found: 7 | 8,
                    known: 2,
                    ..
                }
            ),
            "{error}"
        );
        let after = (
            std::fs::read(&path).unwrap(),
            std::fs::read(dir.path().join("cache.sqlite3-wal")).ok(),
        );
        assert!(before == after, "changed");
        if checkpointed {
            let older = rusqlite::Connection::open(&path).unwrap();
            older.pragma_update(None, "user_version", 2).unwrap();
        }
    }
}

#[test]
fn s34_after_close_no_file_is_open_and_no_call_opens_one() {
    let dir = tempfile::tempdir().unwrap();
    let cache = open(dir.path());
    put(&cache, &keys(1), "vehicles", b"x");
    cache.close();
    assert_eq!(
        names(dir.path()),
        ["CACHEDIR.TAG", "cache.sqlite3", "cache.sqlite3.lock"]
    );
    assert!(matches!(
        cache.get(keys(1).cache(), "vehicles", 1),
        Err(StoreError::Closed(_))
    ));
    assert_eq!(
        Error::from(cache.remove(keys(1).cache(), "vehicles").unwrap_err()),
        Error::Closed
    );
    assert_eq!(
        names(dir.path()),
        ["CACHEDIR.TAG", "cache.sqlite3", "cache.sqlite3.lock"]
    );
}

#[test]
fn s34_while_suspended_no_call_opens_the_file_and_afterwards_all_is_there() {
    let dir = tempfile::tempdir().unwrap();
    let cache = open(dir.path());
    put(&cache, &keys(1), "vehicles", b"x");
    cache.suspend();
    cache.suspend();
    let closed = ["CACHEDIR.TAG", "cache.sqlite3", "cache.sqlite3.lock"];
    assert_eq!(names(dir.path()), closed);
    let refused = cache.get(keys(1).cache(), "vehicles", 1).map(drop).unwrap_err();
    assert_eq!(Error::from(refused), Error::Suspended);
    assert_eq!(cache.rebuild(at(1)).unwrap(), None);
    assert_eq!(names(dir.path()), closed);
    cache.resume(at(2)).unwrap();
    cache.resume(at(2)).unwrap();
    assert_eq!(get(&cache, &keys(1), "vehicles"), Some(b"x".to_vec()));

    cache.suspend();
    std::fs::write(dir.path().join("cache.sqlite3"), b"noise").unwrap();
    cache.resume(at(3)).unwrap();
    assert_eq!(get(&cache, &keys(1), "vehicles"), None);
    cache.suspend();
    cache.close();
    assert!(matches!(cache.resume(at(4)), Err(StoreError::Closed(_))));
    cache.suspend();
    assert!(matches!(cache.resume(at(4)), Err(StoreError::Closed(_))));
}

#[test]
fn s34_a_file_that_is_well_when_it_goes_on_is_not_replaced_whatever_was_before() {
    let dir = tempfile::tempdir().unwrap();
    let (path, aside) = (dir.path().join("cache.sqlite3"), dir.path().join("aside"));
    let cache = open(dir.path());
    put(&cache, &keys(1), "vehicles", b"x");
    // It is looked for where something else is, and not found.
    cache.suspend();
    std::fs::rename(&path, &aside).unwrap();
    std::fs::create_dir(&path).unwrap();
    cache.resume(at(1)).unwrap();
    cache.suspend();
    std::fs::remove_dir(&path).unwrap();
    std::fs::rename(&aside, &path).unwrap();
    cache.resume(at(2)).unwrap();
    let later = NewAnswer {
        fetched_at: at(100),
        ..answer(b"y")
    };
    put_answer(&cache, &keys(1), "bookings", &later);
    assert_eq!(get(&cache, &keys(1), "vehicles"), Some(b"x".to_vec()));
    let bad = names(dir.path()).iter().any(|name| name.contains(".bad-"));
    assert!(!bad, "{:?}", names(dir.path()));
}

#[test]
fn s34_a_file_that_cannot_be_had_when_it_goes_on_is_lacking_until_it_can() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cache.sqlite3");
    let cache = open(dir.path());
    put(&cache, &keys(1), "vehicles", b"x");
    cache.suspend();
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    cache.resume(at(1)).unwrap();
    let lacking = cache.get(keys(1).cache(), "vehicles", 1).map(drop);
    assert!(matches!(lacking, Err(StoreError::Corrupt(_))), "{lacking:?}");
    std::fs::remove_dir(&path).unwrap();
    let random = CountingRandom::default();
    let put = |second| {
        let of = NewAnswer {
            fetched_at: at(second),
            ..answer(b"y")
        };
        cache.put(keys(1).cache(), "bookings", &of, &random)
    };
    assert!(put(2).is_err());
    assert!(!path.exists(), "not each time");
    assert_eq!(put(62), Ok(Kept::Yes));
    assert_eq!(get(&open(dir.path()), &keys(1), "bookings"), Some(b"y".to_vec()));
}

#[test]
fn s33_a_newer_file_that_is_found_when_it_goes_on_is_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cache.sqlite3");
    let cache = open(dir.path());
    cache.suspend();
    let newer = rusqlite::Connection::open(&path).unwrap();
    newer.pragma_update(None, "user_version", 7).unwrap();
    newer.close().unwrap();
    let before = std::fs::read(&path).unwrap();
    cache.resume(at(1)).unwrap();
    let put = cache.put(
        keys(1).cache(),
        "vehicles",
        &NewAnswer {
            fetched_at: at(62),
            ..answer(b"x")
        },
        &CountingRandom::default(),
    );
    assert!(matches!(put, Err(StoreError::Newer { .. })), "{put:?}");
    cache.close();
    assert!(std::fs::read(&path).unwrap() == before, "changed");
}

#[test]
fn a_path_that_is_a_file_says_so() {
    let file = tempfile::NamedTempFile::new().unwrap();
    for path in [file.path().to_owned(), file.path().join("deeper")] {
        let error = Error::from(CacheFile::open(&path, DEFAULT_CAP, at(0)).unwrap_err());
        let Error::Storage {
            why: StorageFault::CannotOpen,
            reason,
        } = &error
        else {
            panic!("{error:?}")
        };
        assert!(
            reason.starts_with("the cache folder /") && reason.contains("choose a folder"),
            "{reason}"
        );
    }
}

#[test]
fn a_folder_in_place_of_the_file_says_so() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("cache.sqlite3")).unwrap();
    let error = CacheFile::open(dir.path(), DEFAULT_CAP, at(0)).unwrap_err();
    assert!(matches!(&error, StoreError::CannotOpen(..)), "{error}");
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_any_of_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("cache");
    let cache = open(&dir);
    put(&cache, &keys(1), "vehicles", b"x");
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&dir), 0o700);
    let files = names(&dir);
    assert!(files.contains(&"cache.sqlite3-wal".to_owned()), "{files:?}");
    for file in files {
        assert_eq!(mode(&dir.join(&file)), 0o600, "{file}");
    }
}

#[test]
fn s30_a_full_file_refuses_the_write_and_still_reads() {
    let dir = tempfile::tempdir().unwrap();
    let cache = open(dir.path());
    put(&cache, &keys(1), "vehicles", b"x");
    cache
        .database()
        .with(|connection| {
            let pages: i64 = connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
            Ok(connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?)
        })
        .unwrap();
    let random = CountingRandom::default();
    let error = cache
        .put(keys(1).cache(), "big", &answer(&[0; 100_000]), &random)
        .unwrap_err();
    assert!(matches!(&error, StoreError::Full(_)), "{error}");
    assert_eq!(get(&cache, &keys(1), "vehicles"), Some(b"x".to_vec()));
}

#[test]
fn s30_a_read_only_file_still_reads_what_it_has() {
    let dir = tempfile::tempdir().unwrap();
    let cache = open(dir.path());
    put(&cache, &keys(1), "vehicles", b"x");
    execute(&cache, "PRAGMA query_only = on");
    assert_eq!(get(&cache, &keys(1), "vehicles"), Some(b"x".to_vec()));
    assert!(cache.get(keys(1).cache(), "vehicles", 2).unwrap().is_none());
    assert!(matches!(
        cache.confirm(keys(1).cache(), "vehicles", E1, at(1), 0),
        Err(StoreError::ReadOnly(_))
    ));
}

/// Something that is asked of a cache.
type Call = fn(&CacheFile) -> Result<(), StoreError>;

const CALLS: [(&str, Call); 9] = [
    ("get", |cache| cache.get(keys(1).cache(), "0", 1).map(drop)),
    ("put", |cache| {
        let random = CountingRandom::default();
        let put = cache.put(keys(1).cache(), "new", &answer(b"x"), &random);
        put.map(drop)
    }),
    ("touch", |cache| cache.touch(keys(1).cache(), "0", at(61))),
    ("confirm", |cache| {
        cache.confirm(keys(1).cache(), "0", E1, at(1), 0).map(drop)
    }),
    ("make room", |cache| {
        cache.make_room(30_000, at(1), &Spared::default()).map(drop)
    }),
    ("trim", |cache| cache.trim(at(1), &Spared::default()).map(drop)),
    ("remove", |cache| cache.remove(keys(1).cache(), "0")),
    ("remove an account's", |cache| {
        cache.remove_account(keys(1).cache())
    }),
    ("remove all", CacheFile::clear),
];

#[test]
fn s31_whatever_meets_the_damage_says_so_and_goes_on_in_a_file_made_anew() {
    for (name, call) in CALLS {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("cache.sqlite3");
        let larger = CacheFile::open(dir.path(), 2 * CAP, at(0)).unwrap().store;
        execute(&larger, "PRAGMA synchronous = off");
        for number in 0..400 {
            put(&larger, &keys(1), &number.to_string(), &[7; 1_500]);
        }
        larger.close();
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[4096..].fill(0xff);
        std::fs::write(&path, &bytes).unwrap();

        let is_too_full = ["make room", "trim"].contains(&name);
        let cap = if is_too_full { CAP } else { 2 * CAP };
        let cache = CacheFile::open(dir.path(), cap, at(0)).unwrap().store;
        let met = call(&cache);
        assert!(matches!(&met, Err(StoreError::Corrupt(_))), "{name}: {met:?}");
        assert!(cache.rebuild(at(1)).unwrap().is_some(), "{name}");
        call(&cache).unwrap();
        put(&cache, &keys(1), "vehicles", b"x");
        assert_eq!(get(&cache, &keys(1), "vehicles"), Some(b"x".to_vec()), "{name}");
    }
}

#[test]
fn s31_a_file_that_is_damaged_again_at_once_is_left_alone_for_a_minute() {
    let dir = tempfile::tempdir().unwrap();
    let cache = open(dir.path());
    assert!(cache.rebuild(at(100)).unwrap().is_some());
    for second in 101..160 {
        assert_eq!(cache.rebuild(at(second)).unwrap(), None);
    }
    assert!(cache.rebuild(at(160)).unwrap().is_some());
    // A clock set back does not make it wait longer.
    assert!(cache.rebuild(at(10)).unwrap().is_some());
    cache.close();
    assert_eq!(cache.rebuild(at(1_000)).unwrap(), None);
    let error = cache.get(keys(1).cache(), "vehicles", 1).unwrap_err();
    assert!(matches!(error, StoreError::Closed(_)), "{error}");
}

#[cfg(unix)]
#[test]
fn s31_a_file_that_is_gone_from_under_its_name_is_made_anew_before_anything_is_stored() {
    type Loss = fn(&Path);
    let losses: [(&str, Loss, bool); 4] = [
        ("the folder", |dir| std::fs::remove_dir_all(dir).unwrap(), false),
        (
            "the file",
            |dir| std::fs::remove_file(dir.join("cache.sqlite3")).unwrap(),
            true,
        ),
        (
            "its WAL",
            |dir| std::fs::remove_file(dir.join("cache.sqlite3-wal")).unwrap(),
            true,
        ),
        (
            "another's",
            |dir| {
                let other = open(dir);
                other.rebuild(at(0)).unwrap();
                put(&other, &keys(1), "of the other", b"y");
                other.close();
            },
            true,
        ),
    ];
    for (name, lose, is_set_aside) in losses {
        for second in [1, 70] {
            let parent = tempfile::tempdir().unwrap();
            let dir = parent.path().join("cache");
            let cache = open(&dir);
            put(&cache, &keys(1), "vehicles", b"x");
            lose(&dir);
            // Storing notices, and so does a reading that is written down.
            if second == 70 {
                cache.touch(keys(1).cache(), "vehicles", at(second)).unwrap();
            }
            put(&cache, &keys(1), "bookings", b"y");
            let again = open(&dir);
            assert_eq!(get(&again, &keys(1), "bookings"), Some(b"y".to_vec()), "{name}");
            if name == "another's" {
                assert_eq!(get(&cache, &keys(1), "of the other"), Some(b"y".to_vec()));
            }
            let bad = names(&dir).iter().any(|name| name.contains(".bad-"));
            assert_eq!(bad, is_set_aside, "{name}: {:?}", names(&dir));
        }
    }
}

#[cfg(unix)]
#[test]
fn s31_a_file_that_cannot_be_made_anew_is_tried_again_later() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("cache");
    let cache = open(&dir);
    std::fs::remove_dir_all(&dir).unwrap();
    std::fs::write(&dir, b"in the way").unwrap();
    let random = CountingRandom::default();
    let of = |second| NewAnswer {
        fetched_at: at(second),
        ..answer(b"x")
    };
    let put = |second| cache.put(keys(1).cache(), "vehicles", &of(second), &random);
    let error = put(1).unwrap_err();
    assert!(matches!(&error, StoreError::CannotOpen(..)), "{error}");
    std::fs::remove_file(&dir).unwrap();
    let _ = put(2);
    assert!(!dir.exists(), "not each time");
    assert_eq!(put(62), Ok(Kept::Yes));
    assert_eq!(get(&open(&dir), &keys(1), "vehicles"), Some(b"x".to_vec()));
}
