//! The rows that were measured, as a table or as JSON.

use std::fmt::Write as _;
use std::time::Duration;

use serde::Serialize;

use crate::Outcome;
use crate::measure::Samples;

/// Everything measured so far, in order.
pub(crate) struct Report {
    load: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    name: &'static str,
    samples: usize,
    min_us: f64,
    p50_us: f64,
    p99_us: f64,
    /// Which row did the same work without the core.
    floor: Option<&'static str>,
    /// This row's p50 over the floor's.
    ratio: Option<f64>,
}

#[derive(Serialize)]
struct Document<'a> {
    /// Runnable processes in the last 1, 5 and 15 minutes when the run began and when it ended.
    load: [&'a str; 2],
    rows: &'a [Row],
}

impl Report {
    /// An empty one, which remembers how busy the machine is.
    pub(crate) fn new() -> Self {
        Self {
            load: load(),
            rows: Vec::new(),
        }
    }

    /// Adds a row that is a floor for others, or a part of one.
    pub(crate) fn floor(&mut self, name: &'static str, samples: &Samples) {
        self.add(name, samples, None);
    }

    /// Adds a row that is compared with one added before.
    pub(crate) fn row(&mut self, name: &'static str, samples: &Samples, floor: &'static str) {
        self.add(name, samples, Some(floor));
    }

    fn add(&mut self, name: &'static str, samples: &Samples, floor: Option<&'static str>) {
        let p50_us = us(samples.percentile(50));
        let below = floor.and_then(|floor| self.rows.iter().find(|row| row.name == floor));
        self.rows.push(Row {
            name,
            samples: samples.len(),
            min_us: us(samples.percentile(0)),
            p50_us,
            p99_us: us(samples.percentile(99)),
            floor,
            ratio: below.map(|floor| p50_us / floor.p50_us),
        });
    }

    /// One JSON document.
    pub(crate) fn json(&self) -> Outcome<String> {
        let document = Document {
            load: [&self.load, &load()],
            rows: &self.rows,
        };
        Ok(serde_json::to_string(&document)?)
    }

    /// A table for a person.
    pub(crate) fn table(&self) -> String {
        let mut text = format!("{:<46} {:>10} {:>10} {:>8}  of\n", "what", "p50", "p99", "ratio");
        for row in &self.rows {
            let (ratio, floor) = match (row.ratio, row.floor) {
                (Some(ratio), Some(floor)) => (format!("{ratio:.1}"), floor),
                _ => (String::new(), ""),
            };
            // Writing to a String does not fail.
            let _ = writeln!(
                text,
                "{:<46} {:>10} {:>10} {:>8}  {floor}",
                row.name,
                shown(row.p50_us),
                shown(row.p99_us),
                ratio
            );
        }
        let _ = write!(text, "load when it began {}, when it ended {}", self.load, load());
        text
    }
}

fn us(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}

fn shown(us: f64) -> String {
    match us {
        us if us < 10.0 => format!("{us:.2} us"),
        us if us < 1000.0 => format!("{us:.0} us"),
        us => format!("{:.2} ms", us / 1000.0),
    }
}

/// `0.10 0.20 0.30`, where the system says so.
fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let words: Vec<&str> = text.split_whitespace().take(3).collect();
    if words.is_empty() {
        "unknown".to_owned()
    } else {
        words.join(" ")
    }
}
