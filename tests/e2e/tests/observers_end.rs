//! Scenarios 11, 12 and 35: whom an observation ends with, and what it outlives.

use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use pmi_core::model::{Booking, Freshness, Password, Unsent, VehicleSummary};
use pmi_core::ports::secrets::MemorySecrets;
use pmi_core::ports::{PortFuture, SecretError, SecretKey, SecretStore};
use pmi_core::{Error, Observation, PmiClient, SessionState, Update};
use pmi_e2e::asleep::{DEADLINE, state};
use pmi_e2e::desk::{book, done, first_vehicle};
use pmi_e2e::{Disk, World, both_dialects};
use pmi_platform::{Fault, Gate, Match};
use tokio::sync::Notify;

/// A secret store that destroys the key of a session only when it is let.
struct Reluctant {
    inner: Arc<MemorySecrets>,
    asked: Arc<Notify>,
    go: Arc<Notify>,
}

impl SecretStore for Reluctant {
    fn id(&self) -> &'static str {
        self.inner.id()
    }

    fn get(&self, name: &str) -> PortFuture<Result<Option<SecretKey>, SecretError>> {
        self.inner.get(name)
    }

    fn set(&self, name: &str, key: SecretKey) -> PortFuture<Result<(), SecretError>> {
        self.inner.set(name, key)
    }

    fn delete(&self, name: &str) -> PortFuture<Result<(), SecretError>> {
        let deleting = self.inner.delete(name);
        if !name.contains("/session-") {
            return deleting;
        }
        let (asked, go) = (Arc::clone(&self.asked), Arc::clone(&self.go));
        Box::pin(async move {
            asked.notify_one();
            go.notified().await;
            deleting.await
        })
    }
}

async fn sign_in_b(world: &World, client: &PmiClient) -> pmi_core::Result<()> {
    let b = world.other_customer();
    let password = Password::new(b.password.as_str());
    client.account().sign_in(&b.email, password).await
}

/// An observation of the garage that has shown it.
async fn shown_garage(client: &PmiClient) -> Observation<Vec<VehicleSummary>> {
    let mut garage = client.vehicles().observe_list().await.expect("observed");
    while garage.next().await.expect("an update").snapshot.is_none() {}
    garage
}

/// It gives no update any more, and says so.
#[track_caller]
fn is_over<T: Clone + PartialEq + Send + Sync + std::fmt::Debug + 'static>(observed: &mut Observation<T>) {
    assert_eq!(observed.next().now_or_never(), Some(None));
}

/// B is signed in here, and sees what is B's.
async fn is_of_b(world: &World, client: &PmiClient) {
    let b = world.other_customer();
    let me = client.account().me(Freshness::NetworkOnly).await.expect("B");
    assert_eq!(me.value.email, b.email);
    let mut garage = client.vehicles().observe_list().await.expect("observed");
    let shown = loop {
        if let Some(snapshot) = garage.next().await.expect("an update").snapshot {
            break snapshot;
        }
    };
    assert_eq!(shown.value[0].vehicle.id.0, b.vehicle_ids[0]);
}

async fn a_sign_in_that_is_cut_short(world: World) {
    let (device, client) = world.signed_in().await;
    client.close();
    let (asked, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let client = device.open_with(Arc::new(Reluctant {
        inner: Arc::clone(&device.secrets),
        asked: Arc::clone(&asked),
        go: Arc::clone(&go),
    }));
    let mut garage = shown_garage(&client).await;
    let mut unread = client.bookings().observe_list().await.expect("observed");
    let called = client
        .vehicles()
        .observe_list()
        .await
        .expect("observed")
        .subscribe(|_| {});
    let signing_in = client.clone();
    let b = (
        world.other_customer().email.clone(),
        world.other_customer().password.clone(),
    );
    let signing_in = tokio::spawn(async move {
        let password = Password::new(b.1.as_str());
        signing_in.account().sign_in(&b.0, password).await
    });
    asked.notified().await;
    assert_eq!(state(&client).await, SessionState::SignedIn, "B is");
    is_over(&mut garage);
    is_over(&mut unread);
    let mut of_b = shown_garage(&client).await;

    client.suspend(Duration::ZERO).await.expect("suspended");
    assert_eq!(signing_in.await.expect("no panic"), Err(Error::Suspended));
    client.resume().await.expect("it goes on");
    is_over(&mut garage);
    is_over(&mut unread);
    while !called.is_over() {
        tokio::task::yield_now().await;
    }
    is_of_b(&world, &client).await;
    assert_ne!(of_b.next().now_or_never(), Some(None), "what B observed goes on");
}
both_dialects!(a_sign_in_that_is_cut_short => s12_of_a_sign_in_that_is_cut_short_nothing_before_it_is_shown_v1,
    s12_of_a_sign_in_that_is_cut_short_nothing_before_it_is_shown_v2);

async fn another_process_signs_b_in(world: World) {
    for suspended in [true, false] {
        let (device, client) = world.signed_in().await;
        let mut garage = shown_garage(&client).await;
        let mut unread = client.bookings().observe_list().await.expect("observed");
        let states = client.account().states().expect("observed");
        if suspended {
            client.suspend(DEADLINE).await.expect("suspended");
        }
        let other = device.open();
        let unsent = Unsent::Discard;
        other.account().sign_out(unsent).await.expect("signed out");
        sign_in_b(&world, &other).await.expect("B signs in");
        other.close();
        if suspended {
            client.resume().await.expect("it goes on");
            assert_eq!(*states.borrow(), SessionState::Unknown, "before anybody looks");
        } else {
            world.expire_tokens(&device);
            let _of_a = client.account().me(Freshness::NetworkOnly).await;
        }
        is_over(&mut garage);
        is_over(&mut unread);
        is_of_b(&world, &client).await;
    }
}
both_dialects!(another_process_signs_b_in => s12_when_another_process_signs_b_in_observations_of_a_end_v1,
    s12_when_another_process_signs_b_in_observations_of_a_end_v2);

async fn another_process_signs_out(world: World) {
    let (device, client) = world.signed_in().await;
    let mut garage = shown_garage(&client).await;
    let states = client.account().states().expect("observed");
    client.suspend(DEADLINE).await.expect("suspended");
    let other = device.open();
    let unsent = Unsent::Discard;
    other.account().sign_out(unsent).await.expect("signed out");
    other.close();
    client.resume().await.expect("it goes on");
    is_over(&mut garage);
    assert_eq!(*states.borrow(), SessionState::SignedOut);
}
both_dialects!(another_process_signs_out => s11_after_a_sign_out_of_another_process_nothing_is_shown_v1,
    s11_after_a_sign_out_of_another_process_nothing_is_shown_v2);

async fn a_sign_out_that_comes_to_nothing(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    let mut bookings = client.bookings().observe_list().await.expect("observed");
    while bookings.next().await.expect("an update").loading {}
    client.set_offline(true);
    let item = book(&client, 10).await;
    assert!(bookings.next().await.is_some());
    let account = client.account();
    assert_eq!(
        account.sign_out(Unsent::Ask).await,
        Err(Error::Unsent { count: 1 })
    );
    let disk = Disk::takes_no_sign_out(&device);
    let refused = account.sign_out(Unsent::Discard).await;
    assert!(matches!(refused, Err(Error::Storage { .. })), "{refused:?}");
    drop(disk);
    assert_eq!(state(&client).await, SessionState::SignedIn);
    client.set_offline(false);
    done(&client, &item).await;
    loop {
        let update = bookings.next().await.expect("it goes on");
        let list = update.snapshot.expect("a list").value;
        if list
            .iter()
            .any(|one| one.id.server_number().is_some() && one.pending.is_none())
        {
            break;
        }
    }

    // Here the person is signed out, whatever the secret store keeps.
    let refusal = SecretError::Unavailable("the test said so".to_owned());
    device.secrets.fail_with(Some(refusal));
    let half = account.sign_out(Unsent::Discard).await;
    assert!(matches!(half, Err(Error::Storage { .. })), "{half:?}");
    is_over(&mut bookings);
}
both_dialects!(a_sign_out_that_comes_to_nothing => s11_observations_outlive_a_sign_out_that_comes_to_nothing_v1,
    s11_observations_outlive_a_sign_out_that_comes_to_nothing_v2);

/// Whether nothing in the list is pending, and the booking that was made is in it.
fn is_made(update: &Update<Vec<Booking>>, before: usize) -> bool {
    let list = &update.snapshot.as_ref().expect("a list").value;
    list.len() > before && list.iter().all(|one| one.pending.is_none())
}

/// A write ends while the client is being suspended, which has the list asked for again in vain.
async fn a_write_that_ends_meanwhile(world: World) {
    for (hour, goes_on) in [(10, false), (12, true)] {
        let (device, client) = world.signed_in().await;
        first_vehicle(&client).await;
        let mut bookings = client.bookings().observe_list().await.expect("observed");
        let before = loop {
            let update = bookings.next().await.expect("an update");
            if !update.loading {
                break update.snapshot.expect("a list").value.len();
            }
        };
        let gate = world.hold_next(world.creates());
        let item = book(&client, hour).await;
        gate.arrived().await;
        // Has the suspension last until it is given up.
        let login = Gate::new();
        let held = Fault::HoldBefore(login.clone());
        let rule = world.control().on(Match::post("/api/auth/login")).then(held);
        let signing_in = client.clone();
        let (email, password) = (world.customer().email.clone(), world.customer().password.clone());
        let signing_in = tokio::spawn(async move {
            if goes_on {
                let password = Password::new(password.as_str());
                let _ = signing_in.account().sign_in(&email, password).await;
            }
        });
        if goes_on {
            login.arrived().await;
        }
        let suspending = client.clone();
        let suspending = tokio::spawn(async move { suspending.suspend(DEADLINE).await });
        device.clock.sleepers(1, DEADLINE).await;
        gate.release();
        if goes_on {
            while !is_made(&bookings.next().await.expect("an update"), before) {}
            client.resume().await.expect("given up");
        }
        let report = suspending.await.expect("no panic").expect("a report");
        assert_eq!((report.left, report.resumed), (0, goes_on));
        if !goes_on {
            assert_eq!(report.ended, 1);
            client.resume().await.expect("it goes on");
        }
        loop {
            let update = bookings.next().await.expect("an update");
            if !update.loading && is_made(&update, before) {
                break;
            }
        }
        done(&client, &item).await;
        world.control().remove(rule);
        signing_in.abort();
    }
}
both_dialects!(a_write_that_ends_meanwhile => s34_a_write_that_ends_during_a_suspension_leaves_no_observer_loading_v1,
    s34_a_write_that_ends_during_a_suspension_leaves_no_observer_loading_v2);
