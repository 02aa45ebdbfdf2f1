//! What the server logs at its loudest: every request, and nothing secret.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod support;

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use pmi_platform::Dialect;
use serde_json::json;
use support::start;
use tracing_subscriber::fmt::MakeWriter;

#[derive(Clone, Default)]
struct Pages(Arc<Mutex<Vec<u8>>>);

impl Write for Pages {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Pages {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn logs_name_every_request_and_hold_no_secret() {
    let pages = Pages::default();
    let subscriber = tracing_subscriber::fmt()
        .json()
        .with_env_filter("trace")
        .with_writer(pages.clone())
        .finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let mut secrets = Vec::new();
    for dialect in [Dialect::V1, Dialect::V2] {
        let bench = start(dialect).await;
        let customer = bench.platform.seeded().with_single_vehicle().unwrap().clone();
        let login = bench.login(&customer).await;
        let token = login.text("refresh_token");
        let refreshed = match dialect {
            Dialect::V1 => {
                bench
                    .post(
                        &format!("/api/auth/refresh?refresh_token={token}"),
                        "",
                        &json!({}),
                    )
                    .await
            }
            Dialect::V2 => bench.refresh(token).await,
        };
        assert_eq!(refreshed.status, 200);
        for answer in [&login, &refreshed] {
            secrets.extend([
                answer.text("access_token").to_owned(),
                answer.text("refresh_token").to_owned(),
            ]);
        }
        secrets.push(customer.password);
        let wrong = json!({ "email": customer.email, "password": "a-wrong-password" });
        bench.post("/api/auth/login", "", &wrong).await;
        if dialect == Dialect::V2 {
            bench
                .post(
                    "/api/auth/password/request-reset",
                    "",
                    &json!({ "email": customer.email }),
                )
                .await;
            secrets.extend(
                bench
                    .platform
                    .control()
                    .password_resets()
                    .into_iter()
                    .map(|mail| mail.token),
            );
        }
    }
    secrets.extend(["a-wrong-password".to_owned(), "argon2id$".to_owned()]);
    let log = String::from_utf8(pages.0.lock().unwrap().clone()).unwrap();
    // The client's own lines are not the server's.
    let ours: String = log
        .lines()
        .filter(|line| !line.contains("\"target\":\"reqwest"))
        .collect();
    assert_eq!(ours.matches("\"message\":\"answered\"").count(), 7);
    assert!(ours.contains("\"request_id\":\""));
    for secret in secrets {
        assert!(
            !ours.contains(&secret),
            "a secret of {} characters is in the log",
            secret.len()
        );
    }
}
