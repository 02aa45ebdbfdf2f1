//! What goes over the made-up wire: requests as the core sends them, and as much of either dialect's answers as it reads.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use jiff::civil::DateTime;
use pmi_core::ports::{Network, NetworkError, NetworkRequest, NetworkResponse, PortFuture};
use serde_json::{Value, json};

use super::server::{Account, Booked, Dialect, Nothing, Server, What};
use super::virtual_ports::wall_at;

/// One device's way to the server.
pub(super) struct Wire {
    pub(super) server: Server,
    pub(super) device: usize,
}

impl Network for Wire {
    fn send(&self, request: NetworkRequest) -> PortFuture<Result<NetworkResponse, NetworkError>> {
        let (server, device) = (self.server.clone(), self.device);
        Box::pin(async move {
            if request.permit.as_ref().is_some_and(|permit| !permit.is_granted()) {
                return Err(NetworkError::Withheld);
            }
            let dialect = server.dialect();
            let what = what(&request);
            let handled = server.arrive(device, what, |account, now| {
                let wall = wall_at(now);
                let seconds = wall.as_second();
                let answer = answer(dialect, &request, account, device, now, seconds);
                (answer, wall.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string())
            });
            match handled.await {
                Ok(((status, body), date)) => response(status, &body, Some(&date)),
                // A proxy's page, and no clock of the server's.
                Err(Nothing::Unavailable) => response(503, &json!("unavailable"), None),
                Err(Nothing::Refused) => Err(NetworkError::Connect),
            }
        })
    }
}

fn response(status: u16, body: &Value, date: Option<&str>) -> Result<NetworkResponse, NetworkError> {
    let mut headers = HeaderMap::new();
    let kind = if date.is_some() {
        "application/json"
    } else {
        "text/html"
    };
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Some(date) = date.and_then(|date| HeaderValue::from_str(date).ok()) {
        headers.insert(header::DATE, date);
        headers.insert("x-request-id", HeaderValue::from_static("simulated"));
    }
    let body = Bytes::from(body.to_string());
    Ok(NetworkResponse {
        status: StatusCode::from_u16(status).map_err(|_| NetworkError::Damaged)?,
        headers,
        body: stream::iter([Ok(body)]).boxed(),
    })
}

fn what(request: &NetworkRequest) -> What {
    match (&request.method, request.url.path()) {
        (_, "/.well-known/pmi") => What::Discover,
        (_, "/api/auth/login") => What::SignIn,
        (_, "/api/auth/refresh") => What::Refresh,
        (&Method::POST, _) => What::Book,
        _ => What::Read,
    }
}

/// Status and body.
fn answer(
    dialect: Dialect,
    request: &NetworkRequest,
    account: &mut Account,
    device: usize,
    now: std::time::Duration,
    seconds: i64,
) -> (u16, Value) {
    let customer = device + 1;
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    let asked_for = |name: &str| {
        let mut pairs = request.url.query_pairs();
        pairs.find_map(|(key, value)| (key == name).then(|| value.into_owned()))
    };
    let refuses_token = dialect == Dialect::V2 && now >= account.token_ends;
    match (what(request), dialect) {
        (What::Discover, Dialect::V1) => (404, json!({"detail": "Not Found"})),
        (What::Discover, Dialect::V2) => {
            let features = ["book", "choose_center", "slots"];
            (200, json!({"api_version": 2, "features": features}))
        }
        (What::SignIn | What::Refresh, _) => {
            let lives = account.grant(now).as_secs();
            (200, tokens(dialect, customer, account.generation, seconds, lives))
        }
        _ if refuses_token => (
            401,
            json!({"error": "token_expired", "message": "it has expired", "request_id": "simulated"}),
        ),
        (What::Book, Dialect::V1) => {
            let at = format!("{} {}", text("scheduled_date"), text("scheduled_time"));
            let at = DateTime::strptime("%m/%d/%Y %I:%M %p", &at);
            let at = at.map(|at| at.strftime("%Y-%m-%dT%H:%M:%S").to_string());
            let made = account.book(device, text("notes"), at.unwrap_or_default(), String::new());
            (200, v1_made(&made))
        }
        (What::Book, Dialect::V2) => {
            let operation = text("client_operation_id");
            let made = account.book(device, operation, text("scheduled_at"), text("time_zone"));
            (201, v2_booking(device, &made))
        }
        (What::Read, Dialect::V1) => v1_read(request.url.path(), account, device),
        (What::Read, Dialect::V2) => {
            let operation = asked_for("client_operation_id");
            v2_read(request.url.path(), operation.as_deref(), account, device)
        }
    }
}

fn tokens(dialect: Dialect, customer: usize, generation: u64, now: i64, lives: u64) -> Value {
    let lives = i64::try_from(lives).unwrap_or(i64::MAX);
    let claims = json!({"sub": customer.to_string(), "role": "customer", "iat": now, "exp": now + lives});
    let access = format!("h.{}.{generation}", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let mut body = json!({
        "access_token": access, "refresh_token": format!("r.{customer}.{generation}"), "token_type": "bearer",
        "customer_id": customer, "email": "rider@example.com", "role": "customer",
    });
    if dialect == Dialect::V2 {
        body["expires_in"] = json!(lives);
        body["permissions"] = json!(["view_own_vehicles", "book_appointment", "view_own_appointments"]);
    }
    body
}

fn vehicle(device: usize) -> Value {
    json!({
        "vehicle_id": device + 1, "vin": "MBLHAW000J9000001", "make": "Hero MotoCorp", "model": "Xpulse 200",
        "year": 2024, "mileage": 12_000, "health_score": 8.5, "health_status": "good",
    })
}

fn v1_read(path: &str, account: &Account, device: usize) -> (u16, Value) {
    let body = if path.starts_with("/api/fixes/vehicles-with-health") {
        json!({"customer_id": device + 1, "total_vehicles": 1, "vehicles": [vehicle(device)]})
    } else if path == "/api/appointments/list" {
        account
            .bookings
            .iter()
            .rev()
            .map(|made| v1_row(device, made))
            .collect()
    } else if path == "/api/appointments/service-centers/available" {
        json!([center()])
    } else {
        return (404, json!({"detail": "Not Found"}));
    };
    (200, body)
}

fn v1_made(made: &Booked) -> Value {
    json!({
        "appointment_id": made.id, "customer_name": "A Rider", "vehicle_info": "Hero MotoCorp Xpulse 200",
        "service_type": "Oil Change", "scheduled_time": made.at, "service_center": "Centre 1", "status": "scheduled",
    })
}

fn v1_row(device: usize, made: &Booked) -> Value {
    json!({
        "appointment_id": made.id, "vehicle_id": device + 1, "vehicle_model": "Hero MotoCorp Xpulse 200",
        "appointment_type": "oil_change", "scheduled_time": format!("{}Z", made.at), "status": "scheduled",
        "service_center_id": 1, "service_center_name": "Centre 1", "predicted_issue": made.operation,
    })
}

fn v2_read(path: &str, operation: Option<&str>, account: &Account, device: usize) -> (u16, Value) {
    let items: Vec<Value> = match path {
        "/api/vehicles" => vec![vehicle(device)],
        "/api/service-centers" => vec![center()],
        "/api/bookings" => {
            let wanted = |made: &&Booked| operation.is_none_or(|operation| made.operation == operation);
            let made = account.bookings.iter().rev().filter(wanted);
            made.map(|made| v2_booking(device, made)).collect()
        }
        _ => {
            let body = json!({"error": "not_found", "message": "no", "request_id": "simulated"});
            return (404, body);
        }
    };
    (200, json!({"items": items, "next_cursor": null}))
}

fn v2_booking(device: usize, made: &Booked) -> Value {
    json!({
        "appointment_id": made.id, "vehicle_id": device + 1, "vehicle": "Hero MotoCorp Xpulse 200",
        "service_type": "oil_change", "center_id": 1, "service_center": "Centre 1", "scheduled_at": made.at,
        "time_zone": made.zone, "status": "scheduled", "estimated_duration": 30,
        "client_operation_id": made.operation,
    })
}

fn center() -> Value {
    json!({
        "center_id": 1, "name": "Centre 1", "address": "1 Main Road", "city": "Pune", "state": "MH",
        "capacity": 4, "available_slots": 4, "time_zone": "Asia/Kolkata",
    })
}
