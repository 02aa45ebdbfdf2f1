//! The secret store: holds a few random 32-byte keys by name and nothing else. Tokens are never here (design decision:
//! keychains have no compare-and-set).
//!
//! Locked, missing, denied and unavailable are told apart, because only the caller knows that "missing" is a lost key and
//! "locked" is not a sign-out (scenario 5).

mod file;
mod keyring;
mod memory;

use zeroize::Zeroizing;

use super::PortFuture;

pub use file::FileSecrets;
#[cfg(all(unix, not(any(target_vendor = "apple", target_os = "android"))))]
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

/// Keeps keys by name. A name is ASCII letters, digits, `-`, `.` and `/`, at most 120 characters.
pub trait SecretStore: Send + Sync + 'static {
    /// Which store this is, such as `secret-service` or `file`. Recorded at sign-in: another store never stands in for it.
    fn id(&self) -> &'static str;

    /// The key under this name, or `None` if the store has none.
    fn get(&self, name: &str) -> PortFuture<Result<Option<SecretKey>, SecretError>>;

    /// Stores the key, replacing what was there. Durable when it resolves.
    fn set(&self, name: &str, key: SecretKey) -> PortFuture<Result<(), SecretError>>;

    /// Removes the key; one that is not there is no error.
    fn delete(&self, name: &str) -> PortFuture<Result<(), SecretError>>;
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
    /// What is stored under the name is not a key.
    #[error("the stored key is damaged: {0}")]
    Corrupt(String),
    /// Another failure.
    #[error("the secret store failed: {0}")]
    Failed(String),
}
