//! What every request goes through: the limiter that answers 500, CORS, routing, and headers as uvicorn writes them.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::extract::{RawPathParams, Request, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::any;
use bytes::Bytes;
use http::header::{ALLOW, CONTENT_ENCODING, CONTENT_TYPE, DATE, HOST, LOCATION, ORIGIN, SERVER, VARY};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::json;
use tower::ServiceExt as _;

use super::call::Call;
use super::reply::{self, detail};
use super::routes::{ROUTES, Route};
use crate::app::App;
use crate::auth::random_uuid;
use crate::time::http_date;
use crate::wire::{Answer, CloseAfter, Origin, Received};

/// Paths that begin so take no token.
const EXEMPT: [&str; 5] = ["/health", "/metrics", "/docs", "/openapi.json", "/redoc"];

const ORIGINS: [&str; 4] = [
    "http://localhost:5173",
    "http://localhost:3000",
    "http://127.0.0.1:5173",
    "http://127.0.0.1:3000",
];

/// The paths, each once; the methods are looked up in the table.
static ROUTER: LazyLock<Router<Arc<App>>> = LazyLock::new(|| {
    let mut paths: Vec<&'static str> = ROUTES.iter().map(|route| route.path).collect();
    paths.sort_unstable();
    paths.dedup();
    paths.into_iter().fold(Router::new(), |router, path| {
        router.route(
            path,
            any(move |state, params, request| enter(path, state, params, request)),
        )
    })
});

/// Answers a request.
pub(crate) async fn handle(app: &Arc<App>, parts: Parts, received: Received) -> Answer {
    let started = Instant::now();
    let asked = parts.headers.clone();
    if let Some(mut answer) = preflight(&parts) {
        timed(answer.headers_mut(), started);
        return answer;
    }
    if app.live().draining {
        let mut answer = *detail(StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable");
        answer
            .headers_mut()
            .insert(http::header::RETRY_AFTER, HeaderValue::from_static("1"));
        return answer;
    }
    let exempt = EXEMPT.iter().any(|prefix| parts.uri.path().starts_with(prefix));
    let limited = if exempt {
        Ok(None)
    } else {
        limit(app, &parts).map(Some)
    };
    let remaining = match limited {
        Ok(remaining) => remaining,
        Err(refused) => return *refused,
    };
    let id = asked.get("x-request-id").cloned();
    let id = id
        .or_else(|| HeaderValue::from_str(&random_uuid()).ok())
        .unwrap_or(HeaderValue::from_static("-"));
    let mut answer = match received {
        Received::Whole(body) => route(app, parts, body, &id).await,
        Received::TooLarge | Received::TooSlow => {
            *detail(StatusCode::BAD_REQUEST, "There was an error parsing the body")
        }
    };
    let headers = answer.headers_mut();
    headers.insert("x-request-id", id);
    if let Some((per_minute, remaining)) = remaining {
        headers.insert("x-ratelimit-limit", HeaderValue::from(per_minute));
        headers.insert("x-ratelimit-remaining", HeaderValue::from(remaining));
        headers.insert("x-ratelimit-reset", HeaderValue::from(app.now().as_second() + 60));
    }
    timed(headers, started);
    cors(&asked, headers);
    answer
}

/// What uvicorn adds to everything.
pub(crate) fn finish(app: &Arc<App>, mut answer: Answer) -> Answer {
    let empty = answer.status() == StatusCode::TEMPORARY_REDIRECT;
    let headers = answer.headers_mut();
    if !empty {
        headers
            .entry(CONTENT_TYPE)
            .or_insert(HeaderValue::from_static("application/json"));
    }
    headers.insert(SERVER, HeaderValue::from_static("uvicorn"));
    if let Ok(date) = HeaderValue::from_str(&http_date(app.now())) {
        headers.insert(DATE, date);
    }
    answer
}

/// How long it took, in seconds.
fn timed(headers: &mut HeaderMap, started: Instant) {
    if let Ok(took) = HeaderValue::from_str(&started.elapsed().as_secs_f64().to_string()) {
        headers.insert("x-process-time", took);
    }
}

/// Spells what gzip adds as the deployed platform does.
pub(crate) fn encoded(mut answer: Answer) -> Answer {
    if answer.headers().contains_key(CONTENT_ENCODING) {
        let origin = answer.headers().get(VARY).is_some_and(|vary| vary == "Origin");
        let vary = if origin {
            "Origin, Accept-Encoding"
        } else {
            "Accept-Encoding"
        };
        answer.headers_mut().insert(VARY, HeaderValue::from_static(vary));
    }
    answer
}

/// Takes a token: the per-minute number and what is left, or the 500 that stands for 429.
fn limit(app: &App, parts: &Parts) -> Result<(u32, u64), Box<Answer>> {
    let Some(limits) = app.live().limits else {
        return Ok((120, 239));
    };
    let rate = limits.per_minute;
    // uvicorn trusts this header from loopback, which is where everybody here is.
    let forwarded = parts
        .headers
        .get("x-forwarded-for")
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    let peer = || {
        parts
            .extensions
            .get::<Origin>()
            .map(|origin| origin.peer.to_string())
    };
    let who = format!("v1 {}", forwarded.or_else(peer).unwrap_or_default());
    let verdict = app.limiter().take(&who, rate, rate.saturating_mul(2), app.now());
    if verdict.allowed {
        return Ok((rate, verdict.remaining));
    }
    let text = if app.config.production {
        "Internal server error".to_owned()
    } else {
        let wait = 3600 / u64::from(rate.max(1));
        format!(
            "429: {{'error': 'Rate limit exceeded', 'message': 'Maximum {rate} requests per minute allowed', \
             'retry_after': {wait}}}"
        )
    };
    let mut refused = detail(StatusCode::INTERNAL_SERVER_ERROR, &text);
    refused.extensions_mut().insert(CloseAfter);
    Err(refused)
}

async fn route(app: &Arc<App>, parts: Parts, body: Bytes, id: &HeaderValue) -> Answer {
    let (path, query, host) = (
        parts.uri.path().to_owned(),
        parts.uri.query().map(str::to_owned),
        parts.headers.get(HOST).cloned(),
    );
    let mut request = Request::from_parts(parts, Body::from(body));
    request.extensions_mut().insert(id.clone());
    let router = ROUTER.clone().with_state(Arc::clone(app));
    let Ok(response) = router.clone().oneshot(request).await;
    if let Some(carried) = response.extensions().get::<Carried>() {
        return carried.take();
    }
    // The other spelling with or without a slash at the end is answered with a redirect to it, at the host asked for.
    let other = path
        .strip_suffix('/')
        .map_or_else(|| format!("{path}/"), str::to_owned);
    if !path.starts_with("//") && ROUTES.iter().any(|route| route.fits(&other)) {
        let host = host
            .as_ref()
            .and_then(|host| host.to_str().ok())
            .unwrap_or_default();
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        let mut answer = http::Response::new(Bytes::new());
        *answer.status_mut() = StatusCode::TEMPORARY_REDIRECT;
        if let Ok(to) = HeaderValue::from_str(&format!("http://{host}{other}{query}")) {
            answer.headers_mut().insert(LOCATION, to);
        }
        return answer;
    }
    *detail(StatusCode::NOT_FOUND, "Not Found")
}

/// An answer on its way through axum, which knows only its own bodies.
#[derive(Clone)]
struct Carried(Arc<Mutex<Option<Answer>>>);

impl Carried {
    fn take(&self) -> Answer {
        let mut answer = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        answer
            .take()
            .unwrap_or_else(|| *detail(StatusCode::NOT_FOUND, "Not Found"))
    }
}

async fn enter(
    path: &'static str,
    State(app): State<Arc<App>>,
    params: RawPathParams,
    request: Request,
) -> Response {
    let params = params
        .iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let (parts, body) = request.into_parts();
    let body = body
        .collect()
        .await
        .map(|body| body.to_bytes())
        .unwrap_or_default();
    let id = parts
        .extensions
        .get::<HeaderValue>()
        .and_then(|id| id.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let now = app.now();
    let wanted = |route: &&Route| route.path == path && route.method == parts.method.as_str();
    let answer = match ROUTES.iter().find(wanted) {
        Some(route) => {
            let call = Call {
                app,
                parts,
                params,
                body,
                request_id: id,
                now,
            };
            (route.handler)(call).await.unwrap_or_else(|early| *early)
        }
        None => {
            // Only the first route of a path is named.
            let allow = ROUTES
                .iter()
                .find(|route| route.path == path)
                .map_or("GET", |route| route.method);
            let mut answer = *detail(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed");
            answer
                .headers_mut()
                .insert(ALLOW, HeaderValue::from_static(allow));
            answer
        }
    };
    let mut response = StatusCode::OK.into_response();
    response
        .extensions_mut()
        .insert(Carried(Arc::new(Mutex::new(Some(answer)))));
    response
}

fn allowed(origin: &HeaderValue) -> bool {
    origin.to_str().is_ok_and(|origin| ORIGINS.contains(&origin))
}

fn cors(asked: &HeaderMap, headers: &mut HeaderMap) {
    let Some(origin) = asked.get(ORIGIN) else { return };
    headers.insert(
        "access-control-allow-credentials",
        HeaderValue::from_static("true"),
    );
    if allowed(origin) {
        headers.insert("access-control-allow-origin", origin.clone());
        headers.insert(VARY, HeaderValue::from_static("Origin"));
    }
}

/// A CORS preflight's answer: plain text, without the usual headers.
fn preflight(parts: &Parts) -> Option<Answer> {
    let origin = parts.headers.get(ORIGIN)?;
    let method = parts
        .headers
        .get("access-control-request-method")?
        .to_str()
        .ok()?;
    if parts.method != Method::OPTIONS {
        return None;
    }
    let good_method = ["GET", "POST", "PUT", "DELETE"].contains(&method);
    let (status, text) = match (allowed(origin), good_method) {
        (true, true) => (StatusCode::OK, "OK"),
        (false, true) => (StatusCode::BAD_REQUEST, "Disallowed CORS origin"),
        (true, false) => (StatusCode::BAD_REQUEST, "Disallowed CORS method"),
        (false, false) => (StatusCode::BAD_REQUEST, "Disallowed CORS origin, method"),
    };
    let mut answer = http::Response::new(Bytes::from_static(text.as_bytes()));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    let fixed = [
        ("access-control-allow-methods", "GET, POST, PUT, DELETE"),
        ("access-control-max-age", "3600"),
        ("access-control-allow-credentials", "true"),
        ("content-type", "text/plain; charset=utf-8"),
        ("vary", "Origin"),
    ];
    for (name, value) in fixed {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if allowed(origin) {
        headers.insert("access-control-allow-origin", origin.clone());
    }
    if let Some(wanted) = parts.headers.get("access-control-request-headers") {
        headers.insert("access-control-allow-headers", wanted.clone());
    }
    Some(answer)
}

/// What a route that is only listed says.
pub(super) fn banner() -> Answer {
    let endpoints = json!({
        "health": "/health", "ingest_single": "/ingest (POST)", "ingest_batch": "/ingest/batch (POST)",
        "stream_info": "/stream/info",
    });
    reply::answer(
        StatusCode::OK,
        &json!({ "service": "Telemetry Ingestion Service", "version": "1.0.0", "status": "running", "endpoints": endpoints }),
    )
}
