//! A write that is not done, as the thing it is about shows it: where it stands, and what can be done about it.

use jiff::Timestamp;

use super::problem::conflict_text;
use super::text::{Text, TextArg, TextKey};
use super::values::Tone;
use crate::model::{OutboxItem, OutboxItemId, Waiting, WriteState};

/// A write that is not done.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Pending {
    /// Which: what intents name it by.
    pub item: OutboxItemId,
    /// Where it stands.
    pub text: Text,
    /// What it is drawn in: `Neutral` while it goes on by itself, `Critical` if a person must decide.
    pub tone: Tone,
    /// When it was accepted, by this device's clock.
    pub accepted_at: Timestamp,
    /// When it is tried again, by this device's clock, where that is known.
    pub retry_at: Option<Timestamp>,
    /// How much of a photo has arrived, in percent.
    pub progress_percent: Option<u8>,
}

impl Pending {
    /// `None` if there is nothing left to say of it.
    pub(crate) fn of(item: &OutboxItem) -> Option<Self> {
        let text = match &item.state {
            WriteState::Done { .. } | WriteState::Withdrawn => return None,
            WriteState::Queued => waiting(item.waiting).into(),
            WriteState::Sending => TextKey::PendingSending.into(),
            WriteState::Unknown => TextKey::PendingCertainty.into(),
            WriteState::Blocked { .. } => TextKey::PendingBlocked.into(),
            WriteState::Rejected { reason, .. } => {
                Text::with(TextKey::PendingRejected, TextArg::Words { text: reason.clone() })
            }
            WriteState::Conflict(conflict) => conflict_text(conflict.kind).into(),
        };
        let tone = if item.state.needs_attention() {
            Tone::Critical
        } else {
            Tone::Neutral
        };
        Some(Self {
            item: item.id,
            text,
            tone,
            accepted_at: item.accepted_at,
            retry_at: item.retry_at,
            progress_percent: item.upload.map(|upload| {
                let hundredths = upload.sent.saturating_mul(100).checked_div(upload.size);
                hundredths.unwrap_or_default().min(100).try_into().unwrap_or(100)
            }),
        })
    }
}

fn waiting(waiting: Option<Waiting>) -> TextKey {
    match waiting {
        None | Some(Waiting::Turn) => TextKey::PendingQueued,
        Some(Waiting::Network) => TextKey::PendingNetwork,
        Some(Waiting::Server) => TextKey::PendingServer,
        Some(Waiting::Certainty) => TextKey::PendingCertainty,
        Some(Waiting::DataSaver) => TextKey::PendingDataSaver,
    }
}
