//! Scenario 36: use after close, closing twice, thousands of handles that nobody closes.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use pmi_core::model::{
    BookingId, CenterId, Freshness, NewCustomer, NotificationId, OutboxItemId, Password, Permission,
    ProfileChange, Unsent, VehicleId,
};
use pmi_core::{Error, PmiClient};
use pmi_e2e::desk::{at, book, first_vehicle, oil_change};
use pmi_e2e::photos::{jpeg, photo};
use pmi_e2e::{Device, World, both_dialects};
use pmi_platform::{Dialect, Fault, Gate};

const SECOND: Duration = Duration::from_secs(1);
const READ: Freshness = Freshness::CacheFirst;

/// What every method of every service answers, and that of the client itself, by its name.
async fn every_call(client: &PmiClient) -> Vec<(&'static str, Option<Error>)> {
    let mut told = Vec::new();
    macro_rules! ask {
        ($($name:literal: $call:expr),* $(,)?) => {
            $(told.push(($name, $call.err()));)*
        };
    }
    let password = || Password::new("a long enough one");
    let new = NewCustomer {
        email: "new@example.com".to_owned(),
        password: password(),
        first_name: "New".to_owned(),
        last_name: "Rider".to_owned(),
        phone: "+919800000001".to_owned(),
        address: None,
    };
    let (booking, item, vehicle) = (BookingId::from_server(1), OutboxItemId(1), VehicleId(1));

    let account = client.account();
    ask! {
        "account.sign_in": account.sign_in("a@example.com", password()).await,
        "account.register": account.register(new).await,
        "account.sign_out": account.sign_out(Unsent::Ask).await,
        "account.me": account.me(READ).await,
        "account.observe_me": account.observe_me().await,
        "account.role": account.role().await,
        "account.can": account.can(&Permission::BookAppointment).await,
        "account.state": account.state().await,
        "account.last_ended": account.last_ended(),
        "account.states": account.states(),
        "account.subscribe_state": account.subscribe_state(|_| {}),
        "account.change_profile": account.change_profile(ProfileChange::default()).await,
        "account.change_password": account.change_password(password(), password()).await,
        "account.request_password_reset": account.request_password_reset("a@example.com").await,
        "account.reset_password": account.reset_password("token", password()).await,
        "account.delete": account.delete(password()).await,
        "account.export_data": account.export_data().await,
    }
    let bookings = client.bookings();
    ask! {
        "bookings.list": bookings.list(READ).await,
        "bookings.get": bookings.get(&booking, READ).await,
        "bookings.observe_list": bookings.observe_list().await,
        "bookings.observe": bookings.observe(&booking).await,
        "bookings.book": bookings.book(oil_change(vehicle, 10), None).await,
        "bookings.reschedule": bookings.reschedule(&booking, &at(10), None).await,
        "bookings.cancel": bookings.cancel(&booking, None).await,
        "booking_photos.add_photo": bookings.add_photo(&booking, &photo(&jpeg(1000, 1)), None).await,
        "booking_photos.photos": bookings.photos(&booking, READ).await,
    }
    let day = jiff::civil::date(2026, 12, 25);
    let centers = client.centers();
    ask! {
        "centers.list": centers.list(READ).await,
        "centers.slots": centers.slots(CenterId(1), day, READ).await,
        "centers.observe_list": centers.observe_list().await,
    }
    let diagnostics = client.diagnostics();
    ask! {
        "diagnostics.trail": diagnostics.trail(),
        "diagnostics.report": diagnostics.report().await,
        "diagnostics.export": diagnostics.export().await,
    }
    let notifications = client.notifications();
    ask! {
        "notifications.list": notifications.list(READ).await,
        "notifications.mark_read": notifications.mark_read(NotificationId(1)).await,
        "notifications.observe_list": notifications.observe_list().await,
    }
    let outbox = client.outbox();
    ask! {
        "outbox.list": outbox.list().await,
        "outbox.count": outbox.count().await,
        "outbox.history": outbox.history().await,
        "outbox.get": outbox.get(item).await,
        "outbox.retry": outbox.retry(item).await,
        "outbox.drop_item": outbox.drop_item(item).await,
        "outbox.send": outbox.send(SECOND).await,
        "outbox.settled": outbox.settled(item, SECOND).await,
        "outbox.observe": outbox.observe().await,
    }
    let platform = client.platform();
    ask! {
        "platform.capabilities": platform.capabilities().await,
        "platform.health": platform.health().await,
    }
    let vehicles = client.vehicles();
    ask! {
        "vehicles.list": vehicles.list(READ).await,
        "vehicles.observe_list": vehicles.observe_list().await,
        "vehicles.details": vehicles.details(vehicle, READ).await,
        "vehicles.observe_details": vehicles.observe_details(vehicle).await,
        "vehicles.claim": vehicles.claim("1HGCM82633A004352").await,
        "client.capabilities": client.capabilities().await,
    }
    // These cannot fail, and must not panic.
    let _ = (platform.origin(), client.connectivity(), client.set_aside());
    client.set_network(false);
    client.set_network(true);
    client.set_offline(true);
    client.set_offline(false);
    told
}

/// The public methods that can fail, as the services' source has them.
fn all_methods() -> BTreeSet<String> {
    let services = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core/src/services");
    let mut found = BTreeSet::new();
    for file in std::fs::read_dir(services).expect("the services").flatten() {
        let source = std::fs::read_to_string(file.path()).expect("readable");
        let name = file.file_name().to_string_lossy().replace(".rs", "");
        let service = name.trim_end_matches("_changes");
        let methods = source.split("\n    pub ").skip(1);
        for method in methods.map(|rest| rest.trim_start_matches("async ")) {
            let Some(rest) = method.strip_prefix("fn ") else {
                continue;
            };
            let (head, _) = rest.split_once('{').expect("a body");
            if head.contains("&self") && head.contains("Result<") {
                let (method, _) = head.split_once('(').expect("arguments");
                found.insert(format!("{service}.{method}"));
            }
        }
    }
    found
}

/// The files are closed at once; the lock of a task that was ended goes with the task.
async fn holds_nothing(device: &Device) {
    let databases = |path: &Path| path.to_string_lossy().contains("sqlite3");
    assert!(!device.open_files().iter().any(|path| databases(path)));
    while !device.open_files().is_empty() {
        tokio::task::yield_now().await;
    }
}

async fn every_method_says_so(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.suspend(SECOND).await.expect("suspended");
    let told = every_call(&client).await;
    let asked: BTreeSet<String> = told.iter().map(|(name, _)| (*name).to_owned()).collect();
    let missing: Vec<_> = all_methods().difference(&asked).cloned().collect();
    assert_eq!(missing, Vec::<String>::new(), "to be asked here too");
    for (name, error) in told {
        assert_eq!(error, Some(Error::Suspended), "{name}");
    }
    assert_eq!(device.open_files(), Vec::<std::path::PathBuf>::new());
    client.resume().await.expect("it goes on");

    let clone = client.clone();
    client.close();
    client.close();
    for (name, error) in every_call(&clone).await {
        assert_eq!(error, Some(Error::Closed), "{name}");
    }
    assert_eq!(clone.sync(SECOND).await.err(), Some(Error::Closed));
    assert_eq!(clone.suspend(SECOND).await.err(), Some(Error::Closed));
    assert_eq!(clone.resume().await.err(), Some(Error::Closed));
    assert_eq!(device.open_files(), Vec::<std::path::PathBuf>::new());
}
both_dialects!(every_method_says_so => s36_every_method_of_a_suspended_or_closed_client_says_so_v1,
    s36_every_method_of_a_suspended_or_closed_client_says_so_v2);

/// Whoever waits when it is closed is told, and nothing is sent afterwards.
async fn who_waits_is_told(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    let mut outbox = client.outbox().observe().await.expect("observed");
    assert_eq!(outbox.next().await, Some(Ok(Vec::new())));
    let mut garage = client.vehicles().observe_list().await.expect("observed");
    garage.next().await.expect("at once");
    let gate = Gate::new();
    world
        .control()
        .on(world.creates())
        .then(Fault::HoldBefore(gate.clone()));
    let item = book(&client, 10).await;
    gate.arrived().await;
    outbox.next().await.expect("an update").expect("a list");
    let waiting = client.clone();
    let settling = tokio::spawn(async move { waiting.outbox().settled(item.id, 3600 * SECOND).await });
    let waiting = client.clone();
    let syncing = tokio::spawn(async move { waiting.sync(3600 * SECOND).await });
    let looking = tokio::spawn(async move {
        while outbox.next().await.is_some() {}
        while garage.next().await.is_some() {}
    });
    tokio::task::yield_now().await;
    client.close();
    assert_eq!(settling.await.expect("no panic").err(), Some(Error::Closed));
    assert_eq!(syncing.await.expect("no panic").err(), Some(Error::Closed));
    looking.await.expect("each ends");
    holds_nothing(&device).await;
}
both_dialects!(who_waits_is_told => s36_who_waits_when_it_is_closed_is_told_v1, s36_who_waits_when_it_is_closed_is_told_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s36_ten_thousand_handles_that_nobody_closes_cost_nothing_and_end_with_the_client() {
    let world = World::start(Dialect::V2).await;
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    let open = device.open_files().len();
    let mut handles = Vec::new();
    let mut observations = Vec::new();
    for _ in 0..10_000 {
        let clone = client.clone();
        observations.push((
            clone.vehicles().observe_list().await.expect("observed"),
            clone.outbox().observe().await.expect("observed"),
            clone.account().states().expect("observed"),
        ));
        handles.push((clone.bookings(), clone.platform(), clone));
    }
    assert_eq!(device.open_files().len(), open);
    // Futures that were never awaited, too.
    for (_, _, clone) in handles.iter().take(1000) {
        drop(clone.suspend(SECOND));
        drop(clone.sync(SECOND));
    }
    client.close();
    holds_nothing(&device).await;
    let (mut garage, mut outbox, _) = observations.pop().expect("one");
    assert!(outbox.next().await.is_none());
    while garage.next().await.is_some() {}
    drop(handles);
    drop(observations);
    holds_nothing(&device).await;
}

async fn the_last_clone(world: World) {
    let (device, client) = world.signed_in().await;
    let gate = Gate::new();
    world
        .control()
        .on(world.creates())
        .then(Fault::HoldBefore(gate.clone()));
    book(&client, 10).await;
    gate.arrived().await;
    let (service, clone) = (client.outbox(), client.clone());
    let mut observation = client.outbox().observe().await.expect("observed");
    drop((client, clone));
    assert_eq!(service.list().await.expect("still open").len(), 1);
    drop(service);
    holds_nothing(&device).await;
    assert!(observation.next().await.is_none());

    // Suspended clients can be dropped as well.
    let client = device.open();
    client.suspend(SECOND).await.expect("suspended");
    drop(client);
    holds_nothing(&device).await;
}
both_dialects!(the_last_clone => s36_dropping_the_last_clone_closes_the_files_v1, s36_dropping_the_last_clone_closes_the_files_v2);
