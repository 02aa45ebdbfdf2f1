//! What to do next with a write. Pure: state, dialect and times in, one step out.
//!
//! The rules, and why (scenario 23):
//! * a create on v2 is sent again under its key while the server still keeps the key's answer; after that the server is asked
//!   for its operation id first, and is not believed that there is none before 30 s have passed since the attempt ended: the
//!   person may then call it off, while the request is still on its way;
//! * a create on v1 is sent again only after two look-ups without it, the second 30 s after the attempt ended: a server with
//!   one thread may still be working on it (Q10);
//! * a change is sent only after what is there was read and compared with what the person saw; an unknown one on v1 waits the
//!   same 30 s, so that it cannot come after the next change of its booking.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::stored::Command;
use crate::api::Dialect;
use crate::ports::BootTime;
use crate::store::{ItemState, Moment, Progress};

/// How long v2 keeps the answer of a key (24 h), less what two clocks may differ.
const KEY_IS_GOOD: SignedDuration = SignedDuration::from_hours(23);

/// By how much two answers may contradict each other about the time: `Date` tells seconds, and an answer was on its way.
const A_DATES_GRAIN: SignedDuration = SignedDuration::from_secs(5);

/// How long a v1 server may still be working on a request whose sender has given up.
pub(super) const STILL_AT_WORK: Duration = Duration::from_secs(30);

/// No write is put off for longer than this.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(300);

/// What time it is.
#[derive(Debug, Clone)]
pub(super) struct Now {
    pub(super) boot: BootTime,
    /// By the device's clock.
    pub(super) wall: Timestamp,
    /// By the server's clock, if an answer has told it since the device was started: a key's age is not guessed.
    pub(super) server: Option<Timestamp>,
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Send it.
    Send,
    /// Read what is there, compare it with what was seen, and then send it.
    CompareAndSend,
    /// Ask whether it was applied. `last`: if it is not there now, it never will be.
    Look { last: bool },
    /// Nothing for so long.
    Wait(Duration),
}

impl Now {
    pub(super) fn moment(&self) -> Moment {
        Moment {
            boot: self.boot.clone(),
            wall: self.wall,
        }
    }

    /// The moment this long from now.
    pub(super) fn after(&self, wait: Duration) -> Moment {
        Moment {
            boot: BootTime {
                boot_id: self.boot.boot_id.clone(),
                elapsed: self.boot.elapsed.saturating_add(wait),
            },
            wall: SignedDuration::try_from(wait)
                .ok()
                .and_then(|wait| self.wall.checked_add(wait).ok())
                .unwrap_or(Timestamp::MAX),
        }
    }

    /// How much of `wait` is left since the moment. Over another boot only the device's clock tells, and it may have been set:
    /// then at most the whole wait is left. Where the boots' names say nothing, the clock that has moved less is believed.
    pub(super) fn left_of(&self, wait: Duration, since: &Moment) -> Duration {
        let by_wall = Duration::try_from(self.wall.duration_since(since.wall)).unwrap_or_default();
        let by_boot = self.boot.elapsed.checked_sub(since.boot.elapsed);
        let passed = match by_boot {
            Some(by_boot) if since.boot.boot_id == self.boot.boot_id => by_boot,
            Some(by_boot) if since.boot.may_share_a_boot(&self.boot) => by_boot.min(by_wall),
            _ => by_wall,
        };
        wait.saturating_sub(passed)
    }

    /// How long it is to the moment; nothing if it is over, or was set by an earlier boot: it was a matter of minutes at most, and
    /// starting anew is reason enough to try.
    pub(super) fn until(&self, moment: &Moment) -> Duration {
        moment.boot.left(&self.boot, LONGEST_WAIT).unwrap_or_default()
    }
}

/// What to do now with a write that is neither settled nor in another's hands.
pub(super) fn plan(command: &Command, progress: &Progress, dialect: &Dialect, now: &Now) -> Step {
    if let Some(wait) = progress
        .retry
        .as_ref()
        .map(|at| now.until(at))
        .filter(|wait| !wait.is_zero())
    {
        return Step::Wait(wait);
    }
    let unknown = progress.state == ItemState::Unknown;
    let key_is_good = dialect.has_keys()
        && progress
            .first_sent_at
            .is_some_and(|first| key_is_good(first, now));
    // A create that a key does not hold may still be on its way on v2 too; a late change meets another ETag there.
    let may_be_late = !dialect.has_keys() || (command.is_create() && !key_is_good);
    let at_work = match &progress.ended {
        Some(ended) if unknown && may_be_late => now.left_of(STILL_AT_WORK, ended),
        _ => Duration::ZERO,
    };
    match command {
        Command::MarkRead { .. } => Step::Send,
        // Every part can be sent again; only whether it is whole already must be known before anything is taken back.
        Command::AddPhoto { .. } if unknown => Step::Look { last: true },
        Command::AddPhoto { .. } => Step::Send,
        Command::Book { .. } if !unknown => Step::Send,
        Command::Book { .. } if key_is_good => Step::Send,
        Command::Book { .. } => match (progress.looks, at_work.is_zero()) {
            // On v1 always a second one, also after a weekend.
            (0, is_over) if !is_over || !dialect.has_keys() => Step::Look { last: false },
            (_, false) => Step::Wait(at_work),
            (_, true) => Step::Look { last: true },
        },
        Command::Reschedule { .. } | Command::Cancel { .. } => match (progress.looks, at_work.is_zero()) {
            (_, true) => Step::CompareAndSend,
            (0, false) => Step::Look { last: false },
            (_, false) => Step::Wait(at_work),
        },
    }
}

/// Not if the clocks contradict each other, or the server's is not known.
fn key_is_good(first_sent: Timestamp, now: &Now) -> bool {
    now.server.is_some_and(|server| {
        let age = server.duration_since(first_sent);
        age > -A_DATES_GRAIN && age < KEY_IS_GOOD
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{NotificationId, ServiceType, VehicleId};

    const V1: Dialect = Dialect::V1;

    fn v2() -> Dialect {
        Dialect::V2 { features: Vec::new() }
    }

    fn now(seconds: u64) -> Now {
        let wall = Timestamp::from_second(1_800_000_000 + i64::try_from(seconds).unwrap()).unwrap();
        Now {
            boot: BootTime {
                boot_id: "boot".to_owned(),
                elapsed: Duration::from_secs(seconds),
            },
            wall,
            server: Some(wall),
        }
    }

    fn book() -> Command {
        Command::Book {
            vehicle: VehicleId(1),
            service: ServiceType::Repair,
            at: "2026-12-25T10:00:00+05:30[Asia/Kolkata]".parse().unwrap(),
            center: None,
            notes: None,
            vehicle_name: None,
            center_name: None,
        }
    }

    fn cancel() -> Command {
        Command::Cancel { seen: None }
    }

    fn unknown(ended: u64, looks: u32) -> Progress {
        Progress {
            state: ItemState::Unknown,
            ended: Some(now(ended).moment()),
            first_sent_at: now(ended).server,
            looks,
            attempts: 1,
            ..Progress::queued()
        }
    }

    #[test]
    fn what_is_queued_is_sent_and_a_change_is_compared_first() {
        for dialect in [V1, v2()] {
            let plan = |command: &Command| plan(command, &Progress::queued(), &dialect, &now(0));
            assert_eq!(plan(&book()), Step::Send);
            assert_eq!(plan(&cancel()), Step::CompareAndSend);
            let read = Command::MarkRead {
                notification: NotificationId(1),
            };
            assert_eq!(plan(&read), Step::Send);
            let photo = Command::AddPhoto {
                format: crate::model::PhotoKind::Jpeg,
                size: 1,
            };
            assert_eq!(plan(&photo), Step::Send);
            let lost = super::plan(&photo, &unknown(0, 0), &dialect, &now(0));
            assert_eq!(
                lost,
                Step::Look { last: true },
                "first it is known whether it is there"
            );
        }
    }

    #[test]
    fn s23_an_unknown_v1_create_is_looked_for_at_once_and_again_30_seconds_after_its_attempt_ended() {
        let plan = |looks, seconds| plan(&book(), &unknown(100, looks), &V1, &now(seconds));
        assert_eq!(plan(0, 100), Step::Look { last: false });
        assert_eq!(plan(1, 110), Step::Wait(Duration::from_secs(20)));
        assert_eq!(plan(1, 130), Step::Look { last: true });
        // A first look after a weekend is still followed by a second one.
        assert_eq!(plan(0, 200_000), Step::Look { last: false });
        assert_eq!(plan(1, 200_000), Step::Look { last: true });
    }

    #[test]
    fn s23_an_unknown_v2_create_goes_again_under_its_key_and_after_a_day_is_looked_for() {
        let plan = |seconds| plan(&book(), &unknown(100, 0), &v2(), &now(seconds));
        assert_eq!(plan(101), Step::Send);
        assert_eq!(plan(100 + 22 * 3600), Step::Send);
        assert_eq!(plan(100 + 23 * 3600), Step::Look { last: true });
        assert_eq!(plan(98), Step::Send, "`Date` tells seconds only");
        assert_eq!(
            plan(50),
            Step::Look { last: false },
            "clocks that contradict each other"
        );
    }

    #[test]
    fn s23_before_the_servers_time_is_known_a_key_is_not_trusted() {
        let started = |seconds| Now {
            server: None,
            ..now(seconds)
        };
        let plan_at = |looks, seconds| plan(&book(), &unknown(100, looks), &v2(), &started(seconds));
        assert_eq!(plan_at(0, 131), Step::Look { last: true });
        assert_eq!(
            plan(&book(), &Progress::queued(), &v2(), &started(101)),
            Step::Send
        );
        // It may still be on its way, and can be called off once it is said not to be there.
        assert_eq!(plan_at(0, 101), Step::Look { last: false });
        assert_eq!(plan_at(1, 101), Step::Wait(Duration::from_secs(29)));
        assert_eq!(plan_at(1, 130), Step::Look { last: true });
    }

    #[test]
    fn s23_a_create_that_was_sent_to_v1_is_looked_for_when_the_server_has_become_v2() {
        let sent_to_v1 = Progress {
            first_sent_at: None,
            ..unknown(100, 0)
        };
        assert_eq!(
            plan(&book(), &sent_to_v1, &v2(), &now(131)),
            Step::Look { last: true }
        );
    }

    #[test]
    fn s22_an_unknown_change_on_v1_cannot_come_after_the_next_one() {
        let plan_at = |looks, seconds| plan(&cancel(), &unknown(100, looks), &V1, &now(seconds));
        assert_eq!(plan_at(0, 101), Step::Look { last: false });
        assert_eq!(plan_at(1, 101), Step::Wait(Duration::from_secs(29)));
        assert_eq!(plan_at(1, 130), Step::CompareAndSend);
        assert_eq!(
            plan(&cancel(), &unknown(100, 0), &v2(), &now(101)),
            Step::CompareAndSend
        );
    }

    #[test]
    fn a_wait_holds_until_its_moment_and_not_over_a_reboot() {
        let waiting = Progress {
            retry: Some(now(0).after(Duration::from_secs(60))),
            ..Progress::queued()
        };
        let plan_at = |now: &Now| plan(&book(), &waiting, &V1, now);
        assert_eq!(plan_at(&now(10)), Step::Wait(Duration::from_secs(50)));
        assert_eq!(plan_at(&now(60)), Step::Send);
        let mut rebooted = now(1);
        rebooted.boot.boot_id = "another".to_owned();
        assert_eq!(plan_at(&rebooted), Step::Send);
    }

    #[test]
    fn over_a_reboot_the_30_seconds_are_told_by_the_device_and_never_last_longer() {
        let mut after = now(0);
        after.boot.boot_id = "another".to_owned();
        let plan_at = |now: &Now| plan(&book(), &unknown(100, 1), &V1, now);
        after.wall = now(131).wall;
        assert_eq!(plan_at(&after), Step::Look { last: true });
        after.wall = now(50).wall;
        assert_eq!(
            plan_at(&after),
            Step::Wait(STILL_AT_WORK),
            "the clock was set back"
        );
    }

    #[test]
    fn s23_a_process_that_derived_another_name_of_the_boot_does_not_look_for_the_last_time_too_early() {
        let named = |boot: &str, seconds| {
            let mut now = now(seconds);
            now.boot.boot_id = boot.to_owned();
            now
        };
        let mut unknown = unknown(100, 1);
        unknown.ended = Some(named("boot-7", 100).moment());
        let plan_at = |now: &Now| plan(&book(), &unknown, &V1, now);
        let mut set_forward = named("boot-60", 101);
        set_forward.wall = now(3700).wall;
        assert_eq!(plan_at(&set_forward), Step::Wait(Duration::from_secs(29)));
        let mut rebooted = named("boot-60", 50);
        rebooted.wall = now(3700).wall;
        assert_eq!(plan_at(&rebooted), Step::Look { last: true });
    }
}
