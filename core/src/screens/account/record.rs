//! What the account shows.

use jiff::Timestamp;

use crate::model::redacted::debug_shows;
use crate::screens::{Exported, Problem, SecretField, Standing, Text, TextField};

/// The person's account.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Account {
    /// How the profile stands.
    pub standing: Standing,
    /// Who is signed in.
    pub profile: Option<AccountProfile>,
    /// Whether the profile can be changed now.
    pub can_edit: bool,
    /// Whether the password can be changed now.
    pub can_change_password: bool,
    /// Whether the account can be deleted now.
    pub can_delete: bool,
    /// Whether a copy of all that the platform holds can be had now.
    pub can_export: bool,
    /// The profile while it is edited. One form is open at a time.
    pub edit: Option<ProfileForm>,
    /// The password while it is changed.
    pub password: Option<PasswordForm>,
    /// The account while it is to be deleted.
    pub deletion: Option<DeletionForm>,
    /// The first field of the open form that something was wrong with when it was to be sent last, until that is mended.
    pub fault: Option<AccountField>,
    /// How often a form was to be sent and could not, for what is wrong with a field: whenever this grows, lead to
    /// [`Account::fault`].
    pub stops: u32,
    /// The open form is being sent: its button shows that it works.
    pub busy: bool,
    /// A copy of all that the platform holds is being made.
    pub exporting: bool,
    /// That copy, until [`AccountIntent::ExportTaken`].
    pub exported: Option<Exported>,
    /// What was done last, to be said.
    pub note: Option<Text>,
    /// What went wrong with the last thing that was tried: [`AccountIntent::TryAgain`] does it again.
    pub problem: Option<Problem>,
    /// The person is being signed out.
    pub signing_out: bool,
    /// What is to be done with what was not sent yet, before the person is signed out.
    pub unsent: Option<UnsentQuestion>,
    /// How the last session ended by itself: why was I signed out?
    pub last_ended: Option<SessionEnded>,
    /// Nobody is signed in any more: leave this screen.
    pub done: bool,
}

/// Who is signed in.
#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct AccountProfile {
    /// Given and family name.
    pub name: String,
    /// E-mail address: what they sign in with.
    pub email: String,
    /// Telephone number.
    pub phone: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// What they are to the platform.
    pub role: Text,
}

debug_shows!(AccountProfile: role);

/// The profile while it is edited.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct ProfileForm {
    /// Given name.
    pub first_name: TextField,
    /// Family name.
    pub last_name: TextField,
    /// Telephone number.
    pub phone: TextField,
    /// Postal address; may stay empty.
    pub address: TextField,
}

/// The password while it is changed.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct PasswordForm {
    /// The present one.
    pub current: SecretField,
    /// The new one.
    pub new: SecretField,
    /// The new one once more.
    pub repeated: SecretField,
}

/// The account while it is to be deleted: first the password, then a confirmation.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct DeletionForm {
    /// The password.
    pub password: SecretField,
    /// What to ask last, with a button for [`AccountIntent::Confirm`]; `None` while the password is asked for.
    pub confirm: Option<Text>,
}

/// What is to be done with what was not sent yet.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct UnsentQuestion {
    /// So many changes.
    pub count: u32,
    /// The question. The answers are `KeepUnsent`, `DiscardUnsent` and `Stay`.
    pub text: Text,
}

/// How a session ended by itself.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct SessionEnded {
    /// Why.
    pub why: Text,
    /// When it was found out, by this device's clock.
    pub at: Timestamp,
}

/// A field of the account's forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum AccountField {
    /// Given name.
    FirstName,
    /// Family name.
    LastName,
    /// Telephone number.
    Phone,
    /// Postal address.
    Address,
    /// The present password, of a change or a deletion.
    CurrentPassword,
    /// The new password.
    NewPassword,
    /// The new password once more.
    RepeatedPassword,
}

/// What a person can do about their account.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum AccountIntent {
    /// Ask the server now.
    Refresh,
    /// Open the form of the profile.
    Edit,
    /// Open the form of the password.
    ChangePassword,
    /// Open the form of the deletion.
    Delete,
    /// A field of the open form was changed.
    Change {
        /// Which.
        field: AccountField,
        /// To this.
        text: String,
    },
    /// A field of the open form was left.
    Left {
        /// Which.
        field: AccountField,
    },
    /// Send the open form; of a deletion, ask for the confirmation. Nothing while it is being sent.
    Submit,
    /// Delete the account.
    Confirm,
    /// Close the open form. Nothing while it is being sent.
    Close,
    /// Do again what went wrong last. Nothing where nothing did.
    TryAgain,
    /// Make a copy of all that the platform holds.
    Export,
    /// The copy is saved or shared: it is forgotten.
    ExportTaken,
    /// Sign out; asks first where something was not sent yet.
    SignOut,
    /// Sign out, and keep what was not sent for this person's next sign-in.
    KeepUnsent,
    /// Sign out, and discard what was not sent.
    DiscardUnsent,
    /// Stay signed in.
    Stay,
}

// What a person types is theirs.
impl std::fmt::Debug for AccountIntent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Change { field, .. } => return write!(f, "Change({field:?}, ..)"),
            Self::Left { field } => return write!(f, "Left({field:?})"),
            Self::Refresh => "Refresh",
            Self::Edit => "Edit",
            Self::ChangePassword => "ChangePassword",
            Self::Delete => "Delete",
            Self::Submit => "Submit",
            Self::Confirm => "Confirm",
            Self::Close => "Close",
            Self::TryAgain => "TryAgain",
            Self::Export => "Export",
            Self::ExportTaken => "ExportTaken",
            Self::SignOut => "SignOut",
            Self::KeepUnsent => "KeepUnsent",
            Self::DiscardUnsent => "DiscardUnsent",
            Self::Stay => "Stay",
        })
    }
}
