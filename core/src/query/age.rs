//! When an answer is too old.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// How far ahead of the device's clock an answer's time may be before it is taken for nonsense (a clock set back).
const CLOCK_SLACK: SignedDuration = SignedDuration::from_mins(5);

/// Whether an answer is older than its query allows. One from the future is stale: the clock was set back, its age is unknown.
pub(super) fn is_stale(fetched_at: Timestamp, now: Timestamp, max_age: Duration) -> bool {
    let age = now.duration_since(fetched_at);
    age < -CLOCK_SLACK || age > SignedDuration::try_from(max_age).unwrap_or(SignedDuration::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a time")
    }

    #[test]
    fn an_answer_is_stale_past_its_age_and_not_before() {
        assert!(!is_stale(at(1000), at(1060), Duration::from_secs(60)));
        assert!(is_stale(at(1000), at(1061), Duration::from_secs(60)));
    }

    #[test]
    fn an_answer_from_the_future_is_stale_but_a_small_skew_is_not() {
        assert!(!is_stale(at(1000), at(900), Duration::from_secs(60)));
        assert!(is_stale(at(1000), at(600), Duration::from_secs(60)));
    }
}
