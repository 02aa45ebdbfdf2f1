//! The person who is signed in.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::redacted::debug_shows;
use super::{CustomerId, Permission, Role};

/// The signed-in person.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Customer {
    /// Their id.
    pub id: CustomerId,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// E-mail address: what they sign in with.
    pub email: String,
    /// Telephone number.
    pub phone: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// What they are to the platform.
    pub role: Role,
    /// What they may do.
    pub permissions: Vec<Permission>,
}

debug_shows!(Customer: role, permissions);

/// What registering takes.
#[derive(Clone)]
pub struct NewCustomer {
    /// E-mail address.
    pub email: String,
    /// Password.
    pub password: Password,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Telephone number, 1 to 20 characters.
    pub phone: String,
    /// Postal address.
    pub address: Option<String>,
}

debug_shows!(NewCustomer:);

/// A change to one's own data; what is `None` stays as it is.
#[derive(Clone, Default)]
pub struct ProfileChange {
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// Telephone number, 1 to 20 characters.
    pub phone: Option<String>,
    /// Postal address.
    pub address: Option<String>,
}

debug_shows!(ProfileChange:);

/// A password on its way to the server: wiped when dropped, never shown.
#[derive(Clone)]
pub struct Password(Zeroizing<String>);

impl Password {
    /// Takes a password. The caller's own copy is the caller's to wipe.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(..)")
    }
}
