//! Reads: cached, shared, observed.
//!
//! A read never waits for the network when the cached answer will do, is sent once however many ask for it at the same
//! time, and goes on to its end when they stop waiting. What it does not do: it knows no route and no SQL.

mod age;
mod ahead;
mod any;
mod cached;
mod keeping;
mod live;
mod observation;
mod paging;
mod policy;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use serde::{Serialize, de::DeserializeOwned};

use crate::api::Tries;
use crate::error::Result;
use crate::session::{Manner, Session};

pub(crate) use keeping::Pending;
pub use observation::{Observation, Update};
pub(crate) use paging::{read_all, read_one};
pub(crate) use policy::Queries;

/// One read: what it is called in the cache, how long its answer is good for, and how to ask.
pub(crate) trait Query: Clone + Send + Sync + 'static {
    /// The answer, as the cache keeps it.
    type Value: Serialize + DeserializeOwned + Clone + Send + Sync + 'static;

    /// Changes whenever `Value`'s stored form does; an older row is then as good as none.
    const SCHEMA: u32;

    /// Until this age an answer is shown without asking again.
    const MAX_AGE: Duration;

    /// Whether a write of the customer's can change the answer: then observers look, and the server is asked, again after one.
    const CHANGED_BY_WRITES: bool = false;

    /// The name of the answer, unique within an account.
    fn key(&self) -> String;

    /// Asks the server.
    fn fetch(
        &self,
        session: Arc<Session>,
        cached: Cached,
    ) -> impl Future<Output = Result<Fetched<Self::Value>>> + Send;
}

/// What there is of an answer already, when the server is asked for it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cached {
    /// Whether there is anything to show meanwhile.
    pub(crate) any: bool,
    pub(crate) etag: Option<String>,
}

impl Cached {
    /// Nothing.
    pub(crate) fn nothing() -> Self {
        Self::default()
    }

    /// How to ask.
    fn manner(&self) -> Manner {
        let tries = if self.any {
            Tries::Hurried
        } else {
            Tries::AsConfigured
        };
        Manner {
            tries,
            ..Manner::if_changed(self.etag.as_deref())
        }
    }
}

/// What the server said to a query.
pub(crate) enum Fetched<T> {
    /// A new answer.
    New { value: T, etag: Option<String> },
    /// What the cache has is still right.
    NotModified,
}
