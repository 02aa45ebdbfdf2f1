//! What is filled in, as a shell keeps it while its process may be ended.
//!
//! Promised: a form that takes it up is as it was, but for its photos; sent once more, it is the booking it was sent as before
//! (scenarios 22, 23). What cannot be read, or is chosen no more, is asked again.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::events::BookEffect;
use super::form::service_named;
use super::record::BookDraft;
use super::scene::BookScene;
use crate::model::{CenterId, VehicleId};

/// What is filled in. What a newer version adds is left out by an older one.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Filled {
    vehicle: Option<VehicleId>,
    service: Option<String>,
    center: Option<CenterId>,
    when: FilledWhen,
    notes: String,
    /// What it is sent under, or was.
    operation: Option<String>,
}

/// The day and the time.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct FilledWhen {
    pub(super) day: Option<Date>,
    /// Whose free times are chosen among.
    pub(super) center: Option<CenterId>,
    /// Hour and minute.
    pub(super) time: Option<(u8, u8)>,
    pub(super) slot: Option<Timestamp>,
    pub(super) clock: Option<Timestamp>,
}

impl BookScene {
    pub(super) fn draft(&self) -> BookDraft {
        let filled = Filled {
            vehicle: self.vehicle,
            service: self.service.as_ref().map(|service| service.as_word().to_owned()),
            center: self.center,
            when: self.when.filled(),
            notes: self.notes.text().to_owned(),
            operation: self.operation.clone(),
        };
        // Our own record of strings and numbers: cannot fail.
        let text = serde_json::to_string(&filled).unwrap_or_default();
        BookDraft { text }
    }

    /// Fills the form in as it was. What it was sent as is looked for: then nothing is left to be done.
    pub(super) fn take_up(&mut self, draft: &BookDraft) -> Vec<BookEffect> {
        let Ok(filled) = serde_json::from_str::<Filled>(&draft.text) else {
            tracing::debug!("a form that was kept cannot be read and is left out");
            return Vec::new();
        };
        self.vehicle = filled.vehicle;
        self.service = filled.service.as_deref().and_then(service_named);
        (self.center, self.center_refused) = (filled.center, None);
        self.when.take_up(&filled.when);
        self.notes.set(filled.notes);
        let Some(operation) = filled.operation else {
            return Vec::new();
        };
        self.operation = Some(operation.clone());
        self.was_sent = true;
        vec![BookEffect::LookSent(self.person, operation)]
    }
}
