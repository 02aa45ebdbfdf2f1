//! What a call that waits hears of the network: it was there when the call came, and may be gone since.
//!
//! Promises (scenarios 13, 18, 27): a call that waits (for its turn, the end of a cool-down, its next attempt) hears at once that
//! nothing may be sent any more, or not without a probe, and then meets what one meets that comes now: the same error; or the
//! same probe, and if that is answered it waits on where it was. No wait becomes shorter by it. The probe itself hears nothing.
//! Does not promise: to end what is under way; and whether there is a network is for others to know (`session`).

use std::pin::pin;
use std::sync::{Arc, OnceLock, Weak};
use std::time::Duration;

use futures_util::future::{Either, select};
use tokio::sync::watch;

use super::send::{Call, Transport, millis};
use super::{Fault, TransportError};
use crate::error::OfflineReason;
use crate::model::{TransportDecision, WaitCause};
use crate::ports::PortFuture;

/// Who knows whether the server can be reached.
pub(crate) trait Reach: Send + Sync {
    /// Whether a call that comes now may go; finds out if it is not known.
    fn reach(self: Arc<Self>) -> PortFuture<Result<(), Fault>>;
}

/// Whether calls must ask before they go.
pub(super) struct Hush {
    is_on: watch::Sender<bool>,
    reach: OnceLock<Weak<dyn Reach>>,
}

impl Hush {
    pub(super) fn new() -> Self {
        Self {
            is_on: watch::Sender::new(false),
            reach: OnceLock::new(),
        }
    }

    pub(super) fn ear(&self) -> Ear {
        Ear(Some(self.is_on.subscribe()))
    }
}

/// One call's way to hear of it.
pub(super) struct Ear(Option<watch::Receiver<bool>>);

impl Ear {
    /// Hears nothing.
    pub(super) fn deaf() -> Self {
        Self(None)
    }

    fn hears(&mut self) -> bool {
        self.0.as_mut().is_some_and(|is_on| *is_on.borrow_and_update())
    }

    /// Resolves when it begins.
    async fn begins(&mut self) {
        if let Some(is_on) = &mut self.0 {
            while is_on.changed().await.is_ok() {
                if *is_on.borrow_and_update() {
                    return;
                }
            }
        }
        std::future::pending().await
    }
}

impl Transport {
    /// From now on calls that wait ask there whether they may go, whenever [`Transport::hush`] was told that they must.
    pub(crate) fn asks(&self, reach: Weak<dyn Reach>) {
        // Asked once: there is one way to a server.
        let _ = self.hush.reach.set(reach);
    }

    /// Whether calls must ask before they go; `is_on` is asked again under this one's lock, so that of two that tell it the later
    /// one is heard.
    pub(crate) fn hush(&self, is_on: impl FnOnce() -> bool) {
        self.hush.is_on.send_if_modified(|before| {
            let now = is_on();
            std::mem::replace(before, now) != now
        });
    }

    /// Asks, if the call must.
    pub(super) async fn heed(&self, call: &mut Call<'_>) -> Result<(), TransportError> {
        if call.ear.hears() {
            self.reach(call).await?;
        }
        Ok(())
    }

    async fn reach(&self, call: &Call<'_>) -> Result<(), TransportError> {
        let Some(reach) = self.hush.reach.get().and_then(Weak::upgrade) else {
            return Ok(());
        };
        let left = call.deadline.saturating_sub(self.now());
        let fault = match select(reach.reach(), self.ports.sleep.sleep(left)).await {
            Either::Left((Ok(()), _)) => return Ok(()),
            Either::Left((Err(fault), _)) => fault,
            Either::Right(_) => Fault::Offline(OfflineReason::TimedOut),
        };
        Err(call.failed(fault).told())
    }

    /// What `work` gives; meanwhile the call hears what it must.
    pub(super) async fn heeding<T>(
        &self,
        call: &mut Call<'_>,
        mut work: impl Future<Output = T> + Unpin,
    ) -> Result<T, TransportError> {
        loop {
            let done = match select(&mut work, pin!(call.ear.begins())).await {
                Either::Left((done, _)) => Some(done),
                Either::Right(_) => None,
            };
            match done {
                Some(done) => return Ok(done),
                None => self.reach(call).await?,
            }
        }
    }

    pub(super) async fn wait(
        &self,
        call: &mut Call<'_>,
        wait: Duration,
        cause: WaitCause,
    ) -> Result<(), TransportError> {
        self.audit.note(TransportDecision::Wait {
            millis: millis(wait),
            cause,
        });
        self.heeding(call, self.ports.sleep.sleep(wait)).await
    }
}
