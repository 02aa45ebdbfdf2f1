//! How things stand and what was decided of late, for a person who asks why, and for support. No token, name, address or id of
//! a person or of anything of theirs.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::decision::AuditEntry;
use crate::error::SignInReason;

/// What `PmiClient::diagnostics().report()` gives, and `export()` as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiagnosticReport {
    /// The version of this form: [`DiagnosticReport::SCHEMA`].
    pub schema: u32,
    /// The version of this library.
    pub library: String,
    /// When it was made, by the device's clock.
    pub at: Timestamp,
    /// The origin of the server, such as `https://pmi.example`; never more of a URL.
    pub server: String,
    /// `v1` or `v2`, if the server was ever asked.
    pub dialect: Option<String>,
    /// Who is signed in, without who it is.
    pub session: SessionReport,
    /// What was accepted here; `None` while nobody has an account here.
    pub outbox: Option<OutboxReport>,
    /// What this device owes the server.
    pub standing: StandingReport,
    /// What was decided, newest last.
    pub trail: Vec<AuditEntry>,
}

impl DiagnosticReport {
    /// The version of the form that this library writes.
    pub const SCHEMA: u32 = 1;
}

/// Whether somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionReport {
    /// `signed_in`, `locked`, `sign_in_needed`, `unreadable` (the file of the session fails), or a word of a later version.
    pub state: String,
    /// Why a sign-in is needed.
    pub why: Option<SignInReason>,
}

/// How many writes are in which state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxReport {
    /// To be sent, or on their way.
    pub waiting: u32,
    /// Of these, how many may have been applied already.
    pub unknown: u32,
    /// Refused or in conflict: the person decides.
    pub attention: u32,
    /// Before this, by the device's clock, none of those that wait is tried. `None`: at the next occasion.
    pub not_before: Option<Timestamp>,
}

/// What keeps requests from being sent now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingReport {
    /// The server asked to be left alone until then, by the device's clock.
    pub cool_until: Option<Timestamp>,
    /// The server failed so often that nothing is sent before then, by the device's clock.
    pub open_until: Option<Timestamp>,
    /// What is left for sending things again: the budget, in tenths of a try. `None`: never drawn on.
    pub budget_tenths: Option<i64>,
}
