//! Signing in and registering.
//!
//! The secret store is asked first whether it can keep a key at all, so that a person whose keyring is locked is told so
//! before a password travels. Keys are written before the session row that needs them; a failure in between leaves a
//! key that opens nothing.

use std::sync::Arc;

use super::account::{Account, Identity};
use super::load::locked;
use super::phase::{Phase, Session, SignedIn};
use super::tokens::Tokens;
use crate::api::{Grant, Login, Operation, Register};
use crate::error::{Error, Result, StorageFault};
use crate::model::{NewCustomer, Password};
use crate::ports::{BootTime, SecretError, SecretKey};
use crate::store::{AccountKeys, AccountRow, NewSignIn};

/// A name no account has; asking for it shows whether the store answers.
const PROBE: &str = "pmi/probe";

impl Session {
    /// Signs in with an address and a password. Runs to its end even if the caller stops waiting.
    pub(crate) async fn sign_in(self: &Arc<Self>, email: String, password: Password) -> Result<()> {
        self.begin(Login { email, password }).await
    }

    /// Creates an account and signs in to it.
    pub(crate) async fn register(self: &Arc<Self>, new: NewCustomer) -> Result<()> {
        self.begin(Register { new }).await
    }

    async fn begin(self: &Arc<Self>, operation: impl Operation<Output = Grant>) -> Result<()> {
        if let Err(error) = self.ports.secrets.get(PROBE).await {
            return Err(cannot_keep_keys(self.ports.secrets.id(), &error));
        }
        let asked_at = self.ports.clock.boot_time();
        let grant = self.link.exchange(&operation, None, None, None).await?.value;
        self.start_session(&grant, &asked_at).await
    }

    async fn start_session(self: &Arc<Self>, grant: &Grant, asked_at: &BootTime) -> Result<()> {
        let origin = self.link.origin().to_string();
        let identity = Identity::of(grant);
        let person = self.durable.person(&origin, grant.customer.0)?;
        let current = self.durable.current_account(&origin)?;

        // The same person goes on with what is on disk if its key is still there; anybody else begins anew.
        let (row, key) = match current.filter(|row| row.person.as_deref() == Some(&person[..])) {
            Some(row) => match self.kept_key(&row).await {
                Some(key) => (row, key),
                None => self.new_account(&person).await?,
            },
            None => self.new_account(&person).await?,
        };
        self.leave_other(&row.id).await?;

        let keys = AccountKeys::derive(&key, &row.id);
        let generation = self.durable.tokens(&row.id)?.map_or(0, |t| t.generation) + 1;
        let tokens = Tokens::new(grant, asked_at);
        let sealed_tokens = keys.seal_tokens(&row.id, generation, &tokens.to_bytes(), &*self.ports.random)?;
        let profile = identity.to_bytes();
        let sealed_profile = keys.seal_profile(&row.id, &profile, &*self.ports.random)?;
        self.durable.save_sign_in(&NewSignIn {
            origin: &origin,
            account_id: &row.id,
            secret_store: self.ports.secrets.id(),
            session_key_name: &row.session_key_name,
            outbox_key_name: &row.outbox_key_name,
            person: &person,
            generation,
            sealed_tokens: &sealed_tokens,
            sealed_profile: &sealed_profile,
            at: self.ports.clock.wall(),
        })?;
        let account = Arc::new(Account {
            id: row.id,
            epoch: self.next_epoch(),
            keys: Arc::new(keys),
            identity,
        });
        self.enter(Phase::SignedIn(SignedIn {
            account,
            tokens: Arc::new(tokens),
            generation,
            proven: false,
        }));
        Ok(())
    }

    async fn kept_key(&self, row: &AccountRow) -> Option<SecretKey> {
        if row.secret_store != self.ports.secrets.id() || row.state == crate::store::AccountState::SignedOut {
            return None;
        }
        self.ports.secrets.get(&row.session_key_name).await.ok().flatten()
    }

    async fn new_account(&self, person: &[u8]) -> Result<(AccountRow, SecretKey)> {
        let id = self.random_hex()?;
        let row = AccountRow::new(&id, self.ports.secrets.id(), person);
        let key = self.random_key()?;
        self.store_key(&row.session_key_name, key.clone()).await?;
        self.store_key(&row.outbox_key_name, self.random_key()?).await?;
        Ok((row, key))
    }

    /// Whoever was signed in before leaves nothing behind that could be read (scenario 12).
    async fn leave_other(&self, staying: &str) -> Result<()> {
        let current = self.durable.current_account(&self.link.origin().to_string())?;
        match current {
            Some(row) if row.id != staying => self.erase(&row.id).await,
            _ => Ok(()),
        }
    }

    async fn store_key(&self, name: &str, key: SecretKey) -> Result<()> {
        let store = self.ports.secrets.id();
        self.ports
            .secrets
            .set(name, key)
            .await
            .map_err(|error| cannot_keep_keys(store, &error))
    }

    fn random_key(&self) -> Result<SecretKey> {
        let mut bytes = zeroize::Zeroizing::new([0; 32]);
        self.ports.random.fill(&mut *bytes).map_err(no_randomness)?;
        Ok(SecretKey::new(*bytes))
    }

    fn random_hex(&self) -> Result<String> {
        let mut bytes = [0; 16];
        self.ports.random.fill(&mut bytes).map_err(no_randomness)?;
        Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
    }
}

fn no_randomness(error: crate::ports::NoRandomness) -> Error {
    Error::Internal {
        reason: error.to_string(),
    }
}

/// At sign-in a store that does not answer is a reason to stop: a session that cannot be kept must not begin.
fn cannot_keep_keys(store: &str, error: &SecretError) -> Error {
    match error {
        SecretError::Locked(_) => locked(error),
        _ => Error::Storage {
            why: StorageFault::SecretStore,
            reason: format!(
                "cannot keep a key in the secret store '{store}': {error}; nothing was sent or stored"
            ),
        },
    }
}
