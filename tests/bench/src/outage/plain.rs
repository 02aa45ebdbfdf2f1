//! A device with a plain client on it, as many apps have one, and the same person: each call by itself refreshes a token that
//! is over, and each request that fails is sent again after one, two and four seconds, whatever the reason. What could not be
//! sent then is kept and sent again when the app is opened next. No budget, no jitter, no breaker, and nothing is shared
//! between calls.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::future::join;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::plan::{Does, Script};
use super::server::{Account, Server, What};
use super::simulate::Wellness;

const WAITS: [u64; 3] = [1, 2, 4];

/// How long it waits for an answer: as long as the core does.
const PATIENCE: Duration = Duration::from_secs(15);

/// One device.
#[derive(Clone)]
struct Device {
    server: Server,
    number: usize,
    wellness: Wellness,
    kept: Arc<Mutex<Kept>>,
}

#[derive(Default)]
struct Kept {
    /// When its access token ends.
    token_ends: Duration,
    /// Bookings to be sent, and those of them that are being tried.
    outbox: BTreeSet<usize>,
    trying: BTreeSet<usize>,
}

/// Lives through the script, and on until the end of the simulation.
pub(super) async fn live(server: Server, number: usize, script: Script, wellness: Wellness) {
    let device = Device {
        server,
        number,
        wellness,
        kept: Arc::default(),
    };
    device.wait_until(script.signs_in).await;
    if !device.grant(What::SignIn).await {
        return;
    }
    // What a process that is replaced was at ends with it.
    let mut running = JoinSet::new();
    let mut bookings = 0..;
    for (at, does) in script.does {
        device.wait_until(at).await;
        if does == Does::Start {
            running.shutdown().await;
            device.kept().trying.clear();
        }
        if does == Does::Book {
            let booking = bookings.next().unwrap_or(0);
            device.wellness.accepted(device.number);
            device.kept().outbox.insert(booking);
            running.spawn(device.clone().book(booking));
            continue;
        }
        let left: Vec<usize> = {
            let kept = device.kept();
            kept.outbox.difference(&kept.trying).copied().collect()
        };
        for booking in left {
            running.spawn(device.clone().book(booking));
        }
        running.spawn(device.clone().look());
    }
    while running.join_next().await.is_some() {}
}

impl Device {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn wait_until(&self, at: Duration) {
        sleep(at.saturating_sub(self.server.now())).await;
    }

    async fn look(self) {
        let began = self.server.now();
        let (garage, bookings) = join(self.read(), self.read()).await;
        self.wellness.read(self.number, began, garage && bookings);
    }

    async fn read(&self) -> bool {
        self.has_token().await && self.again_and_again(What::Read, |_, _| ()).await.is_some()
    }

    async fn book(self, booking: usize) {
        let left = {
            let mut kept = self.kept();
            kept.trying.insert(booking);
            kept.outbox.len()
        };
        self.wellness.waiting(self.number, left);
        let number = self.number;
        let made = self.has_token().await
            && self
                .again_and_again(What::Book, |account, _| {
                    account.book(number, booking.to_string(), String::new(), String::new());
                })
                .await
                .is_some();
        let left = {
            let mut kept = self.kept();
            kept.trying.remove(&booking);
            if made {
                kept.outbox.remove(&booking);
            }
            kept.outbox.len()
        };
        self.wellness.waiting(self.number, left);
    }

    async fn has_token(&self) -> bool {
        let ends = self.kept().token_ends;
        self.server.now() < ends || self.grant(What::Refresh).await
    }

    async fn grant(&self, what: What) -> bool {
        let granted = self.again_and_again(what, |account, now| {
            account.grant(now);
            account.token_ends
        });
        let Some(ends) = granted.await else { return false };
        self.kept().token_ends = ends;
        true
    }

    async fn again_and_again<T>(
        &self,
        what: What,
        handle: impl Fn(&mut Account, Duration) -> T,
    ) -> Option<T> {
        for wait in WAITS.into_iter().map(Some).chain([None]) {
            let arriving = self.server.arrive(self.number, what, &handle);
            if let Ok(Ok(answer)) = timeout(PATIENCE, arriving).await {
                return Some(answer);
            }
            sleep(Duration::from_secs(wait?)).await;
        }
        None
    }
}
