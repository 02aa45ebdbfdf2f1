//! v2's refusals: one envelope, stable codes.
//!
//! The sentence a person reads is made here from the code; the server's `message` is not kept.

use serde::Deserialize;
use serde_json::Value;

use super::bookings::BookingRow;
use super::centers::SlotRow;
use crate::api::answer::{
    by_status, field_name, invalid, json, not_found, one_line, other, refused, server_fault, token_refused,
    upgrade_required, wrong_dialect,
};
use crate::api::loose::{Lax, Rows};
use crate::api::{ApiError, WireAnswer};
use crate::error::{FieldProblem, Refusal};
use crate::model::{ConflictKind, Permission};

/// Where the next part of a photo begins, if that is what the answer says.
pub(super) fn wrong_offset(answer: &WireAnswer) -> Option<i64> {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Offset {
        received: Lax<i64>,
    }
    let envelope = envelope(answer).filter(|envelope| envelope.error.as_str() == "wrong_offset")?;
    detail::<Offset>(envelope.detail).received.0
}

/// Whether a body is v2's envelope. v1 has `error` too, but as words ("Database Error") or SQL, never as a code.
pub(in crate::api) fn is_envelope(body: &Value) -> bool {
    let code = body.get("error").and_then(Value::as_str).unwrap_or_default();
    let is_code = (1..=64).contains(&code.len())
        && code
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    is_code && body.get("message").is_some_and(Value::is_string)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Envelope {
    error: Lax<String>,
    detail: Value,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Problem {
    field: Lax<String>,
    reason: Lax<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Missing {
    permission: Lax<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Taken {
    free_slots: Rows<SlotRow>,
}

/// The code of a refusal; none if the body is no envelope.
pub(super) fn code(answer: &WireAnswer) -> Option<String> {
    envelope(answer)?.error.filled()
}

fn envelope(answer: &WireAnswer) -> Option<Envelope> {
    let body = json(answer).filter(is_envelope)?;
    serde_json::from_value(body).ok()
}

fn detail<T: Default + for<'de> Deserialize<'de>>(detail: Value) -> T {
    serde_json::from_value(detail).unwrap_or_default()
}

/// A 4xx in v1's shape: the server was put back to v1.
pub(super) fn is_v1(answer: &WireAnswer) -> bool {
    answer.status.is_client_error()
        && json(answer).is_some_and(|body| body.get("detail").is_some() && body.get("error").is_none())
}

/// What an answer that is no success means; `noun` is what was asked for, in a person's words.
pub(in crate::api) fn fault(answer: &WireAnswer, noun: &str) -> ApiError {
    if let Some(error) = by_status(answer) {
        return error;
    }
    if is_v1(answer) {
        return wrong_dialect(answer);
    }
    let Some(envelope) = envelope(answer) else {
        return match answer.status.as_u16() {
            401 if answer.has_challenge => token_refused(answer),
            _ => other(answer, None),
        };
    };
    let code = envelope.error.or_empty();
    let refuse = |why, reason: &str| refused(answer, why, reason);
    match code.as_str() {
        "not_authenticated" | "invalid_token" | "token_expired" => token_refused(answer),
        "invalid_credentials" => refuse(
            Refusal::WrongCredentials,
            "the e-mail address or the password is wrong",
        ),
        "missing_permission" => {
            let missing: Missing = detail(envelope.detail);
            let permission = missing
                .permission
                .filled()
                .map(|word| Permission::from_word(&word));
            let reason = match &permission {
                Some(permission) => format!(
                    "your role may not do this: it lacks {}",
                    field_name(permission.as_word())
                ),
                None => "your role may not do this".to_owned(),
            };
            refused(answer, Refusal::MissingPermission { permission }, reason)
        }
        "account_disabled" => refuse(
            Refusal::AccountDisabled,
            "this account is switched off: ask the platform's operator",
        ),
        "not_found" => not_found(answer, noun),
        "email_taken" => refuse(
            Refusal::EmailTaken,
            "this e-mail address already has an account: sign in instead",
        ),
        "vehicle_claimed" => refuse(
            Refusal::VehicleClaimed,
            "this vehicle already belongs to another account",
        ),
        "validation_failed" => {
            let problems: Rows<Problem> = detail(envelope.detail);
            let fields = problems.readable().map(|problem| FieldProblem {
                field: field_name(problem.field.as_str()),
                reason: one_line(problem.reason.as_str()),
            });
            invalid(answer, fields.collect())
        }
        "slot_taken" => {
            let taken: Taken = detail(envelope.detail);
            ApiError::Conflict {
                kind: ConflictKind::SlotTaken,
                current: None,
                free_slots: taken
                    .free_slots
                    .readable()
                    .filter_map(SlotRow::into_model)
                    .collect(),
                reason: "this time has just been taken: choose another one".to_owned(),
                request_id: answer.request_id.clone(),
            }
        }
        "precondition_failed" | "not_changeable" => {
            let current: BookingRow = detail(envelope.detail);
            let (kind, reason) = if code == "not_changeable" {
                let reason =
                    format!("this {noun} can no longer be changed: it is under way, over or cancelled");
                (ConflictKind::NotChangeable, reason)
            } else {
                let reason = format!("this {noun} was changed elsewhere meanwhile: look at it again");
                (ConflictKind::Changed, reason)
            };
            ApiError::Conflict {
                kind,
                current: current.into_model().map(Box::new),
                free_slots: Vec::new(),
                reason,
                request_id: answer.request_id.clone(),
            }
        }
        "upgrade_required" => upgrade_required(answer),
        // The first send of this very write is still being worked on: how it ends is not known yet.
        "in_progress" => server_fault(answer, "it is still working on the same write"),
        "rate_limited" | "unavailable" | "internal" => server_fault(answer, "it is overloaded or failed"),
        "invalid_reset_token" => refuse(
            Refusal::Other { code },
            "this reset code is wrong or too old: ask for a new one",
        ),
        "not_a_photo" => refuse(
            Refusal::Other { code },
            "the server takes only JPEG, PNG, WebP and HEIC pictures",
        ),
        "too_many_photos" => refuse(
            Refusal::Other { code },
            "the booking has as many photos as the server takes",
        ),
        "digest_mismatch" => refuse(Refusal::Other { code }, "the photo arrived damaged: try it again"),
        _ => other(answer, Some(code)),
    }
}
