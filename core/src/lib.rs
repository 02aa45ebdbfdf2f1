//! The PMI client core: what an app needs to talk to the ProActive Mobility Intelligence platform, except pixels.
//!
//! It promises four things. Nobody is signed out by accident: only a definite refusal of the refresh token ends a
//! session. Everything that was read once can be read again without a network, and says how old it is. A booking that was
//! accepted, with a network or without, is made once. And a caller never sees which of the two server dialects it talks to: it sees [`Capabilities`](model::Capabilities).
//!
//! ```text
//! PmiClient            the front door
//!   screens            all that a screen shows, and what a person can do there
//!   services           what a user does, one file per noun: no SQL, no HTTP
//!     query            a read: cached, shared, observed
//!     command          a write: accepted on disk, sent by itself, applied once
//!       session        who is signed in: tokens, one refresh at a time
//!         transport    how a request travels: deadlines, retries, limits on answers
//!           api        what a request says, per dialect
//!         store        cache.sqlite3 (disposable) and durable.sqlite3 (never lost)
//!   model, error       plain records and the closed set of errors
//!   ports              clock, sleep, randomness, network, secret store: parameters, so that tests drive them
//! ```
//!
//! Dependencies point down this list only.

pub mod error;
pub mod model;
pub mod ports;
pub mod screens;

mod api;
mod audit;
mod client;
mod command;
#[cfg(feature = "ffi")]
mod ffi;
mod file_lock;
mod query;
mod services;
mod session;
mod store;
mod tasks;
mod transport;

pub use client::{ClientConfig, PmiClient};
pub use error::{Error, Result};
pub use query::{Observation, Update};
pub use services::{
    AccountService, BookingsService, CentersService, DiagnosticsService, NotificationsService,
    OutboxObservation, OutboxService, PlatformService, VehiclesService,
};
pub use session::{SessionEnd, SessionState};
pub use store::FileProtection;
pub use tasks::{Subscription, Watch};
pub use transport::TransportConfig;

#[cfg(feature = "ffi")]
uniffi::setup_scaffolding!();
