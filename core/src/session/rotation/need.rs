//! What follows when the server refuses an access token: a refresh, or a wait (scenario 9).
//!
//! Promised: a pair that is refused is replaced at once; the one that comes of it, if it is refused too, only after a while, and
//! that while doubles with each such pair. Whether a pair has worked meanwhile does not count: a server may refuse on one route
//! what it accepts on another, and then every pair both works and is refused. What ends the row is time without a refusal.
//!
//! Not promised: anything for a pair that any clock says may be over. That is no refusal of what was just granted.

use std::time::Duration;

use crate::ports::BootTime;
use crate::store::Guard;

/// How long after the replacement of a refused pair no later one is replaced for a refusal; doubled with each, at most
/// [`WAIT_CEILING`].
const WAIT_FIRST: Duration = Duration::from_secs(1);
const WAIT_CEILING: Duration = Guard::LONGEST;

/// After so long without a refusal, beyond the last wait, the next one is the first again. Longer than the longest wait: who
/// asks once for each wait goes on waiting that long.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(600);

/// What follows a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::session) enum Refused {
    /// The next pair is asked for.
    Refresh,
    /// The same, once this is written down: what comes of it is not replaced as soon.
    PutUp(Guard),
    /// It came of a refusal itself, and the while is not over.
    Held(Duration),
}

/// What follows the refusal of the access token of this generation. `young`: it cannot have ended by any clock.
pub(in crate::session) fn after_refusal(
    guard: Option<&Guard>,
    generation: i64,
    young: bool,
    now: &BootTime,
) -> Refused {
    if guard.is_some_and(|guard| generation <= guard.generation) {
        return Refused::Refresh;
    }
    if !young {
        return Refused::Refresh;
    }
    if let Some(left) = guard.and_then(|guard| guard.left(now)) {
        return Refused::Held(left);
    }
    let before = guard.filter(|guard| !guard.is_older(FORGOTTEN_AFTER, now));
    let refusals = before.map_or(0, |guard| guard.refusals).saturating_add(1);
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
        match after_refusal(guard, generation, true, now) {
            Refused::PutUp(guard) => guard,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn s09_the_wait_after_each_replaced_pair_doubles_from_one_second_to_five_minutes() {
        let mut guard: Option<Guard> = None;
        let mut now = 0;
        let mut waits = Vec::new();
        for generation in 2..14 {
            let put = put_up(guard.as_ref(), generation, &at("b", now));
            let wait = put.left(&at("b", now)).unwrap().as_secs();
            waits.push(wait);
            assert_eq!(
                after_refusal(Some(&put), generation, true, &at("b", now)),
                Refused::Refresh,
                "this pair is to be replaced"
            );
            assert_eq!(
                after_refusal(Some(&put), generation + 1, true, &at("b", now + wait - 1)),
                Refused::Held(Duration::from_secs(1)),
                "and the one that comes of it is not"
            );
            now += wait;
            guard = Some(put);
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
    }

    #[test]
    fn s09_a_pair_that_may_be_over_is_replaced_and_counts_for_nothing() {
        assert_eq!(after_refusal(None, 2, false, &at("b", 10)), Refused::Refresh);
        let guard = put_up(None, 2, &at("b", 10));
        assert_eq!(
            after_refusal(Some(&guard), 3, false, &at("b", 11)),
            Refused::Refresh
        );
    }

    #[test]
    fn s09_a_pair_that_may_be_over_is_replaced_however_many_were_refused_just_now() {
        let guard = put_up(None, 2, &at("b", 10));
        assert_eq!(
            after_refusal(Some(&guard), 3, false, &at("b", 10)),
            Refused::Refresh
        );
    }

    #[test]
    fn s09_a_row_of_refusals_ends_by_ten_minutes_without_one_and_not_before() {
        let mut guard = put_up(None, 2, &at("b", 0));
        for generation in 3..10 {
            guard = put_up(Some(&guard), generation, &at("b", guard.until.elapsed.as_secs()));
        }
        let until = guard.until.elapsed.as_secs();
        assert_eq!(put_up(Some(&guard), 10, &at("b", until + 599)).refusals, 9);
        assert_eq!(put_up(Some(&guard), 10, &at("b", until + 600)).refusals, 1);
    }

    #[test]
    fn s09_a_reboot_ends_the_wait_and_not_the_count() {
        let guard = put_up(None, 2, &at("b", 10));
        let guard = put_up(Some(&guard), 3, &at("b", 20));
        let again = put_up(Some(&guard), 4, &at("another", 1));
        assert_eq!(again.refusals, 3);
    }
}
