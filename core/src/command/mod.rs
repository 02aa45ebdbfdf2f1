//! Writes: accepted on disk, sent by themselves, applied exactly once.
//!
//! Promised: a write that was accepted survives a kill at any point and has one effect on the server, in order within its
//! line (scenarios 22 and 23); a refused or conflicted one is set aside with its reason and holds only what depends on it
//! (25); what is to be sent is sent without being asked again (26, 27); nobody who signs in later sees it (12). Not promised:
//! that a v1 server which applied a create and lost its notes, too, is understood; and one window in which a process that is
//! stopped between the last look at its lease and the socket sends late (v2's keys make that harmless, v1 has none).
//!
//! ```text
//!   accept, decide    what a person asks for        fold     what is not sent yet is changed in place (pure)
//!   sender, signals   the loop, and what wakes it    turns    whose turn it is (pure)
//!   look, send, came  one write: looked for, sent    plan     what to do next with a write (pure)
//!   photos, upload    a photo: accepted, sent in parts
//!   record, ledger    what came of it, on disk       machine  which state follows (pure)
//!   items, overlay    what is shown of it            stored   what a row holds
//!   shown_over        which answers it is shown over
//!   syncing           a person, or a background task, that wants it sent now
//!   conditions        what the shell said of the device
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
mod came;
mod conditions;
mod decide;
mod fold;
mod items;
mod ledger;
mod look;
mod machine;
mod outbox;
mod overlay;
#[cfg(test)]
mod photo_schedules;
mod photos;
mod plan;
mod record;
#[cfg(test)]
#[expect(
    clippy::print_stdout,
    reason = "what a million schedules hit is read by whoever runs them"
)]
mod schedules;
mod send;
mod sender;
mod shown_over;
mod signals;
mod stored;
mod syncing;
mod turns;
mod upload;

pub(crate) use accept::{Change, NewCreate};
pub(crate) use outbox::Outbox;
pub(crate) use overlay::Overlay;
pub(crate) use signals::Rest;
pub(crate) use signals::SendingPaused;
pub(crate) use syncing::{Found, TimeUp};
