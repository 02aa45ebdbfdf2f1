//! What an empty database is filled with, and doing it.

use jiff::{Timestamp, Unit};

use super::{fleet, golden, rows};
use crate::config::Config;
use crate::error::StartError;
use crate::store::Store;

/// What to fill an empty database with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plan {
    Empty,
    Number(u64),
    Golden,
}

impl Plan {
    pub(crate) fn of(config: &Config) -> Self {
        match (config.golden, config.seed) {
            (true, _) => Self::Golden,
            (false, Some(number)) => Self::Number(number),
            (false, None) => Self::Empty,
        }
    }
}

/// The instant the rows are dated from: the hour `now` is in, so that servers started close together share one template.
pub(crate) fn anchor(now: Timestamp) -> Timestamp {
    now.round(
        jiff::TimestampRound::new()
            .smallest(Unit::Hour)
            .mode(jiff::RoundMode::Floor),
    )
    .unwrap_or(now)
}

/// Fills an empty database, in one transaction.
pub(crate) async fn fill(store: &Store, plan: Plan, anchor: Timestamp) -> Result<(), StartError> {
    let rows = match plan {
        Plan::Empty => rows::Rows::default(),
        Plan::Number(number) => fleet::draw(number, anchor),
        Plan::Golden => golden::rows(anchor),
    };
    rows.write(store, anchor).await
}
