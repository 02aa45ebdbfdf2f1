//! What the screens of the core show and do, driven as a shell drives them: one record, and intents.

mod account;
mod book;
mod bookings;
mod diagnostics;
mod forgotten_password;
mod garage;
mod notifications;
mod pulled;
mod register;
mod sign_in;
mod suspended;
mod vehicle;
mod watch;
mod welcome;
