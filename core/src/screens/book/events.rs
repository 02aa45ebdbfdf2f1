//! What the form hears, and what it does.

use jiff::{Timestamp, Zoned};

use super::when::Place;
use crate::error::Result;
use crate::model::{
    Booking, BookingId, BookingTime, Capabilities, Connectivity, Freshness, NewBooking, OutboxItem,
    ServiceCenter, Slot, Snapshot, VehicleSummary,
};
use crate::query::Update;
use crate::screens::cue::Heard;

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Order {
    Book(NewBooking),
    Move(BookingId, BookingTime),
}

/// What the form hears.
pub(crate) enum BookEvent {
    VehiclesRefreshed,
    BookingsRefreshed,
    Vehicles(Heard<Update<Vec<VehicleSummary>>>),
    Bookings(Heard<Update<Vec<Booking>>>),
    /// The booking that is moved, and whose it was when it was looked at.
    Moved(u64, Result<Booking>),
    Centers(Heard<Update<Vec<ServiceCenter>>>),
    Slots(Place, Result<Snapshot<Vec<Slot>>>),
    /// The answer of this time is old by now, or the server had put it off till now.
    SlotsDue(Place, Option<Timestamp>),
    Reach(Connectivity),
    Can(Capabilities),
    May(bool),
    /// The same as it was looked up for this person.
    LookedMay(u64, bool),
    /// The time was over when it was to be sent, by this person.
    TooLate(u64),
    /// The operation id that the form of this person can go under.
    NewOperation(u64, String),
    /// What became of it, whose it was, and what it was sent under.
    Answered(u64, String, Result<OutboxItem>),
    /// What was sent under this before the form was taken up.
    Found(u64, String, OutboxItem),
}

/// What the form does.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum BookEffect {
    WatchVehicles,
    WatchBookings,
    WatchCenters,
    WatchReach,
    AskCapabilities,
    AskMay,
    LookMay(u64),
    LookAt(u64, BookingId),
    /// Draws an operation id that the form of this person goes under.
    NewOperation(u64),
    /// Looks whether something was sent under this operation id.
    LookSent(u64, String),
    AskSlots(Place, Freshness),
    RefreshVehicles,
    RefreshBookings,
    RefreshCenters,
    Send {
        person: u64,
        order: Order,
        at: Zoned,
        operation: Option<String>,
    },
}
