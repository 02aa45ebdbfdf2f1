//! An operation without the type of its output, for what sends one: that is then compiled once, and not for each operation
//! (it was a tenth of the library). The value waits here until it is taken.

use std::sync::{Mutex, PoisonError};

use super::{ApiError, Operation, Surroundings, WireAnswer, WireRequest};
use crate::error::{Error, Result};

/// An operation whose value is kept where it was asked for.
pub(crate) trait AnyOperation: Send + Sync {
    /// What to send.
    fn to_send(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError>;

    /// Reads the answer, and keeps its value.
    fn read(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<(), ApiError>;
}

/// One asking of one operation.
pub(crate) struct Asking<'a, O: Operation> {
    operation: &'a O,
    value: Mutex<Option<O::Output>>,
}

impl<'a, O: Operation> Asking<'a, O> {
    pub(crate) fn of(operation: &'a O) -> Self {
        Self {
            operation,
            value: Mutex::new(None),
        }
    }

    /// The value of the last good answer.
    pub(crate) fn value(self) -> Result<O::Output> {
        let value = self.value.into_inner().unwrap_or_else(PoisonError::into_inner);
        value.ok_or_else(|| Error::Internal {
            reason: "a good answer has no value".to_owned(),
        })
    }
}

impl<O: Operation> AnyOperation for Asking<'_, O> {
    fn to_send(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        self.operation.request(around)
    }

    fn read(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<(), ApiError> {
        let value = self.operation.decode(around, answer)?;
        *self.value.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
        Ok(())
    }
}
