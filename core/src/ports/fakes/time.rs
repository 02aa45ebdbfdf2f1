//! Time that moves only when told to.
//!
//! [`ManualClock::run`] is the handy way: it runs a future and everything it spawns on one thread, and each time nothing can
//! go on it moves the clock to the next sleeper. That cannot race: the runtime asks only when every task is waiting. What it
//! cannot see is work on another thread (`spawn_blocking`, a socket): hold the clock with [`ManualClock::hold`] meanwhile.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::ports::{Clock, PortFuture, Sleep};

/// A clock and the sleeps on it. Clones share the time. It begins at 2026-11-22 00:38:45 UTC, 1000 s after the boot.
#[derive(Clone)]
pub(crate) struct ManualClock(Arc<Mutex<Time>>);

struct Time {
    elapsed: Duration,
    /// The wall clock when `elapsed` was zero.
    wall_at_boot: Timestamp,
    boot: u32,
    sleepers: BTreeMap<(Duration, u64), Waker>,
    next_sleeper: u64,
    holds: usize,
}

impl ManualClock {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(Time {
            elapsed: Duration::from_secs(1000),
            wall_at_boot: "2026-11-22T00:22:05Z".parse().unwrap(),
            boot: 1,
            sleepers: BTreeMap::new(),
            next_sleeper: 0,
            holds: 0,
        })))
    }

    fn time(&self) -> MutexGuard<'_, Time> {
        self.0.lock().unwrap()
    }

    /// Moves time on and wakes who slept until then.
    pub(crate) fn advance(&self, by: Duration) {
        let due = self.time().elapsed + by;
        self.advance_to(due);
    }

    fn advance_to(&self, due: Duration) {
        let mut time = self.time();
        time.elapsed = time.elapsed.max(due);
        let now = time.elapsed;
        let later = time.sleepers.split_off(&(now, u64::MAX));
        let woken = std::mem::replace(&mut time.sleepers, later);
        drop(time);
        woken.into_values().for_each(Waker::wake);
    }

    /// The person sets the wall clock; nothing else changes.
    pub(crate) fn shift_wall(&self, by: SignedDuration) {
        let mut time = self.time();
        time.wall_at_boot = time.wall_at_boot.checked_add(by).unwrap();
    }

    /// A new boot: the boot clock starts anew, the wall clock goes on. Sleepers stay asleep, as dead processes do.
    pub(crate) fn reboot(&self) {
        let mut time = self.time();
        time.wall_at_boot = time.wall_at_boot.checked_add(time.elapsed).unwrap();
        time.elapsed = Duration::ZERO;
        time.boot += 1;
        time.sleepers.clear();
    }

    /// How many sleep.
    pub(crate) fn sleepers(&self) -> usize {
        self.time().sleepers.len()
    }

    /// Moves time to the next sleeper, if there is one and nobody holds the clock.
    pub(crate) fn jump(&self) -> bool {
        let time = self.time();
        let next = time.sleepers.keys().next().map(|(due, _)| *due);
        let free = time.holds == 0;
        drop(time);
        match next {
            Some(due) if free => {
                self.advance_to(due);
                true
            }
            _ => false,
        }
    }

    /// Keeps [`ManualClock::run`] from moving time until the guard is dropped.
    pub(crate) fn hold(&self) -> ClockHold {
        self.time().holds += 1;
        ClockHold(self.clone())
    }

    /// Runs the future on a runtime of one thread, moving time to the next sleeper whenever nothing else can go on.
    pub(crate) fn run<T>(&self, work: impl Future<Output = T>) -> T {
        let clock = self.clone();
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .on_thread_park(move || {
                clock.jump();
            })
            .build()
            .unwrap()
            .block_on(work)
    }
}

/// See [`ManualClock::hold`].
pub(crate) struct ClockHold(ManualClock);

impl Drop for ClockHold {
    fn drop(&mut self) {
        self.0.time().holds -= 1;
    }
}

impl Clock for ManualClock {
    fn wall(&self) -> Timestamp {
        let time = self.time();
        time.wall_at_boot.checked_add(time.elapsed).unwrap()
    }

    fn elapsed(&self) -> Duration {
        self.time().elapsed
    }

    fn boot_id(&self) -> String {
        format!("boot-{}", self.time().boot)
    }
}

impl Sleep for ManualClock {
    fn sleep(&self, duration: Duration) -> PortFuture<()> {
        let mut time = self.time();
        time.next_sleeper += 1;
        Box::pin(Sleeping {
            key: (time.elapsed + duration, time.next_sleeper),
            clock: self.clone(),
        })
    }
}

struct Sleeping {
    clock: ManualClock,
    key: (Duration, u64),
}

impl Future for Sleeping {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut time = self.clock.time();
        if time.elapsed >= self.key.0 {
            return Poll::Ready(());
        }
        time.sleepers.insert(self.key, cx.waker().clone());
        Poll::Pending
    }
}

impl Drop for Sleeping {
    fn drop(&mut self) {
        self.clock.time().sleepers.remove(&self.key);
    }
}

#[test]
fn time_jumps_to_the_next_sleeper_only_when_every_task_waits() {
    let clock = ManualClock::new();
    let began = clock.elapsed();
    let order = clock.run(async {
        let order = Arc::new(Mutex::new(Vec::new()));
        let tasks: Vec<_> = [3_u64, 1, 2]
            .into_iter()
            .map(|seconds| {
                let (clock, order) = (clock.clone(), Arc::clone(&order));
                tokio::spawn(async move {
                    clock.sleep(Duration::from_secs(seconds)).await;
                    tokio::task::yield_now().await;
                    order.lock().unwrap().push((seconds, clock.elapsed()));
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        Arc::try_unwrap(order).unwrap().into_inner().unwrap()
    });
    let at = |seconds| (seconds, began + Duration::from_secs(seconds));
    assert_eq!(order, [at(1), at(2), at(3)]);
}

#[test]
fn a_held_clock_stands_still() {
    let clock = ManualClock::new();
    let began = clock.elapsed();
    clock.run(async {
        let hold = clock.hold();
        let waiting = clock.clone();
        let slept = tokio::spawn(async move { waiting.sleep(Duration::from_secs(5)).await });
        tokio::task::spawn_blocking(|| std::thread::sleep(Duration::from_millis(20)))
            .await
            .unwrap();
        assert_eq!(clock.elapsed(), began);
        drop(hold);
        slept.await.unwrap();
        assert_eq!(clock.elapsed(), began + Duration::from_secs(5));
    });
}
