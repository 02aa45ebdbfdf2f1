//! What the server knows about itself: its signing key and what it was seeded with.

use sqlx::Row;

use super::{Store, Write};

impl Store {
    /// The value kept under `name`.
    pub(crate) async fn meta(&self, name: &str) -> Result<Option<String>, sqlx::Error> {
        let row = sqlx::query("SELECT value FROM meta WHERE name = $1")
            .bind(name)
            .fetch_optional(self.pool())
            .await?;
        row.map(|row| row.try_get(0)).transpose()
    }
}

impl Write {
    /// Keeps `value` under `name`.
    pub(crate) async fn set_meta(&mut self, name: &str, value: &str) -> Result<(), sqlx::Error> {
        sqlx::query(
            "INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )
        .bind(name)
        .bind(value)
        .execute(&mut **self)
        .await
        .map(drop)
    }
}
