//! Which answers pending writes are shown over, by name.

use std::sync::Arc;

use super::booking_photos::PhotosQuery;
use super::bookings::{BookingQuery, BookingsQuery};
use super::notifications::NotificationsQuery;
use super::vehicles::VehiclesQuery;
use crate::command::Outbox;
use crate::query::{Pending, Query as _};

/// Names them for the cache, which must not lose them. Holds nothing alive.
pub(crate) fn pending_answers(outbox: &Arc<Outbox>) -> Pending {
    let outbox = Arc::downgrade(outbox);
    Box::new(move |account| {
        let pending = outbox.upgrade()?.pending_bookings(account)?;
        if pending.is_empty() {
            return Some(Vec::new());
        }
        let lists = [BookingsQuery.key(), VehiclesQuery.key(), NotificationsQuery.key()];
        let details = pending
            .into_iter()
            .flat_map(|id| [BookingQuery(id.clone()).key(), PhotosQuery(id).key()]);
        Some(lists.into_iter().chain(details).collect())
    })
}
