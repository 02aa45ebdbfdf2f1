//! What must be hit, written down by hand: the machine is not asked which of its transitions there are.

use super::Kind;
use crate::store::ItemState::{self, Conflict, Queued, Rejected, Sending, Unknown};

/// Where a write can stand, and what can happen to it there.
const EVERYWHERE: [(ItemState, &[&str]); 5] = [
    (Queued, &["claim", "applied", "refused", "differs", "take back"]),
    (
        Sending,
        &[
            "not applied",
            "still unknown",
            "lost",
            "applied",
            "refused",
            "differs",
        ],
    ),
    (
        Unknown,
        &["claim", "applied", "refused", "differs", "not seen yet", "absent"],
    ),
    (Rejected, &["retry", "take back"]),
    (Conflict, &["retry", "take back"]),
];

/// Every transition that schedules of this kind must hit.
pub(super) fn transitions(kind: Kind) -> Vec<(ItemState, &'static str)> {
    let mut all: Vec<_> = EVERYWHERE
        .iter()
        .flat_map(|(state, events)| events.iter().map(move |event| (*state, *event)))
        .collect();
    // A v1 create is looked for before it is sent again, so no "no" comes to a second try of it.
    if kind != Kind::V1 {
        all.push((Sending, "doubted"));
    }
    all
}
