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
//! * when the server says "later", nothing is sent to it before (14, 16), by any process, before or after a restart;
//! * whether, when and how often something is sent again is decided in three parts: what happened (`classify`), how long to
//!   wait (`schedule`), and what all calls together may add to a server's load (`restraint`: budget, cool-down, breaker, pacing);
//! * a call that waits hears when silence begins, and is not sent into it (`hush`; 13, 18, 27);
//! * what a person waits for goes before what was promised, and that before background work (`gate`);
//! * what time it is on the server is known from its answers, whatever this device's clock says (10).
//!
//! Does not promise: to know what an answer means (`api`), to refresh tokens (`session`).

mod admit;
mod breaker;
mod budget;
mod classify;
mod config;
mod cool_down;
mod error;
mod exchange;
mod gate;
mod hush;
mod json;
mod limiter;
mod origin;
mod pacing;
mod rate;
mod redirect;
mod request;
mod restraint;
mod retry_after;
mod schedule;
mod send;
mod server_clock;
mod shelf;
#[cfg(test)]
mod tests;

pub use config::TransportConfig;
pub(crate) use error::{Fault, TransportError};
pub(crate) use hush::Reach;
pub(crate) use origin::Origin;
pub(crate) use schedule::wait_after;
pub(crate) use send::Transport;
pub(crate) use server_clock::{Estimate, ServerClock};
