//! Registering: an account, and signed in to it.

mod record;
mod scene;

pub use record::{Register, RegisterField, RegisterIntent};
pub(crate) use scene::RegisterScene;
