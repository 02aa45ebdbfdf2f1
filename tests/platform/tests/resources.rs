//! What v2 lets whom read and change.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod support;

use pmi_platform::{Config, Database, Dialect};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::Connection as _;
use support::{WithJson as _, envelope, reply, start, start_with};

#[tokio::test]
async fn what_belongs_to_somebody_else_is_not_found() {
    let bench = start(Dialect::V2).await;
    let (customer, token) = bench.signed_in().await;
    let other = bench
        .platform
        .seeded()
        .customers
        .iter()
        .find(|one| one.id != customer.id)
        .unwrap()
        .clone();
    let path = format!("/api/vehicles/{}/details", other.vehicle_ids[0]);
    envelope(&bench.get(&path, &token).await, 404, "not_found");
    let theirs = bench.login(&other).await.text("access_token").to_owned();
    assert_eq!(bench.get(&path, &theirs).await.status, 200);
    let booking = bench.get("/api/bookings", &theirs).await.body["items"][0]["appointment_id"].clone();
    envelope(
        &bench.get(&format!("/api/bookings/{booking}"), &token).await,
        404,
        "not_found",
    );
    assert_eq!(
        bench
            .get(&format!("/api/bookings/{booking}"), &theirs)
            .await
            .status,
        200
    );
    let notice = bench.get("/api/notifications", &theirs).await.body["items"][0]["notification_id"].clone();
    let read = |token: &str| {
        bench
            .request(Method::PUT, &format!("/api/notifications/{notice}/read"))
            .bearer_auth(token)
    };
    envelope(&reply(read(&token)).await, 404, "not_found");
    for _ in 0..2 {
        assert_eq!(reply(read(&theirs)).await.body["read"], true);
    }
}

#[tokio::test]
async fn a_role_without_the_permission_is_told_its_name() {
    let bench = start(Dialect::V2).await;
    let seeded = bench.platform.seeded().clone();
    let may = |role: &'static str| seeded.with_role(role).unwrap().clone();
    let mechanic = bench
        .login(&may("mechanic"))
        .await
        .text("access_token")
        .to_owned();
    for (path, permission) in [
        ("/api/vehicles", "view_own_vehicles"),
        ("/api/bookings", "view_own_appointments"),
        ("/api/notifications", "view_own_vehicles"),
    ] {
        let refused = bench.get(path, &mechanic).await;
        envelope(&refused, 403, "missing_permission");
        assert_eq!(refused.body["detail"], json!({ "permission": permission }));
    }
    assert_eq!(bench.get("/api/service-centers", &mechanic).await.status, 200);
    let viewer = bench.login(&may("viewer")).await.text("access_token").to_owned();
    assert_eq!(bench.get("/api/vehicles", &viewer).await.status, 200);
}

#[tokio::test]
async fn a_claim_is_made_once_and_only_of_what_is_free() {
    let bench = start(Dialect::V2).await;
    let (customer, token) = bench.signed_in().await;
    let seeded = bench.platform.seeded().clone();
    let other = seeded.with_many_vehicles().unwrap().clone();
    let theirs = bench.login(&other).await.text("access_token").to_owned();
    let claim = async |token: &str, vin: &str| {
        bench
            .post("/api/vehicles/claim", token, &json!({ "vin": vin }))
            .await
    };
    let vin = &seeded.unclaimed_vins[0];
    assert_eq!(seeded.unclaimed_vins.len(), 10);
    let claimed = claim(&token, &vin.to_lowercase()).await;
    assert_eq!(
        (claimed.status.as_u16(), claimed.text("vin")),
        (201, vin.as_str())
    );
    assert_eq!(claim(&token, vin).await.status, 200);
    envelope(&claim(&theirs, vin).await, 409, "vehicle_claimed");
    envelope(&claim(&token, "1M8GDM9AXKP042788").await, 404, "not_found");
    envelope(
        &claim(&token, "1M8GDM9AXKP042789").await,
        422,
        "validation_failed",
    );
    envelope(&claim(&token, "SHORT").await, 422, "validation_failed");
    let list = bench.get("/api/vehicles", &token).await.body;
    assert_eq!(
        list["items"].as_array().map(Vec::len),
        Some(customer.vehicle_ids.len() + 1)
    );
}

#[tokio::test]
async fn lists_page_by_cursor_and_lose_nothing() {
    let bench = start(Dialect::V2).await;
    let customer = bench.platform.seeded().with_many_vehicles().unwrap().clone();
    let token = bench.login(&customer).await.text("access_token").to_owned();
    for path in [
        "/api/vehicles",
        "/api/bookings",
        "/api/notifications",
        "/api/service-centers",
    ] {
        let whole = bench.get(path, &token).await.body;
        assert_eq!(whole["next_cursor"], Value::Null);
        let (mut paged, mut cursor) = (Vec::new(), String::new());
        for _ in 0..100 {
            let page = bench.get(&format!("{path}?limit=1{cursor}"), &token).await.body;
            paged.extend(page["items"].as_array().unwrap().clone());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(whole["items"], json!(paged), "{path}");
        assert!(paged.len() > 1, "{path}");
    }
}

#[tokio::test]
async fn a_profile_changes_and_an_export_has_everything() {
    let bench = start(Dialect::V2).await;
    let (customer, token) = bench.signed_in().await;
    let change = |body: Value| {
        reply(
            bench
                .request(Method::PATCH, "/api/auth/me")
                .bearer_auth(&token)
                .with_json(&body),
        )
    };
    let changed = change(json!({ "first_name": "Nova", "phone": null })).await;
    assert_eq!(
        (changed.text("first_name"), &changed.body["phone"]),
        ("Nova", &Value::Null)
    );
    assert_eq!(changed.text("last_name"), customer.last_name);
    envelope(
        &change(json!({ "phone": "x".repeat(21) })).await,
        422,
        "validation_failed",
    );
    envelope(
        &change(json!({ "first_name": " " })).await,
        422,
        "validation_failed",
    );
    let export = bench.get("/api/auth/me/export", &token).await.body;
    assert_eq!(export["customer"]["first_name"], "Nova");
    for part in ["vehicles", "bookings", "notifications"] {
        assert!(!export[part].as_array().unwrap().is_empty(), "{part}");
    }
}

#[tokio::test]
async fn seeds_are_the_same_for_the_same_number_and_another_for_another() {
    let with = |seed| {
        start_with(Config {
            seed,
            ..Config::default()
        })
    };
    let (one, two, other) = (with(Some(7)).await, with(Some(7)).await, with(Some(8)).await);
    assert_eq!(one.platform.seeded(), two.platform.seeded());
    assert_ne!(
        one.platform.seeded().unclaimed_vins,
        other.platform.seeded().unclaimed_vins
    );
    let seeded = one.platform.seeded();
    assert_eq!((seeded.customers.len(), seeded.staff.len()), (25, 4));
    let critical = seeded.with_critical_prediction().unwrap().clone();
    let token = one.login(&critical).await.text("access_token").to_owned();
    let details = one
        .get(
            &format!("/api/vehicles/{}/details", critical.critical_vehicle_ids[0]),
            &token,
        )
        .await
        .body;
    assert_eq!(details["predictions"][0]["severity"], "critical");
    assert_eq!(details["health"]["overall_status"], "critical");
    let empty = with(None).await;
    assert_eq!(*empty.platform.seeded(), pmi_platform::SeedSummary::default());
}

#[tokio::test]
async fn a_url_opens_a_database_too() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!(
        "sqlite://{}?mode=rwc",
        folder.path().join("by-url.sqlite3").display()
    );
    let bench = start_with(Config {
        database: Database::Url(url),
        ..Config::default()
    })
    .await;
    let (_, token) = bench.signed_in().await;
    assert_eq!(bench.get("/api/vehicles", &token).await.status, 200);
    bench.platform.stop().await;
}

#[tokio::test]
async fn discovery_names_every_feature() {
    let bench = start(Dialect::V2).await;
    let features = [
        "password_change",
        "password_reset",
        "profile_change",
        "account_deletion",
        "data_export",
        "vehicle_claim",
        "time_zones",
        "etag",
        "idempotency",
        "book",
        "choose_center",
        "slots",
        "client_operation_id",
        "photos",
    ];
    assert_eq!(
        bench.get("/.well-known/pmi", "").await.body,
        json!({ "api_version": 2, "features": features })
    );
}

#[tokio::test]
async fn a_write_is_described_with_its_headers_and_what_it_takes() {
    let bench = start(Dialect::V2).await;
    let described = bench.get("/openapi.json", "").await.body;
    let names = |path: &str, method: &str| -> Vec<String> {
        let parameters = described["paths"][path][method]["parameters"].as_array().unwrap();
        let name = |parameter: &Value| parameter["name"].as_str().unwrap().to_owned();
        parameters.iter().map(name).collect()
    };
    let one = "/api/bookings/{id}";
    assert_eq!(names(one, "patch"), ["id", "Idempotency-Key", "If-Match"]);
    assert_eq!(
        names("/api/bookings/{id}/cancel", "post"),
        ["id", "Idempotency-Key", "If-Match"]
    );
    assert_eq!(
        names("/api/bookings", "get"),
        ["status", "client_operation_id", "cursor", "limit"]
    );
    assert_eq!(
        names("/api/service-centers/{id}/slots", "get"),
        ["id", "date", "service_type"]
    );
    let body = &described["paths"]["/api/bookings"]["post"]["requestBody"]["content"]["application/json"];
    assert_eq!(body["schema"]["$ref"], "#/components/schemas/NewBooking");
    assert_eq!(
        described["components"]["schemas"]["NewBooking"]["required"],
        json!(["vehicle_id", "service_type", "scheduled_at"])
    );
}

#[tokio::test]
async fn a_database_from_before_bookings_were_written_keeps_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let (first, path) = (folder.path().join("first"), folder.path().join("old.sqlite3"));
    std::fs::create_dir(&first).unwrap();
    std::fs::write(
        first.join("0001_platform.sql"),
        include_str!("../migrations/0001_platform.sql"),
    )
    .unwrap();
    let url = format!("sqlite://{}?mode=rwc", path.display());
    let mut old = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let migrator = sqlx::migrate::Migrator::new(first).await.unwrap();
    migrator.run(&mut old).await.unwrap();
    sqlx::raw_sql(
        "INSERT INTO meta VALUES ('seed_summary', '');
         INSERT INTO customers VALUES (1, 'A', 'B', 'a@example.com', 'a@example.com', NULL, NULL, NULL, 'customer', 1, 0);
         INSERT INTO vehicles VALUES (2, 'V', 1, 'M', 'O', 2020, 0, NULL, NULL);
         INSERT INTO service_centers VALUES (3, 'C', 'A', 'C', 'S', NULL, 1, 'Europe/Berlin');
         INSERT INTO appointments VALUES (4, 2, 1, 3, 1825036200000000, 'repair', 'scheduled', NULL, NULL, 120, 1, NULL, 0, 0)",
    )
    .execute(&mut old)
    .await
    .unwrap();
    old.close().await.unwrap();
    let bench = start_with(Config {
        database: Database::File(path),
        ..Config::default()
    })
    .await;
    let control = bench.platform.control();
    let kept = control.bookings(Some(1)).await.unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(
        (kept[0].id, kept[0].wall_time.as_str()),
        (4, "2027-11-01T02:30:00")
    );
    control.change_booking(4, None, Some("confirmed")).await.unwrap();
    assert_eq!(control.bookings(None).await.unwrap()[0].status, "confirmed");
}
