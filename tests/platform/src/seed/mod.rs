//! What a fresh server holds. The same number, dialect and hour of the server's clock give the same rows.

mod fleet;
mod golden;
mod people;
mod random;
mod rows;
mod summary;
mod vin;

use jiff::{Timestamp, Unit};

pub(crate) use summary::SUMMARY;
pub use summary::{SeedSummary, SeededCustomer};
pub(crate) use vin::{check_digit_holds, looks_like_vin};

use crate::config::{Config, Dialect};
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
pub(crate) async fn fill(
    store: &Store,
    plan: Plan,
    dialect: Dialect,
    anchor: Timestamp,
) -> Result<(), StartError> {
    let rows = match plan {
        Plan::Empty => rows::Rows::default(),
        Plan::Number(number) => fleet::draw(number, dialect, anchor),
        Plan::Golden => golden::rows(anchor),
    };
    rows.write(store, anchor).await
}
