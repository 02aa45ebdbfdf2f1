//! Whether the server is well, by its own word. A server that says it is ill has answered.

use serde::Deserialize;

use super::answer::{json, record, server_fault};
use super::loose::Lax;
use super::{ApiError, Dialect, Operation, Surroundings, WireAnswer, WireRequest};
use crate::model::ServerHealth;

/// Asks the server how it is. Needs nobody signed in, and on v1 costs nothing of the rate limit.
pub(crate) struct GetHealth;

#[derive(Default, Deserialize)]
#[serde(default)]
struct HealthAnswer {
    status: Lax<String>,
    version: Lax<String>,
}

impl Operation for GetHealth {
    type Output = ServerHealth;

    fn request(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        Ok(WireRequest::get(match around.dialect {
            Dialect::V1 => "/health",
            Dialect::V2 { .. } => "/health/ready",
        })
        .open())
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<ServerHealth, ApiError> {
        // 503 is the status of an ill server's own word.
        if !(answer.status.is_success() || answer.status.as_u16() == 503) {
            return Err(match around.dialect {
                Dialect::V1 => super::v1::fault(answer, "health page"),
                Dialect::V2 { .. } => super::v2::fault(answer, "health page"),
            });
        }
        let silent = || server_fault(answer, "it does not say how it is");
        let said: HealthAnswer = record(answer, json(answer).ok_or_else(silent)?)?;
        let status = match said.status.filled() {
            Some(status) => status,
            // v2's envelope has no `status`; its 503 says enough.
            None if !answer.status.is_success() => "unavailable".to_owned(),
            None => return Err(silent()),
        };
        Ok(ServerHealth {
            serving: answer.status.is_success()
                && ["healthy", "degraded", "ready", "alive", "ok"].contains(&status.as_str()),
            status,
            version: said.version.filled(),
        })
    }
}
