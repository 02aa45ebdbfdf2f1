//! Signing in and registering.
//!
//! The secret store is given a key to keep first, so that a person whose keyring is locked or refuses is told so before a
//! password travels. Keys are written before the row that needs them; a sign-in that fails in between takes them back.

use std::sync::Arc;

use super::account::{Account, Identity};
use super::link::Manner;
use super::phase::Session;
use super::state::{Phase, SignedIn};
use super::tokens::Tokens;
use crate::api::{Grant, Login, Operation, Register};
use crate::error::{Error, Result, StorageFault};
use crate::model::{NewCustomer, Password, SessionDecision};
use crate::ports::{BootTime, SecretError, SecretKey};
use crate::store::{AccountId, AccountKeys, AccountRow, AccountState, NewAccount, StoreError, seal_tokens};

/// Two processes in which one person signs in at the same moment cross at most once each.
const CROSSINGS: usize = 3;

impl Session {
    /// Signs in with an address and a password.
    pub(crate) async fn sign_in(self: &Arc<Self>, email: String, password: Password) -> Result<()> {
        self.begin(Login { email, password }).await
    }

    /// Creates an account and signs in to it.
    pub(crate) async fn register(self: &Arc<Self>, new: NewCustomer) -> Result<()> {
        self.begin(Register { new }).await
    }

    async fn begin(self: &Arc<Self>, operation: impl Operation<Output = Grant>) -> Result<()> {
        self.probe_secret_store().await?;
        self.remove_keys_of_an_earlier_installation().await;
        let asked_at = self.ports.clock.boot_time();
        let answer = self
            .link
            .exchange(&operation, None, None, &Manner::default())
            .await;
        let grant = answer?;
        for _ in 1..CROSSINGS {
            match self.start_session(&grant, &asked_at).await {
                Err(Failed::Crossed) => {}
                Err(Failed::Public(error)) => return Err(error),
                Ok(()) => return Ok(()),
            }
        }
        self.start_session(&grant, &asked_at)
            .await
            .map_err(|failed| match failed {
                Failed::Crossed => Error::Internal {
                    reason: "sign-ins cross without end".to_owned(),
                },
                Failed::Public(error) => error,
            })
    }

    /// Makes the granted session the one of this device, on disk and then in memory.
    async fn start_session(self: &Arc<Self>, grant: &Grant, asked_at: &BootTime) -> Result<(), Failed> {
        let mut made = Vec::new();
        let started = self.start_session_with(grant, asked_at, &mut made).await;
        if started.is_err() {
            self.take_back(&made).await;
        }
        started
    }

    /// The same, noting the names of the keys it makes.
    async fn start_session_with(
        self: &Arc<Self>,
        grant: &Grant,
        asked_at: &BootTime,
        made: &mut Vec<String>,
    ) -> Result<(), Failed> {
        let origin = self.link.origin().to_string();
        let identity = Identity::of(grant);
        let person = self.durable.person(&origin, grant.customer.0)?;
        // The same person goes on with what is on disk, as far as its keys still open it.
        let before = self.durable.account_of(&origin, &person)?;
        let id = match &before {
            Some(row) => row.id.clone(),
            None => AccountId::random(&*self.ports.random).map_err(no_randomness)?,
        };
        let (session_key_name, key) = self.session_key_for(before.as_ref(), &id, made).await?;
        let new = NewAccount {
            outbox_key_name: self.outbox_key_for(before.as_ref(), &id, made).await?,
            secret_store: self.ports.secrets.id().to_owned(),
            generation: before.as_ref().map_or(0, |row| row.last_generation) + 1,
            id,
            origin,
            person,
            session_key_name,
        };
        let keys = AccountKeys::derive(&key, &new.id);
        let server_at = self.server_time_at(asked_at);
        let tokens = Tokens::new(grant, asked_at, server_at, &*self.ports.random);
        let sealed_tokens = seal_tokens(&keys, new.generation, &tokens.to_bytes(), &*self.ports.random)?;
        let sealed_profile = identity.seal(&keys, &*self.ports.random)?;

        // Whoever was signed in before leaves nothing that can be read (scenario 12).
        let paused = self.pause();
        if self
            .durable
            .current_account(&new.origin)?
            .is_some_and(|row| row.id != new.id)
        {
            self.forget_answers();
        }
        let now = self.ports.clock.wall();
        let displaced_to = AccountState::SignedOut;
        // If it cannot be, what is in memory goes on: it may be all there is (`unsaved`).
        self.durable
            .save_sign_in(&new, &sealed_tokens, &sealed_profile, displaced_to, now)?;
        // In an epoch of its own: what was on disk before may have been opened meanwhile.
        self.enter_after(paused, |epoch| {
            Phase::SignedIn(SignedIn {
                account: Arc::new(Account {
                    id: new.id,
                    epoch,
                    key_name: new.session_key_name,
                    keys,
                    identity,
                    outbox: Arc::default(),
                }),
                tokens: Arc::new(tokens),
                generation: new.generation,
                proven: true,
                unknown: false,
                unsaved: false,
            })
        });
        self.audit.note(SessionDecision::SignedIn);
        // What cannot be destroyed now waits for the next start.
        let _ = self.destroy_doomed_keys().await;
        Ok(())
    }

    async fn session_key_for(
        &self,
        before: Option<&AccountRow>,
        id: &AccountId,
        made: &mut Vec<String>,
    ) -> Result<(String, SecretKey)> {
        if let Some(row) = before.filter(|row| row.state != AccountState::SignedOut)
            && let Some(key) = self.kept_key(row, &row.session_key_name).await
        {
            return Ok((row.session_key_name.clone(), key));
        }
        self.new_key(id, "session", made).await
    }

    /// The key that opens what was accepted here before and not sent yet; a new one only if that is gone for good.
    async fn outbox_key_for(
        &self,
        before: Option<&AccountRow>,
        id: &AccountId,
        made: &mut Vec<String>,
    ) -> Result<String> {
        let here = self.ports.secrets.id();
        if let Some(row) = before {
            if row.secret_store == here {
                match self.ports.secrets.get(&row.outbox_key_name).await {
                    Ok(Some(_)) => return Ok(row.outbox_key_name.clone()),
                    Ok(None) | Err(SecretError::Corrupt(_)) => {}
                    // It may open later: replaced now, unsent bookings would be lost.
                    Err(error) => return Err(cannot_keep_keys(here, &error)),
                }
            } else if self.durable.unsent(&row.id)? > 0 {
                return Err(Error::Locked {
                    reason: format!(
                        "you have changes that were not sent yet, and their key is in the secret store '{}': sign in with that one, \
                         not with '{here}'",
                        row.secret_store
                    ),
                });
            }
        }
        Ok(self.new_key(id, "outbox", made).await?.0)
    }

    async fn kept_key(&self, row: &AccountRow, name: &str) -> Option<SecretKey> {
        if row.secret_store != self.ports.secrets.id() {
            return None;
        }
        self.ports.secrets.get(name).await.ok().flatten()
    }

    /// Draws and stores a key. Its name is new each time, so that destroying an old key never hits a new one.
    async fn new_key(
        &self,
        id: &AccountId,
        purpose: &str,
        made: &mut Vec<String>,
    ) -> Result<(String, SecretKey)> {
        let mut bytes = zeroize::Zeroizing::new([0; 32]);
        self.ports.random.fill(&mut *bytes).map_err(no_randomness)?;
        let key = SecretKey::new(*bytes);
        let unique = AccountId::random(&*self.ports.random).map_err(no_randomness)?;
        let name = format!("pmi/{id}/{purpose}-{}", &unique.as_str()[..8]);
        let store = self.ports.secrets.id();
        made.push(name.clone());
        self.ports
            .secrets
            .set(&name, key.clone())
            .await
            .map_err(|error| cannot_keep_keys(store, &error))?;
        Ok((name, key))
    }
}

/// Why a session could not be started.
enum Failed {
    /// Another sign-in of the same person was written at this moment: look again.
    Crossed,
    Public(Error),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Public(error)
    }
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Crossed(_) => Self::Crossed,
            error => Self::Public(error.into()),
        }
    }
}

fn no_randomness(error: crate::ports::NoRandomness) -> Error {
    Error::Internal {
        reason: error.to_string(),
    }
}

/// At sign-in a store that does not answer is a reason to stop: a session that cannot be kept must not begin.
pub(super) fn cannot_keep_keys(store: &str, error: &SecretError) -> Error {
    match error {
        SecretError::Locked(_) => Error::Locked {
            reason: format!("{error}; unlock it, then sign in again"),
        },
        _ => Error::Storage {
            why: StorageFault::SecretStore,
            reason: format!("cannot keep a key in the secret store '{store}': {error}"),
        },
    }
}
