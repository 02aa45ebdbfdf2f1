//! Instants and wall times as the wire has them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822::DateTimePrinter;
use jiff::tz::TimeZone;

/// An instant of microseconds since the epoch; the nearest representable one if it is out of range.
pub(crate) fn instant(us: i64) -> Timestamp {
    let limit = if us < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_microsecond(us).unwrap_or(limit)
}

/// The digits of a stored wall time.
pub(crate) fn wall(us: i64) -> DateTime {
    instant(us).to_zoned(TimeZone::UTC).datetime()
}

/// A wall time's digits, to be stored.
pub(crate) fn wall_us(wall: DateTime) -> i64 {
    wall.to_zoned(TimeZone::UTC)
        .map(|zoned| zoned.timestamp().as_microsecond())
        .unwrap_or(0)
}

/// RFC 3339, UTC, `Z`.
pub(crate) fn utc(us: i64) -> String {
    instant(us).to_string()
}

/// A wall time at a centre, RFC 3339 with the offset the centre has then.
pub(crate) fn local(us: i64, time_zone: &str) -> String {
    let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
    match wall(us).to_zoned(zone) {
        Ok(zoned) => zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        Err(_) => utc(us),
    }
}

/// A day: `2025-10-18`.
pub(crate) fn day(us: i64) -> String {
    wall(us).date().to_string()
}

/// `Date` of HTTP.
pub(crate) fn http_date(now: Timestamp) -> String {
    DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&now)
        .unwrap_or_default()
}
