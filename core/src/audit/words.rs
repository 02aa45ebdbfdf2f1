//! A decision as a row of the trail, and back.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use crate::model::{AuditEntry, Decision};
use crate::ports::BootTime;
use crate::store::TrailEntry;

/// Numbers that tell decisions apart as words do. Others (how long, which generation) are only the newest of several.
const TELLING: [&str; 2] = ["status", "item"];

/// The row of one decision.
pub(super) fn entry(decision: &Decision, at: Timestamp, boot: &BootTime) -> TrailEntry {
    // Numbers and words into memory: cannot fail.
    let json = serde_json::to_value(decision).unwrap_or_default();
    let at_ms = millis(boot.elapsed);
    TrailEntry {
        milestone: decision.is_milestone(),
        kind: kind(&json),
        detail: json.to_string(),
        times: 1,
        boot_id: boot.boot_id.clone(),
        first_at: at,
        first_ms: at_ms,
        at,
        at_ms,
        server_at: None,
    }
}

/// What decisions that are alike have in common: their words.
fn kind(json: &Value) -> String {
    let fields = json.as_object().into_iter().flatten();
    let words: Vec<String> = fields
        .filter_map(|(name, value)| match value {
            Value::String(word) => Some(word.clone()),
            Value::Bool(is) => Some(format!("{name}={is}")),
            Value::Number(number) if TELLING.contains(&name.as_str()) => Some(format!("{name}={number}")),
            _ => None,
        })
        .collect();
    words.join(" ")
}

/// The entries of these rows. What a newer version wrote, and this one has no words for, is left out.
pub(super) fn entries(rows: &[TrailEntry]) -> Vec<AuditEntry> {
    let mut boots: Vec<&str> = Vec::new();
    rows.iter()
        .filter_map(|row| {
            let known = boots.iter().position(|boot| *boot == row.boot_id);
            let boot = known.unwrap_or_else(|| {
                boots.push(&row.boot_id);
                boots.len() - 1
            });
            Some(AuditEntry {
                at: row.first_at,
                until: row.at,
                times: row.times,
                boot: u32::try_from(boot + 1).unwrap_or(u32::MAX),
                boot_ms: row.first_ms,
                until_boot_ms: row.at_ms,
                server_at: row.server_at,
                decision: serde_json::from_slice(row.detail.as_bytes()).ok()?,
            })
        })
        .collect()
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
