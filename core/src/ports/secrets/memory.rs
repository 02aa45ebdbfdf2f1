//! Keys in this process's memory only: for tests, and for a session that is to end with its process.
//!
//! It behaves like a real store that can be locked, refuse, be out of reach or lose its keys, when told to (scenario 5).

use std::collections::{HashMap, HashSet};
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
    damaged: HashSet<String>,
    fault: Option<SecretError>,
    refusal: Option<SecretError>,
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

    /// From now on nothing can be stored: `set` fails with this error; `None` ends that. The rest goes on.
    pub fn refuse_new(&self, refusal: Option<SecretError>) {
        self.state().refusal = refusal;
    }

    /// Damages the key of this name for good: from now on it is `Corrupt`, until it is replaced or deleted.
    pub fn damage(&self, name: &str) {
        self.state().damaged.insert(name.to_owned());
    }

    /// Forgets every key, as a restored or reinstalled device does.
    pub fn lose_keys(&self) {
        let mut state = self.state();
        state.keys.clear();
        state.damaged.clear();
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
        work: impl FnOnce(&mut State) -> Result<T, SecretError>,
    ) -> PortFuture<Result<T, SecretError>> {
        let answer = {
            let mut state = self.state();
            match state.fault.clone() {
                Some(fault) => Err(fault),
                None => work(&mut state),
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
        self.answer(|state| {
            if state.damaged.contains(name) {
                return Err(SecretError::Corrupt(format!("{name} is not a 32-byte key")));
            }
            Ok(state.keys.get(name).cloned())
        })
    }

    fn set(&self, name: &str, key: SecretKey) -> PortFuture<Result<(), SecretError>> {
        self.answer(|state| {
            if let Some(refusal) = state.refusal.clone() {
                return Err(refusal);
            }
            state.damaged.remove(name);
            state.keys.insert(name.to_owned(), key);
            Ok(())
        })
    }

    fn delete(&self, name: &str) -> PortFuture<Result<(), SecretError>> {
        self.answer(|state| {
            state.damaged.remove(name);
            state.keys.remove(name);
            Ok(())
        })
    }

    fn list(&self) -> PortFuture<Result<Option<Vec<String>>, SecretError>> {
        self.answer(|state| Ok(Some(state.keys.keys().cloned().collect())))
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

        store.damage("a");
        assert!(matches!(get("a"), Err(SecretError::Corrupt(_))));
        let denied = SecretError::Denied("the test said so".to_owned());
        store.refuse_new(Some(denied.clone()));
        let refused = store.set("a", SecretKey::new([2; 32])).now_or_never().unwrap();
        assert_eq!(refused, Err(denied));

        store.lose_keys();
        assert_eq!(get("a"), Ok(None));
        assert_eq!(store.delete("a").now_or_never().unwrap(), Ok(()));
    }

    #[test]
    fn it_keeps_every_promise_of_a_store() {
        let store = MemorySecrets::new();
        let again = store.clone();
        let checked = crate::ports::secrets::conformance::check(&store, &again);
        assert_eq!(checked.now_or_never().unwrap(), Ok(()));
        assert!(store.names().is_empty(), "and it is left as it was");
    }
}
