//! What the scenarios of photos have in common: photos, and what the server was sent and has of them.

use std::path::Path;

use pmi_core::model::{BookingId, Photo};
use pmi_platform::SeenPhoto;

use crate::World;

/// A KiB.
pub const KIB: usize = 1024;

/// A JPEG by its first bytes, of so many; `seed` tells two of a size apart.
#[must_use]
pub fn jpeg(size: usize, seed: u8) -> Vec<u8> {
    starting_with(b"\xff\xd8\xff\xe1", size, seed)
}

/// Bytes that begin so.
#[must_use]
pub fn starting_with(head: &[u8], size: usize, seed: u8) -> Vec<u8> {
    let mut state = u32::from(seed).wrapping_add(1);
    let mut bytes: Vec<u8> = (0..size)
        .map(|_| {
            // Noise that does not compress and is the same in every run.
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        })
        .collect();
    bytes[..head.len()].copy_from_slice(head);
    bytes
}

/// These bytes as a photo.
///
/// # Panics
/// If they are none.
#[must_use]
pub fn photo(bytes: &[u8]) -> Photo {
    Photo::from_bytes(bytes.to_vec()).expect("a photo")
}

/// How many rows a table of the durable file has.
///
/// # Panics
/// If it cannot be read.
#[must_use]
pub fn rows(dir: &Path, table: &str) -> i64 {
    let file = dir.join("data").join("durable.sqlite3");
    let file = if file.exists() {
        file
    } else {
        dir.join("durable.sqlite3")
    };
    let connection = rusqlite::Connection::open_with_flags(file, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY);
    let connection = connection.expect("the durable file");
    let sql = format!("SELECT count(*) FROM {table}");
    connection.query_row(&sql, [], |row| row.get(0)).expect("a count")
}

impl World {
    /// The photos that the server has of a booking.
    ///
    /// # Panics
    /// If it cannot be asked.
    pub async fn photos_of(&self, booking: &BookingId) -> Vec<SeenPhoto> {
        let number = booking.server_number().expect("the server's");
        self.control().photos(number).await.expect("asked")
    }

    /// Where the parts of photos began that were sent so far, in the order in which they came.
    #[must_use]
    pub fn parts(&self) -> Vec<u64> {
        let seen = self.control().seen();
        let offset = |path: &str| path.split_once("/content?offset=")?.1.parse().ok();
        seen.iter().filter_map(|request| offset(&request.path)).collect()
    }
}
