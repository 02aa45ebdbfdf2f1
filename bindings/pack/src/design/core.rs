//! What the core says there is: the texts, units, components and tones that the token files are about.

use pmi_core::screens::{ComponentSpot, Unit};

/// Each unit, and its name in the token files.
pub(super) const UNITS: [Unit; 14] = [
    Unit::Percent,
    Unit::Kilometres,
    Unit::KilometresPerHour,
    Unit::Celsius,
    Unit::Psi,
    Unit::Volts,
    Unit::RevolutionsPerMinute,
    Unit::Days,
    Unit::Minutes,
    Unit::Seconds,
    Unit::Bytes,
    Unit::Kilobytes,
    Unit::Megabytes,
    Unit::Plain,
];

/// Each component that has a place on the drawing of a vehicle.
pub(super) const SPOTS: [ComponentSpot; 10] = [
    ComponentSpot::Engine,
    ComponentSpot::Transmission,
    ComponentSpot::Brakes,
    ComponentSpot::Battery,
    ComponentSpot::CoolingSystem,
    ComponentSpot::OilSystem,
    ComponentSpot::Suspension,
    ComponentSpot::Tires,
    ComponentSpot::Exhaust,
    ComponentSpot::FuelSystem,
];

/// The name of something of the core's in the token files.
pub(super) fn name(of: impl std::fmt::Debug) -> String {
    super::word::camel(&format!("{of:?}"))
}
