//! Identifiers, each a type of its own so that a vehicle's id cannot be passed for a customer's.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

number_id!(
    /// A customer: the signed-in person.
    CustomerId
);
number_id!(
    /// A vehicle.
    VehicleId
);
number_id!(
    /// A service centre.
    CenterId
);
number_id!(
    /// A notification.
    NotificationId
);
number_id!(
    /// A prediction.
    PredictionId
);
number_id!(
    /// A write that was accepted, in the order of acceptance on this device.
    OutboxItemId
);

/// A booking. Opaque: the server's number in decimal, or a local name while the server has not seen the booking yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BookingId(String);

/// What local names begin with.
const LOCAL: &str = "new-";

impl BookingId {
    /// The id of a booking the server knows by this number.
    #[must_use]
    pub fn from_server(number: i64) -> Self {
        Self(number.to_string())
    }

    /// Reads an id as a person typed it. Any text is taken; one that names nothing is refused by the call it is used in.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// The name of a booking made here that the server has not named yet.
    pub(crate) fn local(name: &str) -> Self {
        Self(format!("{LOCAL}{name}"))
    }

    /// The local name, if it is one.
    pub(crate) fn local_name(&self) -> Option<&str> {
        self.0.strip_prefix(LOCAL)
    }

    /// The server's number, if the server has the booking.
    #[must_use]
    pub fn server_number(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BookingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
