//! The core's own tokio runtime: callers may await on any executor, or on none.

use std::future::Future;
use std::sync::{Mutex, PoisonError};

use tokio::runtime::{Builder, Handle, Runtime};

use crate::error::{Error, Result};

/// Two threads: one may be inside SQLite while the other serves sockets.
const THREADS: usize = 2;

/// Starts tasks; dropping it ends them at their next await.
pub(crate) struct Tasks {
    runtime: Mutex<Option<Runtime>>,
    handle: Handle,
}

impl Tasks {
    pub(crate) fn start() -> Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(THREADS)
            .thread_name("pmi-core")
            .enable_all()
            .build()
            .map_err(|_| Error::Internal {
                reason: "the system gives no threads".to_owned(),
            })?;
        Ok(Self {
            handle: runtime.handle().clone(),
            runtime: Mutex::new(Some(runtime)),
        })
    }

    pub(crate) fn handle(&self) -> Handle {
        self.handle.clone()
    }

    /// Runs the work to its end whether or not the caller waits for it.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T>> + Send + 'static,
    ) -> Result<T> {
        match self.handle.spawn(work).await {
            Ok(result) => result,
            Err(ended) if ended.is_cancelled() => Err(Error::Closed),
            Err(_) => Err(Error::Internal {
                reason: "a task panicked".to_owned(),
            }),
        }
    }
}

impl Tasks {
    /// Ends every task at its next await; none starts again.
    pub(crate) fn stop(&self) {
        let runtime = self.runtime.lock().unwrap_or_else(PoisonError::into_inner).take();
        // In the background: the last owner may be a task of this very runtime, which cannot wait for itself.
        if let Some(runtime) = runtime {
            runtime.shutdown_background();
        }
    }
}

impl Drop for Tasks {
    fn drop(&mut self) {
        self.stop();
    }
}
