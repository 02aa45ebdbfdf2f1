//! For the tests of the languages: a defect to be called, because a panic that crosses the border must be an error there, and a
//! count of what is alive. In a release nothing of it can be called.

#[cfg(debug_assertions)]
use std::sync::atomic::AtomicBool;
use std::sync::atomic::{AtomicU64, Ordering};

#[cfg(debug_assertions)]
use crate::error::PmiError;

static ALIVE: AtomicU64 = AtomicU64::new(0);
#[cfg(debug_assertions)]
static DEFECTS: AtomicBool = AtomicBool::new(false);

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

/// While it is on, every call that has no way to fail panics within: opening, watching and sending, `next`, and what is said of
/// the network.
#[cfg(debug_assertions)]
#[uniffi::export]
pub fn defects_for_tests(on: bool) {
    DEFECTS.store(on, Ordering::SeqCst);
}

/// In a release: nothing.
pub(crate) fn panic_if_asked() {
    #[cfg(debug_assertions)]
    if DEFECTS.load(Ordering::SeqCst) {
        #[expect(clippy::panic, reason = "that is what it is for")]
        {
            panic!("a defect, made for a test");
        }
    }
}
