//! One request and its answer, with whatever was commanded about it in between.
//!
//! It promises that a request whose body has arrived is handled to its end, whether or not the client still listens.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use http::request::Parts;
use http::{HeaderName, HeaderValue, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Incoming;
use tokio::sync::OnceCell;
use tower::ServiceExt as _;
use tower_http::CompressionLevel;
use tower_http::compression::Compression;
use tower_http::compression::predicate::SizeAbove;

use super::body::WireBody;
use super::connection::{Answer, CloseAfter, Connection, Origin};
use crate::app::App;
use crate::config::Dialect;
use crate::control::{self, Fault};
use crate::{v1, v2};

/// The largest body v1 takes; beyond it the connection is cut. The deployed platform has no cap of its own.
const V1_BODY: usize = 16 * 1024 * 1024;

/// Answers a request; if there is to be no answer, the connection goes instead.
pub(super) async fn run(
    app: Arc<App>,
    connection: Connection,
    request: Request<Incoming>,
) -> Response<WireBody> {
    if connection.closing.load(Ordering::Relaxed) {
        connection.cut.notify_one();
        return std::future::pending().await;
    }
    let conducted = tokio::spawn(conduct(app, connection.clone(), request)).await;
    match conducted {
        Ok(Some(answer)) => answer,
        Ok(None) => {
            connection.cut.notify_one();
            std::future::pending().await
        }
        Err(error) => {
            tracing::error!(%error, "a handler failed");
            plain(StatusCode::INTERNAL_SERVER_ERROR, "text/plain", Bytes::new()).map(WireBody::whole)
        }
    }
}

/// What arrived of a body.
pub(crate) enum Received {
    /// All of it.
    Whole(Bytes),
    /// More than is taken.
    TooLarge,
    /// It did not come in time.
    TooSlow,
}

/// The body, if it ends before so many bytes of it have come.
async fn until(mut incoming: Incoming, at: usize) -> Option<Bytes> {
    let mut short = Vec::new();
    while short.len() < at {
        match incoming.frame().await {
            Some(frame) => short.extend_from_slice(&frame.ok()?.into_data().unwrap_or_default()),
            None => return Some(short.into()),
        }
    }
    None
}

async fn receive<B>(app: &App, dialect: Dialect, incoming: B) -> Option<Received>
where
    B: http_body::Body<Data = Bytes>,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let limit = if dialect == Dialect::V1 {
        V1_BODY
    } else {
        app.config.max_body
    };
    let body = tokio::time::timeout(
        app.config.request_timeout,
        Limited::new(incoming, limit).collect(),
    )
    .await;
    match body {
        Ok(Ok(collected)) => Some(Received::Whole(collected.to_bytes())),
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => {
            (dialect == Dialect::V2).then_some(Received::TooLarge)
        }
        // The client went while it was sending.
        Ok(Err(_)) => None,
        Err(_) => Some(Received::TooSlow),
    }
}

async fn conduct(
    app: Arc<App>,
    connection: Connection,
    request: Request<Incoming>,
) -> Option<Response<WireBody>> {
    let (mut parts, incoming) = request.into_parts();
    let dialect = app.live().dialect;
    let (method, path) = (parts.method.as_str().to_owned(), parts.uri.path().to_owned());
    if app.config.control_routes && path.starts_with("/__control/") {
        let body = incoming.collect().await.ok()?.to_bytes();
        return Some(
            control::serve_http(&app, &parts, &body)
                .await
                .map(WireBody::whole),
        );
    }
    app.seen().arrived(&parts);
    let trace = parts
        .headers
        .get("traceparent")
        .and_then(|trace| trace.to_str().ok())
        .map(str::to_owned);
    let fault = app
        .rules
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take(&method, &path);
    let faults = fault.map(Fault::flatten).unwrap_or_default();
    let cut = faults.iter().find_map(|fault| match fault {
        Fault::CutInside(at) => Some(*at),
        _ => None,
    });
    let incoming = match cut {
        Some(at) => match until(incoming, at).await {
            Some(short) => http_body_util::Either::Right(Full::new(short)),
            None => {
                app.seen().answered(&method, &path, 0);
                return None;
            }
        },
        None => http_body_util::Either::Left(incoming),
    };
    let received = receive(&app, dialect, incoming).await?;

    let mut made: Option<Made> = None;
    let mut origin = Origin {
        peer: connection.peer,
        database_down: false,
        gate: None,
    };
    for fault in &faults {
        match fault {
            Fault::HoldBefore(gate) => gate.pass().await,
            Fault::HoldInside(gate) if dialect == Dialect::V1 => gate.pass().await,
            Fault::HoldInside(gate) => origin.gate = Some(gate.clone()),
            Fault::Delay(by) => tokio::time::sleep(*by).await,
            Fault::CutBefore => {
                app.seen().answered(&method, &path, 0);
                return None;
            }
            Fault::DatabaseDown => origin.database_down = true,
            other => made = make(other).await.or(made),
        }
    }
    let made = match made {
        Some(made) => made,
        None => {
            parts.extensions.insert(origin);
            let answer = handle(&app, dialect, parts, received, &faults).await;
            Made { answer, body: None }
        }
    };
    for fault in &faults {
        match fault {
            Fault::HoldAfter(gate) => gate.pass().await,
            Fault::CutAfter => {
                app.seen().answered(&method, &path, 0);
                return None;
            }
            _ => {}
        }
    }
    let status = made.answer.status();
    app.seen().answered(&method, &path, status.as_u16());
    let id = made
        .answer
        .headers()
        .get("x-request-id")
        .and_then(|id| id.to_str().ok());
    // Never the query, a header of the caller's besides these two, or a body.
    tracing::info!(%method, %path, status = status.as_u16(), request_id = id, traceparent = trace, "answered");
    Some(send(dialect, &connection, made, &faults))
}

/// Lets the dialect answer, applies what changes content, then compresses.
async fn handle(
    app: &Arc<App>,
    dialect: Dialect,
    parts: Parts,
    received: Received,
    faults: &[Fault],
) -> Answer {
    let (headers, method) = (parts.headers.clone(), parts.method.clone());
    let mut answer = match dialect {
        Dialect::V1 => v1::handle(app, parts, received).await,
        Dialect::V2 => v2::handle(app, parts, received).await,
    };
    for fault in faults {
        match fault {
            Fault::MapJson(edit) => {
                if let Ok(mut json) = serde_json::from_slice(answer.body()) {
                    edit(&mut json);
                    *answer.body_mut() = json.to_string().into();
                }
            }
            Fault::WrongBody(body) => *answer.body_mut() = body.clone(),
            _ => {}
        }
    }
    let accepted = headers.get(ACCEPT_ENCODING).cloned();
    match dialect {
        Dialect::V1 => v1::encoded(compress(v1::finish(app, answer), only_gzip(accepted), 0).await),
        Dialect::V2 => {
            let answer = v2::finish(app, &method, answer);
            let compressed = compress(answer, accepted, 256).await;
            v2::conditional(&method, &headers, compressed)
        }
    }
}

fn only_gzip(accepted: Option<HeaderValue>) -> Option<HeaderValue> {
    let gzip = accepted?.to_str().ok()?.contains("gzip");
    gzip.then(|| HeaderValue::from_static("gzip"))
}

async fn compress(answer: Answer, accepted: Option<HeaderValue>, above: u64) -> Answer {
    let Some(accepted) = accepted.filter(|_| !answer.body().is_empty()) else {
        return answer;
    };
    let mut request = Request::new(());
    request.headers_mut().insert(ACCEPT_ENCODING, accepted);
    let kept = answer.clone();
    let inner = tower::service_fn(move |_: Request<()>| {
        let answer = answer.clone();
        async move { Ok::<_, std::convert::Infallible>(answer.map(Full::new)) }
    });
    let service = Compression::new(inner)
        .quality(CompressionLevel::Fastest)
        .compress_when(SizeAbove::new(above));
    let Ok(compressed) = service.oneshot(request).await;
    let (parts, body) = compressed.into_parts();
    match body.collect().await {
        Ok(body) => Response::from_parts(parts, body.to_bytes()),
        Err(_) => kept,
    }
}

/// An answer, and the body to send if it is not the answer's own.
struct Made {
    answer: Answer,
    body: Option<WireBody>,
}

fn plain(status: StatusCode, content_type: &str, body: Bytes) -> Answer {
    let mut answer = Response::new(body);
    *answer.status_mut() = status;
    if let Ok(value) = HeaderValue::from_str(content_type) {
        answer.headers_mut().insert(CONTENT_TYPE, value);
    }
    answer
}

/// The answer a fault gives instead of the dialect's.
async fn make(fault: &Fault) -> Option<Made> {
    const JSON: &str = "application/json";
    let whole = |answer| Some(Made { answer, body: None });
    match fault {
        Fault::Status {
            status,
            headers,
            body,
            content_type,
        } => {
            let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let mut answer = plain(status, content_type, body.clone());
            for (name, value) in headers {
                if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
                    answer.headers_mut().append(name, value);
                }
            }
            whole(answer)
        }
        Fault::Html => whole(plain(
            StatusCode::OK,
            "text/html; charset=utf-8",
            "<!doctype html><title>Wi-Fi</title><h1>Please accept the terms</h1>".into(),
        )),
        Fault::Redirect(to) => {
            let mut answer = plain(StatusCode::FOUND, "text/html; charset=utf-8", Bytes::new());
            if let Ok(to) = HeaderValue::from_str(to) {
                answer.headers_mut().insert(LOCATION, to);
            }
            whole(answer)
        }
        Fault::DeepJson => {
            let text = ["[".repeat(100_000), "]".repeat(100_000)].concat();
            whole(plain(StatusCode::OK, JSON, text.into()))
        }
        Fault::GzipBomb => {
            let mut answer = plain(StatusCode::OK, JSON, bomb().await);
            answer
                .headers_mut()
                .insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            whole(answer)
        }
        Fault::HugeBody => {
            let body = WireBody::repeated(Bytes::from(vec![b' '; 64 * 1024]), 16 * 1024);
            Some(Made {
                answer: plain(StatusCode::OK, JSON, Bytes::new()),
                body: Some(body),
            })
        }
        _ => None,
    }
}

/// 256 MiB of spaces, zipped. Made once per process.
async fn bomb() -> Bytes {
    static BOMB: OnceCell<Bytes> = OnceCell::const_new();
    let made = BOMB.get_or_init(|| async {
        let mut request = Request::new(());
        request
            .headers_mut()
            .insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        let inner = tower::service_fn(|_: Request<()>| async {
            let body = WireBody::repeated(Bytes::from(vec![b' '; 1024 * 1024]), 256);
            Ok::<_, std::convert::Infallible>(Response::new(body))
        });
        let Ok(zipped) = Compression::new(inner)
            .quality(CompressionLevel::Fastest)
            .compress_when(always)
            .oneshot(request)
            .await;
        zipped
            .into_body()
            .collect()
            .await
            .map(|body| body.to_bytes())
            .unwrap_or_default()
    });
    made.await.clone()
}

fn always(_: StatusCode, _: http::Version, _: &http::HeaderMap, _: &http::Extensions) -> bool {
    true
}

/// Puts an answer on the wire, as the dialect frames it and the faults corrupt it.
fn send(dialect: Dialect, connection: &Connection, made: Made, faults: &[Fault]) -> Response<WireBody> {
    let Made { answer, body } = made;
    let (mut parts, bytes) = answer.into_parts();
    let close = parts.extensions.remove::<CloseAfter>().is_some();
    let truncate = faults.iter().any(|fault| matches!(fault, Fault::TruncateBody));
    let trickle = faults.iter().any(|fault| matches!(fault, Fault::TrickleBody));
    let gzipped = parts.headers.contains_key(CONTENT_ENCODING);
    let mut body = match body {
        Some(body) => body,
        None if truncate => {
            let promised = bytes.len().max(2);
            parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(promised));
            WireBody::truncated(bytes.slice(..bytes.len() / 2))
        }
        None if trickle => WireBody::trickle(bytes, Duration::from_millis(300)),
        None if dialect == Dialect::V1 && gzipped => WireBody::chunked(bytes),
        None => WireBody::whole(bytes),
    };
    if close {
        connection.closing.store(true, Ordering::Relaxed);
        body = body.on_start(Arc::clone(&connection.finish));
    }
    Response::from_parts(parts, body)
}
