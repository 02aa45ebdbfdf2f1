//! What every service of one client shares.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::{Error, Result};
use crate::ports::Ports;
use crate::query::Queries;
use crate::session::Session;
use crate::tasks::Tasks;

/// One client, behind all its clones and services.
pub(crate) struct Inner {
    pub(crate) session: Arc<Session>,
    pub(crate) queries: Arc<Queries>,
    ports: Ports,
    tasks: Tasks,
    closed: AtomicBool,
}

impl Inner {
    pub(crate) fn new(session: Arc<Session>, queries: Arc<Queries>, ports: Ports, tasks: Tasks) -> Self {
        Self {
            session,
            queries,
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
        self.session.close_files();
    }

    /// The client, unless it is closed.
    pub(crate) fn guard(this: &Arc<Self>) -> Result<Arc<Self>> {
        if this.closed.load(Ordering::Acquire) {
            return Err(Error::Closed);
        }
        Ok(Arc::clone(this))
    }

    /// Runs work to its end whether or not the caller waits for it.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T>> + Send + 'static,
    ) -> Result<T> {
        self.tasks.run(work).await
    }

    /// 128 random bits, for an idempotency key.
    pub(crate) fn random_hex(&self) -> Result<String> {
        let mut bytes = [0; 16];
        self.ports.random.fill(&mut bytes).map_err(|e| Error::Internal {
            reason: e.to_string(),
        })?;
        Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
    }
}
