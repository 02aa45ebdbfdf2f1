//! One vehicle: how it is, part by part, what its sensors say, what is predicted, and its bookings.

mod chart;
mod parts;
mod reading;
mod record;
mod scene;
mod series;
#[cfg(test)]
mod tests;

pub use reading::{ChartBand, ReadingKind, ReadingPoint, ReadingRange, VehicleReading};
pub use record::{
    ComponentSpot, VehicleComponent, VehicleHeading, VehicleHistory, VehicleIntent, VehicleIssue,
    VehiclePage, VehicleTelemetry, VehicleWarranty,
};
pub(crate) use scene::VehicleScene;
