//! Freshness policies: when the cached answer will do, when the server is asked, and what is shown if it does not answer.

use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use futures_util::future::BoxFuture;
use jiff::Timestamp;

use super::age::is_stale;
use super::any::AnyQuery;
use super::cached::{Held, Memory};
use super::keeping::Pending;
use super::live::{AskAgain, Heard, LiveAnswer, LiveKey, Observers, Watched};
use super::observation::Observation;
use super::{Cached, Fetched, Query};
use crate::api::Priority;
use crate::error::{Error, OfflineReason, Result};
use crate::model::{Freshness, Origin, Snapshot};
use crate::ports::Ports;
use crate::session::{Account, Session};
use crate::store::CacheFile;
use crate::tasks::{Flights, Handle};

/// What was put off is not asked for again sooner, whatever was said.
const AT_LEAST: Duration = Duration::from_secs(1);

/// Runs queries for one client.
pub(crate) struct Queries {
    pub(super) session: Arc<Session>,
    pub(super) cache: Arc<CacheFile>,
    pub(super) ports: Ports,
    pub(super) handle: Handle,
    /// By account, answer, and how many writes were settled: nobody shares a read that began before their write.
    flights: Flights<(u64, String, i64), Held>,
    memory: Mutex<Memory>,
    pub(super) observers: Arc<Observers>,
    /// What else must stay in the cache than what is observed.
    pub(super) pending: OnceLock<Pending>,
}

impl Queries {
    pub(crate) fn new(session: Arc<Session>, cache: Arc<CacheFile>, ports: Ports, handle: Handle) -> Self {
        Self {
            session,
            cache,
            ports,
            handle,
            flights: Flights::new(),
            memory: Mutex::new(Memory::new()),
            observers: Arc::default(),
            pending: OnceLock::new(),
        }
    }

    /// Has observers see fresh answers when these come again after silence, and has them looked for meanwhile; and nothing be
    /// shown any more of whoever is no longer signed in.
    pub(crate) fn start(self: &Arc<Self>) {
        let showing = Arc::downgrade(self);
        self.session.on_entering(move |epoch| {
            if let Some(queries) = showing.upgrade() {
                queries.memory().clear();
                queries.observers.end_before(epoch);
            }
        });
        let waiting = Arc::downgrade(self);
        self.session.link().probe_while(move || {
            let queries = waiting.upgrade()?;
            queries.observers.missed_in(queries.now())
        });
        self.run();
    }

    /// Goes on after a suspension: what observers miss is asked for.
    pub(crate) fn go_on(self: &Arc<Self>) {
        self.observers.cut_short();
        if !self.session.link().is_offline() {
            self.observers.ask_what_is_missed(self.now());
        }
    }

    /// What was being asked for is not any more: the client is being suspended.
    pub(crate) fn cut_short(&self) {
        self.observers.cut_short();
    }

    /// Starts what goes on beside queries. It ends with the runtime, or when the client is suspended.
    pub(crate) fn run(self: &Arc<Self>) {
        self.trim();
        let (this, mut returns) = (Arc::clone(self), self.session.link().returns());
        self.handle.spawn_loop(async move {
            while returns.changed().await.is_ok() {
                let link = this.session.link();
                if !link.is_offline() {
                    this.observers.ask_what_is_missed(this.now());
                }
            }
        });
    }

    /// Answers a query as fresh as asked for.
    pub(crate) async fn read<Q: Query>(
        self: &Arc<Self>,
        query: &Q,
        freshness: Freshness,
    ) -> Result<Snapshot<Q::Value>> {
        Ok(self.read_revised(query, freshness).await?.0)
    }

    /// The same, and how many writes were settled when the answer was asked for.
    pub(crate) async fn read_revised<Q: Query>(
        self: &Arc<Self>,
        query: &Q,
        freshness: Freshness,
    ) -> Result<(Snapshot<Q::Value>, i64)> {
        let answer = self.read_any(Arc::new(query.clone()), freshness).await?;
        self.snapshot::<Q>(answer)
    }

    fn read_any(
        self: &Arc<Self>,
        query: Arc<dyn AnyQuery>,
        freshness: Freshness,
    ) -> BoxFuture<'_, Result<Answer>> {
        Box::pin(async move {
            match self.read_once(&query, freshness).await {
                // It joined what a suspension was ending, and that is over.
                Err(Error::Suspended) if self.handle.refusal().is_none() => {
                    self.read_once(&query, freshness).await
                }
                read => read,
            }
        })
    }

    async fn read_once(self: &Arc<Self>, query: &Arc<dyn AnyQuery>, freshness: Freshness) -> Result<Answer> {
        let account = self.session.account().await?;
        let cached = self.cached(&account, &**query);
        match (freshness, cached) {
            (Freshness::CacheOnly, None) => Err(self.handle.refusal().unwrap_or_else(not_cached)),
            (Freshness::CacheOnly, Some((held, origin))) => Ok(Answer::good(held, origin)),
            (Freshness::CacheFirst, Some((held, origin))) if !self.is_stale(&**query, &held) => {
                Ok(Answer::good(held, origin))
            }
            (Freshness::CacheAndNetwork, Some((held, origin))) => {
                drop(self.ask(&account, query, Some(held.clone()), Priority::Background));
                Ok(Answer::good(held, origin))
            }
            (Freshness::NetworkOnly, cached) => {
                let held = cached.map(|(held, _)| held);
                let held = self.ask(&account, query, held, Priority::Person).await?;
                Ok(Answer::good(held, Origin::Network))
            }
            (_, None) => {
                let held = self.ask(&account, query, None, Priority::Person).await?;
                Ok(Answer::good(held, Origin::Network))
            }
            (_, Some((held, origin))) => match self
                .ask(&account, query, Some(held.clone()), Priority::Person)
                .await
            {
                Ok(newer) => Ok(Answer::good(newer, Origin::Network)),
                Err(error) if leaves_the_cache_right(&error) => Ok(Answer {
                    refresh_error: Some(error),
                    ..Answer::good(held, origin)
                }),
                Err(error) => Err(error),
            },
        }
    }

    /// Observes a query, and asks the server if the cached answer is missing or stale.
    pub(crate) async fn observe<Q: Query>(self: &Arc<Self>, query: &Q) -> Result<Observation<Q::Value>> {
        let asked: Arc<dyn AnyQuery> = Arc::new(query.clone());
        loop {
            let account = self.session.account().await?;
            let watched = self.observe_any(&account, &asked);
            let observation = self.observation_of::<Q>(watched);
            // Begun for somebody who was gone by then, it was not ended with the others.
            if self.session.epoch() == account.epoch() {
                return Ok(observation);
            }
        }
    }

    fn observation_of<Q: Query>(&self, heard: Heard) -> Observation<Q::Value> {
        Observation::new(
            heard,
            Q::MAX_AGE,
            self.session.link().server_clock().clone(),
            Arc::clone(&self.ports.sleep),
            self.handle.clone(),
            self.handle.life(),
        )
    }

    fn observe_any(self: &Arc<Self>, account: &Arc<Account>, query: &Arc<dyn AnyQuery>) -> Heard {
        let cached = self.cached(account, &**query);
        let present = cached.as_ref().map(|(held, origin)| live(held, *origin));
        let watched = Watched {
            max_age: query.max_age(),
            changed_by_writes: query.changed_by_writes(),
            ask_again: self.ask_again(account, query),
        };
        let heard = self
            .observers
            .observe(&(account.epoch(), query.name()), present, watched);
        self.session.link().looked_at();
        if cached
            .as_ref()
            .is_none_or(|(held, _)| self.is_stale(&**query, held))
        {
            // With nothing to show, a person waits.
            let priority = match cached {
                Some(_) => Priority::Background,
                None => Priority::Person,
            };
            drop(self.ask(account, query, cached.map(|(held, _)| held), priority));
        }
        heard
    }

    /// Something that is shown over the answers of this account has changed; with `ask`, so have the answers themselves.
    pub(crate) fn touch(&self, account: &Account, ask: bool) {
        self.observers.touch(account.epoch(), ask);
    }

    /// What asks the server for this answer again. Holds nothing alive, and asks for nobody else.
    fn ask_again(self: &Arc<Self>, account: &Account, query: &Arc<dyn AnyQuery>) -> AskAgain {
        let (this, epoch, query) = (Arc::downgrade(self), account.epoch(), Arc::clone(query));
        Arc::new(move || {
            let Some(this) = this.upgrade() else { return };
            // Its role may be another one by now.
            let present = this.session.present_or_ended();
            if let Some(account) = present.filter(|present| present.epoch() == epoch) {
                let cached = this.cached(&account, &*query).map(|(held, _)| held);
                drop(this.ask(&account, &query, cached, Priority::Background));
            }
        })
    }

    /// The cached answer, however old. Reads memory or disk, waits for nothing.
    pub(crate) fn peek<Q: Query>(&self, account: &Account, query: &Q) -> Option<Q::Value> {
        Some(self.peek_dated(account, query)?.value)
    }

    /// The same, with when it was confirmed (by the server's clock) and how many writes were settled when it was asked for.
    pub(crate) fn peek_dated<Q: Query>(&self, account: &Account, query: &Q) -> Option<Dated<Q::Value>> {
        let (held, _) = self.cached(account, query)?;
        Some(Dated {
            value: held.value.downcast_ref::<Q::Value>()?.clone(),
            fetched_at: held.fetched_at,
            revision: held.revision,
        })
    }

    /// Drops what is held in memory and ends every observation.
    pub(crate) fn forget(&self) {
        self.memory().clear();
        self.observers.end_all();
    }

    /// The flight that asks the server; already under way when this returns, awaited or not. Who joins one that others began
    /// has their priority.
    pub(super) fn ask(
        self: &Arc<Self>,
        account: &Arc<Account>,
        query: &Arc<dyn AnyQuery>,
        cached: Option<Held>,
        priority: Priority,
    ) -> impl Future<Output = Result<Held>> + use<> {
        let observed = (account.epoch(), query.name());
        self.observers.loading(&observed);
        let (fetching, telling) = (Arc::clone(self), Arc::clone(self));
        let again = self.ask_again(account, query);
        let (account, query) = (Arc::clone(account), Arc::clone(query));
        let revision = self.session.settled_writes(&account);
        self.flights.join_then(
            &self.handle,
            (observed.0, observed.1.clone(), revision),
            move || async move {
                let fetch = fetching.fetch(&account, &query, cached, revision);
                let fetched = priority.during(fetch).await;
                if matches!(fetched, Err(Error::Refused { .. })) {
                    fetching.drop_answer(&account, &query.name());
                }
                fetched
            },
            move |landed| match landed {
                Some(Ok(held)) => telling.observers.answered(&observed, live(held, Origin::Network)),
                Some(Err(error)) => {
                    let is_watched = telling.observers.failed(&observed, error);
                    telling.session.link().look_again();
                    if let Error::Busy { until } = error
                        && is_watched
                    {
                        telling.ask_when_wanted(observed, *until);
                    }
                }
                None => {
                    // Who asked for it while it was being ended, and goes on by now, has joined it in vain.
                    let missed = telling.observers.interrupted(&observed);
                    if missed && telling.handle.refusal().is_none() {
                        // Not here: on a runtime that is gone it would be ended at once, and again.
                        telling.handle.spawn(async move { again() });
                    }
                }
            },
        )
    }

    /// The server put it off until then: what is looked at is asked for again by itself (scenario 14).
    fn ask_when_wanted(self: &Arc<Self>, observed: LiveKey, until: Timestamp) {
        let left = until.duration_since(self.ports.clock.wall());
        let wait = Duration::try_from(left).unwrap_or_default().max(AT_LEAST);
        let (asking, timer) = (Arc::downgrade(self), self.ports.sleep.sleep(wait));
        // A suspension does not wait for it; afterwards what is missed is asked for.
        self.handle.spawn_loop(async move {
            timer.await;
            if let Some(queries) = asking.upgrade() {
                let word = Error::Busy { until };
                queries.observers.ask_what_was_put_off(&observed, &word);
            }
        });
    }

    async fn fetch(
        &self,
        account: &Arc<Account>,
        query: &Arc<dyn AnyQuery>,
        cached: Option<Held>,
        revision: i64,
    ) -> Result<Held> {
        let known = Cached {
            any: cached.is_some(),
            etag: cached.as_ref().and_then(|held| held.etag.clone()),
        };
        let asked = Arc::clone(query).fetch_any(Arc::clone(&self.session), known);
        let fetched = asked.await?;
        let now = self.now();
        let held = match (fetched, cached) {
            (Fetched::New { value, etag }, _) => {
                let json = query.to_json(&value).ok_or_else(|| Error::Internal {
                    reason: "an answer cannot be stored".to_owned(),
                })?;
                let held = Held::new(value, now, etag, revision, json.len());
                self.keep(account, &**query, &held, &json);
                held
            }
            (Fetched::NotModified, Some(cached)) => {
                let held = Held::new(cached.value, now, cached.etag, revision, cached.size);
                self.keep_confirmed(account, &**query, &held);
                held
            }
            (Fetched::NotModified, None) => {
                return Err(Error::ServerFault {
                    reason: "the server said 'not modified' to somebody who has nothing".to_owned(),
                    request_id: None,
                });
            }
        };
        Ok(held)
    }

    pub(super) fn is_stale(&self, query: &dyn AnyQuery, held: &Held) -> bool {
        is_stale(held.fetched_at, self.now(), query.max_age())
    }

    /// The server's time as well as it is known, as exact as the file keeps it.
    pub(super) fn now(&self) -> Timestamp {
        let now = self.session.link().server_now();
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }

    fn snapshot<Q: Query>(&self, answer: Answer) -> Result<(Snapshot<Q::Value>, i64)> {
        let held = answer.held;
        let value = held
            .value
            .downcast_ref::<Q::Value>()
            .ok_or_else(|| Error::Internal {
                reason: "two queries share a key".to_owned(),
            })?
            .clone();
        let snapshot = Snapshot {
            value,
            origin: answer.origin,
            fetched_at: self.session.link().on_device(held.fetched_at),
            stale: is_stale(held.fetched_at, self.now(), Q::MAX_AGE),
            refresh_error: answer.refresh_error,
        };
        Ok((snapshot, held.revision))
    }

    pub(super) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a read gives, before the type of its value is known again.
struct Answer {
    held: Held,
    origin: Origin,
    refresh_error: Option<Error>,
}

impl Answer {
    fn good(held: Held, origin: Origin) -> Self {
        Self {
            held,
            origin,
            refresh_error: None,
        }
    }
}

/// A cached answer and its age.
pub(crate) struct Dated<T> {
    pub(crate) value: T,
    pub(crate) fetched_at: Timestamp,
    pub(crate) revision: i64,
}

/// A refusal means the answer is no longer this person's to see; anything else leaves it as good as it was.
fn leaves_the_cache_right(error: &Error) -> bool {
    !matches!(
        error,
        Error::Refused { .. } | Error::Closed | Error::Suspended | Error::Unsupported { .. }
    )
}

fn not_cached() -> Error {
    Error::Offline {
        why: OfflineReason::NotCached,
        reason: "this was never read on this device: connect to the network and read it once".to_owned(),
    }
}

fn live(held: &Held, origin: Origin) -> LiveAnswer {
    LiveAnswer {
        value: Arc::clone(&held.value),
        origin,
        fetched_at: held.fetched_at,
        revision: held.revision,
    }
}
