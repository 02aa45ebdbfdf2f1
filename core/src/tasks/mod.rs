//! Work that outlives its caller. A call's future may be dropped at any await (a Kotlin coroutine cancelled); what it
//! started must not stop half way (scenario 7). So refreshes, sign-ins and network reads run as tasks of a runtime, the
//! core's own or one given to it, and callers wait for their results.

mod flight;
mod life;
mod registry;
mod runtime;
mod subscription;
mod timers;
mod watch;

pub(crate) use flight::Flights;
pub(crate) use life::{Life, LifeEvent, LifeStep};
pub(crate) use runtime::{Handle, Tasks};
pub use subscription::Subscription;
pub(crate) use subscription::{Updates, Values};
pub use watch::Watch;
