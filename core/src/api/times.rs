//! Times on the wire.
//!
//! v1 writes three forms (Q11): `Z`, `+00:00`, and none at all, with 0 or 6 digits of fraction. A booking's time is a wall
//! time at the centre whatever its offset says (scenario 28): its digits are read and the centre's zone is attached. Every
//! other time is UTC. v2 writes RFC 3339 with the centre's offset and names the zone.

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};

/// An instant; without an offset it is UTC.
pub(super) fn utc(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    text.parse().ok().or_else(|| {
        let naive: DateTime = text.parse().ok()?;
        naive.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
    })
}

/// The digits, whatever the offset says.
fn digits(text: &str) -> Option<DateTime> {
    let text = text.trim();
    text.strip_suffix(['Z', 'z']).unwrap_or(text).parse().ok()
}

/// A calendar date, also if a time follows it.
pub(super) fn date(text: &str) -> Option<Date> {
    text.trim().get(..10)?.parse().ok()
}

/// v1's booking time: the digits, in the centre's zone. A time that the zone skips or repeats is read as jiff's "compatible"
/// does: it comes from the server, nobody is there to be asked.
pub(super) fn wall(text: &str, zone: &TimeZone) -> Option<Zoned> {
    digits(text)?.to_zoned(zone.clone()).ok()
}

/// v2's booking time: the instant, in the zone it names. A zone this device does not know becomes the offset of the text.
///
/// Where the device's rules for the zone disagree with the offset (they are of different years), the digits win: they are
/// what the centre's clock shows. Unless the text is in plain UTC, which is an instant and no wall time.
pub(super) fn zoned(text: &str, zone: Option<&str>) -> Option<Zoned> {
    let (instant, shown) = (text.trim().parse::<Timestamp>().ok()?, digits(text)?);
    let offset = offset_of(instant, shown)?;
    let Some(zone) = zone.and_then(|name| TimeZone::get(name).ok()) else {
        return Some(instant.to_zoned(TimeZone::fixed(offset)));
    };
    let there = instant.to_zoned(zone.clone());
    if there.datetime() == shown || offset.is_zero() {
        return Some(there);
    }
    shown.to_zoned(zone).ok()
}

fn offset_of(instant: Timestamp, shown: DateTime) -> Option<Offset> {
    let as_utc = shown.to_zoned(TimeZone::UTC).ok()?.timestamp();
    let seconds = as_utc.duration_since(instant).as_secs();
    Offset::from_seconds(i32::try_from(seconds).ok()?).ok()
}

/// `12/18/2026`: the only date v1's booking route understands (Q9).
pub(super) fn v1_date(at: DateTime) -> String {
    format!("{:02}/{:02}/{:04}", at.month(), at.day(), at.year())
}

/// `9:00 AM`: the only time v1's booking route understands (Q9).
pub(super) fn v1_time(at: DateTime) -> String {
    let (hour, half) = match at.hour() {
        0 => (12, "AM"),
        hour @ 1..=11 => (hour, "AM"),
        12 => (12, "PM"),
        hour => (hour - 12, "PM"),
    };
    format!("{hour}:{:02} {half}", at.minute())
}

/// `2026-12-20T10:00:00Z`: v1's wall time elsewhere, digits with a `Z` that means nothing (Q11).
pub(super) fn v1_digits(at: DateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// RFC 3339 with the zone's offset.
pub(super) fn rfc3339(at: &Zoned) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kolkata() -> TimeZone {
        TimeZone::get("Asia/Kolkata").unwrap()
    }

    #[test]
    fn the_three_forms_of_v1_are_one_instant() {
        let forms = [
            "2026-12-18T09:00:00Z",
            "2026-12-18T09:00:00+00:00",
            "2026-12-18T09:00:00",
        ];
        for form in forms {
            assert_eq!(utc(form).unwrap().to_string(), "2026-12-18T09:00:00Z", "{form}");
        }
        assert_eq!(
            utc("2026-11-22T00:37:22.930354").unwrap().to_string(),
            "2026-11-22T00:37:22.930354Z"
        );
        assert_eq!(utc("yesterday"), None);
        assert_eq!(utc(""), None);
    }

    #[test]
    fn s28_a_v1_booking_shows_the_digits_of_the_wire_in_the_centres_zone() {
        for form in [
            "2026-12-18T10:00:00Z",
            "2026-12-18T10:00:00+00:00",
            "2026-12-18T10:00:00",
        ] {
            assert_eq!(
                wall(form, &kolkata()).unwrap().to_string(),
                "2026-12-18T10:00:00+05:30[Asia/Kolkata]",
                "{form}"
            );
        }
    }

    #[test]
    fn s28_a_gap_and_an_overlap_from_the_server_are_read_and_not_refused() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        assert_eq!(
            wall("2026-03-29T02:30:00Z", &berlin).unwrap().to_string(),
            "2026-03-29T03:30:00+02:00[Europe/Berlin]"
        );
        assert_eq!(
            wall("2026-10-25T02:30:00Z", &berlin).unwrap().to_string(),
            "2026-10-25T02:30:00+02:00[Europe/Berlin]"
        );
    }

    #[test]
    fn s28_a_v2_booking_is_in_the_zone_it_names() {
        assert_eq!(
            zoned("2026-12-18T10:00:00+05:30", Some("Asia/Kolkata"))
                .unwrap()
                .to_string(),
            "2026-12-18T10:00:00+05:30[Asia/Kolkata]"
        );
        // The later of the two 02:30s.
        assert_eq!(
            zoned("2026-10-25T02:30:00+01:00", Some("Europe/Berlin"))
                .unwrap()
                .to_string(),
            "2026-10-25T02:30:00+01:00[Europe/Berlin]"
        );
    }

    #[test]
    fn an_unknown_zone_becomes_the_offset_of_the_text() {
        for zone in [Some("Mars/Olympus"), None] {
            assert_eq!(
                zoned("2026-12-18T10:00:00+05:30", zone).unwrap().to_string(),
                "2026-12-18T10:00:00+05:30[+05:30]"
            );
        }
        assert_eq!(
            zoned("2026-12-18T10:00:00", Some("Asia/Kolkata")),
            None,
            "v2 always has an offset"
        );
    }

    #[test]
    fn where_the_rules_for_a_zone_disagree_the_digits_win_except_in_plain_utc() {
        assert_eq!(
            zoned("2026-12-18T10:00:00+06:00", Some("Asia/Kolkata"))
                .unwrap()
                .to_string(),
            "2026-12-18T10:00:00+05:30[Asia/Kolkata]"
        );
        assert_eq!(
            zoned("2026-12-18T04:30:00Z", Some("Asia/Kolkata"))
                .unwrap()
                .to_string(),
            "2026-12-18T10:00:00+05:30[Asia/Kolkata]"
        );
    }

    #[test]
    fn v1_gets_its_own_forms() {
        let at = |hour| jiff::civil::date(2026, 1, 5).at(hour, 5, 0, 0);
        assert_eq!(v1_date(at(0)), "01/05/2026");
        let times: Vec<String> = [0, 9, 12, 15, 23]
            .into_iter()
            .map(|hour| v1_time(at(hour)))
            .collect();
        assert_eq!(times, ["12:05 AM", "9:05 AM", "12:05 PM", "3:05 PM", "11:05 PM"]);
        assert_eq!(v1_digits(at(9)), "2026-01-05T09:05:00Z");
        let there = at(9).to_zoned(kolkata()).unwrap();
        assert_eq!(rfc3339(&there), "2026-01-05T09:05:00+05:30");
    }

    #[test]
    fn a_date_is_read_with_and_without_a_time() {
        for text in ["2025-10-18", "2025-10-18T00:35:01.056465+00:00"] {
            assert_eq!(date(text), Some(jiff::civil::date(2025, 10, 18)));
        }
        assert_eq!(date("18.10.25"), None);
    }
}
