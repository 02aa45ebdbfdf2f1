//! Opening the stored session: once per process, on the first call that needs it, so that opening the client needs neither
//! network nor keychain.

use std::sync::Arc;

use super::account::{Account, Identity};
use super::phase::{Phase, Session, SessionEnd, SessionState, SignedIn};
use super::refresh::is_unknown;
use super::tokens::Tokens;
use crate::error::{Error, Result, SignInReason};
use crate::ports::{SecretError, SecretKey};
use crate::store::{AccountKeys, AccountRow, AccountState, Rotation, unseal_profile};

impl Session {
    /// The account whose answers may be read: signed in, or ended and not yet replaced.
    pub(crate) async fn account(self: &Arc<Self>) -> Result<Arc<Account>> {
        match self.opened().await? {
            Phase::SignedIn(now) => Ok(now.account),
            Phase::Ended(account, _) => Ok(account),
            Phase::Nobody(why) => Err(Error::SignInNeeded { why }),
            Phase::Unloaded => Err(unopened()),
        }
    }

    /// The session with its tokens.
    pub(super) async fn signed_in(self: &Arc<Self>) -> Result<SignedIn> {
        match self.opened().await? {
            Phase::SignedIn(now) => Ok(now),
            Phase::Ended(_, why) | Phase::Nobody(why) => Err(Error::SignInNeeded { why }),
            Phase::Unloaded => Err(unopened()),
        }
    }

    /// The state, read from disk if it has not been yet.
    pub(crate) async fn state(self: &Arc<Self>) -> Result<SessionState> {
        match self.opened().await {
            // Another process may have found out meanwhile what became of it.
            Ok(Phase::SignedIn(now)) if now.unknown && self.adopt_newer(&now)? => {
                self.opened().await.ok();
                Ok(self.shown())
            }
            Ok(_) | Err(Error::SignInNeeded { .. } | Error::Locked { .. }) => Ok(self.shown()),
            Err(error) => Err(error),
        }
    }

    /// How the last session of the account in question ended by itself; none if the person has signed out since.
    pub(crate) fn last_ended(&self) -> Result<Option<SessionEnd>> {
        let Some(row) = self.durable.current_account(&self.link.origin().to_string())? else {
            return Ok(None);
        };
        let ended = self.durable.last_ended(&row.id)?;
        Ok(ended.map(|(why, at)| SessionEnd { why, at }))
    }

    async fn opened(self: &Arc<Self>) -> Result<Phase> {
        let phase = self.phase();
        if !matches!(phase, Phase::Unloaded) {
            return Ok(phase);
        }
        let this = Arc::clone(self);
        self.loads
            .join(&self.handle, (), move || async move { this.load().await })
            .await?;
        Ok(self.phase())
    }

    async fn load(self: &Arc<Self>) -> Result<()> {
        if !matches!(self.phase(), Phase::Unloaded) {
            return Ok(());
        }
        self.destroy_doomed_keys().await;
        let Some(row) = self.durable.current_account(&self.link.origin().to_string())? else {
            self.enter(Phase::Nobody(SignInReason::NeverSignedIn));
            return Ok(());
        };
        if row.state == AccountState::SignedOut {
            self.enter(Phase::Nobody(SignInReason::SignedOut));
            return Ok(());
        }
        let keys = match self.session_key(&row).await {
            Ok(key) => AccountKeys::derive(&key, &row.id),
            Err(error) => {
                self.blocked(match &error {
                    Error::SignInNeeded { why } => SessionState::SignInNeeded(*why),
                    _ => SessionState::Locked,
                });
                return Err(error);
            }
        };
        let identity: Identity = row
            .profile
            .as_deref()
            .and_then(|sealed| unseal_profile(&keys, sealed))
            .and_then(|json| serde_json::from_slice(&json).ok())
            .ok_or(Error::SignInNeeded {
                why: SignInReason::KeysLost,
            })?;
        let tokens = self.stored(&keys)?;
        let account = Arc::new(Account {
            id: row.id,
            epoch: self.next_epoch(),
            keys,
            identity,
            outbox: Arc::default(),
        });
        self.enter(match (row.state, tokens) {
            (AccountState::SignedIn, Some(stored)) => Phase::SignedIn(SignedIn {
                account,
                tokens: Arc::new(stored.tokens),
                generation: stored.generation,
                proven: stored.proven,
                unknown: stored.unknown,
            }),
            (_, _) => Phase::Ended(account, row.reason.unwrap_or(SignInReason::SessionExpired)),
        });
        Ok(())
    }

    /// The key of a stored session. Only the store it was put in will do: another one, or none, is `Locked` (scenario 5).
    async fn session_key(&self, row: &AccountRow) -> Result<SecretKey> {
        let here = self.ports.secrets.id();
        if row.secret_store != here {
            return Err(Error::Locked {
                reason: format!(
                    "the keys of this session are in the secret store '{}', and this program was started with '{here}': start it with \
                     the one you signed in with, or sign in again",
                    row.secret_store
                ),
            });
        }
        match self.ports.secrets.get(&row.session_key_name).await {
            Ok(Some(key)) => Ok(key),
            // The row stays as it is: should the key come back, so does the session.
            Ok(None) | Err(SecretError::Corrupt(_)) => Err(Error::SignInNeeded {
                why: SignInReason::KeysLost,
            }),
            Err(error) => Err(locked(&error)),
        }
    }

    /// The pair on disk, opened.
    pub(super) fn stored(&self, keys: &AccountKeys) -> Result<Option<Stored>> {
        let rotation = self.durable.rotation(keys.account())?;
        Ok(rotation.and_then(|rotation| Stored::open(keys, &rotation)))
    }
}

/// A pair on disk.
pub(super) struct Stored {
    pub(super) tokens: Tokens,
    pub(super) generation: i64,
    /// Whether a call with it has succeeded, here or in another process.
    pub(super) proven: bool,
    /// Whether its refresh token may have been spent.
    pub(super) unknown: bool,
}

impl Stored {
    pub(super) fn open(keys: &AccountKeys, rotation: &Rotation) -> Option<Self> {
        let row = &rotation.tokens;
        Some(Self {
            tokens: Tokens::open(keys, row.generation, &row.sealed)?,
            generation: row.generation,
            proven: row.proven,
            unknown: is_unknown(rotation.journal),
        })
    }
}

/// What a secret store's failure means while a session is stored: it may open later.
pub(super) fn locked(error: &SecretError) -> Error {
    let remedy = match error {
        SecretError::Denied(_) => "allow this program to use it",
        _ => "unlock it or make it reachable",
    };
    Error::Locked {
        reason: format!("{error}; {remedy}, then try again: you are still signed in"),
    }
}

fn unopened() -> Error {
    Error::Internal {
        reason: "a session that was opened is not open".to_owned(),
    }
}
