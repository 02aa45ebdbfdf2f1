//! A server in this process, for previews, demonstrations and tests of apps: it answers as the reference platform does, from a few
//! records of its own, and fails on request.
//!
//! Promised: what a person does there (book, move, call off, read a notification) is there afterwards; every fault is one a real
//! server or network has, so that what a screen shows then is what it will show. Not promised: the platform's rules; that a time
//! is free, say, is not judged.

mod records;
mod routes;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt as _;
use http::header::{CONTENT_TYPE, DATE, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, StatusCode};
use jiff::Timestamp;
use pmi_core::ports::{Network, NetworkError, NetworkRequest, NetworkResponse, PortFuture};
use serde_json::{Value, json};

use crate::guard::guarded;
use records::{EMAIL, PASSWORD, Records};

/// Where it seems to be: this machine, where nothing is ever asked.
pub(crate) const ORIGIN: &str = "http://localhost:1";

/// As many as there are numbers for.
const MOST_VEHICLES: u32 = 999;

/// How long a slow answer takes.
const SLOW: Duration = Duration::from_secs(3);

/// What a server in memory does wrong while it is switched on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum MemoryFault {
    /// It cannot be reached.
    Offline,
    /// Every answer takes 3 seconds.
    Slow,
    /// It fails: 500 to everything.
    ServerError,
    /// It takes the session for expired and does not renew it: whoever is signed in has to sign in again. New sign-ins are good.
    ExpiredSession,
}

/// A server in this process: one customer with vehicles, bookings and notifications. What is done there lasts as long as it.
#[derive(uniffi::Object)]
pub struct MemoryServer(Arc<Shared>);

struct Shared {
    records: Mutex<Records>,
    faults: Mutex<Vec<MemoryFault>>,
}

#[uniffi::export]
impl MemoryServer {
    /// A server without faults, with so many vehicles: 0 for an empty garage, at most 999, 3 by default.
    #[uniffi::constructor(default(vehicles = 3))]
    pub fn new(vehicles: u32) -> Arc<Self> {
        Arc::new(Self(Arc::new(Shared {
            records: Mutex::new(Records::with(vehicles.min(MOST_VEHICLES))),
            faults: Mutex::default(),
        })))
    }

    /// Whom it lets sign in.
    pub fn email(&self) -> String {
        EMAIL.to_owned()
    }

    /// With which password.
    pub fn password(&self) -> String {
        PASSWORD.to_owned()
    }

    /// Switches a fault on or off, for the next request on.
    pub fn set_fault(&self, fault: MemoryFault, on: bool) {
        guarded("set_fault", || self.0.set(fault, on));
    }
}

impl MemoryServer {
    pub(crate) fn network(&self) -> Arc<dyn Network> {
        Arc::new(Wire(Arc::clone(&self.0)))
    }
}

/// The way to it.
struct Wire(Arc<Shared>);

impl Network for Wire {
    fn send(&self, request: NetworkRequest) -> PortFuture<Result<NetworkResponse, NetworkError>> {
        let shared = Arc::clone(&self.0);
        Box::pin(async move {
            if shared.has(MemoryFault::Slow) {
                tokio::time::sleep(SLOW).await;
            }
            if shared.has(MemoryFault::Offline) {
                return Err(NetworkError::Connect);
            }
            if request.permit.as_ref().is_some_and(|permit| !permit.is_granted()) {
                return Err(NetworkError::Withheld);
            }
            let answer = if shared.has(MemoryFault::ServerError) {
                Answer::failed(StatusCode::INTERNAL_SERVER_ERROR, "internal")
            } else {
                let mut records = shared.records.lock().unwrap_or_else(PoisonError::into_inner);
                routes::answer(&mut records, &request, Timestamp::now())
            };
            Ok(answer.into_response())
        })
    }
}

impl Shared {
    fn set(&self, fault: MemoryFault, on: bool) {
        if fault == MemoryFault::ExpiredSession {
            let mut records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
            records.refuse_sessions(on);
            return;
        }
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        faults.retain(|one| *one != fault);
        if on {
            faults.push(fault);
        }
    }

    fn has(&self, fault: MemoryFault) -> bool {
        let faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        faults.contains(&fault)
    }
}

/// What is answered.
struct Answer {
    status: StatusCode,
    body: Value,
}

impl Answer {
    fn ok(body: Value) -> Self {
        Self {
            status: StatusCode::OK,
            body,
        }
    }

    fn list(items: impl IntoIterator<Item = Value>) -> Self {
        let items: Vec<Value> = items.into_iter().collect();
        Self::ok(json!({ "items": items, "next_cursor": null }))
    }

    fn failed(status: StatusCode, code: &str) -> Self {
        Self {
            status,
            body: json!({ "error": code, "message": "Not now.", "request_id": "in-memory" }),
        }
    }

    fn into_response(self) -> NetworkResponse {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert("x-request-id", HeaderValue::from_static("in-memory"));
        let date = Timestamp::now().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        if let Ok(date) = HeaderValue::from_str(&date) {
            headers.insert(DATE, date);
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        let body = Bytes::from(self.body.to_string());
        NetworkResponse {
            status: self.status,
            headers,
            body: futures_util::stream::iter([Ok(body)]).boxed(),
        }
    }
}

#[cfg(test)]
mod tests;
