//! When an answer is too old, by the server's clock: this device's may be wrong (scenario 10).

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// How far ahead of the server's clock an answer's time may be before it is taken for nonsense: one of the two was only
/// guessed, or the server's clock was set back.
const CLOCK_SLACK: SignedDuration = SignedDuration::from_mins(5);

/// Whether an answer is older than its query allows. One from the future is stale: its age is unknown.
pub(super) fn is_stale(fetched_at: Timestamp, now: Timestamp, max_age: Duration) -> bool {
    let age = now.duration_since(fetched_at);
    age < -CLOCK_SLACK || age > SignedDuration::try_from(max_age).unwrap_or(SignedDuration::MAX)
}

/// How long an answer will still not be stale.
pub(super) fn good_for(fetched_at: Timestamp, now: Timestamp, max_age: Duration) -> Duration {
    if is_stale(fetched_at, now, max_age) {
        return Duration::ZERO;
    }
    let age = Duration::try_from(now.duration_since(fetched_at)).unwrap_or_default();
    // A moment later it is.
    max_age.saturating_sub(age) + Duration::from_millis(1)
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
    fn an_answer_is_good_until_it_is_stale() {
        let minute = Duration::from_secs(60);
        for age in [-200, -1, 0, 30, 60] {
            let (fetched, now) = (at(1000), at(1000 + age));
            let left = good_for(fetched, now, minute);
            assert!(!left.is_zero(), "{age}");
            let then = now + SignedDuration::try_from(left).expect("short");
            assert!(age < 0 || is_stale(fetched, then, minute), "{age}");
        }
        assert_eq!(good_for(at(1000), at(1061), minute), Duration::ZERO);
        assert_eq!(good_for(at(1000), at(600), minute), Duration::ZERO);
    }

    #[test]
    fn an_answer_from_the_future_is_stale_but_a_small_skew_is_not() {
        assert!(!is_stale(at(1000), at(900), Duration::from_secs(60)));
        assert!(is_stale(at(1000), at(600), Duration::from_secs(60)));
    }
}
