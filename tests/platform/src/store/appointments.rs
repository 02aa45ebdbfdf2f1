//! Bookings, which v1 calls appointments too.

use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row};

use super::{Store, Write};

/// A booking with what every answer says of its vehicle, customer and centre.
#[derive(Clone)]
pub(crate) struct Appointment {
    pub(crate) id: i64,
    pub(crate) vehicle_id: i64,
    pub(crate) customer_id: i64,
    pub(crate) center_id: i64,
    /// Wall time at the centre, its digits read as UTC.
    pub(crate) wall_us: i64,
    /// The offset from UTC it was asked for with; none if v1 or the desk set the time.
    pub(crate) offset_s: Option<i64>,
    pub(crate) service_type: String,
    pub(crate) status: String,
    pub(crate) notes: Option<String>,
    pub(crate) actual_issue: Option<String>,
    pub(crate) duration: Option<i64>,
    pub(crate) consent: bool,
    pub(crate) client_operation_id: Option<String>,
    pub(crate) created_us: i64,
    pub(crate) updated_us: i64,
    /// How often it was written.
    pub(crate) revision: i64,
    pub(crate) vin: String,
    pub(crate) make: String,
    pub(crate) model: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) phone: Option<String>,
    pub(crate) center: String,
    pub(crate) time_zone: String,
}

/// A booking to be.
pub(crate) struct NewAppointment<'a> {
    pub(crate) vehicle_id: i64,
    pub(crate) customer_id: i64,
    pub(crate) center_id: i64,
    pub(crate) wall_us: i64,
    pub(crate) offset_s: Option<i64>,
    pub(crate) service_type: &'a str,
    pub(crate) status: &'a str,
    pub(crate) notes: Option<&'a str>,
    pub(crate) duration: Option<i64>,
    pub(crate) consent: bool,
    pub(crate) client_operation_id: Option<&'a str>,
}

/// Which bookings, newest scheduled first.
#[derive(Default)]
pub(crate) struct AppointmentFilter {
    pub(crate) id: Option<i64>,
    pub(crate) customer_id: Option<i64>,
    pub(crate) vehicle_id: Option<i64>,
    pub(crate) status: Option<String>,
    pub(crate) client_operation_id: Option<String>,
    pub(crate) from_us: Option<i64>,
    pub(crate) to_us: Option<i64>,
    /// Only what comes after this one: its wall time and id.
    pub(crate) after: Option<(i64, i64)>,
    /// No limit if absent.
    pub(crate) limit: Option<i64>,
}

const SELECT: &str = "SELECT a.appointment_id, a.vehicle_id, a.customer_id, a.center_id, a.wall_us, a.service_type, a.status, \
    a.notes, a.actual_issue, a.duration, a.consent, a.client_operation_id, a.created_us, a.updated_us, a.offset_s, \
    a.revision, v.vin, v.make, v.model, c.first_name, c.last_name, c.phone, s.name, s.time_zone FROM appointments a \
    JOIN vehicles v ON v.vehicle_id = a.vehicle_id JOIN customers c ON c.customer_id = a.customer_id \
    JOIN service_centers s ON s.center_id = a.center_id";

fn read(row: &AnyRow) -> Result<Appointment, sqlx::Error> {
    Ok(Appointment {
        id: row.try_get(0)?,
        vehicle_id: row.try_get(1)?,
        customer_id: row.try_get(2)?,
        center_id: row.try_get(3)?,
        wall_us: row.try_get(4)?,
        service_type: row.try_get(5)?,
        status: row.try_get(6)?,
        notes: row.try_get(7)?,
        actual_issue: row.try_get(8)?,
        duration: row.try_get(9)?,
        consent: row.try_get::<i64, _>(10)? != 0,
        client_operation_id: row.try_get(11)?,
        created_us: row.try_get(12)?,
        updated_us: row.try_get(13)?,
        offset_s: row.try_get(14)?,
        revision: row.try_get(15)?,
        vin: row.try_get(16)?,
        make: row.try_get(17)?,
        model: row.try_get(18)?,
        first_name: row.try_get(19)?,
        last_name: row.try_get(20)?,
        phone: row.try_get(21)?,
        center: row.try_get(22)?,
        time_zone: row.try_get(23)?,
    })
}

impl AppointmentFilter {
    /// The texts to bind, which come before the numbers, each with its condition.
    fn texts(&self) -> impl Iterator<Item = (&'static str, &String)> {
        let status = self.status.iter().map(|status| ("a.status", status));
        let operation = self.client_operation_id.iter();
        status.chain(operation.map(|id| ("a.client_operation_id", id)))
    }

    /// The query, and which numbers to bind, in order.
    fn sql(&self) -> (String, Vec<i64>) {
        let mut sql = SELECT.to_owned();
        let mut values = Vec::new();
        let mut joint = " WHERE ";
        let mut first = 1;
        for (column, _) in self.texts() {
            sql.push_str(&format!("{joint}{column} = ${first}"));
            joint = " AND ";
            first += 1;
        }
        let mut number = |sql: &mut String, condition: &str, value: Option<i64>| {
            if let Some(value) = value {
                sql.push_str(joint);
                sql.push_str(&condition.replace('?', &format!("${}", first + values.len())));
                joint = " AND ";
                values.push(value);
            }
        };
        number(&mut sql, "a.appointment_id = ?", self.id);
        number(&mut sql, "a.customer_id = ?", self.customer_id);
        number(&mut sql, "a.vehicle_id = ?", self.vehicle_id);
        number(&mut sql, "a.wall_us >= ?", self.from_us);
        number(&mut sql, "a.wall_us <= ?", self.to_us);
        if let Some((wall, id)) = self.after {
            number(&mut sql, "a.wall_us <= ?", Some(wall));
            let (wall_at, id_at) = (first + values.len(), first + values.len() + 1);
            sql.push_str(&format!(
                " AND (a.wall_us < ${wall_at} OR a.appointment_id < ${id_at})"
            ));
            values.extend([wall, id]);
        }
        sql.push_str(" ORDER BY a.wall_us DESC, a.appointment_id DESC");
        if let Some(limit) = self.limit {
            sql.push_str(&format!(" LIMIT ${}", first + values.len()));
            values.push(limit);
        }
        (sql, values)
    }
}

async fn find(
    on: impl Executor<'_, Database = Any>,
    filter: &AppointmentFilter,
) -> Result<Vec<Appointment>, sqlx::Error> {
    let (sql, values) = filter.sql();
    let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
    for (_, text) in filter.texts() {
        query = query.bind(text.clone());
    }
    for value in values {
        query = query.bind(value);
    }
    query.fetch_all(on).await?.iter().map(read).collect()
}

impl Store {
    /// The bookings that pass the filter.
    pub(crate) async fn appointments(
        &self,
        filter: &AppointmentFilter,
    ) -> Result<Vec<Appointment>, sqlx::Error> {
        find(self.pool(), filter).await
    }

    /// The booking of that id.
    pub(crate) async fn appointment(&self, id: i64) -> Result<Option<Appointment>, sqlx::Error> {
        let filter = AppointmentFilter {
            id: Some(id),
            ..AppointmentFilter::default()
        };
        Ok(self.appointments(&filter).await?.pop())
    }

    /// How many scheduled or confirmed bookings a centre has between two wall times, both included.
    pub(crate) async fn bookings_at(
        &self,
        center: i64,
        from_us: i64,
        to_us: i64,
    ) -> Result<i64, sqlx::Error> {
        sqlx::query(
            "SELECT COUNT(*) FROM appointments WHERE center_id = $1 AND wall_us >= $2 AND wall_us <= $3 \
             AND status IN ('scheduled', 'confirmed')",
        )
        .bind(center)
        .bind(from_us)
        .bind(to_us)
        .fetch_one(self.pool())
        .await?
        .try_get(0)
    }
}

impl Write {
    /// The bookings that pass the filter, inside this write.
    pub(crate) async fn appointments(
        &mut self,
        filter: &AppointmentFilter,
    ) -> Result<Vec<Appointment>, sqlx::Error> {
        find(&mut **self, filter).await
    }

    /// The booking of that id, inside this write.
    pub(crate) async fn appointment(&mut self, id: i64) -> Result<Option<Appointment>, sqlx::Error> {
        let filter = AppointmentFilter {
            id: Some(id),
            ..AppointmentFilter::default()
        };
        Ok(self.appointments(&filter).await?.pop())
    }

    /// The booking of that id, which nobody else changes until this write ends.
    pub(crate) async fn lock_appointment(&mut self, id: i64) -> Result<Option<Appointment>, sqlx::Error> {
        sqlx::query("UPDATE appointments SET revision = revision WHERE appointment_id = $1")
            .bind(id)
            .execute(&mut **self)
            .await?;
        self.appointment(id).await
    }

    /// Adds a booking and says its id.
    pub(crate) async fn add_appointment(
        &mut self,
        new: &NewAppointment<'_>,
        now_us: i64,
    ) -> Result<i64, sqlx::Error> {
        let id = self.next_id("appointments").await?;
        sqlx::query(
            "INSERT INTO appointments (appointment_id, vehicle_id, customer_id, center_id, wall_us, service_type, status, \
             notes, actual_issue, duration, consent, client_operation_id, created_us, updated_us, offset_s) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, $9, $10, $12, $11, $11, $13)",
        )
        .bind(id)
        .bind(new.vehicle_id)
        .bind(new.customer_id)
        .bind(new.center_id)
        .bind(new.wall_us)
        .bind(new.service_type)
        .bind(new.status)
        .bind(new.notes)
        .bind(new.duration)
        .bind(i64::from(new.consent))
        .bind(now_us)
        .bind(new.client_operation_id)
        .bind(new.offset_s)
        .execute(&mut **self)
        .await?;
        Ok(id)
    }

    /// Writes what may change of a booking. Says whether there was one.
    pub(crate) async fn update_appointment(
        &mut self,
        changed: &Appointment,
        now_us: i64,
    ) -> Result<bool, sqlx::Error> {
        let done = sqlx::query(
            "UPDATE appointments SET wall_us = $2, status = $3, actual_issue = $4, consent = $5, updated_us = $6, \
             offset_s = $7, revision = revision + 1 WHERE appointment_id = $1",
        )
        .bind(changed.id)
        .bind(changed.wall_us)
        .bind(&changed.status)
        .bind(changed.actual_issue.as_deref())
        .bind(i64::from(changed.consent))
        .bind(now_us)
        .bind(changed.offset_s)
        .execute(&mut **self)
        .await?;
        Ok(done.rows_affected() > 0)
    }
}
