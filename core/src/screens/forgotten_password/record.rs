//! What the screen of a forgotten password shows.

use crate::screens::{Phase, Problem, SecretField, Text, TextField};

/// A forgotten password.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct ForgottenPassword {
    /// `FirstLoad` while it is asked what this server can, `Failed` if that could not be asked, else `Shown`.
    pub phase: Phase,
    /// Whether this server can reset one, as far as is known. Where it cannot nothing here does anything.
    pub available: bool,
    /// Which part to show.
    pub step: ResetStep,
    /// E-mail address, under `Ask`.
    pub email: TextField,
    /// The code from the e-mail, under `Set`.
    pub code: TextField,
    /// The new password, under `Set`.
    pub password: SecretField,
    /// The new password once more, under `Set`.
    pub repeated: SecretField,
    /// What to say above: that a code may be on its way, that the password is set.
    pub note: Option<Text>,
    /// The first field that something was wrong with when it was to be sent last, until that is mended.
    pub fault: Option<ResetField>,
    /// How often it was to be sent and could not, for what is wrong with a field: whenever this grows, lead to [`ForgottenPassword::fault`].
    pub stops: u32,
    /// It is being sent: the button shows that it works.
    pub busy: bool,
    /// What went wrong with the last try; under `Failed`, why it is not known what this server can.
    pub problem: Option<Problem>,
}

/// A part of the way to a new password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum ResetStep {
    /// The address that a code is sent to.
    #[default]
    Ask,
    /// The code, and the new password.
    Set,
    /// It is set: the way to sign in.
    Done,
}

/// A field of the way to a new password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum ResetField {
    /// E-mail address.
    Email,
    /// The code from the e-mail.
    Code,
    /// The new password.
    Password,
    /// The new password once more.
    Repeated,
}

/// What a person can do about a forgotten password.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum ForgottenPasswordIntent {
    /// Under `Failed`: ask the server again what it can.
    Refresh,
    /// A field was changed.
    Change {
        /// Which.
        field: ResetField,
        /// To this.
        text: String,
    },
    /// A field was left.
    Left {
        /// Which.
        field: ResetField,
    },
    /// Send what this part asks for. Nothing while it is being sent.
    Submit,
    /// There is a code already: on to `Set`.
    HaveCode,
    /// Ask for another code: back to `Ask`.
    AskAgain,
}

// What a person types is theirs.
impl std::fmt::Debug for ForgottenPasswordIntent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Change { field, .. } => write!(f, "Change({field:?}, ..)"),
            Self::Left { field } => write!(f, "Left({field:?})"),
            Self::Refresh => f.write_str("Refresh"),
            Self::Submit => f.write_str("Submit"),
            Self::HaveCode => f.write_str("HaveCode"),
            Self::AskAgain => f.write_str("AskAgain"),
        }
    }
}
