//! What was read since it was last written down, so that reads stay reads.
//!
//! Promised: `last_read` is written at most once a minute, a few rows at a time; until then eviction asks here. Not promised:
//! that a reading is remembered when more than [`CAPACITY`] different answers are read within a minute, or by a process that
//! is killed.

use std::collections::HashMap;

/// `last_read` is written at most this often.
const FLUSH_EVERY_MS: i64 = 60_000;

/// Some 400 KB.
const CAPACITY: usize = 4096;

/// Account and query, both hashed.
pub(super) type RowName = ([u8; 32], [u8; 32]);

/// A row, and when it was read.
pub(super) type Read = (RowName, i64);

#[derive(Default)]
pub(super) struct Touched {
    rows: HashMap<RowName, i64>,
    flushed_at: i64,
}

impl Touched {
    pub(super) fn since(now: i64) -> Self {
        Self {
            rows: HashMap::new(),
            flushed_at: now,
        }
    }

    /// Notes a reading. What is due to be written now, at most so many; the next reading gives more.
    pub(super) fn note(&mut self, row: RowName, now: i64, most: usize) -> Vec<Read> {
        if self.rows.len() < CAPACITY || self.rows.contains_key(&row) {
            self.rows.insert(row, now);
        }
        // A clock set back is no reason to hoard.
        if (0..FLUSH_EVERY_MS).contains(&(now - self.flushed_at)) {
            return Vec::new();
        }
        let due = self.take(most);
        if self.rows.is_empty() {
            self.flushed_at = now;
        }
        due
    }

    /// Some of what is not written yet.
    pub(super) fn take(&mut self, most: usize) -> Vec<Read> {
        if self.rows.len() <= most {
            return self.rows.drain().collect();
        }
        let some: Vec<_> = self.rows.iter().take(most).map(|(row, at)| (*row, *at)).collect();
        for (row, _) in &some {
            self.rows.remove(row);
        }
        some
    }

    /// When the row was read, if that is not written yet.
    pub(super) fn read_at(&self, row: &RowName) -> Option<i64> {
        self.rows.get(row).copied()
    }

    pub(super) fn forget(&mut self, row: &RowName) {
        self.rows.remove(row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: usize) -> RowName {
        let mut name = [0; 32];
        name[..8].copy_from_slice(&number.to_be_bytes());
        ([0; 32], name)
    }

    #[test]
    fn s29_what_is_due_comes_a_few_at_a_time_and_is_all_there_in_the_end() {
        let mut touched = Touched::since(0);
        for number in 0..100 {
            assert!(touched.note(row(number), 59_999, 10).is_empty(), "not yet");
        }
        let mut written = Vec::new();
        for _ in 0..10 {
            let due = touched.note(row(7), 60_000, 10);
            assert!(due.len() <= 10);
            written.extend(due.into_iter().map(|(row, _)| row));
        }
        written.extend(touched.take(10).into_iter().map(|(row, _)| row));
        written.sort_unstable();
        written.dedup();
        assert_eq!(written.len(), 100);
    }

    #[test]
    fn s29_however_much_is_read_in_a_minute_little_is_remembered_of_it() {
        let mut touched = Touched::since(0);
        for number in 0..3 * CAPACITY {
            touched.note(row(number), 1, 10);
        }
        assert_eq!(touched.rows.len(), CAPACITY);
        assert_eq!(touched.read_at(&row(CAPACITY - 1)), Some(1));
        assert_eq!(touched.read_at(&row(CAPACITY)), None);
    }
}
