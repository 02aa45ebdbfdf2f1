//! Health, on one scale: 0 (about to fail) to 100 (as new), with the status that follows from it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::wire_word::wire_words;

wire_words! {
    /// How a vehicle or component is doing.
    HealthStatus {
        /// Nothing to do.
        Healthy = "healthy",
        /// Have it looked at.
        Warning = "warning",
        /// Have it repaired now.
        Critical = "critical",
    }
}

wire_words! {
    /// How bad an issue or a prediction is.
    Severity {
        /// Watch it.
        Low = "low",
        /// Plan a visit.
        Medium = "medium",
        /// Book soon.
        High = "high",
        /// Book now.
        Critical = "critical",
    }
}

wire_words! {
    /// The parts of a vehicle the platform watches.
    ComponentKind {
        /// Engine.
        Engine = "engine",
        /// Transmission.
        Transmission = "transmission",
        /// Brakes.
        Brakes = "brakes",
        /// Battery.
        Battery = "battery",
        /// Cooling system.
        CoolingSystem = "cooling_system",
        /// Oil system.
        OilSystem = "oil_system",
        /// Suspension.
        Suspension = "suspension",
        /// Tyres.
        Tires = "tires",
        /// Exhaust.
        Exhaust = "exhaust",
        /// Fuel system.
        FuelSystem = "fuel_system",
    }
}

/// A health figure: 0 to 100, and the status that follows from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Health {
    /// 0 to 100.
    pub score: f64,
    /// Always [`Health::status_of`] the score.
    pub status: HealthStatus,
}

impl Health {
    /// The health with this score, clamped to 0-100; a score that is no number counts as 0.
    #[must_use]
    pub fn new(score: f64) -> Self {
        let score = if score.is_nan() {
            0.0
        } else {
            score.clamp(0.0, 100.0)
        };
        Self {
            score,
            status: Self::status_of(score),
        }
    }

    /// The one rule (Q17), whatever a server calls it: below 40 critical, below 70 a warning, else healthy.
    #[must_use]
    pub fn status_of(score: f64) -> HealthStatus {
        if score < 40.0 {
            HealthStatus::Critical
        } else if score < 70.0 {
            HealthStatus::Warning
        } else {
            HealthStatus::Healthy
        }
    }
}

/// One watched component with its health.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Component {
    /// Which part.
    pub kind: ComponentKind,
    /// Its health and issues.
    pub health: ComponentHealth,
}

/// The health of one component.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ComponentHealth {
    /// 0 to 100.
    pub score: f64,
    /// As the server says it, or by the rule of [`Health::status_of`] where it says nothing.
    pub status: HealthStatus,
    /// What is wrong, worst first.
    pub issues: Vec<Issue>,
}

/// Something wrong with a component, or predicted to go wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Issue {
    /// How bad.
    pub severity: Severity,
    /// What, in a sentence, where the server says it.
    pub description: Option<String>,
    /// What to do, where the server says it.
    pub action: Option<String>,
    /// 0 to 1, for a prediction.
    pub probability: Option<f64>,
    /// Days until the predicted failure.
    pub days_to_failure: Option<i64>,
    /// When it was predicted.
    pub predicted_at: Option<Timestamp>,
}
