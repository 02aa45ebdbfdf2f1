//! The kinds of database file there are differ in what stands here, and in nothing else.

use jiff::Timestamp;
use rusqlite::Connection;

use super::salvage::Found;

/// What kind of file it is.
pub(super) struct Kind {
    /// Its name in the folder.
    pub(super) file_name: &'static str,
    /// What it is called in sentences.
    pub(super) role: &'static str,
    /// What its folder is called in sentences.
    pub(super) folder_role: &'static str,
    /// Whether what is in its folder can be had again.
    pub(super) is_cache: bool,
    /// Its `application_id`.
    pub(super) application_id: i64,
    /// Its migrations.
    pub(super) migrations: &'static [&'static str],
    /// Set before the first table, where some settings only work.
    pub(super) at_creation: &'static str,
    /// Set on each connection.
    pub(super) at_opening: &'static str,
    /// Tables that must be whole, with their indexes, for the file to be used.
    pub(super) probe: &'static [&'static str],
    /// Puts what was found in a damaged file into a new one; `None`: nothing is worth it.
    pub(super) salvage: Option<Salvager>,
    /// A database of somebody else under this name: moved aside (true) or refused (false).
    pub(super) foreign_is_damage: bool,
    /// How many files moved aside are kept; `None`: all.
    pub(super) keep_set_aside: Option<usize>,
}

/// Fills a new file. Foreign keys are not enforced meanwhile.
pub(super) type Salvager = fn(&Connection, &Found, Timestamp) -> rusqlite::Result<()>;
