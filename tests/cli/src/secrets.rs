//! The secret store the arguments name.

use std::sync::Arc;

use pmi_core::Error;
use pmi_core::error::StorageFault;
use pmi_core::ports::SecretStore;
use pmi_core::ports::secrets::{FileSecrets, KeyringSecrets, MemorySecrets};

use crate::args::SecretsKind;
use crate::dirs::Dirs;

/// What the keys are filed under in the keyring.
const SERVICE: &str = "pmi";

/// Opens it. The keyring itself is not asked before it is needed.
///
/// # Errors
/// `Storage` if the file of `--secrets file` cannot be used.
pub(crate) fn open(kind: SecretsKind, dirs: &Dirs) -> Result<Arc<dyn SecretStore>, Error> {
    Ok(match kind {
        SecretsKind::Keyring => Arc::new(KeyringSecrets::new(SERVICE)),
        SecretsKind::Memory => Arc::new(MemorySecrets::new()),
        SecretsKind::File => {
            Arc::new(
                FileSecrets::open(&dirs.data.join("secrets")).map_err(|error| Error::Storage {
                    why: StorageFault::SecretStore,
                    reason: error.to_string(),
                })?,
            )
        }
    })
}

/// What a person must know about the store they chose.
pub(crate) fn caveat(kind: SecretsKind) -> Option<&'static str> {
    match kind {
        SecretsKind::Keyring => None,
        SecretsKind::File => Some(
            "--secrets file is for development: whoever can read your files can read the keys of the session",
        ),
        SecretsKind::Memory => Some("--secrets memory: signed in for this process only"),
    }
}
