//! The device's clock in the demo: it runs, and can be moved ahead, so that half an hour passes in no time. Waits follow it.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use pmi_core::ports::{Clock, PortFuture, Sleep, SystemClock};
use tokio::sync::watch;

/// Begins some time ago, and jumps ahead on command.
#[derive(Debug)]
pub(super) struct DeviceClock {
    behind: watch::Sender<Duration>,
    ahead: watch::Sender<Duration>,
}

impl DeviceClock {
    /// A clock that shows a time this long ago.
    pub(super) fn beginning(ago: Duration) -> Self {
        Self {
            behind: watch::Sender::new(ago),
            ahead: watch::Sender::new(Duration::ZERO),
        }
    }

    /// Lets this much time pass at once; whoever waited for less than that goes on.
    pub(super) fn advance(&self, by: Duration) {
        self.ahead.send_modify(|ahead| *ahead = ahead.saturating_add(by));
    }

    /// Sets what it shows to the present, as a device does when it has a network.
    pub(super) fn set_right(&self) {
        self.behind.send_replace(self.ahead());
    }

    fn ahead(&self) -> Duration {
        *self.ahead.borrow()
    }
}

impl Clock for DeviceClock {
    fn wall(&self) -> Timestamp {
        let moved = SignedDuration::try_from(self.ahead())
            .and_then(|ahead| Ok((ahead, SignedDuration::try_from(*self.behind.borrow())?)));
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

impl Sleep for DeviceClock {
    fn sleep(&self, duration: Duration) -> PortFuture<()> {
        let mut ahead = self.ahead.subscribe();
        let due = self.elapsed().saturating_add(duration);
        Box::pin(async move {
            loop {
                let now = SystemClock.elapsed() + *ahead.borrow_and_update();
                let left = due.saturating_sub(now);
                if left.is_zero() {
                    return;
                }
                if let Ok(Err(_)) = tokio::time::timeout(left, ahead.changed()).await {
                    // Nobody can move the clock any more: it only runs.
                    return tokio::time::sleep(left).await;
                }
            }
        })
    }
}
