//! Photos of a fault: booked with, added, listed, sent later, refused.

use pmi_platform::{Dialect, Fault, Match};
use serde_json::json;

use crate::scene::{Scene, ten};

/// A JPEG by its first bytes, of so many, in a file whose name says otherwise.
fn file(scene: &Scene, name: &str, size: usize) -> String {
    let path = scene.desk.home.path().join(name);
    let mut bytes = vec![7; size];
    bytes[..3].copy_from_slice(b"\xff\xd8\xff");
    std::fs::write(&path, bytes).expect("written");
    path.display().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn s26_photos_booked_without_a_network_are_sent_by_a_later_command() {
    let scene = Scene::start(Dialect::V2).await.looked_around();
    let (one, two) = (
        file(&scene, "one.txt", 300 * 1024),
        file(&scene, "two", 2_000_000),
    );
    let at = ten();
    let photos = ["--photo", &one, "--photo", &two];
    let book = [&["--offline"], &scene.book(&at)[..], &photos].concat();
    let item = scene.json(&book).exits(0).json();
    let local = item["booking"].as_str().expect("a local name");
    let text = scene.run(&["--offline", "outbox"]).exits(0).stdout;
    assert!(text.contains("photo of 300 KiB for booking new-"), "{text}");
    assert!(text.contains("photo of 1.9 MiB for booking new-"), "{text}");
    let list = scene.json(&["--offline", "photo", "list", local]).exits(0).json();
    assert_eq!(
        list["value"][0]["pending"]["upload"],
        json!({"sent": 0, "size": 300 * 1024})
    );
    assert_eq!(
        list["value"][1]["kind"], "image/jpeg",
        "whatever the file is called"
    );
    assert_eq!(scene.server.control().requests("*", "/"), 0);

    let sync = scene.json(&["sync"]).exits(0).json();
    assert_eq!(sync["sent"], 3, "{sync}");
    assert_eq!(scene.made().await, [format!("{}:00 scheduled", ten())]);
    let list = scene.json(&["photo", "list", local]).exits(0).json();
    for photo in list["value"].as_array().expect("a list") {
        assert_eq!(
            (&photo["complete"], &photo["pending"]),
            (&json!(true), &json!(null))
        );
    }
    let text = scene.run(&["photo", "list", local]).exits(0).stdout;
    assert_eq!(text.matches("sent").count(), 2, "{text}");
    assert!(text.contains("image/jpeg  300 KiB"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_is_added_to_a_booking_and_waited_for() {
    let scene = Scene::start(Dialect::V2).await.looked_around();
    let photo = file(&scene, "photo.jpg", 1000);
    let at = ten();
    let run = scene
        .run(&[&scene.book(&at)[..], &["--photo", &photo]].concat())
        .exits(0);
    assert!(run.stdout.starts_with("done: oil change"), "{run:?}");
    let outbox = scene.json(&["outbox", "--all"]).exits(0).json();
    let items = outbox["items"].as_array().expect("a list");
    let states: Vec<_> = items.iter().map(|item| item["state"].as_str()).collect();
    assert_eq!(states, [Some("done"); 2], "the photo was waited for, too");
    let booking = items[0]["booking"].as_str().expect("the server's number");
    let added = scene.json(&["photo", "add", booking, &photo]).exits(0).json();
    assert_eq!(added["write"]["kind"], "add_photo");
    assert_eq!(added["upload"], json!({"sent": 1000, "size": 1000}));
    let list = scene.json(&["photo", "list", booking]).exits(0).json();
    assert_eq!(list["value"].as_array().map(Vec::len), Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_that_the_server_refuses_says_why_and_the_booking_is_made() {
    let scene = Scene::start(Dialect::V2).await.looked_around();
    let photo = file(&scene, "photo.jpg", 1000);
    let no = json!({"error": "not_a_photo", "message": "no", "request_id": "r-1"});
    let refused = scene.server.control().on(Match::put("/api/bookings/"));
    refused.then(Fault::json(422, &no));
    let at = ten();
    let run = scene
        .run(&[&scene.book(&at)[..], &["--photo", &photo]].concat())
        .exits(0);
    assert!(run.stdout.starts_with("done: oil change"), "{run:?}");
    assert!(
        run.stderr.contains("1 photo is not sent: see `pmi outbox`"),
        "{run:?}"
    );
    let text = scene.run(&["outbox"]).exits(0).stdout;
    assert!(
        text.contains("refused: the server takes only JPEG, PNG, WebP and HEIC pictures"),
        "{text}"
    );
    assert_eq!(scene.made().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_photo_is_named_and_nothing_is_accepted() {
    let scene = Scene::start(Dialect::V2).await.looked_around();
    let text = scene.desk.home.path().join("notes.jpg").display().to_string();
    std::fs::write(&text, "not a picture").expect("written");
    let at = ten();
    for (path, why) in [
        (text.as_str(), "no JPEG, PNG, WebP or HEIC picture"),
        ("/nowhere/photo.jpg", "cannot be read"),
        (&file(&scene, "large", 8 * 1024 * 1024 + 1), "larger than 8 MiB"),
    ] {
        let run = scene
            .run(&[&scene.book(&at)[..], &["--photo", path]].concat())
            .exits(2);
        assert!(run.stderr.contains(path) && run.stderr.contains(why), "{run:?}");
    }
    let good = file(&scene, "good", 100);
    let seven: Vec<&str> = (0..7).flat_map(|_| ["--photo", good.as_str()]).collect();
    let run = scene.run(&[&scene.book(&at)[..], &seven].concat()).exits(2);
    assert!(run.stderr.contains("at most 6 photos"), "{run:?}");
    assert_eq!(
        scene.json(&["outbox", "--all"]).exits(0).json()["items"],
        json!([])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn v1_takes_no_photos_and_says_so_before_anything_is_accepted() {
    let scene = Scene::start(Dialect::V1).await.looked_around();
    let photo = file(&scene, "photo.jpg", 100);
    let at = ten();
    let run = scene.json(&[&scene.book(&at)[..], &["--photo", &photo]].concat());
    assert_ne!(run.code, 0, "{run:?}");
    assert!(run.stderr.contains("photos"), "{run:?}");
    assert_eq!(scene.made().await, Vec::<String>::new());
}
