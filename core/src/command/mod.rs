//! Writes: accepted on disk, sent by themselves, applied exactly once.
//!
//! Promised: a write that was accepted survives a kill at any point and has one effect on the server, in order within its
//! line (scenarios 22 and 23); a refused or conflicted one is set aside with its reason and holds only what depends on it
//! (25); what is to be sent is sent without being asked again (26, 27); nobody who signs in later sees it (12). Not promised:
//! that a v1 server which applied a create and lost its notes, too, is understood; and one window in which a process that is
//! stopped between the last look at its lease and the socket sends late (v2's keys make that harmless, v1 has none).
//!
//! ```text
//!   accept    fold: what is not sent yet is changed in place        ledger   rows, opened and sealed
//!   sender    the loop: lease, turns, waits, wake-ups               send     one write: look, compare, send, settle
//!   plan      what to do next with a write (pure)                   machine  which state follows (pure)
//!   overlay   what lists and details show of what is pending
//! ```
//!
//! ```text
//!   Queued --claim--> Sending --applied--> Done
//!     ^                  |-----refused--> Rejected --retry--> Queued
//!     |                  |-----differs--> Conflict --retry--> Queued
//!     |--certainly not---|
//!     |                  '--no answer---> Unknown --found--> Done
//!     '------------looked, not there---------'  '--claim--> Sending (the same key, or a write that can be repeated)
//!   Queued, Rejected, Conflict --taken back--> Withdrawn
//! ```

mod accept;
mod fold;
mod items;
mod ledger;
mod machine;
mod outbox;
mod overlay;
mod plan;
mod send;
mod sender;
mod stored;
mod turns;

pub(crate) use accept::{Change, NewCreate};
pub(crate) use outbox::Outbox;
pub(crate) use overlay::Overlay;
