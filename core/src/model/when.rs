//! The time a person asks for (Q11, scenario 28).
//!
//! A booking is at a wall time at the centre: 10:00 there is 10:00 wherever the phone is. A wall time that the clocks skip,
//! or show twice, is never guessed: it is an error that names what can be chosen.

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, Zoned};

use crate::error::{Error, Result};

/// When a booking shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BookingTime {
    /// The digits on a clock: the centre's own, or that of another zone, which is then converted.
    Wall {
        /// The digits; whole minutes.
        at: DateTime,
        /// IANA name of the zone the digits are meant in; `None`: the centre's.
        zone: Option<String>,
    },
    /// A moment, such as a free slot's or one of the choices of [`Error::AmbiguousTime`].
    Exact(Zoned),
}

impl From<Zoned> for BookingTime {
    fn from(at: Zoned) -> Self {
        Self::Exact(at)
    }
}

impl BookingTime {
    /// The digits on the centre's own clock.
    #[must_use]
    pub fn at_the_centre(at: DateTime) -> Self {
        Self::Wall { at, zone: None }
    }

    /// Reads a time as a person types it: `2026-12-25T10:00` is a wall time (in `zone`, or at the centre);
    /// `2026-12-25T10:00+05:30` a moment.
    ///
    /// # Errors
    /// `InvalidInput` for what is no time, no zone, or a time and a zone that contradict each other.
    pub fn parse(text: &str, zone: Option<&str>) -> Result<Self> {
        let text = text.trim();
        let named = zone.map(zone_named).transpose()?;
        // A `Z` or an offset behind the time makes it a moment.
        if let Ok(moment) = text.parse::<Timestamp>() {
            let offset = offset_in(text, moment);
            let shown = moment.to_zoned(named.clone().unwrap_or(offset));
            if named.is_some() && !same_digits(text, &shown) {
                return Err(bad(format!(
                    "the clocks of {} show another offset then: leave the offset out, or the zone",
                    zone.unwrap_or_default()
                )));
            }
            return Ok(Self::Exact(shown));
        }
        let at = text
            .contains([':'])
            .then(|| text.parse::<DateTime>().ok())
            .flatten()
            .ok_or_else(|| {
                bad("must be a date and a time such as 2026-12-25T10:00, or with an offset 2026-12-25T10:00+05:30")
            })?;
        Ok(Self::Wall {
            at,
            zone: zone.map(str::to_owned),
        })
    }

    /// The wall time at a centre whose clock shows `center`.
    pub(crate) fn resolve(&self, center: &TimeZone) -> Result<Zoned> {
        let there = match self {
            Self::Exact(at) => at.with_time_zone(center.clone()),
            Self::Wall { at, zone } => {
                let zone = zone.as_deref().map(zone_named).transpose()?;
                unambiguous(*at, zone.as_ref().unwrap_or(center))?.with_time_zone(center.clone())
            }
        };
        if there.second() != 0 || there.subsec_nanosecond() != 0 {
            return Err(bad("must be a time in whole minutes"));
        }
        Ok(there)
    }
}

fn zone_named(name: &str) -> Result<TimeZone> {
    TimeZone::get(name).map_err(|_| Error::InvalidInput {
        field: "zone".to_owned(),
        reason: format!("'{name}' is not an IANA time zone; Asia/Kolkata and Europe/Berlin are"),
    })
}

fn unambiguous(at: DateTime, zone: &TimeZone) -> Result<Zoned> {
    let ambiguous = zone.to_ambiguous_zoned(at);
    let skipped = match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { .. } => {
            return ambiguous
                .unambiguous()
                .map_err(|_| bad("is beyond what a calendar has"));
        }
        AmbiguousOffset::Gap { .. } => true,
        AmbiguousOffset::Fold { .. } => false,
    };
    let choices = [ambiguous.clone().earlier(), ambiguous.later()]
        .into_iter()
        .flatten()
        .collect();
    Err(Error::AmbiguousTime { skipped, choices })
}

fn offset_in(text: &str, moment: Timestamp) -> TimeZone {
    let digits = text.get(..16).and_then(|digits| digits.parse::<DateTime>().ok());
    let as_utc = digits.and_then(|digits| digits.to_zoned(TimeZone::UTC).ok());
    // To the minute: an offset has no seconds.
    let seconds = as_utc.map(|utc| utc.timestamp().as_second() - moment.as_second().div_euclid(60) * 60);
    seconds
        .and_then(|seconds| i32::try_from(seconds).ok())
        .and_then(|seconds| jiff::tz::Offset::from_seconds(seconds).ok())
        .map_or(TimeZone::UTC, TimeZone::fixed)
}

fn same_digits(text: &str, shown: &Zoned) -> bool {
    let typed = text.get(..16).and_then(|digits| digits.parse::<DateTime>().ok());
    typed.is_some_and(|typed| {
        let shown = shown.datetime();
        (typed.date(), typed.hour(), typed.minute()) == (shown.date(), shown.hour(), shown.minute())
    })
}

fn bad(reason: impl Into<String>) -> Error {
    Error::InvalidInput {
        field: "at".to_owned(),
        reason: reason.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).unwrap()
    }

    fn resolved(text: &str, from: Option<&str>, center: &str) -> Result<String> {
        BookingTime::parse(text, from)?
            .resolve(&zone(center))
            .map(|at| at.to_string())
    }

    #[test]
    fn s28_digits_are_those_of_the_centres_clock_wherever_they_are_typed() {
        assert_eq!(
            resolved("2026-12-25T10:00", None, "Asia/Kolkata").unwrap(),
            "2026-12-25T10:00:00+05:30[Asia/Kolkata]"
        );
        assert_eq!(
            resolved("2026-12-25 10:00", None, "Asia/Kolkata").unwrap(),
            "2026-12-25T10:00:00+05:30[Asia/Kolkata]"
        );
    }

    #[test]
    fn s28_digits_of_another_zone_are_converted_across_a_change_of_the_clocks() {
        for (typed, there) in [
            ("2026-10-24T10:00", "2026-10-24T13:30:00+05:30[Asia/Kolkata]"),
            ("2026-10-26T10:00", "2026-10-26T14:30:00+05:30[Asia/Kolkata]"),
        ] {
            assert_eq!(
                resolved(typed, Some("Europe/Berlin"), "Asia/Kolkata").unwrap(),
                there
            );
        }
        assert_eq!(
            resolved("2026-12-25T04:30Z", None, "Asia/Kolkata").unwrap(),
            "2026-12-25T10:00:00+05:30[Asia/Kolkata]"
        );
    }

    #[test]
    fn s28_a_time_the_clocks_skip_or_repeat_is_asked_back_with_the_choices() {
        let ask = |text| match resolved(text, None, "Europe/Berlin") {
            Err(Error::AmbiguousTime { skipped, choices }) => {
                let choices: Vec<String> = choices.iter().map(Zoned::to_string).collect();
                (skipped, choices)
            }
            other => panic!("{other:?}"),
        };
        let (skipped, choices) = ask("2026-03-29T02:30");
        assert!(skipped);
        assert_eq!(
            choices,
            [
                "2026-03-29T01:30:00+01:00[Europe/Berlin]",
                "2026-03-29T03:30:00+02:00[Europe/Berlin]"
            ]
        );
        let (skipped, choices) = ask("2026-10-25T02:30");
        assert!(!skipped);
        assert_eq!(
            choices,
            [
                "2026-10-25T02:30:00+02:00[Europe/Berlin]",
                "2026-10-25T02:30:00+01:00[Europe/Berlin]"
            ]
        );
    }

    #[test]
    fn s28_an_offset_chooses_between_the_two() {
        for offset in ["+02:00", "+01:00"] {
            let text = format!("2026-10-25T02:30{offset}");
            let there = resolved(&text, Some("Europe/Berlin"), "Europe/Berlin").unwrap();
            assert_eq!(there, format!("2026-10-25T02:30:00{offset}[Europe/Berlin]"));
        }
    }

    #[test]
    fn what_is_no_time_no_zone_or_a_contradiction_is_said_so() {
        for (text, zone, field) in [
            ("tomorrow", None, "at"),
            ("2026-12-25", None, "at"),
            ("2026-13-25T10:00", None, "at"),
            ("2026-12-25T10:00:30", None, "at"),
            ("2026-12-25T24:00", None, "at"),
            ("2026-12-25T10:00", Some("Mars/Olympus"), "zone"),
            ("2026-12-25T10:00+02:00", Some("Asia/Kolkata"), "at"),
        ] {
            match resolved(text, zone, "Asia/Kolkata") {
                Err(Error::InvalidInput { field: named, .. }) => assert_eq!(named, field, "{text}"),
                other => panic!("{text}: {other:?}"),
            }
        }
    }
}
