//! The secret store: holds a few random 32-byte keys by name and nothing else. Tokens are never here (design decision:
//! keychains have no compare-and-set).
//!
//! Locked, missing, damaged, denied and unavailable are told apart: "missing" and "damaged" are a lost key, and everything
//! else is not a sign-out (scenario 5). Which platform errors are which is in one table (`keyring/meaning.rs`).
//!
//! A shell can bring a store of its own: it implements [`SecretStore`] and shows by [`conformance`] that it keeps the
//! promises.

pub mod conformance;
mod file;
#[cfg(unix)]
mod keyring;
mod memory;

use zeroize::Zeroizing;

use super::PortFuture;

pub use file::FileSecrets;
#[cfg(unix)]
pub use keyring::KeyringSecrets;
pub use memory::MemorySecrets;

/// A 32-byte key; wiped when dropped, never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey(Zeroizing<[u8; 32]>);

impl SecretKey {
    /// Wraps the bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes, for an implementation of [`SecretStore`] to store.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretKey(..)")
    }
}

/// A name that no key of an account has: a store is asked for it, and given something under it, to see whether it can keep
/// keys at all.
pub(crate) const PROBE: &str = "pmi/probe";

/// Keeps keys by name. A name is ASCII letters, digits, `-`, `.` and `/`, at most 120 characters; case matters.
///
/// What an implementer promises, and [`conformance::check`] tests:
/// * A key that was set is found again byte for byte, by this object, by another one and by a later process, until it is
///   replaced or deleted. A `set` that resolved with `Ok` is durable.
/// * Each name is its own: nothing is found, replaced or deleted under a name that is not equal to the one asked for.
/// * `Ok(None)` is said only when it is certain that there is no such key, and [`SecretError::Corrupt`] only when it is
///   certain that it cannot be read ever again: either lets the core give up what the key opens. A store that is locked,
///   hangs, is not there or fails says so with another error, however little it knows.
/// * Calls come from any thread, several at once, and do not block it: work that can wait for a prompt or a service is done
///   elsewhere, with a time-out of some seconds, after which the answer is [`SecretError::Locked`].
/// * What a call began goes on when its future is dropped, or never begins; it is not left half done.
/// * Errors hold no key.
///
/// Nothing else is asked: no order of entries, no transactions, no compare-and-set.
pub trait SecretStore: Send + Sync + 'static {
    /// Which store this is, such as `secret-service` or `file`: lower-case ASCII letters, digits and `-`, the same in every
    /// process and version. Recorded at sign-in: another store never stands in for it.
    fn id(&self) -> &'static str;

    /// The key under this name, or `None` if the store has none.
    fn get(&self, name: &str) -> PortFuture<Result<Option<SecretKey>, SecretError>>;

    /// Stores the key, replacing what was there. Durable when it resolves.
    fn set(&self, name: &str, key: SecretKey) -> PortFuture<Result<(), SecretError>>;

    /// Removes the key; one that is not there is no error.
    fn delete(&self, name: &str) -> PortFuture<Result<(), SecretError>>;

    /// The names of all keys, if the store can tell them and they are those of one installation alone; else `None`.
    ///
    /// Asked for at the first sign-in with a new data directory, to remove the keys of an earlier installation whose files are
    /// gone (iOS keeps keys when an app is removed). A store that several data directories share must say `None`. Then such
    /// keys stay; they open nothing, and their names are random, so they are never taken for new ones.
    fn list(&self) -> PortFuture<Result<Option<Vec<String>>, SecretError>> {
        Box::pin(std::future::ready(Ok(None)))
    }
}

/// Why the store did not answer. Never holds a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// The store is locked, or did not answer in time; later it may.
    #[error("the secret store is locked: {0}")]
    Locked(String),
    /// There is no store to be reached here.
    #[error("no secret store can be reached: {0}")]
    Unavailable(String),
    /// The store refused this program.
    #[error("the secret store refused: {0}")]
    Denied(String),
    /// What is stored under the name is no key and never will be. Of this entry alone: where the whole store is damaged, it
    /// [`Failed`](Self::Failed).
    #[error("the stored key is damaged: {0}")]
    Corrupt(String),
    /// Another failure.
    #[error("the secret store failed: {0}")]
    Failed(String),
}
