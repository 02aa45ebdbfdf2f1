//! The hands of [`super::rotation`]: one refresh, or one changed password, against the disk, the lease and the server.
//!
//! The secret store is not asked: the keys are in memory since the session was opened, and a keychain that locks meanwhile
//! costs no session (scenario 5). Between any two writes to the disk lies a look at the clock or the network.

mod saving;

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::account::Account;
use super::link::{Failure, Manner};
use super::load::Stored;
use super::phase::{Session, ShownRefreshing};
use super::refresh::is_unknown;
use super::rotation::{
    Action, Came, Done, Goal, Input, LEASE, OnDisk, Pair, REQUEST, Run, came_of, decision_of,
};
use super::state::SignedIn;
use super::tokens::Tokens;
use crate::api::{ApiError, ChangePassword, Grant, Operation, Priority, Refresh, RefreshRefusal, Tries};
use crate::error::{Error, Result, SignInReason};
use crate::model::{Password, RefreshCause, SessionDecision};
use crate::ports::{BootTime, Permit, random_hex};
use crate::store::{Journal, Lease, ProcessGuard, ProcessLock, Purpose, Rotation, Spends, Taker, Written};

/// What replaces the pair.
pub(super) enum Spending {
    Refresh(RefreshCause),
    Password { current: Password, new: Password },
}

/// How it ended well.
pub(super) enum Rotated {
    /// The pair the server granted; what it says of the person.
    Granted(Stored, Grant),
    /// The same, but it could not be written down.
    Unsaved(Stored, Grant),
    /// The same, but there is no account any more to keep it for.
    Homeless(Grant),
    /// One that was there already.
    Found(Stored),
    /// There is none any more.
    Gone,
    /// The server said no for good.
    Ended(SignInReason),
    /// Why it was not done, and whether it may have been.
    Failed(Failure, Journal),
    /// Others do the same all the time.
    Busy,
}

/// One rotation under way.
pub(super) struct Rotating<'a> {
    session: &'a Arc<Session>,
    /// Has the asking shown, until the caller drops it.
    shown: &'a mut Option<ShownRefreshing>,
    account: Arc<Account>,
    /// What it is called in a lease. Drawn for each: a refresh and a changed password of one process are two.
    holder: String,
    spending: Spending,
    lease: Option<Lease>,
    lock: Option<ProcessGuard>,
    disk: Option<Rotation>,
    granted: Option<(Grant, BootTime, Option<Timestamp>)>,
    saved: Option<Tokens>,
    failure: Option<Failure>,
    why: SignInReason,
    waits: bool,
}

impl Session {
    /// Replaces the pair of the session that was seen, if nobody else has. From when it is asked for, `shown` says so: to be dropped
    /// once the session in memory is what came of it.
    pub(super) async fn rotate(
        self: &Arc<Self>,
        seen: &SignedIn,
        spending: Spending,
        shown: &mut Option<ShownRefreshing>,
    ) -> Result<Rotated> {
        // Asked for before the right to refresh is taken, which would not outlast it.
        self.link.dialect().await?;
        // What is on disk is spent.
        let seen = &self.on_disk(seen).await?;
        let goal = match spending {
            Spending::Refresh(_) => Goal::Renew,
            Spending::Password { .. } => Goal::Replace,
        };
        let mut hands = Rotating {
            session: self,
            shown,
            account: Arc::clone(&seen.account),
            holder: random_hex(&*self.ports.random)?,
            spending,
            lease: None,
            lock: None,
            disk: None,
            granted: None,
            saved: None,
            failure: None,
            why: SignInReason::SessionExpired,
            waits: false,
        };
        let ended = hands.drive(goal, seen.generation).await;
        // Also when the disk failed half way: nobody need wait for it.
        hands.release();
        let ended = hands.rescue(ended, seen.generation);
        if matches!(ended, Err(_) | Ok(Rotated::Busy)) {
            self.note_journal(seen);
        }
        ended
    }

    /// Takes over what the disk says of the spending of this pair, if it can be read.
    fn note_journal(&self, seen: &SignedIn) {
        if let Ok(Some(rotation)) = self.durable.rotation(&seen.account.id)
            && rotation.tokens.generation == seen.generation
        {
            let unknown = is_unknown(rotation.journal);
            self.note_unknown(seen.account.epoch, seen.generation, unknown);
        }
    }
}

impl Rotating<'_> {
    async fn drive(&mut self, goal: Goal, seen: i64) -> Result<Rotated> {
        let (mut run, mut action) = Run::begin(goal, seen);
        loop {
            let input = match action {
                Action::TakeLease => self.take_lease()?,
                Action::Look => self.look()?,
                Action::Wait(wait) => {
                    self.session.ports.sleep.sleep(wait).await;
                    Input::Waited
                }
                Action::Write(journal) => self.write(run.generation(), journal)?,
                Action::Send(spends) => Input::Came(self.send(run.generation(), spends).await?),
                Action::Save(spent) => self.save_patiently(run.generation(), spent).await?,
                Action::End => self.end(run.generation())?,
                Action::Release => {
                    self.release();
                    Input::Released
                }
                Action::Done(done) => return self.done(done, &run),
            };
            (run, action) = run.step(input);
        }
    }

    fn take_lease(&mut self) -> Result<Input> {
        let session = self.session;
        // Signed out elsewhere and forgotten: a lease would be for nobody.
        if session.durable.rotation(&self.account.id)?.is_none() {
            return Ok(Input::Disk(None));
        }
        if self.lock.is_none() {
            // With the process lock, whoever had the lease before is known to be dead; without it, it may be stopped.
            self.lock = ProcessLock::refreshing(&session.data_dir, &self.account.id).try_acquire()?;
        }
        let taker = Taker {
            name: &self.holder,
            locked: self.lock.is_some(),
        };
        let now = session.ports.clock.boot_time();
        let taken = session
            .durable
            .take_lease(&self.account.id, Purpose::Refresh, taker, &now, LEASE)?;
        Ok(Input::Lease(match taken {
            Ok(lease) => {
                self.lease = Some(lease);
                None
            }
            Err(left) => {
                self.lease = None;
                if !std::mem::replace(&mut self.waits, true) {
                    session
                        .audit
                        .note(SessionDecision::LeaseElsewhere { millis: millis(left) });
                }
                Some(left)
            }
        }))
    }

    fn look(&mut self) -> Result<Input> {
        let rotation = self.session.durable.rotation(&self.account.id)?;
        // Signed out and in again elsewhere, it is another session, under other keys.
        self.disk = rotation.filter(|rotation| rotation.key_name == self.account.key_name);
        Ok(Input::Disk(self.disk.as_ref().map(on_disk)))
    }

    fn write(&mut self, seen: i64, journal: Journal) -> Result<Input> {
        let Some(lease) = &self.lease else {
            return Ok(Input::Written(Written::LeaseLost));
        };
        let clock = &self.session.ports.clock;
        let written =
            self.session
                .durable
                .write_journal(lease, seen, journal, &clock.boot_time(), clock.wall())?;
        self.note_lost(written);
        Ok(Input::Written(written))
    }

    fn note_lost(&self, written: Written) {
        if written == Written::LeaseLost {
            self.session.audit.note(SessionDecision::LeaseLost);
        }
    }

    async fn send(&mut self, generation: i64, spends: Spends) -> Result<Came> {
        let asked_at = self.session.ports.clock.boot_time();
        if self.shown.is_none() {
            *self.shown = Some(self.session.show_refreshing(self.account.epoch));
        }
        let mut doubt = false;
        let result = match &self.spending {
            Spending::Refresh(cause) => {
                let cause = *cause;
                let Some(tokens) = self.tokens(spends) else {
                    return Err(Error::Internal {
                        reason: "a token pair cannot be opened".to_owned(),
                    });
                };
                self.session.audit.note(match spends {
                    Spends::Newest => SessionDecision::RefreshStarted { generation, cause },
                    Spends::Previous => SessionDecision::OldPairTried { generation },
                });
                let priority = match cause {
                    RefreshCause::Ageing => Priority::Background,
                    _ => Priority::Person,
                };
                let refresh = Refresh {
                    refresh_token: tokens.refresh.clone(),
                };
                self.ask(&refresh, None, spends, priority, &mut doubt).await
            }
            Spending::Password { current, new } => {
                let Some(tokens) = self.tokens(Spends::Newest) else {
                    return Err(Error::Internal {
                        reason: "a token pair cannot be opened".to_owned(),
                    });
                };
                let change = ChangePassword {
                    current: current.clone(),
                    new: new.clone(),
                };
                self.ask(
                    &change,
                    Some(&tokens.access),
                    Spends::Newest,
                    Priority::Person,
                    &mut doubt,
                )
                .await
            }
        };
        match result {
            Ok(grant) => {
                let server_at = self.session.server_time_at(&asked_at);
                self.granted = Some((grant, asked_at, server_at));
                Ok(Came::Granted)
            }
            Err(failure) => {
                let came = match came_of(&failure) {
                    // They say so of the last request only.
                    Came::NotApplied | Came::Withheld if doubt => Came::Lost,
                    came => came,
                };
                self.session.audit.note(decision_of(&failure, came));
                if let Failure::Api(ApiError::RefreshRefused {
                    refusal: RefreshRefusal::Definite(why),
                    ..
                }) = &failure
                {
                    self.why = *why;
                }
                self.failure = Some(failure);
                Ok(came)
            }
        }
    }

    /// Sends it under the lease; once more, in what is left of the time, if the server turns out to speak the other dialect.
    /// `doubt`: the first may have been applied whatever the second says.
    async fn ask<O: Operation<Output = Grant>>(
        &self,
        operation: &O,
        access: Option<&str>,
        spends: Spends,
        priority: Priority,
        doubt: &mut bool,
    ) -> Result<Grant, Failure> {
        let clock = &self.session.ports.clock;
        let until = clock.elapsed().saturating_add(REQUEST);
        let within = |total| match spends {
            Spends::Newest => Tries::Within { total },
            // Resent after another process has used the newest pair, it would end the family.
            Spends::Previous => Tries::Once { total },
        };
        let mut manner = Manner {
            tries: within(REQUEST),
            permit: self.permit(),
            priority,
            ..Manner::default()
        };
        let link = &self.session.link;
        let customer = Some(self.account.identity.customer);
        let before = link.known_dialect()?;
        let mut answer = link.exchange(operation, customer, access, &manner).await;
        if let Err(Failure::Api(ApiError::WrongDialect { after_unknown, .. })) = &answer
            && link.known_dialect()? != before
            && let total = until.saturating_sub(clock.elapsed())
            && !total.is_zero()
        {
            *doubt = *after_unknown;
            manner.tries = within(total);
            answer = link.exchange(operation, customer, access, &manner).await;
        }
        answer
    }

    /// Asked when the request is about to be written; before connecting if it has no body, as v1's.
    fn permit(&self) -> Option<Permit> {
        let lease = self.lease.clone()?;
        let (durable, clock) = (
            Arc::clone(&self.session.durable),
            Arc::clone(&self.session.ports.clock),
        );
        Some(Permit::new(move || {
            let now = clock.boot_time();
            !lease.is_over(&now) && durable.holds_lease(&lease, &now).unwrap_or(false)
        }))
    }

    /// The pair as the disk had it at the last look.
    fn tokens(&self, spends: Spends) -> Option<Tokens> {
        let row = &self.disk.as_ref()?.tokens;
        match spends {
            Spends::Newest => Tokens::open(&self.account.keys, row.generation, &row.sealed),
            Spends::Previous => {
                let (generation, sealed) = row.previous.as_ref()?;
                Tokens::open(&self.account.keys, *generation, sealed)
            }
        }
    }

    fn end(&mut self, seen: i64) -> Result<Input> {
        let Some(lease) = &self.lease else {
            return Ok(Input::Written(Written::LeaseLost));
        };
        let now = self.session.ports.clock.wall();
        let written = self.session.durable.end_rotation(lease, seen, self.why, now)?;
        self.note_lost(written);
        Ok(Input::Written(written))
    }

    /// Gives the lease back, if it is had: the next one need not wait until it runs out.
    fn release(&mut self) {
        // A look at the clock, so that this write, too, is a step of its own to whoever stops this process at each.
        let now = self.session.ports.clock.boot_time();
        if let Some(lease) = self.lease.take().filter(|lease| !lease.is_over(&now))
            && let Err(error) = self.session.durable.release_lease(&lease)
        {
            tracing::warn!(%error, "the right to refresh could not be given back; it runs out by itself");
        }
        self.lock = None;
    }

    fn done(&mut self, done: Done, run: &Run) -> Result<Rotated> {
        Ok(match done {
            Done::Granted => match (self.granted.take(), self.saved.take()) {
                (Some((grant, ..)), Some(tokens)) => {
                    let stored = Stored {
                        tokens,
                        generation: run.generation() + 1,
                        proven: false,
                        unknown: false,
                        unsaved: false,
                    };
                    Rotated::Granted(stored, grant)
                }
                _ => return Err(misled()),
            },
            Done::Found => {
                let found = self
                    .disk
                    .as_ref()
                    .and_then(|disk| Stored::open(&self.account.keys, disk));
                found.map_or(Rotated::Gone, Rotated::Found)
            }
            Done::Gone => Rotated::Gone,
            Done::Ended => Rotated::Ended(self.why),
            Done::Failed => match self.failure.take() {
                Some(failure) => Rotated::Failed(failure, run.journal()),
                None => return Err(misled()),
            },
            Done::Busy => Rotated::Busy,
            Done::Misled => return Err(misled()),
        })
    }
}

fn on_disk(rotation: &Rotation) -> OnDisk {
    OnDisk {
        generation: rotation.tokens.generation,
        pair: Pair {
            proven: rotation.tokens.proven,
            has_previous: rotation.tokens.previous.is_some(),
        },
        journal: rotation.journal,
    }
}

fn misled() -> Error {
    Error::Internal {
        reason: "a refresh went astray".to_owned(),
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
