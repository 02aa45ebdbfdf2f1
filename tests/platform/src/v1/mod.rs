//! The deployed platform, quirk by quirk: what `golden/v1` recorded, for the routes a client of it calls.
//!
//! It promises statuses, header sets, bodies and side effects as recorded. It does not promise the order of JSON members, the
//! real platform's slowness, or the routes no client calls.

mod account;
mod admission;
mod appointments;
mod bookings;
mod call;
mod model;
mod notifications;
mod reply;
mod routes;
mod service;
mod vehicles;
mod when;

pub(crate) use admission::{encoded, finish, handle};
