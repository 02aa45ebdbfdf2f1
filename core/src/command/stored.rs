//! What a row of the outbox holds, before it is sealed. A stored format: `golden` below never changes, it is only added to.
//!
//! Kept in the model's words, not in a dialect's: the server may have become another one by the time it is sent.

use jiff::Zoned;
use serde::{Deserialize, Serialize};

use crate::error::Refusal;
use crate::model::wall;
use crate::model::{
    Booking, BookingStatus, CenterId, Conflict, NotificationId, PhotoKind, ServiceType, VehicleId, Waiting,
};

/// A write as it was accepted and is to be sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Stored {
    /// What it was accepted under.
    pub(super) operation_id: String,
    /// What later writes were accepted under that became part of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) folded: Vec<String>,
    /// What the server knows it by: another one after each change of what was certainly not applied.
    pub(super) sent_as: String,
    pub(super) command: Command,
}

/// What is to be done.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "do")]
pub(super) enum Command {
    Book {
        vehicle: VehicleId,
        service: ServiceType,
        #[serde(with = "wall")]
        at: Zoned,
        center: Option<CenterId>,
        notes: Option<String>,
        /// What the garage calls the vehicle, to be shown until the server says it.
        vehicle_name: Option<String>,
        /// What the centre is called, likewise.
        center_name: Option<String>,
    },
    Reschedule {
        #[serde(with = "wall")]
        at: Zoned,
        /// What the person saw; `None`: what the write before it in the chain makes.
        seen: Option<Seen>,
    },
    Cancel {
        seen: Option<Seen>,
    },
    MarkRead {
        notification: NotificationId,
    },
    /// The photo itself is the row's attachment.
    AddPhoto {
        format: PhotoKind,
        size: u64,
    },
}

/// What an attachment is, before it is sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct About {
    /// What the server is to call it, for ever.
    pub(super) name: String,
    /// Of its bytes, in lower-case hexadecimal.
    pub(super) sha256: String,
}

impl std::fmt::Debug for Command {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // What the customer wrote is theirs.
        f.write_str(match self {
            Self::Book { .. } => "Book",
            Self::Reschedule { .. } => "Reschedule",
            Self::Cancel { .. } => "Cancel",
            Self::MarkRead { .. } => "MarkRead",
            Self::AddPhoto { .. } => "AddPhoto",
        })
    }
}

/// What a person saw of a booking when they changed it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Seen {
    #[serde(with = "wall")]
    at: Zoned,
    status: BookingStatus,
    center: Option<CenterId>,
}

impl Seen {
    pub(super) fn of(booking: &Booking) -> Self {
        Self {
            at: booking.starts_at.clone(),
            status: booking.status.clone(),
            center: booking.center_id,
        }
    }

    /// Whether the booking is still as it was seen. That the centre has confirmed it meanwhile changes nothing for the person.
    pub(super) fn fits(&self, booking: &Booking) -> bool {
        let same_center = match (self.center, booking.center_id) {
            (Some(seen), Some(now)) => seen == now,
            _ => true,
        };
        self.at.datetime() == booking.wall_time()
            && same_center
            && (self.status == booking.status || (is_open(&self.status) && is_open(&booking.status)))
    }
}

/// Made, and not begun.
pub(super) fn is_open(status: &BookingStatus) -> bool {
    matches!(status, BookingStatus::Scheduled | BookingStatus::Confirmed)
}

/// What came of it so far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "came")]
pub(super) enum Outcome {
    /// Not settled.
    Waiting {
        why: Waiting,
    },
    Done {
        booking: Option<Box<Booking>>,
    },
    Rejected {
        why: Refusal,
        reason: String,
        request_id: Option<String>,
    },
    Conflict(Conflict),
}

impl Command {
    /// The vehicle, where the command says it.
    pub(super) fn vehicle(&self) -> Option<VehicleId> {
        match self {
            Self::Book { vehicle, .. } => Some(*vehicle),
            Self::Reschedule { .. } | Self::Cancel { .. } | Self::MarkRead { .. } | Self::AddPhoto { .. } => {
                None
            }
        }
    }

    /// What the person saw of what they change.
    pub(super) fn seen(&self) -> Option<&Seen> {
        match self {
            Self::Reschedule { seen, .. } | Self::Cancel { seen } => seen.as_ref(),
            Self::Book { .. } | Self::MarkRead { .. } | Self::AddPhoto { .. } => None,
        }
    }

    pub(super) fn is_create(&self) -> bool {
        matches!(self, Self::Book { .. })
    }

    pub(super) fn is_photo(&self) -> bool {
        matches!(self, Self::AddPhoto { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Zoned {
        text.parse().unwrap()
    }

    #[test]
    fn golden() {
        let stored = |command| Stored {
            operation_id: "op-1".to_owned(),
            folded: vec!["op-2".to_owned()],
            sent_as: "op-1.2".to_owned(),
            command,
        };
        let seen = Some(Seen {
            at: at("2026-12-25T10:00:00+05:30[Asia/Kolkata]"),
            status: BookingStatus::Confirmed,
            center: Some(CenterId(3)),
        });
        let golden = [
            (
                stored(Command::Book {
                    vehicle: VehicleId(51),
                    service: ServiceType::OilChange,
                    at: at("2026-12-25T10:00:00+05:30[Asia/Kolkata]"),
                    center: Some(CenterId(3)),
                    notes: Some("squeaks".to_owned()),
                    vehicle_name: Some("Hero Splendor".to_owned()),
                    center_name: None,
                }),
                r#"{"operation_id":"op-1","folded":["op-2"],"sent_as":"op-1.2","command":{"do":"book","vehicle":51,"service":"oil_change","at":"2026-12-25T10:00:00+05:30[Asia/Kolkata]","center":3,"notes":"squeaks","vehicle_name":"Hero Splendor","center_name":null}}"#,
            ),
            (
                stored(Command::Reschedule {
                    at: at("2026-10-25T02:30:00+01:00[Europe/Berlin]"),
                    seen: seen.clone(),
                }),
                r#"{"operation_id":"op-1","folded":["op-2"],"sent_as":"op-1.2","command":{"do":"reschedule","at":"2026-10-25T02:30:00+01:00[Europe/Berlin]","seen":{"at":"2026-12-25T10:00:00+05:30[Asia/Kolkata]","status":"confirmed","center":3}}}"#,
            ),
            (
                stored(Command::Cancel { seen: None }),
                r#"{"operation_id":"op-1","folded":["op-2"],"sent_as":"op-1.2","command":{"do":"cancel","seen":null}}"#,
            ),
            (
                stored(Command::MarkRead {
                    notification: NotificationId(9),
                }),
                r#"{"operation_id":"op-1","folded":["op-2"],"sent_as":"op-1.2","command":{"do":"mark_read","notification":9}}"#,
            ),
            (
                stored(Command::AddPhoto {
                    format: PhotoKind::Jpeg,
                    size: 123_456,
                }),
                r#"{"operation_id":"op-1","folded":["op-2"],"sent_as":"op-1.2","command":{"do":"add_photo","format":"image/jpeg","size":123456}}"#,
            ),
        ];
        for (stored, json) in golden {
            assert_eq!(serde_json::to_string(&stored).unwrap(), json);
            assert_eq!(serde_json::from_str::<Stored>(json).unwrap(), stored);
        }
        let about = About {
            name: "0123abcd".to_owned(),
            sha256: "ff00".to_owned(),
        };
        let json = r#"{"name":"0123abcd","sha256":"ff00"}"#;
        assert_eq!(serde_json::to_string(&about).unwrap(), json);
        assert_eq!(serde_json::from_str::<About>(json).unwrap(), about);
    }

    #[test]
    fn s28_digits_stay_when_the_rules_of_a_zone_have_changed_since() {
        let json = r#"{"do":"reschedule","at":"2026-12-25T10:00:00+04:00[Asia/Kolkata]","seen":null}"#;
        let Command::Reschedule { at, .. } = serde_json::from_str(json).unwrap() else {
            panic!("another command")
        };
        assert_eq!(at.to_string(), "2026-12-25T10:00:00+05:30[Asia/Kolkata]");
    }
}
