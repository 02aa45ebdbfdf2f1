//! The deployed platform's answers. Nothing here is as documented; what it is stands in the tests' golden files.

pub(super) mod account;
pub(super) mod bookings;
pub(super) mod centers;
pub(super) mod details;
mod fault;
pub(super) mod notifications;
pub(super) mod vehicles;

use serde_json::Value;

use super::answer::{json, server_fault};
use super::{ApiError, WireAnswer};

pub(super) use fault::fault;

/// The most v1 gives of a list; one more is a 422, and there is no paging.
pub(super) const LIMIT: &str = "200";

/// The body of a good answer; `noun` is what was asked for, in a person's words.
fn read(answer: &WireAnswer, noun: &str) -> Result<Value, ApiError> {
    if !answer.status.is_success() {
        return Err(fault(answer, noun));
    }
    let body = json(answer).ok_or_else(|| server_fault(answer, "the answer is no JSON"))?;
    // Q7: a failure under status 200. Its text is the database driver's: it stays here.
    if body.get("error").is_some() {
        return Err(server_fault(answer, "it failed and called it a success"));
    }
    Ok(body)
}

/// A write that answers no more than `{"success": true, "message": ".."}`.
pub(super) fn done(answer: &WireAnswer, noun: &str) -> Result<(), ApiError> {
    let body = read(answer, noun)?;
    if body.get("success") == Some(&Value::Bool(false)) {
        return Err(server_fault(answer, "it says that it did not succeed"));
    }
    Ok(())
}
