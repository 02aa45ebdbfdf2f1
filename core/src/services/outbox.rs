//! The outbox as a person sees it: what is still to be sent, what was refused, and what to do about it.

use std::sync::{Arc, Weak};
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::select_all;
use tokio::sync::watch;

use super::inner::Inner;
use crate::command::Rest;
use crate::error::{Error, Result};
use crate::model::{Connectivity, OutboxItem, OutboxItemId, SyncReport};
use crate::tasks::{Handle, Life, Subscription, Updates};

/// Writes that were accepted on this device for the signed-in customer.
#[derive(Clone)]
pub struct OutboxService {
    pub(crate) inner: Arc<Inner>,
}

impl OutboxService {
    /// What is to be sent, on its way, or in need of the person; in order of acceptance.
    ///
    /// # Errors
    /// `SignInNeeded`, `Locked`, `Storage`.
    pub async fn list(&self) -> Result<Vec<OutboxItem>> {
        self.inner()?.outbox.list(false).await
    }

    /// How many writes are to be sent, on their way, or in need of the person: the items of [`list`](Self::list), and any that
    /// cannot be read on this device, as after a newer version of the app. Reads no key.
    ///
    /// # Errors
    /// `SignInNeeded`, `Locked` if the session cannot be opened, `Storage`.
    pub async fn count(&self) -> Result<u32> {
        self.inner()?.outbox.unsent().await
    }

    /// What [`list`](Self::list) has, and what was done or taken back: the last 100 at least, and everything of the last 30 days.
    ///
    /// # Errors
    /// As [`list`](Self::list).
    pub async fn history(&self) -> Result<Vec<OutboxItem>> {
        self.inner()?.outbox.list(true).await
    }

    /// One item.
    ///
    /// # Errors
    /// `InvalidInput` if there is none; those of [`list`](Self::list).
    pub async fn get(&self, id: OutboxItemId) -> Result<OutboxItem> {
        self.inner()?.outbox.item(id).await
    }

    /// Tries again: what was refused or conflicted goes anew, over what the conflict showed; what waits goes now.
    ///
    /// # Errors
    /// `InvalidInput` if there is no such item or nothing is left to do with it; those of [`list`](Self::list).
    pub async fn retry(&self, id: OutboxItemId) -> Result<OutboxItem> {
        let inner = self.inner()?;
        self.inner.run(async move { inner.outbox.retry(id).await }).await
    }

    /// Gives up: it is not sent any more, and neither is what was to be done to a booking that is then never made.
    ///
    /// # Errors
    /// `InvalidInput` if there is no such item, nothing is left to do with it, or it may have reached the server (then cancel
    /// the booking instead); those of [`list`](Self::list).
    pub async fn drop_item(&self, id: OutboxItemId) -> Result<OutboxItem> {
        let inner = self.inner()?;
        self.inner
            .run(async move { inner.outbox.drop_item(id).await })
            .await
    }

    /// The item once it is settled or blocked, or as it stands when the patience is over.
    ///
    /// # Errors
    /// Those of [`get`](Self::get); `Closed`.
    pub async fn settled(&self, id: OutboxItemId, patience: Duration) -> Result<OutboxItem> {
        self.inner()?.outbox.settled(id, patience).await
    }

    /// Sends what is to be sent, now, whatever it was waiting for but the server's own wish to be left alone: until everything
    /// is settled, nothing more can be done now, or the patience is over. Not needed while the client is open: it sends by
    /// itself. [`PmiClient::sync`](crate::PmiClient::sync) reads ahead, too; here `prefetched` is empty.
    ///
    /// # Errors
    /// Those of [`PmiClient::sync`](crate::PmiClient::sync).
    pub async fn send(&self, patience: Duration) -> Result<SyncReport> {
        self.inner()?.outbox.send_now(patience).await
    }

    /// Observes the list.
    ///
    /// # Errors
    /// Those of [`list`](Self::list).
    pub async fn observe(&self) -> Result<OutboxObservation> {
        let inner = self.inner()?;
        Ok(OutboxObservation {
            changes: inner.outbox.changes(),
            rests: inner.outbox.rests(),
            connectivity: inner.session.link().connectivity(),
            handle: inner.handle(),
            life: inner.life(),
            inner: Arc::downgrade(&inner),
            heard: true,
            shown: None,
        })
    }

    fn inner(&self) -> Result<Arc<Inner>> {
        Inner::guard(&self.inner)
    }
}

/// A running observation of the outbox; dropping it ends it.
pub struct OutboxObservation {
    changes: watch::Receiver<u64>,
    /// What a write waits for hangs on these two.
    rests: watch::Receiver<Rest>,
    connectivity: watch::Receiver<Connectivity>,
    life: watch::Receiver<Life>,
    handle: Handle,
    inner: Weak<Inner>,
    /// Whether something was heard that was not looked at yet: kept here, because a call may be dropped in between.
    heard: bool,
    shown: Option<Result<Vec<OutboxItem>>>,
}

impl std::fmt::Debug for OutboxObservation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OutboxObservation(..)")
    }
}

impl OutboxObservation {
    /// The present list at once on the first call, then the list after the next change. `None` once the client is closed.
    /// While the client is suspended there is no list: it comes with `resume`.
    ///
    /// # Errors
    /// Those of [`OutboxService::list`].
    pub async fn next(&mut self) -> Option<Result<Vec<OutboxItem>>> {
        loop {
            if !self.heard {
                self.change().await?;
                self.heard = true;
            }
            // Without a client nothing changes any more.
            let _ = self.life.wait_for(|life| life.admits() || life.is_closed()).await;
            self.changes.mark_unchanged();
            self.rests.mark_unchanged();
            self.connectivity.mark_unchanged();
            let inner = self.inner.upgrade().filter(|_| !self.life.borrow().is_closed())?;
            let epoch = inner.session.epoch();
            let list = inner.outbox.list(false).await;
            if list == Err(Error::Suspended) && self.life.has_changed().unwrap_or(false) {
                continue;
            }
            // Of somebody who is gone by now; or the session was only opened for it.
            if inner.session.epoch() != epoch {
                continue;
            }
            self.heard = false;
            if self.shown.as_ref() != Some(&list) {
                self.shown = Some(list.clone());
                return Some(list);
            }
        }
    }

    /// Has the list, the present one first, given to `callback` after each change, as
    /// [`Observation::subscribe`](crate::Observation::subscribe) does.
    pub fn subscribe(
        self,
        callback: impl Fn(Result<Vec<OutboxItem>>) + Send + Sync + 'static,
    ) -> Subscription {
        let handle = self.handle.clone();
        Subscription::start(&handle, self, callback)
    }

    async fn change(&mut self) -> Option<()> {
        let changes = [
            self.changes.changed().boxed(),
            self.rests.changed().boxed(),
            self.connectivity.changed().boxed(),
        ];
        select_all(changes).await.0.ok()
    }
}

impl Updates for OutboxObservation {
    type Update = Result<Vec<OutboxItem>>;

    async fn next(&mut self) -> Option<Self::Update> {
        OutboxObservation::next(self).await
    }
}
