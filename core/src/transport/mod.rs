//! How a request travels: headers and token, deadlines, retries, the rate limit, limits on answers.
//!
//! Promises, for every call of [`Transport::send`]:
//!
//! * it ends within `total`, whatever the server does (scenarios 17, 18);
//! * the access token goes to the origin only, and never over a redirect elsewhere (20);
//! * an answer is JSON or empty, within the caps on size and depth; a portal's page is an error of its own (13, 17);
//! * a request that must not be sent twice is sent again only if the first was certainly not applied (15), and the error
//!   says whether one of the attempts may have been;
//! * a request with a permit is let go only while the permit is there, and one that was withheld is not tried again;
//! * when the server says "later", nothing is sent to it before (14, 16);
//! * what time it is on the server is known from its answers, whatever this device's clock says (10).
//!
//! Does not promise: to know what an answer means (`api`), to refresh tokens (`session`), to remember anything on disk.

mod classify;
mod config;
mod error;
mod exchange;
mod json;
mod limiter;
mod origin;
mod redirect;
mod request;
mod restraint;
mod retry_after;
mod schedule;
mod send;
mod server_clock;
#[cfg(test)]
mod tests;

pub use config::TransportConfig;
pub(crate) use error::{Fault, TransportError};
pub(crate) use origin::Origin;
pub(crate) use schedule::wait_after;
pub(crate) use send::Transport;
pub(crate) use server_clock::{Estimate, ServerClock};
