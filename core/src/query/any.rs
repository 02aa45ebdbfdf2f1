//! A query without the type of its value, for what reads, keeps and observes one: that is then compiled once, and not for each
//! query. The type is known again where a value is given out.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;

use super::{Cached, Fetched, Query};
use crate::error::Result;
use crate::session::Session;

/// A query's value.
pub(super) type AnyValue = Arc<dyn Any + Send + Sync>;

/// A query of any type.
pub(super) trait AnyQuery: Send + Sync {
    fn name(&self) -> String;

    fn schema(&self) -> u32;

    fn max_age(&self) -> Duration;

    fn changed_by_writes(&self) -> bool;

    fn fetch_any(
        self: Arc<Self>,
        session: Arc<Session>,
        cached: Cached,
    ) -> BoxFuture<'static, Result<Fetched<AnyValue>>>;

    /// `None`: it cannot be stored, or is of another query.
    fn to_json(&self, value: &AnyValue) -> Option<Vec<u8>>;

    /// `None`: it is not what this query stores.
    fn of_json(&self, json: &[u8]) -> Option<AnyValue>;
}

impl<Q: Query> AnyQuery for Q {
    fn name(&self) -> String {
        self.key()
    }

    fn schema(&self) -> u32 {
        Q::SCHEMA
    }

    fn max_age(&self) -> Duration {
        Q::MAX_AGE
    }

    fn changed_by_writes(&self) -> bool {
        Q::CHANGED_BY_WRITES
    }

    fn fetch_any(
        self: Arc<Self>,
        session: Arc<Session>,
        cached: Cached,
    ) -> BoxFuture<'static, Result<Fetched<AnyValue>>> {
        Box::pin(async move {
            Ok(match self.fetch(session, cached).await? {
                Fetched::New { value, etag } => {
                    let value: AnyValue = Arc::new(value);
                    Fetched::New { value, etag }
                }
                Fetched::NotModified => Fetched::NotModified,
            })
        })
    }

    fn to_json(&self, value: &AnyValue) -> Option<Vec<u8>> {
        serde_json::to_vec(value.downcast_ref::<Q::Value>()?).ok()
    }

    fn of_json(&self, json: &[u8]) -> Option<AnyValue> {
        let value: Q::Value = serde_json::from_slice(json).ok()?;
        Some(Arc::new(value))
    }
}
