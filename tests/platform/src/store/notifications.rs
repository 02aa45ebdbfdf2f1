//! What the platform has told its customers.

use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Store, Write};

/// A notification with what every answer says of its customer and vehicle.
#[derive(Clone)]
pub(crate) struct Notification {
    pub(crate) id: i64,
    pub(crate) customer_id: i64,
    pub(crate) vehicle_id: Option<i64>,
    pub(crate) kind: String,
    pub(crate) channel: String,
    pub(crate) sent_us: i64,
    pub(crate) delivered: bool,
    pub(crate) seen: bool,
    pub(crate) message: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    /// Make, model and VIN.
    pub(crate) vehicle: Option<(String, String, String)>,
}

const SELECT: &str = "SELECT n.notification_id, n.customer_id, n.vehicle_id, n.kind, n.channel, n.sent_us, n.delivered, n.seen, \
    n.message, c.first_name, c.last_name, v.make, v.model, v.vin FROM notifications n \
    JOIN customers c ON c.customer_id = n.customer_id LEFT JOIN vehicles v ON v.vehicle_id = n.vehicle_id";

fn read(row: &AnyRow) -> Result<Notification, sqlx::Error> {
    let make: Option<String> = row.try_get(11)?;
    let model: Option<String> = row.try_get(12)?;
    let vin: Option<String> = row.try_get(13)?;
    Ok(Notification {
        id: row.try_get(0)?,
        customer_id: row.try_get(1)?,
        vehicle_id: row.try_get(2)?,
        kind: row.try_get(3)?,
        channel: row.try_get(4)?,
        sent_us: row.try_get(5)?,
        delivered: row.try_get::<i64, _>(6)? != 0,
        seen: row.try_get::<i64, _>(7)? != 0,
        message: row.try_get(8)?,
        first_name: row.try_get(9)?,
        last_name: row.try_get(10)?,
        vehicle: make
            .zip(model)
            .zip(vin)
            .map(|((make, model), vin)| (make, model, vin)),
    })
}

impl Store {
    /// The notification of that id.
    pub(crate) async fn notification(&self, id: i64) -> Result<Option<Notification>, sqlx::Error> {
        let sql = format!("{SELECT} WHERE n.notification_id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(id)
            .fetch_optional(self.pool())
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// At most `limit` of a customer's notifications that come after `after` (when sent, id), newest first.
    pub(crate) async fn notifications_of(
        &self,
        customer: i64,
        after: Option<(i64, i64)>,
        limit: i64,
    ) -> Result<Vec<Notification>, sqlx::Error> {
        let (sent, id) = after.unwrap_or((i64::MAX, i64::MAX));
        let sql = format!(
            "{SELECT} WHERE n.customer_id = $1 AND (n.sent_us < $2 OR (n.sent_us = $2 AND n.notification_id < $3)) \
             ORDER BY n.sent_us DESC, n.notification_id DESC LIMIT $4"
        );
        let query = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(customer)
            .bind(sent)
            .bind(id)
            .bind(limit);
        query.fetch_all(self.pool()).await?.iter().map(read).collect()
    }

    /// Everybody's notifications, or one customer's, or one vehicle's, newest first (v1).
    pub(crate) async fn notification_history(
        &self,
        customer: Option<i64>,
        vehicle: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Notification>, sqlx::Error> {
        let sql = format!(
            "{SELECT} WHERE ($1 = 0 OR n.customer_id = $1) AND ($2 = 0 OR n.vehicle_id = $2) \
             ORDER BY n.sent_us DESC, n.notification_id DESC LIMIT $3"
        );
        let query = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(customer.unwrap_or(0))
            .bind(vehicle.unwrap_or(0))
            .bind(limit);
        query.fetch_all(self.pool()).await?.iter().map(read).collect()
    }
}

impl Write {
    /// Marks a notification read. Says whether there was one.
    pub(crate) async fn mark_read(&mut self, id: i64) -> Result<bool, sqlx::Error> {
        let done = sqlx::query("UPDATE notifications SET seen = 1 WHERE notification_id = $1")
            .bind(id)
            .execute(&mut **self)
            .await?;
        Ok(done.rows_affected() > 0)
    }
}
