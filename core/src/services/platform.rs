//! The server itself: what it can do, and whether it is well.

use std::sync::Arc;

use super::inner::Inner;
use crate::api::GetHealth;
use crate::error::Result;
use crate::model::{Capabilities, ServerHealth};

/// What the server can do, and whether it is well. Needs nobody signed in.
#[derive(Clone)]
pub struct PlatformService {
    pub(crate) inner: Arc<Inner>,
}

impl PlatformService {
    /// What the server can do, remembered from the first time it was asked; asks it if it never was.
    ///
    /// # Errors
    /// If it was never asked: whatever keeps an answer from coming, and `CaptivePortal` or `ServerFault` if something else
    /// answered.
    pub async fn capabilities(&self) -> Result<Capabilities> {
        let inner = self.inner()?;
        self.inner
            .run_repeatable(async move { Ok(inner.session.link().dialect().await?.capabilities()) })
            .await
    }

    /// Whether the server is well, by its own word. Never cached.
    ///
    /// # Errors
    /// Whatever keeps an answer from coming. A server that says it is ill is an answer, not an error.
    pub async fn health(&self) -> Result<ServerHealth> {
        let inner = self.inner()?;
        self.inner
            .run_repeatable(async move { inner.session.link().ask(&GetHealth).await })
            .await
    }

    /// The server's origin, such as `https://pmi.example`.
    #[must_use]
    pub fn origin(&self) -> String {
        self.inner.session.link().origin().to_string()
    }

    fn inner(&self) -> Result<Arc<Inner>> {
        Inner::guard(&self.inner)
    }
}
