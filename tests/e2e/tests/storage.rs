//! Scenario 31 and what must hold of the files and the secret store on the straight path.

use std::fs;

use pmi_core::error::{OfflineReason, SignInReason};
use pmi_core::model::{Freshness, Origin, Unsent};
use pmi_core::ports::SecretError;
use pmi_core::{Error, SessionState};
use pmi_e2e::desk::read_garage;
use pmi_e2e::{World, both_dialects};

fn damage(dir: &std::path::Path, how: &str) {
    let file = dir.join("cache.sqlite3");
    assert!(file.exists());
    for beside in ["cache.sqlite3-wal", "cache.sqlite3-shm"] {
        let _ = fs::remove_file(dir.join(beside));
    }
    match how {
        "noise" => fs::write(&file, [0xa7; 20_000]).expect("noise"),
        "empty" => fs::write(&file, []).expect("empty"),
        "missing" => fs::remove_file(&file).expect("missing"),
        _ => fs::write(&file, &fs::read(&file).expect("read")[..3_000]).expect("cut short"),
    }
}

async fn the_cache_file_is_damaged(world: World) {
    let (device, client) = world.signed_in().await;
    for how in ["noise", "empty", "missing", "cut short"] {
        let client = if how == "noise" {
            client.clone()
        } else {
            device.open()
        };
        read_garage(&client).await;
        client.close();
        drop(client);
        damage(&device.cache_dir(), how);

        let client = device.open();
        assert_eq!(
            client.account().state().await,
            Ok(SessionState::SignedIn),
            "{how}: the session is in the other file"
        );
        let lost = client.vehicles().list(Freshness::CacheOnly).await;
        assert!(
            matches!(
                lost,
                Err(Error::Offline {
                    why: OfflineReason::NotCached,
                    ..
                })
            ),
            "{how}: {lost:?}"
        );
        read_garage(&client).await;
        let again = device
            .open()
            .vehicles()
            .list(Freshness::CacheOnly)
            .await
            .expect("and kept again");
        assert_eq!(again.origin, Origin::Disk, "{how}");
        if how == "noise" {
            let aside = client.set_aside();
            assert_eq!(aside.len(), 1, "the bad file is kept aside");
            assert_eq!(fs::read(&aside[0]).expect("the bad file"), [0xa7; 20_000]);
        }
        client.close();
    }
}
both_dialects!(the_cache_file_is_damaged => s31_a_damaged_cache_file_is_recreated_and_costs_no_session_v1,
    s31_a_damaged_cache_file_is_recreated_and_costs_no_session_v2);

async fn a_new_process_has_everything(world: World) {
    let (device, client) = world.signed_in().await;
    let id = pmi_core::model::VehicleId(world.customer().vehicle_ids[0]);
    let me = client.account().me(Freshness::NetworkOnly).await.expect("me");
    let vehicles = client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("vehicles");
    let details = client
        .vehicles()
        .details(id, Freshness::NetworkOnly)
        .await
        .expect("details");
    let bookings = client
        .bookings()
        .list(Freshness::NetworkOnly)
        .await
        .expect("bookings");
    client
        .centers()
        .list(Freshness::NetworkOnly)
        .await
        .expect("centres");
    client
        .notifications()
        .list(Freshness::NetworkOnly)
        .await
        .expect("notifications");
    client.close();
    world.control().network(false);

    let client = device.open();
    for freshness in [Freshness::CacheOnly, Freshness::CacheFirst] {
        assert_eq!(client.account().me(freshness).await.expect("me").value, me.value);
        assert_eq!(
            client
                .vehicles()
                .list(freshness)
                .await
                .expect("vehicles")
                .value
                .len(),
            vehicles.value.len()
        );
        let shown = client.vehicles().details(id, freshness).await.expect("details");
        assert_eq!(
            (shown.value, shown.fetched_at),
            (details.value.clone(), details.fetched_at)
        );
        assert_eq!(
            client.bookings().list(freshness).await.expect("bookings").value,
            bookings.value
        );
        assert!(
            !client
                .centers()
                .list(freshness)
                .await
                .expect("centres")
                .value
                .is_empty()
        );
        client
            .notifications()
            .list(freshness)
            .await
            .expect("notifications");
    }
    assert_eq!(client.account().state().await, Ok(SessionState::SignedIn));
}
both_dialects!(a_new_process_has_everything => a_new_process_without_a_network_shows_all_that_was_read_v1,
    a_new_process_without_a_network_shows_all_that_was_read_v2);

async fn the_secret_store_locks(world: World) {
    let (device, client) = world.signed_in().await;
    client.close();
    device
        .secrets
        .fail_with(Some(SecretError::Locked("the test locked it".to_owned())));
    let client = device.open();
    let locked = client.vehicles().list(Freshness::CacheFirst).await;
    assert!(matches!(locked, Err(Error::Locked { .. })), "{locked:?}");
    assert_eq!(client.account().state().await, Ok(SessionState::Locked));
    device.secrets.fail_with(None);
    client
        .vehicles()
        .list(Freshness::CacheFirst)
        .await
        .expect("unlocked, it goes on");
    assert_eq!(
        world.control().requests("POST", "/api/auth/login"),
        0,
        "without signing in again"
    );
}
both_dialects!(the_secret_store_locks => s05_a_locked_secret_store_is_not_a_sign_out_v1,
    s05_a_locked_secret_store_is_not_a_sign_out_v2);

async fn sign_out_leaves_nothing(world: World) {
    let (device, client) = world.signed_in().await;
    read_garage(&client).await;
    assert_eq!(
        client.account().sign_out(Unsent::Ask).await,
        Ok(true),
        "the server heard of it"
    );
    let gone = Err(Error::SignInNeeded {
        why: SignInReason::SignedOut,
    });
    assert_eq!(
        client
            .vehicles()
            .list(Freshness::CacheOnly)
            .await
            .map(|s| s.value),
        gone
    );
    assert!(device.secrets.names().is_empty(), "the keys are destroyed");
    let again = device.open();
    assert_eq!(again.account().state().await, Ok(SessionState::SignedOut));
    world.sign_in(&again).await.expect("and back in");
    let before = again.vehicles().list(Freshness::CacheOnly).await;
    assert!(
        matches!(
            before,
            Err(Error::Offline {
                why: OfflineReason::NotCached,
                ..
            })
        ),
        "nothing of before is shown"
    );
}
both_dialects!(sign_out_leaves_nothing => s11_after_a_sign_out_nothing_is_left_to_read_v1,
    s11_after_a_sign_out_nothing_is_left_to_read_v2);

async fn signing_out_needs_no_network(world: World) {
    let (device, client) = world.signed_in().await;
    world.control().network(false);
    let _skipping = world.skip_sleeps(&device);
    assert_eq!(client.account().sign_out(Unsent::Ask).await, Ok(false));
    assert!(device.secrets.names().is_empty());
}
both_dialects!(signing_out_needs_no_network => a_sign_out_without_a_network_is_complete_here_v1,
    a_sign_out_without_a_network_is_complete_here_v2);
