//! Customers, staff included.

use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Store, Write};

/// A customer's row.
#[derive(Clone)]
pub(crate) struct Customer {
    pub(crate) id: i64,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) email: String,
    pub(crate) password_hash: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) address: Option<String>,
    pub(crate) role: String,
    pub(crate) active: bool,
}

/// A customer to be.
pub(crate) struct NewCustomer<'a> {
    pub(crate) first_name: &'a str,
    pub(crate) last_name: &'a str,
    pub(crate) email: &'a str,
    pub(crate) password_hash: Option<&'a str>,
    pub(crate) phone: Option<&'a str>,
    pub(crate) address: Option<&'a str>,
    pub(crate) role: &'a str,
}

const COLUMNS: &str =
    "customer_id, first_name, last_name, email, password_hash, phone, address, role, active";

fn read(row: &AnyRow) -> Result<Customer, sqlx::Error> {
    Ok(Customer {
        id: row.try_get(0)?,
        first_name: row.try_get(1)?,
        last_name: row.try_get(2)?,
        email: row.try_get(3)?,
        password_hash: row.try_get(4)?,
        phone: row.try_get(5)?,
        address: row.try_get(6)?,
        role: row.try_get(7)?,
        active: row.try_get::<i64, _>(8)? != 0,
    })
}

impl Store {
    /// The customer of that id.
    pub(crate) async fn customer(&self, id: i64) -> Result<Option<Customer>, sqlx::Error> {
        let sql = format!("SELECT {COLUMNS} FROM customers WHERE customer_id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(id)
            .fetch_optional(self.pool())
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// The customer whose address is exactly that (v1).
    pub(crate) async fn customer_by_email(&self, email: &str) -> Result<Option<Customer>, sqlx::Error> {
        let sql = format!("SELECT {COLUMNS} FROM customers WHERE email = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(email)
            .fetch_optional(self.pool())
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// The customer whose address is that, whatever the case (v2).
    pub(crate) async fn customer_by_folded_email(
        &self,
        email: &str,
    ) -> Result<Option<Customer>, sqlx::Error> {
        let sql =
            format!("SELECT {COLUMNS} FROM customers WHERE email_folded = $1 ORDER BY customer_id LIMIT 1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(email.to_lowercase())
            .fetch_optional(self.pool())
            .await?;
        row.as_ref().map(read).transpose()
    }
}

impl Write {
    /// The customer of that id, inside this write.
    pub(crate) async fn customer(&mut self, id: i64) -> Result<Option<Customer>, sqlx::Error> {
        let sql = format!("SELECT {COLUMNS} FROM customers WHERE customer_id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(id)
            .fetch_optional(&mut **self)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// Whether the address is taken, exactly (v1) or whatever the case (v2).
    pub(crate) async fn email_taken(&mut self, email: &str, folded: bool) -> Result<bool, sqlx::Error> {
        let query = if folded {
            sqlx::query("SELECT 1 FROM customers WHERE email_folded = $1 LIMIT 1").bind(email.to_lowercase())
        } else {
            sqlx::query("SELECT 1 FROM customers WHERE email = $1").bind(email.to_owned())
        };
        Ok(query.fetch_optional(&mut **self).await?.is_some())
    }

    /// Adds a customer and says its id.
    pub(crate) async fn add_customer(
        &mut self,
        new: &NewCustomer<'_>,
        now_us: i64,
    ) -> Result<i64, sqlx::Error> {
        let id = self.next_id("customers").await?;
        sqlx::query(
            "INSERT INTO customers (customer_id, first_name, last_name, email, email_folded, password_hash, phone, address, \
             role, active, created_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10)",
        )
        .bind(id)
        .bind(new.first_name)
        .bind(new.last_name)
        .bind(new.email)
        .bind(new.email.to_lowercase())
        .bind(new.password_hash)
        .bind(new.phone)
        .bind(new.address)
        .bind(new.role)
        .bind(now_us)
        .execute(&mut **self)
        .await?;
        Ok(id)
    }

    /// Lets no other write that locks this customer go on until this one ends.
    pub(crate) async fn lock_customer(&mut self, id: i64) -> Result<(), sqlx::Error> {
        sqlx::query("UPDATE customers SET active = active WHERE customer_id = $1")
            .bind(id)
            .execute(&mut **self)
            .await
            .map(drop)
    }

    /// Writes the fields a customer may change of itself.
    pub(crate) async fn update_profile(&mut self, customer: &Customer) -> Result<(), sqlx::Error> {
        sqlx::query("UPDATE customers SET first_name = $2, last_name = $3, phone = $4, address = $5 WHERE customer_id = $1")
            .bind(customer.id)
            .bind(&customer.first_name)
            .bind(&customer.last_name)
            .bind(customer.phone.as_deref())
            .bind(customer.address.as_deref())
            .execute(&mut **self)
            .await
            .map(drop)
    }

    /// Gives a customer another password.
    pub(crate) async fn set_password(&mut self, id: i64, hash: &str) -> Result<(), sqlx::Error> {
        sqlx::query("UPDATE customers SET password_hash = $2 WHERE customer_id = $1")
            .bind(id)
            .bind(hash)
            .execute(&mut **self)
            .await
            .map(drop)
    }

    /// Switches a customer off or on.
    pub(crate) async fn set_active(&mut self, id: i64, active: bool) -> Result<(), sqlx::Error> {
        sqlx::query("UPDATE customers SET active = $2 WHERE customer_id = $1")
            .bind(id)
            .bind(i64::from(active))
            .execute(&mut **self)
            .await
            .map(drop)
    }

    /// Gives a customer another role.
    pub(crate) async fn set_role(&mut self, id: i64, role: &str) -> Result<(), sqlx::Error> {
        sqlx::query("UPDATE customers SET role = $2 WHERE customer_id = $1")
            .bind(id)
            .bind(role)
            .execute(&mut **self)
            .await
            .map(drop)
    }

    /// Deletes a customer and what is theirs. Their vehicles become unclaimed.
    pub(crate) async fn delete_customer(&mut self, id: i64) -> Result<(), sqlx::Error> {
        for sql in [
            "UPDATE vehicles SET customer_id = NULL WHERE customer_id = $1",
            "DELETE FROM photo_parts WHERE appointment_id IN (SELECT appointment_id FROM appointments WHERE customer_id = $1)",
            "DELETE FROM photos WHERE appointment_id IN (SELECT appointment_id FROM appointments WHERE customer_id = $1)",
            "DELETE FROM appointments WHERE customer_id = $1",
            "DELETE FROM notifications WHERE customer_id = $1",
            "DELETE FROM families WHERE customer_id = $1",
            "DELETE FROM reset_tokens WHERE customer_id = $1",
            "DELETE FROM idempotency WHERE customer_id = $1",
            "DELETE FROM customers WHERE customer_id = $1",
        ] {
            sqlx::query(sql).bind(id).execute(&mut **self).await?;
        }
        Ok(())
    }
}
