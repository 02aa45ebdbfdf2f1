//! Access tokens in, token answers out.

use http::HeaderMap;
use http::header::AUTHORIZATION;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::call::Session;
use super::failure::Failure;
use crate::app::App;
use crate::auth::jwt::{self, AccessClaims};
use crate::auth::refresh::Issued;
use crate::auth::{random_name, roles};
use crate::store::Customer;

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty()).then(|| token.trim())
}

fn claims(app: &App, token: &str) -> Option<AccessClaims> {
    jwt::open::<AccessClaims>(&app.key(), token).filter(|claims| claims.kind == "access")
}

/// Whose good access token the request has, without asking the database.
pub(super) fn claimed_customer(app: &App, headers: &HeaderMap, now: Timestamp) -> Option<String> {
    let claims = claims(app, bearer(headers)?)?;
    (claims.exp > now.as_second()).then_some(claims.sub)
}

/// Who is calling. A first use of a token confirms that the refresh which gave it arrived.
pub(super) async fn authenticate(app: &App, headers: &HeaderMap, now: Timestamp) -> Result<Session, Failure> {
    let Some(token) = bearer(headers) else {
        return Err(Failure::token("not_authenticated", "Sign in first."));
    };
    let invalid = || Failure::token("invalid_token", "This access token is not good.");
    let claims = claims(app, token).ok_or_else(invalid)?;
    if claims.exp <= now.as_second() {
        return Err(Failure::token("token_expired", "This access token has expired."));
    }
    let mut name = claims.jti.split('.');
    let (Some(family_id), Some(generation)) =
        (name.next(), name.next().and_then(|text| text.parse::<i64>().ok()))
    else {
        return Err(invalid());
    };
    let family = app
        .store
        .family(family_id)
        .await?
        .filter(|family| family.revoked.is_none())
        .ok_or_else(invalid)?;
    let customer = app
        .store
        .customer(family.customer_id)
        .await?
        .ok_or_else(invalid)?;
    if !customer.active {
        return Err(Failure::disabled());
    }
    if family.confirmed < generation {
        let mut write = app.store.write().await?;
        write.confirm_generation(family_id, generation).await?;
        write.commit().await?;
    }
    Ok(Session {
        customer,
        family: family.id,
    })
}

/// A token answer.
pub(super) fn answer(
    app: &App,
    customer: &Customer,
    issued: &Issued,
    now: Timestamp,
) -> Result<Value, Failure> {
    let permissions = roles::permissions(&customer.role);
    let lifetime = app.access_seconds();
    let claims = AccessClaims {
        sub: customer.id.to_string(),
        email: customer.email.clone(),
        role: customer.role.clone(),
        permissions: permissions.iter().map(|name| (*name).to_owned()).collect(),
        jti: format!("{}.{}.{}", issued.family, issued.generation, random_name()),
        iat: now.as_second(),
        exp: now.as_second().saturating_add(lifetime),
        kind: "access".into(),
    };
    let failed = || {
        Failure::new(
            http::StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "No token could be made.",
        )
    };
    let access_token = jwt::sign(&app.key(), &claims).ok_or_else(failed)?;
    Ok(json!({
        "access_token": access_token,
        "refresh_token": issued.token,
        "token_type": "bearer",
        "expires_in": lifetime,
        "customer_id": customer.id,
        "email": customer.email,
        "role": customer.role,
        "permissions": permissions,
    }))
}
