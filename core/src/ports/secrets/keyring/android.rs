//! Android's Keystore: an AES key that never leaves it, and SharedPreferences with what that key sealed.
//!
//! Promised: no prompt, no biometrics; readable after the first unlock since boot. The system restores SharedPreferences to
//! another phone unless the app's backup rules exclude `keyring-pmi`, without the AES key: then every entry is damaged,
//! which says the same as missing. It removes both with the app. SharedPreferences are read once per process: a process that
//! was running while another signed in does not see the new keys before it is started again.

use std::collections::HashMap;
use std::sync::Arc;

use android_native_keyring_store::Store;
use keyring_core::api::CredentialStore;
use keyring_core::{Entry, Error as KeyringError};

use super::backend::{Backend, names_under};
use super::meaning;
use crate::ports::{SecretError, jvm};

/// A file's name is made of it, and the alias of its AES key: `keyring-pmi`.
const STORE: (&str, &str) = ("name", "pmi");

/// The store, as one service sees it.
pub(super) struct Keystore {
    service: String,
}

impl Keystore {
    pub(super) fn new(service: &str) -> Self {
        Self {
            service: service.to_owned(),
        }
    }
}

impl Backend for Keystore {
    fn id(&self) -> &'static str {
        "android-keystore"
    }

    fn connect(&self) -> Result<Arc<CredentialStore>, SecretError> {
        // Without the JVM the store would panic.
        jvm::needed(jvm::is_given()).map_err(|missing| SecretError::Unavailable(missing.to_string()))?;
        match Store::new_with_configuration(&HashMap::from([STORE])) {
            Ok(store) => Ok(store),
            Err(error) => Err(self.meaning(error)),
        }
    }

    fn entry(&self, store: &CredentialStore, name: &str) -> Result<Entry, KeyringError> {
        store.build(&self.service, name, None)
    }

    fn names(&self, store: &CredentialStore) -> Result<Option<Vec<String>>, KeyringError> {
        Ok(Some(names_under(&self.service, &store.search(&HashMap::new())?)))
    }

    fn meaning(&self, error: KeyringError) -> SecretError {
        meaning::android(error)
    }
}
