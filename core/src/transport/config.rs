//! The numbers of the transport, each with its reason.

use std::time::Duration;

/// How long to wait, how much to take and how often to try.
///
/// The connect time-out is not here: it belongs to whoever connects ([`HttpClientConfig`](crate::ports)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransportConfig {
    /// Longest silence before the head of an answer and between two parts of its body. Default 15 s: v1 has one thread, and
    /// a sign-in holds it for 0.3 s.
    pub stall: Duration,
    /// Longest duration of a whole call, with every attempt and every wait. Default 60 s. Must be shorter than the
    /// session's leases: a stale holder must have stopped sending.
    pub total: Duration,
    /// Most bytes of a decoded body. Default 2 MiB.
    pub max_body: usize,
    /// Deepest nesting of an answer's JSON. Default 64.
    pub max_depth: usize,
    /// Most times a request is sent after failures and server faults, the first included. Default 4.
    pub max_attempts: u32,
    /// Most times a request is sent when each answer said "later" (429, 503 with Retry-After, v1's limiter), the first
    /// included. Default 8.
    pub max_deferrals: u32,
    /// The first wait after a failure is drawn from zero to this. Default 500 ms.
    pub backoff_initial: Duration,
    /// No wait of our own choosing is longer. Default 10 s.
    pub backoff_ceiling: Duration,
    /// The first wait after v1's limiter is drawn from half of this to this. Default 1 s: a token comes back every 0.5 s.
    pub limiter_initial: Duration,
    /// A server cannot ask for more than this. Default 24 h.
    pub max_retry_after: Duration,
    /// Most redirects within the origin that one call follows. Default 3.
    pub max_redirects: u32,
    /// Most retries that are kept for an outage, for all calls together. Default 5: one call's three and another's two; with
    /// the trickle, ten minutes see 8.
    pub retry_reserve: u32,
    /// Time that earns one retry when nothing is answered; ten usable answers earn one too. Default 200 s.
    pub retry_trickle: Duration,
    /// After so many faults of the server in a row nothing is sent for a while. Default 5: one call alone (4) never does it.
    pub breaker_faults: u32,
    /// The first such while is drawn from half of this to this; each that follows without a good answer between is twice as
    /// long. Default 4 s.
    pub breaker_initial: Duration,
    /// No such while is longer. Default 60 s: a person who comes back when the server is well waits no longer.
    pub breaker_ceiling: Duration,
    /// Most exchanges under way at a time with a v1 server. Default 2: its one thread works on one, and the other is there when
    /// it is done; a third would wait in its queue, where nobody can overtake.
    pub places_v1: usize,
    /// The same with a v2 server. Default 6, as browsers do.
    pub places_v2: usize,
    /// So long a body may come as slowly as it likes. Default 15 s, as long as a silence may last.
    pub rate_grace: Duration,
    /// After that it must have come at so many bytes a second on average. Default 100: the slowest of phone networks are ten
    /// times as fast.
    pub min_rate: u32,
}

impl Default for TransportConfig {
    fn default() -> Self {
        Self {
            stall: Duration::from_secs(15),
            total: Duration::from_secs(60),
            max_body: 2 * 1024 * 1024,
            max_depth: 64,
            max_attempts: 4,
            max_deferrals: 8,
            backoff_initial: Duration::from_millis(500),
            backoff_ceiling: Duration::from_secs(10),
            limiter_initial: Duration::from_secs(1),
            max_retry_after: Duration::from_secs(24 * 60 * 60),
            max_redirects: 3,
            retry_reserve: 5,
            retry_trickle: Duration::from_secs(200),
            breaker_faults: 5,
            breaker_initial: Duration::from_secs(4),
            breaker_ceiling: Duration::from_secs(60),
            places_v1: 2,
            places_v2: 6,
            rate_grace: Duration::from_secs(15),
            min_rate: 100,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_defaults_are_the_defaults() {
        let config = TransportConfig::default();
        assert_eq!(config.stall.as_secs(), 15);
        assert_eq!(config.total.as_secs(), 60);
        assert_eq!(config.max_body, 2_097_152);
        assert_eq!(config.max_depth, 64);
        assert_eq!(config.max_attempts, 4);
        assert_eq!(config.max_deferrals, 8);
        assert_eq!(config.backoff_initial.as_millis(), 500);
        assert_eq!(config.backoff_ceiling.as_secs(), 10);
        assert_eq!(config.limiter_initial.as_secs(), 1);
        assert_eq!(config.max_retry_after.as_secs(), 86_400);
        assert_eq!(config.max_redirects, 3);
        assert_eq!(config.retry_reserve, 5);
        assert_eq!(config.retry_trickle.as_secs(), 200);
        assert_eq!(config.breaker_faults, 5);
        assert_eq!(config.breaker_initial.as_secs(), 4);
        assert_eq!(config.breaker_ceiling.as_secs(), 60);
        assert_eq!(config.places_v1, 2);
        assert_eq!(config.places_v2, 6);
        assert_eq!(config.rate_grace.as_secs(), 15);
        assert_eq!(config.min_rate, 100);
    }
}
