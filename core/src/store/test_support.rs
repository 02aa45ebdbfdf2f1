//! What the tests of this layer share.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;

use super::durable::AccountId;
use super::keys::{AccountKeys, OutboxKeys};
use crate::ports::{NoRandomness, Random, SecretKey};

/// Gives other bytes each time, and the same ones in each run.
#[derive(Default)]
pub(crate) struct CountingRandom(AtomicU64);

impl Random for CountingRandom {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        for chunk in buffer.chunks_mut(8) {
            let word = self
                .0
                .fetch_add(1, Ordering::Relaxed)
                .wrapping_mul(0x9e37_79b9_7f4a_7c15);
            chunk.copy_from_slice(&word.to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

/// A time, in seconds after the one that all these tests start at.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000 + seconds).unwrap()
}

/// The account with this number for an id.
pub(crate) fn account(number: u8) -> AccountId {
    AccountId::parse(&format!("{number:032x}")).unwrap()
}

/// Keys that never change, for that account.
pub(crate) fn keys(number: u8) -> AccountKeys {
    AccountKeys::derive(&SecretKey::new([number; 32]), &account(number))
}

/// Outbox keys that never change, for that account.
pub(crate) fn outbox_keys(number: u8) -> OutboxKeys {
    OutboxKeys::derive(&SecretKey::new([number + 100; 32]), &account(number))
}

/// Whether any file of the folder holds the bytes.
pub(crate) fn found_in(dir: &Path, needle: &[u8]) -> bool {
    std::fs::read_dir(dir).unwrap().any(|entry| {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        bytes.windows(needle.len()).any(|window| window == needle)
    })
}

/// The names of the files in the folder, sorted.
pub(crate) fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
