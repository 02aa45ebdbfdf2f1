//! Whatever is found in place of the file.

use super::*;

#[test]
fn s32_a_damaged_file_is_kept_aside_whole_and_reported() {
    for bad in [
        vec![],
        b"noise".repeat(1000),
        [&b"SQLite format 3\0"[..], &[0xff; 84]].concat(),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("durable.sqlite3");
        std::fs::write(&path, &bad).unwrap();
        std::fs::write(dir.path().join("durable.sqlite3-wal"), "its wal").unwrap();
        let result = DurableFile::open(dir.path(), at(0), &CountingRandom::default());
        let Ok(opened) = result else {
            // A header that names another program is not ours to move.
            assert!(bad.starts_with(b"SQLite"), "{result:?}");
            assert_eq!(std::fs::read(&path).unwrap(), bad);
            continue;
        };
        let aside = opened.set_aside.expect("reported");
        assert_eq!(std::fs::read(&aside).unwrap(), bad);
        let wal = format!("{}-wal", aside.display());
        assert_eq!(std::fs::read(wal).unwrap(), b"its wal");
        sign_in(&opened.store, 1, 1);
    }
}

#[test]
fn s32_damage_in_what_every_start_needs_is_found_at_the_start() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("durable.sqlite3");
    sign_in(&open(dir.path()), 1, 1);
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[4096..].fill(0xff);
    std::fs::write(&path, &bytes).unwrap();
    let opened = DurableFile::open(dir.path(), at(7), &CountingRandom::default()).unwrap();
    assert_eq!(std::fs::read(opened.set_aside.unwrap()).unwrap(), bytes);
    assert!(opened.store.current_account(ORIGIN).unwrap().is_none());
}

#[test]
fn s32_a_wal_without_its_file_is_not_replayed_into_a_new_one() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    sign_in(&durable, 1, 1);
    let wal = std::fs::read(dir.path().join("durable.sqlite3-wal")).unwrap();
    drop(durable);
    std::fs::remove_file(dir.path().join("durable.sqlite3")).unwrap();
    std::fs::write(dir.path().join("durable.sqlite3-wal"), &wal).unwrap();
    let opened = DurableFile::open(dir.path(), at(0), &CountingRandom::default()).unwrap();
    assert!(opened.set_aside.is_some());
    assert!(opened.store.current_account(ORIGIN).unwrap().is_none());
}

#[test]
fn s33_a_newer_file_is_refused_and_a_foreign_one_too() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("durable.sqlite3");
    drop(open(dir.path()));
    for (sql, newer) in [
        ("PRAGMA user_version = 99", true),
        ("PRAGMA application_id = 5", false),
    ] {
        rusqlite::Connection::open(&path)
            .unwrap()
            .execute_batch(sql)
            .unwrap();
        let before = std::fs::read(&path).unwrap();
        let error = DurableFile::open(dir.path(), at(0), &CountingRandom::default()).unwrap_err();
        let right = match &error {
            StoreError::Newer {
                found: 99, known: 3, ..
            } => newer,
            StoreError::CannotOpen(_, reason) => !newer && reason.contains("another program"),
            _ => false,
        };
        assert!(right, "{error}");
        assert!(std::fs::read(&path).unwrap() == before, "changed");
        assert!(!names(dir.path()).iter().any(|name| name.contains("bad")));
    }
}

#[test]
fn s33_a_kill_while_the_file_is_made_leaves_nothing_half_made() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("durable.sqlite3.new"), "half of one").unwrap();
    std::fs::write(dir.path().join("durable.sqlite3.new-journal"), "its journal").unwrap();
    let opened = DurableFile::open(dir.path(), at(0), &CountingRandom::default()).unwrap();
    assert_eq!(opened.set_aside, None);
    sign_in(&opened.store, 1, 1);
    assert!(!names(dir.path()).iter().any(|name| name.contains(".new")));
}

#[test]
fn many_that_open_a_missing_file_at_once_share_one() {
    let dir = tempfile::tempdir().unwrap();
    let people: Vec<[u8; 32]> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    let random = crate::ports::SystemRandom::new();
                    let opened = DurableFile::open(dir.path(), at(0), &random).unwrap();
                    assert_eq!(opened.set_aside, None);
                    opened.store.person(ORIGIN, 1).unwrap()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(people.iter().all(|person| *person == people[0]));
}

#[test]
fn what_is_accepted_is_fsynced() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    let pragma = |name: &str| -> i64 {
        durable
            .database()
            .with(|connection| Ok(connection.pragma_query_value(None, name, |row| row.get(0))?))
            .unwrap()
    };
    let settings = [
        "synchronous",
        "fullfsync",
        "checkpoint_fullfsync",
        "foreign_keys",
        "secure_delete",
    ];
    assert_eq!(settings.map(pragma), [2, 1, 1, 1, 1]);
    assert_eq!(pragma("busy_timeout"), 5000);
}
