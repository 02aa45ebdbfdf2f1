//! Which state of the journal follows which. Pure, so that every pair of state and event is looked at in a test.

use crate::store::{Journal, Spends};
use Journal::{Clear, Intended, Unknown};

/// What can happen to the spending of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::session) enum Event {
    /// One who has the lease is about to send. If a try is open already, its process is gone or may not write any more.
    Begin,
    /// The server granted the next pair.
    Granted,
    /// The request was not sent, or the server certainly did not act on it.
    NotApplied,
    /// No answer came, or none that can be read: it may have been applied.
    Lost,
    /// A definite no.
    Refused,
}

/// What is to be done about it, besides writing the new state down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::session) enum Effect {
    /// Send the request with this token, once the new state is on disk.
    Send(Spends),
    /// Save the new pair, in the same write; the pair that was spent stays beside it.
    Save(Spends),
    /// Nothing more.
    Rest,
    /// The session is over.
    End,
}

/// What matters of the pairs on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::session) struct Pair {
    /// Whether a call with the newest has succeeded.
    pub(in crate::session) proven: bool,
    /// Whether the one before it is still there.
    pub(in crate::session) has_previous: bool,
}

/// The state after the event, and what to do; `None` if it cannot happen there.
pub(in crate::session) fn next(journal: Journal, pair: Pair, event: Event) -> Option<(Journal, Effect)> {
    Some(match (journal, event) {
        // Always the newest first: the server may have found again what it had lost, by a try with the one before.
        (_, Event::Begin) => {
            let spends = Spends::Newest;
            let doubt = journal != Clear;
            (Intended { spends, doubt }, Effect::Send(spends))
        }
        (Intended { spends, .. }, Event::Granted) => (Clear, Effect::Save(spends)),
        (Intended { spends, doubt: true }, Event::NotApplied) | (Intended { spends, .. }, Event::Lost) => {
            (Unknown { spends }, Effect::Rest)
        }
        (Intended { .. }, Event::NotApplied) => (Clear, Effect::Rest),
        (
            Intended {
                spends: Spends::Newest,
                doubt,
            },
            Event::Refused,
        ) if !pair.proven && pair.has_previous => {
            let spends = Spends::Previous;
            (Intended { spends, doubt }, Effect::Send(spends))
        }
        (Intended { .. }, Event::Refused) => (Clear, Effect::End),
        (Clear | Unknown { .. }, _) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use Spends::{Newest, Previous};

    const EVENTS: [Event; 5] = [
        Event::Begin,
        Event::Granted,
        Event::NotApplied,
        Event::Lost,
        Event::Refused,
    ];

    const fn intended(spends: Spends, doubt: bool) -> Journal {
        Intended { spends, doubt }
    }

    const fn unknown(spends: Spends) -> Journal {
        Unknown { spends }
    }

    #[test]
    fn s03_every_pair_of_state_and_event_is_as_written_down_here() {
        // The newest has not worked yet, and the one before it is there.
        let pair = Pair {
            proven: false,
            has_previous: true,
        };
        let rest = |journal| Some((journal, Effect::Rest));
        let send = |spends, doubt| Some((intended(spends, doubt), Effect::Send(spends)));
        let save = |spends| Some((Clear, Effect::Save(spends)));
        let end = Some((Clear, Effect::End));
        #[rustfmt::skip]
        let table: [(Journal, [Option<(Journal, Effect)>; 5]); 7] = [
            // Begin, Granted, NotApplied, Lost, Refused
            (Clear, [send(Newest, false), None, None, None, None]),
            (unknown(Newest), [send(Newest, true), None, None, None, None]),
            (unknown(Previous), [send(Newest, true), None, None, None, None]),
            (intended(Newest, false), [send(Newest, true), save(Newest), rest(Clear), rest(unknown(Newest)), send(Previous, false)]),
            (intended(Newest, true), [send(Newest, true), save(Newest), rest(unknown(Newest)), rest(unknown(Newest)), send(Previous, true)]),
            (intended(Previous, false), [send(Newest, true), save(Previous), rest(Clear), rest(unknown(Previous)), end]),
            (intended(Previous, true), [send(Newest, true), save(Previous), rest(unknown(Previous)), rest(unknown(Previous)), end]),
        ];
        for (journal, row) in table {
            for (event, expected) in EVENTS.into_iter().zip(row) {
                assert_eq!(next(journal, pair, event), expected, "{journal:?} {event:?}");
            }
        }
    }

    #[test]
    fn s03_the_end_comes_by_a_definite_no_only() {
        for proven in [false, true] {
            for has_previous in [false, true] {
                let pair = Pair { proven, has_previous };
                for spends in [Newest, Previous] {
                    for doubt in [false, true] {
                        for event in EVENTS {
                            let after = next(intended(spends, doubt), pair, event);
                            let ends = matches!(after, Some((_, Effect::End)));
                            assert!(!ends || event == Event::Refused, "{event:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn s04_the_pair_before_is_tried_only_while_the_newest_has_not_worked() {
        let refused = |proven, has_previous| {
            next(
                intended(Newest, false),
                Pair { proven, has_previous },
                Event::Refused,
            )
        };
        assert_eq!(refused(true, false), Some((Clear, Effect::End)));
        assert_eq!(refused(true, true), Some((Clear, Effect::End)));
        assert_eq!(refused(false, false), Some((Clear, Effect::End)));
        assert_eq!(
            refused(false, true),
            Some((intended(Previous, false), Effect::Send(Previous)))
        );
    }
}
