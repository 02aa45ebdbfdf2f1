//! How long to wait when nobody said how long. The only file that knows the `backoff` crate.
//!
//! Promises: the ceiling doubles up to a limit; the wait is drawn from our own randomness port, over the whole range from
//! zero (full jitter), so that clients that failed together do not come back together (scenario 16). `backoff` is
//! unmaintained and draws from a global generator: it gives the ceiling, with its own randomisation off.

use std::time::{Duration, Instant};

use ::backoff::{ExponentialBackoff, backoff::Backoff};

use crate::ports::Random;

/// A growing ceiling.
pub(super) struct Schedule(ExponentialBackoff);

impl Schedule {
    pub(super) fn new(initial: Duration, limit: Duration) -> Self {
        Self(ExponentialBackoff {
            current_interval: initial.min(limit),
            initial_interval: initial.min(limit),
            randomization_factor: 0.0,
            multiplier: 2.0,
            max_interval: limit,
            max_elapsed_time: None,
            // Only compared with `max_elapsed_time`, which is none: deadlines are kept on our own clock.
            start_time: Instant::now(),
            ..ExponentialBackoff::default()
        })
    }

    /// The next ceiling.
    pub(super) fn ceiling(&mut self) -> Duration {
        self.0.next_backoff().unwrap_or(self.0.max_interval)
    }
}

/// A wait before the attempt after `failures` of them in a row, between half of its ceiling and its ceiling.
pub(crate) fn wait_after(failures: u32, initial: Duration, limit: Duration, random: &dyn Random) -> Duration {
    let mut schedule = Schedule::new(initial, limit);
    // The limit is reached long before.
    for _ in 1..failures.min(64) {
        schedule.ceiling();
    }
    half_jitter(random, schedule.ceiling())
}

/// Uniform between zero and `ceiling`, both included. Without randomness, the ceiling.
pub(super) fn full_jitter(random: &dyn Random, ceiling: Duration) -> Duration {
    let mut drawn = [0; 8];
    if random.fill(&mut drawn).is_err() {
        return ceiling;
    }
    let range = ceiling.as_nanos().min(u128::from(u64::MAX - 1)) + 1;
    let nanos = (u128::from(u64::from_le_bytes(drawn)) * range) >> 64;
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
}

/// Uniform between half of `ceiling` and `ceiling`.
pub(super) fn half_jitter(random: &dyn Random, ceiling: Duration) -> Duration {
    let half = ceiling / 2;
    half + full_jitter(random, ceiling - half)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::fakes::{ConstantRandom, SeededRandom};

    #[test]
    fn waits_grow_with_the_failures_and_stay_below_the_limit() {
        let (initial, limit) = (Duration::from_secs(1), Duration::from_secs(10));
        for (failures, ceiling) in [(0, 1), (1, 1), (2, 2), (3, 4), (4, 8), (5, 10), (1000, 10)] {
            let ceiling = Duration::from_secs(ceiling);
            for seed in 0..20 {
                let wait = wait_after(failures, initial, limit, &SeededRandom::new(seed));
                assert!((ceiling / 2..=ceiling).contains(&wait), "{failures}: {wait:?}");
            }
        }
    }

    #[test]
    fn the_ceiling_doubles_up_to_its_limit() {
        let mut schedule = Schedule::new(Duration::from_millis(500), Duration::from_secs(3));
        let ceilings: Vec<_> = (0..5).map(|_| schedule.ceiling().as_millis()).collect();
        assert_eq!(ceilings, [500, 1000, 2000, 3000, 3000]);
    }

    #[test]
    fn s16_jitter_is_full_from_zero_to_the_ceiling() {
        let ceiling = Duration::from_secs(8);
        assert_eq!(full_jitter(&ConstantRandom(0), ceiling), Duration::ZERO);
        assert_eq!(full_jitter(&ConstantRandom(0xff), ceiling), ceiling);
        let random = SeededRandom::new(7);
        let mut eighths = [0_u32; 8];
        for _ in 0..8000 {
            let wait = full_jitter(&random, ceiling);
            eighths[usize::try_from(wait.as_secs()).unwrap().min(7)] += 1;
        }
        assert!(eighths.iter().all(|n| (850..1150).contains(n)), "{eighths:?}");
    }

    #[test]
    fn half_jitter_never_goes_below_half() {
        let ceiling = Duration::from_secs(1);
        assert_eq!(
            half_jitter(&ConstantRandom(0), ceiling),
            Duration::from_millis(500)
        );
        assert_eq!(half_jitter(&ConstantRandom(0xff), ceiling), ceiling);
    }
}
