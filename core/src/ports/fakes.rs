//! Ports for tests that behave: time that moves only when told to, randomness that repeats, a network that follows a script,
//! a server of raw bytes.

// Every module's tests take what they need.
#![allow(dead_code, unused_imports)]

mod network;
mod raw_server;
mod time;

use std::sync::{Arc, Mutex};

pub(crate) use network::{FakeAnswer, Part, Reply, ScriptedNetwork, Sent};
pub(crate) use raw_server::{After, RawServer, read_request};
pub(crate) use time::{ClockHold, ManualClock};

use super::secrets::{SecretError, SecretKey, SecretStore};
use super::{Network, NoRandomness, PortFuture, Ports, Random};

/// All ports, around this clock and network: repeatable randomness, no secret store.
pub(crate) fn ports(clock: &ManualClock, network: Arc<dyn Network>) -> Ports {
    Ports {
        clock: Arc::new(clock.clone()),
        sleep: Arc::new(clock.clone()),
        random: Arc::new(SeededRandom::new(1)),
        network,
        secrets: Arc::new(NoSecrets),
    }
}

/// Randomness that repeats: the same seed, the same bytes.
pub(crate) struct SeededRandom(Mutex<u64>);

impl SeededRandom {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Mutex::new(seed))
    }
}

impl Random for SeededRandom {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        let mut state = self.0.lock().unwrap();
        for part in buffer.chunks_mut(8) {
            // splitmix64
            *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = *state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            part.copy_from_slice(&(z ^ (z >> 31)).to_le_bytes()[..part.len()]);
        }
        Ok(())
    }
}

/// The same byte for ever: 0 gives the shortest jitter, 0xff the longest.
pub(crate) struct ConstantRandom(pub(crate) u8);

impl Random for ConstantRandom {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        buffer.fill(self.0);
        Ok(())
    }
}

/// No secret store at all.
pub(crate) struct NoSecrets;

impl SecretStore for NoSecrets {
    fn id(&self) -> &'static str {
        "none"
    }

    fn get(&self, _: &str) -> PortFuture<Result<Option<SecretKey>, SecretError>> {
        Box::pin(async { Err(SecretError::Unavailable("this test has none".to_owned())) })
    }

    fn set(&self, _: &str, _: SecretKey) -> PortFuture<Result<(), SecretError>> {
        Box::pin(async { Err(SecretError::Unavailable("this test has none".to_owned())) })
    }

    fn delete(&self, _: &str) -> PortFuture<Result<(), SecretError>> {
        Box::pin(async { Err(SecretError::Unavailable("this test has none".to_owned())) })
    }
}
