//! `Idempotency-Key`: the same key and body gives the same final answer for a day of the server's clock.
//!
//! Kept are answers that would be the same again: no 401, no 429, no 5xx. The answer to an effect is kept in the effect's own
//! transaction ([`Call::commit`]): built against a server killed between the two, which booked twice. A refusal has no effect
//! and is kept after it is made; killed in between, the server judges the request again.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use http::header::ETAG;
use http::{HeaderName, HeaderValue, StatusCode};

use super::call::{Call, Outcome};
use super::failure::Failure;
use super::routes::Route;
use crate::auth::digest;
use crate::store::{Kept, Write};
use crate::wire::Answer;

const DAY_US: i64 = 86_400_000_000;

type Key = (i64, String);

/// Keys whose first request is still being answered.
#[derive(Default)]
pub(crate) struct InFlight(Mutex<HashSet<Key>>);

/// A place in [`InFlight`].
struct Held {
    app: Arc<crate::app::App>,
    key: Key,
}

impl Held {
    fn take(app: &Arc<crate::app::App>, key: Key) -> Option<Self> {
        let mut all = app.in_flight.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(key.clone()).then(|| Self {
            app: Arc::clone(app),
            key,
        })
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.app
            .in_flight
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.key);
    }
}

/// Under which key an answer is kept.
#[derive(Clone)]
pub(crate) struct Keeping {
    customer: i64,
    key: String,
    request_hash: String,
    now_us: i64,
}

/// In an answer's extensions: it is kept already, with what it says was done.
#[derive(Clone, Copy)]
pub(crate) struct KeptWithEffect;

impl Keeping {
    /// Keeps an answer. Says whether there was none yet.
    pub(super) async fn keep(&self, write: &mut Write, answer: &Answer) -> Result<bool, sqlx::Error> {
        let etag = answer.headers().get(ETAG).and_then(|tag| tag.to_str().ok());
        let kept = Kept {
            request_hash: self.request_hash.clone(),
            status: answer.status().as_u16(),
            body: String::from_utf8_lossy(answer.body()).into_owned(),
            etag: etag.map(str::to_owned),
        };
        let expires_us = self.now_us.saturating_add(DAY_US);
        write
            .keep(self.customer, &self.key, &kept, self.now_us, expires_us)
            .await
    }
}

/// Handles a call, or repeats what was answered to it.
pub(super) async fn once(mut call: Call, route: &Route) -> Outcome {
    let Some(key) = call.parts.headers.get("idempotency-key") else {
        return route.handle(call).await;
    };
    let printable =
        |key: &&str| (1..=128).contains(&key.len()) && key.bytes().all(|byte| (0x21..0x7f).contains(&byte));
    let Some(key) = key.to_str().ok().filter(printable).map(str::to_owned) else {
        return Err(Failure::fields(&[(
            "Idempotency-Key",
            "is not 1 to 128 printable characters",
        )]));
    };
    let Ok(customer) = call.customer().map(|customer| customer.id) else {
        return route.handle(call).await;
    };
    let app = Arc::clone(&call.app);
    let Some(_held) = Held::take(&app, (customer, key.clone())) else {
        return Err(Failure::in_progress());
    };
    let mut asked = format!("{} {}\n", call.parts.method, call.parts.uri.path()).into_bytes();
    asked.extend_from_slice(&call.body);
    let request_hash = digest(&asked);
    let now_us = call.now_us();
    if let Some(kept) = app.store.kept(customer, &key, now_us).await? {
        if kept.request_hash != request_hash {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Err(Failure::new(
                status,
                "idempotency_key_reused",
                "This key was used for something else.",
            ));
        }
        return Ok(replay(kept));
    }
    let request_id = call
        .parts
        .headers
        .get("x-request-id")
        .and_then(|id| id.to_str().ok())
        .map(str::to_owned);
    let keeping = Keeping {
        customer,
        key,
        request_hash,
        now_us,
    };
    call.keeping = Some(keeping.clone());
    let answer = match route.handle(call).await {
        Ok(answer) => answer,
        Err(failure) => failure.answer(&request_id.unwrap_or_default()),
    };
    let status = answer.status();
    let (unauthorized, limited) = (StatusCode::UNAUTHORIZED, StatusCode::TOO_MANY_REQUESTS);
    let last = !status.is_server_error() && status != unauthorized && status != limited;
    if last && answer.extensions().get::<KeptWithEffect>().is_none() {
        let mut write = app.store.write().await?;
        keeping.keep(&mut write, &answer).await?;
        write.commit().await?;
    }
    Ok(answer)
}

fn replay(kept: Kept) -> Answer {
    let mut answer = http::Response::new(kept.body.into());
    *answer.status_mut() = StatusCode::from_u16(kept.status).unwrap_or(StatusCode::OK);
    let replayed = HeaderName::from_static("idempotency-replayed");
    answer
        .headers_mut()
        .insert(replayed, HeaderValue::from_static("true"));
    if let Some(Ok(tag)) = kept.etag.map(|tag| HeaderValue::from_str(&tag)) {
        answer.headers_mut().insert(ETAG, tag);
    }
    answer
}
