//! A client that knows nothing: it sends what it is told and shows what came.
#![allow(dead_code, reason = "each test file uses its part")]

use std::sync::Once;

use jiff::Timestamp;
use pmi_platform::{Config, Dialect, ManualClock, Platform, SeededCustomer};
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

/// The instant tests begin at, unless they say otherwise.
pub const START: &str = "2026-11-22T04:30:00Z";

/// A server, its clock, and a client to call it with.
pub struct Bench {
    pub platform: Platform,
    pub clock: ManualClock,
    pub client: Client,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Reply {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn text(&self, field: &str) -> &str {
        self.body[field].as_str().unwrap_or_default()
    }
}

pub fn client() -> Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
    Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .unwrap()
}

pub fn clock() -> ManualClock {
    ManualClock::new(START.parse::<Timestamp>().unwrap())
}

pub async fn start(dialect: Dialect) -> Bench {
    start_with(Config {
        dialect,
        ..Config::default()
    })
    .await
}

pub async fn start_with(config: Config) -> Bench {
    let clock = clock();
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
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}{path}", self.platform.url()))
    }

    pub async fn get(&self, path: &str, token: &str) -> Reply {
        reply(self.request(Method::GET, path).bearer_auth(token)).await
    }

    pub async fn post(&self, path: &str, token: &str, body: &Value) -> Reply {
        let request = self.request(Method::POST, path).json(body);
        reply(if token.is_empty() {
            request
        } else {
            request.bearer_auth(token)
        })
        .await
    }

    pub async fn login(&self, customer: &SeededCustomer) -> Reply {
        let body = json!({ "email": customer.email, "password": customer.password });
        let reply = self.post("/api/auth/login", "", &body).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        reply
    }

    /// A signed-in customer with one vehicle: who, and its access token.
    pub async fn signed_in(&self) -> (SeededCustomer, String) {
        let customer = self.platform.seeded().with_single_vehicle().unwrap().clone();
        let token = self.login(&customer).await.text("access_token").to_owned();
        (customer, token)
    }

    pub async fn refresh(&self, token: &str) -> Reply {
        self.post("/api/auth/refresh", "", &json!({ "refresh_token": token }))
            .await
    }
}

pub async fn reply(request: RequestBuilder) -> Reply {
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
