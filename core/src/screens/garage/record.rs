//! What the garage shows.

use super::add::AddVehicle;
use crate::model::VehicleId;
use crate::screens::{BookingMark, HealthMark, PredictionMark, Quantity, Standing, Tone};

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
    /// What a person must decide on: the bookings show it.
    pub attention: Option<Attention>,
}

/// Changes of bookings that a person must decide on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Attention {
    /// So many; 1 or more.
    pub count: u32,
    /// What that is drawn in.
    pub tone: Tone,
}

impl Attention {
    pub(super) fn of(count: u32) -> Option<Self> {
        let tone = Tone::Critical;
        (count > 0).then_some(Self { count, tone })
    }
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
