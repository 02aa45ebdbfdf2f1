//! Whether this process was given its JVM, without which Android has neither a certificate verifier nor a key store.
//!
//! Promises: both are asked only after they were given it; asked before, they would panic, and the key store's locks stay
//! poisoned. Built against scenarios 5 and 19.

use std::sync::atomic::{AtomicBool, Ordering};

static GIVEN: AtomicBool = AtomicBool::new(!cfg!(target_os = "android"));

/// What is said of one that is needed and was not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "call ports::android::initialise first, once per process, with the application's context: certificates and keys are looked \
     after by the JVM"
)]
pub(super) struct Missing;

/// Whether the JVM was given, or is not needed because this is not Android.
pub(super) fn is_given() -> bool {
    GIVEN.load(Ordering::Acquire)
}

/// From now on it is.
#[cfg(target_os = "android")]
pub(super) fn give() {
    GIVEN.store(true, Ordering::Release);
}

/// The error of whoever needs it, where it was not given.
pub(super) fn needed(given: bool) -> Result<(), Missing> {
    if given { Ok(()) } else { Err(Missing) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s19_without_the_jvm_android_is_told_what_to_call_and_nobody_else_needs_it() {
        let told = needed(false).unwrap_err().to_string();
        assert!(
            told.starts_with("call ports::android::initialise first"),
            "{told}"
        );
        assert_eq!(needed(true), Ok(()));
        assert_eq!(needed(is_given()), Ok(()), "this is not Android");
    }
}
