//! Rows to be, and their way into the database: a few long inserts in one transaction.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::summary::{SUMMARY, SeedSummary};
use crate::error::StartError;
use crate::store::{Center, Prediction, Store, Telemetry, Vehicle, Write};

/// An account to be.
pub(super) struct Person {
    pub(super) id: i64,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) email: String,
    pub(super) password_hash: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) address: Option<String>,
    pub(super) role: &'static str,
}

/// A booking to be.
pub(super) struct Booking {
    pub(super) id: i64,
    pub(super) vehicle_id: i64,
    pub(super) customer_id: i64,
    pub(super) center_id: i64,
    pub(super) wall_us: i64,
    pub(super) service_type: &'static str,
    pub(super) status: &'static str,
    pub(super) notes: Option<&'static str>,
    pub(super) duration: i64,
    pub(super) created_us: i64,
}

/// A notification to be.
pub(super) struct Notice {
    pub(super) id: i64,
    pub(super) customer_id: i64,
    pub(super) vehicle_id: Option<i64>,
    pub(super) kind: &'static str,
    pub(super) channel: &'static str,
    pub(super) sent_us: i64,
    pub(super) delivered: bool,
    pub(super) seen: bool,
    pub(super) message: String,
}

/// Everything a seed makes.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) people: Vec<Person>,
    pub(super) vehicles: Vec<Vehicle>,
    pub(super) predictions: Vec<Prediction>,
    pub(super) telemetry: Vec<Telemetry>,
    pub(super) centers: Vec<Center>,
    pub(super) bookings: Vec<Booking>,
    pub(super) notices: Vec<Notice>,
    pub(super) summary: SeedSummary,
}

/// A literal of a row.
enum Value<'a> {
    Int(i64),
    Real(f64),
    Text(&'a str),
    Null,
}

impl<'a> Value<'a> {
    fn text(text: Option<&'a str>) -> Self {
        text.map_or(Self::Null, Self::Text)
    }

    fn int(int: Option<i64>) -> Self {
        int.map_or(Self::Null, Self::Int)
    }
}

/// Inserts rows as literals, some hundred at a time. The texts are ours, and quoted all the same.
async fn insert<const N: usize>(
    write: &mut Write,
    into: &str,
    rows: impl IntoIterator<Item = [Value<'_>; N]>,
) -> Result<(), sqlx::Error> {
    let mut sql = String::new();
    let mut count = 0;
    for row in rows {
        sql.push_str(if count == 0 { "" } else { ", " });
        for (at, value) in row.into_iter().enumerate() {
            sql.push(if at == 0 { '(' } else { ',' });
            // Writing to a string cannot fail.
            let _ = match value {
                Value::Int(int) => write!(sql, "{int}"),
                Value::Real(real) => write!(sql, "{real:.4}"),
                Value::Text(text) => write!(sql, "'{}'", text.replace('\'', "''")),
                Value::Null => write!(sql, "NULL"),
            };
        }
        sql.push(')');
        count += 1;
        if count == 400 {
            execute(write, into, &sql).await?;
            sql.clear();
            count = 0;
        }
    }
    if count > 0 {
        execute(write, into, &sql).await?;
    }
    Ok(())
}

async fn execute(write: &mut Write, into: &str, values: &str) -> Result<(), sqlx::Error> {
    let sql = format!("INSERT INTO {into} VALUES {values}");
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql))
        .execute(&mut **write)
        .await
        .map(drop)
}

impl Rows {
    /// Writes everything in one transaction. `anchor` dates what has no date of its own.
    pub(super) async fn write(&self, store: &Store, anchor: Timestamp) -> Result<(), StartError> {
        use Value::{Int, Real, Text};
        let mut write = store.write().await?;
        let w = &mut write;
        let now = anchor.as_microsecond();
        let folded: Vec<String> = self
            .people
            .iter()
            .map(|person| person.email.to_lowercase())
            .collect();
        let people = self.people.iter().zip(&folded).map(|(p, folded)| {
            [
                Int(p.id),
                Text(&p.first_name),
                Text(&p.last_name),
                Text(&p.email),
                Text(folded),
                Value::text(p.password_hash.as_deref()),
                Value::text(p.phone.as_deref()),
                Value::text(p.address.as_deref()),
                Text(p.role),
                Int(1),
                Int(now),
            ]
        });
        insert(w, "customers", people).await?;
        let vehicles = self.vehicles.iter().map(|v| {
            [
                Int(v.id),
                Text(&v.vin),
                Value::int(v.customer_id),
                Text(&v.make),
                Text(&v.model),
                Int(v.year),
                Int(v.mileage),
                Value::int(v.purchase_us),
                Value::int(v.warranty_us),
            ]
        });
        insert(w, "vehicles", vehicles).await?;
        let predictions = self.predictions.iter().map(|p| {
            [
                Int(p.id),
                Int(p.vehicle_id),
                Text(&p.component),
                Real(p.probability),
                Value::int(p.days_to_failure),
                Int(p.predicted_us),
            ]
        });
        insert(w, "predictions", predictions).await?;
        let telemetry = self.telemetry.iter().map(|t| {
            [
                Int(t.vehicle_id),
                Int(t.at_us),
                Real(t.engine_temperature),
                Real(t.coolant_temperature),
                Real(t.oil_pressure),
                Real(t.battery_voltage),
                Real(t.vibration_level),
                Int(t.rpm),
                Real(t.speed),
                Int(t.odometer),
                Real(t.fuel_level),
            ]
        });
        insert(w, "telemetry", telemetry).await?;
        let centers = self.centers.iter().map(|c| {
            [
                Int(c.id),
                Text(&c.name),
                Text(&c.address),
                Text(&c.city),
                Text(&c.state),
                Value::text(c.phone.as_deref()),
                Int(c.capacity),
                Text(&c.time_zone),
            ]
        });
        insert(w, "service_centers", centers).await?;
        let bookings = self.bookings.iter().map(|b| {
            [
                Int(b.id),
                Int(b.vehicle_id),
                Int(b.customer_id),
                Int(b.center_id),
                Int(b.wall_us),
                Text(b.service_type),
                Text(b.status),
                Value::text(b.notes),
                Value::Null,
                Int(b.duration),
                Int(1),
                Value::Null,
                Int(b.created_us),
                Int(b.created_us),
            ]
        });
        let columns = "appointments (appointment_id, vehicle_id, customer_id, center_id, wall_us, service_type, status, notes, \
                       actual_issue, duration, consent, client_operation_id, created_us, updated_us)";
        insert(w, columns, bookings).await?;
        let notices = self.notices.iter().map(|n| {
            [
                Int(n.id),
                Int(n.customer_id),
                Value::int(n.vehicle_id),
                Text(n.kind),
                Text(n.channel),
                Int(n.sent_us),
                Int(i64::from(n.delivered)),
                Int(i64::from(n.seen)),
                Text(&n.message),
            ]
        });
        insert(w, "notifications", notices).await?;
        w.set_counter("customers", self.people.iter().map(|p| p.id).max().unwrap_or(0))
            .await?;
        w.set_counter(
            "appointments",
            self.bookings.iter().map(|b| b.id).max().unwrap_or(0),
        )
        .await?;
        let summary =
            serde_json::to_string(&self.summary).map_err(|error| StartError::Database(error.into()))?;
        w.set_meta(SUMMARY, &summary).await?;
        Ok(write.commit().await?)
    }
}
