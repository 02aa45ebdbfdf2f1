//! A real file, each of its pages damaged in turn, in each way.

use std::collections::BTreeMap;

use super::*;
use crate::store::test_support::outbox_keys;
use crate::store::{Chain, ChainId, ItemState, NewItem, OutboxRow, seal_outbox, unseal_outbox};

/// So many that tables and indexes have inner pages.
const WRITES: u16 = 150;

/// Of these, the first are done.
const DONE: i64 = 20;

fn uid(number: u16) -> [u8; 16] {
    let mut uid = [0; 16];
    uid[..2].copy_from_slice(&number.to_be_bytes());
    uid
}

fn chain_id(number: u16) -> ChainId {
    let letter = |digit: u16| char::from(b'a' + u8::try_from(digit % 26).unwrap());
    let name: String = (0..3).map(|place| letter(number / 26_u16.pow(place))).collect();
    ChainId::parse(&format!("chain{name}aa")).unwrap()
}

fn command(number: u16) -> Vec<u8> {
    // One in ten is too long for a page.
    let notes = if number % 10 == 9 { 9000 } else { 150 };
    format!("{number}:{}", "n".repeat(notes)).into_bytes()
}

/// A file with two who signed in, the second of whom has written much.
fn busy_file() -> tempfile::TempDir {
    let dir = folder();
    let durable = open(dir.path());
    sign_in(&durable, 1, 1);
    sign_in(&durable, 2, 1);
    let (keys, random) = (outbox_keys(2), CountingRandom::default());
    durable
        .outbox(&account(2), |tx| -> Result<(), StoreError> {
            for number in 0..WRITES {
                let id = chain_id(number / 2);
                if number % 2 == 0 {
                    let subject = Some(keys.subject_hash("booking", i64::from(number)));
                    tx.add_chain(&Chain {
                        id: id.clone(),
                        lane: Some(keys.lane_hash(51)),
                        subject,
                        name: Some(seal_outbox(&keys, id.as_str().as_bytes(), "name", b"7", &random)?),
                    })?;
                }
                let seq = tx.add_item(&NewItem {
                    uid: uid(number),
                    chain: &id,
                    operation: keys.operation_hash(&number.to_string()),
                    command: &seal_outbox(&keys, &uid(number), "command", &command(number), &random)?,
                    now: at(5),
                })?;
                if seq <= DONE {
                    let row = tx.item(seq)?.unwrap();
                    let progress = crate::store::Progress {
                        state: ItemState::Done,
                        revision: tx.next_revision()?,
                        ..row.progress
                    };
                    tx.save(seq, &progress, at(6))?;
                }
            }
            Ok(())
        })
        .unwrap();
    durable.close();
    dir
}

/// What each page is of, and how many rows go with it.
fn pages(file: &Path) -> BTreeMap<usize, (String, String, usize)> {
    let connection = rusqlite::Connection::open(file).unwrap();
    let sql = "SELECT dbstat.pageno, dbstat.name, coalesce(tbl_name, dbstat.name), pagetype, ncell
               FROM dbstat LEFT JOIN sqlite_schema ON sqlite_schema.name = dbstat.name";
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| {
        let (name, table): (String, String) = (row.get(1)?, row.get(2)?);
        let (page, kind, cells): (u32, String, u32) = (row.get(0)?, row.get(3)?, row.get(4)?);
        let lost = match kind.as_str() {
            _ if name != table => 0,
            "leaf" => cells as usize,
            "overflow" => 1,
            _ => 0,
        };
        Ok((page as usize, (name, kind, lost)))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

#[derive(Debug, Clone, Copy)]
enum Damage {
    Zeros,
    Noise,
    Cut,
}

fn damage(bytes: &mut Vec<u8>, page: usize, how: Damage) {
    let at = (page - 1) * 4096;
    match how {
        Damage::Zeros => bytes[at..at + 4096].fill(0),
        Damage::Noise => {
            let mut word = page as u64;
            for byte in &mut bytes[at..at + 4096] {
                word = word.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e);
                *byte = word.to_be_bytes()[0];
            }
        }
        Damage::Cut => bytes.truncate(at),
    }
}

fn opens(row: &OutboxRow) -> bool {
    let number = u16::from_be_bytes([row.uid[0], row.uid[1]]);
    unseal_outbox(&outbox_keys(2), &row.uid, "command", &row.command)
        .is_some_and(|plain| **plain == command(number))
}

/// A new folder, in memory where there is such a place.
pub(super) fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap())
}

#[test]
fn s32_whatever_page_is_damaged_all_that_is_on_the_others_is_saved_and_told() {
    let whole = busy_file();
    let file = whole.path().join("durable.sqlite3");
    let bytes = std::fs::read(&file).unwrap();
    let pages = pages(&file);
    let open_writes = u32::from(WRITES) - u32::try_from(DONE).unwrap();
    assert!(
        pages
            .values()
            .any(|(name, kind, _)| name == "outbox" && kind == "internal")
    );
    assert!(pages.values().any(|(_, kind, _)| kind == "overflow"));
    let mut found_out = 0;
    for (&page, (name, kind, _)) in &pages {
        for how in [Damage::Zeros, Damage::Noise, Damage::Cut] {
            let what = format!("{how:?} of page {page}, {name} {kind}");
            let mut bad = bytes.clone();
            damage(&mut bad, page, how);
            let dir = folder();
            let path = dir.path().join("durable.sqlite3");
            std::fs::write(&path, &bad).unwrap();
            let opened = DurableFile::open(dir.path(), at(9), &CountingRandom::default());
            let opened = opened.unwrap_or_else(|error| panic!("{error}: {what}"));
            let durable = opened.store;
            let told = durable.salvage().unwrap();
            assert_eq!(opened.set_aside.is_some(), told.is_some(), "{what}");
            let is_hit = |other: usize| other == page || (matches!(how, Damage::Cut) && other > page);
            let hit: Vec<_> = pages.iter().filter(|(other, _)| is_hit(**other)).collect();
            let lost_of = |table: &str| -> usize {
                let of_it = hit.iter().filter(|(_, (name, _, _))| name == table);
                of_it.map(|(_, (_, _, lost))| lost).sum()
            };
            let index_is_hit = hit
                .iter()
                .any(|(_, (name, _, _))| name == "sqlite_autoindex_origin_1");
            let account_is_lost = lost_of("account") > 0 || (lost_of("origin") > 0 && index_is_hit);
            let rows = durable.outbox_all(&account(2)).unwrap();
            let good = rows.iter().filter(|row| opens(row)).count();
            let least = if account_is_lost {
                0
            } else {
                usize::from(WRITES).saturating_sub(lost_of("outbox"))
            };
            assert!(good >= least, "{good} of {least}: {what}");
            let Some(told) = told else { continue };
            found_out += 1;
            assert_eq!(std::fs::read(opened.set_aside.unwrap()).unwrap(), bad, "{what}");
            match told.writes_lost {
                Some(lost) => assert!(told.writes_saved + lost >= open_writes, "{told:?}: {what}"),
                None => assert!(lost_of("sqlite_sequence") > 0, "{told:?}: {what}"),
            }
            if least == usize::from(WRITES) && kind != "leaf" && !matches!(how, Damage::Cut) {
                assert_eq!(
                    (told.writes_saved, told.writes_lost),
                    (open_writes, Some(0)),
                    "{what}"
                );
            }
            let session_kept = lost_of("token") == 0 && !account_is_lost;
            assert_eq!(told.session_kept, session_kept, "{what}");
            assert_eq!(
                durable.tokens(&account(2)).unwrap().is_some(),
                session_kept,
                "{what}"
            );
            assert!(
                rows.iter()
                    .all(|row| matches!(row.progress.state, ItemState::Unknown | ItemState::Done)),
                "nothing is sent again unseen: {what}"
            );
            if !account_is_lost {
                let current = durable.current_account(ORIGIN).unwrap().unwrap();
                assert_eq!(current.id, account(2), "{what}");
            }
            // A number of order is not given twice.
            sign_in(&durable, 3, 1);
            let next = durable.outbox(&account(3), |tx| {
                let id = ChainId::parse("afterwards").unwrap();
                tx.add_chain(&Chain {
                    id: id.clone(),
                    lane: None,
                    subject: None,
                    name: None,
                })?;
                tx.add_item(&NewItem {
                    uid: uid(999),
                    chain: &id,
                    operation: [9; 32],
                    command: b"x",
                    now: at(9),
                })
            });
            if lost_of("sqlite_sequence") == 0 {
                assert!(next.unwrap() > i64::from(WRITES), "{what}");
            }
            durable.salvage_seen().unwrap();
            assert_eq!(durable.salvage().unwrap(), None);
        }
    }
    assert!(
        found_out > 100,
        "of {} pages, {found_out} damages were found out",
        pages.len()
    );
}

#[test]
fn s32_a_kill_while_a_damaged_file_is_replaced_loses_nothing_of_what_was_saved() {
    let whole = busy_file();
    let path = whole.path().join("durable.sqlite3");
    let mut bytes = std::fs::read(&path).unwrap();
    damage(&mut bytes, 1, Damage::Zeros);
    std::fs::write(&path, &bytes).unwrap();
    let salvaged = whole.path().join("durable.sqlite3.salvaged");
    let random = CountingRandom::default();

    // Killed before the damaged one was moved: done again.
    std::fs::write(&salvaged, "an older try").unwrap();
    let opened = DurableFile::open(whole.path(), at(9), &random).unwrap();
    assert_eq!(
        opened.store.outbox_all(&account(2)).unwrap().len(),
        usize::from(WRITES)
    );
    opened.store.close();

    // Killed after it: the new one is whole and waits for its name.
    std::fs::rename(&path, &salvaged).unwrap();
    let opened = DurableFile::open(whole.path(), at(10), &random).unwrap();
    assert_eq!(
        opened.store.outbox_all(&account(2)).unwrap().len(),
        usize::from(WRITES)
    );
    assert!(opened.store.salvage().unwrap().is_some(), "told still");
    assert!(!salvaged.exists());
    opened.store.close();

    // Killed before it, and the damage was none: what was saved does not come back another day.
    let fresh = whole.path().join("durable.sqlite3.new");
    for left in [&salvaged, &fresh] {
        std::fs::write(left, "an older try").unwrap();
    }
    let opened = DurableFile::open(whole.path(), at(11), &random).unwrap();
    assert_eq!(opened.set_aside, None);
    assert!(!salvaged.exists() && !fresh.exists());
}

#[test]
fn s32_what_is_in_the_log_only_is_saved_too() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    sign_in(&durable, 1, 1);
    durable.replace_tokens(&account(1), 1, b"newer", at(2)).unwrap();
    let copy = tempfile::tempdir().unwrap();
    for name in ["durable.sqlite3", "durable.sqlite3-wal"] {
        std::fs::copy(dir.path().join(name), copy.path().join(name)).unwrap();
    }
    let path = copy.path().join("durable.sqlite3");
    let mut bytes = std::fs::read(&path).unwrap();
    damage(&mut bytes, 1, Damage::Zeros);
    std::fs::write(&path, &bytes).unwrap();
    let opened = DurableFile::open(copy.path(), at(9), &CountingRandom::default()).unwrap();
    assert!(opened.set_aside.is_some());
    let tokens = opened.store.tokens(&account(1)).unwrap().unwrap();
    assert_eq!((tokens.generation, tokens.sealed.as_slice()), (2, &b"newer"[..]));
    assert!(
        opened.store.outbox_revision(&account(1)).unwrap() > 1000,
        "what was settled in a log that is lost counts"
    );
}

#[test]
fn s32_where_nothing_was_ever_accepted_nothing_is_said_to_be_lost() {
    let dir = folder();
    let durable = open(dir.path());
    sign_in(&durable, 1, 1);
    durable.close();
    let path = dir.path().join("durable.sqlite3");
    let pages = pages(&path);
    let (page, _) = pages.iter().find(|(_, (name, _, _))| name == "lease").unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    damage(&mut bytes, *page, Damage::Zeros);
    std::fs::write(&path, &bytes).unwrap();
    let durable = open(dir.path());
    let told = durable.salvage().unwrap().unwrap();
    assert_eq!(
        (told.writes_saved, told.writes_lost, told.session_kept),
        (0, Some(0), true)
    );
}

#[test]
fn s32_what_two_salvages_in_a_row_have_lost_is_told_together_until_it_was_seen() {
    let dir = busy_file();
    let path = dir.path().join("durable.sqlite3");
    let lose = |is_lost: &dyn Fn(&str, &str) -> bool| {
        let pages = pages(&path);
        let (page, (_, _, rows)) = pages
            .iter()
            .find(|(_, (name, kind, _))| is_lost(name, kind))
            .unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        damage(&mut bytes, *page, Damage::Zeros);
        std::fs::write(&path, &bytes).unwrap();
        let durable = open(dir.path());
        let told = durable.salvage().unwrap().unwrap();
        (durable, told, u32::try_from(*rows).unwrap())
    };
    let leaf = |name: &str, kind: &str| name == "outbox" && kind == "leaf";
    // Done writes are among those that were on the first leaf.
    let (durable, first, rows) = lose(&leaf);
    let lost = first.writes_lost.unwrap();
    assert!(lost > 0 && lost <= rows, "{first:?}");
    durable.close();
    let (durable, second, _) = lose(&|name, _| name == "lease");
    assert_eq!(
        (second.writes_saved, second.writes_lost),
        (first.writes_saved, Some(lost))
    );
    durable.salvage_seen().unwrap();
    durable.close();
    let (_, third, _) = lose(&|name, _| name == "server_time");
    assert_eq!(
        (third.writes_saved, third.writes_lost),
        (first.writes_saved, Some(0))
    );
}
