//! The signed-in account: who it is, and the keys that open what is kept of it.

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use crate::api::Grant;
use crate::model::{CustomerId, Permission, Role};
use crate::ports::Random;
use crate::store::{AccountId, AccountKeys, CacheKeys, OutboxKeys, StoreError, seal_profile};

/// Who signed in, as the tokens said it. Sealed into the durable file, so that permissions are known offline.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Identity {
    pub(crate) customer: CustomerId,
    pub(crate) role: Role,
    pub(crate) permissions: Vec<Permission>,
}

impl Identity {
    pub(super) fn of(grant: &Grant) -> Self {
        Self {
            customer: grant.customer,
            role: grant.role.clone(),
            permissions: grant.permissions.clone(),
        }
    }

    pub(super) fn seal(&self, keys: &AccountKeys, random: &dyn Random) -> Result<Vec<u8>, StoreError> {
        // Numbers and words into memory: cannot fail.
        seal_profile(keys, &serde_json::to_vec(self).unwrap_or_default(), random)
    }
}

/// One account on one server, opened.
pub(crate) struct Account {
    /// Random; says nothing about the person.
    pub(super) id: AccountId,
    /// Counts accounts opened by this process: what was begun under an earlier one writes nothing under this one.
    pub(super) epoch: u64,
    /// What its session key is called in the secret store.
    pub(super) key_name: String,
    pub(super) keys: AccountKeys,
    pub(super) identity: Identity,
    /// Read from the secret store when first needed.
    pub(super) outbox: Arc<OnceLock<OutboxKeys>>,
}

impl Account {
    pub(crate) fn id(&self) -> &AccountId {
        &self.id
    }

    /// The keys of its outbox, if they were read already.
    pub(crate) fn outbox_keys(&self) -> Option<&OutboxKeys> {
        self.outbox.get()
    }

    pub(crate) fn epoch(&self) -> u64 {
        self.epoch
    }

    pub(crate) fn identity(&self) -> &Identity {
        &self.identity
    }

    pub(crate) fn cache_keys(&self) -> &CacheKeys {
        self.keys.cache()
    }
}

#[cfg(test)]
impl super::Session {
    /// Has somebody's answers be readable, of whom nothing is on disk.
    pub(crate) fn enter_somebody(&self) -> Arc<Account> {
        let id = AccountId::parse(&"a1".repeat(16)).unwrap();
        self.enter(|epoch| {
            let account = Arc::new(Account {
                keys: AccountKeys::derive(&crate::ports::SecretKey::new([7; 32]), &id),
                id,
                epoch,
                key_name: String::new(),
                identity: Identity {
                    customer: CustomerId(1),
                    role: Role::Customer,
                    permissions: Vec::new(),
                },
                outbox: Arc::default(),
            });
            super::state::Phase::Ended(account, crate::error::SignInReason::SessionExpired)
        });
        self.present_or_ended().unwrap()
    }

    /// Has nobody's be.
    pub(crate) fn enter_nobody(&self) {
        self.enter(|_| super::state::Phase::Nobody(crate::error::SignInReason::SignedOut));
    }
}
