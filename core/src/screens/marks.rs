//! Small things that several screens show the same way: a health, a prediction, a booking in one line.

use jiff::{SignedDuration, Timestamp};

use super::pending::Pending;
use super::text::Text;
use super::values::{Quantity, Tone, Unit, WallTime};
use super::words;
use crate::model::{Booking, BookingId, BookingStatus, Health, Issue, Prediction};

/// How a vehicle or one of its components is doing.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct HealthMark {
    /// 0 to 100.
    pub score: Quantity,
    /// In a word.
    pub text: Text,
    /// What it is drawn in.
    pub tone: Tone,
}

/// Something that is predicted to fail.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct PredictionMark {
    /// Which component.
    pub component: Text,
    /// How likely, in percent.
    pub probability: Quantity,
    /// How bad, in a word.
    pub severity: Text,
    /// What it is drawn in.
    pub tone: Tone,
    /// Days that are left today, where the server said when; 0 if the day has come.
    pub days_left: Option<Quantity>,
}

/// A booking in one line.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct BookingMark {
    /// Its id.
    pub id: BookingId,
    /// What is to be done.
    pub service: Text,
    /// When, with the digits of the centre's clock.
    pub starts_at: WallTime,
    /// Where it stands.
    pub status: Text,
    /// What that is drawn in.
    pub tone: Tone,
    /// The write about it that is not done, if there is one.
    pub pending: Option<Pending>,
}

impl From<&Health> for HealthMark {
    fn from(health: &Health) -> Self {
        let (text, tone) = words::health(&health.status);
        Self {
            score: Quantity::whole(health.score, Unit::Plain),
            text,
            tone,
        }
    }
}

impl PredictionMark {
    pub(crate) fn of(prediction: &Prediction, now: Timestamp) -> Self {
        let (severity, tone) = words::severity(&prediction.severity);
        let foreseen = Foreseen::from(prediction);
        Self {
            component: words::component(&prediction.component),
            probability: likely(prediction.failure_probability),
            severity,
            tone,
            days_left: foreseen.days_left(now).map(in_days),
        }
    }
}

impl From<&Booking> for BookingMark {
    fn from(booking: &Booking) -> Self {
        let (status, tone) = words::booking_status(&booking.status);
        Self {
            id: booking.id.clone(),
            service: words::service(&booking.service),
            starts_at: WallTime::from(&booking.starts_at),
            status,
            tone,
            pending: booking.pending.as_deref().and_then(Pending::of),
        }
    }
}

/// Whether it is still to come, or going on.
pub(crate) fn is_upcoming(booking: &Booking, now: Timestamp) -> bool {
    match booking.status {
        BookingStatus::Completed | BookingStatus::Cancelled => false,
        BookingStatus::InProgress => true,
        BookingStatus::Scheduled | BookingStatus::Confirmed | BookingStatus::Unknown(_) => {
            booking.starts_at.timestamp() >= now
        }
    }
}

/// 0 to 1 in percent.
pub(crate) fn likely(probability: f64) -> Quantity {
    Quantity::whole(probability * 100.0, Unit::Percent)
}

/// Days as they are shown.
pub(crate) fn in_days(days: i64) -> Quantity {
    Quantity::whole(f64::from(u32::try_from(days).unwrap_or(u32::MAX)), Unit::Days)
}

const SECONDS_A_DAY: i64 = 86_400;

/// A failure that is to come in so many days from when it was predicted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Foreseen {
    days: Option<i64>,
    at: Option<Timestamp>,
}

impl From<&Prediction> for Foreseen {
    fn from(prediction: &Prediction) -> Self {
        Self {
            days: prediction.days_to_failure,
            at: prediction.predicted_at,
        }
    }
}

impl From<&Issue> for Foreseen {
    fn from(issue: &Issue) -> Self {
        Self {
            days: issue.days_to_failure,
            at: issue.predicted_at,
        }
    }
}

impl Foreseen {
    /// Whole days left, counted from when it was predicted; 0 once they are over.
    pub(crate) fn days_left(self, now: Timestamp) -> Option<i64> {
        Some(self.days?.saturating_sub(self.days_gone(now)).max(0))
    }

    /// When the days left are one fewer.
    pub(crate) fn changes_at(self, now: Timestamp) -> Option<Timestamp> {
        if self.days_left(now)? == 0 {
            return None;
        }
        let next = SignedDuration::from_secs((self.days_gone(now) + 1).checked_mul(SECONDS_A_DAY)?);
        self.at?.checked_add(next).ok()
    }

    fn days_gone(self, now: Timestamp) -> i64 {
        self.at
            .map_or(0, |at| now.duration_since(at).as_secs().max(0) / SECONDS_A_DAY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ComponentKind, Severity};

    fn prediction(days: i64, predicted_at: Option<&str>) -> Prediction {
        Prediction {
            id: None,
            component: ComponentKind::Brakes,
            failure_probability: 0.824,
            severity: Severity::High,
            days_to_failure: Some(days),
            predicted_at: predicted_at.map(|at| at.parse().unwrap()),
        }
    }

    #[test]
    fn days_left_count_from_the_prediction_and_end_at_none() {
        let now: Timestamp = "2026-12-10T12:00:00Z".parse().unwrap();
        for (days, predicted_at, left, changes_at) in [
            (5, None, 5, None),
            (5, Some("2026-12-10T11:00:00Z"), 5, Some("2026-12-11T11:00:00Z")),
            (5, Some("2026-12-08T11:00:00Z"), 3, Some("2026-12-11T11:00:00Z")),
            (
                5,
                Some("2026-12-08T11:00:00.056465Z"),
                3,
                Some("2026-12-11T11:00:00.056465Z"),
            ),
            (5, Some("2026-11-01T00:00:00Z"), 0, None),
            // A server whose clock is ahead of this device's.
            (5, Some("2026-12-10T13:00:00Z"), 5, Some("2026-12-11T13:00:00Z")),
        ] {
            let foreseen = Foreseen::from(&prediction(days, predicted_at));
            assert_eq!(foreseen.days_left(now), Some(left), "{predicted_at:?}");
            let changes_at: Option<Timestamp> = changes_at.map(|at: &str| at.parse().unwrap());
            assert_eq!(foreseen.changes_at(now), changes_at, "{predicted_at:?}");
            // Then, and not a moment later: who waits for it would wait again for no time at all.
            if let Some(then) = changes_at {
                assert_eq!(foreseen.days_left(then), Some(left - 1), "{predicted_at:?}");
                assert!(foreseen.changes_at(then).is_none_or(|next| next > then));
            }
        }
    }
}
