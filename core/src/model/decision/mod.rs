//! What was decided about the session, about waits, about the network and about writes: the entries of the audit trail.
//! Free of secrets by construction: numbers, durations and closed sets of words, never a text of a server's or a person's.

mod network;
mod session;
mod transport;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use network::NetworkDecision;
pub use session::{RefreshCause, SessionDecision};
pub use transport::{TransportDecision, WaitCause};

/// One entry of the audit trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// When, by the device's clock.
    pub at: Timestamp,
    /// What was decided.
    pub decision: Decision,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "about")]
#[non_exhaustive]
pub enum Decision {
    /// The session.
    Session(SessionDecision),
    /// A request: a wait, a retry, or its end.
    Transport(TransportDecision),
    /// Whether there is a network.
    Network(NetworkDecision),
}

impl From<SessionDecision> for Decision {
    fn from(decision: SessionDecision) -> Self {
        Self::Session(decision)
    }
}

impl From<TransportDecision> for Decision {
    fn from(decision: TransportDecision) -> Self {
        Self::Transport(decision)
    }
}

impl From<NetworkDecision> for Decision {
    fn from(decision: NetworkDecision) -> Self {
        Self::Network(decision)
    }
}
