//! The service centres.

use std::sync::Arc;
use std::time::Duration;

use super::inner::Inner;
use super::paging::read_all;
use crate::api::ListServiceCenters;
use crate::error::Result;
use crate::model::{Freshness, ServiceCenter, Snapshot};
use crate::query::{Fetched, Observation, Query};
use crate::session::Session;

/// The service centres.
#[derive(Clone)]
pub struct CentersService {
    pub(crate) inner: Arc<Inner>,
}

impl CentersService {
    /// Every service centre. Good for 24 hours.
    ///
    /// # Errors
    /// Those of every read: `SignInNeeded`, `Locked`, and if nothing is cached `Offline`, `Busy`, `CaptivePortal`, `ServerFault`.
    pub async fn list(&self, freshness: Freshness) -> Result<Snapshot<Vec<ServiceCenter>>> {
        Inner::guard(&self.inner)?
            .queries
            .read(&CentersQuery, freshness)
            .await
    }

    /// Observes the list.
    ///
    /// # Errors
    /// `SignInNeeded`, `Locked`, `Storage`.
    pub async fn observe_list(&self) -> Result<Observation<Vec<ServiceCenter>>> {
        Inner::guard(&self.inner)?.queries.observe(&CentersQuery).await
    }
}

#[derive(Clone)]
struct CentersQuery;

impl Query for CentersQuery {
    type Value = Vec<ServiceCenter>;
    const SCHEMA: u32 = 1;
    const MAX_AGE: Duration = Duration::from_secs(24 * 3600);

    fn key(&self) -> String {
        "centers".to_owned()
    }

    async fn fetch(&self, session: Arc<Session>, etag: Option<String>) -> Result<Fetched<Self::Value>> {
        read_all(&session, etag.as_deref(), |cursor| ListServiceCenters { cursor }).await
    }
}
