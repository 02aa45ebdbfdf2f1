//! The made-up server: what it answers and when, and every request that arrived.
//!
//! Up, it answers everything after some tens of milliseconds. Down, it is silent at first (connections are made, nothing comes
//! back), then refuses connections, then is behind a proxy that says 503 without a `Retry-After`. A request counts as arrived
//! when a device begins to send it, a refused connection too: a load balancer has to refuse it. What arrives while it is down
//! is never applied.

use std::collections::HashMap;
use std::future::pending;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::plan::{DOWN, Draw, Plan, TOKEN, UP};

/// Until when it is silent, and until when it refuses.
pub(super) const SILENT: Duration = Duration::from_secs(60 + 120);
pub(super) const REFUSING: Duration = Duration::from_secs(60 + 360);

/// Between this and three times this.
const LATENCY: Duration = Duration::from_millis(20);

/// Which of the two platforms it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    V1,
    V2,
}

/// What a request is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Discover,
    SignIn,
    Refresh,
    Read,
    Book,
}

/// Clones are one server.
#[derive(Clone)]
pub(super) struct Server(Arc<Inner>);

struct Inner {
    dialect: Dialect,
    began: Instant,
    /// Whether it is ever down.
    has_outage: bool,
    state: Mutex<State>,
}

struct State {
    draw: Draw,
    arrivals: Vec<Arrival>,
    devices: Vec<Account>,
}

/// A request that arrived.
#[derive(Clone, Copy)]
pub(super) struct Arrival {
    pub(super) at: Duration,
    pub(super) what: What,
}

/// What the server has of one device.
pub(super) struct Account {
    /// How long the first token lives; the others live [`TOKEN`].
    first_token: Duration,
    /// When the newest access token ends.
    pub(super) token_ends: Duration,
    pub(super) generation: u64,
    /// By operation, in the order they were made.
    pub(super) bookings: Vec<Booked>,
    by_operation: HashMap<String, usize>,
}

/// A booking that was made.
#[derive(Clone)]
pub(super) struct Booked {
    pub(super) id: i64,
    pub(super) operation: String,
    pub(super) at: String,
    pub(super) zone: String,
}

/// Why there was no answer.
pub(super) enum Nothing {
    /// The connection was refused.
    Refused,
    /// A proxy said 503.
    Unavailable,
}

impl Server {
    /// A server of these devices that begins now.
    pub(super) fn new(plan: &Plan, dialect: Dialect, has_outage: bool) -> Self {
        let account = |script: &super::plan::Script| Account {
            first_token: script.first_token,
            token_ends: Duration::ZERO,
            generation: 0,
            bookings: Vec::new(),
            by_operation: HashMap::new(),
        };
        Self(Arc::new(Inner {
            dialect,
            began: Instant::now(),
            has_outage,
            state: Mutex::new(State {
                draw: Draw::new(plan.seed),
                arrivals: Vec::new(),
                devices: plan.devices.iter().map(account).collect(),
            }),
        }))
    }

    pub(super) fn dialect(&self) -> Dialect {
        self.0.dialect
    }

    /// How long the simulation has run.
    pub(super) fn now(&self) -> Duration {
        self.0.began.elapsed()
    }

    /// A request arrives. Returns when it has been handled, or never.
    pub(super) async fn arrive<T>(
        &self,
        device: usize,
        what: What,
        handle: impl FnOnce(&mut Account, Duration) -> T,
    ) -> Result<T, Nothing> {
        let at = self.now();
        let latency = {
            let mut state = self.state();
            state.arrivals.push(Arrival { at, what });
            LATENCY + state.draw.up_to(2 * LATENCY)
        };
        let is_down = self.0.has_outage && (DOWN..UP).contains(&at);
        if is_down && at < SILENT {
            pending::<()>().await;
        }
        sleep(latency).await;
        if is_down {
            return Err(if at < REFUSING {
                Nothing::Refused
            } else {
                Nothing::Unavailable
            });
        }
        let now = self.now();
        Ok(handle(&mut self.state().devices[device], now))
    }

    /// Every request so far.
    pub(super) fn arrivals(&self) -> Vec<Arrival> {
        self.state().arrivals.clone()
    }

    /// How many bookings it has.
    pub(super) fn bookings(&self) -> usize {
        self.state()
            .devices
            .iter()
            .map(|device| device.bookings.len())
            .sum()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Account {
    /// A new access token, and how long it lives.
    pub(super) fn grant(&mut self, now: Duration) -> Duration {
        let lives = if self.generation == 0 {
            self.first_token
        } else {
            TOKEN
        };
        self.generation += 1;
        self.token_ends = now + lives;
        lives
    }

    /// Makes a booking; one operation makes one.
    pub(super) fn book(&mut self, device: usize, operation: String, at: String, zone: String) -> Booked {
        if let Some(made) = self.by_operation.get(&operation) {
            return self.bookings[*made].clone();
        }
        let number = self.bookings.len();
        let booked = Booked {
            id: i64::try_from(device * 100 + number + 1).unwrap_or(i64::MAX),
            operation: operation.clone(),
            at,
            zone,
        };
        self.by_operation.insert(operation, number);
        self.bookings.push(booked.clone());
        booked
    }
}
