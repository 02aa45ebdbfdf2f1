//! The signed-in customer's bookings: read, made, moved and called off, with a network or without.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::booking_rules::{center_of, changeable, clock_of, future, may, name_of, zone_of};
use super::inner::Inner;
use crate::api::{GetBooking, ListBookings};
use crate::command::{Change, NewCreate, Overlay};
use crate::error::{Error, Refusal, Result};
use crate::model::{
    Booking, BookingId, BookingTime, Freshness, NewBooking, Origin, OutboxItem, Permission, Snapshot, Write,
};
use crate::query::{Cached, Fetched, Observation, Query, read_all, read_one};
use crate::session::Session;

/// The signed-in customer's bookings.
///
/// A booking that was made or changed here shows at once as it will be, with the write in [`Booking::pending`], and stays so
/// until the server has it. Writes are accepted without a network and sent by themselves.
#[derive(Clone)]
pub struct BookingsService {
    pub(crate) inner: Arc<Inner>,
}

impl BookingsService {
    /// Every booking of the customer, cancelled ones included, newest time first. Good for 5 minutes.
    ///
    /// If nothing was ever read and no answer comes, the bookings made here are given, with the reason in `refresh_error`.
    ///
    /// # Errors
    /// Those of every read: `SignInNeeded`, `Locked`, and if nothing is cached `Offline`, `Busy`, `CaptivePortal`, `ServerFault`.
    pub async fn list(&self, freshness: Freshness) -> Result<Snapshot<Vec<Booking>>> {
        let inner = self.inner()?;
        let (mut snapshot, revision) = match inner.queries.read_revised(&BookingsQuery, freshness).await {
            Ok(read) => read,
            Err(error) if is_no_answer(&error) => {
                let made_here = stand_in(&inner.overlay(0).await?, Some(error.clone()));
                return made_here.ok_or(error);
            }
            Err(error) => return Err(error),
        };
        inner.overlay(revision).await?.over_list(&mut snapshot.value);
        Ok(snapshot)
    }

    /// One booking of the customer's, by the server's id or by a local one. Good for 5 minutes.
    ///
    /// # Errors
    /// Those of every read; `Refused` with `NotFound` if there is no such booking or it is somebody else's; `InvalidInput` for
    /// an id that cannot be one.
    pub async fn get(&self, id: &BookingId, freshness: Freshness) -> Result<Snapshot<Booking>> {
        let inner = self.inner()?;
        let id = inner.outbox.resolve(id).await?;
        if id.local_name().is_some() {
            let made = inner.outbox.overlay(i64::MAX).await?.made(&id);
            return made.map(made_here).ok_or_else(|| no_such_booking(&id));
        }
        match inner
            .queries
            .read_revised(&BookingQuery(id.clone()), freshness)
            .await
        {
            Ok((mut snapshot, revision)) => {
                inner.overlay(revision).await?.over_one(&mut snapshot.value);
                Ok(snapshot)
            }
            Err(error) if is_no_answer(&error) => {
                let made = inner.overlay(0).await?.made(&id);
                made.map(|booking| Snapshot {
                    stale: true,
                    refresh_error: Some(error.clone()),
                    ..made_here(booking)
                })
                .ok_or(error)
            }
            Err(error) => Err(error),
        }
    }

    /// Observes the list.
    ///
    /// # Errors
    /// `SignInNeeded`, `Locked`, `Storage`.
    pub async fn observe_list(&self) -> Result<Observation<Vec<Booking>>> {
        let inner = self.inner()?;
        // Reads the keys, if they are needed, where it can be waited for.
        inner.overlay(0).await?;
        let (outbox, made_here) = (Arc::clone(&inner.outbox), Arc::clone(&inner.outbox));
        Ok(inner
            .queries
            .observe(&BookingsQuery)
            .await?
            .adjusted(move |bookings, revision| outbox.overlay_now(revision).over_list(bookings))
            .standing_in(move || stand_in(&made_here.overlay_now(0), None)))
    }

    /// Observes one booking the server has.
    ///
    /// # Errors
    /// `SignInNeeded`, `Locked`, `Storage`; `InvalidInput` for a booking the server does not have yet: observe the list.
    pub async fn observe(&self, id: &BookingId) -> Result<Observation<Booking>> {
        let inner = self.inner()?;
        let id = inner.outbox.resolve(id).await?;
        if id.server_number().is_none() {
            return Err(Error::InvalidInput {
                field: "booking".to_owned(),
                reason: "the server does not have it yet: observe the list instead".to_owned(),
            });
        }
        inner.overlay(0).await?;
        let outbox = Arc::clone(&inner.outbox);
        Ok(inner
            .queries
            .observe(&BookingQuery(id))
            .await?
            .adjusted(move |booking, revision| outbox.overlay_now(revision).over_one(booking)))
    }

    /// Books service. When this returns, the booking is on disk and will be made, once, whatever happens to the network, the
    /// app or the device; what came of it is in the outbox and in [`Booking::pending`].
    ///
    /// Photos are accepted with it, whole or not at all, and each is an item of its own behind it: sent part by part when the
    /// booking is made, and given up if it never is. A photo that is refused holds nothing but itself. On a server that was not
    /// known to take none, the booking is made and its photos are refused with that reason.
    ///
    /// `operation_id` (1 to 100 printable characters) names the wish: the same one again gives the same item, so that a double
    /// tap, or a call made again after it was cancelled, books once. Without one each call is a wish of its own.
    ///
    /// # Errors
    /// `InvalidInput` for a time in the past or not in whole minutes, an unknown zone, notes over 1000 characters;
    /// `AmbiguousTime` for a time the clocks skip or show twice; `Refused` with `NotFound` for a vehicle that is not in the
    /// garage, with `MissingPermission` for a role that may not book; `Unsupported` for a centre on a server that offers no
    /// choice, and for photos on a server that takes none; `InvalidInput` for more than 6 photos; `Storage` with `Full` if the
    /// photos of this account that wait on this device would be more than 64 MiB; `SignInNeeded`, `Locked`, `Storage`; `Suspended` where the
    /// centre's zone had still to be asked for. Nothing was accepted then.
    pub async fn book(&self, new: NewBooking, operation_id: Option<String>) -> Result<OutboxItem> {
        let inner = self.inner()?;
        self.inner
            .run(async move {
                may(&inner, &Permission::BookAppointment).await?;
                let center = center_of(&inner, new.center_id).await?;
                let zone = zone_of(&inner, center.as_ref()).await?;
                let at = future(&inner, &new.at, &zone)?;
                let create = NewCreate {
                    vehicle: new.vehicle_id,
                    vehicle_name: name_of(&inner, new.vehicle_id).await?,
                    service: new.service,
                    at,
                    center: new.center_id,
                    center_name: center.map(|center| center.name),
                    notes: new.notes.filter(|notes| !notes.trim().is_empty()),
                    photos: new.photos,
                };
                inner.outbox.book(create, operation_id).await
            })
            .await
    }

    /// Moves a booking. Of one that was not sent yet only the last time is sent; a refused or conflicted one is sent anew.
    ///
    /// It is sent only if the booking still is as this device shows it now; else it becomes a conflict.
    ///
    /// # Errors
    /// As [`book`](Self::book); `InvalidInput` for a booking that is under way, over or cancelled, and for digits alone where the
    /// centre's time zone is not known on this device; `Refused` with `NotFound`; `Offline` for a booking that was never read here.
    pub async fn reschedule(
        &self,
        id: &BookingId,
        at: &BookingTime,
        operation_id: Option<String>,
    ) -> Result<OutboxItem> {
        let (inner, id, at) = (self.inner()?, id.clone(), at.clone());
        self.inner
            .run(async move {
                may(&inner, &Permission::BookAppointment).await?;
                let id = inner.outbox.resolve(&id).await?;
                let saw = seen(&inner, &id).await?;
                changeable(&saw)?;
                let at = future(&inner, &at, &clock_of(&saw, &at)?)?;
                inner
                    .outbox
                    .change(&id, Change::Reschedule(at), Some(&saw), operation_id)
                    .await
            })
            .await
    }

    /// The booking as this device shows it now, asked for if it never was: what [`reschedule`](Self::reschedule) goes by.
    pub(crate) async fn shown(&self, id: &BookingId) -> Result<Booking> {
        let inner = self.inner()?;
        let id = inner.outbox.resolve(id).await?;
        seen(&inner, &id).await
    }

    /// Calls a booking off. One that was not sent yet is taken back, and nothing is sent.
    ///
    /// # Errors
    /// As [`reschedule`](Self::reschedule), with the permission to cancel.
    pub async fn cancel(&self, id: &BookingId, operation_id: Option<String>) -> Result<OutboxItem> {
        let (inner, id) = (self.inner()?, id.clone());
        self.inner
            .run(async move {
                may(&inner, &Permission::CancelOwnAppointment).await?;
                let id = inner.outbox.resolve(&id).await?;
                let saw = seen(&inner, &id).await?;
                let being_cancelled = saw
                    .pending
                    .as_ref()
                    .is_some_and(|pending| matches!(pending.write, Write::Cancel { .. }));
                if !being_cancelled {
                    changeable(&saw)?;
                }
                inner
                    .outbox
                    .change(&id, Change::Cancel, Some(&saw), operation_id)
                    .await
            })
            .await
    }

    pub(super) fn inner(&self) -> Result<Arc<Inner>> {
        Inner::guard(&self.inner)
    }
}

/// The bookings that were made here, where nothing else is known.
fn stand_in(overlay: &Overlay, error: Option<Error>) -> Option<Snapshot<Vec<Booking>>> {
    let mut bookings = Vec::new();
    overlay.over_list(&mut bookings);
    let fetched_at = bookings.iter().filter_map(accepted_at).min()?;
    Some(Snapshot {
        value: bookings,
        origin: Origin::Disk,
        fetched_at,
        stale: true,
        refresh_error: error,
    })
}

fn made_here(booking: Booking) -> Snapshot<Booking> {
    Snapshot {
        fetched_at: accepted_at(&booking).unwrap_or_default(),
        value: booking,
        origin: Origin::Disk,
        stale: false,
        refresh_error: None,
    }
}

fn accepted_at(booking: &Booking) -> Option<Timestamp> {
    match &booking.pending {
        Some(pending) => Some(pending.accepted_at),
        None => booking.created_at,
    }
}

/// No answer came, or none that says anything about what was asked.
pub(super) fn is_no_answer(error: &Error) -> bool {
    matches!(
        error,
        Error::Offline { .. } | Error::Busy { .. } | Error::CaptivePortal | Error::ServerFault { .. }
    )
}

/// The booking as this device shows it now: what the person saw. Asked for if it never was.
pub(super) async fn seen(inner: &Inner, id: &BookingId) -> Result<Booking> {
    if id.local_name().is_some() {
        let made = inner.outbox.overlay(i64::MAX).await?.made(id);
        return made.ok_or_else(|| no_such_booking(id));
    }
    let account = inner.session.account().await?;
    let listed = inner
        .queries
        .peek_dated(&account, &BookingsQuery)
        .and_then(|dated| {
            let booking = dated.value.into_iter().find(|booking| booking.id == *id)?;
            Some((booking, dated.fetched_at, dated.revision))
        });
    let detail = inner
        .queries
        .peek_dated(&account, &BookingQuery(id.clone()))
        .map(|dated| (dated.value, dated.fetched_at, dated.revision));
    let newest = listed.into_iter().chain(detail).max_by_key(|(_, at, _)| *at);
    if let Some((mut booking, _, revision)) = newest {
        inner.overlay(revision).await?.over_one(&mut booking);
        return Ok(booking);
    }
    if let Some(made) = inner.overlay(0).await?.made(id) {
        return Ok(made);
    }
    let query = BookingQuery(id.clone());
    let (snapshot, revision) = inner
        .queries
        .read_revised(&query, Freshness::NetworkFirst)
        .await?;
    let mut booking = snapshot.value;
    inner.overlay(revision).await?.over_one(&mut booking);
    Ok(booking)
}

fn no_such_booking(id: &BookingId) -> Error {
    Error::Refused {
        why: Refusal::NotFound,
        reason: format!("there is no booking {id}: it was taken back, or never made here"),
        request_id: None,
    }
}

#[derive(Clone)]
pub(super) struct BookingsQuery;

impl Query for BookingsQuery {
    type Value = Vec<Booking>;
    const SCHEMA: u32 = 1;
    const MAX_AGE: Duration = Duration::from_secs(5 * 60);
    const CHANGED_BY_WRITES: bool = true;

    fn key(&self) -> String {
        "bookings".to_owned()
    }

    async fn fetch(&self, session: Arc<Session>, cached: Cached) -> Result<Fetched<Self::Value>> {
        read_all(&session, &cached, |cursor| ListBookings { cursor }).await
    }
}

#[derive(Clone)]
pub(super) struct BookingQuery(pub(super) BookingId);

impl Query for BookingQuery {
    type Value = Booking;
    const SCHEMA: u32 = 1;
    const MAX_AGE: Duration = Duration::from_secs(5 * 60);
    const CHANGED_BY_WRITES: bool = true;

    fn key(&self) -> String {
        format!("booking/{}", self.0)
    }

    async fn fetch(&self, session: Arc<Session>, cached: Cached) -> Result<Fetched<Booking>> {
        read_one(&session, &cached, &GetBooking { id: self.0.clone() }).await
    }
}
