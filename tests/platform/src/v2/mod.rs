//! The reference platform, as `docs/v2-wire.md` says field by field.

mod account;
mod admission;
mod bookings;
mod call;
mod failure;
mod finish;
mod idempotency;
mod openapi;
mod pages;
mod passwords;
mod routes;
mod service;
mod sessions;
mod vehicles;

pub(crate) use admission::handle;
pub(crate) use finish::{conditional, finish};
pub(crate) use idempotency::InFlight;
pub use routes::ROUTES;
