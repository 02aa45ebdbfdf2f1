//! Decisions about whether there is a network.

use serde::{Deserialize, Serialize};

use crate::error::OfflineReason;

/// A decision about the network: one entry for each change, however many calls met it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
#[non_exhaustive]
pub enum NetworkDecision {
    /// The shell said whether there is one.
    Told {
        /// Whether there is.
        up: bool,
    },
    /// The caller asked for offline work, or for its end.
    Asked {
        /// Whether nothing is to be sent.
        offline: bool,
    },
    /// No answer came, as if there were none. From now on a small probe goes before any call.
    Silent {
        /// What failed.
        why: OfflineReason,
    },
    /// A login page answered instead of the server.
    Portal,
    /// Answers come again.
    Answering,
    /// A read under way was sent again because the network had changed under it.
    Renewed,
}
