//! The promises of a [`SecretStore`], as facts that any store can be checked against: those of this crate, and those a shell
//! brings along (scenario 5: a store that says "missing" of a key it has signs people out).
//!
//! Does not check what only a store's own test can: that a locked one says so, that a key outlives its process, and that a
//! hanging service costs no more than the time-out.

use futures_util::future::try_join_all;

use super::{SecretError, SecretKey, SecretStore};

/// A promise that a store did not keep.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the store does not keep this promise: {fact} ({found})")]
pub struct Broken {
    /// The promise.
    pub fact: &'static str,
    /// What was found instead. Holds no key.
    pub found: String,
}

/// Checks a store that is open and can be written to. `again` is the same store opened once more, as another process does.
/// Uses names below `conformance/` and leaves none of them.
///
/// # Errors
/// The first promise that is not kept.
pub async fn check(store: &dyn SecretStore, again: &dyn SecretStore) -> Result<(), Broken> {
    let facts = Facts { store, again };
    facts.clean().await?;
    let checked = facts.all().await;
    facts.clean().await?;
    checked
}

/// Names that a careless store mixes up, and the longest there can be, with every character there can be.
const NAMES: [&str; 9] = [
    "conformance/a",
    "conformance/A",
    "conformance/b/a",
    "conformance/a-b",
    "conformance/a.b",
    "conformance/ab",
    "conformance",
    "conformance/0123456789-abcdefghijklmnopqrstuvwxyz.ABCDEFGHIJKLMNOPQRSTUVWXYZ/0123456789-abcdefghijklmnopqrstuvwxyz.ABCDE",
    "conformance/0123456789-abcdefghijklmnopqrstuvwxyz.ABCDEFGHIJKLMNOPQRSTUVWXYZ/0123456789-abcdefghijklmnopqrstuvwxyz.ABCDF",
];

struct Facts<'a> {
    store: &'a dyn SecretStore,
    again: &'a dyn SecretStore,
}

impl Facts<'_> {
    async fn all(&self) -> Result<(), Broken> {
        self.it_has_a_name()?;
        self.nothing_is_found_where_nothing_was_set().await?;
        self.each_key_is_found_under_its_own_name().await?;
        self.a_key_is_replaced().await?;
        self.a_list_has_every_name().await?;
        self.a_deleted_key_is_gone_and_no_other().await
    }

    fn it_has_a_name(&self) -> Result<(), Broken> {
        let id = self.store.id();
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let good = !id.is_empty() && id.bytes().all(plain) && self.again.id() == id;
        hold(
            good,
            "its id is lower-case letters, digits and -, always the same",
            || format!("{id} and {}", self.again.id()),
        )
    }

    async fn nothing_is_found_where_nothing_was_set(&self) -> Result<(), Broken> {
        for name in NAMES {
            self.finds(name, None, "a name that was never set has no key")
                .await?;
        }
        Ok(())
    }

    async fn each_key_is_found_under_its_own_name(&self) -> Result<(), Broken> {
        let fact = "a key is found again byte for byte, under its own name and no other, whoever looks";
        // Several at once, as when an app starts.
        try_join_all(NAMES.iter().zip(0..).map(|(name, number)| async move {
            let set = self.store.set(name, key(number)).await;
            set.map_err(|error| broken("a key can be set, several at once", &error))
        }))
        .await?;
        for (name, number) in NAMES.iter().zip(0..) {
            self.finds(name, Some(&key(number)), fact).await?;
        }
        Ok(())
    }

    async fn a_key_is_replaced(&self) -> Result<(), Broken> {
        let fact = "a key that is set again is replaced";
        let set = self.again.set(NAMES[0], key(200)).await;
        set.map_err(|error| broken(fact, &error))?;
        self.finds(NAMES[0], Some(&key(200)), fact).await?;
        self.finds(NAMES[1], Some(&key(1)), "the key under another name stays")
            .await
    }

    async fn a_list_has_every_name(&self) -> Result<(), Broken> {
        let fact = "a list, where there is one, has each name once";
        let listed = self.again.list().await.map_err(|error| broken(fact, &error))?;
        let Some(listed) = listed else {
            return Ok(());
        };
        let times = |name: &str| listed.iter().filter(|listed| *listed == name).count();
        let wrong = NAMES.iter().find(|name| times(name) != 1);
        hold(wrong.is_none(), fact, || {
            format!("{wrong:?} {} times", wrong.map_or(0, |name| times(name)))
        })
    }

    async fn a_deleted_key_is_gone_and_no_other(&self) -> Result<(), Broken> {
        let fact = "a deleted key is gone, for whoever looks";
        for time in ["once", "again"] {
            let deleted = self.again.delete(NAMES[0]).await;
            deleted.map_err(|error| broken("deleting a key that is gone is no error", &error))?;
            self.finds(NAMES[0], None, fact).await.map_err(|broken| Broken {
                found: format!("{} when deleted {time}", broken.found),
                ..broken
            })?;
        }
        for (name, number) in NAMES.iter().zip(0..).skip(1) {
            let fact = "deleting one key leaves the others";
            self.finds(name, Some(&key(number)), fact).await?;
        }
        let listed = self.store.list().await.map_err(|error| broken(fact, &error))?;
        let listed = listed.is_some_and(|names| names.iter().any(|name| name == NAMES[0]));
        hold(!listed, fact, || "it is still listed".to_owned())
    }

    async fn finds(
        &self,
        name: &str,
        expected: Option<&SecretKey>,
        fact: &'static str,
    ) -> Result<(), Broken> {
        for store in [self.store, self.again] {
            let found = store.get(name).await.map_err(|error| broken(fact, &error))?;
            hold(found.as_ref() == expected, fact, || {
                let found = found.as_ref().map_or("no key", |_| "a key that is not the one");
                format!("{found} under {name}")
            })?;
        }
        Ok(())
    }

    async fn clean(&self) -> Result<(), Broken> {
        for name in NAMES {
            let deleted = self.store.delete(name).await;
            deleted.map_err(|error| broken("deleting what is not there is no error", &error))?;
        }
        Ok(())
    }
}

/// Another for each number; among their bytes are those that a store of text would mangle.
fn key(number: u8) -> SecretKey {
    let mut bytes = [number; 32];
    bytes[..8].copy_from_slice(&[0, 0xff, b'\n', 0xc3, 0x28, b'"', 0x80, number]);
    SecretKey::new(bytes)
}

fn hold(holds: bool, fact: &'static str, found: impl FnOnce() -> String) -> Result<(), Broken> {
    if holds {
        return Ok(());
    }
    Err(Broken { fact, found: found() })
}

fn broken(fact: &'static str, error: &SecretError) -> Broken {
    Broken {
        fact,
        found: error.to_string(),
    }
}

#[cfg(test)]
mod tests;
