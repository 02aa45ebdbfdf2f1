//! What all calls to one origin share so as not to make an outage worse: a cool-down and a budget for retries.
//!
//! Promises (scenario 16): until a cool-down ends nothing is sent; a resend after a server fault costs a token, and only
//! usable answers earn tokens back, ten for one, so an outage sees at most the balance plus a tenth. Both can be carried
//! over a restart. Does not promise anything across a reboot: a cool-down of another boot is forgotten.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::ports::{BootTime, Clock};

/// Tokens, in tenths.
const FULL: u32 = 100;
const COST: u32 = 10;

#[derive(Debug)]
pub(super) struct Restraint(Mutex<State>);

#[derive(Debug)]
struct State {
    /// On [`Clock::elapsed`].
    cool_until: Duration,
    tenths: u32,
    /// When v1's limiter last answered.
    limited_at: Option<Duration>,
}

/// What survives a restart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    /// When the cool-down ends, if there is one.
    pub(crate) cool_until: Option<BootTime>,
    /// What is left of the retry budget, in tenths of a retry.
    pub(crate) tenths: u32,
}

impl Default for Restraint {
    fn default() -> Self {
        Self(Mutex::new(State {
            cool_until: Duration::ZERO,
            tenths: FULL,
            limited_at: None,
        }))
    }
}

impl Restraint {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How long nothing may be sent.
    pub(super) fn cooling(&self, now: Duration) -> Option<Duration> {
        let left = self.state().cool_until.saturating_sub(now);
        (!left.is_zero()).then_some(left)
    }

    /// Nothing is sent before `until`. Never shortens an earlier cool-down.
    pub(super) fn cool_until(&self, until: Duration) {
        let mut state = self.state();
        state.cool_until = state.cool_until.max(until);
    }

    /// Takes what one retry costs, if it is there.
    pub(super) fn spend(&self) -> bool {
        let mut state = self.state();
        match state.tenths.checked_sub(COST) {
            Some(left) => {
                state.tenths = left;
                true
            }
            None => false,
        }
    }

    /// A usable answer came.
    pub(super) fn earn(&self) {
        let mut state = self.state();
        state.tenths = (state.tenths + 1).min(FULL);
    }

    pub(super) fn limited(&self, now: Duration) {
        self.state().limited_at = Some(now);
    }

    /// Whether v1's limiter answered a moment ago: a reset now is most likely its closed connection.
    pub(super) fn was_limited(&self, now: Duration) -> bool {
        let at = self.state().limited_at;
        at.is_some_and(|at| now.saturating_sub(at) < Duration::from_secs(5))
    }
    pub(super) fn standing(&self, clock: &dyn Clock) -> Standing {
        let state = self.state();
        Standing {
            cool_until: (state.cool_until > clock.elapsed()).then(|| BootTime {
                boot_id: clock.boot_id(),
                elapsed: state.cool_until,
            }),
            tenths: state.tenths,
        }
    }
    pub(super) fn restore(&self, standing: &Standing, clock: &dyn Clock, cap: Duration) {
        let latest = clock.elapsed().saturating_add(cap);
        let mut state = self.state();
        state.tenths = standing.tenths.min(FULL);
        if let Some(until) = &standing.cool_until
            && until.boot_id == clock.boot_id()
        {
            state.cool_until = until.elapsed.min(latest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::fakes::ManualClock;

    #[test]
    fn s16_ten_answers_earn_one_retry() {
        let restraint = Restraint::default();
        let spent = (0..100).filter(|_| restraint.spend()).count();
        assert_eq!(spent, 10);
        for _ in 0..9 {
            restraint.earn();
        }
        assert!(!restraint.spend());
        restraint.earn();
        assert!(restraint.spend());
        assert!(!restraint.spend());
    }

    #[test]
    fn s16_a_cool_down_and_the_budget_survive_a_restart_within_one_boot() {
        let clock = ManualClock::new();
        let first = Restraint::default();
        first.cool_until(clock.elapsed() + Duration::from_secs(90));
        first.cool_until(clock.elapsed() + Duration::from_secs(10));
        assert!(first.spend());
        let standing = first.standing(&clock);

        let second = Restraint::default();
        clock.advance(Duration::from_secs(30));
        second.restore(&standing, &clock, Duration::from_secs(3600));
        assert_eq!(second.cooling(clock.elapsed()), Some(Duration::from_secs(60)));
        assert_eq!(second.standing(&clock).tenths, 90);

        let third = Restraint::default();
        clock.reboot();
        third.restore(&standing, &clock, Duration::from_secs(3600));
        assert_eq!(third.cooling(clock.elapsed()), None);
    }
}
