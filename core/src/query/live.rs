//! The observed queries: who looks at what, and what they are told.
//!
//! Updates travel through watch channels: no lock is held while an observer looks, and one that is slow, blocks or is dropped
//! harms nobody (scenario 35). With the epoch they are of observations end, before anybody hears of the next (12).

use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;

use super::age::good_for;
use crate::error::Error;
use crate::model::Origin;

/// An update before its type is known again.
#[derive(Clone, Default)]
pub(super) struct Erased {
    pub(super) answer: Option<LiveAnswer>,
    pub(super) loading: bool,
    pub(super) error: Option<Error>,
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
        let no_answer = matches!(
            shown.error,
            Some(Error::Offline { .. } | Error::CaptivePortal | Error::Busy { .. })
        );
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

/// What one observer hears; dropping it ends that, and with the last of an answer the answer is let go.
pub(super) struct Heard {
    pub(super) receiver: watch::Receiver<Erased>,
    /// After the receiver: that is counted.
    place: Place,
}

struct Place {
    observers: Weak<Observers>,
    key: LiveKey,
}

impl Heard {
    /// Has the server asked again for what is heard of, unless its account is gone.
    pub(super) fn ask_again(&self) {
        let again = self.place.observers.upgrade().and_then(|observers| {
            let channels = observers.channels();
            channels
                .get(&self.place.key)
                .map(|observed| Arc::clone(&observed.ask_again))
        });
        // Under no lock: it takes that very one.
        if let Some(again) = again {
            again();
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(observers) = self.observers.upgrade() else {
            return;
        };
        let left = {
            let mut channels = observers.channels();
            let is_last = channels
                .get(&self.key)
                .is_some_and(|observed| !observed.is_watched());
            is_last.then(|| channels.remove(&self.key))
        };
        // Under no lock: it may hold the last of much.
        drop(left);
    }
}

impl Observers {
    pub(super) fn observe(
        self: &Arc<Self>,
        key: &LiveKey,
        present: Option<LiveAnswer>,
        watched: Watched,
    ) -> Heard {
        let mut channels = self.channels();
        let observed = channels.entry(key.clone()).or_insert_with(|| Observed {
            sender: watch::Sender::new(Erased {
                answer: present,
                ..Erased::default()
            }),
            max_age: watched.max_age,
            changed_by_writes: watched.changed_by_writes,
            ask_again: watched.ask_again,
            cut_short: false,
        });
        Heard {
            receiver: observed.sender.subscribe(),
            place: Place {
                observers: Arc::downgrade(self),
                key: key.clone(),
            },
        }
    }

    fn channels(&self) -> MutexGuard<'_, HashMap<LiveKey, Observed>> {
        self.channels.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn loading(&self, key: &LiveKey) {
        self.change(key, |e| e.loading = true);
    }

    /// What was being asked for is not any more; it is missed from now on.
    pub(super) fn cut_short(&self) {
        let mut channels = self.channels();
        for observed in channels.values_mut() {
            let was_loading = |erased: &mut Erased| std::mem::take(&mut erased.loading);
            observed.cut_short |= observed.sender.send_if_modified(was_loading);
        }
    }

    /// The same for one of them. Gives whether somebody looks at it.
    pub(super) fn interrupted(&self, key: &LiveKey) -> bool {
        let mut channels = self.channels();
        let Some(observed) = channels.get_mut(key) else {
            return false;
        };
        observed.cut_short = true;
        observed
            .sender
            .send_if_modified(|erased| std::mem::take(&mut erased.loading));
        observed.is_watched()
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
            let channels = self.channels();
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

    /// The answers of this account that somebody looks at.
    pub(super) fn watched(&self, epoch: u64) -> Vec<String> {
        let channels = self.channels();
        let watched = channels
            .iter()
            .filter(|((of, _), observed)| *of == epoch && observed.is_watched());
        watched.map(|((_, key), _)| key.clone()).collect()
    }

    /// In how long somebody looks at less than the server could tell: zero is now.
    pub(super) fn missed_in(&self, now: Timestamp) -> Option<Duration> {
        let channels = self.channels();
        channels
            .values()
            .filter_map(|observed| observed.missed_in(now))
            .min()
    }

    /// Answers come again: what its observers miss is asked for (scenario 27).
    pub(super) fn ask_what_is_missed(&self, now: Timestamp) {
        let asking: Vec<AskAgain> = {
            let channels = self.channels();
            channels
                .values()
                .filter(|observed| observed.missed_in(now).is_some_and(|left| left.is_zero()))
                .map(|observed| Arc::clone(&observed.ask_again))
                .collect()
        };
        // Under no lock: it takes this very one.
        asking.iter().for_each(|again| again());
    }

    /// Gives whether somebody looks at it.
    pub(super) fn failed(&self, key: &LiveKey, error: &Error) -> bool {
        self.change(key, |e| {
            e.loading = false;
            e.error = Some(error.clone());
        });
        self.channels().get(key).is_some_and(Observed::is_watched)
    }

    /// The wait is over for which the server had put them off with this very word: who still looks asks again.
    pub(super) fn ask_what_was_put_off(&self, key: &LiveKey, word: &Error) {
        let again = {
            let channels = self.channels();
            let observed = channels.get(key).filter(|observed| {
                let shown = observed.sender.borrow();
                observed.is_watched() && !shown.loading && shown.error.as_ref() == Some(word)
            });
            observed.map(|observed| Arc::clone(&observed.ask_again))
        };
        // Under no lock: it takes this very one.
        if let Some(again) = again {
            again();
        }
    }

    /// Ends every observation: nothing may be shown any more.
    pub(super) fn end_all(&self) {
        self.end(|_| true);
    }

    /// Ends the observations of earlier epochs than this: whoever they were of is gone, or was opened anew.
    pub(super) fn end_before(&self, epoch: u64) {
        self.end(|of| of < epoch);
    }

    fn end(&self, is_over: impl Fn(u64) -> bool) {
        let ended: Vec<Observed> = {
            let mut channels = self.channels();
            let ended = channels.extract_if(|(of, _), _| is_over(*of));
            ended.map(|(_, observed)| observed).collect()
        };
        for observed in ended {
            // An observer that a shell still holds would keep the last answer in memory; nobody is told of this.
            observed.sender.send_if_modified(|erased| {
                *erased = Erased::default();
                false
            });
        }
    }

    fn change(&self, key: &LiveKey, change: impl FnOnce(&mut Erased)) {
        let mut channels = self.channels();
        if let Some(observed) = channels.get_mut(key) {
            observed.cut_short = false;
            // `send_modify` runs no observer's code; it only wakes them.
            observed.sender.send_modify(change);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watched() -> Watched {
        Watched {
            max_age: Duration::from_secs(60),
            changed_by_writes: false,
            ask_again: Arc::new(|| {}),
        }
    }

    #[test]
    fn s35_with_its_last_observer_an_answer_is_let_go_at_once() {
        let observers = Arc::new(Observers::default());
        let (key, value) = ((1, "k".to_owned()), Arc::new(7_u32));
        let answer = LiveAnswer {
            value: Arc::clone(&value) as Arc<dyn Any + Send + Sync>,
            origin: Origin::Disk,
            fetched_at: Timestamp::UNIX_EPOCH,
            revision: 0,
        };
        let first = observers.observe(&key, Some(answer), watched());
        let second = observers.observe(&key, None, watched());
        drop(first);
        assert!(second.receiver.borrow().answer.is_some(), "the other still looks");
        assert_eq!(observers.watched(1), ["k"]);
        drop(second);
        assert!(observers.channels().is_empty());
        assert_eq!(Arc::strong_count(&value), 1);
    }
}
