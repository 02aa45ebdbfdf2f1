//! The customer's vehicles.

use pmi_core::model::{Vehicle, VehicleDetails, VehicleId, VehicleSummary};
use serde_json::json;

use super::read::read;
use crate::app::App;
use crate::failure::Failure;
use crate::output::{Answer, Table, health, health_short, km, number, one_of, plain, words};

/// `pmi vehicles`
pub(super) async fn vehicles(app: &App) -> Result<Answer, Failure> {
    let vehicles = app.client.vehicles();
    read(app, |freshness| vehicles.list(freshness), |list| show_list(list)).await
}

/// `pmi vehicle ID`
pub(super) async fn vehicle(app: &App, id: i64) -> Result<Answer, Failure> {
    let vehicles = app.client.vehicles();
    read(app, |freshness| vehicles.details(VehicleId(id), freshness), show).await
}

/// `pmi claim VIN`
pub(super) async fn claim(app: &App, vin: &str) -> Result<Answer, Failure> {
    let vehicles = app.client.vehicles();
    let vehicle = vehicles.claim(vin).await.map_err(|error| app.explain(error))?;
    let text = format!(
        "{} is in your garage: see it with `pmi vehicle {}`",
        name(&vehicle),
        vehicle.id
    );
    Ok(Answer::new(text, json!({"value": vehicle})))
}

fn show_list(list: &[VehicleSummary]) -> String {
    let mut table = Table::new(&["ID", "VEHICLE", "VIN", "KM", "HEALTH", "LATEST BOOKING"]);
    for summary in list {
        let vehicle = &summary.vehicle;
        let booking = summary.latest_booking.as_ref().map(|booking| {
            format!(
                "{} {}",
                booking.starts_at.strftime("%Y-%m-%d %H:%M"),
                words(booking.status.as_word())
            )
        });
        table.row([
            vehicle.id.to_string(),
            name(vehicle),
            vehicle.vin.clone(),
            km(vehicle.mileage_km),
            health_short(summary.health.as_ref()),
            one_of(booking),
        ]);
    }
    table.or("no vehicles yet: add one with `pmi claim VIN`")
}

fn show(details: &VehicleDetails) -> String {
    let vehicle = &details.vehicle;
    let mut parts = vec![
        [
            name(vehicle),
            format!(
                "health     {}",
                health(details.health.score, &details.health.status)
            ),
            format!("vin        {}", plain(&vehicle.vin)),
            format!("driven     {} km", km(vehicle.mileage_km)),
            format!("bought     {}", one_of(details.purchased_on)),
            format!("warranty   until {}", one_of(details.warranty_until)),
        ]
        .join("\n"),
        predictions(details),
        components(details),
    ];
    if let Some(readings) = readings(details) {
        parts.push(readings);
    }
    parts.join("\n\n")
}

fn predictions(details: &VehicleDetails) -> String {
    let mut table = Table::new(&["PREDICTED FAILURE", "PROBABILITY", "SEVERITY", "WITHIN"]);
    for prediction in &details.predictions {
        table.row([
            words(prediction.component.as_word()),
            format!("{:.0} %", prediction.failure_probability * 100.0),
            words(prediction.severity.as_word()),
            one_of(prediction.days_to_failure.map(|days| format!("{days} days"))),
        ]);
    }
    table.or("no failure is predicted")
}

fn components(details: &VehicleDetails) -> String {
    let mut table = Table::new(&["COMPONENT", "HEALTH", "WHAT TO DO"]);
    for component in &details.components {
        let issue = component.health.issues.first();
        let advice = issue.map(|issue| {
            let texts = [issue.description.as_deref(), issue.action.as_deref()];
            let said: Vec<_> = texts.into_iter().flatten().collect();
            if said.is_empty() {
                format!("{} severity", words(issue.severity.as_word()))
            } else {
                said.join(": ")
            }
        });
        table.row([
            words(component.kind.as_word()),
            health(component.health.score, &component.health.status),
            one_of(advice),
        ]);
    }
    table.or("nothing is known of its components")
}

fn readings(details: &VehicleDetails) -> Option<String> {
    let telemetry = details.telemetry.as_ref()?;
    let all = [
        ("engine", telemetry.engine_temperature_c, "°C"),
        ("coolant", telemetry.coolant_temperature_c, "°C"),
        ("oil pressure", telemetry.oil_pressure_psi, "psi"),
        ("battery", telemetry.battery_voltage_v, "V"),
        ("vibration", telemetry.vibration_level, ""),
        ("engine speed", telemetry.engine_rpm, "rpm"),
        ("speed", telemetry.speed_kmh, "km/h"),
        ("odometer", telemetry.odometer_km, "km"),
        ("fuel", telemetry.fuel_level_percent, "%"),
    ];
    let mut table = Table::new(&["READING", "VALUE"]);
    for (what, value, unit) in all {
        if let Some(value) = value {
            table.row([what.to_owned(), format!("{} {unit}", number(value))]);
        }
    }
    Some(table.or("no readings"))
}

fn name(vehicle: &Vehicle) -> String {
    let year = vehicle.year.map_or_else(String::new, |year| format!(" ({year})"));
    plain(&format!("{} {}{year}", vehicle.make, vehicle.model))
}
