//! A library for phones, run on a desktop: it has no client of the Secret Service (docs/adr/0026).

use std::sync::Arc;

use keyring_core::api::CredentialStore;
use keyring_core::{Entry, Error as KeyringError};

use super::backend::Backend;
use super::meaning;
use crate::ports::SecretError;

const ABSENT: &str = "this library was built without the feature `secret-service`: build it with that, or choose another store";

/// Stands where the desktop's keyring would be, and is never there.
pub(super) struct Desktop;

impl Desktop {
    pub(super) fn new(_: &str) -> Self {
        Self
    }
}

impl Backend for Desktop {
    fn id(&self) -> &'static str {
        "secret-service"
    }

    fn connect(&self) -> Result<Arc<CredentialStore>, SecretError> {
        Err(SecretError::Unavailable(ABSENT.to_owned()))
    }

    fn entry(&self, _: &CredentialStore, _: &str) -> Result<Entry, KeyringError> {
        Err(KeyringError::NotSupportedByStore(ABSENT.to_owned()))
    }

    fn meaning(&self, error: KeyringError) -> SecretError {
        meaning::secret_service(error)
    }
}
