//! One HTTP exchange, as the transport asks for it. An implementation sends exactly this and follows no redirect; retries,
//! deadlines, limits and what an answer means are the transport's.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use http::{HeaderMap, Method, StatusCode};
use url::Url;

use super::PortFuture;

/// Carries HTTP exchanges.
pub trait Network: Send + Sync + 'static {
    /// Sends the request and resolves with the head of the answer; dropping the future or the body ends the exchange.
    fn send(&self, request: NetworkRequest) -> PortFuture<Result<NetworkResponse, NetworkError>>;

    /// Makes the next exchange use a fresh connection: no connection that was opened before this call serves a request that is
    /// sent after it. Exchanges under way go on. Asked for after v1's limiter, which closes its connection without saying so
    /// (scenario 15), and after a connection died or fell silent (scenario 18).
    fn drop_idle(&self) {}
}

/// A request, whole. `Debug` shows neither query, headers nor body: any of them can hold a token.
pub struct NetworkRequest {
    /// The method.
    pub method: Method,
    /// Where to. v1's refresh has the token in the query, so this is never printed.
    pub url: Url,
    /// The headers; those that hold secrets are marked sensitive.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// Whether it may still be sent; `None`: it may.
    pub permit: Option<Permit>,
}

/// The right to send a request, which can end while the request waits for a connection: a process that was stopped in
/// between wakes to find that another has taken over.
///
/// A [`Network`] asks it once for each request, as late as it can: before it lets go of the last byte that lets the server
/// act. If the answer is no, that byte is never sent, the exchange ends with [`NetworkError::Withheld`], and the server has
/// certainly not acted.
#[derive(Clone)]
pub struct Permit(Arc<dyn Fn() -> bool + Send + Sync>);

impl Permit {
    /// A right that lasts as long as `ask` says so. It is called by the network's own task: it may look something up, but
    /// not wait.
    pub fn new(ask: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self(Arc::new(ask))
    }

    /// Whether the right is still there.
    #[must_use]
    pub fn is_granted(&self) -> bool {
        (self.0)()
    }
}

impl std::fmt::Debug for Permit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Permit").finish_non_exhaustive()
    }
}

impl std::fmt::Debug for NetworkRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NetworkRequest")
            .field("method", &self.method)
            .field("path", &self.url.path())
            .finish_non_exhaustive()
    }
}

/// The head of an answer, and its body as it comes, already decompressed.
pub struct NetworkResponse {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, decompressed.
    pub body: BodyStream,
}

impl std::fmt::Debug for NetworkResponse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NetworkResponse")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// A body as it comes.
pub type BodyStream = BoxStream<'static, Result<Bytes, NetworkError>>;

/// Why there was no answer, or no whole one. Never holds a URL.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NetworkError {
    /// The name did not resolve. The server saw nothing.
    #[error("the server's name does not resolve")]
    Dns,
    /// No connection within the connect time-out, or it was refused. The server saw nothing.
    #[error("no connection to the server")]
    Connect,
    /// The server's certificate or the TLS handshake was not acceptable. The server saw no request.
    #[error("the server's identity could not be proven: {0}")]
    Tls(String),
    /// The connection died after the request may have been sent.
    #[error("the connection died")]
    Interrupted,
    /// The answer's compression or framing is broken.
    #[error("the answer is damaged")]
    Damaged,
    /// Its [`Permit`] said no. The server got no complete request.
    #[error("the right to send this had ended; the server got no complete request")]
    Withheld,
    /// The request cannot be sent as it is.
    #[error("the request is not valid HTTP")]
    BadRequest,
    /// The network stack cannot be set up (no TLS roots, no verifier).
    #[error("the network stack could not start: {0}")]
    Setup(String),
}
