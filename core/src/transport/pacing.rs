//! How many requests a server's limiter still lets through. Pure.
//!
//! Promises: where the limiter's state is known, nothing is sent that it would refuse, and what nobody waits for leaves a part
//! of it to persons. v2 tells its bucket with each answer (`X-RateLimit-*`); v1's numbers mean nothing (Q2), but once its
//! limiter has answered, its bucket is known to be empty and to fill by a token each half second.

use std::time::Duration;

use http::HeaderMap;
use jiff::Timestamp;

use super::retry_after::server_date;
use crate::api::Priority;

/// Tokens are counted in thousandths.
const TOKEN: u64 = 1000;

/// v1's bucket: 120 a minute.
const V1_PER_MINUTE: u32 = 120;

/// A limiter's bucket, as well as it is known: `per_minute` is its size too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meter {
    per_minute: u32,
    level: u64,
    at: Duration,
}

impl Meter {
    /// v1's limiter answered just now.
    pub(super) fn empty_v1(now: Duration) -> Self {
        Self {
            per_minute: V1_PER_MINUTE,
            level: 0,
            at: now,
        }
    }

    /// What an answer of v2 tells, less what is on its way. `None`: it does not make sense.
    pub(super) fn told(headers: &HeaderMap, on_the_way: usize, now: Duration) -> Option<Self> {
        let number = |name| -> Option<i64> { headers.get(name)?.to_str().ok()?.trim().parse().ok() };
        let per_minute = u32::try_from(number("x-ratelimit-limit")?)
            .ok()
            .filter(|n| *n > 0)?;
        let remaining = u64::try_from(number("x-ratelimit-remaining")?).ok()?;
        // Full again within a minute, or the numbers mean something else than we think.
        let reset = Timestamp::from_second(number("x-ratelimit-reset")?).ok()?;
        let full_in = reset.duration_since(server_date(headers)?).as_secs();
        if remaining > u64::from(per_minute) || !(-1..=61).contains(&full_in) {
            return None;
        }
        let remaining = remaining.saturating_sub(on_the_way as u64);
        Some(Self {
            per_minute,
            level: remaining * TOKEN,
            at: now,
        })
    }

    fn level(&self, now: Duration) -> u64 {
        let passed = u64::try_from(now.saturating_sub(self.at).as_millis()).unwrap_or(u64::MAX);
        let filled = passed.saturating_mul(u64::from(self.per_minute)) / 60;
        let full = u64::from(self.per_minute) * TOKEN;
        self.level.saturating_add(filled).min(full)
    }

    /// How long until one of this priority may send.
    pub(super) fn wait(&self, priority: Priority, now: Duration) -> Option<Duration> {
        let kept = match priority {
            Priority::Person => 0,
            Priority::Promised => self.per_minute / 12,
            Priority::Background => self.per_minute / 4,
        };
        let full = u64::from(self.per_minute) * TOKEN;
        let needed = (u64::from(kept) * TOKEN + TOKEN).min(full);
        let missing = needed.saturating_sub(self.level(now));
        if missing == 0 {
            return None;
        }
        let millis = (missing * 60).div_ceil(u64::from(self.per_minute));
        Some(Duration::from_millis(millis))
    }

    /// One is sent.
    pub(super) fn take(&mut self, now: Duration) {
        self.level = self.level(now).saturating_sub(TOKEN);
        self.at = now;
    }

    /// One that was sent never got there.
    pub(super) fn give_back(&mut self, now: Duration) {
        self.level = self.level(now).saturating_add(TOKEN);
        self.at = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Priority::{Background, Person, Promised};

    const NOW: Duration = Duration::from_secs(1000);

    fn told(limit: &str, remaining: &str, reset: &str, on_the_way: usize) -> Option<Meter> {
        let mut headers = HeaderMap::new();
        // 1795307925 in Unix seconds.
        headers.insert("date", "Sun, 22 Nov 2026 00:38:45 GMT".parse().unwrap());
        headers.insert("x-ratelimit-limit", limit.parse().unwrap());
        headers.insert("x-ratelimit-remaining", remaining.parse().unwrap());
        headers.insert("x-ratelimit-reset", reset.parse().unwrap());
        Meter::told(&headers, on_the_way, NOW)
    }

    #[test]
    fn who_may_send_at_which_level_and_when_else() {
        let table = [
            ("120", Person, None),
            ("1", Person, None),
            ("0", Person, Some(500)),
            ("11", Promised, None),
            ("10", Promised, Some(500)),
            ("0", Promised, Some(5500)),
            ("31", Background, None),
            ("30", Background, Some(500)),
            ("0", Background, Some(15_500)),
        ];
        for (remaining, priority, wait) in table {
            let meter = told("120", remaining, "1795307985", 0).unwrap();
            let wait = wait.map(Duration::from_millis);
            assert_eq!(meter.wait(priority, NOW), wait, "{remaining} {priority:?}");
            if let Some(wait) = wait {
                assert_eq!(meter.wait(priority, NOW + wait), None, "{remaining} {priority:?}");
            }
        }
    }

    #[test]
    fn what_is_on_its_way_and_what_is_sent_is_taken_off() {
        let mut meter = told("120", "3", "1795307985", 2).unwrap();
        assert_eq!(meter.wait(Person, NOW), None);
        meter.take(NOW);
        assert_eq!(meter.wait(Person, NOW), Some(Duration::from_millis(500)));
        meter.give_back(NOW);
        assert_eq!(meter.wait(Person, NOW), None);
    }

    #[test]
    fn a_small_bucket_lets_background_through_when_it_is_full() {
        let meter = told("1", "0", "1795307985", 0).unwrap();
        for priority in [Person, Promised, Background] {
            assert_eq!(meter.wait(priority, NOW), Some(Duration::from_secs(60)));
        }
    }

    #[test]
    fn numbers_that_mean_something_else_tell_nothing() {
        for (limit, remaining, reset) in [
            ("0", "0", "1795307985"),
            ("120", "121", "1795307985"),
            ("120", "-1", "1795307985"),
            ("120", "0", "60"),
            ("120", "0", "1795311585"),
            ("many", "0", "1795307985"),
        ] {
            assert_eq!(
                told(limit, remaining, reset, 0),
                None,
                "{limit} {remaining} {reset}"
            );
        }
        assert_eq!(Meter::told(&HeaderMap::new(), 0, NOW), None);
        let without_a_date = [("limit", "120"), ("remaining", "0"), ("reset", "30")];
        let headers = without_a_date.map(|(name, value)| {
            let name: http::HeaderName = format!("x-ratelimit-{name}").parse().unwrap();
            (name, value.parse().unwrap())
        });
        assert_eq!(Meter::told(&headers.into_iter().collect(), 0, NOW), None);
    }

    #[test]
    fn s15_v1s_bucket_fills_by_a_token_each_half_second() {
        let mut meter = Meter::empty_v1(NOW);
        let mut now = NOW;
        for _ in 0..10 {
            let wait = meter.wait(Person, now).unwrap();
            assert_eq!(wait, Duration::from_millis(500));
            now += wait;
            meter.take(now);
        }
    }

    #[test]
    fn it_is_full_again_within_a_minute_give_or_take_a_second() {
        // The answer is of 1795307925.
        let table = [
            ("1795307923", false),
            ("1795307924", true),
            ("1795307986", true),
            ("1795307987", false),
        ];
        for (reset, makes_sense) in table {
            assert_eq!(told("120", "0", reset, 0).is_some(), makes_sense, "{reset}");
        }
    }

    #[test]
    fn what_comes_and_goes_later_is_counted_from_then() {
        let later = |millis| NOW + Duration::from_millis(millis);
        let mut meter = told("120", "0", "1795307985", 0).unwrap();
        // Two have come, one goes.
        meter.take(later(1000));
        assert_eq!(meter.wait(Person, later(1000)), None);
        meter.take(later(1000));
        assert_eq!(meter.wait(Person, later(1000)), Some(Duration::from_millis(500)));
        // Four fifths have come, and one comes back.
        meter.give_back(later(1400));
        meter.take(later(1400));
        assert_eq!(meter.wait(Person, later(1400)), Some(Duration::from_millis(100)));
    }

    #[test]
    fn a_bucket_is_never_more_than_full_and_a_wait_is_always_long_enough() {
        for limit in ["1", "7", "120"] {
            let mut meter = told(limit, limit, "1795307985", 0).unwrap();
            let mut now = NOW + Duration::from_secs(3600);
            for _ in 0..limit.parse().unwrap() {
                assert_eq!(meter.wait(Person, now), None, "{limit}");
                meter.take(now);
            }
            for _ in 0..20 {
                now += meter.wait(Person, now).unwrap();
                assert_eq!(meter.wait(Person, now), None, "{limit}");
                meter.take(now);
            }
        }
    }
}
