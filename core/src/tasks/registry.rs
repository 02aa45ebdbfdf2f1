//! Every task of one client: which there are, what may be begun, and how they are ended.
//!
//! Promises: a task is in the list from before it starts until all it held is dropped; one that begins while the client is
//! being suspended or closed is either refused or ended with the others. No lock is held while a task starts, ends or is ended.

use std::collections::HashMap;
use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::future::BoxFuture;
use tokio::sync::watch;
use tokio::task::AbortHandle;

use super::life::Life;
use crate::error::Error;

/// What a suspension does with a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// It is given time to end.
    Promised,
    /// It is ended at once: it can be asked again.
    Repeatable,
    /// It never ends by itself.
    Loop,
    /// It tells an observer what it hears. It holds no file, is silent while the client is suspended, and goes on afterwards.
    Listener,
}

/// The tasks of one client, and where the client stands.
pub(super) struct Registry {
    life: watch::Sender<Life>,
    /// Whether it was ever suspended.
    was_suspended: AtomicBool,
    list: Mutex<List>,
    /// How many there are, but for listeners.
    tasks: watch::Sender<u32>,
    /// How much of it is waited for.
    promised: watch::Sender<u32>,
}

#[derive(Default)]
struct List {
    next: u64,
    tasks: HashMap<u64, Listed>,
}

struct Listed {
    class: Class,
    /// `None`: not started yet.
    abort: Option<AbortHandle>,
    is_cut: bool,
}

impl Default for Registry {
    fn default() -> Self {
        Self {
            life: watch::Sender::new(Life::Open),
            was_suspended: AtomicBool::new(false),
            list: Mutex::default(),
            tasks: watch::Sender::new(0),
            promised: watch::Sender::new(0),
        }
    }
}

impl Registry {
    pub(super) fn life(&self) -> Life {
        *self.life.borrow()
    }

    pub(super) fn watch(&self) -> watch::Receiver<Life> {
        self.life.subscribe()
    }

    pub(super) fn enter(&self, life: Life) {
        if !life.admits() {
            self.was_suspended.store(life != Life::Closed, Ordering::Relaxed);
        }
        self.life
            .send_if_modified(|before| std::mem::replace(before, life) != life);
    }

    pub(super) fn tasks(&self) -> watch::Receiver<u32> {
        self.tasks.subscribe()
    }

    pub(super) fn promised(&self) -> watch::Receiver<u32> {
        self.promised.subscribe()
    }

    /// Why a task ended before its end.
    pub(super) fn ended(&self) -> Error {
        match self.life().refusal() {
            Some(error) => error,
            None if self.was_suspended.load(Ordering::Relaxed) => Error::Suspended,
            // Its runtime is gone.
            None => Error::Closed,
        }
    }

    /// A place for a task that is about to start, if it may.
    pub(super) fn admit(self: &Arc<Self>, class: Class) -> Option<Entry> {
        let id = {
            let mut list = self.list();
            // Looked at under the lock of the list: whoever changes it looks at the list after that.
            let life = self.life();
            if !life.admits() && (class != Class::Listener || life.is_closed()) {
                return None;
            }
            let id = list.next;
            list.next += 1;
            let listed = Listed {
                class,
                abort: None,
                is_cut: false,
            };
            list.tasks.insert(id, listed);
            id
        };
        if class != Class::Listener {
            self.tasks.send_modify(|count| *count += 1);
        }
        if class == Class::Promised {
            self.promised.send_modify(|count| *count += 1);
        }
        Some(Entry {
            registry: Arc::clone(self),
            id,
            class,
        })
    }

    /// The task of this place has started.
    pub(super) fn started(&self, id: u64, abort: AbortHandle) {
        let is_cut = match self.list().tasks.get_mut(&id) {
            Some(listed) => {
                listed.abort = Some(abort.clone());
                listed.is_cut
            }
            // Over already.
            None => false,
        };
        if is_cut {
            abort.abort();
        }
    }

    /// Ends the tasks of these classes at their next await; gives how much of it would have been waited for.
    pub(super) fn cut(&self, which: impl Fn(Class) -> bool) -> u32 {
        let promised = *self.promised.borrow();
        let aborts: Vec<AbortHandle> = {
            let mut list = self.list();
            let cut = list.tasks.values_mut().filter(|listed| which(listed.class));
            cut.filter_map(|listed| {
                listed.is_cut = true;
                listed.abort.clone()
            })
            .collect()
        };
        // Under no lock: a task that is ended drops what it holds, and with it perhaps the last of this client.
        aborts.iter().for_each(AbortHandle::abort);
        promised
    }

    fn list(&self) -> MutexGuard<'_, List> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A task's place in the list, until dropped.
pub(super) struct Entry {
    registry: Arc<Registry>,
    id: u64,
    class: Class,
}

impl Entry {
    pub(super) fn id(&self) -> u64 {
        self.id
    }

    /// The work in its place. What it holds is dropped before the place is given up, also if it never starts.
    pub(super) fn around(self, work: BoxFuture<'static, ()>) -> impl Future<Output = ()> {
        let placed = Placed { work, entry: self };
        async move {
            let Placed { work, entry: _entry } = placed;
            work.await;
        }
    }
}

struct Placed {
    work: BoxFuture<'static, ()>,
    entry: Entry,
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.registry.list().tasks.remove(&self.id);
        if self.class == Class::Promised {
            self.registry.promised.send_modify(|count| *count -= 1);
        }
        if self.class != Class::Listener {
            self.registry.tasks.send_modify(|count| *count -= 1);
        }
    }
}

/// Something a loop does that is waited for, until dropped.
pub(crate) struct Busy(Arc<Registry>);

impl Busy {
    pub(super) fn new(registry: &Arc<Registry>) -> Self {
        registry.promised.send_modify(|count| *count += 1);
        Self(Arc::clone(registry))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.promised.send_modify(|count| *count -= 1);
    }
}
