//! Whether the server can be reached, as far as anybody knows. Pure: what was said and what was seen in, a state and what
//! follows from it out.
//!
//! Promises (scenarios 13, 18 and 27): a shell's "no network" is believed at once; its "up" is a hint, to be proven by an
//! answer; a portal's answer proves nothing. While there is silence, or a portal, a call goes only after a probe was
//! answered. A call that ends in silence while others are answered is that call's own trouble. Silence under a shell that
//! says "up" is the server's trouble, and looked into ever more seldom (scenario 16) unless a person looks.
//!
//! ```text
//!            answer            silence                      portal
//!   Unknown ───────► Answering ───────► Silent ◄──────────► Portal      a probe's answer leads from both to Answering
//!      ▲                                                                what is no proof of the server leads to Unknown
//!      └──── the shell says "up" after "down"
//! ```

use std::time::Duration;

use crate::error::OfflineReason;
use crate::model::{Connectivity, NetworkDecision};

/// After a probe that hung until its end, nobody else hangs for as long.
const AFTER_A_HANG: Duration = Duration::from_secs(2);

/// Silence that comes again within this goes on where the last one was: something lets probes pass and not the rest.
const SAME_SILENCE: Duration = Duration::from_secs(60);

/// Longest wait between two probes where the network may be what is gone. A probe that hangs takes 5 s more: together within
/// the 15 s of scenario 27.
const NETWORK_AGAIN: Duration = Duration::from_secs(5);

/// The same where the shell says that there is a network: a server that is down is not to be asked by everybody every few
/// seconds. It may be wrong: then its next "up", or a person, is what has it looked sooner.
const SERVER_AGAIN: Duration = Duration::from_secs(60);

/// The same while a person looks: with a probe that hangs, within 15 s too.
const LOOKED_AT_AGAIN: Duration = Duration::from_secs(10);

/// The same where the battery is low and nobody looks.
const SPARING_AGAIN: Duration = SERVER_AGAIN;

/// For so long after a person did something he is taken to look: a screen that nobody touches goes dark.
const LOOKS: Duration = Duration::from_secs(60);

/// A shell may say "up" as often as it likes; in one silence it is news once, and once more after so long.
const HEED_AGAIN: Duration = Duration::from_secs(60);

/// What was seen last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    /// Nothing that tells.
    Unknown,
    /// An answer of the server's.
    Answering,
    /// No answer.
    Silent(OfflineReason),
    /// Somebody else's answer.
    Portal,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// The shell says whether there is a network.
    Told { up: bool },
    /// The caller wants to work offline, or not any more.
    Asked { offline: bool },
    /// The server answered.
    Answered,
    /// Something answered that is neither the server as it should be nor a portal: there is a network.
    Heard,
    /// No answer came to a call that began at `since`.
    Silence {
        why: OfflineReason,
        since: Duration,
        probe: bool,
    },
    /// A portal answered.
    Portal { probe: bool },
    /// A person asked for something, or began to look at it.
    Looked,
    /// The shell says whether the battery is low.
    Battery { low: bool },
}

/// What follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Effect {
    /// Whoever waits for answers may try again.
    Return,
    /// Connections of the network before are dead.
    DropConnections,
    /// Reads under way end: there is no network.
    CutReads,
    /// Reads under way that are not answered in a moment are asked again: theirs may be a dead connection.
    RenewReads,
    /// For the audit trail.
    Note(NetworkDecision),
}

/// Whether a call may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Admission {
    Go,
    /// Not before a probe was answered.
    Probe,
    /// There is no network, they say.
    ToldDown,
    /// The probe a moment ago hung.
    Silent(OfflineReason),
}

/// The state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) told: Option<bool>,
    pub(super) asked: bool,
    pub(super) sight: Sight,
    /// When the last answer came.
    answered_at: Option<Duration>,
    /// When silence last began, and the probes since then that were not answered.
    silent_since: Option<Duration>,
    pub(super) probes: u32,
    hung_at: Option<Duration>,
    /// When an "up" in this silence was last news.
    heeded_at: Option<Duration>,
    /// When a person last did something.
    looked_at: Option<Duration>,
    low_battery: bool,
}

impl Way {
    pub(super) fn new() -> Self {
        Self {
            told: None,
            asked: false,
            sight: Sight::Unknown,
            answered_at: None,
            silent_since: None,
            probes: 0,
            hung_at: None,
            heeded_at: None,
            looked_at: None,
            low_battery: false,
        }
    }

    /// The state after the event at `now`, and what follows.
    pub(super) fn after(&self, event: Event, now: Duration) -> (Self, Vec<Effect>) {
        let mut way = self.clone();
        let effects = match event {
            Event::Told { up } => way.told(up, now),
            Event::Asked { offline } => way.asked(offline),
            Event::Answered => {
                way.answered_at = Some(now);
                way.heard(Sight::Answering)
            }
            Event::Heard if self.is_unreachable() => way.heard(Sight::Unknown),
            Event::Heard => Vec::new(),
            Event::Silence { why, since, probe } => {
                if why == OfflineReason::TimedOut && probe {
                    way.hung_at = Some(now);
                }
                let is_its_own = self.answered_at.is_some_and(|answered| answered > since);
                if self.told == Some(false) || is_its_own {
                    Vec::new()
                } else {
                    way.unreachable(Sight::Silent(why), probe, now)
                }
            }
            Event::Portal { probe } => way.unreachable(Sight::Portal, probe, now),
            Event::Looked => {
                way.looked_at = Some(now);
                Vec::new()
            }
            Event::Battery { low } => {
                way.low_battery = low;
                Vec::new()
            }
        };
        (way, effects)
    }

    fn told(&mut self, up: bool, now: Duration) -> Vec<Effect> {
        let before = self.told.replace(up);
        let mut effects = Vec::new();
        if before != Some(up) {
            effects.push(Effect::Note(NetworkDecision::Told { up }));
        }
        if !up {
            effects.push(Effect::CutReads);
            return effects;
        }
        effects.extend([Effect::DropConnections, Effect::RenewReads]);
        let is_first = before != Some(true) || self.heeded_at.is_none();
        let is_due = self
            .heeded_at
            .is_none_or(|heeded| now.saturating_sub(heeded) >= HEED_AGAIN);
        if self.is_unreachable() {
            if !is_first && !is_due {
                return effects;
            }
            self.heeded_at = Some(now);
        }
        if is_first {
            self.probes = 0;
        }
        self.hung_at = None;
        // What was seen on the network before says nothing of this one; but a call is not to hang on a mere hint.
        if before == Some(false) && self.sight == Sight::Answering {
            self.sight = Sight::Unknown;
        }
        effects.push(Effect::Return);
        effects
    }

    fn asked(&mut self, offline: bool) -> Vec<Effect> {
        let changes = self.asked != offline;
        self.asked = offline;
        let mut effects = Vec::new();
        if changes {
            effects.push(Effect::Note(NetworkDecision::Asked { offline }));
        }
        if !offline {
            effects.push(Effect::Return);
        }
        effects
    }

    fn heard(&mut self, sight: Sight) -> Vec<Effect> {
        let was_away = self.is_unreachable();
        self.sight = sight;
        self.hung_at = None;
        if was_away {
            vec![Effect::Note(NetworkDecision::Answering), Effect::Return]
        } else {
            Vec::new()
        }
    }

    fn unreachable(&mut self, sight: Sight, probe: bool, now: Duration) -> Vec<Effect> {
        if !self.is_unreachable() {
            let is_the_same = self
                .silent_since
                .is_some_and(|since| now.saturating_sub(since) < SAME_SILENCE);
            if !is_the_same {
                self.probes = 0;
                self.heeded_at = None;
            }
            self.silent_since = Some(now);
        }
        if probe {
            self.probes = self.probes.saturating_add(1);
        }
        let before = std::mem::replace(&mut self.sight, sight);
        if before == sight {
            return Vec::new();
        }
        match sight {
            Sight::Portal => vec![Effect::Note(NetworkDecision::Portal)],
            Sight::Silent(why) => vec![Effect::Note(NetworkDecision::Silent { why })],
            Sight::Unknown | Sight::Answering => Vec::new(),
        }
    }

    /// Whether somebody said that nothing is to be sent.
    pub(super) fn is_offline(&self) -> bool {
        self.asked || self.told == Some(false)
    }

    /// Whether the last that was seen is silence or a portal.
    pub(super) fn is_unreachable(&self) -> bool {
        matches!(self.sight, Sight::Silent(_) | Sight::Portal)
    }

    /// Whether probes may find out more.
    pub(super) fn wants_probes(&self) -> bool {
        self.is_unreachable() && !self.is_offline()
    }

    /// The longest wait between two probes, by whose trouble the silence seems to be and whether a person looks.
    pub(super) fn probe_ceiling(&self, now: Duration) -> Duration {
        let is_looked_at = self
            .looked_at
            .is_some_and(|looked| now.saturating_sub(looked) < LOOKS);
        match self.sight {
            // A name that does not resolve and a portal are the network's, whatever the shell says; nor do their probes reach the
            // server.
            Sight::Silent(why) if self.told == Some(true) && why != OfflineReason::Dns => {
                if is_looked_at {
                    LOOKED_AT_AGAIN
                } else {
                    SERVER_AGAIN
                }
            }
            _ if self.low_battery && !is_looked_at => SPARING_AGAIN,
            _ => NETWORK_AGAIN,
        }
    }

    /// Whether a call may go at `now`.
    pub(super) fn admit(&self, now: Duration) -> Admission {
        if self.is_offline() {
            return Admission::ToldDown;
        }
        let hung = self
            .hung_at
            .is_some_and(|at| now.saturating_sub(at) < AFTER_A_HANG);
        match self.sight {
            Sight::Unknown | Sight::Answering => Admission::Go,
            Sight::Silent(why) if hung => Admission::Silent(why),
            Sight::Silent(_) | Sight::Portal => Admission::Probe,
        }
    }

    /// What a screen shows.
    pub(super) fn shown(&self) -> Connectivity {
        if self.is_offline() {
            return Connectivity::Offline {
                why: OfflineReason::ByRequest,
            };
        }
        match self.sight {
            Sight::Unknown => Connectivity::Unknown,
            Sight::Answering => Connectivity::Online,
            Sight::Silent(why) => Connectivity::Offline { why },
            Sight::Portal => Connectivity::CaptivePortal,
        }
    }
}

#[cfg(test)]
mod tests;
