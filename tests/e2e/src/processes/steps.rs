//! The ports, with each call of one a numbered step, at which this process can end or stop.
//!
//! A step is taken before the call and, for one that is waited for, again when its answer is there: so a process stopped at
//! every step is stopped at both ends of every wait.

use std::fmt;
use std::future::ready;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use jiff::Timestamp;
use pmi_core::ports::{
    Clock, Network, NetworkError, NetworkRequest, NetworkResponse, NoRandomness, Permit, PortFuture, Ports,
    Random, SecretError, SecretKey, SecretStore, Sleep,
};
use rustix::process::{Signal, getpid, kill_process};

/// What happens, and at which step, counted from 1. The process says which step that is first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// Nothing: steps are only counted.
    Count,
    /// The process dies at this step, as by `kill -9`.
    Kill(usize),
    /// The process stops at this step until it is told to go on.
    Stop(usize),
    /// The process dies at this point. Points are the steps at which more is on disk than at the one before, or that are the
    /// network's: at those in between it would leave behind the same.
    KillAtPoint(usize),
}

impl fmt::Display for Then {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count => f.write_str("count"),
            Self::Kill(step) => write!(f, "kill:{step}"),
            Self::Stop(step) => write!(f, "stop:{step}"),
            Self::KillAtPoint(point) => write!(f, "point:{point}"),
        }
    }
}

impl Then {
    /// Reads what [`Display`](fmt::Display) writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (word, step) = text.split_once(':').unwrap_or((text, "0"));
        let step = step.parse().ok()?;
        match word {
            "count" => Some(Self::Count),
            "kill" => Some(Self::Kill(step)),
            "stop" => Some(Self::Stop(step)),
            "point" => Some(Self::KillAtPoint(step)),
            _ => None,
        }
    }
}

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Which port, and what was asked of it or answered.
    pub name: String,
    /// How many transactions of the durable file were complete then. A process that dies at a step leaves exactly these, so
    /// steps meet every state of the file only if none adds two to the one before it.
    pub commits: usize,
}

/// The steps of this process.
#[derive(Clone)]
pub struct Steps(Arc<Inner>);

struct Inner {
    then: Then,
    /// The log of the durable file.
    wal: PathBuf,
    taken: Mutex<Vec<Step>>,
    points: Mutex<Points>,
}

/// The points so far, and what was on disk at the last step.
#[derive(Default)]
struct Points {
    count: usize,
    size: u64,
    commits: usize,
}

impl Steps {
    /// No step yet.
    #[must_use]
    pub fn new(then: Then, wal: PathBuf) -> Self {
        let (taken, points) = Default::default();
        Self(Arc::new(Inner {
            then,
            wal,
            taken,
            points,
        }))
    }

    /// All steps so far.
    #[must_use]
    pub fn taken(&self) -> Vec<Step> {
        self.0
            .taken
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// These ports, by steps.
    #[must_use]
    pub fn over(&self, ports: Ports) -> Ports {
        Ports {
            clock: Arc::new(Stepped(ports.clock, self.clone())),
            sleep: Arc::new(Stepped(ports.sleep, self.clone())),
            random: Arc::new(Stepped(ports.random, self.clone())),
            network: Arc::new(Stepped(ports.network, self.clone())),
            secrets: Arc::new(Stepped(ports.secrets, self.clone())),
        }
    }

    fn step(&self, name: impl Into<String>) {
        self.take(name.into(), false);
    }

    fn network_step(&self, name: impl Into<String>) {
        self.take(name.into(), true);
    }

    /// Which point this is, if it is one.
    fn point(&self, is_network: bool) -> Option<usize> {
        let inner = &*self.0;
        let mut points = inner.points.lock().unwrap_or_else(PoisonError::into_inner);
        let size = std::fs::metadata(&inner.wal).map_or(0, |wal| wal.len());
        let mut is_one = is_network;
        if size != points.size {
            let commits = commits(&std::fs::read(&inner.wal).unwrap_or_default());
            is_one |= commits != points.commits;
            (points.size, points.commits) = (size, commits);
        }
        points.count += usize::from(is_one);
        is_one.then_some(points.count)
    }

    fn take(&self, name: String, is_network: bool) {
        let inner = &*self.0;
        if let Then::KillAtPoint(last) = inner.then {
            if self.point(is_network) == Some(last) {
                say(&name);
                kill_process(getpid(), Signal::KILL).expect("a process may signal itself");
            }
            return;
        }
        let number = {
            let mut taken = inner.taken.lock().unwrap_or_else(PoisonError::into_inner);
            taken.push(Step {
                name: name.clone(),
                commits: match inner.then {
                    Then::Count => commits(&std::fs::read(&inner.wal).unwrap_or_default()),
                    Then::Kill(_) | Then::Stop(_) | Then::KillAtPoint(_) => 0,
                },
            });
            taken.len()
        };
        let signal = match inner.then {
            Then::Kill(step) if step == number => Signal::KILL,
            Then::Stop(step) if step == number => Signal::STOP,
            _ => return,
        };
        say(&name);
        kill_process(getpid(), signal).expect("a process may signal itself");
    }
}

/// Says a line to whoever runs this process.
///
/// # Panics
/// If nobody does.
pub fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")
        .and_then(|()| out.flush())
        .expect("somebody listens");
}

/// How many transactions a write-ahead log of SQLite's holds: a frame that ends one says how large the file is then.
fn commits(wal: &[u8]) -> usize {
    const HEADER: usize = 32;
    const FRAME_HEADER: usize = 24;
    let number = |bytes: &[u8], at: usize| {
        let bytes = bytes.get(at..at + 4)?.try_into().ok()?;
        Some(u32::from_be_bytes(bytes))
    };
    let (Some(page), Some(salt)) = (number(wal, 8), wal.get(16..24)) else {
        return 0;
    };
    let frames = wal[HEADER..].chunks_exact(FRAME_HEADER + page as usize);
    // Frames of an earlier round of the log are still there behind those of this one.
    frames
        .take_while(|frame| &frame[8..16] == salt)
        .filter(|frame| number(frame, 4) != Some(0))
        .count()
}

/// A port, by steps.
struct Stepped<T: ?Sized>(Arc<T>, Steps);

impl Clock for Stepped<dyn Clock> {
    fn wall(&self) -> Timestamp {
        self.1.step("the wall clock");
        self.0.wall()
    }

    fn elapsed(&self) -> Duration {
        self.1.step("the boot clock");
        self.0.elapsed()
    }

    fn boot_id(&self) -> String {
        self.1.step("the boot's name");
        self.0.boot_id()
    }
}

impl Sleep for Stepped<dyn Sleep> {
    fn sleep(&self, duration: Duration) -> PortFuture<()> {
        self.1.step("a sleep begins");
        let (sleeping, steps) = (self.0.sleep(duration), self.1.clone());
        Box::pin(async move {
            sleeping.await;
            steps.step("a sleep ends");
        })
    }
}

impl Random for Stepped<dyn Random> {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        self.1.step(format!("{} random bytes", buffer.len()));
        self.0.fill(buffer)
    }
}

impl Stepped<dyn SecretStore> {
    fn ask<T: 'static>(&self, what: &'static str, asked: PortFuture<T>) -> PortFuture<T> {
        self.1.step(format!("the secret store is asked to {what}"));
        let steps = self.1.clone();
        Box::pin(async move {
            let answer = asked.await;
            steps.step(format!("the secret store has answered to {what}"));
            answer
        })
    }
}

impl SecretStore for Stepped<dyn SecretStore> {
    fn id(&self) -> &'static str {
        self.0.id()
    }

    fn get(&self, name: &str) -> PortFuture<Result<Option<SecretKey>, SecretError>> {
        self.ask("give", self.0.get(name))
    }

    fn set(&self, name: &str, key: SecretKey) -> PortFuture<Result<(), SecretError>> {
        self.ask("keep", self.0.set(name, key))
    }

    fn delete(&self, name: &str) -> PortFuture<Result<(), SecretError>> {
        self.ask("forget", self.0.delete(name))
    }
}

impl Network for Stepped<dyn Network> {
    fn send(&self, mut request: NetworkRequest) -> PortFuture<Result<NetworkResponse, NetworkError>> {
        let steps = self.1.clone();
        let name = format!("{} {}", request.method, request.url.path());
        steps.network_step(format!("{name} is sent"));
        if let Some(permit) = request.permit.take() {
            let (steps, name) = (steps.clone(), name.clone());
            request.permit = Some(Permit::new(move || {
                steps.network_step(format!("the permit of {name} is asked"));
                let granted = permit.is_granted();
                steps.network_step(format!("the permit of {name} says {granted}"));
                granted
            }));
        }
        let sent = self.0.send(request);
        Box::pin(async move {
            let answer = sent.await;
            match &answer {
                Ok(answer) => steps.network_step(format!("{name} is answered {}", answer.status.as_u16())),
                Err(_) => steps.network_step(format!("{name} is not answered")),
            }
            let mut answer = answer?;
            let (part, end) = (steps.clone(), steps);
            let ended = name.clone();
            let body = answer
                .body
                .inspect(move |_| part.network_step(format!("a part of the answer to {name}")));
            let end = stream::iter([()]).filter_map(move |()| {
                end.network_step(format!("the end of the answer to {ended}"));
                ready(None)
            });
            answer.body = body.chain(end).boxed();
            Ok(answer)
        })
    }

    fn drop_idle(&self) {
        self.1.step("idle connections are dropped");
        self.0.drop_idle();
    }
}
