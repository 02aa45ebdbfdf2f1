//! The handle a test holds.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::fault::Gate;
use super::rules::{Match, RuleBuilder, RuleId};
use super::seen::SeenRequest;
use crate::app::App;
use crate::auth::Key;
use crate::config::{Dialect, Limits};

/// Command over a running server. Clones command the same one. It keeps working, without effect, after `stop`.
#[derive(Clone)]
pub struct Control {
    pub(crate) app: Arc<App>,
}

/// A password reset's "e-mail".
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ResetMail {
    /// Whom it goes to.
    pub to: String,
    /// The token to reset with. It works once, for an hour of the server's clock.
    pub token: String,
    /// When it stops working, RFC 3339.
    pub expires_at: String,
}

impl Control {
    /// Begins a rule about matching requests.
    pub fn on(&self, matches: Match) -> RuleBuilder {
        RuleBuilder {
            rules: Arc::clone(&self.app.rules),
            matches,
            skip: 0,
            left: None,
        }
    }

    /// Withdraws a rule. One that is used up is gone already.
    pub fn remove(&self, rule: RuleId) {
        self.app
            .rules
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(rule);
    }

    /// Withdraws every rule. Requests a gate holds stay held.
    pub fn clear(&self) {
        self.app
            .rules
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    /// The gate of that name, made when first asked for: the one HTTP commands of that name mean.
    #[must_use]
    pub fn gate(&self, name: &str) -> Gate {
        self.app.gates().entry(name.to_owned()).or_default().clone()
    }

    /// How many requests of that method (`*`: any) arrived for paths that begin so, refused and cut ones included.
    #[must_use]
    pub fn requests(&self, method: &str, path_prefix: &str) -> u64 {
        self.app.seen().requests(method, path_prefix)
    }

    /// How those requests ended: how often by status, 0 for a connection cut without an answer.
    #[must_use]
    pub fn outcomes(&self, method: &str, path_prefix: &str) -> BTreeMap<u16, u64> {
        self.app.seen().outcomes(method, path_prefix)
    }

    /// How many refreshes gave out a new token. On v1, where nothing rotates, how many succeeded.
    #[must_use]
    pub fn refreshes(&self) -> u64 {
        self.app.seen().rotations
    }

    /// How many refreshes gave the same successor again, its first answer having been lost (v2).
    #[must_use]
    pub fn reissues(&self) -> u64 {
        self.app.seen().reissues
    }

    /// How many refreshes were refused because their token was used after its successor, or belongs to a family that ended so
    /// (v2).
    #[must_use]
    pub fn reuses(&self) -> u64 {
        self.app.seen().reuses
    }

    /// How many refreshes were asked for.
    #[must_use]
    pub fn refresh_requests(&self) -> u64 {
        self.requests("POST", "/api/auth/refresh")
    }

    /// Forgets all counts and requests seen.
    pub fn reset_counts(&self) {
        *self.app.seen() = super::Seen::default();
    }

    /// The last requests that arrived, oldest first, at most 4096.
    #[must_use]
    pub fn seen(&self) -> Vec<SeenRequest> {
        self.app.seen().list()
    }

    /// Changes the server's signing key: every access and refresh token there is gets refused from now on.
    ///
    /// # Errors
    /// The database, if the new key could not be kept. The old one is used on then.
    pub async fn rotate_signing_key(&self) -> Result<(), crate::StartError> {
        let key = Key::random();
        let mut write = self.app.store.write().await?;
        write.set_meta(crate::app::SIGNING_KEY, &key.to_text()).await?;
        write.commit().await?;
        self.app.set_key(key);
        Ok(())
    }

    /// Changes the rate limit; `None` is none. Buckets start full.
    pub fn set_limits(&self, limits: Option<Limits>) {
        self.app.limiter().reset();
        self.app.change(|live| live.limits = limits);
    }

    /// Empties every bucket, so that requests are refused until the server's clock has refilled them. Without a limit the
    /// default one is set.
    pub fn empty_bucket(&self) {
        self.app.limiter().empty(self.app.now());
        self.app
            .change(|live| live.limits = Some(live.limits.unwrap_or_default()));
    }

    /// Cuts the network, or mends it: while it is cut, every connection is closed, and every new one as soon as it is made.
    pub fn network(&self, up: bool) {
        self.app.network.send_replace(up);
    }

    /// The same as [`Control::network`], said the other way round.
    pub fn set_refuse_connections(&self, refuse: bool) {
        self.network(!refuse);
    }

    /// Makes the server one of the other dialect, at the same origin, over the same rows. Tokens of one are not good for the
    /// other.
    pub fn set_dialect(&self, dialect: Dialect) {
        self.app.change(|live| live.dialect = dialect);
    }

    /// Drains, or stops draining: new requests are 503 with `Retry-After` (seconds), running ones go on.
    pub fn set_draining(&self, draining: bool) {
        self.app.change(|live| live.draining = draining);
    }

    /// Moves the server's clock so far ahead of the one it was given, and not further with a second call.
    pub fn set_ahead(&self, by: Duration) {
        let by = SignedDuration::try_from(by).unwrap_or_default();
        self.app.change(|live| live.ahead = by);
    }

    /// Switches an account off or on (v2: `account_disabled`; v1 does not care).
    ///
    /// # Errors
    /// The database.
    pub async fn set_active(&self, customer_id: i64, active: bool) -> Result<(), crate::StartError> {
        let mut write = self.app.store.write().await?;
        write.set_active(customer_id, active).await?;
        Ok(write.commit().await?)
    }

    /// Gives an account another role. Tokens it has keep saying the old one; the server goes by the new one.
    ///
    /// # Errors
    /// The database.
    pub async fn set_role(&self, customer_id: i64, role: &str) -> Result<(), crate::StartError> {
        let mut write = self.app.store.write().await?;
        write.set_role(customer_id, role).await?;
        Ok(write.commit().await?)
    }

    /// The password resets "sent", oldest first.
    #[must_use]
    pub fn password_resets(&self) -> Vec<ResetMail> {
        self.app.resets().clone()
    }
}

impl std::fmt::Debug for Control {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Control").finish_non_exhaustive()
    }
}
