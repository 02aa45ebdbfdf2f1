//! What a sign-in does to the secret store beside storing its keys.
//!
//! Promises: a store that cannot keep a key is found out before a password travels; keys of an earlier installation, whose
//! files are gone (iOS keeps keys when an app is removed), are never used again, and are removed where the store can tell
//! which they are (scenario 5). Where it cannot, they stay: they open nothing, and new names are random, so they are never
//! taken for new keys.

use super::phase::Session;
use super::sign_in::cannot_keep_keys;
use crate::error::Result;
use crate::ports::SecretKey;
use crate::ports::secrets::PROBE;

impl Session {
    /// Gives the store something to keep. It opens nothing, so that it may stay if the program is killed here.
    pub(super) async fn probe_secret_store(&self) -> Result<()> {
        let secrets = &self.ports.secrets;
        if let Err(error) = secrets.set(PROBE, SecretKey::new([0; 32])).await {
            return Err(cannot_keep_keys(secrets.id(), &error));
        }
        if let Err(error) = secrets.delete(PROBE).await {
            tracing::debug!(%error, "the secret store keeps the probe");
        }
        Ok(())
    }

    /// Once per durable file, before the first key is made for it, and not at all where somebody has signed in before.
    ///
    /// Two processes may do it at once: names are read before the file says that it was done, and keys are made after, so no
    /// new key can be among those that are removed.
    pub(super) async fn remove_keys_of_an_earlier_installation(&self) {
        if !self.durable.may_have_stale_keys().unwrap_or(false) {
            return;
        }
        let listed = self.ports.secrets.list().await;
        if !self.durable.claim_stale_keys().unwrap_or(false) {
            return;
        }
        let stale = match listed {
            Ok(names) => names.unwrap_or_default(),
            Err(error) => {
                tracing::warn!(%error, "keys of an earlier installation may stay; they open nothing");
                return;
            }
        };
        for name in stale.iter().filter(|name| name.starts_with("pmi/")) {
            if let Err(error) = self.ports.secrets.delete(name).await {
                tracing::warn!(%error, "a key of an earlier installation stays; it opens nothing");
            }
        }
    }

    /// Takes back keys that were made for a sign-in that came to nothing.
    pub(super) async fn take_back(&self, made: &[String]) {
        for name in made {
            // If it is not known whether the file names it, it stays: a key too many opens nothing.
            if !self.durable.names_key(name).unwrap_or(true) {
                let _ = self.ports.secrets.delete(name).await;
            }
        }
    }
}
