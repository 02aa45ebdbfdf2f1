//! What a person decides.

use super::*;

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
        let mut scene = showing(vec![booking(1, "2026-12-26T15:00:00", Confirmed)], vec![one]);
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
        scene.intend(BookingsIntent::CallOff {
            booking: BookingId::from_server(1),
        });
        assert_eq!(scene.record(now()).question.is_some(), can_call_off, "{what}");
    }
}

#[test]
fn nothing_is_called_off_that_cannot_be() {
    let asks = |scene: &mut BookingsScene| {
        let can = scene.record(now()).upcoming.iter().any(|row| row.can_call_off);
        scene.intend(BookingsIntent::CallOff {
            booking: BookingId::from_server(1),
        });
        (can, scene.record(now()).question.is_some())
    };
    let one = |status| vec![booking(1, "2026-12-25T10:00:00", status)];
    assert_eq!(asks(&mut showing(one(Scheduled), Vec::new())), (true, true));
    assert_eq!(asks(&mut showing(one(InProgress), Vec::new())), (false, false));
    let mut forbidden = showing(one(Scheduled), Vec::new());
    forbidden.hear(BookingsEvent::MayCallOff(false));
    assert_eq!(asks(&mut forbidden), (false, false));
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
    assert_eq!(
        scene.intend(BookingsIntent::TryAgain),
        [BookingsEffect::CallOff(BookingId::from_server(1))],
        "it was asked before"
    );
    let shown = scene.record(now());
    assert_eq!(shown.problem, None, "gone with the next");
    assert!(shown.question.expect("it is being done").busy);
    assert!(scene.intend(BookingsIntent::TryAgain).is_empty(), "once");
    scene.hear(BookingsEvent::CalledOff(Ok(())));
    assert!(scene.intend(BookingsIntent::TryAgain).is_empty(), "it is done");
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
    scene.hear(BookingsEvent::Decided(OutboxItemId(1), Err(Error::CaptivePortal)));
    let shown = scene.record(now());
    assert!(!shown.pending[0].busy && shown.problem.is_some());
    assert_eq!(
        scene.intend(BookingsIntent::TryAgain),
        [BookingsEffect::Drop(OutboxItemId(1))]
    );
    scene.hear(BookingsEvent::Decided(OutboxItemId(1), Ok(())));
    let shown = scene.record(now());
    assert!(!shown.pending[0].busy && shown.problem.is_none());
    let of_another = BookingsIntent::Retry {
        item: OutboxItemId(9),
    };
    assert!(scene.intend(of_another).is_empty());
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
