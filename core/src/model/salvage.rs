//! What a person is told when the file of their session and unsent bookings was damaged.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What could be saved of a damaged file. The file itself is kept aside, whole. Of several in a row that the person has not seen,
/// the last, with what was lost in all.
///
/// A write that shows as refused may have been tried again and made since, if that part of the file is lost: look at the bookings
/// before it is tried again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Salvage {
    /// When it was found, by this device's clock.
    pub at: Timestamp,
    /// Writes that were accepted, are not done, and go on. The server is asked about each before it is sent.
    pub writes_saved: u32,
    /// At most so many more may have been there; `None`: not even that is known. What they were is not: look at the bookings.
    pub writes_lost: Option<u32>,
    /// Whether whoever was signed in still is, as far as this device can tell.
    pub session_kept: bool,
}
