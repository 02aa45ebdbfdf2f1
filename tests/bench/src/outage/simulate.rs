//! One run: all devices of a plan, one kind of client, a server that is down for a while or never.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tempfile::TempDir;
use tokio::runtime::Builder;

use super::plan::{END, Plan, UP};
use super::server::{Arrival, Dialect, Server};
use super::{device, plain};
use crate::Outcome;

/// Files that a device has open: two databases, each with a log and its index; and a lock now and then.
const FILES: u64 = 7;

/// The four runs of one dialect.
pub(super) struct Compared {
    pub(super) core: Pair,
    pub(super) plain: Pair,
}

/// The same with and without an outage.
pub(super) struct Pair {
    pub(super) outage: Run,
    pub(super) calm: Run,
}

/// What a run came to. Times count from its beginning.
pub(super) struct Run {
    pub(super) arrivals: Vec<Arrival>,
    /// Since when each device is well: its outbox is empty and its last read succeeded.
    pub(super) well: Vec<Option<Duration>>,
    /// Since when each outbox is empty.
    pub(super) empty: Vec<Option<Duration>>,
    /// Of the reads that began when the server was back: how many failed all the same.
    pub(super) failed_after: usize,
    pub(super) signed_out: usize,
    /// Bookings that persons made, and that the server has.
    pub(super) accepted: usize,
    pub(super) made: usize,
}

/// Raises the limit of open files as far as so many devices need it.
pub(super) fn allow_files(devices: usize) -> Outcome {
    let needed = devices as u64 * FILES + 100;
    let limit = getrlimit(Resource::Nofile);
    if limit.current.is_none_or(|current| current >= needed) {
        return Ok(());
    }
    if limit.maximum.is_some_and(|maximum| maximum < needed) {
        return Err(format!("so many devices have {needed} files open: raise the limit (ulimit -n)").into());
    }
    setrlimit(
        Resource::Nofile,
        Rlimit {
            current: Some(needed),
            maximum: limit.maximum,
        },
    )?;
    Ok(())
}

/// Runs the plan with either client, with the outage and without.
pub(super) fn compare(plan: &Plan, dialect: Dialect) -> Outcome<Compared> {
    let pair = |is_core| -> Outcome<Pair> {
        Ok(Pair {
            outage: run(plan, dialect, is_core, true)?,
            calm: run(plan, dialect, is_core, false)?,
        })
    };
    Ok(Compared {
        core: pair(true)?,
        plain: pair(false)?,
    })
}

fn run(plan: &Plan, dialect: Dialect, is_core: bool, has_outage: bool) -> Outcome<Run> {
    let folder = folder()?;
    // One thread, whose clock jumps to the next timer whenever nothing is left to be done.
    let runtime = Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()?;
    runtime.block_on(async {
        let server = Server::new(plan, dialect, has_outage);
        let wellness = Wellness::new(&server, plan.devices.len());
        if is_core {
            run_core(plan, &server, &wellness, folder.path()).await?;
        } else {
            for (number, script) in plan.devices.iter().enumerate() {
                let living = plain::live(server.clone(), number, script.clone(), wellness.clone());
                tokio::spawn(living);
            }
            sleep_to_the_end(&server).await;
        }
        Ok(wellness.result(&server))
    })
}

async fn run_core(plan: &Plan, server: &Server, wellness: &Wellness, root: &Path) -> Outcome {
    let blank = root.join("blank");
    device::blank(server, &blank)?;
    let mut living = Vec::with_capacity(plan.devices.len());
    for (number, script) in plan.devices.iter().enumerate() {
        let dir = root.join(number.to_string());
        copy(&blank, &dir)?;
        let (server, wellness, script) = (server.clone(), wellness.clone(), script.clone());
        living.push(tokio::spawn(device::live(server, number, script, dir, wellness)));
    }
    sleep_to_the_end(server).await;
    for device in living {
        device.await??.close();
    }
    Ok(())
}

async fn sleep_to_the_end(server: &Server) {
    tokio::time::sleep(END.saturating_sub(server.now())).await;
}

/// In memory where there is such a place: the cost of a disk is not what is asked for here.
fn folder() -> Outcome<TempDir> {
    let memory = Path::new("/dev/shm");
    Ok(if memory.is_dir() {
        TempDir::new_in(memory)?
    } else {
        TempDir::new()?
    })
}

/// A folder of files and folders.
fn copy(from: &Path, to: &PathBuf) -> Outcome {
    std::fs::create_dir(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let new = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &new)?;
        } else {
            std::fs::copy(entry.path(), new)?;
        }
    }
    Ok(())
}

/// How every device is, told by its person. Clones are one.
#[derive(Clone)]
pub(super) struct Wellness(Arc<Inner>);

struct Inner {
    server: Server,
    devices: Mutex<Vec<Health>>,
}

struct Health {
    /// When the last read whose end is known began, and whether it succeeded.
    read: (Duration, bool),
    waiting: usize,
    failed_after: usize,
    accepted: usize,
    signed_out: bool,
    well: Option<Duration>,
    empty: Option<Duration>,
}

impl Wellness {
    fn new(server: &Server, devices: usize) -> Self {
        let health = || Health {
            read: (Duration::ZERO, true),
            waiting: 0,
            failed_after: 0,
            accepted: 0,
            signed_out: false,
            well: Some(Duration::ZERO),
            empty: Some(Duration::ZERO),
        };
        Self(Arc::new(Inner {
            server: server.clone(),
            devices: Mutex::new((0..devices).map(|_| health()).collect()),
        }))
    }

    /// A read that began then has ended.
    pub(super) fn read(&self, device: usize, began: Duration, well: bool) {
        self.change(device, |health| {
            if began >= UP && !well {
                health.failed_after += 1;
            }
            if began >= health.read.0 {
                health.read = (began, well);
            }
        });
    }

    /// The person has booked.
    pub(super) fn accepted(&self, device: usize) {
        self.change(device, |health| {
            health.accepted += 1;
        });
    }

    /// So many bookings wait on the device.
    pub(super) fn waiting(&self, device: usize, count: usize) {
        self.change(device, |health| health.waiting = count);
    }

    /// The person was asked to sign in.
    pub(super) fn signed_out(&self, device: usize) {
        self.change(device, |health| health.signed_out = true);
    }

    fn change(&self, device: usize, change: impl FnOnce(&mut Health)) {
        let now = self.0.server.now();
        let mut devices = self.0.devices.lock().unwrap_or_else(PoisonError::into_inner);
        let health = &mut devices[device];
        change(health);
        let since = |was: Option<Duration>, is: bool| is.then(|| was.unwrap_or(now));
        health.empty = since(health.empty, health.waiting == 0);
        health.well = since(health.well, health.waiting == 0 && health.read.1);
    }

    fn result(&self, server: &Server) -> Run {
        let devices = self.0.devices.lock().unwrap_or_else(PoisonError::into_inner);
        Run {
            arrivals: server.arrivals(),
            well: devices.iter().map(|health| health.well).collect(),
            empty: devices.iter().map(|health| health.empty).collect(),
            failed_after: devices.iter().map(|health| health.failed_after).sum(),
            signed_out: devices.iter().filter(|health| health.signed_out).count(),
            accepted: devices.iter().map(|health| health.accepted).sum(),
            made: server.bookings(),
        }
    }
}
