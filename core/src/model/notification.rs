//! What the platform told the customer.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::redacted::debug_shows;
use super::wire_word::wire_words;
use super::{NotificationId, OutboxItem, VehicleId};

wire_words! {
    /// What a notification is about.
    NotificationKind {
        /// A predicted failure.
        FailureAlert = "failure_alert",
        /// An appointment is near.
        AppointmentReminder = "appointment_reminder",
        /// An appointment was made or changed.
        AppointmentConfirmation = "appointment_confirmation",
        /// A critical failure, by telephone.
        EmergencyCall = "emergency_call",
    }
}

wire_words! {
    /// How it was sent.
    NotificationChannel {
        /// Text message.
        Sms = "sms",
        /// Telephone call.
        Voice = "voice",
        /// E-mail.
        Email = "email",
        /// Push message.
        Push = "push",
    }
}

/// One message of the platform to the customer.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Notification {
    /// Its id.
    pub id: NotificationId,
    /// What it is about.
    pub kind: NotificationKind,
    /// How it was sent.
    pub channel: NotificationChannel,
    /// When it was sent.
    pub sent_at: Option<Timestamp>,
    /// Whether it arrived.
    pub delivered: bool,
    /// Whether the customer has read it.
    pub read: bool,
    /// What it says.
    pub text: String,
    /// The vehicle, where the server says it.
    pub vehicle_id: Option<VehicleId>,
    /// The vehicle in words.
    pub vehicle: Option<String>,
    /// That the customer has read it, where the server has not confirmed that or did not accept it. It is shown as read but for
    /// the latter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<Box<OutboxItem>>,
}

// v1's name of a vehicle has its VIN in it.
debug_shows!(Notification: id, kind, channel, sent_at, delivered, read, vehicle_id, pending);
