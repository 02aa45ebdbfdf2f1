//! Whether a server that fails and fails is asked at all. Pure.
//!
//! Promises: after so many faults of the server in a row nothing is sent for a while, which doubles each time; then one
//! request at a time is a probe, whoever's it is, and a good answer to it closes the breaker. What says nothing of the server
//! (no network, no name, a limiter, a server that says itself when to come back) counts neither way: there are connectivity
//! and the cool-down for that.

use std::time::Duration;

/// A breaker, as all processes of this device share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Breaker {
    /// Faults in a row while it was closed.
    pub(super) faults: u32,
    /// How often it opened since it was last closed.
    pub(super) trips: u32,
    /// Open, and no probe before this, on the boot clock. `None`: closed.
    pub(super) open_until: Option<Duration>,
}

/// What the breaker says to one who wants to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Closed,
    /// Nothing may be sent for so long.
    Open(Duration),
    /// One may be sent, as a probe.
    Due,
}

/// What an exchange says of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Health {
    /// It answers.
    Well,
    /// It fails.
    Ill,
    /// Nothing.
    Unclear,
}

/// What became of the breaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Opened,
    Closed,
}

impl Breaker {
    pub(super) fn look(&self, now: Duration) -> Look {
        match self.open_until {
            None => Look::Closed,
            Some(until) if until > now => Look::Open(until - now),
            Some(_) => Look::Due,
        }
    }

    /// The same; and if a probe is due, it is the caller's, and nobody else's for as long as `patience`.
    pub(super) fn claim(&mut self, now: Duration, patience: Duration) -> Look {
        let look = self.look(now);
        if look == Look::Due {
            self.open_until = Some(now.saturating_add(patience));
        }
        look
    }

    /// An exchange ended. `wait` says how long to stay open the so-manieth time.
    pub(super) fn ended(
        &mut self,
        health: Health,
        is_probe: bool,
        now: Duration,
        most_faults: u32,
        wait: impl FnOnce(u32) -> Duration,
    ) -> Option<Turn> {
        match (self.open_until.is_some(), is_probe, health) {
            (false, _, Health::Well) => {
                *self = Self::default();
                None
            }
            (false, _, Health::Ill) => {
                self.faults = self.faults.saturating_add(1);
                (self.faults >= most_faults).then(|| self.open(now, wait))
            }
            (false, _, Health::Unclear) => None,
            (true, true, Health::Well) => {
                *self = Self::default();
                Some(Turn::Closed)
            }
            (true, true, Health::Ill) => Some(self.open(now, wait)),
            // The next one may try at once.
            (true, true, Health::Unclear) => {
                self.open_until = Some(now);
                None
            }
            // It was sent before the breaker opened.
            (true, false, _) => None,
        }
    }

    fn open(&mut self, now: Duration, wait: impl FnOnce(u32) -> Duration) -> Turn {
        self.trips = self.trips.saturating_add(1);
        self.open_until = Some(now.saturating_add(wait(self.trips)));
        Turn::Opened
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_secs(1000);

    fn breaker(faults: u32, trips: u32, open_for: Option<u64>) -> Breaker {
        Breaker {
            faults,
            trips,
            open_until: open_for.map(|seconds| NOW + Duration::from_secs(seconds)),
        }
    }

    #[test]
    fn every_pair_of_state_and_event_is_as_written_down_here() {
        let wait = |trips| Duration::from_secs(5 * u64::from(trips));
        let fresh = breaker(0, 0, None);
        #[rustfmt::skip]
        let table = [
            // state                     health           probe  becomes                     turn
            (fresh,                      Health::Well,    false, fresh,                      None),
            (fresh,                      Health::Unclear, false, fresh,                      None),
            (fresh,                      Health::Ill,     false, breaker(1, 0, None),        None),
            (breaker(3, 0, None),        Health::Ill,     false, breaker(4, 0, None),        None),
            (breaker(3, 0, None),        Health::Unclear, false, breaker(3, 0, None),        None),
            (breaker(3, 0, None),        Health::Well,    false, fresh,                      None),
            (breaker(4, 0, None),        Health::Ill,     false, breaker(5, 1, Some(5)),     Some(Turn::Opened)),
            // A probe of another process closed it meanwhile.
            (breaker(0, 0, None),        Health::Ill,     true,  breaker(1, 0, None),        None),
            (breaker(5, 1, Some(20)),    Health::Ill,     true,  breaker(5, 2, Some(10)),    Some(Turn::Opened)),
            (breaker(5, 2, Some(20)),    Health::Ill,     true,  breaker(5, 3, Some(15)),    Some(Turn::Opened)),
            (breaker(5, 2, Some(20)),    Health::Well,    true,  fresh,                      Some(Turn::Closed)),
            (breaker(5, 2, Some(20)),    Health::Unclear, true,  breaker(5, 2, Some(0)),     None),
            // Sent before it opened.
            (breaker(5, 1, Some(5)),     Health::Ill,     false, breaker(5, 1, Some(5)),     None),
            (breaker(5, 1, Some(5)),     Health::Well,    false, breaker(5, 1, Some(5)),     None),
            (breaker(5, 1, Some(5)),     Health::Unclear, false, breaker(5, 1, Some(5)),     None),
        ];
        for (before, health, is_probe, after, turn) in table {
            let mut is = before;
            let turned = is.ended(health, is_probe, NOW, 5, wait);
            assert_eq!((is, turned), (after, turn), "{before:?} {health:?} {is_probe}");
        }
    }

    #[test]
    fn one_probe_at_a_time_is_claimed_and_only_when_it_is_due() {
        let patience = Duration::from_secs(20);
        let mut closed = breaker(4, 0, None);
        assert_eq!(closed.claim(NOW, patience), Look::Closed);
        assert_eq!(closed, breaker(4, 0, None));

        let mut open = breaker(5, 1, Some(3));
        assert_eq!(open.claim(NOW, patience), Look::Open(Duration::from_secs(3)));
        let due = NOW + Duration::from_secs(3);
        assert_eq!(open.look(due), Look::Due);
        assert_eq!(open.claim(due, patience), Look::Due);
        assert_eq!(open.claim(due, patience), Look::Open(patience));
        // Whoever claimed it is gone.
        assert_eq!(open.claim(due + patience, patience), Look::Due);
    }
}
