//! How long a server has asked to be left alone. Pure.
//!
//! Promises (scenarios 14, 16): a cool-down is never shortened; over a reboot it is measured on this device's wall clock
//! against itself, and is at most as long again as it was when it began, whatever became of that clock.

use std::time::Duration;

use jiff::Timestamp;

/// A cool-down, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct CoolDown {
    /// On the boot clock.
    pub(super) until: Duration,
    /// How long it was when it began.
    pub(super) lasting: Duration,
}

impl CoolDown {
    pub(super) fn left(&self, now: Duration) -> Option<Duration> {
        let left = self.until.saturating_sub(now);
        (!left.is_zero()).then_some(left)
    }

    /// Nothing is sent for this long.
    pub(super) fn extend(&mut self, lasting: Duration, now: Duration) {
        let until = now.saturating_add(lasting);
        if until > self.until {
            (self.until, self.lasting) = (until, lasting);
        }
    }

    /// The later of two.
    pub(super) fn max(self, other: Self) -> Self {
        if other.until > self.until { other } else { self }
    }

    /// When it ends, or ended, by this device's wall clock.
    pub(super) fn ends(&self, now: Duration, wall: Timestamp) -> Option<Timestamp> {
        match self.until.checked_sub(now) {
            Some(left) => wall.checked_add(left).ok(),
            None => wall.checked_sub(now - self.until).ok(),
        }
    }

    /// What is left of one of an earlier boot.
    pub(super) fn after_reboot(
        ends: Option<Timestamp>,
        lasting: Duration,
        now: Duration,
        wall: Timestamp,
    ) -> Self {
        let left = ends.and_then(|ends| Duration::try_from(ends.duration_since(wall)).ok());
        let mut cool = Self::default();
        cool.extend(left.unwrap_or_default().min(lasting), now);
        cool
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_secs(1000);

    fn seconds(n: u64) -> Duration {
        Duration::from_secs(n)
    }

    #[test]
    fn s16_a_cool_down_is_only_ever_extended() {
        let mut cool = CoolDown::default();
        assert_eq!(cool.left(NOW), None);
        cool.extend(seconds(90), NOW);
        cool.extend(seconds(10), NOW);
        assert_eq!(cool.left(NOW + seconds(30)), Some(seconds(60)));
        assert_eq!(cool.left(NOW + seconds(90)), None);
        assert_eq!(cool.max(CoolDown::default()), cool);
        assert_eq!(CoolDown::default().max(cool), cool);
        let ended = CoolDown::default().ends(NOW, Timestamp::UNIX_EPOCH);
        assert_eq!(
            ended,
            Timestamp::from_second(-1000).ok(),
            "one moment by both clocks"
        );
    }

    #[test]
    fn s16_a_reboot_ends_no_cool_down_and_a_set_clock_does_not_make_it_longer() {
        let wall: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        let mut before = CoolDown::default();
        before.extend(seconds(600), NOW);
        let ends = before.ends(NOW + seconds(100), wall);
        let after = |passed: i64| {
            let wall = wall + jiff::SignedDuration::from_secs(passed);
            let boot = seconds(30);
            CoolDown::after_reboot(ends, before.lasting, boot, wall).left(boot)
        };
        let table = [
            (0, Some(500)),
            (60, Some(440)),
            (500, None),
            (86_400, None),
            (-50, Some(550)),
            (-86_400, Some(600)),
        ];
        for (passed, left) in table {
            assert_eq!(after(passed), left.map(seconds), "{passed}");
        }
        let none = CoolDown::after_reboot(None, seconds(600), NOW, wall);
        assert_eq!(none.left(NOW), None);
    }
}
