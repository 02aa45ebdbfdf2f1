//! Scenario 22: a process that is stopped between deciding to send and sending, for longer than its right to send lasts.

use std::sync::Arc;
use std::time::Duration;

use pmi_core::ports::Clock as _;
use pmi_e2e::desk::{book, done, first_vehicle};
use pmi_e2e::{DeviceClock, Stopped, World, both_dialects};

async fn a_stale_sender(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.set_offline(true);
    let item = book(&client, 10).await;
    client.close();

    let network = Stopped::new();
    // A stopped process hears none of its timers: its clock stands still.
    let clock = DeviceClock::new(device.clock.wall());
    let stale = device.open_on(&clock, Arc::clone(&network) as _);
    stale.account().state().await.expect("opened");
    network.stopped().await;

    // It has its right to send, and its lock, and does nothing for a minute.
    device.clock.advance(Duration::from_secs(60));
    world.server_clock.advance(Duration::from_secs(60));
    let other = device.open();
    other.account().state().await.expect("opened");
    let skipping = world.skip_waits(&device);
    done(&other, &item).await;
    drop(skipping);
    assert_eq!(world.create_requests(), 1);
    clock.advance(Duration::from_secs(60));
    network.let_go().await;
    assert_eq!(world.create_requests(), 1, "what was late was withheld");
    assert_eq!(world.made().await, ["2026-12-25T10:00:00 scheduled"]);
}
both_dialects!(a_stale_sender => s22_a_sender_that_was_stopped_for_a_minute_sends_nothing_late_v1,
    s22_a_sender_that_was_stopped_for_a_minute_sends_nothing_late_v2);
