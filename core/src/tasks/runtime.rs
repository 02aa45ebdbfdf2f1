//! Where tasks run: on a tokio runtime of the core's own, or on one the program has already.
//!
//! Promised: once stopped, every task of this client ends at its next await and none starts again, on either; on a runtime of
//! the caller's nothing but the client's own tasks is ended. Not promised there: that the connections the HTTP stack keeps
//! open end with the client; they end when they have been idle for some seconds.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::runtime::{self, Builder, Runtime};
use tokio::task::{AbortHandle, JoinHandle};

use crate::error::{Error, Result};

/// Two threads: one may be inside SQLite while the other serves sockets.
const THREADS: usize = 2;

/// Starts tasks; dropping it ends them at their next await.
pub(crate) struct Tasks {
    /// `None`: the runtime is the caller's.
    runtime: Mutex<Option<Runtime>>,
    handle: Handle,
}

/// What tasks are started with. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Handle {
    runtime: runtime::Handle,
    /// Every task there is, where the runtime outlives them.
    running: Option<Arc<Running>>,
}

impl Tasks {
    /// Starts a runtime.
    pub(crate) fn start() -> Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(THREADS)
            .thread_name("pmi-core")
            .enable_all()
            .build()
            .map_err(|_| Error::Internal {
                reason: "the system gives no threads".to_owned(),
            })?;
        let handle = Handle {
            runtime: runtime.handle().clone(),
            running: None,
        };
        Ok(Self {
            runtime: Mutex::new(Some(runtime)),
            handle,
        })
    }

    /// Uses the runtime of the caller.
    pub(crate) fn on(runtime: runtime::Handle) -> Self {
        Self {
            runtime: Mutex::new(None),
            handle: Handle {
                runtime,
                running: Some(Arc::default()),
            },
        }
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

    /// Ends every task at its next await; none starts again.
    pub(crate) fn stop(&self) {
        let runtime = self.runtime.lock().unwrap_or_else(PoisonError::into_inner).take();
        // In the background: the last owner may be a task of this very runtime, which cannot wait for itself.
        if let Some(runtime) = runtime {
            runtime.shutdown_background();
        }
        if let Some(running) = &self.handle.running {
            running.stop();
        }
    }
}

impl Drop for Tasks {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Handle {
    /// Starts a task.
    pub(crate) fn spawn<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> JoinHandle<T> {
        match &self.running {
            Some(running) => running.spawn(&self.runtime, work),
            None => self.runtime.spawn(work),
        }
    }

    /// Runs what may block on a thread where that keeps nobody.
    pub(crate) fn spawn_blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> JoinHandle<T> {
        self.runtime.spawn_blocking(work)
    }

    /// The runtime this is called on, with nobody to stop what is started.
    #[cfg(test)]
    pub(crate) fn current() -> Self {
        Self {
            runtime: runtime::Handle::current(),
            running: None,
        }
    }
}

/// The tasks of one client on a runtime that is not its own.
#[derive(Default)]
struct Running(Mutex<State>);

#[derive(Default)]
struct State {
    stopped: bool,
    next: u64,
    tasks: HashMap<u64, AbortHandle>,
}

impl Running {
    fn spawn<T: Send + 'static>(
        self: &Arc<Self>,
        runtime: &runtime::Handle,
        work: impl Future<Output = T> + Send + 'static,
    ) -> JoinHandle<T> {
        let this = Arc::clone(self);
        // Held until the task is in the list, or one that ends at once would leave the list before it is in it.
        let mut state = self.state();
        let id = state.next;
        state.next += 1;
        let task = runtime.spawn(async move {
            let _leave = Leave { running: this, id };
            work.await
        });
        if state.stopped {
            task.abort();
        } else {
            state.tasks.insert(id, task.abort_handle());
        }
        task
    }

    fn stop(&self) {
        let tasks = {
            let mut state = self.state();
            state.stopped = true;
            std::mem::take(&mut state.tasks)
        };
        // Under no lock: a task that is ended drops what it holds, and with it perhaps the last of this client.
        tasks.values().for_each(AbortHandle::abort);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes a task off the list when it ends.
struct Leave {
    running: Arc<Running>,
    id: u64,
}

impl Drop for Leave {
    fn drop(&mut self) {
        self.running.state().tasks.remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::*;

    fn on_ours() -> Tasks {
        Tasks::on(runtime::Handle::current())
    }

    #[tokio::test]
    async fn on_a_runtime_of_the_callers_stopping_ends_our_tasks_and_no_others() {
        let tasks = on_ours();
        let (tell, told) = oneshot::channel::<()>();
        let theirs = tokio::spawn(told);
        let ours = tasks.handle().spawn(std::future::pending::<()>());
        let never_polled = tasks.handle().spawn(std::future::pending::<()>());
        tokio::task::yield_now().await;
        tasks.stop();
        assert!(ours.await.is_err_and(|ended| ended.is_cancelled()));
        assert!(never_polled.await.is_err_and(|ended| ended.is_cancelled()));
        tell.send(()).expect("still waited for");
        theirs.await.expect("not ended").expect("told");
    }

    #[tokio::test]
    async fn on_a_runtime_of_the_callers_nothing_starts_after_the_stop() {
        let tasks = on_ours();
        tasks.stop();
        let late = tasks.run(async { Ok(()) }).await;
        assert_eq!(late, Err(Error::Closed));
        tasks.stop();
    }

    #[tokio::test]
    async fn a_task_that_is_over_is_forgotten() {
        let tasks = on_ours();
        assert_eq!(tasks.run(async { Ok(7) }).await, Ok(7));
        let running = tasks
            .handle
            .running
            .as_ref()
            .expect("the runtime is the caller's");
        assert!(running.state().tasks.is_empty());
    }

    #[tokio::test]
    async fn dropping_ends_tasks_that_hold_on_to_their_client() {
        let tasks = Arc::new(on_ours());
        let handle = tasks.handle();
        let task = handle.spawn(std::future::pending::<()>());
        tokio::task::yield_now().await;
        drop(tasks);
        assert!(task.await.is_err_and(|ended| ended.is_cancelled()));
    }
}
