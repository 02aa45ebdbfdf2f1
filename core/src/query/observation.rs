//! One observation: the present state at once, then one update per change, coalesced when it is slow.
//!
//! Promised (scenario 35): an update differs from the one before it, if only in that the answer was confirmed, or has become old
//! by time alone; whoever looks holds no lock meanwhile; dropping an observation ends it. Not promised: that an answer which
//! becomes old is asked for again. The update says that it is old; what is on the screen decides (`renew`).

use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{Either, select};
use jiff::Timestamp;
use tokio::sync::watch;

use super::age::{good_for, is_stale};
use super::live::{Erased, Heard};
use crate::error::Error;
use crate::model::Snapshot;
use crate::ports::Sleep;
use crate::tasks::{Handle, Life, Subscription, Updates};
use crate::transport::ServerClock;

/// What an observer sees of one query. What to show follows from it: nothing yet (`loading`, and no snapshot), an answer, an old
/// one (`stale`), why it is no newer (`error`: `Offline` and `CaptivePortal` are the network's, the rest is the server's or
/// this device's), and whether a newer one is on its way (`loading`).
#[derive(Debug, Clone, PartialEq)]
pub struct Update<T> {
    /// The newest answer known, if there is any.
    pub snapshot: Option<Snapshot<T>>,
    /// Whether the server is being asked right now.
    pub loading: bool,
    /// Why the last attempt to ask failed; `None` after a good answer.
    pub error: Option<Error>,
}

/// A running observation; dropping it ends it.
pub struct Observation<T> {
    heard: Heard,
    max_age: Duration,
    clock: ServerClock,
    sleep: Arc<dyn Sleep>,
    handle: Handle,
    /// While the client is suspended nothing is shown: what is laid over an answer is in a file.
    life: watch::Receiver<Life>,
    /// Whether there may be something to show without a change: whoever waited for it stopped waiting.
    due: bool,
    /// What was given last.
    shown: Option<Shown<T>>,
    /// The answer that was old when it was asked for again.
    renewed: Option<Timestamp>,
    /// What is done to a value before it is shown.
    adjust: Option<Adjust<T>>,
    /// What is shown while there is no answer.
    stand_in: Option<StandIn<T>>,
    value: PhantomData<fn() -> T>,
}

struct Shown<T> {
    update: Update<T>,
    /// By the server's clock: the device's is only where it is shown.
    fetched_at: Option<Timestamp>,
}

/// Told the value and the revision of its answer.
type Adjust<T> = Box<dyn Fn(&mut T, i64) + Send + Sync>;

type StandIn<T> = Box<dyn Fn() -> Option<Snapshot<T>> + Send + Sync>;

impl<T> std::fmt::Debug for Observation<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Observation(..)")
    }
}

impl<T> Observation<T> {
    pub(super) fn new(
        heard: Heard,
        max_age: Duration,
        clock: ServerClock,
        sleep: Arc<dyn Sleep>,
        handle: Handle,
        life: watch::Receiver<Life>,
    ) -> Self {
        Self {
            heard,
            max_age,
            clock,
            sleep,
            handle,
            life,
            due: true,
            shown: None,
            renewed: None,
            adjust: None,
            stand_in: None,
            value: PhantomData,
        }
    }

    /// The same observation of values changed by `adjust`, which is run where the observer waits, under no lock.
    pub(crate) fn adjusted(mut self, adjust: impl Fn(&mut T, i64) + Send + Sync + 'static) -> Self {
        self.adjust = Some(Box::new(adjust));
        self
    }

    /// The same observation, showing this while there is no answer.
    pub(crate) fn standing_in(
        mut self,
        stand_in: impl Fn() -> Option<Snapshot<T>> + Send + Sync + 'static,
    ) -> Self {
        self.stand_in = Some(Box::new(stand_in));
        self
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> Observation<T> {
    /// The present state at once on the first call, then the next change; one is also that the answer has become old. `None`
    /// once the client is closed or the account is signed out, or signed in anew; and if another process has ended its session
    /// or begun another: then observe again. While the client is suspended there is no update: it comes with `resume`. Dropping
    /// the call loses nothing.
    pub async fn next(&mut self) -> Option<Update<T>> {
        loop {
            if !self.due {
                self.change().await?;
                self.due = true;
            }
            // Without a client nothing changes any more.
            let _ = self.life.wait_for(|life| !life.is_suspended()).await;
            let erased = self.heard.receiver.borrow_and_update().clone();
            let update = self.read(&erased);
            // What is shown over an answer, or in its stead, is of whoever is signed in now.
            if self.heard.receiver.has_changed().is_err() {
                return None;
            }
            // Suspended while it was read, what lies in files may be missing in it.
            if self.life.has_changed().unwrap_or(false) {
                continue;
            }
            self.due = false;
            let fetched_at = erased.answer.map(|answer| answer.fetched_at);
            let is_same = |shown: &Shown<T>| shown.fetched_at == fetched_at && same(&shown.update, &update);
            if !self.shown.as_ref().is_some_and(is_same) {
                self.shown = Some(Shown {
                    update: update.clone(),
                    fetched_at,
                });
                return Some(update);
            }
        }
    }

    /// Asks for a newer answer if the one that was given last is old, and neither is one on its way nor did the last try fail:
    /// once for each answer.
    pub(crate) fn renew(&mut self) {
        let is_old = |update: &Update<T>| {
            let is_stale = update.snapshot.as_ref().is_some_and(|one| one.stale);
            is_stale && !update.loading && update.error.is_none()
        };
        let old = self.shown.as_ref().filter(|shown| is_old(&shown.update));
        let Some(fetched_at) = old.and_then(|shown| shown.fetched_at) else {
            return;
        };
        if self.renewed.replace(fetched_at) != Some(fetched_at) {
            self.heard.ask_again();
        }
    }

    /// Has each update, the present state first, given to `callback`, until the subscription is dropped, the client is closed
    /// or the account is signed out.
    ///
    /// Calls come one at a time, on a thread that may block and may call this library; while one runs, what changes is
    /// coalesced into the next. One that panics is told to the log, without what it said, and is called again with the next
    /// update: a screen that failed once is not to stand still for ever.
    pub fn subscribe(self, callback: impl Fn(Update<T>) + Send + Sync + 'static) -> Subscription {
        let handle = self.handle.clone();
        Subscription::start(&handle, self, callback)
    }

    /// Returns when there may be something new: told so, or because what was shown is old by now. `None` at the end.
    async fn change(&mut self) -> Option<()> {
        let now = self.clock.now();
        let shown = self.shown.as_ref();
        let fresh = shown.filter(|shown| shown.update.snapshot.as_ref().is_some_and(|one| !one.stale));
        let fresh_for = fresh
            .and_then(|shown| shown.fetched_at)
            .map(|fetched_at| good_for(fetched_at, now, self.max_age));
        let changed = std::pin::pin!(self.heard.receiver.changed());
        match fresh_for {
            None => changed.await.ok(),
            Some(left) => match select(changed, self.sleep.sleep(left)).await {
                Either::Left((changed, _)) => changed.ok(),
                Either::Right(_) => Some(()),
            },
        }
    }

    fn read(&self, erased: &Erased) -> Update<T> {
        let now = self.clock.now();
        let snapshot = erased.answer.as_ref().and_then(|answer| {
            let mut value = answer.value.downcast_ref::<T>()?.clone();
            if let Some(adjust) = &self.adjust {
                adjust(&mut value, answer.revision);
            }
            Some(Snapshot {
                value,
                origin: answer.origin,
                fetched_at: self.clock.on_device(answer.fetched_at),
                stale: is_stale(answer.fetched_at, now, self.max_age),
                refresh_error: erased.error.clone(),
            })
        });
        let stand_in = || {
            let snapshot = (self.stand_in.as_ref()?)()?;
            Some(Snapshot {
                refresh_error: erased.error.clone(),
                ..snapshot
            })
        };
        Update {
            snapshot: snapshot.or_else(stand_in),
            loading: erased.loading,
            error: erased.error.clone(),
        }
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> Updates for Observation<T> {
    type Update = Update<T>;

    async fn next(&mut self) -> Option<Update<T>> {
        Observation::next(self).await
    }
}

/// Whether two updates about one answer look the same. When it was fetched is compared by the server's clock.
fn same<T: PartialEq>(one: &Update<T>, other: &Update<T>) -> bool {
    let shows = match (&one.snapshot, &other.snapshot) {
        (None, None) => true,
        (Some(one), Some(other)) => {
            one.value == other.value && (one.origin, one.stale) == (other.origin, other.stale)
        }
        _ => false,
    };
    shows && one.loading == other.loading && one.error == other.error
}
