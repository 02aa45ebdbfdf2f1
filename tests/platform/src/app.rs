//! What every part of a running server shares.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

use crate::auth::Key;
use crate::config::{Config, Dialect, Limits};
use crate::control::{Gate, ResetMail, Rules, Seen};
use crate::limiter::Limiter;
use crate::store::Store;
use crate::v2::InFlight;

/// Where the signing key is kept.
pub(crate) const SIGNING_KEY: &str = "signing_key";

/// What may change while the server runs.
#[derive(Clone, Copy)]
pub(crate) struct Live {
    pub(crate) dialect: Dialect,
    pub(crate) limits: Option<Limits>,
    pub(crate) draining: bool,
    /// How far its clock is ahead of the one it was given.
    pub(crate) ahead: SignedDuration,
}

/// A running server's shared state.
pub(crate) struct App {
    pub(crate) config: Config,
    pub(crate) store: Store,
    pub(crate) rules: Arc<Mutex<Rules>>,
    /// Whether the network is up.
    pub(crate) network: watch::Sender<bool>,
    /// Whether the server is going.
    pub(crate) stopping: watch::Sender<bool>,
    /// Idempotency keys whose first request is still being answered.
    pub(crate) in_flight: InFlight,
    live: RwLock<Live>,
    key: RwLock<Key>,
    seen: Mutex<Seen>,
    limiter: Mutex<Limiter>,
    resets: Mutex<Vec<ResetMail>>,
    gates: Mutex<HashMap<String, Gate>>,
}

impl App {
    pub(crate) fn new(config: Config, store: Store, key: Key) -> Self {
        let live = Live {
            dialect: config.dialect,
            limits: config.limits,
            draining: false,
            ahead: SignedDuration::ZERO,
        };
        Self {
            config,
            store,
            rules: Arc::default(),
            network: watch::Sender::new(true),
            stopping: watch::Sender::new(false),
            in_flight: InFlight::default(),
            live: RwLock::new(live),
            key: RwLock::new(key),
            seen: Mutex::default(),
            limiter: Mutex::default(),
            resets: Mutex::default(),
            gates: Mutex::default(),
        }
    }

    /// The server's now.
    pub(crate) fn now(&self) -> Timestamp {
        let now = self.config.clock.now();
        now.checked_add(self.live().ahead).unwrap_or(now)
    }

    /// What holds at this moment.
    pub(crate) fn live(&self) -> Live {
        *self.live.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes what holds.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Live)) {
        change(&mut self.live.write().unwrap_or_else(PoisonError::into_inner));
    }

    /// The signing key.
    pub(crate) fn key(&self) -> Key {
        self.key.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn set_key(&self, key: Key) {
        *self.key.write().unwrap_or_else(PoisonError::into_inner) = key;
    }

    /// The counts. Hold it briefly.
    pub(crate) fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The buckets. Hold it briefly.
    pub(crate) fn limiter(&self) -> MutexGuard<'_, Limiter> {
        self.limiter.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The gates by name. Hold it briefly.
    pub(crate) fn gates(&self) -> MutexGuard<'_, HashMap<String, Gate>> {
        self.gates.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The resets sent. Hold it briefly.
    pub(crate) fn resets(&self) -> MutexGuard<'_, Vec<ResetMail>> {
        self.resets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where resets are appended to.
    pub(crate) fn outbox(&self) -> Option<&PathBuf> {
        self.config.password_reset_outbox.as_ref()
    }

    /// How long an access token lives, in seconds.
    pub(crate) fn access_seconds(&self) -> i64 {
        i64::try_from(self.config.access_ttl.as_secs()).unwrap_or(i64::MAX / 4_000_000)
    }

    /// How long a refresh token lives, in microseconds.
    pub(crate) fn refresh_us(&self) -> i64 {
        i64::try_from(self.config.refresh_ttl.as_micros()).unwrap_or(i64::MAX / 4)
    }
}
