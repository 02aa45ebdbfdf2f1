//! What the core takes from the world, as parameters: clock, sleep, randomness, network, secret store.
//!
//! Each has the real thing for a desktop beside its trait; tests and shells pass their own. Nothing else in the core
//! reads a clock, draws a random number, opens a socket or asks a keychain.

#[cfg(target_os = "android")]
pub mod android;
mod clock;
#[cfg(test)]
pub(crate) mod fakes;
mod http_client;
mod jvm;
mod network;
mod random;
pub mod secrets;
mod trust;

use std::sync::Arc;

use futures_util::future::BoxFuture;

pub(crate) use clock::DERIVED_BOOT;
pub use clock::{BootTime, Clock, Sleep, SystemClock, TokioSleep};
pub use http_client::{HttpClient, HttpClientConfig};
pub use network::{BodyStream, Network, NetworkError, NetworkRequest, NetworkResponse, Permit};
pub(crate) use random::random_hex;
pub use random::{NoRandomness, Random, SystemRandom};
pub use secrets::{SecretError, SecretKey, SecretStore};
pub use trust::{Pin, Pins, RootCertificate, TrustError};

/// Everything the core takes from the world.
#[derive(Clone)]
pub struct Ports {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Waits.
    pub sleep: Arc<dyn Sleep>,
    /// Draws random bytes.
    pub random: Arc<dyn Random>,
    /// Carries HTTP exchanges.
    pub network: Arc<dyn Network>,
    /// Keeps the keys.
    pub secrets: Arc<dyn SecretStore>,
}

impl Ports {
    /// The device's own clocks, randomness and network, with this secret store.
    ///
    /// # Errors
    /// Those of [`Ports::system_with`].
    pub fn system(secrets: Arc<dyn SecretStore>) -> crate::Result<Self> {
        Self::system_with(secrets, HttpClientConfig::default())
    }

    /// The same with a network that connects as `http` says: own root certificates, pins, times.
    ///
    /// # Errors
    /// `InvalidInput` for `http` if it cannot be right, and on Android before `ports::android::initialise` was called.
    pub fn system_with(secrets: Arc<dyn SecretStore>, http: HttpClientConfig) -> crate::Result<Self> {
        let network = HttpClient::new(http).map_err(|error| crate::Error::InvalidInput {
            field: "http".to_owned(),
            reason: error.to_string(),
        })?;
        Ok(Self {
            clock: Arc::new(SystemClock),
            sleep: Arc::new(TokioSleep),
            random: Arc::new(SystemRandom::new()),
            network: Arc::new(network),
            secrets,
        })
    }
}

/// A boxed future, as the traits here return it, so that they can be trait objects.
pub type PortFuture<T> = BoxFuture<'static, T>;
