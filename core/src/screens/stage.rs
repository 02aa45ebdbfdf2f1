//! What runs a scene: it takes intents and events one at a time, publishes each new record, and has effects done by tasks of
//! their own, which end with the screen but for what a person has begun.
//!
//! Promised: records are published in the order of what caused them; no lock is held while an effect runs or a record is
//! waited for. Not promised: that an effect under way is undone when the screen is closed.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use futures_util::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;
use tokio::task::AbortHandle;

use super::cue::Cue;
use super::scene::Scene;
use crate::services::Inner;

/// One open screen.
pub(crate) struct Stage<S: Scene> {
    scene: Mutex<S>,
    records: watch::Sender<S::Record>,
    backstage: Backstage,
}

/// What is the same for every screen: it is compiled once.
struct Backstage {
    /// Told of each new record.
    published: watch::Sender<()>,
    /// Told when a person asks for what could not be observed.
    again: watch::Sender<()>,
    /// What runs for it; those that are over are dropped when the next begins.
    tasks: Mutex<Vec<AbortHandle>>,
    inner: Arc<Inner>,
}

/// A screen whose record changes by time alone.
trait Timed: Send + Sync {
    /// Publishes what is to be seen now; gives in how long that changes.
    fn pass_time(&self) -> Option<SignedDuration>;
}

impl<S: Scene> Stage<S> {
    /// Opens it.
    pub(super) fn open(scene: S, inner: Arc<Inner>) -> Arc<Self> {
        let effects = scene.opened();
        let record = scene.record(inner.ports().clock.wall());
        let stage = Arc::new(Self {
            scene: Mutex::new(scene),
            records: watch::Sender::new(record),
            backstage: Backstage {
                published: watch::Sender::new(()),
                again: watch::Sender::new(()),
                tasks: Mutex::default(),
                inner,
            },
        });
        stage.start(effects);
        let timed: Weak<Self> = Arc::downgrade(&stage);
        stage.backstage.start_clock(timed);
        stage
    }

    pub(super) fn records(&self) -> watch::Receiver<S::Record> {
        self.records.subscribe()
    }

    pub(super) fn again(&self) -> &watch::Sender<()> {
        &self.backstage.again
    }

    pub(super) fn inner(&self) -> &Arc<Inner> {
        &self.backstage.inner
    }

    pub(super) fn intend(self: &Arc<Self>, intent: S::Intent) {
        let effects = {
            let mut scene = self.scene();
            let effects = scene.intend(intent);
            self.publish(&scene);
            effects
        };
        self.start(effects);
    }

    pub(super) fn hear(self: &Arc<Self>, event: S::Event) {
        let effects = {
            let mut scene = self.scene();
            let effects = scene.hear(event);
            self.publish(&scene);
            effects
        };
        self.start(effects);
    }

    /// Under the scene's lock: records come in the order of what caused them. Receivers are woken, not called.
    fn publish(&self, scene: &S) {
        let record = scene.record(self.backstage.now());
        let is_new = self.records.send_if_modified(|shown| {
            let is_new = *shown != record;
            if is_new {
                *shown = record;
            }
            is_new
        });
        if is_new {
            self.backstage.published.send_modify(|()| {});
        }
    }

    fn start(self: &Arc<Self>, effects: Vec<S::Effect>) {
        for effect in effects {
            let is_begun = S::is_begun(&effect);
            let work = Box::pin(S::perform(effect, Cue::to(self)));
            self.backstage.start(work, is_begun);
        }
    }

    /// A panic while it was held left the scene as it was before, or as it was after.
    fn scene(&self) -> MutexGuard<'_, S> {
        self.scene.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: Scene> Timed for Stage<S> {
    fn pass_time(&self) -> Option<SignedDuration> {
        let (scene, now) = (self.scene(), self.backstage.now());
        // What was to come when it was published may be over by now.
        self.publish(&scene);
        scene.changes_at(now).map(|at| at.duration_since(now))
    }
}

impl Backstage {
    fn start(&self, work: BoxFuture<'static, ()>, is_begun: bool) {
        let task = self.inner.handle().spawn_listener(work);
        if !is_begun {
            self.keep(task.abort_handle());
        }
    }

    /// Makes a new record when it changes by time alone.
    fn start_clock(&self, stage: Weak<dyn Timed>) {
        let mut published = self.published.subscribe();
        let sleep = Arc::clone(&self.inner.ports().sleep);
        let work = async move {
            loop {
                let due = match stage.upgrade() {
                    Some(stage) => stage.pass_time(),
                    None => return,
                };
                let Some(due) = due else {
                    if published.changed().await.is_err() {
                        return;
                    }
                    continue;
                };
                let wait = sleep.sleep(due.try_into().unwrap_or_default());
                let changed = std::pin::pin!(published.changed());
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
}

impl Drop for Backstage {
    fn drop(&mut self) {
        let tasks = self.tasks.get_mut().unwrap_or_else(PoisonError::into_inner);
        tasks.iter().for_each(AbortHandle::abort);
    }
}
