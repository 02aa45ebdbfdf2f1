//! The server under command: it delays, cuts, corrupts, counts and fails as told.

mod desk;
mod fault;
mod handle;
mod http;
mod rules;
mod seen;

pub use desk::{SeenBooking, SeenPhoto};
pub use fault::{Fault, Gate, JsonEdit};
pub use handle::{Control, ResetMail};
pub(crate) use http::serve as serve_http;
pub(crate) use rules::Rules;
pub use rules::{Match, RuleBuilder, RuleId};
pub(crate) use seen::Seen;
pub use seen::SeenRequest;
