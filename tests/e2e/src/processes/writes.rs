//! What a person does on a device that may be killed at any moment: bookings on three vehicles, moved and called off; and one
//! with a photo.

use jiff::civil::{Date, date};

use crate::photos::{KIB, jpeg};

/// One thing the person, or the network, does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Books this vehicle of the garage, counted from 0, at ten.
    Book(usize),
    /// The same with a photo of the fault: [`the_photo`].
    BookWithPhoto(usize),
    /// Moves that booking to this hour.
    Move(usize, i8),
    /// Calls it off.
    Cancel(usize),
    /// From here on there is no network.
    Offline,
    /// From here on there is.
    Online,
    /// Waits until all is sent.
    Settle,
}

impl Act {
    /// Whether it is a write, which is accepted or not.
    #[must_use]
    pub fn is_write(self) -> bool {
        !matches!(self, Self::Offline | Self::Online | Self::Settle)
    }
}

/// Everything is accepted without a network, which comes twice.
const OFFLINE_FIRST: [Act; 15] = [
    Act::Offline,
    Act::Book(0),
    Act::Book(1),
    Act::Book(2),
    Act::Move(0, 11),
    // Never sent, so never made.
    Act::Cancel(1),
    Act::Online,
    Act::Settle,
    Act::Offline,
    Act::Move(0, 12),
    Act::Move(2, 13),
    Act::Move(0, 14),
    Act::Cancel(2),
    Act::Online,
    Act::Settle,
];

/// There is a network all along: writes are accepted while others are sent.
const ONLINE: [Act; 10] = [
    Act::Online,
    Act::Book(0),
    Act::Book(1),
    Act::Move(0, 11),
    Act::Book(2),
    Act::Cancel(1),
    Act::Move(2, 12),
    Act::Settle,
    Act::Move(0, 15),
    Act::Settle,
];

/// Accepted without a network, and sent when there is one: the booking, and then its photo in several parts.
const WITH_A_PHOTO: [Act; 4] = [Act::Offline, Act::BookWithPhoto(0), Act::Online, Act::Settle];

/// The photo: the first part of it is 64 KiB, the second 128, and the third what is left.
#[must_use]
pub fn the_photo() -> Vec<u8> {
    jpeg(200 * KIB, 1)
}

/// One booking, which waits for a network.
const WAITING: [Act; 2] = [Act::Offline, Act::Book(0)];

/// What is done under this name.
#[must_use]
pub fn acts(name: &str) -> Option<&'static [Act]> {
    match name {
        "offline-first" => Some(&OFFLINE_FIRST),
        "online" => Some(&ONLINE),
        "with-a-photo" => Some(&WITH_A_PHOTO),
        "waiting" => Some(&WAITING),
        _ => None,
    }
}

/// The day on which all of it is booked: each device its own.
///
/// # Panics
/// If there is no such day.
#[must_use]
pub fn day(number: i64) -> Date {
    date(2027, 1, 15)
        .checked_add(jiff::Span::new().days(number))
        .expect("a day")
}
