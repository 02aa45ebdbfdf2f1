//! The session over a suspension: it stays in memory, keys included, so that going on asks no secret store (scenario 34).
//!
//! Meanwhile another process may have done anything to it, and a refresh of ours may have been cut short: what the file says
//! of it counts.

use std::sync::Arc;

use super::phase::{Phase, Session};
use crate::model::SessionDecision;
use crate::store::StoreError;

impl Session {
    /// Closes both files until [`Session::resume_files`]. Late answers meet `Suspended`.
    pub(crate) fn suspend_files(&self) {
        self.cache.suspend();
        self.durable.suspend();
    }

    /// Opens both again. Without the durable one it stays as it is; the cache may be lacking, and is looked for later.
    pub(crate) fn resume_files(&self) -> Result<(), StoreError> {
        self.durable.resume()?;
        self.cache.resume(self.ports.clock.wall())
    }

    /// Takes up what the file says of the session in memory. Failing to is no failure: the next refresh looks too.
    pub(crate) fn catch_up(self: &Arc<Self>) {
        let Phase::SignedIn(now) = self.phase() else {
            return;
        };
        if now.unsaved {
            // The file knows an older one only.
            return;
        }
        let (account, generation) = (&now.account, now.generation);
        match self.stored(&account.keys) {
            Ok(Some(pair)) if pair.generation > generation => {
                self.audit.note(SessionDecision::Adopted {
                    generation: pair.generation,
                });
                self.adopt(account.epoch, pair);
            }
            // A refresh that was cut short may have been carried out.
            Ok(Some(pair)) => self.note_unknown(account.epoch, generation, pair.unknown),
            // Ended or signed out by another process.
            Ok(None) => self.reopen(account.epoch),
            Err(error) => tracing::warn!(%error, "the stored session cannot be looked at now"),
        }
    }

    /// Destroys what a sign-out that was cut short has left.
    pub(crate) fn finish_sign_out(self: &Arc<Self>) {
        if !matches!(self.phase(), Phase::Nobody(_))
            || self.durable.doomed_keys().is_ok_and(|keys| keys.is_empty())
        {
            return;
        }
        let this = Arc::clone(self);
        drop(self.handle.spawn(async move { this.destroy_doomed_keys().await }));
    }

    /// Whether the person has signed out, or never signed in, as far as was looked.
    pub(crate) fn is_nobody(&self) -> bool {
        matches!(self.phase(), Phase::Nobody(_))
    }
}
