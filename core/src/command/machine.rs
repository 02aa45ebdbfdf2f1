//! Which state of a write follows which. Pure, so that every pair of state and event is looked at in a test.

use super::plan::Now;
use crate::store::{ItemState, Progress};
use ItemState::{Conflict, Done, Queued, Rejected, Sending, Unknown, Withdrawn};

/// What can happen to a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// A process is about to send it.
    Claim,
    /// It was not sent, or the server certainly did not act on it.
    NotApplied,
    /// The same, of a try after one that may have been applied.
    StillUnknown,
    /// The server says no to a try after one that may have been applied: that says nothing of the earlier one.
    Doubted,
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
        (Sending, Event::Lost | Event::StillUnknown | Event::Doubted) | (Unknown, Event::NotSeenYet) => {
            Unknown
        }
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

/// What an event of a create means, given its earlier tries. A server looks at who asks before it looks at the key: its no may
/// come although it has applied the try before.
pub(super) fn weigh(progress: &Progress, event: Event) -> Event {
    match event {
        Event::Refused if progress.state == Sending && progress.ended.is_some() => Event::Doubted,
        event => event,
    }
}

/// How far a write has come after the event; `None` if it cannot happen there. `keyed`: the server it is claimed for keeps
/// keys.
pub(super) fn advance(progress: &Progress, event: Event, keyed: bool, now: &Now) -> Option<Progress> {
    let event = match event {
        // This try was not; the one before it is as unknown as it was.
        Event::NotApplied if progress.ended.is_some() => Event::StillUnknown,
        event => event,
    };
    let mut after = Progress {
        state: next(progress.state, event)?,
        ..progress.clone()
    };
    match event {
        Event::Claim => {
            after.attempts += 1;
            after.first_sent_at = if keyed {
                progress.first_sent_at.or(now.server)
            } else {
                None
            };
            after.retry = None;
        }
        Event::Lost => {
            after.ended = Some(now.moment());
            after.looks = 0;
        }
        // From now on it is looked for, not sent under its key.
        Event::Doubted => (after.first_sent_at, after.looks) = (None, 0),
        Event::NotSeenYet => after.looks += 1,
        Event::Absent => (after.ended, after.looks, after.first_sent_at) = (None, 0, None),
        Event::Applied | Event::Refused | Event::Differs => {
            (after.retry, after.failures) = (None, 0);
        }
        Event::NotApplied | Event::StillUnknown | Event::Retry | Event::TakeBack => {}
    }
    Some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENTS: [Event; 12] = [
        Event::Claim,
        Event::NotApplied,
        Event::StillUnknown,
        Event::Doubted,
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
        #[rustfmt::skip]
        let table: [(ItemState, [Option<ItemState>; 12]); 7] = [
            // Claim, NotApplied, StillUnknown, Doubted, Lost, Applied, Refused, Differs, NotSeenYet, Absent, Retry, TakeBack
            (Queued, [Some(Sending), None, None, None, None, Some(Done), Some(Rejected), Some(Conflict), None, None, None, Some(Withdrawn)]),
            (Sending, [None, Some(Queued), Some(Unknown), Some(Unknown), Some(Unknown), Some(Done), Some(Rejected), Some(Conflict), None, None, None, None]),
            (Unknown, [Some(Sending), None, None, None, None, Some(Done), Some(Rejected), Some(Conflict), Some(Unknown), Some(Queued), None, None]),
            (Done, [None; 12]),
            (Rejected, [None, None, None, None, None, None, None, None, None, None, Some(Queued), Some(Withdrawn)]),
            (Conflict, [None, None, None, None, None, None, None, None, None, None, Some(Queued), Some(Withdrawn)]),
            (Withdrawn, [None; 12]),
        ];
        assert_eq!(table.map(|(state, _)| state).len(), ItemState::ALL.len());
        for (state, row) in table {
            for (event, expected) in EVENTS.into_iter().zip(row) {
                assert_eq!(next(state, event), expected, "{state:?} {event:?}");
            }
        }
    }

    #[test]
    fn s23_a_try_that_was_not_sent_does_not_make_an_earlier_one_certain() {
        let now = Now {
            boot: crate::ports::BootTime {
                boot_id: String::new(),
                elapsed: std::time::Duration::ZERO,
            },
            wall: jiff::Timestamp::UNIX_EPOCH,
            server: Some(jiff::Timestamp::UNIX_EPOCH),
        };
        let after = |progress: &Progress, event| advance(progress, event, true, &now).unwrap();
        let claimed = after(&Progress::queued(), Event::Claim);
        assert_eq!(after(&claimed, Event::NotApplied).state, Queued);
        let lost = after(&claimed, Event::Lost);
        let again = after(&after(&lost, Event::Claim), Event::NotApplied);
        assert_eq!(again.state, Unknown);
        assert_eq!(after(&again, Event::Absent).state, Queued);
        let sent_anew = after(&after(&again, Event::Absent), Event::Claim);
        assert_eq!(after(&sent_anew, Event::NotApplied).state, Queued);
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
