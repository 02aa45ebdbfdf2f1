//! What is on disk: two files, never one.
//!
//! `cache.sqlite3` holds answers of the server and may vanish at any time. `durable.sqlite3` holds who is signed in, their
//! tokens and the writes that were accepted, and is never lost: damaged, it is kept aside, and
//! what can be read of it goes on (scenarios 31 and 32). What either says about a person is sealed ([`seal`]) under keys of the account ([`keys`]) that
//! only the secret store holds.
//!
//! Everything here is synchronous and runs where it is called: a hop to another thread costs more than the read. No lock
//! is held beyond one call.

mod cache;
mod database;
mod durable;
mod error;
mod folder;
mod gate;
mod judge;
mod keys;
mod kind;
mod migrate;
mod process_lock;
mod protect;
mod salvage;
mod seal;

#[cfg(test)]
mod golden_tests;
#[cfg(test)]
mod test_support;

pub(crate) use cache::{CAP_RANGE, CacheFile, DEFAULT_CAP, Kept, NewAnswer, Spared};
pub(crate) use durable::{
    AccountId, AccountRow, AccountState, Attachment, Chain, ChainId, DurableFile, Guard, ItemState, Journal,
    Lease, Moment, NewAccount, NewItem, OutboxRow, OutboxTx, Progress, Purpose, Rotation, ServerTime, Spends,
    Standing, Taker, TrailEntry, Written, fold_into,
};
#[cfg(test)]
pub(crate) use durable::{LeaseRow, admit};
pub(crate) use error::StoreError;
pub(crate) use keys::{AccountKeys, CacheKeys, OutboxKeys};
pub(crate) use process_lock::{ProcessGuard, ProcessLock};
pub use protect::FileProtection;
pub(crate) use protect::Folder;
pub(crate) use seal::{seal_outbox, seal_profile, seal_tokens, unseal_outbox, unseal_profile, unseal_tokens};
