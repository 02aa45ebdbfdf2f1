//! The rows, and every query over them: one file per noun, the same SQL for SQLite and PostgreSQL.
//!
//! It promises that a write which returned is in the database, and that writes do not interleave: [`Store::write`] holds one
//! lock for the whole server, so read-then-write is safe on both databases. To a second server on the same database it
//! promises that only of what the write locked first: a customer, a booking, a centre (`lock_*`, in that order, lest two
//! writes wait for each other).

mod appointments;
mod centers;
mod customers;
mod db;
mod families;
mod fleet;
mod idempotency;
mod meta;
mod notifications;
mod photos;
mod resets;
mod template;

pub(crate) use appointments::{Appointment, AppointmentFilter, NewAppointment};
pub(crate) use centers::{Busy, Center};
pub(crate) use customers::{Customer, NewCustomer};
pub(crate) use db::{Store, Write};
pub(crate) use families::Family;
pub(crate) use fleet::{Prediction, Telemetry, Vehicle};
pub(crate) use idempotency::Kept;
pub(crate) use notifications::Notification;
pub(crate) use photos::Photo;
