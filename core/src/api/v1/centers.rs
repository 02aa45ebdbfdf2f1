//! v1's service centres. It knows no zones: all its clocks are the one of the setting (Q11).

use serde::Deserialize;

use super::read;
use crate::api::answer::{page, record};
use crate::api::loose::{Lax, Rows};
use crate::api::{ApiError, Page, Surroundings, WireAnswer};
use crate::model::{CenterId, ServiceCenter};

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
}

/// Every service centre.
pub(in crate::api) fn list(
    around: &Surroundings<'_>,
    answer: &WireAnswer,
) -> Result<Page<ServiceCenter>, ApiError> {
    let rows: Rows<Row> = record(answer, read(answer, "service centre")?)?;
    let zone = around.zone.iana_name().unwrap_or("UTC");
    page(answer, rows, None, |row| {
        Some(ServiceCenter {
            id: CenterId(row.center_id.0?),
            name: row.name.or_empty(),
            address: row.address.filled(),
            city: row.city.filled(),
            state: row.state.filled(),
            phone: row.phone.filled(),
            capacity: row.capacity.small(),
            time_zone: zone.to_owned(),
        })
    })
}
