//! What the platform told the signed-in customer.

use std::sync::Arc;
use std::time::Duration;

use super::inner::Inner;
use crate::api::ListNotifications;
use crate::error::Result;
use crate::model::{Freshness, Notification, NotificationId, OutboxItem, Snapshot};
use crate::query::{Cached, Fetched, Observation, Query, read_all};
use crate::session::Session;
use crate::store::AccountId;

/// What the platform told the signed-in customer.
#[derive(Clone)]
pub struct NotificationsService {
    pub(crate) inner: Arc<Inner>,
}

impl NotificationsService {
    /// Every notification, newest first. Good for 5 minutes.
    ///
    /// # Errors
    /// Those of every read: `SignInNeeded`, `Locked`, and if nothing is cached `Offline`, `Busy`, `CaptivePortal`, `ServerFault`.
    pub async fn list(&self, freshness: Freshness) -> Result<Snapshot<Vec<Notification>>> {
        let inner = Inner::guard(&self.inner)?;
        let (mut snapshot, revision) = inner.queries.read_revised(&NotificationsQuery, freshness).await?;
        inner
            .overlay(revision)
            .await?
            .over_notifications(&mut snapshot.value);
        Ok(snapshot)
    }

    /// Notes that the customer has read a notification: shown at once, sent by itself. If that was refused before, it is tried
    /// again.
    ///
    /// # Errors
    /// `InvalidInput` for an id that cannot be one; `SignInNeeded`, `Locked`, `Storage`.
    pub async fn mark_read(&self, id: NotificationId) -> Result<OutboxItem> {
        self.mark_read_by(None, id).await
    }

    /// The same, if whoever is signed in is who has read it.
    pub(crate) async fn mark_read_by(
        &self,
        whose: Option<AccountId>,
        id: NotificationId,
    ) -> Result<OutboxItem> {
        let inner = Inner::guard(&self.inner)?;
        self.inner
            .run(async move { inner.outbox.mark_read(whose.as_ref(), id).await })
            .await
    }

    /// Observes the list.
    ///
    /// # Errors
    /// `SignInNeeded`, `Locked`, `Storage`.
    pub async fn observe_list(&self) -> Result<Observation<Vec<Notification>>> {
        let inner = Inner::guard(&self.inner)?;
        // Reads the keys, if they are needed, where it can be waited for.
        inner.overlay(0).await?;
        let outbox = Arc::clone(&inner.outbox);
        Ok(inner
            .queries
            .observe(&NotificationsQuery)
            .await?
            .adjusted(move |list, revision| outbox.overlay_now(revision).over_notifications(list)))
    }
}

#[derive(Clone)]
pub(super) struct NotificationsQuery;

impl Query for NotificationsQuery {
    type Value = Vec<Notification>;
    const SCHEMA: u32 = 1;
    const MAX_AGE: Duration = Duration::from_secs(5 * 60);
    const CHANGED_BY_WRITES: bool = true;

    fn key(&self) -> String {
        "notifications".to_owned()
    }

    async fn fetch(&self, session: Arc<Session>, cached: Cached) -> Result<Fetched<Self::Value>> {
        read_all(&session, &cached, |cursor| ListNotifications { cursor }).await
    }
}
