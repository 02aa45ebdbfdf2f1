//! Scenario 32 as a person meets it: the file of their session and bookings is damaged, and what it held goes on.

use std::path::PathBuf;
use std::time::Duration;

use pmi_core::SessionState;
use pmi_core::model::WriteState;
use pmi_e2e::desk::{first_vehicle, oil_change};
use pmi_e2e::{Device, World, both_dialects};

const AT_TEN: [&str; 1] = ["2026-12-25T10:00:00 scheduled"];

const PATIENCE: Duration = Duration::from_secs(3600);

fn file(device: &Device) -> PathBuf {
    device.dir().join("data/durable.sqlite3")
}

/// Puts these bytes in the place of the file, the first page lost.
fn put_damaged(device: &Device, mut bytes: Vec<u8>) -> Vec<u8> {
    for beside in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{beside}", file(device).display()));
    }
    bytes[..4096].fill(0);
    std::fs::write(file(device), &bytes).expect("written");
    bytes
}

/// A booking waits on this device; `sent`: it was sent since, and the file is as before that.
async fn a_damaged_file_goes_on(world: World, sent: bool) {
    let (device, client) = world.signed_in().await;
    let _skipping = world.skip_waits(&device);
    let vehicle = first_vehicle(&client).await;
    client.set_offline(true);
    let new = oil_change(vehicle, 10);
    let item = client.bookings().book(new, None).await.expect("accepted");
    client.close();
    let before = std::fs::read(file(&device)).expect("the file");
    if sent {
        let client = device.open();
        assert_eq!(client.account().state().await, Ok(SessionState::SignedIn));
        client.sync(PATIENCE).await.expect("sent");
        client.close();
        assert_eq!(world.made().await, AT_TEN);
    }
    let damaged = put_damaged(&device, before);

    let client = device.open();
    let aside = client.set_aside().to_vec();
    assert_eq!(aside.len(), 1);
    assert_eq!(std::fs::read(&aside[0]).expect("kept"), damaged, "byte for byte");
    let told = client.salvaged().expect("told").clone();
    assert_eq!(
        (told.writes_saved, told.writes_lost, told.session_kept),
        (1, Some(0), true)
    );
    client.set_offline(true);
    assert_eq!(client.account().state().await, Ok(SessionState::SignedIn));
    let shown = client.outbox().get(item.id).await.expect("it goes on");
    assert_eq!(shown.state, WriteState::Unknown, "it may have been sent");
    client.close();

    let client = device.open();
    assert_eq!(client.salvaged(), Some(&told), "until it was seen");
    client.salvage_seen().expect("noted");
    assert_eq!(client.account().state().await, Ok(SessionState::SignedIn));
    let report = client.sync(PATIENCE).await.expect("sent");
    assert_eq!((report.remaining, report.attention), (0, 0));
    assert_eq!(world.made().await, AT_TEN);
    assert_eq!(world.create_requests(), 1);
    client.close();
    assert_eq!(device.open().salvaged(), None);
}

async fn sent_before(world: World) {
    a_damaged_file_goes_on(world, true).await;
}
both_dialects!(sent_before => s32_a_booking_saved_from_a_damaged_file_is_not_sent_again_v1,
    s32_a_booking_saved_from_a_damaged_file_is_not_sent_again_v2);

async fn not_sent_before(world: World) {
    a_damaged_file_goes_on(world, false).await;
}
both_dialects!(not_sent_before => s32_a_booking_saved_from_a_damaged_file_is_sent_v1,
    s32_a_booking_saved_from_a_damaged_file_is_sent_v2);
