//! The session's state, and the little that may be asked of it without a network.

use std::path::PathBuf;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, RwLockWriteGuard};

use tokio::sync::watch;

use super::account::{Account, Identity};
use super::known::Known;
use super::link::Link;
use super::load::Stored;
use super::refresh::Renewed;
use super::state::{Phase, SessionState, SignedIn};
use crate::audit::Audit;
use crate::error::SignInReason;
use crate::model::SessionDecision;
use crate::ports::Ports;
use crate::store::{CacheFile, DurableFile};
use crate::tasks::{Flights, Handle};

/// What [`Session`] guards.
struct Inside {
    phase: Phase,
    known: Known,
    /// The epochs of those for whom the next pair is being asked for, once for each who asks.
    refreshing: Vec<u64>,
    /// Why the stored session could not be opened, while it could not.
    blocked: Option<SessionState>,
}

impl Inside {
    fn state(&self) -> SessionState {
        match &self.phase {
            Phase::Unloaded => match &self.blocked {
                // It is being read again, and by whoever refreshes.
                Some(SessionState::SignedIn) if !self.refreshing.is_empty() => SessionState::Refreshing,
                shown => shown.clone().unwrap_or(SessionState::Unknown),
            },
            Phase::Nobody(_) => SessionState::SignedOut,
            Phase::Ended(_, why) => SessionState::SignInNeeded(*why),
            Phase::SignedIn(now) if self.refreshing.contains(&now.account.epoch) => SessionState::Refreshing,
            Phase::SignedIn(now) if now.unknown => SessionState::RefreshUnknown,
            Phase::SignedIn(_) => SessionState::SignedIn,
        }
    }
}

impl Inside {
    /// The state, whoever refreshes: that it still is, is said by them.
    fn at_rest(&self) -> SessionState {
        match self.state() {
            SessionState::Refreshing => SessionState::SignedIn,
            shown => shown,
        }
    }
}

/// Whose answers may be written.
struct Writable {
    epoch: u64,
    /// How many are about to put somebody else, or nobody, in its place: meanwhile none is written.
    pauses: u32,
}

/// Told the epoch that was entered.
type Entered = Box<dyn Fn(u64) + Send + Sync>;

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
    /// Milliseconds on the boot clock before which nothing is refreshed ahead of time.
    pub(super) ahead_after: AtomicU64,
    inside: Mutex<Inside>,
    /// Whose answers may be written; held for reading while one is.
    writable: RwLock<Writable>,
    /// As many as in there, for who waits for the last to end.
    pauses: watch::Sender<u32>,
    states: watch::Sender<SessionState>,
    /// The same without the comings and goings of refreshes, for who sends when somebody is signed in.
    presence: watch::Sender<SessionState>,
    /// What is done before anybody hears of another epoch.
    entered: OnceLock<Entered>,
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
            ahead_after: AtomicU64::new(0),
            inside: Mutex::new(Inside {
                phase: Phase::Unloaded,
                known: Known::NotLooked,
                refreshing: Vec::new(),
                blocked: None,
            }),
            writable: RwLock::new(Writable { epoch: 0, pauses: 0 }),
            pauses: watch::Sender::new(0),
            states: watch::Sender::new(SessionState::Unknown),
            presence: watch::Sender::new(SessionState::Unknown),
            entered: OnceLock::new(),
        }
    }

    /// Has this told of each epoch that is entered, on whatever thread and under no lock, before the session shows it. Once.
    pub(crate) fn on_entering(&self, entered: impl Fn(u64) + Send + Sync + 'static) {
        let _ = self.entered.set(Box::new(entered));
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

    /// The same, as if nobody ever refreshed.
    pub(crate) fn presence(&self) -> watch::Receiver<SessionState> {
        self.presence.subscribe()
    }

    /// Runs a write of this account's data unless another account, or none, is in its place by now. Signing out waits for it.
    pub(crate) fn while_current<R>(&self, epoch: u64, write: impl FnOnce() -> R) -> Option<R> {
        let writable = self.writable.read().unwrap_or_else(PoisonError::into_inner);
        (writable.epoch == epoch && writable.pauses == 0).then(write)
    }

    /// Until this is dropped nothing is written of whoever is signed in; writes under way have ended when it returns. If nobody
    /// entered another phase meanwhile, all is then as it was.
    pub(super) fn pause(&self) -> Paused<'_> {
        self.count_pauses(|pauses| *pauses += 1);
        Paused(self)
    }

    /// Returns when nobody is about to put somebody else, or nobody, in the place of whoever is signed in.
    pub(super) async fn unpaused(&self) {
        // Its sender lives as long as this.
        let _ = self.pauses.subscribe().wait_for(|pauses| *pauses == 0).await;
    }

    fn count_pauses(&self, change: impl FnOnce(&mut u32)) {
        let mut writable = self.writable();
        change(&mut writable.pauses);
        self.pauses.send_replace(writable.pauses);
    }

    /// The epoch that is open.
    pub(crate) fn epoch(&self) -> u64 {
        self.writable.read().unwrap_or_else(PoisonError::into_inner).epoch
    }

    fn writable(&self) -> RwLockWriteGuard<'_, Writable> {
        self.writable.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn phase(&self) -> Phase {
        self.lock().phase.clone()
    }

    /// Whom this process knows, as far as it has looked.
    pub(super) fn known(&self) -> Known {
        self.lock().known.clone()
    }

    /// Enters a phase, in the next epoch.
    pub(super) fn enter(&self, phase: impl FnOnce(u64) -> Phase) {
        self.enter_if(|_, _| true, phase);
    }

    /// The same at the end of a pause: it is over before anybody hears of the phase, or what they read at once would not be kept.
    pub(super) fn enter_after(&self, paused: Paused<'_>, phase: impl FnOnce(u64) -> Phase) {
        self.enter_showing(|_, _| true, phase, None, Some(paused));
    }

    /// The same with what was read from disk since this epoch was open. False, and nothing done, if somebody has signed in or out
    /// meanwhile, or is about to: what is on disk then may be theirs, whose own epoch comes.
    pub(super) fn enter_opened(&self, since: u64, phase: impl FnOnce(u64) -> Phase) -> bool {
        self.enter_if(
            |writable, now| writable.epoch == since && writable.pauses == 0 && matches!(now, Phase::Unloaded),
            phase,
        )
    }

    /// The same in place of whoever this epoch is of, if it is still open.
    pub(super) fn enter_instead_of(&self, since: u64, phase: Phase) {
        self.enter_if(|writable, _| writable.epoch == since, |_| phase);
    }

    /// Has the disk read again, where whoever this epoch is of is no longer: nothing of them is shown any more, but for the
    /// session's state, which stays till then.
    pub(super) fn reopen_instead_of(&self, since: u64) {
        let shown = self.lock().at_rest();
        self.enter_showing(
            |writable, _| writable.epoch == since,
            |_| Phase::Unloaded,
            Some(shown),
            None,
        );
    }

    fn enter_if(
        &self,
        may: impl FnOnce(&Writable, &Phase) -> bool,
        phase: impl FnOnce(u64) -> Phase,
    ) -> bool {
        self.enter_showing(may, phase, None, None)
    }

    fn enter_showing(
        &self,
        may: impl FnOnce(&Writable, &Phase) -> bool,
        phase: impl FnOnce(u64) -> Phase,
        shown: Option<SessionState>,
        after: Option<Paused<'_>>,
    ) -> bool {
        let mut writable = self.writable();
        let mut inside = self.lock();
        if !may(&writable, &inside.phase) {
            return false;
        }
        writable.epoch += 1;
        (inside.phase, inside.blocked) = (phase(writable.epoch), shown);
        if let Some(known) = Known::of(&inside.phase) {
            inside.known = known;
        }
        let epoch = writable.epoch;
        drop((inside, writable));
        drop(after);
        if let Some(entered) = self.entered.get() {
            entered(epoch);
        }
        self.show();
        // Signed in after signed in can be somebody else: whoever sends looks again.
        self.presence.send_modify(|_| {});
        true
    }

    /// The stored session cannot be opened; this is shown until it can. False, and nothing done, if one has been opened since.
    pub(super) fn blocked(&self, state: SessionState) -> bool {
        let mut inside = self.lock();
        if !matches!(inside.phase, Phase::Unloaded) {
            return false;
        }
        inside.blocked = Some(state.clone());
        drop(inside);
        if state == SessionState::Locked {
            self.audit.note(SessionDecision::Locked);
        }
        self.show();
        true
    }

    /// Has the disk read again, of which it is known that it is no longer as it was in this phase. What is shown stays till then.
    pub(super) fn look_again(&self, before: &Phase) {
        let mut inside = self.lock();
        let same = match (&inside.phase, before) {
            (Phase::Nobody(_), Phase::Nobody(_)) => true,
            (Phase::Ended(now, _), Phase::Ended(before, _)) => now.epoch == before.epoch,
            _ => false,
        };
        if same {
            inside.blocked = Some(inside.state());
            inside.phase = Phase::Unloaded;
        }
    }

    /// Replaces the tokens of the signed-in account; one that is gone by now stays gone.
    pub(super) fn adopt(&self, epoch: u64, pair: Stored) {
        self.change(epoch, |now| {
            if now.generation < pair.generation {
                *now = SignedIn {
                    tokens: Arc::new(pair.tokens),
                    generation: pair.generation,
                    proven: pair.proven,
                    unknown: pair.unknown,
                    unsaved: pair.unsaved,
                    account: Arc::clone(&now.account),
                };
            }
        });
    }

    /// Notes whether the refresh token of this pair may have been spent.
    pub(super) fn note_unknown(&self, epoch: u64, generation: i64, unknown: bool) {
        self.change(epoch, |now| {
            if now.generation == generation {
                now.unknown = unknown;
            }
        });
    }

    /// Notes that the pair is on disk at last, under this generation.
    pub(super) fn note_saved(&self, epoch: u64, generation: i64, saved_as: i64) {
        self.change(epoch, |now| {
            if now.unsaved && now.generation == generation {
                (now.unsaved, now.generation) = (false, saved_as);
                // The disk does not know yet that it works.
                now.proven = false;
            }
        });
    }

    /// Takes over a changed role.
    pub(super) fn change_identity(&self, epoch: u64, identity: Identity) {
        self.change(epoch, |now| {
            let old = &now.account;
            let (id, keys, outbox) = (old.id.clone(), old.keys.clone(), Arc::clone(&old.outbox));
            now.account = Arc::new(Account {
                id,
                epoch,
                key_name: old.key_name.clone(),
                keys,
                identity,
                outbox,
            });
        });
    }

    /// Notes that a call with this pair worked; true the first time.
    pub(super) fn note_proven(&self, epoch: u64, generation: i64) -> bool {
        match &mut self.lock().phase {
            Phase::SignedIn(now) if now.account.epoch == epoch && now.generation == generation => {
                !std::mem::replace(&mut now.proven, true)
            }
            _ => false,
        }
    }

    /// Ends the session of this account, if it is still the one signed in. False, and nothing done, if its pair is not on disk yet:
    /// what has become of the one there says nothing of it.
    pub(super) fn end(&self, epoch: u64, why: SignInReason) -> bool {
        self.leave(epoch, false, |now| Phase::Ended(Arc::clone(&now.account), why))
    }

    /// Has the stored session opened anew, if this account is still the one in memory, and its pair not one that is still to be
    /// written down. What is shown stays till then.
    pub(super) fn reopen(&self, epoch: u64) {
        self.leave(epoch, false, |_| Phase::Unloaded);
    }

    /// The same, also if its pair is not on disk yet: there is no place for it any more.
    pub(super) fn give_up(&self, epoch: u64) {
        self.leave(epoch, true, |_| Phase::Unloaded);
    }

    fn change(&self, epoch: u64, change: impl FnOnce(&mut SignedIn)) {
        if let Phase::SignedIn(now) = &mut self.lock().phase
            && now.account.epoch == epoch
        {
            change(now);
        }
        self.show();
    }

    fn leave(&self, epoch: u64, unsaved_too: bool, to: impl FnOnce(&SignedIn) -> Phase) -> bool {
        let mut inside = self.lock();
        if let Phase::SignedIn(now) = &inside.phase
            && now.account.epoch == epoch
        {
            if now.unsaved && !unsaved_too {
                return false;
            }
            let shown = inside.at_rest();
            let phase = to(now);
            inside.blocked = matches!(phase, Phase::Unloaded).then_some(shown);
            inside.phase = phase;
        }
        drop(inside);
        self.show();
        true
    }

    /// Shows that the next pair is being asked for, until dropped; only while the account of this epoch is the one in memory.
    pub(super) fn show_refreshing(self: &Arc<Self>, epoch: u64) -> ShownRefreshing {
        self.lock().refreshing.push(epoch);
        self.show();
        ShownRefreshing {
            session: Arc::clone(self),
            epoch,
        }
    }

    /// What is shown now.
    pub(super) fn shown(&self) -> SessionState {
        self.lock().state()
    }

    /// Tells who observes, if it is another state than the last they were told. Looks while it tells, so that of two who tell at
    /// once the later does not tell the older state.
    fn show(&self) {
        let tell = |shown: &mut SessionState, state: SessionState| {
            let changed = *shown != state;
            *shown = state;
            changed
        };
        self.states.send_if_modified(|shown| tell(shown, self.shown()));
        self.presence.send_if_modified(|shown| match self.shown() {
            SessionState::Refreshing | SessionState::RefreshUnknown => tell(shown, SessionState::SignedIn),
            state => tell(shown, state),
        });
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// See [`Session::pause`].
pub(super) struct Paused<'a>(&'a Session);

impl Drop for Paused<'_> {
    fn drop(&mut self) {
        self.0.count_pauses(|pauses| *pauses -= 1);
    }
}

/// See [`Session::show_refreshing`].
pub(super) struct ShownRefreshing {
    session: Arc<Session>,
    epoch: u64,
}

impl Drop for ShownRefreshing {
    fn drop(&mut self) {
        let mut inside = self.session.lock();
        if let Some(at) = inside.refreshing.iter().position(|epoch| *epoch == self.epoch) {
            inside.refreshing.swap_remove(at);
        }
        drop(inside);
        self.session.show();
    }
}
