//! Time. Two clocks: the wall clock, which a person sets and which may be wrong by days, and the boot clock, which only
//! moves forward, counts while the phone sleeps, and starts anew at each boot (scenario 10).

use std::sync::OnceLock;
use std::time::Duration;

use jiff::Timestamp;

use super::PortFuture;

/// How a boot's name begins that is derived from the wall clock: two processes of one boot may derive two.
pub(crate) const DERIVED_BOOT: &str = "boot-";

/// A point on the boot clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BootTime {
    /// Which boot; points of two boots cannot be compared.
    pub boot_id: String,
    /// Time since that boot, sleep included.
    pub elapsed: Duration,
}

impl BootTime {
    /// Whether both may be of one boot: the names say so, or are derived and say nothing.
    pub(crate) fn may_share_a_boot(&self, other: &Self) -> bool {
        let is_derived = |time: &Self| time.boot_id.starts_with(DERIVED_BOOT);
        self.boot_id == other.boot_id || is_derived(self) && is_derived(other)
    }

    /// How long it is to this point, which was at most `longest` away when it was made; `None` if it is over or of another boot.
    /// Where names say nothing it is of another boot if it is further away than that. If it is not and still is, that costs a
    /// wait of at most `longest`; the other mistake would give two processes one right.
    pub(crate) fn left(&self, now: &Self, longest: Duration) -> Option<Duration> {
        let left = self.elapsed.saturating_sub(now.elapsed);
        if left.is_zero() || !self.may_share_a_boot(now) {
            return None;
        }
        if self.boot_id == now.boot_id {
            return Some(left.min(longest));
        }
        (left <= longest).then_some(left)
    }
}

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// The device's wall clock. May be wrong, may jump.
    fn wall(&self) -> Timestamp;

    /// Time since the boot, sleep included (`CLOCK_BOOTTIME`, `mach_continuous_time`). Never goes back.
    fn elapsed(&self) -> Duration;

    /// Names the boot [`Clock::elapsed`] counts from.
    fn boot_id(&self) -> String;

    /// Both at once.
    fn boot_time(&self) -> BootTime {
        BootTime {
            boot_id: self.boot_id(),
            elapsed: self.elapsed(),
        }
    }
}

/// Waits on the clock that [`Clock::elapsed`] reads.
pub trait Sleep: Send + Sync + 'static {
    /// Resolves after `duration`.
    fn sleep(&self, duration: Duration) -> PortFuture<()>;
}

/// The device's clocks.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn wall(&self) -> Timestamp {
        Timestamp::now()
    }

    fn elapsed(&self) -> Duration {
        boot_elapsed()
    }

    fn boot_id(&self) -> String {
        static ID: OnceLock<String> = OnceLock::new();
        ID.get_or_init(read_boot_id).clone()
    }
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn boot_elapsed() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    Duration::new(
        now.tv_sec.try_into().unwrap_or(0),
        now.tv_nsec.try_into().unwrap_or(0),
    )
}

// CLOCK_MONOTONIC counts sleep on Apple systems: it is mach_continuous_time.
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
fn boot_elapsed() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
    Duration::new(
        now.tv_sec.try_into().unwrap_or(0),
        now.tv_nsec.try_into().unwrap_or(0),
    )
}

#[cfg(not(unix))]
fn boot_elapsed() -> Duration {
    static START: OnceLock<std::time::Instant> = OnceLock::new();
    START.get_or_init(std::time::Instant::now).elapsed()
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn read_boot_id() -> String {
    // Android keeps apps from this file; the boot's wall time in whole minutes tells boots apart there well enough.
    match std::fs::read_to_string("/proc/sys/kernel/random/boot_id") {
        Ok(id) => id.trim().to_owned(),
        Err(_) => boot_minute(),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn read_boot_id() -> String {
    boot_minute()
}

/// The wall time of the boot, in minutes. A changed wall clock, or one read at a minute's edge, makes one boot look like two:
/// see [`BootTime::left`].
fn boot_minute() -> String {
    let booted = Timestamp::now().as_second() - i64::try_from(boot_elapsed().as_secs()).unwrap_or(0);
    format!("{DERIVED_BOOT}{}", booted / 60)
}

/// Waits on tokio's timer, which stands still while the device sleeps: a wait is at least as long as asked for.
#[derive(Debug, Default, Clone, Copy)]
pub struct TokioSleep;

impl Sleep for TokioSleep {
    fn sleep(&self, duration: Duration) -> PortFuture<()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s06_what_another_process_holds_is_held_though_it_derived_another_name_of_the_boot() {
        let at = |boot: &str, seconds| BootTime {
            boot_id: boot.to_owned(),
            elapsed: Duration::from_secs(seconds),
        };
        let longest = Duration::from_secs(55);
        #[rustfmt::skip]
        let table = [
            (at("a", 140), at("a", 100), Some(40)),
            (at("a", 140), at("a", 140), None),
            (at("a", 140), at("b", 100), None),
            (at("a", 1140), at("a", 100), Some(55)), // damaged
            (at("boot-7", 140), at("boot-8", 100), Some(40)),
            (at("boot-7", 140), at("boot-9000", 100), Some(40)), // the clock was set
            (at("boot-7", 155), at("boot-8", 100), Some(55)),
            (at("boot-7", 156), at("boot-8", 100), None), // of an earlier boot
            (at("boot-7", 140), at("boot-8", 141), None),
            (at("boot-7", 140), at("b", 100), None),
        ];
        for (until, now, left) in table {
            let expected = left.map(Duration::from_secs);
            assert_eq!(until.left(&now, longest), expected, "{until:?} {now:?}");
        }
    }
}
