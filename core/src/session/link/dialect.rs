//! Which dialect the server speaks.
//!
//! It is found out once and remembered with the origin. A portal's page, HTML or a 5xx decides nothing. A v1 server is asked
//! again once a day of its own clock, and whenever it answers as if a route of its dialect did not exist.

use std::future::Future;
use std::sync::{Arc, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::{Link, Manner};
use crate::api::{Asking, Dialect, Discover};
use crate::error::{Error, Result};

/// How long a server is believed to be still v1 before it is asked again.
const ASK_V1_AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(24);

#[derive(Clone)]
pub(super) struct Known {
    dialect: Dialect,
    /// By the server's clock.
    at: Timestamp,
}

impl Link {
    /// The dialect, remembered or asked for.
    pub(crate) async fn dialect(self: &Arc<Self>) -> Result<Dialect> {
        let Some(known) = self.remembered()? else {
            return self.discover().await;
        };
        let age = self.server_now().duration_since(known.at).abs();
        if known.dialect == Dialect::V1 && age > ASK_V1_AGAIN_AFTER {
            // Meanwhile it is what it was yesterday; and it is asked once, not with every call until it answers.
            self.believe(Known {
                at: self.server_now(),
                ..known.clone()
            });
            drop(self.discover());
        }
        Ok(known.dialect)
    }

    /// The dialect if it is known without asking.
    pub(crate) fn known_dialect(&self) -> Result<Option<Dialect>> {
        Ok(self.remembered()?.map(|known| known.dialect))
    }

    fn remembered(&self) -> Result<Option<Known>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.is_none()
            && let Some((json, at)) = self.durable.dialect(&self.origin.to_string())?
        {
            // A form this version cannot read is asked for again.
            *known = serde_json::from_slice(json.as_bytes())
                .ok()
                .map(|dialect| Known { dialect, at });
        }
        Ok(known.clone())
    }

    /// Asks for the dialect; already under way when this returns, awaited or not.
    pub(super) fn discover(self: &Arc<Self>) -> impl Future<Output = Result<Dialect>> + use<> {
        let this = Arc::clone(self);
        self.discoveries
            .join(&self.handle, (), move || async move { this.ask_dialect().await })
    }

    fn believe(&self, known: Known) {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(known);
    }

    async fn ask_dialect(self: &Arc<Self>) -> Result<Dialect> {
        // The operation is the same in both dialects.
        let asking = Asking::of(&Discover);
        self.exchange_in(&Dialect::V1, &asking, None, None, &Manner::default())
            .await?;
        let dialect = asking.value()?;
        let at = self.server_now();
        let json = serde_json::to_string(&dialect).map_err(|_| Error::Internal {
            reason: "a dialect cannot be stored".to_owned(),
        })?;
        if let Err(error) = self.durable.remember_dialect(&self.origin.to_string(), &json, at) {
            tracing::warn!(%error, "the server's dialect could not be remembered; it will be asked for again");
        }
        self.believe(Known {
            dialect: dialect.clone(),
            at,
        });
        Ok(dialect)
    }
}
