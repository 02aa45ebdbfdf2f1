//! Keys in this process's memory only: for tests, and for a session that is to end with its process.
//!
//! It behaves like a real store that can be locked, refuse, be out of reach or lose its keys, when told to (scenario 5).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{SecretError, SecretKey, SecretStore};
use crate::ports::PortFuture;

/// Keeps keys as long as the process lives. Clones share them.
#[derive(Clone, Default)]
pub struct MemorySecrets {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    keys: HashMap<String, SecretKey>,
    fault: Option<SecretError>,
}

impl MemorySecrets {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// From now on every call fails with this error; `None` ends that. The keys stay.
    pub fn fail_with(&self, fault: Option<SecretError>) {
        self.state().fault = fault;
    }

    /// Forgets every key, as a restored or reinstalled device does.
    pub fn lose_keys(&self) {
        self.state().keys.clear();
    }

    /// The names of the keys it has, sorted.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.state().keys.keys().cloned().collect();
        names.sort();
        names
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut HashMap<String, SecretKey>) -> T,
    ) -> PortFuture<Result<T, SecretError>> {
        let answer = {
            let mut state = self.state();
            match state.fault.clone() {
                Some(fault) => Err(fault),
                None => Ok(work(&mut state.keys)),
            }
        };
        Box::pin(std::future::ready(answer))
    }
}

impl std::fmt::Debug for MemorySecrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MemorySecrets(..)")
    }
}

impl SecretStore for MemorySecrets {
    fn id(&self) -> &'static str {
        "memory"
    }

    fn get(&self, name: &str) -> PortFuture<Result<Option<SecretKey>, SecretError>> {
        self.answer(|keys| keys.get(name).cloned())
    }

    fn set(&self, name: &str, key: SecretKey) -> PortFuture<Result<(), SecretError>> {
        self.answer(|keys| {
            keys.insert(name.to_owned(), key);
        })
    }

    fn delete(&self, name: &str) -> PortFuture<Result<(), SecretError>> {
        self.answer(|keys| {
            keys.remove(name);
        })
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[test]
    fn s05_it_can_be_locked_and_lose_its_keys() {
        let store = MemorySecrets::new();
        let key = SecretKey::new([1; 32]);
        let get = |name: &str| store.get(name).now_or_never().unwrap();
        store.set("a", key.clone()).now_or_never().unwrap().unwrap();
        assert_eq!(get("a"), Ok(Some(key.clone())));

        let locked = SecretError::Locked("the test said so".to_owned());
        store.fail_with(Some(locked.clone()));
        assert_eq!(get("a"), Err(locked));
        store.fail_with(None);
        assert_eq!(get("a"), Ok(Some(key)));

        store.lose_keys();
        assert_eq!(get("a"), Ok(None));
        assert_eq!(store.delete("a").now_or_never().unwrap(), Ok(()));
    }
}
