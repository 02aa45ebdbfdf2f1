//! What a background task is told.

use pmi_core::model::{PrefetchOutcome, SyncReport as Core};
use pmi_core::screens::Problem;

/// What a synchronisation did, and what it left.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct SyncReport {
    /// Writes that were settled meanwhile, whatever came of them.
    pub sent: u32,
    /// Writes that are still to be sent: run it again when there is a network.
    pub remaining: u32,
    /// Writes that a person must decide on: tell them.
    pub attention: u32,
    /// Why it stopped before everything was sent; `None` if it did not, or ran out of time.
    pub stopped: Option<Problem>,
    /// Answers that were read ahead and are now as the server has them.
    pub refreshed: u32,
    /// Answers that were to be read ahead, and of which none came.
    pub failed: u32,
}

impl From<Core> for SyncReport {
    fn from(report: Core) -> Self {
        let count = |is: fn(&PrefetchOutcome) -> bool| {
            let counted = report.prefetched.iter().filter(|one| is(&one.outcome)).count();
            u32::try_from(counted).unwrap_or(u32::MAX)
        };
        Self {
            sent: report.sent,
            remaining: report.remaining,
            attention: report.attention,
            stopped: report.stopped.as_ref().map(Problem::from),
            refreshed: count(|came| {
                matches!(came, PrefetchOutcome::Refreshed | PrefetchOutcome::NotModified)
            }),
            failed: count(|came| matches!(came, PrefetchOutcome::Failed(_))),
        }
    }
}
