//! Everything a customer reads, as one list: here through the client, elsewhere through a new process.

use pmi_core::model::{Freshness, VehicleId};
use pmi_core::{Error, PmiClient, Result};
use serde::Serialize;
use serde_json::Value;

/// One thing to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Read {
    /// Who is signed in.
    Me,
    /// The garage.
    Vehicles,
    /// All of one vehicle.
    Vehicle(VehicleId),
    /// The bookings.
    Bookings,
    /// The notifications.
    Notifications,
    /// The service centres.
    Centers,
}

impl Read {
    /// Everything, for a customer with this vehicle.
    pub(super) fn everything(vehicle: VehicleId) -> [Self; 6] {
        [
            Self::Me,
            Self::Vehicles,
            Self::Vehicle(vehicle),
            Self::Bookings,
            Self::Notifications,
            Self::Centers,
        ]
    }

    /// Reads it, and gives it as JSON.
    pub(super) async fn from(self, client: &PmiClient, freshness: Freshness) -> Result<Value> {
        match self {
            Self::Me => json(client.account().me(freshness).await?.value),
            Self::Vehicles => json(client.vehicles().list(freshness).await?.value),
            Self::Vehicle(id) => json(client.vehicles().details(id, freshness).await?.value),
            Self::Bookings => json(client.bookings().list(freshness).await?.value),
            Self::Notifications => json(client.notifications().list(freshness).await?.value),
            Self::Centers => json(client.centers().list(freshness).await?.value),
        }
    }

    /// The command that reads it.
    pub(super) fn command(self) -> Vec<String> {
        match self {
            Self::Me => vec!["me".to_owned()],
            Self::Vehicles => vec!["vehicles".to_owned()],
            Self::Vehicle(id) => vec!["vehicle".to_owned(), id.to_string()],
            Self::Bookings => vec!["bookings".to_owned()],
            Self::Notifications => vec!["notifications".to_owned()],
            Self::Centers => vec!["centers".to_owned()],
        }
    }
}

fn json(value: impl Serialize) -> Result<Value> {
    serde_json::to_value(value).map_err(|error| Error::Internal {
        reason: error.to_string(),
    })
}
