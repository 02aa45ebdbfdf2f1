//! The signed-in customer's bookings.

use std::sync::Arc;
use std::time::Duration;

use super::inner::Inner;
use super::paging::{read_all, read_one};
use crate::api::{GetBooking, ListBookings};
use crate::error::Result;
use crate::model::{Booking, BookingId, Freshness, Snapshot};
use crate::query::{Fetched, Observation, Query};
use crate::session::Session;

/// The signed-in customer's bookings.
#[derive(Clone)]
pub struct BookingsService {
    pub(crate) inner: Arc<Inner>,
}

impl BookingsService {
    /// Every booking of the customer, cancelled ones included, newest time first. Good for 5 minutes.
    ///
    /// # Errors
    /// Those of every read: `SignInNeeded`, `Locked`, and if nothing is cached `Offline`, `Busy`, `CaptivePortal`, `ServerFault`.
    pub async fn list(&self, freshness: Freshness) -> Result<Snapshot<Vec<Booking>>> {
        Inner::guard(&self.inner)?
            .queries
            .read(&BookingsQuery, freshness)
            .await
    }

    /// One booking of the customer's. Good for 5 minutes.
    ///
    /// # Errors
    /// Those of every read; `Refused` with `NotFound` if there is no such booking or it is somebody else's; `InvalidInput` for
    /// an id that cannot be one.
    pub async fn get(&self, id: &BookingId, freshness: Freshness) -> Result<Snapshot<Booking>> {
        Inner::guard(&self.inner)?
            .queries
            .read(&BookingQuery(id.clone()), freshness)
            .await
    }

    /// Observes the list.
    ///
    /// # Errors
    /// `SignInNeeded`, `Locked`, `Storage`.
    pub async fn observe_list(&self) -> Result<Observation<Vec<Booking>>> {
        Inner::guard(&self.inner)?.queries.observe(&BookingsQuery).await
    }
}

#[derive(Clone)]
struct BookingsQuery;

impl Query for BookingsQuery {
    type Value = Vec<Booking>;
    const SCHEMA: u32 = 1;
    const MAX_AGE: Duration = Duration::from_secs(5 * 60);

    fn key(&self) -> String {
        "bookings".to_owned()
    }

    async fn fetch(&self, session: Arc<Session>, etag: Option<String>) -> Result<Fetched<Self::Value>> {
        read_all(&session, etag.as_deref(), |cursor| ListBookings { cursor }).await
    }
}

#[derive(Clone)]
struct BookingQuery(BookingId);

impl Query for BookingQuery {
    type Value = Booking;
    const SCHEMA: u32 = 1;
    const MAX_AGE: Duration = Duration::from_secs(5 * 60);

    fn key(&self) -> String {
        format!("booking/{}", self.0)
    }

    async fn fetch(&self, session: Arc<Session>, etag: Option<String>) -> Result<Fetched<Booking>> {
        read_one(&session, etag.as_deref(), &GetBooking { id: self.0.clone() }).await
    }
}
