//! Writes to standard output and standard error, for a person or for a program. The only file that prints.

use std::io::Write as _;

use serde_json::{Value, json};

use super::Answer;
use super::table::plain_lines;
use crate::exit::Exit;
use crate::failure::Failure;

/// Writes what a run says. A reader that went away (`pmi vehicles | head -1`) is no error.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Printer {
    json: bool,
}

impl Printer {
    /// For a program (`true`) or a person.
    pub(crate) fn new(json: bool) -> Self {
        Self { json }
    }

    /// Whether a program reads.
    pub(crate) fn is_json(self) -> bool {
        self.json
    }

    /// Prints what a command found out, and what failed beside it.
    pub(crate) fn answer(self, answer: &Answer) -> Exit {
        if self.json {
            self.document(&answer.json);
        } else {
            self.text(&answer.text);
        }
        answer
            .failure
            .as_ref()
            .map_or(Exit::Ok, |failure| self.failure(failure))
    }

    /// Prints lines for a person.
    pub(crate) fn text(self, text: &str) {
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "{}", plain_lines(text.trim_end_matches('\n')));
        let _ = out.flush();
    }

    /// Prints a JSON document on one line.
    pub(crate) fn document(self, value: &Value) {
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "{value}");
        let _ = out.flush();
    }

    /// A remark beside the answer, for a person only: standard error of `--json` holds nothing but an error.
    pub(crate) fn remark(self, text: &str) {
        if !self.json {
            let _ = writeln!(std::io::stderr().lock(), "note: {}", plain_lines(text));
        }
    }

    /// Prints why a run failed and gives what to leave with.
    pub(crate) fn failure(self, failure: &Failure) -> Exit {
        let mut err = std::io::stderr().lock();
        if self.json {
            let _ = writeln!(err, "{}", json!({"error": failure.json()}));
        } else {
            let _ = writeln!(err, "error: {}", plain_lines(&failure.message));
            for problem in failure.problems() {
                let _ = writeln!(err, "  {}", plain_lines(&problem));
            }
            if let Some(hint) = &failure.hint {
                let _ = writeln!(err, "  try: {}", plain_lines(hint));
            }
            if let Some(id) = failure.details.get("request_id").and_then(Value::as_str) {
                let _ = writeln!(err, "  for support: request {}", plain_lines(id));
            }
        }
        failure.exit
    }
}
