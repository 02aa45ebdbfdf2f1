//! The person's account: who they are, what they can change about it, and leaving.

mod forms;
mod record;
mod scene;
#[cfg(test)]
mod tests;

pub use record::{
    Account, AccountField, AccountIntent, AccountProfile, DeletionForm, PasswordForm, ProfileForm,
    SessionEnded, UnsentQuestion,
};
pub(crate) use scene::AccountScene;
