//! One refresh at a time, among callers and (by an OS lock) among processes.
//!
//! A new pair is on disk before anybody can use it. If it cannot be written it is not used: v2 gives the same successor
//! again and v1's old pair stays valid, so nothing is lost by asking again.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use super::account::{Account, Identity};
use super::link::{Failure, Manner};
use super::load::Stored;
use super::phase::{Session, SignedIn};
use super::tokens::{Life, Tokens};
use crate::api::{ApiError, Grant, Refresh, RefreshRefusal};
use crate::error::{Error, Result, SignInReason};
use crate::model::SessionDecision;
use crate::store::{AccountId, ProcessGuard, ProcessLock, Replaced, seal_tokens};

/// How often a process looks whether the one that refreshes is done.
const LOCK_POLL: Duration = Duration::from_millis(20);

/// How long it looks. A refresh's own deadline is the transport's; this is a little more.
const LOCK_PATIENCE: Duration = Duration::from_secs(70);

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
        let now = self.signed_in().await?;
        match now.tokens.life(&self.ports.clock.boot_time()) {
            Life::Good => Ok(now),
            Life::Ageing => {
                drop(self.start_refresh(now.generation));
                Ok(now)
            }
            Life::Over => {
                self.renew(now.generation).await?;
                self.signed_in().await
            }
        }
    }

    /// Makes sure that the pair of this generation is no longer the one in use.
    pub(super) async fn renew(self: &Arc<Self>, generation: i64) -> Result<Renewed> {
        if self.signed_in().await?.generation > generation {
            return Ok(Renewed::Found);
        }
        self.start_refresh(generation).await
    }

    fn start_refresh(self: &Arc<Self>, generation: i64) -> impl Future<Output = Result<Renewed>> + use<> {
        let this = Arc::clone(self);
        self.refreshes.join(
            &self.handle,
            (),
            move || async move { this.refresh(generation).await },
        )
    }

    async fn refresh(self: &Arc<Self>, seen: i64) -> Result<Renewed> {
        let now = self.signed_in().await?;
        if now.generation > seen {
            return Ok(Renewed::Found);
        }
        let _lock = self.lock_refresh(&now.account.id).await?;
        if self.adopt_newer(&now)? {
            return Ok(Renewed::Found);
        }
        let asked_at = self.ports.clock.boot_time();
        let refresh = Refresh {
            refresh_token: now.tokens.refresh.clone(),
        };
        match self
            .link
            .exchange(
                &refresh,
                Some(now.account.identity.customer),
                None,
                &Manner::default(),
            )
            .await
        {
            Ok(answer) => self.save_refreshed(&now, &answer.value, &Tokens::new(&answer.value, &asked_at)),
            Err(Failure::Api(ApiError::RefreshRefused {
                refusal: RefreshRefusal::Definite(why),
                ..
            })) => self.refused(&now, why),
            Err(weather) => Err(weather.into()),
        }
    }

    pub(super) fn save_refreshed(&self, now: &SignedIn, grant: &Grant, tokens: &Tokens) -> Result<Renewed> {
        let account = &now.account;
        let generation = now.generation + 1;
        let sealed = seal_tokens(&account.keys, generation, &tokens.to_bytes(), &*self.ports.random)?;
        match self
            .durable
            .replace_tokens(&account.id, now.generation, &sealed, self.ports.clock.wall())?
        {
            Replaced::Saved(generation) => {
                let granted = Stored {
                    tokens: tokens.clone(),
                    generation,
                    proven: false,
                };
                self.adopt(account.epoch, granted);
                self.take_identity(account, grant);
                Ok(Renewed::Granted)
            }
            // The OS lock should make this impossible; whoever wrote it, the pair on disk is the one to use.
            Replaced::Stale(_) | Replaced::Gone => self.adopt_newer(now).map(|_| Renewed::Found),
        }
    }

    /// A definite no ends the session, unless another process has a newer pair already.
    fn refused(&self, now: &SignedIn, why: SignInReason) -> Result<Renewed> {
        if self.adopt_newer(now)? {
            return Ok(Renewed::Found);
        }
        tracing::info!(
            ?why,
            "the server refused the refresh token; sign-in is needed, nothing else is dropped"
        );
        if !self.durable.end_session(&now.account.id, now.generation, why)? {
            return self.adopt_newer(now).map(|_| Renewed::Found);
        }
        self.end(now.account.epoch, why);
        self.audit.note(SessionDecision::Ended { why });
        Err(Error::SignInNeeded { why })
    }

    /// Takes over what another process made of the session; true if that is a newer pair.
    pub(super) fn adopt_newer(&self, now: &SignedIn) -> Result<bool> {
        let account = &now.account;
        match self.stored_tokens(&account.keys)? {
            Some(newer) if newer.generation > now.generation => {
                self.adopt(account.epoch, newer);
                Ok(true)
            }
            Some(_) => Ok(false),
            None => {
                // Ended or signed out over there: look again.
                self.reopen(account.epoch);
                Err(Error::SignInNeeded {
                    why: SignInReason::SignedOut,
                })
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

    pub(super) async fn lock_refresh(&self, account: &AccountId) -> Result<ProcessGuard> {
        let lock = ProcessLock::refreshing(&self.data_dir, account);
        let started = self.ports.clock.elapsed();
        loop {
            if let Some(guard) = lock.try_acquire()? {
                return Ok(guard);
            }
            if self.ports.clock.elapsed().saturating_sub(started) > LOCK_PATIENCE {
                return Err(Error::Busy {
                    until: self.ports.clock.wall(),
                });
            }
            self.ports.sleep.sleep(LOCK_POLL).await;
        }
    }
}
