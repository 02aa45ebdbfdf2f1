//! What the core says of itself, for a developer's log.
//!
//! Promised: lines are given in order, by one thread of their own, under no lock; a sink that throws is told the next line all the
//! same, one that blocks keeps nobody but itself waiting, and when more lines wait than are kept, the newest are left out and
//! counted; a sink may call anything here. No secret and nothing about a person is in a line: the core logs none (scenario 37).
//! Not promised: that the last lines before a crash arrive.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::SystemTime;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

use crate::error::PmiError;

/// How many lines wait for a slow sink.
const WAITING: usize = 1024;

/// Whose lines are given: the core's own, not those of what it is built on, which may hold anything.
const OURS: [&str; 2] = ["pmi_core", "pmi_ffi"];

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, uniffi::Enum)]
pub enum LogLevel {
    /// Defects, and failures that a person will notice.
    Error,
    /// What was survived.
    Warn,
    /// What happened: sign-ins, suspensions, writes that were settled.
    Info,
    /// Why it happened.
    Debug,
    /// Everything.
    Trace,
}

/// One line.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct LogLine {
    /// When.
    pub at: SystemTime,
    /// How bad.
    pub level: LogLevel,
    /// The part that says it, such as `pmi_core::session`.
    pub target: String,
    /// What it says.
    pub text: String,
}

/// A sink that threw.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum LogSinkError {
    /// It threw. The line is lost, the next one comes.
    #[error("{reason}")]
    Threw {
        /// What it said.
        reason: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for LogSinkError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Threw { reason: error.reason }
    }
}

/// Takes lines. Called by one thread of the library's own, one line at a time.
#[uniffi::export(foreign)]
pub trait LogSink: Send + Sync {
    /// Takes one line. It may throw, block and call anything here.
    fn log(&self, line: LogLine) -> Result<(), LogSinkError>;
}

/// From now on gives every line of that level and worse to the sink; to nobody, if there is none. For all clients of this process.
///
/// # Errors
/// `InvalidInput` if this process has another who takes the core's lines; `Storage` if no thread can be started.
#[uniffi::export]
pub fn set_log_sink(sink: Option<Arc<dyn LogSink>>, level: LogLevel) -> Result<(), PmiError> {
    let desk = desk()?;
    // Nothing of the earlier sink is called or dropped under the lock.
    let earlier = {
        let mut kept = desk.sink.lock().unwrap_or_else(PoisonError::into_inner);
        desk.level
            .store(number(sink.as_ref().map(|_| level)), Ordering::Relaxed);
        std::mem::replace(&mut *kept, sink)
    };
    drop(earlier);
    Ok(())
}

/// What all lines go through.
struct Desk {
    sink: Mutex<Option<Arc<dyn LogSink>>>,
    level: AtomicU8,
    lines: SyncSender<LogLine>,
    left_out: AtomicU64,
}

static DESK: OnceLock<Option<&'static Desk>> = OnceLock::new();

fn desk() -> Result<&'static Desk, PmiError> {
    let desk = DESK.get_or_init(|| {
        let (lines, waiting) = sync_channel(WAITING);
        let desk: &'static Desk = Box::leak(Box::new(Desk {
            sink: Mutex::default(),
            level: AtomicU8::new(number(None)),
            lines,
            left_out: AtomicU64::new(0),
        }));
        let thread = std::thread::Builder::new().name("pmi-log".to_owned());
        thread.spawn(move || desk.give(&waiting)).ok()?;
        tracing::subscriber::set_global_default(desk).ok()?;
        Some(desk)
    });
    desk.ok_or_else(|| PmiError::InvalidInput {
        field: "sink".to_owned(),
        reason: "this process gives the core's log to another".to_owned(),
    })
}

/// 0 for nothing, 5 for everything.
fn number(level: Option<LogLevel>) -> u8 {
    level.map_or(0, |level| level as u8 + 1)
}

fn level_of(level: Level) -> LogLevel {
    match level {
        Level::ERROR => LogLevel::Error,
        Level::WARN => LogLevel::Warn,
        Level::INFO => LogLevel::Info,
        Level::DEBUG => LogLevel::Debug,
        Level::TRACE => LogLevel::Trace,
    }
}

impl Desk {
    fn give(&self, waiting: &Receiver<LogLine>) {
        for line in waiting {
            let left_out = self.left_out.swap(0, Ordering::Relaxed);
            if left_out > 0 {
                self.give_one(LogLine {
                    level: LogLevel::Warn,
                    target: "pmi_ffi::log".to_owned(),
                    text: format!("{left_out} lines were left out: the sink is too slow"),
                    ..line.clone()
                });
            }
            self.give_one(line);
        }
    }

    fn give_one(&self, line: LogLine) {
        let sink = self.sink.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(sink) = sink {
            let call = std::panic::AssertUnwindSafe(|| sink.log(line));
            // What it threw is its own business, and has nowhere to be told.
            let _ = std::panic::catch_unwind(call);
        }
    }
}

impl Subscriber for &'static Desk {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let level = number(Some(level_of(*metadata.level())));
        metadata.is_event()
            && level <= self.level.load(Ordering::Relaxed)
            && OURS.contains(&metadata.target().split(':').next().unwrap_or_default())
    }

    fn register_callsite(&self, _: &'static Metadata<'static>) -> tracing::subscriber::Interest {
        // The level can change at any time.
        tracing::subscriber::Interest::sometimes()
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = Words::default();
        event.record(&mut text);
        let line = LogLine {
            at: SystemTime::now(),
            level: level_of(*event.metadata().level()),
            target: event.metadata().target().to_owned(),
            text: text.line(),
        };
        if let Err(TrySendError::Full(_)) = self.lines.try_send(line) {
            self.left_out.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// An event as a line: what it says, then its fields.
#[derive(Default)]
struct Words {
    says: String,
    fields: String,
}

impl Words {
    fn line(mut self) -> String {
        self.says.push_str(&self.fields);
        self.says
    }
}

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        // Writing to a string cannot fail.
        let _ = if field.name() == "message" {
            write!(self.says, "{value:?}")
        } else {
            write!(self.fields, " {}={value:?}", field.name())
        };
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Sender, channel};
    use std::time::Duration;

    use super::*;

    struct Odd(Mutex<Sender<LogLine>>);

    impl LogSink for Odd {
        fn log(&self, line: LogLine) -> Result<(), LogSinkError> {
            let text = line.text.clone();
            // It calls back, which says something again.
            if text == "first" {
                tracing::info!(target: "pmi_ffi", "from within");
            }
            self.0.lock().unwrap().send(line).unwrap();
            assert!(text != "second", "it panics");
            Err(LogSinkError::Threw {
                reason: "it throws".to_owned(),
            })
        }
    }

    #[test]
    fn a_sink_that_panics_throws_and_calls_back_harms_nobody() {
        let (lines, seen) = channel();
        set_log_sink(Some(Arc::new(Odd(Mutex::new(lines)))), LogLevel::Info).unwrap();
        tracing::info!(target: "pmi_ffi", "first");
        tracing::debug!(target: "pmi_ffi", "below the level");
        tracing::info!(target: "hyper", "somebody else's");
        let next = || {
            seen.recv_timeout(Duration::from_secs(20))
                .map(|line| line.text)
                .unwrap()
        };
        assert_eq!(next(), "first");
        assert_eq!(next(), "from within");
        tracing::warn!(target: "pmi_ffi::x", n = 3, "second");
        assert_eq!(next(), "second n=3");
        tracing::error!(target: "pmi_core", "third");
        assert_eq!(next(), "third");
        set_log_sink(None, LogLevel::Trace).unwrap();
        tracing::error!(target: "pmi_core", "nobody listens");
        assert!(
            seen.recv_timeout(Duration::from_millis(100)).is_err(),
            "and the sink is gone"
        );
    }
}
