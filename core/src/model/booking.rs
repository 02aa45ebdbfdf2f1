//! Bookings and the service centres they are made at.

use jiff::{Timestamp, Zoned, civil::DateTime};
use serde::{Deserialize, Serialize};

use super::redacted::debug_shows;
use super::wall;
use super::wire_word::wire_words;
use super::{BookingId, CenterId, OutboxItem, VehicleId};

wire_words! {
    /// What is to be done.
    ServiceType {
        /// 90 minutes.
        GeneralService = "general_service",
        /// 30 minutes.
        OilChange = "oil_change",
        /// 60 minutes.
        BrakeService = "brake_service",
        /// 45 minutes.
        Inspection = "inspection",
        /// 120 minutes.
        Repair = "repair",
    }
}

impl ServiceType {
    /// How long it takes, in minutes; `None` for a type this version does not know.
    #[must_use]
    pub fn minutes(&self) -> Option<u32> {
        match self {
            Self::GeneralService => Some(90),
            Self::OilChange => Some(30),
            Self::BrakeService => Some(60),
            Self::Inspection => Some(45),
            Self::Repair => Some(120),
            Self::Unknown(_) => None,
        }
    }
}

wire_words! {
    /// Where a booking stands.
    BookingStatus {
        /// Made.
        Scheduled = "scheduled",
        /// The centre confirmed it.
        Confirmed = "confirmed",
        /// The vehicle is being worked on.
        InProgress = "in_progress",
        /// Done.
        Completed = "completed",
        /// Called off.
        Cancelled = "cancelled",
    }
}

/// A service appointment of a vehicle at a service centre.
///
/// Its time is a wall time at the centre: `starts_at` shows the same digits wherever the phone is (Q11, scenario 28).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// Its id.
    pub id: BookingId,
    /// The vehicle; v1's short list does not say.
    pub vehicle_id: Option<VehicleId>,
    /// The vehicle in words, such as `Hero MotoCorp Xpulse 200`.
    pub vehicle: Option<String>,
    /// What is to be done.
    pub service: ServiceType,
    /// When, as the centre's clock shows it, with the centre's zone.
    #[serde(with = "wall")]
    pub starts_at: Zoned,
    /// Where it stands.
    pub status: BookingStatus,
    /// The centre's id, where the server says it.
    pub center_id: Option<CenterId>,
    /// The centre's name, where the server says it.
    pub center: Option<String>,
    /// How long it takes, in minutes.
    pub minutes: Option<u32>,
    /// What the customer wrote.
    pub notes: Option<String>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// What ties it to the write that made it, where this library made it: v2's `client_operation_id`, or the short reference
    /// that stood at the end of v1's notes (and is not shown in `notes`).
    pub operation: Option<String>,
    /// The newest write about it that the server has not confirmed, or did not accept. What is shown is then what the booking
    /// will be; for a write that was not accepted, what the server has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<Box<OutboxItem>>,
}

// What a server calls a vehicle can have its VIN in it.
debug_shows!(Booking: id, vehicle_id, service, starts_at, status, center_id, center, minutes, created_at, operation, pending);

impl Booking {
    /// The digits on the centre's clock.
    #[must_use]
    pub fn wall_time(&self) -> DateTime {
        self.starts_at.datetime()
    }
}

/// A time at which a service centre can take a vehicle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// When, as the centre's clock shows it, with the centre's zone.
    #[serde(with = "wall")]
    pub starts_at: Zoned,
    /// How many vehicles it can still take then, where the server says it.
    pub available: Option<u32>,
}

/// A service centre.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ServiceCenter {
    /// Its id.
    pub id: CenterId,
    /// Its name.
    pub name: String,
    /// Street.
    pub address: Option<String>,
    /// City.
    pub city: Option<String>,
    /// State.
    pub state: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Vehicles it can take at a time.
    pub capacity: Option<u32>,
    /// IANA name of the zone its clock shows.
    pub time_zone: String,
}
