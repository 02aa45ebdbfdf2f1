//! One server, and the devices that talk to it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use pmi_core::model::Password;
use pmi_core::ports::secrets::MemorySecrets;
use pmi_core::ports::{Network, Ports, SecretStore};
use pmi_core::{ClientConfig, PmiClient};
use pmi_platform::{Config, Control, Dialect, Fault, Gate, ManualClock, Match, Platform, SeededCustomer};
use serde_json::json;
use tempfile::TempDir;

use crate::clock::{DeviceClock, SkippingSleeps};
use crate::network::Watched;

/// When every scenario begins.
const BEGINNING: &str = "2026-11-23T09:00:00Z";

/// No wait of our own choosing between two tries is longer.
const A_BACKOFF: Duration = Duration::from_secs(10);

/// Longer than the silence an exchange bears (15 s) and its deadline (20 s).
const STILL_AT_WORK: std::ops::RangeInclusive<Duration> = Duration::from_secs(21)..=Duration::from_secs(30);

/// One server and its clock.
pub struct World {
    /// The server.
    pub platform: Platform,
    /// Its clock.
    pub server_clock: ManualClock,
    /// Which dialect it speaks.
    pub dialect: Dialect,
}

/// A device with its own clock, disk and secret store. It outlives the clients that run on it.
pub struct Device {
    /// Its clock.
    pub clock: DeviceClock,
    /// Its secret store.
    pub secrets: Arc<MemorySecrets>,
    /// Bytes that its cache may take.
    pub cache_cap: u64,
    /// The zone of the centres' clocks, for a server that does not say.
    pub center_time_zone: String,
    dir: TempDir,
    server: String,
}

impl World {
    /// Starts a seeded server without limits.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn start(dialect: Dialect) -> Self {
        Self::start_with(Config {
            dialect,
            ..Config::default()
        })
        .await
    }

    /// Starts a server of this configuration, on a clock of the test's.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn start_with(config: Config) -> Self {
        let server_clock = ManualClock::new(beginning());
        let dialect = config.dialect;
        let config = Config {
            clock: Arc::new(server_clock.clone()),
            ..config
        };
        let platform = Platform::start(config).await.expect("the server starts");
        Self {
            platform,
            server_clock,
            dialect,
        }
    }

    /// What the server counts and how it fails.
    #[must_use]
    pub fn control(&self) -> &Control {
        self.platform.control()
    }

    /// Holds the answer to the next such request until the gate is released.
    #[must_use]
    pub fn hold_next(&self, request: Match) -> Gate {
        let gate = Gate::new();
        let held = Fault::HoldAfter(gate.clone());
        self.control().on(request).times(1).then(held);
        gate
    }

    /// What this server says to an access token that it does not take.
    #[must_use]
    pub fn token_refused(&self) -> Fault {
        let body = match self.dialect {
            Dialect::V1 => json!({"detail": "Could not validate credentials"}),
            Dialect::V2 => json!({"error": "invalid_token", "message": "no", "request_id": "r"}),
        };
        Fault::Status {
            status: 401,
            headers: vec![("WWW-Authenticate".into(), "Bearer".into())],
            body: body.to_string().into(),
            content_type: "application/json".into(),
        }
    }

    /// A customer whom v1, too, lets sign in, with a vehicle in a critical state if there is such a one.
    ///
    /// # Panics
    /// If the seed has nobody.
    #[must_use]
    pub fn customer(&self) -> &SeededCustomer {
        self.platform
            .seeded()
            .with_critical_prediction()
            .expect("the seed has a customer with a critical vehicle")
    }

    /// A new device whose clock agrees with the server's.
    ///
    /// # Panics
    /// If it has no disk.
    #[must_use]
    pub fn device(&self) -> Device {
        let defaults = ClientConfig::new("", Path::new(""));
        Device {
            clock: DeviceClock::new(beginning()),
            secrets: Arc::new(MemorySecrets::new()),
            cache_cap: defaults.cache_cap,
            center_time_zone: defaults.center_time_zone,
            dir: TempDir::new().expect("a folder"),
            server: self.platform.url(),
        }
    }

    /// Another customer whom v1, too, lets sign in.
    ///
    /// # Panics
    /// If the seed has nobody else.
    #[must_use]
    pub fn other_customer(&self) -> &SeededCustomer {
        let first = self.customer().id;
        self.platform
            .seeded()
            .all_with_single_vehicle()
            .find(|customer| customer.id != first)
            .expect("the seed has another customer")
    }

    /// A new device on which this customer is signed in.
    ///
    /// # Panics
    /// If the sign-in fails.
    pub async fn device_of(&self, customer: &SeededCustomer) -> (Device, PmiClient) {
        let device = self.device();
        let client = device.open();
        client
            .account()
            .sign_in(&customer.email, Password::new(customer.password.as_str()))
            .await
            .expect("the sign-in");
        (device, client)
    }

    /// A new device on which [`World::customer`] is signed in, and the counts at zero.
    ///
    /// # Panics
    /// If the sign-in fails.
    pub async fn signed_in(&self) -> (Device, PmiClient) {
        let signed_in = self.device_of(self.customer()).await;
        self.control().reset_counts();
        signed_in
    }

    /// Signs [`World::customer`] in.
    ///
    /// # Errors
    /// Those of the sign-in.
    pub async fn sign_in(&self, client: &PmiClient) -> pmi_core::Result<()> {
        let customer = self.customer();
        client
            .account()
            .sign_in(&customer.email, Password::new(customer.password.as_str()))
            .await
    }

    /// Lets time pass on the server alone: the device believes its token still to be good.
    pub fn expire_tokens_unseen(&self) {
        self.server_clock.advance(Duration::from_secs(31 * 60));
    }

    /// From now on ends every sleep of at most ten seconds at once, by moving both clocks; until the guard is dropped.
    /// Deadlines are longer and go on standing.
    #[must_use]
    pub fn skip_sleeps(&self, device: &Device) -> SkippingSleeps {
        self.skip(device, |left| left <= A_BACKOFF)
    }

    /// The same, and of the half minute in which a v1 server may still be at work; not of any exchange's deadline.
    #[must_use]
    pub fn skip_waits(&self, device: &Device) -> SkippingSleeps {
        self.skip(device, |left| left <= A_BACKOFF || STILL_AT_WORK.contains(&left))
    }

    fn skip(&self, device: &Device, skipped: fn(Duration) -> bool) -> SkippingSleeps {
        let server_clock = self.server_clock.clone();
        device
            .clock
            .skip_sleeps(skipped, move |by| server_clock.advance(by))
    }

    /// Lets time pass on both.
    pub fn expire_tokens(&self, device: &Device) {
        self.server_clock.advance(Duration::from_secs(31 * 60));
        device.clock.advance(Duration::from_secs(31 * 60));
    }
}

impl Device {
    /// Starts a client on this device, as a new process would.
    ///
    /// # Panics
    /// If it does not open.
    #[must_use]
    pub fn open(&self) -> PmiClient {
        self.try_open().expect("the client opens")
    }

    /// The same, for a client that may not open.
    ///
    /// # Errors
    /// Those of [`PmiClient::open`].
    pub fn try_open(&self) -> pmi_core::Result<PmiClient> {
        self.try_open_at(&self.server)
    }

    /// The same, for another server than the device's own.
    ///
    /// # Errors
    /// Those of [`PmiClient::open`].
    pub fn try_open_at(&self, server: &str) -> pmi_core::Result<PmiClient> {
        let network = Ports::system(Arc::clone(&self.secrets) as _)?.network;
        self.try_open_on(server, &self.clock, network)
    }

    /// The same over this network, and on a clock of its own.
    ///
    /// # Panics
    /// If it does not open.
    #[must_use]
    pub fn open_on(&self, clock: &DeviceClock, network: Arc<dyn Network>) -> PmiClient {
        self.try_open_on(&self.server, clock, network)
            .expect("the client opens")
    }

    /// The same with another secret store.
    ///
    /// # Panics
    /// If it does not open.
    #[must_use]
    pub fn open_with(&self, secrets: Arc<dyn SecretStore>) -> PmiClient {
        let ports = Ports::system(secrets).expect("ports");
        let network = Arc::clone(&ports.network);
        self.try_open_of(&self.server, &self.clock, network, ports)
            .expect("the client opens")
    }

    fn try_open_on(
        &self,
        server: &str,
        clock: &DeviceClock,
        network: Arc<dyn Network>,
    ) -> pmi_core::Result<PmiClient> {
        let ports = Ports::system(Arc::clone(&self.secrets) as _)?;
        self.try_open_of(server, clock, network, ports)
    }

    fn try_open_of(
        &self,
        server: &str,
        clock: &DeviceClock,
        network: Arc<dyn Network>,
        ports: Ports,
    ) -> pmi_core::Result<PmiClient> {
        let watched = Watched {
            inner: network,
            clock: clock.clone(),
        };
        let clock = Arc::new(clock.clone());
        let ports = Ports {
            clock: Arc::clone(&clock) as _,
            sleep: clock,
            network: Arc::new(watched),
            ..ports
        };
        let mut config = ClientConfig::new(server, self.dir.path());
        config.cache_cap = self.cache_cap;
        config.center_time_zone.clone_from(&self.center_time_zone);
        PmiClient::open(&config, ports)
    }

    /// The same on the device's own clock.
    ///
    /// # Panics
    /// If it does not open.
    #[must_use]
    pub fn open_over(&self, network: Arc<dyn Network>) -> PmiClient {
        self.open_on(&self.clock, network)
    }

    /// Where the cache file is.
    #[must_use]
    pub fn cache_dir(&self) -> PathBuf {
        self.dir.path().join("cache")
    }

    /// The files of this device that are open in this process, locks among them.
    ///
    /// # Panics
    /// If the system does not tell.
    #[must_use]
    pub fn open_files(&self) -> Vec<PathBuf> {
        let open = std::fs::read_dir("/proc/self/fd").expect("a list of what is open");
        let targets = open.filter_map(|one| std::fs::read_link(one.ok()?.path()).ok());
        targets.filter(|path| path.starts_with(self.dir())).collect()
    }

    /// Where both files are.
    #[must_use]
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }
}

fn beginning() -> Timestamp {
    BEGINNING.parse().expect("a time")
}
