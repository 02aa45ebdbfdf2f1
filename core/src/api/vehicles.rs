//! The customer's vehicles.

use http::Method;
use serde::Serialize;

use super::{
    ApiError, Dialect, Operation, Page, Replay, Surroundings, WireAnswer, WireRequest, check, v1, v2,
};
use crate::model::{VehicleDetails, VehicleId, VehicleSummary};

/// Reads the customer's vehicles, with their health.
pub(crate) struct ListVehicles {
    pub(crate) cursor: Option<String>,
}

impl Operation for ListVehicles {
    type Output = Page<VehicleSummary>;

    fn request(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        Ok(match around.dialect {
            Dialect::V1 => WireRequest::get(format!(
                "/api/fixes/vehicles-with-health/{}",
                check::customer(around)?
            )),
            Dialect::V2 { .. } => v2::list_request("/api/vehicles", self.cursor.as_deref()),
        })
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<Self::Output, ApiError> {
        match around.dialect {
            Dialect::V1 => v1::vehicles::list(around, answer),
            Dialect::V2 { .. } => v2::vehicles::list(answer),
        }
    }
}

/// Reads all that is known of one vehicle. v1 shows anybody's to anybody (Q6): the caller asks for the customer's own only.
pub(crate) struct GetVehicle {
    pub(crate) id: VehicleId,
}

impl Operation for GetVehicle {
    type Output = VehicleDetails;

    fn request(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        let id = check::id(around.dialect, "vehicle", self.id.0)?;
        Ok(WireRequest::get(format!("/api/vehicles/{id}/details")))
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<Self::Output, ApiError> {
        match around.dialect {
            Dialect::V1 => v1::details::details(answer),
            Dialect::V2 { .. } => v2::details::details(answer),
        }
    }
}

/// Adds a vehicle to the customer's garage. Safe to repeat: it carries a key, and a second one finds it already theirs.
pub(crate) struct ClaimVehicle {
    pub(crate) vin: String,
    pub(crate) idempotency_key: String,
}

#[derive(Serialize)]
struct ClaimBody<'a> {
    vin: &'a str,
}

impl Operation for ClaimVehicle {
    type Output = VehicleSummary;

    fn request(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        around.dialect.must("claim_vehicle", |can| can.claim_vehicle)?;
        let vin = check::vin(&self.vin)?;
        check::key("idempotency_key", &self.idempotency_key)?;
        let mut request = WireRequest::new(Method::POST, "/api/vehicles/claim", Replay::Safe)
            .json(&ClaimBody { vin: &vin });
        request.idempotency_key = Some(self.idempotency_key.clone());
        Ok(request)
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<Self::Output, ApiError> {
        around.dialect.must("claim_vehicle", |can| can.claim_vehicle)?;
        v2::vehicles::one(answer)
    }
}
