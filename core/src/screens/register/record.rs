//! What the registration shows.

use crate::screens::{Problem, SecretField, Text, TextField};

/// Registering.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Register {
    /// E-mail address.
    pub email: TextField,
    /// Password.
    pub password: SecretField,
    /// The password once more.
    pub repeated: SecretField,
    /// Given name.
    pub first_name: TextField,
    /// Family name.
    pub last_name: TextField,
    /// Telephone number.
    pub phone: TextField,
    /// Postal address; may stay empty.
    pub address: TextField,
    /// The first field that something was wrong with when it was to be sent last, until that is mended.
    pub fault: Option<RegisterField>,
    /// How often it was to be sent and could not, for what is wrong with a field: whenever this grows, lead to [`Register::fault`].
    pub stops: u32,
    /// It is being sent: the button shows that it works.
    pub busy: bool,
    /// What went wrong with the last try.
    pub problem: Option<Problem>,
    /// That an earlier try may have made the account although no answer came: sign in with it.
    pub hint: Option<Text>,
    /// Somebody is signed in: leave this screen.
    pub done: bool,
}

/// A field of the registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum RegisterField {
    /// E-mail address.
    Email,
    /// Password.
    Password,
    /// The password once more.
    Repeated,
    /// Given name.
    FirstName,
    /// Family name.
    LastName,
    /// Telephone number.
    Phone,
    /// Postal address.
    Address,
}

/// What a person can do when registering.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum RegisterIntent {
    /// A field was changed.
    Change {
        /// Which.
        field: RegisterField,
        /// To this.
        text: String,
    },
    /// A field was left.
    Left {
        /// Which.
        field: RegisterField,
    },
    /// Register. Nothing while it is being sent.
    Submit,
}

// What a person types is theirs.
impl std::fmt::Debug for RegisterIntent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Change { field, .. } => write!(f, "Change({field:?}, ..)"),
            Self::Left { field } => write!(f, "Left({field:?})"),
            Self::Submit => f.write_str("Submit"),
        }
    }
}
