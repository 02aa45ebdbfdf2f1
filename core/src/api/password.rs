//! Changing and resetting a password. None of these is repeated by itself: each uses something up (the old password, the
//! reset token) or sends an e-mail.

use http::Method;
use serde::Serialize;
use zeroize::Zeroizing;

use super::grant::grant;
use super::{ApiError, Grant, Operation, Replay, Surroundings, WireAnswer, WireRequest, check, v2};
use crate::model::Password;

/// Changes the password while signed in. Every other session ends; this one goes on with the new pair.
pub(crate) struct ChangePassword {
    pub(crate) current: Password,
    pub(crate) new: Password,
}

#[derive(Serialize)]
struct ChangeBody<'a> {
    current_password: &'a str,
    new_password: &'a str,
}

impl Operation for ChangePassword {
    type Output = Grant;

    fn request(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        around
            .dialect
            .must("password_change", |can| can.password_change)?;
        check::password("current_password", self.current.expose())?;
        check::new_password(around.dialect, "new_password", self.new.expose())?;
        Ok(WireRequest::new(
            Method::POST,
            "/api/auth/password/change",
            Replay::OnlyIfNotApplied,
        )
        .json(&ChangeBody {
            current_password: self.current.expose(),
            new_password: self.new.expose(),
        }))
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<Grant, ApiError> {
        around
            .dialect
            .must("password_change", |can| can.password_change)?;
        if answer.status.is_success() {
            return grant(answer);
        }
        Err(v2::fault(answer, "account"))
    }
}

/// Asks for a reset token. The answer does not say whether the address is known.
pub(crate) struct RequestPasswordReset {
    pub(crate) email: String,
}

#[derive(Serialize)]
struct EmailBody<'a> {
    email: &'a str,
}

impl Operation for RequestPasswordReset {
    type Output = ();

    fn request(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        around.dialect.must("password_reset", |can| can.password_reset)?;
        let email = self.email.trim();
        check::email(email)?;
        Ok(WireRequest::new(
            Method::POST,
            "/api/auth/password/request-reset",
            Replay::OnlyIfNotApplied,
        )
        .open()
        .json(&EmailBody { email }))
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<(), ApiError> {
        around.dialect.must("password_reset", |can| can.password_reset)?;
        v2::done(answer, "account")
    }
}

/// Sets a password with a reset token. Every session ends.
pub(crate) struct ResetPassword {
    pub(crate) token: Zeroizing<String>,
    pub(crate) new: Password,
}

#[derive(Serialize)]
struct ResetBody<'a> {
    token: &'a str,
    new_password: &'a str,
}

impl Operation for ResetPassword {
    type Output = ();

    fn request(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        around.dialect.must("password_reset", |can| can.password_reset)?;
        let token = self.token.trim();
        check::text("token", token, 1, 1024)?;
        check::new_password(around.dialect, "new_password", self.new.expose())?;
        Ok(
            WireRequest::new(Method::POST, "/api/auth/password/reset", Replay::OnlyIfNotApplied)
                .open()
                .json(&ResetBody {
                    token,
                    new_password: self.new.expose(),
                }),
        )
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<(), ApiError> {
        around.dialect.must("password_reset", |can| can.password_reset)?;
        v2::done(answer, "reset")
    }
}
