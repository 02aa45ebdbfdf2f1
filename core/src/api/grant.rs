//! What a sign-in, a registration and a refresh answer, in either dialect: the names are the same, v1 says less.
//!
//! The tokens go from the body into memory that is wiped, past the untyped tree the other answers take.

use std::time::Duration;

use serde::Deserialize;

use super::answer::server_fault;
use super::jwt::Claims;
use super::loose::{Lax, Rows, Secret};
use super::{ApiError, Grant, WireAnswer};
use crate::model::{CustomerId, Permission, Role};

/// How long a token is used whose life nobody stated. Short, so that a token that in truth ends sooner costs few refused
/// calls; not so short that every other call is a refresh.
pub(super) const ASSUMED_LIFETIME: Duration = Duration::from_secs(300);

#[derive(Deserialize)]
struct TokenAnswer {
    access_token: Secret,
    refresh_token: Secret,
    #[serde(default)]
    expires_in: Lax<i64>,
    #[serde(default)]
    customer_id: Lax<i64>,
    #[serde(default)]
    role: Lax<String>,
    #[serde(default)]
    permissions: Rows<String>,
}

/// Reads a token answer.
pub(super) fn grant(answer: &WireAnswer) -> Result<Grant, ApiError> {
    let tokens: TokenAnswer = serde_json::from_slice(&answer.body)
        .map_err(|_| server_fault(answer, "the answer to a sign-in has no tokens"))?;
    let (access_token, refresh_token) = (tokens.access_token.0, tokens.refresh_token.0);
    if access_token.is_empty() || refresh_token.is_empty() {
        return Err(server_fault(answer, "the answer to a sign-in has no tokens"));
    }
    let claims = Claims::of(&access_token);
    let lifetime = tokens
        .expires_in
        .0
        .and_then(|seconds| u64::try_from(seconds).ok())
        .filter(|seconds| *seconds > 0)
        .or_else(|| claims.lifetime())
        .map_or(ASSUMED_LIFETIME, Duration::from_secs);
    let customer = tokens
        .customer_id
        .0
        .or(claims.sub.0)
        .ok_or_else(|| server_fault(answer, "the answer to a sign-in does not say whose it is"))?;
    // v1's login names no role outside its token (Q6). If even that cannot be read, this is a customer like almost everybody:
    // the server decides what is allowed, the role here decides what is shown.
    let role = tokens
        .role
        .filled()
        .or_else(|| claims.role.filled())
        .map_or(Role::Customer, |word| Role::from_word(&word));
    let permissions = [tokens.permissions, claims.permissions]
        .into_iter()
        .find(|listed| listed.0.is_some())
        .map_or_else(
            || role.permissions(),
            |listed| {
                listed
                    .readable()
                    .map(|word| Permission::from_word(&word))
                    .collect()
            },
        );
    Ok(Grant {
        access_token,
        refresh_token,
        lifetime,
        customer: CustomerId(customer),
        role,
        permissions,
    })
}
