//! What one call does, the same on every platform; and what the platforms differ in.

use std::sync::Arc;

use keyring_core::api::CredentialStore;
use keyring_core::{Entry, Error as KeyringError};
use zeroize::Zeroizing;

use super::super::{PROBE, SecretError, SecretKey};

/// What the platforms differ in. Called on a thread that may block.
pub(super) trait Backend: Send + Sync + 'static {
    /// [`SecretStore::id`](super::SecretStore::id).
    fn id(&self) -> &'static str;

    /// Reaches the keychain.
    fn connect(&self) -> Result<Arc<CredentialStore>, SecretError>;

    /// The entry of this name, there or not.
    fn entry(&self, store: &CredentialStore, name: &str) -> Result<Entry, KeyringError>;

    /// The names of all entries, if they are those of this installation alone.
    fn names(&self, _: &CredentialStore) -> Result<Option<Vec<String>>, KeyringError> {
        Ok(None)
    }

    /// What an error says.
    fn meaning(&self, error: KeyringError) -> SecretError;

    /// Whether "no such entry" can be believed now; if not, the reason.
    fn sees_all(&self) -> Result<(), SecretError> {
        Ok(())
    }
}

/// What is to be done.
pub(super) enum What {
    Get(String),
    Set(String, SecretKey),
    Delete(String),
    List,
}

/// What was found by it.
#[derive(Default)]
pub(super) struct Found {
    pub(super) key: Option<SecretKey>,
    pub(super) names: Option<Vec<String>>,
}

/// What is connected, if anything is.
#[derive(Default)]
pub(super) struct Connection(Option<Arc<CredentialStore>>);

enum Failure {
    Keyring(KeyringError),
    Told(SecretError),
}

impl From<KeyringError> for Failure {
    fn from(error: KeyringError) -> Self {
        Self::Keyring(error)
    }
}

impl From<SecretError> for Failure {
    fn from(error: SecretError) -> Self {
        Self::Told(error)
    }
}

impl Connection {
    /// Does it, connecting first where that is needed.
    pub(super) fn perform(&mut self, backend: &dyn Backend, what: &What) -> Result<Found, SecretError> {
        let reused = self.0.is_some();
        let mut answer = self.attempt(backend, what);
        if matches!(answer, Err(Failure::Keyring(KeyringError::PlatformFailure(_)))) {
            // The service may have been restarted: what was connected is of no use any more.
            self.0 = None;
            if reused {
                answer = self.attempt(backend, what);
            }
        }
        answer.map_err(|failure| match failure {
            Failure::Told(error) => error,
            Failure::Keyring(error) => backend.meaning(error),
        })
    }

    fn attempt(&mut self, backend: &dyn Backend, what: &What) -> Result<Found, Failure> {
        let store: &CredentialStore = match &self.0 {
            Some(store) => &**store,
            None => &**self.0.insert(backend.connect()?),
        };
        let mut found = Found::default();
        match what {
            What::Get(name) => found.key = get(backend, store, name)?,
            What::Set(name, key) => backend.entry(store, name)?.set_secret(key.expose())?,
            What::Delete(name) => match backend.entry(store, name)?.delete_credential() {
                Err(KeyringError::NoEntry) => backend.sees_all()?,
                deleted => deleted?,
            },
            What::List => found.names = backend.names(store)?,
        }
        Ok(found)
    }
}

fn get(backend: &dyn Backend, store: &CredentialStore, name: &str) -> Result<Option<SecretKey>, Failure> {
    match backend.entry(store, name)?.get_secret().map(Zeroizing::new) {
        Ok(bytes) => {
            let key = bytes.as_slice().try_into();
            let key = key.map_err(|_| SecretError::Corrupt(format!("{name} is not a 32-byte key")))?;
            Ok(Some(SecretKey::new(key)))
        }
        Err(KeyringError::NoEntry) => {
            backend.sees_all()?;
            Ok(None)
        }
        Err(KeyringError::BadDataFormat(..)) => {
            // Android says this of an entry whose Keystore key is gone (a restored phone), and of any failure of the Keystore
            // while it opens one. Who takes the second for the first drops what could be read in a minute.
            if !can_keep_one(backend, store) {
                let reason = format!("{name} does not open, nor does another entry now");
                return Err(SecretError::Failed(reason).into());
            }
            Err(SecretError::Corrupt(format!("{name} does not open any more")).into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether the store gives back what it is given.
fn can_keep_one(backend: &dyn Backend, store: &CredentialStore) -> bool {
    let Ok(entry) = backend.entry(store, PROBE) else {
        return false;
    };
    let kept = entry.set_secret(&[0; 32]).and_then(|()| entry.get_secret());
    // It opens nothing, so it may stay.
    let _ = entry.delete_credential();
    kept.is_ok_and(|kept| kept == [0; 32])
}

/// The names of those entries that are filed under this service.
#[cfg(any(target_vendor = "apple", target_os = "android"))]
pub(super) fn names_under(service: &str, entries: &[Entry]) -> Vec<String> {
    let named = entries.iter().filter_map(Entry::get_specifiers);
    let ours = named.filter(|(filed_under, _)| filed_under == service);
    ours.map(|(_, name)| name).collect()
}
