//! The session over a suspension: it stays in memory, keys included, so that going on asks no secret store (scenario 34).
//!
//! Meanwhile another process may have done anything to it, and a refresh of ours may have been cut short: what the file says
//! of it counts, before anything is shown again (12).

use std::sync::Arc;

use super::account::Account;
use super::phase::Session;
use super::state::{Phase, SignedIn};
use crate::error::SignInReason;
use crate::model::SessionDecision;
use crate::store::{AccountState, StoreError};

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
        let (Phase::SignedIn(SignedIn { account, .. }) | Phase::Ended(account, _)) = self.phase() else {
            return;
        };
        if let Some(phase) = self.instead_of(&account) {
            // Nothing of this one may be shown any more.
            self.enter_instead_of(account.epoch, phase);
            return;
        }
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
            // Ended by another process, or signed out and in again.
            Ok(None) => self.reopen(account.epoch),
            Err(error) => tracing::warn!(%error, "the stored session cannot be looked at now"),
        }
    }

    /// Where the session stands if another process has signed this account out, or another one in, of which the first call that
    /// needs it will find out more.
    fn instead_of(&self, account: &Account) -> Option<Phase> {
        match self.durable.current_account(&self.link.origin().to_string()) {
            Ok(Some(row)) if row.state == AccountState::SignedOut => {
                Some(Phase::Nobody(SignInReason::SignedOut))
            }
            Ok(Some(row)) if row.id == account.id => None,
            Ok(_) => Some(Phase::Unloaded),
            // What cannot be read says nothing new.
            Err(_) => None,
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
        drop(self.handle.spawn(async move {
            // What is left is destroyed at the next start.
            let _ = this.destroy_doomed_keys().await;
        }));
    }
}
