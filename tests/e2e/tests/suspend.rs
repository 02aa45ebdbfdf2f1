//! Scenario 34: suspended with a read, a refresh or a send in flight, for a minute and for a night.

use std::time::Duration;

use pmi_core::error::SignInReason;
use pmi_core::model::{Freshness, Password, SuspendReport};
use pmi_core::ports::SecretError;
use pmi_core::{Error, SessionState};
use pmi_e2e::asleep::{
    DEADLINE, MINUTE, NIGHT, NOTHING, holds_nothing, pass, read, state, suspend_in_flight,
};
use pmi_e2e::desk::{book, done, first_vehicle};
use pmi_e2e::{Disk, Stopped, World, both_dialects};
use pmi_platform::{Dialect, Fault, Gate, Match};

const REFRESH: &str = "/api/auth/refresh";
const AT_TEN: [&str; 1] = ["2026-12-25T10:00:00 scheduled"];

async fn nothing_is_held(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.set_offline(true);
    let item = book(&client, 10).await;
    assert!(device.open_files().len() >= 2, "the search itself works");
    assert_eq!(client.suspend(DEADLINE).await, Ok(NOTHING));
    holds_nothing(&device, "when it returns");

    let cached = client.vehicles().list(Freshness::CacheOnly).await;
    assert_eq!(cached.map(drop), Err(Error::Suspended));
    assert_eq!(client.outbox().list().await, Err(Error::Suspended));
    assert_eq!(client.account().state().await, Err(Error::Suspended));
    assert_eq!(client.diagnostics().trail(), Err(Error::Suspended));
    client.set_offline(false);
    client.set_network(true);
    holds_nothing(&device, "after calls");

    // Nobody asks the secret store again.
    let locked = SecretError::Locked("the test said so".to_owned());
    device.secrets.fail_with(Some(locked));
    client.resume().await.expect("it goes on");
    assert_eq!(state(&client).await, SessionState::SignedIn);
    read(&client).await.expect("a read");
    done(&client, &item).await;
    assert_eq!(world.made().await, AT_TEN);
    assert_eq!(world.control().refresh_requests(), 0);
}
both_dialects!(nothing_is_held => s34_a_suspended_client_holds_no_file_and_goes_on_without_the_secret_store_v1,
    s34_a_suspended_client_holds_no_file_and_goes_on_without_the_secret_store_v2);

async fn callbacks_stay(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    let (heard, mut hears) = tokio::sync::mpsc::unbounded_channel();
    let tell = move |what: &'static str| {
        let heard = heard.clone();
        move || _ = heard.send(what)
    };
    let (garage, outbox) = (tell("garage"), tell("outbox"));
    let (network, session) = (tell("network"), tell("session"));
    drop(tell);
    let shown = client.vehicles().observe_list().await.expect("observed");
    let subscriptions = [
        shown.subscribe(move |_| garage()),
        client
            .outbox()
            .observe()
            .await
            .expect("observed")
            .subscribe(move |_| outbox()),
        client
            .subscribe_connectivity(move |_| network())
            .expect("subscribed"),
        client
            .account()
            .subscribe_state(move |_| session())
            .expect("subscribed"),
    ];
    let mut first = std::collections::BTreeSet::new();
    while first.len() < 4 {
        first.insert(hears.recv().await.expect("each is told at once"));
    }
    // No sleep is skipped here: it ends at once, or never.
    assert_eq!(client.suspend(DEADLINE).await, Ok(NOTHING));
    holds_nothing(&device, "with callbacks");
    client.resume().await.expect("it goes on");
    assert!(subscriptions.iter().all(|one| !one.is_over()));
    while hears.try_recv().is_ok() {}
    client.set_offline(true);
    book(&client, 10).await;
    let mut after = std::collections::BTreeSet::new();
    while !(after.contains("outbox") && after.contains("network")) {
        after.insert(hears.recv().await.expect("told again"));
    }
    client.close();
    while hears.recv().await.is_some() {}
    assert!(subscriptions.iter().all(pmi_core::Subscription::is_over));
}
both_dialects!(callbacks_stay => s34_callbacks_outlive_a_suspension_and_do_not_delay_it_v1,
    s34_callbacks_outlive_a_suspension_and_do_not_delay_it_v2);

/// `answered`: the answer comes while it is suspended; else never.
async fn with_a_read(world: &World, time: Duration, answered: bool) {
    let (device, client) = world.signed_in().await;
    let gate = Gate::new();
    let rule = world
        .control()
        .on(Match::get("/api/"))
        .then(Fault::HoldAfter(gate.clone()));
    let reading = client.clone();
    let reading = tokio::spawn(async move { read(&reading).await });
    gate.arrived().await;
    assert_eq!(
        client.suspend(DEADLINE).await,
        Ok(NOTHING),
        "it is not waited for"
    );
    assert_eq!(reading.await.expect("no panic"), Err(Error::Suspended));
    holds_nothing(&device, "when it returns");
    world.control().remove(rule);
    if answered {
        gate.release();
    }
    pass(world, &device, time);
    holds_nothing(&device, "after the answer");
    client.resume().await.expect("it goes on");
    gate.release();
    assert_eq!(state(&client).await, SessionState::SignedIn);
    read(&client).await.expect("asked again");
    let refreshes = u64::from(time == NIGHT);
    assert_eq!(world.control().refresh_requests(), refreshes);
}

async fn a_read_for_a_minute(world: World) {
    with_a_read(&world, MINUTE, true).await;
    with_a_read(&world, MINUTE, false).await;
}
both_dialects!(a_read_for_a_minute => s34_suspended_with_a_read_for_a_minute_v1, s34_suspended_with_a_read_for_a_minute_v2);

async fn a_read_for_a_night(world: World) {
    with_a_read(&world, NIGHT, true).await;
    with_a_read(&world, NIGHT, false).await;
}
both_dialects!(a_read_for_a_night => s34_suspended_with_a_read_for_a_night_v1, s34_suspended_with_a_read_for_a_night_v2);

async fn with_a_refresh(world: &World, time: Duration, answered: bool) {
    let (device, client) = world.signed_in().await;
    world.expire_tokens(&device);
    let gate = Gate::new();
    let rule = world
        .control()
        .on(Match::post(REFRESH))
        .then(Fault::HoldAfter(gate.clone()));
    let reading = client.clone();
    let reading = tokio::spawn(async move { read(&reading).await });
    gate.arrived().await;
    assert_eq!(state(&client).await, SessionState::Refreshing);
    let report = suspend_in_flight(&device, &client).await;
    assert_eq!(report, SuspendReport { left: 1, ..NOTHING });
    assert_eq!(reading.await.expect("no panic"), Err(Error::Suspended));
    holds_nothing(&device, "when it returns");
    world.control().remove(rule);
    if answered {
        gate.release();
    }
    pass(world, &device, time);
    holds_nothing(&device, "after the answer");
    client.resume().await.expect("it goes on");
    gate.release();
    assert_eq!(state(&client).await, SessionState::RefreshUnknown, "and says so");
    read(&client).await.expect("still signed in");
    assert_eq!(state(&client).await, SessionState::SignedIn);
    assert_eq!(world.control().refresh_requests(), 2, "the old token once more");
}

async fn a_refresh_for_a_minute(world: World) {
    with_a_refresh(&world, MINUTE, true).await;
    world.control().reset_counts();
    with_a_refresh(&world, MINUTE, false).await;
}
both_dialects!(a_refresh_for_a_minute => s34_suspended_with_a_refresh_for_a_minute_v1,
    s34_suspended_with_a_refresh_for_a_minute_v2);

async fn a_refresh_for_a_night(world: World) {
    with_a_refresh(&world, NIGHT, true).await;
    world.control().reset_counts();
    with_a_refresh(&world, NIGHT, false).await;
}
both_dialects!(a_refresh_for_a_night => s34_suspended_with_a_refresh_for_a_night_v1,
    s34_suspended_with_a_refresh_for_a_night_v2);

async fn a_refresh_that_ends_in_time(world: World) {
    let (device, client) = world.signed_in().await;
    world.expire_tokens(&device);
    let gate = Gate::new();
    let rule = world
        .control()
        .on(Match::post(REFRESH))
        .then(Fault::HoldAfter(gate.clone()));
    let reading = client.clone();
    let reading = tokio::spawn(async move { read(&reading).await });
    gate.arrived().await;
    let suspending = client.clone();
    let suspending = tokio::spawn(async move { suspending.suspend(DEADLINE).await });
    assert_eq!(reading.await.expect("no panic"), Err(Error::Suspended));
    world.control().remove(rule);
    gate.release();
    let report = suspending.await.expect("no panic");
    assert_eq!(report, Ok(SuspendReport { ended: 1, ..NOTHING }));
    holds_nothing(&device, "when it returns");
    client.resume().await.expect("it goes on");
    assert_eq!(state(&client).await, SessionState::SignedIn);
    read(&client).await.expect("with the new token");
    assert_eq!(world.control().refresh_requests(), 1);
}
both_dialects!(a_refresh_that_ends_in_time => s34_a_refresh_that_ends_before_the_deadline_is_kept_v1,
    s34_a_refresh_that_ends_before_the_deadline_is_kept_v2);

async fn with_a_send(world: &World, time: Duration, answered: bool) {
    let (device, client) = world.signed_in().await;
    let before = world.made().await.len();
    let gate = Gate::new();
    let rule = world
        .control()
        .on(world.creates())
        .then(Fault::HoldAfter(gate.clone()));
    let hour = if answered { 10 } else { 11 };
    let first = book(&client, hour).await;
    gate.arrived().await;
    let second = book(&client, hour + 3).await;
    let report = suspend_in_flight(&device, &client).await;
    assert_eq!(report, SuspendReport { left: 1, ..NOTHING });
    holds_nothing(&device, "when it returns");
    world.control().remove(rule);
    if answered {
        gate.release();
    }
    pass(world, &device, time);
    holds_nothing(&device, "after the answer");
    client.resume().await.expect("it goes on");
    gate.release();
    let skipping = world.skip_waits(&device);
    done(&client, &first).await;
    done(&client, &second).await;
    drop(skipping);
    assert_eq!(state(&client).await, SessionState::SignedIn);
    assert_eq!(world.made().await.len(), before + 2, "each is made once");
}

async fn a_send_for_a_minute(world: World) {
    with_a_send(&world, MINUTE, true).await;
    with_a_send(&world, MINUTE, false).await;
}
both_dialects!(a_send_for_a_minute => s34_suspended_with_a_send_for_a_minute_v1, s34_suspended_with_a_send_for_a_minute_v2);

async fn a_send_for_a_night(world: World) {
    with_a_send(&world, NIGHT, true).await;
    with_a_send(&world, NIGHT, false).await;
}
both_dialects!(a_send_for_a_night => s34_suspended_with_a_send_for_a_night_v1, s34_suspended_with_a_send_for_a_night_v2);

async fn a_send_that_ends_in_time(world: World) {
    let (device, client) = world.signed_in().await;
    let gate = Gate::new();
    world
        .control()
        .on(world.creates())
        .then(Fault::HoldAfter(gate.clone()));
    let first = book(&client, 10).await;
    gate.arrived().await;
    let second = book(&client, 13).await;
    let suspending = client.clone();
    let suspending = tokio::spawn(async move { suspending.suspend(DEADLINE).await });
    while client.outbox().list().await != Err(Error::Suspended) {
        tokio::task::yield_now().await;
    }
    world.control().clear();
    gate.release();
    let report = suspending.await.expect("no panic");
    assert_eq!(report, Ok(SuspendReport { ended: 1, ..NOTHING }));
    holds_nothing(&device, "when it returns");
    assert_eq!(world.create_requests(), 1, "the next one is not begun");

    // Another process may send at once: nothing keeps it waiting.
    let other = device.open();
    done(&other, &second).await;
    other.close();
    client.resume().await.expect("it goes on");
    done(&client, &first).await;
    assert_eq!(world.create_requests(), 2);
    assert_eq!(world.made().await.len(), 2);
}
both_dialects!(a_send_that_ends_in_time => s34_a_send_that_ends_before_the_deadline_is_done_and_no_other_begins_v1,
    s34_a_send_that_ends_before_the_deadline_is_done_and_no_other_begins_v2);

async fn another_process_goes_on(world: World) {
    let (device, client) = world.signed_in().await;
    let gate = Gate::new();
    let rule = world
        .control()
        .on(world.creates())
        .then(Fault::HoldAfter(gate.clone()));
    let item = book(&client, 10).await;
    gate.arrived().await;
    suspend_in_flight(&device, &client).await;
    world.control().remove(rule);
    gate.release();

    // The right to send was given back: no 45 s pass before the other one looks the write up.
    let other = device.open();
    assert_eq!(state(&other).await, SessionState::SignedIn);
    let skipping = world.skip_waits(&device);
    done(&other, &item).await;
    drop(skipping);
    client.resume().await.expect("it goes on");
    done(&client, &item).await;
    assert_eq!(world.made().await, AT_TEN);
}
both_dialects!(another_process_goes_on => s34_another_process_takes_over_what_a_suspended_one_was_sending_v1,
    s34_another_process_takes_over_what_a_suspended_one_was_sending_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s34_a_pair_that_is_only_in_memory_is_used_after_a_suspension_too() {
    let world = World::start(Dialect::V2).await;
    let (device, client) = world.signed_in().await;
    let full = Disk::takes_no_pair(&device);
    let skipping = world.skip_sleeps(&device);
    let old = Password::new(world.customer().password.as_str());
    let changed = client
        .account()
        .change_password(old, Password::new("another long one"))
        .await;
    let why = SignInReason::PasswordChanged;
    assert_eq!(changed, Err(Error::SignInNeeded { why }), "it cannot be kept");
    drop(skipping);

    client.suspend(DEADLINE).await.expect("suspended");
    client.resume().await.expect("it goes on");
    assert_eq!(state(&client).await, SessionState::SignedIn);
    read(&client).await.expect("with the pair in memory");
    assert_eq!(world.control().refresh_requests(), 0, "not with that on disk");

    // Meanwhile another process finds the pair on disk worthless.
    client.suspend(DEADLINE).await.expect("suspended");
    let other = device.open();
    let ended = read(&other).await;
    assert!(matches!(ended, Err(Error::SignInNeeded { .. })), "{ended:?}");
    other.close();
    client.resume().await.expect("it goes on");
    assert_eq!(state(&client).await, SessionState::SignedIn);
    read(&client).await.expect("from memory, and onto the disk");
    drop(full);
    client.close();
    read(&device.open()).await.expect("still signed in");
}

async fn let_go_late(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.set_offline(true);
    let item = book(&client, 10).await;
    client.close();
    for resumes in [false, true] {
        let network = Stopped::new();
        let client = device.open_over(std::sync::Arc::clone(&network) as _);
        state(&client).await;
        let skipping = world.skip_waits(&device);
        network.stopped().await;
        drop(skipping);
        assert_eq!(suspend_in_flight(&device, &client).await.left, 1);
        if resumes {
            client.resume().await.expect("it goes on");
            network.let_go().await;
        } else {
            network.let_go().await;
            holds_nothing(&device, "after what was late");
        }
        assert_eq!(world.create_requests(), 0, "what was late was withheld");
        client.close();
    }
    let client = device.open();
    state(&client).await;
    let skipping = world.skip_waits(&device);
    done(&client, &item).await;
    drop(skipping);
    assert_eq!(world.made().await, AT_TEN);
}
both_dialects!(let_go_late => s34_what_the_network_lets_go_after_the_suspension_is_withheld_v1,
    s34_what_the_network_lets_go_after_the_suspension_is_withheld_v2);
