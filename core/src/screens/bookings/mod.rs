//! The person's bookings: those to come, those with a write under way, those that a person must decide on, and the past.
//!
//! Promised (scenarios 24, 25): each booking is in one section; what was not accepted shows what was asked, what the server has
//! and what is free, and is settled with one intent, or two where something is called off. Not promised: a new time of the
//! person's own; that is the form's ([`book`](super::book)), opened where `can_move` says so.

mod deciding;
mod decision;
mod record;
mod row;
mod scene;
#[cfg(test)]
mod tests;

pub(crate) use decision::is_decision;
pub use record::{
    BookingDecision, BookingPhotos, BookingRow, BookingWay, Bookings, BookingsIntent, CallOffQuestion,
};
pub(crate) use scene::BookingsScene;
