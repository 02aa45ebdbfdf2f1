//! A [`WireRequest`] with origin, token and headers: what is handed to the network.
//!
//! Promises: the token goes into one header, marked sensitive, and only if the request asks for it; each call has one random
//! id, each attempt a number after it (`<32 hex digits>-<attempt>`), so that a server's log shows which attempts belong
//! together; bodies are wiped when the last copy of ours is dropped.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use url::Url;

use super::{Fault, Origin};
use crate::api::{Auth, WireRequest};
use crate::ports::{NetworkRequest, Permit, Random};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// All attempts of one call.
pub(super) struct Envelope {
    pub(super) method: Method,
    /// Where the next attempt goes; a redirect changes it.
    pub(super) url: Url,
    headers: HeaderMap,
    body: Bytes,
    permit: Option<Permit>,
    id: String,
}

impl Envelope {
    pub(super) fn new(
        origin: &Origin,
        request: &WireRequest,
        access_token: Option<&str>,
        random: &dyn Random,
    ) -> Result<Self, Fault> {
        let mut id = [0; 16];
        random
            .fill(&mut id)
            .map_err(|why| Fault::Setup(why.to_string()))?;
        Ok(Self {
            method: request.method.clone(),
            url: url(origin, request)?,
            headers: headers(request, access_token)?,
            body: request
                .body
                .as_ref()
                .map_or_else(Bytes::new, |body| Bytes::from_owner(body.clone())),
            permit: request.permit.clone(),
            id: format!("{:032x}", u128::from_be_bytes(id)),
        })
    }

    /// The id of the attempt with this number.
    pub(super) fn id(&self, attempt: u32) -> String {
        format!("{}-{attempt}", self.id)
    }

    /// The attempt with this id.
    pub(super) fn attempt(&self, id: &str) -> NetworkRequest {
        let mut headers = self.headers.clone();
        if let Ok(id) = HeaderValue::from_str(id) {
            headers.insert(REQUEST_ID, id);
        }
        NetworkRequest {
            method: self.method.clone(),
            url: self.url.clone(),
            headers,
            body: self.body.clone(),
            permit: self.permit.clone(),
        }
    }
}

fn url(origin: &Origin, request: &WireRequest) -> Result<Url, Fault> {
    let bad = Fault::InvalidRequest("the path is not an absolute path");
    let mut url = origin.url().clone();
    if !request.path.starts_with('/') {
        return Err(bad);
    }
    url.set_path(&request.path);
    // Whatever the parser had to change (a dot segment, a question mark, a space) was not encoded as it should have been.
    if url.path() != request.path || !origin.owns(&url) {
        return Err(bad);
    }
    if !request.query.is_empty() {
        let mut query = url.query_pairs_mut();
        for (name, value) in &request.query {
            query.append_pair(name, value);
        }
    }
    Ok(url)
}

fn headers(request: &WireRequest, access_token: Option<&str>) -> Result<HeaderMap, Fault> {
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    if request.body.is_some() {
        let media = HeaderValue::from_static(request.media.as_word());
        headers.insert(header::CONTENT_TYPE, media);
    } else if request.method != Method::GET && request.method != Method::HEAD {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    if request.auth == Auth::Bearer {
        let token = access_token.ok_or(Fault::InvalidRequest("the access token is missing"))?;
        let bearer = zeroize::Zeroizing::new(format!("Bearer {token}"));
        let mut value = value(&bearer, "the access token cannot be a header")?;
        value.set_sensitive(true);
        headers.insert(header::AUTHORIZATION, value);
    }
    let optional = [
        (header::IF_NONE_MATCH, &request.etag),
        (header::IF_MATCH, &request.if_match),
        (
            HeaderName::from_static("idempotency-key"),
            &request.idempotency_key,
        ),
    ];
    for (name, text) in optional {
        if let Some(text) = text {
            headers.insert(name, value(text, "a precondition or key cannot be a header")?);
        }
    }
    Ok(headers)
}

fn value(text: &str, what: &'static str) -> Result<HeaderValue, Fault> {
    HeaderValue::from_str(text).map_err(|_| Fault::InvalidRequest(what))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Replay;
    use crate::ports::fakes::SeededRandom;

    fn envelope(request: &WireRequest, token: Option<&str>) -> Result<Envelope, Fault> {
        let origin = Origin::parse("https://pmi.example.com").unwrap();
        Envelope::new(&origin, request, token, &SeededRandom::new(1))
    }

    #[test]
    fn a_get_carries_token_id_and_etag() {
        let mut request =
            WireRequest::get("/api/vehicles/7/details").query("at", "2026-11-22T10:00:00+05:30 & more");
        request.etag = Some("\"abc\"".to_owned());
        let envelope = envelope(&request, Some("secret")).unwrap();
        let sent = envelope.attempt(&envelope.id(2));
        assert_eq!(
            sent.url.as_str(),
            "https://pmi.example.com/api/vehicles/7/details?at=2026-11-22T10%3A00%3A00%2B05%3A30+%26+more"
        );
        assert_eq!(sent.headers["authorization"], "Bearer secret");
        assert!(sent.headers["authorization"].is_sensitive());
        assert_eq!(sent.headers["accept"], "application/json");
        assert_eq!(sent.headers["if-none-match"], "\"abc\"");
        let id = sent.headers["x-request-id"].to_str().unwrap();
        assert_eq!(id.len(), 34);
        assert!(id.ends_with("-2"));
        assert!(!sent.headers.contains_key("content-type"));
    }

    #[test]
    fn an_open_request_never_carries_a_token() {
        let request = WireRequest::get("/.well-known/pmi").open();
        let envelope = envelope(&request, Some("secret")).unwrap();
        assert!(!envelope.attempt("x").headers.contains_key("authorization"));
    }

    #[test]
    fn a_write_carries_its_preconditions_and_the_length_of_nothing() {
        let mut request = WireRequest::new(Method::POST, "/api/bookings/7/cancel", Replay::Safe);
        request.idempotency_key = Some("op-1".to_owned());
        request.if_match = Some("\"v3\"".to_owned());
        let sent = envelope(&request, Some("t")).unwrap().attempt("x");
        assert_eq!(sent.headers["content-length"], "0");
        assert_eq!(sent.headers["idempotency-key"], "op-1");
        assert_eq!(sent.headers["if-match"], "\"v3\"");
        let request = request.json(&serde_json::json!({"a": 1}));
        let sent = envelope(&request, Some("t")).unwrap().attempt("x");
        assert_eq!(sent.headers["content-type"], "application/json");
        assert_eq!(&sent.body[..], br#"{"a":1}"#);
        let request =
            WireRequest::new(Method::PUT, "/x", Replay::Safe).bytes(zeroize::Zeroizing::new(vec![0xff, 0]));
        let sent = envelope(&request, Some("t")).unwrap().attempt("x");
        assert_eq!(sent.headers["content-type"], "application/octet-stream");
        assert_eq!(&sent.body[..], [0xff, 0]);
    }

    #[test]
    fn s20_no_path_leaves_the_origin() {
        for path in ["", "@evil.org/", "api", "/a b", "/a?b", "/a#b", "/a/../b"] {
            assert!(envelope(&WireRequest::get(path).open(), None).is_err(), "{path}");
        }
        let odd = envelope(&WireRequest::get("//evil.org/x").open(), None).unwrap();
        assert_eq!(odd.url.host_str(), Some("pmi.example.com"));
    }

    #[test]
    fn what_cannot_be_a_header_is_refused_without_naming_it() {
        let refused = envelope(&WireRequest::get("/x"), Some("se\ncret")).err().unwrap();
        assert!(!refused.to_string().contains("cret\n"));
        assert!(matches!(refused, Fault::InvalidRequest(_)));
        assert!(
            envelope(&WireRequest::get("/x"), None).is_err(),
            "a bearer request needs its token"
        );
    }
}
