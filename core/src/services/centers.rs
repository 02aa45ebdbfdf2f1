//! The service centres.

use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;

use super::inner::Inner;
use crate::api::{ListServiceCenters, ListSlots};
use crate::error::Result;
use crate::model::{CenterId, Freshness, ServiceCenter, Slot, Snapshot};
use crate::query::{Cached, Fetched, Observation, Query, read_all};
use crate::session::Session;

/// So long free times are shown without asking again.
pub(crate) const SLOTS_GOOD_FOR: Duration = Duration::from_secs(60);

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

    /// When a centre can take a vehicle on a day, in order; full times are among them with nothing available. Good for 1 minute.
    ///
    /// # Errors
    /// Those of every read; `Unsupported` on a server without the capability `slots`; `Refused` with `NotFound`.
    pub async fn slots(
        &self,
        center: CenterId,
        date: Date,
        freshness: Freshness,
    ) -> Result<Snapshot<Vec<Slot>>> {
        Inner::guard(&self.inner)?
            .queries
            .read(&SlotsQuery { center, date }, freshness)
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
pub(super) struct CentersQuery;

impl Query for CentersQuery {
    type Value = Vec<ServiceCenter>;
    const SCHEMA: u32 = 1;
    const MAX_AGE: Duration = Duration::from_secs(24 * 3600);

    fn key(&self) -> String {
        "centers".to_owned()
    }

    async fn fetch(&self, session: Arc<Session>, cached: Cached) -> Result<Fetched<Self::Value>> {
        read_all(&session, &cached, |cursor| ListServiceCenters { cursor }).await
    }
}

#[derive(Clone)]
struct SlotsQuery {
    center: CenterId,
    date: Date,
}

impl Query for SlotsQuery {
    type Value = Vec<Slot>;
    const SCHEMA: u32 = 1;
    const MAX_AGE: Duration = SLOTS_GOOD_FOR;
    const CHANGED_BY_WRITES: bool = true;

    fn key(&self) -> String {
        format!("slots/{}/{}", self.center, self.date)
    }

    async fn fetch(&self, session: Arc<Session>, cached: Cached) -> Result<Fetched<Self::Value>> {
        read_all(&session, &cached, |_| ListSlots {
            center: self.center,
            date: self.date,
        })
        .await
    }
}
