//! Writes that were accepted: what is to be done, and where each stands.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};

use super::redacted::debug_shows;
use super::wall;
use super::{
    Booking, BookingId, CenterId, NotificationId, OutboxItemId, Photo, PhotoKind, ServiceType, Slot,
    VehicleId,
};
use crate::error::Refusal;

/// A write as it was accepted.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Write {
    /// Make a booking.
    Book {
        /// For which vehicle.
        vehicle_id: VehicleId,
        /// What is to be done.
        service: ServiceType,
        /// When, as the centre's clock shows it, with the centre's zone.
        #[serde(with = "wall")]
        at: Zoned,
        /// At which centre; `None` leaves it to the server.
        center_id: Option<CenterId>,
        /// What the customer wrote.
        notes: Option<String>,
    },
    /// Move a booking.
    Reschedule {
        /// Which.
        booking: BookingId,
        /// To when, as the centre's clock shows it, with the centre's zone.
        #[serde(with = "wall")]
        at: Zoned,
    },
    /// Call a booking off.
    Cancel {
        /// Which.
        booking: BookingId,
    },
    /// Mark a notification read.
    MarkRead {
        /// Which.
        notification: NotificationId,
    },
    /// Send a photo of a booking.
    AddPhoto {
        /// Of which.
        booking: BookingId,
        /// What it is.
        format: PhotoKind,
        /// How many bytes it has.
        size: u64,
    },
}

impl std::fmt::Debug for Write {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            // What the customer wrote is theirs.
            Self::Book {
                vehicle_id,
                service,
                at,
                center_id,
                notes: _,
            } => f
                .debug_struct("Book")
                .field("vehicle_id", vehicle_id)
                .field("service", service)
                .field("at", at)
                .field("center_id", center_id)
                .finish_non_exhaustive(),
            Self::Reschedule { booking, at } => f
                .debug_struct("Reschedule")
                .field("booking", booking)
                .field("at", at)
                .finish(),
            Self::Cancel { booking } => f.debug_struct("Cancel").field("booking", booking).finish(),
            Self::MarkRead { notification } => f
                .debug_struct("MarkRead")
                .field("notification", notification)
                .finish(),
            Self::AddPhoto {
                booking,
                format,
                size,
            } => f
                .debug_struct("AddPhoto")
                .field("booking", booking)
                .field("format", format)
                .field("size", size)
                .finish(),
        }
    }
}

/// Where a write stands. `Done`, `Rejected`, `Conflict` and `Withdrawn` are settled: nothing of it is sent any more unless
/// the person says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum WriteState {
    /// Accepted, on disk, and to be sent; certainly not applied yet.
    Queued,
    /// On its way.
    Sending,
    /// Sent, and no answer came: it may have been applied. Found out by itself; never sent twice for that.
    Unknown,
    /// Waits for a write of the same booking that a person must settle first.
    Blocked {
        /// That write.
        by: OutboxItemId,
    },
    /// Applied.
    Done {
        /// The booking as the server then had it, where the write was about one and the server said it. Called `on_server` in
        /// serde's forms: [`OutboxItem::booking`] stands beside it there.
        #[serde(rename = "on_server")]
        booking: Option<Box<Booking>>,
    },
    /// The server said no. Change it, try again, or drop it.
    Rejected {
        /// What kind of no.
        why: Refusal,
        /// One sentence for a person.
        reason: String,
        /// The server's id of the exchange, for support.
        request_id: Option<String>,
    },
    /// Not as asked: a person must decide. Change it, try again, or drop it.
    Conflict(Conflict),
    /// Taken back before it was sent, or given up by the person.
    Withdrawn,
}

impl WriteState {
    /// Whether nothing more happens unless the person says so.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        match self {
            Self::Queued | Self::Sending | Self::Unknown | Self::Blocked { .. } => false,
            Self::Done { .. } | Self::Rejected { .. } | Self::Conflict(_) | Self::Withdrawn => true,
        }
    }

    /// Whether a person must decide.
    #[must_use]
    pub fn needs_attention(&self) -> bool {
        matches!(self, Self::Rejected { .. } | Self::Conflict(_))
    }
}

/// What stands against a write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// What kind.
    pub kind: ConflictKind,
    /// One sentence for a person.
    pub reason: String,
    /// What the server has now, where it said it.
    pub current: Option<Box<Booking>>,
    /// What is free near the time that was asked for, where the server said it.
    pub free_slots: Vec<Slot>,
    /// The server's id of the exchange, for support.
    pub request_id: Option<String>,
}

/// What kind of conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConflictKind {
    /// The time has been taken by somebody else. Nothing was applied.
    SlotTaken,
    /// The booking was changed elsewhere since the person saw it. Nothing was applied.
    Changed,
    /// The booking can no longer be changed: it is under way, over or called off. Nothing was applied.
    NotChangeable,
    /// The server made the booking, at another time than was asked for (v1, Q9). It exists.
    Moved,
}

/// Why a write that is to be sent has not been yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waiting {
    /// For its turn: it has not been tried yet.
    Turn,
    /// For the network.
    Network,
    /// For the server, which failed or asked to be left alone.
    Server,
    /// For certainty whether an earlier attempt was applied.
    Certainty,
    /// For a better network: a photo, under [`Conditions::data_saver`](super::Conditions::data_saver). `retry` sends it.
    DataSaver,
}

/// One accepted write and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxItem {
    /// Its number here; grows in the order of acceptance.
    pub id: OutboxItemId,
    /// What it was accepted under: accepting it again gives this item.
    pub operation_id: String,
    /// What is to be done.
    pub write: Write,
    /// The booking it is about: the server's id once it is known, a local one before. Both go on naming it.
    pub booking: Option<BookingId>,
    /// Where it stands.
    #[serde(flatten)]
    pub state: WriteState,
    /// What it waits for, while it is to be sent; not while it is being sent, nor once it is settled.
    pub waiting: Option<Waiting>,
    /// How often it was sent; of a photo, how often its sending was begun or gone on with.
    pub attempts: u32,
    /// How far a photo has come; `None` for every other write.
    #[serde(default)]
    pub upload: Option<Upload>,
    /// When it was accepted, by this device's clock.
    pub accepted_at: Timestamp,
    /// When something last happened to it, by this device's clock.
    pub changed_at: Timestamp,
    /// When it is tried again, by this device's clock, where that is known.
    pub retry_at: Option<Timestamp>,
}

/// What a person can do about a write. Each is accepted as long as the write stands as it was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum WriteAction {
    /// [`OutboxService::retry`](crate::OutboxService::retry): what waits goes now; what was not accepted goes anew.
    Retry,
    /// [`BookingsService::reschedule`](crate::BookingsService::reschedule) with another time, for its booking.
    Change,
    /// [`BookingsService::cancel`](crate::BookingsService::cancel), for its booking: the server has it, or may have it.
    Cancel,
    /// [`OutboxService::drop_item`](crate::OutboxService::drop_item): nothing of it is sent.
    Drop,
}

impl OutboxItem {
    /// What a person can do about it now, what suggests itself first. Nothing, if it is done or taken back. What is blocked waits
    /// for what is done about the write that [`WriteState::Blocked`] names.
    #[must_use]
    pub fn actions(&self) -> Vec<WriteAction> {
        use WriteAction::{Cancel, Change, Drop, Retry};
        // A new time is one for what has a time.
        let has_a_time = matches!(self.write, Write::Book { .. } | Write::Reschedule { .. });
        let all: &[WriteAction] = match &self.state {
            WriteState::Queued => &[Retry, Change, Drop],
            WriteState::Sending => &[Change, Cancel],
            WriteState::Unknown => &[Retry, Change, Cancel],
            WriteState::Blocked { .. } => &[Drop],
            WriteState::Rejected { .. } => &[Retry, Change, Drop],
            WriteState::Conflict(conflict) => match conflict.kind {
                // The time that was asked for is not to be had.
                ConflictKind::SlotTaken => &[Change, Retry, Drop],
                ConflictKind::Changed => &[Retry, Change, Drop],
                ConflictKind::Moved => &[Change, Retry, Cancel, Drop],
                ConflictKind::NotChangeable => &[Drop],
            },
            WriteState::Done { .. } | WriteState::Withdrawn => &[],
        };
        let fits = |action: &&WriteAction| has_a_time || !matches!(action, Change | Cancel);
        all.iter().filter(fits).copied().collect()
    }
}

/// How much of a photo the server has said to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// So many bytes.
    pub sent: u64,
    /// Of so many.
    pub size: u64,
}

/// A booking to be made.
#[derive(Clone, PartialEq, Eq)]
pub struct NewBooking {
    /// For which vehicle.
    pub vehicle_id: VehicleId,
    /// What is to be done.
    pub service: ServiceType,
    /// When.
    pub at: super::BookingTime,
    /// At which centre; `None` leaves it to the server. Needs the capability `choose_center`.
    pub center_id: Option<CenterId>,
    /// A word to the centre, at most 1000 characters.
    pub notes: Option<String>,
    /// Photos of the fault, at most [`Photo::MOST`]. Needs the capability `photos`.
    pub photos: Vec<Photo>,
}

debug_shows!(NewBooking: vehicle_id, service, at, center_id, photos);

/// What a suspension found under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct SuspendReport {
    /// So many refreshes, sends and calls that cannot simply be made again ended in time.
    pub ended: u32,
    /// So many did not, and were ended. What became of them at the server is found out later, as after a kill.
    pub left: u32,
    /// It goes on, or was told to: `resume` came before the end, and no file is closed.
    pub resumed: bool,
}

/// What a sign-out does with what was not sent yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum Unsent {
    /// Nothing, if there is any: the error says how much, to be asked about.
    #[default]
    Ask,
    /// It stays on this device, sealed, and goes on when the same person signs in here again.
    Keep,
    /// It is destroyed.
    Discard,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(state: WriteState) -> OutboxItem {
        let at: Zoned = "2026-12-25T10:00:00+05:30[Asia/Kolkata]".parse().unwrap();
        OutboxItem {
            id: OutboxItemId(1),
            operation_id: "op-1".to_owned(),
            write: Write::Book {
                vehicle_id: VehicleId(51),
                service: ServiceType::OilChange,
                at,
                center_id: None,
                notes: None,
            },
            booking: Some(BookingId::from_server(27)),
            state,
            waiting: None,
            attempts: 1,
            upload: Some(Upload { sent: 1, size: 2 }),
            accepted_at: Timestamp::UNIX_EPOCH,
            changed_at: Timestamp::UNIX_EPOCH,
            retry_at: None,
        }
    }

    #[test]
    fn an_item_of_any_state_comes_back_from_json_as_it_was() {
        let conflict = Conflict {
            kind: ConflictKind::SlotTaken,
            reason: "taken".to_owned(),
            current: None,
            free_slots: Vec::new(),
            request_id: None,
        };
        let states = [
            WriteState::Queued,
            WriteState::Blocked { by: OutboxItemId(7) },
            WriteState::Done { booking: None },
            WriteState::Rejected {
                why: Refusal::NotFound,
                reason: "no".to_owned(),
                request_id: None,
            },
            WriteState::Conflict(conflict),
        ];
        for item in states.map(item) {
            let text = serde_json::to_string(&item).unwrap();
            let back: OutboxItem =
                serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
            assert_eq!(back, item);
            assert_eq!(serde_json::to_value(&item).unwrap()["booking"], "27");
        }
    }
}
