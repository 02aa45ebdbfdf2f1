//! Single flight: who asks for what is already under way waits for that, and nobody asks twice (scenario 1).

use std::collections::HashMap;
use std::future::Future;
use std::hash::Hash;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use tokio::sync::oneshot;

use super::Handle;
use crate::error::{Error, Result};

type Landing<T> = Shared<BoxFuture<'static, Result<T>>>;
type Slots<K, T> = Mutex<HashMap<K, Landing<T>>>;

/// Work under way, by key. The work is a task: it ends even if all who wait for it are dropped.
pub(crate) struct Flights<K, T: Clone> {
    slots: Arc<Slots<K, T>>,
}

impl<K, T> Flights<K, T>
where
    K: Eq + Hash + Clone + Send + 'static,
    T: Clone + Send + Sync + 'static,
{
    pub(crate) fn new() -> Self {
        Self {
            slots: Arc::default(),
        }
    }

    /// Joins the flight of this key, or starts `work` as one. `work` must leave its effects where callers look before they
    /// come here, because a flight is forgotten the moment it lands.
    pub(crate) fn join<F>(&self, handle: &Handle, key: K, work: impl FnOnce() -> F) -> Landing<T>
    where
        F: Future<Output = Result<T>> + Send + 'static,
    {
        self.join_then(handle, key, work, |_| {})
    }

    /// The same, and tells `landed` once the flight is forgotten: whoever hears of it there and asks again starts a new one.
    /// `None`: its task was ended before it landed.
    pub(crate) fn join_then<F>(
        &self,
        handle: &Handle,
        key: K,
        work: impl FnOnce() -> F,
        landed: impl FnOnce(Option<&Result<T>>) + Send + 'static,
    ) -> Landing<T>
    where
        F: Future<Output = Result<T>> + Send + 'static,
    {
        let mut slots = lock(&self.slots);
        if let Some(landing) = slots.get(&key) {
            return landing.clone();
        }
        let (tell, landing) = oneshot::channel();
        let ended = handle.clone();
        let landing = landing
            .map(move |landed| landed.unwrap_or_else(|_| Err(ended.ended())))
            .boxed()
            .shared();
        slots.insert(key.clone(), landing.clone());
        drop(slots);

        let work = work();
        let leave = Leave {
            slots: Arc::clone(&self.slots),
            key,
            landed: Some(landed),
        };
        handle.spawn(async move {
            let result = AssertUnwindSafe(work).catch_unwind().await.unwrap_or_else(|_| {
                Err(Error::Internal {
                    reason: "a task panicked".to_owned(),
                })
            });
            leave.with(&result);
            // Nobody may be waiting any more.
            let _ = tell.send(result);
        });
        landing
    }
}

/// Forgets the flight when its task ends, also if it is ended or its runtime is closed, and tells that it is over.
struct Leave<K: Eq + Hash, T: Clone, L: FnOnce(Option<&Result<T>>)> {
    slots: Arc<Slots<K, T>>,
    key: K,
    landed: Option<L>,
}

impl<K: Eq + Hash, T: Clone, L: FnOnce(Option<&Result<T>>)> Leave<K, T, L> {
    fn with(mut self, result: &Result<T>) {
        self.end(Some(result));
    }

    fn end(&mut self, result: Option<&Result<T>>) {
        if let Some(landed) = self.landed.take() {
            lock(&self.slots).remove(&self.key);
            // Under no lock: it may ask for the same again.
            landed(result);
        }
    }
}

impl<K: Eq + Hash, T: Clone, L: FnOnce(Option<&Result<T>>)> Drop for Leave<K, T, L> {
    fn drop(&mut self) {
        self.end(None);
    }
}

/// A panic elsewhere does not make the map wrong: it holds only handles.
fn lock<K, T: Clone>(slots: &Slots<K, T>) -> MutexGuard<'_, HashMap<K, Landing<T>>> {
    slots.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use tokio::sync::Notify;

    use super::*;

    #[tokio::test]
    async fn a_hundred_who_ask_at_once_share_one_flight() {
        let flights: Flights<&str, u32> = Flights::new();
        let started = Arc::new(AtomicU32::new(0));
        let gate = Arc::new(Notify::new());
        let landings: Vec<_> = (0..100)
            .map(|_| {
                let (started, gate) = (Arc::clone(&started), Arc::clone(&gate));
                flights.join(&Handle::current(), "k", move || async move {
                    gate.notified().await;
                    Ok(started.fetch_add(1, Ordering::SeqCst))
                })
            })
            .collect();
        gate.notify_one();
        for landing in landings {
            assert_eq!(landing.await, Ok(0));
        }
        assert_eq!(started.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn a_flight_lands_when_everyone_who_waited_is_gone() {
        let flights: Flights<&str, ()> = Flights::new();
        let (gate, done) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let landing = flights.join(&Handle::current(), "k", {
            let (gate, done) = (Arc::clone(&gate), Arc::clone(&done));
            move || async move {
                gate.notified().await;
                done.notify_one();
                Ok(())
            }
        });
        drop(landing);
        gate.notify_one();
        done.notified().await;
    }

    #[tokio::test]
    async fn a_flight_that_panics_is_forgotten_and_told() {
        let flights: Flights<&str, u32> = Flights::new();
        let landing = flights.join(&Handle::current(), "k", || async { panic!("a defect") });
        assert!(matches!(landing.await, Err(Error::Internal { .. })));
        let again = flights.join(&Handle::current(), "k", || async { Ok(7) });
        assert_eq!(again.await, Ok(7));
    }

    #[tokio::test]
    async fn s34_one_that_is_ended_before_it_lands_says_so_and_may_be_asked_for_again_there() {
        let flights: Arc<Flights<&str, u32>> = Arc::new(Flights::new());
        let tasks = crate::tasks::Tasks::on(tokio::runtime::Handle::current());
        let (tell, told) = oneshot::channel();
        let (again, handle) = (Arc::clone(&flights), Handle::current());
        let landing = flights.join_then(
            &tasks.handle(),
            "k",
            std::future::pending::<Result<u32>>,
            move |landed| {
                let was_ended = landed.is_none();
                let next = again.join(&handle, "k", || async { Ok(7) });
                let _ = tell.send((was_ended, next));
            },
        );
        tokio::task::yield_now().await;
        tasks.stop();
        let (was_ended, next) = told.await.expect("told");
        assert!(was_ended);
        assert_eq!(next.await, Ok(7), "a new one");
        assert_eq!(landing.await, Err(Error::Closed));
    }
}
