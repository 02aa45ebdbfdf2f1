//! The reference platform, as `docs/v2-wire.md` says field by field.

mod account;
mod admission;
mod book;
mod bookings;
mod calendar;
mod call;
mod change;
mod failure;
mod finish;
mod idempotency;
mod openapi;
mod pages;
mod passwords;
mod photos;
mod room;
mod routes;
mod service;
mod sessions;
mod slots;
mod vehicles;

pub(crate) use admission::handle;
pub(crate) use finish::{conditional, finish};
pub(crate) use idempotency::InFlight;
pub use routes::ROUTES;
