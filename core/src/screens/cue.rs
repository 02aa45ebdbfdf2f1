//! What an effect of a scene works with: the services, and a way to tell the scene what came of it.

use std::future::Future;
use std::sync::{Arc, Weak};
use std::time::Duration;

use futures_util::future::select;
use jiff::Timestamp;
use tokio::sync::watch;

use super::follow::{Opening, awake, follow, follow_once};
use super::scene::Scene;
use super::stage::Stage;
use crate::error::{Error, Result};
use crate::model::{Capabilities, Connectivity, OutboxItem, Permission, Salvage};
use crate::query::{Observation, Update};
use crate::services::{
    AccountService, BookingsService, CentersService, DiagnosticsService, Inner, NotificationsService,
    OutboxObservation, OutboxService, PlatformService, VehiclesService,
};
use crate::session::SessionState;
use crate::store::AccountId;

/// After so long a server that failed is asked again what it can do.
const TRIED_AGAIN: Duration = Duration::from_secs(60);

/// One effect's hold on its screen and on the client. The screen it does not keep open.
pub(crate) struct Cue<S: Scene> {
    stage: Weak<Stage<S>>,
    inner: Arc<Inner>,
}

/// What was heard of something that is observed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Heard<T> {
    /// It is this now.
    Now(T),
    /// It cannot be observed. Tried again when somebody signs in, or the person asks.
    Failed(Error),
    /// The account it was of is signed out: nothing of it may be shown any more.
    Over,
}

/// Something that gives its present state and then each change.
pub(crate) trait Stream: Send {
    type Item: Send;
    fn next(&mut self) -> impl Future<Output = Option<Heard<Self::Item>>> + Send;
}

impl<T: Clone + PartialEq + Send + Sync + 'static> Stream for Observation<T> {
    type Item = Update<T>;

    async fn next(&mut self) -> Option<Heard<Update<T>>> {
        let update = Self::next(self).await;
        // A person looks at it.
        self.renew();
        update.map(Heard::Now)
    }
}

impl Stream for OutboxObservation {
    type Item = Vec<OutboxItem>;

    async fn next(&mut self) -> Option<Heard<Self::Item>> {
        Some(match Self::next(self).await? {
            Ok(items) => Heard::Now(items),
            Err(error) => Heard::Failed(error),
        })
    }
}

/// Whether another network may mend it.
pub(super) fn is_network(error: &Error) -> bool {
    matches!(
        error,
        Error::Offline { .. } | Error::CaptivePortal | Error::Untrusted { .. }
    )
}

impl<S: Scene> Cue<S> {
    pub(super) fn to(stage: &Arc<Stage<S>>) -> Self {
        Self {
            stage: Arc::downgrade(stage),
            inner: Arc::clone(stage.inner()),
        }
    }

    /// Tells the scene. One that is closed hears nothing.
    pub(crate) fn tell(&self, event: S::Event) {
        if let Some(stage) = self.stage.upgrade() {
            stage.hear(event);
        }
    }

    /// Tells each change of what `open` opens, until the client is closed. Where that fails, or ends because its account is
    /// signed out, it is opened anew when the session changes, or the network that it failed for, or the person [asks](Self::ask_again).
    pub(crate) async fn follow<O, F>(
        &self,
        open: impl Fn(&Self) -> F + Send + Sync,
        event: impl Fn(Heard<O::Item>) -> S::Event + Send + Sync,
    ) where
        O: Stream,
        F: Future<Output = Result<O>> + Send,
    {
        let followed = Opening::new(self, open, event);
        if let Some(again) = self.stage.upgrade().map(|stage| stage.again().subscribe()) {
            follow(&self.inner, &followed, again).await;
        }
    }

    /// The person asks again: what [`follow`](Self::follow) could not open is opened now.
    pub(crate) fn ask_again(&self) {
        if let Some(stage) = self.stage.upgrade() {
            stage.again().send_modify(|()| {});
        }
    }

    /// As [`follow`](Self::follow), once: it ends where that fails or the account is signed out.
    pub(crate) async fn follow_once<O, F>(
        &self,
        open: impl Fn(&Self) -> F + Send + Sync,
        event: impl Fn(Heard<O::Item>) -> S::Event + Send + Sync,
    ) where
        O: Stream,
        F: Future<Output = Result<O>> + Send,
    {
        let followed = Opening::new(self, open, event);
        follow_once(&self.inner, &followed).await;
    }

    /// Returns at this time by this device's clock, and not at once.
    pub(crate) async fn until(&self, at: Timestamp) {
        let left = Duration::try_from(at.duration_since(self.now())).unwrap_or_default();
        self.inner.sleep(left.max(Duration::from_secs(1))).await;
    }

    /// What the server can do, once it is known; asked again when the network is back, the server said, or the person
    /// [asks](Self::ask_again).
    pub(crate) async fn capabilities(&self, event: impl Fn(Capabilities) -> S::Event + Send) {
        self.learn(move |can| can.ok().map(&event)).await;
    }

    /// The same, and why it is not known yet.
    pub(crate) async fn capabilities_or_why(&self, event: impl Fn(Result<Capabilities>) -> S::Event + Send) {
        self.learn(move |can| Some(event(can))).await;
    }

    async fn learn(&self, event: impl Fn(Result<Capabilities>) -> Option<S::Event> + Send) {
        let mut reach = self.connectivity();
        let Some(mut again) = self.stage.upgrade().map(|stage| stage.again().subscribe()) else {
            return;
        };
        loop {
            self.awake().await;
            reach.mark_unchanged();
            again.mark_unchanged();
            let can = self.platform().capabilities().await;
            let (is_known, later) = match &can {
                Err(Error::Suspended) => continue,
                Err(Error::Closed) => return,
                Ok(_) => (true, None),
                Err(error) if is_network(error) => (false, None),
                Err(Error::Busy { until }) => (false, Some(*until)),
                Err(_) => (false, self.now().checked_add(TRIED_AGAIN).ok()),
            };
            if let Some(event) = event(can) {
                self.tell(event);
            }
            if is_known {
                return;
            }
            let reached = std::pin::pin!(reach.changed());
            let asked = std::pin::pin!(again.changed());
            let due = std::pin::pin!(async {
                match later {
                    Some(later) => self.until(later).await,
                    None => std::future::pending().await,
                }
            });
            select(select(reached, asked), due).await;
        }
    }

    /// Whether the person may do this, by their role: now, and whenever somebody signs in or out, or is given another role.
    pub(crate) async fn may(&self, permission: &Permission, event: impl Fn(bool) -> S::Event + Send) {
        // Who signs in over somebody else is signed in, as they were.
        let (mut session, mut presence) = (self.session_states(), self.inner.session.presence());
        loop {
            session.mark_unchanged();
            presence.mark_unchanged();
            match self.may_now(permission).await {
                Err(Error::Closed) => return,
                may => self.tell(event(may.unwrap_or(false))),
            }
            let (changed, another) = (
                std::pin::pin!(session.changed()),
                std::pin::pin!(presence.changed()),
            );
            if select(changed, another).await.factor_first().0.is_err() {
                return;
            }
        }
    }

    /// The same, once. Nobody may do anything.
    pub(crate) async fn may_now(&self, permission: &Permission) -> Result<bool> {
        let can = |cue: &Self| {
            let (account, permission) = (cue.account(), permission.clone());
            async move { account.can(&permission).await }
        };
        self.awoken(can).await
    }

    /// What `ask` gives; asked again when a suspension is over.
    pub(crate) async fn awoken<T, F>(&self, ask: impl Fn(&Self) -> F + Send + Sync) -> Result<T>
    where
        F: Future<Output = Result<T>> + Send,
    {
        loop {
            self.awake().await;
            match ask(self).await {
                Err(Error::Suspended) => {}
                answer => return answer,
            }
        }
    }

    /// An operation id for one wish of the person's.
    pub(crate) fn draw(&self) -> Result<String> {
        self.inner.random_hex()
    }

    /// Returns when calls may be made: at once, or when a suspension is over.
    pub(crate) async fn awake(&self) {
        awake(&self.inner).await;
    }

    pub(crate) fn account(&self) -> AccountService {
        AccountService {
            inner: Arc::clone(&self.inner),
        }
    }

    pub(crate) fn vehicles(&self) -> VehiclesService {
        VehiclesService {
            inner: Arc::clone(&self.inner),
        }
    }

    pub(crate) fn bookings(&self) -> BookingsService {
        BookingsService {
            inner: Arc::clone(&self.inner),
        }
    }

    pub(crate) fn centers(&self) -> CentersService {
        CentersService {
            inner: Arc::clone(&self.inner),
        }
    }

    pub(crate) fn notifications(&self) -> NotificationsService {
        NotificationsService {
            inner: Arc::clone(&self.inner),
        }
    }

    pub(crate) fn outbox(&self) -> OutboxService {
        OutboxService {
            inner: Arc::clone(&self.inner),
        }
    }

    pub(crate) fn platform(&self) -> PlatformService {
        PlatformService {
            inner: Arc::clone(&self.inner),
        }
    }

    pub(crate) fn diagnostics(&self) -> DiagnosticsService {
        DiagnosticsService {
            inner: Arc::clone(&self.inner),
        }
    }

    /// What was taken out of a damaged file, until it was seen.
    pub(crate) fn salvage(&self) -> Result<Option<Salvage>> {
        Ok(Inner::guard(&self.inner)?.diagnosed.durable.salvage()?)
    }

    /// The person has seen it.
    pub(crate) fn salvage_seen(&self) -> Result<()> {
        Ok(Inner::guard(&self.inner)?.diagnosed.durable.salvage_seen()?)
    }

    /// How many writes of whoever signed in here last are not done. Needs no key, and no session.
    pub(crate) fn unsent(&self) -> Result<u32> {
        let inner = Inner::guard(&self.inner)?;
        let counts = inner
            .diagnosed
            .durable
            .outbox_counts(&inner.session.link().origin().to_string())?;
        Ok(counts.map_or(0, |counts| counts.waiting.saturating_add(counts.attention)))
    }

    /// Whose session it is, if it was opened already.
    pub(crate) fn whose(&self) -> Option<AccountId> {
        let account = self.inner.session.present_or_ended()?;
        Some(account.id().clone())
    }

    /// What this device's clock shows.
    pub(crate) fn now(&self) -> Timestamp {
        self.inner.ports().clock.wall()
    }

    /// Tells what is not done now, once, if that can be read.
    pub(crate) async fn look_at_outbox(&self, event: impl Fn(Vec<OutboxItem>) -> S::Event + Send) {
        let list = |cue: &Self| {
            let outbox = cue.outbox();
            async move { outbox.list().await }
        };
        if let Ok(items) = self.awoken(list).await {
            self.tell(event(items));
        }
    }

    /// A number that changes with the outbox.
    pub(crate) fn outbox_changes(&self) -> watch::Receiver<u64> {
        self.inner.outbox.changes()
    }

    /// What the session is, and its changes.
    pub(crate) fn session_states(&self) -> watch::Receiver<SessionState> {
        self.inner.session.states()
    }

    /// Whether the server can be reached, and its changes.
    pub(crate) fn connectivity(&self) -> watch::Receiver<Connectivity> {
        self.inner.session.link().connectivity()
    }

    /// Tells each value of a channel, the present one first.
    pub(crate) async fn watch<T: Clone + Send + Sync>(
        &self,
        mut values: watch::Receiver<T>,
        event: impl Fn(T) -> S::Event + Send,
    ) {
        loop {
            let value = values.borrow_and_update().clone();
            self.tell(event(value));
            if values.changed().await.is_err() {
                return;
            }
        }
    }
}
