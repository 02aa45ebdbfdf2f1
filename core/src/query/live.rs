//! Live observation: an observer gets the present answer at once and then one update per change, coalesced when it is slow.
//!
//! Updates travel through a watch channel: no lock is held while an observer looks, and one that blocks or is dropped harms
//! nobody (scenario 35).

use std::any::Any;
use std::collections::HashMap;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use tokio::sync::watch;

use super::age::is_stale;
use crate::error::Error;
use crate::model::{Origin, Snapshot};

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
    max_age: std::time::Duration,
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    first: bool,
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
    /// is signed out.
    pub async fn next(&mut self) -> Option<Update<T>> {
        if !std::mem::take(&mut self.first) {
            self.receiver.changed().await.ok()?;
        }
        let erased = self.receiver.borrow_and_update().clone();
        Some(self.read(&erased))
    }

    fn read(&self, erased: &Erased) -> Update<T> {
        let now = (self.now)();
        let snapshot = erased.answer.as_ref().and_then(|answer| {
            let mut value = answer.value.downcast_ref::<T>()?.clone();
            if let Some(adjust) = &self.adjust {
                adjust(&mut value, answer.revision);
            }
            Some(Snapshot {
                value,
                origin: answer.origin,
                fetched_at: answer.fetched_at,
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
    /// Asks the server again, if a write can change the answer.
    ask_again: Option<AskAgain>,
}

/// Asks the server for an observed answer again.
pub(super) type AskAgain = Arc<dyn Fn() + Send + Sync>;

impl Observers {
    pub(super) fn observe<T>(
        &self,
        key: &LiveKey,
        present: Option<LiveAnswer>,
        max_age: std::time::Duration,
        now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
        ask_again: Option<AskAgain>,
    ) -> Observation<T> {
        let mut channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        channels.retain(|_, observed| observed.sender.receiver_count() > 0);
        let observed = channels.entry(key.clone()).or_insert_with(|| Observed {
            sender: watch::Sender::new(Erased {
                answer: present,
                ..Erased::default()
            }),
            ask_again,
        });
        Observation {
            receiver: observed.sender.subscribe(),
            max_age,
            now,
            first: true,
            adjust: None,
            stand_in: None,
            value: PhantomData,
        }
    }

    pub(super) fn loading(&self, key: &LiveKey) {
        self.change(key, |e| e.loading = true);
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
                .filter(|((of, _), observed)| *of == epoch && observed.sender.receiver_count() > 0)
                .filter_map(|(_, observed)| {
                    let again = observed.ask_again.clone()?;
                    observed.sender.send_modify(|_| {});
                    ask.then_some(again)
                })
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
        let channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(observed) = channels.get(key) {
            // `send_modify` runs no observer's code; it only wakes them.
            observed.sender.send_modify(change);
        }
    }
}
