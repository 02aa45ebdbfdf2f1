//! v1's account routes: what their refusals mean, and who is signed in.

use serde::Deserialize;

use super::fault::{Said, fault};
use super::read;
use crate::api::answer::{record, refused, server_fault};
use crate::api::loose::Lax;
use crate::api::{ApiError, Profile, RefreshRefusal, WireAnswer};
use crate::error::{Refusal, SignInReason};
use crate::model::CustomerId;

/// Why a registration was refused.
pub(in crate::api) fn register_fault(answer: &WireAnswer) -> ApiError {
    match (answer.status.as_u16(), Said::of(answer)) {
        (400, Said::Text(text)) if text == "Email already registered" => refused(
            answer,
            Refusal::EmailTaken,
            "this e-mail address already has an account: sign in instead",
        ),
        _ => fault(answer, "account"),
    }
}

/// Why a sign-in was refused. An unknown address is a 404 here (Q5).
pub(in crate::api) fn login_fault(answer: &WireAnswer) -> ApiError {
    match (answer.status.as_u16(), Said::of(answer)) {
        (404, Said::Text(text)) if text == "Not Found" => fault(answer, "account"),
        (401 | 404, Said::Text(_)) => refused(
            answer,
            Refusal::WrongCredentials,
            "the e-mail address or the password is wrong",
        ),
        // Q4: for ever, whatever the password; a retry only costs the server's one thread a quarter of a second.
        (500, Said::Text(text)) if text.starts_with("Login failed: Multiple rows") => refused(
            answer,
            Refusal::KnownServerDefect,
            "this server cannot sign in a customer with two or more vehicles: ask its operator",
        ),
        _ => fault(answer, "account"),
    }
}

/// What a refused refresh means; an error if the server speaks another dialect.
///
/// Definite are two answers only: a 401 *with* a challenge, and the customer gone. A 401 without one is a database that is
/// down (Q3).
pub(in crate::api) fn refresh_fault(answer: &WireAnswer) -> Result<RefreshRefusal, ApiError> {
    Ok(match (answer.status.as_u16(), Said::of(answer)) {
        (400..=499, Said::Envelope) => return Err(fault(answer, "session")),
        (404, Said::Text(text)) if text == "Not Found" => return Err(fault(answer, "session")),
        (404, Said::Text(text)) if text == "Customer not found" => {
            RefreshRefusal::Definite(SignInReason::AccountClosed)
        }
        (401, Said::Text(_)) if answer.has_challenge => {
            RefreshRefusal::Definite(SignInReason::SessionExpired)
        }
        (status, _) => RefreshRefusal::Weather { status },
    })
}

/// `/me`. Its vehicles are not read: the list with health has them too.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Me {
    customer_id: Lax<i64>,
    first_name: Lax<String>,
    last_name: Lax<String>,
    email: Lax<String>,
    phone: Lax<String>,
    address: Lax<String>,
}

/// Who is signed in; the role is not said (Q6).
pub(in crate::api) fn profile(answer: &WireAnswer) -> Result<Profile, ApiError> {
    let me: Me = record(answer, read(answer, "customer")?)?;
    let id = me
        .customer_id
        .0
        .ok_or_else(|| server_fault(answer, "the customer has no id"))?;
    Ok(Profile {
        id: CustomerId(id),
        first_name: me.first_name.or_empty(),
        last_name: me.last_name.or_empty(),
        email: me.email.or_empty(),
        phone: me.phone.filled(),
        address: me.address.filled(),
        role: None,
        permissions: None,
    })
}
