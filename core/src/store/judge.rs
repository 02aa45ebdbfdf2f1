//! Whose database a file is and of which version, by what it says itself, and whether its tables are whole.
//!
//! Promised: looking at what it says changes nothing (scenario 33); a page that cannot be read is no damage (32).

use std::io::Read as _;
use std::path::Path;

use rusqlite::Connection;

use super::error::Place;
use super::kind::Kind;
use super::{StoreError, migrate};

/// Whether a file with these numbers may be opened. [`StoreError::Corrupt`] means: move it aside.
pub(super) fn judge(kind: &Kind, place: &Place, application_id: i64, version: i64) -> Result<(), StoreError> {
    let known = migrate::known(kind.migrations);
    if application_id != kind.application_id {
        if kind.foreign_is_damage {
            return Err(StoreError::Corrupt(place.clone()));
        }
        let reason = "it is a database of another program: move it away, or choose another folder";
        return Err(StoreError::CannotOpen(place.clone(), reason.to_owned()));
    }
    if version > known {
        return Err(StoreError::Newer {
            place: place.clone(),
            found: version,
            known,
        });
    }
    if version < 1 {
        return Err(StoreError::Corrupt(place.clone()));
    }
    Ok(())
}

/// `application_id` and `user_version` from the first page, or `None` if it is none of SQLite's.
pub(super) fn peek(path: &Path) -> std::io::Result<Option<(i64, i64)>> {
    let mut header = Vec::with_capacity(100);
    std::fs::File::open(path)?.take(100).read_to_end(&mut header)?;
    if header.len() < 100 || !header.starts_with(b"SQLite format 3\0") {
        return Ok(None);
    }
    let number = |at: usize| -> Option<i64> {
        let bytes = header.get(at..at + 4)?.try_into().ok()?;
        Some(i64::from(i32::from_be_bytes(bytes)))
    };
    Ok(number(68).zip(number(60)))
}

/// Whether these tables are whole, with their indexes.
pub(super) fn check(connection: &Connection, tables: &[&str]) -> rusqlite::Result<()> {
    for table in tables {
        let found: String =
            connection.query_row(&format!("PRAGMA quick_check({table})"), [], |row| row.get(0))?;
        if found != "ok" {
            return Err(fault_found(&found));
        }
    }
    Ok(())
}

/// What a check that found something found. It calls a page that could not be read damaged too, but gives the code.
fn fault_found(text: &str) -> rusqlite::Error {
    let code = text
        .split_once("error code=")
        .and_then(|(_, rest)| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok());
    let code = code.unwrap_or(rusqlite::ffi::SQLITE_CORRUPT);
    rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None)
}
