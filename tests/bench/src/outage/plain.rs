//! A device with a plain client on it, as many apps have one, and the same person: each call by itself refreshes a token that
//! is over, and each request that fails is sent again after one, two and four seconds, whatever the reason. What could not be
//! sent then is sent again when the app is opened next. No budget, no jitter, no breaker, and nothing is shared between calls.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::future::join;
use tokio::time::{sleep, timeout};

use super::plan::Script;
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
    /// When its access token ends.
    token_ends: Arc<Mutex<Duration>>,
    /// Bookings that wait for the next opening of the app.
    left: Arc<Mutex<Vec<usize>>>,
}

/// Lives through the script.
pub(super) async fn live(server: Server, number: usize, script: Script, wellness: Wellness) {
    let device = Device {
        server,
        number,
        wellness,
        token_ends: Arc::default(),
        left: Arc::default(),
    };
    device.wait_until(script.signs_in).await;
    if !device.grant(What::SignIn).await {
        return;
    }
    let opens = script.opens.iter().map(|at| (*at, None));
    let books = script.books.iter().enumerate().map(|(n, at)| (*at, Some(n)));
    let mut script: Vec<(Duration, Option<usize>)> = opens.chain(books).collect();
    script.sort_unstable();
    for (at, booking) in script {
        device.wait_until(at).await;
        let device = device.clone();
        tokio::spawn(async move {
            match booking {
                None => device.open_app().await,
                Some(booking) => {
                    device.wellness.accepted(device.number);
                    device.book(booking).await;
                }
            }
        });
    }
}

impl Device {
    async fn wait_until(&self, at: Duration) {
        sleep(at.saturating_sub(self.server.now())).await;
    }

    async fn open_app(&self) {
        let began = self.server.now();
        let left = std::mem::take(&mut *self.left.lock().unwrap_or_else(PoisonError::into_inner));
        for booking in left {
            let device = self.clone();
            tokio::spawn(async move { device.book(booking).await });
        }
        let (garage, bookings) = join(self.read(), self.read()).await;
        self.wellness.read(self.number, began, garage && bookings);
    }

    async fn read(&self) -> bool {
        self.has_token().await && self.again_and_again(What::Read, |_, _| ()).await.is_some()
    }

    async fn book(&self, booking: usize) {
        let number = self.number;
        let made = self.has_token().await
            && self
                .again_and_again(What::Book, |account, _| {
                    account.book(number, booking.to_string(), String::new(), String::new());
                })
                .await
                .is_some();
        if made {
            self.wellness.sent(self.number);
        } else {
            self.left
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(booking);
        }
    }

    async fn has_token(&self) -> bool {
        let ends = *self.token_ends.lock().unwrap_or_else(PoisonError::into_inner);
        self.server.now() < ends || self.grant(What::Refresh).await
    }

    async fn grant(&self, what: What) -> bool {
        let granted = self.again_and_again(what, |account, now| {
            account.grant(now);
            account.token_ends
        });
        let Some(ends) = granted.await else { return false };
        *self.token_ends.lock().unwrap_or_else(PoisonError::into_inner) = ends;
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
