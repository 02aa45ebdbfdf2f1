//! Time. Two clocks: the wall clock, which a person sets and which may be wrong by days, and the boot clock, which only
//! moves forward, counts while the phone sleeps, and starts anew at each boot (scenario 10).

use std::sync::OnceLock;
use std::time::Duration;

use jiff::Timestamp;

use super::PortFuture;

/// How a boot's name begins that is derived from the wall clock: two processes may see another one.
pub(crate) const DERIVED_BOOT: &str = "boot-";

/// A point on the boot clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BootTime {
    /// Which boot; points of two boots cannot be compared.
    pub boot_id: String,
    /// Time since that boot, sleep included.
    pub elapsed: Duration,
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

/// The wall time of the boot, in minutes. A changed wall clock makes it look like another boot, which only costs a wait:
/// what is remembered of an unknown boot is never trusted.
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
