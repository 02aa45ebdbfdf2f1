//! What a run says, and the only place that says it.

mod age;
mod printer;
mod show;
mod table;
mod write;

pub(crate) use age::{Asked, when};
pub(crate) use printer::Printer;
pub(crate) use show::{health, health_short, km, number, one_of, words};
pub(crate) use table::{Table, plain};
pub(crate) use write::{as_typed, at_the_centre, bytes, outcome, state, what};

use serde_json::Value;

use crate::failure::Failure;

/// What a command found out: for a person and for a program.
#[derive(Debug)]
pub(crate) struct Answer {
    /// For a person, lines without a newline at the end.
    pub(crate) text: String,
    /// For a program: an object.
    pub(crate) json: Value,
    /// What failed beside it (some of many calls at once); decides the exit code.
    pub(crate) failure: Option<Failure>,
}

impl Answer {
    /// An answer with nothing wrong about it.
    pub(crate) fn new(text: impl Into<String>, json: Value) -> Self {
        Self {
            text: text.into(),
            json,
            failure: None,
        }
    }
}
