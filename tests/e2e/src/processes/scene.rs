//! A server, and the folders of devices that are signed in to it and whose access token is over.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::civil::Date;
use pmi_core::model::{Freshness, Password};
use pmi_core::ports::Ports;
use pmi_core::ports::secrets::FileSecrets;
use pmi_core::{ClientConfig, PmiClient};
use pmi_platform::{Config, Control, Dialect, Platform, SeededCustomer, SeenPhoto};
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
    garage: OnceLock<[i64; 3]>,
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
            garage: OnceLock::new(),
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

    /// A device that is signed in, with three vehicles in its garage and a token that is good: a pattern for [`Desk::copy`].
    ///
    /// # Panics
    /// If that cannot be had.
    #[must_use]
    pub fn desk_with_three_vehicles(&self) -> Desk<'_> {
        let desk = Desk {
            scene: self,
            dir: folder(),
        };
        let client = self.sign_in(&desk);
        // v1 lets nobody sign in who has several vehicles, nor claims any: they are claimed meanwhile.
        self.control().set_dialect(Dialect::V2);
        let elsewhere = Desk {
            scene: self,
            dir: folder(),
        };
        let other = self.sign_in(&elsewhere);
        self.wait(async {
            for vin in &self.platform.seeded().unclaimed_vins[..2] {
                other.vehicles().claim(vin).await.expect("claimed");
            }
        });
        other.close();
        self.control().set_dialect(self.dialect);
        self.wait(async {
            let read = client.vehicles().list(Freshness::NetworkOnly).await;
            let ids = read
                .expect("the garage")
                .value
                .into_iter()
                .map(|one| one.vehicle.id.0);
            let garage: Vec<i64> = ids.collect();
            let garage = garage.try_into().expect("three vehicles");
            self.garage.set(garage).expect("claimed once");
            let centers = client.centers().list(Freshness::NetworkOnly).await;
            centers.expect("the centres");
        });
        client.close();
        self.control().reset_counts();
        desk
    }

    /// Opens a client there, and signs the customer in.
    fn sign_in(&self, desk: &Desk<'_>) -> PmiClient {
        let customer = self.customer();
        let config = ClientConfig::new(self.platform.url(), desk.dir());
        let ports = ports(desk.dir(), &self.clock).expect("a network");
        let client = PmiClient::open(&config, ports).expect("it opens");
        let password = Password::new(customer.password.as_str());
        self.wait(client.account().sign_in(&customer.email, password))
            .expect("signed in");
        client
    }

    /// The vehicles of the customer once there are three of them, in the order of the garage.
    ///
    /// # Panics
    /// If they were not claimed.
    #[must_use]
    pub fn garage(&self) -> [i64; 3] {
        *self.garage.get().expect("three vehicles were claimed")
    }

    /// Wall time and status of each booking of this day, by its vehicle.
    ///
    /// # Panics
    /// If the server cannot be asked.
    #[must_use]
    pub fn booked_on(&self, day: Date) -> Vec<(i64, String)> {
        let seen = self.wait(self.control().bookings(Some(self.customer().id)));
        let day = format!("{day}T");
        let of_day = |wall: &str| wall.strip_prefix(day.as_str()).map(str::to_owned);
        let seen = seen.expect("asked").into_iter();
        seen.filter_map(|one| {
            Some((
                one.vehicle_id,
                format!("{} {}", of_day(&one.wall_time)?, one.status),
            ))
        })
        .collect()
    }

    /// The photos of all bookings of this day.
    ///
    /// # Panics
    /// If the server cannot be asked.
    #[must_use]
    pub fn photos_on(&self, day: Date) -> Vec<SeenPhoto> {
        let control = self.control();
        self.wait(async {
            let seen = control.bookings(Some(self.customer().id)).await;
            let mut photos = Vec::new();
            for one in seen.expect("asked") {
                if one.wall_time.starts_with(&format!("{day}T")) {
                    photos.extend(control.photos(one.id).await.expect("asked"));
                }
            }
            photos
        })
    }

    /// The same as [`Scene::desk`]; `before` is done while the access token is good.
    ///
    /// # Panics
    /// If that cannot be had.
    #[must_use]
    pub fn desk_after<F: Future<Output = ()>>(&self, before: impl FnOnce(PmiClient) -> F) -> Desk<'_> {
        let desk = Desk {
            scene: self,
            dir: folder(),
        };
        let client = self.sign_in(&desk);
        self.wait(async {
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

impl<'a> Desk<'a> {
    /// Another device that stands where this one stands, with a clock of its own.
    ///
    /// # Panics
    /// If it cannot be copied.
    #[must_use]
    pub fn copy(&self) -> Desk<'a> {
        let dir = folder();
        copy_all(self.dir(), dir.path());
        let copy = Desk {
            scene: self.scene,
            dir,
        };
        let _ = self.scene.clock.apart(copy.own_clock());
        copy
    }

    /// Starts a process on this device, which has a clock of its own that does not let it wait.
    #[must_use]
    pub fn begin_hasty(&self, then: Then) -> Program {
        self.begin_with(then, &self.own_clock(), &["hasty".as_ref()])
    }

    /// What this device knew of the server is lost, as when the row was on a damaged page: it asks again which dialect it speaks.
    ///
    /// # Panics
    /// If the file cannot be changed.
    pub fn forget_the_server(&self) {
        let file = rusqlite::Connection::open(self.dir().join("data/durable.sqlite3"));
        let forgotten = file
            .expect("it opens")
            .execute("UPDATE origin SET dialect = NULL", []);
        assert_eq!(forgotten, Ok(1));
    }

    fn own_clock(&self) -> PathBuf {
        self.dir().join("clock")
    }

    /// Starts a process on this device.
    #[must_use]
    pub fn begin(&self, then: Then) -> Program {
        self.begin_at(then, &self.scene.clock_file())
    }

    /// The same on a clock of its own, which agrees with the others' until they are moved: a process that was stopped learns of
    /// the time that has passed only when its timers get their turn.
    #[must_use]
    pub fn begin_apart(&self, then: Then) -> (Program, SharedClock) {
        let file = self.own_clock();
        let clock = self.scene.clock.apart(file.clone());
        (self.begin_at(then, &file), clock)
    }

    fn begin_at(&self, then: Then, clock: &Path) -> Program {
        self.begin_with(then, clock, &[])
    }

    fn begin_with(&self, then: Then, clock: &Path, more: &[&OsStr]) -> Program {
        let (url, then) = (self.scene.platform.url(), then.to_string());
        let args: [&OsStr; 4] = [self.dir().as_ref(), url.as_ref(), clock.as_ref(), then.as_ref()];
        let args = [&args, more].concat();
        Program::start(self.scene.program, &args)
    }

    /// The folder of this device.
    #[must_use]
    pub fn dir(&self) -> &Path {
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

fn copy_all(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            std::fs::create_dir(&to).expect("made");
            copy_all(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), &to).expect("copied");
        }
    }
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
