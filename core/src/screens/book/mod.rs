//! The form in which service is booked, or a booking is given another time.
//!
//! Promised: what cannot be right is said at its field; a time the clocks skip or show twice is asked, not guessed (scenario 28);
//! what is sent is accepted at once, with a network or without, and once, however often the button is pressed (scenarios 22, 23).
//! Not promised: that a time shown as free still is; that is known when the server has answered, and shows among the bookings.

mod draft;
mod events;
mod form;
mod photos;
mod record;
mod scene;
#[cfg(test)]
mod tests;
mod when;

pub use record::{
    AcceptedBooking, Book, BookCenter, BookDay, BookDraft, BookFault, BookIntent, BookPart, BookPhoto,
    BookService, BookSlot, BookSlots, BookVehicle, MovedBooking, TimeOfDay,
};
pub(crate) use scene::BookScene;
