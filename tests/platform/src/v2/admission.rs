//! What every request goes through before its handler: draining, size, limits, routing, sign-in, permission, idempotency.

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::Body;
use axum::extract::{RawPathParams, Request, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodFilter, on};
use bytes::Bytes;
use http::header::{ALLOW, USER_AGENT};
use http::request::Parts;
use http::{HeaderName, HeaderValue, StatusCode};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use super::call::{Call, Outcome};
use super::failure::Failure;
use super::routes::{Access, ROUTES, Route};
use super::{idempotency, sessions};
use crate::app::App;
use crate::auth::{random_uuid, roles};
use crate::limiter::Verdict;
use crate::wire::{Answer, Origin, Received};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Paths that guess at passwords or send mail have a stricter bucket of their own.
const GUARDED: [&str; 5] = [
    "/api/auth/login",
    "/api/auth/register",
    "/api/auth/password/change",
    "/api/auth/password/request-reset",
    "/api/auth/password/reset",
];

static ROUTER: LazyLock<Router<Arc<App>>> = LazyLock::new(|| {
    ROUTES.iter().fold(Router::new(), |router, route| {
        let filter = match route.method {
            "POST" => MethodFilter::POST,
            "PUT" => MethodFilter::PUT,
            "PATCH" => MethodFilter::PATCH,
            "DELETE" => MethodFilter::DELETE,
            _ => MethodFilter::GET,
        };
        router.route(
            route.path,
            on(filter, move |state, params, request| {
                enter(route, state, params, request)
            }),
        )
    })
});

/// Answers a request.
pub(crate) async fn handle(app: &Arc<App>, mut parts: Parts, received: Received) -> Answer {
    let id = request_id(&parts);
    let (verdict, per_minute) = limit(app, &parts);
    let outcome = match received {
        _ if app.live().draining => Err(Failure::unavailable(1)),
        _ if is_too_old(app, &parts) => Err(Failure::new(
            StatusCode::UPGRADE_REQUIRED,
            "upgrade_required",
            "This version of the app is no longer served.",
        )),
        _ if !verdict.allowed => Err(Failure::rate_limited(verdict.retry_after)),
        Received::TooLarge => Err(Failure::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "payload_too_large",
            "The body is too large.",
        )),
        Received::TooSlow => Err(Failure::unavailable(1)),
        Received::Whole(_) if database_down(&parts) => Err(Failure::unavailable(5)),
        Received::Whole(body) => {
            parts.headers.insert(REQUEST_ID, id.clone());
            let routed = route(app, parts, body);
            tokio::time::timeout(app.config.request_timeout, routed)
                .await
                .unwrap_or(Err(Failure::unavailable(1)))
        }
    };
    let mut answer = outcome.unwrap_or_else(|failure| failure.answer(id.to_str().unwrap_or_default()));
    let headers = answer.headers_mut();
    headers.insert(REQUEST_ID, id);
    headers.insert(
        HeaderName::from_static("x-ratelimit-limit"),
        HeaderValue::from(per_minute),
    );
    headers.insert(
        HeaderName::from_static("x-ratelimit-remaining"),
        HeaderValue::from(verdict.remaining),
    );
    let full = app.now().as_second().saturating_add_unsigned(verdict.full_in);
    headers.insert(
        HeaderName::from_static("x-ratelimit-reset"),
        HeaderValue::from(full),
    );
    answer
}

fn is_too_old(app: &App, parts: &Parts) -> bool {
    let user_agent = parts.headers.get(USER_AGENT).and_then(|name| name.to_str().ok());
    let minimum = app.config.minimum_app_version.as_ref();
    minimum.is_some_and(|minimum| minimum.refuses(user_agent.unwrap_or_default()))
}

fn database_down(parts: &Parts) -> bool {
    parts
        .extensions
        .get::<Origin>()
        .is_some_and(|origin| origin.database_down)
}

/// The request's own name if it is printable and of at most 128 characters, else a new one.
fn request_id(parts: &Parts) -> HeaderValue {
    let given = parts.headers.get(REQUEST_ID).filter(|id| {
        (1..=128).contains(&id.len()) && id.as_bytes().iter().all(|byte| (0x20..0x7f).contains(byte))
    });
    given
        .cloned()
        .or_else(|| HeaderValue::from_str(&random_uuid()).ok())
        .unwrap_or(HeaderValue::from_static("none"))
}

/// Takes a token from the caller's bucket, and one from the address's stricter one where that applies.
fn limit(app: &App, parts: &Parts) -> (Verdict, u32) {
    let Some(limits) = app.live().limits else {
        let per_minute = crate::Limits::default().per_minute;
        let open = Verdict {
            allowed: true,
            remaining: u64::from(per_minute),
            retry_after: 0,
            full_in: 0,
        };
        return (open, per_minute);
    };
    let (now, path) = (app.now(), parts.uri.path());
    let address = parts
        .extensions
        .get::<Origin>()
        .map(|origin| origin.peer.to_string())
        .unwrap_or_default();
    let who = sessions::claimed_customer(app, &parts.headers, now)
        .map_or_else(|| format!("ip {address}"), |id| format!("customer {id}"));
    let mut limiter = app.limiter();
    let general = limiter.take(&who, limits.per_minute, limits.per_minute, now);
    if general.allowed && GUARDED.contains(&path) {
        let per_minute = limits.login_per_minute;
        let strict = limiter.take(&format!("guarded {address}"), per_minute, per_minute, now);
        if !strict.allowed {
            return (strict, per_minute);
        }
    }
    (general, limits.per_minute)
}

async fn route(app: &Arc<App>, parts: Parts, body: Bytes) -> Outcome {
    let request = Request::from_parts(parts, Body::from(body));
    let router = ROUTER.clone().with_state(Arc::clone(app));
    let Ok(response) = router.oneshot(request).await;
    let (parts, body) = response.into_parts();
    if let Some(carried) = parts.extensions.get::<Carried>() {
        return carried.take();
    }
    drop(body);
    // Only the router itself answers without carrying an outcome.
    if parts.status == StatusCode::METHOD_NOT_ALLOWED {
        let code = "method_not_allowed";
        let failure = Failure::new(parts.status, code, "This address does not take that method.");
        return Err(
            match parts.headers.get(ALLOW).and_then(|allow| allow.to_str().ok()) {
                Some(allow) => failure.detail(serde_json::json!({ "allow": allow })),
                None => failure,
            },
        );
    }
    Err(Failure::not_found())
}

/// An outcome on its way through axum, which knows only responses.
#[derive(Clone)]
struct Carried(Arc<std::sync::Mutex<Option<Outcome>>>);

impl Carried {
    fn take(&self) -> Outcome {
        let mut outcome = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        outcome.take().unwrap_or_else(|| Err(Failure::not_found()))
    }
}

async fn enter(
    route: &'static Route,
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
    let now = app.now();
    let call = Call {
        app,
        parts,
        params,
        body,
        now,
        session: None,
        keeping: None,
    };
    let outcome = admit(route, call).await;
    let mut response = StatusCode::OK.into_response();
    response
        .extensions_mut()
        .insert(Carried(Arc::new(std::sync::Mutex::new(Some(outcome)))));
    response
}

async fn admit(route: &'static Route, mut call: Call) -> Outcome {
    if route.access != Access::Open {
        let session = sessions::authenticate(&call.app, &call.parts.headers, call.now).await?;
        if let Access::Permission(name) = route.access
            && !roles::permissions(&session.customer.role).contains(&name)
        {
            return Err(Failure::permission(name));
        }
        call.session = Some(session);
    }
    if route.keyed() {
        return idempotency::once(call, route).await;
    }
    route.handle(call).await
}
