//! The garage: the person's vehicles, the one that needs them most first.

mod record;
mod scene;

pub use record::{Garage, GarageIntent, GarageVehicle};
pub(crate) use scene::GarageScene;
