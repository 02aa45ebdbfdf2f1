//! Scenario 35: observers that panic, block or call back into the core harm nobody; and what observers are told, and how often.

use std::future::Future;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use pmi_core::model::{Connectivity, Freshness, Unsent};
use pmi_core::{Error, Observation, PmiClient, SessionState, Subscription};
use pmi_e2e::desk::{book, done, first_vehicle};
use pmi_e2e::{World, both_dialects};
use tokio::runtime::Handle;
use tokio::sync::mpsc::unbounded_channel;
use tokio::task::block_in_place;

type Callback<U> = Box<dyn Fn(U) + Send + Sync>;

/// More than the client has threads for its own work.
const BLOCKING: usize = 6;

/// Where callbacks block until the test says so.
#[derive(Default)]
struct Door {
    is_open: Mutex<bool>,
    opened: Condvar,
}

impl Door {
    fn wait(&self) {
        let mut is_open = self.is_open.lock().unwrap_or_else(PoisonError::into_inner);
        while !*is_open {
            is_open = self.opened.wait(is_open).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn open(&self) {
        *self.is_open.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.opened.notify_all();
    }
}

/// Opens it also when the test fails: blocked threads would keep it from ending.
struct Opens(Arc<Door>);

impl Drop for Opens {
    fn drop(&mut self) {
        self.0.open();
    }
}

/// Some observers block, one panics, one calls back into the core, and one is well: it is told all that happens.
async fn harm_nobody<U: Send + 'static>(
    client: &PmiClient,
    subscribe: impl Fn(Callback<U>) -> Subscription,
    happens: impl Future<Output = ()>,
    is_last: impl Fn(&U) -> bool,
) {
    let door = Opens(Arc::default());
    let (arriving, mut arrived) = unbounded_channel();
    let (leaving, mut left) = unbounded_channel();
    let mut subscriptions = Vec::new();
    for number in 0..BLOCKING {
        let (door, arriving, leaving) = (Arc::clone(&door.0), arriving.clone(), leaving.clone());
        subscriptions.push(subscribe(Box::new(move |update| {
            let _ = arriving.send(());
            door.wait();
            let _ = leaving.send((number, update));
        })));
    }
    let (panicking, mut panicked) = unbounded_channel();
    subscriptions.push(subscribe(Box::new(move |_| {
        let _ = panicking.send(());
        panic!("on purpose");
    })));
    let (calling, mut called_back) = unbounded_channel();
    let (runtime, inner) = (Handle::current(), client.clone());
    subscriptions.push(subscribe(Box::new(move |_| {
        let read = runtime.block_on(inner.vehicles().list(Freshness::CacheOnly));
        let observed = inner.subscribe_connectivity(|_| {});
        let _ = calling.send((read.is_ok(), observed.is_ok()));
    })));
    let (telling, mut told) = unbounded_channel();
    subscriptions.push(subscribe(Box::new(move |update| {
        let _ = telling.send(update);
    })));

    for _ in 0..BLOCKING {
        arrived.recv().await.expect("the present state, at once");
    }
    told.recv().await.expect("the present state, at once");
    panicked.recv().await.expect("the present state, at once");
    assert_eq!(called_back.recv().await, Some((true, true)));
    happens.await;
    while !is_last(&told.recv().await.expect("told")) {}
    panicked.recv().await.expect("it is called again");
    called_back.recv().await.expect("it is called again");
    assert!(left.try_recv().is_err(), "they block");

    door.0.open();
    let (mut calls, mut at_the_end) = ([0; BLOCKING], 0);
    while at_the_end < BLOCKING {
        let (number, update) = left.recv().await.expect("told");
        calls[number] += 1;
        at_the_end += usize::from(is_last(&update));
    }
    assert_eq!(calls, [2; BLOCKING], "what changed meanwhile was coalesced");

    drop(subscriptions);
    while told.recv().await.is_some() {}
}

fn wait_for<T>(future: impl Future<Output = T>) -> T {
    block_in_place(|| Handle::current().block_on(future))
}

async fn of_a_query(world: World) {
    let (_device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client
        .bookings()
        .list(Freshness::NetworkOnly)
        .await
        .expect("read");
    client.set_offline(true);
    let subscribe = |callback| {
        let observed = wait_for(client.bookings().observe_list());
        observed.expect("observed").subscribe(callback)
    };
    let happens = async {
        for hour in 9..13 {
            book(&client, hour).await;
        }
    };
    harm_nobody(&client, subscribe, happens, |update| {
        let Some(snapshot) = &update.snapshot else {
            return false;
        };
        snapshot.value.iter().filter(|one| one.pending.is_some()).count() == 4
    })
    .await;
}
both_dialects!(of_a_query => s35_observers_of_a_query_that_panic_block_or_call_back_harm_nobody_v1,
    s35_observers_of_a_query_that_panic_block_or_call_back_harm_nobody_v2);

async fn of_the_outbox(world: World) {
    let (_device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.set_offline(true);
    let subscribe = |callback| {
        let observed = wait_for(client.outbox().observe());
        observed.expect("observed").subscribe(callback)
    };
    let happens = async {
        for hour in 9..13 {
            book(&client, hour).await;
        }
    };
    harm_nobody(&client, subscribe, happens, |list| {
        list.as_ref().expect("a list").len() == 4
    })
    .await;
}
both_dialects!(of_the_outbox => s35_observers_of_the_outbox_that_panic_block_or_call_back_harm_nobody_v1,
    s35_observers_of_the_outbox_that_panic_block_or_call_back_harm_nobody_v2);

async fn of_the_session(world: World) {
    let (_device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    let subscribe = |callback| client.account().subscribe_state(callback).expect("open");
    let happens = async {
        client.account().sign_out(Unsent::Ask).await.expect("signed out");
        world.sign_in(&client).await.expect("signed in");
        client.account().sign_out(Unsent::Ask).await.expect("signed out");
    };
    harm_nobody(&client, subscribe, happens, |state| {
        !matches!(state, SessionState::SignedIn | SessionState::Refreshing)
    })
    .await;
}
both_dialects!(of_the_session => s35_observers_of_the_session_that_panic_block_or_call_back_harm_nobody_v1,
    s35_observers_of_the_session_that_panic_block_or_call_back_harm_nobody_v2);

async fn of_the_network(world: World) {
    let (_device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    let subscribe = |callback| client.subscribe_connectivity(callback).expect("open");
    let happens = async {
        client.set_offline(true);
    };
    harm_nobody(&client, subscribe, happens, |state| {
        matches!(state, Connectivity::Offline { .. })
    })
    .await;
}
both_dialects!(of_the_network => s35_observers_of_the_network_that_panic_block_or_call_back_harm_nobody_v1,
    s35_observers_of_the_network_that_panic_block_or_call_back_harm_nobody_v2);

/// All that it gives until the end.
fn all_of<T: Clone + PartialEq + Send + Sync + 'static>(
    mut observation: Observation<T>,
) -> tokio::task::JoinHandle<Vec<pmi_core::Update<T>>> {
    tokio::spawn(async move {
        let mut all = Vec::new();
        while let Some(update) = observation.next().await {
            all.push(update);
        }
        all
    })
}

fn each_differs<T: PartialEq + std::fmt::Debug>(updates: &[T]) {
    assert!(updates.len() > 1, "there was something to tell");
    for pair in updates.windows(2) {
        assert_ne!(pair[0], pair[1], "the same twice");
    }
}

async fn no_update_comes_twice(world: World) {
    let (_device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    let unread = client.notifications().list(Freshness::NetworkOnly).await;
    let unread = unread.expect("the list").value;
    let unread = unread.iter().find(|one| !one.read).expect("an unread one").id;
    let bookings = all_of(client.bookings().observe_list().await.expect("observed"));
    let garage = all_of(client.vehicles().observe_list().await.expect("observed"));
    let notifications = all_of(client.notifications().observe_list().await.expect("observed"));
    let mut outbox = client.outbox().observe().await.expect("observed");
    let outbox = tokio::spawn(async move {
        let mut all = Vec::new();
        while let Some(list) = outbox.next().await {
            all.push(list);
        }
        all
    });
    client.set_offline(true);
    for hour in 10..12 {
        let item = book(&client, hour).await;
        client.notifications().mark_read(unread).await.expect("accepted");
        // Heard by everybody who looks, whatever it changes for them.
        client.outbox().retry(item.id).await.expect("queued");
        client.outbox().retry(item.id).await.expect("queued");
    }
    client.set_offline(false);
    for item in client.outbox().list().await.expect("the outbox") {
        done(&client, &item).await;
    }
    client.close();
    each_differs(&bookings.await.expect("no panic"));
    each_differs(&garage.await.expect("no panic"));
    each_differs(&notifications.await.expect("no panic"));
    each_differs(&outbox.await.expect("no panic"));
}
both_dialects!(no_update_comes_twice => s35_an_observer_gets_no_update_twice_and_the_end_v1,
    s35_an_observer_gets_no_update_twice_and_the_end_v2);

async fn an_answer_grows_old(world: World) {
    let (device, client) = world.signed_in().await;
    let mut garage = client.vehicles().observe_list().await.expect("observed");
    let asked = loop {
        let update = garage.next().await.expect("open");
        if update.snapshot.is_some() && !update.loading {
            break update;
        }
    };
    assert!(!asked.snapshot.expect("an answer").stale);
    let before = world.control().requests("GET", "/api");
    let next = tokio::spawn(async move { garage.next().await });
    let good_for = Duration::from_secs(15 * 60) + Duration::from_millis(1);
    device.clock.sleepers(1, good_for).await;
    device.clock.advance(good_for);
    let old = next.await.expect("no panic").expect("open");
    assert!(old.snapshot.expect("the same answer").stale);
    assert_eq!((old.loading, old.error), (false, None));
    let after = world.control().requests("GET", "/api");
    assert_eq!(after, before, "nobody asked for a newer one");
}
both_dialects!(an_answer_grows_old => s35_an_answer_that_becomes_old_by_time_alone_is_an_update_v1,
    s35_an_answer_that_becomes_old_by_time_alone_is_an_update_v2);

async fn what_is_shown_says_why(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.close();
    device.clock.advance(Duration::from_secs(16 * 60));
    world.control().network(false);
    let client = device.open();
    let _skipping = world.skip_sleeps(&device);
    let mut garage = client.vehicles().observe_list().await.expect("observed");
    let first = garage.next().await.expect("at once");
    let shown = first.snapshot.expect("what is on this device");
    assert!(shown.stale && !shown.value.is_empty());
    let settled = loop {
        let update = garage.next().await.expect("open");
        if !update.loading {
            break update;
        }
    };
    assert!(
        matches!(settled.error, Some(Error::Offline { .. })),
        "{settled:?}"
    );
    assert!(settled.snapshot.expect("it stays").stale);
    world.control().network(true);
    client.set_network(true);
    let fresh = loop {
        let update = garage.next().await.expect("open");
        if !update.loading && update.error.is_none() {
            break update;
        }
    };
    assert!(!fresh.snapshot.expect("a new answer").stale);
}
both_dialects!(what_is_shown_says_why => s35_old_loading_and_offline_are_told_apart_and_so_is_the_return_v1,
    s35_old_loading_and_offline_are_told_apart_and_so_is_the_return_v2);
