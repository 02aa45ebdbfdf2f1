//! Vehicles: two views of their health, on two scales, by two rules.

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::call::{Away, Call};
use super::reply::{Outcome, detail, int32, ok};
use super::when::{naive, plus};
use crate::health::{self, Issue};
use crate::store::{AppointmentFilter, Prediction, Telemetry};

const SELECT: &str = "SELECT vehicles.vehicle_id, vehicles.vin, vehicles.customer_id, vehicles.make, vehicles.model, \
    vehicles.year, vehicles.mileage, vehicles.purchase_date, vehicles.warranty_expiry, vehicles.created_at, \
    vehicles.updated_at \nFROM vehicles \nWHERE vehicles.";

/// Health of 0 to 10: what the mean of the latest predictions leaves, rounded as Python does.
fn score(predictions: &[Prediction]) -> f64 {
    if predictions.is_empty() {
        return 9.5;
    }
    let mean = predictions.iter().map(|p| p.probability).sum::<f64>() / predictions.len() as f64;
    format!("{:.1}", (1.0 - mean) * 10.0).parse().unwrap_or(0.0)
}

fn word(score: f64) -> &'static str {
    match score {
        s if s >= 9.0 => "excellent",
        s if s >= 7.0 => "good",
        s if s >= 3.0 => "warning",
        _ => "critical",
    }
}

pub(super) async fn with_health(call: Call) -> Outcome {
    let id = call.id("customer_id")?;
    if i32::try_from(id).is_err() {
        let why = int32(id, &format!("{SELECT}customer_id = $1::INTEGER"));
        return ok(&json!({ "error": why }));
    }
    let store = call.store(&Away::Fixes)?;
    let read = async {
        let mut shown = Vec::new();
        for vehicle in store.vehicles_of(id, 0, i64::from(i32::MAX)).await? {
            let score = score(&store.predictions_of(vehicle.id).await?);
            let last = AppointmentFilter {
                vehicle_id: Some(vehicle.id),
                limit: Some(1),
                ..AppointmentFilter::default()
            };
            let latest = store.appointments(&last).await?.pop().map(|one| {
                json!({
                    "appointment_id": one.id,
                    "scheduled_time": plus(one.wall_us),
                    "status": one.status,
                    "type": one.service_type,
                })
            });
            shown.push(json!({
                "vehicle_id": vehicle.id,
                "vin": vehicle.vin,
                "make": vehicle.make,
                "model": vehicle.model,
                "year": vehicle.year,
                "mileage": vehicle.mileage,
                "health_score": score,
                "health_status": word(score),
                "health_score_display": format!("{score:.1}/10"),
                "latest_appointment": latest,
            }));
        }
        Ok::<_, sqlx::Error>(shown)
    };
    match read.await {
        Ok(shown) => ok(&json!({ "customer_id": id, "total_vehicles": shown.len(), "vehicles": shown })),
        Err(error) => ok(&json!({ "error": error.to_string() })),
    }
}

pub(super) async fn details(call: Call) -> Outcome {
    let id = call.id("vehicle_id")?;
    if i32::try_from(id).is_err() {
        let why = int32(id, &format!("{SELECT}vehicle_id = $1::INTEGER"));
        return Err(detail(
            StatusCode::INTERNAL_SERVER_ERROR,
            &format!("Database error: {why}"),
        ));
    }
    let store = call.store(&Away::Detail("Database error"))?;
    let vehicle = store.vehicle(id).await.map_err(|error| call.broken(&error))?;
    let vehicle = vehicle.ok_or_else(|| detail(StatusCode::NOT_FOUND, "Vehicle not found"))?;
    let predictions = store
        .predictions_of(id)
        .await
        .map_err(|error| call.broken(&error))?;
    let telemetry = store
        .telemetry_of(id)
        .await
        .map_err(|error| call.broken(&error))?;
    let health = health::assess(&predictions, telemetry.as_ref());
    let mut components = Map::new();
    for component in &health.components {
        let issues: Vec<Value> = component.issues.iter().map(issue).collect();
        let value = json!({ "status": component.status, "health": component.health, "issues": issues });
        components.insert(component.name.into(), value);
    }
    ok(&json!({
        "vehicle": {
            "vehicle_id": vehicle.id,
            "vin": vehicle.vin,
            "make": vehicle.make,
            "model": vehicle.model,
            "year": vehicle.year,
            "mileage": vehicle.mileage,
            "purchase_date": vehicle.purchase_us.map(plus),
            "warranty_expiry": vehicle.warranty_us.map(plus),
        },
        "health": {
            "overall_score": health.score,
            "overall_status": health.status,
            "critical_components": health.count("critical"),
            "warning_components": health.count("warning"),
            "healthy_components": health.count("healthy"),
        },
        "components": components,
        "telemetry": telemetry.as_ref().map(reading),
        "last_updated": naive(call.now_us()),
    }))
}

/// One of two shapes.
fn issue(issue: &Issue) -> Value {
    match issue {
        Issue::Seen {
            severity,
            message,
            action,
        } => {
            json!({ "severity": severity, "message": message, "action": action })
        }
        Issue::Foreseen { severity, prediction } => json!({
            "severity": severity,
            "probability": format!("{:.1}%", prediction.probability * 100.0),
            "estimated_days": prediction.days_to_failure,
            "prediction_time": plus(prediction.predicted_us),
        }),
    }
}

fn reading(reading: &Telemetry) -> Value {
    json!({
        "timestamp": plus(reading.at_us),
        "engine_temperature": reading.engine_temperature,
        "coolant_temperature": reading.coolant_temperature,
        "oil_pressure": reading.oil_pressure,
        "battery_voltage": reading.battery_voltage,
        "vibration_level": reading.vibration_level,
        "rpm": reading.rpm,
        "speed": reading.speed,
        "odometer": reading.odometer,
        "fuel_level": reading.fuel_level,
    })
}
