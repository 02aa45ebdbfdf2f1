//! A million answers in the cache (scenario 29): what they take under the default cap, and what a read costs without one.
//!
//! The client is the real one, signed in at the real server; only the answers about vehicles come from a copy of one that the
//! server gave, under as many ids as are wanted. It promises nothing about a phone's flash: every page was written a moment ago
//! and is in the system's memory.
//!
//! ```sh
//! cargo run --release -p pmi-bench -- cache           # 1,000,000 answers, twice: about ten minutes and 5 GB of disk
//! cargo run --release -p pmi-bench -- cache 20000     # so many
//! ```

mod copies;
mod floor;

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use pmi_core::model::{Freshness, Origin, VehicleDetails, VehicleId};
use pmi_core::ports::{HttpClient, HttpClientConfig};
use pmi_core::{ClientConfig, PmiClient};

use crate::Outcome;
use crate::measure::Samples;
use crate::stage::Stage;
use copies::Copies;
use floor::Floor;

/// How many, unless told otherwise.
const ANSWERS: i64 = 1_000_000;

/// The ids of the copies begin above those of any vehicle.
const FIRST: i64 = 1_000_000;

/// With this many rows reads are measured.
const POINTS: [i64; 4] = [1_000, 10_000, 100_000, 1_000_000];

/// How many reads.
const READS: usize = 5_000;

/// Runs it and prints its tables.
pub(crate) fn run(args: &[String]) -> Outcome {
    let answers = args.first().map_or(Ok(ANSWERS), |text| text.parse())?;
    let stage = Stage::build()?;
    let mut out = std::io::stdout().lock();
    under_the_cap(&stage, answers, &mut out)?;
    without_a_cap(&stage, answers, &mut out)
}

fn under_the_cap(stage: &Stage, answers: i64, out: &mut impl Write) -> Outcome {
    let device = Device::new(stage, "capped", None);
    let client = device.open()?;
    let answer = device.ask(&client, 0)?;
    let mut floor = Floor::in_a_file_of_its_own(&stage.fresh("floor", 1), &answer)?;
    let (mut put, mut insert, mut most) = (Samples::default(), Samples::default(), 0);
    for number in 0..answers {
        drop(put.time(|| device.ask(&client, number))?);
        most = most.max(taken(device.dir())?);
        // A tenth of them is enough of a floor.
        if number % 10 == 0 {
            insert.time(|| floor.insert())?;
        }
    }
    let after = taken(device.dir())?;
    client.close();
    let client = device.open()?;
    let kept = kept(&device, &client, answers)?;
    client.close();
    let closed = taken(device.dir())?;
    let bytes = floor.plain();
    writeln!(
        out,
        "{answers} answers of {bytes} bytes under the default cap of 64,000,000 bytes"
    )?;
    writeln!(
        out,
        "  file, WAL and index: at most {most} bytes, {after} in the end, {closed} when closed"
    )?;
    writeln!(out, "  kept: the latest {kept}")?;
    writeln!(out, "  ask and keep one: {}", percentiles(&put))?;
    writeln!(out, "  floor, INSERT as many bytes: {}", percentiles(&insert))?;
    Ok(())
}

/// How many of the latest answers there are. Fails if there is a gap in them.
fn kept(device: &Device<'_>, client: &PmiClient, answers: i64) -> Outcome<i64> {
    let there = |number| device.read(client, number).map(|origin| origin.is_some());
    let (mut gone, mut first) = (-1, answers);
    while first - gone > 1 {
        let middle = gone + (first - gone) / 2;
        if there(middle)? {
            first = middle;
        } else {
            gone = middle;
        }
    }
    for number in (first..answers).step_by(97) {
        if !there(number)? {
            return Err("there is a gap in what is kept".into());
        }
    }
    Ok(answers - first)
}

fn without_a_cap(stage: &Stage, answers: i64, out: &mut impl Write) -> Outcome {
    let device = Device::new(stage, "lifted", Some(1_000_000_000_000));
    let mut stored = 0;
    writeln!(
        out,
        "with the cap lifted, reads of any one from disk, and a floor: SELECT by key, unseal, decode"
    )?;
    for point in POINTS.into_iter().filter(|point| *point <= answers) {
        let client = device.open()?;
        let answer = device.ask(&client, stored)?;
        for number in stored + 1..point {
            device.ask(&client, number)?;
        }
        stored = point;
        client.close();
        let client = device.open()?;
        let mut floor = Floor::on_the_cache(&device.dir().join("cache.sqlite3"), READS, point, &answer)?;
        let (mut reads, mut floors) = (Samples::default(), Samples::default());
        let mut random = numbers(point);
        while reads.len() < READS {
            let number = i64::try_from(random() % u64::try_from(point)?)?;
            let mut one = Samples::default();
            match one.time(|| device.read(&client, number))? {
                Some(Origin::Disk) => reads.push(one.last()),
                Some(_) => continue,
                None => return Err("an answer is gone".into()),
            }
            drop(floors.time(|| floor.read())?);
        }
        writeln!(
            out,
            "  {point:>9} rows, {:>6.1} MB: {} | floor {}",
            taken(device.dir())? as f64 / 1e6,
            percentiles(&reads),
            percentiles(&floors)
        )?;
        drop(floor);
        client.close();
    }
    Ok(())
}

/// Numbers that differ, and are the same in each run (xorshift).
fn numbers(seed: i64) -> impl FnMut() -> u64 {
    let mut state = seed.unsigned_abs() | 1;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    }
}

fn percentiles(samples: &Samples) -> String {
    let us = |percent| samples.percentile(percent).as_secs_f64() * 1e6;
    let longest: Duration = samples.percentile(100);
    format!(
        "p50 {:.0} us, p99 {:.0} us, longest {:.1} ms",
        us(50),
        us(99),
        longest.as_secs_f64() * 1e3
    )
}

/// Bytes of the file and what belongs to it.
fn taken(dir: &Path) -> Outcome<u64> {
    let mut bytes = 0;
    for name in ["cache.sqlite3", "cache.sqlite3-wal", "cache.sqlite3-shm"] {
        bytes += match std::fs::metadata(dir.join(name)) {
            Ok(file) => file.len(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => 0,
            Err(error) => return Err(error.into()),
        };
    }
    Ok(bytes)
}

/// A device with a cache of its own.
struct Device<'a> {
    stage: &'a Stage,
    config: ClientConfig,
}

impl<'a> Device<'a> {
    fn new(stage: &'a Stage, name: &str, cap: Option<u64>) -> Self {
        let mut config = ClientConfig {
            cache_dir: stage.fresh(name, 0),
            ..stage.config(&stage.device())
        };
        config.cache_cap = cap.unwrap_or(config.cache_cap);
        Self { stage, config }
    }

    fn dir(&self) -> &Path {
        &self.config.cache_dir
    }

    fn open(&self) -> Outcome<PmiClient> {
        let network = Copies::new(
            Arc::new(HttpClient::new(HttpClientConfig::default())?),
            self.stage.vehicle(),
            FIRST,
        );
        Ok(PmiClient::open(
            &self.config,
            self.stage.ports(Arc::new(network)),
        )?)
    }

    /// Has the answer of this number sent and kept.
    fn ask(&self, client: &PmiClient, number: i64) -> Outcome<VehicleDetails> {
        let id = VehicleId(FIRST + number);
        let answer = self
            .stage
            .wait(client.vehicles().details(id, Freshness::NetworkOnly))?;
        if answer.origin == Origin::Network {
            return Ok(answer.value);
        }
        Err("it was not asked for".into())
    }

    /// Where the answer of this number is, if it is anywhere.
    fn read(&self, client: &PmiClient, number: i64) -> Outcome<Option<Origin>> {
        let id = VehicleId(FIRST + number);
        match self
            .stage
            .wait(client.vehicles().details(id, Freshness::CacheOnly))
        {
            Ok(answer) => Ok(Some(answer.origin)),
            Err(pmi_core::Error::Offline { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}
