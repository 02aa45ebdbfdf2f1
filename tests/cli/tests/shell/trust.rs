//! `--root-cert` and `--pin`: a server of a company's own authority, and everything that can be typed wrongly.

use std::path::PathBuf;

use pmi_e2e::tls::{Authority, TlsFront};
use pmi_platform::{Dialect, Platform};
use serde_json::json;

use crate::support::{Desk, platform, rider};

const BACKUP: &str = "sha256/AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

const OTHER: &str = "sha256/AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=";

/// A desk whose server is behind TLS, the file with its authority, and the pin of its key.
async fn behind_tls(server: &Platform) -> (Desk, TlsFront, PathBuf, String) {
    let authority = Authority::new("own");
    let identity = authority.issue("localhost", 2119);
    let url = server.url();
    let behind = url.strip_prefix("http://").expect("plain http");
    let front = TlsFront::start(&identity, behind.parse().expect("an address")).await;
    let desk = Desk::new(front.url());
    let file = desk.home.path().join("authority.pem");
    std::fs::write(&file, authority.pem()).expect("written");
    (desk, front, file, identity.pin().to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn s19_a_server_of_an_own_authority_is_believed_only_with_its_root_and_its_pins() {
    let server = platform(Dialect::V2).await;
    let (desk, front, file, pin) = behind_tls(&server).await;
    let file = file.display().to_string();
    let root = ["--root-cert", &file];

    let error = desk.json(&["health"]).exits(4).error();
    assert_eq!(error["kind"], json!("untrusted"), "{error}");
    desk.json(&[&root[..], &["health"]].concat()).exits(0);
    let who = rider(&server);
    let pinned = [&root[..], &["--pin", &pin, "--pin", BACKUP]].concat();
    desk.with_password(&who.password, &[&pinned[..], &["login", &who.email]].concat())
        .exits(0);
    // The same by the environment, and where pins are separated by commas.
    let by_environment = desk
        .program(&["me"])
        .env("PMI_ROOT_CERT", &file)
        .env("PMI_PIN", format!("{BACKUP},{pin}"))
        .output()
        .expect("it runs");
    assert!(by_environment.status.success(), "{by_environment:?}");

    let bytes = front.bytes();
    let wrong = [&root[..], &["--pin", OTHER, "--pin", BACKUP, "health"]].concat();
    let error = desk.json(&wrong).exits(4).error();
    assert_eq!(error["kind"], json!("untrusted"), "{error}");
    assert_eq!(front.bytes(), bytes, "nothing was sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_trusted_is_wrong_usage_and_says_why() {
    let server = platform(Dialect::V2).await;
    let (desk, front, file, pin) = behind_tls(&server).await;
    let write = |name: &str, text: &[u8]| {
        let path = desk.home.path().join(name);
        std::fs::write(&path, text).expect("written");
        path.display().to_string()
    };
    let good = file.display().to_string();
    let missing = desk.home.path().join("missing.pem").display().to_string();
    let folder = desk.home.path().display().to_string();
    let noise = write("noise.pem", b"noise");
    let empty = write("empty.pem", b"");
    let broken = write(
        "broken.pem",
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    );
    let key = write(
        "key.pem",
        b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
    );
    for (args, told) in [
        (vec!["--root-cert", &missing], "No such file"),
        (vec!["--root-cert", &folder], "directory"),
        (vec!["--root-cert", &noise], "no certificate in it"),
        (vec!["--root-cert", &empty], "no certificate in it"),
        (vec!["--root-cert", &key], "no certificate in it"),
        (vec!["--root-cert", &broken], "certificate 1 of it cannot be read"),
        (
            vec!["--root-cert", &good, "--root-cert", &missing],
            "No such file",
        ),
        (vec!["--pin", &pin], "at least two"),
        (vec!["--pin", &pin, "--pin", &pin], "at least two"),
        (vec!["--pin", &pin, "--pin", "sha256/AAAA"], "not a pin"),
        (vec!["--pin", "sha1/AAAA", "--pin", &pin], "not a pin"),
        (vec!["--pin", "", "--pin", &pin], "not a pin"),
        (vec!["--pin", "--pin", &pin], "--pin"),
    ] {
        let error = desk.json(&[&args[..], &["health"]].concat()).exits(2).error();
        let message = error["message"].as_str().unwrap_or_default();
        assert!(message.contains(told), "{args:?}: {message}");
        assert_eq!(error["kind"], json!("usage"), "{error}");
    }
    for value in [pin.as_str(), "sha256/AAAA,", ","] {
        let output = desk.program(&["health"]).env("PMI_PIN", value).output();
        assert_eq!(output.expect("it runs").status.code(), Some(2), "{value}");
    }
    assert_eq!(front.handshakes(), 0, "nothing was asked of anybody");
}
