//! The session's state, and the little that may be asked of it without a network.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use tokio::sync::watch;

use super::account::{Account, Identity};
use super::link::Link;
use super::load::Stored;
use super::refresh::Renewed;
use super::tokens::Tokens;
use crate::audit::Audit;
use crate::error::SignInReason;
use crate::ports::Ports;
use crate::store::{CacheFile, DurableFile};
use crate::tasks::{Flights, Handle};

/// What a shell shows of the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionState {
    /// Not looked yet: the first call that needs an account will.
    Unknown,
    /// Somebody is signed in.
    SignedIn,
    /// The stored session cannot be opened now: unlock the secret store and go on. Nobody was signed out.
    Locked,
    /// Sign in (again); what was read before can still be shown if the reason is not `SignedOut`.
    SignInNeeded(SignInReason),
}

/// Where the session stands.
#[derive(Clone)]
pub(super) enum Phase {
    /// Nothing was read from disk yet.
    Unloaded,
    /// Nobody is signed in.
    Nobody(SignInReason),
    /// The session is over, its account and answers are still here.
    Ended(Arc<Account>, SignInReason),
    /// Somebody is signed in.
    SignedIn(SignedIn),
}

/// A session that can be used.
#[derive(Clone)]
pub(super) struct SignedIn {
    pub(super) account: Arc<Account>,
    pub(super) tokens: Arc<Tokens>,
    /// Grows with each pair. A late 401 is told by it, not by comparing tokens: two pairs of v1 can be identical.
    pub(super) generation: i64,
    /// Whether a call with this pair has succeeded; until then the pair before is kept on disk.
    pub(super) proven: bool,
}

/// The session with one server.
pub(crate) struct Session {
    pub(super) link: Arc<Link>,
    pub(super) durable: Arc<DurableFile>,
    pub(super) cache: Arc<CacheFile>,
    /// Where the refresh lock is.
    pub(super) data_dir: PathBuf,
    pub(super) ports: Ports,
    pub(super) audit: Audit,
    pub(super) handle: Handle,
    pub(super) loads: Flights<(), ()>,
    pub(super) refreshes: Flights<(), Renewed>,
    phase: Mutex<Phase>,
    /// The epoch of the account whose answers may be written; held for reading while one is.
    writable: RwLock<u64>,
    states: watch::Sender<SessionState>,
}

impl Session {
    pub(crate) fn new(
        link: Arc<Link>,
        durable: Arc<DurableFile>,
        cache: Arc<CacheFile>,
        data_dir: PathBuf,
        ports: Ports,
        audit: Audit,
        handle: Handle,
    ) -> Self {
        Self {
            link,
            durable,
            cache,
            data_dir,
            ports,
            audit,
            handle,
            loads: Flights::new(),
            refreshes: Flights::new(),
            phase: Mutex::new(Phase::Unloaded),
            writable: RwLock::new(0),
            states: watch::Sender::new(SessionState::Unknown),
        }
    }

    pub(crate) fn link(&self) -> &Arc<Link> {
        &self.link
    }

    /// Closes both files. Late answers meet `Closed`.
    pub(crate) fn close_files(&self) {
        self.cache.close();
        self.durable.close();
    }

    /// The state now, and a receiver of its changes.
    pub(crate) fn states(&self) -> watch::Receiver<SessionState> {
        self.states.subscribe()
    }

    /// Runs a write of this account's data unless another account, or none, is in its place by now. Signing out waits for it.
    pub(crate) fn while_current<R>(&self, epoch: u64, write: impl FnOnce() -> R) -> Option<R> {
        let writable = self.writable.read().unwrap_or_else(PoisonError::into_inner);
        (*writable == epoch).then(write)
    }

    /// Opens the next epoch; writes of earlier ones have ended when it returns and do nothing from then on.
    pub(super) fn next_epoch(&self) -> u64 {
        let mut writable = self.writable.write().unwrap_or_else(PoisonError::into_inner);
        *writable += 1;
        *writable
    }

    pub(super) fn phase(&self) -> Phase {
        self.lock().clone()
    }

    pub(super) fn enter(&self, phase: Phase) {
        let state = match &phase {
            Phase::Unloaded => SessionState::Unknown,
            Phase::Nobody(why) | Phase::Ended(_, why) => SessionState::SignInNeeded(*why),
            Phase::SignedIn(_) => SessionState::SignedIn,
        };
        *self.lock() = phase;
        self.show(state);
    }

    /// Replaces the tokens of the signed-in account; one that is gone by now stays gone.
    pub(super) fn adopt(&self, epoch: u64, pair: Stored) {
        let mut phase = self.lock();
        if let Phase::SignedIn(now) = &mut *phase
            && now.account.epoch == epoch
            && now.generation < pair.generation
        {
            *now = SignedIn {
                tokens: Arc::new(pair.tokens),
                generation: pair.generation,
                proven: pair.proven,
                account: Arc::clone(&now.account),
            };
        }
    }

    /// Takes over a changed role.
    pub(super) fn change_identity(&self, epoch: u64, identity: Identity) {
        if let Phase::SignedIn(now) = &mut *self.lock()
            && now.account.epoch == epoch
        {
            let old = &now.account;
            let (id, keys, outbox) = (old.id.clone(), old.keys.clone(), Arc::clone(&old.outbox));
            now.account = Arc::new(Account {
                id,
                epoch,
                keys,
                identity,
                outbox,
            });
        }
    }

    /// Notes that a call with this pair worked; true the first time.
    pub(super) fn note_proven(&self, epoch: u64, generation: i64) -> bool {
        match &mut *self.lock() {
            Phase::SignedIn(now) if now.account.epoch == epoch && now.generation == generation => {
                !std::mem::replace(&mut now.proven, true)
            }
            _ => false,
        }
    }

    /// Ends the session of this account, if it is still the one signed in.
    pub(super) fn end(&self, epoch: u64, why: SignInReason) {
        let mut phase = self.lock();
        if let Phase::SignedIn(now) = &*phase
            && now.account.epoch == epoch
        {
            *phase = Phase::Ended(Arc::clone(&now.account), why);
            drop(phase);
            self.show(SessionState::SignInNeeded(why));
        }
    }

    /// Has the stored session opened anew, if this account is still the one in memory.
    pub(super) fn reopen(&self, epoch: u64) {
        let mut phase = self.lock();
        if matches!(&*phase, Phase::SignedIn(now) if now.account.epoch == epoch) {
            *phase = Phase::Unloaded;
            drop(phase);
            self.show(SessionState::Unknown);
        }
    }

    pub(super) fn show(&self, state: SessionState) {
        self.states.send_if_modified(|shown| {
            let changed = *shown != state;
            *shown = state;
            changed
        });
    }

    fn lock(&self) -> MutexGuard<'_, Phase> {
        self.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
