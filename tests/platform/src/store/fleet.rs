//! Vehicles with their predictions and telemetry.

use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row};

use super::{Store, Write};

/// A vehicle's row.
#[derive(Clone)]
pub(crate) struct Vehicle {
    pub(crate) id: i64,
    pub(crate) vin: String,
    pub(crate) customer_id: Option<i64>,
    pub(crate) make: String,
    pub(crate) model: String,
    pub(crate) year: i64,
    pub(crate) mileage: i64,
    pub(crate) purchase_us: Option<i64>,
    pub(crate) warranty_us: Option<i64>,
}

/// A predicted failure.
#[derive(Clone)]
pub(crate) struct Prediction {
    pub(crate) id: i64,
    pub(crate) vehicle_id: i64,
    pub(crate) component: String,
    pub(crate) probability: f64,
    pub(crate) days_to_failure: Option<i64>,
    pub(crate) predicted_us: i64,
}

/// One reading of a vehicle's sensors.
#[derive(Clone)]
pub(crate) struct Telemetry {
    pub(crate) vehicle_id: i64,
    pub(crate) at_us: i64,
    pub(crate) engine_temperature: f64,
    pub(crate) coolant_temperature: f64,
    pub(crate) oil_pressure: f64,
    pub(crate) battery_voltage: f64,
    pub(crate) vibration_level: f64,
    pub(crate) rpm: i64,
    pub(crate) speed: f64,
    pub(crate) odometer: i64,
    pub(crate) fuel_level: f64,
}

fn vehicle(row: &AnyRow) -> Result<Vehicle, sqlx::Error> {
    Ok(Vehicle {
        id: row.try_get(0)?,
        vin: row.try_get(1)?,
        customer_id: row.try_get(2)?,
        make: row.try_get(3)?,
        model: row.try_get(4)?,
        year: row.try_get(5)?,
        mileage: row.try_get(6)?,
        purchase_us: row.try_get(7)?,
        warranty_us: row.try_get(8)?,
    })
}

fn prediction(row: &AnyRow) -> Result<Prediction, sqlx::Error> {
    Ok(Prediction {
        id: row.try_get(0)?,
        vehicle_id: row.try_get(1)?,
        component: row.try_get(2)?,
        probability: row.try_get(3)?,
        days_to_failure: row.try_get(4)?,
        predicted_us: row.try_get(5)?,
    })
}

const VEHICLE: &str = "vehicle_id, vin, customer_id, make, model, year, mileage, purchase_us, warranty_us";

async fn one(on: impl Executor<'_, Database = Any>, id: i64) -> Result<Option<Vehicle>, sqlx::Error> {
    let sql = format!("SELECT {VEHICLE} FROM vehicles WHERE vehicle_id = $1");
    let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id);
    query.fetch_optional(on).await?.as_ref().map(vehicle).transpose()
}

async fn predictions(
    on: impl Executor<'_, Database = Any>,
    vehicle: i64,
) -> Result<Vec<Prediction>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT prediction_id, vehicle_id, component, probability, days_to_failure, predicted_us FROM predictions \
         WHERE vehicle_id = $1 ORDER BY predicted_us DESC, prediction_id LIMIT 10",
    )
    .bind(vehicle)
    .fetch_all(on)
    .await?;
    rows.iter().map(prediction).collect()
}

impl Store {
    /// The vehicle of that id.
    pub(crate) async fn vehicle(&self, id: i64) -> Result<Option<Vehicle>, sqlx::Error> {
        one(self.pool(), id).await
    }

    /// At most `limit` of a customer's vehicles with an id above `after`, by id.
    pub(crate) async fn vehicles_of(
        &self,
        customer: i64,
        after: i64,
        limit: i64,
    ) -> Result<Vec<Vehicle>, sqlx::Error> {
        let sql = format!(
            "SELECT {VEHICLE} FROM vehicles WHERE customer_id = $1 AND vehicle_id > $2 ORDER BY vehicle_id LIMIT $3"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(customer)
            .bind(after)
            .bind(limit)
            .fetch_all(self.pool())
            .await?;
        rows.iter().map(vehicle).collect()
    }

    /// A vehicle's latest predictions, newest first, at most ten.
    pub(crate) async fn predictions_of(&self, vehicle: i64) -> Result<Vec<Prediction>, sqlx::Error> {
        predictions(self.pool(), vehicle).await
    }

    /// A vehicle's latest reading.
    pub(crate) async fn telemetry_of(&self, vehicle: i64) -> Result<Option<Telemetry>, sqlx::Error> {
        let row = sqlx::query(
            "SELECT vehicle_id, at_us, engine_temperature, coolant_temperature, oil_pressure, battery_voltage, \
             vibration_level, rpm, speed, odometer, fuel_level FROM telemetry WHERE vehicle_id = $1 \
             ORDER BY at_us DESC LIMIT 1",
        )
        .bind(vehicle)
        .fetch_optional(self.pool())
        .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Telemetry {
            vehicle_id: row.try_get(0)?,
            at_us: row.try_get(1)?,
            engine_temperature: row.try_get(2)?,
            coolant_temperature: row.try_get(3)?,
            oil_pressure: row.try_get(4)?,
            battery_voltage: row.try_get(5)?,
            vibration_level: row.try_get(6)?,
            rpm: row.try_get(7)?,
            speed: row.try_get(8)?,
            odometer: row.try_get(9)?,
            fuel_level: row.try_get(10)?,
        }))
    }
}

impl Write {
    /// The vehicle of that id, inside this write.
    pub(crate) async fn vehicle(&mut self, id: i64) -> Result<Option<Vehicle>, sqlx::Error> {
        one(&mut **self, id).await
    }

    /// As [`Store::predictions_of`], inside this write.
    pub(crate) async fn predictions_of(&mut self, vehicle: i64) -> Result<Vec<Prediction>, sqlx::Error> {
        predictions(&mut **self, vehicle).await
    }

    /// The vehicle of that number, inside this write.
    pub(crate) async fn vehicle_by_vin(&mut self, vin: &str) -> Result<Option<Vehicle>, sqlx::Error> {
        let sql = format!("SELECT {VEHICLE} FROM vehicles WHERE vin = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(vin)
            .fetch_optional(&mut **self)
            .await?;
        row.as_ref().map(vehicle).transpose()
    }

    /// Gives an unclaimed vehicle to a customer.
    pub(crate) async fn claim_vehicle(&mut self, id: i64, customer: i64) -> Result<(), sqlx::Error> {
        sqlx::query("UPDATE vehicles SET customer_id = $2 WHERE vehicle_id = $1")
            .bind(id)
            .bind(customer)
            .execute(&mut **self)
            .await
            .map(drop)
    }
}
