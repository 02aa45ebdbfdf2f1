//! What every service of one client shares.

use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::command::{Outbox, Overlay, SendingPaused};
use crate::error::{Error, Result};
use crate::ports::{PortFuture, Ports, random_hex};
use crate::query::Queries;
use crate::session::Session;
use crate::tasks::{Handle, Tasks};

use super::diagnostics::Diagnosed;

/// One client, behind all its clones and services.
pub(crate) struct Inner {
    pub(crate) session: Arc<Session>,
    pub(crate) queries: Arc<Queries>,
    pub(crate) outbox: Arc<Outbox>,
    pub(crate) diagnosed: Diagnosed,
    pub(super) ports: Ports,
    pub(super) tasks: Tasks,
    /// Held while files are opened or closed; within, what keeps writes from being sent while the client is suspended.
    pub(super) doors: Mutex<Option<SendingPaused>>,
}

impl Inner {
    pub(crate) fn new(
        session: Arc<Session>,
        queries: Arc<Queries>,
        outbox: Arc<Outbox>,
        diagnosed: Diagnosed,
        ports: Ports,
        tasks: Tasks,
    ) -> Self {
        Self {
            session,
            queries,
            outbox,
            diagnosed,
            ports,
            tasks,
            doors: Mutex::default(),
        }
    }

    /// The client, unless it is suspended or closed.
    pub(crate) fn guard(this: &Arc<Self>) -> Result<Arc<Self>> {
        match this.tasks.life().refusal() {
            Some(error) => Err(error),
            None => Ok(Arc::clone(this)),
        }
    }

    /// What to show over an answer asked for when so many writes were settled. If that cannot be read now, the answer is shown
    /// as it is: a read does not fail because of the outbox. But nothing is shown without it because the file was closed.
    pub(crate) async fn overlay(&self, revision: i64) -> Result<Overlay> {
        match self.outbox.overlay(revision).await {
            Err(error @ (Error::Suspended | Error::Closed)) => Err(error),
            Err(error) => {
                tracing::warn!(%error, "what is pending cannot be shown now");
                Ok(Overlay::nothing())
            }
            overlay => overlay,
        }
    }

    /// Runs work to its end whether or not the caller waits for it.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T>> + Send + 'static,
    ) -> Result<T> {
        self.tasks.run(work).await
    }

    /// What starts tasks.
    pub(crate) fn handle(&self) -> Handle {
        self.tasks.handle()
    }

    /// The same for what can be asked again: it ends at once when the client is to be suspended.
    pub(crate) async fn run_repeatable<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T>> + Send + 'static,
    ) -> Result<T> {
        self.tasks.handle().repeatable().run(work).await
    }

    /// What it takes from the world.
    pub(crate) fn ports(&self) -> &Ports {
        &self.ports
    }

    /// Ends after this long.
    pub(crate) fn sleep(&self, duration: Duration) -> PortFuture<()> {
        self.ports.sleep.sleep(duration)
    }

    /// 128 random bits, for an idempotency key.
    pub(crate) fn random_hex(&self) -> Result<String> {
        random_hex(&*self.ports.random)
    }
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Inner(..)")
    }
}
