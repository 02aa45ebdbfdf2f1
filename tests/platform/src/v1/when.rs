//! Its three ways of writing an instant, and what it takes for one.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};

use crate::time::{wall, wall_us};

fn digits(us: i64) -> String {
    let at = wall(us);
    let whole = at.strftime("%Y-%m-%dT%H:%M:%S");
    match at.subsec_nanosecond() / 1_000 {
        0 => whole.to_string(),
        micros => format!("{whole}.{micros:06}"),
    }
}

/// `..Z`.
pub(super) fn z(us: i64) -> String {
    digits(us) + "Z"
}

/// `..+00:00`.
pub(super) fn plus(us: i64) -> String {
    digits(us) + "+00:00"
}

/// No zone at all.
pub(super) fn naive(us: i64) -> String {
    digits(us)
}

/// The server's now, in microseconds; never a whole second, which the deployed platform never hits either.
pub(super) fn now_us(now: Timestamp) -> i64 {
    let us = now.as_microsecond();
    if us % 1_000_000 == 0 { us + 1 } else { us }
}

/// An ISO date and time as its UTC digits, or what pydantic says of it.
pub(super) fn parse(text: &str) -> Result<i64, &'static str> {
    if text.len() < 10 {
        return Err("input is too short");
    }
    if text.len() == 10 && text.parse::<Date>().is_ok() {
        return Err("invalid datetime separator, expected `T`, `t`, `_` or space");
    }
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok(instant.as_microsecond());
    }
    if let Ok(naive) = text.parse::<DateTime>() {
        return Ok(wall_us(naive));
    }
    // A raw `+` in a query is a space by now.
    Err(
        if text
            .rsplit_once(' ')
            .is_some_and(|(at, _)| at.parse::<DateTime>().is_ok())
        {
            "invalid timezone sign"
        } else {
            "invalid character in year"
        },
    )
}

/// `MM/DD/YYYY` or `tomorrow`; anything else is tomorrow too.
pub(super) fn booking_day(text: &str, today: Date) -> Date {
    let tomorrow = today.tomorrow().unwrap_or(today);
    let mut parts = text.split('/');
    let mut number = |min: usize, max: usize| {
        let part = parts.next().filter(|part| (min..=max).contains(&part.len()))?;
        part.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| part.parse::<i16>().ok())
            .flatten()
    };
    let (month, day, year) = (number(1, 2), number(1, 2), number(4, 4));
    if parts.next().is_some() {
        return tomorrow;
    }
    let read = || Date::new(year?, i8::try_from(month?).ok()?, i8::try_from(day?).ok()?).ok();
    read().unwrap_or(tomorrow)
}

/// `H:MM AM`; anything else is 09:00.
pub(super) fn booking_time(text: &str) -> Time {
    let read = || {
        let (clock, half) = text.trim().split_once(' ')?;
        let (hour, minute) = clock.split_once(':')?;
        let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
        let base = match half.trim().to_ascii_uppercase().as_str() {
            "AM" => 0,
            "PM" => 12,
            _ => return None,
        };
        (1..=12)
            .contains(&hour)
            .then(|| Time::new(hour % 12 + base, minute, 0, 0).ok())
            .flatten()
    };
    read().unwrap_or_else(|| Time::constant(9, 0, 0, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_cannot_be_read_is_tomorrow() {
        let today: Date = "2026-11-22".parse().unwrap();
        let tomorrow: Date = "2026-11-23".parse().unwrap();
        assert_eq!(booking_day("12/18/2026", today).to_string(), "2026-12-18");
        assert_eq!(booking_day("1/2/2020", today).to_string(), "2020-01-02");
        for odd in [
            "2026-12-18",
            "12/18/26",
            "18/12/2026",
            "",
            "Tomorrow",
            "12/18/2026/1",
        ] {
            assert_eq!(booking_day(odd, today), tomorrow, "{odd}");
        }
    }

    #[test]
    fn a_time_that_cannot_be_read_is_nine() {
        for (text, expected) in [
            ("9:00 AM", "09:00:00"),
            ("12:00 AM", "00:00:00"),
            ("3:30 pm", "15:30:00"),
            ("15:00", "09:00:00"),
            ("", "09:00:00"),
        ] {
            assert_eq!(booking_time(text).to_string(), expected, "{text}");
        }
    }

    #[test]
    fn the_three_forms_have_no_fraction_or_six_digits() {
        assert_eq!(z(1_000_000), "1970-01-01T00:00:01Z");
        assert_eq!(plus(1_000_001), "1970-01-01T00:00:01.000001+00:00");
        assert_eq!(naive(0), "1970-01-01T00:00:00");
    }
}
