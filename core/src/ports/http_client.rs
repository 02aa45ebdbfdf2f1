//! The [`Network`] of desktops and phones: reqwest over rustls (ring) with the platform's own certificate verifier.
//!
//! Promises: opening it costs nothing, the network stack is built by the first exchange; a redirect is an answer, never
//! followed, and no `Referer` is sent; error texts hold no URL; [`Network::drop_idle`] retires every pooled connection;
//! dropping a future or a body ends its exchange. Does not promise any time-out but the one of connecting: deadlines are the
//! transport's, on its own clock. Plain `http` exchanges, which only go to this machine, use neither proxy nor root
//! certificates, and `localhost` is this machine whatever a name server says. Needs a tokio runtime around it.
//!
//! A request with a permit is never sent again by the stack below once the permit was asked, unless it has no body.
//!
//! Built against scenarios 15 and 18 (a pooled connection that the server closed or the network lost) and 19 (the platform
//! verifier panics on Android until it is initialised: here that is an error of [`HttpClient::new`]).

mod failure;
mod local;
mod permitted;
mod tls;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::StreamExt;
use tokio::sync::OnceCell;

use super::{Network, NetworkError, NetworkRequest, NetworkResponse, Pins, PortFuture, RootCertificate};

/// How to connect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpClientConfig {
    /// Longest time to make a connection, name look-up and TLS included. Default 10 s. Keep it below the transport's
    /// `stall`, which cannot tell a slow connection from a silent server.
    pub connect: Duration,
    /// An idle connection is not used again after this. Default 4 s: v1 closes at 5 s.
    pub idle: Duration,
    /// `User-Agent`. Default `pmi-core/` and the version.
    pub user_agent: String,
    /// Root certificates to trust besides the platform's, for a company's own authority; refused on Android, where the
    /// app's network security configuration says this. Default none.
    pub extra_roots: Vec<RootCertificate>,
    /// The public keys of which the server's own certificate must have one, besides being valid; `None`: any. Default none.
    /// With pins every connection is proven anew: sessions of TLS are not resumed.
    pub pins: Option<Pins>,
}

impl Default for HttpClientConfig {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(4),
            user_agent: concat!("pmi-core/", env!("CARGO_PKG_VERSION")).to_owned(),
            extra_roots: Vec::new(),
            pins: None,
        }
    }
}

/// The longest name, and the longest version, of an app.
const LONGEST_PRODUCT: usize = 64;

impl HttpClientConfig {
    /// The same with the app's name and version first in `User-Agent`: `app/1.2.3 pmi-core/0.1.0`. A server that takes no old
    /// apps judges by it.
    ///
    /// # Errors
    /// `InvalidInput` for `app_name` or `app_version` if it is empty, longer than 64 characters, or holds others than letters,
    /// digits and ``!#$%&'*+-.^_`|~``.
    pub fn for_app(mut self, name: &str, version: &str) -> crate::Result<Self> {
        for (field, value) in [("app_name", name), ("app_version", version)] {
            if !is_product(value) {
                return Err(crate::Error::InvalidInput {
                    field: field.to_owned(),
                    reason: "1 to 64 letters, digits, dots and hyphens, such as 1.2.3-beta".to_owned(),
                });
            }
        }
        self.user_agent = format!("{name}/{version} {}", Self::default().user_agent);
        Ok(self)
    }
}

/// Whether it can stand on either side of the stroke in `User-Agent` (a token of RFC 9110).
fn is_product(word: &str) -> bool {
    (1..=LONGEST_PRODUCT).contains(&word.len())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// HTTP/1.1 and HTTP/2 over reqwest.
pub struct HttpClient {
    shared: Arc<Shared>,
}

struct Shared {
    config: HttpClientConfig,
    /// Reading the platform's roots takes up to 65 ms, so a fresh pool does not read them again.
    tls: Mutex<Option<rustls::ClientConfig>>,
    encrypted: Lane,
    plain: Lane,
}

/// A client that is built when first needed. Its replacement has an empty pool.
type Lane = Mutex<Arc<OnceCell<reqwest::Client>>>;

impl std::fmt::Debug for HttpClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpClient").finish_non_exhaustive()
    }
}

impl HttpClient {
    /// A client that will connect as `config` says. Builds nothing yet.
    ///
    /// # Errors
    /// [`NetworkError::Setup`] when the configuration cannot be right, and on Android before
    /// `ports::android::initialise` was called.
    pub fn new(config: HttpClientConfig) -> Result<Self, NetworkError> {
        super::jvm::needed(super::jvm::is_given())
            .map_err(|missing| NetworkError::Setup(missing.to_string()))?;
        if http::HeaderValue::from_str(&config.user_agent).is_err() {
            return Err(NetworkError::Setup(
                "the user agent holds characters that no header can".to_owned(),
            ));
        }
        if cfg!(target_os = "android") && !config.extra_roots.is_empty() {
            return Err(NetworkError::Setup(
                "extra roots are set in the app's network security configuration on Android".to_owned(),
            ));
        }
        Ok(Self {
            shared: Arc::new(Shared {
                config,
                tls: Mutex::default(),
                encrypted: Lane::default(),
                plain: Lane::default(),
            }),
        })
    }
}

impl Network for HttpClient {
    fn send(&self, request: NetworkRequest) -> PortFuture<Result<NetworkResponse, NetworkError>> {
        let shared = Arc::clone(&self.shared);
        Box::pin(async move {
            let encrypted = request.url.scheme() != "http";
            let client = shared.client(encrypted).await?;
            let outgoing = client.request(request.method, request.url);
            let answer = match request.permit {
                Some(permit) if !request.body.is_empty() => {
                    permitted::send(outgoing, request.headers, request.body, permit).await?
                }
                // Without a body there is nothing to hold back once the stack has the request. Asking now is enough, though
                // a connection may still have to be made: a write that says all in its path (a cancel, a delete, "seen") can
                // be repeated.
                Some(permit) if !permit.is_granted() => return Err(NetworkError::Withheld),
                _ => outgoing
                    .headers(request.headers)
                    .body(request.body)
                    .send()
                    .await
                    .map_err(failure::of_exchange)?,
            };
            // The stack takes this header away where it undoes it: what is left nobody asked for, and nobody can read.
            let unreadable = answer.headers().contains_key(http::header::CONTENT_ENCODING);
            Ok(NetworkResponse {
                status: answer.status(),
                headers: answer.headers().clone(),
                body: if unreadable {
                    futures_util::stream::iter([Err(NetworkError::Damaged)]).boxed()
                } else {
                    answer
                        .bytes_stream()
                        .map(|part| part.map_err(failure::of_body))
                        .boxed()
                },
            })
        })
    }

    fn drop_idle(&self) {
        for lane in [&self.shared.encrypted, &self.shared.plain] {
            *lane.lock().unwrap_or_else(PoisonError::into_inner) = Arc::default();
        }
    }
}

impl Shared {
    async fn client(self: &Arc<Self>, encrypted: bool) -> Result<reqwest::Client, NetworkError> {
        let lane = if encrypted { &self.encrypted } else { &self.plain };
        let cell = Arc::clone(&lane.lock().unwrap_or_else(PoisonError::into_inner));
        let client = cell
            .get_or_try_init(|| async {
                let shared = Arc::clone(self);
                let runtime = tokio::runtime::Handle::try_current()
                    .map_err(|_| NetworkError::Setup("no tokio runtime here".to_owned()))?;
                runtime
                    .spawn_blocking(move || shared.build(encrypted))
                    .await
                    .map_err(|_| NetworkError::Setup("building the client was interrupted".to_owned()))?
            })
            .await?;
        Ok(client.clone())
    }

    /// Blocks for up to 65 ms.
    fn build(&self, encrypted: bool) -> Result<reqwest::Client, NetworkError> {
        let builder = reqwest::Client::builder()
            .user_agent(&self.config.user_agent)
            .connect_timeout(self.config.connect)
            .pool_idle_timeout(self.config.idle)
            .redirect(reqwest::redirect::Policy::none())
            // A C library undoes it in buffers of its own, which keep answers of people who are gone (docs/adr/0017).
            .no_zstd()
            .referer(false);
        let builder = if encrypted {
            builder.tls_backend_preconfigured(self.tls()?)
        } else {
            local::names(builder.no_proxy()).tls_backend_preconfigured(tls::nobody()?)
        };
        builder.build().map_err(failure::of_setup)
    }

    fn tls(&self) -> Result<rustls::ClientConfig, NetworkError> {
        let mut kept = self.tls.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(config) = kept.as_ref() {
            return Ok(config.clone());
        }
        let config = tls::platform(&self.config)?;
        *kept = Some(config.clone());
        Ok(config)
    }
}

#[cfg(test)]
mod tests;
