//! For the tests of the languages: a defect to be called, because a panic that crosses the border must be an error there, and a
//! count of what is alive. In a release nothing of it can be called.

use std::sync::atomic::{AtomicU64, Ordering};

#[cfg(debug_assertions)]
use crate::error::PmiError;

static ALIVE: AtomicU64 = AtomicU64::new(0);

/// One screen or watch that another language holds.
pub(crate) struct Counted(());

impl Counted {
    pub(crate) fn new() -> Self {
        ALIVE.fetch_add(1, Ordering::Relaxed);
        Self(())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, Ordering::Relaxed);
    }
}

/// How many screens and watches are alive.
#[cfg(debug_assertions)]
#[uniffi::export]
pub fn live_objects_for_tests() -> u64 {
    ALIVE.load(Ordering::Relaxed)
}

/// Panics. It says that it can fail, because a Swift function that does not has no way to tell of it.
///
/// # Errors
/// None: it panics.
#[cfg(debug_assertions)]
#[uniffi::export]
#[expect(clippy::panic, reason = "that is what it is for")]
pub fn defect_for_tests() -> Result<(), PmiError> {
    panic!("a defect, made for a test");
}

/// Panics while it is waited for.
///
/// # Errors
/// None: it panics.
#[cfg(debug_assertions)]
#[uniffi::export]
pub async fn defect_for_tests_later() -> Result<(), PmiError> {
    defect_for_tests()
}
