//! A request that may be sent only while its right to be sent lasts.
//!
//! Promises: the permit is asked when the stack first takes the body, which it does with a connection in its hand: name
//! look-up, connecting, the TLS handshake and, over HTTP/2, waiting for a free stream are over. If it says no, no byte of
//! the body is sent. It is asked once: hyper sends a request again only if it never began to write it, so with the permit not
//! asked, and reqwest (after `GOAWAY` or `REFUSED_STREAM`) only if it can copy the body, which it cannot do with a stream.
//! Does not promise that the bytes leave at once: they go to the socket in the same step, but it may be full, or HTTP/2's
//! window shut.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use futures_util::stream;
use http::{HeaderMap, HeaderValue, header};

use super::failure;
use crate::ports::{NetworkError, Permit};

/// Sends the request with this body, which is not empty, if the permit allows it then.
pub(super) async fn send(
    outgoing: reqwest::RequestBuilder,
    mut headers: HeaderMap,
    body: Bytes,
    permit: Permit,
) -> Result<reqwest::Response, NetworkError> {
    // Without a length the stream would be sent in chunks, unlike the same request without a permit.
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    // Over HTTP/2 hyper only resets the stream and forgets why, so the error that comes back cannot be asked.
    let refused = Arc::new(AtomicBool::new(false));
    let tell = Arc::clone(&refused);
    let body = stream::once(async move {
        if permit.is_granted() {
            return Ok(body);
        }
        tell.store(true, Ordering::SeqCst);
        Err(NetworkError::Withheld)
    });
    let answer = outgoing
        .headers(headers)
        .body(reqwest::Body::wrap_stream(body))
        .send()
        .await;
    if refused.load(Ordering::SeqCst) {
        return Err(NetworkError::Withheld);
    }
    answer.map_err(failure::of_exchange)
}
