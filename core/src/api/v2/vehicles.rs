//! v2's vehicles.

use serde::Deserialize;

use super::bookings::BookingRow;
use super::{page, read};
use crate::api::answer::{record, server_fault};
use crate::api::loose::{Lax, Part};
use crate::api::{ApiError, Page, WireAnswer};
use crate::model::{Health, Vehicle, VehicleId, VehicleSummary};

/// A vehicle as every v2 answer has it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct VehicleRow {
    vehicle_id: Lax<i64>,
    vin: Lax<String>,
    make: Lax<String>,
    model: Lax<String>,
    year: Lax<i64>,
    mileage: Lax<f64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Row {
    #[serde(flatten)]
    vehicle: VehicleRow,
    health_score: Lax<f64>,
    latest_appointment: Part<BookingRow>,
}

/// The customer's vehicles.
pub(in crate::api) fn list(answer: &WireAnswer) -> Result<Page<VehicleSummary>, ApiError> {
    page(answer, "vehicle", Row::into_model)
}

/// One vehicle, as a claim answers it.
pub(in crate::api) fn one(answer: &WireAnswer) -> Result<VehicleSummary, ApiError> {
    let row: Row = record(answer, read(answer, "vehicle")?)?;
    row.into_model()
        .ok_or_else(|| server_fault(answer, "the vehicle has no id"))
}

impl VehicleRow {
    pub(super) fn into_model(self) -> Option<Vehicle> {
        Some(Vehicle {
            id: VehicleId(self.vehicle_id.0?),
            vin: self.vin.or_empty(),
            make: self.make.or_empty(),
            model: self.model.or_empty(),
            year: self.year.0.and_then(|year| year.try_into().ok()),
            mileage_km: self.mileage.0,
        })
    }
}

impl Row {
    fn into_model(self) -> Option<VehicleSummary> {
        let vehicle = self.vehicle.into_model()?;
        // The short form of a booking names no vehicle: it is this one.
        let latest_booking = self
            .latest_appointment
            .0
            .and_then(BookingRow::into_model)
            .map(|mut booking| {
                booking.vehicle_id.get_or_insert(vehicle.id);
                booking
                    .vehicle
                    .get_or_insert_with(|| format!("{} {}", vehicle.make, vehicle.model).trim().to_owned());
                booking
            });
        Some(VehicleSummary {
            health: self.health_score.0.map(Health::new),
            latest_booking,
            vehicle,
        })
    }
}
