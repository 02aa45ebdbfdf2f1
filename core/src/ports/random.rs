//! Randomness: keys, nonces, request ids and jitter are all drawn here, so that a test can replay a run.

use ring::rand::{SecureRandom, SystemRandom as RingRandom};

/// Draws random bytes, fit for keys.
pub trait Random: Send + Sync + 'static {
    /// Fills the buffer, or says that the system has no randomness to give.
    ///
    /// # Errors
    /// [`NoRandomness`] when the system's generator fails.
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness>;
}

/// The system's generator failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the system's random generator failed")]
pub struct NoRandomness;

/// The system's generator.
#[derive(Debug, Clone)]
pub struct SystemRandom(RingRandom);

impl Default for SystemRandom {
    fn default() -> Self {
        Self::new()
    }
}

impl SystemRandom {
    /// The system's generator.
    #[must_use]
    pub fn new() -> Self {
        Self(RingRandom::new())
    }
}

impl Random for SystemRandom {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        self.0.fill(buffer).map_err(|_| NoRandomness)
    }
}

/// 128 random bits in hex.
pub(crate) fn random_hex(random: &dyn Random) -> crate::Result<String> {
    let mut bytes = [0; 16];
    random.fill(&mut bytes).map_err(|error| crate::Error::Internal {
        reason: error.to_string(),
    })?;
    Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
}
