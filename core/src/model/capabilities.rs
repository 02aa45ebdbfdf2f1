//! What a server can do. Callers ask this, never which dialect it speaks.

use serde::{Deserialize, Serialize};

/// What the connected server can do. Screens obey it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Capabilities {
    /// Bookings can be made and changed.
    pub book: bool,
    /// A booking can name its service centre.
    pub choose_center: bool,
    /// Service centres list their free slots.
    pub slots: bool,
    /// A booking can carry photos.
    pub photos: bool,
    /// A new customer can add a vehicle by its VIN.
    pub claim_vehicle: bool,
    /// Names, telephone number and address can be changed.
    pub profile_change: bool,
    /// The password can be changed while signed in.
    pub password_change: bool,
    /// A forgotten password can be reset.
    pub password_reset: bool,
    /// The account can be deleted.
    pub account_deletion: bool,
    /// The customer can have a copy of all that is held of them.
    pub data_export: bool,
    /// The fleet routes check who asks.
    pub fleet: bool,
}

/// How a server says it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerHealth {
    /// Whether it can serve requests: `healthy` or `degraded` in its words.
    pub serving: bool,
    /// Its word, such as `healthy`, `degraded`, `unhealthy`, `ready`.
    pub status: String,
    /// Its own version, where it says it.
    pub version: Option<String>,
}
