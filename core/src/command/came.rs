//! What came of one try: whether the write was applied, and what keeps it, or everything, from going on.
//!
//! Promised: a write is called not applied only if the server certainly did not act on it; everything else is unknown, and is
//! found out before it is sent again (scenario 23).

use super::machine::Event;
use super::outbox::Outbox;
use super::sender::Pause;
use super::stored::Outcome;
use crate::api::ApiError;
use crate::error::{Error, Refusal};
use crate::model::{Booking, Conflict, ConflictKind, Waiting};
use crate::session::Failure;
use crate::transport::Fault;

/// What came of one try.
pub(super) struct Came {
    pub(super) event: Event,
    pub(super) outcome: Option<Outcome>,
    pub(super) pause: Option<Pause>,
}

impl Came {
    pub(super) fn settled(event: Event, outcome: Outcome) -> Self {
        Self {
            event,
            outcome: Some(outcome),
            pause: None,
        }
    }

    pub(super) fn applied(booking: Option<Booking>) -> Self {
        Self::settled(
            Event::Applied,
            Outcome::Done {
                booking: booking.map(Box::new),
            },
        )
    }

    fn paused(event: Event, why: Waiting, pause: Pause) -> Self {
        Self {
            event,
            outcome: Some(Outcome::Waiting { why }),
            pause: Some(pause),
        }
    }

    pub(super) fn changed(current: Booking) -> Self {
        Self::settled(
            Event::Differs,
            Outcome::Conflict(Conflict {
                kind: ConflictKind::Changed,
                reason: "this booking was changed elsewhere meanwhile: look at it again".to_owned(),
                current: Some(Box::new(current)),
                free_slots: Vec::new(),
                request_id: None,
            }),
        )
    }

    pub(super) fn refused(why: Refusal, reason: String, request_id: Option<String>) -> Self {
        Self::settled(
            Event::Refused,
            Outcome::Rejected {
                why,
                reason,
                request_id,
            },
        )
    }
}

impl Outbox {
    /// What a failure says of whether the write was applied, and of what to do now.
    pub(super) fn judge(&self, failure: Failure) -> Came {
        let lost = |pause| Came::paused(Event::Lost, Waiting::Certainty, pause);
        match failure {
            Failure::Api(ApiError::Refused {
                why,
                reason,
                request_id,
            }) => Came::refused(why, reason, request_id),
            Failure::Api(ApiError::Conflict {
                kind,
                current,
                free_slots,
                reason,
                request_id,
            }) => Came::settled(
                Event::Differs,
                Outcome::Conflict(Conflict {
                    kind,
                    reason,
                    current,
                    free_slots,
                    request_id,
                }),
            ),
            Failure::Api(error @ (ApiError::InvalidInput { .. } | ApiError::Unsupported(_))) => {
                Came::settled(
                    Event::Refused,
                    Outcome::Rejected {
                        why: Refusal::Other {
                            code: "cannot_be_sent".to_owned(),
                        },
                        reason: Error::from(error).to_string(),
                        request_id: None,
                    },
                )
            }
            Failure::Api(error @ ApiError::ServerFault { .. }) => lost(Pause::Server(error.into())),
            // Answers of 4xx: not acted on.
            Failure::Api(error) => {
                Came::paused(Event::NotApplied, Waiting::Server, Pause::Server(error.into()))
            }
            Failure::Transport(error) => {
                let maybe_applied = error.maybe_applied();
                let withheld = error.fault == Fault::Withheld;
                let pause = if withheld {
                    Pause::LeaseLost
                } else {
                    self.pause_of(error.into())
                };
                if maybe_applied {
                    return lost(pause);
                }
                Came::paused(Event::NotApplied, waiting_for(&pause), pause)
            }
            // Before anything was sent, or after a definite 401.
            Failure::Public(error) => {
                let pause = self.pause_of(error);
                Came::paused(Event::NotApplied, waiting_for(&pause), pause)
            }
        }
    }

    /// What an error says of going on.
    pub(super) fn pause_of(&self, error: Error) -> Pause {
        match error {
            Error::Offline { .. } | Error::CaptivePortal => Pause::Offline(error),
            Error::Busy { until } => Pause::Busy(self.left(until), error),
            Error::ServerFault { .. }
            | Error::Refused { .. }
            | Error::UpgradeRequired { .. }
            | Error::Conflict { .. }
            | Error::InvalidInput { .. }
            | Error::AmbiguousTime { .. }
            | Error::Unsupported { .. } => Pause::Server(error),
            Error::SignInNeeded { .. }
            | Error::Locked { .. }
            | Error::Untrusted { .. }
            | Error::Storage { .. }
            | Error::Unsent { .. }
            | Error::Suspended
            | Error::Closed
            | Error::Internal { .. } => Pause::Stopped(error),
        }
    }
}

/// The server made it at another time than was asked for (Q9): it exists, and is no success.
pub(super) fn was_moved(booking: Booking) -> Came {
    Came::settled(
        Event::Differs,
        Outcome::Conflict(Conflict {
            kind: ConflictKind::Moved,
            reason: "the server booked another time than you asked for: keep it, move it or cancel it"
                .to_owned(),
            current: Some(Box::new(booking)),
            free_slots: Vec::new(),
            request_id: None,
        }),
    )
}

pub(super) fn waiting_for(pause: &Pause) -> Waiting {
    match pause {
        Pause::Offline(_) => Waiting::Network,
        Pause::Busy(..) | Pause::Server(_) => Waiting::Server,
        Pause::Stopped(_) | Pause::LeaseLost => Waiting::Turn,
    }
}
