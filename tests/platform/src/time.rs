//! Instants and wall times as the wire has them.

use jiff::civil::DateTime;
use jiff::fmt::rfc2822::DateTimePrinter;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{Timestamp, Zoned};

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

/// The time zone of that name; UTC if there is none, which no row should say.
pub(crate) fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// When a wall time at a centre is: with the offset it was booked with if the centre's clock shows the digits with that one
/// too (it may show them twice), else when it first shows them, or would have if a gap did not skip them.
pub(crate) fn at_center(wall_us: i64, offset_s: Option<i64>, zone: &TimeZone) -> Option<Zoned> {
    let wall = wall(wall_us);
    let ambiguous = zone.to_ambiguous_timestamp(wall);
    if let AmbiguousOffset::Fold { after, .. } = ambiguous.offset()
        && offset_s == Some(i64::from(after.seconds()))
    {
        return Some(after.to_timestamp(wall).ok()?.to_zoned(zone.clone()));
    }
    Some(ambiguous.compatible().ok()?.to_zoned(zone.clone()))
}

/// A wall time at a centre, RFC 3339 with the offset the centre has then.
pub(crate) fn local(wall_us: i64, offset_s: Option<i64>, time_zone: &str) -> String {
    match at_center(wall_us, offset_s, &zone(time_zone)) {
        Some(zoned) => rfc3339(zoned.datetime(), zoned.offset()),
        None => utc(wall_us),
    }
}

/// Digits with an offset, as RFC 3339 has them; never `Z`, which says nothing of where.
pub(crate) fn rfc3339(wall: DateTime, offset: Offset) -> String {
    let seconds = offset.seconds();
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
    let digits = wall.strftime("%Y-%m-%dT%H:%M:%S");
    format!("{digits}{sign}{:02}:{:02}", minutes / 60, minutes % 60)
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
