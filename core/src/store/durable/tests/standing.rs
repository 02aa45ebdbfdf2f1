//! How this device stands with each server (scenario 16).

use std::time::Duration;

use super::{ORIGIN, at, open};
use crate::ports::BootTime;
use crate::store::Standing;
use crate::store::durable::audit::StoredStanding;

const TWO: &str = "https://two.example";

/// At 100 s of the boot: a cool-down of 60 s that has 50 s left, and a breaker that is open for 20 s.
fn cooling() -> Standing {
    Standing {
        boot_id: "a".to_owned(),
        cool_until_ms: Some(150_000),
        cool_until_at: Some(at(1050).as_millisecond()),
        cool_for_ms: 60_000,
        budget_tenths: 37,
        budget_ms: 99_000,
        breaker_faults: 5,
        breaker_trips: 2,
        open_until_ms: Some(120_000),
    }
}

fn well() -> Standing {
    Standing {
        boot_id: "b".to_owned(),
        cool_until_ms: None,
        cool_until_at: None,
        cool_for_ms: 0,
        budget_tenths: 50,
        budget_ms: 0,
        breaker_faults: 0,
        breaker_trips: 0,
        open_until_ms: None,
    }
}

fn boot(boot_id: &str, second: u64) -> BootTime {
    BootTime {
        boot_id: boot_id.to_owned(),
        elapsed: Duration::from_secs(second),
    }
}

#[test]
fn s16_what_is_written_is_read_again_after_a_restart_and_of_each_server_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    assert_eq!(durable.standing(ORIGIN).unwrap(), None);
    let told = durable
        .change_standing(ORIGIN, |before| (cooling(), before))
        .unwrap();
    assert_eq!(told, None, "there was nothing");
    durable.change_standing(TWO, |_| (well(), ())).unwrap();
    drop(durable);
    let durable = open(dir.path());
    assert_eq!(durable.standing(ORIGIN).unwrap(), Some(cooling()));
    assert_eq!(durable.standing(TWO).unwrap(), Some(well()));
    let told = durable
        .change_standing(ORIGIN, |before| (well(), before))
        .unwrap();
    assert_eq!(told, Some(cooling()), "a change is told what is there");
    assert_eq!(durable.standing(ORIGIN).unwrap(), Some(well()));
    assert_eq!(
        durable.dialect(ORIGIN).unwrap(),
        None,
        "and says nothing of its dialect"
    );
}

#[test]
fn s16_of_two_processes_that_spend_at_once_neither_has_a_budget_of_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let processes = [open(dir.path()), open(dir.path())];
    let full = Standing {
        budget_tenths: 100,
        ..well()
    };
    processes[0].change_standing(ORIGIN, |_| (full, ())).unwrap();
    let spend = |before: Option<Standing>| {
        let mut row = before.unwrap();
        let has = row.budget_tenths > 0;
        row.budget_tenths = row.budget_tenths.saturating_sub(1);
        (row, has)
    };
    let spent: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = processes
            .iter()
            .map(|process| {
                scope.spawn(move || {
                    let tries = 0..80;
                    tries
                        .filter(|_| process.change_standing(ORIGIN, spend).unwrap())
                        .count()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!(spent, 100, "160 tries of a budget of 100");
    assert_eq!(
        open(dir.path()).standing(ORIGIN).unwrap().unwrap().budget_tenths,
        0
    );
}

#[test]
fn s16_what_a_device_owes_is_told_as_the_transport_reads_it() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    let stored = |now: &BootTime, wall: i64| durable.stored_standing(ORIGIN, now, at(wall)).unwrap();
    assert_eq!(stored(&boot("a", 100), 1000), StoredStanding::default());
    durable.change_standing(ORIGIN, |_| (cooling(), ())).unwrap();
    let table = [
        // The boot, its clock, the wall clock; what is left of the cool-down and until the probe.
        ("a", 100, 1000, Some(50), Some(20)),
        ("a", 100, 500_000, Some(50), Some(20)),
        ("a", 100, -500_000, Some(50), Some(20)),
        ("a", 130, 1030, Some(20), None),
        ("a", 150, 1050, None, None),
        // Another boot: by the wall clock, and never longer than it was at first.
        ("b", 10, 1020, Some(30), None),
        ("b", 10, 1050, None, None),
        ("b", 10, 500_000, None, None),
        ("b", 10, 900, Some(60), None),
        ("b", 10, -500_000, Some(60), None),
        ("b", 10_000, 1020, Some(30), None),
    ];
    for (boot_id, second, wall, cool, open) in table {
        let expected = StoredStanding {
            cool_for: cool.map(Duration::from_secs),
            open_for: open.map(Duration::from_secs),
            budget_tenths: Some(37),
        };
        let told = stored(&boot(boot_id, second), wall);
        assert_eq!(told, expected, "{boot_id} {second} {wall}");
    }
    durable.change_standing(ORIGIN, |_| (well(), ())).unwrap();
    let nothing = StoredStanding {
        budget_tenths: Some(50),
        ..StoredStanding::default()
    };
    assert_eq!(stored(&boot("b", 10), 1000), nothing);
    let no_end = Standing {
        cool_until_at: None,
        ..cooling()
    };
    durable.change_standing(ORIGIN, |_| (no_end, ())).unwrap();
    assert_eq!(
        stored(&boot("b", 10), 1000).cool_for,
        None,
        "no end by the wall clock is known"
    );
}

#[test]
fn s16_numbers_that_nobody_can_have_written_are_read_and_written_over() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    let (least, most) = (i64::MIN, i64::MAX);
    for (number, count) in [(least, 0), (-1, 0), (1 << 32, u32::MAX), (most, u32::MAX)] {
        durable.change_standing(ORIGIN, |_| (cooling(), ())).unwrap();
        let sql = format!(
            "UPDATE standing SET budget_tenths = {number}, breaker_faults = {number}, breaker_trips = {number},
                 budget_ms = {number}, cool_for_ms = {number}, cool_until_ms = {number}, cool_until_at = {number},
                 open_until_ms = {number}"
        );
        rusqlite::Connection::open(dir.path().join("durable.sqlite3"))
            .unwrap()
            .execute_batch(&sql)
            .unwrap();
        let row = durable.standing(ORIGIN).unwrap().unwrap();
        assert_eq!(
            (row.budget_tenths, row.breaker_faults, row.breaker_trips),
            (count, count, count),
            "{number}"
        );
        for (now, cools) in [(boot("a", 100), number > 0), (boot("b", 100), number == most)] {
            let told = durable.stored_standing(ORIGIN, &now, at(1000)).unwrap();
            assert_eq!(told.cool_for.is_some(), cools, "{number} {told:?}");
        }
        let told = durable
            .change_standing(ORIGIN, |before| (well(), before))
            .unwrap();
        assert_eq!(told, Some(row));
        assert_eq!(durable.standing(ORIGIN).unwrap(), Some(well()));
    }
}
