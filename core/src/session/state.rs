//! Where the session stands, and what a shell shows of it.

use std::sync::Arc;

use jiff::Timestamp;

use super::account::Account;
use super::tokens::Tokens;
use crate::error::SignInReason;

/// What a shell shows of the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionState {
    /// Not looked yet: the first call that needs an account will.
    Unknown,
    /// Nobody ever signed in to this server from here, or the person signed out.
    SignedOut,
    /// Somebody is signed in.
    SignedIn,
    /// Somebody is signed in, and the next token pair is being asked for.
    Refreshing,
    /// Somebody is signed in, and the server may or may not have given the next token pair: its answer was lost. The next call
    /// that needs it asks again; nothing is to be done.
    RefreshUnknown,
    /// The stored session cannot be opened now: unlock the secret store and go on. Nobody was signed out.
    Locked,
    /// The session ended by itself: sign in again. What was read before can still be shown, and unsent work is kept.
    SignInNeeded(SignInReason),
}

impl SessionState {
    /// Whether somebody is signed in, as far as this device knows.
    #[must_use]
    pub fn is_signed_in(&self) -> bool {
        matches!(self, Self::SignedIn | Self::Refreshing | Self::RefreshUnknown)
    }
}

/// How a session ended by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionEnd {
    /// Why.
    pub why: SignInReason,
    /// When it was found out, by the device's clock.
    pub at: Timestamp,
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
    /// Whether its refresh token may have been spent.
    pub(super) unknown: bool,
    /// Whether it could not be written down yet: see [`super::unsaved`].
    pub(super) unsaved: bool,
}
