//! How fast a body must come. Pure.
//!
//! Promises: a body of which a byte comes now and then ends soon after the grace, long before the call's deadline (scenario
//! 17); one that stood still once for as long as a silence may last, and then came, is not ended. Time in which nobody read it
//! does not count.

use std::time::Duration;

/// Looks at how much of a body has come.
#[derive(Debug, Clone, Copy)]
pub(super) struct RateGauge {
    pub(super) began: Duration,
    pub(super) grace: Duration,
    /// Bytes a second, on average since it began.
    pub(super) least: u32,
}

impl RateGauge {
    /// Nobody was there to take what came: the clock counts the time in which this device slept, a timer does not. No server is
    /// silent for longer than a silence may last, and then heard.
    pub(super) fn slept(&mut self, lasting: Duration) {
        self.began = self.began.saturating_add(lasting);
    }

    /// Whether this much by now is too little.
    pub(super) fn is_too_slow(&self, bytes: usize, now: Duration) -> bool {
        let passed = now.saturating_sub(self.began);
        let expected = passed.as_millis() * u128::from(self.least) / 1000;
        passed > self.grace && (bytes as u128) < expected
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s17_only_what_is_slow_after_the_grace_is_too_slow() {
        let gauge = RateGauge {
            began: Duration::from_secs(1000),
            grace: Duration::from_secs(15),
            least: 100,
        };
        let table = [
            (0, 15_000, false),
            (15, 15_000, false),
            (16, 15_001, true),
            (1500, 15_001, false),
            (1499, 15_001, true),
            (1598, 15_990, true),
            (3999, 40_000, true),
            (4000, 40_000, false),
        ];
        for (bytes, millis, too_slow) in table {
            let now = gauge.began + Duration::from_millis(millis);
            assert_eq!(
                gauge.is_too_slow(bytes, now),
                too_slow,
                "{bytes} B in {millis} ms"
            );
        }
    }
}
