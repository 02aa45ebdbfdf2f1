//! The Secret Service of the session bus (gnome-keyring, KWallet, KeePassXC).
//!
//! Its entries are not listed: they are those of every installation of this user, whatever its data directory.

use std::collections::HashMap;
use std::sync::Arc;

use keyring_core::api::CredentialStore;
use keyring_core::{Entry, Error as KeyringError};
use secret_service::blocking::SecretService;
use secret_service::{EncryptionType, Error as ServiceError};
use zbus_secret_service_keyring_store::Store;

use super::backend::Backend;
use super::meaning;
use crate::ports::SecretError;

const START: &str = "start a Secret Service such as gnome-keyring in this session, or choose another store";

/// The default keyring of a desktop session.
pub(super) struct Desktop {
    service: String,
}

impl Desktop {
    pub(super) fn new(service: &str) -> Self {
        Self {
            service: service.to_owned(),
        }
    }
}

impl Backend for Desktop {
    fn id(&self) -> &'static str {
        "secret-service"
    }

    fn connect(&self) -> Result<Arc<CredentialStore>, SecretError> {
        match Store::new() {
            Ok(store) => Ok(store),
            Err(error @ KeyringError::PlatformFailure(_)) => {
                Err(SecretError::Unavailable(format!("{START} ({error})")))
            }
            Err(error) => Err(meaning::secret_service(error)),
        }
    }

    fn entry(&self, store: &CredentialStore, name: &str) -> Result<Entry, KeyringError> {
        let labelled = HashMap::from([("label", "PMI account key")]);
        store.build(&self.service, name, Some(&labelled))
    }

    fn meaning(&self, error: KeyringError) -> SecretError {
        meaning::secret_service(error)
    }

    /// A service may not see into a keyring that is not open.
    fn sees_all(&self) -> Result<(), SecretError> {
        let locked = SecretService::connect(EncryptionType::Plain).and_then(|service| {
            let keyring = service.get_default_collection()?;
            keyring.is_locked()
        });
        let unlock = |why: &str| SecretError::Locked(format!("{why}: unlock your keyring, then try again"));
        match locked {
            Ok(false) => Ok(()),
            Ok(true)
            | Err(ServiceError::Locked | ServiceError::Prompt | ServiceError::PromptDisconnected) => {
                Err(unlock("the entry cannot be looked for"))
            }
            // KeePassXC without an open database has no collection at all.
            Err(ServiceError::NoResult) => Err(unlock("no keyring is open")),
            Err(error @ ServiceError::Unavailable) => {
                Err(SecretError::Unavailable(format!("{START} ({error})")))
            }
            Err(error) => Err(SecretError::Failed(error.to_string())),
        }
    }
}
