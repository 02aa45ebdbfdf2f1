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

/// When the power is cut: before the call of this number, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Of those that sync a file.
    AtSync(usize),
    /// Of those that write to a file, make it shorter or sync it.
    AtChange(usize),
}

/// The files below a folder, until its power is cut.
pub(super) struct Power {
    cut: Cut,
    is_cut: bool,
    syncs: usize,
    changes: usize,
    files: BTreeMap<PathBuf, Content>,
}

#[derive(Default)]
struct Content {
    written: Vec<u8>,
    synced: Vec<u8>,
}

impl Power {
    pub(super) fn until(cut: Cut) -> Self {
        Self {
            cut,
            is_cut: false,
            syncs: 0,
            changes: 0,
            files: BTreeMap::new(),
        }
    }

    /// Whether it is cut: then nothing is written any more.
    pub(super) fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// How many calls there were of those that are counted.
    pub(super) fn calls(&self) -> usize {
        match self.cut {
            Cut::AtSync(_) => self.syncs,
            Cut::AtChange(_) => self.changes,
        }
    }

    /// A file is to be changed; false if the power is cut before it is.
    pub(super) fn lasts(&mut self, is_sync: bool) -> bool {
        self.changes += 1;
        self.syncs += usize::from(is_sync);
        let (Cut::AtSync(at) | Cut::AtChange(at)) = self.cut;
        self.is_cut |= self.calls() >= at;
        !self.is_cut
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
        if let Some(content) = self.files.get_mut(file) {
            let end = at + bytes.len();
            if content.written.len() < end {
                content.written.resize(end, 0);
            }
            content.written[at..end].copy_from_slice(bytes);
        }
    }

    pub(super) fn truncate(&mut self, file: &Path, length: usize) {
        if let Some(content) = self.files.get_mut(file) {
            content.written.truncate(length);
        }
    }

    pub(super) fn delete(&mut self, file: &Path) {
        self.files.remove(file);
    }

    pub(super) fn sync(&mut self, file: &Path) {
        if let Some(content) = self.files.get_mut(file) {
            content.synced.clone_from(&content.written);
        }
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
