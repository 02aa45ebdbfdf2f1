//! What the platform told the signed-in customer.

use std::sync::Arc;
use std::time::Duration;

use super::inner::Inner;
use super::paging::read_all;
use crate::api::ListNotifications;
use crate::error::Result;
use crate::model::{Freshness, Notification, Snapshot};
use crate::query::{Fetched, Observation, Query};
use crate::session::Session;

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
        Inner::guard(&self.inner)?
            .queries
            .read(&NotificationsQuery, freshness)
            .await
    }

    /// Observes the list.
    ///
    /// # Errors
    /// `SignInNeeded`, `Locked`, `Storage`.
    pub async fn observe_list(&self) -> Result<Observation<Vec<Notification>>> {
        Inner::guard(&self.inner)?
            .queries
            .observe(&NotificationsQuery)
            .await
    }
}

#[derive(Clone)]
struct NotificationsQuery;

impl Query for NotificationsQuery {
    type Value = Vec<Notification>;
    const SCHEMA: u32 = 1;
    const MAX_AGE: Duration = Duration::from_secs(5 * 60);

    fn key(&self) -> String {
        "notifications".to_owned()
    }

    async fn fetch(&self, session: Arc<Session>, etag: Option<String>) -> Result<Fetched<Self::Value>> {
        read_all(&session, etag.as_deref(), |cursor| ListNotifications { cursor }).await
    }
}
