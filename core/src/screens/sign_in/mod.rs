//! Signing in: with why a sign-in is needed, where one is.

mod record;
mod scene;

pub use record::{SignIn, SignInField, SignInIntent};
pub(crate) use scene::SignInScene;
