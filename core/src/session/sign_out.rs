//! Signing out: first here, then (if it can be reached) at the server.
//!
//! Here means: tokens and profile deleted, keys destroyed, cached answers removed, and late answers of calls under way
//! write nothing. It works without a network; then the server's session ends with its own time-out.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{Either, select};

use super::phase::{Phase, Session, SignedIn};
use crate::api::Logout;
use crate::error::Error;
use crate::error::{Result, SignInReason, StorageFault};

/// How long the server may take to hear of it.
const TELL_THE_SERVER: Duration = Duration::from_secs(5);

impl Session {
    /// Signs out here and tells the server; true if it heard. Nobody signed in is no error.
    pub(crate) async fn sign_out(self: &Arc<Self>) -> Result<bool> {
        let before = self.signed_in().await.ok();
        let Some(row) = self.durable.current_account(&self.link.origin().to_string())? else {
            return Ok(false);
        };
        self.erase(&row.id).await?;
        match before {
            Some(session) => Ok(self.tell_server(&session).await),
            None => Ok(false),
        }
    }

    /// Makes everything of an account unreadable: rows, then keys. A key that cannot be destroyed now is told to the caller,
    /// after all else is done.
    pub(super) async fn erase(&self, account: &str) -> Result<()> {
        self.next_epoch();
        self.enter(Phase::Nobody(SignInReason::SignedOut));
        let names = self.durable.sign_out(account)?;
        if let Err(error) = self.cache.remove_account_id(account) {
            tracing::warn!(%error, "cached answers could not be removed; without their key they cannot be read");
        }
        let mut kept = None;
        for name in [names.session, names.outbox] {
            if let Err(error) = self.ports.secrets.delete(&name).await {
                kept = Some(error);
            }
        }
        match kept {
            None => Ok(()),
            Some(error) => Err(Error::Storage {
                why: StorageFault::SecretStore,
                reason: format!(
                    "you are signed out, but a key could not be destroyed: {error}; remove it in the secret store"
                ),
            }),
        }
    }

    async fn tell_server(self: &Arc<Self>, session: &SignedIn) -> bool {
        let customer = Some(session.account.identity.customer);
        let telling = self
            .link
            .exchange(&Logout, customer, Some(&session.tokens.access), None);
        let telling = std::pin::pin!(telling);
        match select(telling, self.ports.sleep.sleep(TELL_THE_SERVER)).await {
            Either::Left((told, _)) => told.is_ok(),
            Either::Right(_) => false,
        }
    }
}
