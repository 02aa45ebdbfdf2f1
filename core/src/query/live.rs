//! Live observation: an observer gets the present answer at once and then one update per change, coalesced when it is slow.
//!
//! Updates travel through a watch channel: no lock is held while an observer looks, and one that blocks or is dropped harms
//! nobody (scenario 35).

use std::any::Any;
use std::collections::HashMap;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;

use super::age::{good_for, is_stale};
use crate::error::Error;
use crate::model::{Origin, Snapshot};
use crate::tasks::Life;
use crate::transport::ServerClock;

/// What an observer sees of one query.
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
    receiver: watch::Receiver<Erased>,
    max_age: Duration,
    clock: ServerClock,
    /// While the client is suspended nothing is shown: what is laid over an answer is in a file.
    life: watch::Receiver<Life>,
    /// Whether there is something to show without a change: nothing was shown yet, or whoever waited for it stopped waiting.
    due: bool,
    /// What is done to a value before it is shown.
    adjust: Option<Adjust<T>>,
    /// What is shown while there is no answer.
    stand_in: Option<StandIn<T>>,
    value: PhantomData<fn() -> T>,
}

/// Told the value and the revision of its answer.
type Adjust<T> = Box<dyn Fn(&mut T, i64) + Send + Sync>;

type StandIn<T> = Box<dyn Fn() -> Option<Snapshot<T>> + Send + Sync>;

impl<T> std::fmt::Debug for Observation<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Observation(..)")
    }
}

impl<T: Clone + Send + Sync + 'static> Observation<T> {
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

    /// The present state at once on the first call, then the next change. `None` once the client is closed or the account
    /// is signed out. While the client is suspended there is no update: it comes with `resume`.
    pub async fn next(&mut self) -> Option<Update<T>> {
        if !self.due {
            self.receiver.changed().await.ok()?;
            self.due = true;
        }
        loop {
            // Without a client nothing changes any more.
            let _ = self.life.wait_for(|life| !life.is_suspended()).await;
            let erased = self.receiver.borrow_and_update().clone();
            let update = self.read(&erased);
            // Suspended while it was read, what lies in files may be missing in it.
            if !self.life.has_changed().unwrap_or(false) {
                self.due = false;
                return Some(update);
            }
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

/// An update before its type is known again.
#[derive(Clone, Default)]
struct Erased {
    answer: Option<LiveAnswer>,
    loading: bool,
    error: Option<Error>,
}

#[derive(Clone)]
pub(super) struct LiveAnswer {
    pub(super) value: Arc<dyn Any + Send + Sync>,
    pub(super) origin: Origin,
    /// By the server's clock.
    pub(super) fetched_at: Timestamp,
    /// How many writes of the account were settled when it was asked for.
    pub(super) revision: i64,
}

/// Which answer of which account (by its epoch): a late answer of one never reaches an observer of another (scenario 11).
pub(super) type LiveKey = (u64, String);

/// The observed queries.
#[derive(Default)]
pub(super) struct Observers {
    channels: Mutex<HashMap<LiveKey, Observed>>,
}

struct Observed {
    sender: watch::Sender<Erased>,
    max_age: Duration,
    changed_by_writes: bool,
    ask_again: AskAgain,
    /// Whether the server was being asked when the client was suspended.
    cut_short: bool,
}

impl Observed {
    fn is_watched(&self) -> bool {
        self.sender.receiver_count() > 0
    }

    /// In how long its observers see less than the server could tell them: no answer, an old one, or that none came. Zero is
    /// now; `None`: nobody looks.
    fn missed_in(&self, now: Timestamp) -> Option<Duration> {
        if !self.is_watched() {
            return None;
        }
        let shown = self.sender.borrow();
        let no_answer = matches!(shown.error, Some(Error::Offline { .. } | Error::CaptivePortal));
        Some(match &shown.answer {
            Some(answer) if !no_answer && !self.cut_short => good_for(answer.fetched_at, now, self.max_age),
            _ => Duration::ZERO,
        })
    }
}

/// What is asked for when an observation begins.
pub(super) struct Watched {
    pub(super) max_age: Duration,
    pub(super) changed_by_writes: bool,
    pub(super) ask_again: AskAgain,
}

/// Asks the server for an observed answer again.
pub(super) type AskAgain = Arc<dyn Fn() + Send + Sync>;

impl Observers {
    pub(super) fn observe<T>(
        &self,
        key: &LiveKey,
        present: Option<LiveAnswer>,
        watched: Watched,
        clock: ServerClock,
        life: watch::Receiver<Life>,
    ) -> Observation<T> {
        let max_age = watched.max_age;
        let mut channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        channels.retain(|_, observed| observed.is_watched());
        let observed = channels.entry(key.clone()).or_insert_with(|| Observed {
            sender: watch::Sender::new(Erased {
                answer: present,
                ..Erased::default()
            }),
            max_age,
            changed_by_writes: watched.changed_by_writes,
            ask_again: watched.ask_again,
            cut_short: false,
        });
        Observation {
            receiver: observed.sender.subscribe(),
            max_age,
            clock,
            life,
            due: true,
            adjust: None,
            stand_in: None,
            value: PhantomData,
        }
    }

    pub(super) fn loading(&self, key: &LiveKey) {
        self.change(key, |e| e.loading = true);
    }

    /// What was being asked for is not any more; it is missed from now on.
    pub(super) fn cut_short(&self) {
        let mut channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        for observed in channels.values_mut() {
            let was_loading = |erased: &mut Erased| std::mem::take(&mut erased.loading);
            observed.cut_short |= observed.sender.send_if_modified(was_loading);
        }
    }

    pub(super) fn answered(&self, key: &LiveKey, answer: LiveAnswer) {
        self.change(key, |e| {
            let newer = e.answer.as_ref().filter(|shown| shown.revision > answer.revision);
            *e = Erased {
                answer: Some(newer.cloned().unwrap_or(answer)),
                loading: false,
                error: None,
            }
        });
    }

    /// Something that is shown over the answers of this account has changed: every observer of an answer that a write can
    /// change looks again. With `ask`, the server is asked again too.
    pub(super) fn touch(&self, epoch: u64, ask: bool) {
        let asking: Vec<AskAgain> = {
            let channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
            channels
                .iter()
                .filter(|((of, _), observed)| *of == epoch && observed.is_watched())
                .filter(|(_, observed)| observed.changed_by_writes)
                .filter_map(|(_, observed)| {
                    observed.sender.send_modify(|_| {});
                    ask.then(|| Arc::clone(&observed.ask_again))
                })
                .collect()
        };
        // Under no lock: it takes this very one.
        asking.iter().for_each(|again| again());
    }

    /// In how long somebody looks at less than the server could tell: zero is now.
    pub(super) fn missed_in(&self, now: Timestamp) -> Option<Duration> {
        let channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        channels
            .values()
            .filter_map(|observed| observed.missed_in(now))
            .min()
    }

    /// Answers come again: what its observers miss is asked for (scenario 27).
    pub(super) fn ask_what_is_missed(&self, now: Timestamp) {
        let asking: Vec<AskAgain> = {
            let channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
            channels
                .values()
                .filter(|observed| observed.missed_in(now).is_some_and(|left| left.is_zero()))
                .map(|observed| Arc::clone(&observed.ask_again))
                .collect()
        };
        // Under no lock: it takes this very one.
        asking.iter().for_each(|again| again());
    }

    pub(super) fn failed(&self, key: &LiveKey, error: &Error) {
        self.change(key, |e| {
            e.loading = false;
            e.error = Some(error.clone());
        });
    }

    /// Ends every observation: the account they were of is gone.
    pub(super) fn end_all(&self) {
        let ended = std::mem::take(&mut *self.channels.lock().unwrap_or_else(PoisonError::into_inner));
        for observed in ended.into_values() {
            // An observer that a shell still holds would keep the last answer in memory; nobody is told of this.
            observed.sender.send_if_modified(|erased| {
                *erased = Erased::default();
                false
            });
        }
    }

    fn change(&self, key: &LiveKey, change: impl FnOnce(&mut Erased)) {
        let mut channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(observed) = channels.get_mut(key) {
            observed.cut_short = false;
            // `send_modify` runs no observer's code; it only wakes them.
            observed.sender.send_modify(change);
        }
    }
}
