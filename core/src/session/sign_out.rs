//! Signing out: first here, then (if it can be reached) at the server.
//!
//! Here means: tokens and profile deleted, keys destroyed, cached answers removed, and late answers of calls under way
//! write nothing (scenario 11). It works without a network; then the server's session ends with its own time-out.
//!
//! Who leaves is whom this process knows. Another person, signed in meanwhile by another process, has not been asked: their
//! session and what they booked stay (12), and are what this process shows next.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{Either, select};

use super::account::Account;
use super::known::Known;
use super::link::Manner;
use super::phase::Session;
use super::state::{Phase, SignedIn};
use crate::api::Logout;
use crate::error::{Error, Result, SignInReason, StorageFault};
use crate::model::{SessionDecision, Unsent};
use crate::store::{AccountId, AccountRow, AccountState, StoreError};

/// How long the server may take to hear of it.
const TELL_THE_SERVER: Duration = Duration::from_secs(5);

impl Session {
    /// Signs out here and tells the server; true if it heard. Nobody signed in is no error, nor is that another process has
    /// signed in somebody else meanwhile, who stays.
    pub(crate) async fn sign_out(self: &Arc<Self>, unsent: Unsent) -> Result<bool> {
        let known = self.known();
        let before = self.signed_in().await.ok();
        // Who had not looked before knows by now.
        let known = if known == Known::NotLooked {
            self.known()
        } else {
            known
        };
        let Some(row) = self.durable.current_account(&self.link.origin().to_string())? else {
            return Ok(false);
        };
        let leaving = before.filter(|session| known.is(&session.account.id));
        let is_over = row.state == AccountState::SignedOut;
        if known.is(&row.id) || (is_over && known == Known::Nobody) {
            self.erase(&row, unsent)?;
        } else {
            self.make_way(&known);
        }
        let destroyed = self.destroy_doomed_keys().await;
        let heard = match leaving {
            Some(session) => self.tell_server(&session.account, &session.tokens.access).await,
            None => false,
        };
        if destroyed? {
            return Ok(heard);
        }
        Err(key_left(&row.secret_store))
    }

    /// Whose account a person here can have deleted: nobody's that another process has signed in meanwhile.
    pub(crate) async fn deletable(self: &Arc<Self>) -> Result<AccountId> {
        let known = self.known();
        let id = self.signed_in().await?.account.id.clone();
        if known.is(&id) {
            return Ok(id);
        }
        Err(Error::SignInNeeded {
            why: SignInReason::SignedOut,
        })
    }

    /// Removes what is here of an account that the server has deleted, and nothing of whoever is signed in in its place by now.
    pub(crate) async fn forget_deleted(self: &Arc<Self>, id: &AccountId) -> Result<()> {
        let current = self.durable.current_account(&self.link.origin().to_string())?;
        let row = self.durable.account(id)?;
        match &row {
            Some(row) if current.is_some_and(|current| current.id == *id) => {
                self.erase(row, Unsent::Discard)?
            }
            row => {
                if row.is_some() {
                    self.durable.sign_out(id, false, self.ports.clock.wall())?;
                }
                self.make_way(&Known::Account(id.clone()));
            }
        }
        match row {
            Some(row) if !self.destroy_doomed_keys().await? => Err(key_left(&row.secret_store)),
            _ => Ok(()),
        }
    }

    /// Makes everything of an account unreadable, but for the keys, which are doomed; and but for what was not sent yet, if
    /// the person keeps it.
    fn erase(&self, row: &AccountRow, unsent: Unsent) -> Result<()> {
        let asks = unsent == Unsent::Ask && row.state != AccountState::SignedOut;
        let count = || match self.durable.unsent(&row.id)? {
            count if asks && count > 0 => Err(Error::Unsent { count }),
            count => Ok(count),
        };
        // Who is only asked is not held up.
        count()?;
        // From here on nothing more is accepted; if it comes to nothing, what is in memory goes on.
        let _paused = self.pause();
        let count = count()?;
        // Who is signed out already is not asked again: what was kept then stays.
        let keep = unsent != Unsent::Discard && count > 0;
        self.durable.sign_out(&row.id, keep, self.ports.clock.wall())?;
        self.forget_answers();
        self.enter(|_| Phase::Nobody(SignInReason::SignedOut));
        // Once: a person who is signed out already may ask for it again, to have a key destroyed.
        if row.state != AccountState::SignedOut {
            self.audit.note(SessionDecision::SignedOut);
        }
        Ok(())
    }

    /// Shows nothing more of whom this process knew, in whose place another process has put somebody else: the next call looks.
    fn make_way(&self, known: &Known) {
        let epoch = self.epoch();
        let present = self.present_or_ended();
        if present.as_ref().is_some_and(|present| !known.is(&present.id)) {
            // It has looked.
            return;
        }
        self.enter_instead_of(epoch, Phase::Unloaded);
        if let Some(account) = present {
            self.forget_answers_of(&account);
        }
    }

    /// Removes the cached answers of whoever is in memory, or all if nobody is: then their names are not known.
    pub(super) fn forget_answers(&self) {
        let removed = match self.phase() {
            Phase::SignedIn(SignedIn { account, .. }) | Phase::Ended(account, _) => {
                return self.forget_answers_of(&account);
            }
            Phase::Unloaded | Phase::Nobody(_) => self.cache.clear(),
        };
        tell_if_left(removed);
    }

    fn forget_answers_of(&self, account: &Account) {
        tell_if_left(self.cache.remove_account(account.cache_keys()));
    }

    /// Destroys keys that outlived what they opened; true if none is left. One that cannot be destroyed now (a locked store,
    /// or another one) waits for the next start.
    ///
    /// # Errors
    /// That of the disk, if it does not say which they are.
    pub(super) async fn destroy_doomed_keys(&self) -> Result<bool> {
        let mut all = true;
        for key in self.durable.doomed_keys()? {
            let here = key.secret_store == self.ports.secrets.id();
            let destroyed = here && self.ports.secrets.delete(&key.name).await.is_ok();
            all &= destroyed;
            // It is gone whatever the disk says; unnoted, it is destroyed once more at the next start.
            if destroyed && let Err(error) = self.durable.key_destroyed(&key) {
                tracing::warn!(%error, "that a key is destroyed could not be written down");
            }
        }
        Ok(all)
    }

    /// Ends a session at the server, if it can be reached soon.
    pub(super) async fn tell_server(self: &Arc<Self>, account: &Account, access: &str) -> bool {
        let customer = Some(account.identity.customer);
        let manner = Manner::default();
        let telling = self.link.exchange(&Logout, customer, Some(access), &manner);
        match select(std::pin::pin!(telling), self.ports.sleep.sleep(TELL_THE_SERVER)).await {
            Either::Left((told, _)) => told.is_ok(),
            Either::Right(_) => false,
        }
    }
}

fn tell_if_left<T>(removed: Result<T, StoreError>) {
    if let Err(error) = removed {
        tracing::warn!(%error, "cached answers could not be removed; without their key nobody can read them");
    }
}

fn key_left(secret_store: &str) -> Error {
    Error::Storage {
        why: StorageFault::SecretStore,
        reason: format!(
            "you are signed out, but a key could not be destroyed in the secret store '{secret_store}': make it reachable and start \
             this program once more"
        ),
    }
}
