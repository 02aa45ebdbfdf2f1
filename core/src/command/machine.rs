//! Which state of a write follows which. Pure, so that every pair of state and event is looked at in a test.

use crate::store::ItemState;
use ItemState::{Conflict, Done, Queued, Rejected, Sending, Unknown, Withdrawn};

/// What can happen to a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// A process is about to send it.
    Claim,
    /// It was not sent, or the server certainly did not act on it.
    NotApplied,
    /// No answer came, or the process that sent it is gone: it may have been applied.
    Lost,
    /// The server applied it, now or earlier.
    Applied,
    /// The server, or what is known of it, says no.
    Refused,
    /// What is there is not what the person saw, or is not what was asked for.
    Differs,
    /// A look-up did not find it; it may still come to be.
    NotSeenYet,
    /// A look-up did not find it, and nothing can still bring it about.
    Absent,
    /// The person wants it tried again, perhaps changed.
    Retry,
    /// The person takes it back.
    TakeBack,
}

/// The state after the event; `None` if it cannot happen there.
pub(super) fn next(state: ItemState, event: Event) -> Option<ItemState> {
    Some(match (state, event) {
        (Queued | Unknown, Event::Claim) => Sending,
        (Sending, Event::NotApplied) | (Unknown, Event::Absent) => Queued,
        (Sending, Event::Lost) | (Unknown, Event::NotSeenYet) => Unknown,
        // Before it is sent, a look at what is there can settle it too.
        (Queued | Sending | Unknown, Event::Applied) => Done,
        (Queued | Sending | Unknown, Event::Refused) => Rejected,
        (Queued | Sending | Unknown, Event::Differs) => Conflict,
        (Rejected | Conflict, Event::Retry) => Queued,
        // What may have been applied cannot be taken back, only cancelled.
        (Queued | Rejected | Conflict, Event::TakeBack) => Withdrawn,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENTS: [Event; 10] = [
        Event::Claim,
        Event::NotApplied,
        Event::Lost,
        Event::Applied,
        Event::Refused,
        Event::Differs,
        Event::NotSeenYet,
        Event::Absent,
        Event::Retry,
        Event::TakeBack,
    ];

    #[test]
    fn s22_every_pair_of_state_and_event_is_as_written_down_here() {
        let table: [(ItemState, [Option<ItemState>; 10]); 7] = [
            //            Claim          NotApplied    Lost           Applied     Refused         Differs         NotSeenYet     Absent        Retry         TakeBack
            (
                Queued,
                [
                    Some(Sending),
                    None,
                    None,
                    Some(Done),
                    Some(Rejected),
                    Some(Conflict),
                    None,
                    None,
                    None,
                    Some(Withdrawn),
                ],
            ),
            (
                Sending,
                [
                    None,
                    Some(Queued),
                    Some(Unknown),
                    Some(Done),
                    Some(Rejected),
                    Some(Conflict),
                    None,
                    None,
                    None,
                    None,
                ],
            ),
            (
                Unknown,
                [
                    Some(Sending),
                    None,
                    None,
                    Some(Done),
                    Some(Rejected),
                    Some(Conflict),
                    Some(Unknown),
                    Some(Queued),
                    None,
                    None,
                ],
            ),
            (Done, [None; 10]),
            (
                Rejected,
                [
                    None,
                    None,
                    None,
                    None,
                    None,
                    None,
                    None,
                    None,
                    Some(Queued),
                    Some(Withdrawn),
                ],
            ),
            (
                Conflict,
                [
                    None,
                    None,
                    None,
                    None,
                    None,
                    None,
                    None,
                    None,
                    Some(Queued),
                    Some(Withdrawn),
                ],
            ),
            (Withdrawn, [None; 10]),
        ];
        assert_eq!(table.map(|(state, _)| state).len(), ItemState::ALL.len());
        for (state, row) in table {
            for (event, expected) in EVENTS.into_iter().zip(row) {
                assert_eq!(next(state, event), expected, "{state:?} {event:?}");
            }
        }
    }

    #[test]
    fn s22_from_every_state_that_may_have_been_applied_no_event_leads_to_a_blind_resend() {
        // Back to Queued, from where a create is sent without a look, only by certainty.
        for state in ItemState::ALL {
            for event in EVENTS {
                if next(state, event) == Some(Queued) {
                    assert!(
                        matches!(event, Event::NotApplied | Event::Absent | Event::Retry),
                        "{state:?} {event:?}"
                    );
                }
            }
        }
    }
}
