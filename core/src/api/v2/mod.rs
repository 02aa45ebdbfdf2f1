//! The reference platform's answers, as docs/v2-wire.md has them.

pub(super) mod account;
pub(super) mod bookings;
pub(super) mod centers;
pub(super) mod details;
mod fault;
pub(super) mod notifications;
pub(super) mod photos;
pub(super) mod vehicles;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::answer::{self, json, record, server_fault};
use super::loose::{Lax, Rows};
use super::{ApiError, Page, WireAnswer, WireRequest};

pub(super) use fault::{fault, is_envelope};

/// The most v2 gives of a list at once.
const LIMIT: &str = "200";

/// Asks for a part of a list.
pub(super) fn list_request(path: &str, cursor: Option<&str>) -> WireRequest {
    let request = WireRequest::get(path).query("limit", LIMIT);
    match cursor {
        Some(cursor) => request.query("cursor", cursor),
        None => request,
    }
}

/// The body of a good answer; `noun` is what was asked for, in a person's words.
pub(super) fn read(answer: &WireAnswer, noun: &str) -> Result<Value, ApiError> {
    if !answer.status.is_success() {
        return Err(fault(answer, noun));
    }
    json(answer).ok_or_else(|| server_fault(answer, "the answer is no JSON"))
}

/// A write whose answer says nothing but that it was done.
pub(super) fn done(answer: &WireAnswer, noun: &str) -> Result<(), ApiError> {
    if answer.status.is_success() {
        Ok(())
    } else {
        Err(fault(answer, noun))
    }
}

#[derive(Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
struct List<T> {
    #[serde(default)]
    items: Rows<T>,
    #[serde(default)]
    next_cursor: Lax<String>,
}

/// A part of a list.
fn page<T: DeserializeOwned, M>(
    answer: &WireAnswer,
    noun: &str,
    build: impl Fn(T) -> Option<M>,
) -> Result<Page<M>, ApiError> {
    let list: List<T> = record(answer, read(answer, noun)?)?;
    answer::page(answer, list.items, list.next_cursor.filled(), build)
}
