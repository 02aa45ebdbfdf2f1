//! The life of one client: open, suspended and open again, closed for good. Pure.
//!
//! Promises (scenarios 34 and 36): every order of calls has one outcome, the last word wins, and nothing leaves `Closed`. What
//! a step asks for is done by the client, in that order: what reopens is done before the state is entered and leaves it
//! unentered if it fails, everything else after.
//!
//! ```text
//!   Open --suspend--> Suspending --drained, or time is up--> Suspended
//!     ^<----resume--------'  ^                                |  |
//!     |<----resume-----------|--------------------------------'  | sync
//!     |                      '--suspend, or the last sync ends-- v
//!     '<----resume-------------------------------------------- Visited
//!   any --close--> Closed
//! ```

use crate::error::Error;

/// Where a client stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Life {
    /// Everything may be asked for.
    Open,
    /// Nothing new is begun; what cannot be asked again has until the deadline. `turn` tells one suspension from the next.
    Suspending { turn: u64 },
    /// No file is open and nothing runs.
    Suspended,
    /// Suspended for all but so many synchronisations, for which the files are open.
    Visited { syncs: u32 },
    /// For good.
    Closed,
}

/// What happens to a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LifeEvent {
    /// It is to be suspended, in a turn that no earlier one had.
    Suspend { turn: u64 },
    /// Nothing is left to be waited for in this suspension, or its time is up.
    Done { turn: u64 },
    /// It is to go on.
    Resume,
    /// A synchronisation begins.
    Enter,
    /// One that found it suspended ends; what is left is given up in this turn.
    Leave { turn: u64 },
    /// It is to be closed.
    Close,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LifeStep {
    Nothing,
    /// Cut short what can be asked again, and hold back what was not begun.
    Drain,
    /// End everything and close the files.
    Shut,
    /// Open the files, then have everything go on.
    Reopen,
    /// Have everything go on: no file was closed.
    GoOn,
    /// End everything for good.
    End,
    /// Ask again once this suspension is over.
    Wait,
    /// It is closed.
    Refuse,
}

impl Life {
    /// What follows.
    pub(crate) fn after(self, event: LifeEvent) -> (Self, LifeStep) {
        use LifeEvent::{Close, Done, Enter, Leave, Resume, Suspend};
        use LifeStep::{Drain, End, GoOn, Nothing, Refuse, Reopen, Shut, Wait};
        match (self, event) {
            (Self::Closed, Suspend { .. } | Resume | Enter) => (self, Refuse),
            (Self::Closed, _) => (self, Nothing),
            (_, Close) => (Self::Closed, End),

            (Self::Open, Suspend { turn }) => (Self::Suspending { turn }, Drain),
            (Self::Open, Done { .. } | Resume | Enter | Leave { .. }) => (self, Nothing),

            (Self::Suspending { turn: of }, Done { turn }) if of == turn => (Self::Suspended, Shut),
            (Self::Suspending { .. }, Resume) => (Self::Open, GoOn),
            (Self::Suspending { .. }, Enter) => (self, Wait),
            (Self::Suspending { .. }, Suspend { .. } | Done { .. } | Leave { .. }) => (self, Nothing),

            (Self::Suspended, Resume) => (Self::Open, Reopen),
            (Self::Suspended, Enter) => (Self::Visited { syncs: 1 }, Reopen),
            (Self::Suspended, Suspend { .. } | Done { .. } | Leave { .. }) => (self, Nothing),

            (Self::Visited { .. }, Suspend { turn }) => (Self::Suspending { turn }, Drain),
            (Self::Visited { .. }, Resume) => (Self::Open, GoOn),
            (Self::Visited { syncs }, Enter) => (Self::Visited { syncs: syncs + 1 }, Nothing),
            (Self::Visited { syncs: 0 | 1 }, Leave { turn }) => (Self::Suspending { turn }, Drain),
            (Self::Visited { syncs }, Leave { .. }) => (Self::Visited { syncs: syncs - 1 }, Nothing),
            (Self::Visited { .. }, Done { .. }) => (self, Nothing),
        }
    }

    /// Whether work may be begun.
    pub(crate) fn admits(self) -> bool {
        matches!(self, Self::Open | Self::Visited { .. })
    }

    /// Whether the files are to stay closed until somebody resumes.
    pub(crate) fn is_suspended(self) -> bool {
        self == Self::Suspended
    }

    /// Whether nothing follows any more.
    pub(crate) fn is_closed(self) -> bool {
        self == Self::Closed
    }

    /// What a call that is made now is told, if it may not be made.
    pub(crate) fn refusal(self) -> Option<Error> {
        match self {
            Self::Open => None,
            Self::Suspending { .. } | Self::Suspended | Self::Visited { .. } => Some(Error::Suspended),
            Self::Closed => Some(Error::Closed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Life::{Closed, Open, Suspended, Suspending, Visited};
    use super::LifeEvent::{Close, Done, Enter, Leave, Resume, Suspend};
    use super::LifeStep::{Drain, End, GoOn, Nothing, Refuse, Reopen, Shut, Wait};
    use super::*;

    #[test]
    fn s34_what_follows_from_each_state_and_event() {
        let (ours, next) = (Suspending { turn: 1 }, Suspending { turn: 2 });
        let (one, two) = (Visited { syncs: 1 }, Visited { syncs: 2 });
        let (suspend, done, leave) = (Suspend { turn: 2 }, Done { turn: 1 }, Leave { turn: 2 });
        let table = [
            (Open, suspend, next, Drain),
            (Open, done, Open, Nothing),
            (Open, Resume, Open, Nothing),
            (Open, Enter, Open, Nothing),
            (Open, leave, Open, Nothing),
            (Open, Close, Closed, End),
            (ours, suspend, ours, Nothing),
            (ours, done, Suspended, Shut),
            (ours, Done { turn: 0 }, ours, Nothing),
            (ours, Resume, Open, GoOn),
            (ours, Enter, ours, Wait),
            (ours, leave, ours, Nothing),
            (ours, Close, Closed, End),
            (Suspended, suspend, Suspended, Nothing),
            (Suspended, done, Suspended, Nothing),
            (Suspended, Resume, Open, Reopen),
            (Suspended, Enter, one, Reopen),
            (Suspended, leave, Suspended, Nothing),
            (Suspended, Close, Closed, End),
            (one, suspend, next, Drain),
            (one, done, one, Nothing),
            (one, Resume, Open, GoOn),
            (one, Enter, two, Nothing),
            (one, leave, next, Drain),
            (two, leave, one, Nothing),
            (two, suspend, next, Drain),
            (two, Resume, Open, GoOn),
            (one, Close, Closed, End),
            (Closed, suspend, Closed, Refuse),
            (Closed, done, Closed, Nothing),
            (Closed, Resume, Closed, Refuse),
            (Closed, Enter, Closed, Refuse),
            (Closed, leave, Closed, Nothing),
            (Closed, Close, Closed, Nothing),
        ];
        for (before, event, after, step) in table {
            assert_eq!(before.after(event), (after, step), "{before:?}, {event:?}");
        }
    }

    /// Whatever is called in whatever order: files are opened only where they are closed, and closed only where they are open.
    #[test]
    fn s34_no_order_of_calls_opens_twice_or_closes_twice() {
        let events = [
            Suspend { turn: 7 },
            Done { turn: 7 },
            Resume,
            Enter,
            Leave { turn: 7 },
            Close,
        ];
        for number in 0..6_usize.pow(7) {
            let (mut life, mut open, mut rest) = (Open, true, number);
            for _ in 0..7 {
                let (after, step) = life.after(events[rest % 6]);
                rest /= 6;
                match step {
                    Shut => assert!(std::mem::replace(&mut open, false)),
                    Reopen => assert!(!std::mem::replace(&mut open, true)),
                    Drain | GoOn => assert!(open),
                    End => open = false,
                    Nothing | Wait | Refuse => {}
                }
                assert_eq!(open, !matches!(after, Suspended | Closed), "{number}: {after:?}");
                assert!(life != Closed || after == Closed);
                life = after;
            }
        }
    }

    #[test]
    fn what_a_call_is_told_and_what_may_begin() {
        for (life, told, admits) in [
            (Open, None, true),
            (Suspending { turn: 1 }, Some(Error::Suspended), false),
            (Suspended, Some(Error::Suspended), false),
            (Visited { syncs: 1 }, Some(Error::Suspended), true),
            (Closed, Some(Error::Closed), false),
        ] {
            assert_eq!((life.refusal(), life.admits()), (told, admits), "{life:?}");
        }
    }
}
