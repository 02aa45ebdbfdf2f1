//! What every measurement stands on: the server, a device with a signed-in customer, and a caller.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use pmi_core::model::{Freshness, Password, VehicleId};
use pmi_core::ports::secrets::MemorySecrets;
use pmi_core::ports::{
    HttpClient, HttpClientConfig, Network, NetworkError, NetworkRequest, NetworkResponse, PortFuture, Ports,
    SystemClock, SystemRandom, TokioSleep,
};
use pmi_core::{ClientConfig, PmiClient};
use pmi_platform::{Config, Control, ManualClock, Platform, SeededCustomer};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

use crate::Outcome;

/// A little more than an access token lives.
const A_TOKENS_LIFE: Duration = Duration::from_secs(31 * 60);

/// The server and the device.
pub(crate) struct Stage {
    /// Where a caller of the core waits: one thread, as an app's.
    caller: Runtime,
    platform: Platform,
    server_clock: ManualClock,
    customer: SeededCustomer,
    secrets: MemorySecrets,
    folder: TempDir,
    // Last: what runs on it goes first.
    _server: Runtime,
}

impl Stage {
    /// Starts a seeded server without limits, signs a customer in on a device and reads everything once.
    pub(crate) fn build() -> Outcome<Self> {
        let server = Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?;
        let server_clock = ManualClock::new(Timestamp::now());
        let platform = server.block_on(Platform::start(Config {
            clock: Arc::new(server_clock.clone()),
            ..Config::default()
        }))?;
        let customer = platform.seeded().with_critical_prediction();
        let customer = customer
            .cloned()
            .ok_or("the seed has nobody with a critical vehicle")?;
        let stage = Self {
            caller: Builder::new_current_thread().enable_all().build()?,
            platform,
            server_clock,
            customer,
            secrets: MemorySecrets::new(),
            folder: TempDir::new()?,
            _server: server,
        };
        let client = stage.open()?;
        stage.wait(async {
            let password = Password::new(stage.customer.password.as_str());
            client.account().sign_in(&stage.customer.email, password).await?;
            client.account().me(Freshness::NetworkOnly).await?;
            client.vehicles().list(Freshness::NetworkOnly).await?;
            let vehicle = stage.vehicle();
            client.vehicles().details(vehicle, Freshness::NetworkOnly).await?;
            client.bookings().list(Freshness::NetworkOnly).await?;
            client.centers().list(Freshness::NetworkOnly).await?;
            client.notifications().list(Freshness::NetworkOnly).await
        })?;
        client.close();
        Ok(stage)
    }

    /// Waits for a call as an app does: on a thread of its own, outside the core's runtime.
    pub(crate) fn wait<T>(&self, call: impl Future<Output = T>) -> T {
        self.caller.block_on(call)
    }

    /// Opens a client on the signed-in customer's files.
    pub(crate) fn open(&self) -> Outcome<PmiClient> {
        Ok(PmiClient::open(
            &self.config(&self.device()),
            self.ports(Arc::new(HttpClient::new(HttpClientConfig::default())?)),
        )?)
    }

    /// The same with an empty cache of its own and never told an ETag: each of its network reads is a whole answer.
    pub(crate) fn open_without_etags(&self) -> Outcome<PmiClient> {
        let network = WithoutEtags(Arc::new(HttpClient::new(HttpClientConfig::default())?));
        let config = ClientConfig {
            cache_dir: self.fresh("cache", 0),
            ..self.config(&self.device())
        };
        Ok(PmiClient::open(&config, self.ports(Arc::new(network)))?)
    }

    /// A configuration with its files below this folder.
    pub(crate) fn config(&self, dir: &Path) -> ClientConfig {
        ClientConfig::new(self.platform.url(), dir)
    }

    /// Real ports around this network, and the device's keys.
    pub(crate) fn ports(&self, network: Arc<dyn Network>) -> Ports {
        Ports {
            clock: Arc::new(SystemClock),
            sleep: Arc::new(TokioSleep),
            random: Arc::new(SystemRandom::new()),
            network,
            secrets: Arc::new(self.secrets.clone()),
        }
    }

    /// The folder of the signed-in customer's files.
    pub(crate) fn device(&self) -> PathBuf {
        self.folder.path().join("device")
    }

    /// A folder that does not exist yet.
    pub(crate) fn fresh(&self, name: &str, number: usize) -> PathBuf {
        self.folder.path().join(format!("{name}-{number}"))
    }

    /// Who is signed in.
    pub(crate) fn customer(&self) -> &SeededCustomer {
        &self.customer
    }

    /// Their vehicle.
    pub(crate) fn vehicle(&self) -> VehicleId {
        VehicleId(self.customer.critical_vehicle_ids.first().copied().unwrap_or(0))
    }

    /// The server's address.
    pub(crate) fn url(&self) -> String {
        self.platform.url()
    }

    /// What the server counts.
    pub(crate) fn control(&self) -> &Control {
        self.platform.control()
    }

    /// Lets every access token expire. The device's clock has not moved: it learns of it from the server's refusal.
    pub(crate) fn expire_tokens(&self) {
        self.server_clock.advance(A_TOKENS_LIFE);
    }
}

/// A network that loses every ETag.
struct WithoutEtags(Arc<HttpClient>);

impl Network for WithoutEtags {
    fn send(&self, request: NetworkRequest) -> PortFuture<Result<NetworkResponse, NetworkError>> {
        let sent = self.0.send(request);
        Box::pin(async move {
            let mut answer = sent.await?;
            answer.headers.remove("etag");
            Ok(answer)
        })
    }

    fn drop_idle(&self) {
        self.0.drop_idle();
    }
}
