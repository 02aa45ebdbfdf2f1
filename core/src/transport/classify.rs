//! What became of one attempt, and whether it may be made again. Pure: no clock, no network.
//!
//! Promises: an attempt is called not applied only if the server certainly did not act on it (scenario 15). Resets, silence
//! and every server fault but v1's limiter and a 503 that says when to come back have an unknown outcome.

use std::time::Duration;

use http::StatusCode;

use super::breaker::Health;
use super::budget::Price;
use crate::api::Replay;
use crate::ports::NetworkError;

/// What happened to an attempt.
#[derive(Debug, Clone, Copy)]
pub(super) enum Event<'a> {
    /// There was no answer, or no whole one.
    Failed(&'a NetworkError),
    /// Nothing came for too long.
    Silent,
    /// An answer, JSON or not.
    Answered {
        status: StatusCode,
        /// v1's limiter.
        limiter: bool,
        /// How long it asks to be left alone.
        retry_after: Option<Duration>,
    },
}

/// What that means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is settled; the same again gives the same.
    Final,
    /// The server saw nothing: there was no connection.
    NotSent,
    /// The server did not act, and wants to be asked later.
    Later(Later),
    /// The server may have acted.
    Unknown(Again),
}

/// When to ask again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Later {
    /// After this, by a limiter.
    In(Duration),
    /// After this, by a server that is down or full.
    Down(Duration),
    /// It did not say.
    Sometime,
    /// v1's limiter, whose own words on this are wrong.
    Limiter,
}

/// How often it is worth trying again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    /// As often as attempts allow.
    Freely,
    /// Once: a plain 500 is most often the same again.
    Once,
}

pub(super) fn classify(event: Event<'_>) -> Verdict {
    match event {
        Event::Failed(NetworkError::Dns | NetworkError::Connect) => Verdict::NotSent,
        Event::Failed(NetworkError::Interrupted) | Event::Silent => Verdict::Unknown(Again::Freely),
        Event::Failed(
            NetworkError::Tls(_)
            | NetworkError::Damaged
            | NetworkError::Withheld
            | NetworkError::BadRequest
            | NetworkError::Setup(_),
        ) => Verdict::Final,
        Event::Answered { limiter: true, .. } => Verdict::Later(Later::Limiter),
        Event::Answered {
            status, retry_after, ..
        } => match (status.as_u16(), retry_after) {
            (429, Some(wait)) => Verdict::Later(Later::In(wait)),
            (503, Some(wait)) => Verdict::Later(Later::Down(wait)),
            (429, None) => Verdict::Later(Later::Sometime),
            (408 | 502..=504, _) => Verdict::Unknown(Again::Freely),
            (500, _) => Verdict::Unknown(Again::Once),
            _ => Verdict::Final,
        },
    }
}

impl Verdict {
    /// What sending it again costs, if a resend of its route costs so many retries.
    pub(super) fn price(self, retries: u32) -> Price {
        match self {
            Self::NotSent => Price::Dial,
            // A limiter lets nobody in before there is room again, so what comes back then adds nothing; a server that is down
            // has only guessed when it will be up.
            Self::Later(Later::In(_) | Later::Sometime | Later::Limiter) => Price::Free,
            Self::Later(Later::Down(_)) | Self::Unknown(_) | Self::Final => Price::Retries(retries),
        }
    }

    /// What it says of the server. `status`: of the answer, if there was one.
    pub(super) fn health(self, status: Option<StatusCode>) -> Health {
        match (self, status) {
            // A reset is a network's doing more often than a server's, and what is cut off here is found by connectivity.
            (Self::Unknown(_), Some(status)) if status.is_server_error() => Health::Ill,
            (Self::Final, Some(status)) if !status.is_server_error() => Health::Well,
            _ => Health::Unclear,
        }
    }

    /// Whether the same request may be sent again by the transport.
    pub(super) fn allows(self, replay: Replay) -> bool {
        match (self, replay) {
            (Self::Final, _) | (Self::Unknown(_), Replay::OnlyIfNotApplied) => false,
            (Self::NotSent | Self::Later(_), _) | (Self::Unknown(_), Replay::Safe) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(status: u16, retry_after: Option<u64>) -> Verdict {
        classify(Event::Answered {
            status: StatusCode::from_u16(status).unwrap(),
            limiter: false,
            retry_after: retry_after.map(Duration::from_secs),
        })
    }

    #[test]
    fn s15_only_what_was_certainly_not_applied_is_resent_for_a_write() {
        let resent = |verdict: Verdict| verdict.allows(Replay::OnlyIfNotApplied);
        assert!(resent(classify(Event::Failed(&NetworkError::Dns))));
        assert!(resent(classify(Event::Failed(&NetworkError::Connect))));
        assert!(resent(answered(429, None)));
        assert!(resent(answered(429, Some(1))));
        assert!(resent(answered(503, Some(1))));
        assert!(resent(classify(Event::Answered {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            limiter: true,
            retry_after: None
        })));
        assert!(!resent(answered(503, None)));
        assert!(!resent(answered(502, Some(1))));
        assert!(!resent(answered(500, Some(1))));
        assert!(!resent(answered(408, None)));
        assert!(!resent(classify(Event::Silent)));
        assert!(!resent(classify(Event::Failed(&NetworkError::Interrupted))));
        assert!(!resent(classify(Event::Failed(&NetworkError::Damaged))));
    }

    #[test]
    fn what_is_safe_is_resent_after_weather_and_never_after_a_definite_answer() {
        let resent = |verdict: Verdict| verdict.allows(Replay::Safe);
        for status in [408, 429, 500, 502, 503, 504] {
            assert!(resent(answered(status, None)), "{status}");
        }
        for status in [200, 201, 304, 400, 401, 403, 404, 409, 412, 422, 501, 505, 507] {
            assert!(!resent(answered(status, Some(1))), "{status}");
        }
        assert!(resent(classify(Event::Silent)));
        assert!(resent(classify(Event::Failed(&NetworkError::Interrupted))));
        assert!(!resent(classify(Event::Failed(&NetworkError::Damaged))));
    }

    #[test]
    fn what_each_verdict_costs_and_says_of_the_server() {
        let code = |status| StatusCode::from_u16(status).unwrap();
        let one = Price::Retries(1);
        #[rustfmt::skip]
        let table = [
            (200, None,    one,         Health::Well),
            (404, None,    one,         Health::Well),
            (429, Some(1), Price::Free, Health::Unclear),
            (429, None,    Price::Free, Health::Unclear),
            (503, Some(1), one,         Health::Unclear),
            (503, None,    one,         Health::Ill),
            (502, Some(1), one,         Health::Ill),
            (500, None,    one,         Health::Ill),
            (501, None,    one,         Health::Unclear),
            (408, None,    one,         Health::Unclear),
        ];
        for (status, retry_after, price, health) in table {
            let verdict = answered(status, retry_after);
            let is = (verdict.price(1), verdict.health(Some(code(status))));
            assert_eq!(is, (price, health), "{status} {retry_after:?}");
        }
        let dns = classify(Event::Failed(&NetworkError::Dns));
        assert_eq!((dns.price(2), dns.health(None)), (Price::Dial, Health::Unclear));
        let reset = classify(Event::Failed(&NetworkError::Interrupted));
        assert_eq!(
            (reset.price(2), reset.health(None)),
            (Price::Retries(2), Health::Unclear)
        );
        let limiter = Verdict::Later(Later::Limiter);
        let status = Some(code(500));
        assert_eq!(
            (limiter.price(1), limiter.health(status)),
            (Price::Free, Health::Unclear)
        );
    }

    #[test]
    fn what_was_withheld_is_not_sent_again_by_us() {
        assert_eq!(classify(Event::Failed(&NetworkError::Withheld)), Verdict::Final);
    }

    #[test]
    fn s19_a_server_that_is_not_the_one_is_never_asked_again() {
        assert_eq!(
            classify(Event::Failed(&NetworkError::Tls("expired".to_owned()))),
            Verdict::Final
        );
    }
}
