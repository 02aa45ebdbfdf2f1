//! What the core takes from the world, as parameters: clock, sleep, randomness, network, secret store.
//!
//! Each has the real thing for a desktop beside its trait; tests and shells pass their own. Nothing else in the core
//! reads a clock, draws a random number, opens a socket or asks a keychain.

mod clock;
#[cfg(test)]
pub(crate) mod fakes;
mod http_client;
mod network;
mod random;
pub mod secrets;

use std::sync::Arc;

use futures_util::future::BoxFuture;

pub use clock::{BootTime, Clock, Sleep, SystemClock, TokioSleep};
pub use http_client::{HttpClient, HttpClientConfig};
pub use network::{BodyStream, Network, NetworkError, NetworkRequest, NetworkResponse, Permit};
pub(crate) use random::random_hex;
pub use random::{NoRandomness, Random, SystemRandom};
pub use secrets::{SecretError, SecretKey, SecretStore};

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
    /// `Internal` if the network stack cannot be set up.
    pub fn system(secrets: Arc<dyn SecretStore>) -> crate::Result<Self> {
        let network =
            HttpClient::new(HttpClientConfig::default()).map_err(|error| crate::Error::Internal {
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
