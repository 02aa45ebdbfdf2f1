//! `pmi`: the desktop shell of the PMI client core.
//!
//! It shows what the core promises and adds nothing of its own: every command opens a [`PmiClient`](pmi_core::PmiClient),
//! asks one thing, prints it for a person (or, with `--json`, as one document) and leaves with one of the codes of [`exit`].
//!
//! ```text
//! args      what can be typed           app       one client, opened as the arguments say
//! exit      what a run ends with        failure   an error, in words and as JSON
//! commands  one file per noun           demo      the main job, told as a story with numbers
//! output    the only place that prints   clock     the client's clock, moved by tests
//! ```

mod app;
mod args;
mod clock;
mod commands;
mod demo;
mod dirs;
mod exit;
mod failure;
mod hints;
mod logs;
mod output;
mod password;
mod secrets;
mod trust;

use std::process::ExitCode;

use clap::Parser as _;

use crate::args::Cli;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Printer;

/// What is freed is wiped: whatever a dependency buffered of tokens, passwords and answers is gone with it (scenario 37).
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return unparsable(&error).into(),
    };
    let printer = Printer::new(cli.global.json);
    logs::start();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            let failure = Failure::internal(format!("the system gives no threads: {error}"));
            return printer.failure(&failure).into();
        }
    };
    runtime.block_on(commands::run(cli, printer)).into()
}

/// What was typed is no command. `--help` and `--version` come this way too, and are none of the caller's faults.
fn unparsable(error: &clap::Error) -> Exit {
    if !error.use_stderr() {
        Printer::new(false).text(&error.to_string());
        return Exit::Ok;
    }
    let json = std::env::args_os().any(|arg| arg == "--json");
    Printer::new(json).failure(&Failure::usage(error))
}
