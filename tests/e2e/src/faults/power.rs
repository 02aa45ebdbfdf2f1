//! What a power cut leaves of files: what was synced of each, and of the rest nothing, or some sectors and others not.
//!
//! Promised: between two syncs of a file its sectors reach the disk in no order. Not promised: what a cut does to the names of
//! files, to sectors that nobody wrote to, or to a disk that says it has synced and has not.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What a disk writes whole or not at all.
const SECTOR: usize = 512;

/// What else than the synced is there after a cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// Nothing.
    Nothing,
    /// Some sectors; which, this number says.
    Some(u64),
}

/// The files below a folder, until its power is cut.
pub(super) struct Power {
    /// The sync before which it is cut, from 1.
    at: usize,
    syncs: usize,
    files: BTreeMap<PathBuf, Content>,
}

#[derive(Default)]
struct Content {
    written: Vec<u8>,
    synced: Vec<u8>,
}

impl Power {
    pub(super) fn until(at: usize) -> Self {
        Self {
            at,
            syncs: 0,
            files: BTreeMap::new(),
        }
    }

    /// How many syncs there were.
    pub(super) fn syncs(&self) -> usize {
        self.syncs
    }

    /// Whether it is cut: then nothing is written any more.
    pub(super) fn is_cut(&self) -> bool {
        self.syncs >= self.at
    }

    /// A file is opened that holds this: what is there before all else is taken for synced.
    pub(super) fn open(&mut self, file: &Path, content: impl FnOnce() -> Vec<u8>) {
        self.files.entry(file.to_owned()).or_insert_with(|| {
            let written = content();
            Content {
                synced: written.clone(),
                written,
            }
        });
    }

    pub(super) fn write(&mut self, file: &Path, at: usize, bytes: &[u8]) {
        if let Some(content) = self.files.get_mut(file).filter(|_| self.syncs < self.at) {
            let end = at + bytes.len();
            if content.written.len() < end {
                content.written.resize(end, 0);
            }
            content.written[at..end].copy_from_slice(bytes);
        }
    }

    pub(super) fn truncate(&mut self, file: &Path, length: usize) {
        if let Some(content) = self.files.get_mut(file).filter(|_| self.syncs < self.at) {
            content.written.truncate(length);
        }
    }

    pub(super) fn delete(&mut self, file: &Path) {
        if !self.is_cut() {
            self.files.remove(file);
        }
    }

    /// A file is to be synced; false if the power is cut before it is.
    pub(super) fn sync(&mut self, file: &Path) -> bool {
        if self.is_cut() {
            return false;
        }
        self.syncs += 1;
        if self.is_cut() {
            return false;
        }
        if let Some(content) = self.files.get_mut(file) {
            content.synced.clone_from(&content.written);
        }
        true
    }

    /// Puts the files as the cut left them in their places.
    pub(super) fn leave(&self, left: Left) {
        for (file, content) in &self.files {
            std::fs::write(file, content.left(left)).expect("written");
            let shared = PathBuf::from(format!("{}-shm", file.display()));
            let _ = std::fs::remove_file(shared);
        }
    }
}

impl Content {
    fn left(&self, left: Left) -> Vec<u8> {
        let Left::Some(mut seed) = left else {
            return self.synced.clone();
        };
        let mut all = self.synced.clone();
        for (number, written) in self.written.chunks(SECTOR).enumerate() {
            seed = seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e);
            let (from, to) = (number * SECTOR, number * SECTOR + written.len());
            if seed >> 63 == 0 || self.synced.get(from..to) == Some(written) {
                continue;
            }
            if all.len() < to {
                all.resize(to, 0);
            }
            all[from..to].copy_from_slice(written);
        }
        all
    }
}
