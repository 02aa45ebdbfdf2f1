//! Answers that are brought up to date before anybody asks for them. Doing so does not count as reading them.

use std::sync::Arc;

use super::Query;
use super::any::AnyQuery;
use super::policy::Queries;
use crate::api::Priority;
use crate::error::Result;
use crate::session::Account;

/// What a 304 costs, in bytes of an answer.
const CONFIRMED: usize = 300;

/// What an answer that was never read is taken to cost.
const NEVER_READ: usize = 16_000;

/// An answer on this device.
pub(crate) struct Present<T> {
    pub(crate) value: Arc<T>,
    /// Not old, and asked for after the last write that changes it.
    pub(crate) is_fresh: bool,
}

impl Queries {
    /// The answer on this device, if there is one.
    pub(crate) fn present<Q: Query>(&self, account: &Arc<Account>, query: &Q) -> Option<Present<Q::Value>> {
        let (held, _) = self.unread(account, query)?;
        let lacks_a_write = Q::CHANGED_BY_WRITES && held.revision < self.session.settled_writes(account);
        Some(Present {
            is_fresh: !lacks_a_write && !self.is_stale(query, &held),
            value: Arc::clone(&held.value).downcast().ok()?,
        })
    }

    /// What asking for it will cost, more or less, in bytes.
    pub(crate) fn cost_of<Q: Query>(&self, account: &Account, query: &Q) -> usize {
        match self.unread(account, query) {
            Some((held, _)) if held.etag.is_some() => CONFIRMED,
            Some((held, _)) => held.size,
            None => NEVER_READ,
        }
    }

    /// When it was last read here, in milliseconds since 1970.
    pub(crate) fn last_read<Q: Query>(&self, account: &Account, query: &Q) -> Option<i64> {
        let read = self.cache.last_read(account.cache_keys(), &query.key());
        self.noting(Some(read))?.ok().flatten()
    }

    /// Asks the server, in the background. Whether there is a new answer; false if the one before is still right. What it
    /// started goes on when its future is dropped.
    pub(crate) async fn revalidate<Q: Query>(
        self: &Arc<Self>,
        account: &Arc<Account>,
        query: &Q,
    ) -> Result<bool> {
        let before = self.unread(account, query).map(|(held, _)| held);
        let query: Arc<dyn AnyQuery> = Arc::new(query.clone());
        let asked = self.ask(account, &query, before.clone(), Priority::Background);
        let after = asked.await?;
        // What was confirmed is the very same value.
        Ok(before.is_none_or(|before| !Arc::ptr_eq(&before.value, &after.value)))
    }
}
