//! A defect of this library in a call that has no way to tell of it: a function of Swift's that throws nothing would end the app.
//!
//! Promised: such a call gives what is harmless and says in the log which it was; what failed is not shown, because nothing is
//! known of what a panic's text holds. Not promised: that the screen it happened on goes on.

use std::panic::{AssertUnwindSafe, catch_unwind};

use futures_util::FutureExt as _;

use crate::error::PmiError;

/// What `call` gives, or `None` if it panicked.
pub(crate) fn guarded<T>(name: &'static str, call: impl FnOnce() -> T) -> Option<T> {
    // Whatever the call changed is behind the core's own locks, which a panic leaves as they were before or after.
    let done = catch_unwind(AssertUnwindSafe(|| {
        crate::testing::panic_if_asked();
        call()
    }));
    done.ok().or_else(|| told(name))
}

/// The same for a call that waits.
pub(crate) async fn guarded_later<T>(name: &'static str, call: impl Future<Output = Option<T>>) -> Option<T> {
    let call = async {
        crate::testing::panic_if_asked();
        call.await
    };
    let done = AssertUnwindSafe(call).catch_unwind().await;
    done.unwrap_or_else(|_| told(name))
}

/// A defect, as the error of a call.
pub(crate) fn defect(name: &str) -> PmiError {
    PmiError::Internal {
        reason: format!("a defect in `{name}`"),
    }
}

fn told<T>(name: &'static str) -> Option<T> {
    tracing::error!(name, "a defect ended a call; please report it");
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_call_that_panics_gives_nothing_and_the_next_is_as_ever() {
        assert_eq!(guarded("x", || -> u8 { panic!("a defect") }), None);
        assert_eq!(guarded("x", || 1), Some(1));
        let panics = async { panic!("a defect") };
        assert_eq!(guarded_later::<u8>("x", panics).await, None);
        assert_eq!(guarded_later("x", async { Some(1) }).await, Some(1));
    }
}
