//! The server's clock over restarts: known at once within a boot, guessed in the next (scenario 10).

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

/// What is in the file.
#[derive(Debug, Clone, Copy)]
struct Kept {
    estimate: Estimate,
    ahead: SignedDuration,
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
            *self.kept_time.lock() = Some(Kept { estimate, ahead });
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
        };
        {
            let mut kept = self.kept_time.lock();
            if !kept.is_none_or(|kept| kept.is_outdated(&now)) {
                return;
            }
            // Also if it then cannot be written: that is not tried with every answer.
            *kept = Some(now);
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
}

impl Kept {
    fn is_outdated(&self, now: &Self) -> bool {
        let there = now.estimate.elapsed;
        let moved = self
            .estimate
            .time(there)
            .duration_since(now.estimate.at)
            .unsigned_abs()
            > MOVED;
        let set = self
            .ahead
            .checked_sub(now.ahead)
            .is_none_or(|by| by.unsigned_abs() > SET);
        let worse = self.estimate.error_at(there) > now.estimate.error.saturating_mul(4);
        moved || set || worse
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        }
    }

    #[test]
    fn s10_only_what_moved_is_written_again() {
        let first = kept(0, 600, 0, 0);
        for (what, now, written) in [
            ("the same", kept(60, 550, 0, 0), false),
            ("a second off, as answers are", kept(60, 550, 1, 1), false),
            ("the server's clock was set", kept(60, 550, 600, 0), true),
            ("this device's clock was set", kept(60, 550, 0, 86_400), true),
            (
                "two seconds off, as quick answers may be",
                kept(60, 550, 2, 2),
                false,
            ),
            ("three seconds off", kept(60, 550, 3, 3), true),
            (
                "the server's clock was set by a moment",
                kept(60, 550, 10, 0),
                true,
            ),
            ("this device's clock has drifted", kept(60, 550, 0, 60), false),
            ("or was set by a little more", kept(60, 550, 0, 61), true),
            ("drift of an hour", kept(3600, 600, 0, 0), false),
            ("drift of a day", kept(86_400, 600, 0, 0), true),
        ] {
            assert_eq!(first.is_outdated(&now), written, "{what}");
        }
        assert!(kept(0, 9000, 0, 0).is_outdated(&first), "much more exact");
        assert!(!kept(0, 2400, 0, 0).is_outdated(&first), "a little more exact");
    }
}
