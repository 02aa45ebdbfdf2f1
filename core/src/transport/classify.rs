//! What became of one attempt, and whether it may be made again. Pure: no clock, no network.
//!
//! Promises: an attempt is called not applied only if the server certainly did not act on it (scenario 15). Resets, silence
//! and every server fault but v1's limiter and a 503 that says when to come back have an unknown outcome.

use std::time::Duration;

use http::StatusCode;

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
    /// After this.
    In(Duration),
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
            (429 | 503, Some(wait)) => Verdict::Later(Later::In(wait)),
            (429, None) => Verdict::Later(Later::Sometime),
            (408 | 502..=504, _) => Verdict::Unknown(Again::Freely),
            (500, _) => Verdict::Unknown(Again::Once),
            _ => Verdict::Final,
        },
    }
}

impl Verdict {
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
