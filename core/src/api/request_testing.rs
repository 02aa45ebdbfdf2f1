//! What the tests of requests share: a request as one line, its body, and why one was not made.

use serde_json::Value;

use super::testing::{Setting, kind};
use super::*;
use crate::model::*;

pub(super) fn sent(setting: &Setting, operation: &impl Operation) -> WireRequest {
    operation
        .request(&setting.around())
        .map_err(|error| kind(&error))
        .ok()
        .unwrap()
}

pub(super) fn why_not(setting: &Setting, operation: &impl Operation) -> (String, String) {
    match operation.request(&setting.around()) {
        Ok(_) => panic!("must not be sent"),
        Err(error) => (kind(&error), error.to_string()),
    }
}

pub(super) fn line(request: &WireRequest) -> String {
    let query: Vec<String> = request
        .query
        .iter()
        .map(|(name, value)| format!("{name}={}", value.as_str()))
        .collect();
    format!("{} {} {}", request.method, request.path, query.join("&"))
}

pub(super) fn body(request: &WireRequest) -> Value {
    serde_json::from_slice(request.body.as_ref().unwrap()).unwrap()
}

pub(super) fn create(at: &str) -> CreateBooking {
    CreateBooking {
        vehicle: VehicleId(51),
        service: ServiceType::Inspection,
        at: at.parse().unwrap(),
        center: None,
        notes: Some("squeaks".to_owned()),
        operation_id: "op-1".to_owned(),
        idempotency_key: "key-1".to_owned(),
    }
}

pub(super) const TEN: &str = "2026-12-18T10:00:00+05:30[Asia/Kolkata]";
