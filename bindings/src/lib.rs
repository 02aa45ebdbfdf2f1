//! The PMI client core for Kotlin and Swift: what `pmi-core` has, in forms that cross a language border.
//!
//! Promised: no logic is here, only conversions; every call that can wait is `async` and runs on the core's own runtime, so that
//! one that is given up loses nothing; a panic is an error of the call, or what is harmless where a call has none, never the end of
//! the app; every call after `close` gives `Closed` (scenarios 7 and 36); no callback is called under a lock (35). A screen is one record and one call for its next: few
//! and coarse, because a call from the JVM costs microseconds and each value in it some more.

#[cfg(target_os = "android")]
mod android;
mod client;
mod config;
mod error;
mod guard;
mod log;
mod memory;
mod screens;
mod session;
mod sync;
mod testing;
mod watching;

pub use client::PmiClient;
pub use config::{AppIdentity, KeyStore, PmiConfig};
pub use error::PmiError;
pub use log::{LogLevel, LogLine, LogSink, LogSinkError, set_log_sink};
pub use memory::{MemoryFault, MemoryServer};
pub use screens::{
    AccountScreen, AccountWatch, BookScreen, BookWatch, BookingsScreen, BookingsWatch, DiagnosticsScreen,
    DiagnosticsWatch, ForgottenPasswordScreen, ForgottenPasswordWatch, GarageScreen, GarageWatch,
    NotificationsScreen, NotificationsWatch, RegisterScreen, RegisterWatch, SignInScreen, SignInWatch,
    VehicleScreen, VehicleWatch, WelcomeScreen, WelcomeWatch,
};
pub use session::{SessionState, SessionWatch};
pub use sync::SyncReport;
#[cfg(debug_assertions)]
pub use testing::{defect_for_tests, defect_for_tests_later, defects_for_tests, live_objects_for_tests};

uniffi::setup_scaffolding!();
pmi_core::uniffi_reexport_scaffolding!();
