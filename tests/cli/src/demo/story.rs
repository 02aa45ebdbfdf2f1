//! Telling what happens, and checking what was promised.

use std::time::Instant;

use pmi_core::Error;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Printer;

/// Milliseconds since then, to a tenth.
pub(super) fn ms(since: Instant) -> f64 {
    (since.elapsed().as_secs_f64() * 10_000.0).round() / 10.0
}

/// Tells a person what happens; a program gets the facts at the end instead.
pub(super) struct Story {
    printer: Printer,
}

impl Story {
    /// For this reader.
    pub(super) fn new(printer: Printer) -> Self {
        Self { printer }
    }

    /// Tells something.
    pub(super) fn tell(&self, text: &str) {
        if !self.printer.is_json() {
            self.printer.text(text);
        }
    }

    /// Tells a step with how long it took.
    pub(super) fn step(&self, took_ms: f64, text: &str) {
        self.tell(&format!("{took_ms:>8.1} ms  {text}"));
    }

    /// Shows something under a step.
    pub(super) fn show(&self, lines: &str) {
        for line in lines.lines() {
            self.tell(format!("             {line}").trim_end());
        }
    }
}

/// A promise that did not hold.
pub(super) fn broken(promise: &str, found: impl std::fmt::Display) -> Failure {
    Failure::new(
        Exit::Internal,
        "broken_promise",
        format!("broken promise: {promise}; found: {found}"),
    )
}

/// Goes on only if the promise holds.
pub(super) fn keep(holds: bool, promise: &str, found: impl std::fmt::Display) -> Result<(), Failure> {
    if holds {
        Ok(())
    } else {
        Err(broken(promise, found))
    }
}

/// An error where there must be none is a broken promise.
pub(super) fn must(promise: &'static str) -> impl Fn(Error) -> Failure {
    move |error| broken(promise, error)
}
