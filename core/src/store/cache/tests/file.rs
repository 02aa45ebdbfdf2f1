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
        let opened = CacheFile::open(dir.path(), at(0)).unwrap();
        let aside = opened.set_aside.clone().expect("reported");
        assert_eq!(std::fs::read(&aside).unwrap(), bad);
        put(&opened.store, &keys(1), "vehicles", b"x");
        drop(opened);
        let again = CacheFile::open(dir.path(), at(1)).unwrap();
        assert_eq!(again.set_aside, None);
        assert_eq!(get(&again.store, &keys(1), "vehicles"), Some(b"x".to_vec()));
    }
}

#[test]
fn s31_a_missing_file_is_made_and_nothing_is_reported() {
    let dir = tempfile::tempdir().unwrap();
    let deep = dir.path().join("a/b");
    assert_eq!(CacheFile::open(&deep, at(0)).unwrap().set_aside, None);
    std::fs::remove_file(deep.join("cache.sqlite3")).unwrap();
    assert_eq!(CacheFile::open(&deep, at(0)).unwrap().set_aside, None);
}

#[test]
fn s31_only_the_two_newest_bad_files_are_kept() {
    let dir = tempfile::tempdir().unwrap();
    for second in 0..4 {
        std::fs::write(dir.path().join("cache.sqlite3"), format!("noise {second}")).unwrap();
        std::fs::write(dir.path().join("cache.sqlite3-wal"), "wal").unwrap();
        CacheFile::open(dir.path(), at(second)).unwrap();
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
        let error = CacheFile::open(dir.path(), at(0)).unwrap_err();
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
fn a_path_that_is_a_file_says_so() {
    let file = tempfile::NamedTempFile::new().unwrap();
    for path in [file.path().to_owned(), file.path().join("deeper")] {
        let error = Error::from(CacheFile::open(&path, at(0)).unwrap_err());
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
    let error = CacheFile::open(dir.path(), at(0)).unwrap_err();
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
        cache.confirm(keys(1).cache(), "vehicles", at(1), 0),
        Err(StoreError::ReadOnly(_))
    ));
}
