//! A network under the test's command: real while it is let be, else broken in one way. It counts what the client sends,
//! which the server does not see of a broken one.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::StreamExt as _;
use pmi_core::ports::{
    HttpClient, HttpClientConfig, Network, NetworkError, NetworkRequest, NetworkResponse, PortFuture,
};
use tokio::sync::{Notify, watch};

use crate::DeviceClock;

/// What the network does with a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Air {
    /// Carries it.
    Clear,
    /// Fails it at once.
    Fails(NetworkError),
    /// Swallows it: nothing ever comes back.
    Swallows,
}

/// A network that can be broken.
pub struct Broken {
    inner: HttpClient,
    air: Mutex<Air>,
    sent: watch::Sender<Vec<String>>,
    fresh: watch::Sender<u64>,
}

impl Broken {
    /// One that is whole.
    ///
    /// # Panics
    /// If there is no network stack.
    #[must_use]
    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            inner: HttpClient::new(HttpClientConfig::default()).expect("a network stack"),
            air: Mutex::new(Air::Clear),
            sent: watch::Sender::new(Vec::new()),
            fresh: watch::Sender::new(0),
        })
    }

    /// From now on it does this with what is sent.
    pub fn set(&self, air: Air) {
        *self.air() = air;
    }

    /// The paths of all requests so far.
    #[must_use]
    pub fn sent(&self) -> Vec<String> {
        self.sent.borrow().clone()
    }

    /// Forgets them.
    pub fn reset(&self) {
        self.sent.send_replace(Vec::new());
    }

    /// Returns once so many requests were sent.
    pub async fn sent_at_least(&self, count: usize) {
        let mut sent = self.sent.subscribe();
        // The sender lives as long as this network.
        let _ = sent.wait_for(|sent| sent.len() >= count).await;
    }

    /// How often fresh connections were asked for.
    #[must_use]
    pub fn fresh(&self) -> u64 {
        *self.fresh.borrow()
    }

    fn air(&self) -> MutexGuard<'_, Air> {
        self.air.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Network for Broken {
    fn send(&self, request: NetworkRequest) -> PortFuture<Result<NetworkResponse, NetworkError>> {
        // First: whoever sees the request may change the air at once, and means the next one.
        let air = self.air().clone();
        self.sent
            .send_modify(|sent| sent.push(request.url.path().to_owned()));
        match air {
            Air::Clear => self.inner.send(request),
            Air::Fails(error) => Box::pin(async move { Err(error) }),
            Air::Swallows => Box::pin(std::future::pending()),
        }
    }

    fn drop_idle(&self) {
        self.fresh.send_modify(|times| *times += 1);
        self.inner.drop_idle();
    }
}

/// Sends a POST only once it is let go, however long ago its sender has given up: as a process does that was stopped.
pub struct Stopped {
    inner: Arc<HttpClient>,
    stopped: Arc<Notify>,
    go: Arc<Notify>,
    ended: Arc<Notify>,
}

impl Stopped {
    /// One in which nothing is stopped yet.
    ///
    /// # Panics
    /// If there is no network stack.
    #[must_use]
    pub fn new() -> Arc<Self> {
        let inner = HttpClient::new(HttpClientConfig::default()).expect("a network stack");
        Arc::new(Self {
            inner: Arc::new(inner),
            stopped: Arc::default(),
            go: Arc::default(),
            ended: Arc::default(),
        })
    }

    /// Returns once a POST is stopped.
    pub async fn stopped(&self) {
        self.stopped.notified().await;
    }

    /// Lets one go, and waits for what comes of it.
    pub async fn let_go(&self) {
        self.go.notify_one();
        self.ended.notified().await;
    }
}

impl Network for Stopped {
    fn send(&self, request: NetworkRequest) -> PortFuture<Result<NetworkResponse, NetworkError>> {
        let inner = Arc::clone(&self.inner);
        if request.method != "POST" {
            return Box::pin(async move { inner.send(request).await });
        }
        let (stopped, go, ended) = (
            Arc::clone(&self.stopped),
            Arc::clone(&self.go),
            Arc::clone(&self.ended),
        );
        Box::pin(async move {
            let late = tokio::spawn(async move {
                stopped.notify_one();
                go.notified().await;
                let answer = inner.send(request).await;
                ended.notify_one();
                answer
            });
            late.await.unwrap_or(Err(NetworkError::Interrupted))
        })
    }
}

/// A network that tells a device's clock of the exchanges under way.
pub(crate) struct Watched {
    pub(crate) inner: Arc<dyn Network>,
    pub(crate) clock: DeviceClock,
}

impl Network for Watched {
    fn send(&self, request: NetworkRequest) -> PortFuture<Result<NetworkResponse, NetworkError>> {
        let (sending, under_way) = (self.inner.send(request), self.clock.exchange());
        Box::pin(async move {
            let NetworkResponse {
                status,
                headers,
                body,
            } = sending.await?;
            let body = body.inspect(move |_| {
                let _until_the_last = &under_way;
            });
            Ok(NetworkResponse {
                status,
                headers,
                body: body.boxed(),
            })
        })
    }

    fn drop_idle(&self) {
        self.inner.drop_idle();
    }
}
