//! The garage: the person's vehicles, the one that needs them most first.

mod add;
mod record;
mod scene;
#[cfg(test)]
mod tests;

pub use add::AddVehicle;
pub use record::{Attention, Garage, GarageIntent, GarageVehicle};
pub(crate) use scene::GarageScene;
