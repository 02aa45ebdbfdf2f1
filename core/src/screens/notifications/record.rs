//! What the list of notifications shows.

use jiff::Timestamp;

use crate::model::redacted::debug_shows;
use crate::model::{NotificationId, VehicleId};
use crate::screens::{Pending, Problem, Standing, Text, Tone};

/// What the platform told the person.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Notifications {
    /// How it stands. `Empty` means that nothing was told yet.
    pub standing: Standing,
    /// The newest first; those without a time last. Group them by the day of `sent_at` in this device's zone.
    pub rows: Vec<NotificationRow>,
    /// So many are not read.
    pub unread: u32,
    /// Whether there is anything to be marked as read.
    pub can_mark_all: bool,
    /// Why the last thing the person did here could not be noted: [`NotificationsIntent::TryAgain`] does it again. Gone with the
    /// next.
    pub problem: Option<Problem>,
}

/// One notification.
#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct NotificationRow {
    /// Its id.
    pub id: NotificationId,
    /// What it is about.
    pub kind: Text,
    /// What that is drawn in.
    pub tone: Tone,
    /// How it was sent.
    pub channel: Text,
    /// What it says, in the platform's words.
    pub text: String,
    /// The vehicle in words, where the server says it.
    pub vehicle: Option<String>,
    /// The vehicle to be shown when it is opened, where the server says it.
    pub vehicle_id: Option<VehicleId>,
    /// When it was sent.
    pub sent_at: Option<Timestamp>,
    /// Whether the person has read it, also if the server does not know that yet.
    pub read: bool,
    /// That it was read, while the server has not confirmed that or did not accept it.
    pub pending: Option<Pending>,
    /// What can be done where the server did not accept that, what suggests itself first.
    pub ways: Vec<NotificationWay>,
}

debug_shows!(NotificationRow: id, kind, tone, channel, vehicle_id, sent_at, read, pending, ways);

/// One thing that can be done.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct NotificationWay {
    /// What it is called.
    pub text: Text,
    /// What to send.
    pub intent: NotificationsIntent,
}

/// What a person can do with notifications.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum NotificationsIntent {
    /// Ask the server now.
    Refresh,
    /// One was opened: it counts as read. Where the server did not accept that, it is tried again.
    Open {
        /// Which.
        id: NotificationId,
    },
    /// The server did not accept that one was read: leave it at that.
    LeaveUnread {
        /// Which.
        id: NotificationId,
    },
    /// All of them count as read.
    MarkAllRead,
    /// Do again what could not be noted last. Nothing where all was.
    TryAgain,
}
