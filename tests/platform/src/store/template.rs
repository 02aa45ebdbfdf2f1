//! Seeded databases, made once per process and copied from then on: tests start hundreds of servers.
//!
//! A template is a closed SQLite file's bytes, under what it was seeded from and the hour of the server's clock. At most a few are kept.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use tokio::sync::Mutex;

use super::Store;
use crate::error::StartError;
use crate::seed::{self, Plan};

type Key = (Plan, Timestamp);

/// Newest first.
type Templates = VecDeque<(Key, Arc<Vec<u8>>)>;

static TEMPLATES: LazyLock<Mutex<Templates>> = LazyLock::new(Mutex::default);

/// How many templates are kept: a test process rarely needs more than one or two.
const KEPT: usize = 6;

/// Writes a migrated and seeded database to `path`, which must not exist.
pub(super) async fn write(path: &Path, plan: Plan, now: Timestamp) -> Result<(), StartError> {
    let key = (plan, seed::anchor(now));
    // Held while the template is made, so that servers starting at once make it once.
    let mut templates = TEMPLATES.lock().await;
    let found = templates
        .iter()
        .find(|(kept, _)| *kept == key)
        .map(|(_, bytes)| Arc::clone(bytes));
    let bytes = match found {
        Some(bytes) => bytes,
        None => {
            let bytes = Arc::new(make(&key).await?);
            templates.push_front((key, Arc::clone(&bytes)));
            templates.truncate(KEPT);
            bytes
        }
    };
    drop(templates);
    tokio::fs::write(path, bytes.as_slice())
        .await
        .map_err(StartError::File)
}

async fn make((plan, anchor): &Key) -> Result<Vec<u8>, StartError> {
    let scratch = tempfile::tempdir().map_err(StartError::File)?;
    let path = scratch.path().join("template.sqlite3");
    let store = Store::open_file(&path, false, None).await?;
    store.migrate().await?;
    seed::fill(&store, *plan, *anchor).await?;
    store.close().await;
    tokio::fs::read(&path).await.map_err(StartError::File)
}

impl Store {
    /// Opens what the configuration names, migrated, and seeded if it was empty.
    pub(crate) async fn prepare(
        database: &crate::config::Database,
        plan: Plan,
        now: Timestamp,
    ) -> Result<Self, StartError> {
        use crate::config::Database;
        match database {
            Database::Memory => {
                let scratch = tempfile::tempdir().map_err(StartError::File)?;
                let path = scratch.path().join("platform.sqlite3");
                write(&path, plan, now).await?;
                Ok(Self::open_file(&path, false, Some(scratch)).await?)
            }
            Database::File(path) => {
                if !tokio::fs::try_exists(path).await.map_err(StartError::File)? {
                    write(path, plan, now).await?;
                }
                let store = Self::open_file(path, true, None).await?;
                store.settle(plan, now).await?;
                Ok(store)
            }
            Database::Url(url) => {
                let store = Self::open_url(url).await?;
                store.settle(plan, now).await?;
                Ok(store)
            }
        }
    }

    async fn settle(&self, plan: Plan, now: Timestamp) -> Result<(), StartError> {
        self.migrate().await?;
        if self.meta(seed::SUMMARY).await?.is_none() {
            seed::fill(self, plan, seed::anchor(now)).await?;
        }
        Ok(())
    }
}
