use super::{Fault, Origin, TransportConfig, TransportError};
use crate::api::{WireAnswer, WireRequest};
use crate::ports::Ports;

/// Sends requests to one origin.
pub(crate) struct Transport {
    ports: Ports,
    origin: Origin,
    config: TransportConfig,
}

impl Transport {
    pub(crate) fn new(ports: Ports, origin: Origin, config: TransportConfig) -> Self {
        Self {
            ports,
            origin,
            config,
        }
    }

    /// Where requests go.
    pub(crate) fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Sends the request and returns the answer, whatever its status, if it is JSON or empty.
    pub(crate) async fn send(
        &self,
        _request: &WireRequest,
        _access_token: Option<&str>,
    ) -> Result<WireAnswer, TransportError> {
        Err(TransportError::unsent(Fault::InvalidRequest("not built yet")))
    }
}
