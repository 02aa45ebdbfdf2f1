//! Photos of a booking: added with a network or without, and listed.

use std::sync::Arc;
use std::time::Duration;

use super::booking_rules::{may, takes_photos};
use super::bookings::{BookingsService, is_no_answer, seen};
use crate::api::ListPhotos;
use crate::error::{Error, Result};
use crate::model::{BookingId, BookingPhoto, Freshness, Origin, OutboxItem, Permission, Photo, Snapshot};
use crate::query::{Cached, Fetched, Query, read_all};
use crate::session::Session;

impl BookingsService {
    /// Adds a photo to a booking, also one that is not sent yet. When this returns, the photo is on disk, sealed, and will be
    /// sent, part by part, when there is a network: a cut, a kill or a lost answer costs one part. [`OutboxItem::upload`] says
    /// how far it has come. `operation_id` as for [`book`](Self::book): it names this photo of this booking.
    ///
    /// # Errors
    /// As [`book`](Self::book); `InvalidInput` for a booking that is over or called off, or that has 6 photos, and for an
    /// `operation_id` that was used for anything else, a photo of another type or size among that; `Refused` with
    /// `NotFound`; `Offline` for a booking that was never read here.
    pub async fn add_photo(
        &self,
        id: &BookingId,
        photo: &Photo,
        operation_id: Option<String>,
    ) -> Result<OutboxItem> {
        let (inner, id, photo) = (self.inner()?, id.clone(), photo.clone());
        self.inner
            .run(async move {
                may(&inner, &Permission::BookAppointment).await?;
                let id = inner.outbox.resolve(&id).await?;
                let saw = seen(&inner, &id).await?;
                takes_photos(&saw)?;
                inner
                    .outbox
                    .add_photo(&id, saw.vehicle_id, &photo, operation_id)
                    .await
            })
            .await
    }

    /// The photos of a booking, those that are not sent yet among them; the server's first, in the order they were declared.
    /// Good for 5 minutes.
    ///
    /// If nothing was ever read and no answer comes, those added here are given, with the reason in `refresh_error`.
    ///
    /// # Errors
    /// Those of every read; `Refused` with `NotFound` if there is no such booking or it is somebody else's; `Unsupported` if
    /// the server has no photos.
    pub async fn photos(&self, id: &BookingId, freshness: Freshness) -> Result<Snapshot<Vec<BookingPhoto>>> {
        let inner = self.inner()?;
        let id = inner.outbox.resolve(id).await?;
        let read = if id.local_name().is_some() {
            None
        } else {
            let query = PhotosQuery(id.clone());
            Some(inner.queries.read_revised(&query, freshness).await)
        };
        let made_here = |error: Option<Error>| Snapshot {
            value: Vec::new(),
            origin: Origin::Disk,
            fetched_at: inner.ports().clock.wall(),
            stale: error.is_some(),
            refresh_error: error,
        };
        let (mut snapshot, revision, why_empty) = match read {
            Some(Ok((snapshot, revision))) => (snapshot, revision, None),
            Some(Err(error)) if is_no_answer(&error) => (made_here(Some(error.clone())), 0, Some(error)),
            Some(Err(error)) => return Err(error),
            None => (made_here(None), 0, None),
        };
        inner
            .outbox
            .over_photos(&id, revision, &mut snapshot.value)
            .await?;
        match why_empty {
            Some(error) if snapshot.value.is_empty() => Err(error),
            _ => Ok(snapshot),
        }
    }
}

#[derive(Clone)]
pub(super) struct PhotosQuery(pub(super) BookingId);

impl Query for PhotosQuery {
    type Value = Vec<BookingPhoto>;
    const SCHEMA: u32 = 1;
    const MAX_AGE: Duration = Duration::from_secs(5 * 60);
    const CHANGED_BY_WRITES: bool = true;

    fn key(&self) -> String {
        format!("booking/{}/photos", self.0)
    }

    async fn fetch(&self, session: Arc<Session>, cached: Cached) -> Result<Fetched<Self::Value>> {
        read_all(&session, &cached, |cursor| ListPhotos {
            booking: self.0.clone(),
            cursor,
        })
        .await
    }
}
