//! Each promise, broken by a store that keeps all others: it is noticed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use futures_util::FutureExt as _;

use super::*;
use crate::ports::PortFuture;
use crate::ports::secrets::MemorySecrets;

/// What a store does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    OddId,
    FoldsCase,
    CutsNames,
    TakesTheLastPart,
    IsText,
    KeepsTheFirst,
    SeesOnlyItsOwn,
    FailsOnMissing,
    DeletesBelow,
    DeletesNothing,
    ForgetsToList,
    ListsTheDead,
}

struct Faulty {
    fault: Fault,
    sound: MemorySecrets,
    dead: Arc<Mutex<HashMap<String, ()>>>,
}

impl Faulty {
    fn name(&self, name: &str) -> String {
        match self.fault {
            Fault::FoldsCase => name.to_lowercase(),
            Fault::CutsNames => name.chars().take(100).collect(),
            Fault::TakesTheLastPart => name.rsplit('/').next().unwrap().to_owned(),
            _ => name.to_owned(),
        }
    }
}

fn now<T: Send + 'static>(value: T) -> PortFuture<T> {
    Box::pin(std::future::ready(value))
}

impl SecretStore for Faulty {
    fn id(&self) -> &'static str {
        if self.fault == Fault::OddId {
            "My Store"
        } else {
            "faulty"
        }
    }

    fn get(&self, name: &str) -> PortFuture<Result<Option<SecretKey>, SecretError>> {
        self.sound.get(&self.name(name))
    }

    fn set(&self, name: &str, key: SecretKey) -> PortFuture<Result<(), SecretError>> {
        let name = self.name(name);
        let there = self.sound.names().contains(&name);
        if self.fault == Fault::KeepsTheFirst && there {
            return now(Ok(()));
        }
        let key = match self.fault {
            Fault::IsText => SecretKey::new(key.expose().map(|byte| byte & 0x7f)),
            _ => key,
        };
        self.sound.set(&name, key)
    }

    fn delete(&self, name: &str) -> PortFuture<Result<(), SecretError>> {
        let name = self.name(name);
        if !self.sound.names().contains(&name) && self.fault == Fault::FailsOnMissing {
            return now(Err(SecretError::Failed("no such key".to_owned())));
        }
        match self.fault {
            Fault::DeletesNothing => return now(Ok(())),
            Fault::DeletesBelow => {
                for below in self.sound.names().iter().filter(|other| other.starts_with(&name)) {
                    self.sound.delete(below).now_or_never();
                }
            }
            Fault::ListsTheDead => {
                self.dead.lock().unwrap().insert(name.clone(), ());
            }
            _ => {}
        }
        self.sound.delete(&name)
    }

    fn list(&self) -> PortFuture<Result<Option<Vec<String>>, SecretError>> {
        let mut names = self.sound.names();
        match self.fault {
            Fault::ForgetsToList => drop(names.pop()),
            Fault::ListsTheDead => {
                let dead = self.dead.lock().unwrap().keys().cloned().collect::<Vec<_>>();
                names.extend(dead.into_iter().filter(|name| !self.sound.names().contains(name)));
            }
            _ => {}
        }
        now(Ok(Some(names)))
    }
}

#[test]
fn each_broken_promise_is_noticed() {
    for (fault, fact) in [
        (Fault::OddId, "its id is"),
        (Fault::FoldsCase, "under its own name"),
        (Fault::CutsNames, "under its own name"),
        (Fault::TakesTheLastPart, "under its own name"),
        (Fault::IsText, "byte for byte"),
        (Fault::KeepsTheFirst, "replaced"),
        (Fault::SeesOnlyItsOwn, "whoever looks"),
        (Fault::FailsOnMissing, "no error"),
        (Fault::DeletesBelow, "leaves the others"),
        (Fault::DeletesNothing, "gone"),
        (Fault::ForgetsToList, "a list"),
        (Fault::ListsTheDead, "gone"),
    ] {
        let sound = MemorySecrets::new();
        let faulty = |sound: &MemorySecrets| Faulty {
            fault,
            sound: sound.clone(),
            dead: Arc::default(),
        };
        let store = faulty(&sound);
        let again = match fault {
            Fault::SeesOnlyItsOwn => faulty(&MemorySecrets::new()),
            _ => Faulty {
                dead: Arc::clone(&store.dead),
                ..faulty(&sound)
            },
        };
        let broken = check(&store, &again).now_or_never().unwrap().unwrap_err();
        assert!(broken.fact.contains(fact), "{fault:?}: {broken}");
    }
}

#[test]
fn the_names_are_as_long_and_as_odd_as_names_can_be() {
    let longest = NAMES.iter().map(|name| name.len()).max();
    assert_eq!(longest, Some(120));
}
