//! What the diagnostics show. Nothing of a person: it can be shown around.

use jiff::Timestamp;

use crate::screens::{Exported, Phase, Problem, Text, Tone};

/// How things stand, and what was decided of late.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Diagnostics {
    /// What to draw.
    pub phase: Phase,
    /// It is being read again.
    pub refreshing: bool,
    /// Why it cannot be read, or not be exported: [`DiagnosticsIntent::TryAgain`] does it again.
    pub problem: Option<Problem>,
    /// The server's origin, such as `https://pmi.example`.
    pub server: String,
    /// Which of its two interfaces the server has.
    pub dialect: Text,
    /// The server's own version, where it answers and says it.
    pub server_version: Option<String>,
    /// How the server says it is, where it answers.
    pub server_health: Option<Text>,
    /// What that is drawn in.
    pub server_tone: Tone,
    /// The version of this library.
    pub library: String,
    /// Whether the server can be reached.
    pub connectivity: Text,
    /// What that is drawn in.
    pub connectivity_tone: Tone,
    /// Who is signed in, without who it is.
    pub session: Text,
    /// What that is drawn in.
    pub session_tone: Tone,
    /// What was accepted here and is not done; `None` while nobody has an account here.
    pub outbox: Option<OutboxCounts>,
    /// The server asked to be left alone until then, by this device's clock.
    pub cool_until: Option<Timestamp>,
    /// The server failed so often that nothing is sent before then, by this device's clock.
    pub breaker_until: Option<Timestamp>,
    /// So many damaged files were set aside when the app started.
    pub set_aside: u32,
    /// What was decided, newest first; at most 1000 rows.
    pub trail: Vec<TrailRow>,
    /// The report is being made.
    pub exporting: bool,
    /// The report, for support, until [`DiagnosticsIntent::ExportTaken`].
    pub exported: Option<Exported>,
}

/// How many changes are in which state.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct OutboxCounts {
    /// To be sent, or on their way.
    pub waiting: u32,
    /// Of these, how many may have been applied already.
    pub unknown: u32,
    /// Refused or in conflict: the person decides.
    pub attention: u32,
    /// Before this, by this device's clock, none of those that wait is tried. `None`: at the next occasion.
    pub not_before: Option<Timestamp>,
}

/// Something that was decided.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct TrailRow {
    /// When, by this device's clock; the first time, if it was more than once.
    pub at: Timestamp,
    /// When it last was.
    pub until: Timestamp,
    /// How often; 1 or more.
    pub times: u32,
    /// What.
    pub text: Text,
    /// What it is drawn in.
    pub tone: Tone,
}

/// What a person can do with the diagnostics.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum DiagnosticsIntent {
    /// Read it again, and ask the server how it is.
    Refresh,
    /// Do again what went wrong last. Nothing where nothing did.
    TryAgain,
    /// Make the report for support.
    Export,
    /// The report is saved or shared: it is forgotten.
    ExportTaken,
}
