//! The device's clock in the demo: it runs, and can be moved ahead, so that half an hour passes in no time.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use pmi_core::ports::{Clock, SystemClock};

/// Begins some time ago, and jumps ahead on command.
#[derive(Debug)]
pub(super) struct DeviceClock {
    behind: Duration,
    ahead_ms: AtomicU64,
}

impl DeviceClock {
    /// A clock that shows a time this long ago.
    pub(super) fn beginning(ago: Duration) -> Self {
        Self {
            behind: ago,
            ahead_ms: AtomicU64::new(0),
        }
    }

    /// Lets this much time pass at once.
    pub(super) fn advance(&self, by: Duration) {
        let ms = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        self.ahead_ms.fetch_add(ms, Ordering::SeqCst);
    }

    fn ahead(&self) -> Duration {
        Duration::from_millis(self.ahead_ms.load(Ordering::SeqCst))
    }
}

impl Clock for DeviceClock {
    fn wall(&self) -> Timestamp {
        let moved = SignedDuration::try_from(self.ahead())
            .and_then(|ahead| Ok((ahead, SignedDuration::try_from(self.behind)?)));
        let now = SystemClock.wall();
        moved.map_or(now, |(ahead, behind)| {
            now.saturating_add(ahead - behind).unwrap_or(now)
        })
    }

    fn elapsed(&self) -> Duration {
        SystemClock.elapsed() + self.ahead()
    }

    fn boot_id(&self) -> String {
        SystemClock.boot_id()
    }
}
