//! What every service of one client shares.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::command::{Outbox, Overlay};
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
    ports: Ports,
    tasks: Tasks,
    closed: AtomicBool,
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
            closed: AtomicBool::new(false),
        }
    }

    /// From now on there is only `Closed`. Twice is no error.
    pub(crate) fn close(&self) {
        self.closed.store(true, Ordering::Release);
        self.queries.forget();
        self.tasks.stop();
        // What was on its way is known to have been: whoever sends next finds out what became of it.
        self.outbox.give_back();
        self.outbox.end_observations();
        self.diagnosed.audit.flush();
        self.session.close_files();
    }

    /// The client, unless it is closed.
    pub(crate) fn guard(this: &Arc<Self>) -> Result<Arc<Self>> {
        if this.closed.load(Ordering::Acquire) {
            return Err(Error::Closed);
        }
        Ok(Arc::clone(this))
    }

    /// What to show over an answer asked for when so many writes were settled. If that cannot be read now, the answer is shown
    /// as it is: a read does not fail because of the outbox.
    pub(crate) async fn overlay(&self, revision: i64) -> Overlay {
        self.outbox.overlay(revision).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "what is pending cannot be shown now");
            Overlay::nothing()
        })
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
