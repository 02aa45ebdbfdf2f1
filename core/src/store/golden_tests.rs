//! Files written by released versions are opened for ever after (scenario 33), and no schema changes unnoticed.
//!
//! `tests/golden/schema` holds, for each version of each file, its schema as text and a database with a few rows. When a
//! migration is added, `PMI_WRITE_GOLDEN=1 cargo test -p pmi-core golden` writes those of the new version, once; it never
//! replaces any. (That run may fail where it reads what is yet to be written; the next must not.) Commit them; the older
//! ones stay, and stay tested.

use std::path::{Path, PathBuf};

use super::durable::Chain;
use super::durable::{self, AccountState, DurableFile, NewAccount, Replaced};
use super::kind::Kind;
use super::seal::{seal_profile, seal_tokens, unseal_profile, unseal_tokens};
use super::test_support::{CountingRandom, account, at, keys, outbox_keys};
use super::{
    CacheFile, ChainId, DEFAULT_CAP, ItemState, NewAnswer, NewItem, cache, migrate, seal_outbox,
    unseal_outbox,
};

const ORIGIN: &str = "https://golden.example";
const GOLDEN_UID: [u8; 16] = [7; 16];
const GOLDEN_CHAIN: &str = "goldenaaaa";
/// The first version of the durable file with an outbox.
const WITH_OUTBOX: i64 = 2;

fn golden(kind: &Kind, version: i64, extension: &str) -> PathBuf {
    let name = kind.file_name.trim_end_matches(".sqlite3");
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/schema/{name}_v{version}.{extension}"))
}

/// Every table and index, as the file itself says it.
fn schema(file: &Path) -> String {
    let connection = rusqlite::Connection::open(file).unwrap();
    let sql = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC, name";
    let mut statement = connection.prepare(sql).unwrap();
    let parts: Vec<String> = statement
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let number = |name| {
        connection
            .pragma_query_value(None, name, |row| row.get::<_, i64>(0))
            .unwrap()
    };
    let head = format!(
        "-- application_id {:#x}, user_version {}, auto_vacuum {}\n",
        number("application_id"),
        number("user_version"),
        number("auto_vacuum")
    );
    parts.iter().fold(head, |text, part| format!("{text}\n{part};\n"))
}

/// Compares the schema this version writes with the golden one; writes what is missing when asked to.
fn check_schema(kind: &Kind, made: &Path) {
    let version = migrate::known(kind.migrations);
    let (text, file) = (golden(kind, version, "sql"), golden(kind, version, "sqlite3"));
    let now = schema(made);
    if std::env::var_os("PMI_WRITE_GOLDEN").is_some() {
        std::fs::create_dir_all(text.parent().unwrap()).unwrap();
        if !text.exists() {
            std::fs::write(&text, &now).unwrap();
        }
        if !file.exists() {
            std::fs::copy(made, &file).unwrap();
        }
    }
    let golden = std::fs::read_to_string(&text).unwrap_or_default();
    assert_eq!(
        golden, now,
        "a released schema never changes: add a migration, then see the top of this file"
    );
    assert!(
        file.exists(),
        "no database of version {version}: see the top of this file"
    );
}

/// A copy of the golden database of this version, in a folder of its own.
fn copy_of(kind: &Kind, version: i64) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::copy(golden(kind, version, "sqlite3"), dir.path().join(kind.file_name)).unwrap();
    dir
}

#[test]
fn s33_the_schema_of_the_cache_is_the_golden_one() {
    let dir = tempfile::tempdir().unwrap();
    let cache = CacheFile::open(dir.path(), DEFAULT_CAP, at(0)).unwrap().store;
    let random = CountingRandom::default();
    let first = NewAnswer {
        schema: 1,
        json: b"[1, 2]",
        fetched_at: at(1),
        etag: Some("\"golden\""),
        revision: 0,
    };
    let second = NewAnswer {
        json: b"[]",
        fetched_at: at(2),
        etag: None,
        ..first
    };
    for (number, answer) in [(1, first), (2, second)] {
        cache
            .put(keys(number).cache(), "vehicles", &answer, &random)
            .unwrap();
    }
    cache.close();
    check_schema(&cache::KIND, &dir.path().join("cache.sqlite3"));
}

#[test]
fn s33_the_schema_of_the_durable_file_is_the_golden_one() {
    let dir = tempfile::tempdir().unwrap();
    let random = CountingRandom::default();
    let durable = DurableFile::open(dir.path(), at(0), &random).unwrap().store;
    durable
        .remember_dialect(ORIGIN, r#"{"dialect":"v2"}"#, at(1))
        .unwrap();
    for number in [1, 2] {
        let new = NewAccount {
            id: account(number),
            origin: ORIGIN.to_owned(),
            person: durable.person(ORIGIN, i64::from(number)).unwrap(),
            secret_store: "file".to_owned(),
            session_key_name: format!("session-{number}"),
            outbox_key_name: format!("outbox-{number}"),
            generation: 1,
        };
        let tokens = seal_tokens(&keys(number), 1, b"first pair", &random).unwrap();
        let profile = seal_profile(&keys(number), b"a profile", &random).unwrap();
        durable
            .save_sign_in(&new, &tokens, &profile, AccountState::SignedOut, at(2))
            .unwrap();
    }
    let tokens = seal_tokens(&keys(2), 2, b"second pair", &random).unwrap();
    durable.replace_tokens(&account(2), 1, &tokens, at(3)).unwrap();
    let outbox = outbox_keys(2);
    let sealed = |column, plain| seal_outbox(&outbox, &GOLDEN_UID, column, plain, &random).unwrap();
    durable
        .outbox(&account(2), |tx| {
            let chain = Chain {
                id: ChainId::parse(GOLDEN_CHAIN).unwrap(),
                lane: Some(outbox.lane_hash(51)),
                subject: Some(outbox.subject_hash("booking", 7)),
                name: Some(sealed("name", b"7")),
            };
            tx.add_chain(&chain)?;
            tx.add_item(&NewItem {
                uid: GOLDEN_UID,
                chain: &chain.id,
                operation: outbox.operation_hash("golden"),
                command: &sealed("command", b"a command"),
                now: at(4),
            })
        })
        .unwrap();
    durable.close();
    check_schema(&durable::KIND, &dir.path().join("durable.sqlite3"));
}

#[test]
fn s33_each_released_cache_file_is_read() {
    for version in 1..=migrate::known(migrate::CACHE) {
        let dir = copy_of(&cache::KIND, version);
        let opened = CacheFile::open(dir.path(), DEFAULT_CAP, at(0)).unwrap();
        assert_eq!(opened.set_aside, None);
        let answer = opened.store.get(keys(1).cache(), "vehicles", 1).unwrap().unwrap();
        assert_eq!(&**answer.json, b"[1, 2]");
        assert_eq!(
            (answer.fetched_at, answer.etag.as_deref()),
            (at(1), Some("\"golden\""))
        );
    }
}

#[test]
fn s33_each_released_durable_file_is_read_and_goes_on() {
    for version in 1..=migrate::known(migrate::DURABLE) {
        let dir = copy_of(&durable::KIND, version);
        let opened = DurableFile::open(dir.path(), at(0), &CountingRandom::default()).unwrap();
        assert_eq!(opened.set_aside, None);
        let durable = opened.store;
        assert_eq!(
            durable.dialect(ORIGIN).unwrap(),
            Some((r#"{"dialect":"v2"}"#.to_owned(), at(1)))
        );
        let row = durable.current_account(ORIGIN).unwrap().unwrap();
        assert_eq!((row.id.clone(), row.state), (account(2), AccountState::SignedIn));
        assert_eq!(row.person, Some(durable.person(ORIGIN, 2).unwrap()));
        assert_eq!(
            &**unseal_profile(&keys(2), &row.profile.unwrap()).unwrap(),
            b"a profile"
        );
        let tokens = durable.tokens(&row.id).unwrap().unwrap();
        assert_eq!(
            &**unseal_tokens(&keys(2), 2, &tokens.sealed).unwrap(),
            b"second pair"
        );
        let (generation, previous) = tokens.previous.unwrap();
        assert_eq!(
            &**unseal_tokens(&keys(2), generation, &previous).unwrap(),
            b"first pair"
        );
        let doomed = durable.doomed_keys().unwrap();
        assert_eq!(
            doomed.iter().map(|key| key.name.as_str()).collect::<Vec<_>>(),
            ["session-1"]
        );
        assert_eq!(
            durable.replace_tokens(&row.id, 2, b"third", at(4)).unwrap(),
            Replaced::Saved(3)
        );
        let unsent = durable.outbox_since(&row.id, 0).unwrap();
        assert_eq!(
            unsent.len(),
            usize::from(version >= WITH_OUTBOX),
            "version {version}"
        );
        for write in unsent {
            assert_eq!(write.progress.state, ItemState::Queued);
            assert_eq!(write.chain.as_str(), GOLDEN_CHAIN);
            assert_eq!(
                &**unseal_outbox(&outbox_keys(2), &write.uid, "command", &write.command).unwrap(),
                b"a command"
            );
        }
    }
}
