//! Decisions about whether there is a network.

use serde::{Deserialize, Serialize};

/// A decision about the network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
#[non_exhaustive]
pub enum NetworkDecision {
    /// The shell said whether there is one.
    Told {
        /// Whether there is.
        up: bool,
    },
    /// No answer came, as if there were none.
    Silent,
    /// Answers come again.
    Answering,
}
