//! Why things are as they are: for a person who asks, and for support.

mod record;
mod scene;
#[cfg(test)]
mod tests;
mod trail;

pub use record::{Diagnostics, DiagnosticsIntent, OutboxCounts, TrailRow};
pub(crate) use scene::DiagnosticsScene;
