//! What requests and answers say, per dialect. Knows no socket, no clock, no file.
//!
//! Each thing one can ask is one type that implements [`Operation`]: it says what to send in either dialect, and reads the
//! answer into the model. Nothing above this module knows that there are two dialects.

mod answer;
mod asking;
mod booking_writes;
mod bookings;
mod centers;
mod check;
mod discovery;
mod error;
mod grant;
mod health;
mod jwt;
mod loose;
mod notifications;
mod password;
mod photos;
mod profile;
mod reference;
mod session;
mod times;
mod v1;
mod v2;
mod vehicle_parts;
mod vehicles;
mod wire;

#[cfg(test)]
mod golden_expect;
#[cfg(test)]
mod golden_tests;
#[cfg(test)]
mod input_tests;
#[cfg(test)]
mod mutation_tests;
#[cfg(test)]
mod refusal_tests;
#[cfg(test)]
mod request_testing;
#[cfg(test)]
mod request_tests;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod v2_tests;

pub(crate) use asking::{AnyOperation, Asking};
pub(crate) use booking_writes::{CancelBooking, CreateBooking, RescheduleBooking};
pub(crate) use bookings::{FindBooking, GetBooking, ListBookings, made_by};
pub(crate) use centers::{ListServiceCenters, ListSlots};
pub(crate) use discovery::Discover;
pub(crate) use error::{ApiError, RefreshRefusal};
pub(crate) use health::GetHealth;
pub(crate) use notifications::{ListNotifications, MarkNotificationRead};
pub(crate) use password::{ChangePassword, RequestPasswordReset, ResetPassword};
pub(crate) use photos::{DeclarePhoto, ListPhotos, SendPart, Stands};
pub(crate) use profile::{ChangeProfile, DeleteAccount, ExportData, Me, Profile};
#[cfg(test)]
use reference::reference_of;
pub(crate) use session::{Login, Logout, Refresh, Register};
pub(crate) use vehicles::{ClaimVehicle, GetVehicle, ListVehicles};
pub(crate) use wire::{Auth, Policy, Priority, Replay, Speaks, Tries, WireAnswer, WireRequest};

use crate::model::Capabilities;

/// Which of the two HTTP APIs a server speaks, and with which features.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case", tag = "api")]
pub(crate) enum Dialect {
    /// The deployed platform.
    V1,
    /// The reference platform.
    V2 {
        /// What `/.well-known/pmi` listed.
        features: Vec<String>,
    },
}

/// What an operation needs to know of its surroundings.
pub(crate) struct Surroundings<'a> {
    pub(crate) dialect: &'a Dialect,
    /// Whose data is asked for; v1 needs it in paths and checks nothing itself (Q6). `None` before sign-in.
    pub(crate) customer: Option<crate::model::CustomerId>,
    /// The zone of v1's wall times (Q11), `Asia/Kolkata` by default.
    pub(crate) zone: &'a jiff::tz::TimeZone,
    /// Now, by the server's clock as well as it is known.
    pub(crate) now: jiff::Timestamp,
}

/// One thing one can ask of a server.
pub(crate) trait Operation: Send + Sync {
    /// What a good answer decodes to.
    type Output: Send;

    /// What to send.
    fn request(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError>;

    /// Reads the answer: the value, or the error the status and body mean for this operation.
    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<Self::Output, ApiError>;
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    /// Where the next part begins; v1 has no paging.
    pub(crate) next: Option<String>,
}

/// What a sign-in, registration or refresh gives. No `Debug` on the tokens.
pub(crate) struct Grant {
    pub(crate) access_token: zeroize::Zeroizing<String>,
    pub(crate) refresh_token: zeroize::Zeroizing<String>,
    /// Seconds the access token lives from the server's now: `expires_in`, or `exp - iat` of the JWT.
    pub(crate) lifetime: std::time::Duration,
    pub(crate) customer: crate::model::CustomerId,
    pub(crate) role: crate::model::Role,
    pub(crate) permissions: Vec<crate::model::Permission>,
}

impl Dialect {
    /// Whether the server keeps what belongs to others to itself. v1 shows it to anybody (Q6).
    pub(crate) fn checks_owner(&self) -> bool {
        matches!(self, Self::V2 { .. })
    }

    /// Whether a vehicle's health in lists is computed otherwise than in its details (Q13): then the details' counts (Q17).
    pub(crate) fn lists_estimate_health(&self) -> bool {
        matches!(self, Self::V1)
    }

    /// Whether a write of the same key is applied once only. v1 has no keys (Q10).
    pub(crate) fn has_keys(&self) -> bool {
        matches!(self, Self::V2 { .. })
    }

    /// What the transport must know of it.
    pub(crate) fn speaks(&self) -> Speaks {
        match self {
            Self::V1 => Speaks::V1,
            Self::V2 { .. } => Speaks::V2,
        }
    }

    /// An error unless the server has the capability.
    pub(crate) fn must(
        &self,
        capability: &'static str,
        has: impl FnOnce(&Capabilities) -> bool,
    ) -> Result<(), ApiError> {
        if has(&self.capabilities()) {
            Ok(())
        } else {
            Err(ApiError::Unsupported(capability))
        }
    }

    /// What a server of this dialect can do.
    pub(crate) fn capabilities(&self) -> Capabilities {
        match self {
            // Q16: v1 books, and nothing else of what can be asked here.
            Self::V1 => Capabilities {
                book: true,
                ..Capabilities::default()
            },
            Self::V2 { features } => {
                let has = |name: &str| features.iter().any(|f| f == name);
                Capabilities {
                    book: has("book"),
                    choose_center: has("choose_center"),
                    slots: has("slots"),
                    photos: has("photos"),
                    claim_vehicle: has("vehicle_claim"),
                    profile_change: has("profile_change"),
                    password_change: has("password_change"),
                    password_reset: has("password_reset"),
                    account_deletion: has("account_deletion"),
                    data_export: has("data_export"),
                    fleet: has("fleet"),
                }
            }
        }
    }
}
