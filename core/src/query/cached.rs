//! An answer as the query layer holds it, and the small memory layer above the cache file.

use std::any::Any;
use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;

/// One answer with what is known of its age.
#[derive(Clone)]
pub(super) struct Held {
    /// The query's `Value`.
    pub(super) value: Arc<dyn Any + Send + Sync>,
    /// By the server's clock.
    pub(super) fetched_at: Timestamp,
    pub(super) etag: Option<String>,
    /// How many writes of the account were settled when it was asked for.
    pub(super) revision: i64,
    /// Bytes of its JSON: what it takes in memory is some times as much, and grows with it.
    pub(super) size: usize,
    /// Order of use; the smallest goes first.
    used: u64,
}

impl Held {
    pub(super) fn new(
        value: Arc<dyn Any + Send + Sync>,
        fetched_at: Timestamp,
        etag: Option<String>,
        revision: i64,
        size: usize,
    ) -> Self {
        Self {
            value,
            fetched_at,
            etag,
            revision,
            size,
            used: 0,
        }
    }
}

/// The answers used most recently, decoded. Emptied when the account changes.
pub(super) struct Memory {
    epoch: u64,
    uses: u64,
    /// Bytes of the JSON of them all.
    size: usize,
    answers: HashMap<String, Held>,
}

impl Memory {
    /// A garage, its details, lists and centres fit several times over.
    const CAPACITY: usize = 128;

    /// Of JSON, in bytes. An answer larger than this alone is not held.
    const BYTES: usize = 8_000_000;

    pub(super) fn new() -> Self {
        Self {
            epoch: 0,
            uses: 0,
            size: 0,
            answers: HashMap::new(),
        }
    }

    pub(super) fn get(&mut self, epoch: u64, key: &str) -> Option<Held> {
        if epoch != self.epoch {
            return None;
        }
        self.uses += 1;
        let held = self.answers.get_mut(key)?;
        held.used = self.uses;
        Some(held.clone())
    }

    pub(super) fn put(&mut self, epoch: u64, key: &str, mut held: Held) {
        if epoch < self.epoch {
            return;
        }
        if epoch > self.epoch {
            self.clear();
            self.epoch = epoch;
        }
        if self
            .answers
            .get(key)
            .is_some_and(|newer| newer.revision > held.revision)
        {
            return;
        }
        self.remove(key);
        if held.size > Self::BYTES {
            return;
        }
        self.uses += 1;
        held.used = self.uses;
        self.size += held.size;
        self.answers.insert(key.to_owned(), held);
        while self.answers.len() > Self::CAPACITY || self.size > Self::BYTES {
            let oldest = self.answers.iter().min_by_key(|(_, held)| held.used);
            let Some(oldest) = oldest.map(|(key, _)| key.clone()) else {
                return;
            };
            self.remove(&oldest);
        }
    }

    pub(super) fn remove(&mut self, key: &str) {
        if let Some(held) = self.answers.remove(key) {
            self.size -= held.size;
        }
    }

    pub(super) fn clear(&mut self) {
        self.answers.clear();
        self.size = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(n: u32) -> Held {
        Held::new(Arc::new(n), Timestamp::UNIX_EPOCH, None, 0, 4)
    }

    fn large(n: u32, size: usize) -> Held {
        Held { size, ..held(n) }
    }

    #[test]
    fn s29_large_answers_are_fewer_and_one_that_is_too_large_is_not_held() {
        let mut memory = Memory::new();
        for n in 0..6 {
            memory.put(1, &n.to_string(), large(n, Memory::BYTES / 4));
        }
        let held: Vec<bool> = (0..6).map(|n| memory.get(1, &n.to_string()).is_some()).collect();
        assert_eq!(held, [false, false, true, true, true, true]);

        // In place of one that was there: what is left of that is not the older answer.
        memory.put(1, "5", large(5, Memory::BYTES + 1));
        assert!(memory.get(1, "5").is_none());
        assert!(memory.get(1, "4").is_some());

        for n in 0..100 {
            memory.put(1, "4", large(n, Memory::BYTES / 4));
        }
        assert!(memory.get(1, "3").is_some(), "an answer is counted once");
        memory.clear();
        memory.put(1, "all", large(1, Memory::BYTES));
        assert!(memory.get(1, "all").is_some());
    }

    #[test]
    fn the_answer_used_longest_ago_goes_first() {
        let mut memory = Memory::new();
        for n in 0..Memory::CAPACITY {
            memory.put(1, &n.to_string(), held(0));
        }
        assert!(memory.get(1, "0").is_some());
        memory.put(1, "one more", held(0));
        assert!(memory.get(1, "0").is_some());
        assert!(memory.get(1, "1").is_none());
    }

    #[test]
    fn s22_an_answer_asked_for_before_a_write_never_replaces_one_asked_for_after_it() {
        let mut memory = Memory::new();
        let of = |revision, n| Held { revision, ..held(n) };
        memory.put(1, "k", of(2, 2));
        memory.put(1, "k", of(1, 1));
        let kept = memory.get(1, "k").expect("the later one");
        assert_eq!(kept.value.downcast_ref::<u32>(), Some(&2));
    }

    #[test]
    fn nothing_of_an_earlier_account_is_given_or_taken() {
        let mut memory = Memory::new();
        memory.put(1, "k", held(1));
        assert!(memory.get(2, "k").is_none());
        memory.put(2, "k", held(2));
        memory.put(1, "k", held(1));
        let kept = memory.get(2, "k").expect("the newer account's answer");
        assert_eq!(kept.value.downcast_ref::<u32>(), Some(&2));
    }
}
