//! Scenario 34: who looks on, synchronises, signs out or closes while a client is suspended, and what it finds afterwards.

use std::path::PathBuf;
use std::time::Duration;

use futures_util::FutureExt as _;
use pmi_core::model::{Freshness, Origin, Unsent};
use pmi_core::ports::SecretError;
use pmi_core::{Error, SessionState};
use pmi_e2e::asleep::{DEADLINE, MINUTE, NIGHT, NOTHING, holds_nothing, pass, read, state};
use pmi_e2e::desk::{book, done, first_vehicle, name, read_garage, shown_once};
use pmi_e2e::{Device, World, both_dialects};
use pmi_platform::{Dialect, Fault, Gate, Match};

const AT_TEN: [&str; 1] = ["2026-12-25T10:00:00 scheduled"];

async fn observers_go_on(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    let mut garage = client.vehicles().observe_list().await.expect("observed");
    let mut bookings = client.bookings().observe_list().await.expect("observed");
    let mut outbox = client.outbox().observe().await.expect("observed");
    let states = client.account().states().expect("observed");
    let first = garage.next().await.expect("at once").snapshot.expect("read");
    while bookings.next().await.expect("an update").loading {}
    assert_eq!(outbox.next().await, Some(Ok(Vec::new())));
    client.set_offline(true);
    let item = book(&client, 10).await;
    assert_eq!(outbox.next().await.expect("an update").expect("a list").len(), 1);

    client.suspend(DEADLINE).await.expect("suspended");
    assert_eq!(*states.borrow(), SessionState::SignedIn);
    // Nobody sees a list without the booking because its file is closed.
    assert_eq!(bookings.next().now_or_never(), None);
    assert!(outbox.next().now_or_never().is_none());
    let late = client.bookings().observe_list().await;
    assert_eq!(late.map(drop), Err(Error::Suspended));
    holds_nothing(&device, "after looking");
    pass(&world, &device, NIGHT);
    client.set_offline(false);
    client.resume().await.expect("it goes on");
    let fresh = loop {
        let update = garage.next().await.expect("an update");
        let shown = update.snapshot.expect("read before");
        if shown.fetched_at > first.fetched_at {
            break shown;
        }
    };
    assert!(!fresh.stale);
    let shown = bookings.next().await.expect("an update").snapshot.expect("read");
    assert!(
        shown
            .value
            .iter()
            .any(|one| one.pending.is_some() || one.id.server_number().is_some())
    );
    let made = done(&client, &item).await;
    loop {
        if outbox
            .next()
            .await
            .expect("an update")
            .expect("a list")
            .is_empty()
        {
            break;
        }
    }
    assert_eq!(world.made().await, AT_TEN);
    shown_once(&client, &name(&made)).await;
    client.close();
    assert_eq!(outbox.next().await, None);
}
both_dialects!(observers_go_on => s34_observers_are_silent_while_suspended_and_go_on_v1,
    s34_observers_are_silent_while_suspended_and_go_on_v2);

async fn an_observer_whose_answer_was_on_its_way(world: World) {
    let (_device, client) = world.signed_in().await;
    let mut garage = None;
    // The first time there is nothing to show; then there is a good answer, and somebody asks for a newer one.
    for asks in [false, true] {
        let gate = Gate::new();
        let rule = world
            .control()
            .on(Match::get("/api/"))
            .then(Fault::HoldAfter(gate.clone()));
        let mut observed = match garage.take() {
            Some(observed) => observed,
            None => client.vehicles().observe_list().await.expect("observed"),
        };
        let asking = client.clone();
        let asking = tokio::spawn(async move {
            if asks {
                let list = asking.vehicles().list(Freshness::NetworkOnly).await;
                assert_eq!(list.map(drop), Err(Error::Suspended));
            }
        });
        gate.arrived().await;
        assert!(observed.next().await.expect("an update").loading);
        client.suspend(DEADLINE).await.expect("suspended");
        asking.await.expect("told");
        world.control().remove(rule);
        gate.release();
        let before = world.control().requests("GET", "/api/");
        client.resume().await.expect("it goes on");
        loop {
            let update = observed.next().await.expect("an update");
            if !update.loading && world.control().requests("GET", "/api/") > before {
                assert!(!update.snapshot.expect("an answer").value.is_empty());
                break;
            }
        }
        garage = Some(observed);
    }
}
both_dialects!(an_observer_whose_answer_was_on_its_way => s34_what_an_observer_waited_for_is_asked_again_v1,
    s34_what_an_observer_waited_for_is_asked_again_v2);

async fn sync_while_suspended(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.set_offline(true);
    let item = book(&client, 10).await;
    client.suspend(DEADLINE).await.expect("suspended");
    client.set_offline(false);
    let (one, two) = tokio::join!(client.sync(MINUTE), client.sync(MINUTE));
    for report in [one, two] {
        let report = report.expect("a report");
        assert_eq!((report.remaining, report.stopped), (0, None));
    }
    holds_nothing(&device, "after the synchronisation");
    assert_eq!(
        client.outbox().list().await,
        Err(Error::Suspended),
        "and still is"
    );
    assert_eq!(world.made().await, AT_TEN);
    client.resume().await.expect("it goes on");
    done(&client, &item).await;

    // One that is resumed meanwhile stays open; one that is suspended meanwhile says so.
    for resumes in [true, false] {
        let gate = Gate::new();
        world
            .control()
            .on(world.creates())
            .then(Fault::HoldAfter(gate.clone()));
        client.set_offline(true);
        let item = book(&client, if resumes { 15 } else { 16 }).await;
        client.suspend(DEADLINE).await.expect("suspended");
        client.set_offline(false);
        let syncing = client.clone();
        let syncing = tokio::spawn(async move { syncing.sync(Duration::from_secs(3600)).await });
        gate.arrived().await;
        world.control().clear();
        if resumes {
            client.resume().await.expect("it goes on");
            gate.release();
            syncing.await.expect("no panic").expect("a report");
            assert_eq!(state(&client).await, SessionState::SignedIn);
            done(&client, &item).await;
        } else {
            client.suspend(Duration::ZERO).await.expect("suspended");
            assert_eq!(syncing.await.expect("no panic"), Err(Error::Suspended));
            holds_nothing(&device, "after the second suspension");
            client.close();
            assert_eq!(client.sync(MINUTE).await, Err(Error::Closed));
        }
    }
}
both_dialects!(sync_while_suspended => s34_sync_opens_a_suspended_client_for_its_duration_v1,
    s34_sync_opens_a_suspended_client_for_its_duration_v2);

async fn sync_while_being_suspended(world: World) {
    let (device, client) = world.signed_in().await;
    let patience = Duration::from_secs(3);
    for ends_in_time in [false, true] {
        let gate = Gate::new();
        let rule = world
            .control()
            .on(world.creates())
            .then(Fault::HoldAfter(gate.clone()));
        let item = book(&client, if ends_in_time { 11 } else { 10 }).await;
        gate.arrived().await;
        let suspending = client.clone();
        let suspending = tokio::spawn(async move { suspending.suspend(DEADLINE).await });
        device.clock.sleepers(1, DEADLINE).await;
        let syncing = client.clone();
        let syncing = tokio::spawn(async move { syncing.sync(patience).await });
        device.clock.sleepers(1, patience).await;
        world.control().remove(rule);
        if ends_in_time {
            // Two seconds are over when it begins, and one is left for it.
            device.clock.advance(Duration::from_secs(2));
            let reading = world.hold_next(Match::get("/api/"));
            gate.release();
            suspending.await.expect("no panic").expect("suspended");
            device.clock.sleepers(1, Duration::from_secs(1)).await;
            device.clock.advance(Duration::from_secs(1));
            let report = syncing.await.expect("no panic").expect("a report");
            assert_eq!((report.sent, report.remaining, report.stopped), (0, 0, None));
            reading.release();
        } else {
            device.clock.advance(patience);
            assert_eq!(syncing.await.expect("no panic"), Err(Error::Suspended));
            assert!(!device.open_files().is_empty(), "it is still being suspended");
            device.clock.advance(DEADLINE - patience);
            assert_eq!(suspending.await.expect("no panic").expect("suspended").left, 1);
            gate.release();
        }
        holds_nothing(&device, "after both");
        client.resume().await.expect("it goes on");
        let skipping = world.skip_waits(&device);
        done(&client, &item).await;
        drop(skipping);
    }
}
both_dialects!(sync_while_being_suspended => s34_sync_waits_for_a_suspension_under_way_no_longer_than_its_deadline_v1,
    s34_sync_waits_for_a_suspension_under_way_no_longer_than_its_deadline_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s34_every_order_of_suspend_resume_and_close_is_defined() {
    let world = World::start(Dialect::V2).await;
    let (device, client) = world.signed_in().await;
    let idle = client.resume().await;
    assert_eq!(idle, Ok(()), "nothing to go on from");
    assert_eq!(client.suspend(DEADLINE).await, Ok(NOTHING));
    assert_eq!(client.suspend(DEADLINE).await, Ok(NOTHING));
    client.resume().await.expect("once");
    client.resume().await.expect("twice");
    read(&client).await.expect("a read");

    // Two at once; the one with the shorter deadline ends it.
    let gate = Gate::new();
    world
        .control()
        .on(world.creates())
        .then(Fault::HoldAfter(gate.clone()));
    let item = book(&client, 10).await;
    gate.arrived().await;
    let (one, two) = tokio::join!(client.suspend(DEADLINE), client.suspend(Duration::ZERO));
    assert!(!one.expect("suspended").resumed);
    assert!(!two.expect("suspended").resumed);
    holds_nothing(&device, "when both return");
    world.control().clear();
    gate.release();
    client.resume().await.expect("it goes on");
    done(&client, &item).await;

    // Resumed before the end: what was in flight goes on.
    let gate = Gate::new();
    world
        .control()
        .on(world.creates())
        .then(Fault::HoldAfter(gate.clone()));
    let item = book(&client, 12).await;
    gate.arrived().await;
    let suspending = client.clone();
    let suspending = tokio::spawn(async move { suspending.suspend(DEADLINE).await });
    while client.outbox().list().await != Err(Error::Suspended) {
        tokio::task::yield_now().await;
    }
    client.resume().await.expect("given up");
    let report = suspending.await.expect("no panic").expect("a report");
    assert!(report.resumed, "{report:?}");
    world.control().clear();
    gate.release();
    let before = world.create_requests();
    done(&client, &item).await;
    assert_eq!(world.create_requests(), before, "neither cut nor sent again");

    // A caller that stops waiting stops nothing.
    drop(tokio::time::timeout(Duration::ZERO, client.suspend(DEADLINE)).await);
    while !device.open_files().is_empty() {
        tokio::task::yield_now().await;
    }
    client.resume().await.expect("it goes on");

    // Closed while it is suspended, and while it is being suspended.
    client.suspend(DEADLINE).await.expect("suspended");
    client.close();
    client.close();
    assert_eq!(client.resume().await, Err(Error::Closed));
    assert_eq!(client.suspend(DEADLINE).await, Err(Error::Closed));
    assert_eq!(client.outbox().list().await, Err(Error::Closed));
    let client = device.open();
    read(&client).await.expect("a read");
    let gate = Gate::new();
    world
        .control()
        .on(world.creates())
        .then(Fault::HoldAfter(gate.clone()));
    book(&client, 14).await;
    gate.arrived().await;
    let suspending = client.clone();
    let suspending = tokio::spawn(async move { suspending.suspend(DEADLINE).await });
    while client.outbox().list().await != Err(Error::Suspended) {
        tokio::task::yield_now().await;
    }
    client.close();
    assert_eq!(suspending.await.expect("no panic"), Err(Error::Closed));
    holds_nothing(&device, "when it is closed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s34_of_many_who_suspend_and_resume_at_once_the_last_word_wins() {
    let world = World::start(Dialect::V2).await;
    let (device, client) = world.signed_in().await;
    for round in 0..100 {
        let callers: Vec<_> = (0..6)
            .map(|who| {
                let client = client.clone();
                tokio::spawn(async move {
                    if (round + who) % 2 == 0 {
                        client.suspend(DEADLINE).await.map(drop)
                    } else {
                        client.resume().await
                    }
                })
            })
            .collect();
        for caller in callers {
            caller.await.expect("no panic").expect("no error");
        }
        if round % 2 == 0 {
            client.suspend(DEADLINE).await.expect("suspended");
            holds_nothing(&device, "the last word");
        } else {
            client.resume().await.expect("it goes on");
            read(&client).await.expect("a read");
        }
    }
}

async fn a_sign_out(world: World) {
    let (device, client) = world.signed_in().await;
    client.suspend(DEADLINE).await.expect("suspended");
    let account = client.account();
    let unsent = Unsent::Discard;
    assert_eq!(account.sign_out(unsent).await, Err(Error::Suspended));
    assert!(!device.secrets.names().is_empty(), "nothing was done");
    client.resume().await.expect("it goes on");
    assert_eq!(state(&client).await, SessionState::SignedIn);

    // Cut short where the server is told: here it is done.
    let gate = Gate::new();
    let logout = Match::post("/api/auth/logout");
    world.control().on(logout).then(Fault::HoldBefore(gate.clone()));
    let leaving = client.clone();
    let leaving = tokio::spawn(async move { leaving.account().sign_out(unsent).await });
    gate.arrived().await;
    client.suspend(Duration::ZERO).await.expect("suspended");
    assert_eq!(leaving.await.expect("no panic"), Err(Error::Suspended));
    assert_eq!(device.secrets.names(), Vec::<String>::new());
    gate.release();
    client.resume().await.expect("it goes on");
    assert_eq!(state(&client).await, SessionState::SignedOut);

    // Cut short before its keys were destroyed: they are when it goes on.
    world.control().clear();
    world.sign_in(&client).await.expect("back");
    device
        .secrets
        .fail_with(Some(SecretError::Unavailable("the test said so".to_owned())));
    assert!(client.account().sign_out(unsent).await.is_err());
    assert!(!device.secrets.names().is_empty());
    client.suspend(DEADLINE).await.expect("suspended");
    device.secrets.fail_with(None);
    client.resume().await.expect("it goes on");
    while !device.secrets.names().is_empty() {
        tokio::task::yield_now().await;
    }
}
both_dialects!(a_sign_out => s34_a_sign_out_of_a_suspended_client_does_nothing_and_one_cut_short_is_whole_v1,
    s34_a_sign_out_of_a_suspended_client_does_nothing_and_one_cut_short_is_whole_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s34_the_cache_may_be_gone_when_it_goes_on_and_the_session_may_not() {
    let world = World::start(Dialect::V2).await;
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.suspend(DEADLINE).await.expect("suspended");
    std::fs::remove_dir_all(device.cache_dir()).expect("the system empties it");
    client.resume().await.expect("it goes on");
    first_vehicle(&client).await;

    client.suspend(DEADLINE).await.expect("suspended");
    let (file, aside) = (
        device.dir().join("data/durable.sqlite3"),
        device.dir().join("aside"),
    );
    std::fs::rename(&file, &aside).expect("moved away");
    for how in ["missing", "noise"] {
        if how == "noise" {
            std::fs::write(&file, [0xa7; 20_000]).expect("noise");
        }
        let refused = client.resume().await;
        assert!(
            matches!(refused, Err(Error::Storage { .. })),
            "{how}: {refused:?}"
        );
        assert_eq!(client.outbox().list().await, Err(Error::Suspended), "{how}");
        holds_nothing(&device, how);
    }
    assert_eq!(std::fs::read(&file).expect("left as it is"), [0xa7; 20_000]);
    std::fs::rename(&aside, &file).expect("moved back");
    client.resume().await.expect("it goes on");
    assert_eq!(state(&client).await, SessionState::SignedIn);
}

/// Something in the way of the cache file, and what takes it away.
type Obstacle = (fn(&Device), fn(&Device));

/// A file in place of the folder, a folder in place of the file, and the file of a newer version.
const OBSTACLES: [Obstacle; 3] = [
    (
        |device| {
            std::fs::remove_dir_all(device.cache_dir()).expect("emptied");
            std::fs::write(device.cache_dir(), b"in the way").expect("a file");
        },
        |device| std::fs::remove_file(device.cache_dir()).expect("a file"),
    ),
    (
        |device| {
            std::fs::remove_file(cache_file(device)).expect("the file");
            std::fs::create_dir(cache_file(device)).expect("a folder");
        },
        |device| std::fs::remove_dir(cache_file(device)).expect("a folder"),
    ),
    (|device| set_version(device, 7), |device| set_version(device, 2)),
];

fn cache_file(device: &Device) -> PathBuf {
    device.cache_dir().join("cache.sqlite3")
}

fn set_version(device: &Device, version: i64) {
    let file = rusqlite::Connection::open(cache_file(device)).expect("the file");
    file.pragma_update(None, "user_version", version)
        .expect("changed");
}

async fn without_a_cache(world: World) {
    for (hour, (obstruct, clear)) in (10..).zip(OBSTACLES) {
        let (device, client) = world.signed_in().await;
        first_vehicle(&client).await;
        client.set_offline(true);
        let item = book(&client, hour).await;
        let mut bookings = client.bookings().observe_list().await.expect("observed");
        client.suspend(DEADLINE).await.expect("suspended");
        obstruct(&device);
        client.resume().await.expect("it goes on without a cache");
        let pending = bookings
            .next()
            .await
            .expect("an update")
            .snapshot
            .expect("a list");
        assert!(pending.value.iter().any(|one| one.pending.is_some()));
        client.set_offline(false);
        done(&client, &item).await;
        let seen = client.notifications().list(Freshness::NetworkOnly).await;
        seen.expect("nothing is withheld because it cannot be kept");
        client.suspend(DEADLINE).await.expect("as often as one likes");
        holds_nothing(&device, "without a cache");
        client.resume().await.expect("it goes on");

        clear(&device);
        pass(&world, &device, MINUTE);
        first_vehicle(&client).await;
        read_garage(&client).await;
        client.close();
        let client = device.open();
        client.set_offline(true);
        let kept = client.vehicles().list(Freshness::CacheOnly).await;
        assert_eq!(kept.expect("there is a cache again").origin, Origin::Disk);
    }
}
both_dialects!(without_a_cache => s34_without_a_cache_to_be_had_it_goes_on_and_looks_for_one_later_v1,
    s34_without_a_cache_to_be_had_it_goes_on_and_looks_for_one_later_v2);

async fn another_process_signs_out(world: World) {
    let (device, client) = world.signed_in().await;
    client.suspend(DEADLINE).await.expect("suspended");
    let other = device.open();
    let unsent = Unsent::Discard;
    other.account().sign_out(unsent).await.expect("signed out");
    other.close();
    client.resume().await.expect("it goes on");
    assert_eq!(state(&client).await, SessionState::SignedOut);
}
both_dialects!(another_process_signs_out => s34_what_another_process_did_to_the_session_counts_v1,
    s34_what_another_process_did_to_the_session_counts_v2);
