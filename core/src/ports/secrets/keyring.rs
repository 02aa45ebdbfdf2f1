//! Keys in the platform's own keychain: the Secret Service of a desktop, Apple's protected data, Android's Keystore.
//!
//! Promised: a call never blocks its caller, and ends within the time-out even if the keychain or a prompt hangs; "locked",
//! "missing", "damaged" and "denied" are told apart as the table in [`meaning`] says, also where the keychain itself says
//! "missing" because it cannot see into a locked keyring (scenario 5); no runtime is needed. Not promised: that a `set` or
//! `delete` that ran into the time-out did not happen; it may have been waiting for a person at the prompt, and then happens
//! when they answer.
//!
//! ```text
//! worker    one thread that may block, and the time-out    backend         what one call does, and what platforms differ in
//! meaning   what each platform's errors mean               secret_service, apple, android   the thin rest
//! ```

#[cfg(any(
    test,
    not(any(target_vendor = "apple", target_os = "android", feature = "secret-service"))
))]
mod absent;
#[cfg(target_os = "android")]
mod android;
#[cfg(target_vendor = "apple")]
mod apple;
mod backend;
mod meaning;
#[cfg(all(
    feature = "secret-service",
    not(any(target_vendor = "apple", target_os = "android"))
))]
mod secret_service;
#[cfg(test)]
mod tests;
mod worker;

use std::sync::Arc;
use std::time::Duration;

use self::backend::{Backend, What};
use self::worker::Worker;
use super::{SecretError, SecretKey, SecretStore};
use crate::ports::PortFuture;

/// How long a call may take. A person may need longer to unlock; then the next call succeeds.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Keeps keys in the platform's keychain. Connects at the first call; clones share the connection.
///
/// | platform | where | when it can be read |
/// |---|---|---|
/// | Linux desktop | the default keyring of the Secret Service, label `PMI account key`; never there without the feature `secret-service` | while that keyring is unlocked |
/// | iOS, macOS | a generic password of the protected-data keychain, not synchronised | after the first unlock since boot, on this device only |
/// | Android | private SharedPreferences, each sealed with an AES key of the Keystore that never leaves it | after the first unlock since boot |
#[derive(Clone)]
pub struct KeyringSecrets {
    backend: Arc<dyn Backend>,
    worker: Worker,
    timeout: Duration,
}

impl KeyringSecrets {
    /// The keychain of this platform. `service` is what the entries are filed under, such as the app's id: the same in each of
    /// its processes. On Apple and Android it must be used with one data directory only: what is filed under it and belongs
    /// to no account of that directory is removed when a new one signs in (see [`SecretStore::list`]).
    #[must_use]
    pub fn new(service: &str) -> Self {
        #[cfg(target_vendor = "apple")]
        let backend = apple::Keychain::new(service, None);
        #[cfg(target_os = "android")]
        let backend = android::Keystore::new(service);
        #[cfg(all(
            feature = "secret-service",
            not(any(target_vendor = "apple", target_os = "android"))
        ))]
        let backend = secret_service::Desktop::new(service);
        #[cfg(not(any(target_vendor = "apple", target_os = "android", feature = "secret-service")))]
        let backend = absent::Desktop::new(service);
        Self::over(backend)
    }

    /// The same in a keychain access group (`TEAMID.group.name`), so that an app and its extensions share the keys. Without one
    /// they are in the group the app was signed with first.
    #[cfg(target_vendor = "apple")]
    #[must_use]
    pub fn in_access_group(service: &str, group: &str) -> Self {
        Self::over(apple::Keychain::new(service, Some(group)))
    }

    fn over(backend: impl Backend) -> Self {
        Self {
            backend: Arc::new(backend),
            worker: Worker::default(),
            timeout: TIMEOUT,
        }
    }

    /// With another time-out than ten seconds.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    fn call<T: Send + 'static>(
        &self,
        what: What,
        read: impl FnOnce(backend::Found) -> T + Send + 'static,
    ) -> PortFuture<Result<T, SecretError>> {
        let answer = self.worker.call(Arc::clone(&self.backend), what, self.timeout);
        Box::pin(async move { answer.await.map(read) })
    }
}

impl std::fmt::Debug for KeyringSecrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeyringSecrets")
            .field("id", &self.backend.id())
            .finish_non_exhaustive()
    }
}

impl SecretStore for KeyringSecrets {
    fn id(&self) -> &'static str {
        self.backend.id()
    }

    fn get(&self, name: &str) -> PortFuture<Result<Option<SecretKey>, SecretError>> {
        self.call(What::Get(name.to_owned()), |found| found.key)
    }

    fn set(&self, name: &str, key: SecretKey) -> PortFuture<Result<(), SecretError>> {
        self.call(What::Set(name.to_owned(), key), drop)
    }

    fn delete(&self, name: &str) -> PortFuture<Result<(), SecretError>> {
        self.call(What::Delete(name.to_owned()), drop)
    }

    fn list(&self) -> PortFuture<Result<Option<Vec<String>>, SecretError>> {
        self.call(What::List, |found| found.names)
    }
}
