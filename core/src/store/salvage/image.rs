//! The pages of a database file as they were last committed: the file, and over it what its log holds.
//!
//! Promised: what the disk does not give is taken for zeros, a block at a time. The log is read as SQLite reads it: up to the
//! first frame whose checksum, which runs on from frame to frame, is wrong.
//!
//! All of it is held in memory, once in the life of a file: 64 MiB of photos, the most that wait on a device, are 68 MiB of pages,
//! and the log of the largest transaction, a booking with six photos, is 51 MiB. With the rows as they are found that is some
//! 140 MiB at most; without photos, a few. No more than [`MOST`] is read of either file, whatever its size is said to be.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;

use crate::store::folder::with_suffix;

/// What SQLite takes where nobody says otherwise.
const DEFAULT_PAGE: usize = 4096;

/// The smallest piece that a disk may lose.
const BLOCK: usize = 4096;

/// The most bytes that are read of a file: twice and more of what ours can have. What lies behind counts as lost.
const MOST: u64 = 160 * 1024 * 1024;

const WAL_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// The pages of a file.
pub(in crate::store) struct Image {
    page_size: usize,
    bytes: Vec<u8>,
}

impl Image {
    /// Reads what there is. A file that is not there has no pages.
    pub(in crate::store) fn of(database: &Path) -> Self {
        let mut image = Self::of_file(read_all(database));
        image.replay(&read_all(&with_suffix(database, "-wal")));
        image
    }

    fn of_file(bytes: Vec<u8>) -> Self {
        let said = number16(&bytes, 16).filter(|_| bytes.starts_with(b"SQLite format 3\0"));
        let page_size = match said {
            Some(1) => 65536,
            Some(size) if size.is_power_of_two() && size >= 512 => size,
            _ => DEFAULT_PAGE,
        };
        Self { page_size, bytes }
    }

    /// How many bytes a page has.
    pub(super) fn page_size(&self) -> usize {
        self.page_size
    }

    /// How many there are.
    pub(super) fn pages(&self) -> usize {
        self.bytes.len() / self.page_size
    }

    /// One of them, counted from 1.
    pub(super) fn page(&self, number: usize) -> Option<&[u8]> {
        let at = number.checked_sub(1)?.checked_mul(self.page_size)?;
        self.bytes.get(at..at.checked_add(self.page_size)?)
    }

    /// Puts the pages of every transaction of the log in their places.
    fn replay(&mut self, wal: &[u8]) {
        let Some(order) = (match number32(wal, 0) {
            Some(0x377f_0682) => Some(u32::from_le_bytes as fn([u8; 4]) -> u32),
            Some(0x377f_0683) => Some(u32::from_be_bytes as fn([u8; 4]) -> u32),
            _ => None,
        }) else {
            return;
        };
        let size = number32(wal, 8).unwrap_or_default() as usize;
        let (Some(head), Some(salts)) = (wal.get(..24), wal.get(16..24)) else {
            return;
        };
        let mut sum = checksum((0, 0), head, order);
        // A file whose first page is lost does not say it; its log does.
        if size != self.page_size && !self.bytes.starts_with(b"SQLite format 3\0") && size >= 512 {
            self.page_size = size;
        }
        if Some(sum) != pair(wal, 24) || size != self.page_size {
            return;
        }
        let mut open = Vec::new();
        for frame in wal
            .get(WAL_HEADER..)
            .unwrap_or_default()
            .chunks_exact(FRAME_HEADER + size)
        {
            let (Some(head), Some(page)) = (frame.get(..8), frame.get(FRAME_HEADER..)) else {
                return;
            };
            sum = checksum(checksum(sum, head, order), page, order);
            if frame.get(8..16) != Some(salts) || pair(frame, 16) != Some(sum) {
                return;
            }
            open.push((number32(frame, 0).unwrap_or_default() as usize, page));
            // A frame that ends a transaction says how many pages there are then.
            if number32(frame, 4).is_some_and(|pages| pages > 0) {
                for (number, page) in open.drain(..) {
                    self.put(number, page);
                }
            }
        }
    }

    fn put(&mut self, number: usize, page: &[u8]) {
        let Some(at) = number.checked_sub(1).map(|before| before * self.page_size) else {
            return;
        };
        // A log of ours never leaves a gap of more than it holds.
        if self.bytes.len() < at + page.len() {
            self.bytes.resize(at + page.len(), 0);
        }
        if let Some(place) = self.bytes.get_mut(at..at + page.len()) {
            place.copy_from_slice(page);
        }
    }
}

fn read_all(path: &Path) -> Vec<u8> {
    let Ok(mut file) = File::open(path) else {
        return Vec::new();
    };
    let length = file.metadata().map(|file| file.len()).unwrap_or_default();
    let mut bytes = vec![0; usize::try_from(length.min(MOST)).unwrap_or_default()];
    for (number, block) in (0_u64..).zip(bytes.chunks_mut(BLOCK)) {
        let read = file
            .seek(SeekFrom::Start(number * BLOCK as u64))
            .and_then(|_| file.read_exact(block));
        if read.is_err() {
            block.fill(0);
        }
    }
    bytes
}

fn checksum(mut sum: (u32, u32), bytes: &[u8], order: fn([u8; 4]) -> u32) -> (u32, u32) {
    for eight in bytes.chunks_exact(8) {
        if let &[a, b, c, d, e, f, g, h] = eight {
            sum.0 = sum.0.wrapping_add(order([a, b, c, d])).wrapping_add(sum.1);
            sum.1 = sum.1.wrapping_add(order([e, f, g, h])).wrapping_add(sum.0);
        }
    }
    sum
}

/// The number at this place, as SQLite writes it.
pub(super) fn number16(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
    Some(usize::from(u16::from_be_bytes(bytes)))
}

/// The same of four bytes.
pub(super) fn number32(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    Some(u32::from_be_bytes(bytes))
}

fn pair(bytes: &[u8], at: usize) -> Option<(u32, u32)> {
    number32(bytes, at).zip(number32(bytes, at + 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s32_a_file_whose_size_is_damaged_is_read_only_so_far_as_it_can_be_ours() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("durable.sqlite3");
        let file = File::create(&path).unwrap();
        file.set_len(1 << 40).unwrap();
        let image = Image::of(&path);
        assert_eq!(image.bytes.len() as u64, MOST);
    }
}
