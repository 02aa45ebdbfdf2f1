//! A disk that fails when it is told to (scenario 30): SQLite's own file system, with faults at its calls.
//!
//! Promised: every file that SQLite opens below a folder of [`Faults::under`] goes through it, whoever opens it, from the first
//! such folder on; the core is built without a hook. Files elsewhere (the server's) are untouched. A sync below such a folder is
//! counted and not done; what a power cut would leave of the files is known all the same ([`Faults::cut_power`]).
//!
//! Not promised: faults of what the core does to files itself (renames, the first look at a header, its lock files).
//!
//! Of our own, because the crates there are (sqlite-vfs, sqlite-plugin) put a whole file system in the place of SQLite's, with
//! locks and shared memory of their own: what is to be tested is SQLite's.

mod call;
mod plan;
mod power;
mod vfs;

pub use call::{Call, Code};
pub use plan::Faults;
pub use power::{Cut, Left};
