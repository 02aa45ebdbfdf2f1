//! What a shell formats in the person's language: quantities with their unit, and times with their zone.

use jiff::civil::Date;
use jiff::{Timestamp, Zoned};

/// How good or bad something is: what it is drawn in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum Tone {
    /// Neither.
    Neutral,
    /// All is well.
    Good,
    /// To be looked at.
    Warning,
    /// Something is to be done now.
    Critical,
}

/// A number with its unit.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Quantity {
    /// The number.
    pub value: f64,
    /// So many digits behind the point are meant.
    pub decimals: u8,
    /// Of what.
    pub unit: Unit,
}

impl Quantity {
    /// A number of which no digit behind the point is meant.
    pub(crate) fn whole(value: f64, unit: Unit) -> Self {
        Self {
            value,
            decimals: 0,
            unit,
        }
    }

    /// So much data, in the unit that a person reads: never said to be more than it is.
    pub(crate) fn data(bytes: u64) -> Self {
        let whole = |count: u64| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        match bytes {
            0..1_000 => Self::whole(whole(bytes), Unit::Bytes),
            1_000..1_000_000 => Self::whole(whole(bytes / 1_000), Unit::Kilobytes),
            _ => Self {
                value: whole(bytes / 100_000) / 10.0,
                decimals: 1,
                unit: Unit::Megabytes,
            },
        }
    }
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum Unit {
    /// Hundredths, 0 to 100.
    Percent,
    /// Kilometres.
    Kilometres,
    /// Kilometres per hour.
    KilometresPerHour,
    /// Degrees Celsius.
    Celsius,
    /// Pounds per square inch.
    Psi,
    /// Volts.
    Volts,
    /// Revolutions per minute.
    RevolutionsPerMinute,
    /// Days.
    Days,
    /// Minutes.
    Minutes,
    /// Seconds.
    Seconds,
    /// Bytes.
    Bytes,
    /// Thousands of bytes.
    Kilobytes,
    /// Millions of bytes.
    Megabytes,
    /// A number of its own kind.
    Plain,
}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Day {
    /// Year.
    pub year: i16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self {
            year: date.year(),
            month: date.month().unsigned_abs(),
            day: date.day().unsigned_abs(),
        }
    }
}

/// What a clock at a place shows. A service centre's times are shown with its own digits wherever the phone is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct WallTime {
    /// The moment.
    pub at: Timestamp,
    /// Year.
    pub year: i16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// IANA name of the zone, or its offset such as `+05:30` where the name is not known. A device whose own tables lack the name
    /// shows the digits.
    pub zone: String,
    /// Seconds east of Greenwich then.
    pub offset_seconds: i32,
}

impl From<&Zoned> for WallTime {
    fn from(at: &Zoned) -> Self {
        Self {
            at: at.timestamp(),
            year: at.year(),
            month: at.month().unsigned_abs(),
            day: at.day().unsigned_abs(),
            hour: at.hour().unsigned_abs(),
            minute: at.minute().unsigned_abs(),
            zone: match at.time_zone().iana_name() {
                Some(name) => name.to_owned(),
                None => at.offset().to_string(),
            },
            offset_seconds: at.offset().seconds(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_said_in_the_unit_that_a_person_reads_and_never_as_more_than_it_is() {
        for (bytes, value, decimals, unit) in [
            (0, 0.0, 0, Unit::Bytes),
            (999, 999.0, 0, Unit::Bytes),
            (1_000, 1.0, 0, Unit::Kilobytes),
            (482_933, 482.0, 0, Unit::Kilobytes),
            (999_999, 999.0, 0, Unit::Kilobytes),
            (1_000_000, 1.0, 1, Unit::Megabytes),
            (8 * 1024 * 1024, 8.3, 1, Unit::Megabytes),
        ] {
            let quantity = Quantity {
                value,
                decimals,
                unit,
            };
            assert_eq!(Quantity::data(bytes), quantity, "{bytes}");
        }
    }

    #[test]
    fn s28_a_wall_time_shows_the_digits_of_its_place() {
        for (at, digits, zone) in [
            (
                "2026-12-25T10:05:00+05:30[Asia/Kolkata]",
                (2026, 12, 25, 10, 5),
                "Asia/Kolkata",
            ),
            ("2026-01-01T00:00:00-03:30[-03:30]", (2026, 1, 1, 0, 0), "-03:30"),
        ] {
            let at: Zoned = at.parse().unwrap();
            let wall = WallTime::from(&at);
            let shown = (wall.year, wall.month, wall.day, wall.hour, wall.minute);
            assert_eq!((shown, wall.zone.as_str()), (digits, zone));
            assert_eq!(wall.at, at.timestamp());
            assert_eq!(wall.offset_seconds, at.offset().seconds());
        }
    }
}
