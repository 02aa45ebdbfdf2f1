//! Which dialect a server speaks.
//!
//! Only two answers decide: v2's own, and the exact "no such route" of v1's framework. A portal's page, a proxy's 404 or a
//! 5xx decides nothing (scenario 13): believing v1 by mistake would send it refresh tokens in a query.

use http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use super::answer::{json, server_fault, upgrade_required};
use super::loose::{Lax, Rows};
use super::{ApiError, Dialect, Operation, Policy, Replay, Surroundings, WireAnswer, WireRequest};

/// Asks which dialect the server speaks; the same in both.
pub(crate) struct Discover;

#[derive(Default, Deserialize)]
#[serde(default)]
struct WellKnown {
    api_version: Lax<i64>,
    features: Rows<String>,
}

impl Operation for Discover {
    type Output = Dialect;

    fn request(&self, _: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        Ok(WireRequest::get("/.well-known/pmi")
            .policy(Policy::ahead(Replay::Safe))
            .open())
    }

    fn decode(&self, _: &Surroundings<'_>, answer: &WireAnswer) -> Result<Dialect, ApiError> {
        if answer.status == StatusCode::UPGRADE_REQUIRED {
            return Err(upgrade_required(answer));
        }
        let undecided = || server_fault(answer, "it does not say which API it speaks");
        let body = json(answer).ok_or_else(undecided)?;
        match answer.status.as_u16() {
            200 => {
                let known: WellKnown = serde_json::from_value(body).map_err(|_| undecided())?;
                if known.api_version.0.is_some_and(|version| version >= 2) {
                    Ok(Dialect::V2 {
                        features: known.features.readable().collect(),
                    })
                } else {
                    Err(undecided())
                }
            }
            404 if body == json!({ "detail": "Not Found" }) => Ok(Dialect::V1),
            _ => Err(undecided()),
        }
    }
}
