//! A device's clock under the test's command. Nothing waits on real time: a sleep ends when the test moves the clock.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use pmi_core::ports::{Clock, PortFuture, Sleep};
use tokio::sync::{Notify, watch};
use tokio::time::Instant;

use crate::idle::clients_at_rest;

/// How long an answer may be on its way, by the machine's clock, before its exchange counts as held. Waited for once an
/// exchange, so that a busy machine may take its time and a held answer costs little.
const ON_ITS_WAY: Duration = Duration::from_millis(200);

/// Clones are one clock.
#[derive(Clone)]
pub struct DeviceClock(Arc<Inner>);

struct Inner {
    state: Mutex<State>,
    slept: Notify,
    /// Exchanges under way, by number, and when they count as held by the machine's clock.
    under_way: watch::Sender<BTreeMap<u64, Instant>>,
}

/// The whole time of a probe of the network: unlike every other sleep of a few seconds no wait, but an exchange's deadline.
const A_PROBE: Duration = Duration::from_secs(5);

struct State {
    wall: Timestamp,
    elapsed: Duration,
    boot: u32,
    next: u64,
    sleepers: BTreeMap<u64, Sleeper>,
    /// When probes end that were sent.
    deadlines: BTreeSet<Duration>,
}

struct Sleeper {
    until: Duration,
    /// Whether it is the deadline of a probe, or of a part of one.
    is_deadline: bool,
    waker: Option<Waker>,
}

impl DeviceClock {
    /// A clock that stands at `wall`, an hour after its boot.
    #[must_use]
    pub fn new(wall: Timestamp) -> Self {
        let state = State {
            wall,
            elapsed: Duration::from_secs(3600),
            boot: 1,
            next: 0,
            sleepers: BTreeMap::new(),
            deadlines: BTreeSet::new(),
        };
        Self(Arc::new(Inner {
            state: Mutex::new(state),
            slept: Notify::new(),
            under_way: watch::Sender::default(),
        }))
    }

    /// Lets time pass.
    pub fn advance(&self, by: Duration) {
        let mut state = self.state();
        state.elapsed += by;
        state.wall = SignedDuration::try_from(by)
            .ok()
            .and_then(|by| state.wall.checked_add(by).ok())
            .unwrap_or(state.wall);
        let now = state.elapsed;
        let due: Vec<Waker> = state
            .sleepers
            .values_mut()
            .filter(|s| s.until <= now)
            .filter_map(|s| s.waker.take())
            .collect();
        drop(state);
        due.into_iter().for_each(Waker::wake);
    }

    /// Sets the wall clock alone, as a person does.
    pub fn set_wall(&self, wall: Timestamp) {
        self.state().wall = wall;
    }

    /// Boots the device again: the boot clock starts anew.
    pub fn reboot(&self) {
        let mut state = self.state();
        state.boot += 1;
        state.elapsed = Duration::from_secs(30);
    }

    /// Returns how long the shortest sleep still takes, once somebody sleeps for at most `longest`.
    pub async fn sleeper(&self, longest: Duration) -> Duration {
        self.sleeper_of(&|left, _| left <= longest).await
    }

    /// Returns once so many sleep for exactly so long.
    pub async fn sleepers(&self, count: usize, left: Duration) {
        loop {
            let slept = self.0.slept.notified();
            let found = {
                let state = self.state();
                let until = state.elapsed + left;
                state.sleepers.values().filter(|s| s.until == until).count()
            };
            if found >= count {
                return;
            }
            slept.await;
        }
    }

    /// Returns how long the shortest sleep still takes, once that is such a length.
    async fn sleeper_of(&self, wanted: &(impl Fn(Duration, bool) -> bool + Sync)) -> Duration {
        loop {
            let slept = self.0.slept.notified();
            if let Some((left, _)) = self
                .shortest()
                .filter(|(left, is_deadline)| wanted(*left, *is_deadline))
            {
                return left;
            }
            slept.await;
        }
    }

    /// From now on ends every sleep of such a length at once, by moving the clock and telling `also`; until the guard is
    /// dropped. Others (deadlines, a probe's too) go on standing.
    #[must_use]
    pub fn skip_sleeps(
        &self,
        skipped: impl Fn(Duration) -> bool + Send + Sync + 'static,
        also: impl Fn(Duration) + Send + 'static,
    ) -> SkippingSleeps {
        let clock = self.clone();
        SkippingSleeps(tokio::spawn(async move {
            let wanted = |left, is_deadline: bool| !is_deadline && skipped(left);
            loop {
                clock.sleeper_of(&wanted).await;
                // Time that jumps while an answer is on its way, or before the next who waits has begun to, is no time that
                // passes. An answer that is held does not come.
                clock.at_rest().await;
                let shortest = clock.shortest();
                let Some((left, _)) = shortest.filter(|(left, is_deadline)| wanted(*left, *is_deadline))
                else {
                    continue;
                };
                also(left);
                clock.advance(left);
                tokio::task::yield_now().await;
            }
        }))
    }

    /// Notes that an exchange is under way until the guard is dropped.
    pub(crate) fn exchange(&self) -> UnderWay {
        let id = {
            let mut state = self.state();
            state.next += 1;
            state.next
        };
        let held_from = Instant::now() + ON_ITS_WAY;
        self.0.under_way.send_modify(|all| _ = all.insert(id, held_from));
        UnderWay(self.clone(), id)
    }

    /// Returns once every exchange under way counts as held, and every client has come to rest over that.
    async fn at_rest(&self) {
        let mut under_way = self.0.under_way.subscribe();
        loop {
            let last = under_way.borrow_and_update().values().max().copied();
            if let Some(held_from) = last.filter(|held_from| *held_from > Instant::now()) {
                let _ = tokio::time::timeout_at(held_from, under_way.changed()).await;
                continue;
            }
            clients_at_rest().await;
            // Whose exchange began or ended over that has not rested since.
            if !under_way.has_changed().unwrap_or(false) {
                return;
            }
        }
    }

    /// What is left of the shortest sleep, and whether it is a probe's deadline.
    fn shortest(&self) -> Option<(Duration, bool)> {
        let state = self.state();
        let waiting = state.sleepers.values().filter(|s| s.until > state.elapsed);
        waiting
            .map(|s| (s.until.saturating_sub(state.elapsed), s.is_deadline))
            .min()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An exchange under way.
pub(crate) struct UnderWay(DeviceClock, u64);

impl Drop for UnderWay {
    fn drop(&mut self) {
        let id = self.1;
        self.0.0.under_way.send_modify(|all| _ = all.remove(&id));
    }
}

/// While this lives, short sleeps are skipped.
pub struct SkippingSleeps(tokio::task::JoinHandle<()>);

impl Drop for SkippingSleeps {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Clock for DeviceClock {
    fn wall(&self) -> Timestamp {
        self.state().wall
    }

    fn elapsed(&self) -> Duration {
        self.state().elapsed
    }

    fn boot_id(&self) -> String {
        format!("boot-{}", self.state().boot)
    }
}

impl Sleep for DeviceClock {
    fn sleep(&self, duration: Duration) -> PortFuture<()> {
        let mut state = self.state();
        let id = state.next;
        state.next += 1;
        let until = state.elapsed + duration;
        if duration == A_PROBE {
            state.deadlines.insert(until);
        }
        let sleeper = Sleeper {
            until,
            is_deadline: state.deadlines.contains(&until),
            waker: None,
        };
        state.sleepers.insert(id, sleeper);
        drop(state);
        self.0.slept.notify_waiters();
        Box::pin(Sleeping {
            clock: self.clone(),
            id,
        })
    }
}

struct Sleeping {
    clock: DeviceClock,
    id: u64,
}

impl Future for Sleeping {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut state = self.clock.state();
        let now = state.elapsed;
        match state.sleepers.get_mut(&self.id) {
            Some(sleeper) if sleeper.until > now => {
                sleeper.waker = Some(cx.waker().clone());
                Poll::Pending
            }
            _ => Poll::Ready(()),
        }
    }
}

impl Drop for Sleeping {
    fn drop(&mut self) {
        self.clock.state().sleepers.remove(&self.id);
    }
}
