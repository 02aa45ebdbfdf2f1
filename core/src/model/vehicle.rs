//! Vehicles: the garage's list, and all that is known of one.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::redacted::debug_shows;
use super::{Booking, Component, ComponentKind, Health, PredictionId, Severity, VehicleId};

/// A vehicle's own data.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Vehicle {
    /// Its id.
    pub id: VehicleId,
    /// Vehicle identification number (ISO 3779), 17 characters on v2; v1 stores anything.
    pub vin: String,
    /// Manufacturer.
    pub make: String,
    /// Model.
    pub model: String,
    /// Model year.
    pub year: Option<i32>,
    /// Kilometres driven.
    pub mileage_km: Option<f64>,
}

debug_shows!(Vehicle: id, make, model, year, mileage_km);

/// A vehicle as the garage lists it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VehicleSummary {
    /// The vehicle.
    pub vehicle: Vehicle,
    /// Its health, where the server computed it.
    pub health: Option<Health>,
    /// The booking with the latest time, in any status; also one that was made here and is pending, but none that the server
    /// would not make.
    pub latest_booking: Option<Booking>,
}

/// All that is known of one vehicle.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VehicleDetails {
    /// The vehicle.
    pub vehicle: Vehicle,
    /// When it was bought.
    pub purchased_on: Option<Date>,
    /// When the warranty ends.
    pub warranty_until: Option<Date>,
    /// Overall health.
    pub health: Health,
    /// Its watched components, worst first.
    pub components: Vec<Component>,
    /// Predicted failures, most probable first.
    pub predictions: Vec<Prediction>,
    /// The latest readings.
    pub telemetry: Option<Telemetry>,
    /// When the server put this together.
    pub updated_at: Option<Timestamp>,
}

/// A predicted failure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Prediction {
    /// Its id; v1 has none here.
    pub id: Option<PredictionId>,
    /// Which component.
    pub component: ComponentKind,
    /// 0 to 1.
    pub failure_probability: f64,
    /// How bad.
    pub severity: Severity,
    /// Days until the failure.
    pub days_to_failure: Option<i64>,
    /// When it was predicted.
    pub predicted_at: Option<Timestamp>,
}

/// The latest readings of a vehicle's sensors. Each may be missing.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Telemetry {
    /// When it was measured.
    pub measured_at: Option<Timestamp>,
    /// Degrees Celsius.
    pub engine_temperature_c: Option<f64>,
    /// Degrees Celsius.
    pub coolant_temperature_c: Option<f64>,
    /// Pounds per square inch.
    pub oil_pressure_psi: Option<f64>,
    /// Volts.
    pub battery_voltage_v: Option<f64>,
    /// The platform's own measure; larger is worse.
    pub vibration_level: Option<f64>,
    /// Revolutions per minute.
    pub engine_rpm: Option<f64>,
    /// Kilometres per hour.
    pub speed_kmh: Option<f64>,
    /// Kilometres.
    pub odometer_km: Option<f64>,
    /// Percent, 0 to 100.
    pub fuel_level_percent: Option<f64>,
}
