//! Final answers kept for a repeated `Idempotency-Key`.

use sqlx::Row;

use super::{Store, Write};

/// A kept answer.
pub(crate) struct Kept {
    pub(crate) request_hash: String,
    pub(crate) status: u16,
    pub(crate) body: String,
    pub(crate) etag: Option<String>,
}

impl Store {
    /// The answer kept for this customer's key, if it has not expired.
    pub(crate) async fn kept(
        &self,
        customer: i64,
        key: &str,
        now_us: i64,
    ) -> Result<Option<Kept>, sqlx::Error> {
        let row = sqlx::query(
            "SELECT request_hash, status, body, etag FROM idempotency WHERE customer_id = $1 AND idem_key = $2 AND expires_us > $3",
        )
        .bind(customer)
        .bind(key)
        .bind(now_us)
        .fetch_optional(self.pool())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let status: i64 = row.try_get(1)?;
        Ok(Some(Kept {
            request_hash: row.try_get(0)?,
            status: u16::try_from(status).unwrap_or(500),
            body: row.try_get(2)?,
            etag: row.try_get(3)?,
        }))
    }
}

impl Write {
    /// Keeps an answer until `expires_us`, and forgets what has expired. Says whether there was none yet.
    pub(crate) async fn keep(
        &mut self,
        customer: i64,
        key: &str,
        kept: &Kept,
        now_us: i64,
        expires_us: i64,
    ) -> Result<bool, sqlx::Error> {
        sqlx::query("DELETE FROM idempotency WHERE expires_us <= $1")
            .bind(now_us)
            .execute(&mut **self)
            .await?;
        let done = sqlx::query(
            "INSERT INTO idempotency (customer_id, idem_key, request_hash, status, body, expires_us, etag) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (customer_id, idem_key) DO NOTHING",
        )
        .bind(customer)
        .bind(key)
        .bind(&kept.request_hash)
        .bind(i64::from(kept.status))
        .bind(&kept.body)
        .bind(expires_us)
        .bind(kept.etag.as_deref())
        .execute(&mut **self)
        .await?;
        Ok(done.rows_affected() > 0)
    }
}
