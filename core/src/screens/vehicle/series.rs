//! What the sensors said while somebody looked: the server gives the latest only.
//!
//! Promised: at most so many, in the order of their times, none twice. Not promised: that they outlive the screen.

use std::collections::VecDeque;

use jiff::Timestamp;

use crate::model::Telemetry;

/// So many are kept.
const MOST: usize = 120;

/// The readings that were seen, the newest last.
#[derive(Default)]
pub(super) struct Series(VecDeque<(Timestamp, Telemetry)>);

impl Series {
    /// Takes note of what was measured. What is not newer than the last is the last, or came late.
    pub(super) fn note(&mut self, telemetry: &Telemetry) {
        let Some(at) = telemetry.measured_at else {
            return;
        };
        if self.0.back().is_some_and(|(last, _)| *last >= at) {
            return;
        }
        if self.0.len() == MOST {
            self.0.pop_front();
        }
        self.0.push_back((at, telemetry.clone()));
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// What one sensor said, and when.
    pub(super) fn values(&self, of: fn(&Telemetry) -> Option<f64>) -> Vec<(Timestamp, f64)> {
        let seen = self.0.iter();
        seen.filter_map(|(at, telemetry)| Some((*at, of(telemetry)?)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(second: i64, speed: Option<f64>) -> Telemetry {
        Telemetry {
            measured_at: Timestamp::from_second(second).ok(),
            speed_kmh: speed,
            ..Telemetry::default()
        }
    }

    fn speeds(series: &Series) -> Vec<(i64, f64)> {
        let values = series.values(|one| one.speed_kmh);
        values
            .iter()
            .map(|(at, value)| (at.as_second(), *value))
            .collect()
    }

    #[test]
    fn a_series_is_in_order_and_has_nothing_twice() {
        let mut series = Series::default();
        for (second, speed) in [
            (10, Some(1.0)),
            (10, Some(9.0)),
            (5, Some(9.0)),
            (20, None),
            (30, Some(2.0)),
        ] {
            series.note(&reading(second, speed));
        }
        series.note(&Telemetry {
            speed_kmh: Some(9.0),
            ..Telemetry::default()
        });
        assert_eq!(speeds(&series), [(10, 1.0), (30, 2.0)]);
        series.clear();
        assert_eq!(speeds(&series), []);
    }

    #[test]
    fn s29_a_series_keeps_the_newest_of_too_many() {
        let mut series = Series::default();
        for second in 0..500 {
            series.note(&reading(second, Some(0.0)));
        }
        let kept = speeds(&series);
        assert_eq!((kept.len(), kept[0].0, kept[MOST - 1].0), (120, 380, 499));
    }
}
