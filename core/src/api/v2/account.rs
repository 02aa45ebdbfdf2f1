//! v2's account routes: what a refused refresh means, and who is signed in.

use serde::Deserialize;

use super::fault::{code, fault, is_v1};
use super::read;
use crate::api::answer::{record, server_fault};
use crate::api::error::UPGRADE_REQUIRED;
use crate::api::loose::{Lax, Rows};
use crate::api::{ApiError, Profile, RefreshRefusal, WireAnswer};
use crate::error::SignInReason;
use crate::model::{CustomerId, Permission, Role};

/// What a refused refresh means; an error if the server speaks another dialect. Definite are three answers only.
pub(in crate::api) fn refresh_fault(answer: &WireAnswer) -> Result<RefreshRefusal, ApiError> {
    if is_v1(answer) {
        return Err(fault(answer, "session"));
    }
    let definite = match (answer.status.as_u16(), code(answer).as_deref()) {
        (401, Some("invalid_refresh_token")) => SignInReason::SessionExpired,
        (401, Some("refresh_token_reused")) => SignInReason::SessionRevoked,
        (403, Some("account_disabled")) => SignInReason::AccountClosed,
        // No statement about the token: whoever installs the newer app is still signed in.
        (_, Some("upgrade_required")) => {
            return Ok(RefreshRefusal::Weather {
                status: UPGRADE_REQUIRED,
            });
        }
        (status, _) => return Ok(RefreshRefusal::Weather { status }),
    };
    Ok(RefreshRefusal::Definite(definite))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Me {
    customer_id: Lax<i64>,
    first_name: Lax<String>,
    last_name: Lax<String>,
    email: Lax<String>,
    phone: Lax<String>,
    address: Lax<String>,
    role: Lax<String>,
    permissions: Rows<String>,
}

/// Who is signed in.
pub(in crate::api) fn profile(answer: &WireAnswer) -> Result<Profile, ApiError> {
    let me: Me = record(answer, read(answer, "account")?)?;
    let id = me
        .customer_id
        .0
        .ok_or_else(|| server_fault(answer, "the customer has no id"))?;
    let listed = me.permissions.0.is_some();
    let permissions = me
        .permissions
        .readable()
        .map(|word| Permission::from_word(&word))
        .collect();
    Ok(Profile {
        id: CustomerId(id),
        first_name: me.first_name.or_empty(),
        last_name: me.last_name.or_empty(),
        email: me.email.or_empty(),
        phone: me.phone.filled(),
        address: me.address.filled(),
        role: me.role.filled().map(|word| Role::from_word(&word)),
        permissions: listed.then_some(permissions),
    })
}
