//! A changed password ends every session but this one, which goes on with a new pair.
//!
//! The refresh lock is held from before the request until the new pair is on disk: a refresh in between would spend a token
//! that the change has just killed, and be told no for good (scenario 8's sign-out by accident).

use std::sync::Arc;

use super::link::{Failure, Manner};
use super::phase::Session;
use super::tokens::Tokens;
use crate::api::{ApiError, ChangePassword};
use crate::error::{Error, Result};
use crate::model::Password;

impl Session {
    /// Changes the password and takes over the new pair.
    pub(crate) async fn change_password(self: &Arc<Self>, current: Password, new: Password) -> Result<()> {
        let operation = ChangePassword { current, new };
        let mut refused = None;
        // A refused access token is renewed once, without the lock, and the change tried again.
        for _ in 0..2 {
            let now = self.usable().await?;
            let lock = self.lock_refresh(&now.account.id).await?;
            self.adopt_newer(&now)?;
            let now = self.signed_in().await?;
            let asked_at = self.ports.clock.boot_time();
            let customer = Some(now.account.identity.customer);
            match self
                .link
                .exchange(&operation, customer, Some(&now.tokens.access), &Manner::default())
                .await
            {
                Ok(answer) => {
                    let tokens = Tokens::new(&answer.value, &asked_at);
                    return self.save_refreshed(&now, &answer.value, &tokens).map(drop);
                }
                Err(Failure::Api(ApiError::AccessTokenRefused { request_id })) => {
                    drop(lock);
                    self.renew(now.generation).await?;
                    refused = request_id;
                }
                Err(failure) => return Err(failure.into()),
            }
        }
        Err(Error::from(ApiError::AccessTokenRefused { request_id: refused }))
    }
}
