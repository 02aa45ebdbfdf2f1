//! A client that knows nothing: it sends what it is told and shows what came.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

use std::io::ErrorKind;
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};

use jiff::Timestamp;
use pmi_platform::{Config, Database, Dialect, ManualClock, Platform, SeededCustomer};
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use sqlx::Connection as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// The instant tests begin at, unless they say otherwise.
pub(crate) const START: &str = "2026-11-22T04:30:00Z";

/// A server, its clock, and a client to call it with.
pub(crate) struct Bench {
    pub(crate) platform: Platform,
    pub(crate) clock: ManualClock,
    pub(crate) client: Client,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn text(&self, field: &str) -> &str {
        self.body[field].as_str().unwrap_or_default()
    }
}

/// A JSON body. reqwest's own `json` is a feature that the product does not have, and a test that turned it on would have the
/// whole tree built twice.
pub(crate) trait WithJson {
    fn with_json(self, body: &Value) -> Self;
}

impl WithJson for RequestBuilder {
    fn with_json(self, body: &Value) -> Self {
        self.header("content-type", "application/json")
            .body(body.to_string())
    }
}

pub(crate) fn client() -> Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
    Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .unwrap()
}

pub(crate) fn clock() -> ManualClock {
    ManualClock::new(START.parse::<Timestamp>().unwrap())
}

/// A new database of the PostgreSQL server that `PMI_TEST_DATABASE_URL` names, if it does: the same tests for both.
pub(crate) async fn elsewhere() -> Option<Database> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let server = std::env::var("PMI_TEST_DATABASE_URL").ok()?;
    let started = Timestamp::now().as_microsecond();
    let name = format!(
        "pmi_{started}_{}_{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    );
    let mut admin = sqlx::PgConnection::connect(&format!("{server}/postgres"))
        .await
        .unwrap();
    let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
    sqlx::raw_sql(create).execute(&mut admin).await.unwrap();
    Some(Database::Url(format!("{server}/{name}")))
}

pub(crate) async fn start(dialect: Dialect) -> Bench {
    start_with(Config {
        dialect,
        ..Config::default()
    })
    .await
}

pub(crate) async fn start_with(config: Config) -> Bench {
    let clock = clock();
    let database = match config.database {
        Database::Memory => elsewhere().await.unwrap_or(Database::Memory),
        chosen => chosen,
    };
    let config = Config { database, ..config };
    let config = Config {
        clock: std::sync::Arc::new(clock.clone()),
        ..config
    };
    Bench {
        platform: Platform::start(config).await.unwrap(),
        clock,
        client: client(),
    }
}

impl Bench {
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}{path}", self.platform.url()))
    }

    pub(crate) async fn get(&self, path: &str, token: &str) -> Reply {
        reply(self.request(Method::GET, path).bearer_auth(token)).await
    }

    pub(crate) async fn post(&self, path: &str, token: &str, body: &Value) -> Reply {
        let request = self.request(Method::POST, path).with_json(body);
        reply(if token.is_empty() {
            request
        } else {
            request.bearer_auth(token)
        })
        .await
    }

    /// A request with these headers, and a JSON body unless it is null.
    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        token: &str,
        body: &Value,
        headers: &[(&str, &str)],
    ) -> Reply {
        let mut request = self.request(method, path).bearer_auth(token);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        reply(if body.is_null() {
            request
        } else {
            request.with_json(body)
        })
        .await
    }

    pub(crate) async fn book(&self, token: &str, body: &Value) -> Reply {
        self.post("/api/bookings", token, body).await
    }

    /// Moves a booking; `tag` is what `If-Match` says, if it is not empty.
    pub(crate) async fn reschedule(&self, token: &str, id: &Value, body: &Value, tag: &str) -> Reply {
        let (path, headers) = (format!("/api/bookings/{id}"), [("if-match", tag)]);
        let headers = if tag.is_empty() { &[][..] } else { &headers[..] };
        self.send(Method::PATCH, &path, token, body, headers).await
    }

    /// Calls a booking off; `tag` is what `If-Match` says, if it is not empty.
    pub(crate) async fn cancel(&self, token: &str, id: &Value, tag: &str) -> Reply {
        let (path, headers) = (format!("/api/bookings/{id}/cancel"), [("if-match", tag)]);
        let headers = if tag.is_empty() { &[][..] } else { &headers[..] };
        self.send(Method::POST, &path, token, &Value::Null, headers).await
    }

    /// The access token of a seeded account.
    pub(crate) async fn token(&self, account: &SeededCustomer) -> String {
        self.login(account).await.text("access_token").to_owned()
    }

    pub(crate) async fn login(&self, customer: &SeededCustomer) -> Reply {
        let body = json!({ "email": customer.email, "password": customer.password });
        let reply = self.post("/api/auth/login", "", &body).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        reply
    }

    /// A signed-in customer with one vehicle: who, and its access token.
    pub(crate) async fn signed_in(&self) -> (SeededCustomer, String) {
        let customer = self.platform.seeded().with_single_vehicle().unwrap().clone();
        let token = self.login(&customer).await.text("access_token").to_owned();
        (customer, token)
    }

    pub(crate) async fn refresh(&self, token: &str) -> Reply {
        self.post("/api/auth/refresh", "", &json!({ "refresh_token": token }))
            .await
    }
}

pub(crate) async fn reply(request: RequestBuilder) -> Reply {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = response.bytes().await.unwrap();
    let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    Reply {
        status,
        headers,
        body,
    }
}

/// A refusal in the one envelope.
pub(crate) fn envelope(reply: &Reply, status: u16, code: &str) {
    assert_eq!(
        (reply.status.as_u16(), reply.text("error")),
        (status, code),
        "{reply:?}"
    );
    assert_eq!(reply.text("request_id"), reply.header("x-request-id"));
    assert!(!reply.text("message").is_empty());
    assert_eq!(reply.header("content-type"), "application/json");
}

/// An order for an oil change at the eighth centre, which has two places and no booking yet, three days from the start.
pub(crate) fn order(vehicle: i64) -> Value {
    json!({
        "vehicle_id": vehicle, "service_type": "oil_change", "center_id": 8,
        "scheduled_at": "2026-11-25T10:00:00+05:30",
    })
}

/// Books under an idempotency key.
pub(crate) async fn keyed(bench: &Bench, token: &str, key: &str, body: &Value) -> Reply {
    let headers = [("idempotency-key", key)];
    bench
        .send(Method::POST, "/api/bookings", token, body, &headers)
        .await
}

/// How many bookings there are at the eighth centre, which begins with none.
pub(crate) async fn made(platform: &Platform) -> usize {
    let all = platform.control().bookings(None).await.unwrap();
    all.iter().filter(|booking| booking.center_id == 8).count()
}

/// `body` with one more member, or one changed.
pub(crate) fn with(body: &Value, name: &str, value: impl Into<Value>) -> Value {
    let mut body = body.clone();
    body[name] = value.into();
    body
}

/// A `validation_failed` about exactly these fields.
pub(crate) fn invalid(reply: &Reply, wrong: &[(&str, &str)]) {
    envelope(reply, 422, "validation_failed");
    let wrong: Vec<Value> = wrong
        .iter()
        .map(|(field, reason)| json!({ "field": field, "reason": reason }))
        .collect();
    assert_eq!(reply.body["detail"], json!(wrong));
}

/// A list's `starts_at`s with what is available.
pub(crate) fn starts(list: &Value) -> Vec<(String, i64)> {
    let list = list.as_array().unwrap().iter();
    list.map(|slot| {
        (
            slot["starts_at"].as_str().unwrap().to_owned(),
            slot["available"].as_i64().unwrap(),
        )
    })
    .collect()
}

/// Everything a server sends to a raw request, until it closes the connection.
pub(crate) async fn raw(bench: &Bench, request: &str) -> String {
    let address = bench.platform.url().trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut all = Vec::new();
    if let Err(error) = stream.read_to_end(&mut all).await {
        assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    }
    String::from_utf8_lossy(&all).into_owned()
}

/// A request as bytes.
pub(crate) fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n")
}
