//! The machine's clock, moved ahead for several processes at once: a file holds by how many milliseconds. A test lets a minute
//! pass by writing a number, and every sleep of every process that is over by then ends. It never goes back.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use pmi_core::ports::{Clock, PortFuture, Sleep, SystemClock};

/// How often, by the machine's own clock, a sleeper looks whether the clock was moved.
const LOOK: Duration = Duration::from_millis(5);

/// How long, by the machine's own clock, a hasty clock lets a sleep of this length stand before it skips the rest of it: nothing on
/// its way is that late. Longer sleeps, and those that are deadlines only, stand.
fn patience(sleep: Duration) -> Option<Duration> {
    let seconds = sleep.as_secs_f64();
    if [5.0, 15.0, 20.0].contains(&seconds) || seconds > 30.0 {
        return None;
    }
    // What is left of an exchange's time is no back-off, and no half minute in which v1 may still be at work.
    let may_be_a_deadline = (10.0..21.0).contains(&seconds);
    Some(Duration::from_millis(if may_be_a_deadline { 400 } else { 25 }))
}

/// Clones, and clocks of the same file in other processes, are one clock.
#[derive(Debug, Clone)]
pub struct SharedClock {
    file: PathBuf,
    ahead_ms: Arc<AtomicU64>,
    /// Whether its sleepers do not wait.
    is_hasty: bool,
}

impl SharedClock {
    /// The clock of this file; one that is missing says 0.
    #[must_use]
    pub fn of(file: PathBuf) -> Self {
        Self {
            file,
            ahead_ms: Arc::default(),
            is_hasty: false,
        }
    }

    /// The same clock, which moves itself ahead instead of letting its sleepers wait; deadlines of exchanges stand.
    #[must_use]
    pub fn hasty(self) -> Self {
        Self {
            is_hasty: true,
            ..self
        }
    }

    /// Lets time pass for whoever has this clock.
    ///
    /// # Panics
    /// If the file cannot be written.
    pub fn advance(&self, by: Duration) {
        let ahead = self.ahead() + by;
        let new = self.file.with_extension("new");
        std::fs::write(&new, ahead.as_millis().to_string()).expect("written");
        std::fs::rename(new, &self.file).expect("renamed");
    }

    /// A clock that agrees with this one now, and is moved apart from it.
    ///
    /// # Panics
    /// If the file cannot be written.
    #[must_use]
    pub fn apart(&self, file: PathBuf) -> Self {
        let apart = Self::of(file);
        apart.advance(self.ahead());
        apart
    }

    fn ahead(&self) -> Duration {
        let asked = std::fs::read_to_string(&self.file).ok();
        let asked = asked.and_then(|text| text.trim().parse().ok()).unwrap_or(0);
        let before = self.ahead_ms.fetch_max(asked, Ordering::SeqCst);
        Duration::from_millis(before.max(asked))
    }
}

impl Clock for SharedClock {
    fn wall(&self) -> Timestamp {
        let ahead = SignedDuration::try_from(self.ahead()).expect("not so far");
        SystemClock.wall().checked_add(ahead).expect("a time")
    }

    fn elapsed(&self) -> Duration {
        SystemClock.elapsed().saturating_add(self.ahead())
    }

    fn boot_id(&self) -> String {
        SystemClock.boot_id()
    }
}

impl Sleep for SharedClock {
    fn sleep(&self, duration: Duration) -> PortFuture<()> {
        let clock = self.clone();
        let until = self.elapsed().saturating_add(duration);
        let patience = patience(duration).filter(|_| self.is_hasty);
        Box::pin(async move {
            if let Some(patience) = patience {
                tokio::time::sleep(patience.min(duration)).await;
                clock.advance(until.saturating_sub(clock.elapsed()));
            }
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

impl pmi_platform::Clock for SharedClock {
    fn now(&self) -> Timestamp {
        self.wall()
    }
}
