//! What passed: counts of everything, and the last requests with nothing secret in them.

use std::collections::{BTreeMap, VecDeque};

use http::HeaderMap;
use http::request::Parts;
use serde::Serialize;

/// How many requests are remembered.
const REMEMBERED: usize = 4096;

/// Headers whose values are harmless and worth asserting on.
const HARMLESS: [&str; 12] = [
    "x-request-id",
    "if-none-match",
    "if-match",
    "accept",
    "accept-encoding",
    "content-type",
    "user-agent",
    "referer",
    "idempotency-key",
    "traceparent",
    "connection",
    "host",
];

/// A request that arrived. Tokens, passwords and bodies are not in it.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct SeenRequest {
    /// Its method, upper-case.
    pub method: String,
    /// Its path and query; values of `refresh_token`, `token` and `password` are `REDACTED`.
    pub path: String,
    /// The names of its headers, lower-case, as they came.
    pub header_names: Vec<String>,
    /// The values of the harmless ones among them.
    pub headers: BTreeMap<String, String>,
    /// Whether it had an `Authorization`.
    pub authorization: bool,
}

impl SeenRequest {
    fn new(parts: &Parts) -> Self {
        Self {
            method: parts.method.as_str().to_owned(),
            path: redact(parts.uri.path(), parts.uri.query()),
            header_names: parts
                .headers
                .keys()
                .map(|name| name.as_str().to_owned())
                .collect(),
            headers: harmless(&parts.headers),
            authorization: parts.headers.contains_key(http::header::AUTHORIZATION),
        }
    }
}

fn harmless(headers: &HeaderMap) -> BTreeMap<String, String> {
    let value = |name: &&str| Some(((*name).to_owned(), headers.get(*name)?.to_str().ok()?.to_owned()));
    HARMLESS.iter().filter_map(value).collect()
}

/// The path with its query, secrets struck out.
pub(crate) fn redact(path: &str, query: Option<&str>) -> String {
    let Some(query) = query else {
        return path.to_owned();
    };
    let redacted: Vec<String> = query
        .split('&')
        .map(|pair| match pair.split_once('=') {
            Some((name @ ("refresh_token" | "token" | "password" | "access_token"), _)) => {
                format!("{name}=REDACTED")
            }
            _ => pair.to_owned(),
        })
        .collect();
    format!("{path}?{}", redacted.join("&"))
}

/// What passed since the last reset.
#[derive(Default)]
pub(crate) struct Seen {
    requests: VecDeque<SeenRequest>,
    counts: BTreeMap<(String, String), u64>,
    /// By method, path and status.
    outcomes: BTreeMap<(String, String, u16), u64>,
    pub(crate) rotations: u64,
    pub(crate) reissues: u64,
    pub(crate) reuses: u64,
}

impl Seen {
    /// Notes a request's arrival.
    pub(crate) fn arrived(&mut self, parts: &Parts) {
        *self
            .counts
            .entry((parts.method.as_str().to_owned(), parts.uri.path().to_owned()))
            .or_default() += 1;
        if self.requests.len() == REMEMBERED {
            self.requests.pop_front();
        }
        self.requests.push_back(SeenRequest::new(parts));
    }

    /// Notes an answer's status; 0 stands for a connection cut without one.
    pub(crate) fn answered(&mut self, method: &str, path: &str, status: u16) {
        *self
            .outcomes
            .entry((method.to_owned(), path.to_owned(), status))
            .or_default() += 1;
    }

    pub(super) fn requests(&self, method: &str, prefix: &str) -> u64 {
        let wanted = |((m, p), _): &(&(String, String), &u64)| matches(method, prefix, m, p);
        self.counts.iter().filter(wanted).map(|(_, count)| count).sum()
    }

    pub(super) fn outcomes(&self, method: &str, prefix: &str) -> BTreeMap<u16, u64> {
        let mut by_status = BTreeMap::new();
        for ((m, p, status), count) in &self.outcomes {
            if matches(method, prefix, m, p) {
                *by_status.entry(*status).or_default() += count;
            }
        }
        by_status
    }

    pub(super) fn list(&self) -> Vec<SeenRequest> {
        self.requests.iter().cloned().collect()
    }
}

fn matches(method: &str, prefix: &str, actual_method: &str, path: &str) -> bool {
    (method == "*" || method.eq_ignore_ascii_case(actual_method)) && path.starts_with(prefix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_in_a_query_are_struck_out() {
        assert_eq!(
            redact("/r", Some("a=1&refresh_token=secret")),
            "/r?a=1&refresh_token=REDACTED"
        );
    }
}
