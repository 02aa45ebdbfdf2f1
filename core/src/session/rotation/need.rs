//! What follows when the server refuses an access token: a refresh, or a wait (scenario 9).

use std::time::Duration;

use crate::ports::BootTime;
use crate::store::Guard;

/// The first wait after a server refused what it had just granted; doubled each time, at most [`WAIT_CEILING`].
const WAIT_FIRST: Duration = Duration::from_secs(1);
const WAIT_CEILING: Duration = Duration::from_secs(300);

/// What follows a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::session) enum Refused {
    /// The pair has worked once, or is too old: the next one is asked for.
    Refresh,
    /// It was granted just now and never worked: nothing is asked for a while. To be written down.
    PutUp(Guard),
    /// That was found out before, and the while is not over.
    Held(Duration),
}

/// What follows the refusal of the access token of this generation. `young`: it cannot have ended by any clock.
pub(in crate::session) fn after_refusal(
    guard: Option<&Guard>,
    generation: i64,
    proven: bool,
    young: bool,
    now: &BootTime,
) -> Refused {
    if let Some(left) = guard.and_then(|guard| guard.left(now)) {
        return Refused::Held(left);
    }
    if proven || !young || guard.is_some_and(|guard| guard.generation == generation) {
        return Refused::Refresh;
    }
    let refusals = guard.map_or(0, |guard| guard.refusals).saturating_add(1);
    let wait = WAIT_FIRST
        .saturating_mul(1_u32.checked_shl(refusals - 1).unwrap_or(u32::MAX))
        .min(WAIT_CEILING);
    Refused::PutUp(Guard {
        generation,
        refusals,
        until: BootTime {
            boot_id: now.boot_id.clone(),
            elapsed: now.elapsed.saturating_add(wait),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(boot: &str, seconds: u64) -> BootTime {
        BootTime {
            boot_id: boot.to_owned(),
            elapsed: Duration::from_secs(seconds),
        }
    }

    fn put_up(guard: Option<&Guard>, generation: i64, now: &BootTime) -> Guard {
        match after_refusal(guard, generation, false, true, now) {
            Refused::PutUp(guard) => guard,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn s09_the_wait_doubles_from_one_second_to_five_minutes() {
        let mut guard: Option<Guard> = None;
        let mut now = 0;
        let mut waits = Vec::new();
        for generation in 2..14 {
            let put = put_up(guard.as_ref(), generation, &at("b", now));
            let wait = put.left(&at("b", now)).unwrap().as_secs();
            waits.push(wait);
            assert_eq!(
                after_refusal(Some(&put), generation, false, true, &at("b", now + wait - 1)),
                Refused::Held(Duration::from_secs(1))
            );
            now += wait;
            assert_eq!(
                after_refusal(Some(&put), generation, false, true, &at("b", now)),
                Refused::Refresh,
                "one refresh for one wait"
            );
            guard = Some(put);
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
    }

    #[test]
    fn s09_a_pair_that_has_worked_or_may_be_over_is_renewed_at_once() {
        let now = at("b", 10);
        assert_eq!(after_refusal(None, 2, true, true, &now), Refused::Refresh);
        assert_eq!(after_refusal(None, 2, false, false, &now), Refused::Refresh);
    }

    #[test]
    fn s09_a_reboot_ends_the_wait_and_not_the_count() {
        let guard = put_up(None, 2, &at("b", 10));
        let guard = put_up(Some(&guard), 3, &at("b", 20));
        let again = put_up(Some(&guard), 4, &at("another", 1));
        assert_eq!(again.refusals, 3);
        assert_eq!(
            after_refusal(Some(&guard), 3, false, true, &at("another", 1)),
            Refused::Refresh
        );
    }
}
