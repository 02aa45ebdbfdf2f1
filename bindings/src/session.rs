//! Who is signed in.

use std::sync::Arc;

use pmi_core::error::SignInReason;
use pmi_core::{SessionState as Core, Watch};

use crate::client::PmiClient;
use crate::guard::guarded;
use crate::testing::Counted;
use crate::watching::Watching;

/// Where the session stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum SessionState {
    /// Not looked yet: the first call that needs an account will. Show a start screen.
    Unknown,
    /// Nobody ever signed in to this server from here, or the person signed out.
    SignedOut,
    /// Somebody is signed in.
    SignedIn,
    /// The stored session cannot be opened now: unlock the device and go on. Nobody was signed out.
    Locked,
    /// The session ended by itself: sign in again. What was read before can still be shown, and unsent work is kept.
    SignInNeeded {
        /// Why.
        why: SignInReason,
    },
}

impl From<Core> for SessionState {
    fn from(state: Core) -> Self {
        match state {
            Core::Unknown => Self::Unknown,
            Core::SignedOut => Self::SignedOut,
            Core::SignedIn | Core::Refreshing | Core::RefreshUnknown => Self::SignedIn,
            Core::Locked => Self::Locked,
            Core::SignInNeeded(why) => Self::SignInNeeded { why },
        }
    }
}

/// One who watches the session.
#[derive(uniffi::Object)]
pub struct SessionWatch(Watching<Seen>, Counted);

struct Seen {
    states: Watch<Core>,
    /// What was given last: a refresh is no change to a shell.
    given: Option<SessionState>,
}

#[uniffi::export]
impl PmiClient {
    /// Where the session stands now.
    pub fn session(&self) -> SessionState {
        guarded("session", || self.core.account().watch_state().now().into()).unwrap_or(SessionState::Unknown)
    }

    /// Watches the session from now on: the present state comes first, then each change.
    pub fn watch_session(&self) -> Arc<SessionWatch> {
        let seen = guarded("watch_session", || Seen {
            states: self.core.account().watch_state(),
            given: None,
        });
        Arc::new(SessionWatch(Watching::new(seen), Counted::new()))
    }
}

#[uniffi::export]
impl SessionWatch {
    /// The next state; `None` once the client is closed. A call that is given up loses nothing. States in between are left out if
    /// whoever watches is slow.
    pub async fn next(&self) -> Option<SessionState> {
        self.0.next(Seen::next).await
    }

    /// Ends the watch: a `next` that waits gives `None`, and so does every later one.
    pub fn cancel(&self) {
        self.0.cancel();
    }
}

impl Seen {
    async fn next(&mut self) -> Option<SessionState> {
        loop {
            let state = SessionState::from(self.states.next().await?);
            if self.given != Some(state) {
                self.given = Some(state);
                return Some(state);
            }
        }
    }
}
