//! What the bookings show of what they heard.

use jiff::{Timestamp, Zoned};

use super::record::{Bookings, BookingsIntent};
use super::scene::{BookingsEffect, BookingsEvent, BookingsScene};
use crate::error::{Error, OfflineReason, Refusal};
use crate::model::{
    Booking, BookingId, BookingStatus, Capabilities, Conflict, ConflictKind, NotificationId, Origin,
    OutboxItem, OutboxItemId, PhotoKind, ServiceType, Slot, Snapshot, Upload, VehicleId, Waiting, Write,
    WriteState,
};
use crate::query::Update;
use crate::screens::cue::Heard;
use crate::screens::scene::Scene;
use crate::screens::{Phase, Remedy, TextArg, TextKey, Tone, WallTime};

use BookingStatus::{Cancelled, Completed, Confirmed, InProgress, Scheduled};

fn now() -> Timestamp {
    "2026-12-10T06:00:00Z".parse().unwrap()
}

fn at(text: &str) -> Zoned {
    format!("{text}+05:30[Asia/Kolkata]").parse().unwrap()
}

fn booking(id: i64, starts_at: &str, status: BookingStatus) -> Booking {
    Booking {
        id: BookingId::from_server(id),
        vehicle_id: Some(VehicleId(7)),
        vehicle: Some("SECRET Xpulse".to_owned()),
        service: ServiceType::OilChange,
        starts_at: at(starts_at),
        status,
        center_id: None,
        center: Some("North".to_owned()),
        minutes: Some(30),
        notes: Some("SECRET notes".to_owned()),
        created_at: None,
        operation: None,
        pending: None,
    }
}

fn item(id: i64, about: i64, write: Write, state: WriteState) -> OutboxItem {
    OutboxItem {
        id: OutboxItemId(id),
        operation_id: format!("op-{id}"),
        write,
        booking: Some(BookingId::from_server(about)),
        state,
        waiting: None,
        attempts: 0,
        upload: None,
        accepted_at: Timestamp::UNIX_EPOCH,
        changed_at: Timestamp::UNIX_EPOCH,
        retry_at: None,
    }
}

fn moves(about: i64, to: &str) -> Write {
    Write::Reschedule {
        booking: BookingId::from_server(about),
        at: at(to),
    }
}

fn conflict(kind: ConflictKind, current: Option<Booking>, free: &[&str]) -> WriteState {
    let slot = |text: &&str| Slot {
        starts_at: at(text),
        available: Some(1),
    };
    WriteState::Conflict(Conflict {
        kind,
        reason: "SECRET".to_owned(),
        current: current.map(Box::new),
        free_slots: free.iter().map(slot).collect(),
        request_id: Some("r-1".to_owned()),
    })
}

fn refused() -> WriteState {
    WriteState::Rejected {
        why: Refusal::NotFound,
        reason: "no such vehicle".to_owned(),
        request_id: None,
    }
}

fn heard(bookings: Vec<Booking>) -> BookingsEvent {
    BookingsEvent::Bookings(Heard::Now(Update {
        snapshot: Some(Snapshot {
            value: bookings,
            origin: Origin::Network,
            fetched_at: now(),
            stale: false,
            refresh_error: None,
        }),
        loading: false,
        error: None,
    }))
}

/// A customer of a server that can all.
fn opened() -> BookingsScene {
    let mut scene = BookingsScene::default();
    scene.hear(BookingsEvent::Can(Capabilities {
        book: true,
        photos: true,
        ..Capabilities::default()
    }));
    scene.hear(BookingsEvent::MayChange(true));
    scene.hear(BookingsEvent::MayCallOff(true));
    scene
}

/// One that shows these bookings, and has these writes in its outbox, each beside the booking it is about.
fn showing(mut bookings: Vec<Booking>, items: Vec<OutboxItem>) -> BookingsScene {
    for item in &items {
        for booking in bookings
            .iter_mut()
            .filter(|one| item.booking.as_ref() == Some(&one.id))
        {
            if !matches!(item.write, Write::AddPhoto { .. }) {
                booking.pending = Some(Box::new(item.clone()));
            }
        }
    }
    let mut scene = opened();
    scene.hear(heard(bookings));
    scene.hear(BookingsEvent::Outbox(Heard::Now(items)));
    scene
}

fn ids(rows: &[super::BookingRow]) -> Vec<&str> {
    rows.iter().map(|row| row.id.as_str()).collect()
}

fn sections(shown: &Bookings) -> [Vec<&str>; 3] {
    [ids(&shown.pending), ids(&shown.upcoming), ids(&shown.past)]
}

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

#[test]
fn s24_a_taken_slot_shows_what_was_asked_and_what_is_free_and_is_settled_by_one_choice() {
    let book = Write::Book {
        vehicle_id: VehicleId(7),
        service: ServiceType::OilChange,
        at: at("2026-12-25T10:00:00"),
        center_id: None,
        notes: None,
    };
    let free = [
        "2026-12-09T10:00:00",
        "2026-12-25T10:30:00",
        "2026-12-25T11:00:00",
    ];
    let lost = item(3, 1, book, conflict(ConflictKind::SlotTaken, None, &free));
    let mut scene = showing(vec![booking(1, "2026-12-25T10:00:00", Scheduled)], vec![lost]);
    let shown = scene.record(now());
    assert_eq!(sections(&shown), [vec![""; 0], vec![], vec![]]);
    let decision = &shown.decisions[0];
    assert_eq!(decision.why.key, TextKey::PendingSlotTaken);
    assert_eq!(decision.asked.key, TextKey::AskedBook);
    let asked = WallTime::from(&at("2026-12-25T10:00:00"));
    assert_eq!(decision.asked.args, [TextArg::Wall { at: asked }]);
    assert_eq!(decision.request_id.as_deref(), Some("r-1"));
    let hours: Vec<_> = decision
        .slots
        .iter()
        .map(|slot| (slot.hour, slot.minute))
        .collect();
    assert_eq!(hours, [(10, 30), (11, 0)], "what is over is left out");
    let ways: Vec<_> = decision.ways.iter().map(|way| way.text.key).collect();
    assert_eq!(ways, [TextKey::WayTryAgain, TextKey::WayGiveUp]);
    assert!(decision.can_move && !decision.can_call_off);
    let row = decision.booking.as_ref().expect("what it is about");
    assert!(
        !row.can_move && !row.can_call_off && row.ways.is_empty(),
        "said once"
    );
    assert_eq!(
        scene.changes_at(now()),
        Some(at("2026-12-25T10:30:00").timestamp()),
        "a free time passes"
    );

    let choose = BookingsIntent::ChooseSlot {
        item: OutboxItemId(3),
        at: decision.slots[1].clone(),
    };
    let not_free = BookingsIntent::ChooseSlot {
        item: OutboxItemId(3),
        at: WallTime::from(&at("2026-12-25T12:00:00")),
    };
    assert!(scene.intend(not_free).is_empty());
    let moved = BookingsEffect::Move {
        item: OutboxItemId(3),
        booking: BookingId::from_server(1),
        to: at("2026-12-25T11:00:00"),
    };
    assert_eq!(scene.intend(choose.clone()), [moved]);
    assert!(scene.record(now()).decisions[0].busy);
    assert!(scene.intend(choose).is_empty(), "once");
    let retry = BookingsIntent::Retry {
        item: OutboxItemId(3),
    };
    assert!(scene.intend(retry).is_empty(), "nor anything else of it");
}

#[test]
fn s24_each_conflict_says_what_stays_and_offers_what_the_outbox_allows() {
    use TextKey::{WayGiveUp, WayInsist, WayKeepServers, WayLeave, WayTryAgain};
    let elsewhere = || Some(booking(1, "2026-12-26T15:00:00", Confirmed));
    let book = Write::Book {
        vehicle_id: VehicleId(7),
        service: ServiceType::OilChange,
        at: at("2026-12-25T10:00:00"),
        center_id: None,
        notes: None,
    };
    let cancel = Write::Cancel {
        booking: BookingId::from_server(1),
    };
    let changed = || conflict(ConflictKind::Changed, elsewhere(), &[]);
    let moved = || moves(1, "2026-12-25T11:00:00");
    for (write, state, ways, can_move, can_call_off) in [
        (moved(), changed(), vec![WayInsist, WayKeepServers], true, false),
        (
            cancel.clone(),
            changed(),
            vec![WayInsist, WayKeepServers],
            false,
            false,
        ),
        (
            moved(),
            conflict(ConflictKind::NotChangeable, elsewhere(), &[]),
            vec![WayKeepServers],
            false,
            false,
        ),
        (
            book.clone(),
            conflict(ConflictKind::Moved, elsewhere(), &[]),
            vec![WayInsist, WayKeepServers],
            true,
            true,
        ),
        (book, refused(), vec![WayTryAgain, WayGiveUp], true, false),
        (moved(), refused(), vec![WayTryAgain, WayLeave], true, false),
        (cancel, refused(), vec![WayTryAgain, WayLeave], false, false),
    ] {
        let what = format!("{write:?} {state:?}");
        let has_server = matches!(state, WriteState::Conflict(_));
        let one = item(3, 1, write, state);
        let scene = showing(vec![booking(1, "2026-12-26T15:00:00", Confirmed)], vec![one]);
        let decision = scene.record(now()).decisions.remove(0);
        let offered: Vec<_> = decision.ways.iter().map(|way| way.text.key).collect();
        assert_eq!(offered, ways, "{what}");
        assert_eq!(
            (decision.can_move, decision.can_call_off),
            (can_move, can_call_off),
            "{what}"
        );
        let server = decision.server.map(|mark| mark.starts_at.hour);
        assert_eq!(server, has_server.then_some(15), "{what}");
    }
}

#[test]
fn a_call_off_is_asked_first_and_done_once() {
    let mut scene = showing(vec![booking(1, "2026-12-25T10:00:00", Scheduled)], Vec::new());
    let ask = BookingsIntent::CallOff {
        booking: BookingId::from_server(1),
    };
    assert!(
        scene.intend(BookingsIntent::Confirm).is_empty(),
        "nothing was asked"
    );
    assert!(scene.intend(ask.clone()).is_empty(), "nothing is sent yet");
    let question = scene.record(now()).question.expect("asked");
    assert_eq!(question.text.key, TextKey::CallOffAsk);
    assert_eq!((question.booking.id.as_str(), question.busy), ("1", false));
    scene.intend(BookingsIntent::Dismiss);
    assert_eq!(scene.record(now()).question, None);
    scene.intend(ask.clone());
    assert_eq!(
        scene.intend(BookingsIntent::Confirm),
        [BookingsEffect::CallOff(BookingId::from_server(1))]
    );
    assert!(scene.record(now()).question.expect("there").busy);
    assert!(scene.intend(BookingsIntent::Confirm).is_empty(), "once");
    scene.intend(BookingsIntent::Dismiss);
    assert!(scene.record(now()).question.is_some(), "it is under way");
    scene.hear(BookingsEvent::CalledOff(Err(Error::CaptivePortal)));
    let shown = scene.record(now());
    assert_eq!(shown.question, None);
    assert_eq!(
        shown.problem.map(|problem| problem.remedy),
        Some(Remedy::OpenBrowser)
    );
    scene.intend(ask);
    assert_eq!(scene.record(now()).problem, None, "gone with the next");
}

#[test]
fn a_pending_write_shows_where_it_stands_and_its_ways() {
    let mut waits = item(1, 1, moves(1, "2026-12-25T10:00:00"), WriteState::Queued);
    waits.waiting = Some(Waiting::Network);
    let mut scene = showing(vec![booking(1, "2026-12-25T10:00:00", Scheduled)], vec![waits]);
    let row = scene.record(now()).pending.remove(0);
    let pending = row.pending.expect("marked");
    assert_eq!(
        (pending.text.key, pending.tone),
        (TextKey::PendingNetwork, Tone::Neutral)
    );
    let ways: Vec<_> = row.ways.iter().map(|way| way.text.key).collect();
    assert_eq!(ways, [TextKey::WaySendNow, TextKey::WayLeave]);
    assert!(row.can_move && row.can_call_off && !row.busy);
    let leave = row.ways[1].intent.clone();
    assert_eq!(scene.intend(leave), [BookingsEffect::Drop(OutboxItemId(1))]);
    assert!(scene.record(now()).pending[0].busy);
    scene.hear(BookingsEvent::Decided(OutboxItemId(1), Ok(())));
    assert!(!scene.record(now()).pending[0].busy);
    let of_another = BookingsIntent::Retry {
        item: OutboxItemId(9),
    };
    assert!(scene.intend(of_another).is_empty());
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
fn a_decision_stays_though_its_booking_is_listed_no_more() {
    let state = conflict(
        ConflictKind::Changed,
        Some(booking(1, "2026-12-26T15:00:00", Cancelled)),
        &[],
    );
    let scene = showing(
        Vec::new(),
        vec![item(3, 1, moves(1, "2026-12-25T11:00:00"), state)],
    );
    let shown = scene.record(now());
    assert_eq!(shown.standing.phase, Phase::Shown);
    assert!(shown.decisions[0].booking.is_some());
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
fn s26_nothing_of_one_person_is_left_for_the_next() {
    let lost = conflict(ConflictKind::Changed, None, &[]);
    let mut scene = showing(
        vec![booking(1, "2026-12-25T10:00:00", Scheduled)],
        vec![item(3, 1, moves(1, "2026-12-25T11:00:00"), lost)],
    );
    scene.intend(BookingsIntent::CallOff {
        booking: BookingId::from_server(1),
    });
    scene.intend(BookingsIntent::Retry {
        item: OutboxItemId(3),
    });
    scene.hear(BookingsEvent::Bookings(Heard::Over));
    scene.hear(BookingsEvent::Decided(OutboxItemId(3), Err(Error::CaptivePortal)));
    let shown = scene.record(now());
    assert_eq!(
        (shown.decisions.len(), shown.question, shown.problem),
        (0, None, None)
    );
    assert_eq!(sections(&scene.record(now())), [vec![""; 0], vec![], vec![]]);
}

#[test]
fn s37_nothing_of_the_person_is_in_debug() {
    let lost = conflict(
        ConflictKind::Changed,
        Some(booking(1, "2026-12-26T15:00:00", Confirmed)),
        &[],
    );
    let mut scene = showing(
        vec![booking(1, "2026-12-25T10:00:00", Scheduled)],
        vec![item(3, 1, moves(1, "2026-12-25T11:00:00"), lost)],
    );
    scene.intend(BookingsIntent::CallOff {
        booking: BookingId::from_server(1),
    });
    let shown = format!("{:?}", scene.record(now()));
    assert!(!shown.contains("SECRET"), "{shown}");
}
