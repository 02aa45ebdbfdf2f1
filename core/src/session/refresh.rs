//! When a refresh is made, and what becomes of the session by it. One at a time among the callers of this process; among
//! processes that is [`super::rotation`]'s.
//!
//! Ahead of time only by a clock that can be trusted: this boot's, or the server's once an answer has told it. After a failure
//! nothing is tried ahead of time for a while: a call that needs it still tries.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::account::{Account, Identity};
use super::link::Failure;
use super::phase::Session;
use super::rotate::{Rotated, Spending};
use super::rotation::{Refused, after_refusal};
use super::state::SignedIn;
use super::tokens::Life;
use crate::api::Grant;
use crate::error::{Error, Result, SignInReason};
use crate::model::{RefreshCause, SessionDecision};
use crate::ports::BootTime;
use crate::store::Journal;

/// How long nothing is tried ahead of time after a failure.
const AHEAD_AGAIN: Duration = Duration::from_secs(30);

/// Where a newer pair came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Renewed {
    /// The server granted it just now.
    Granted,
    /// It was there already: another caller's or another process's, perhaps of long ago.
    Found,
}

impl Session {
    /// The session with an access token worth sending.
    pub(super) async fn usable(self: &Arc<Self>) -> Result<SignedIn> {
        let mut now = self.signed_in().await?;
        if now.unsaved {
            match self.on_disk(&now).await {
                Ok(saved) => now = saved,
                // There may be another session by now.
                Err(Error::SignInNeeded { .. }) => now = self.signed_in().await?,
                Err(error) => tracing::warn!(%error, "the session is only in memory still"),
            }
        }
        let boot = self.ports.clock.boot_time();
        match now.tokens.life(&boot, self.server_time()) {
            Life::Good => Ok(now),
            Life::Ageing => {
                if self.may_try_ahead(&now, &boot) {
                    drop(self.start_refresh(now.generation, RefreshCause::Ageing));
                }
                Ok(now)
            }
            Life::Over => {
                self.renew(now.generation).await?;
                self.signed_in().await
            }
        }
    }

    /// Makes sure that the pair of this generation, which is over, is no longer the one in use.
    async fn renew(self: &Arc<Self>, generation: i64) -> Result<Renewed> {
        let now = self.signed_in().await?;
        if now.generation > generation {
            return Ok(Renewed::Found);
        }
        if let Some(left) = self.guarded(&now)? {
            return Err(self.held(left, None));
        }
        self.start_refresh(generation, RefreshCause::Over).await
    }

    /// The same for a pair whose access token the server has refused (scenario 2: if it still is the one in use).
    pub(super) async fn renew_refused(
        self: &Arc<Self>,
        refused: &SignedIn,
        request_id: Option<String>,
    ) -> Result<Renewed> {
        let now = self.signed_in().await?;
        if now.generation > refused.generation {
            return Ok(Renewed::Found);
        }
        if let Some(left) = self.note_refusal(&now)? {
            return Err(self.held(left, request_id));
        }
        self.start_refresh(refused.generation, RefreshCause::Refused)
            .await
    }

    /// Judges a refused access token; how long nothing is asked for, if the server refuses what it has just granted.
    pub(super) fn note_refusal(&self, now: &SignedIn) -> Result<Option<Duration>> {
        let guard = self.durable.guard(&now.account.id)?;
        let boot = self.ports.clock.boot_time();
        let young = now.tokens.is_young(&boot, self.server_time());
        match after_refusal(guard.as_ref(), now.generation, young, &boot) {
            Refused::Refresh => Ok(None),
            Refused::Held(left) => Ok(Some(left)),
            Refused::PutUp(guard) => {
                let put = self.durable.put_guard(&now.account.id, &guard)?;
                Ok(guard.holds(now.generation, &boot).filter(|_| put))
            }
        }
    }

    fn guarded(&self, now: &SignedIn) -> Result<Option<Duration>> {
        // A pair that has worked is renewed when it is over.
        if now.proven {
            return Ok(None);
        }
        let guard = self.durable.guard(&now.account.id)?;
        Ok(guard.and_then(|guard| guard.holds(now.generation, &self.ports.clock.boot_time())))
    }

    fn held(&self, left: Duration, request_id: Option<String>) -> Error {
        self.audit.note(SessionDecision::LoopGuard {
            millis: u64::try_from(left.as_millis()).unwrap_or(u64::MAX),
        });
        refuses_its_own(request_id)
    }

    fn may_try_ahead(&self, now: &SignedIn, boot: &BootTime) -> bool {
        let quiet_until = Duration::from_millis(self.ahead_after.load(Ordering::Relaxed));
        boot.elapsed >= quiet_until && matches!(self.guarded(now), Ok(None))
    }

    fn start_refresh(
        self: &Arc<Self>,
        generation: i64,
        cause: RefreshCause,
    ) -> impl Future<Output = Result<Renewed>> + use<> {
        let this = Arc::clone(self);
        self.refreshes.join(&self.handle, (), move || async move {
            let renewed = this.refresh(generation, cause).await;
            if renewed.is_err() {
                let until = this.ports.clock.elapsed().saturating_add(AHEAD_AGAIN);
                let millis = u64::try_from(until.as_millis()).unwrap_or(u64::MAX);
                this.ahead_after.store(millis, Ordering::Relaxed);
            }
            renewed
        })
    }

    async fn refresh(self: &Arc<Self>, seen: i64, cause: RefreshCause) -> Result<Renewed> {
        let now = self.signed_in().await?;
        if now.generation > seen {
            return Ok(Renewed::Found);
        }
        let cause = if now.unknown { RefreshCause::Unknown } else { cause };
        // Until the session is what came of it.
        let mut shown = None;
        let rotated = self.rotate(&now, Spending::Refresh(cause), &mut shown).await?;
        Ok(self.take_over(&now, rotated).await??)
    }

    /// What a rotation makes of the session in memory. Within: why there is no newer pair.
    pub(super) async fn take_over(
        self: &Arc<Self>,
        before: &SignedIn,
        rotated: Rotated,
    ) -> Result<Result<Renewed, Failure>> {
        let account = &before.account;
        Ok(Ok(match rotated {
            Rotated::Granted(pair, grant) => {
                let generation = pair.generation;
                self.adopt(account.epoch, pair);
                self.take_identity(account, &grant);
                self.audit.note(SessionDecision::Refreshed { generation });
                Renewed::Granted
            }
            Rotated::Found(pair) => {
                let generation = pair.generation;
                self.adopt(account.epoch, pair);
                self.audit.note(SessionDecision::Adopted { generation });
                Renewed::Found
            }
            Rotated::Unsaved(pair, grant) => {
                let generation = pair.generation;
                self.adopt(account.epoch, pair);
                self.take_identity(account, &grant);
                self.audit.note(SessionDecision::Unsaved { generation });
                return Err(password_changed());
            }
            Rotated::Homeless(grant) => {
                // Nobody here will use it.
                self.tell_server(account, &grant.access_token).await;
                self.give_up(account.epoch);
                // What there is instead is shown.
                drop(self.signed_in().await);
                return Err(password_changed());
            }
            Rotated::Gone => {
                // Ended or signed out over there, perhaps signed in again: look.
                self.gone_elsewhere(account);
                self.signed_in().await?;
                Renewed::Found
            }
            Rotated::Ended(why) => {
                tracing::info!(
                    ?why,
                    "the server refused the refresh token; sign-in is needed, nothing else is dropped"
                );
                if !self.end(account.epoch, why) {
                    // It was another pair's than the one in memory, which outlives it (`unsaved`).
                    return Ok(Ok(Renewed::Found));
                }
                self.audit.note(SessionDecision::Ended { why });
                return Err(Error::SignInNeeded { why });
            }
            Rotated::Failed(failure, journal) => {
                let unknown = is_unknown(journal);
                self.note_unknown(account.epoch, before.generation, unknown);
                return Ok(Err(failure));
            }
            Rotated::Busy => {
                return Err(Error::Busy {
                    until: self.ports.clock.wall(),
                });
            }
        }))
    }

    /// Takes over what another process made of the session; true if that is a newer pair.
    pub(super) fn adopt_newer(&self, now: &SignedIn) -> Result<bool> {
        let account = &now.account;
        if now.unsaved {
            return Ok(false);
        }
        match self.stored(&account.keys)? {
            Some(newer) if newer.generation > now.generation => {
                self.audit.note(SessionDecision::Adopted {
                    generation: newer.generation,
                });
                self.adopt(account.epoch, newer);
                Ok(true)
            }
            Some(_) => Ok(false),
            None => {
                self.gone_elsewhere(account);
                Ok(true)
            }
        }
    }

    /// A role may have changed since the sign-in.
    fn take_identity(&self, account: &Arc<Account>, grant: &Grant) {
        let identity = Identity::of(grant);
        if identity == account.identity {
            return;
        }
        let saved = identity
            .seal(&account.keys, &*self.ports.random)
            .and_then(|sealed| self.durable.save_profile(&account.id, &sealed));
        if let Err(error) = saved {
            tracing::warn!(%error, "the new role could not be written down; it will be asked for again");
        }
        self.change_identity(account.epoch, identity);
    }

    /// The server's time, once an answer has told it.
    pub(super) fn server_time(&self) -> Option<Timestamp> {
        self.link.server_time_known()
    }

    /// The same at an earlier point of this boot.
    pub(super) fn server_time_at(&self, at: &BootTime) -> Option<Timestamp> {
        let since = self.ports.clock.elapsed().saturating_sub(at.elapsed);
        self.server_time()?
            .checked_sub(SignedDuration::try_from(since).ok()?)
            .ok()
    }
}

/// Refused, so certainly not applied: no `ServerFault` of the api, which would leave that open.
pub(super) fn refuses_its_own(request_id: Option<String>) -> Error {
    Error::ServerFault {
        reason: "the server refuses a token it has just issued: try again later".to_owned(),
        request_id,
    }
}

/// There is a new pair, and no place for it on disk.
fn password_changed() -> Error {
    Error::SignInNeeded {
        why: SignInReason::PasswordChanged,
    }
}

/// Whether a try with the present tokens may have been applied.
pub(super) fn is_unknown(journal: Journal) -> bool {
    matches!(journal, Journal::Unknown { .. } | Journal::Intended { .. })
}
