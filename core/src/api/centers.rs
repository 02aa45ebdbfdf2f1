//! The service centres, and when they have time.

use jiff::civil::Date;

use super::{
    ApiError, Dialect, Operation, Page, Surroundings, WireAnswer, WireRequest, check, times, v1, v2,
};
use crate::model::{CenterId, ServiceCenter, Slot};

/// Reads the service centres.
pub(crate) struct ListServiceCenters {
    pub(crate) cursor: Option<String>,
}

impl Operation for ListServiceCenters {
    type Output = Page<ServiceCenter>;

    fn request(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        Ok(match around.dialect {
            // v1 lists its centres only with their free places at some time; it names all of them, full ones too. The time
            // asked about is now, and the places are not read.
            Dialect::V1 => {
                let now = around.now.to_zoned(around.zone.clone()).datetime();
                WireRequest::get("/api/appointments/service-centers/available")
                    .query("scheduled_time", times::v1_digits(now))
            }
            Dialect::V2 { .. } => v2::list_request("/api/service-centers", self.cursor.as_deref()),
        })
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<Self::Output, ApiError> {
        match around.dialect {
            Dialect::V1 => v1::centers::list(around, answer),
            Dialect::V2 { .. } => v2::centers::list(answer),
        }
    }
}

/// Reads when a centre can take a vehicle on a day. v1 cannot say (Q16).
pub(crate) struct ListSlots {
    pub(crate) center: CenterId,
    pub(crate) date: Date,
}

impl Operation for ListSlots {
    type Output = Page<Slot>;

    fn request(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        around.dialect.must("slots", |can| can.slots)?;
        let id = check::id(around.dialect, "center", self.center.0)?;
        Ok(
            v2::list_request(&format!("/api/service-centers/{id}/slots"), None)
                .query("date", self.date.to_string()),
        )
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<Self::Output, ApiError> {
        around.dialect.must("slots", |can| can.slots)?;
        v2::centers::slots(answer)
    }
}
