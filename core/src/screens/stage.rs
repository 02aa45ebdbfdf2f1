//! What runs a scene: it takes intents and events one at a time, publishes each new record, and has effects done by tasks of
//! their own, which end with the screen but for what a person has begun.
//!
//! Promised: records are published in the order of what caused them; no lock is held while an effect runs or a record is
//! waited for. Not promised: that an effect under way is undone when the screen is closed.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use tokio::sync::watch;
use tokio::task::AbortHandle;

use super::cue::Cue;
use super::scene::Scene;
use crate::services::Inner;

/// One open screen.
pub(crate) struct Stage<S: Scene> {
    scene: Mutex<S>,
    records: watch::Sender<S::Record>,
    /// Told when a person asks for what could not be observed.
    again: watch::Sender<()>,
    /// What runs for it; those that are over are dropped when the next begins.
    tasks: Mutex<Vec<AbortHandle>>,
    inner: Arc<Inner>,
}

impl<S: Scene> Stage<S> {
    /// Opens it.
    pub(super) fn open(scene: S, inner: Arc<Inner>) -> Arc<Self> {
        let effects = scene.opened();
        let record = scene.record(inner.ports().clock.wall());
        let stage = Arc::new(Self {
            scene: Mutex::new(scene),
            records: watch::Sender::new(record),
            again: watch::Sender::new(()),
            tasks: Mutex::default(),
            inner,
        });
        stage.start(effects);
        stage.start_clock();
        stage
    }

    pub(super) fn records(&self) -> watch::Receiver<S::Record> {
        self.records.subscribe()
    }

    pub(super) fn again(&self) -> &watch::Sender<()> {
        &self.again
    }

    pub(super) fn inner(&self) -> &Arc<Inner> {
        &self.inner
    }

    pub(super) fn intend(self: &Arc<Self>, intent: S::Intent) {
        self.act(|scene| scene.intend(intent));
    }

    pub(super) fn hear(self: &Arc<Self>, event: S::Event) {
        self.act(|scene| scene.hear(event));
    }

    fn act(self: &Arc<Self>, change: impl FnOnce(&mut S) -> Vec<S::Effect>) {
        let effects = {
            let mut scene = self.scene();
            let effects = change(&mut scene);
            // Published under the lock: records come in the order of what caused them. Receivers are woken, not called.
            self.publish(&scene);
            effects
        };
        self.start(effects);
    }

    fn publish(&self, scene: &S) {
        let record = scene.record(self.now());
        self.records.send_if_modified(|shown| {
            let is_new = *shown != record;
            if is_new {
                *shown = record;
            }
            is_new
        });
    }

    fn start(self: &Arc<Self>, effects: Vec<S::Effect>) {
        for effect in effects {
            let is_begun = S::is_begun(&effect);
            let work = S::perform(effect, Cue::to(self));
            let task = self.inner.handle().spawn_listener(work);
            if !is_begun {
                self.keep(task.abort_handle());
            }
        }
    }

    /// Makes a new record when it changes by time alone.
    fn start_clock(self: &Arc<Self>) {
        let mut records = self.records();
        let (stage, sleep) = (Arc::downgrade(self), Arc::clone(&self.inner.ports().sleep));
        let work = async move {
            loop {
                let due = match stage.upgrade() {
                    Some(stage) => {
                        let (scene, now) = (stage.scene(), stage.now());
                        // What was to come when it was published may be over by now.
                        stage.publish(&scene);
                        scene.changes_at(now).map(|at| at.duration_since(now))
                    }
                    None => return,
                };
                let Some(due) = due else {
                    if records.changed().await.is_err() {
                        return;
                    }
                    continue;
                };
                let wait = sleep.sleep(due.try_into().unwrap_or_default());
                let changed = std::pin::pin!(records.changed());
                futures_util::future::select(changed, wait).await;
            }
        };
        self.keep(self.inner.handle().spawn_listener(work).abort_handle());
    }

    fn keep(&self, task: AbortHandle) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        tasks.retain(|task| !task.is_finished());
        tasks.push(task);
    }

    fn now(&self) -> Timestamp {
        self.inner.ports().clock.wall()
    }

    /// A panic while it was held left the scene as it was before, or as it was after.
    fn scene(&self) -> MutexGuard<'_, S> {
        self.scene.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: Scene> Drop for Stage<S> {
    fn drop(&mut self) {
        let tasks = self.tasks.get_mut().unwrap_or_else(PoisonError::into_inner);
        tasks.iter().for_each(AbortHandle::abort);
    }
}
