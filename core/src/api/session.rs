//! Beginning, renewing and ending a session.
//!
//! The failure this is built against: an app that takes a 401, 403 or 422 of a refresh for the end of the session, and wipes
//! it while the server's database was down (Q1, Q3, scenario 8). Only the few answers listed here are definite.

use http::Method;
use serde::Serialize;
use zeroize::Zeroizing;

use super::grant::grant;
use super::{
    ApiError, Dialect, Grant, Operation, Policy, RefreshRefusal, Replay, Surroundings, WireAnswer,
    WireRequest, check,
};
use super::{v1, v2};
use crate::model::rules;
use crate::model::{NewCustomer, Password};

/// Creates an account. Sent again only if it certainly was not applied: a second one would be `EmailTaken`.
pub(crate) struct Register {
    pub(crate) new: NewCustomer,
}

#[derive(Serialize)]
struct RegisterBody<'a> {
    email: &'a str,
    password: &'a str,
    first_name: &'a str,
    last_name: &'a str,
    phone: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<&'a str>,
}

impl Operation for Register {
    type Output = Grant;

    fn request(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        let new = &self.new;
        let email = new.email.trim();
        check::email(email)?;
        check::new_password(around.dialect, "password", new.password.expose())?;
        check::text("first_name", &new.first_name, 1, rules::NAME)?;
        check::text("last_name", &new.last_name, 1, rules::NAME)?;
        check::phone(&new.phone)?;
        let address = new
            .address
            .as_deref()
            .filter(|address| !address.trim().is_empty());
        check::text("address", address.unwrap_or_default(), 0, rules::ADDRESS)?;
        Ok(
            WireRequest::new(Method::POST, "/api/auth/register", Replay::OnlyIfNotApplied)
                .open()
                .json(&RegisterBody {
                    email,
                    password: new.password.expose(),
                    first_name: &new.first_name,
                    last_name: &new.last_name,
                    phone: &new.phone,
                    address,
                }),
        )
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<Grant, ApiError> {
        if answer.status.is_success() {
            return grant(answer);
        }
        Err(match around.dialect {
            Dialect::V1 => v1::account::register_fault(answer),
            Dialect::V2 { .. } => v2::fault(answer, "account"),
        })
    }
}

/// Signs in. Twice is as good as once: it only makes tokens.
pub(crate) struct Login {
    pub(crate) email: String,
    pub(crate) password: Password,
}

#[derive(Serialize)]
struct LoginBody<'a> {
    email: &'a str,
    password: &'a str,
}

impl Operation for Login {
    type Output = Grant;

    fn request(&self, _: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        let email = self.email.trim();
        check::email(email)?;
        check::password("password", self.password.expose())?;
        // A password's hash holds v1's one thread for 0.3 s.
        let policy = Policy::dear(Replay::Safe);
        Ok(WireRequest::new(Method::POST, "/api/auth/login", policy)
            .open()
            .json(&LoginBody {
                email,
                password: self.password.expose(),
            }))
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<Grant, ApiError> {
        if answer.status.is_success() {
            return grant(answer);
        }
        Err(match around.dialect {
            Dialect::V1 => v1::account::login_fault(answer),
            Dialect::V2 { .. } => v2::fault(answer, "account"),
        })
    }
}

/// Exchanges a refresh token for the next pair. Safe to repeat: v1 keeps old tokens valid (Q12), v2 gives the same successor
/// again as long as neither it nor its access token was used.
pub(crate) struct Refresh {
    pub(crate) refresh_token: Zeroizing<String>,
}

#[derive(Serialize)]
struct RefreshBody<'a> {
    refresh_token: &'a str,
}

impl Operation for Refresh {
    type Output = Grant;

    fn request(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        let policy = Policy::ahead(Replay::Safe);
        let request = WireRequest::new(Method::POST, "/api/auth/refresh", policy).open();
        Ok(match around.dialect {
            // Q1: in the query, with an empty body. A JSON body is 422.
            Dialect::V1 => request.query("refresh_token", self.refresh_token.as_str()),
            Dialect::V2 { .. } => request.json(&RefreshBody {
                refresh_token: &self.refresh_token,
            }),
        })
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<Grant, ApiError> {
        let fault = if answer.status.is_success() {
            match grant(answer) {
                Ok(grant) => return Ok(grant),
                Err(_) => Ok(RefreshRefusal::Weather {
                    status: answer.status.as_u16(),
                }),
            }
        } else {
            match around.dialect {
                Dialect::V1 => v1::account::refresh_fault(answer),
                Dialect::V2 { .. } => v2::account::refresh_fault(answer),
            }
        };
        Err(fault.map_or_else(
            |error| error,
            |refusal| ApiError::RefreshRefused {
                refusal,
                after_unknown: answer.after_unknown,
                request_id: answer.request_id.clone(),
            },
        ))
    }
}

/// Ends the session at the server; v1 only says so (Q12).
pub(crate) struct Logout;

impl Operation for Logout {
    type Output = ();

    fn request(&self, _: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        // Whoever leaves does not wait for what was asked for before.
        let policy = Policy::ahead(Replay::Safe);
        Ok(WireRequest::new(Method::POST, "/api/auth/logout", policy))
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<(), ApiError> {
        match around.dialect {
            Dialect::V1 => v1::done(answer, "session"),
            Dialect::V2 { .. } => v2::done(answer, "session"),
        }
    }
}
