//! The server's clock over restarts: known at once within a boot, guessed in the next (scenario 10).
//!
//! Promised: at most two writes a minute, whatever the answers say: a server of two nodes with clocks of their own contradicts
//! itself with each of them. Not promised: that the file has the newest estimate; the first answer after a start tells it.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::Link;
use crate::store::ServerTime;
use crate::transport::{Estimate, ServerClock};

/// Answers come with every call and the file syncs each write: only what moved further than right answers differ is written.
const MOVED: Duration = Duration::from_secs(2);

/// By so much a wall clock is set, not drifting: the guess for the next boot is another.
const SET: Duration = Duration::from_secs(60);

/// A clock that moved by so much was set, and no two nodes of one server differ like that: written without the rest.
const STEP: Duration = Duration::from_secs(60);

/// Between two writes.
const REST: Duration = Duration::from_secs(60);

/// What is in the file, or could be.
#[derive(Debug, Clone, Copy)]
struct Kept {
    estimate: Estimate,
    ahead: SignedDuration,
    /// When it was written, or would be, on the boot clock.
    written: Duration,
    /// It did not wait for the one before it to have rested: the next one does.
    hurried: bool,
}

/// How a new estimate is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Write {
    Not,
    Now,
    /// Before the last one has rested.
    Hurried,
}

/// Remembers what the file has.
#[derive(Default)]
pub(super) struct KeptTime(Mutex<Option<Kept>>);

impl Link {
    /// Takes up what the file knows. Called once, before the first request.
    pub(super) fn recall_server_time(&self) {
        let kept = match self.durable.server_time(&self.origin.to_string()) {
            Ok(kept) => kept,
            Err(error) => {
                tracing::warn!(%error, "the server's time cannot be read; the next answer tells it");
                return;
            }
        };
        let Some(time) = kept else { return };
        let ahead = time.at.duration_since(time.wall);
        let clock = self.transport.server_clock();
        clock.guess(ahead);
        let estimate = Estimate {
            at: time.at,
            elapsed: time.boot.elapsed,
            error: time.error,
        };
        if time.boot.boot_id == self.ports.clock.boot_id() {
            clock.recall(estimate);
            *self.kept_time.lock() = Some(Kept {
                estimate,
                ahead,
                written: time.boot.elapsed,
                hurried: false,
            });
        }
    }

    /// Writes the server's time down if the file's is not good enough any more.
    pub(super) fn keep_server_time(&self) {
        let Some(estimate) = self.transport.server_clock().estimate() else {
            return;
        };
        let (boot, wall) = (self.ports.clock.boot_time(), self.ports.clock.wall());
        let time = ServerTime {
            at: estimate.time(boot.elapsed),
            error: estimate.error_at(boot.elapsed),
            wall,
            boot,
        };
        let now = Kept {
            estimate,
            ahead: time.at.duration_since(wall),
            written: time.boot.elapsed,
            hurried: false,
        };
        // Also if it then cannot be written: that is not tried with every answer.
        if !self.kept_time.replace(now) {
            return;
        }
        if let Err(error) = self.durable.keep_server_time(&self.origin.to_string(), &time) {
            tracing::debug!(%error, "the server's time could not be kept");
        }
    }

    /// The server's clock, as well as it is known; before the first answer, as well as it can be guessed.
    pub(crate) fn server_now(&self) -> Timestamp {
        self.transport.server_clock().now()
    }

    /// The server's clock, only if an answer told it in this boot.
    pub(crate) fn server_time_known(&self) -> Option<Timestamp> {
        self.transport.server_clock().known()
    }

    /// The clock itself, for who looks at it later.
    pub(crate) fn server_clock(&self) -> &ServerClock {
        self.transport.server_clock()
    }

    /// A moment of the server's clock as this device's clock shows it.
    pub(crate) fn on_device(&self, at: Timestamp) -> Timestamp {
        self.transport.server_clock().on_device(at)
    }
}

impl KeptTime {
    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the place of what is there if that is to be written over.
    fn replace(&self, now: Kept) -> bool {
        let mut kept = self.lock();
        let write = kept.map_or(Write::Now, |kept| kept.next(&now));
        if write == Write::Not {
            return false;
        }
        *kept = Some(Kept {
            hurried: write == Write::Hurried,
            ..now
        });
        true
    }
}

impl Kept {
    fn next(&self, now: &Self) -> Write {
        let there = now.estimate.elapsed;
        let moved = self
            .estimate
            .time(there)
            .duration_since(now.estimate.at)
            .unsigned_abs();
        let set = self
            .ahead
            .checked_sub(now.ahead)
            .is_none_or(|by| by.unsigned_abs() > SET);
        let worse = self.estimate.error_at(there) > now.estimate.error.saturating_mul(4);
        if now.written.saturating_sub(self.written) >= REST {
            if moved > MOVED || set || worse {
                return Write::Now;
            }
        } else if (moved > STEP || set) && !self.hurried {
            return Write::Hurried;
        }
        Write::Not
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::Clock as _;
    use crate::ports::fakes::ManualClock;

    const LONG: u64 = 3600;

    /// Known at this second of the boot clock, with this error in ms, the server and the wall clock ahead by so many seconds.
    fn kept(second: u64, error: u64, server: i64, wall: i64) -> Kept {
        let passed = i64::try_from(second).unwrap();
        Kept {
            estimate: Estimate {
                at: Timestamp::from_second(1_000_000 + passed + server).unwrap(),
                elapsed: Duration::from_secs(second),
                error: Duration::from_millis(error),
            },
            ahead: SignedDuration::from_secs(server - wall),
            written: Duration::from_secs(second),
            hurried: false,
        }
    }

    #[test]
    fn s10_only_what_moved_is_written_again() {
        use Write::{Hurried, Not, Now};
        let first = kept(0, 600, 0, 0);
        for (what, now, write) in [
            ("the same", kept(60, 550, 0, 0), Not),
            ("a second off, as answers are", kept(60, 550, 1, 1), Not),
            ("three seconds off, soon", kept(59, 550, 3, 3), Not),
            ("three seconds off, after a rest", kept(60, 550, 3, 3), Now),
            ("the server's clock was set", kept(60, 550, 600, 0), Now),
            (
                "the server's clock was set, soon",
                kept(1, 550, 600, 600),
                Hurried,
            ),
            (
                "the server's clock was set back, soon",
                kept(1, 550, -600, -600),
                Hurried,
            ),
            ("this device's clock was set", kept(60, 550, 0, 86_400), Now),
            (
                "this device's clock was set, soon",
                kept(1, 550, 0, 86_400),
                Hurried,
            ),
            ("drift of an hour", kept(3600, 600, 0, 0), Not),
            ("drift of a day", kept(86_400, 600, 0, 0), Now),
            (
                "two seconds off, as quick answers may be",
                kept(60, 550, 2, 2),
                Not,
            ),
            (
                "the server's clock was set by a moment",
                kept(60, 550, 10, 0),
                Now,
            ),
            ("this device's clock has drifted", kept(60, 550, 0, 60), Not),
            ("or was set by a little more", kept(60, 550, 0, 61), Now),
        ] {
            assert_eq!(first.next(&now), write, "{what}");
        }
        let vague = kept(0, 9000, 0, 0);
        assert_eq!(vague.next(&kept(60, 600, 0, 0)), Now, "much more exact");
        assert_eq!(vague.next(&kept(1, 600, 0, 0)), Not, "no haste");
        assert_eq!(
            kept(0, 2300, 0, 0).next(&kept(60, 600, 0, 0)),
            Not,
            "a little more exact"
        );
    }

    /// How often is written in an hour if there is an answer each second and the server's clock is ahead by what `ahead` says.
    fn writes_in_an_hour(ahead: impl Fn(u64) -> i64) -> usize {
        let (clock, file) = (ManualClock::new(), KeptTime::default());
        let began = clock.elapsed();
        (0..LONG)
            .filter(|_| {
                let now = clock.elapsed();
                let second = (now - began).as_secs();
                clock.advance(Duration::from_secs(1));
                file.replace(kept(now.as_secs(), 550, ahead(second), 0))
            })
            .count()
    }

    #[test]
    fn s10_a_server_of_two_nodes_with_clocks_of_their_own_costs_one_write_a_minute() {
        let exact = writes_in_an_hour(|_| 0);
        assert!(
            exact <= 2,
            "{exact}: the first, and one that is four times as exact by then"
        );
        let two_nodes = writes_in_an_hour(|second| if second.is_multiple_of(2) { 3 } else { -3 });
        assert!((30..=60).contains(&two_nodes), "{two_nodes}");
        let two_zones = writes_in_an_hour(|second| if second.is_multiple_of(2) { 3600 } else { 0 });
        assert!((30..=120).contains(&two_zones), "{two_zones}");
        assert_eq!(
            writes_in_an_hour(|second| if second < 10 { 0 } else { 600 }),
            exact + 1,
            "a clock that is set"
        );
    }
}
