//! The customer's vehicles.

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::call::{Call, Outcome, json, ok};
use super::failure::Failure;
use super::pages::Page;
use crate::app::App;
use crate::health::{self, Issue};
use crate::seed::{check_digit_holds, looks_like_vin};
use crate::store::{Appointment, AppointmentFilter, Prediction, Telemetry, Vehicle};
use crate::time::{day, local, utc};

/// The latest booking of a vehicle that is somebody's.
fn latest(vehicle: &Vehicle) -> AppointmentFilter {
    AppointmentFilter {
        customer_id: vehicle.customer_id,
        vehicle_id: Some(vehicle.id),
        limit: Some(1),
        ..AppointmentFilter::default()
    }
}

fn show(vehicle: &Vehicle, predictions: &[Prediction], latest: Option<&Appointment>) -> Value {
    let score = health::overall(predictions);
    let latest = latest.map(|booking| {
        json!({
            "appointment_id": booking.id,
            "scheduled_at": local(booking.wall_us, booking.offset_s, &booking.time_zone),
            "time_zone": booking.time_zone,
            "status": booking.status,
            "service_type": booking.service_type,
        })
    });
    json!({
        "vehicle_id": vehicle.id,
        "vin": vehicle.vin,
        "make": vehicle.make,
        "model": vehicle.model,
        "year": vehicle.year,
        "mileage": vehicle.mileage,
        "health_score": score,
        "health_status": health::status(score),
        "latest_appointment": latest,
    })
}

pub(super) async fn list(call: Call) -> Outcome {
    let page = Page::of(&call)?;
    let owner = call.customer()?.id;
    let rows = call
        .app
        .store
        .vehicles_of(owner, page.after_id(), page.fetch())
        .await?;
    let mut shown = Vec::with_capacity(rows.len());
    for vehicle in rows {
        let store = &call.app.store;
        let predictions = store.predictions_of(vehicle.id).await?;
        let booked = store.appointments(&latest(&vehicle)).await?;
        shown.push((vehicle.id, show(&vehicle, &predictions, booked.first())));
    }
    ok(&page.answer(shown, |(id, _)| (0, *id), |(_, value)| value.clone()))
}

pub(super) async fn details(call: Call) -> Outcome {
    let owner = call.customer()?.id;
    let vehicle = call.app.store.vehicle(call.id()?).await?;
    match vehicle.filter(|vehicle| vehicle.customer_id == Some(owner)) {
        Some(vehicle) => ok(&detail(&call.app, &vehicle).await?),
        None => Err(Failure::not_found()),
    }
}

/// A vehicle, part by part.
pub(super) async fn detail(app: &App, vehicle: &Vehicle) -> Result<Value, Failure> {
    let predictions = app.store.predictions_of(vehicle.id).await?;
    let telemetry = app.store.telemetry_of(vehicle.id).await?;
    let health = health::assess(&predictions, telemetry.as_ref());
    let mut components = Map::new();
    for component in &health.components {
        let issues: Vec<Value> = component.issues.iter().map(issue).collect();
        let value = json!({ "status": component.status, "health": component.health, "issues": issues });
        components.insert(component.name.into(), value);
    }
    // When what is said last changed, not when it was asked: else no ETag would ever match.
    let dated = predictions
        .iter()
        .map(|p| p.predicted_us)
        .chain(telemetry.as_ref().map(|t| t.at_us))
        .max();
    Ok(json!({
        "vehicle": {
            "vehicle_id": vehicle.id,
            "vin": vehicle.vin,
            "make": vehicle.make,
            "model": vehicle.model,
            "year": vehicle.year,
            "mileage": vehicle.mileage,
            "purchase_date": vehicle.purchase_us.map(day),
            "warranty_expiry": vehicle.warranty_us.map(day),
        },
        "health": {
            "overall_score": health.score,
            "overall_status": health.status,
            "critical_components": health.count("critical"),
            "warning_components": health.count("warning"),
            "healthy_components": health.count("healthy"),
        },
        "components": components,
        "predictions": predictions.iter().map(prediction).collect::<Vec<_>>(),
        "telemetry": telemetry.as_ref().map(reading),
        "last_updated": utc(dated.or(vehicle.purchase_us).unwrap_or(0)),
    }))
}

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
            "message": format!("Failure predicted with a probability of {:.0} %", prediction.probability * 100.0),
            "action": if *severity == "critical" { "Book a service now" } else { "Plan a service" },
        }),
    }
}

fn prediction(prediction: &Prediction) -> Value {
    json!({
        "prediction_id": prediction.id,
        "component": prediction.component.to_lowercase().replace(' ', "_"),
        "failure_probability": prediction.probability,
        "severity": health::severity(prediction.probability),
        "days_to_failure": prediction.days_to_failure,
        "prediction_time": utc(prediction.predicted_us),
    })
}

fn reading(reading: &Telemetry) -> Value {
    json!({
        "timestamp": utc(reading.at_us),
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

pub(super) async fn claim(call: Call) -> Outcome {
    let mut fields = call.object()?;
    let vin = fields.text("vin", 1, 64).trim().to_uppercase();
    if !vin.is_empty() && !looks_like_vin(&vin) {
        fields.wrong("vin", "is not 17 characters of a VIN");
    } else if !vin.is_empty() && !check_digit_holds(&vin) {
        fields.wrong("vin", "has a wrong check digit");
    }
    fields.check()?;
    let owner = call.customer()?.id;
    let mut write = call.app.store.write().await?;
    let mut vehicle = write.vehicle_by_vin(&vin).await?.ok_or_else(Failure::not_found)?;
    let status = match vehicle.customer_id {
        Some(holder) if holder == owner => StatusCode::OK,
        Some(_) => {
            let message = "This vehicle belongs to somebody.";
            return Err(Failure::new(StatusCode::CONFLICT, "vehicle_claimed", message));
        }
        None => {
            write.claim_vehicle(vehicle.id, owner).await?;
            vehicle.customer_id = Some(owner);
            StatusCode::CREATED
        }
    };
    let predictions = write.predictions_of(vehicle.id).await?;
    let booked = write.appointments(&latest(&vehicle)).await?;
    let answer = json(status, &show(&vehicle, &predictions, booked.first()))?;
    call.commit(write, answer).await
}
