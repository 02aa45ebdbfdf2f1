//! What a server hears of the app's version, and what becomes of an app that is too old for it.

use std::sync::Arc;

use pmi_core::model::WriteState;
use pmi_core::ports::{HttpClient, HttpClientConfig};
use pmi_core::screens::{Problem, Remedy};
use pmi_core::{Error, PmiClient, SessionState};
use pmi_e2e::desk::{book, first_vehicle, settled};
use pmi_e2e::{Device, World, both_dialects};
use pmi_platform::{Config, Dialect, Fault, Match, MinimumApp};
use serde_json::json;

fn open_as(device: &Device, name: &str, version: &str) -> PmiClient {
    let config = HttpClientConfig::default().for_app(name, version);
    let http = HttpClient::new(config.expect("a name")).expect("a network");
    device.open_over(Arc::new(http))
}

/// A v1 server has no such word: there it is something in front of it that says so.
fn too_old(world: &World) -> Fault {
    let body = match world.dialect {
        Dialect::V1 => json!({"detail": "Upgrade Required"}),
        Dialect::V2 => json!({"error": "upgrade_required", "message": "no", "request_id": "r"}),
    };
    Fault::json(426, &body)
}

async fn named(world: World) {
    let device = world.device();
    let client = open_as(&device, "pmi-android", "1.2.3-beta");
    world.sign_in(&client).await.expect("signed in");
    let seen = world.control().seen();
    let agents: Vec<_> = seen
        .iter()
        .map(|request| &request.headers["user-agent"])
        .collect();
    assert!(agents.len() > 1);
    for agent in agents {
        assert!(agent.starts_with("pmi-android/1.2.3-beta pmi-core/"), "{agent}");
    }
}
both_dialects!(named => the_server_sees_the_apps_name_and_version_v1, the_server_sees_the_apps_name_and_version_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_app_that_is_too_old_is_told_to_update() {
    let world = World::start_with(Config {
        minimum_app_version: Some(MinimumApp {
            name: "pmi-android".to_owned(),
            version: vec![2, 0],
        }),
        ..Config::default()
    })
    .await;
    for (name, version, served) in [
        ("pmi-android", "1.9.12", false),
        ("pmi-android", "2.0", true),
        ("pmi-android", "10.1-rc1", true),
        ("pmi-ios", "1.0", true),
    ] {
        let device = world.device();
        let client = open_as(&device, name, version);
        let answer = world.sign_in(&client).await;
        if served {
            assert_eq!(answer, Ok(()), "{name} {version}");
            continue;
        }
        let error = answer.expect_err("too old");
        assert!(
            matches!(error, Error::UpgradeRequired { request_id: Some(_) }),
            "{error:?}"
        );
        assert_eq!(Problem::from(&error).remedy, Remedy::UpdateApp);
    }
}

async fn signed_in_and_unsent(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    let rule = world.control().on(Match::path("/api")).then(too_old(&world));
    let item = book(&client, 10).await;
    world.expire_tokens(&device);
    let answer = client
        .vehicles()
        .list(pmi_core::model::Freshness::NetworkOnly)
        .await;
    assert!(matches!(answer, Err(Error::UpgradeRequired { .. })), "{answer:?}");
    let state = client.account().state().await.expect("known");
    assert_eq!(state, SessionState::SignedIn);
    world.control().remove(rule);
    client.set_network(true);
    let _skipping = world.skip_waits(&device);
    let sent = settled(&client, &item).await;
    assert!(matches!(sent.state, WriteState::Done { .. }), "{:?}", sent.state);
}
both_dialects!(signed_in_and_unsent => whoever_must_update_stays_signed_in_and_keeps_what_is_unsent_v1,
    whoever_must_update_stays_signed_in_and_keeps_what_is_unsent_v2);
