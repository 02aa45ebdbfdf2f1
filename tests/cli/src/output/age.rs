//! How old an answer is and why, in a line such as "as of yesterday 18:04, offline".

use jiff::{Timestamp, tz::TimeZone};
use pmi_core::Error;
use pmi_core::model::{Origin, Snapshot};
use serde_json::{Value, json};

use crate::failure::Failure;

/// Where an answer came from, apart from the answer.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    origin: Origin,
    fetched_at: Timestamp,
    stale: bool,
    refresh_error: Option<Error>,
    /// Whether the person asked not to use the network.
    offline: bool,
}

impl Asked {
    /// Of a snapshot, read with or without `--offline`.
    pub(crate) fn of<T>(snapshot: &Snapshot<T>, offline: bool) -> Self {
        Self {
            origin: snapshot.origin,
            fetched_at: snapshot.fetched_at,
            stale: snapshot.stale,
            refresh_error: snapshot.refresh_error.clone(),
            offline,
        }
    }

    /// The line under a table; none if the server has just answered.
    pub(crate) fn footer(&self, now: Timestamp, zone: &TimeZone) -> Option<String> {
        if self.origin == Origin::Network {
            return None;
        }
        let mut line = format!("as of {}", when(self.fetched_at, now, zone));
        match &self.refresh_error {
            Some(Error::Offline { reason, .. }) => line.push_str(&format!(", offline: {reason}")),
            Some(error) => line.push_str(&format!(", not refreshed: {error}")),
            None if self.offline => line.push_str(", offline as asked"),
            None => line.push_str(", from this device"),
        }
        if self.stale {
            line.push_str(" (may be out of date)");
        }
        Some(line)
    }

    /// The document around the value.
    pub(crate) fn document(&self, value: Value, now: Timestamp) -> Value {
        json!({
            "value": value,
            "origin": self.origin,
            "fetched_at": self.fetched_at,
            "age_seconds": now.duration_since(self.fetched_at).as_secs().max(0),
            "stale": self.stale,
            "refresh_error": self.refresh_error.clone().map(|error| Failure::from(error).json()),
        })
    }
}

/// A time as a person says it: `today 18:04`, `yesterday 18:04`, `Tue 2026-11-17 18:04`.
pub(crate) fn when(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (then, now) = (at.to_zoned(zone.clone()), now.to_zoned(zone.clone()));
    let day = if then.date() == now.date() {
        "today".to_owned()
    } else if now
        .date()
        .yesterday()
        .is_ok_and(|yesterday| yesterday == then.date())
    {
        "yesterday".to_owned()
    } else {
        then.strftime("%a %Y-%m-%d").to_string()
    };
    format!("{day} {}", then.strftime("%H:%M"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use pmi_core::error::OfflineReason;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    fn kolkata() -> TimeZone {
        TimeZone::get("Asia/Kolkata").expect("bundled")
    }

    fn asked(origin: Origin, refresh_error: Option<Error>) -> Asked {
        Asked {
            origin,
            fetched_at: at("2026-11-21T12:34:00Z"),
            stale: false,
            refresh_error,
            offline: false,
        }
    }

    #[test]
    fn a_time_is_said_by_the_persons_own_days() {
        let say = |now| when(at("2026-11-21T12:34:00Z"), at(now), &kolkata());
        assert_eq!(say("2026-11-21T18:29:00Z"), "today 18:04");
        assert_eq!(say("2026-11-21T18:31:00Z"), "yesterday 18:04");
        assert_eq!(say("2026-11-24T00:00:00Z"), "Sat 2026-11-21 18:04");
    }

    #[test]
    fn an_old_answer_says_how_old_and_why() {
        let now = at("2026-11-22T06:00:00Z");
        let lost = Error::Offline {
            why: OfflineReason::Connect,
            reason: "no route".to_owned(),
        };
        let say = |asked: &Asked| asked.footer(now, &kolkata());
        assert_eq!(
            say(&asked(Origin::Disk, Some(lost))).as_deref(),
            Some("as of yesterday 18:04, offline: no route")
        );
        let mut by_request = asked(Origin::Disk, None);
        by_request.offline = true;
        by_request.stale = true;
        assert_eq!(
            say(&by_request).as_deref(),
            Some("as of yesterday 18:04, offline as asked (may be out of date)")
        );
        assert_eq!(say(&asked(Origin::Network, None)), None);
    }

    #[test]
    fn an_answer_from_the_future_is_zero_seconds_old() {
        let document = asked(Origin::Disk, None).document(json!([]), at("2026-11-20T00:00:00Z"));
        assert_eq!(document["age_seconds"], 0);
        assert_eq!(document["origin"], "disk");
    }
}
