//! Where what all processes of a device share about one server is kept: a row of the durable file.
//!
//! Promises: a row of an earlier boot is read as what is left of it: the cool-down by the wall clock, within its own length;
//! the budget as it was; an open breaker as due for a probe. No failure of the file is anybody's failure.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::breaker::Breaker;
use super::budget::Budget;
use super::cool_down::CoolDown;
use super::restraint::Shared;
use crate::ports::Clock;
use crate::store::{DurableFile, Standing};

pub(super) struct Shelf {
    pub(super) durable: Arc<DurableFile>,
    pub(super) origin: String,
    /// No cool-down read from here is longer.
    pub(super) longest: Duration,
}

impl Shelf {
    /// What is there, and whether it is of this boot.
    pub(super) fn read(&self, clock: &dyn Clock) -> Option<(Shared, bool)> {
        match self.durable.standing(&self.origin) {
            Ok(row) => row.map(|row| (self.shared(&row, clock), row.boot_id == clock.boot_id())),
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
        let is_this_boot = row.boot_id == clock.boot_id();
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
                    true => duration(until),
                    false => now,
                }),
            },
        }
    }
}

fn row_of(shared: &Shared, clock: &dyn Clock) -> Standing {
    let now = clock.elapsed();
    let cools = shared.cool.left(now).is_some();
    let ends = shared.cool.ends(now, clock.wall());
    Standing {
        boot_id: clock.boot_id(),
        cool_until_ms: cools.then(|| millis(shared.cool.until)),
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
