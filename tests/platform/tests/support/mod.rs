//! A client that knows nothing: it sends what it is told and shows what came.
#![allow(dead_code, reason = "each test file uses its part")]

use std::sync::Once;

use jiff::Timestamp;
use pmi_platform::{Config, Dialect, ManualClock, Platform, SeededCustomer};
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

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

pub(crate) async fn start(dialect: Dialect) -> Bench {
    start_with(Config {
        dialect,
        ..Config::default()
    })
    .await
}

pub(crate) async fn start_with(config: Config) -> Bench {
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
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}{path}", self.platform.url()))
    }

    pub(crate) async fn get(&self, path: &str, token: &str) -> Reply {
        reply(self.request(Method::GET, path).bearer_auth(token)).await
    }

    pub(crate) async fn post(&self, path: &str, token: &str, body: &Value) -> Reply {
        let request = self.request(Method::POST, path).json(body);
        reply(if token.is_empty() {
            request
        } else {
            request.bearer_auth(token)
        })
        .await
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
