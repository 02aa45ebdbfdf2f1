//! What the bookings show.

use jiff::Timestamp;

use crate::model::redacted::debug_shows;
use crate::model::{BookingId, OutboxItemId, VehicleId};
use crate::screens::{BookingMark, Pending, Problem, Quantity, Standing, Text, Tone, WallTime};

/// The person's bookings. Each is in one of the four lists; a booking with a refused photo goes on in its own.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Bookings {
    /// How they stand. `Empty` means that there is no booking, and nothing to decide on.
    pub standing: Standing,
    /// What was not accepted, or not as it was asked for: what was asked first comes first.
    pub decisions: Vec<BookingDecision>,
    /// With a write under way: the soonest first.
    pub pending: Vec<BookingRow>,
    /// To come, or going on: the soonest first.
    pub upcoming: Vec<BookingRow>,
    /// Over or called off: the newest first.
    pub past: Vec<BookingRow>,
    /// Asked before a booking is called off.
    pub question: Option<CallOffQuestion>,
    /// What went wrong with the last thing the person did here: [`BookingsIntent::TryAgain`] does it again. Gone with the next.
    pub problem: Option<Problem>,
    /// Whether a new booking can be made: by this person, on this server.
    pub can_book: bool,
}

/// One booking.
#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct BookingRow {
    /// Its id. One that was made here changes it when the server has named it; both go on naming it.
    pub id: BookingId,
    /// Its vehicle, where the server says which.
    pub vehicle_id: Option<VehicleId>,
    /// The vehicle in words.
    pub vehicle: Option<String>,
    /// What is to be done.
    pub service: Text,
    /// The service centre, where the server says which.
    pub center: Option<String>,
    /// When, with the digits of the centre's clock.
    pub starts_at: WallTime,
    /// How long it takes.
    pub minutes: Option<Quantity>,
    /// Where it stands.
    pub status: Text,
    /// What that is drawn in.
    pub tone: Tone,
    /// What the person wrote to the centre.
    pub notes: Option<String>,
    /// The write about it that is not done.
    pub pending: Option<Pending>,
    /// Its photos, if it has any.
    pub photos: Option<BookingPhotos>,
    /// It can be given another time: open the form for it.
    pub can_move: bool,
    /// It can be called off, which is asked before it is done.
    pub can_call_off: bool,
    /// What else can be done, what suggests itself first.
    pub ways: Vec<BookingWay>,
    /// Something the person did about it is being done.
    pub busy: bool,
}

debug_shows!(BookingRow: id, vehicle_id, service, starts_at, minutes, status, tone, pending, photos, can_move, can_call_off, ways, busy);

/// The photos of a booking.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct BookingPhotos {
    /// So many, those that are to be sent among them.
    pub count: u32,
    /// So many of them are to be sent.
    pub unsent: u32,
    /// How much of what is to be sent has arrived; `None` when all has.
    pub progress: Option<Quantity>,
    /// Where the one stands that is sent next.
    pub next: Option<Text>,
}

/// Something a person must decide on.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct BookingDecision {
    /// Which write: what intents name it by.
    pub item: OutboxItemId,
    /// The booking it is about as it shows now, where that is known. What can be done is said here, not there.
    pub booking: Option<BookingRow>,
    /// What the person asked for.
    pub asked: Text,
    /// What stands against it.
    pub why: Text,
    /// What that is drawn in.
    pub tone: Tone,
    /// What the server has now, where it said it.
    pub server: Option<BookingMark>,
    /// Times that were free: sent back with [`BookingsIntent::ChooseSlot`].
    pub slots: Vec<WallTime>,
    /// What can be done with one tap, what suggests itself first.
    pub ways: Vec<BookingWay>,
    /// Another time can be asked for: open the form for its booking.
    pub can_move: bool,
    /// The booking can be called off, which is asked before it is done.
    pub can_call_off: bool,
    /// What the person decided is being done.
    pub busy: bool,
    /// When the person asked, by this device's clock.
    pub accepted_at: Timestamp,
    /// The server's id of the exchange, to be told to support.
    pub request_id: Option<String>,
}

/// One thing that can be done.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct BookingWay {
    /// What it is called.
    pub text: Text,
    /// What to send.
    pub intent: BookingsIntent,
}

/// Asked before a booking is called off.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct CallOffQuestion {
    /// What is asked.
    pub text: Text,
    /// What would be called off.
    pub booking: BookingRow,
    /// It is being called off.
    pub busy: bool,
}

/// What a person can do with their bookings.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum BookingsIntent {
    /// Ask the server now.
    Refresh,
    /// Send what waits now; send what was not accepted anew, over what the server has.
    Retry {
        /// Which write.
        item: OutboxItemId,
    },
    /// Take this free time instead.
    ChooseSlot {
        /// Instead of what was asked with this write.
        item: OutboxItemId,
        /// One of its free times.
        at: WallTime,
    },
    /// What the server has is right: what was asked is forgotten.
    KeepServers {
        /// Which write.
        item: OutboxItemId,
    },
    /// Give it up: nothing of it is sent.
    Drop {
        /// Which write.
        item: OutboxItemId,
    },
    /// Call a booking off: it is asked first.
    CallOff {
        /// Which.
        booking: BookingId,
    },
    /// Yes, call it off.
    Confirm,
    /// No, or the problem was seen.
    Dismiss,
    /// Do again what went wrong last. Nothing where nothing did.
    TryAgain,
}
