//! A reading's values as places on a chart: a square of side one whose y grows downwards, which a shell stretches as it likes.
//!
//! Promised: every place is inside the square, whatever was measured; a gauge's ends are its top and bottom, and without one what was
//! measured and what is good fill the height. Pure.

use jiff::Timestamp;

use super::reading::{ChartBand, ReadingPoint, ReadingRange};

/// Of values of one or several times: in the middle.
const MIDDLE: f64 = 0.5;

/// The heights a chart shows.
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    fn of(values: &[(Timestamp, f64)], good: Option<ReadingRange>, gauge: Option<ReadingRange>) -> Self {
        if let Some(ReadingRange {
            from: Some(low),
            to: Some(high),
        }) = gauge
        {
            return Self { low, high };
        }
        let ends = good.into_iter().flat_map(|good| [good.from, good.to]).flatten();
        let all = values.iter().map(|(_, value)| *value).chain(ends);
        let around = Self {
            low: f64::INFINITY,
            high: f64::NEG_INFINITY,
        };
        all.fold(around, |scale, value| Self {
            low: scale.low.min(value),
            high: scale.high.max(value),
        })
    }

    fn y(&self, value: f64) -> f64 {
        let height = self.high - self.low;
        if height > 0.0 && height.is_finite() {
            (1.0 - (value - self.low) / height).clamp(0.0, 1.0)
        } else {
            MIDDLE
        }
    }
}

/// The values in their places, the newest rightmost; and where between top and bottom what is good lies.
pub(super) fn placed(
    values: &[(Timestamp, f64)],
    good: Option<ReadingRange>,
    gauge: Option<ReadingRange>,
) -> (Vec<ReadingPoint>, Option<ChartBand>) {
    let scale = Scale::of(values, good, gauge);
    let seconds = |from: Timestamp, to: Timestamp| to.duration_since(from).as_secs_f64();
    let first = values.first().map(|(at, _)| *at);
    let last = values.last().map(|(at, _)| *at);
    let span = first.zip(last).map_or(0.0, |(first, last)| seconds(first, last));
    let x = |at: Timestamp| match first {
        Some(first) if span > 0.0 => (seconds(first, at) / span).clamp(0.0, 1.0),
        _ => 1.0,
    };
    let point = |(at, value): &(Timestamp, f64)| ReadingPoint {
        at: *at,
        value: *value,
        x: x(*at),
        y: scale.y(*value),
    };
    let band = good.map(|good| ChartBand {
        top: good.to.map_or(0.0, |to| scale.y(to)),
        bottom: good.from.map_or(1.0, |from| scale.y(from)),
    });
    (values.iter().map(point).collect(), band)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(values: &[(i64, f64)]) -> Vec<(Timestamp, f64)> {
        let at = |second| Timestamp::from_second(second).unwrap();
        values
            .iter()
            .map(|(second, value)| (at(*second), *value))
            .collect()
    }

    fn range(from: Option<f64>, to: Option<f64>) -> Option<ReadingRange> {
        Some(ReadingRange { from, to })
    }

    fn places(points: &[ReadingPoint]) -> Vec<(f64, f64)> {
        points.iter().map(|point| (point.x, point.y)).collect()
    }

    #[test]
    fn what_was_measured_fills_the_square_and_the_newest_is_rightmost() {
        let (points, band) = placed(&at(&[(10, 1.0), (15, 3.0), (30, 2.0)]), None, None);
        assert_eq!(places(&points), [(0.0, 1.0), (0.25, 0.0), (1.0, 0.5)]);
        assert_eq!(band, None);
    }

    #[test]
    fn what_is_good_belongs_to_the_height_and_an_open_end_goes_to_the_edge() {
        let (points, band) = placed(&at(&[(0, 20.0), (1, 40.0)]), range(Some(30.0), None), None);
        assert_eq!(places(&points), [(0.0, 1.0), (1.0, 0.0)]);
        assert_eq!(
            band,
            Some(ChartBand {
                top: 0.0,
                bottom: 0.5
            })
        );
        let (points, band) = placed(&at(&[(0, 50.0)]), range(None, Some(100.0)), None);
        assert_eq!(places(&points), [(1.0, 1.0)]);
        assert_eq!(
            band,
            Some(ChartBand {
                top: 0.0,
                bottom: 1.0
            })
        );
    }

    #[test]
    fn a_gauge_has_its_own_height_and_nothing_leaves_it() {
        let gauge = range(Some(0.0), Some(100.0));
        let (points, _) = placed(&at(&[(0, 25.0), (1, 130.0), (2, -5.0)]), None, gauge);
        assert_eq!(places(&points), [(0.0, 0.75), (0.5, 0.0), (1.0, 1.0)]);
    }

    #[test]
    fn one_value_stands_rightmost_in_the_middle_and_none_is_no_chart() {
        let (points, _) = placed(&at(&[(0, 7.0)]), None, None);
        assert_eq!(places(&points), [(1.0, 0.5)]);
        assert_eq!(placed(&[], None, None), (Vec::new(), None));
        let (endless, _) = placed(&at(&[(0, f64::MAX), (1, f64::MIN)]), None, None);
        assert_eq!(places(&endless), [(0.0, 0.5), (1.0, 0.5)]);
    }
}
