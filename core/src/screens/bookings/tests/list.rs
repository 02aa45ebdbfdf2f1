//! The sections, and what is shown of each booking.

use super::*;

#[test]
fn each_booking_is_in_one_section_in_its_order() {
    let waiting = item(1, 5, moves(5, "2026-12-20T10:00:00"), WriteState::Queued);
    let lost = conflict(ConflictKind::Changed, None, &[]);
    let bookings = vec![
        booking(1, "2026-12-25T10:00:00", Scheduled),
        booking(2, "2026-12-24T10:00:00", Confirmed),
        booking(3, "2026-12-01T10:00:00", InProgress),
        booking(4, "2026-12-23T10:00:00", Cancelled),
        booking(5, "2026-12-20T10:00:00", Scheduled),
        booking(6, "2026-12-21T10:00:00", Scheduled),
        booking(7, "2026-11-01T10:00:00", Completed),
        booking(8, "2026-11-02T10:00:00", Scheduled),
    ];
    let deciding = item(2, 6, moves(6, "2026-12-22T10:00:00"), lost);
    let shown = showing(bookings, vec![waiting, deciding]).record(now());
    assert_eq!(
        sections(&shown),
        [vec!["5"], vec!["3", "2", "1"], vec!["4", "8", "7"]]
    );
    let decided = shown.decisions[0].booking.as_ref().map(|row| row.id.as_str());
    assert_eq!((shown.decisions.len(), decided), (1, Some("6")));
    assert_eq!(shown.standing.phase, Phase::Shown);
}

#[test]
fn what_can_be_done_obeys_status_time_server_and_role() {
    let bookings = || {
        vec![
            booking(1, "2026-12-25T10:00:00", Scheduled),
            booking(2, "2026-12-25T11:00:00", InProgress),
            booking(3, "2026-12-01T10:00:00", Scheduled),
            booking(4, "2026-12-25T12:00:00", Cancelled),
        ]
    };
    let can = |scene: &BookingsScene| {
        let shown = scene.record(now());
        let all = shown.upcoming.iter().chain(&shown.past);
        let mut can: Vec<_> = all
            .map(|row| (row.id.as_str().to_owned(), row.can_move, row.can_call_off))
            .collect();
        can.sort();
        (can, shown.can_book)
    };
    let expected = |first: (bool, bool)| {
        let row = |id: &str, (moves, calls_off)| (id.to_owned(), moves, calls_off);
        let none = (false, false);
        vec![row("1", first), row("2", none), row("3", none), row("4", none)]
    };
    let mut scene = showing(bookings(), Vec::new());
    assert_eq!(can(&scene), (expected((true, true)), true));
    scene.hear(BookingsEvent::MayChange(false));
    assert_eq!(can(&scene), (expected((false, true)), false));
    scene.hear(BookingsEvent::MayCallOff(false));
    assert_eq!(can(&scene), (expected((false, false)), false));
    let mut scene = showing(bookings(), Vec::new());
    scene.hear(BookingsEvent::Can(Capabilities::default()));
    assert_eq!(can(&scene), (expected((false, false)), false));
}

#[test]
fn a_booking_passes_into_the_past_by_time_alone() {
    let scene = showing(
        vec![
            booking(1, "2026-12-25T10:00:00", Scheduled),
            booking(2, "2026-12-26T10:00:00", Scheduled),
        ],
        Vec::new(),
    );
    let first = scene.changes_at(now()).expect("it will");
    let starts_at = at("2026-12-25T10:00:00").timestamp();
    assert_eq!(sections(&scene.record(starts_at))[1], ["1", "2"], "it begins now");
    assert!(first > starts_at && first.duration_since(starts_at).as_secs() == 0);
    let shown = scene.record(first);
    assert_eq!(sections(&shown)[1..], [vec!["2"], vec!["1"]]);
    let second = scene.changes_at(first).expect("the other too");
    assert!(second > first);
    assert_eq!(scene.changes_at(second), None, "nothing is left to pass");
}

fn photo(id: i64, about: i64, state: WriteState, sent: u64) -> OutboxItem {
    let write = Write::AddPhoto {
        booking: BookingId::from_server(about),
        format: PhotoKind::Jpeg,
        size: 200,
    };
    OutboxItem {
        upload: Some(Upload { sent, size: 200 }),
        ..item(id, about, write, state)
    }
}

#[test]
fn photos_are_counted_and_show_how_far_they_are() {
    let bookings = vec![booking(1, "2026-12-25T10:00:00", Scheduled)];
    let mut scene = opened();
    assert_eq!(
        scene.hear(heard(bookings.clone())),
        [BookingsEffect::Count(BookingId::from_server(1))]
    );
    assert!(scene.hear(heard(bookings)).is_empty(), "once");
    scene.hear(BookingsEvent::Photos(BookingId::from_server(1), 3));
    let both = vec![
        photo(1, 1, WriteState::Sending, 100),
        photo(2, 1, WriteState::Queued, 0),
    ];
    scene.hear(BookingsEvent::Outbox(Heard::Now(both)));
    let shown = scene.record(now());
    assert_eq!(
        sections(&shown)[1],
        ["1"],
        "a photo under way is no change of the booking"
    );
    let photos = shown.upcoming[0].photos.clone().expect("some");
    assert_eq!((photos.count, photos.unsent), (3, 2));
    assert_eq!(photos.progress.map(|progress| progress.value), Some(25.0));
    assert_eq!(photos.next.map(|text| text.key), Some(TextKey::PendingSending));

    // One arrived: it is counted anew.
    let left = vec![photo(2, 1, refused(), 0)];
    assert_eq!(
        scene.hear(BookingsEvent::Outbox(Heard::Now(left))),
        [BookingsEffect::Count(BookingId::from_server(1))]
    );
    let shown = scene.record(now());
    let photos = shown.upcoming[0].photos.clone().expect("some");
    assert_eq!((photos.count, photos.unsent, photos.progress), (3, 0, None));
    let decision = &shown.decisions[0];
    assert_eq!(decision.asked.key, TextKey::AskedPhoto);
    let ways: Vec<_> = decision.ways.iter().map(|way| way.text.key).collect();
    assert_eq!(ways, [TextKey::WayTryAgain, TextKey::WayRemovePhoto]);
}

#[test]
fn writes_about_other_things_do_not_belong_here() {
    let read = Write::MarkRead {
        notification: NotificationId(4),
    };
    let mut scene = opened();
    scene.hear(heard(Vec::new()));
    let about_none = OutboxItem {
        booking: None,
        ..item(1, 1, read, refused())
    };
    scene.hear(BookingsEvent::Outbox(Heard::Now(vec![about_none])));
    let shown = scene.record(now());
    assert!(shown.decisions.is_empty());
    assert_eq!(shown.standing.phase, Phase::Empty);
}

#[test]
fn first_load_failure_and_what_is_old_show_as_such() {
    let mut scene = opened();
    assert_eq!(scene.record(now()).standing.phase, Phase::FirstLoad);
    let offline = Error::Offline {
        why: OfflineReason::Dns,
        reason: String::new(),
    };
    scene.hear(BookingsEvent::Bookings(Heard::Now(Update {
        snapshot: None,
        loading: false,
        error: Some(offline.clone()),
    })));
    let standing = scene.record(now()).standing;
    assert_eq!((standing.phase, standing.offline), (Phase::Failed, true));
    scene.hear(BookingsEvent::Bookings(Heard::Now(Update {
        snapshot: Some(Snapshot {
            value: vec![booking(1, "2026-12-25T10:00:00", Scheduled)],
            origin: Origin::Disk,
            fetched_at: now(),
            stale: true,
            refresh_error: None,
        }),
        loading: true,
        error: Some(offline),
    })));
    let standing = scene.record(now()).standing;
    assert_eq!(standing.phase, Phase::Shown);
    assert!(standing.stale && standing.refreshing && standing.offline);
}

#[test]
fn what_is_to_be_called_off_is_shown_as_it_is_now() {
    let mut scene = showing(vec![booking(1, "2026-12-25T10:00:00", Scheduled)], Vec::new());
    let booking_id = BookingId::from_server(1);
    scene.intend(BookingsIntent::CallOff { booking: booking_id });
    let asked = |scene: &BookingsScene| {
        let question = scene.record(now()).question.expect("asked");
        (question.text.args, question.booking.starts_at.hour)
    };
    let before = asked(&scene);
    scene.hear(heard(vec![booking(1, "2026-12-25T15:00:00", Scheduled)]));
    let after = asked(&scene);
    assert_eq!((before.1, after.1), (10, 15));
    assert_ne!(before.0, after.0);
    scene.hear(heard(Vec::new()));
    assert_eq!(asked(&scene), before, "as it was when it was asked");
}

#[test]
fn s26_nothing_of_one_person_is_left_for_the_next() {
    let lost = conflict(ConflictKind::Changed, None, &[]);
    let mut scene = showing(
        vec![
            booking(1, "2026-12-25T10:00:00", Scheduled),
            booking(2, "2026-12-26T10:00:00", Scheduled),
        ],
        vec![item(3, 1, moves(1, "2026-12-25T11:00:00"), lost)],
    );
    scene.intend(BookingsIntent::CallOff {
        booking: BookingId::from_server(2),
    });
    assert!(scene.record(now()).question.is_some());
    scene.intend(BookingsIntent::Retry {
        item: OutboxItemId(3),
    });
    let looks = scene.hear(BookingsEvent::Bookings(Heard::Over));
    assert_eq!(looks, [BookingsEffect::LookOutbox(1)]);
    scene.hear(BookingsEvent::Decided(OutboxItemId(3), Err(Error::CaptivePortal)));
    let shown = scene.record(now());
    assert_eq!(
        (shown.decisions.len(), shown.question, shown.problem),
        (0, None, None)
    );
    assert_eq!(sections(&scene.record(now())), [vec![""; 0], vec![], vec![]]);
}

#[test]
fn s26_of_whoever_is_signed_in_next_their_own_writes_are_looked_at_once() {
    let lost = || {
        let lost = conflict(ConflictKind::Changed, None, &[]);
        item(3, 1, moves(1, "2026-12-25T11:00:00"), lost)
    };
    let mut scene = showing(vec![booking(1, "2026-12-25T10:00:00", Scheduled)], vec![lost()]);
    let decisions = |scene: &BookingsScene| scene.record(now()).decisions.len();
    assert_eq!(decisions(&scene), 1);
    // The same person signs in again: the outbox is as it was, and so tells nothing.
    scene.hear(BookingsEvent::Bookings(Heard::Over));
    assert_eq!(decisions(&scene), 0);
    scene.hear(BookingsEvent::Looked(0, vec![lost()]));
    assert_eq!(decisions(&scene), 0, "looked at for somebody before");
    scene.hear(BookingsEvent::Looked(1, vec![lost()]));
    assert_eq!(decisions(&scene), 1);
    // What was told since is newer.
    scene.hear(BookingsEvent::Bookings(Heard::Over));
    scene.hear(BookingsEvent::Outbox(Heard::Now(Vec::new())));
    scene.hear(BookingsEvent::Looked(2, vec![lost()]));
    assert_eq!(decisions(&scene), 0);
}

#[test]
fn s37_nothing_of_the_person_is_in_debug() {
    let lost = conflict(
        ConflictKind::Changed,
        Some(booking(1, "2026-12-26T15:00:00", Confirmed)),
        &[],
    );
    let mut scene = showing(
        vec![
            booking(1, "2026-12-25T10:00:00", Scheduled),
            booking(2, "2026-12-26T10:00:00", Scheduled),
        ],
        vec![item(3, 1, moves(1, "2026-12-25T11:00:00"), lost)],
    );
    scene.intend(BookingsIntent::CallOff {
        booking: BookingId::from_server(2),
    });
    assert!(scene.record(now()).question.is_some());
    let shown = format!("{:?}", scene.record(now()));
    assert!(!shown.contains("SECRET"), "{shown}");
}
