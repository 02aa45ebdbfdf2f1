//! What wakes the loop that sends, and what it says of itself when it rests.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::sync::watch;

use crate::error::Error;
use crate::model::Waiting;

/// What wakes the loop, and what it says of itself.
pub(super) struct Signals {
    pub(super) pushes: watch::Sender<u64>,
    pub(super) rest: watch::Sender<Rest>,
    pauses: Arc<AtomicU32>,
}

/// While it lives, no write is claimed for sending. One that is on its way goes on.
pub(crate) struct SendingPaused {
    pushes: watch::Sender<u64>,
    pauses: Arc<AtomicU32>,
}

impl Drop for SendingPaused {
    fn drop(&mut self) {
        self.pauses.fetch_sub(1, Ordering::SeqCst);
        self.pushes.send_modify(|pushes| *pushes += 1);
    }
}

/// Why the loop rests.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rest {
    /// How many pushes it had heard of when its last round began.
    pub(super) of: u64,
    /// Whether it goes on by itself soon.
    pub(super) waits: bool,
    /// What keeps it from sending.
    pub(super) why: Option<Error>,
}

impl Default for Signals {
    fn default() -> Self {
        Self {
            pushes: watch::Sender::new(0),
            rest: watch::Sender::new(Rest::default()),
            pauses: Arc::default(),
        }
    }
}

impl Signals {
    /// Has a round begin now, and gives its number.
    pub(super) fn push(&self) -> u64 {
        self.pushes.send_modify(|pushes| *pushes += 1);
        *self.pushes.borrow()
    }

    pub(super) fn pause(&self) -> SendingPaused {
        self.pauses.fetch_add(1, Ordering::SeqCst);
        SendingPaused {
            pushes: self.pushes.clone(),
            pauses: Arc::clone(&self.pauses),
        }
    }

    pub(super) fn is_paused(&self) -> bool {
        self.pauses.load(Ordering::SeqCst) > 0
    }

    /// What everything waits for that was not tried yet.
    pub(super) fn waiting(&self) -> Waiting {
        match &self.rest.borrow().why {
            Some(Error::Offline { .. } | Error::CaptivePortal) => Waiting::Network,
            Some(Error::Busy { .. } | Error::ServerFault { .. }) => Waiting::Server,
            _ => Waiting::Turn,
        }
    }

    pub(super) fn rests(&self) -> watch::Receiver<Rest> {
        self.rest.subscribe()
    }
}

impl Rest {
    /// Whether a synchronisation has nothing more to wait for, and why it was stopped.
    pub(super) fn is_over(&self) -> Option<Option<Error>> {
        match self {
            Rest {
                waits: false, why, ..
            } => Some(why.clone()),
            Rest { .. } => None,
        }
    }
}
