//! What the query layer keeps of answers, in memory and in the cache file, and what may not go from there.
//!
//! Promised: no answer is withheld because it cannot be kept (scenario 30), and none is kept for an account that is gone
//! (scenario 11); neither what is observed nor what a pending write is shown over makes room for others (scenario 29); damage
//! is mended once it is met, and a cache that cannot be mended is left alone (scenario 31).

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::select;

use super::any::AnyQuery;
use super::cached::Held;
use super::policy::Queries;
use crate::model::Origin;
use crate::session::Account;
use crate::store::{Kept, NewAnswer, Spared, StoreError};

/// Names the answers that the account's pending writes are shown over; `None` if that cannot be known now.
pub(crate) type Pending = Box<dyn Fn(&Arc<Account>) -> Option<Vec<String>> + Send + Sync>;

/// Nothing tells when the keys of what is pending were read: it is looked so often.
const KEYS_LATER: Duration = Duration::from_secs(60);

impl Queries {
    /// Has these stay in the cache too. Once.
    pub(crate) fn spare(&self, pending: Pending) {
        let _ = self.pending.set(pending);
    }

    /// Writes a new answer down.
    pub(super) fn keep(&self, account: &Arc<Account>, query: &dyn AnyQuery, held: &Held, json: &[u8]) {
        self.remember(account, &query.name(), held);
        self.store(account, query, held, json);
    }

    /// Writes down that an answer is still right.
    pub(super) fn keep_confirmed(&self, account: &Arc<Account>, query: &dyn AnyQuery, held: &Held) {
        let key = query.name();
        self.remember(account, &key, held);
        let confirmed = self.session.while_current(account.epoch(), || {
            let (keys, etag) = (account.cache_keys(), held.etag.as_deref());
            self.cache
                .confirm(keys, &key, etag, held.fetched_at, held.revision)
        });
        if matches!(self.noting(confirmed), Some(Ok(true))) {
            return;
        }
        // It made room for others meanwhile, or could not be written then.
        if let Some(json) = query.to_json(&held.value) {
            self.store(account, query, held, &json);
        }
    }

    /// Unless the account is gone: what is forgotten with it stays so.
    fn remember(&self, account: &Account, key: &str, held: &Held) {
        self.session.while_current(account.epoch(), || {
            self.memory().put(account.epoch(), key, held.clone());
        });
    }

    /// Puts an answer into the file, which may need room, or be damaged, once.
    fn store(&self, account: &Arc<Account>, query: &dyn AnyQuery, held: &Held, json: &[u8]) {
        match self.put(account, query, held, json) {
            // What must stay is asked for under no lock.
            Some(Ok(Kept::NeedsRoom)) => {
                let Some(spared) = self.spared(account) else {
                    return;
                };
                let made = self.session.while_current(account.epoch(), || {
                    self.cache.make_room(json.len(), held.fetched_at, &spared)
                });
                if !matches!(self.noting(made), Some(Ok(true) | Err(StoreError::Corrupt(_)))) {
                    return;
                }
            }
            // It is another file now.
            Some(Err(StoreError::Corrupt(_))) => {}
            _ => return,
        }
        self.put(account, query, held, json);
    }

    fn put(
        &self,
        account: &Account,
        query: &dyn AnyQuery,
        held: &Held,
        json: &[u8],
    ) -> Option<Result<Kept, StoreError>> {
        let answer = NewAnswer {
            schema: query.schema(),
            json,
            fetched_at: held.fetched_at,
            etag: held.etag.as_deref(),
            revision: held.revision,
        };
        let put = self.session.while_current(account.epoch(), || {
            let keys = account.cache_keys();
            self.cache.put(keys, &query.name(), &answer, &*self.ports.random)
        });
        self.noting(put)
    }

    /// What must stay; `None` if that cannot be known now.
    fn spared(&self, account: &Arc<Account>) -> Option<Spared> {
        let mut names = self.observers.watched(account.epoch());
        if let Some(pending) = self.pending.get() {
            names.extend(pending(account)?);
        }
        Some(Spared::of(account.cache_keys(), names))
    }

    /// Makes a file that is above its cap smaller, step by step: the cap may have been lowered. What must stay is known only
    /// once somebody has opened the session: for this alone no secret store is asked.
    pub(super) fn trim(self: &Arc<Self>) {
        if !self.cache.is_above_cap().unwrap_or(false) {
            return;
        }
        let (this, mut presence) = (Arc::clone(self), self.session.presence());
        self.handle.spawn_loop(async move {
            loop {
                presence.mark_unchanged();
                let Some(spared) = this.spared_as_known() else {
                    let changed = std::pin::pin!(presence.changed());
                    match this.session.present_or_ended() {
                        None => drop(changed.await),
                        Some(_) => drop(select(changed, this.ports.sleep.sleep(KEYS_LATER)).await),
                    }
                    continue;
                };
                let more = this.cache.trim(this.now(), &spared);
                if !matches!(this.noting(Some(more)), Some(Ok(true))) {
                    return;
                }
                tokio::task::yield_now().await;
            }
        });
    }

    /// What must stay of whoever's answers are there; `None` if that is not known yet.
    fn spared_as_known(&self) -> Option<Spared> {
        if self.session.is_nobody() {
            return Some(Spared::default());
        }
        self.spared(&self.session.present_or_ended()?)
    }

    pub(super) fn drop_answer(&self, account: &Account, key: &str) {
        self.memory().remove(key);
        self.noting(Some(self.cache.remove(account.cache_keys(), key)));
    }

    /// The cached answer, however old, and where it was.
    pub(super) fn cached(&self, account: &Account, query: &dyn AnyQuery) -> Option<(Held, Origin)> {
        let key = query.name();
        self.noting(Some(self.cache.touch(account.cache_keys(), &key, self.now())));
        self.unread(account, query)
    }

    /// The same, which does not count as having been read.
    pub(super) fn unread(&self, account: &Account, query: &dyn AnyQuery) -> Option<(Held, Origin)> {
        let key = query.name();
        let in_memory = self.memory().get(account.epoch(), &key);
        if let Some(held) = in_memory {
            return Some((held, Origin::Memory));
        }
        let row = self.noting(Some(self.cache.get(account.cache_keys(), &key, query.schema())));
        let row = row?.ok().flatten()?;
        let value = query.of_json(&row.json)?;
        let held = Held::new(value, row.fetched_at, row.etag, row.revision, row.json.len());
        self.remember(account, &key, &held);
        Some((held, Origin::Disk))
    }

    /// The same result; if it is a failure, it is told, and what is damaged is made anew.
    pub(super) fn noting<T>(&self, result: Option<Result<T, StoreError>>) -> Option<Result<T, StoreError>> {
        if let Some(Err(error)) = &result {
            tracing::warn!(%error, "the cache failed; going on without it");
            if matches!(error, StoreError::Corrupt(_))
                && let Err(error) = self.cache.rebuild(self.now())
            {
                tracing::warn!(%error, "the cache could not be rebuilt");
            }
        }
        result
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serialize};

    use super::*;
    use crate::client::{ClientConfig, PmiClient};
    use crate::error::Result;
    use crate::ports::{Ports, secrets::MemorySecrets};
    use crate::query::{Cached, Fetched, Query};
    use crate::session::Session;

    thread_local! {
        /// What happens once while an answer of the file is opened.
        static MEANWHILE: RefCell<Option<Box<dyn FnOnce()>>> = RefCell::default();
    }

    #[derive(Clone, Serialize)]
    struct Opened(u32);

    impl<'de> Deserialize<'de> for Opened {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            if let Some(meanwhile) = MEANWHILE.take() {
                meanwhile();
            }
            u32::deserialize(from).map(Self)
        }
    }

    #[derive(Clone)]
    struct OneAnswer;

    impl Query for OneAnswer {
        type Value = Opened;
        const SCHEMA: u32 = 1;
        const MAX_AGE: Duration = Duration::from_secs(60);

        fn key(&self) -> String {
            "one".to_owned()
        }

        async fn fetch(&self, _: Arc<Session>, _: Cached) -> Result<Fetched<Opened>> {
            Ok(Fetched::NotModified)
        }
    }

    #[test]
    fn s11_who_leaves_while_an_answer_is_opened_leaves_none_in_memory() {
        let dir = tempfile::tempdir().unwrap();
        let ports = Ports::system(Arc::new(MemorySecrets::new())).unwrap();
        let client = PmiClient::open(&ClientConfig::new("http://127.0.0.1:9", dir.path()), ports).unwrap();
        let inner = client.account().inner;
        let (session, queries) = (&inner.session, &inner.queries);
        for leaves in [false, true] {
            let account = session.enter_somebody();
            let held = Held::new(Arc::new(Opened(7)), Timestamp::UNIX_EPOCH, None, 0, 1);
            queries.store(&account, &OneAnswer, &held, b"7");
            let leaving = Arc::clone(session);
            if leaves {
                MEANWHILE.set(Some(Box::new(move || leaving.enter_nobody())));
            }
            let read = queries.peek(&account, &OneAnswer);
            assert_eq!(read.map(|opened| opened.0), Some(7), "the file has it");
            assert!(MEANWHILE.take().is_none(), "it was opened");
            let kept = queries.memory().get(account.epoch(), "one");
            assert_eq!(kept.is_some(), !leaves);
        }
    }
}
