//! How many of a centre's places are free, moment by moment.
//!
//! It promises that a booking which fits at every moment of its duration is the only one that fits: counting those that
//! start near it, as v1 does, gives away places that a long repair still holds.

use jiff::tz::TimeZone;

use crate::store::Busy;
use crate::time::at_center;

pub(super) const MINUTE_US: i64 = 60_000_000;
pub(super) const DAY_US: i64 = 24 * 60 * MINUTE_US;

/// How long a booking without a duration is taken to last, in minutes, as every answer says.
pub(super) const UNKNOWN_DURATION: i64 = 60;

/// A centre's places for some stretch of time.
pub(super) struct Room {
    capacity: i64,
    /// From when to when a place is taken, by beginning.
    taken: Vec<(i64, i64)>,
}

/// The wall times of which every booking must be known to tell the room between two instants: a booking holds its place for a
/// day at most, and no clock is more than a day from UTC.
pub(super) fn window(from_us: i64, to_us: i64) -> (i64, i64) {
    let (from, to) = (from_us.saturating_sub(2 * DAY_US), to_us.saturating_add(DAY_US));
    (from, to)
}

impl Room {
    /// The room these bookings leave, as if the one `without` were not there.
    pub(super) fn new(capacity: i64, busy: &[Busy], zone: &TimeZone, without: Option<i64>) -> Self {
        let others = busy.iter().filter(|booking| Some(booking.booking_id) != without);
        let mut taken: Vec<_> = others
            .filter_map(|booking| {
                let from = at_center(booking.wall_us, booking.offset_s, zone)?
                    .timestamp()
                    .as_microsecond();
                // v1 takes any duration.
                let minutes = booking.duration.unwrap_or(UNKNOWN_DURATION).clamp(0, 24 * 60);
                Some((from, from + minutes * MINUTE_US))
            })
            .collect();
        taken.sort_unstable();
        Self { capacity, taken }
    }

    /// How many places are free at every moment of so many minutes.
    pub(super) fn free(&self, from_us: i64, minutes: i64) -> i64 {
        let to_us = from_us.saturating_add(minutes * MINUTE_US);
        let first = self
            .taken
            .partition_point(|(from, _)| *from < from_us.saturating_sub(DAY_US));
        let last = self.taken.partition_point(|(from, _)| *from < to_us);
        let mut changes = Vec::new();
        for &(from, to) in &self.taken[first..last] {
            if to > from_us && to > from {
                changes.extend([(from.max(from_us), 1), (to, -1)]);
            }
        }
        // Who leaves at a moment leaves before who comes at it: -1 sorts first.
        changes.sort_unstable();
        let (mut now, mut most) = (0, 0);
        for (_, change) in changes {
            now += change;
            most = most.max(now);
        }
        (self.capacity - most).max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(capacity: i64, taken: &[(i64, i64)]) -> Room {
        let busy: Vec<Busy> = taken
            .iter()
            .map(|(from, minutes)| Busy {
                booking_id: *from,
                wall_us: from * MINUTE_US,
                offset_s: None,
                duration: Some(*minutes),
            })
            .collect();
        Room::new(capacity, &busy, &TimeZone::UTC, None)
    }

    #[test]
    fn what_counts_is_the_fullest_moment() {
        // Two one after the other hold one place; a third beside either holds another.
        let room = room(3, &[(0, 30), (30, 30), (45, 30)]);
        assert_eq!(room.free(0, 60), 1);
        assert_eq!(room.free(0, 45), 2);
        assert_eq!(room.free(75 * MINUTE_US, 30), 3);
    }

    #[test]
    fn a_place_is_free_the_moment_a_booking_ends() {
        let room = room(1, &[(0, 30), (60, 30)]);
        assert_eq!(room.free(30 * MINUTE_US, 30), 1);
        assert_eq!(room.free(29 * MINUTE_US, 30), 0);
        assert_eq!(room.free(31 * MINUTE_US, 30), 0);
    }

    #[test]
    fn an_overbooked_centre_has_no_negative_room_and_odd_durations_hold_a_day_or_nothing() {
        assert_eq!(room(1, &[(0, 30), (0, 30)]).free(0, 30), 0);
        let odd = room(2, &[(0, -5), (0, i64::MAX)]);
        assert_eq!(odd.free(0, 30), 1);
        assert_eq!(odd.free(DAY_US, 30), 2);
    }
}
