//! What a client needs to know before it opens.

use std::path::Path;
use std::sync::Arc;

use pmi_core::ports::secrets::{FileSecrets, KeyringSecrets, MemorySecrets, SecretStore};
use pmi_core::{ClientConfig, FileProtection};

use crate::error::PmiError;

/// What a client needs to know before it opens.
#[derive(Debug, Clone, uniffi::Record)]
pub struct PmiConfig {
    /// The server, such as `https://pmi.example`. `http` is taken for this machine only.
    pub server: String,
    /// Where what must not be lost is kept: the session and the unsent bookings. Android: a folder in `noBackupFilesDir`; iOS: one
    /// in `Application Support`, or in the container of an App Group.
    pub data_dir: String,
    /// Where what can be read again is kept. Android: a folder in `cacheDir`; iOS: one in `Library/Caches`.
    pub cache_dir: String,
    /// What the app calls itself to the server, which may refuse one that is too old (`UpgradeRequired`).
    #[uniffi(default = None)]
    pub app: Option<AppIdentity>,
    /// Where the keys are kept.
    #[uniffi(default = None)]
    pub key_store: Option<KeyStore>,
    /// IANA name of the zone the service centres' clocks show, for a server that does not say. `Asia/Kolkata` by default.
    #[uniffi(default = None)]
    pub center_time_zone: Option<String>,
    /// Bytes that the cache takes at most: 1,000,000 to 1,000,000,000,000; 64,000,000 by default.
    #[uniffi(default = None)]
    pub cache_cap: Option<u64>,
    /// When iOS lets both folders be read: from the first unlock since the device was started by default. Means nothing on any other
    /// system.
    #[uniffi(default = None)]
    pub file_protection: Option<FileProtection>,
}

/// An app's name and version, as in `User-Agent`.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct AppIdentity {
    /// Its name: 1 to 64 letters, digits, dots and hyphens.
    pub name: String,
    /// Its version, such as `1.2.3`: likewise.
    pub version: String,
}

/// Where the keys of a session are kept.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum KeyStore {
    /// The system's: Keychain, Android's key store, a desktop's Secret Service. The default, as the service `io.pmi`.
    System {
        /// What its entries are named by.
        service: String,
        /// Apple: the keychain access group that an app shares with its extensions.
        access_group: Option<String>,
    },
    /// A file that only this user may read. For desktops without a Secret Service.
    File {
        /// Its folder.
        dir: String,
    },
    /// This process. Whoever signs in is signed out when it ends.
    Memory,
}

impl PmiConfig {
    pub(crate) fn core(&self) -> ClientConfig {
        let mut config = ClientConfig::new(self.server.as_str(), Path::new(&self.data_dir));
        config.data_dir = self.data_dir.as_str().into();
        config.cache_dir = self.cache_dir.as_str().into();
        if let Some(zone) = &self.center_time_zone {
            config.center_time_zone.clone_from(zone);
        }
        if let Some(cap) = self.cache_cap {
            config.cache_cap = cap;
        }
        config.file_protection = self.file_protection.unwrap_or_default();
        config
    }
}

impl KeyStore {
    pub(crate) fn open(&self) -> Result<Arc<dyn SecretStore>, PmiError> {
        Ok(match self {
            Self::System {
                service,
                access_group: None,
            } => Arc::new(KeyringSecrets::new(service)),
            Self::System {
                service,
                access_group: Some(group),
            } => Arc::new(shared(service, group)?),
            Self::File { dir } => {
                let opened = FileSecrets::open(Path::new(dir));
                Arc::new(opened.map_err(|error| PmiError::cannot_open(error.to_string()))?)
            }
            Self::Memory => Arc::new(MemorySecrets::new()),
        })
    }
}

#[cfg(target_vendor = "apple")]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere there is none")]
fn shared(service: &str, group: &str) -> Result<KeyringSecrets, PmiError> {
    Ok(KeyringSecrets::in_access_group(service, group))
}

#[cfg(not(target_vendor = "apple"))]
fn shared(_: &str, _: &str) -> Result<KeyringSecrets, PmiError> {
    Err(PmiError::InvalidInput {
        field: "access_group".to_owned(),
        reason: "there are none on this platform".to_owned(),
    })
}

impl Default for KeyStore {
    fn default() -> Self {
        Self::System {
            service: "io.pmi".to_owned(),
            access_group: None,
        }
    }
}
