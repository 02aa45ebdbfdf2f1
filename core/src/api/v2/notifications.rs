//! v2's notifications.

use serde::Deserialize;

use super::{page, read};
use crate::api::answer::{record, server_fault};
use crate::api::loose::Lax;
use crate::api::{ApiError, Page, WireAnswer, times};
use crate::model::{Notification, NotificationChannel, NotificationId, NotificationKind, VehicleId};

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
    vehicle_id: Lax<i64>,
    vehicle: Lax<String>,
}

/// The customer's notifications, newest first.
pub(in crate::api) fn list(answer: &WireAnswer) -> Result<Page<Notification>, ApiError> {
    page(answer, "notification", Row::into_model)
}

/// One notification, as marking it read answers it.
pub(in crate::api) fn one(answer: &WireAnswer) -> Result<Notification, ApiError> {
    let row: Row = record(answer, read(answer, "notification")?)?;
    row.into_model()
        .ok_or_else(|| server_fault(answer, "the notification has no id"))
}

impl Row {
    fn into_model(self) -> Option<Notification> {
        Some(Notification {
            id: NotificationId(self.notification_id.0?),
            kind: NotificationKind::from_word(self.kind.as_str()),
            channel: NotificationChannel::from_word(self.channel.as_str()),
            sent_at: times::utc(self.sent_at.as_str()),
            delivered: self.delivered.0.unwrap_or_default(),
            read: self.read.0.unwrap_or_default(),
            text: self.message.or_empty(),
            vehicle_id: self.vehicle_id.0.map(VehicleId),
            vehicle: self.vehicle.filled(),
            pending: None,
        })
    }
}
