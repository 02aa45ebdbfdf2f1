//! A changed password ends every session but this one, which goes on with a new pair.
//!
//! It replaces the pair as a refresh does, and so goes the same way: under the lease, with the journal's row before it and the
//! new pair in one write with that row's end. A refresh in between would spend a token that the change has just killed, and
//! be told no for good (scenario 8's sign-out by accident). If the answer is lost, the next refresh finds out: it is granted
//! if the password is the old one, and refused for good if it is the new one; then the person signs in with that.
//!
//! What was granted is never dropped without a word: a pair that cannot be written down is used from memory, and the person is
//! told (`unsaved`).

use std::sync::Arc;

use super::link::Failure;
use super::phase::Session;
use super::rotate::{Rotated, Spending};
use crate::api::ApiError;
use crate::error::{Error, Result};
use crate::model::Password;

impl Session {
    /// Changes the password and takes over the new pair.
    pub(crate) async fn change_password(self: &Arc<Self>, current: Password, new: Password) -> Result<()> {
        let mut refused = None;
        // A refused access token is renewed once, without the lease, and the change tried again.
        for _ in 0..2 {
            // Until the session is what came of it.
            let mut shown = None;
            let now = self.usable().await?;
            let spending = Spending::Password {
                current: current.clone(),
                new: new.clone(),
            };
            let rotated = self.rotate(&now, spending, &mut shown).await?;
            if let Rotated::Failed(Failure::Api(ApiError::AccessTokenRefused { request_id }), _) = rotated {
                self.adopt_newer(&now)?;
                let now = self.signed_in().await?;
                self.renew_refused(&now, request_id.clone()).await?;
                refused = request_id;
                continue;
            }
            self.take_over(&now, rotated).await??;
            return Ok(());
        }
        Err(Error::from(ApiError::AccessTokenRefused { request_id: refused }))
    }
}
