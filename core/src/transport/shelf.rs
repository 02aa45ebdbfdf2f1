//! Where what all processes of a device share about one server is kept: a row of the durable file.
//!
//! Promises: a row of an earlier boot is read as what is left of it: the cool-down by the wall clock, within its own length;
//! the budget as it was; an open breaker as due for a probe. Whether it is of an earlier boot is told by the boot's name, and
//! where that is derived from the wall clock, so that two processes may have derived two, by when that boot was. No failure of
//! the file is anybody's failure.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::breaker::Breaker;
use super::budget::Budget;
use super::cool_down::CoolDown;
use super::restraint::Shared;
use crate::ports::{Clock, DERIVED_BOOT};
use crate::store::{DurableFile, Standing};

/// Two boots are at least so far apart; the same one, seen by two processes, is not: a wall clock that drifts is set right by
/// less.
const SAME_BOOT: Duration = Duration::from_secs(60);

pub(super) struct Shelf {
    pub(super) durable: Arc<DurableFile>,
    pub(super) origin: String,
    /// No cool-down read from here is longer.
    pub(super) longest: Duration,
    /// No breaker read from here is open for longer.
    pub(super) longest_open: Duration,
}

impl Shelf {
    /// What is there, and whether it is of this boot.
    pub(super) fn read(&self, clock: &dyn Clock) -> Option<(Shared, bool)> {
        match self.durable.standing(&self.origin) {
            Ok(row) => row.map(|row| (self.shared(&row, clock), is_of_this_boot(&row, clock))),
            Err(error) => {
                tracing::debug!(%error, "how this device stands with the server could not be read");
                None
            }
        }
    }

    /// Changes what is there (`known` if nothing is) in one transaction. `None`: it could not be.
    pub(super) fn change<T>(
        &self,
        clock: &dyn Clock,
        known: Shared,
        change: &dyn Fn(&mut Shared) -> T,
    ) -> Option<(Shared, T)> {
        let changed = self.durable.change_standing(&self.origin, |row| {
            let mut shared = row.map_or(known, |row| self.shared(&row, clock));
            let done = change(&mut shared);
            (row_of(&shared, clock), (shared, done))
        });
        changed
            .inspect_err(|error| {
                tracing::warn!(%error, "how this device stands with the server could not be kept");
            })
            .ok()
    }

    fn shared(&self, row: &Standing, clock: &dyn Clock) -> Shared {
        let now = clock.elapsed();
        let is_this_boot = is_of_this_boot(row, clock);
        let cool = match row.cool_until_ms {
            None => CoolDown::default(),
            Some(until) if is_this_boot => CoolDown {
                until: duration(until).min(now.saturating_add(self.longest)),
                lasting: duration(row.cool_for_ms),
            },
            Some(_) => {
                let ends = row
                    .cool_until_at
                    .and_then(|at| Timestamp::from_millisecond(at).ok());
                let lasting = duration(row.cool_for_ms).min(self.longest);
                CoolDown::after_reboot(ends, lasting, now, clock.wall())
            }
        };
        Shared {
            cool,
            budget: Budget {
                tenths: row.budget_tenths,
                as_of: if is_this_boot {
                    duration(row.budget_ms).min(now)
                } else {
                    now
                },
            },
            breaker: Breaker {
                faults: row.breaker_faults,
                trips: row.breaker_trips,
                open_until: row.open_until_ms.map(|until| match is_this_boot {
                    true => duration(until).min(now.saturating_add(self.longest_open)),
                    false => now,
                }),
            },
        }
    }
}

/// Whether the row's points in time are of the boot that this clock counts from.
fn is_of_this_boot(row: &Standing, clock: &dyn Clock) -> bool {
    let boot_id = clock.boot_id();
    if row.boot_id == boot_id {
        return true;
    }
    let is_certain = |id: &str| !id.starts_with(DERIVED_BOOT);
    if is_certain(&row.boot_id) || is_certain(&boot_id) {
        return false;
    }
    // One moment by both clocks, the end of the cool-down, tells when that boot was; and both clocks tell when this one was.
    let (Some(elapsed), Some(wall)) = (row.cool_until_ms, row.cool_until_at) else {
        return false;
    };
    let that = wall.saturating_sub(elapsed);
    let this = clock
        .wall()
        .as_millisecond()
        .saturating_sub(millis(clock.elapsed()));
    u128::from(that.abs_diff(this)) <= SAME_BOOT.as_millis()
}

fn row_of(shared: &Shared, clock: &dyn Clock) -> Standing {
    let now = clock.elapsed();
    let ends = shared.cool.ends(now, clock.wall());
    Standing {
        boot_id: clock.boot_id(),
        // Also one that is over: it says when this boot was.
        cool_until_ms: Some(millis(shared.cool.until)),
        cool_until_at: ends.map(|at| at.as_millisecond()),
        cool_for_ms: millis(shared.cool.lasting),
        budget_tenths: shared.budget.tenths,
        budget_ms: millis(shared.budget.as_of),
        breaker_faults: shared.breaker.faults,
        breaker_trips: shared.breaker.trips,
        open_until_ms: shared.breaker.open_until.map(millis),
    }
}

fn duration(millis: i64) -> Duration {
    Duration::from_millis(u64::try_from(millis).unwrap_or_default())
}

/// Rounded up: nothing is sent a fraction too early.
fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_nanos().div_ceil(1_000_000)).unwrap_or(i64::MAX)
}
