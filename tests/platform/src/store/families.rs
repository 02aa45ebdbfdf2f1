//! Refresh-token families: one row per sign-in, hashes only. What may follow what is decided in `auth::refresh`.

use sqlx::Row;

use super::{Store, Write};

/// A family's row.
pub(crate) struct Family {
    pub(crate) id: String,
    pub(crate) customer_id: i64,
    /// The newest token given out.
    pub(crate) generation: i64,
    /// The newest generation of which the refresh token, or an access token issued with it, has been used.
    pub(crate) confirmed: i64,
    pub(crate) token_hash: String,
    pub(crate) previous_hash: Option<String>,
    pub(crate) expires_us: i64,
    /// Why it is no longer good.
    pub(crate) revoked: Option<String>,
}

const SELECT: &str = "SELECT family_id, customer_id, generation, confirmed, token_hash, previous_hash, expires_us, revoked \
                      FROM families WHERE family_id = $1";

fn read(row: &sqlx::any::AnyRow) -> Result<Family, sqlx::Error> {
    Ok(Family {
        id: row.try_get(0)?,
        customer_id: row.try_get(1)?,
        generation: row.try_get(2)?,
        confirmed: row.try_get(3)?,
        token_hash: row.try_get(4)?,
        previous_hash: row.try_get(5)?,
        expires_us: row.try_get(6)?,
        revoked: row.try_get(7)?,
    })
}

impl Store {
    /// The family of that id.
    pub(crate) async fn family(&self, id: &str) -> Result<Option<Family>, sqlx::Error> {
        let row = sqlx::query(SELECT).bind(id).fetch_optional(self.pool()).await?;
        row.as_ref().map(read).transpose()
    }
}

impl Write {
    /// The family of that id, inside this write.
    pub(crate) async fn family(&mut self, id: &str) -> Result<Option<Family>, sqlx::Error> {
        let row = sqlx::query(SELECT).bind(id).fetch_optional(&mut **self).await?;
        row.as_ref().map(read).transpose()
    }

    /// Adds a family.
    pub(crate) async fn add_family(&mut self, family: &Family, now_us: i64) -> Result<(), sqlx::Error> {
        sqlx::query(
            "INSERT INTO families (family_id, customer_id, generation, confirmed, token_hash, previous_hash, expires_us, \
             created_us, revoked) VALUES ($1, $2, $3, $4, $5, NULL, $6, $7, NULL)",
        )
        .bind(&family.id)
        .bind(family.customer_id)
        .bind(family.generation)
        .bind(family.confirmed)
        .bind(&family.token_hash)
        .bind(family.expires_us)
        .bind(now_us)
        .execute(&mut **self)
        .await
        .map(drop)
    }

    /// Writes a rotation.
    pub(crate) async fn update_family(&mut self, family: &Family) -> Result<(), sqlx::Error> {
        sqlx::query(
            "UPDATE families SET generation = $2, confirmed = $3, token_hash = $4, previous_hash = $5, expires_us = $6, \
             revoked = $7 WHERE family_id = $1",
        )
        .bind(&family.id)
        .bind(family.generation)
        .bind(family.confirmed)
        .bind(&family.token_hash)
        .bind(family.previous_hash.as_deref())
        .bind(family.expires_us)
        .bind(family.revoked.as_deref())
        .execute(&mut **self)
        .await
        .map(drop)
    }

    /// Notes that something of `generation` has been used.
    pub(crate) async fn confirm_generation(&mut self, id: &str, generation: i64) -> Result<(), sqlx::Error> {
        sqlx::query("UPDATE families SET confirmed = $2 WHERE family_id = $1 AND confirmed < $2")
            .bind(id)
            .bind(generation)
            .execute(&mut **self)
            .await
            .map(drop)
    }

    /// Ends every family of a customer.
    pub(crate) async fn revoke_families(&mut self, customer_id: i64, why: &str) -> Result<(), sqlx::Error> {
        sqlx::query("UPDATE families SET revoked = $2 WHERE customer_id = $1 AND revoked IS NULL")
            .bind(customer_id)
            .bind(why)
            .execute(&mut **self)
            .await
            .map(drop)
    }
}
