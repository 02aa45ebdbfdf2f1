//! The audit trail: what was decided about sessions, waits and writes, so that each sign-out and each wait can be understood.
//!
//! Promised: noting never fails and never waits long; a milestone (a sign-in, a sign-out, the end of a session) is on disk when
//! [`Audit::note`] returns; everything else is written at the next note a second or more after the last write, every
//! [`Buffer::MANY`] notes, when the trail is read, and when the client closes. A kill loses at most the decisions of that last
//! second, or those since the last note: a lost wait explains nothing that the next one would not, and costs no session. A disk
//! that is full or read-only costs the trail its tail, and the call that noted nothing. What is kept, and for how long, is
//! [`crate::store`]'s: 200 milestones, and 800 others of the last 30 days, for each server.
//!
//! Not promised: order between two processes at the same moment.

mod buffer;
mod words;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use self::buffer::Buffer;
use crate::model::{AuditEntry, Decision, NetworkDecision};
use crate::ports::Ports;
use crate::store::{DurableFile, StoreError, TrailEntry};

/// How long a write of the trail waits for another process's transaction.
const PATIENCE: Duration = Duration::from_millis(50);

/// The same for a milestone: its caller has just waited for such a transaction itself.
const PATIENCE_FOR_A_MILESTONE: Duration = Duration::from_secs(1);

/// Writes the trail of one server. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Audit(Option<Arc<Inner>>);

struct Inner {
    durable: Arc<DurableFile>,
    origin: String,
    ports: Ports,
    buffer: Mutex<Buffer>,
}

impl Audit {
    pub(crate) fn new(durable: Arc<DurableFile>, origin: String, ports: Ports) -> Self {
        Self(Some(Arc::new(Inner {
            durable,
            origin,
            ports,
            buffer: Mutex::default(),
        })))
    }

    /// One that writes nothing.
    #[cfg(test)]
    pub(crate) fn nowhere() -> Self {
        Self(None)
    }

    /// Notes a decision. Never fails and never waits long: what cannot be written is only logged. Not to be called within a
    /// transaction of the durable file.
    pub(crate) fn note(&self, decision: impl Into<Decision>) {
        let decision = decision.into();
        tracing::debug!(?decision, "decided");
        // What a caller asked of this process alone explains nothing to the next one.
        if matches!(decision, Decision::Network(NetworkDecision::Asked { .. })) {
            return;
        }
        let Some(inner) = &self.0 else { return };
        let milestone = decision.is_milestone();
        let entry = words::entry(
            &decision,
            inner.ports.clock.wall(),
            &inner.ports.clock.boot_time(),
        );
        let due = inner.buffer().add(entry, inner.ports.clock.elapsed());
        // A shell says "no network" on the thread that draws: that is written with the next entry.
        if due && !matches!(decision, Decision::Network(_)) {
            inner.write(if milestone {
                PATIENCE_FOR_A_MILESTONE
            } else {
                PATIENCE
            });
        }
    }

    /// Writes what was noted and not written yet.
    pub(crate) fn flush(&self) {
        if let Some(inner) = &self.0 {
            inner.write(PATIENCE);
        }
    }

    /// The trail, newest last. What could not be written is in it too.
    pub(crate) fn entries(&self) -> Result<Vec<AuditEntry>, StoreError> {
        let Some(inner) = &self.0 else {
            return Ok(Vec::new());
        };
        inner.write(PATIENCE);
        let mut rows = inner.durable.trail(&inner.origin)?;
        rows.extend(inner.buffer().unwritten().iter().cloned());
        Ok(words::entries(&rows))
    }
}

impl Inner {
    fn write(&self, patience: Duration) {
        let now = self.ports.clock.elapsed();
        let pending: Vec<TrailEntry> = self.buffer().take(now);
        if pending.is_empty() {
            return;
        }
        if let Err(error) = self.durable.add_to_trail(&self.origin, &pending, patience) {
            tracing::debug!(%error, "the trail could not be written; nothing but it is affected");
            self.buffer().put_back(pending, now);
        }
    }

    fn buffer(&self) -> MutexGuard<'_, Buffer> {
        self.buffer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
