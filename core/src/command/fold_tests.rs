//! What becomes of writes that were not sent yet.

use std::time::Duration;

use super::*;
use crate::command::stored::{Outcome, Stored};
use crate::model::{Booking, BookingId, BookingStatus, Conflict, ConflictKind, ServiceType, VehicleId};
use crate::store::{ChainId, OutboxRow, Progress};

/// An entry with this number in this chain and lane; a booking to be made.
pub(in crate::command) fn entry(seq: i64, chain: &str, lane: u8, state: ItemState) -> Entry {
    Entry {
        row: OutboxRow {
            seq,
            uid: vec![0; 16],
            chain: ChainId::parse(&chain.repeat(10)).unwrap(),
            lane: Some(vec![lane]),
            command: Vec::new(),
            progress: Progress {
                state,
                ..Progress::queued()
            },
            upload: None,
            accepted_at: jiff::Timestamp::UNIX_EPOCH,
            changed_at: jiff::Timestamp::UNIX_EPOCH,
        },
        stored: Stored {
            operation_id: format!("op-{seq}"),
            folded: Vec::new(),
            sent_as: format!("op-{seq}"),
            command: book(10),
        },
        outcome: None,
    }
}

/// The same of a photo.
pub(in crate::command) fn photo(seq: i64, chain: &str, lane: u8, state: ItemState) -> Entry {
    let format = crate::model::PhotoKind::Jpeg;
    with(
        entry(seq, chain, lane, state),
        Command::AddPhoto { format, size: 1000 },
    )
}

fn at(hour: i64) -> Zoned {
    let midnight: Zoned = "2026-12-25T00:00:00+05:30[Asia/Kolkata]".parse().unwrap();
    midnight + Duration::from_secs(u64::try_from(hour).unwrap() * 3600)
}

fn book(hour: i64) -> Command {
    Command::Book {
        vehicle: VehicleId(51),
        service: ServiceType::OilChange,
        at: at(hour),
        center: None,
        notes: None,
        vehicle_name: None,
        center_name: None,
    }
}

fn booking(hour: i64) -> Booking {
    Booking {
        id: BookingId::from_server(7),
        vehicle_id: Some(VehicleId(51)),
        vehicle: None,
        service: ServiceType::OilChange,
        starts_at: at(hour),
        status: BookingStatus::Scheduled,
        center_id: None,
        center: None,
        minutes: Some(30),
        notes: None,
        created_at: None,
        operation: None,
        pending: None,
    }
}

fn seen(hour: i64) -> Option<Seen> {
    Some(Seen::of(&booking(hour)))
}

fn with(mut entry: Entry, command: Command) -> Entry {
    entry.stored.command = command;
    entry
}

fn moves(hour: i64, saw: Option<Seen>) -> Command {
    Command::Reschedule {
        at: at(hour),
        seen: saw,
    }
}

fn conflicted(mut entry: Entry, kind: ConflictKind, current: Option<Booking>) -> Entry {
    entry.row.progress.state = ItemState::Conflict;
    entry.outcome = Some(Outcome::Conflict(Conflict {
        kind,
        reason: String::new(),
        current: current.map(Box::new),
        free_slots: Vec::new(),
        request_id: None,
    }));
    entry
}

use ItemState::{Done, Queued, Rejected, Sending, Unknown, Withdrawn};

#[test]
fn a_booking_that_was_not_sent_is_moved_in_place() {
    for state in [Queued, Rejected] {
        let chain = [entry(1, "a", 1, state)];
        assert_eq!(
            reschedule(&chain, &at(11), None).unwrap(),
            Then::Rewrite(1, book(11)).alone()
        );
    }
    let taken = conflicted(entry(1, "a", 1, Queued), ConflictKind::SlotTaken, None);
    assert_eq!(
        reschedule(&[taken], &at(11), None).unwrap(),
        Then::Rewrite(1, book(11)).alone()
    );
}

#[test]
fn two_reschedules_send_one_and_it_compares_with_what_was_there_before_both() {
    let chain = [with(entry(1, "a", 1, Queued), moves(11, seen(10)))];
    assert_eq!(
        reschedule(&chain, &at(12), seen(11)).unwrap(),
        Then::Rewrite(1, moves(12, seen(10))).alone()
    );
}

#[test]
fn a_move_that_waits_for_the_one_before_it_goes_on_waiting_for_what_that_makes() {
    let chain = [
        with(entry(1, "a", 1, Unknown), moves(11, seen(16))),
        with(entry(2, "a", 1, Queued), moves(12, None)),
    ];
    assert_eq!(
        reschedule(&chain, &at(14), seen(16)).unwrap(),
        Then::Rewrite(2, moves(14, None)).alone()
    );
}

#[test]
fn what_may_have_been_applied_is_left_alone() {
    for state in [Sending, Unknown] {
        let chain = [entry(1, "a", 1, state)];
        assert_eq!(
            reschedule(&chain, &at(11), seen(10)).unwrap(),
            Then::Append(moves(11, None)).alone()
        );
        assert_eq!(
            cancel(&chain, seen(10)),
            Then::Append(Command::Cancel { seen: None }).alone()
        );
    }
}

#[test]
fn book_then_cancel_sends_nothing() {
    for state in [Queued, Rejected] {
        let chain = [entry(1, "a", 1, state)];
        let expected = Folded {
            withdraw: vec![1],
            then: Then::Nothing(1),
        };
        assert_eq!(cancel(&chain, None), expected);
    }
}

#[test]
fn a_cancellation_takes_back_the_move_before_it_and_compares_with_what_was_there_before_that() {
    let chain = [
        entry(1, "a", 1, Done),
        with(entry(2, "a", 1, Withdrawn), moves(9, seen(8))),
        with(entry(3, "a", 1, Queued), moves(11, seen(10))),
    ];
    let expected = Folded {
        withdraw: vec![3],
        then: Then::Append(Command::Cancel { seen: seen(10) }),
    };
    assert_eq!(cancel(&chain, seen(11)), expected);
}

#[test]
fn a_move_behind_a_create_under_way_is_taken_back_and_the_cancellation_waits_for_the_create() {
    let chain = [
        entry(1, "a", 1, Sending),
        with(entry(2, "a", 1, Queued), moves(11, None)),
    ];
    let expected = Folded {
        withdraw: vec![2],
        then: Then::Append(Command::Cancel { seen: None }),
    };
    assert_eq!(cancel(&chain, None), expected);
}

#[test]
fn a_second_cancellation_is_the_first_one_and_a_move_of_what_is_being_cancelled_is_refused() {
    let chain = [with(entry(4, "a", 1, Queued), Command::Cancel { seen: None })];
    assert_eq!(cancel(&chain, None), Then::Same(4).alone());
    assert!(matches!(
        reschedule(&chain, &at(11), None),
        Err(Error::InvalidInput { .. })
    ));
}

#[test]
fn s24_a_new_time_after_a_conflict_compares_with_what_the_conflict_showed() {
    let changed = conflicted(
        with(entry(1, "a", 1, Queued), moves(11, seen(10))),
        ConflictKind::Changed,
        Some(booking(15)),
    );
    assert_eq!(
        reschedule(std::slice::from_ref(&changed), &at(12), None).unwrap(),
        Then::Rewrite(1, moves(12, seen(15))).alone()
    );
    let expected = Folded {
        withdraw: vec![1],
        then: Then::Append(Command::Cancel { seen: seen(15) }),
    };
    assert_eq!(cancel(&[changed], seen(10)), expected);
}

#[test]
fn a_booking_the_server_moved_exists_and_is_moved_or_cancelled_there() {
    let moved = conflicted(entry(1, "a", 1, Queued), ConflictKind::Moved, Some(booking(9)));
    assert_eq!(
        reschedule(std::slice::from_ref(&moved), &at(10), None).unwrap(),
        Then::Rewrite(1, moves(10, seen(9))).alone()
    );
    assert_eq!(
        cancel(&[moved], None),
        Then::Rewrite(1, Command::Cancel { seen: seen(9) }).alone()
    );
}

#[test]
fn a_new_time_or_a_cancellation_behind_a_refused_booking_makes_up_for_it() {
    let refused = entry(1, "a", 1, Rejected);
    let later = with(entry(2, "a", 1, Queued), moves(11, None));
    assert_eq!(
        make_up(&refused, &later),
        Some(Folded {
            withdraw: vec![2],
            then: Then::Rewrite(1, book(11))
        })
    );
    let cancelled = with(entry(2, "a", 1, Queued), Command::Cancel { seen: None });
    assert_eq!(
        make_up(&refused, &cancelled),
        Some(Folded {
            withdraw: vec![1, 2],
            then: Then::Nothing(1)
        })
    );
    let moved = conflicted(entry(1, "a", 1, Queued), ConflictKind::Moved, Some(booking(9)));
    assert_eq!(
        make_up(&moved, &cancelled),
        Some(Folded {
            withdraw: vec![1],
            then: Then::Rewrite(2, Command::Cancel { seen: seen(9) })
        }),
        "it exists, and is not wanted"
    );
    assert_eq!(
        make_up(&moved, &later),
        Some(Folded {
            withdraw: vec![1],
            then: Then::Rewrite(2, moves(11, seen(9)))
        })
    );
}

#[test]
fn behind_a_move_to_a_taken_slot_the_next_one_goes_but_not_if_somebody_changed_the_booking() {
    let first = |kind| conflicted(with(entry(1, "a", 1, Queued), moves(11, seen(10))), kind, None);
    let next = with(entry(2, "a", 1, Queued), moves(12, None));
    assert_eq!(
        make_up(&first(ConflictKind::SlotTaken), &next),
        Some(Folded {
            withdraw: vec![1],
            then: Then::Rewrite(2, moves(12, seen(10)))
        })
    );
    assert_eq!(make_up(&first(ConflictKind::Changed), &next), None);
}

#[test]
fn s22_photos_are_looked_past_and_go_with_a_booking_that_is_never_made() {
    let queued = [
        entry(1, "a", 51, ItemState::Queued),
        photo(2, "a", 51, ItemState::Queued),
        photo(3, "a", 51, ItemState::Done),
    ];
    let moved = reschedule(&queued, &at(12), seen(10)).unwrap();
    assert_eq!(moved, Then::Rewrite(1, book(12)).alone());
    let cancelled = cancel(&queued, seen(10));
    assert_eq!(cancelled.withdraw, [1]);
    assert_eq!(photos_given_up(&queued, &cancelled.withdraw), [2]);

    let made = [
        entry(1, "a", 51, ItemState::Done),
        photo(2, "a", 51, ItemState::Queued),
        photo(3, "a", 51, ItemState::Rejected),
    ];
    let cancelled = cancel(&made, seen(10));
    assert_eq!(cancelled.then, Then::Append(Command::Cancel { seen: seen(10) }));
    assert_eq!(cancelled.withdraw, Vec::<i64>::new());
    assert_eq!(photos_given_up(&made, &cancelled.withdraw), Vec::<i64>::new());
    assert_eq!(photos_of(&made), [2, 3], "once it is called off");
    let refused = entry(1, "a", 51, ItemState::Rejected);
    assert!(
        make_up(&refused, &made[1]).is_none(),
        "a photo makes up for nothing"
    );
}
