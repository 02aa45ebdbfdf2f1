//! How what a screen shows stands: is it there, how old is it, is a newer one on its way, and what went wrong.

use jiff::Timestamp;

use super::cue::Heard;
use super::problem::Problem;
use super::text::{Text, TextArg, TextKey};
use crate::error::{Error, SignInReason};
use crate::model::{Connectivity, Snapshot};
use crate::query::Update;

/// How what is shown stands.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Standing {
    /// What to draw.
    pub phase: Phase,
    /// A newer answer is on its way: during the first load a skeleton stands for it, later a sign beside what is shown.
    pub refreshing: bool,
    /// When the server last confirmed what is shown, by this device's clock.
    pub as_of: Option<Timestamp>,
    /// What is shown is older than it should be.
    pub stale: bool,
    /// The server cannot be reached now.
    pub offline: bool,
    /// What is to be said beside what is shown: of when it is, and that the server cannot be reached.
    pub line: Option<Text>,
    /// What went wrong: on its own under `Failed`, else as a line beside what is shown.
    pub problem: Option<Problem>,
}

/// What to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum Phase {
    /// Nothing is there yet: a skeleton.
    FirstLoad,
    /// What is there.
    Shown,
    /// There is an answer, and nothing in it.
    Empty,
    /// Nothing is there, and none comes: the problem.
    Failed,
}

/// What was heard of one observed answer, and what is left of it.
#[derive(Debug, Clone)]
pub(crate) struct Seen<T> {
    snapshot: Option<Snapshot<T>>,
    loading: bool,
    error: Option<Error>,
    /// So often a person has asked for a newer one, and waits.
    asked: u32,
}

impl<T> Default for Seen<T> {
    fn default() -> Self {
        Self {
            snapshot: None,
            loading: true,
            error: None,
            asked: 0,
        }
    }
}

impl<T> Seen<T> {
    /// Takes note of it. Of an account that is signed out nothing is left.
    pub(crate) fn hear(&mut self, heard: Heard<Update<T>>) {
        let asked = self.asked;
        *self = match heard {
            Heard::Now(update) => Self {
                // What the server refuses is no longer this person's to see.
                snapshot: update
                    .snapshot
                    .filter(|_| !matches!(update.error, Some(Error::Refused { .. }))),
                loading: update.loading,
                error: update.error,
                asked,
            },
            Heard::Failed(error) => Self {
                snapshot: None,
                loading: false,
                error: Some(error),
                asked,
            },
            Heard::Over => Self {
                snapshot: None,
                loading: false,
                error: Some(Error::SignInNeeded {
                    why: SignInReason::SignedOut,
                }),
                asked: 0,
            },
        };
    }

    /// A person asks for a newer one: what is observed shows that only when it is sent.
    pub(crate) fn ask(&mut self) {
        self.asked = self.asked.saturating_add(1);
    }

    /// What was asked for is there, or does not come.
    pub(crate) fn answered(&mut self) {
        self.asked = self.asked.saturating_sub(1);
    }

    fn is_waited_for(&self) -> bool {
        self.loading || self.asked > 0
    }

    /// Whether the answer of this time is to be asked for again: not if there is another by now or one is on its way. Noted
    /// where there is one; what stands in for none is not taken away while it is asked for.
    pub(crate) fn renew(&mut self, fetched_at: Option<Timestamp>) -> bool {
        let is_it = self.snapshot.as_ref().map(|snapshot| snapshot.fetched_at) == fetched_at;
        let is_due = is_it && !self.loading;
        self.loading |= is_due && fetched_at.is_some();
        is_due
    }

    pub(crate) fn value(&self) -> Option<&T> {
        self.snapshot.as_ref().map(|snapshot| &snapshot.value)
    }

    /// How it stands, where an answer can be empty.
    pub(crate) fn standing(&self, reach: Connectivity, is_empty: impl Fn(&T) -> bool) -> Standing {
        let snapshot = self.snapshot.as_ref();
        let unreached = Problem::unreachable(reach).filter(|_| snapshot.is_none() && !self.is_waited_for());
        let phase = match (&self.snapshot, &self.error) {
            (Some(snapshot), _) if is_empty(&snapshot.value) => Phase::Empty,
            (Some(_), _) => Phase::Shown,
            (None, Some(_)) if !self.is_waited_for() => Phase::Failed,
            // Cut short by a suspension, and not asked again without a network.
            (None, None) if unreached.is_some() => Phase::Failed,
            (None, _) => Phase::FirstLoad,
        };
        let unreachable = matches!(self.error, Some(Error::Offline { .. } | Error::CaptivePortal));
        let as_of = snapshot.map(|snapshot| snapshot.fetched_at);
        let stale = snapshot.is_some_and(|snapshot| snapshot.stale);
        let offline =
            unreachable || matches!(reach, Connectivity::Offline { .. } | Connectivity::CaptivePortal);
        Standing {
            phase,
            refreshing: self.is_waited_for(),
            as_of,
            stale,
            offline,
            line: line(as_of, stale, offline),
            problem: match phase {
                Phase::FirstLoad => None,
                _ => self.error.as_ref().map(Problem::from).or(unreached),
            },
        }
    }
}

fn line(as_of: Option<Timestamp>, stale: bool, offline: bool) -> Option<Text> {
    let at = |key, at| Text::with(key, TextArg::Moment { at });
    match (as_of, offline) {
        (Some(as_of), true) => Some(at(TextKey::StandingAsOfOffline, as_of)),
        (Some(as_of), false) if stale => Some(at(TextKey::StandingAsOf, as_of)),
        (None, true) => Some(TextKey::StandingOffline.into()),
        (_, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::OfflineReason;
    use crate::screens::Remedy;

    #[test]
    fn what_is_old_or_offline_says_of_when_it_is() {
        let now = Timestamp::UNIX_EPOCH;
        let at = TextArg::Moment { at: now };
        for (as_of, stale, offline, said) in [
            (None, false, false, None),
            (Some(now), false, false, None),
            (Some(now), true, false, Some(TextKey::StandingAsOf)),
            (Some(now), true, true, Some(TextKey::StandingAsOfOffline)),
            (Some(now), false, true, Some(TextKey::StandingAsOfOffline)),
        ] {
            let expected = said.map(|key| Text::with(key, at.clone()));
            assert_eq!(line(as_of, stale, offline), expected, "{stale} {offline}");
        }
        assert_eq!(line(None, false, true), Some(TextKey::StandingOffline.into()));
    }

    #[test]
    fn what_a_person_asks_for_is_under_way_until_it_is_answered_though_nothing_newer_is_heard() {
        let mut seen = Seen::<u8>::default();
        seen.hear(Heard::Failed(Error::CaptivePortal));
        let shown = |seen: &Seen<u8>| {
            let standing = seen.standing(Connectivity::Online, |_| false);
            (standing.phase, standing.refreshing)
        };
        assert_eq!(shown(&seen), (Phase::Failed, false));
        seen.ask();
        seen.ask();
        assert_eq!(shown(&seen), (Phase::FirstLoad, true));
        seen.hear(Heard::Failed(Error::CaptivePortal));
        seen.answered();
        assert_eq!(shown(&seen), (Phase::FirstLoad, true), "one is still asked for");
        seen.answered();
        assert_eq!(shown(&seen), (Phase::Failed, false));
        // Of somebody else's.
        seen.ask();
        seen.hear(Heard::Over);
        assert_eq!(shown(&seen), (Phase::Failed, false));
        seen.answered();
        assert_eq!(shown(&seen), (Phase::Failed, false));
    }

    #[test]
    fn s34_what_a_suspension_cut_short_is_no_skeleton_for_ever_without_a_network() {
        let mut seen = Seen::<u8>::default();
        let offline = Connectivity::Offline {
            why: OfflineReason::ByRequest,
        };
        assert_eq!(
            seen.standing(offline, |_| false).phase,
            Phase::FirstLoad,
            "asked for"
        );
        seen.hear(Heard::Now(Update {
            snapshot: None,
            loading: false,
            error: None,
        }));
        assert_eq!(
            seen.standing(Connectivity::Online, |_| false).phase,
            Phase::FirstLoad
        );
        let shown = seen.standing(offline, |_| false);
        assert_eq!(shown.phase, Phase::Failed);
        assert_eq!(shown.problem.map(|problem| problem.remedy), Some(Remedy::Retry));
    }
}
