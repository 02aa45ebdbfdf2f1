//! Small things that several screens show the same way: a health, a prediction, a booking in one line.

use jiff::Timestamp;

use super::pending::Pending;
use super::text::Text;
use super::values::{Quantity, Tone, Unit, WallTime};
use super::words;
use crate::model::{Booking, BookingId, BookingStatus, Health, Prediction};

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
            score: Quantity {
                value: health.score,
                decimals: 0,
                unit: Unit::Plain,
            },
            text,
            tone,
        }
    }
}

impl PredictionMark {
    pub(crate) fn of(prediction: &Prediction, now: Timestamp) -> Self {
        let (severity, tone) = words::severity(&prediction.severity);
        Self {
            component: words::component(&prediction.component),
            probability: Quantity {
                value: prediction.failure_probability * 100.0,
                decimals: 0,
                unit: Unit::Percent,
            },
            severity,
            tone,
            days_left: days_left(prediction, now).map(|days| Quantity {
                value: f64::from(u32::try_from(days).unwrap_or(u32::MAX)),
                decimals: 0,
                unit: Unit::Days,
            }),
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

const SECONDS_A_DAY: i64 = 86_400;

/// Whole days left, counted from when it was predicted; 0 once they are over.
pub(crate) fn days_left(prediction: &Prediction, now: Timestamp) -> Option<i64> {
    let days = prediction.days_to_failure?;
    let gone = prediction
        .predicted_at
        .map_or(0, |at| now.duration_since(at).as_secs().max(0) / SECONDS_A_DAY);
    Some(days.saturating_sub(gone).max(0))
}

/// When the days left are one fewer.
pub(crate) fn day_changes_at(prediction: &Prediction, now: Timestamp) -> Option<Timestamp> {
    let at = prediction.predicted_at?;
    if days_left(prediction, now)? == 0 {
        return None;
    }
    let gone = now.duration_since(at).as_secs().max(0) / SECONDS_A_DAY;
    let next = at.as_second().checked_add((gone + 1) * SECONDS_A_DAY)?;
    Timestamp::from_second(next).ok()
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
            (5, Some("2026-11-01T00:00:00Z"), 0, None),
            // A server whose clock is ahead of this device's.
            (5, Some("2026-12-10T13:00:00Z"), 5, Some("2026-12-11T13:00:00Z")),
        ] {
            let prediction = prediction(days, predicted_at);
            assert_eq!(days_left(&prediction, now), Some(left), "{predicted_at:?}");
            let changes_at = changes_at.map(|at: &str| at.parse().unwrap());
            assert_eq!(day_changes_at(&prediction, now), changes_at, "{predicted_at:?}");
        }
    }
}
