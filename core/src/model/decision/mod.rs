//! What was decided about the session, about waits, about the network and about writes: the entries of the audit trail.
//! Free of secrets by construction: numbers, durations and closed sets of words, never a text of a server's or a person's.

mod network;
mod outbox;
mod session;
mod transport;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use network::NetworkDecision;
pub use outbox::{OutboxDecision, OutboxEvent};
pub use session::{RefreshCause, SessionDecision};
pub use transport::{TransportDecision, WaitCause};

/// One entry of the audit trail: a decision, or several alike that followed each other.
///
/// The device's clock may be wrong and may jump; the boot clock does neither, but starts anew with each boot. What lies
/// between two entries of one boot is told by their `boot_ms`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// When, by the device's clock; the first time, if it happened more than once.
    pub at: Timestamp,
    /// When it last was, by the device's clock.
    pub until: Timestamp,
    /// How often; 1 or more.
    pub times: u32,
    /// Which boot of the device, counted from the oldest one in this trail, which is 1.
    pub boot: u32,
    /// Milliseconds since that boot, the first time.
    pub boot_ms: u64,
    /// Milliseconds since that boot, the last time.
    pub until_boot_ms: u64,
    /// When it last was by the server's clock, if that was known.
    pub server_at: Option<Timestamp>,
    /// What was decided; of several, the newest.
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
    /// A write that was accepted here.
    Outbox(OutboxDecision),
}

impl Decision {
    /// Whether it is one that a person asks about weeks later, such as a sign-out: kept longest, written at once, never counted
    /// together with another. The refreshes of a session that lives, and what kept one from being made, are none.
    #[must_use]
    pub fn is_milestone(&self) -> bool {
        matches!(
            self,
            Self::Session(
                SessionDecision::SignedIn
                    | SessionDecision::SignedOut
                    | SessionDecision::OldPairTried { .. }
                    | SessionDecision::RefreshRefused { .. }
                    | SessionDecision::Ended { .. }
            )
        )
    }
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

impl From<OutboxDecision> for Decision {
    fn from(decision: OutboxDecision) -> Self {
        Self::Outbox(decision)
    }
}
