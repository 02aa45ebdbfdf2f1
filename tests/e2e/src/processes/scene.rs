//! A server, and the folders of devices that are signed in to it and whose access token is over.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use pmi_core::model::{Freshness, Password};
use pmi_core::ports::Ports;
use pmi_core::ports::secrets::FileSecrets;
use pmi_core::{ClientConfig, PmiClient};
use pmi_platform::{Config, Control, Dialect, Platform, SeededCustomer};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

use super::clock::SharedClock;
use super::program::Program;
use super::steps::Then;

/// A little more than an access token lives.
const A_TOKENS_LIFE: Duration = Duration::from_secs(31 * 60);

/// One server on a runtime of its own, so that a test may wait for a process where it stands.
pub struct Scene {
    /// Which dialect it speaks.
    pub dialect: Dialect,
    /// The program that is a device.
    program: &'static str,
    platform: Platform,
    clock: SharedClock,
    folder: TempDir,
    runtime: Runtime,
}

/// A device's folder, with somebody signed in.
pub struct Desk<'a> {
    scene: &'a Scene,
    dir: TempDir,
}

impl Scene {
    /// Starts a seeded server without limits.
    ///
    /// # Panics
    /// If it does not start.
    #[must_use]
    pub fn start(dialect: Dialect, program: &'static str) -> Self {
        let folder = folder();
        let clock = SharedClock::of(folder.path().join("clock"));
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        let config = Config {
            dialect,
            clock: Arc::new(clock.clone()),
            ..Config::default()
        };
        let platform = runtime.block_on(Platform::start(config)).expect("it starts");
        Self {
            dialect,
            program,
            platform,
            clock,
            folder,
            runtime,
        }
    }

    /// What the server counts and how it fails.
    #[must_use]
    pub fn control(&self) -> &Control {
        self.platform.control()
    }

    /// Lets time pass, for the server and for every device.
    pub fn let_pass(&self, time: Duration) {
        self.clock.advance(time);
    }

    /// Waits for the server.
    pub fn wait<T>(&self, what: impl Future<Output = T>) -> T {
        self.runtime.block_on(what)
    }

    /// A new device on which the garage was read and the access token is over, and the counts at zero.
    ///
    /// # Panics
    /// If that cannot be had.
    #[must_use]
    pub fn desk(&self) -> Desk<'_> {
        self.desk_after(|_| std::future::ready(()))
    }

    /// The same; `before` is done while the access token is good.
    ///
    /// # Panics
    /// If that cannot be had.
    #[must_use]
    pub fn desk_after<F: Future<Output = ()>>(&self, before: impl FnOnce(PmiClient) -> F) -> Desk<'_> {
        let desk = Desk {
            scene: self,
            dir: folder(),
        };
        let customer = self.customer();
        let config = ClientConfig::new(self.platform.url(), desk.dir());
        let ports = ports(desk.dir(), &self.clock).expect("a network");
        let client = PmiClient::open(&config, ports).expect("it opens");
        self.wait(async {
            let password = Password::new(customer.password.as_str());
            client
                .account()
                .sign_in(&customer.email, password)
                .await
                .expect("signed in");
            let read = client.vehicles().list(Freshness::NetworkOnly).await;
            read.expect("the garage");
            before(client.clone()).await;
        });
        client.close();
        self.let_pass(A_TOKENS_LIFE);
        self.control().clear();
        self.control().reset_counts();
        desk
    }

    fn customer(&self) -> &SeededCustomer {
        let customer = self.platform.seeded().with_critical_prediction();
        customer.expect("the seed has a customer with a critical vehicle")
    }

    fn clock_file(&self) -> PathBuf {
        self.folder.path().join("clock")
    }
}

impl Desk<'_> {
    /// Starts a process on this device.
    #[must_use]
    pub fn begin(&self, then: Then) -> Program {
        self.begin_at(then, &self.scene.clock_file())
    }

    /// The same on a clock of its own, which agrees with the others' until they are moved: a process that was stopped learns of
    /// the time that has passed only when its timers get their turn.
    #[must_use]
    pub fn begin_apart(&self, then: Then) -> (Program, SharedClock) {
        let file = self.dir().join("clock");
        let clock = self.scene.clock.apart(file.clone());
        (self.begin_at(then, &file), clock)
    }

    fn begin_at(&self, then: Then, clock: &Path) -> Program {
        let (url, then) = (self.scene.platform.url(), then.to_string());
        let args: [&OsStr; 4] = [self.dir().as_ref(), url.as_ref(), clock.as_ref(), then.as_ref()];
        Program::start(self.scene.program, &args)
    }

    fn dir(&self) -> &Path {
        self.dir.path()
    }
}

/// The ports of a device in this folder.
///
/// # Errors
/// If its network cannot be set up.
///
/// # Panics
/// If it has no secret store.
pub fn ports(dir: &Path, clock: &SharedClock) -> pmi_core::Result<Ports> {
    let secrets = FileSecrets::open(&dir.join("secrets")).expect("a secret store");
    let ports = Ports::system(Arc::new(secrets))?;
    Ok(Ports {
        clock: Arc::new(clock.clone()),
        sleep: Arc::new(clock.clone()),
        ..ports
    })
}

/// A new folder, in memory where there is such a place: no test here is about a power cut, and many files are synced.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() {
        TempDir::new_in(memory)
    } else {
        TempDir::new()
    };
    made.expect("a folder")
}
