//! What the screens of the core show and do, driven as a shell drives them: one record, and intents.

mod book;
mod bookings;
mod garage;
mod notifications;
mod sign_in;
mod vehicle;
mod watch;
