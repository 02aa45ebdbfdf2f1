//! v2's service centres and their free times.

use serde::Deserialize;

use super::page;
use crate::api::loose::Lax;
use crate::api::{ApiError, Page, WireAnswer, times};
use crate::model::{CenterId, ServiceCenter, Slot};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Row {
    center_id: Lax<i64>,
    name: Lax<String>,
    address: Lax<String>,
    city: Lax<String>,
    state: Lax<String>,
    phone: Lax<String>,
    capacity: Lax<i64>,
    time_zone: Lax<String>,
}

/// A time at which a centre can take a vehicle.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct SlotRow {
    starts_at: Lax<String>,
    time_zone: Lax<String>,
    available: Lax<i64>,
}

/// Every service centre.
pub(in crate::api) fn list(answer: &WireAnswer) -> Result<Page<ServiceCenter>, ApiError> {
    page(answer, "service centre", |row: Row| {
        Some(ServiceCenter {
            id: CenterId(row.center_id.0?),
            name: row.name.or_empty(),
            address: row.address.filled(),
            city: row.city.filled(),
            state: row.state.filled(),
            phone: row.phone.filled(),
            capacity: row.capacity.small(),
            time_zone: row.time_zone.filled().unwrap_or_else(|| "UTC".to_owned()),
        })
    })
}

/// When a centre can take a vehicle.
pub(in crate::api) fn slots(answer: &WireAnswer) -> Result<Page<Slot>, ApiError> {
    page(answer, "service centre", SlotRow::into_model)
}

impl SlotRow {
    pub(super) fn into_model(self) -> Option<Slot> {
        let zone = self.time_zone.filled();
        Some(Slot {
            starts_at: times::zoned(self.starts_at.as_str(), zone.as_deref())?,
            available: self.available.small(),
        })
    }
}
