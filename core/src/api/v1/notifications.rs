//! v1's notifications. One row without a text makes the server refuse the whole list (422 over its own data).

use serde::Deserialize;

use super::read;
use crate::api::answer::{page, record};
use crate::api::loose::{Lax, Rows};
use crate::api::{ApiError, Page, WireAnswer, times};
use crate::model::{Notification, NotificationChannel, NotificationId, NotificationKind};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Row {
    notification_id: Lax<i64>,
    #[serde(rename = "type")]
    kind: Lax<String>,
    channel: Lax<String>,
    sent_at: Lax<String>,
    delivered: Lax<bool>,
    read: Lax<bool>,
    message: Lax<String>,
    vehicle: Lax<String>,
}

/// The customer's notifications, newest first.
pub(in crate::api) fn list(answer: &WireAnswer) -> Result<Page<Notification>, ApiError> {
    let rows: Rows<Row> = record(answer, read(answer, "customer")?)?;
    page(answer, rows, None, |row| {
        Some(Notification {
            id: NotificationId(row.notification_id.0?),
            kind: NotificationKind::from_word(row.kind.as_str()),
            channel: NotificationChannel::from_word(row.channel.as_str()),
            sent_at: times::utc(row.sent_at.as_str()),
            delivered: row.delivered.0.unwrap_or_default(),
            read: row.read.0.unwrap_or_default(),
            text: row.message.or_empty(),
            vehicle_id: None,
            vehicle: row.vehicle.filled(),
            pending: None,
        })
    })
}
