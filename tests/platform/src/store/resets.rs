//! Password-reset tokens: hashes, used once.

use super::Write;
use sqlx::Row;

impl Write {
    /// Adds a token's hash.
    pub(crate) async fn add_reset(
        &mut self,
        hash: &str,
        customer_id: i64,
        expires_us: i64,
    ) -> Result<(), sqlx::Error> {
        sqlx::query("INSERT INTO reset_tokens (token_hash, customer_id, expires_us, used_us) VALUES ($1, $2, $3, NULL)")
            .bind(hash)
            .bind(customer_id)
            .bind(expires_us)
            .execute(&mut **self)
            .await
            .map(drop)
    }

    /// Uses a token up: whose it was, or nothing if it is unknown, used or expired. A customer's other tokens die with it.
    pub(crate) async fn take_reset(&mut self, hash: &str, now_us: i64) -> Result<Option<i64>, sqlx::Error> {
        let row = sqlx::query(
            "SELECT customer_id FROM reset_tokens WHERE token_hash = $1 AND used_us IS NULL AND expires_us > $2",
        )
        .bind(hash)
        .bind(now_us)
        .fetch_optional(&mut **self)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let customer: i64 = row.try_get(0)?;
        sqlx::query("UPDATE reset_tokens SET used_us = $2 WHERE customer_id = $1 AND used_us IS NULL")
            .bind(customer)
            .bind(now_us)
            .execute(&mut **self)
            .await?;
        Ok(Some(customer))
    }
}
