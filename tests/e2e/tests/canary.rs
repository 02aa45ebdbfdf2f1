//! Scenario 37: tokens and personal data are in no log at TRACE, no `Debug`, no error, no exported report, no request to
//! another host and no file; and, after the sign-out, nowhere in the memory of the process.
//!
//! The process is one of its own, built with the allocator of the shipped programs; the test stands between it and the server,
//! so it knows the tokens although nobody shows them.

use std::net::TcpListener as StdListener;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use pmi_core::model::{Freshness, ProfileChange};
use pmi_e2e::canary::{Canaries, Found};
use pmi_e2e::child::Day;
use pmi_e2e::photos::{KIB, jpeg};
use pmi_e2e::tap::Tap;
use pmi_e2e::{World, both_dialects};
use pmi_platform::{Dialect, Fault, Match};
use serde_json::json;
use tempfile::TempDir;

const FIRST: &str = "Zelmirandra";
const LAST: &str = "Quxworthy-Plover";
const PHONE: &str = "+91 98765 01234";
const ADDRESS: &str = "17 Canary \"Wharf\" / Röda gränd";
const NOTES: &str = "the brake's noise: \"krrk\" & only at dawn / 37";
const NEW_PASSWORD: &str = "corRect hor\"se & b4ttery/1";
const THIRD_PASSWORD: &str = "an0ther hor\"se & b4ttery/2";

/// The day, its server, and all that must not be found.
struct Scene {
    world: World,
    tap: Tap,
    day: Day,
    out: TempDir,
    home: TempDir,
    vehicle: String,
    vin: String,
    canaries: Canaries,
}

impl Scene {
    async fn start(world: World, logging: bool) -> Self {
        let (out, home) = (
            TempDir::new().expect("a folder"),
            TempDir::new().expect("a folder"),
        );
        let tap = Tap::before(&world.platform.url()).await;
        let customer = world.customer();
        let mut canaries = Canaries::default();
        canaries.add("the e-mail address", &customer.email);
        canaries.add("the password", &customer.password);
        canaries.add("the notes", NOTES);
        canaries.add("the new password", NEW_PASSWORD);
        canaries.add("the third password", THIRD_PASSWORD);
        let (_device, client) = world.signed_in().await;
        if world.dialect == Dialect::V2 {
            let change = ProfileChange {
                first_name: Some(FIRST.to_owned()),
                last_name: Some(LAST.to_owned()),
                phone: Some(PHONE.to_owned()),
                address: Some(ADDRESS.to_owned()),
            };
            client
                .account()
                .change_profile(change)
                .await
                .expect("another name");
        }
        let me = client
            .account()
            .me(Freshness::NetworkOnly)
            .await
            .expect("who it is")
            .value;
        // v1 cannot be told another name, and a short one is found by chance.
        for (name, secret) in [
            ("the first name", Some(me.first_name)),
            ("the last name", Some(me.last_name)),
            ("the phone number", me.phone),
            ("the address", me.address),
        ] {
            if let Some(secret) = secret.filter(|secret| secret.len() >= 8) {
                canaries.add(name, secret);
            }
        }
        let garage = client
            .vehicles()
            .list(Freshness::NetworkOnly)
            .await
            .expect("the garage")
            .value;
        let vehicle = garage[0].vehicle.clone();
        canaries.add("the VIN", &vehicle.vin);
        client.close();
        let mut day = Day::start(env!("CARGO_BIN_EXE_day"), out.path(), logging);
        day.must(&["open", tap.url(), &home.path().display().to_string()]);
        day.must(&["sign-in", &customer.email, &customer.password]);
        let (vehicle, vin) = (vehicle.id.0.to_string(), vehicle.vin);
        Self {
            world,
            tap,
            day,
            out,
            home,
            vehicle,
            vin,
            canaries,
        }
    }

    /// What is known by now: the tokens that came by, and the keys on disk.
    fn learn(&mut self) {
        for member in ["access_token", "refresh_token"] {
            for token in self.tap.values(member) {
                self.canaries.add(member, &token);
                if let Some((_, signature)) = token.rsplit_once('.') {
                    self.canaries
                        .add(&format!("the signature of an {member}"), signature);
                }
            }
        }
        let keys = std::fs::read_to_string(self.home.path().join("secrets/secrets.json")).expect("the keys");
        let keys: std::collections::BTreeMap<String, String> = serde_json::from_str(&keys).expect("JSON");
        for (name, key) in keys {
            let bytes =
                base64::Engine::decode(&base64::engine::general_purpose::STANDARD, key).expect("base64");
            let purpose = name
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .split('-')
                .next()
                .unwrap_or_default();
            self.canaries.add(&format!("the {purpose} key"), bytes);
        }
    }

    fn ten(&self) -> String {
        self.at("10:00")
    }

    fn at(&self, time: &str) -> String {
        format!("2026-12-21T{time}")
    }

    /// Two photos of the fault, the first without a network.
    fn photographs(&mut self) {
        let folder = TempDir::new().expect("a folder");
        let name = "Abschleppdienst-Kanarienvogel.jpg";
        let mut bytes = jpeg(200 * KIB, 37);
        let place = b"GPS 17.385044N 78.486671E".as_slice();
        bytes[1000..1000 + place.len()].copy_from_slice(place);
        self.canaries.add("the photo's file", name);
        self.canaries.add("the place in the photo", place);
        self.canaries.add("the photo's bytes", &bytes[150_000..150_032]);
        let file = folder.path().join(name);
        let path = file.display().to_string();
        assert_eq!(
            self.day.ask(&["photo-later", &path]),
            "failed InvalidInput",
            "it is not there"
        );
        std::fs::write(&file, &bytes).expect("written");
        self.day.must(&["photo-later", &path]);
        let found = self.canaries.search_folder(self.home.path(), Some("/secrets"));
        assert_eq!(found, [], "what waits on disk is sealed");
        assert!(pmi_e2e::photos::rows(&self.home.path().join("data"), "attachment_part") > 0);
        self.day.must(&["photo", &path]);
        std::fs::write(&file, b"not a photo, though it is called one").expect("written");
        assert_eq!(self.day.ask(&["photo", &path]), "failed InvalidInput");
    }

    /// A day on which everything works, and the session is renewed.
    fn goes_well(&mut self) {
        if self.world.dialect == Dialect::V2 {
            self.day.must(&["profile", FIRST, LAST, PHONE, ADDRESS]);
        }
        self.day.must(&["read"]);
        self.day.must(&["watch"]);
        let (vehicle, ten) = (self.vehicle.clone(), self.ten());
        self.day.must(&["book", &vehicle, &ten, NOTES]);
        self.day.must(&["read"]);
        if self.world.dialect == Dialect::V2 {
            self.photographs();
        }
        self.world.expire_tokens_unseen();
        self.day.must(&["read"]);
        assert_eq!(
            self.tap.values("access_token").len(),
            2,
            "the first pair and the next"
        );
        self.learn();
    }
}

/// Bytes that came to a host the library was sent to by somebody else.
fn listener() -> (String, Arc<Mutex<Vec<u8>>>) {
    use std::io::{Read as _, Write as _};
    let listener = StdListener::bind("127.0.0.1:0").expect("a port");
    let url = format!(
        "http://localhost:{}/portal",
        listener.local_addr().expect("an address").port()
    );
    let heard = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&heard);
    std::thread::spawn(move || {
        while let Ok((mut stream, _)) = listener.accept() {
            let mut buffer = [0; 4096];
            if let Ok(read) = stream.read(&mut buffer) {
                notes.lock().expect("notes").extend_from_slice(&buffer[..read]);
            }
            let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n");
        }
    });
    (url, heard)
}

async fn nothing_is_told(world: World) {
    let dialect = world.dialect;
    let mut scene = Scene::start(world, true).await;
    scene.goes_well();
    let (email, password) = (
        scene.world.customer().email.clone(),
        scene.world.customer().password.clone(),
    );
    let on_disk = |scene: &Scene| scene.canaries.search_folder(scene.home.path(), Some("/secrets"));
    assert_eq!(
        on_disk(&scene),
        [],
        "signed in, all that is of the person is sealed"
    );

    // The answer to a refresh is lost; and a 401 that comes late.
    scene.world.expire_tokens_unseen();
    let refresh = Match::post("/api/auth/refresh");
    scene.world.control().on(refresh).times(1).then(Fault::CutAfter);
    let _ = scene.day.ask(&["probe"]);
    let _ = scene.day.ask(&["probe"]);
    scene.learn();

    // Every kind of bad answer, with what nobody should repeat in it.
    let access = scene.tap.values("access_token").pop().expect("a token");
    let sql = format!(
        "(psycopg2.Error) SELECT * FROM customers WHERE email = '{email}' AND phone = '{PHONE}' -- {access}"
    );
    let (elsewhere, heard) = listener();
    let body = format!("{{\"first_name\": \"{FIRST}\", \"email\": \"{email}\", ");
    for fault in [
        Fault::json(500, &json!({"detail": sql})),
        Fault::json(
            500,
            &json!({"error": "internal", "message": sql, "request_id": "r-1"}),
        ),
        Fault::json(
            422,
            &json!({"detail": [{"loc": ["body", "email"], "msg": sql, "input": email, "type": "x"}]}),
        ),
        Fault::json(
            422,
            &json!({"error": "validation_failed", "message": sql, "request_id": "r-2", "fields": [{"field": email, "reason": sql}]}),
        ),
        Fault::json(
            409,
            &json!({"error": "conflict", "message": sql, "request_id": "r-3", "current": {"notes": NOTES, "vin": scene.vin}}),
        ),
        Fault::json(404, &json!({"detail": sql})),
        Fault::json(403, &json!({"detail": sql})),
        Fault::json(429, &json!({"detail": sql})),
        Fault::json(418, &json!({"detail": sql})),
        Fault::Html,
        Fault::Redirect(format!("{elsewhere}?email={email}&token={access}")),
        Fault::Redirect("https://localhost:1/".to_owned()),
        Fault::WrongBody(body.into()),
        Fault::TruncateBody,
        Fault::DeepJson,
        Fault::CutBefore,
        Fault::DatabaseDown,
    ] {
        let rule = scene.world.control().on(Match::any()).then(fault.clone());
        // These do what was asked, and only spoil the answer: then the password would be another one.
        let handled = matches!(
            fault,
            Fault::WrongBody(_) | Fault::TruncateBody | Fault::DatabaseDown
        );
        let reads = if handled { 3 } else { usize::MAX };
        let asked = [
            &["probe"][..],
            &["vehicles"],
            &["profile", FIRST, LAST, PHONE, ADDRESS],
            &["password", &password, NEW_PASSWORD],
            &["forgot", &email],
            &["reset", "a-reset-token-37", NEW_PASSWORD],
            &["sign-in", &email, &password],
        ];
        for words in asked.into_iter().take(reads) {
            let answer = scene.day.ask(words);
            assert!(answer.starts_with("failed ") || answer == "ok", "{answer}");
        }
        scene.world.control().remove(rule);
    }

    // Moved to where it is taken; a server whose certificate nobody vouches for; one that is not there.
    let ten = scene.at("11:00");
    let _ = scene.day.ask(&["move", &ten]);
    let home = TempDir::new().expect("a folder");
    let tls = scene.tap.url().replace("http://127.0.0.1", "https://127.0.0.1");
    let answer = scene.day.ask(&[
        "elsewhere",
        &tls,
        &home.path().display().to_string(),
        &email,
        &password,
    ]);
    assert!(answer.starts_with("failed "), "{answer}");
    let answer = scene.day.ask(&[
        "elsewhere",
        "http://127.0.0.1:1",
        &home.path().display().to_string(),
        &email,
        &password,
    ]);
    assert_eq!(answer, "failed Offline");

    if dialect == Dialect::V2 {
        scene.day.must(&["password", &password, NEW_PASSWORD]);
        scene.day.must(&["forgot", &email]);
        let token = scene
            .world
            .control()
            .password_resets()
            .pop()
            .expect("a mail")
            .token;
        scene.canaries.add("the reset token", &token);
        scene.day.must(&["reset", &token, THIRD_PASSWORD]);
        scene.day.must(&["sign-in", &email, THIRD_PASSWORD]);
    }
    let _ = scene.day.ask(&["read"]);
    scene.day.must(&["export"]);
    scene.learn();
    assert_eq!(on_disk(&scene), [], "before the sign-out");
    scene.day.must(&["sign-out"]);
    scene.day.must(&["export"]);

    assert_eq!(on_disk(&scene), [], "after it");
    assert_eq!(
        scene.canaries.search_folder(home.path(), None),
        [],
        "nothing was kept for a server that was not reached"
    );
    assert_eq!(
        scene.canaries.search_folder(scene.out.path(), None),
        [],
        "logs, errors, Debug, the report"
    );
    assert_eq!(
        scene
            .canaries
            .search("another host", &heard.lock().expect("notes")),
        []
    );
    let log = std::fs::read_to_string(scene.out.path().join("log.txt")).expect("the log");
    for said in ["TRACE", "pmi_core", "exchange", "reqwest"] {
        assert!(log.contains(said), "all was logged: {said}");
    }
    let shown = std::fs::read_to_string(scene.out.path().join("shown.txt")).expect("what was shown");
    for said in [
        "ServerFault",
        "CaptivePortal",
        "Customer",
        "Vehicle",
        "Booking",
        "Snapshot",
        "Untrusted",
    ] {
        assert!(shown.contains(said), "all was shown: {said}");
    }
    assert_eq!(shown.contains("BookingPhoto {"), dialect == Dialect::V2);
}
both_dialects!(nothing_is_told => s37_nothing_of_a_person_is_in_logs_errors_debug_files_or_requests_elsewhere_v1,
    s37_nothing_of_a_person_is_in_logs_errors_debug_files_or_requests_elsewhere_v2);

async fn memory_forgets(world: World) {
    let mut scene = Scene::start(world, false).await;
    scene.goes_well();
    let pid = scene.day.pid();
    let names = |found: &[Found]| -> std::collections::BTreeSet<String> {
        found.iter().map(|found| found.name.clone()).collect()
    };
    let before = names(&scene.canaries.search_process(pid));
    assert!(
        before.contains("access_token") && before.contains("the e-mail address"),
        "the search itself works: {before:?}"
    );
    scene.day.must(&["sign-out"]);
    // A connection closes, and what it buffered is given back, when its task next runs: at once, but after the answer.
    let mut found = scene.canaries.search_process(pid);
    for _ in 0..50 {
        if found.is_empty() {
            break;
        }
        tokio::task::yield_now().await;
        scene.day.must(&["forget-nothing"]);
        found = scene.canaries.search_process(pid);
    }
    assert_eq!(found, [], "before it was {before:?}");
}
both_dialects!(memory_forgets => s37_after_a_sign_out_nothing_of_the_person_is_in_memory_v1,
    s37_after_a_sign_out_nothing_of_the_person_is_in_memory_v2);

/// A search that finds nothing proves something only if it would have found it, in each place and each spelling.
#[test]
fn s37_a_canary_is_found_in_every_spelling_and_place() {
    let secret = "Zelmirändra/37 \"x\" & y";
    let mut canaries = Canaries::default();
    canaries.add("it", secret);
    let json = serde_json::to_string(secret).expect("JSON");
    let base64 = |engine: &base64::engine::GeneralPurpose, before: &str| {
        base64::Engine::encode(engine, format!("{before}{secret} and more"))
    };
    let (standard, url) = (
        &base64::engine::general_purpose::STANDARD,
        &base64::engine::general_purpose::URL_SAFE_NO_PAD,
    );
    let spelt: Vec<Vec<u8>> = vec![
        secret.into(),
        json.clone().into(),
        json.replace('/', "\\/").into(),
        format!("{secret:?}").into(),
        format!("{:?}", secret.as_bytes()).into(),
        secret.as_bytes().escape_ascii().to_string().into(),
        secret
            .bytes()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
            .into(),
        secret
            .bytes()
            .map(|byte| format!("{byte:02X}"))
            .collect::<String>()
            .into(),
        "Zelmir%C3%A4ndra%2F37%20%22x%22%20%26%20y".into(),
        "zelmir%c3%a4ndra%2f37%20%22x%22%20%26%20y".into(),
        "Zelmir%C3%A4ndra%2F37+%22x%22+%26+y".into(),
        secret.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        secret.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        base64(standard, "").into(),
        base64(standard, "a").into(),
        base64(standard, "ab").into(),
        base64(url, "").into(),
        base64(url, "a").into(),
        base64(url, "ab").into(),
    ];
    for bytes in spelt {
        let hay = [b"before ", &bytes[..], b" after"].concat();
        assert!(
            !canaries.search("here", &hay).is_empty(),
            "{}",
            hay.escape_ascii()
        );
        // In each channel: a log line, an error's text, a report, a request elsewhere are bytes; files are found by folder.
        let dir = TempDir::new().expect("a folder");
        let below = dir.path().join("data");
        std::fs::create_dir(&below).expect("made");
        for file in [
            "log.txt",
            "shown.txt",
            "export.json",
            "durable.sqlite3",
            "durable.sqlite3-wal",
            "cache.sqlite3-shm",
        ] {
            let path: PathBuf = below.join(file);
            assert_eq!(canaries.search_folder(dir.path(), None), []);
            std::fs::write(&path, &hay).expect("written");
            let found = canaries.search_folder(dir.path(), None);
            assert!(found.iter().any(|found| found.place.ends_with(file)), "{found:?}");
            std::fs::remove_file(&path).expect("removed");
        }
    }
    assert_eq!(canaries.search("here", b"nothing of it"), []);
}
