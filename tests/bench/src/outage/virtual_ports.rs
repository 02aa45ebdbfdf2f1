//! Ports on virtual time: the clock of the runtime, which stands still while anything is to be done and then jumps.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use pmi_core::ports::secrets::MemorySecrets;
use pmi_core::ports::{Clock, NoRandomness, Ports, Random, TokioSleep};

use super::plan::Draw;
use super::server::Server;
use super::wire::Wire;

/// What every clock shows when the simulation begins.
const BEGINNING: &str = "2026-11-23T09:00:00Z";

/// What every clock shows after so much of the simulation.
pub(super) fn wall_at(since: Duration) -> Timestamp {
    let beginning: Timestamp = BEGINNING.parse().unwrap_or_default();
    SignedDuration::try_from(since)
        .ok()
        .and_then(|since| beginning.checked_add(since).ok())
        .unwrap_or(beginning)
}

/// The ports of one device.
pub(super) fn ports(server: &Server, device: usize, seed: u64) -> Ports {
    Ports {
        clock: Arc::new(VirtualClock(server.clone())),
        sleep: Arc::new(TokioSleep),
        random: Arc::new(SeededRandom(Mutex::new(Draw::new(seed)))),
        network: Arc::new(Wire {
            server: server.clone(),
            device,
        }),
        secrets: Arc::new(MemorySecrets::new()),
    }
}

struct VirtualClock(Server);

impl Clock for VirtualClock {
    fn wall(&self) -> Timestamp {
        wall_at(self.0.now())
    }

    fn elapsed(&self) -> Duration {
        // Booted an hour before.
        Duration::from_secs(3600) + self.0.now()
    }

    fn boot_id(&self) -> String {
        "simulated".to_owned()
    }
}

struct SeededRandom(Mutex<Draw>);

impl Random for SeededRandom {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        let mut draw = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for part in buffer.chunks_mut(8) {
            part.copy_from_slice(&draw.next().to_le_bytes()[..part.len()]);
        }
        Ok(())
    }
}
