//! What a fresh server holds. The same number and hour of the server's clock give the same rows.

mod fleet;
mod golden;
mod people;
mod plan;
mod random;
mod rows;
mod summary;
mod vin;

pub(crate) use plan::{Plan, anchor, fill};
pub(crate) use summary::SUMMARY;
pub use summary::{SeedSummary, SeededCustomer};
pub(crate) use vin::{check_digit_holds, looks_like_vin};
