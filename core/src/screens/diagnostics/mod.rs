//! Why things are as they are: for a person who asks, and for support.

mod record;
mod scene;
mod trail;

pub use record::{Diagnostics, DiagnosticsIntent, OutboxCounts, TrailRow};
pub(crate) use scene::DiagnosticsScene;
