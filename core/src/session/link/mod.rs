//! The way to one server: which dialect it speaks, what time it has, whether it can be reached, and one exchange at a time.
//!
//! `connectivity` decides whether a call may go, and is pure; `reach` does what it says; `dialect` and `server_time` keep
//! what is known of the server over restarts.

mod connectivity;
mod dialect;
mod hush;
mod reach;
mod server_time;

use std::pin::pin;
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use futures_util::future::{BoxFuture, Either, select};
use jiff::tz::TimeZone;
use tokio::sync::{Notify, watch};

pub(super) use self::reach::PROBE_TOTAL;

use self::connectivity::Way;
use self::dialect::Known;
use self::reach::{Cut, Interest};
use self::server_time::KeptTime;
use crate::api::{AnyOperation, ApiError, Asking, Dialect, Operation, Priority, Surroundings, Tries};
use crate::audit::Audit;
use crate::error::{Error, OfflineReason, Result};
use crate::model::{Connectivity, CustomerId};
use crate::ports::{Permit, Ports};
use crate::store::{AccountId, DurableFile};
use crate::tasks::{Flights, Handle};
use crate::transport::{Fault, Origin, Transport, TransportError};

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
    kept_time: KeptTime,
    way: Mutex<Way>,
    shown: watch::Sender<Connectivity>,
    /// Counts the times that answers came, or could come, again.
    returns: watch::Sender<u64>,
    cuts: watch::Sender<Cut>,
    probes: Flights<(), ()>,
    interests: Mutex<Vec<Interest>>,
    /// Has the prober look again whether it is needed.
    prober: Notify,
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
    /// Whose call it is, if that was settled before: it is made for nobody else. `None`: for whoever is signed in now.
    pub(crate) account: Option<AccountId>,
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
        let link = Self {
            transport,
            origin,
            durable,
            ports,
            zone,
            handle,
            audit,
            known: Mutex::new(None),
            discoveries: Flights::new(),
            kept_time: KeptTime::default(),
            way: Mutex::new(Way::new()),
            shown: watch::Sender::new(Connectivity::Unknown),
            returns: watch::Sender::new(0),
            cuts: watch::Sender::new(Cut::default()),
            probes: Flights::new(),
            interests: Mutex::default(),
            prober: Notify::new(),
        };
        link.recall_server_time();
        link
    }

    /// Starts what looks for the network while there is none. It ends with the runtime, or when the client is suspended.
    pub(crate) fn start(self: &Arc<Self>) {
        let this: Weak<Self> = Arc::downgrade(self);
        self.transport.asks(this);
        self.handle.spawn_loop(Arc::clone(self).run_prober());
    }

    pub(crate) fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Sends an operation that needs nobody signed in.
    pub(crate) async fn ask<O: Operation>(self: &Arc<Self>, operation: &O) -> Result<O::Output> {
        Ok(self.exchange(operation, None, None, &Manner::default()).await?)
    }

    /// Sends one operation and reads its answer.
    pub(super) async fn exchange<O: Operation>(
        self: &Arc<Self>,
        operation: &O,
        customer: Option<CustomerId>,
        access_token: Option<&str>,
        manner: &Manner,
    ) -> Result<O::Output, Failure> {
        let asking = Asking::of(operation);
        self.exchange_any(&asking, customer, access_token, manner).await?;
        Ok(asking.value()?)
    }

    /// The same, where the value stays with the asking; gives the ETag. In a box, as it is awaited in many places.
    pub(super) fn exchange_any<'a>(
        self: &'a Arc<Self>,
        operation: &'a dyn AnyOperation,
        customer: Option<CustomerId>,
        access_token: Option<&'a str>,
        manner: &'a Manner,
    ) -> BoxFuture<'a, Result<Option<String>, Failure>> {
        Box::pin(async move {
            let dialect = self.dialect().await?;
            let since = self.ports.clock.elapsed();
            let first = self
                .exchange_in(&dialect, operation, customer, access_token, manner)
                .await;
            if let Err(Failure::Api(ApiError::WrongDialect { .. })) = first {
                let now = match self.discover_within(&manner.tries, since).await {
                    // Who sends under a lease must hear what came of the request itself.
                    Err(_) if manner.permit.is_some() => return first,
                    now => now?,
                };
                if now != dialect && manner.permit.is_none() {
                    return self
                        .exchange_in(&now, operation, customer, access_token, manner)
                        .await;
                }
            }
            first
        })
    }

    /// Asks for the dialect, in what is left of a call's time: who sends under a lease must not outlast it.
    async fn discover_within(self: &Arc<Self>, tries: &Tries, since: Duration) -> Result<Dialect> {
        let (Tries::Within { total } | Tries::Once { total }) = tries else {
            return self.discover().await;
        };
        let gone = self.ports.clock.elapsed().saturating_sub(since);
        let over = self.ports.sleep.sleep(total.saturating_sub(gone));
        match select(pin!(self.discover()), over).await {
            Either::Left((dialect, _)) => dialect,
            Either::Right(_) => Err(TransportError::unsent(Fault::Offline(OfflineReason::TimedOut)).into()),
        }
    }

    async fn exchange_in(
        self: &Arc<Self>,
        dialect: &Dialect,
        operation: &dyn AnyOperation,
        customer: Option<CustomerId>,
        access_token: Option<&str>,
        manner: &Manner,
    ) -> Result<Option<String>, Failure> {
        let around = self.around(dialect, customer);
        let mut request = operation.to_send(&around).map_err(Failure::Api)?;
        request.etag.clone_from(&manner.etag);
        request.tries = manner.tries;
        request.permit.clone_from(&manner.permit);
        request.priority = manner.priority;
        request.again = manner.again;
        request.speaks = dialect.speaks();
        if manner.priority == Priority::Person {
            self.looked_at();
        }
        self.reach().await?;
        let answer = self.send(&request, access_token).await?;
        operation.read(&around, &answer).map_err(Failure::Api)?;
        Ok(answer.etag)
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
}
