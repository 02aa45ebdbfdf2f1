//! What every answer gets after its handler: a type, a date, an `ETag`, and 304 where the client has it already.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, DATE, ETAG, IF_NONE_MATCH, VARY,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode};

use crate::app::App;
use crate::auth::digest;
use crate::time::http_date;
use crate::wire::Answer;

/// What stands between the quotes of the tag of these bytes, before they are encoded.
pub(super) fn tag(body: &[u8]) -> String {
    let mut tag = digest(body);
    tag.truncate(32);
    tag
}

/// What stands between the quotes of a strong tag, whichever encoding it was given for.
pub(super) fn plain(tag: &str) -> Option<&str> {
    let tag = tag.strip_prefix('"')?.strip_suffix('"')?;
    let encoded = tag.strip_suffix("-gzip").or_else(|| tag.strip_suffix("-zstd"));
    Some(encoded.unwrap_or(tag))
}

/// Completes an answer's headers. A write that answers with what a read gives has its tag already.
pub(crate) fn finish(app: &Arc<App>, method: &Method, mut answer: Answer) -> Answer {
    let tag = (answer.status() == StatusCode::OK && matches!(*method, Method::GET | Method::HEAD))
        .then(|| tag(answer.body()));
    let headers = answer.headers_mut();
    headers
        .entry(CONTENT_TYPE)
        .or_insert(HeaderValue::from_static("application/json"));
    // Answers are one customer's; `private` keeps shared caches out, `no-cache` makes the client ask with its ETag.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(VARY, HeaderValue::from_static("authorization"));
    if let Ok(date) = HeaderValue::from_str(&http_date(app.now())) {
        headers.insert(DATE, date);
    }
    if let Some(Ok(tag)) = tag.map(|tag| HeaderValue::from_str(&format!("\"{tag}\""))) {
        headers.insert(ETAG, tag);
    }
    answer
}

/// Makes the tag that of the encoded bytes, and answers a read with 304 if the client has any encoding of the same.
pub(crate) fn conditional(method: &Method, asked: &HeaderMap, mut answer: Answer) -> Answer {
    let Some(tag) = answer
        .headers()
        .get(ETAG)
        .and_then(|tag| tag.to_str().ok())
        .map(str::to_owned)
    else {
        return answer;
    };
    let opaque = tag.trim_matches('"').to_owned();
    if let Some(encoding) = answer
        .headers()
        .get(CONTENT_ENCODING)
        .and_then(|encoding| encoding.to_str().ok())
        && let Ok(tag) = HeaderValue::from_str(&format!("\"{opaque}-{encoding}\""))
    {
        answer.headers_mut().insert(ETAG, tag);
    }
    let known = asked
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|tags| tags.to_str().ok())
        .flat_map(|t| t.split(','));
    let mut known = known.map(|tag| tag.trim().trim_start_matches("W/"));
    let same = matches!(*method, Method::GET | Method::HEAD)
        && known.any(|tag| tag == "*" || plain(tag) == Some(opaque.as_str()));
    if same {
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
        *answer.body_mut() = Bytes::new();
        for name in [CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE] {
            answer.headers_mut().remove(name);
        }
    }
    answer
}
