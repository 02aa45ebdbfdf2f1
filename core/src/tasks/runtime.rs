//! Where tasks run: on a tokio runtime of the core's own, or on one the program has already.
//!
//! Promised: once stopped, every task of this client ends at its next await and none starts again, on either; on a runtime of
//! the caller's nothing but the client's own tasks is ended; while the client is suspended none starts, and none is left
//! (scenario 34). Not promised on a runtime of the caller's: that the connections the HTTP stack keeps
//! open end with the client; they end when they have been idle for some seconds.

use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::future::{BoxFuture, select};
use tokio::runtime::{self, Builder, Runtime};
use tokio::sync::{oneshot, watch};
use tokio::task::{JoinError, JoinHandle};

use super::life::{Life, LifeEvent, LifeStep};
use super::registry::{Busy, Class, Registry};
use super::timers::Timers;
use crate::error::{Error, Result};
use crate::ports::Sleep;

/// Two threads: one may be inside SQLite while the other serves sockets.
const THREADS: usize = 2;

/// Starts tasks; dropping it ends them at their next await.
pub(crate) struct Tasks {
    /// `None`: the runtime is the caller's.
    runtime: Mutex<Option<Runtime>>,
    handle: Handle,
    turns: AtomicU64,
}

/// What tasks are started with. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Handle {
    runtime: runtime::Handle,
    registry: Arc<Registry>,
    class: Class,
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
        let handle = Handle::new(runtime.handle().clone());
        Ok(Self {
            runtime: Mutex::new(Some(runtime)),
            handle,
            turns: AtomicU64::new(0),
        })
    }

    /// Uses the runtime of the caller.
    pub(crate) fn on(runtime: runtime::Handle) -> Self {
        Self {
            runtime: Mutex::new(None),
            handle: Handle::new(runtime),
            turns: AtomicU64::new(0),
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
        self.handle.run(work).await
    }

    /// The same for what suspends the client, or is done while it is suspended: it is not among the tasks that are ended then.
    pub(crate) async fn run_apart<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T>> + Send + 'static,
    ) -> Result<T> {
        let (work, result) = told(work);
        joined(self.handle.runtime.spawn(work).await, result, || Error::Closed)
    }

    /// Where the client stands.
    pub(crate) fn life(&self) -> Life {
        self.handle.registry.life()
    }

    /// What follows from an event, which is not done yet.
    pub(crate) fn after(&self, event: LifeEvent) -> (Life, LifeStep) {
        self.life().after(event)
    }

    /// Enters a state. Only one at a time may look what follows and enter it.
    pub(crate) fn enter(&self, life: Life) {
        self.handle.registry.enter(life);
    }

    /// Ends what can be asked again, at its next await.
    pub(crate) fn cut_repeatable(&self) {
        self.handle.registry.cut(|class| class == Class::Repeatable);
    }

    /// Ends everything but listeners at its next await; gives how much of it would have been waited for.
    pub(crate) fn cut(&self) -> u32 {
        self.handle.registry.cut(|class| class != Class::Listener)
    }

    /// How much is under way that is to end by itself, and its changes.
    pub(crate) fn promised(&self) -> watch::Receiver<u32> {
        self.handle.registry.promised()
    }

    /// Returns once no task is left of a client that is suspended; at once for any other.
    pub(crate) async fn gone_if_suspended(&self) {
        let (mut life, mut tasks) = (self.handle.life(), self.handle.registry.tasks());
        let gone = std::pin::pin!(tasks.wait_for(|count| *count == 0));
        let goes_on = std::pin::pin!(life.wait_for(|life| !life.is_suspended()));
        select(gone, goes_on).await;
    }

    /// Whether a task is left that a suspension ends.
    pub(crate) fn any_left(&self) -> bool {
        *self.handle.registry.tasks().borrow() > 0
    }

    /// A number that no suspension had before.
    pub(crate) fn next_turn(&self) -> u64 {
        self.turns.fetch_add(1, Ordering::Relaxed)
    }

    /// Ends every task at its next await; none starts again.
    pub(crate) fn stop(&self) {
        self.enter(Life::Closed);
        let runtime = self.runtime.lock().unwrap_or_else(PoisonError::into_inner).take();
        // In the background: the last owner may be a task of this very runtime, which cannot wait for itself.
        if let Some(runtime) = runtime {
            runtime.shutdown_background();
        }
        self.handle.registry.cut(|_| true);
    }
}

impl Drop for Tasks {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Handle {
    fn new(runtime: runtime::Handle) -> Self {
        Self {
            runtime,
            registry: Arc::default(),
            class: Class::Promised,
        }
    }

    /// One whose tasks are ended at once when the client is to be suspended: what they ask for can be asked again.
    pub(crate) fn repeatable(&self) -> Self {
        Self {
            class: Class::Repeatable,
            ..self.clone()
        }
    }

    /// These timers, for whoever awaits a call.
    pub(crate) fn timers(&self, sleep: Arc<dyn Sleep>) -> Arc<dyn Sleep> {
        Arc::new(Timers::new(sleep, self.runtime.clone()))
    }

    /// Starts a task.
    pub(crate) fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) -> JoinHandle<()> {
        self.spawn_as(self.class, Box::pin(work))
    }

    /// Starts a task that never ends by itself. A suspension does not wait for it, but for what it is [`busy`](Self::busy) with.
    pub(crate) fn spawn_loop(&self, work: impl Future<Output = ()> + Send + 'static) {
        drop(self.spawn_as(Class::Loop, Box::pin(work)));
    }

    /// Starts a task that tells an observer what it hears, over suspensions too.
    pub(crate) fn spawn_listener(&self, work: impl Future<Output = ()> + Send + 'static) -> JoinHandle<()> {
        self.spawn_as(Class::Listener, Box::pin(work))
    }

    /// In a box: the runtime's part of a task is then in the library once, not for each kind of work.
    fn spawn_as(&self, class: Class, work: BoxFuture<'static, ()>) -> JoinHandle<()> {
        let Some(entry) = self.registry.admit(class) else {
            // Whoever waits for it finds it ended.
            let refused = self.runtime.spawn(std::future::pending());
            refused.abort();
            return refused;
        };
        let id = entry.id();
        let task = self.runtime.spawn(entry.around(work));
        self.registry.started(id, task.abort_handle());
        task
    }

    /// Runs the work to its end whether or not the caller waits for it.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T>> + Send + 'static,
    ) -> Result<T> {
        let (work, result) = told(work);
        joined(self.spawn_as(self.class, work).await, result, || self.ended())
    }

    /// A suspension waits for this to be dropped, as for a task that ends by itself.
    pub(crate) fn busy(&self) -> Busy {
        Busy::new(&self.registry)
    }

    /// Where the client stands, and its changes.
    pub(crate) fn life(&self) -> watch::Receiver<Life> {
        self.registry.watch()
    }

    /// What a call that is made now is told, if it may not be made.
    pub(crate) fn refusal(&self) -> Option<Error> {
        self.registry.life().refusal()
    }

    /// Why a task ended before its end.
    pub(crate) fn ended(&self) -> Error {
        self.registry.ended()
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
        Self::new(runtime::Handle::current())
    }
}

/// The work as a task whose result is told.
fn told<T: Send + 'static>(
    work: impl Future<Output = Result<T>> + Send + 'static,
) -> (BoxFuture<'static, ()>, oneshot::Receiver<Result<T>>) {
    let (tell, result) = oneshot::channel();
    let work = async move {
        // Nobody may be waiting any more.
        let _ = tell.send(work.await);
    };
    (Box::pin(work), result)
}

fn joined<T>(
    task: Result<(), JoinError>,
    mut result: oneshot::Receiver<Result<T>>,
    ended: impl FnOnce() -> Error,
) -> Result<T> {
    match (task, result.try_recv()) {
        (Ok(()), Ok(result)) => result,
        (Err(error), _) if error.is_cancelled() => Err(ended()),
        _ => Err(Error::Internal {
            reason: "a task panicked".to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
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
        let mut left = tasks.handle.registry.tasks();
        left.wait_for(|count| *count == 0).await.expect("none is left");
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

    #[tokio::test]
    async fn s34_while_suspended_nothing_starts_and_what_was_cut_is_gone_with_what_it_held() {
        let tasks = on_ours();
        let (held, gone) = oneshot::channel::<()>();
        let work = tasks.handle().spawn(async move {
            let _held = held;
            std::future::pending::<()>().await;
        });
        let reads = tasks.handle().repeatable();
        let read = tokio::spawn(async move { reads.run(std::future::pending::<Result<()>>()).await });
        tasks.handle().spawn_loop(std::future::pending());
        tokio::task::yield_now().await;
        assert_eq!(
            *tasks.promised().borrow(),
            1,
            "neither loops nor what can be asked again"
        );

        tasks.enter(Life::Suspending { turn: 0 });
        tasks.cut_repeatable();
        assert_eq!(read.await.expect("no panic"), Err(Error::Suspended));
        assert_eq!(tasks.run(async { Ok(()) }).await, Err(Error::Suspended));
        tasks.enter(Life::Suspended);
        assert_eq!(tasks.cut(), 1);
        tasks.gone_if_suspended().await;
        assert!(gone.await.is_err(), "dropped before it counts as gone");
        assert!(work.await.is_err_and(|ended| ended.is_cancelled()));

        tasks.enter(Life::Open);
        assert_eq!(tasks.run(async { Ok(7) }).await, Ok(7));
    }
}
