//! A pair that could not be written down: what a changed password granted, on a disk that is full or held by others.
//!
//! The server has ended every session of before, so that the pair on disk is worth nothing, and this one is all there is. Promised: it is
//! used from memory and written as soon as the disk takes it, before each call and before anything is asked for with what is on
//! disk; also over a session that another process has meanwhile found ended, with the old pair (scenarios 6 and 30). Not promised:
//! that it outlives the process; therefore the person is told to sign in with the new password.

use std::sync::Arc;

use super::account::Account;
use super::phase::Session;
use super::rotation::LEASE;
use super::state::{Phase, SignedIn};
use super::tokens::Tokens;
use crate::error::{Error, Result, SignInReason};
use crate::ports::random_hex;
use crate::store::{AccountState, ProcessLock, Purpose, Spends, StoreError, Taker, Written, seal_tokens};

/// What became of a try to write it down.
pub(super) enum PutDown {
    /// It is on disk, under this generation.
    Saved(i64),
    /// Others are at it.
    Busy,
    /// The account has signed out, perhaps in again, or another one has signed in: there is no place for it any more.
    Homeless,
}

impl Session {
    /// The session, its pair on disk.
    pub(super) async fn on_disk(self: &Arc<Self>, now: &SignedIn) -> Result<SignedIn> {
        let account = &now.account;
        let is_unsaved = match self.phase() {
            // Another call may have done it meanwhile.
            Phase::SignedIn(latest) if latest.account.epoch == account.epoch => {
                if !latest.unsaved {
                    return Ok(latest);
                }
                latest.generation == now.generation
            }
            _ => now.unsaved,
        };
        if !is_unsaved {
            return Ok(now.clone());
        }
        match self.put_down(account, &now.tokens)? {
            PutDown::Saved(generation) => {
                self.note_saved(account.epoch, now.generation, generation);
                Ok(SignedIn {
                    generation,
                    proven: false,
                    unsaved: false,
                    ..now.clone()
                })
            }
            PutDown::Busy => Err(Error::Busy {
                until: self.ports.clock.wall(),
            }),
            PutDown::Homeless => {
                self.give_up(account.epoch);
                // What there is instead is shown.
                drop(self.signed_in().await);
                Err(Error::SignInNeeded {
                    why: SignInReason::SignedOut,
                })
            }
        }
    }

    /// Writes a granted pair down over whatever pair of the same session is there. Under keys of another one nobody could open it
    /// again: theirs are destroyed.
    pub(super) fn put_down(&self, account: &Account, tokens: &Tokens) -> Result<PutDown> {
        let seal = |generation| -> Result<Vec<u8>, StoreError> {
            seal_tokens(&account.keys, generation, &tokens.to_bytes(), &*self.ports.random)
        };
        let Some(rotation) = self.durable.rotation(&account.id)? else {
            let Some(row) = self.durable.account(&account.id)? else {
                return Ok(PutDown::Homeless);
            };
            let generation = row.last_generation + 1;
            let ended = row.state == AccountState::SignInNeeded;
            let now = self.ports.clock.wall();
            if ended
                && self.durable.revive(
                    &account.id,
                    &account.key_name,
                    generation,
                    &seal(generation)?,
                    now,
                )?
            {
                return Ok(PutDown::Saved(generation));
            }
            return Ok(PutDown::Homeless);
        };
        let newest = &rotation.tokens;
        if rotation.key_name != account.key_name
            || Tokens::open(&account.keys, newest.generation, &newest.sealed).is_none()
        {
            return Ok(PutDown::Homeless);
        }
        let holder = random_hex(&*self.ports.random)?;
        let lock = ProcessLock::refreshing(&self.data_dir, &account.id).try_acquire()?;
        let taker = Taker {
            name: &holder,
            locked: lock.is_some(),
        };
        let now = self.ports.clock.boot_time();
        let Ok(lease) = self
            .durable
            .take_lease(&account.id, Purpose::Refresh, taker, &now, LEASE)?
        else {
            return Ok(PutDown::Busy);
        };
        let seen = newest.generation;
        let now = self.ports.clock.wall();
        let written = seal(seen + 1).and_then(|sealed| {
            self.durable
                .save_rotation(&lease, &account.key_name, seen, Spends::Newest, &sealed, now)
        });
        if let Err(error) = self.durable.release_lease(&lease) {
            tracing::warn!(%error, "the right to refresh could not be given back; it runs out by itself");
        }
        Ok(match written? {
            Written::Done => PutDown::Saved(seen + 1),
            Written::LeaseLost | Written::Stale(_) | Written::Gone => PutDown::Busy,
        })
    }
}
