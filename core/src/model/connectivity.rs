//! Whether the server can be reached, for a banner on every screen.

use serde::{Deserialize, Serialize};

use crate::error::OfflineReason;

/// Whether the server can be reached, by the last that was said or seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Connectivity {
    /// Nothing was tried yet, or not since the network changed. Show nothing.
    #[default]
    Unknown,
    /// The server answered last.
    Online,
    /// Nothing can be sent, or no answer came. Answers are looked for by themselves while something waits for them.
    Offline {
        /// `ByRequest`: the shell said that there is no network, or the caller asked for offline work. Else what failed.
        why: OfflineReason,
    },
    /// A login page answered for the server: the person must log in to this network first.
    CaptivePortal,
}
