//! Scenarios 3, 6 and 30 for a changed password: what the server granted for it is all there is, and is never dropped without a
//! word.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use pmi_core::error::{Refusal, SignInReason};
use pmi_core::model::{Password, Unsent};
use pmi_core::ports::{
    Clock as _, HttpClient, HttpClientConfig, Network, NetworkError, NetworkRequest, NetworkResponse,
    PortFuture,
};
use pmi_core::{Error, PmiClient, SessionState};
use pmi_e2e::desk::{book, first_vehicle};
use pmi_e2e::sessions::{read, signs_out, state, still_signed_in, v2};
use pmi_e2e::{Device, DeviceClock, Disk, World};
use pmi_platform::{Dialect, Fault, Match};
use tokio::sync::Notify;

const CHANGE: &str = "/api/auth/password/change";
const NEW: &str = "another long one";
const AGAIN: Duration = Duration::from_millis(500);

const CHANGED: Error = Error::SignInNeeded {
    why: SignInReason::PasswordChanged,
};

async fn change(world: &World, client: &PmiClient) -> pmi_core::Result<()> {
    let old = Password::new(world.customer().password.as_str());
    client.account().change_password(old, Password::new(NEW)).await
}

async fn sign_in_with(world: &World, client: &PmiClient, password: &str) -> pmi_core::Result<()> {
    let email = &world.customer().email;
    client.account().sign_in(email, Password::new(password)).await
}

/// Changes the password on a disk that takes no pair; gives how often it was waited for.
async fn change_in_vain(world: &World, device: &Device, client: &PmiClient) -> u32 {
    let waits = Arc::new(AtomicU32::new(0));
    let (counts, server_clock) = (Arc::clone(&waits), world.server_clock.clone());
    let skipping = device.clock.skip_sleeps(
        |left| left <= AGAIN,
        move |by| {
            counts.fetch_add(1, Ordering::SeqCst);
            server_clock.advance(by);
        },
    );
    assert_eq!(change(world, client).await, Err(CHANGED));
    drop(skipping);
    waits.load(Ordering::SeqCst)
}

/// The pair of a changed password is in memory only, on a disk that takes none as long as the last of these lives.
async fn only_in_memory() -> (World, Device, PmiClient, Disk) {
    let (world, device, client) = v2().await;
    let full = Disk::takes_no_pair(&device);
    change_in_vain(&world, &device, &client).await;
    (world, device, client, full)
}

/// Goes on with a change until it waits to try the disk again.
async fn waits_for_the_disk(device: &Device, changing: impl Future<Output = pmi_core::Result<()>>) {
    tokio::select! {
        changed = changing => panic!("nothing was waited for: {changed:?}"),
        _ = device.clock.sleeper(AGAIN) => {}
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s30_a_changed_password_waits_for_a_disk_that_takes_no_pair_just_now() {
    let (world, device, client) = v2().await;
    let full = Disk::takes_no_pair(&device);
    let mut changing = std::pin::pin!(change(&world, &client));
    waits_for_the_disk(&device, &mut changing).await;
    let states = client.account().states().expect("states");
    assert_eq!(*states.borrow(), SessionState::Refreshing);
    drop(full);
    device.clock.advance(AGAIN);
    let changed = changing.await;
    changed.expect("changed, and kept");
    assert_eq!(state(&client).await, SessionState::SignedIn);
    still_signed_in(&device, &client).await;
    assert_eq!(world.control().requests("POST", CHANGE), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s30_a_changed_password_that_cannot_be_kept_says_so_and_goes_on_from_memory() {
    let (world, device, client) = v2().await;
    let full = Disk::takes_no_pair(&device);
    assert_eq!(change_in_vain(&world, &device, &client).await, 19);
    let told = CHANGED.to_string();
    assert!(told.contains("sign in with the new password"), "{told}");
    assert_eq!(state(&client).await, SessionState::SignedIn);
    read(&client).await.expect("from memory");

    // Before anything is asked for with the dead pair on disk, the one in memory is to be there.
    world.expire_tokens(&device);
    let kept = read(&client).await;
    assert!(matches!(kept, Err(Error::Storage { .. })), "{kept:?}");
    assert_eq!(world.control().refresh_requests(), 0);
    assert_eq!(state(&client).await, SessionState::SignedIn);
    drop(full);
    read(&client).await.expect("refreshed");
    assert_eq!(world.control().refresh_requests(), 1);
    still_signed_in(&device, &client).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s30_the_new_password_signs_in_over_a_pair_that_was_only_in_memory() {
    let (world, device, client, full) = only_in_memory().await;
    let old = world.customer().password.clone();
    let refused = sign_in_with(&world, &client, &old).await;
    assert!(
        matches!(
            refused,
            Err(Error::Refused {
                why: Refusal::WrongCredentials,
                ..
            })
        ),
        "{refused:?}"
    );
    drop(full);
    sign_in_with(&world, &client, NEW).await.expect("signed in");
    still_signed_in(&device, &client).await;
}

/// The pair in memory works, and is kept as soon as the disk takes it.
async fn goes_on(device: &Device, client: &PmiClient, full: Disk) {
    assert_eq!(state(client).await, SessionState::SignedIn);
    read(client).await.expect("from memory");
    drop(full);
    read(client).await.expect("and onto the disk");
    still_signed_in(device, client).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s30_a_sign_in_that_cannot_be_saved_drops_no_pair_in_memory() {
    let (world, device, client, full) = only_in_memory().await;
    let states = client.account().states().expect("states");
    let no_sign_in = Disk::takes_no_sign_in(&device);
    let refused = sign_in_with(&world, &client, NEW).await;
    assert!(matches!(refused, Err(Error::Storage { .. })), "{refused:?}");
    assert_eq!(*states.borrow(), SessionState::SignedIn);
    drop(no_sign_in);
    goes_on(&device, &client, full).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s11_a_sign_out_that_comes_to_nothing_drops_no_pair_in_memory() {
    let (world, device, client) = v2().await;
    first_vehicle(&client).await;
    let full = Disk::takes_no_pair(&device);
    change_in_vain(&world, &device, &client).await;
    client.set_offline(true);
    book(&client, 10).await;
    let asked = client.account().sign_out(Unsent::Ask).await;
    assert_eq!(asked, Err(Error::Unsent { count: 1 }));
    let no_sign_out = Disk::takes_no_sign_out(&device);
    let refused = client.account().sign_out(Unsent::Discard).await;
    assert!(matches!(refused, Err(Error::Storage { .. })), "{refused:?}");
    drop(no_sign_out);
    client.set_offline(false);
    goes_on(&device, &client, full).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s08_a_refresh_of_the_pair_before_ends_no_pair_in_memory() {
    let (world, device, client) = v2().await;
    let full = Disk::takes_no_pair(&device);
    let mut changing = std::pin::pin!(change(&world, &client));
    waits_for_the_disk(&device, &mut changing).await;
    // Refused with the pair before; its refresh waits until the change has given up, and is refused for good.
    world.fails_once(Match::get("/api/auth/me"), world.token_refused());
    let server_clock = world.server_clock.clone();
    let skipping = device
        .clock
        .skip_sleeps(|left| left <= AGAIN, move |by| server_clock.advance(by));
    let (changed, answered) = futures_util::join!(changing, read(&client));
    drop(skipping);
    assert_eq!(changed, Err(CHANGED));
    assert_eq!(world.control().refresh_requests(), 1);
    answered.expect("from memory");
    goes_on(&device, &client, full).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s12_a_pair_in_memory_is_not_put_over_a_newer_sign_in_elsewhere() {
    let (world, device, client) = v2().await;
    first_vehicle(&client).await;
    let full = Disk::takes_no_pair(&device);
    change_in_vain(&world, &device, &client).await;
    let other = device.open();
    for process in [&client, &other] {
        process.set_offline(true);
    }
    book(&other, 10).await;
    other.account().sign_out(Unsent::Keep).await.expect("signed out");
    other.set_offline(false);
    sign_in_with(&world, &other, NEW).await.expect("signed in");
    drop(full);
    client.set_offline(false);
    read(&client).await.expect("with what is on disk now");
    assert_eq!(state(&client).await, SessionState::SignedIn);
    other.close();
    still_signed_in(&device, &client).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s30_a_disk_that_keeps_each_try_waiting_is_not_tried_longer() {
    let (world, device, client) = v2().await;
    let _full = Disk::takes_no_pair(&device);
    let began = device.clock.elapsed();
    let clock = device.clock.clone();
    let waits_too = Duration::from_millis(4900);
    let skipping = device
        .clock
        .skip_sleeps(|left| left <= AGAIN, move |_| clock.advance(waits_too));
    assert_eq!(change(&world, &client).await, Err(CHANGED));
    drop(skipping);
    let took = device.clock.elapsed() - began;
    assert!(took <= Duration::from_secs(11), "{took:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s06_a_pair_in_memory_outlives_the_end_that_another_process_found() {
    let (_world, device, client, full) = only_in_memory().await;
    let other = device.open();
    assert_eq!(state(&other).await, SessionState::RefreshUnknown);
    let ended = read(&other).await;
    assert!(matches!(ended, Err(Error::SignInNeeded { .. })), "{ended:?}");
    read(&client).await.expect("from memory, and onto the disk");
    drop(full);
    read(&other).await.expect("it finds the new pair");
    assert_eq!(other.account().last_ended(), Ok(None));
    still_signed_in(&device, &client).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s03_a_changed_password_whose_answer_is_lost_is_found_out_by_the_next_refresh() {
    let (world, device, client) = v2().await;
    // Not carried out, though nobody knows.
    world.fails_once(Match::post(CHANGE), Fault::CutBefore);
    let lost = change(&world, &client).await;
    assert!(matches!(lost, Err(Error::Offline { .. })), "{lost:?}");
    assert_eq!(state(&client).await, SessionState::RefreshUnknown);
    world.expire_tokens(&device);
    read(&client).await.expect("the old pair still works");
    assert_eq!(state(&client).await, SessionState::SignedIn);

    // Carried out.
    world.fails_once(Match::post(CHANGE), Fault::CutAfter);
    let lost = change(&world, &client).await;
    assert!(matches!(lost, Err(Error::Offline { .. })), "{lost:?}");
    assert_eq!(state(&client).await, SessionState::RefreshUnknown);
    assert_eq!(state(&device.open()).await, SessionState::RefreshUnknown);
    let ended = read(&client).await;
    assert!(matches!(ended, Err(Error::SignInNeeded { .. })), "{ended:?}");
    assert_eq!(
        world.control().requests("POST", CHANGE),
        2,
        "neither was sent again"
    );
    assert!(
        sign_in_with(&world, &client, &world.customer().password)
            .await
            .is_err()
    );
    sign_in_with(&world, &client, NEW)
        .await
        .expect("the new password works");
    read(&client).await.expect("signed in");
}

/// Hands the answer to a changed password over only once it is let: as a process does that was stopped meanwhile.
struct Late {
    inner: Arc<HttpClient>,
    came: Arc<Notify>,
    go: Arc<Notify>,
}

impl Network for Late {
    fn send(&self, request: NetworkRequest) -> PortFuture<Result<NetworkResponse, NetworkError>> {
        let inner = Arc::clone(&self.inner);
        if request.url.path() != CHANGE {
            return Box::pin(async move { inner.send(request).await });
        }
        let (came, go) = (Arc::clone(&self.came), Arc::clone(&self.go));
        Box::pin(async move {
            let answer = inner.send(request).await;
            came.notify_one();
            go.notified().await;
            answer
        })
    }
}

/// Changes the password in a process that is stopped for a minute when the answer has come, and does something in another.
async fn stopped_in_a_change(
    world: &World,
    meanwhile: impl AsyncFnOnce(&PmiClient),
) -> (Device, PmiClient, pmi_core::Result<()>, PmiClient) {
    let (device, client) = world.signed_in().await;
    client.close();
    let network = Arc::new(Late {
        inner: Arc::new(HttpClient::new(HttpClientConfig::default()).expect("a client")),
        came: Arc::default(),
        go: Arc::default(),
    });
    // A stopped process hears none of its timers.
    let clock = DeviceClock::new(device.clock.wall());
    let stale = device.open_on(&clock, Arc::clone(&network) as _);
    let other = device.open();
    let changing = change(world, &stale);
    let meanwhile = async {
        network.came.notified().await;
        device.clock.advance(Duration::from_secs(60));
        world.server_clock.advance(Duration::from_secs(60));
        meanwhile(&other).await;
        clock.advance(Duration::from_secs(10));
        network.go.notify_one();
    };
    let (changed, ()) = futures_util::join!(changing, meanwhile);
    (device, stale, changed, other)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s06_a_changed_password_is_kept_though_its_lease_was_lost_and_the_old_pair_refused() {
    let world = World::start(Dialect::V2).await;
    let (device, stale, changed, other) = stopped_in_a_change(&world, async |other: &PmiClient| {
        let ended = read(other).await;
        assert!(matches!(ended, Err(Error::SignInNeeded { .. })), "{ended:?}");
    })
    .await;
    changed.expect("changed, and kept");
    read(&stale).await.expect("this session goes on");
    read(&other).await.expect("in the other process too");
    read(&device.open()).await.expect("and in a new one");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s06_a_changed_password_that_finds_nobody_signed_in_says_that_it_was_changed() {
    let world = World::start(Dialect::V2).await;
    let (_device, stale, changed, _other) = stopped_in_a_change(&world, async |other: &PmiClient| {
        signs_out(other).await;
    })
    .await;
    assert_eq!(changed, Err(CHANGED));
    assert_eq!(state(&stale).await, SessionState::SignedOut);
    let outs = world.control().requests("POST", "/api/auth/logout");
    assert_eq!(outs, 2, "nor does its session live on at the server");
    sign_in_with(&world, &stale, NEW)
        .await
        .expect("the new password works");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v1_changes_no_password_and_is_not_asked_to() {
    let world = World::start(Dialect::V1).await;
    let (_device, client) = world.signed_in().await;
    let refused = change(&world, &client).await;
    assert!(matches!(refused, Err(Error::Unsupported { .. })), "{refused:?}");
    assert_eq!(state(&client).await, SessionState::SignedIn);
    assert_eq!(world.control().requests("POST", CHANGE), 0);
}
