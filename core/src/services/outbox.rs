//! The outbox as a person sees it: what is still to be sent, what was refused, and what to do about it.

use std::sync::Arc;
use std::time::Duration;

use super::inner::Inner;
use crate::error::{Error, Result};
use crate::model::{OutboxItem, OutboxItemId};
use crate::tasks::Life;

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

    /// How many items [`list`](Self::list) has. Reads no key.
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

    /// Observes the list.
    ///
    /// # Errors
    /// Those of [`list`](Self::list).
    pub async fn observe(&self) -> Result<OutboxObservation> {
        let inner = self.inner()?;
        Ok(OutboxObservation {
            changes: inner.outbox.changes(),
            life: inner.life(),
            inner: Arc::downgrade(&inner),
            due: true,
        })
    }

    fn inner(&self) -> Result<Arc<Inner>> {
        Inner::guard(&self.inner)
    }
}

/// A running observation of the outbox; dropping it ends it.
#[derive(Debug)]
pub struct OutboxObservation {
    changes: tokio::sync::watch::Receiver<u64>,
    life: tokio::sync::watch::Receiver<Life>,
    inner: std::sync::Weak<Inner>,
    /// Whether there is something to show without a change: nothing was shown yet, or whoever waited for it stopped waiting.
    due: bool,
}

impl OutboxObservation {
    /// The present list at once on the first call, then the list after the next change. `None` once the client is closed.
    /// While the client is suspended there is no list: it comes with `resume`.
    ///
    /// # Errors
    /// Those of [`OutboxService::list`].
    pub async fn next(&mut self) -> Option<Result<Vec<OutboxItem>>> {
        if !self.due {
            self.changes.changed().await.ok()?;
            self.due = true;
        }
        loop {
            // Without a client nothing changes any more.
            let _ = self.life.wait_for(|life| life.admits() || life.is_closed()).await;
            self.changes.borrow_and_update();
            let inner = self.inner.upgrade().filter(|_| !self.life.borrow().is_closed())?;
            let list = inner.outbox.list(false).await;
            if list == Err(Error::Suspended) && self.life.has_changed().unwrap_or(false) {
                continue;
            }
            self.due = false;
            return Some(list);
        }
    }
}
