//! A call that needs somebody signed in: sends the access token, and renews it if the server refuses it.

use std::sync::Arc;

use futures_util::future::BoxFuture;

use super::link::{Failure, Manner};
use super::phase::Session;
use super::refresh::{Renewed, refuses_its_own};
use super::state::SignedIn;
use crate::api::{AnyOperation, ApiError, Asking, Operation};
use crate::error::{Error, Result, SignInReason};
use crate::store::AccountId;

/// What came of a call.
pub(crate) enum Answered<T> {
    /// A value, with its ETag.
    New { value: T, etag: Option<String> },
    /// The ETag that was sent is still right.
    NotModified,
}

/// How often one call may find its token refused and go on. The newer pair it finds may have been granted long ago, to another
/// process, and be over itself; one that was granted just now ends the search.
const RENEWALS: usize = 2;

impl Session {
    /// Sends an operation as the signed-in customer.
    pub(crate) async fn call<O: Operation>(
        self: &Arc<Self>,
        operation: &O,
        etag: Option<&str>,
    ) -> Result<Answered<O::Output>> {
        Ok(self.call_so(operation, &Manner::if_changed(etag)).await?)
    }

    /// The same in a manner of its own, and with all that is known of a failure.
    pub(crate) async fn call_so<O: Operation>(
        self: &Arc<Self>,
        operation: &O,
        manner: &Manner,
    ) -> Result<Answered<O::Output>, Failure> {
        let asking = Asking::of(operation);
        Ok(match self.call_any(&asking, manner).await? {
            Answered::New { etag, .. } => Answered::New {
                value: asking.value()?,
                etag,
            },
            Answered::NotModified => Answered::NotModified,
        })
    }

    /// The same, where the value stays with the asking. In a box, as it is awaited in many places.
    fn call_any<'a>(
        self: &'a Arc<Self>,
        operation: &'a dyn AnyOperation,
        manner: &'a Manner,
    ) -> BoxFuture<'a, Result<Answered<()>, Failure>> {
        Box::pin(async move {
            let of = match &manner.account {
                Some(account) => account.clone(),
                None => self.signed_in().await?.account.id.clone(),
            };
            let mut now = Self::still(&of, self.usable().await?)?;
            for _ in 0..RENEWALS {
                let answered = self.send(&now, operation, manner).await;
                let Err(Failure::Api(ApiError::AccessTokenRefused { request_id })) = answered else {
                    return self.settle(&now, answered);
                };
                // Renews only if this very pair is still in use: a 401 that comes late finds a newer one (scenario 2).
                let renewed = self.renew_refused(&now, request_id).await?;
                now = Self::still(&of, self.signed_in().await?)?;
                if renewed == Renewed::Granted {
                    break;
                }
            }
            let last = self.send(&now, operation, manner).await;
            self.settle(&now, last)
        })
    }

    /// The session, if it is still this account's: nothing of one person is sent in the name of another.
    fn still(of: &AccountId, now: SignedIn) -> Result<SignedIn> {
        if now.account.id == *of {
            return Ok(now);
        }
        Err(Error::SignInNeeded {
            why: SignInReason::SignedOut,
        })
    }

    async fn send(
        self: &Arc<Self>,
        now: &SignedIn,
        operation: &dyn AnyOperation,
        manner: &Manner,
    ) -> Result<Answered<()>, Failure> {
        let customer = Some(now.account.identity.customer);
        let etag = self
            .link
            .exchange_any(operation, customer, Some(&now.tokens.access), manner)
            .await;
        match etag {
            Ok(etag) => Ok(Answered::New { value: (), etag }),
            Err(Failure::Api(ApiError::NotModified)) => Ok(Answered::NotModified),
            Err(failure) => Err(failure),
        }
    }

    fn settle(&self, now: &SignedIn, result: Result<Answered<()>, Failure>) -> Result<Answered<()>, Failure> {
        match result {
            Ok(answered) => {
                self.prove(now);
                Ok(answered)
            }
            Err(Failure::Api(ApiError::AccessTokenRefused { request_id })) => {
                self.note_refusal(now)?;
                Err(Failure::Public(refuses_its_own(request_id)))
            }
            Err(failure) => Err(failure),
        }
    }

    /// The pair works: the one before it is no longer needed.
    fn prove(&self, now: &SignedIn) {
        if self.note_proven(now.account.epoch, now.generation)
            && let Err(error) = self.durable.prove_tokens(&now.account.id, now.generation)
        {
            tracing::warn!(%error, "the old token pair could not be dropped yet");
        }
    }
}
