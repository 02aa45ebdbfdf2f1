//! Service centres, and what occupies them.
//!
//! [`Write::lock_center`] is what a check of a centre's room begins with: it holds the centre's row until the write ends, so
//! two servers on one PostgreSQL do not both give away the last place.

use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row};

use super::{Store, Write};

/// A service centre.
#[derive(Clone)]
pub(crate) struct Center {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) address: String,
    pub(crate) city: String,
    pub(crate) state: String,
    pub(crate) phone: Option<String>,
    pub(crate) capacity: i64,
    pub(crate) time_zone: String,
}

/// A booking that takes one of a centre's places.
pub(crate) struct Busy {
    pub(crate) booking_id: i64,
    pub(crate) wall_us: i64,
    pub(crate) offset_s: Option<i64>,
    pub(crate) duration: Option<i64>,
}

const COLUMNS: &str = "center_id, name, address, city, state, phone, capacity, time_zone";

fn read(row: &AnyRow) -> Result<Center, sqlx::Error> {
    Ok(Center {
        id: row.try_get(0)?,
        name: row.try_get(1)?,
        address: row.try_get(2)?,
        city: row.try_get(3)?,
        state: row.try_get(4)?,
        phone: row.try_get(5)?,
        capacity: row.try_get(6)?,
        time_zone: row.try_get(7)?,
    })
}

async fn some(
    on: impl Executor<'_, Database = Any>,
    after: i64,
    limit: i64,
) -> Result<Vec<Center>, sqlx::Error> {
    let sql =
        format!("SELECT {COLUMNS} FROM service_centers WHERE center_id > $1 ORDER BY center_id LIMIT $2");
    let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(after).bind(limit);
    query.fetch_all(on).await?.iter().map(read).collect()
}

async fn busy(
    on: impl Executor<'_, Database = Any>,
    center: i64,
    from_us: i64,
    to_us: i64,
) -> Result<Vec<Busy>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT appointment_id, wall_us, offset_s, duration FROM appointments WHERE center_id = $1 AND wall_us >= $2 \
         AND wall_us <= $3 AND status IN ('scheduled', 'confirmed', 'in_progress')",
    )
    .bind(center)
    .bind(from_us)
    .bind(to_us)
    .fetch_all(on)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Busy {
                booking_id: row.try_get(0)?,
                wall_us: row.try_get(1)?,
                offset_s: row.try_get(2)?,
                duration: row.try_get(3)?,
            })
        })
        .collect()
}

impl Store {
    /// At most `limit` service centres with an id above `after`, by id.
    pub(crate) async fn centers(&self, after: i64, limit: i64) -> Result<Vec<Center>, sqlx::Error> {
        some(self.pool(), after, limit).await
    }

    /// The centre of that id.
    pub(crate) async fn center(&self, id: i64) -> Result<Option<Center>, sqlx::Error> {
        let sql = format!("SELECT {COLUMNS} FROM service_centers WHERE center_id = $1");
        let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id);
        query
            .fetch_optional(self.pool())
            .await?
            .as_ref()
            .map(read)
            .transpose()
    }

    /// A centre's active bookings that begin between two wall times, both included.
    pub(crate) async fn busy(&self, center: i64, from_us: i64, to_us: i64) -> Result<Vec<Busy>, sqlx::Error> {
        busy(self.pool(), center, from_us, to_us).await
    }
}

impl Write {
    /// Every service centre by id, inside this write.
    pub(crate) async fn centers(&mut self) -> Result<Vec<Center>, sqlx::Error> {
        some(&mut **self, 0, i64::MAX).await
    }

    /// As [`Store::busy`], inside this write.
    pub(crate) async fn busy(
        &mut self,
        center: i64,
        from_us: i64,
        to_us: i64,
    ) -> Result<Vec<Busy>, sqlx::Error> {
        busy(&mut **self, center, from_us, to_us).await
    }

    /// The centre of that id, whose room nobody else changes until this write ends.
    pub(crate) async fn lock_center(&mut self, id: i64) -> Result<Option<Center>, sqlx::Error> {
        let sql = format!(
            "UPDATE service_centers SET capacity = capacity WHERE center_id = $1 RETURNING {COLUMNS}"
        );
        let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id);
        query
            .fetch_optional(&mut **self)
            .await?
            .as_ref()
            .map(read)
            .transpose()
    }

    /// Gives a centre another capacity and time zone.
    pub(crate) async fn update_center(&mut self, center: &Center) -> Result<(), sqlx::Error> {
        sqlx::query("UPDATE service_centers SET capacity = $2, time_zone = $3 WHERE center_id = $1")
            .bind(center.id)
            .bind(center.capacity)
            .bind(&center.time_zone)
            .execute(&mut **self)
            .await
            .map(drop)
    }
}
