//! How often a server is asked which dialect it speaks.

use std::time::Duration;

use jiff::SignedDuration;
use pmi_core::ports::Clock as _;
use pmi_e2e::desk::read_garage;
use pmi_e2e::{Device, World, both_dialects};
use pmi_platform::{Dialect, Fault, Gate, Match};
use rusqlite::Connection;
use serde_json::json;

const DISCOVERY: &str = "/.well-known/pmi";
const A_DAY: Duration = Duration::from_secs(24 * 3600);
const A_MINUTE: Duration = Duration::from_secs(60);

fn asked(world: &World) -> u64 {
    world.control().requests("GET", DISCOVERY)
}

fn pass(world: &World, device: &Device, time: Duration) {
    device.clock.advance(time);
    world.server_clock.advance(time);
}

async fn a_day_passes(world: World) {
    let (device, client) = world.signed_in().await;
    read_garage(&client).await;
    pass(&world, &device, A_DAY - A_MINUTE);
    read_garage(&client).await;
    assert_eq!(asked(&world), 0, "within a day");
    let gate = Gate::new();
    let held = Fault::HoldBefore(gate.clone());
    world.control().on(Match::get(DISCOVERY)).then(held);
    pass(&world, &device, 2 * A_MINUTE);
    // Meanwhile it is what it was yesterday.
    for _ in 0..3 {
        read_garage(&client).await;
    }
    if world.dialect == Dialect::V1 {
        gate.arrived().await;
    }
    gate.release();
    read_garage(&client).await;
    let once = u64::from(world.dialect == Dialect::V1);
    assert_eq!(asked(&world), once, "v2 stays v2");
    pass(&world, &device, A_DAY - 2 * A_MINUTE);
    read_garage(&client).await;
    assert_eq!(asked(&world), once, "within another day");
}
both_dialects!(a_day_passes => a_v1_server_is_asked_once_a_day_whether_it_still_is_and_nobody_waits_for_that,
    a_v2_server_is_not_asked_again);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_v1_server_that_does_not_say_what_it_is_is_asked_again_a_day_later() {
    let world = World::start(Dialect::V1).await;
    let (device, client) = world.signed_in().await;
    let gate = Gate::new();
    let nothing = Fault::json(403, &json!({"detail": "no"}));
    let held = Fault::All(vec![Fault::HoldBefore(gate.clone()), nothing]);
    world.control().on(Match::get(DISCOVERY)).then(held);
    pass(&world, &device, A_DAY + A_MINUTE);
    read_garage(&client).await;
    gate.arrived().await;
    gate.release();
    for _ in 0..10 {
        read_garage(&client).await;
    }
    assert_eq!(asked(&world), 1);
}

async fn other_processes(world: World) {
    let device = world.device();
    // This device's own clock is not asked.
    let wrong = device.clock.wall() + SignedDuration::from_hours(48);
    device.clock.set_wall(wrong);
    let client = device.open();
    world.sign_in(&client).await.expect("signed in");
    read_garage(&client).await;
    assert_eq!(asked(&world), 1);
    client.close();
    let client = device.open();
    read_garage(&client).await;
    assert_eq!(asked(&world), 1, "another start knows it");
    client.close();

    let file = device.dir().join("data/durable.sqlite3");
    let file = Connection::open(file).expect("opens");
    let changed = file.execute("UPDATE origin SET dialect = '\"V9\"'", ());
    assert_eq!(changed, Ok(1));
    drop(file);
    read_garage(&device.open()).await;
    assert_eq!(asked(&world), 2, "what cannot be read is asked for again");
}
both_dialects!(other_processes => a_dialect_is_known_over_restarts_v1, a_dialect_is_known_over_restarts_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_v1_server_whose_clock_was_set_back_is_asked_again() {
    let world = World::start(Dialect::V1).await;
    let (device, client) = world.signed_in().await;
    read_garage(&client).await;
    let before = device.clock.wall() - SignedDuration::from_hours(48);
    world.server_clock.set(before);
    let gate = Gate::new();
    let held = Fault::HoldBefore(gate.clone());
    world.control().on(Match::get(DISCOVERY)).then(held);
    // By the answer to the first it is known.
    for _ in 0..2 {
        read_garage(&client).await;
    }
    gate.arrived().await;
    gate.release();
}
