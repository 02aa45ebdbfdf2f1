//! The reference PMI platform: a real HTTP server, in process, with real SQL behind it.
//!
//! It speaks both dialects of `docs`: [`Dialect::V2`], the platform as its documents promise it, and [`Dialect::V1`], the
//! deployed one with everything it does wrong. A test (or `pmi serve`) starts one with [`Platform::start`], reads from
//! [`SeedSummary`] whom it may sign in as, and through [`Control`] delays, cuts, corrupts, counts and fails what passes.
//!
//! It promises the wire contract, determinism for a given seed and clock, and that a server opened again on the same file
//! goes on where it stopped. It does not promise to be safe to expose: it listens on loopback only and refuses anything else.

mod app;
mod auth;
mod clock;
mod config;
mod control;
mod error;
mod health;
mod limiter;
mod platform;
mod seed;
mod store;
mod time;
mod v1;
mod v2;
mod wire;

pub use clock::{Clock, ManualClock, SystemClock};
pub use config::{Config, Database, Dialect, Limits, MinimumApp};
pub use control::{
    Control, Fault, Gate, JsonEdit, Match, ResetMail, RuleBuilder, RuleId, SeenBooking, SeenPhoto,
    SeenRequest,
};
pub use error::StartError;
pub use platform::Platform;
pub use seed::{SeedSummary, SeededCustomer};
pub use v2::ROUTES as V2_ROUTES;
