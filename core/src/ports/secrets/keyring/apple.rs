//! Apple's protected-data keychain: the only one of iOS, and the modern one of macOS (there for signed apps only).
//!
//! Promised of each entry: readable after the first unlock since boot, so that a phone in a pocket can send what waits;
//! never on another device, neither by iCloud nor by a backup. The system keeps entries when an app is removed.

use std::collections::HashMap;
use std::sync::Arc;

use apple_native_keyring_store::protected::Store;
use keyring_core::api::CredentialStore;
use keyring_core::{Entry, Error as KeyringError};
use security_framework::base::Error as StatusError;

use super::backend::{Backend, names_under};
use super::meaning;
use crate::ports::SecretError;

/// Beside service and name.
const POLICY: (&str, &str) = ("access-policy", "after-first-unlock-this-device-only");

/// The keychain, or one access group of it.
pub(super) struct Keychain {
    service: String,
    group: Option<String>,
}

impl Keychain {
    pub(super) fn new(service: &str, group: Option<&str>) -> Self {
        Self {
            service: service.to_owned(),
            group: group.map(str::to_owned),
        }
    }
}

impl Backend for Keychain {
    fn id(&self) -> &'static str {
        "apple-keychain"
    }

    fn connect(&self) -> Result<Arc<CredentialStore>, SecretError> {
        let group = self.group.as_deref().unwrap_or_default();
        let config = HashMap::from([("access-group", group), ("cloud-sync", "false")]);
        match Store::new_with_configuration(&config) {
            Ok(store) => Ok(store),
            Err(error) => Err(self.meaning(error)),
        }
    }

    fn entry(&self, store: &CredentialStore, name: &str) -> Result<Entry, KeyringError> {
        store.build(&self.service, name, Some(&HashMap::from([POLICY])))
    }

    fn names(&self, store: &CredentialStore) -> Result<Option<Vec<String>>, KeyringError> {
        let mut asked = HashMap::from([("service", self.service.as_str())]);
        asked.extend(self.group.as_deref().map(|group| ("access-group", group)));
        Ok(Some(names_under(&self.service, &store.search(&asked)?)))
    }

    fn meaning(&self, error: KeyringError) -> SecretError {
        let code = match &error {
            KeyringError::PlatformFailure(cause) | KeyringError::NoStorageAccess(cause) => {
                cause.downcast_ref().map(|status: &StatusError| status.code())
            }
            _ => None,
        };
        meaning::apple(error, code)
    }
}
