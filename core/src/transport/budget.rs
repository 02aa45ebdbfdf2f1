//! How much load retries may add: one bucket for everything this device sends to a server, the outbox included. Pure.
//!
//! Promises (scenario 16): each resend costs; ten usable answers earn one; time alone earns one now and then, so that a single
//! failure after a quiet day is still tried again. An outage therefore sees the reserve, the trickle and a tenth of what is
//! answered meanwhile, and nothing else. The last part is a person's: what nobody waits for cannot take it.

use std::time::Duration;

use crate::api::Priority;

/// Tenths of a retry: what one usable answer earns.
const RETRY: u32 = 10;

/// What a resend costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Price {
    /// Nothing: a limiter said when to come back.
    Free,
    /// There was no connection. Next to nothing reached the server, and a device in a tunnel must not spend what it needs
    /// when it comes out: a tenth, of the upper half only.
    Dial,
    /// So many retries: the server did, or may have done, its work in vain.
    Retries(u32),
}

/// The size of the bucket, and how fast time alone fills it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reserve {
    pub(super) retries: u32,
    /// Time that earns one retry.
    pub(super) trickle: Duration,
}

impl Reserve {
    fn full(self) -> u32 {
        self.retries.saturating_mul(RETRY)
    }

    fn tenth(self) -> Duration {
        (self.trickle / RETRY).max(Duration::from_millis(1))
    }

    /// What must be left for those who come first.
    fn floor(self, price: Price, priority: Priority) -> u32 {
        let fifth = self.full() / 5;
        let floor = match priority {
            Priority::Person => 0,
            Priority::Promised => fifth,
            Priority::Background => 3 * fifth,
        };
        match price {
            Price::Dial => floor.max(self.full() / 2),
            Price::Free | Price::Retries(_) => floor,
        }
    }
}

/// What is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Budget {
    pub(super) tenths: u32,
    /// Up to when time has been counted, on the boot clock.
    pub(super) as_of: Duration,
}

impl Budget {
    pub(super) fn full(reserve: Reserve, now: Duration) -> Self {
        Self {
            tenths: reserve.full(),
            as_of: now,
        }
    }

    /// So many usable answers came.
    pub(super) fn earn(&mut self, answers: u32, reserve: Reserve) {
        self.tenths = self.tenths.saturating_add(answers).min(reserve.full());
    }

    pub(super) fn is_full(&self, reserve: Reserve) -> bool {
        self.tenths >= reserve.full()
    }

    /// Takes what a resend costs. `Err`: it is not there; by time alone it is after so long.
    pub(super) fn spend(
        &mut self,
        price: Price,
        priority: Priority,
        reserve: Reserve,
        now: Duration,
    ) -> Result<(), Duration> {
        let cost = match price {
            Price::Free => return Ok(()),
            Price::Dial => 1,
            // One that costs more than there ever is would never be tried again.
            Price::Retries(retries) => {
                let most = reserve.full() - reserve.floor(price, priority);
                retries.saturating_mul(RETRY).min(most.max(RETRY))
            }
        };
        self.pass_time(reserve, now);
        let needed = cost.saturating_add(reserve.floor(price, priority));
        if self.tenths >= needed {
            self.tenths -= cost;
            return Ok(());
        }
        let since = now.saturating_sub(self.as_of);
        let whole = reserve.tenth().saturating_mul(needed - self.tenths);
        Err(whole.saturating_sub(since))
    }

    fn pass_time(&mut self, reserve: Reserve, now: Duration) {
        let (tenth, passed) = (reserve.tenth(), now.saturating_sub(self.as_of));
        let earned = u32::try_from(passed.as_nanos() / tenth.as_nanos()).unwrap_or(u32::MAX);
        self.tenths = self.tenths.saturating_add(earned).min(reserve.full());
        self.as_of = if self.is_full(reserve) {
            now
        } else {
            self.as_of.saturating_add(tenth.saturating_mul(earned))
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Priority::{Background, Person, Promised};

    const RESERVE: Reserve = Reserve {
        retries: 5,
        trickle: Duration::from_secs(200),
    };
    const ONE: Price = Price::Retries(1);
    const NOW: Duration = Duration::from_secs(1000);

    fn spent(budget: &mut Budget, price: Price, priority: Priority) -> usize {
        (0..1000)
            .take_while(|_| budget.spend(price, priority, RESERVE, NOW).is_ok())
            .count()
    }

    #[test]
    fn s16_what_each_may_take_of_a_full_bucket() {
        let table = [
            (ONE, Person, 5),
            (ONE, Promised, 4),
            (ONE, Background, 2),
            (Price::Retries(2), Person, 2),
            (Price::Retries(2), Background, 1),
            (Price::Retries(99), Person, 1),
            (Price::Dial, Person, 25),
            (Price::Dial, Promised, 25),
            (Price::Dial, Background, 20),
            (Price::Free, Background, 1000),
        ];
        for (price, priority, times) in table {
            let mut budget = Budget::full(RESERVE, NOW);
            assert_eq!(
                spent(&mut budget, price, priority),
                times,
                "{price:?} {priority:?}"
            );
        }
    }

    #[test]
    fn s16_the_last_part_is_left_for_a_person() {
        let mut budget = Budget::full(RESERVE, NOW);
        assert_eq!(spent(&mut budget, ONE, Background), 2);
        assert_eq!(spent(&mut budget, Price::Dial, Person), 5);
        assert_eq!(spent(&mut budget, ONE, Promised), 1);
        assert_eq!(spent(&mut budget, ONE, Person), 1);
    }

    #[test]
    fn s16_ten_answers_earn_one_retry_and_no_more_than_the_reserve_is_kept() {
        let mut budget = Budget::full(RESERVE, NOW);
        budget.earn(1_000_000, RESERVE);
        assert_eq!(spent(&mut budget, ONE, Person), 5);
        budget.earn(9, RESERVE);
        assert_eq!(spent(&mut budget, ONE, Person), 0);
        budget.earn(1, RESERVE);
        assert_eq!(spent(&mut budget, ONE, Person), 1);
    }

    #[test]
    fn s16_ten_quiet_minutes_earn_three_retries_and_a_quiet_day_the_reserve() {
        for (minutes, retries) in [(0, 0), (3, 0), (4, 1), (10, 3), (24 * 60, 5)] {
            let mut budget = Budget {
                tenths: 0,
                as_of: NOW,
            };
            let later = NOW + Duration::from_secs(minutes * 60);
            let spent = (0..10).filter(|_| budget.spend(ONE, Person, RESERVE, later).is_ok());
            assert_eq!(spent.count(), retries, "{minutes} min");
        }
    }

    #[test]
    fn looking_often_loses_no_time() {
        let mut budget = Budget {
            tenths: 0,
            as_of: NOW,
        };
        let refused = (0..199)
            .filter(|second| {
                let now = NOW + Duration::from_secs(*second);
                let left = budget.spend(ONE, Person, RESERVE, now);
                left == Err(Duration::from_secs(200 - second))
            })
            .count();
        assert_eq!(refused, 199);
        let now = NOW + Duration::from_secs(200);
        assert_eq!(budget.spend(ONE, Person, RESERVE, now), Ok(()));
    }

    #[test]
    fn time_that_never_earns_anything_is_no_reason_to_fall_over() {
        let reserve = Reserve {
            retries: u32::MAX,
            trickle: Duration::MAX,
        };
        let mut budget = Budget {
            tenths: 0,
            as_of: NOW,
        };
        let left = budget.spend(ONE, Background, reserve, NOW);
        assert_eq!(left, Err(Duration::MAX));
    }
}
