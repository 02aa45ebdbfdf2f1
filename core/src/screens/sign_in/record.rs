//! What the sign-in screen shows.

use crate::screens::{Problem, SecretField, Text, TextField};

/// Signing in.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct SignIn {
    /// Why it is needed, where a session ended by itself; `None` for somebody new, or who signed out.
    pub why: Option<Text>,
    /// E-mail address.
    pub email: TextField,
    /// Password.
    pub password: SecretField,
    /// The first field that something was wrong with when it was to be sent last, until that is mended.
    pub fault: Option<SignInField>,
    /// How often it was to be sent and could not, for what is wrong with a field: whenever this grows, lead to [`SignIn::fault`].
    pub stops: u32,
    /// It is being sent: the button shows that it works.
    pub busy: bool,
    /// What went wrong with the last try.
    pub problem: Option<Problem>,
    /// Whether a forgotten password can be reset on this server.
    pub can_reset: bool,
    /// Somebody is signed in: leave this screen.
    pub done: bool,
}

/// A field of the sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum SignInField {
    /// E-mail address.
    Email,
    /// Password.
    Password,
}

/// What a person can do when signing in.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum SignInIntent {
    /// The address was changed.
    Email {
        /// To this.
        text: String,
    },
    /// The address was left.
    EmailLeft,
    /// The password was changed.
    Password {
        /// To this.
        text: String,
    },
    /// Sign in. Nothing while it is being sent.
    Submit,
}

// What a person types is theirs.
impl std::fmt::Debug for SignInIntent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Email { .. } => "Email(..)",
            Self::EmailLeft => "EmailLeft",
            Self::Password { .. } => "Password(..)",
            Self::Submit => "Submit",
        })
    }
}
