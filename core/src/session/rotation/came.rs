//! What an answer to a refresh, or none, means: the one place where weather is told from a definite no (scenario 8).
//! `docs/refresh-answers.md` lists every answer; each of its rows is a test.

use super::super::link::Failure;
use super::run::Came;
use crate::api::{ApiError, RefreshRefusal};
use crate::model::SessionDecision;
use crate::transport::Fault;

/// What came of a request that gave no pair.
pub(in crate::session) fn came_of(failure: &Failure) -> Came {
    match failure {
        Failure::Transport(error) if error.fault == Fault::Withheld && !error.maybe_applied() => {
            Came::Withheld
        }
        Failure::Transport(error) if error.maybe_applied() => Came::Lost,
        // Found out before anything was sent: there is no network, it cannot be sent as it is.
        Failure::Transport(_)
        | Failure::Public(_)
        | Failure::Api(ApiError::InvalidInput { .. } | ApiError::Unsupported(_)) => Came::NotApplied,
        Failure::Api(error) => match error {
            ApiError::RefreshRefused {
                refusal,
                after_unknown,
                ..
            } => match refusal {
                RefreshRefusal::Definite(_) => Came::Refused,
                // It says so of the last try only.
                RefreshRefusal::Weather { .. } if *after_unknown => Came::Lost,
                RefreshRefusal::Weather { status } => by_status(*status),
            },
            ApiError::ServerFault { status, .. } => by_status(*status),
            // Another dialect's words, of the last try only.
            ApiError::WrongDialect {
                after_unknown: true, ..
            } => Came::Lost,
            // Statements of the server: it looked at the request and did not carry it out.
            _ => Came::NotApplied,
        },
    }
}

/// A 4xx is a statement of the server's that it did nothing; after anything else that is no pair it may have.
fn by_status(status: u16) -> Came {
    if (400..500).contains(&status) && status != 408 {
        Came::NotApplied
    } else {
        Came::Lost
    }
}

/// What is noted of a request without a pair.
pub(in crate::session) fn decision_of(failure: &Failure, came: Came) -> SessionDecision {
    let status = match failure {
        Failure::Api(ApiError::RefreshRefused {
            refusal: RefreshRefusal::Definite(why),
            ..
        }) => return SessionDecision::RefreshRefused { why: *why },
        Failure::Api(ApiError::RefreshRefused {
            refusal: RefreshRefusal::Weather { status },
            ..
        })
        | Failure::Api(ApiError::ServerFault { status, .. }) => Some(*status),
        _ => None,
    };
    match (came, status) {
        (Came::Lost, status) => SessionDecision::RefreshUnknown { status },
        (Came::Withheld, _) => SessionDecision::LeaseLost,
        (_, Some(status)) => SessionDecision::RefreshWeather { status },
        (_, None) => SessionDecision::RefreshNotSent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Error, OfflineReason, SignInReason};
    use crate::transport::TransportError;

    fn refused(refusal: RefreshRefusal) -> Came {
        came_of(&Failure::Api(ApiError::RefreshRefused {
            refusal,
            after_unknown: false,
            request_id: None,
        }))
    }

    #[test]
    fn s03_what_a_later_try_says_of_itself_does_not_settle_an_earlier_one() {
        let weather = |after_unknown| {
            came_of(&Failure::Api(ApiError::RefreshRefused {
                refusal: RefreshRefusal::Weather { status: 401 },
                after_unknown,
                request_id: None,
            }))
        };
        assert_eq!(weather(false), Came::NotApplied);
        assert_eq!(weather(true), Came::Lost);
        let wrong_dialect = |after_unknown| {
            came_of(&Failure::Api(ApiError::WrongDialect {
                request_id: None,
                after_unknown,
            }))
        };
        assert_eq!(wrong_dialect(false), Came::NotApplied);
        assert_eq!(wrong_dialect(true), Came::Lost);
    }

    #[test]
    fn s08_only_a_definite_no_is_one() {
        assert_eq!(
            refused(RefreshRefusal::Definite(SignInReason::SessionExpired)),
            Came::Refused
        );
        for status in [401, 403, 404, 422, 425, 429] {
            assert_eq!(refused(RefreshRefusal::Weather { status }), Came::NotApplied);
        }
        for status in [200, 204, 302, 408, 500, 502, 503, 504] {
            assert_eq!(refused(RefreshRefusal::Weather { status }), Came::Lost);
        }
    }

    #[test]
    fn s03_what_may_have_been_applied_is_unknown_and_what_was_not_sent_is_not() {
        let fault = || Fault::Offline(OfflineReason::Interrupted);
        let after = |applied| Failure::Transport(TransportError::after(fault(), None, applied));
        assert_eq!(came_of(&after(true)), Came::Lost);
        assert_eq!(came_of(&after(false)), Came::NotApplied);
        assert_eq!(
            came_of(&Failure::Transport(TransportError::unsent(Fault::Withheld))),
            Came::Withheld
        );
        // An earlier try of the same call was let go before the lease was lost.
        let late = TransportError::after(Fault::Withheld, None, true);
        assert_eq!(came_of(&Failure::Transport(late)), Came::Lost);
        assert_eq!(came_of(&Failure::Public(Error::Closed)), Came::NotApplied);
    }
}
