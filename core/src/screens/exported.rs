//! A document that was made for the person, to be saved or shared by the shell.

use jiff::Timestamp;
use jiff::tz::Offset;

use crate::model::redacted::debug_shows;

/// A document made for the person. Forgotten when the shell says that it has taken it.
#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Exported {
    /// A name for its file, such as `pmi-data-2026-11-22.json`.
    pub file_name: String,
    /// What is in it: JSON.
    pub content: String,
}

debug_shows!(Exported: file_name);

impl Exported {
    /// `what` begins its name, and the day it was made ends it.
    pub(crate) fn json(what: &str, made_at: Timestamp, content: String) -> Self {
        let day = Offset::UTC.to_datetime(made_at).date();
        Self {
            file_name: format!("{what}-{day}.json"),
            content,
        }
    }
}
