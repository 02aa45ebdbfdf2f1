//! The person: signing in and out, who they are, what they may do.

use std::sync::Arc;
use std::time::Duration;

use super::inner::Inner;
use crate::api::Me;
use crate::error::{Error, Result};
use crate::model::{Customer, Freshness, NewCustomer, Password, Permission, Role, Snapshot, Unsent};
use crate::query::{Cached, Fetched, Observation, Query, read_one};
use crate::session::{Session, SessionEnd, SessionState};
use crate::tasks::{Subscription, Values, Watch};

/// Signing in and out, and the signed-in person.
#[derive(Clone)]
pub struct AccountService {
    pub(crate) inner: Arc<Inner>,
}

impl AccountService {
    /// Signs in. Once is enough: the session is kept on this device until [`sign_out`](Self::sign_out) or until the server
    /// ends it. If somebody else was signed in here, nothing of theirs stays readable.
    ///
    /// Runs to its end even if the caller stops waiting.
    ///
    /// # Errors
    /// `Refused` with `WrongCredentials` or `KnownServerDefect`; `Locked` or `Storage` if the secret store cannot keep a key
    /// (nothing is sent then); `InvalidInput`; and whatever keeps an answer from coming.
    pub async fn sign_in(&self, email: &str, password: Password) -> Result<()> {
        let (inner, email) = (self.inner()?, email.to_owned());
        self.inner
            .run(async move { inner.session.sign_in(email, password).await })
            .await
    }

    /// Creates an account and signs in to it.
    ///
    /// # Errors
    /// As [`sign_in`](Self::sign_in); `Refused` with `EmailTaken` or `Invalid`. If no answer came the account may exist: try
    /// to sign in.
    pub async fn register(&self, new: NewCustomer) -> Result<()> {
        let inner = self.inner()?;
        self.inner
            .run(async move { inner.session.register(new).await })
            .await
    }

    /// Signs out on this device, network or not: tokens, keys and everything read before are gone when it returns. Gives
    /// whether the server heard of it; if not, its session ends with its own time-out. Nobody signed in is no error.
    ///
    /// What was accepted and not done yet is the person's to decide on ([`Unsent`]). Somebody else whom another process has signed
    /// in meanwhile has decided nothing, and stays signed in: [`state`](Self::state) says so.
    ///
    /// # Errors
    /// `Unsent` if there is something to ask about: nothing was done. `Storage` if the disk or the secret store fails; what could be
    /// destroyed was. `Suspended` if that cut it short: nobody may be signed in by then, and what is left to destroy goes with `resume`.
    pub async fn sign_out(&self, unsent: Unsent) -> Result<bool> {
        let inner = self.inner()?;
        self.inner
            .run(async move {
                let _paused = inner.outbox.pause();
                let heard = inner.session.sign_out(unsent).await;
                if !matches!(heard, Err(Error::Unsent { .. })) {
                    // An idle connection keeps the last request, and with it the access token, in a buffer.
                    inner.ports().network.drop_idle();
                }
                heard
            })
            .await
    }

    /// Who is signed in. Good for 1 hour.
    ///
    /// # Errors
    /// Those of every read: `SignInNeeded`, `Locked`, and if nothing is cached `Offline`, `Busy`, `CaptivePortal`, `ServerFault`.
    pub async fn me(&self, freshness: Freshness) -> Result<Snapshot<Customer>> {
        self.inner()?.queries.read(&MeQuery, freshness).await
    }

    /// Observes who is signed in.
    ///
    /// # Errors
    /// `SignInNeeded`, `Locked`, `Storage`.
    pub async fn observe_me(&self) -> Result<Observation<Customer>> {
        self.inner()?.queries.observe(&MeQuery).await
    }

    /// The role of the signed-in person, known offline too.
    ///
    /// # Errors
    /// `SignInNeeded`, `Locked`, `Storage`.
    pub async fn role(&self) -> Result<Role> {
        Ok(self.inner()?.session.account().await?.identity().role.clone())
    }

    /// Whether the signed-in person may do this, known offline too.
    ///
    /// # Errors
    /// `SignInNeeded`, `Locked`, `Storage`.
    pub async fn can(&self, permission: &Permission) -> Result<bool> {
        Ok(self
            .inner()?
            .session
            .account()
            .await?
            .identity()
            .permissions
            .contains(permission))
    }

    /// Where the session stands, without asking the server.
    ///
    /// # Errors
    /// `Storage` if the durable file cannot be read.
    pub async fn state(&self) -> Result<SessionState> {
        self.inner()?.session.state().await
    }

    /// How this account's last session ended by itself, and when: to be told also after the next sign-in ("you were signed out
    /// because .."). `None` if none did, or if the person has signed out since.
    ///
    /// # Errors
    /// `Storage` if the durable file cannot be read; `Closed`.
    pub fn last_ended(&self) -> Result<Option<SessionEnd>> {
        self.inner()?.session.last_ended()
    }

    /// The session's state and its changes: the present one at once.
    ///
    /// # Errors
    /// `Closed`.
    pub fn states(&self) -> Result<tokio::sync::watch::Receiver<SessionState>> {
        Ok(self.inner()?.session.states())
    }

    /// The same for one who looks until the client is closed, also while it is suspended.
    #[must_use]
    pub fn watch_state(&self) -> Watch<SessionState> {
        Watch::new(self.inner.session.states(), self.inner.life())
    }

    /// Has the session's state, the present one first, given to `callback` after each change, as
    /// [`Observation::subscribe`](crate::Observation::subscribe) does; until the subscription is dropped or the client closed.
    ///
    /// # Errors
    /// `Closed`.
    pub fn subscribe_state(
        &self,
        callback: impl Fn(SessionState) + Send + Sync + 'static,
    ) -> Result<Subscription> {
        let inner = self.inner()?;
        let states = Values::of(inner.session.states());
        Ok(Subscription::start(&inner.handle(), states, callback))
    }

    pub(super) fn inner(&self) -> Result<Arc<Inner>> {
        Inner::guard(&self.inner)
    }
}

#[derive(Clone)]
pub(super) struct MeQuery;

impl Query for MeQuery {
    type Value = Customer;
    const SCHEMA: u32 = 1;
    const MAX_AGE: Duration = Duration::from_secs(3600);

    fn key(&self) -> String {
        "me".to_owned()
    }

    async fn fetch(&self, session: Arc<Session>, cached: Cached) -> Result<Fetched<Customer>> {
        Ok(match read_one(&session, &cached, &Me).await? {
            Fetched::New { value: profile, etag } => {
                // v1 names the role in its tokens only.
                let account = session.account().await?;
                let identity = account.identity();
                Fetched::New {
                    value: profile.into_customer(&identity.role, &identity.permissions),
                    etag,
                }
            }
            Fetched::NotModified => Fetched::NotModified,
        })
    }
}
