//! Ports for tests that behave: time that moves only when told to, randomness that repeats, a network that follows a script.
//!
//! [`ManualClock::run`] is the handy way: it runs a future and everything it spawns on one thread, and each time nothing can
//! go on it moves the clock to the next sleeper. That cannot race: the runtime asks only when every task is waiting. What it
//! cannot see is work on another thread (`spawn_blocking`, a socket): hold the clock with [`ManualClock::hold`] meanwhile.

use std::collections::{BTreeMap, VecDeque};
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::secrets::{SecretError, SecretKey, SecretStore};
use super::{
    Clock, Network, NetworkError, NetworkRequest, NetworkResponse, NoRandomness, PortFuture, Ports, Random,
    Sleep,
};

/// All ports, around this clock and network: repeatable randomness, no secret store.
pub(crate) fn ports(clock: &ManualClock, network: Arc<dyn Network>) -> Ports {
    Ports {
        clock: Arc::new(clock.clone()),
        sleep: Arc::new(clock.clone()),
        random: Arc::new(SeededRandom::new(1)),
        network,
        secrets: Arc::new(NoSecrets),
    }
}

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

/// Randomness that repeats: the same seed, the same bytes.
pub(crate) struct SeededRandom(Mutex<u64>);

impl SeededRandom {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Mutex::new(seed))
    }
}

impl Random for SeededRandom {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        let mut state = self.0.lock().unwrap();
        for part in buffer.chunks_mut(8) {
            // splitmix64
            *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = *state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            part.copy_from_slice(&(z ^ (z >> 31)).to_le_bytes()[..part.len()]);
        }
        Ok(())
    }
}

/// The same byte for ever: 0 gives the shortest jitter, 0xff the longest.
pub(crate) struct ConstantRandom(pub(crate) u8);

impl Random for ConstantRandom {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        buffer.fill(self.0);
        Ok(())
    }
}

/// No secret store at all.
pub(crate) struct NoSecrets;

impl SecretStore for NoSecrets {
    fn id(&self) -> &'static str {
        "none"
    }

    fn get(&self, _: &str) -> PortFuture<Result<Option<SecretKey>, SecretError>> {
        Box::pin(async { Err(SecretError::Unavailable("this test has none".to_owned())) })
    }

    fn set(&self, _: &str, _: SecretKey) -> PortFuture<Result<(), SecretError>> {
        Box::pin(async { Err(SecretError::Unavailable("this test has none".to_owned())) })
    }

    fn delete(&self, _: &str) -> PortFuture<Result<(), SecretError>> {
        Box::pin(async { Err(SecretError::Unavailable("this test has none".to_owned())) })
    }
}

/// A network that answers as told and remembers what it was sent.
pub(crate) struct ScriptedNetwork {
    clock: ManualClock,
    answer: Box<dyn Fn(&Sent) -> Reply + Send + Sync>,
    sent: Mutex<Vec<Sent>>,
    drops: AtomicUsize,
}

/// A request as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    /// When, on the boot clock.
    pub(crate) at: Duration,
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// How often idle connections had been dropped before.
    pub(crate) drops: usize,
}

impl Sent {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// What the network does with a request.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    Fail(NetworkError),
    /// No answer, ever.
    Hang,
    Answer(FakeAnswer),
}

/// An answer: a head after a while, then the parts of the body.
#[derive(Debug, Clone)]
pub(crate) struct FakeAnswer {
    pub(crate) after: Duration,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) parts: Vec<Part>,
}

/// A part of a body.
#[derive(Debug, Clone)]
pub(crate) enum Part {
    Bytes(Bytes),
    Wait(Duration),
    Fail(NetworkError),
    Hang,
}

impl Reply {
    /// A JSON answer with an `X-Request-ID`, as the servers give it.
    pub(crate) fn json(status: u16, body: impl Into<Bytes>) -> Self {
        Self::body(status, "application/json", body).header("x-request-id", "from-server")
    }

    /// An answer of any type, without `X-Request-ID`.
    pub(crate) fn body(status: u16, kind: &str, body: impl Into<Bytes>) -> Self {
        Self::empty(status)
            .header("content-type", kind)
            .part(Part::Bytes(body.into()))
    }

    /// A head and nothing else.
    pub(crate) fn empty(status: u16) -> Self {
        Self::Answer(FakeAnswer {
            after: Duration::ZERO,
            status,
            headers: HeaderMap::new(),
            parts: Vec::new(),
        })
    }

    pub(crate) fn header(self, name: &str, value: &str) -> Self {
        self.with(|answer| {
            let name: HeaderName = name.parse().unwrap();
            answer.headers.insert(name, HeaderValue::from_str(value).unwrap());
        })
    }

    pub(crate) fn part(self, part: Part) -> Self {
        self.with(|answer| answer.parts.push(part))
    }

    /// Delays the head.
    pub(crate) fn after(self, delay: Duration) -> Self {
        self.with(|answer| answer.after = delay)
    }

    fn with(self, change: impl FnOnce(&mut FakeAnswer)) -> Self {
        match self {
            Self::Answer(mut answer) => {
                change(&mut answer);
                Self::Answer(answer)
            }
            other => other,
        }
    }
}

impl ScriptedNetwork {
    /// Answers each request by looking at it.
    pub(crate) fn answering(
        clock: &ManualClock,
        answer: impl Fn(&Sent) -> Reply + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new(Self {
            clock: clock.clone(),
            answer: Box::new(answer),
            sent: Mutex::default(),
            drops: AtomicUsize::new(0),
        })
    }

    /// Answers the requests in this order; one too many fails the test.
    pub(crate) fn script(clock: &ManualClock, replies: impl IntoIterator<Item = Reply>) -> Arc<Self> {
        let replies = Mutex::new(replies.into_iter().collect::<VecDeque<_>>());
        Self::answering(clock, move |sent| {
            let next = replies.lock().unwrap().pop_front();
            next.unwrap_or_else(|| panic!("no reply left for {} {}", sent.method, sent.url.path()))
        })
    }

    /// What was sent so far.
    pub(crate) fn sent(&self) -> Vec<Sent> {
        self.sent.lock().unwrap().clone()
    }
}

impl Network for ScriptedNetwork {
    fn send(&self, request: NetworkRequest) -> PortFuture<Result<NetworkResponse, NetworkError>> {
        let sent = Sent {
            at: self.clock.elapsed(),
            method: request.method,
            url: request.url,
            headers: request.headers,
            body: request.body,
            drops: self.drops.load(Ordering::SeqCst),
        };
        let reply = (self.answer)(&sent);
        self.sent.lock().unwrap().push(sent);
        let clock = self.clock.clone();
        Box::pin(async move {
            match reply {
                Reply::Fail(error) => Err(error),
                Reply::Hang => std::future::pending().await,
                Reply::Answer(answer) => {
                    clock.sleep(answer.after).await;
                    Ok(NetworkResponse {
                        status: StatusCode::from_u16(answer.status).unwrap(),
                        headers: answer.headers,
                        body: stream::iter(answer.parts)
                            .filter_map(move |part| play(clock.clone(), part))
                            .boxed(),
                    })
                }
            }
        })
    }

    fn drop_idle(&self) {
        self.drops.fetch_add(1, Ordering::SeqCst);
    }
}

async fn play(clock: ManualClock, part: Part) -> Option<Result<Bytes, NetworkError>> {
    match part {
        Part::Bytes(bytes) => Some(Ok(bytes)),
        Part::Wait(delay) => {
            clock.sleep(delay).await;
            None
        }
        Part::Fail(error) => Some(Err(error)),
        Part::Hang => std::future::pending().await,
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
