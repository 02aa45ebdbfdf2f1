//! What a synchronisation is told of the device, and what it says it did.

use super::VehicleId;
use crate::error::Error;

/// What the shell knows of the device and the core is to heed. Nothing is held back by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Conditions {
    /// The person wants little sent over this network, or pays for it. Nothing is read ahead, and photos wait, but for those the
    /// person asked for with [`retry`](crate::OutboxService::retry) since the client was opened; one that is on its way goes on.
    /// Every other write goes, and so does what a screen asks for.
    pub data_saver: bool,
    /// The battery is low. Nothing is read ahead, and while no answers come the network is probed every 60 s at most, unless
    /// a person did something within the last minute: a return that the shell does not report is found that much later.
    /// Every write goes.
    pub low_battery: bool,
}

/// What a synchronisation did, and what it left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncReport {
    /// Writes that were settled meanwhile, whatever came of them.
    pub sent: u32,
    /// Writes that are still to be sent.
    pub remaining: u32,
    /// Writes that a person must decide on.
    pub attention: u32,
    /// Why it stopped before everything was sent; `None` if it did not, or ran out of time.
    pub stopped: Option<Error>,
    /// What was to be read ahead, in the order it was looked at, and what came of each.
    pub prefetched: Vec<Prefetch>,
}

/// An answer that a person will look at next, and what came of reading it ahead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prefetch {
    /// Which.
    pub answer: PrefetchAnswer,
    /// What came of it.
    pub outcome: PrefetchOutcome,
}

/// What is read ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PrefetchAnswer {
    /// The garage.
    Vehicles,
    /// All that is known of one vehicle.
    Vehicle(VehicleId),
    /// The list of bookings.
    Bookings,
    /// The list of notifications.
    Notifications,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrefetchOutcome {
    /// There is a new answer.
    Refreshed,
    /// The one on this device is still right.
    NotModified,
    /// No good answer came. What was on this device stays.
    Failed(Error),
    /// It was not waited for to its end.
    Skipped(PrefetchSkipped),
}

/// Why an answer was not read ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PrefetchSkipped {
    /// The one on this device is not old.
    Fresh,
    /// [`Conditions::data_saver`].
    DataSaver,
    /// [`Conditions::low_battery`].
    LowBattery,
    /// It would not have come in time, as far as the ones before it tell. Nothing was asked.
    NoTime,
    /// It was asked for, and the time was up. It goes on as long as the client is open.
    Unfinished,
    /// Nothing can be had from the server now: what failed before it says why.
    NoAnswer,
}
