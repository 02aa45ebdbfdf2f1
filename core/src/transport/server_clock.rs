//! What time it is on the server: an estimate from the `Date` of its answers, carried on the boot clock.
//!
//! Promises (scenario 10): a device clock that is wrong or jumps changes nothing here; the estimate says how far off it can
//! be, and only a better one takes its place, or one that contradicts it, because then one of the two clocks was set. An
//! answer out of a cache, a portal's or a proxy's page says nothing about the server's clock. Before the first answer of a
//! boot there is only a guess, and it says so. Does not promise: to know the time on a device that has never had an answer.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::{HeaderMap, StatusCode, header};
use jiff::{SignedDuration, Timestamp};

use super::retry_after::server_date;
use crate::ports::Clock;

/// How fast an estimate becomes worse. Kernels slew a clock that is being set right by up to 500 ppm, on either side.
const DRIFT_PPM: u32 = 500;

/// `Date` has whole seconds: it was cut off, by half a second on average.
const HALF_A_SECOND: Duration = Duration::from_millis(500);

/// Who waited longer for an answer (or was stopped, or slept, meanwhile) learns nothing from it that it does not know better.
const LONGEST_EXCHANGE: Duration = Duration::from_secs(30);

/// The server's clock at a point of the boot clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Estimate {
    pub(crate) at: Timestamp,
    pub(crate) elapsed: Duration,
    /// How far off it can be.
    pub(crate) error: Duration,
}

/// An answer's `Date`, true at some moment between sending and the arrival of its head.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sample {
    pub(super) date: Timestamp,
    pub(super) sent: Duration,
    pub(super) heard: Duration,
}

impl Sample {
    /// What an answer says of the time; `None` if it may not have been made for this very request.
    pub(super) fn of(
        status: StatusCode,
        headers: &HeaderMap,
        request_id: &str,
        sent: Duration,
        heard: Duration,
    ) -> Option<Self> {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let is_kept = text(header::AGE.as_str()).is_some_and(|age| age.trim() != "0");
        // Both servers give our own id back; what confirms in a server's place does not know it.
        let is_confirmed_by_another =
            status == StatusCode::NOT_MODIFIED && text("x-request-id") != Some(request_id);
        if is_kept || is_confirmed_by_another {
            return None;
        }
        let date = server_date(headers)?;
        Some(Self { date, sent, heard })
    }

    fn round_trip(&self) -> Duration {
        self.heard.saturating_sub(self.sent)
    }

    fn estimate(&self) -> Option<Estimate> {
        let half = self.round_trip() / 2;
        Some(Estimate {
            at: later(self.date, HALF_A_SECOND)?,
            elapsed: self.sent.saturating_add(half),
            error: half.saturating_add(HALF_A_SECOND),
        })
    }
}

impl Estimate {
    /// The server's time at that point of the boot clock.
    pub(crate) fn time(&self, elapsed: Duration) -> Timestamp {
        let time = match elapsed.checked_sub(self.elapsed) {
            Some(since) => later(self.at, since),
            None => SignedDuration::try_from(self.elapsed.saturating_sub(elapsed))
                .ok()
                .and_then(|before| self.at.checked_sub(before).ok()),
        };
        time.unwrap_or(self.at)
    }

    /// How far off [`Estimate::time`] can be there.
    pub(crate) fn error_at(&self, elapsed: Duration) -> Duration {
        let drift = elapsed.abs_diff(self.elapsed) / 1_000_000 * DRIFT_PPM;
        self.error.saturating_add(drift)
    }

    fn contradicts(&self, other: &Self) -> bool {
        let apart = self.time(other.elapsed).duration_since(other.at).unsigned_abs();
        apart > self.error_at(other.elapsed).saturating_add(other.error)
    }
}

/// What is known after an answer.
fn learn(known: Option<Estimate>, sample: &Sample) -> Option<Estimate> {
    let Some(new) = sample.estimate() else {
        return known;
    };
    let Some(old) = known else {
        return Some(new);
    };
    let is_absurd = sample.round_trip() > LONGEST_EXCHANGE;
    let is_better = new.error < old.error_at(new.elapsed) || old.contradicts(&new);
    Some(if is_better && !is_absurd { new } else { old })
}

/// One server's clock, as all who ask it share it. Clones are one.
#[derive(Clone)]
pub(crate) struct ServerClock {
    clock: Arc<dyn Clock>,
    state: Arc<Mutex<State>>,
}

#[derive(Clone, Copy, Default)]
struct State {
    known: Option<Estimate>,
    /// How far the server's clock was ahead of this device's in an earlier boot.
    ahead: SignedDuration,
}

impl ServerClock {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            state: Arc::default(),
        }
    }

    /// The server's time: known, or guessed from this device's clock.
    pub(crate) fn now(&self) -> Timestamp {
        let guess = || {
            let wall = self.clock.wall();
            wall.checked_add(self.state().ahead).unwrap_or(wall)
        };
        self.known().unwrap_or_else(guess)
    }

    /// The server's time, if an answer told it in this boot.
    pub(crate) fn known(&self) -> Option<Timestamp> {
        let known = self.state().known?;
        Some(known.time(self.clock.elapsed()))
    }

    /// A moment of the server's clock as this device's shows it: right by its distance from now, whatever that clock says.
    pub(crate) fn on_device(&self, at: Timestamp) -> Timestamp {
        let wall = self.clock.wall();
        wall.checked_sub(self.now().duration_since(at)).unwrap_or(wall)
    }

    /// What is known, for keeping.
    pub(crate) fn estimate(&self) -> Option<Estimate> {
        self.state().known
    }

    /// Takes up what was known earlier in this boot.
    pub(crate) fn recall(&self, estimate: Estimate) {
        self.change(|state| state.known = Some(estimate));
    }

    /// Takes up by how much this device's clock was behind in an earlier boot: most clocks that are wrong stay so.
    pub(crate) fn guess(&self, ahead: SignedDuration) {
        self.change(|state| state.ahead = ahead);
    }

    pub(super) fn hear(&self, sample: &Sample) {
        self.change(|state| state.known = learn(state.known, sample));
    }

    fn state(&self) -> State {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

fn later(at: Timestamp, by: Duration) -> Option<Timestamp> {
    at.checked_add(SignedDuration::try_from(by).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::fakes::ManualClock;

    const MS: fn(u64) -> Duration = Duration::from_millis;

    fn date() -> Timestamp {
        "2026-11-22T10:00:00Z".parse().unwrap()
    }

    /// An answer of the server's second `second`, sent and heard at these milliseconds of the boot clock.
    fn sample(second: i64, sent: u64, heard: u64) -> Sample {
        Sample {
            date: date() + SignedDuration::from_secs(second),
            sent: MS(sent),
            heard: MS(heard),
        }
    }

    fn after(samples: &[Sample]) -> Estimate {
        let known = samples.iter().fold(None, learn);
        known.unwrap()
    }

    #[test]
    fn s10_a_date_was_true_in_the_middle_of_its_exchange_give_or_take() {
        let known = after(&[sample(0, 1000, 1400)]);
        assert_eq!(known.elapsed, MS(1200));
        assert_eq!(known.at, date() + SignedDuration::from_millis(500));
        assert_eq!(known.error, MS(700));
        assert_eq!(
            known.time(MS(11_200)),
            date() + SignedDuration::from_millis(10_500)
        );
        assert_eq!(known.time(MS(200)), date() - SignedDuration::from_millis(500));
    }

    #[test]
    fn s10_the_truth_is_always_within_the_error_that_is_named() {
        // The server's clock is 0.3 s after a whole second when the boot clock shows a whole one.
        for sent in (0..5000).step_by(37) {
            for (there, back) in [(0, 0), (10, 900), (2000, 30), (700, 700)] {
                let true_ms = 1_000_000 + sent + there + 300;
                let known = after(&[sample(
                    i64::try_from(true_ms / 1000).unwrap(),
                    sent,
                    sent + there + back,
                )]);
                let true_now = date() + SignedDuration::from_millis(1_000_300 + 9000);
                let off = known.time(MS(9000)).duration_since(true_now).unsigned_abs();
                assert!(off <= known.error_at(MS(9000)), "{sent} {there} {back}: {off:?}");
            }
        }
    }

    #[test]
    fn s10_only_a_better_answer_or_a_contradiction_replaces_what_is_known() {
        let first = sample(0, 0, 100);
        for (what, second, replaces) in [
            ("slower", sample(10, 10_000, 11_000), false),
            ("as quick, a moment later", sample(10, 10_000, 10_120), false),
            ("quicker", sample(10, 10_000, 10_020), true),
            (
                "as quick, and an hour later",
                sample(3600, 3_600_000, 3_600_110),
                true,
            ),
            (
                "slower, and a day later",
                sample(86_400, 86_400_000, 86_401_000),
                true,
            ),
            (
                "the server's clock was set back",
                sample(-3600, 10_000, 11_000),
                true,
            ),
            (
                "the server's clock was set forward",
                sample(86_400, 10_000, 11_000),
                true,
            ),
            ("slept through", sample(7200, 10_000, 7_200_000), false),
        ] {
            let known = after(&[first, second]);
            assert_eq!(known == after(&[second]), replaces, "{what}");
            assert_eq!(known == after(&[first]), !replaces, "{what}");
        }
    }

    #[test]
    fn s10_a_slow_answer_is_better_than_none() {
        let known = after(&[sample(0, 0, 600_000)]);
        assert_eq!(known.error, MS(300_500));
        assert_eq!(
            after(&[sample(0, 0, 600_000), sample(400, 600_000, 600_100)]).error,
            MS(550)
        );
    }

    #[test]
    fn what_may_come_out_of_a_cache_says_nothing() {
        let headers = |more: &[(&'static str, &'static str)]| -> HeaderMap {
            let all = [("date", "Sun, 22 Nov 2026 10:00:00 GMT")];
            all.iter()
                .chain(more)
                .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
                .collect()
        };
        let says = |status: u16, more: &[(&'static str, &'static str)]| {
            let status = StatusCode::from_u16(status).unwrap();
            Sample::of(status, &headers(more), "ours-1", MS(0), MS(0)).is_some()
        };
        assert!(says(200, &[]));
        assert!(says(200, &[("age", "0")]));
        assert!(says(404, &[("x-request-id", "ours-1")]));
        assert!(!says(200, &[("age", "1")]));
        assert!(!says(200, &[("age", "a while")]));
        assert!(says(304, &[("x-request-id", "ours-1")]));
        assert!(!says(304, &[]));
        assert!(!says(304, &[("x-request-id", "another")]));
        assert!(Sample::of(StatusCode::OK, &HeaderMap::new(), "", MS(0), MS(0)).is_none());
    }

    #[test]
    fn s10_the_devices_clock_is_used_only_while_nothing_else_is_known() {
        let clock = ManualClock::new();
        let server = ServerClock::new(Arc::new(clock.clone()));
        assert_eq!((server.now(), server.known()), (clock.wall(), None));
        server.guess(SignedDuration::from_hours(-24));
        assert_eq!(server.now(), clock.wall() - SignedDuration::from_hours(24));

        let now = clock.elapsed();
        let sample = Sample {
            date: date(),
            sent: now,
            heard: now,
        };
        server.hear(&sample);
        let heard = date() + SignedDuration::from_millis(500);
        assert_eq!((server.now(), server.known()), (heard, Some(heard)));
        clock.shift_wall(SignedDuration::from_hours(48));
        clock.advance(Duration::from_secs(60));
        assert_eq!(server.now(), heard + SignedDuration::from_secs(60));
        let minute_ago = clock.wall() - SignedDuration::from_secs(60);
        assert_eq!(server.on_device(heard), minute_ago);
    }
}
