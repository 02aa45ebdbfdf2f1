//! One client, opened as the arguments say.

use std::sync::Arc;

use pmi_core::model::Freshness;
use pmi_core::ports::{Clock, HttpClientConfig, Ports, SecretStore};
use pmi_core::{ClientConfig, Error, PmiClient};

use crate::args::Global;
use crate::dirs::Dirs;
use crate::failure::Failure;
use crate::{clock, hints, secrets, trust};

/// A client and what it was opened with.
pub(crate) struct App {
    /// What was typed.
    pub(crate) global: Global,
    /// Where things are kept.
    pub(crate) dirs: Dirs,
    /// The core.
    pub(crate) client: PmiClient,
    /// The clock it goes by.
    pub(crate) clock: Arc<dyn Clock>,
}

impl App {
    /// Opens the client. Sends nothing.
    ///
    /// # Errors
    /// As [`PmiClient::open`], and what the secret store says.
    pub(crate) fn open(global: &Global) -> Result<Self, Failure> {
        let dirs = Dirs::find(global.data_dir.as_deref())?;
        let http = trust::of(global)?;
        let opened = secrets::open(global.secrets, &dirs)
            .and_then(|secrets| ports(secrets, http))
            .map(clock::of_the_environment)
            .and_then(|ports| {
                let clock = Arc::clone(&ports.clock);
                Ok((PmiClient::open(&config(&global.server, &dirs), ports)?, clock))
            });
        let (client, clock) = opened.map_err(|error| explain(error, global))?;
        client.set_offline(global.offline);
        Ok(Self {
            global: global.clone(),
            dirs,
            client,
            clock,
        })
    }

    /// How fresh a read must be.
    pub(crate) fn freshness(&self) -> Freshness {
        if self.global.offline {
            Freshness::CacheOnly
        } else {
            self.global.freshness.into()
        }
    }

    /// An error of the core, with what to type.
    pub(crate) fn explain(&self, error: Error) -> Failure {
        explain(error, &self.global)
    }
}

fn explain(error: Error, global: &Global) -> Failure {
    let hint = hints::hint(&error, global);
    Failure {
        hint,
        ..Failure::from(error)
    }
}

/// The configuration for a server and these directories.
pub(crate) fn config(server: &str, dirs: &Dirs) -> ClientConfig {
    let mut config = ClientConfig::new(server, &dirs.data);
    config.data_dir.clone_from(&dirs.data);
    config.cache_dir.clone_from(&dirs.cache);
    config
}

/// The real world, with this secret store and this way to connect.
///
/// # Errors
/// As [`Ports::system_with`].
pub(crate) fn ports(secrets: Arc<dyn SecretStore>, http: HttpClientConfig) -> Result<Ports, Error> {
    Ports::system_with(
        secrets,
        HttpClientConfig {
            user_agent: concat!("pmi/", env!("CARGO_PKG_VERSION")).to_owned(),
            ..http
        },
    )
}
