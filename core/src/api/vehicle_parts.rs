//! What both dialects say of a vehicle's parts in the same words, and the order in which it is shown.

use serde::Deserialize;

use super::loose::Lax;
use super::times;
use crate::model::order::{sort_by, sort_by_key};
use crate::model::{
    Component, ComponentHealth, ComponentKind, Health, HealthStatus, Issue, Prediction, Severity, Telemetry,
};

/// `health` of the details. The status is not read: it follows from the score by one rule (Q17).
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct HealthRow {
    overall_score: Lax<f64>,
}

impl HealthRow {
    pub(super) fn into_model(self) -> Option<Health> {
        self.overall_score.0.map(Health::new)
    }
}

/// `telemetry` of the details.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct TelemetryRow {
    timestamp: Lax<String>,
    engine_temperature: Lax<f64>,
    coolant_temperature: Lax<f64>,
    oil_pressure: Lax<f64>,
    battery_voltage: Lax<f64>,
    vibration_level: Lax<f64>,
    rpm: Lax<f64>,
    speed: Lax<f64>,
    odometer: Lax<f64>,
    fuel_level: Lax<f64>,
}

impl TelemetryRow {
    pub(super) fn into_model(self) -> Telemetry {
        Telemetry {
            measured_at: times::utc(self.timestamp.as_str()),
            engine_temperature_c: self.engine_temperature.0,
            coolant_temperature_c: self.coolant_temperature.0,
            oil_pressure_psi: self.oil_pressure.0,
            battery_voltage_v: self.battery_voltage.0,
            vibration_level: self.vibration_level.0,
            engine_rpm: self.rpm.0,
            speed_kmh: self.speed.0,
            odometer_km: self.odometer.0,
            fuel_level_percent: self.fuel_level.0,
        }
    }
}

/// A severity in either dialect's words. v1 calls an issue `warning` that its own predictions call `medium`.
pub(super) fn severity(word: &str) -> Severity {
    match Severity::from_word(word) {
        Severity::Unknown(word) if word.eq_ignore_ascii_case("warning") => Severity::Medium,
        severity => severity,
    }
}

/// A component with what was said of it. Of one with a status and no figure the figure is the middle of what the rule
/// gives that status, because a critical part must not be missing from the list; of one with neither nothing is known.
pub(super) fn component(
    kind: ComponentKind,
    score: Option<f64>,
    status: Lax<String>,
    mut issues: Vec<Issue>,
) -> Option<Component> {
    let said = status.filled().map(|word| HealthStatus::from_word(&word));
    let score = match (score, &said) {
        (Some(score), _) => Health::new(score).score,
        (None, Some(HealthStatus::Critical)) => 20.0,
        (None, Some(HealthStatus::Warning)) => 55.0,
        (None, Some(HealthStatus::Healthy)) => 85.0,
        (None, _) => return None,
    };
    sort_by_key(&mut issues, |issue| rank(&issue.severity));
    Some(Component {
        kind,
        health: ComponentHealth {
            score,
            status: said.unwrap_or_else(|| Health::status_of(score)),
            issues,
        },
    })
}

/// The worst has the lowest figure; equal ones stand in the order of their names.
pub(super) fn worst_first(mut components: Vec<Component>) -> Vec<Component> {
    sort_by(&mut components, |a, b| {
        let scores = a.health.score.total_cmp(&b.health.score);
        scores.then_with(|| a.kind.as_word().cmp(b.kind.as_word()))
    });
    components
}

/// The most probable failure first.
pub(super) fn most_probable_first(mut predictions: Vec<Prediction>) -> Vec<Prediction> {
    sort_by(&mut predictions, |a, b| {
        b.failure_probability.total_cmp(&a.failure_probability)
    });
    predictions
}

/// The worst first; a severity of a later day last, because nobody knows how bad it is.
fn rank(severity: &Severity) -> u8 {
    match severity {
        Severity::Critical => 0,
        Severity::High => 1,
        Severity::Medium => 2,
        Severity::Low => 3,
        Severity::Unknown(_) => 4,
    }
}
