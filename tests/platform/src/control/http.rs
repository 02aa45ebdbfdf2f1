//! The same commands over HTTP, for other languages and the command line: `POST /__control/...` with JSON.

use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http::{HeaderValue, Method, Response, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

use super::{Control, Fault, Match};
use crate::app::App;
use crate::config::Dialect;
use crate::error::StartError;

/// A rule as JSON. `fault` is one of `status`, `delay`, `cut_before`, `cut_after`, `truncate`, `wrong_body`, `html`,
/// `redirect`, `gzip_bomb`, `deep_json`, `trickle`, `huge`, `database_down`, `merge` (the members of the JSON object `body`
/// are set in the answer), `hold_before`, `hold_inside` and `hold_after` (until `release` of the `gate` of that name).
#[derive(Deserialize)]
struct RuleRequest {
    method: Option<String>,
    #[serde(default)]
    path: String,
    times: Option<u64>,
    #[serde(default)]
    skip: u64,
    fault: String,
    status: Option<u16>,
    #[serde(default)]
    headers: Vec<(String, String)>,
    body: Option<String>,
    content_type: Option<String>,
    delay_ms: Option<u64>,
    location: Option<String>,
    #[serde(default)]
    gate: String,
}

impl RuleRequest {
    fn fault(&self, control: &Control) -> Option<Fault> {
        let body = Bytes::from(self.body.clone().unwrap_or_default());
        Some(match self.fault.as_str() {
            "status" => Fault::Status {
                status: self.status?,
                headers: self.headers.clone(),
                body,
                content_type: self
                    .content_type
                    .clone()
                    .unwrap_or_else(|| "application/json".into()),
            },
            "delay" => Fault::Delay(Duration::from_millis(self.delay_ms?)),
            "cut_before" => Fault::CutBefore,
            "cut_after" => Fault::CutAfter,
            "truncate" => Fault::TruncateBody,
            "wrong_body" => Fault::WrongBody(body),
            "html" => Fault::Html,
            "redirect" => Fault::Redirect(self.location.clone()?),
            "gzip_bomb" => Fault::GzipBomb,
            "deep_json" => Fault::DeepJson,
            "trickle" => Fault::TrickleBody,
            "huge" => Fault::HugeBody,
            "database_down" => Fault::DatabaseDown,
            "hold_before" => Fault::HoldBefore(control.gate(&self.gate)),
            "hold_inside" => Fault::HoldInside(control.gate(&self.gate)),
            "hold_after" => Fault::HoldAfter(control.gate(&self.gate)),
            "merge" => {
                let members: serde_json::Map<String, Value> = serde_json::from_slice(&body).ok()?;
                Fault::map_json(move |answer| {
                    if let Some(answer) = answer.as_object_mut() {
                        answer.extend(members.clone());
                    }
                })
            }
            _ => return None,
        })
    }
}

#[derive(Default, Deserialize)]
struct Switch {
    on: Option<bool>,
    dialect: Option<u8>,
    #[serde(default)]
    gate: String,
    #[serde(default)]
    ahead_s: u64,
}

/// `POST center`.
#[derive(Deserialize)]
struct CenterChange {
    center_id: i64,
    capacity: Option<i64>,
    time_zone: Option<String>,
}

/// `POST booking`.
#[derive(Deserialize)]
struct BookingChange {
    id: i64,
    wall_time: Option<String>,
    status: Option<String>,
}

/// `GET bookings?customer_id=`.
#[derive(Deserialize)]
struct BookingQuery {
    customer_id: Option<i64>,
}

fn answer(status: StatusCode, body: &Value) -> Response<Bytes> {
    let mut answer = Response::new(Bytes::from(body.to_string()));
    *answer.status_mut() = status;
    answer
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    answer
}

fn obeyed(done: Result<(), StartError>) -> Response<Bytes> {
    match done {
        Ok(()) => answer(StatusCode::OK, &json!({ "ok": true })),
        Err(StartError::Command(why)) => answer(StatusCode::BAD_REQUEST, &json!({ "error": why })),
        Err(_) => answer(StatusCode::INTERNAL_SERVER_ERROR, &json!({ "error": "database" })),
    }
}

/// Obeys one command.
pub(crate) async fn serve(app: &Arc<App>, parts: &Parts, body: &[u8]) -> Response<Bytes> {
    let control = Control { app: Arc::clone(app) };
    let name = parts.uri.path().trim_start_matches("/__control/");
    let ok = || obeyed(Ok(()));
    let bad = |why: &str| answer(StatusCode::BAD_REQUEST, &json!({ "error": why }));
    let switch = || serde_json::from_slice::<Switch>(body).unwrap_or_default();
    match (&parts.method, name) {
        (&Method::GET, "counts") => {
            let outcomes: Vec<Value> = control
                .outcomes("*", "/")
                .into_iter()
                .map(|(status, count)| json!({ "status": status, "count": count }))
                .collect();
            let body = json!({
                "requests": control.requests("*", "/"), "outcomes": outcomes,
                "refresh_requests": control.refresh_requests(), "refreshes": control.refreshes(),
                "reissues": control.reissues(), "reuses": control.reuses(),
            });
            answer(StatusCode::OK, &body)
        }
        (&Method::GET, "seen") => answer(StatusCode::OK, &json!({ "requests": control.seen() })),
        (&Method::GET, "resets") => answer(StatusCode::OK, &json!({ "resets": control.password_resets() })),
        (&Method::POST, "rules") => {
            let Ok(rule) = serde_json::from_slice::<RuleRequest>(body) else {
                return bad("not a rule");
            };
            let Some(fault) = rule.fault(&control) else {
                return bad("not a fault");
            };
            let matches = match &rule.method {
                Some(method) => Match::method(method, &rule.path),
                None => Match::path(&rule.path),
            };
            let mut builder = control.on(matches).skip(rule.skip);
            if let Some(times) = rule.times {
                builder = builder.times(times);
            }
            let id = builder.then(fault);
            answer(StatusCode::OK, &json!({ "id": id.0 }))
        }
        (&Method::POST, "release") => {
            control.gate(&switch().gate).release();
            ok()
        }
        (&Method::POST, "gate") => answer(
            StatusCode::OK,
            &json!({ "arrived": control.gate(&switch().gate).arrived_count() }),
        ),
        (&Method::POST, "clear") => {
            control.clear();
            ok()
        }
        (&Method::POST, "reset-counts") => {
            control.reset_counts();
            ok()
        }
        (&Method::POST, "network") => {
            control.network(switch().on.unwrap_or(true));
            ok()
        }
        (&Method::POST, "draining") => {
            control.set_draining(switch().on.unwrap_or(true));
            ok()
        }
        (&Method::POST, "clock") => {
            control.set_ahead(Duration::from_secs(switch().ahead_s));
            ok()
        }
        (&Method::POST, "empty-bucket") => {
            control.empty_bucket();
            ok()
        }
        (&Method::POST, "dialect") => match switch().dialect {
            Some(1) => {
                control.set_dialect(Dialect::V1);
                ok()
            }
            Some(2) => {
                control.set_dialect(Dialect::V2);
                ok()
            }
            _ => bad("dialect is 1 or 2"),
        },
        (&Method::POST, "rotate-signing-key") => obeyed(control.rotate_signing_key().await),
        (&Method::GET, "bookings") => {
            let Ok(query) = axum::extract::Query::<BookingQuery>::try_from_uri(&parts.uri) else {
                return bad("customer_id is not a number");
            };
            match control.bookings(query.customer_id).await {
                Ok(bookings) => answer(StatusCode::OK, &json!({ "bookings": bookings })),
                Err(error) => obeyed(Err(error)),
            }
        }
        (&Method::POST, "center") => {
            let Ok(change) = serde_json::from_slice::<CenterChange>(body) else {
                return bad("not a change of a centre");
            };
            let CenterChange {
                center_id,
                capacity,
                time_zone,
            } = change;
            obeyed(control.set_center(center_id, capacity, time_zone).await)
        }
        (&Method::POST, "booking") => {
            let Ok(change) = serde_json::from_slice::<BookingChange>(body) else {
                return bad("not a change of a booking");
            };
            let (wall_time, status) = (change.wall_time.as_deref(), change.status.as_deref());
            obeyed(control.change_booking(change.id, wall_time, status).await)
        }
        _ => answer(StatusCode::NOT_FOUND, &json!({ "error": "no such command" })),
    }
}
