//! A forgotten password: a code is asked for, and a new password set with it.

mod record;
mod scene;

pub use record::{ForgottenPassword, ForgottenPasswordIntent, ResetField, ResetStep};
pub(crate) use scene::ForgottenPasswordScene;
