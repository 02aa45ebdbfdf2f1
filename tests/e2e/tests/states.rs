//! Scenarios 3, 6, 8 and 30: what is shown while a refresh is under way, and when it ends. Looked at whenever the core looks at the
//! clock, which it does between any two steps.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use pmi_core::error::SignInReason;
use pmi_core::ports::{Clock, Ports};
use pmi_core::{ClientConfig, Error, PmiClient, SessionState};
use pmi_e2e::sessions::{b_signs_in, is_b, read, state};
use pmi_e2e::{Device, DeviceClock, Disk, World, both_dialects};
use pmi_platform::{Dialect, Fault, Match};
use tokio::sync::watch;

const REFRESH: &str = "/api/auth/refresh";

/// A clock that notes what is shown whenever somebody looks at it.
struct Noting {
    clock: DeviceClock,
    states: OnceLock<watch::Receiver<SessionState>>,
    seen: Mutex<Vec<SessionState>>,
}

impl Noting {
    fn note(&self) {
        let Some(states) = self.states.get() else {
            return;
        };
        let now = states.borrow().clone();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.last() != Some(&now) {
            seen.push(now);
        }
    }

    /// The states since the last time, each once in a row.
    fn seen(&self) -> Vec<SessionState> {
        self.note();
        std::mem::take(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Clock for Noting {
    fn wall(&self) -> Timestamp {
        self.note();
        self.clock.wall()
    }

    fn elapsed(&self) -> Duration {
        self.note();
        self.clock.elapsed()
    }

    fn boot_id(&self) -> String {
        self.clock.boot_id()
    }
}

/// A device on which somebody is signed in, a client on it, and its clock.
async fn noted(world: &World) -> (Device, PmiClient, Arc<Noting>) {
    let (device, client) = world.signed_in().await;
    client.close();
    let clock = Arc::new(Noting {
        clock: device.clock.clone(),
        states: OnceLock::new(),
        seen: Mutex::default(),
    });
    let ports = Ports {
        clock: Arc::clone(&clock) as _,
        sleep: Arc::new(device.clock.clone()),
        ..Ports::system(Arc::clone(&device.secrets) as _).expect("ports")
    };
    let config = ClientConfig::new(world.platform.url(), device.dir());
    let client = PmiClient::open(&config, ports).expect("it opens");
    read(&client).await.expect("signed in");
    let states = client.account().states().expect("states");
    assert!(clock.states.set(states).is_ok());
    assert_eq!(clock.seen(), [SessionState::SignedIn]);
    (device, client, clock)
}

async fn no_step_between(world: World) {
    use SessionState::{RefreshUnknown, Refreshing, SignInNeeded, SignedIn};
    let (device, client, clock) = noted(&world).await;
    world.expire_tokens(&device);
    world.fails_once(Match::post(REFRESH), Fault::Html);
    assert!(read(&client).await.is_err());
    assert_eq!(clock.seen(), [SignedIn, Refreshing, RefreshUnknown]);
    read(&client).await.expect("the old token again");
    assert_eq!(clock.seen(), [RefreshUnknown, Refreshing, SignedIn]);
    world.control().rotate_signing_key().await.expect("a new key");
    assert!(read(&client).await.is_err());
    let ended = SignInNeeded(SignInReason::SessionExpired);
    assert_eq!(clock.seen(), [SignedIn, Refreshing, ended]);
}
both_dialects!(no_step_between => s08_a_refresh_shows_nothing_between_asking_and_what_came_of_it_v1,
    s08_a_refresh_shows_nothing_between_asking_and_what_came_of_it_v2);

async fn granted_and_not_saved(world: World) {
    use SessionState::{RefreshUnknown, Refreshing, SignedIn};
    let (device, client, clock) = noted(&world).await;
    world.expire_tokens(&device);
    let full = Disk::takes_no_pair(&device);
    let failed = read(&client).await;
    assert!(matches!(failed, Err(Error::Storage { .. })), "{failed:?}");
    assert_eq!(clock.seen(), [SignedIn, Refreshing, RefreshUnknown]);
    assert_eq!(state(&client).await, RefreshUnknown);
    drop(full);
    read(&client).await.expect("asked for again, and saved");
    assert_eq!(world.control().refresh_requests(), 2);
    if world.dialect == Dialect::V2 {
        let granted = (world.control().refreshes(), world.control().reissues());
        assert_eq!(granted, (1, 1), "the same successor again");
    }
    client.close();
    let next = device.open();
    assert_eq!(state(&next).await, SignedIn);
    read(&next).await.expect("still signed in");
}
both_dialects!(granted_and_not_saved => s30_a_refresh_that_cannot_be_saved_costs_no_session_v1,
    s30_a_refresh_that_cannot_be_saved_costs_no_session_v2);

async fn b_signs_in_meanwhile(world: World) {
    let (device, client) = world.signed_in().await;
    world.expire_tokens(&device);
    let gate = world.hold_next(Match::post(REFRESH));
    let of_a = tokio::spawn({
        let client = client.clone();
        async move { read(&client).await }
    });
    gate.arrived().await;
    assert_eq!(state(&client).await, SessionState::Refreshing);
    b_signs_in(&world, &client).await;
    assert_eq!(state(&client).await, SessionState::SignedIn);
    gate.release();
    assert!(of_a.await.expect("no panic").is_err(), "A is gone");
    assert_eq!(state(&client).await, SessionState::SignedIn);
    is_b(&world, &client).await;
}
both_dialects!(b_signs_in_meanwhile => s12_the_refresh_of_a_is_not_shown_as_bs_v1, s12_the_refresh_of_a_is_not_shown_as_bs_v2);
