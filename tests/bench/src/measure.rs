//! Samples of one duration, and their percentiles.

use std::time::{Duration, Instant};

/// How long something took, each time.
#[derive(Debug, Default)]
pub(crate) struct Samples(Vec<Duration>);

impl Samples {
    /// Runs the work and notes how long it took. What it gives is dropped by the caller, outside the measured time.
    pub(crate) fn time<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let result = work();
        self.0.push(started.elapsed());
        result
    }

    /// Adds one.
    pub(crate) fn push(&mut self, sample: Duration) {
        self.0.push(sample);
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The last one.
    pub(crate) fn last(&self) -> Duration {
        self.0.last().copied().unwrap_or_default()
    }

    /// The smallest sample that `percent` of all do not exceed (nearest rank); zero if there is none.
    pub(crate) fn percentile(&self, percent: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() * percent).div_ceil(100);
        sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_the_nearest_rank() {
        let mut samples = Samples::default();
        assert_eq!(samples.percentile(50), Duration::ZERO);
        (1..=200)
            .rev()
            .for_each(|n| samples.push(Duration::from_micros(n)));
        assert_eq!(samples.percentile(0), Duration::from_micros(1));
        assert_eq!(samples.percentile(50), Duration::from_micros(100));
        assert_eq!(samples.percentile(99), Duration::from_micros(198));
    }
}
