//! Signing in and staying so (v2): rotation, reuse, lost answers, keys, restarts.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod support;

use std::time::Duration;

use pmi_platform::{Config, Database, Dialect, Fault, Match};
use reqwest::Method;
use serde_json::json;
use support::{Bench, WithJson as _, reply, start, start_with};

async fn me(bench: &Bench, token: &str) -> u16 {
    bench.get("/api/auth/me", token).await.status.as_u16()
}

#[tokio::test]
async fn a_seeded_customer_signs_in_and_reads_itself() {
    let bench = start(Dialect::V2).await;
    let customer = bench.platform.seeded().with_single_vehicle().unwrap().clone();
    let login = bench.login(&customer).await;
    assert_eq!(login.body["expires_in"], 1800);
    assert_eq!(login.text("first_name"), customer.first_name);
    let me = bench.get("/api/auth/me", login.text("access_token")).await;
    assert_eq!(
        (me.status.as_u16(), me.body["customer_id"].as_i64()),
        (200, Some(customer.id))
    );
    assert_eq!(me.body["permissions"].as_array().map(Vec::len), Some(4));
}

#[tokio::test]
async fn addresses_compare_without_case_and_a_wrong_password_looks_like_an_unknown_address() {
    let bench = start(Dialect::V2).await;
    let customer = bench.platform.seeded().with_single_vehicle().unwrap().clone();
    let shouted = json!({ "email": customer.email.to_uppercase(), "password": customer.password });
    assert_eq!(bench.post("/api/auth/login", "", &shouted).await.status, 200);
    for (email, secret) in [(customer.email.as_str(), "wrong"), ("ghost@example.com", "wrong")] {
        let refused = bench
            .post(
                "/api/auth/login",
                "",
                &json!({ "email": email, "password": secret }),
            )
            .await;
        assert_eq!(
            (refused.status.as_u16(), refused.text("error")),
            (401, "invalid_credentials")
        );
        assert_eq!(refused.header("www-authenticate"), "");
    }
}

#[tokio::test]
async fn the_servers_clock_is_put_ahead_of_the_one_it_was_given_and_back() {
    let bench = start(Dialect::V2).await;
    let (_, token) = bench.signed_in().await;
    let control = bench.platform.control();
    for (ahead_s, status) in [(1799, 200), (1800, 401), (0, 200)] {
        control.set_ahead(Duration::from_secs(ahead_s));
        assert_eq!(me(&bench, &token).await, status, "{ahead_s} s ahead");
    }
}

#[tokio::test]
async fn an_access_token_expires_by_the_servers_clock() {
    let bench = start(Dialect::V2).await;
    let (_, token) = bench.signed_in().await;
    bench.clock.advance(Duration::from_secs(1799));
    assert_eq!(me(&bench, &token).await, 200);
    bench.clock.advance(Duration::from_secs(1));
    let expired = bench.get("/api/auth/me", &token).await;
    assert_eq!(
        (expired.status.as_u16(), expired.text("error")),
        (401, "token_expired")
    );
    assert_eq!(expired.header("www-authenticate"), "Bearer");
}

#[tokio::test]
async fn a_refresh_token_used_after_its_successor_ends_the_family() {
    let bench = start(Dialect::V2).await;
    let customer = bench.platform.seeded().with_single_vehicle().unwrap().clone();
    let login = bench.login(&customer).await;
    let other = bench.login(&customer).await;
    let second = bench.refresh(login.text("refresh_token")).await;
    assert_eq!(second.status, 200);
    assert_ne!(second.text("refresh_token"), login.text("refresh_token"));
    let third = bench.refresh(second.text("refresh_token")).await;
    assert_eq!(third.status, 200);
    assert_eq!(bench.platform.control().refreshes(), 2);

    let reused = bench.refresh(login.text("refresh_token")).await;
    assert_eq!(
        (reused.status.as_u16(), reused.text("error")),
        (401, "refresh_token_reused")
    );
    assert_eq!(reused.header("www-authenticate"), "");
    assert_eq!(
        bench.refresh(third.text("refresh_token")).await.text("error"),
        "refresh_token_reused"
    );
    assert_eq!(me(&bench, third.text("access_token")).await, 401);
    assert_eq!(
        me(&bench, other.text("access_token")).await,
        200,
        "another sign-in is another family"
    );
}

#[tokio::test]
async fn a_lost_answer_is_given_again_however_late() {
    let bench = start(Dialect::V2).await;
    let customer = bench.platform.seeded().with_single_vehicle().unwrap().clone();
    let login = bench.login(&customer).await;
    let first = bench.refresh(login.text("refresh_token")).await;
    bench.clock.advance(Duration::from_secs(6 * 24 * 3600));
    let again = bench.refresh(login.text("refresh_token")).await;
    assert_eq!(again.text("refresh_token"), first.text("refresh_token"));
    assert_ne!(again.text("access_token"), first.text("access_token"));
    let control = bench.platform.control();
    assert_eq!(
        (
            control.refreshes(),
            control.reissues(),
            control.refresh_requests()
        ),
        (1, 1, 2)
    );
    assert_eq!(me(&bench, again.text("access_token")).await, 200);
}

#[tokio::test]
async fn using_the_successors_access_token_proves_the_answer_arrived() {
    let bench = start(Dialect::V2).await;
    let customer = bench.platform.seeded().with_single_vehicle().unwrap().clone();
    let login = bench.login(&customer).await;
    let first = bench.refresh(login.text("refresh_token")).await;
    assert_eq!(
        me(&bench, login.text("access_token")).await,
        200,
        "the old access token proves nothing"
    );
    assert_eq!(bench.refresh(login.text("refresh_token")).await.status, 200);
    assert_eq!(me(&bench, first.text("access_token")).await, 200);
    assert_eq!(
        bench.refresh(login.text("refresh_token")).await.text("error"),
        "refresh_token_reused"
    );
    let control = bench.platform.control();
    assert_eq!(
        (control.refreshes(), control.reissues(), control.reuses()),
        (1, 1, 1)
    );
}

#[tokio::test]
async fn a_refresh_whose_connection_is_cut_has_rotated_all_the_same() {
    let bench = start(Dialect::V2).await;
    let customer = bench.platform.seeded().with_single_vehicle().unwrap().clone();
    let login = bench.login(&customer).await;
    let control = bench.platform.control().clone();
    control
        .on(Match::post("/api/auth/refresh"))
        .times(1)
        .then(Fault::CutAfter);
    let body = json!({ "refresh_token": login.text("refresh_token") });
    assert!(
        bench
            .request(Method::POST, "/api/auth/refresh")
            .with_json(&body)
            .send()
            .await
            .is_err()
    );
    assert_eq!(
        (
            control.refreshes(),
            control.outcomes("POST", "/api/auth/refresh")[&0]
        ),
        (1, 1)
    );
    assert_eq!(bench.refresh(login.text("refresh_token")).await.status, 200);
    assert_eq!((control.refreshes(), control.reissues()), (1, 1));
}

#[tokio::test]
async fn a_refresh_token_expires_after_a_week_and_rubbish_is_refused() {
    let bench = start(Dialect::V2).await;
    let customer = bench.platform.seeded().with_single_vehicle().unwrap().clone();
    let login = bench.login(&customer).await;
    assert_eq!(
        bench.refresh("pmir_aa_1_bb").await.text("error"),
        "invalid_refresh_token"
    );
    assert_eq!(
        bench.refresh(login.text("access_token")).await.text("error"),
        "invalid_refresh_token"
    );
    bench.clock.advance(Duration::from_secs(7 * 24 * 3600));
    assert_eq!(
        bench.refresh(login.text("refresh_token")).await.text("error"),
        "invalid_refresh_token"
    );
}

#[tokio::test]
async fn signing_out_ends_the_family_and_no_other() {
    let bench = start(Dialect::V2).await;
    let customer = bench.platform.seeded().with_single_vehicle().unwrap().clone();
    let (one, two) = (bench.login(&customer).await, bench.login(&customer).await);
    let out = bench
        .post("/api/auth/logout", one.text("access_token"), &json!({}))
        .await;
    assert_eq!(out.status, 200);
    assert_eq!(
        bench.refresh(one.text("refresh_token")).await.text("error"),
        "invalid_refresh_token"
    );
    assert_eq!(me(&bench, one.text("access_token")).await, 401);
    assert_eq!(bench.refresh(two.text("refresh_token")).await.status, 200);
}

#[tokio::test]
async fn a_new_signing_key_refuses_every_token() {
    let bench = start(Dialect::V2).await;
    let customer = bench.platform.seeded().with_single_vehicle().unwrap().clone();
    let login = bench.login(&customer).await;
    bench.platform.control().rotate_signing_key().await.unwrap();
    assert_eq!(
        bench
            .get("/api/auth/me", login.text("access_token"))
            .await
            .text("error"),
        "invalid_token"
    );
    assert_eq!(
        bench.refresh(login.text("refresh_token")).await.text("error"),
        "invalid_refresh_token"
    );
    assert_eq!(
        me(&bench, bench.login(&customer).await.text("access_token")).await,
        200
    );
}

#[tokio::test]
async fn a_file_keeps_tokens_rotation_and_seed_over_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("platform.sqlite3");
    let config = || Config {
        database: Database::File(path.clone()),
        ..Config::default()
    };
    let bench = start_with(config()).await;
    let seeded = bench.platform.seeded().clone();
    let customer = seeded.with_single_vehicle().unwrap().clone();
    let login = bench.login(&customer).await;
    let rotated = bench.refresh(login.text("refresh_token")).await;
    bench.platform.stop().await;

    let bench = start_with(config()).await;
    assert_eq!(*bench.platform.seeded(), seeded);
    assert_eq!(
        bench
            .refresh(login.text("refresh_token"))
            .await
            .text("refresh_token"),
        rotated.text("refresh_token")
    );
    assert_eq!(me(&bench, rotated.text("access_token")).await, 200);
    assert_eq!(
        bench.refresh(login.text("refresh_token")).await.text("error"),
        "refresh_token_reused"
    );
    bench.platform.stop().await;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}

#[tokio::test]
async fn registering_makes_an_account_once() {
    let bench = start(Dialect::V2).await;
    let body = json!({ "email": "New@Example.com", "password": "long enough", "first_name": "N", "last_name": "U",
        "phone": "+911234567890" });
    let made = bench.post("/api/auth/register", "", &body).await;
    assert_eq!((made.status.as_u16(), made.text("role")), (201, "customer"));
    assert_eq!(me(&bench, made.text("access_token")).await, 200);
    let mut again = body.clone();
    again["email"] = json!("new@example.com");
    let taken = bench.post("/api/auth/register", "", &again).await;
    assert_eq!((taken.status.as_u16(), taken.text("error")), (409, "email_taken"));
    again["password"] = json!("s3cr3t");
    let short = bench.post("/api/auth/register", "", &again).await;
    assert_eq!(
        short.body["detail"],
        json!([{ "field": "password", "reason": "is too short" }])
    );
    assert!(!short.body.to_string().contains("s3cr3t"), "{short:?}");
}

#[tokio::test]
async fn changing_the_password_ends_every_other_sign_in() {
    let bench = start(Dialect::V2).await;
    let customer = bench.platform.seeded().with_single_vehicle().unwrap().clone();
    let (one, two) = (bench.login(&customer).await, bench.login(&customer).await);
    let wrong = json!({ "current_password": "nope", "new_password": "something new" });
    let refused = bench
        .post("/api/auth/password/change", one.text("access_token"), &wrong)
        .await;
    assert_eq!(
        (refused.status.as_u16(), refused.text("error")),
        (403, "invalid_credentials")
    );
    let right = json!({ "current_password": customer.password, "new_password": "something new" });
    let changed = bench
        .post("/api/auth/password/change", one.text("access_token"), &right)
        .await;
    assert_eq!(me(&bench, changed.text("access_token")).await, 200);
    assert_eq!(me(&bench, two.text("access_token")).await, 401);
    assert_eq!(bench.refresh(one.text("refresh_token")).await.status, 401);
}

#[tokio::test]
async fn a_reset_token_works_once_and_ends_every_sign_in() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = folder.path().join("outbox.jsonl");
    let bench = start_with(Config {
        password_reset_outbox: Some(outbox.clone()),
        ..Config::default()
    })
    .await;
    let customer = bench.platform.seeded().with_single_vehicle().unwrap().clone();
    let login = bench.login(&customer).await;
    for email in ["ghost@example.com", customer.email.as_str()] {
        let asked = bench
            .post("/api/auth/password/request-reset", "", &json!({ "email": email }))
            .await;
        assert_eq!(asked.status, 202);
    }
    let written = std::fs::read_to_string(&outbox).unwrap();
    let resets = bench.platform.control().password_resets();
    assert_eq!((written.lines().count(), resets.len()), (1, 1));
    assert!(written.contains(&resets[0].token) && resets[0].to == customer.email);

    let body = json!({ "token": resets[0].token, "new_password": "another one" });
    assert_eq!(
        bench.post("/api/auth/password/reset", "", &body).await.status,
        200
    );
    let twice = bench.post("/api/auth/password/reset", "", &body).await;
    assert_eq!(
        (twice.status.as_u16(), twice.text("error")),
        (422, "invalid_reset_token")
    );
    assert_eq!(me(&bench, login.text("access_token")).await, 401);
    let fresh = json!({ "email": customer.email, "password": "another one" });
    assert_eq!(bench.post("/api/auth/login", "", &fresh).await.status, 200);
}

#[tokio::test]
async fn a_deleted_account_is_gone_and_a_disabled_one_says_so() {
    let bench = start(Dialect::V2).await;
    let (customer, token) = bench.signed_in().await;
    bench
        .platform
        .control()
        .set_active(customer.id, false)
        .await
        .unwrap();
    assert_eq!(
        bench.get("/api/auth/me", &token).await.text("error"),
        "account_disabled"
    );
    bench
        .platform
        .control()
        .set_active(customer.id, true)
        .await
        .unwrap();
    let delete = |password: &str| {
        bench
            .request(Method::DELETE, "/api/auth/me")
            .bearer_auth(&token)
            .with_json(&json!({ "password": password }))
    };
    assert_eq!(reply(delete("wrong")).await.status, 403);
    assert_eq!(reply(delete(&customer.password)).await.status, 200);
    assert_eq!(me(&bench, &token).await, 401);
    let again = json!({ "email": customer.email, "password": customer.password });
    assert_eq!(
        bench.post("/api/auth/login", "", &again).await.text("error"),
        "invalid_credentials"
    );
}
