//! What the story plays on: a server whose clock is ours, a folder for the client's files, and clients.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use pmi_core::PmiClient;
use pmi_core::ports::secrets::FileSecrets;
use pmi_core::ports::{Clock, HttpClientConfig, Ports, Sleep};
use pmi_platform::{Config, ManualClock, Platform, SeenBooking};
use tempfile::TempDir;

use super::clock::DeviceClock;
use super::people::Rider;
use super::story::{Story, broken, ms, must};
use crate::app;
use crate::args::DialectArg;
use crate::dirs::Dirs;
use crate::failure::Failure;

/// A little more than an access token lives.
pub(super) const A_TOKENS_LIFE: Duration = Duration::from_secs(31 * 60);

/// How long ago the story begins, so that it ends about now: three tokens expire in it.
const BEGINNING: Duration = Duration::from_secs(3 * 31 * 60);

/// A server and a folder.
pub(super) struct Stage {
    /// The server.
    pub(super) platform: Platform,
    /// Which of the two it is.
    pub(super) dialect: DialectArg,
    /// Its clock.
    pub(super) server_clock: ManualClock,
    /// The device's clock.
    pub(super) device_clock: Arc<DeviceClock>,
    folder: TempDir,
}

/// A booking on the server that this client library made.
#[derive(Debug)]
pub(super) struct Made {
    /// The server's number.
    pub(super) id: i64,
    /// What the client names the operation with that made it: its id on v2, the short reference in the notes on v1.
    pub(super) reference: String,
    /// What the centre's clock shows when it begins: `2026-12-25T10:00:00`.
    pub(super) wall_time: String,
}

/// A client and where its files are.
pub(super) struct Opened {
    /// The core.
    pub(super) client: PmiClient,
    /// Its data directory.
    pub(super) dir: PathBuf,
    /// How long opening took, in milliseconds.
    pub(super) open_ms: f64,
}

impl Stage {
    /// Starts the server, seeded and without limits.
    pub(super) async fn build(dialect: DialectArg, story: &Story) -> Result<Self, Failure> {
        let started = Instant::now();
        let beginning = SignedDuration::try_from(BEGINNING)
            .ok()
            .and_then(|ago| Timestamp::now().checked_sub(ago).ok())
            .unwrap_or_else(Timestamp::now);
        let server_clock = ManualClock::new(beginning);
        let platform = Platform::start(Config {
            dialect: dialect.into(),
            clock: Arc::new(server_clock.clone()),
            ..Config::default()
        })
        .await
        .map_err(|error| broken("a server starts on a free port", error))?;
        let folder = tempfile::tempdir().map_err(|error| broken("there is a temporary folder", error))?;
        story.step(ms(started), &format!("a server is up at {}", platform.url()));
        Ok(Self {
            platform,
            dialect,
            server_clock,
            device_clock: Arc::new(DeviceClock::beginning(BEGINNING)),
            folder,
        })
    }

    /// Opens a client on the folder of that name, with the keys in a file there.
    pub(super) fn open(&self, name: &str) -> Result<Opened, Failure> {
        let dir = self.folder.path().join(name);
        let dirs = Dirs::below(&dir);
        let secrets = FileSecrets::open(&dirs.data.join("secrets"))
            .map_err(|error| broken("keys can be kept in a file", error))?;
        let started = Instant::now();
        let client = app::ports(Arc::new(secrets), HttpClientConfig::default())
            .and_then(|ports| {
                let clock = Arc::clone(&self.device_clock) as Arc<dyn Clock>;
                let sleep = Arc::clone(&self.device_clock) as Arc<dyn Sleep>;
                PmiClient::open(
                    &app::config(&self.platform.url(), &dirs),
                    Ports {
                        clock,
                        sleep,
                        ..ports
                    },
                )
            })
            .map_err(must("a client opens"))?;
        Ok(Opened {
            client,
            dir,
            open_ms: ms(started),
        })
    }

    /// All bookings of the customer, as the server's own rows have them.
    pub(super) async fn rows_of(&self, rider: &Rider) -> Result<Vec<SeenBooking>, Failure> {
        let rows = self.platform.control().bookings(Some(rider.customer)).await;
        rows.map_err(|error| broken("the server can count its bookings", error))
    }

    /// Those that this client library made.
    pub(super) async fn made_by(&self, rider: &Rider) -> Result<Vec<Made>, Failure> {
        let rows = self.rows_of(rider).await?;
        let made = rows.into_iter().filter_map(|row| {
            let reference = match self.dialect {
                DialectArg::V2 => row.client_operation_id?,
                DialectArg::V1 => {
                    let notes = row.notes?;
                    let (_, reference) = notes.trim_end().strip_suffix(']')?.rsplit_once("[pmi:")?;
                    reference.to_owned()
                }
            };
            Some(Made {
                id: row.id,
                reference,
                wall_time: row.wall_time,
            })
        });
        Ok(made.collect())
    }
}
