//! How long the trail is kept, whatever becomes of the device's clock (scenario 10).

use std::time::Duration;

use jiff::Timestamp;

use super::{ORIGIN, at, open};
use crate::ports::BootTime;
use crate::store::durable::ServerTime;
use crate::store::durable::{DurableFile, audit::TrailEntry};

const DAY: i64 = 24 * 60 * 60;
const YEARS: i64 = 20 * 365 * DAY;

struct Device {
    durable: DurableFile,
    _dir: tempfile::TempDir,
}

impl Device {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self {
            durable: open(dir.path()),
            _dir: dir,
        }
    }

    /// Something is decided, so many days after the beginning and after the boot, with the device's clock ahead by so many seconds.
    fn decides(&self, word: &str, boot: &str, day: i64, ahead: i64) {
        let now = at(day * DAY + ahead);
        let since_boot = u64::try_from(day * DAY * 1000).unwrap();
        let entry = TrailEntry {
            milestone: false,
            kind: word.to_owned(),
            detail: "{}".to_owned(),
            times: 1,
            boot_id: boot.to_owned(),
            first_at: now,
            first_ms: since_boot,
            at: now,
            at_ms: since_boot,
            server_at: None,
        };
        self.durable
            .add_to_trail(ORIGIN, &[entry], Duration::from_secs(1))
            .unwrap();
    }

    /// The server tells its time in this boot.
    fn is_told_the_time(&self, boot: &str, ahead: i64) {
        let time = ServerTime {
            boot: BootTime {
                boot_id: boot.to_owned(),
                elapsed: Duration::ZERO,
            },
            at: at(ahead),
            error: Duration::from_millis(500),
            wall: Timestamp::UNIX_EPOCH,
        };
        self.durable.keep_server_time(ORIGIN, &time).unwrap();
    }

    fn trail(&self) -> Vec<String> {
        let rows = self.durable.trail(ORIGIN).unwrap();
        rows.into_iter().map(|entry| entry.kind).collect()
    }
}

#[test]
fn s10_a_device_clock_set_years_ahead_drops_nothing_that_is_young() {
    for is_told in [true, false] {
        for boot in ["a", "b"] {
            let device = Device::new();
            if is_told {
                device.is_told_the_time("a", 0);
            }
            device.decides("first", "a", 0, 0);
            if is_told {
                device.is_told_the_time(boot, 0);
            }
            device.decides("second", boot, 1, YEARS);
            device.decides("third", boot, 2, 0);
            assert_eq!(
                device.trail(),
                ["first", "second", "third"],
                "told {is_told}, boot {boot}"
            );
        }
    }
}

#[test]
fn s10_a_server_clock_set_years_ahead_drops_nothing_that_is_young() {
    let device = Device::new();
    device.is_told_the_time("a", 0);
    device.decides("first", "a", 0, 0);
    device.is_told_the_time("b", YEARS);
    device.decides("second", "b", 1, 0);
    assert_eq!(device.trail(), ["first", "second"]);
}

#[test]
fn s10_what_was_noted_under_a_clock_years_ahead_goes_when_it_is_old() {
    let device = Device::new();
    device.is_told_the_time("a", 0);
    device.decides("first", "a", 0, YEARS);
    device.is_told_the_time("b", 0);
    device.decides("second", "b", 30, 0);
    assert_eq!(device.trail(), ["first", "second"], "thirty days to the second");
    device.decides("third", "b", 31, 0);
    assert_eq!(device.trail(), ["second", "third"]);
    device.is_told_the_time("c", 0);
    device.decides("fourth", "c", 62, 0);
    assert_eq!(device.trail(), ["fourth"]);
}

#[test]
fn s10_what_stands_before_something_old_is_old_though_nobody_knew_the_time_then() {
    let device = Device::new();
    device.decides("offline, years ahead", "a", 0, YEARS);
    device.decides("offline, in 1970", "b", 1, -1_780_000_000);
    device.is_told_the_time("c", 0);
    device.decides("online", "c", 2, 0);
    device.is_told_the_time("d", 0);
    device.decides("later", "d", 20, 0);
    assert_eq!(device.trail().len(), 4, "nobody knows how old the first two are");
    device.decides("a month later", "d", 33, 0);
    assert_eq!(device.trail(), ["later", "a month later"]);
}

#[test]
fn within_a_boot_the_boot_clock_tells_what_is_old_and_needs_no_server() {
    let device = Device::new();
    device.decides("first", "a", 0, 0);
    device.decides("second", "a", 30, -YEARS);
    assert_eq!(device.trail(), ["first", "second"]);
    device.decides("third", "a", 31, YEARS);
    assert_eq!(device.trail(), ["second", "third"]);
}
