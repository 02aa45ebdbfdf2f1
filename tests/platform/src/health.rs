//! How well a vehicle is, from its predictions and its latest reading: one rule, which both dialects answer from.

use crate::store::{Prediction, Telemetry};

/// The ten components, in the order every answer has them.
pub(crate) const COMPONENTS: [&str; 10] = [
    "engine",
    "transmission",
    "brakes",
    "battery",
    "cooling_system",
    "oil_system",
    "suspension",
    "tires",
    "exhaust",
    "fuel_system",
];

/// Service types and how many minutes each takes.
pub(crate) const SERVICES: [(&str, i64); 5] = [
    ("general_service", 90),
    ("oil_change", 30),
    ("brake_service", 60),
    ("inspection", 45),
    ("repair", 120),
];

/// From which failure probability a prediction is critical.
pub(crate) const CRITICAL_PROBABILITY: f64 = 0.7;

/// Something wrong with a component.
pub(crate) enum Issue {
    /// Seen by a sensor or following from the vehicle as a whole.
    Seen {
        severity: &'static str,
        message: String,
        action: &'static str,
    },
    /// Foreseen.
    Foreseen {
        severity: &'static str,
        prediction: Prediction,
    },
}

/// One component.
pub(crate) struct Component {
    pub(crate) name: &'static str,
    pub(crate) status: &'static str,
    pub(crate) health: i64,
    pub(crate) issues: Vec<Issue>,
}

/// A whole vehicle.
pub(crate) struct Health {
    pub(crate) score: f64,
    pub(crate) status: &'static str,
    pub(crate) components: Vec<Component>,
}

impl Health {
    /// How many components have that status.
    pub(crate) fn count(&self, status: &str) -> usize {
        self.components
            .iter()
            .filter(|component| component.status == status)
            .count()
    }
}

/// The severity of a failure probability: low, medium, high or critical.
pub(crate) fn severity(probability: f64) -> &'static str {
    match probability {
        p if p >= CRITICAL_PROBABILITY => "critical",
        p if p >= 0.5 => "high",
        p if p >= 0.3 => "medium",
        _ => "low",
    }
}

/// The status of a health of 0 to 100.
pub(crate) fn status(score: f64) -> &'static str {
    match score {
        s if s < 40.0 => "critical",
        s if s < 70.0 => "warning",
        _ => "healthy",
    }
}

/// The overall health of 0 to 100: what is left of the likeliest failure, to one place.
pub(crate) fn overall(predictions: &[Prediction]) -> f64 {
    let worst = predictions
        .iter()
        .map(|p| p.probability)
        .fold(f64::NEG_INFINITY, f64::max);
    if worst.is_finite() {
        ((1.0 - worst) * 1000.0).round() / 10.0
    } else {
        85.0
    }
}

/// The vehicle's health, part by part.
pub(crate) fn assess(predictions: &[Prediction], telemetry: Option<&Telemetry>) -> Health {
    let score = overall(predictions);
    let overall_status = status(score);
    let mut components: Vec<Component> = COMPONENTS
        .into_iter()
        .map(|name| Component {
            name,
            status: "healthy",
            health: 85,
            issues: Vec::new(),
        })
        .collect();
    if overall_status == "critical" {
        for component in components
            .iter_mut()
            .filter(|c| matches!(c.name, "engine" | "transmission"))
        {
            let message = "Component requires immediate attention".to_owned();
            component.worsen(
                "critical",
                score as i64,
                Issue::Seen {
                    severity: "critical",
                    message,
                    action: "Schedule service immediately",
                },
            );
        }
    }
    for prediction in predictions {
        let name = prediction.component.to_lowercase().replace(' ', "_");
        let severity = match prediction.probability {
            p if p >= CRITICAL_PROBABILITY => "critical",
            p if p >= 0.5 => "warning",
            _ => continue,
        };
        if let Some(component) = components.iter_mut().find(|component| component.name == name) {
            // Truncated, as the deployed platform does: 0.55 leaves 44.
            let health = ((1.0 - prediction.probability) * 100.0) as i64;
            component.worsen(
                severity,
                health,
                Issue::Foreseen {
                    severity,
                    prediction: prediction.clone(),
                },
            );
        }
    }
    if let Some(reading) = telemetry {
        sensors(&mut components, reading);
    }
    Health {
        score,
        status: overall_status,
        components,
    }
}

fn sensors(components: &mut [Component], reading: &Telemetry) {
    let mut see = |name: &str, severity, health, message: String, action| {
        if let Some(component) = components.iter_mut().find(|component| component.name == name) {
            component.worsen(
                severity,
                health,
                Issue::Seen {
                    severity,
                    message,
                    action,
                },
            );
        }
    };
    if reading.engine_temperature > 105.0 {
        let message = format!("High temperature: {:.1}°C", reading.engine_temperature);
        see("engine", "warning", 70, message, "Check coolant levels");
    }
    if reading.battery_voltage < 12.2 {
        let message = format!("Low voltage: {:.1}V", reading.battery_voltage);
        see("battery", "warning", 60, message, "Check battery condition");
    }
    if reading.oil_pressure < 30.0 {
        let message = format!("Low oil pressure: {:.1} PSI", reading.oil_pressure);
        see(
            "oil_system",
            "critical",
            40,
            message,
            "Immediate inspection required",
        );
    }
}

impl Component {
    fn worsen(&mut self, status: &'static str, health: i64, issue: Issue) {
        if health < self.health || self.issues.is_empty() {
            self.health = health;
        }
        if self.status != "critical" {
            self.status = status;
        }
        self.issues.push(issue);
    }
}
