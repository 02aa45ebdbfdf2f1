//! v1's details of a vehicle: health 0 to 100, issues in two shapes, no list of predictions.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::read;
use super::vehicles::VehicleRow;
use crate::api::answer::{record, server_fault};
use crate::api::loose::{Lax, Part, Rows};
use crate::api::vehicle_parts::{self, HealthRow, TelemetryRow};
use crate::api::{ApiError, WireAnswer, times};
use crate::model::{ComponentKind, Issue, Prediction, VehicleDetails};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Details {
    vehicle: Part<Owned>,
    health: Part<HealthRow>,
    components: Part<BTreeMap<String, Part<ComponentRow>>>,
    telemetry: Part<TelemetryRow>,
    last_updated: Lax<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Owned {
    #[serde(flatten)]
    vehicle: VehicleRow,
    purchase_date: Lax<String>,
    warranty_expiry: Lax<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ComponentRow {
    status: Lax<String>,
    health: Lax<f64>,
    issues: Rows<IssueRow>,
}

/// Both shapes: seen by a sensor (`message`, `action`), or predicted (`probability` and what follows).
#[derive(Default, Deserialize)]
#[serde(default)]
struct IssueRow {
    severity: Lax<String>,
    message: Lax<String>,
    action: Lax<String>,
    probability: Lax<String>,
    estimated_days: Lax<i64>,
    prediction_time: Lax<String>,
}

/// All that is known of a vehicle. Its predictions are the predicted issues of its components.
pub(in crate::api) fn details(answer: &WireAnswer) -> Result<VehicleDetails, ApiError> {
    let details: Details = record(answer, read(answer, "vehicle")?)?;
    let owned = details.vehicle.0.unwrap_or_default();
    let vehicle = owned
        .vehicle
        .into_model()
        .ok_or_else(|| server_fault(answer, "the vehicle has no id"))?;
    let health = details
        .health
        .0
        .and_then(HealthRow::into_model)
        .ok_or_else(|| server_fault(answer, "the vehicle's health is missing"))?;
    let mut components = Vec::new();
    let mut predictions = Vec::new();
    for (name, Part(row)) in details.components.0.unwrap_or_default() {
        let Some(row) = row else { continue };
        let kind = ComponentKind::from_word(&name);
        let issues: Vec<Issue> = row.issues.readable().map(IssueRow::into_model).collect();
        predictions.extend(issues.iter().filter_map(|issue| prediction(&kind, issue)));
        components.extend(vehicle_parts::component(kind, row.health.0, row.status, issues));
    }
    Ok(VehicleDetails {
        vehicle,
        purchased_on: times::date(owned.purchase_date.as_str()),
        warranty_until: times::date(owned.warranty_expiry.as_str()),
        health,
        components: vehicle_parts::worst_first(components),
        predictions: vehicle_parts::most_probable_first(predictions),
        telemetry: details.telemetry.0.map(TelemetryRow::into_model),
        updated_at: times::utc(details.last_updated.as_str()),
    })
}

impl IssueRow {
    fn into_model(self) -> Issue {
        Issue {
            severity: vehicle_parts::severity(self.severity.as_str()),
            description: self.message.filled(),
            action: self.action.filled(),
            probability: probability(self.probability.as_str()),
            days_to_failure: self.estimated_days.0,
            predicted_at: times::utc(self.prediction_time.as_str()),
        }
    }
}

fn prediction(kind: &ComponentKind, issue: &Issue) -> Option<Prediction> {
    Some(Prediction {
        id: None,
        component: kind.clone(),
        failure_probability: issue.probability?,
        severity: issue.severity.clone(),
        days_to_failure: issue.days_to_failure,
        predicted_at: issue.predicted_at,
    })
}

/// `82.0%`, or a fraction should it ever become one.
fn probability(text: &str) -> Option<f64> {
    let text = text.trim();
    let fraction = match text.strip_suffix('%') {
        Some(percent) => percent.trim().parse::<f64>().ok()? / 100.0,
        None => text.parse().ok()?,
    };
    fraction.is_finite().then(|| fraction.clamp(0.0, 1.0))
}
