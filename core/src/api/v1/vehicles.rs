//! v1's list of vehicles with their health, 0 to 10 (Q13).

use serde::Deserialize;

use super::bookings::service;
use super::read;
use crate::api::answer::{page, record};
use crate::api::loose::{Lax, Part, Rows};
use crate::api::{ApiError, Page, Surroundings, WireAnswer, times};
use crate::model::{Booking, BookingId, BookingStatus, Health, Vehicle, VehicleId, VehicleSummary};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Garage {
    vehicles: Rows<Row>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Row {
    #[serde(flatten)]
    vehicle: VehicleRow,
    health_score: Lax<f64>,
    latest_appointment: Part<Latest>,
}

/// A vehicle as every v1 answer has it.
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
struct Latest {
    appointment_id: Lax<i64>,
    scheduled_time: Lax<String>,
    status: Lax<String>,
    #[serde(rename = "type")]
    kind: Lax<String>,
}

/// The customer's vehicles.
pub(in crate::api) fn list(
    around: &Surroundings<'_>,
    answer: &WireAnswer,
) -> Result<Page<VehicleSummary>, ApiError> {
    let garage: Garage = record(answer, read(answer, "customer")?)?;
    page(answer, garage.vehicles, None, |row| row.into_model(around))
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
    fn into_model(self, around: &Surroundings<'_>) -> Option<VehicleSummary> {
        let vehicle = self.vehicle.into_model()?;
        let latest_booking = self
            .latest_appointment
            .0
            .and_then(|latest| latest.into_model(around, &vehicle));
        Some(VehicleSummary {
            // Tenths times ten, without the dust of binary fractions.
            health: self
                .health_score
                .0
                .map(|score| Health::new((score * 1000.0).round() / 100.0)),
            latest_booking,
            vehicle,
        })
    }
}

impl Latest {
    fn into_model(self, around: &Surroundings<'_>, vehicle: &Vehicle) -> Option<Booking> {
        Some(Booking {
            id: BookingId::from_server(self.appointment_id.0?),
            vehicle_id: Some(vehicle.id),
            vehicle: Some(format!("{} {}", vehicle.make, vehicle.model).trim().to_owned()),
            service: service(self.kind.as_str()),
            starts_at: times::wall(self.scheduled_time.as_str(), around.zone)?,
            status: BookingStatus::from_word(self.status.as_str()),
            center_id: None,
            center: None,
            minutes: None,
            notes: None,
            created_at: None,
            operation: None,
            pending: None,
        })
    }
}
