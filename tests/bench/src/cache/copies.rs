//! A network that answers for any vehicle as the server did for one.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use http::{HeaderMap, StatusCode};
use pmi_core::model::VehicleId;
use pmi_core::ports::{HttpClient, Network, NetworkError, NetworkRequest, NetworkResponse, PortFuture};

/// Sends everything else to the server.
pub(super) struct Copies {
    inner: Arc<HttpClient>,
    original: VehicleId,
    first: i64,
    copied: Arc<Mutex<Option<(HeaderMap, String)>>>,
}

impl Copies {
    /// Of the original, under ids from `first`.
    pub(super) fn new(inner: Arc<HttpClient>, original: VehicleId, first: i64) -> Self {
        Self {
            inner,
            original,
            first,
            copied: Arc::default(),
        }
    }

    /// The id that is asked for, if it is a copy's.
    fn asked_for(&self, request: &NetworkRequest) -> Option<i64> {
        let path = request.url.path();
        let id = path.strip_prefix("/api/vehicles/")?.strip_suffix("/details")?;
        id.parse().ok().filter(|id| *id >= self.first)
    }
}

impl Network for Copies {
    fn send(&self, mut request: NetworkRequest) -> PortFuture<Result<NetworkResponse, NetworkError>> {
        let Some(id) = self.asked_for(&request) else {
            return self.inner.send(request);
        };
        let original = self.original.0;
        let copied = Arc::clone(&self.copied);
        let known = copied.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((headers, body)) = known {
            return Box::pin(async move { Ok(copy(headers, &body, original, id)) });
        }
        request.url.set_path(&format!("/api/vehicles/{original}/details"));
        let sent = self.inner.send(request);
        Box::pin(async move {
            let mut answer = sent.await?;
            let parts: Vec<Bytes> = answer.body.try_collect().await?;
            let body = String::from_utf8(parts.concat()).map_err(|_| NetworkError::Damaged)?;
            if answer.status != StatusCode::OK {
                return Err(NetworkError::Damaged);
            }
            answer.headers.remove("content-length");
            // The server's time was known at sign-in. That of the original would have all copies be as old as it.
            answer.headers.remove("date");
            *copied.lock().unwrap_or_else(PoisonError::into_inner) =
                Some((answer.headers.clone(), body.clone()));
            Ok(copy(answer.headers, &body, original, id))
        })
    }

    fn drop_idle(&self) {
        self.inner.drop_idle();
    }
}

fn copy(headers: HeaderMap, body: &str, original: i64, id: i64) -> NetworkResponse {
    let body = body.replace(&format!("\"id\":{original},"), &format!("\"id\":{id},"));
    NetworkResponse {
        status: StatusCode::OK,
        headers,
        body: stream::iter([Ok(Bytes::from(body))]).boxed(),
    }
}
