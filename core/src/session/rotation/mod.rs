//! Spending a refresh token, as pure functions: what is known of it, what follows what, and when it is time.
//!
//! Promised, and shown by random schedules (`schedules`): before a token is spent that is on disk, and afterwards the new pair
//! is on disk before it is used; what may have been applied is never forgotten, over restarts either, and never taken for
//! a no (scenarios 3, 4 and 8); the pair before is kept until the newest has worked; of all processes one spends at a time,
//! and one that was stopped meanwhile neither saves nor, but for one window, sends (6); a server that refuses what it has
//! just granted is asked less and less often (9).
//!
//! The window: between the look at the lease and the server's receiving the request lies the network. A request that comes
//! to a rotating server after its successor was used looks like a thief's, and ends the family (ADR 0011).
//!
//! ```text
//!   Clear ----begin--> Intended --granted------------> Clear, the new pair on disk in the same write
//!                      Intended --not applied--------> Clear, or Unknown if an earlier try was
//!                      Intended --lost, or found-----> Unknown --begin--> Intended, the same token again
//!                      Intended --refused for good---> the end; or, if the newest pair never worked, once more
//!                                                      Intended, with the pair before it
//! ```
//!
//! `machine` is that picture, `run` one refresh from its first look at the disk to its end, `came` what an answer means,
//! `need` when to begin. The hands are [`super::rotate`].

mod came;
mod machine;
mod need;
mod run;

pub(super) use came::{came_of, decision_of};
pub(super) use machine::Pair;
pub(super) use need::{Refused, after_refusal};
pub(super) use run::{Action, Came, Done, Goal, Input, LEASE, OnDisk, REQUEST, Run};

#[cfg(test)]
#[expect(
    clippy::print_stdout,
    reason = "counts are told, and a schedule that is replayed step by step"
)]
mod schedules;
