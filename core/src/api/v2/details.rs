//! v2's details of a vehicle.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::read;
use super::vehicles::VehicleRow;
use crate::api::answer::{record, server_fault};
use crate::api::loose::{Lax, Part, Rows};
use crate::api::vehicle_parts::{self, HealthRow, TelemetryRow};
use crate::api::{ApiError, WireAnswer, times};
use crate::model::{ComponentKind, Issue, Prediction, PredictionId, VehicleDetails};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Details {
    vehicle: Part<Owned>,
    health: Part<HealthRow>,
    components: Part<BTreeMap<String, Part<ComponentRow>>>,
    predictions: Rows<PredictionRow>,
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

#[derive(Default, Deserialize)]
#[serde(default)]
struct IssueRow {
    severity: Lax<String>,
    message: Lax<String>,
    action: Lax<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct PredictionRow {
    prediction_id: Lax<i64>,
    component: Lax<String>,
    failure_probability: Lax<f64>,
    severity: Lax<String>,
    days_to_failure: Lax<i64>,
    prediction_time: Lax<String>,
}

/// All that is known of a vehicle.
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
    let components = details.components.0.unwrap_or_default();
    let components = components.into_iter().filter_map(|(name, Part(row))| {
        let row = row?;
        vehicle_parts::component(
            ComponentKind::from_word(&name),
            row.health.0,
            row.status,
            row.issues.readable().map(IssueRow::into_model).collect(),
        )
    });
    let predictions = details
        .predictions
        .readable()
        .filter_map(PredictionRow::into_model);
    Ok(VehicleDetails {
        vehicle,
        purchased_on: times::date(owned.purchase_date.as_str()),
        warranty_until: times::date(owned.warranty_expiry.as_str()),
        health,
        components: vehicle_parts::worst_first(components.collect()),
        predictions: vehicle_parts::most_probable_first(predictions.collect()),
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
            probability: None,
            days_to_failure: None,
            predicted_at: None,
        }
    }
}

impl PredictionRow {
    /// Without a component and a probability it predicts nothing.
    fn into_model(self) -> Option<Prediction> {
        Some(Prediction {
            id: self.prediction_id.0.map(PredictionId),
            component: ComponentKind::from_word(&self.component.filled()?),
            failure_probability: self.failure_probability.0?.clamp(0.0, 1.0),
            severity: vehicle_parts::severity(self.severity.as_str()),
            days_to_failure: self.days_to_failure.0,
            predicted_at: times::utc(self.prediction_time.as_str()),
        })
    }
}
