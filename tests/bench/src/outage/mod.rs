//! An outage, simulated: many devices on virtual time, their server down for ten minutes and back (scenario 16).
//!
//! The devices are real [`PmiClient`](pmi_core::PmiClient)s, files and all, on one thread and a clock that jumps to the next
//! timer; only the network is made up, and it asks a made-up server. Beside them the same persons do the same with a plain
//! client, and both do it once more with a server that is never down. It promises the same figures for the same seed; it
//! promises nothing about a server that slows down under load: this one answers as fast as ever, or not at all.
//!
//! ```sh
//! cargo run --release -p pmi-bench -- outage             # 2,000 devices and a v2 server: about a minute
//! cargo run --release -p pmi-bench -- outage 100 7 v1    # so many devices, from this seed, and a v1 server
//! ```

mod device;
mod plain;
mod plan;
mod report;
mod server;
mod simulate;
#[cfg(test)]
mod tests;
mod virtual_ports;
mod wire;

use std::io::Write as _;

use crate::{Outcome, USAGE};
use plan::Plan;
use server::Dialect;

/// How many, unless told otherwise.
const DEVICES: usize = 2000;
const SEED: u64 = 16;

/// Runs the simulation and prints its table.
pub(crate) fn run(args: &[String]) -> Outcome {
    let devices = args.first().map_or(Ok(DEVICES), |text| text.parse())?;
    let seed = args.get(1).map_or(Ok(SEED), |text| text.parse())?;
    simulate::allow_files(devices)?;
    let dialect = match args.get(2).map(String::as_str) {
        Some("v1") => Dialect::V1,
        Some("v2") | None => Dialect::V2,
        Some(_) => return Err(USAGE.into()),
    };
    let plan = Plan::draw(devices, seed);
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", report::preamble(&plan))?;
    let compared = simulate::compare(&plan, dialect)?;
    writeln!(out, "{}", report::table(&plan, dialect, &compared))?;
    Ok(())
}
