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

use crate::api::{ApiError, Dialect, Discover, Operation, Surroundings};
use crate::error::{Error, OfflineReason, Result};
use crate::model::CustomerId;
use crate::ports::Ports;
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
    known: Mutex<Option<Known>>,
    discoveries: Flights<(), Dialect>,
    server_time: Mutex<Option<ServerTime>>,
    offline: AtomicBool,
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
pub(super) enum Failure {
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
    ) -> Self {
        Self {
            transport,
            origin,
            durable,
            ports,
            zone,
            handle,
            known: Mutex::new(None),
            discoveries: Flights::new(),
            server_time: Mutex::new(None),
            offline: AtomicBool::new(false),
        }
    }

    pub(crate) fn origin(&self) -> &Origin {
        &self.origin
    }

    /// From now on nothing is sent, or things are sent again.
    pub(crate) fn set_offline(&self, offline: bool) {
        self.offline.store(offline, Ordering::Relaxed);
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
        Ok(self.exchange(operation, None, None, None).await?.value)
    }

    /// Sends one operation and reads its answer.
    pub(super) async fn exchange<O: Operation>(
        self: &Arc<Self>,
        operation: &O,
        customer: Option<CustomerId>,
        access_token: Option<&str>,
        etag: Option<&str>,
    ) -> Result<Exchanged<O::Output>, Failure> {
        let dialect = self.dialect().await?;
        let first = self
            .exchange_in(&dialect, operation, customer, access_token, etag)
            .await;
        if let Err(Failure::Api(ApiError::WrongDialect { .. })) = first {
            let now = self.discover().await?;
            if now != dialect {
                return self
                    .exchange_in(&now, operation, customer, access_token, etag)
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
        etag: Option<&str>,
    ) -> Result<Exchanged<O::Output>, Failure> {
        let around = Surroundings {
            dialect,
            customer,
            zone: &self.zone,
            now: self.server_now(),
        };
        let mut request = operation.request(&around).map_err(Failure::Api)?;
        request.etag = etag.map(str::to_owned);
        if self.offline.load(Ordering::Relaxed) {
            return Err(Failure::Public(Error::Offline {
                why: OfflineReason::ByRequest,
                reason: "working offline, as asked".to_owned(),
            }));
        }
        let answer = self
            .transport
            .send(&request, access_token)
            .await
            .map_err(Failure::Transport)?;
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

    /// The server's clock as its last answer told it, or this device's before the first.
    fn server_now(&self) -> Timestamp {
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
            .exchange_in(&Dialect::V1, &Discover, None, None, None)
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
