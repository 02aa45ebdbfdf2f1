//! Reads: from the server, from disk, many at once.

use pmi_platform::Dialect;
use serde_json::json;

use crate::support::{BOTH, Desk, platform, reads, rider, words};

#[tokio::test(flavor = "multi_thread")]
async fn every_read_prints_one_document_for_a_program_and_a_table_for_a_person() {
    for dialect in BOTH {
        let server = platform(dialect).await;
        let rider = rider(&server);
        let desk = Desk::new(server.url()).signed_in(rider);
        for read in reads(rider.vehicle_ids[0]) {
            let document = desk.json(&words(&read)).exits(0).json();
            assert_eq!(document["origin"], "network", "{read:?}");
            assert_eq!(document["refresh_error"], json!(null), "{read:?}");
            assert!(!document["value"].is_null(), "{read:?}");
            let text = desk.run(&words(&read)).exits(0);
            assert!(
                text.stdout.len() > 20 && !text.stdout.contains("as of"),
                "{text:?}"
            );
            assert!(
                text.stderr.contains("--secrets file is for development"),
                "{text:?}"
            );
        }
        let text = desk.run(&["vehicles"]).stdout;
        assert!(text.contains("critical") && text.contains("HEALTH"), "{text}");
        let text = desk.run(&["vehicle", &rider.vehicle_ids[0].to_string()]).stdout;
        assert!(
            text.contains("PREDICTED FAILURE") && text.contains(" days"),
            "{text}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_what_was_read_once_is_shown_with_its_age() {
    for dialect in BOTH {
        let server = platform(dialect).await;
        let rider = rider(&server);
        let desk = Desk::new(server.url()).signed_in(rider);
        let all = reads(rider.vehicle_ids[0]);
        let before: Vec<_> = all
            .iter()
            .map(|read| desk.json(&words(read)).exits(0).json())
            .collect();
        // On v1 the list takes a vehicle's health from its details once those are known.
        let garage = desk.json(&["vehicles"]).exits(0).json();

        server.control().reset_counts();
        for (read, before) in all.iter().zip(&before) {
            let offline = desk
                .json(&[&["--offline"], &words(read)[..]].concat())
                .exits(0)
                .json();
            assert_eq!(
                (&offline["origin"], &offline["refresh_error"]),
                (&json!("disk"), &json!(null))
            );
            let before = if read[0] == "vehicles" { &garage } else { before };
            assert_eq!(offline["value"], before["value"], "{read:?}");
        }
        assert_eq!(server.control().requests("*", "/"), 0, "--offline sends nothing");

        server.control().network(false);
        let cut = desk.json(&["bookings"]).exits(0).json();
        assert_eq!(cut["origin"], "disk");
        assert_eq!(cut["refresh_error"]["kind"], "offline");
        let text = desk.run(&["vehicles"]).exits(0).stdout;
        let is_footer = |line: &str| line.starts_with("as of ") && line.contains(", offline: ");
        assert!(text.lines().any(is_footer), "{text}");
        let text = desk.run(&["--offline", "vehicles"]).exits(0).stdout;
        assert!(text.ends_with(", offline as asked\n"), "{text}");
        desk.run(&["--freshness", "network-only", "vehicles"]).exits(4);
        desk.run(&["--freshness", "cache-first", "vehicles"]).exits(0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_and_with_nothing_on_this_device_there_is_nothing_to_show() {
    let server = platform(Dialect::V2).await;
    let desk = Desk::new(server.url()).signed_in(rider(&server));
    let error = desk.json(&["--offline", "bookings"]).exits(4).error();
    assert_eq!(
        (&error["kind"], &error["why"]),
        (&json!("offline"), &json!("not_cached"))
    );
    server.control().network(false);
    let error = desk.json(&["bookings"]).exits(4).error();
    assert_eq!(error["kind"], "offline");
    server.control().network(true);
    desk.run(&["bookings"]).exits(0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vehicle_that_is_not_the_customers_is_refused() {
    for dialect in BOTH {
        let server = platform(dialect).await;
        let rider = rider(&server);
        let desk = Desk::new(server.url()).signed_in(rider);
        let others = server
            .seeded()
            .customers
            .iter()
            .find(|other| other.id != rider.id);
        let others = others.expect("another customer").vehicle_ids[0];
        for id in [others.to_string(), "999999".to_owned()] {
            let error = desk.json(&["vehicle", &id]).exits(5).error();
            assert_eq!(
                (&error["kind"], &error["why"]),
                (&json!("refused"), &json!("not_found"))
            );
        }
        for no_id in ["twelve", "-1", "0"] {
            desk.run(&["vehicle", no_id]).exits(2);
        }
        desk.run(&["vehicles"]).exits(0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_read_many_times_at_once_reports_its_successes() {
    for dialect in BOTH {
        let server = platform(dialect).await;
        let desk = Desk::new(server.url()).signed_in(rider(&server));
        server.control().reset_counts();
        let many = desk.json(&["--parallel", "20", "notifications"]).exits(0).json();
        assert_eq!(many["parallel"]["calls"], 20);
        assert_eq!(many["parallel"]["succeeded"], 20);
        assert_eq!(many["parallel"]["failed"], 0);
        assert_eq!(
            server.control().requests("GET", "/api/notifications"),
            1,
            "identical reads share a request"
        );
        let text = desk.run(&["--parallel", "20", "vehicles"]).exits(0).stdout;
        assert!(text.contains("20 of 20 calls at once succeeded"), "{text}");
        desk.run(&["--parallel", "20", "health"]).exits(0);
        desk.run(&["--parallel", "20", "logout"]).exits(2);
        desk.run(&["--parallel", "0", "me"]).exits(2);
        server.control().network(false);
        desk.json(&["--parallel", "20", "centers"]).exits(4).error();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn health_is_the_servers_own_word() {
    for dialect in BOTH {
        let server = platform(dialect).await;
        let desk = Desk::new(server.url());
        let health = desk.json(&["health"]).exits(0).json();
        assert_eq!(health["value"]["serving"], true);
        assert_eq!(health["server"], server.url());
        assert!(desk.run(&["health"]).exits(0).stdout.contains("is serving"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn status_tells_where_things_stand() {
    for dialect in BOTH {
        let server = platform(dialect).await;
        let rider = rider(&server);
        let desk = Desk::new(server.url());
        let status = desk.json(&["status"]).exits(0).json();
        assert_eq!(
            status["session"],
            json!({"state": "sign_in_needed", "why": "never_signed_in"})
        );
        assert_eq!(status["capabilities"]["claim_vehicle"], dialect == Dialect::V2);
        assert_eq!(status["cached"], json!([]));

        let desk = desk.signed_in(rider);
        desk.run(&["vehicles"]).exits(0);
        server.control().network(false);
        let status = desk.json(&["status"]).exits(0).json();
        assert_eq!(status["session"]["state"], "signed_in");
        assert_eq!(status["session"]["customer"]["email"], rider.email.as_str());
        assert_eq!(status["data_dir"], desk.data().display().to_string());
        assert_eq!(
            status["capabilities"]["claim_vehicle"],
            dialect == Dialect::V2,
            "remembered"
        );
        let cached: Vec<_> = status["cached"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|row| &row["what"])
            .collect();
        assert_eq!(cached, ["me", "vehicles"]);
        let text = desk.run(&["status"]).exits(0).stdout;
        assert!(
            text.contains("signed in as") && text.contains("ON THIS DEVICE"),
            "{text}"
        );
        assert!(!text.contains("v1") && !text.contains("v2"), "{text}");
    }
}
