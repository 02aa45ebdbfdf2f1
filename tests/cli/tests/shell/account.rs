//! Registering, signing in and out.

use pmi_platform::Dialect;
use serde_json::json;

use crate::support::{BOTH, Desk, bare, platform, rider};

const NEW: [&str; 9] = [
    "register",
    "--email",
    "nila.rao@example.com",
    "--first-name",
    "Nila",
    "--last-name",
    "Rao",
    "--phone",
    "+919800000001",
];

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_once_is_enough_until_signing_out() {
    for dialect in BOTH {
        let server = platform(dialect).await;
        let rider = rider(&server);
        let desk = Desk::new(server.url());
        let run = desk
            .with_password(&rider.password, &["--json", "login", &rider.email])
            .exits(0);
        assert_eq!(run.json()["signed_in"], true);
        assert_eq!(run.json()["customer"]["email"], rider.email.as_str());
        for _ in 0..2 {
            let me = desk.json(&["me"]).exits(0).json();
            assert_eq!(me["value"]["id"], rider.id);
            assert_eq!(me["value"]["role"], "customer");
        }
        assert_eq!(
            desk.json(&["logout"]).exits(0).json(),
            json!({"signed_in": false, "server_told": true})
        );
        let error = desk.json(&["me"]).exits(3).error();
        assert_eq!(
            (&error["kind"], &error["why"]),
            (&json!("sign_in_needed"), &json!("signed_out"))
        );
        desk.run(&["--offline", "me"]).exits(3);
        desk.run(&["logout"]).exits(0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_password_comes_from_standard_input_and_is_shown_nowhere() {
    let server = platform(Dialect::V2).await;
    let rider = rider(&server);
    let desk = Desk::new(server.url());
    let run = desk
        .with_stdin(&format!("{}\nmore\n", rider.password), &["login", &rider.email])
        .exits(0);
    assert!(!run.stdout.contains(&rider.password) && !run.stderr.contains(&rider.password));
    let help = bare(desk.home.path())
        .args(["login", "--help"])
        .env("PMI_PASSWORD", "hunter2")
        .output();
    let help = String::from_utf8(help.expect("it runs").stdout).expect("UTF-8");
    assert!(!help.contains("hunter2"), "{help}");
    let taken = desk.run(&["login", &rider.email, &rider.password]).exits(2);
    assert!(!taken.stdout.contains("signed in"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_password_nothing_is_sent() {
    let server = platform(Dialect::V2).await;
    let desk = Desk::new(server.url());
    let error = desk.json(&["login", "a@example.com"]).exits(2).error();
    assert!(
        error["hint"]
            .as_str()
            .is_some_and(|hint| hint.contains("PMI_PASSWORD")),
        "{error}"
    );
    assert_eq!(server.control().requests("*", "/"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_is_refused_and_costs_nobody_their_session() {
    for dialect in BOTH {
        let server = platform(dialect).await;
        let rider = rider(&server);
        let desk = Desk::new(server.url()).signed_in(rider);
        let error = desk
            .with_password("wrong-wrong", &["--json", "login", &rider.email])
            .exits(5)
            .error();
        assert_eq!(
            (&error["kind"], &error["why"]),
            (&json!("refused"), &json!("wrong_credentials"))
        );
        assert!(error["request_id"].is_string(), "{error}");
        let nobody = desk
            .with_password("wrong-wrong", &["--json", "login", "no@example.com"])
            .exits(5)
            .error();
        assert_eq!(nobody["why"], "wrong_credentials");
        desk.run(&["me"]).exits(0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_customer_registers_and_claims_a_vehicle() {
    let server = platform(Dialect::V2).await;
    let desk = Desk::new(server.url());
    let run = desk.with_password("a-long-enough-secret", &NEW).exits(0);
    assert!(
        run.stdout.contains("Nila Rao") && run.stdout.contains("pmi claim VIN"),
        "{run:?}"
    );
    assert!(desk.run(&["vehicles"]).exits(0).stdout.contains("pmi claim VIN"));

    let vin = server.seeded().unclaimed_vins[0].as_str();
    let claimed = desk.json(&["claim", vin]).exits(0).json();
    assert_eq!(claimed["value"]["vin"], vin);
    desk.run(&["claim", vin]).exits(0);
    let garage = desk.json(&["vehicles"]).exits(0).json();
    assert_eq!(garage["value"][0]["vehicle"]["vin"], vin);

    let error = desk.json(&["claim", "not a vin"]).exits(2).error();
    assert_eq!(error["kind"], "invalid_input");
    let taken = rider(&server).vehicle_ids[0];
    let other = Desk::new(server.url()).signed_in(rider(&server));
    let theirs = other.json(&["vehicle", &taken.to_string()]).exits(0).json();
    let theirs = theirs["value"]["vehicle"]["vin"]
        .as_str()
        .expect("a VIN")
        .to_owned();
    assert_eq!(
        desk.json(&["claim", &theirs]).exits(5).error()["why"],
        "vehicle_claimed"
    );

    let again = Desk::new(server.url());
    let error = again
        .with_password("a-long-enough-secret", &[&["--json"], &NEW[..]].concat())
        .exits(5)
        .error();
    assert_eq!(error["why"], "email_taken");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_deployed_platform_cannot_do_is_said() {
    let server = platform(Dialect::V1).await;
    let desk = Desk::new(server.url());
    let run = desk.with_password("a-long-enough-secret", &NEW).exits(0);
    assert!(!run.stdout.contains("claim"), "{run:?}");
    let error = desk
        .json(&["claim", &server.seeded().unclaimed_vins[0]])
        .exits(5)
        .error();
    assert_eq!(
        (&error["kind"], &error["capability"]),
        (&json!("unsupported"), &json!("claim_vehicle"))
    );
    assert_eq!(server.control().requests("*", "/api/vehicles/claim"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_works_without_a_network() {
    let server = platform(Dialect::V2).await;
    let desk = Desk::new(server.url()).signed_in(rider(&server));
    desk.run(&["me"]).exits(0);
    let run = desk.json(&["--offline", "logout"]).exits(0);
    assert_eq!(run.json()["server_told"], false);
    desk.run(&["--offline", "me"]).exits(3);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_secret_store_is_locked_and_the_right_one_goes_on() {
    let server = platform(Dialect::V2).await;
    let desk = Desk::new(server.url()).signed_in(rider(&server));
    for store in ["memory", "keyring"] {
        let error = desk.json(&["--secrets", store, "me"]).exits(6).error();
        assert_eq!(error["kind"], "locked");
        assert!(
            error["hint"]
                .as_str()
                .is_some_and(|hint| hint.contains("--secrets")),
            "{error}"
        );
        let status = desk.json(&["--secrets", store, "status"]).exits(0).json();
        assert_eq!(status["session"]["state"], "locked");
    }
    desk.run(&["me"]).exits(0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_in_memory_ends_with_its_process() {
    let server = platform(Dialect::V2).await;
    let mut desk = Desk::new(server.url());
    desk.secrets = "memory";
    let desk = desk.signed_in(rider(&server));
    let error = desk.json(&["me"]).exits(3).error();
    assert_eq!(error["why"], "keys_lost");
}
