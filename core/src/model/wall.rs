//! How a wall time with its zone is written down, and read on a device that knows the zone otherwise by then, or not at all.
//!
//! Promised (scenario 28): where the rules of the zone have changed since, the digits stay: they are what the centre's clock
//! shows. Where the zone is not known, the digits and the offset stay. Neither makes what is stored unreadable.

use jiff::Zoned;
use jiff::fmt::temporal::DateTimeParser;
use jiff::tz::OffsetConflict;
use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

static PARSER: DateTimeParser = DateTimeParser::new().offset_conflict(OffsetConflict::PreferOffset);

pub(crate) fn serialize<S: Serializer>(at: &Zoned, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(at)
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Zoned, D::Error> {
    let text = String::deserialize(deserializer)?;
    read(&text).ok_or_else(|| D::Error::custom("not a time with its zone"))
}

fn read(text: &str) -> Option<Zoned> {
    if let Ok(at) = PARSER.parse_zoned(text) {
        return Some(at);
    }
    let (at, _) = text.split_once('[')?;
    let offset = at.get(at.rfind(['+', '-'])?..)?;
    PARSER.parse_zoned(format!("{at}[{offset}]")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s28_the_digits_stay_whatever_became_of_the_zone() {
        for (written, shown) in [
            (
                "2026-12-25T10:00:00+05:30[Asia/Kolkata]",
                "2026-12-25T10:00:00+05:30[Asia/Kolkata]",
            ),
            // Its rules were others then.
            (
                "2026-12-25T10:00:00+04:00[Asia/Kolkata]",
                "2026-12-25T10:00:00+05:30[Asia/Kolkata]",
            ),
            // The one of two that was meant stays the one.
            (
                "2026-10-25T02:30:00+02:00[Europe/Berlin]",
                "2026-10-25T02:30:00+02:00[Europe/Berlin]",
            ),
            (
                "2026-10-25T02:30:00+01:00[Europe/Berlin]",
                "2026-10-25T02:30:00+01:00[Europe/Berlin]",
            ),
            // This device has never heard of it.
            (
                "2026-12-25T10:00:00-03:30[Mars/Olympus]",
                "2026-12-25T10:00:00-03:30[-03:30]",
            ),
            (
                "2026-12-25T10:00:00+05:30[+05:30]",
                "2026-12-25T10:00:00+05:30[+05:30]",
            ),
        ] {
            assert_eq!(read(written).map(|at| at.to_string()).as_deref(), Some(shown));
        }
        for nonsense in ["", "[", "10:00+05:30[Mars/Olympus]"] {
            assert_eq!(read(nonsense), None, "{nonsense}");
        }
    }
}
