//! One client of one server.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use pmi_core::model::{Capabilities, Conditions, SuspendReport, Unsent};
use pmi_core::ports::secrets::MemorySecrets;
use pmi_core::ports::{HttpClientConfig, Ports};
use pmi_core::{ClientConfig, PmiClient as Core};
use tempfile::TempDir;

use crate::config::PmiConfig;
use crate::error::PmiError;
use crate::guard::guarded;
use crate::memory::{MemoryServer, ORIGIN};
use crate::sync::SyncReport;

/// A client of one server. Open one for the whole app, and close it when the app ends.
#[derive(uniffi::Object)]
pub struct PmiClient {
    pub(crate) core: Core,
    /// Of a client in memory: gone with it.
    _folder: Option<TempDir>,
}

#[uniffi::export]
impl PmiClient {
    /// Opens the client's files and nothing else: no network, no keychain, a few milliseconds.
    ///
    /// # Errors
    /// `InvalidInput`, `Storage`.
    #[uniffi::constructor]
    pub fn open(config: PmiConfig) -> Result<Arc<Self>, PmiError> {
        let secrets = config.key_store.clone().unwrap_or_default().open()?;
        let http = HttpClientConfig::default();
        let http = match &config.app {
            Some(app) => http.for_app(&app.name, &app.version)?,
            None => http,
        };
        let core = Core::open(&config.core(), Ports::system_with(secrets, http)?)?;
        Ok(Arc::new(Self { core, _folder: None }))
    }

    /// A client of a server that is in this process, for previews, demonstrations and an app's own tests: the whole core, without a
    /// network and without a trace: it works in a folder of its own in `temporary_dir` (the system's, say), which goes with it.
    ///
    /// # Errors
    /// `Storage`.
    #[uniffi::constructor]
    pub fn in_memory(server: &MemoryServer, temporary_dir: String) -> Result<Arc<Self>, PmiError> {
        let folder = tempfile::Builder::new()
            .prefix("pmi-")
            .tempdir_in(Path::new(&temporary_dir))
            .map_err(|error| {
                let kind = error.kind();
                PmiError::cannot_open(format!("no folder can be made in the temporary one: {kind}"))
            })?;
        let ports = Ports::system(Arc::new(MemorySecrets::new()))?;
        let ports = Ports {
            network: server.network(),
            ..ports
        };
        let core = Core::open(&ClientConfig::new(ORIGIN, folder.path()), ports)?;
        Ok(Arc::new(Self {
            core,
            _folder: Some(folder),
        }))
    }

    /// What the system says of the network: `false` is believed, `true` has what waits tried at once.
    pub fn set_network(&self, up: bool) {
        guarded("set_network", || self.core.set_network(up));
    }

    /// What the shell knows of the device; say it on each change. `data_saver`: the person wants little sent over this network, so
    /// nothing is read ahead and photos wait. `low_battery`: nothing is read ahead, and a lost network is looked for less often.
    pub fn set_conditions(&self, data_saver: bool, low_battery: bool) {
        let conditions = Conditions {
            data_saver,
            low_battery,
        };
        guarded("set_conditions", || self.core.set_conditions(conditions));
    }

    /// What the server can do. Screens obey it by themselves; a shell may ask to leave a menu out.
    ///
    /// # Errors
    /// `Offline`, `Untrusted`, `Busy`, `ServerFault`, `UpgradeRequired` if it is not known yet and cannot be asked; `Suspended`,
    /// `Closed`.
    pub async fn capabilities(&self) -> Result<Capabilities, PmiError> {
        Ok(self.core.capabilities().await?)
    }

    /// Signs out on this device, network or not: tokens, keys and everything read before are gone when it returns. Gives whether the
    /// server heard of it. Runs to its end even if the caller stops waiting.
    ///
    /// # Errors
    /// `Unsent` under `Ask` if there are unsent changes: nothing was done. `Storage`, `Suspended`, `Closed`.
    pub async fn sign_out(&self, unsent: Unsent) -> Result<bool, PmiError> {
        Ok(self.core.account().sign_out(unsent).await?)
    }

    /// For a background task that has so long: sends what is to be sent and reads ahead what a person will look at next. Works while
    /// the client is suspended too. That the network or the server kept it from that is in the report.
    ///
    /// # Errors
    /// `SignInNeeded`, `Locked`, `Storage`, `Suspended` if it was suspended meanwhile, `Closed`.
    pub async fn sync(&self, deadline: Duration) -> Result<SyncReport, PmiError> {
        Ok(self.core.sync(deadline).await?.into())
    }

    /// Holds no file, lock or connection any more until `resume`: for iOS, before the app is suspended. Runs to its end even if the
    /// caller stops waiting.
    ///
    /// # Errors
    /// `Closed`.
    pub async fn suspend(&self, deadline: Duration) -> Result<SuspendReport, PmiError> {
        Ok(self.core.suspend(deadline).await?)
    }

    /// Goes on after `suspend`.
    ///
    /// # Errors
    /// `Storage`, `Closed`.
    pub async fn resume(&self) -> Result<(), PmiError> {
        Ok(self.core.resume().await?)
    }

    /// Ends everything; every call from now on gives `Closed`, every watch ends. Twice is no error.
    pub fn close(&self) {
        guarded("close", || self.core.close());
    }
}
