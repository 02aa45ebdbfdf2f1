//! A server, from start to stop.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::app::{App, SIGNING_KEY};
use crate::auth::Key;
use crate::config::Config;
use crate::control::Control;
use crate::error::StartError;
use crate::seed::{Plan, SUMMARY, SeedSummary};
use crate::store::Store;
use crate::wire;

/// A running server. Dropped without [`Platform::stop`] it stops at once, without draining.
pub struct Platform {
    address: SocketAddr,
    control: Control,
    seeded: SeedSummary,
    listening: JoinHandle<()>,
}

impl Platform {
    /// Starts a server. It answers as soon as this returns.
    ///
    /// # Errors
    /// [`StartError`]: an address that is not loopback or is taken, or a database that cannot be opened.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        if !config.listen.ip().is_loopback() {
            return Err(StartError::NotLoopback(config.listen));
        }
        let now = config.clock.now();
        let plan = Plan::of(&config);
        let store = Store::prepare(&config.database, plan, now).await?;
        let key = signing_key(&store).await?;
        let summary = store.meta(SUMMARY).await?.unwrap_or_default();
        let seeded = serde_json::from_str(&summary).unwrap_or_default();
        let listen = config.listen;
        let refused = |source| StartError::Listen { addr: listen, source };
        let listener = TcpListener::bind(listen).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let app = Arc::new(App::new(config, store, key));
        let listening = tokio::spawn(wire::listen(Arc::clone(&app), listener));
        tracing::info!(%address, dialect = ?app.config.dialect, "listening");
        Ok(Self {
            address,
            control: Control { app },
            seeded,
            listening,
        })
    }

    /// The server's origin: `http://127.0.0.1:PORT`, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Command over it.
    #[must_use]
    pub fn control(&self) -> &Control {
        &self.control
    }

    /// What its database was first seeded with.
    #[must_use]
    pub fn seeded(&self) -> &SeedSummary {
        &self.seeded
    }

    /// Stops: new requests get 503, running ones may end within `Config::stop_timeout`, then everything closes. What
    /// [`crate::Database::File`] holds is complete when this returns.
    pub async fn stop(mut self) {
        let app = Arc::clone(&self.control.app);
        app.change(|live| live.draining = true);
        app.stopping.send_replace(true);
        if tokio::time::timeout(app.config.stop_timeout, &mut self.listening)
            .await
            .is_err()
        {
            self.listening.abort();
            let _ = (&mut self.listening).await;
        }
        app.store.close().await;
    }
}

impl Drop for Platform {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl std::fmt::Debug for Platform {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Platform")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

async fn signing_key(store: &Store) -> Result<Key, StartError> {
    if let Some(key) = store.meta(SIGNING_KEY).await?.as_deref().and_then(Key::from_text) {
        return Ok(key);
    }
    let key = Key::random();
    let mut write = store.write().await?;
    write.set_meta(SIGNING_KEY, &key.to_text()).await?;
    write.commit().await?;
    Ok(key)
}
