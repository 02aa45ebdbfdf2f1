//! What a person changes about their own account. All of it needs the network; none of it is queued.

use super::account::{AccountService, MeQuery};
use crate::api::{ChangeProfile, DeleteAccount, ExportData, RequestPasswordReset, ResetPassword};
use crate::error::{Error, Result};
use crate::model::{Customer, Freshness, Password, ProfileChange};
use crate::session::{Answered, Manner};

impl AccountService {
    /// Changes name, telephone number or address, and gives the person as the server has them now.
    ///
    /// # Errors
    /// `InvalidInput`; `Refused` with `Invalid`; `Unsupported` on a server without the capability `profile_change`; those of every
    /// call. If no answer came, the change may have been made: making it again is safe.
    pub async fn change_profile(&self, change: ProfileChange) -> Result<Customer> {
        let inner = self.inner()?;
        self.inner
            .run(async move {
                value(inner.session.call(&ChangeProfile { change }, None).await?)?;
                Ok(inner.queries.read(&MeQuery, Freshness::NetworkOnly).await?.value)
            })
            .await
    }

    /// Changes the password. Every other session of this account ends; this one goes on.
    ///
    /// # Errors
    /// `Refused` with `WrongCredentials` if `current` is wrong; `InvalidInput` if `new` is not 8 to 128 characters;
    /// `Unsupported` on a server without the capability `password_change`. If no answer came, sign in with whichever works.
    /// `SignInNeeded` with `PasswordChanged` if it was changed and this device could not keep the new session, within about 10 s,
    /// or 20 s where another process holds the disk: sign in with the new password. Until then, or until the app ends, calls may go on to work.
    pub async fn change_password(&self, current: Password, new: Password) -> Result<()> {
        let inner = self.inner()?;
        self.inner
            .run(async move { inner.session.change_password(current, new).await })
            .await
    }

    /// Has a reset token sent to the address, if it has an account; the answer does not say whether it has.
    ///
    /// # Errors
    /// `InvalidInput`; `Unsupported` on a server without the capability `password_reset`.
    pub async fn request_password_reset(&self, email: &str) -> Result<()> {
        let inner = self.inner()?;
        let operation = RequestPasswordReset {
            email: email.to_owned(),
        };
        self.inner
            .run(async move { inner.session.link().ask(&operation).await })
            .await
    }

    /// Sets a new password with a reset token. Every session of the account ends: sign in with the new password.
    ///
    /// # Errors
    /// `Refused` if the token is wrong, used or too old; `InvalidInput` if `new` is not 8 to 128 characters.
    pub async fn reset_password(&self, token: &str, new: Password) -> Result<()> {
        let inner = self.inner()?;
        let operation = ResetPassword {
            token: token.to_owned().into(),
            new,
        };
        self.inner
            .run(async move { inner.session.link().ask(&operation).await })
            .await
    }

    /// Deletes the account on the server for good, and everything of it on this device. Another person whom another process has
    /// signed in meanwhile stays.
    ///
    /// # Errors
    /// `SignInNeeded` if it is another person by now, of whom nothing was deleted.
    /// `Refused` with `WrongCredentials`; `Unsupported` on a server without the capability `account_deletion`; `Storage` if
    /// the account is gone but something here could not be removed.
    pub async fn delete(&self, password: Password) -> Result<()> {
        let inner = self.inner()?;
        self.inner
            .run(async move {
                let account = inner.session.deletable().await?;
                let manner = Manner {
                    account: Some(account.clone()),
                    ..Manner::if_changed(None)
                };
                value(
                    inner
                        .session
                        .call_so(&DeleteAccount { password }, &manner)
                        .await?,
                )?;
                let forgotten = inner.session.forget_deleted(&account).await;
                // An idle connection keeps the last request, and with it the password, in a buffer.
                inner.ports().network.drop_idle();
                forgotten
            })
            .await
    }

    /// Everything the platform holds of the customer, as the JSON document the server wrote.
    ///
    /// # Errors
    /// `Unsupported` on a server without the capability `data_export`; those of every call.
    pub async fn export_data(&self) -> Result<String> {
        let inner = self.inner()?;
        self.inner
            .run(async move { value(inner.session.call(&ExportData, None).await?) })
            .await
    }
}

/// The value of a call that sent no ETag.
fn value<T>(answered: Answered<T>) -> Result<T> {
    match answered {
        Answered::New { value, .. } => Ok(value),
        Answered::NotModified => Err(Error::ServerFault {
            reason: "the server said 'not modified' to an unconditional request".to_owned(),
            request_id: None,
        }),
    }
}
