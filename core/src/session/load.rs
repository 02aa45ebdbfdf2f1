//! Opening the stored session: on the first call that needs it, so that opening the client needs neither network nor keychain;
//! and again when another process has signed in or out since nobody was signed in here.
//!
//! Promised: what was read from disk never takes the place of a sign-in or sign-out that ended while it was read (scenarios 11
//! and 12); a key that cannot be read now is `Locked`, and one that is gone is told as how the session ended (5).

use std::sync::Arc;

use super::account::{Account, Identity};
use super::phase::Session;
use super::refresh::is_unknown;
use super::state::{Phase, SessionEnd, SessionState, SignedIn};
use super::tokens::Tokens;
use crate::error::{Error, Result, SignInReason};
use crate::ports::{SecretError, SecretKey};
use crate::store::{AccountId, AccountKeys, AccountRow, AccountState, Rotation, unseal_profile};

/// How often one call opens it. Each time but the first another process has signed in or out just then.
const OPENINGS: usize = 20;

impl Session {
    /// The account whose answers may be read: signed in, or ended and not yet replaced.
    pub(crate) async fn account(self: &Arc<Self>) -> Result<Arc<Account>> {
        match self.opened().await? {
            Phase::SignedIn(now) => Ok(now.account),
            Phase::Ended(account, _) => Ok(account),
            Phase::Nobody(why) => Err(Error::SignInNeeded { why }),
            Phase::Unloaded => Err(unopened()),
        }
    }

    /// The session with its tokens.
    pub(super) async fn signed_in(self: &Arc<Self>) -> Result<SignedIn> {
        match self.opened().await? {
            Phase::SignedIn(now) => Ok(now),
            Phase::Ended(_, why) | Phase::Nobody(why) => Err(Error::SignInNeeded { why }),
            Phase::Unloaded => Err(unopened()),
        }
    }

    /// The state, read from disk if it has not been yet.
    pub(crate) async fn state(self: &Arc<Self>) -> Result<SessionState> {
        match self.opened().await {
            // Another process may have found out meanwhile what became of it.
            Ok(Phase::SignedIn(now)) if now.unknown && self.adopt_newer(&now)? => {
                self.opened().await.ok();
                Ok(self.shown())
            }
            Ok(_) | Err(Error::SignInNeeded { .. } | Error::Locked { .. }) => Ok(self.shown()),
            Err(error) => Err(error),
        }
    }

    /// How the last session of the account in question ended by itself; none if the person has signed out since.
    pub(crate) fn last_ended(&self) -> Result<Option<SessionEnd>> {
        let Some(row) = self.current_row()? else {
            return Ok(None);
        };
        let ended = self.durable.last_ended(&row.id)?;
        Ok(ended.map(|(why, at)| SessionEnd { why, at }))
    }

    async fn opened(self: &Arc<Self>) -> Result<Phase> {
        for _ in 0..OPENINGS {
            let phase = self.phase();
            match &phase {
                Phase::SignedIn(_) => return Ok(phase),
                // What cannot be read says nothing new.
                Phase::Nobody(_) | Phase::Ended(..) => match self.is_changed_elsewhere(&phase) {
                    Ok(true) => match &phase {
                        Phase::Ended(account, _) if self.is_displaced(account) => {
                            self.reopen_instead_of(account.epoch);
                        }
                        _ => self.look_again(&phase),
                    },
                    Ok(false) | Err(_) => return Ok(phase),
                },
                Phase::Unloaded => {}
            }
            let this = Arc::clone(self);
            self.loads
                .join(&self.handle, (), move || async move { this.load().await })
                .await?;
            let phase = self.phase();
            // Else another caller has found meanwhile that it is to be read again.
            if !matches!(phase, Phase::Unloaded) {
                return Ok(phase);
            }
        }
        Err(unopened())
    }

    /// Whether another process has signed in or out since nobody was signed in here. One look at the disk, and no secret is
    /// asked for.
    fn is_changed_elsewhere(&self, phase: &Phase) -> Result<bool> {
        let row = self.current_row()?;
        Ok(match (phase, row) {
            (Phase::Nobody(_), row) => row.is_some_and(|row| row.state != AccountState::SignedOut),
            (Phase::Ended(account, _), Some(row)) if row.id == account.id => match row.state {
                AccountState::SignInNeeded => false,
                AccountState::SignedOut => true,
                // Unless it is the pair that these very keys could not open.
                AccountState::SignedIn => {
                    row.session_key_name != account.key_name || self.stored(&account.keys)?.is_some()
                }
            },
            (Phase::Ended(..), _) => true,
            (Phase::Unloaded | Phase::SignedIn(_), _) => false,
        })
    }

    /// Has the disk read again, of which it is known that this account's pair is no longer there. If another process has put
    /// somebody else in its place, nothing of it is shown any more, though their key may be out of reach.
    pub(super) fn gone_elsewhere(&self, account: &Account) {
        if self.is_displaced(account) {
            self.reopen_instead_of(account.epoch);
        } else {
            self.reopen(account.epoch);
        }
    }

    /// Whether it is signed out on disk, or another one is signed in. What cannot be read says nothing new.
    fn is_displaced(&self, account: &Account) -> bool {
        let row = self.current_row();
        row.is_ok_and(|row| {
            row.is_none_or(|row| row.id != account.id || row.state == AccountState::SignedOut)
        })
    }

    fn current_row(&self) -> Result<Option<AccountRow>> {
        Ok(self.durable.current_account(&self.link.origin().to_string())?)
    }

    /// Reads until nobody has signed in or out meanwhile, here or in another process: the secret store may be asked for long.
    async fn load(self: &Arc<Self>) -> Result<()> {
        // What cannot be destroyed now waits for the next start.
        let _ = self.destroy_doomed_keys().await;
        loop {
            self.unpaused().await;
            let since = self.epoch();
            if !matches!(self.phase(), Phase::Unloaded) {
                return Ok(());
            }
            let row = self.current_row()?;
            let opening = self.open(row.as_ref()).await;
            if self.current_row()?.as_ref().map(standing) != row.as_ref().map(standing) {
                continue;
            }
            match opening {
                Ok(opening) => {
                    if self.enter_opened(since, |epoch| opening.phase(epoch)) {
                        return Ok(());
                    }
                }
                Err(error) => {
                    if self.shut(row.as_ref(), &error) {
                        return Err(error);
                    }
                }
            }
        }
    }

    /// Opens what a row says, as far as this can be done.
    async fn open(&self, row: Option<&AccountRow>) -> Result<Opening> {
        let Some(row) = row else {
            return Ok(Opening::Nobody(SignInReason::NeverSignedIn));
        };
        if row.state == AccountState::SignedOut {
            return Ok(Opening::Nobody(SignInReason::SignedOut));
        }
        let keys = AccountKeys::derive(&self.session_key(row).await?, &row.id);
        let identity: Identity = row
            .profile
            .as_deref()
            .and_then(|sealed| unseal_profile(&keys, sealed))
            .and_then(|json| serde_json::from_slice(&json).ok())
            .ok_or(Error::SignInNeeded {
                why: SignInReason::KeysLost,
            })?;
        let stored = self
            .stored(&keys)?
            .filter(|_| row.state == AccountState::SignedIn);
        self.forget_lost_keys(row);
        Ok(Opening::Account {
            account: Box::new(Account {
                id: row.id.clone(),
                epoch: 0,
                key_name: row.session_key_name.clone(),
                keys,
                identity,
                outbox: Arc::default(),
            }),
            stored: stored.ok_or(row.reason.unwrap_or(SignInReason::SessionExpired)),
        })
    }

    /// Shows that the stored session cannot be opened; false if one has been meanwhile.
    fn shut(&self, row: Option<&AccountRow>, error: &Error) -> bool {
        let state = match error {
            Error::SignInNeeded { why } => SessionState::SignInNeeded(*why),
            Error::Locked { .. } => SessionState::Locked,
            _ => return true,
        };
        if let (Error::SignInNeeded { why }, Some(row)) = (error, row)
            && self.shown() != state
            && let Err(error) = self
                .durable
                .note_lost_keys(&row.id, *why, self.ports.clock.wall())
        {
            tracing::warn!(%error, "that the keys are lost could not be written down");
        }
        self.blocked(state)
    }

    /// Keys that were lost and have come back: the session did not end by that.
    fn forget_lost_keys(&self, row: &AccountRow) {
        let why = SignInReason::KeysLost;
        let noted = self.durable.last_ended(&row.id).ok().flatten();
        if noted.is_some_and(|(noted, _)| noted == why)
            && let Err(error) = self.durable.forget_lost_keys(&row.id, why)
        {
            tracing::warn!(%error, "that the keys have come back could not be written down");
        }
    }

    /// The key of a stored session. Only the store it was put in will do: another one, or none, is `Locked` (scenario 5).
    async fn session_key(&self, row: &AccountRow) -> Result<SecretKey> {
        let here = self.ports.secrets.id();
        if row.secret_store != here {
            return Err(Error::Locked {
                reason: format!(
                    "the keys of this session are in the secret store '{}', and this program was started with '{here}': start it with \
                     the one you signed in with, or sign in again",
                    row.secret_store
                ),
            });
        }
        match self.ports.secrets.get(&row.session_key_name).await {
            Ok(Some(key)) => Ok(key),
            // The row stays as it is: should the key come back, so does the session.
            Ok(None) | Err(SecretError::Corrupt(_)) => Err(Error::SignInNeeded {
                why: SignInReason::KeysLost,
            }),
            Err(error) => Err(locked(&error)),
        }
    }

    /// The pair on disk, opened.
    pub(super) fn stored(&self, keys: &AccountKeys) -> Result<Option<Stored>> {
        let rotation = self.durable.rotation(keys.account())?;
        Ok(rotation.and_then(|rotation| Stored::open(keys, &rotation)))
    }
}

/// What was read from disk.
enum Opening {
    Nobody(SignInReason),
    /// Its epoch is still to be given. Without a pair: why.
    Account {
        account: Box<Account>,
        stored: Result<Stored, SignInReason>,
    },
}

impl Opening {
    fn phase(self, epoch: u64) -> Phase {
        let (account, stored) = match self {
            Self::Nobody(why) => return Phase::Nobody(why),
            Self::Account { account, stored } => (Arc::new(Account { epoch, ..*account }), stored),
        };
        match stored {
            Err(why) => Phase::Ended(account, why),
            Ok(stored) => Phase::SignedIn(SignedIn {
                account,
                tokens: Arc::new(stored.tokens),
                generation: stored.generation,
                proven: stored.proven,
                unknown: stored.unknown,
                unsaved: stored.unsaved,
            }),
        }
    }
}

/// What of a row says who is signed in.
fn standing(row: &AccountRow) -> (&AccountId, AccountState, Option<SignInReason>, &str, &str) {
    (
        &row.id,
        row.state,
        row.reason,
        &row.secret_store,
        &row.session_key_name,
    )
}

/// A pair that was granted.
pub(super) struct Stored {
    pub(super) tokens: Tokens,
    pub(super) generation: i64,
    /// Whether a call with it has succeeded, here or in another process.
    pub(super) proven: bool,
    /// Whether its refresh token may have been spent.
    pub(super) unknown: bool,
    /// Whether it is not on disk: see [`super::unsaved`].
    pub(super) unsaved: bool,
}

impl Stored {
    pub(super) fn open(keys: &AccountKeys, rotation: &Rotation) -> Option<Self> {
        let row = &rotation.tokens;
        Some(Self {
            tokens: Tokens::open(keys, row.generation, &row.sealed)?,
            generation: row.generation,
            proven: row.proven,
            unknown: is_unknown(rotation.journal),
            unsaved: false,
        })
    }
}

/// What a secret store's failure means while a session is stored: it may open later.
pub(super) fn locked(error: &SecretError) -> Error {
    let remedy = match error {
        SecretError::Denied(_) => "allow this program to use it",
        _ => "unlock it or make it reachable",
    };
    Error::Locked {
        reason: format!("{error}; {remedy}, then try again: you are still signed in"),
    }
}

fn unopened() -> Error {
    Error::Internal {
        reason: "a session that is opened does not stay open".to_owned(),
    }
}
