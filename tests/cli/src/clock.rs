//! The client's clock moved ahead of the machine's: for tests of this program, and for nothing else.
//!
//! `PMI_CLOCK_FILE` names a file that holds a decimal number of milliseconds. That much is added to the wall clock and to the
//! boot clock, and a sleep ends when its moment is reached by the clock so moved: a test lets a minute pass by writing a
//! number. A file that is missing or holds no number counts as 0. The boot clock never goes back, so within a process neither
//! does the number. Not part of `--help`.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use pmi_core::ports::{Clock, PortFuture, Ports, Sleep, SystemClock};

/// Names the file.
const VARIABLE: &str = "PMI_CLOCK_FILE";

/// How often, by the machine's own clock, a sleeper looks whether the clock was moved.
const LOOK: Duration = Duration::from_millis(5);

/// The machine's clock, and how far it was moved ahead.
#[derive(Debug, Clone)]
struct MovedClock {
    file: PathBuf,
    ahead_ms: Arc<AtomicU64>,
}

/// The ports with the clock the environment asks for, if it asks for one.
pub(crate) fn of_the_environment(ports: Ports) -> Ports {
    let Some(file) = std::env::var_os(VARIABLE) else {
        return ports;
    };
    let clock = Arc::new(MovedClock::new(file.into()));
    Ports {
        clock: Arc::clone(&clock) as _,
        sleep: clock,
        ..ports
    }
}

impl MovedClock {
    fn new(file: PathBuf) -> Self {
        Self {
            file,
            ahead_ms: Arc::default(),
        }
    }

    fn ahead(&self) -> Duration {
        let asked = std::fs::read_to_string(&self.file).ok();
        let asked = asked.and_then(|text| text.trim().parse().ok()).unwrap_or(0);
        let before = self.ahead_ms.fetch_max(asked, Ordering::SeqCst);
        Duration::from_millis(before.max(asked))
    }
}

impl Clock for MovedClock {
    fn wall(&self) -> Timestamp {
        let now = SystemClock.wall();
        SignedDuration::try_from(self.ahead())
            .ok()
            .and_then(|ahead| now.checked_add(ahead).ok())
            .unwrap_or(now)
    }

    fn elapsed(&self) -> Duration {
        SystemClock.elapsed().saturating_add(self.ahead())
    }

    fn boot_id(&self) -> String {
        SystemClock.boot_id()
    }
}

impl Sleep for MovedClock {
    fn sleep(&self, duration: Duration) -> PortFuture<()> {
        let clock = self.clone();
        let until = self.elapsed().saturating_add(duration);
        Box::pin(async move {
            loop {
                let left = until.saturating_sub(clock.elapsed());
                if left.is_zero() {
                    return;
                }
                tokio::time::sleep(left.min(LOOK)).await;
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_number_in_the_file_moves_both_clocks_and_ends_sleeps() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("clock");
        let clock = MovedClock::new(file.clone());
        assert_eq!(clock.ahead(), Duration::ZERO, "a missing file");
        let (wall, elapsed) = (clock.wall(), clock.elapsed());
        let asleep = clock.sleep(Duration::from_secs(3600));
        std::fs::write(&file, "3600000\n").expect("written");
        asleep.await;
        assert!(clock.elapsed() >= elapsed + Duration::from_secs(3600));
        assert!(clock.wall().duration_since(wall) >= SignedDuration::from_secs(3600));
        std::fs::write(&file, "noise").expect("written");
        assert_eq!(clock.ahead(), Duration::from_secs(3600), "it never goes back");
    }
}
