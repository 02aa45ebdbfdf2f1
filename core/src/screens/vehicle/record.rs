//! What the screen of one vehicle shows.

use jiff::Timestamp;

use super::reading::VehicleReading;
use crate::model::VehicleId;
use crate::model::redacted::debug_shows;
use crate::screens::{BookingMark, Day, HealthMark, PredictionMark, Quantity, Standing, Text, Tone};

/// One vehicle.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct VehiclePage {
    /// How it stands. Never `Empty`.
    pub standing: Standing,
    /// What it is; `None` while nothing of it is there.
    pub heading: Option<VehicleHeading>,
    /// How it is doing as a whole; `None` while nothing of it is there.
    pub health: Option<HealthMark>,
    /// Each [`ComponentSpot`] once, in their order, whatever the server says of it; `Elsewhere` is not among them.
    pub components: Vec<VehicleComponent>,
    /// Components of a later server, which have no place on the drawing: the worst first. All are `Elsewhere`.
    pub others: Vec<VehicleComponent>,
    /// What is predicted to fail, the most probable first.
    pub predictions: Vec<PredictionMark>,
    /// What its sensors said last, where anything is known.
    pub telemetry: Option<VehicleTelemetry>,
    /// Its bookings.
    pub history: VehicleHistory,
    /// Whether service can be booked for it, by this person on this server.
    pub can_book: bool,
}

/// What a vehicle is.
#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct VehicleHeading {
    /// Its id.
    pub id: VehicleId,
    /// Make and model.
    pub name: String,
    /// Model year.
    pub year: Option<i32>,
    /// Vehicle identification number; empty if the server does not say it.
    pub vin: String,
    /// Kilometres driven.
    pub mileage: Option<Quantity>,
    /// When it was bought.
    pub purchased_on: Option<Day>,
    /// Its warranty, where the server says when it ends.
    pub warranty: Option<VehicleWarranty>,
}

debug_shows!(VehicleHeading: id, year, mileage, purchased_on, warranty);

/// A warranty.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct VehicleWarranty {
    /// Its last day, by the calendar of UTC, as the server means it.
    pub until: Day,
    /// Whether that day is over.
    pub over: bool,
    /// The same in words, without the day.
    pub text: Text,
    /// What it is drawn in.
    pub tone: Tone,
}

/// Where a component is on the drawing of a vehicle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum ComponentSpot {
    /// Engine.
    Engine,
    /// Transmission.
    Transmission,
    /// Brakes.
    Brakes,
    /// Battery.
    Battery,
    /// Cooling system.
    CoolingSystem,
    /// Oil system.
    OilSystem,
    /// Suspension.
    Suspension,
    /// Tyres.
    Tires,
    /// Exhaust.
    Exhaust,
    /// Fuel system.
    FuelSystem,
    /// Not on the drawing: a component of a later server.
    Elsewhere,
}

/// One component of a vehicle.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct VehicleComponent {
    /// Where it is.
    pub spot: ComponentSpot,
    /// What it is called.
    pub label: Text,
    /// 0 to 100, where that is known.
    pub score: Option<Quantity>,
    /// How it is doing in a word, also that this is not known.
    pub text: Text,
    /// What it is drawn in.
    pub tone: Tone,
    /// What is wrong with it, the worst first.
    pub issues: Vec<VehicleIssue>,
}

/// Something that is wrong with a component, or predicted to go wrong.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct VehicleIssue {
    /// How bad, in a word.
    pub severity: Text,
    /// What it is drawn in.
    pub tone: Tone,
    /// What it is.
    pub description: Text,
    /// What to do, where the server says it.
    pub action: Option<Text>,
    /// How likely, in percent, for what is predicted.
    pub probability: Option<Quantity>,
    /// Days that are left today, where the server said when; 0 if the day has come.
    pub days_left: Option<Quantity>,
}

/// What the sensors of a vehicle said last.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct VehicleTelemetry {
    /// When it was measured, by the server's clock.
    pub measured_at: Option<Timestamp>,
    /// Each reading there is, always in the same order.
    pub readings: Vec<VehicleReading>,
}

/// The bookings of one vehicle.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct VehicleHistory {
    /// How they stand. `Empty` means that none is known to be of this vehicle.
    pub standing: Standing,
    /// Past, present and to come, the newest time first.
    pub bookings: Vec<BookingMark>,
}

/// What a person can do with a vehicle. Booking is another screen's.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum VehicleIntent {
    /// Ask the server now.
    Refresh,
}
