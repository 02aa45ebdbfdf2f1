//! What the outbox needs of the session: its keys, and how many writes were settled.

use std::sync::Arc;

use super::account::Account;
use super::load::locked;
use super::phase::Session;
use super::state::Phase;
use crate::error::{Error, Result, SignInReason};
use crate::ports::SecretError;
use crate::store::OutboxKeys;

impl Session {
    /// Who is signed in, if the session was opened already; or why that account must sign in again. Asks no secret store.
    pub(crate) fn present(&self) -> Option<Result<Arc<Account>, SignInReason>> {
        match self.phase() {
            Phase::SignedIn(now) => Some(Ok(now.account)),
            Phase::Ended(_, why) => Some(Err(why)),
            Phase::Nobody(_) | Phase::Unloaded => None,
        }
    }

    /// Whose answers may be shown, if the session was opened already. Asks no secret store.
    pub(crate) fn present_or_ended(&self) -> Option<Arc<Account>> {
        match self.phase() {
            Phase::SignedIn(now) => Some(now.account),
            Phase::Ended(account, _) => Some(account),
            Phase::Nobody(_) | Phase::Unloaded => None,
        }
    }

    /// Whether the session was opened already, and is nobody's.
    pub(crate) fn is_nobody(&self) -> bool {
        matches!(self.phase(), Phase::Nobody(_))
    }

    /// The keys of this account's outbox, read from the secret store the first time.
    pub(crate) async fn outbox_keys(&self, account: &Account) -> Result<OutboxKeys> {
        if let Some(keys) = account.outbox.get() {
            return Ok(keys.clone());
        }
        let lost = || Error::SignInNeeded {
            why: SignInReason::KeysLost,
        };
        let row = self.durable.account(&account.id)?.ok_or_else(lost)?;
        let key = match self.ports.secrets.get(&row.outbox_key_name).await {
            Ok(key) => key.ok_or_else(lost)?,
            Err(SecretError::Corrupt(_)) => return Err(lost()),
            Err(error) => return Err(locked(&error)),
        };
        let keys = OutboxKeys::derive(&key, &account.id);
        Ok(account.outbox.get_or_init(|| keys).clone())
    }

    /// How many writes of the account were settled so far. What was asked for earlier may lack what they did.
    pub(crate) fn settled_writes(&self, account: &Account) -> i64 {
        // Not knowing it costs a second look at what is shown already, nothing else.
        self.durable.outbox_revision(&account.id).unwrap_or_default()
    }

    /// An access token worth sending is at hand: what is sent next need not wait for a refresh.
    pub(crate) async fn prepare(self: &Arc<Self>) -> Result<()> {
        self.usable().await.map(drop)
    }
}
