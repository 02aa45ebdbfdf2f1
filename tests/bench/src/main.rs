//! What the core costs: opening a client, a read from disk, from memory, from the server, an expired token under a hundred
//! calls, and accepting a booking. The server is the real one, in this process.
//!
//! ```sh
//! cargo run --release -p pmi-bench             # a table
//! cargo run --release -p pmi-bench -- --json   # the same for a program, in microseconds
//! cargo run --release -p pmi-bench -- outage   # what 2,000 devices make of an outage: see `outage`
//! cargo run --release -p pmi-bench -- cache    # what a million answers take, and cost to read: see `cache`
//! ```
//!
//! Every figure stands beside a floor: the same work done with the bare libraries, measured in turn with it in the same
//! run, so that a busy machine slows both and the ratio still says something. It promises no more: on a shared machine
//! compare medians of several runs, and distrust a p99.

mod cache;
mod measure;
mod network;
mod open;
mod outage;
mod reads;
mod report;
mod stage;
mod writes;

use std::io::Write as _;

use report::Report;
use stage::Stage;

/// What a measurement ends with.
type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

const USAGE: &str = "usage: pmi-bench [--json] [--quick] | outage [DEVICES [SEED [v1|v2]]] | cache [ANSWERS]";

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments
        .split_first()
        .map(|(first, rest)| (first.as_str(), rest))
    {
        Some(("outage", rest)) => return outage::run(rest),
        Some(("cache", rest)) => return cache::run(rest),
        _ => {}
    }
    let (mut json, mut scale) = (false, 1);
    for argument in arguments {
        match argument.as_str() {
            "--json" => json = true,
            "--quick" => scale = 10,
            _ => return Err(USAGE.into()),
        }
    }
    let stage = Stage::build()?;
    let mut report = Report::new();
    open::measure(&stage, 200 / scale, &mut report)?;
    reads::measure(&stage, 300 / scale, &mut report)?;
    network::measure(&stage, 500 / scale, 30 / scale, &mut report)?;
    writes::measure(&stage, 300 / scale, &mut report)?;
    let text = if json { report.json()? } else { report.table() };
    writeln!(std::io::stdout().lock(), "{text}")?;
    Ok(())
}
