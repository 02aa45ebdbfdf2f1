//! What the garage shows.

use super::add::AddVehicle;
use crate::model::VehicleId;
use crate::screens::{BookingMark, HealthMark, PredictionMark, Quantity, Standing};

/// The person's vehicles.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Garage {
    /// How it stands. `Empty` means that the person has no vehicle here.
    pub standing: Standing,
    /// The vehicles: worst prediction first, then worst health.
    pub vehicles: Vec<GarageVehicle>,
    /// Whether a vehicle can be added on this server.
    pub can_add: bool,
    /// Adding one. Nothing comes of it where none can be.
    pub add: AddVehicle,
    /// So many changes of bookings a person must decide on: the bookings show them.
    pub attention: u32,
}

/// One vehicle in the garage.
#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct GarageVehicle {
    /// Its id.
    pub id: VehicleId,
    /// Make and model.
    pub name: String,
    /// Model year.
    pub year: Option<i32>,
    /// Kilometres driven.
    pub mileage: Option<Quantity>,
    /// How it is doing, where that is known.
    pub health: Option<HealthMark>,
    /// The worst of what is predicted, where that is known.
    pub prediction: Option<PredictionMark>,
    /// Its next booking, or the latest one there was.
    pub booking: Option<BookingMark>,
}

crate::model::redacted::debug_shows!(GarageVehicle: id, year, mileage, health, prediction, booking);

/// What a person can do in the garage.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum GarageIntent {
    /// Ask the server now.
    Refresh,
    /// The number of the vehicle to be added was changed.
    Vin {
        /// To this.
        text: String,
    },
    /// That number was left.
    VinLeft,
    /// Add the vehicle. Nothing while it is being sent.
    Add,
    /// The form to add a vehicle was closed: what stands in it is dropped.
    AddClosed,
}

// What a person types is theirs.
impl std::fmt::Debug for GarageIntent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Refresh => "Refresh",
            Self::Vin { .. } => "Vin(..)",
            Self::VinLeft => "VinLeft",
            Self::Add => "Add",
            Self::AddClosed => "AddClosed",
        })
    }
}
