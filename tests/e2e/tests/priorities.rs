//! What a person waits for is served before background work, also if that stood in line first.

use std::sync::Arc;
use std::time::Duration;

use jiff::civil::date;
use pmi_core::PmiClient;
use pmi_core::model::Freshness;
use pmi_core::ports::{
    HttpClient, HttpClientConfig, Network, NetworkError, NetworkRequest, NetworkResponse, PortFuture,
};
use pmi_e2e::{World, both_dialects};
use pmi_platform::Dialect;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

/// The deadline of a call, for which only those sleep that stand in line: who is through hears of a shorter silence first.
const IN_LINE: Duration = Duration::from_secs(60);

/// Holds each request until it is let go.
struct Turnstile {
    inner: Arc<HttpClient>,
    /// The paths of what is through the line, in that order.
    came: watch::Sender<Vec<(String, Arc<Notify>)>>,
}

impl Turnstile {
    fn new() -> Arc<Self> {
        let inner = HttpClient::new(HttpClientConfig::default()).expect("a network stack");
        Arc::new(Self {
            inner: Arc::new(inner),
            came: watch::Sender::default(),
        })
    }

    /// The path of the request that came as the `nth`, counted from 1, once it has.
    async fn came(&self, nth: usize) -> String {
        let mut came = self.came.subscribe();
        let came = came.wait_for(|came| came.len() >= nth).await;
        came.expect("it lives")[nth - 1].0.clone()
    }

    fn count(&self) -> usize {
        self.came.borrow().len()
    }

    fn let_go(&self, nth: usize) {
        self.came.borrow()[nth - 1].1.notify_one();
    }
}

impl Network for Turnstile {
    fn send(&self, request: NetworkRequest) -> PortFuture<Result<NetworkResponse, NetworkError>> {
        let (inner, go) = (Arc::clone(&self.inner), Arc::new(Notify::new()));
        let held = (request.url.path().to_owned(), Arc::clone(&go));
        self.came.send_modify(|came| came.push(held));
        Box::pin(async move {
            go.notified().await;
            inner.send(request).await
        })
    }

    fn drop_idle(&self) {
        self.inner.drop_idle();
    }
}

#[derive(Clone, Copy)]
enum Screen {
    Garage,
    Notifications,
    Centers,
    Bookings,
    Me,
    /// Of the first centre on this day of December.
    Slots(i8),
}

async fn show(client: &PmiClient, screen: Screen, freshness: Freshness) -> pmi_core::Result<()> {
    match screen {
        Screen::Garage => client.vehicles().list(freshness).await.map(drop),
        Screen::Notifications => client.notifications().list(freshness).await.map(drop),
        Screen::Centers => client.centers().list(freshness).await.map(drop),
        Screen::Bookings => client.bookings().list(freshness).await.map(drop),
        Screen::Me => client.account().me(freshness).await.map(drop),
        Screen::Slots(day) => {
            let centers = client.centers();
            let center = centers.list(Freshness::CacheOnly).await?.value[0].id;
            let slots = centers.slots(center, date(2026, 12, day), freshness);
            slots.await.map(drop)
        }
    }
}

/// A person opens a screen of which nothing will do but the server's answer.
fn waits_for(client: &PmiClient, screen: Screen) -> JoinHandle<pmi_core::Result<()>> {
    let client = client.clone();
    tokio::spawn(async move { show(&client, screen, Freshness::NetworkOnly).await })
}

/// What is shown at once and asked for behind the screen.
async fn in_the_background(client: &PmiClient, screen: Screen) {
    let shown = show(client, screen, Freshness::CacheAndNetwork).await;
    shown.expect("it is cached");
}

async fn a_person_comes_after_background_work(world: World) {
    use Screen::{Bookings, Centers, Garage, Me, Notifications, Slots};
    // As much background work as goes at a time, a person for each other place, and one more of the first.
    let (background, persons, then): (&[Screen], &[Screen], Screen) = match world.dialect {
        Dialect::V1 => (&[Garage], &[Notifications], Centers),
        Dialect::V2 => (
            &[Garage, Centers, Notifications],
            &[Slots(7), Slots(8), Slots(9)],
            Bookings,
        ),
    };
    let (device, client) = world.signed_in().await;
    for screen in [Garage, Notifications, Centers, Bookings] {
        show(&client, screen, Freshness::NetworkOnly).await.expect("read");
    }
    client.close();

    let network = Turnstile::new();
    let client = device.open_over(Arc::clone(&network) as _);
    for screen in background {
        in_the_background(&client, *screen).await;
    }
    network.came(background.len()).await;
    let mut waiting: Vec<_> = persons.iter().map(|screen| waits_for(&client, *screen)).collect();
    let full = background.len() + persons.len();
    network.came(full).await;

    in_the_background(&client, then).await;
    device.clock.sleepers(1, IN_LINE).await;
    waiting.push(waits_for(&client, Me));
    device.clock.sleepers(2, IN_LINE).await;
    assert_eq!(network.count(), full, "nobody else is through");

    network.let_go(1);
    let first = network.came(full + 1).await;
    assert_eq!(first, "/api/auth/me", "the person was later and is served first");
    network.let_go(full + 1);
    network.came(full + 2).await;
    for nth in (2..=full).chain([full + 2]) {
        network.let_go(nth);
    }
    for person in waiting {
        assert_eq!(person.await.expect("no panic"), Ok(()));
    }
}
both_dialects!(a_person_comes_after_background_work => what_a_person_waits_for_is_served_before_background_work_that_came_first_v1,
    what_a_person_waits_for_is_served_before_background_work_that_came_first_v2);
