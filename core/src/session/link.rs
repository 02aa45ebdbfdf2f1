//! The way to one server: which dialect it speaks, what time it has, and one exchange at a time.
//!
//! The dialect is found out once and remembered with the origin. A portal's page, HTML or a 5xx decides nothing. A v1 server
//! is asked again once a day, and whenever it answers as if a route of its dialect did not exist.

use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use tokio::runtime::Handle;
use tokio::sync::watch;

use crate::api::{ApiError, Dialect, Discover, Operation, Priority, Surroundings, Tries};
use crate::audit::Audit;
use crate::error::{Error, OfflineReason, Result};
use crate::model::{CustomerId, NetworkDecision};
use crate::ports::{Permit, Ports};
use crate::store::DurableFile;
use crate::tasks::Flights;
use crate::transport::{Origin, Transport, TransportError};

/// How long a server is believed to be still v1 before it is asked again.
const ASK_V1_AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// The way to one server.
pub(crate) struct Link {
    transport: Transport,
    origin: Origin,
    durable: Arc<DurableFile>,
    ports: Ports,
    zone: TimeZone,
    handle: Handle,
    audit: Audit,
    known: Mutex<Option<Known>>,
    discoveries: Flights<(), Dialect>,
    server_time: Mutex<Option<ServerTime>>,
    /// As the caller asked.
    offline: AtomicBool,
    /// As the shell said of the device.
    no_network: AtomicBool,
    /// Whether the last exchange got no answer.
    silent: AtomicBool,
    /// Counts the times that answers came, or could come, again.
    returns: watch::Sender<u64>,
}

/// How a call is to be made.
#[derive(Clone, Default)]
pub(crate) struct Manner {
    /// `If-None-Match`.
    pub(crate) etag: Option<String>,
    pub(crate) tries: Tries,
    /// Asked just before a request is written; a write that has one is not sent again in another dialect by itself.
    pub(crate) permit: Option<Permit>,
    pub(crate) priority: Priority,
    /// It is a repetition, and costs of the budget for retries.
    pub(crate) again: bool,
}

impl Manner {
    /// Conditional on this ETag.
    pub(crate) fn if_changed(etag: Option<&str>) -> Self {
        Self {
            etag: etag.map(str::to_owned),
            priority: Priority::of_this_task(),
            ..Self::default()
        }
    }
}

#[derive(Clone)]
struct Known {
    dialect: Dialect,
    at: Timestamp,
}

/// The server's clock at a point of our boot clock.
#[derive(Clone, Copy)]
struct ServerTime {
    date: Timestamp,
    elapsed: Duration,
}

/// Why an exchange gave no value, before it becomes a public error.
#[derive(Debug)]
pub(crate) enum Failure {
    Api(ApiError),
    Transport(TransportError),
    Public(Error),
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Api(error) => error.into(),
            Failure::Transport(error) => error.into(),
            Failure::Public(error) => error,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Public(error)
    }
}

/// A decoded answer and its ETag.
pub(super) struct Exchanged<T> {
    pub(super) value: T,
    pub(super) etag: Option<String>,
}

impl Link {
    pub(crate) fn new(
        transport: Transport,
        origin: Origin,
        durable: Arc<DurableFile>,
        ports: Ports,
        zone: TimeZone,
        handle: Handle,
        audit: Audit,
    ) -> Self {
        Self {
            transport,
            origin,
            durable,
            ports,
            zone,
            handle,
            audit,
            known: Mutex::new(None),
            discoveries: Flights::new(),
            server_time: Mutex::new(None),
            offline: AtomicBool::new(false),
            no_network: AtomicBool::new(false),
            silent: AtomicBool::new(false),
            returns: watch::Sender::new(0),
        }
    }

    pub(crate) fn origin(&self) -> &Origin {
        &self.origin
    }

    /// From now on nothing is sent, or things are sent again.
    pub(crate) fn set_offline(&self, offline: bool) {
        self.offline.store(offline, Ordering::Relaxed);
        if !offline {
            self.note_return();
        }
    }

    /// The device has a network, or has none. One that is new has none of the connections of the one before.
    pub(crate) fn set_network(&self, up: bool) {
        self.no_network.store(!up, Ordering::Relaxed);
        self.audit.note(NetworkDecision::Told { up });
        if up {
            self.ports.network.drop_idle();
            self.note_return();
        }
    }

    /// Whether nothing may be sent now.
    pub(crate) fn is_offline(&self) -> bool {
        self.offline.load(Ordering::Relaxed) || self.no_network.load(Ordering::Relaxed)
    }

    /// Changes whenever answers come again after silence, or may.
    pub(crate) fn returns(&self) -> watch::Receiver<u64> {
        self.returns.subscribe()
    }

    fn note_return(&self) {
        self.returns.send_modify(|times| *times += 1);
    }

    /// The dialect, remembered or asked for.
    pub(crate) async fn dialect(self: &Arc<Self>) -> Result<Dialect> {
        let Some(known) = self.remembered()? else {
            return self.discover().await;
        };
        let age = self.ports.clock.wall().duration_since(known.at).abs();
        if known.dialect == Dialect::V1 && age > ASK_V1_AGAIN_AFTER {
            // Meanwhile it is what it was yesterday; and it is asked once, not with every call until it answers.
            self.believe(Known {
                at: self.ports.clock.wall(),
                ..known.clone()
            });
            drop(self.discover());
        }
        Ok(known.dialect)
    }

    /// The dialect if it is known without asking.
    pub(crate) fn known_dialect(&self) -> Result<Option<Dialect>> {
        Ok(self.remembered()?.map(|known| known.dialect))
    }

    /// Sends an operation that needs nobody signed in.
    pub(crate) async fn ask<O: Operation>(self: &Arc<Self>, operation: &O) -> Result<O::Output> {
        Ok(self
            .exchange(operation, None, None, &Manner::default())
            .await?
            .value)
    }

    /// Sends one operation and reads its answer.
    pub(super) async fn exchange<O: Operation>(
        self: &Arc<Self>,
        operation: &O,
        customer: Option<CustomerId>,
        access_token: Option<&str>,
        manner: &Manner,
    ) -> Result<Exchanged<O::Output>, Failure> {
        let dialect = self.dialect().await?;
        let first = self
            .exchange_in(&dialect, operation, customer, access_token, manner)
            .await;
        if let Err(Failure::Api(ApiError::WrongDialect { .. })) = first {
            let now = self.discover().await?;
            if now != dialect && manner.permit.is_none() {
                return self
                    .exchange_in(&now, operation, customer, access_token, manner)
                    .await;
            }
        }
        first
    }

    async fn exchange_in<O: Operation>(
        &self,
        dialect: &Dialect,
        operation: &O,
        customer: Option<CustomerId>,
        access_token: Option<&str>,
        manner: &Manner,
    ) -> Result<Exchanged<O::Output>, Failure> {
        let around = self.around(dialect, customer);
        let mut request = operation.request(&around).map_err(Failure::Api)?;
        request.etag.clone_from(&manner.etag);
        request.tries = manner.tries;
        request.permit.clone_from(&manner.permit);
        request.priority = manner.priority;
        request.again = manner.again;
        request.speaks = dialect.speaks();
        if self.is_offline() {
            return Err(Failure::Public(Error::Offline {
                why: OfflineReason::ByRequest,
                reason: "working offline, as asked".to_owned(),
            }));
        }
        let answer = self
            .transport
            .send(&request, access_token)
            .await
            .map_err(|error| {
                if error.is_silence() {
                    self.silent.store(true, Ordering::Relaxed);
                }
                Failure::Transport(error)
            })?;
        if self.silent.swap(false, Ordering::Relaxed) {
            self.note_return();
        }
        if let Some(date) = answer.date {
            *self.server_time.lock().unwrap_or_else(PoisonError::into_inner) = Some(ServerTime {
                date,
                elapsed: self.ports.clock.elapsed(),
            });
        }
        let value = operation.decode(&around, &answer).map_err(Failure::Api)?;
        Ok(Exchanged {
            value,
            etag: answer.etag,
        })
    }

    fn around<'a>(&'a self, dialect: &'a Dialect, customer: Option<CustomerId>) -> Surroundings<'a> {
        Surroundings {
            dialect,
            customer,
            zone: &self.zone,
            now: self.server_now(),
        }
    }

    /// Whether the operation can be sent to this server at all, judged without sending it.
    pub(crate) fn check<O: Operation>(
        &self,
        dialect: &Dialect,
        customer: CustomerId,
        operation: &O,
    ) -> Result<()> {
        operation.request(&self.around(dialect, Some(customer)))?;
        Ok(())
    }

    /// The zone of a booking's wall time where the server does not name it.
    pub(crate) fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The server's clock as its last answer told it, or this device's before the first.
    pub(crate) fn server_now(&self) -> Timestamp {
        let told = *self.server_time.lock().unwrap_or_else(PoisonError::into_inner);
        told.and_then(|told| {
            let since =
                SignedDuration::try_from(self.ports.clock.elapsed().saturating_sub(told.elapsed)).ok()?;
            told.date.checked_add(since).ok()
        })
        .unwrap_or_else(|| self.ports.clock.wall())
    }

    fn remembered(&self) -> Result<Option<Known>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.is_none()
            && let Some((json, at)) = self.durable.dialect(&self.origin.to_string())?
        {
            // A form this version cannot read is asked for again.
            *known = serde_json::from_str(&json)
                .ok()
                .map(|dialect| Known { dialect, at });
        }
        Ok(known.clone())
    }

    /// Asks for the dialect; already under way when this returns, awaited or not.
    fn discover(self: &Arc<Self>) -> impl Future<Output = Result<Dialect>> + use<> {
        let this = Arc::clone(self);
        self.discoveries
            .join(&self.handle, (), move || async move { this.ask_dialect().await })
    }

    fn believe(&self, known: Known) {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(known);
    }

    async fn ask_dialect(&self) -> Result<Dialect> {
        // The operation is the same in both dialects.
        let dialect = self
            .exchange_in(&Dialect::V1, &Discover, None, None, &Manner::default())
            .await?
            .value;
        let at = self.ports.clock.wall();
        let json = serde_json::to_string(&dialect).map_err(|_| Error::Internal {
            reason: "a dialect cannot be stored".to_owned(),
        })?;
        if let Err(error) = self.durable.remember_dialect(&self.origin.to_string(), &json, at) {
            tracing::warn!(%error, "the server's dialect could not be remembered; it will be asked for again");
        }
        self.believe(Known {
            dialect: dialect.clone(),
            at,
        });
        Ok(dialect)
    }
}
