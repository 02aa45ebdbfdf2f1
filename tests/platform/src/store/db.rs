//! The connection pool, and the one lock every write takes.

use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::str::FromStr as _;
use std::sync::{Arc, Once};
use std::time::Duration;

use sqlx::ConnectOptions as _;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions, AnyRow};
use sqlx::{Any, AnyConnection, AnyPool, Transaction};
use tempfile::TempDir;
use tokio::sync::{Mutex, OwnedMutexGuard};

/// The database type every query is written for.
type Db = Any;

static DRIVERS: Once = Once::new();

/// The rows.
pub(crate) struct Store {
    pool: AnyPool,
    writer: Arc<Mutex<()>>,
    /// Keeps a `Database::Memory` directory until the server goes.
    _scratch: Option<TempDir>,
}

/// A transaction, and the server's write lock with it. Dropped without [`Write::commit`] it rolls back.
pub(crate) struct Write {
    tx: Transaction<'static, Db>,
    _lock: OwnedMutexGuard<()>,
}

impl Store {
    /// Opens a SQLite file. `durable` decides whether a commit survives the machine losing power.
    pub(crate) async fn open_file(
        path: &Path,
        durable: bool,
        scratch: Option<TempDir>,
    ) -> Result<Self, sqlx::Error> {
        let url = format!("sqlite://{}?mode=rwc", path.display());
        let store = Self::open(&url, durable, scratch).await?;
        private(path).map_err(sqlx::Error::Io)?;
        Ok(store)
    }

    /// Opens a database by URL.
    pub(crate) async fn open_url(url: &str) -> Result<Self, sqlx::Error> {
        Self::open(url, true, None).await
    }

    async fn open(url: &str, durable: bool, scratch: Option<TempDir>) -> Result<Self, sqlx::Error> {
        DRIVERS.call_once(sqlx::any::install_default_drivers);
        let sqlite = url.starts_with("sqlite:");
        // A statement may hold what a person wrote, or a seeded hash: none is logged, slow ones neither.
        let options = AnyConnectOptions::from_str(url)?.disable_statement_logging();
        // One SQLite connection: every statement is serial anyway, and none ever meets SQLITE_BUSY.
        let pool = AnyPoolOptions::new()
            .max_connections(if sqlite { 1 } else { 8 })
            .acquire_timeout(Duration::from_secs(30))
            .idle_timeout(None)
            .max_lifetime(None)
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    if sqlite {
                        let sync = if durable { "FULL" } else { "OFF" };
                        let pragmas = format!(
                            "PRAGMA journal_mode=WAL; PRAGMA synchronous={sync}; PRAGMA busy_timeout=5000;"
                        );
                        sqlx::raw_sql(sqlx::AssertSqlSafe(pragmas))
                            .execute(connection)
                            .await?;
                    }
                    Ok(())
                })
            })
            .connect_with(options)
            .await?;
        Ok(Self {
            pool,
            writer: Arc::default(),
            _scratch: scratch,
        })
    }

    /// Brings the schema to this version.
    pub(crate) async fn migrate(&self) -> Result<(), sqlx::Error> {
        sqlx::migrate!("./migrations")
            .run(&self.pool)
            .await
            .map_err(|error| sqlx::Error::Migrate(Box::new(error)))
    }

    /// The pool, for a read.
    pub(super) fn pool(&self) -> &AnyPool {
        &self.pool
    }

    /// Begins a write. Waits for the one before it.
    pub(crate) async fn write(&self) -> Result<Write, sqlx::Error> {
        let lock = Arc::clone(&self.writer).lock_owned().await;
        Ok(Write {
            tx: self.pool.begin().await?,
            _lock: lock,
        })
    }

    /// Whether the database answers.
    pub(crate) async fn ping(&self) -> Result<(), sqlx::Error> {
        sqlx::query("SELECT 1").execute(&self.pool).await.map(drop)
    }

    /// Closes every connection, so that the file holds everything.
    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }
}

impl Write {
    /// Makes it so.
    pub(crate) async fn commit(self) -> Result<(), sqlx::Error> {
        self.tx.commit().await
    }

    /// The next id of a table that numbers its rows.
    pub(crate) async fn next_id(&mut self, table: &'static str) -> Result<i64, sqlx::Error> {
        let bumped: Option<AnyRow> =
            sqlx::query("UPDATE counters SET value = value + 1 WHERE name = $1 RETURNING value")
                .bind(table)
                .fetch_optional(&mut **self)
                .await?;
        if let Some(row) = bumped {
            return sqlx::Row::try_get(&row, 0);
        }
        self.set_counter(table, 1).await?;
        Ok(1)
    }

    /// Makes `value` the last id given out.
    pub(crate) async fn set_counter(&mut self, table: &'static str, value: i64) -> Result<(), sqlx::Error> {
        sqlx::query(
            "INSERT INTO counters (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )
        .bind(table)
        .bind(value)
        .execute(&mut **self)
        .await
        .map(drop)
    }
}

impl Deref for Write {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        &self.tx
    }
}

impl DerefMut for Write {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.tx
    }
}

#[cfg(unix)]
fn private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn private(_: &Path) -> std::io::Result<()> {
    Ok(())
}
