//! What a server's clock showed at a point of this device's boot clock.
//!
//! Promised: what is read was true when it was written. Whether it still is (another boot, a clock that was set) is for the
//! reader to judge (scenario 10).

use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, params};

use super::{DurableFile, origin};
use crate::ports::BootTime;
use crate::store::StoreError;

/// A server's clock beside both of this device's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ServerTime {
    pub(crate) boot: BootTime,
    /// By the server's clock, to the millisecond.
    pub(crate) at: Timestamp,
    /// How far off that can be.
    pub(crate) error: Duration,
    /// By this device's wall clock, as wrong as it is.
    pub(crate) wall: Timestamp,
}

impl DurableFile {
    /// Keeps what this server's clock shows, in place of what it showed before.
    pub(crate) fn keep_server_time(&self, origin_url: &str, time: &ServerTime) -> Result<(), StoreError> {
        self.database.with(|connection| {
            let origin_id = origin::id_of(connection, origin_url)?;
            connection
                .prepare_cached(
                    "INSERT INTO server_time (origin_id, boot_id, boot_ms, at, error_ms, wall)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                     ON CONFLICT (origin_id) DO UPDATE SET
                         boot_id = excluded.boot_id, boot_ms = excluded.boot_ms, at = excluded.at,
                         error_ms = excluded.error_ms, wall = excluded.wall",
                )?
                .execute(params![
                    origin_id,
                    time.boot.boot_id,
                    millis(time.boot.elapsed),
                    time.at.as_millisecond(),
                    millis(time.error),
                    time.wall.as_millisecond(),
                ])?;
            Ok(())
        })
    }

    /// What [`DurableFile::keep_server_time`] was last told of this server.
    pub(crate) fn server_time(&self, origin_url: &str) -> Result<Option<ServerTime>, StoreError> {
        let found: Option<(String, i64, i64, i64, i64)> = self.database.with(|connection| {
            Ok(connection
                .prepare_cached(
                    "SELECT boot_id, boot_ms, at, error_ms, wall
                     FROM server_time JOIN origin ON origin.id = origin_id WHERE url = ?1",
                )?
                .query_row([origin_url], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
                })
                .optional()?)
        })?;
        // A number that no clock shows is as good as no row: the next answer tells.
        Ok(found.and_then(|(boot_id, boot_ms, at, error_ms, wall)| {
            Some(ServerTime {
                boot: BootTime {
                    boot_id,
                    elapsed: Duration::from_millis(u64::try_from(boot_ms).ok()?),
                },
                at: Timestamp::from_millisecond(at).ok()?,
                error: Duration::from_millis(u64::try_from(error_ms).ok()?),
                wall: Timestamp::from_millisecond(wall).ok()?,
            })
        }))
    }
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
