//! Timers for whoever awaits a call: it may be no task of this runtime, nor of any (a Kotlin coroutine, a Swift task), where tokio's
//! own timers panic. Ends at once when the runtime ends: what it was to end is over then.

use std::sync::Arc;
use std::time::Duration;

use tokio::runtime;
use tokio::task::JoinHandle;

use crate::ports::{PortFuture, Sleep};

/// A [`Sleep`] for every executor.
pub(crate) struct Timers {
    sleep: Arc<dyn Sleep>,
    runtime: runtime::Handle,
}

impl Timers {
    pub(super) fn new(sleep: Arc<dyn Sleep>, runtime: runtime::Handle) -> Self {
        Self { sleep, runtime }
    }
}

impl Sleep for Timers {
    fn sleep(&self, duration: Duration) -> PortFuture<()> {
        if runtime::Handle::try_current().is_ok() {
            return self.sleep.sleep(duration);
        }
        let sleep = Arc::clone(&self.sleep);
        let mut timer = Ended(self.runtime.spawn(async move { sleep.sleep(duration).await }));
        Box::pin(async move {
            // It fails if the runtime has ended.
            let _ = (&mut timer.0).await;
        })
    }
}

/// A task that ends with whoever waits for it.
struct Ended(JoinHandle<()>);

impl Drop for Ended {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Poll, Wake, Waker};
    use std::thread::{self, Thread};

    use super::*;
    use crate::ports::TokioSleep;

    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    /// An executor that is no tokio.
    fn block_on<T>(mut future: PortFuture<T>) -> T {
        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        loop {
            match future.as_mut().poll(&mut Context::from_waker(&waker)) {
                Poll::Ready(value) => return value,
                Poll::Pending => thread::park(),
            }
        }
    }

    #[test]
    fn a_timer_ends_outside_a_runtime_and_with_it() {
        let runtime = runtime::Builder::new_multi_thread()
            .enable_time()
            .build()
            .unwrap();
        let timers = Timers::new(Arc::new(TokioSleep), runtime.handle().clone());
        block_on(timers.sleep(Duration::from_millis(1)));
        let long = timers.sleep(Duration::from_secs(3600));
        let waiting = thread::spawn(move || block_on(long));
        runtime.shutdown_background();
        waiting.join().unwrap();
        block_on(timers.sleep(Duration::from_secs(3600)));
    }
}
