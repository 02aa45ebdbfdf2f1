//! Callbacks of shells: called with each update, under no lock, where they can harm nobody.
//!
//! Promised (scenario 35): each subscription has a task of its own and its calls a thread that may block, so that one that
//! blocks keeps neither the client nor other subscriptions waiting; while a call runs, changes are coalesced into the next; a
//! call may use the client, its own subscription too; one that panics is isolated. Not promised: that a call under way is
//! over when its subscription is dropped; more than some hundred calls that block at the same time.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::watch;
use tokio::task::AbortHandle;

use super::Handle;

/// Something that gives the present state and then each change.
pub(crate) trait Updates: Send + 'static {
    type Update: Send + 'static;

    /// The next; `None` at the end.
    fn next(&mut self) -> impl Future<Output = Option<Self::Update>> + Send;
}

/// A callback that is called with each update. Dropping this ends it: no call begins any more, one that is under way goes on to
/// its end. It may be dropped from within the callback.
#[must_use = "dropping it ends it"]
pub struct Subscription {
    ended: Arc<AtomicBool>,
    task: AbortHandle,
}

impl Subscription {
    /// Calls `callback` with each update until the end.
    pub(crate) fn start<U: Updates>(
        handle: &Handle,
        mut updates: U,
        callback: impl Fn(U::Update) + Send + Sync + 'static,
    ) -> Self {
        let (callback, ended) = (Arc::new(callback), Arc::new(AtomicBool::new(false)));
        let (ending, threads) = (Arc::clone(&ended), handle.clone());
        let task = handle.spawn_listener(async move {
            while let Some(update) = updates.next().await {
                let (callback, ended) = (Arc::clone(&callback), Arc::clone(&ending));
                let call = threads.spawn_blocking(move || {
                    let call = || {
                        if !ended.load(Ordering::SeqCst) {
                            callback(update);
                        }
                    };
                    catch_unwind(AssertUnwindSafe(call)).is_ok()
                });
                match call.await {
                    Ok(true) => {}
                    Err(stopped) if stopped.is_cancelled() => return,
                    // What it said may be about a person.
                    Ok(false) | Err(_) => {
                        tracing::error!("a callback panicked; it goes on with the next update")
                    }
                }
            }
        });
        Self {
            ended,
            task: task.abort_handle(),
        }
    }

    /// Whether no call comes any more: the client is closed, or the account it was about is signed out.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.task.is_finished()
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        self.task.abort();
    }
}

impl std::fmt::Debug for Subscription {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Subscription(..)")
    }
}

/// The values of a watch channel, each once.
pub(crate) struct Values<T> {
    receiver: watch::Receiver<T>,
    shown: Option<T>,
}

impl<T> Values<T> {
    pub(crate) fn of(receiver: watch::Receiver<T>) -> Self {
        Self {
            receiver,
            shown: None,
        }
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> Updates for Values<T> {
    type Update = T;

    async fn next(&mut self) -> Option<T> {
        loop {
            if self.shown.is_some() {
                self.receiver.changed().await.ok()?;
            }
            let value = self.receiver.borrow_and_update().clone();
            if self.shown.as_ref() != Some(&value) {
                self.shown = Some(value.clone());
                return Some(value);
            }
        }
    }
}
