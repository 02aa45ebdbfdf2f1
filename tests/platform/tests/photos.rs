//! Photos of a booking: sent in parts, judged by their bytes, there once and whole.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod support;

use pmi_platform::{Config, Database, Dialect, Fault, Match};
use reqwest::Method;
use serde_json::{Value, json};
use support::{Bench, Reply, WithJson as _, envelope, invalid, order, reply, start, start_with, with};

const PART: usize = 256 * 1024;

/// A JPEG by its first bytes, of so many.
fn jpeg(size: usize) -> Vec<u8> {
    let mut bytes: Vec<u8> = (0..size).map(|at| u8::try_from(at % 251).unwrap()).collect();
    bytes[..4].copy_from_slice(b"\xff\xd8\xff\xe0");
    bytes
}

fn sha256(bytes: &[u8]) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A booking of a customer, and how its photos are sent.
struct Garage {
    bench: Bench,
    token: String,
    booking: Value,
}

impl Garage {
    async fn open() -> Self {
        Self::on(start(Dialect::V2).await).await
    }

    async fn on(bench: Bench) -> Self {
        let (customer, token) = bench.signed_in().await;
        let made = bench.book(&token, &order(customer.vehicle_ids[0])).await;
        let booking = made.body["appointment_id"].clone();
        Self {
            bench,
            token,
            booking,
        }
    }

    fn path(&self, id: &str) -> String {
        format!("/api/bookings/{}/photos/{id}", self.booking)
    }

    async fn declare(&self, id: &str, bytes: &[u8]) -> Reply {
        let body = json!({ "size": bytes.len(), "sha256": sha256(bytes) });
        self.declare_as(id, &body).await
    }

    async fn declare_as(&self, id: &str, body: &Value) -> Reply {
        let request = self.bench.request(Method::PUT, &self.path(id));
        reply(request.bearer_auth(&self.token).with_json(body)).await
    }

    async fn part(&self, id: &str, offset: usize, bytes: &[u8]) -> Reply {
        let path = format!("{}/content?offset={offset}", self.path(id));
        let request = self.bench.request(Method::PUT, &path).bearer_auth(&self.token);
        reply(request.header("content-type", "text/html").body(bytes.to_vec())).await
    }

    async fn sent(&self, id: &str, bytes: &[u8]) -> Reply {
        assert_eq!(self.declare(id, bytes).await.status, 201);
        let mut last = None;
        for (number, part) in bytes.chunks(PART).enumerate() {
            last = Some(self.part(id, number * PART, part).await);
        }
        last.unwrap()
    }

    async fn list(&self) -> Vec<Value> {
        let path = format!("/api/bookings/{}/photos", self.booking);
        let list = self.bench.get(&path, &self.token).await;
        list.body["items"].as_array().unwrap().clone()
    }
}

#[tokio::test]
async fn a_photo_comes_in_parts_and_is_served_as_what_it_is_and_nothing_else() {
    let garage = Garage::open().await;
    let photo = jpeg(2 * PART + 17);
    let declared = garage.declare("p-1", &photo).await;
    assert_eq!(declared.status, 201, "{declared:?}");
    assert_eq!(
        (&declared.body["received"], &declared.body["complete"]),
        (&json!(0), &json!(false))
    );
    for (number, part) in photo.chunks(PART).enumerate() {
        let content = format!("{}/content", garage.path("p-1"));
        envelope(&garage.bench.get(&content, &garage.token).await, 404, "not_found");
        let taken = garage.part("p-1", number * PART, part).await;
        assert_eq!(taken.body["received"], number * PART + part.len(), "{taken:?}");
    }
    let list = garage.list().await;
    assert_eq!(list.len(), 1);
    assert_eq!(
        (&list[0]["complete"], &list[0]["content_type"]),
        (&json!(true), &json!("image/jpeg"))
    );

    let url = format!("{}{}/content", garage.bench.platform.url(), garage.path("p-1"));
    let get = || garage.bench.client.get(&url).bearer_auth(&garage.token);
    let answer = get().send().await.unwrap();
    let headers = answer.headers().clone();
    let header = |name: &str| headers[name].to_str().unwrap();
    assert_eq!(
        header("content-type"),
        "image/jpeg",
        "not what the parts were sent as"
    );
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("content-disposition"), "attachment");
    assert_eq!(answer.bytes().await.unwrap(), photo);
    let again = get()
        .header("if-none-match", header("etag"))
        .send()
        .await
        .unwrap();
    assert_eq!(again.status(), 304);
}

#[tokio::test]
async fn every_step_can_be_made_again_and_changes_nothing() {
    let garage = Garage::open().await;
    let photo = jpeg(PART + 5);
    garage.declare("p-1", &photo).await;
    garage.part("p-1", 0, &photo[..PART]).await;
    let again = garage.declare("p-1", &photo).await;
    assert_eq!(
        (again.status.as_u16(), &again.body["received"]),
        (200, &json!(PART))
    );
    let twice = garage.part("p-1", 0, &photo[..PART]).await;
    assert_eq!(
        (twice.status.as_u16(), &twice.body["received"]),
        (200, &json!(PART))
    );
    for offset in [PART - 1, PART + 1] {
        let wrong = garage.part("p-1", offset, &photo[PART..PART + 3]).await;
        envelope(&wrong, 409, "wrong_offset");
        assert_eq!(wrong.body["detail"], json!({ "received": PART }));
    }
    let too_much = garage.part("p-1", PART, &[0; 6]).await;
    invalid(&too_much, &[("content", "is longer than was declared")]);
    for _ in 0..2 {
        let whole = garage.part("p-1", PART, &photo[PART..]).await;
        assert_eq!(
            (whole.status.as_u16(), &whole.body["complete"]),
            (200, &json!(true))
        );
    }
    for other in [jpeg(PART), {
        let mut other = photo.clone();
        other[100] ^= 1;
        other
    }] {
        envelope(&garage.declare("p-1", &other).await, 409, "photo_id_reused");
    }
    assert_eq!(garage.declare("p-1", &photo).await.body["complete"], true);
    for _ in 0..2 {
        let path = garage.path("p-1");
        let gone = garage
            .bench
            .send(Method::DELETE, &path, &garage.token, &Value::Null, &[])
            .await;
        assert_eq!(gone.status, 200);
        assert!(garage.list().await.is_empty());
    }
    envelope(&garage.part("p-1", 0, &photo[..5]).await, 404, "not_found");
}

#[tokio::test]
async fn a_part_that_is_cut_is_not_there_and_the_one_before_it_is() {
    let garage = Garage::open().await;
    let photo = jpeg(2 * PART);
    garage.declare("p-1", &photo).await;
    garage.part("p-1", 0, &photo[..PART]).await;
    let control = garage.bench.platform.control();
    control
        .on(Match::put("/api/bookings"))
        .times(1)
        .then(Fault::CutInside(PART / 2));
    let path = format!("{}/content?offset={PART}", garage.path("p-1"));
    let request = garage
        .bench
        .request(Method::PUT, &path)
        .bearer_auth(&garage.token);
    assert!(request.body(photo[PART..].to_vec()).send().await.is_err());
    assert_eq!(garage.declare("p-1", &photo).await.body["received"], PART);
    assert_eq!(
        garage.part("p-1", PART, &photo[PART..]).await.body["complete"],
        true
    );
    assert_eq!(
        control.photos(garage.booking.as_i64().unwrap()).await.unwrap()[0].bytes,
        photo
    );
}

#[tokio::test]
async fn what_is_no_photo_is_refused_with_its_first_bytes_whatever_it_is_called() {
    let garage = Garage::open().await;
    for (id, bytes) in [
        ("photo-jpg", b"<html><script>alert(1)</script>".to_vec()),
        ("mp4", b"\0\0\0\x18ftypisom\0\0\0\0isomiso2".to_vec()),
        ("tiny", b"\xff\xd8".to_vec()),
    ] {
        garage.declare(id, &bytes).await;
        envelope(&garage.part(id, 0, &bytes).await, 422, "not_a_photo");
        assert_eq!(garage.declare(id, &bytes).await.body["received"], 0);
    }
    // A first part too short to tell is judged with the whole.
    let bytes = b"GIF89a and more of it".to_vec();
    garage.declare("gif", &bytes).await;
    assert_eq!(garage.part("gif", 0, &bytes[..4]).await.status, 200);
    envelope(&garage.part("gif", 4, &bytes[4..]).await, 422, "not_a_photo");
    assert_eq!(garage.declare("gif", &bytes).await.body["received"], 0);
}

#[tokio::test]
async fn what_is_not_what_was_declared_is_dropped_and_can_be_sent_anew() {
    let garage = Garage::open().await;
    let photo = jpeg(PART + 1000);
    garage.declare("p-1", &photo).await;
    garage.part("p-1", 0, &photo[..PART]).await;
    let mut damaged = photo[PART..].to_vec();
    damaged[7] ^= 1;
    envelope(&garage.part("p-1", PART, &damaged).await, 422, "digest_mismatch");
    assert_eq!(garage.declare("p-1", &photo).await.body["received"], 0);
    for (number, part) in photo.chunks(PART).enumerate() {
        assert_eq!(garage.part("p-1", number * PART, part).await.status, 200);
    }
    assert_eq!(garage.list().await[0]["complete"], true);
}

#[tokio::test]
async fn a_photo_has_at_most_8_mib_a_part_256_kib_and_a_booking_6_photos() {
    let bench = start_with(Config {
        max_body: 2 * PART,
        ..Config::default()
    })
    .await;
    let garage = Garage::on(bench).await;
    let digest = sha256(b"");
    for size in [0, -1, 8 * 1024 * 1024 + 1] {
        let body = json!({ "size": size, "sha256": digest });
        invalid(
            &garage.declare_as("p-1", &body).await,
            &[("size", "is not 1 to 8388608")],
        );
    }
    let most = json!({ "size": 8 * 1024 * 1024, "sha256": digest });
    for (body, wrong) in [
        (with(&most, "size", Value::Null), ("size", "is required")),
        (with(&most, "size", "big"), ("size", "is not a whole number")),
        (
            with(&most, "sha256", "ABC"),
            ("sha256", "is not 64 lower-case hexadecimal digits"),
        ),
        (with(&most, "sha256", Value::Null), ("sha256", "is required")),
    ] {
        invalid(&garage.declare_as("p-1", &body).await, &[wrong]);
    }
    assert_eq!(garage.declare_as("p-1", &most).await.status, 201);
    envelope(
        &garage.part("p-1", 0, &jpeg(PART + 1)).await,
        413,
        "payload_too_large",
    );
    assert_eq!(garage.part("p-1", 0, &jpeg(PART)).await.status, 200);
    for number in 2..=6 {
        assert_eq!(
            garage.declare(&format!("p-{number}"), &jpeg(20)).await.status,
            201
        );
    }
    envelope(&garage.declare("p-7", &jpeg(20)).await, 409, "too_many_photos");
    assert_eq!(garage.declare("p-6", &jpeg(20)).await.status, 200);
    for name in ["a b", "%2e%2e", "a%2Fb", &"x".repeat(65)] {
        envelope(&garage.declare(name, &jpeg(20)).await, 404, "not_found");
    }
}

#[tokio::test]
async fn photos_are_the_customers_own_and_of_a_booking_that_is_still_to_be() {
    let garage = Garage::open().await;
    garage.sent("p-1", &jpeg(100)).await;
    let seeded = garage.bench.platform.seeded().clone();
    let other = seeded.with_many_vehicles().unwrap();
    let theirs = garage.bench.token(other).await;
    let viewer = garage.bench.token(seeded.with_role("viewer").unwrap()).await;
    let list = format!("/api/bookings/{}/photos", garage.booking);
    let (one, content) = (garage.path("p-1"), format!("{}/content", garage.path("p-1")));
    let body = json!({ "size": 20, "sha256": sha256(b"x") });
    let send = async |method: Method, path: &str, token: &str| {
        let path = if method == Method::PUT && path.ends_with("content") {
            format!("{path}?offset=0")
        } else {
            path.to_owned()
        };
        let body = if method == Method::PUT {
            &body
        } else {
            &Value::Null
        };
        garage.bench.send(method, &path, token, body, &[]).await
    };
    for (method, path) in [
        (Method::GET, &list),
        (Method::GET, &content),
        (Method::PUT, &one),
        (Method::PUT, &content),
        (Method::DELETE, &one),
    ] {
        envelope(&send(method.clone(), path, &theirs).await, 404, "not_found");
        if method != Method::GET {
            envelope(&send(method, path, &viewer).await, 403, "missing_permission");
        }
    }
    assert_eq!(garage.list().await[0]["complete"], true);
    garage.bench.cancel(&garage.token, &garage.booking, "").await;
    envelope(&garage.declare("p-2", &jpeg(100)).await, 409, "not_changeable");
    assert_eq!(
        garage.declare("p-1", &jpeg(100)).await.status,
        200,
        "it is there already"
    );
}

#[tokio::test]
async fn the_export_names_them_and_they_go_with_the_account() {
    let garage = Garage::open().await;
    garage.sent("p-1", &jpeg(100)).await;
    let export = garage.bench.get("/api/auth/me/export", &garage.token).await;
    let photo = &export.body["photos"][0];
    assert_eq!(
        (&photo["photo_id"], &photo["appointment_id"]),
        (&json!("p-1"), &garage.booking)
    );
    let content = garage
        .bench
        .get(photo["content"].as_str().unwrap(), &garage.token)
        .await;
    assert_eq!(content.status, 200);
    let customer = garage
        .bench
        .platform
        .seeded()
        .with_single_vehicle()
        .unwrap()
        .clone();
    let body = json!({ "password": customer.password });
    let gone = garage
        .bench
        .send(Method::DELETE, "/api/auth/me", &garage.token, &body, &[])
        .await;
    assert_eq!(gone.status, 200);
    let control = garage.bench.platform.control();
    assert!(
        control
            .photos(garage.booking.as_i64().unwrap())
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn what_came_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::File(folder.path().join("platform.sqlite3"));
    let config = || Config {
        database: database.clone(),
        ..Config::default()
    };
    let garage = Garage::on(start_with(config()).await).await;
    let photo = jpeg(PART + 1);
    garage.declare("p-1", &photo).await;
    garage.part("p-1", 0, &photo[..PART]).await;
    garage.bench.platform.stop().await;
    let garage = Garage {
        bench: start_with(config()).await,
        ..garage
    };
    assert_eq!(garage.declare("p-1", &photo).await.body["received"], PART);
    assert_eq!(
        garage.part("p-1", PART, &photo[PART..]).await.body["complete"],
        true
    );
}

#[tokio::test]
async fn v1_has_no_photos() {
    let bench = start(Dialect::V1).await;
    let missing = bench.get("/api/bookings/1/photos", "").await;
    assert_eq!(
        (missing.status.as_u16(), missing.body),
        (404, json!({ "detail": "Not Found" }))
    );
}
