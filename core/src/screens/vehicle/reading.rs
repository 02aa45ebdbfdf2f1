//! What a vehicle's sensors say, each with its unit, and judged where the platform states what is good.
//!
//! The platform states three bounds, by the issues it raises: an engine above 105 degrees, a battery below 12.2 volts, oil below 30
//! psi. What it states nothing of is `Neutral`: this library knows no better than the platform.

use jiff::Timestamp;

use super::chart::placed;
use super::series::Series;
use crate::model::Telemetry;
use crate::screens::{Quantity, Text, TextKey, Tone, Unit};

/// One reading of one sensor.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct VehicleReading {
    /// Which sensor.
    pub kind: ReadingKind,
    /// What it is called.
    pub label: Text,
    /// What it said last.
    pub value: Quantity,
    /// What it is drawn in: `Neutral` where the platform does not state what is good.
    pub tone: Tone,
    /// What is good, where the platform states it. An end that is `None` is open.
    pub good: Option<ReadingRange>,
    /// What it can be, for a gauge: both ends are there. `None` where that is not known.
    pub gauge: Option<ReadingRange>,
    /// What it said since this screen was opened, the newest last, for a chart; at most 120.
    pub points: Vec<ReadingPoint>,
    /// Where on that chart what is good lies, where the platform states it.
    pub good_band: Option<ChartBand>,
}

/// Which sensor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum ReadingKind {
    /// Degrees Celsius.
    EngineTemperature,
    /// Degrees Celsius.
    CoolantTemperature,
    /// Pounds per square inch.
    OilPressure,
    /// Volts.
    BatteryVoltage,
    /// The platform's own measure; larger is worse.
    Vibration,
    /// Revolutions per minute.
    EngineSpeed,
    /// Kilometres per hour.
    Speed,
    /// Kilometres.
    Odometer,
    /// Percent.
    FuelLevel,
}

/// A range, in the unit of its reading.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct ReadingRange {
    /// Its lower end, which belongs to it.
    pub from: Option<f64>,
    /// Its upper end, which belongs to it.
    pub to: Option<f64>,
}

/// What a sensor said at one time.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct ReadingPoint {
    /// When, by the server's clock.
    pub at: Timestamp,
    /// What, in the unit of its reading.
    pub value: f64,
    /// How far right on the chart, 0 to 1: the newest is at 1.
    pub x: f64,
    /// How far down on the chart, 0 to 1.
    pub y: f64,
}

/// A part of a chart's height, each end 0 (top) to 1 (bottom).
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct ChartBand {
    /// Its upper end.
    pub top: f64,
    /// Its lower end.
    pub bottom: f64,
}

struct Sensor {
    kind: ReadingKind,
    label: TextKey,
    unit: Unit,
    decimals: u8,
    of: fn(&Telemetry) -> Option<f64>,
    /// What is good, and what it is called beyond that.
    stated: Option<(ReadingRange, Tone)>,
    gauge: Option<ReadingRange>,
}

impl Sensor {
    const fn new(
        kind: ReadingKind,
        label: TextKey,
        (unit, decimals): (Unit, u8),
        of: fn(&Telemetry) -> Option<f64>,
    ) -> Self {
        Self {
            kind,
            label,
            unit,
            decimals,
            of,
            stated: None,
            gauge: None,
        }
    }

    const fn good(mut self, range: ReadingRange, beyond: Tone) -> Self {
        self.stated = Some((range, beyond));
        self
    }

    const fn gauge(mut self, range: ReadingRange) -> Self {
        self.gauge = Some(range);
        self
    }
}

const fn at_most(to: f64) -> ReadingRange {
    ReadingRange {
        from: None,
        to: Some(to),
    }
}

const fn at_least(from: f64) -> ReadingRange {
    ReadingRange {
        from: Some(from),
        to: None,
    }
}

const HUNDREDTHS: ReadingRange = ReadingRange {
    from: Some(0.0),
    to: Some(100.0),
};

/// In the order in which they are shown.
#[rustfmt::skip]
const SENSORS: [Sensor; 9] = [
    Sensor::new(ReadingKind::EngineTemperature, TextKey::ReadingEngineTemperature, (Unit::Celsius, 1), |t| t.engine_temperature_c)
        .good(at_most(105.0), Tone::Warning),
    Sensor::new(ReadingKind::CoolantTemperature, TextKey::ReadingCoolantTemperature, (Unit::Celsius, 1), |t| t.coolant_temperature_c),
    Sensor::new(ReadingKind::OilPressure, TextKey::ReadingOilPressure, (Unit::Psi, 1), |t| t.oil_pressure_psi)
        .good(at_least(30.0), Tone::Critical),
    Sensor::new(ReadingKind::BatteryVoltage, TextKey::ReadingBatteryVoltage, (Unit::Volts, 1), |t| t.battery_voltage_v)
        .good(at_least(12.2), Tone::Warning),
    Sensor::new(ReadingKind::Vibration, TextKey::ReadingVibration, (Unit::Plain, 2), |t| t.vibration_level),
    Sensor::new(ReadingKind::EngineSpeed, TextKey::ReadingEngineSpeed, (Unit::RevolutionsPerMinute, 0), |t| t.engine_rpm),
    Sensor::new(ReadingKind::Speed, TextKey::ReadingSpeed, (Unit::KilometresPerHour, 0), |t| t.speed_kmh),
    Sensor::new(ReadingKind::Odometer, TextKey::ReadingOdometer, (Unit::Kilometres, 0), |t| t.odometer_km),
    Sensor::new(ReadingKind::FuelLevel, TextKey::ReadingFuelLevel, (Unit::Percent, 0), |t| t.fuel_level_percent)
        .gauge(HUNDREDTHS),
];

/// Each reading there is, with those before it.
pub(super) fn readings(latest: &Telemetry, series: &Series) -> Vec<VehicleReading> {
    let shown = SENSORS.iter().filter_map(|sensor| {
        let value = (sensor.of)(latest)?;
        let good = sensor.stated.map(|(range, _)| range);
        let (points, good_band) = placed(&series.values(sensor.of), good, sensor.gauge);
        Some(VehicleReading {
            kind: sensor.kind,
            label: sensor.label.into(),
            value: Quantity {
                value,
                decimals: sensor.decimals,
                unit: sensor.unit,
            },
            tone: tone(sensor, value),
            good,
            gauge: sensor.gauge,
            points,
            good_band,
        })
    });
    shown.collect()
}

fn tone(sensor: &Sensor, value: f64) -> Tone {
    let Some((good, beyond)) = sensor.stated else {
        return Tone::Neutral;
    };
    let is_good = good.from.is_none_or(|from| value >= from) && good.to.is_none_or(|to| value <= to);
    if is_good { Tone::Good } else { beyond }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_is_judged_where_the_platform_states_a_bound_and_nowhere_else() {
        let reading = |engine, oil, battery| Telemetry {
            engine_temperature_c: Some(engine),
            oil_pressure_psi: Some(oil),
            battery_voltage_v: Some(battery),
            coolant_temperature_c: Some(500.0),
            ..Telemetry::default()
        };
        for (latest, tones) in [
            (reading(105.0, 30.0, 12.2), [Tone::Good, Tone::Good, Tone::Good]),
            (
                reading(105.1, 29.9, 12.1),
                [Tone::Warning, Tone::Critical, Tone::Warning],
            ),
        ] {
            let shown = readings(&latest, &Series::default());
            let of = |kind| shown.iter().find(|one| one.kind == kind).expect("shown");
            let kinds = [
                ReadingKind::EngineTemperature,
                ReadingKind::OilPressure,
                ReadingKind::BatteryVoltage,
            ];
            assert_eq!(kinds.map(|kind| of(kind).tone), tones);
            let coolant = of(ReadingKind::CoolantTemperature);
            assert_eq!((coolant.tone, coolant.good), (Tone::Neutral, None));
            assert_eq!(shown.len(), 4, "what was not measured is not shown");
        }
    }

    #[test]
    fn every_reading_has_its_unit_and_they_stand_in_one_order() {
        let all = Telemetry {
            measured_at: None,
            engine_temperature_c: Some(1.0),
            coolant_temperature_c: Some(2.0),
            oil_pressure_psi: Some(3.0),
            battery_voltage_v: Some(4.0),
            vibration_level: Some(5.0),
            engine_rpm: Some(6.0),
            speed_kmh: Some(7.0),
            odometer_km: Some(8.0),
            fuel_level_percent: Some(9.0),
        };
        let shown = readings(&all, &Series::default());
        let values: Vec<f64> = shown.iter().map(|one| one.value.value).collect();
        assert_eq!(values, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]);
        assert!(shown.is_sorted_by_key(|one| one.kind));
        let units: Vec<Unit> = shown.iter().map(|one| one.value.unit).collect();
        let expected = [
            Unit::Celsius,
            Unit::Celsius,
            Unit::Psi,
            Unit::Volts,
            Unit::Plain,
            Unit::RevolutionsPerMinute,
            Unit::KilometresPerHour,
            Unit::Kilometres,
            Unit::Percent,
        ];
        assert_eq!(units, expected);
        let gauges: Vec<ReadingKind> = shown
            .iter()
            .filter(|one| one.gauge == Some(HUNDREDTHS))
            .map(|one| one.kind)
            .collect();
        assert_eq!(gauges, [ReadingKind::FuelLevel]);
    }
}
