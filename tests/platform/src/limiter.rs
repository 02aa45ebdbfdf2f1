//! Token buckets, on the server's clock.

use std::collections::HashMap;

use jiff::Timestamp;

/// What a bucket said.
pub(crate) struct Verdict {
    /// Whether the request may pass.
    pub(crate) allowed: bool,
    /// Whole tokens left.
    pub(crate) remaining: u64,
    /// Seconds until there is a token, at least one, if there is none.
    pub(crate) retry_after: u64,
    /// Seconds until the bucket is full.
    pub(crate) full_in: u64,
}

struct Bucket {
    tokens: f64,
    at: Timestamp,
}

/// Buckets by whose they are.
#[derive(Default)]
pub(crate) struct Limiter {
    buckets: HashMap<String, Bucket>,
    /// When every bucket was last emptied on command.
    emptied: Option<Timestamp>,
}

impl Limiter {
    /// Takes a token from `who`'s bucket of `capacity`, refilled with `per_minute`.
    pub(crate) fn take(&mut self, who: &str, per_minute: u32, capacity: u32, now: Timestamp) -> Verdict {
        let (capacity, rate) = (f64::from(capacity), f64::from(per_minute.max(1)) / 60.0);
        let bucket = self.buckets.entry(who.to_owned()).or_insert_with(|| Bucket {
            tokens: capacity,
            at: now,
        });
        if let Some(emptied) = self.emptied.filter(|emptied| bucket.at <= *emptied) {
            *bucket = Bucket {
                tokens: 0.0,
                at: emptied,
            };
        }
        // A clock set back refills nothing.
        let passed = now.duration_since(bucket.at).as_secs_f64().max(0.0);
        bucket.tokens = (bucket.tokens + passed * rate).min(capacity);
        bucket.at = bucket.at.max(now);
        let allowed = bucket.tokens >= 1.0;
        if allowed {
            bucket.tokens -= 1.0;
        }
        Verdict {
            allowed,
            remaining: bucket.tokens as u64,
            retry_after: (((1.0 - bucket.tokens) / rate).ceil().max(1.0)) as u64,
            full_in: ((capacity - bucket.tokens) / rate).ceil() as u64,
        }
    }

    /// Empties every bucket, known or not.
    pub(crate) fn empty(&mut self, now: Timestamp) {
        self.emptied = Some(now);
    }

    /// Fills every bucket again.
    pub(crate) fn reset(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan as _;

    #[test]
    fn a_bucket_runs_dry_and_refills_with_the_clock() {
        let (mut limiter, now) = (Limiter::default(), Timestamp::UNIX_EPOCH);
        for left in (0..2).rev() {
            assert_eq!(limiter.take("a", 60, 2, now).remaining, left);
        }
        let dry = limiter.take("a", 60, 2, now);
        assert!(!dry.allowed && dry.retry_after == 1 && dry.full_in == 2);
        assert!(limiter.take("a", 60, 2, now + 1.second()).allowed);
        assert!(limiter.take("b", 60, 2, now).allowed);
    }

    #[test]
    fn an_emptied_bucket_refuses_newcomers_too() {
        let (mut limiter, now) = (Limiter::default(), Timestamp::UNIX_EPOCH);
        limiter.empty(now);
        assert!(!limiter.take("new", 120, 120, now).allowed);
        assert!(limiter.take("new", 120, 120, now + 1.second()).allowed);
    }
}
