//! What a server is started with. Defaults are a v2 server in memory, seeded, without limits, on the machine's clock.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::clock::{Clock, SystemClock};

/// Which of the two platforms the server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// The deployed platform, quirk by quirk.
    V1,
    /// The reference platform.
    V2,
}

/// Where the rows live.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// Nowhere after `stop`: a private SQLite database that goes with the server.
    Memory,
    /// A SQLite file. It holds the signing key too (mode 0600), so a server opened again on it honours every token.
    File(PathBuf),
    /// A `sqlite:` or `postgres:` URL.
    Url(String),
}

/// A token bucket's size. Refill is `per_minute` spread evenly over a minute of the server's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Requests per minute for one customer (v2, signed in) or one address (v1, and v2 signed out). On v1 the bucket holds
    /// twice as many.
    pub per_minute: u32,
    /// v2 only: sign-in, registration and reset attempts per minute from one address.
    pub login_per_minute: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            per_minute: 120,
            login_per_minute: 20,
        }
    }
}

/// The oldest version of an app that is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MinimumApp {
    /// What the app calls itself, before the stroke.
    pub name: String,
    /// Its version, the parts between the dots as numbers.
    pub version: Vec<u32>,
}

impl MinimumApp {
    /// Whether whoever calls itself so is this app, and older. What follows a part's digits (`-beta`) does not count.
    pub(crate) fn refuses(&self, user_agent: &str) -> bool {
        let first = user_agent.split(' ').next().unwrap_or_default();
        let Some((name, version)) = first.split_once('/') else {
            return false;
        };
        let parts = version.split('.').map(|part| {
            let end = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
            part[..end].parse().unwrap_or(0)
        });
        name == self.name && parts.collect::<Vec<u32>>() < self.version
    }
}

/// What a server is started with.
#[derive(Clone)]
pub struct Config {
    /// Which platform it is.
    pub dialect: Dialect,
    /// Where the rows live.
    pub database: Database,
    /// Where it listens. Anything but a loopback address is refused at start.
    pub listen: SocketAddr,
    /// The number an empty database is filled from: 25 customers, 4 of staff, 60 vehicles, 8 service centres. `None` leaves it
    /// empty. A database that was seeded before is left alone.
    pub seed: Option<u64>,
    /// Instead of `seed`: the fixtures of the recorded v1 exchanges (alice 7, bob 8, carol 9, nobike 10, admin 11 and their
    /// vehicles 51 to 54).
    pub golden: bool,
    /// The server's clock.
    pub clock: Arc<dyn Clock>,
    /// The rate limit; `None` is none. `X-RateLimit-*` are sent either way.
    pub limits: Option<Limits>,
    /// How long an access token lives.
    pub access_ttl: Duration,
    /// How long a refresh token lives.
    pub refresh_ttl: Duration,
    /// Whether `/__control/` is served.
    pub control_routes: bool,
    /// The file a password reset's "e-mail" is appended to, one JSON object per line. [`crate::Control::password_resets`]
    /// has them either way.
    pub password_reset_outbox: Option<PathBuf>,
    /// v1 only: whether a limiter's 500 says only `Internal server error`, as production does.
    pub production: bool,
    /// v2 only: how long a request may take, body included, on real time, before it is 503 `unavailable`.
    pub request_timeout: Duration,
    /// v2 only: the largest body taken, in bytes.
    pub max_body: usize,
    /// v2 only: the oldest version of an app that is served, by `User-Agent`; an older one gets 426 `upgrade_required` to
    /// everything. Programs of other names are served.
    pub minimum_app_version: Option<MinimumApp>,
    /// The hours of a centre's wall clock in which a booking may start on v2; `0..24` is round the clock.
    pub opening_hours: Range<u8>,
    /// How long `stop` waits for requests in flight, on real time.
    pub stop_timeout: Duration,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            dialect: Dialect::V2,
            database: Database::Memory,
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            seed: Some(7),
            golden: false,
            clock: Arc::new(SystemClock),
            limits: None,
            access_ttl: Duration::from_secs(30 * 60),
            refresh_ttl: Duration::from_secs(7 * 24 * 60 * 60),
            control_routes: false,
            password_reset_outbox: None,
            production: false,
            request_timeout: Duration::from_secs(30),
            max_body: 256 * 1024,
            minimum_app_version: None,
            opening_hours: 9..18,
            stop_timeout: Duration::from_secs(2),
        }
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("dialect", &self.dialect)
            .field("listen", &self.listen)
            .field("seed", &self.seed)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
