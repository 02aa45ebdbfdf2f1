//! What the cache may take, in bytes, and how that is divided between the file, its WAL and the WAL's index.
//!
//! Promised: the three together are at most the cap, whatever another process does to the WAL, because nothing is written
//! that might not fit. The numbers are of ADR 0020.

use std::ops::RangeInclusive;

/// What the cache takes unless told otherwise, in bytes.
pub(crate) const DEFAULT_CAP: u64 = 64_000_000;

/// Less holds no garage, more is no cache of a phone.
pub(crate) const CAP_RANGE: RangeInclusive<u64> = 1_000_000..=1_000_000_000_000;

/// Bytes of a page: SQLite's default, which the file was made with.
pub(super) const PAGE: u64 = 4096;

/// Bytes of the WAL's index: one piece serves 4,062 frames, and the WAL never has as many.
const WAL_INDEX: u64 = 32 * 1024;

/// A cap, divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Budget {
    /// Pages of the main file.
    pub(super) pages: u64,
    /// Bytes of the WAL.
    pub(super) wal: u64,
}

impl Budget {
    pub(super) fn of(cap: u64) -> Self {
        let wal = (cap / 8).clamp(400_000, 8_000_000);
        Self {
            pages: cap.saturating_sub(wal + WAL_INDEX) / PAGE,
            wal,
        }
    }

    /// Bytes of the WAL from which it is written back and emptied.
    pub(super) fn written_back(&self) -> u64 {
        self.wal / 2
    }

    /// Bytes of the WAL above which nothing is added to it.
    pub(super) fn refused(&self) -> u64 {
        self.wal - self.transaction()
    }

    /// Bytes of the largest sealed answer that is kept: what splits around it has its place in the WAL too.
    pub(super) fn answer(&self) -> u64 {
        self.transaction() - 16 * PAGE
    }

    /// Rows that one transaction changes at most: each may cost a page of the table, two of the indexes and a part of one
    /// that says where pages are.
    pub(super) fn rows(&self) -> usize {
        usize::try_from(self.transaction() / (4 * PAGE)).map_or(MOST_ROWS, |rows| rows.clamp(4, MOST_ROWS))
    }

    /// Bytes that one transaction may add to the WAL.
    fn transaction(&self) -> u64 {
        self.wal / 4
    }
}

/// More would be a pause that a person can notice.
const MOST_ROWS: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s29_the_parts_of_a_cap_are_no_more_than_the_cap() {
        for cap in [*CAP_RANGE.start(), 2_000_000, DEFAULT_CAP, *CAP_RANGE.end()] {
            let budget = Budget::of(cap);
            assert!(
                budget.pages * PAGE + budget.wal + WAL_INDEX <= cap,
                "{cap}: {budget:?}"
            );
            assert!(budget.pages * PAGE > cap / 2, "most of it is for answers");
            assert!(budget.wal / PAGE < 4062, "one piece of the WAL's index is enough");
            assert!(budget.written_back() + budget.transaction() <= budget.refused());
        }
    }

    #[test]
    fn the_documented_cap_is_the_default() {
        assert_eq!(DEFAULT_CAP, 64_000_000);
        assert_eq!(Budget::of(DEFAULT_CAP).answer(), 1_934_464);
        assert_eq!(Budget::of(1_000_000).answer(), 34_464);
    }
}
