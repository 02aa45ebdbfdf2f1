//! Where an app begins: at the sign-in, at home, or before a locked keyring.

mod record;
mod scene;

pub use record::{Salvaged, Start, Welcome, WelcomeIntent};
pub(crate) use scene::WelcomeScene;
