//! A centre's wall clock: which starts a day has, and whether it shows a time somebody sent.
//!
//! It promises that every start it lists is an instant there is, and is listed once: a wall time that a gap skips is not there,
//! one that an overlap repeats is there twice, each time with its own offset. Built against a booking for a 02:30 that never
//! came, and against one that came an hour early.

use std::ops::Range;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{Span, Timestamp};

use crate::time::{rfc3339, wall_us, zone};

const FORM: &str = "is not RFC 3339 with an offset";

/// A wall time with its offset, and so an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Start {
    wall: DateTime,
    offset: Offset,
    at: Timestamp,
}

impl Start {
    fn of(wall: DateTime, offset: Offset) -> Option<Self> {
        let at = offset.to_timestamp(wall).ok()?;
        Some(Self { wall, offset, at })
    }

    /// Reads what was sent, to the letter: anything looser would guess at what was meant.
    pub(super) fn read(text: &str) -> Result<Self, &'static str> {
        let (digits, rest) = text.split_at_checked(19).ok_or(FORM)?;
        let shaped = digits
            .bytes()
            .zip(*b"0000-00-00T00:00:00")
            .all(|(byte, form)| match form {
                b'0' => byte.is_ascii_digit(),
                b'T' => byte.eq_ignore_ascii_case(&b'T'),
                other => byte == other,
            });
        if !shaped {
            return Err(FORM);
        }
        let wall: DateTime = digits.parse().map_err(|_| FORM)?;
        let (fraction, rest) = match rest.strip_prefix('.') {
            Some(rest) => rest.split_at(
                rest.find(|c: char| !c.is_ascii_digit())
                    .filter(|at| *at > 0)
                    .ok_or(FORM)?,
            ),
            None => ("", rest),
        };
        let start = Self::of(wall, offset(rest).ok_or(FORM)?).ok_or(FORM)?;
        if wall.second() != 0 || fraction.bytes().any(|digit| digit != b'0') {
            return Err("has seconds");
        }
        Ok(start)
    }

    /// What keeps a booking from starting then, wherever that is.
    pub(super) fn refused(&self, now: Timestamp, opening: &Range<u8>) -> Option<&'static str> {
        if self.at <= now {
            Some("lies in the past")
        } else if self.wall.minute() % 30 != 0 {
            Some("is not on the half-hour")
        } else if !u8::try_from(self.wall.hour()).is_ok_and(|hour| opening.contains(&hour)) {
            Some("is outside opening hours")
        } else {
            None
        }
    }

    pub(super) fn at(&self) -> Timestamp {
        self.at
    }

    pub(super) fn at_us(&self) -> i64 {
        self.at.as_microsecond()
    }

    pub(super) fn wall_us(&self) -> i64 {
        wall_us(self.wall)
    }

    pub(super) fn offset_s(&self) -> i64 {
        self.offset.seconds().into()
    }

    /// RFC 3339 with the offset.
    pub(super) fn show(&self) -> String {
        rfc3339(self.wall, self.offset)
    }
}

/// `Z`, or a sign with hours and minutes. `-00:00` says that the offset is not known.
fn offset(text: &str) -> Option<Offset> {
    if text.eq_ignore_ascii_case("z") {
        return Some(Offset::UTC);
    }
    let number = |tens: u8, ones: u8| {
        let digits = tens.is_ascii_digit() && ones.is_ascii_digit();
        digits.then(|| i32::from(tens - b'0') * 10 + i32::from(ones - b'0'))
    };
    let &[sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] = text.as_bytes() else {
        return None;
    };
    let (hours, minutes) = (number(h1, h2)?, number(m1, m2)?);
    let seconds = (hours * 60 + minutes) * 60;
    if hours > 23 || minutes > 59 || (sign == b'-' && seconds == 0) {
        return None;
    }
    Offset::from_seconds(if sign == b'-' { -seconds } else { seconds }).ok()
}

/// A centre's wall clock and the hours in which a booking may start.
pub(super) struct Calendar {
    pub(super) zone: TimeZone,
    opening: Range<u8>,
}

impl Calendar {
    pub(super) fn new(time_zone: &str, opening: &Range<u8>) -> Self {
        Self {
            zone: zone(time_zone),
            opening: opening.clone(),
        }
    }

    /// Whether the clock shows these digits with this offset at that instant.
    pub(super) fn shows(&self, start: &Start) -> bool {
        let shown = start.at.to_zoned(self.zone.clone());
        (shown.datetime(), shown.offset()) == (start.wall, start.offset)
    }

    /// The starts of a day, in order of time.
    pub(super) fn day(&self, date: Date) -> Vec<Start> {
        let halves = |hour: u8| i16::from(hour.min(24)) * 2;
        let mut starts = Vec::new();
        for half in halves(self.opening.start)..halves(self.opening.end) {
            let hour = i8::try_from(half / 2).unwrap_or(0);
            let minute = if half % 2 == 0 { 0 } else { 30 };
            let Ok(time) = Time::new(hour, minute, 0, 0) else {
                continue;
            };
            let wall = date.to_datetime(time);
            let offsets = match self.zone.to_ambiguous_timestamp(wall).offset() {
                AmbiguousOffset::Unambiguous { offset } => [Some(offset), None],
                AmbiguousOffset::Gap { .. } => [None, None],
                AmbiguousOffset::Fold { before, after } => [Some(before), Some(after)],
            };
            let offsets = offsets.into_iter().flatten();
            starts.extend(offsets.filter_map(|offset| Start::of(wall, offset)));
        }
        starts.sort_by_key(|start| start.at);
        starts
    }

    /// The starts of the days around an instant, in order of time.
    pub(super) fn around(&self, at: Timestamp, days: i64) -> Vec<Start> {
        let middle = at.to_zoned(self.zone.clone()).date();
        let days = (-days..=days).filter_map(|by| middle.checked_add(Span::new().try_days(by).ok()?).ok());
        days.flat_map(|date| self.day(date)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(zone: &str, date: &str) -> Vec<String> {
        let starts = Calendar::new(zone, &(0..24)).day(date.parse().unwrap());
        starts.iter().map(Start::show).collect()
    }

    #[test]
    fn a_gap_has_no_starts_and_an_overlap_has_them_twice() {
        let spring = day("Europe/Berlin", "2027-03-28");
        assert_eq!(spring.len(), 46);
        assert_eq!(
            spring[3..5],
            ["2027-03-28T01:30:00+01:00", "2027-03-28T03:00:00+02:00"]
        );
        let autumn = day("Europe/Berlin", "2026-10-25");
        assert_eq!(autumn.len(), 50);
        let twice = [
            "2026-10-25T02:00:00+02:00",
            "2026-10-25T02:30:00+02:00",
            "2026-10-25T02:00:00+01:00",
            "2026-10-25T02:30:00+01:00",
        ];
        assert_eq!(autumn[4..8], twice);
    }

    #[test]
    fn a_zone_whose_clock_moves_by_half_an_hour_is_no_exception() {
        assert_eq!(day("Australia/Lord_Howe", "2026-10-04").len(), 47);
        assert_eq!(day("Australia/Lord_Howe", "2027-04-04").len(), 49);
    }

    #[test]
    fn a_day_that_was_left_out_has_no_starts() {
        assert!(day("Pacific/Apia", "2011-12-30").is_empty());
    }

    #[test]
    fn only_rfc_3339_with_an_offset_is_read() {
        for (good, shown) in [
            ("2026-12-25T10:00:00+05:30", "2026-12-25T10:00:00+05:30"),
            ("2026-12-25t10:00:00.000z", "2026-12-25T10:00:00+00:00"),
            ("2026-12-25T10:00:00-09:30", "2026-12-25T10:00:00-09:30"),
        ] {
            assert_eq!(Start::read(good).unwrap().show(), shown);
        }
        for bad in [
            "",
            "2026-12-25",
            "2026-12-25T10:00:00",
            "2026-12-25 10:00:00+05:30",
            "2026-12-25T10:00+05:30",
            "2026-12-25T10:00:00.+05:30",
            "2026-12-25T10:00:00+0530",
            "2026-12-25T10:00:00+05:60",
            "2026-12-25T10:00:00+24:00",
            "2026-12-25T10:00:00-00:00",
            "2026-12-25T10:00:00+05:30[Asia/Kolkata]",
            "2026-13-25T10:00:00Z",
            "2026-02-30T10:00:00Z",
            "2026-12-25T10:00:00\u{660}",
            "2026-12-25T10:00:0\u{660}Z",
        ] {
            assert_eq!(Start::read(bad), Err(FORM), "{bad}");
        }
        for exact in [
            "2026-12-25T10:00:01Z",
            "2026-12-25T10:00:60Z",
            "2026-12-25T10:00:00.5Z",
        ] {
            assert_eq!(Start::read(exact), Err("has seconds"), "{exact}");
        }
    }
}
