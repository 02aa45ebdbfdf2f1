//! The lists: service centres, bookings, notifications.

use jiff::{Timestamp, tz::TimeZone};
use pmi_core::model::{Booking, Notification, OutboxItem, ServiceCenter, Write};

use super::read::read;
use crate::app::App;
use crate::failure::Failure;
use crate::output::{Answer, Table, at_the_centre, one_of, state, when, words};

/// `pmi centers`
pub(super) async fn centers(app: &App) -> Result<Answer, Failure> {
    let centers = app.client.centers();
    read(
        app,
        |freshness| centers.list(freshness),
        |list| show_centers(list),
    )
    .await
}

/// `pmi bookings`
pub(super) async fn bookings(app: &App) -> Result<Answer, Failure> {
    let bookings = app.client.bookings();
    read(
        app,
        |freshness| bookings.list(freshness),
        |list| show_bookings(list),
    )
    .await
}

/// `pmi notifications`
pub(super) async fn notifications(app: &App) -> Result<Answer, Failure> {
    let notifications = app.client.notifications();
    read(
        app,
        |freshness| notifications.list(freshness),
        |list| show_notifications(list),
    )
    .await
}

fn show_centers(list: &[ServiceCenter]) -> String {
    let mut table = Table::new(&[
        "ID",
        "SERVICE CENTRE",
        "ADDRESS",
        "CITY",
        "PHONE",
        "PLACES",
        "TIME ZONE",
    ]);
    for center in list {
        table.row([
            center.id.to_string(),
            center.name.clone(),
            one_of(center.address.as_ref()),
            one_of(center.city.as_ref()),
            one_of(center.phone.as_ref()),
            one_of(center.capacity),
            center.time_zone.clone(),
        ]);
    }
    table.or("there are no service centres")
}

fn show_bookings(list: &[Booking]) -> String {
    let mut table = Table::new(&[
        "ID",
        "WHEN (AT THE CENTRE)",
        "VEHICLE",
        "SERVICE",
        "STATUS",
        "SERVICE CENTRE",
        "NOT SENT YET",
    ]);
    for booking in list {
        table.row([
            booking.id.to_string(),
            at_the_centre(&booking.starts_at),
            one_of(booking.vehicle.as_ref()),
            words(booking.service.as_word()),
            words(booking.status.as_word()),
            one_of(booking.center.as_ref()),
            booking.pending.as_deref().map_or_else(String::new, pending),
        ]);
    }
    table.or("no bookings yet")
}

/// What the server has not confirmed, or did not accept.
fn pending(item: &OutboxItem) -> String {
    match &item.write {
        Write::Reschedule { .. } => format!("move: {}", state(item)),
        Write::Cancel { .. } => format!("cancel: {}", state(item)),
        Write::Book { .. } | Write::MarkRead { .. } | Write::AddPhoto { .. } => state(item),
    }
}

fn show_notifications(list: &[Notification]) -> String {
    let (now, zone) = (Timestamp::now(), TimeZone::system());
    let mut table = Table::new(&["ID", "SENT", "", "ABOUT", "BY", "MESSAGE"]);
    for notification in list {
        table.row([
            notification.id.to_string(),
            one_of(notification.sent_at.map(|at| when(at, now, &zone))),
            if notification.read { "" } else { "new" }.to_owned(),
            words(notification.kind.as_word()),
            words(notification.channel.as_word()),
            notification.text.clone(),
        ]);
    }
    table.or("no notifications yet")
}
