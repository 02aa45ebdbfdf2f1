//! What the form shows of what was filled in and heard.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::record::{Book, BookIntent, TimeOfDay};
use super::scene::{BookEffect, BookEvent, BookScene, Order};
use crate::error::{Error, OfflineReason, StorageFault};
use crate::model::{
    Booking, BookingId, BookingStatus, BookingTime, Capabilities, CenterId, Connectivity, Freshness, Origin,
    OutboxItem, OutboxItemId, Photo, ServiceCenter, ServiceType, Slot, Snapshot, Vehicle, VehicleId,
    VehicleSummary, Waiting, Write, WriteState,
};
use crate::query::Update;
use crate::screens::cue::Heard;
use crate::screens::scene::Scene;
use crate::screens::{Day, Phase, Remedy, TextKey, WallTime};

fn now() -> Timestamp {
    "2026-12-10T06:00:00Z".parse().unwrap()
}

fn at(text: &str) -> Zoned {
    text.parse().unwrap()
}

fn kolkata(hour: &str) -> Zoned {
    at(&format!("2026-12-25T{hour}:00+05:30[Asia/Kolkata]"))
}

fn answered<T>(value: T) -> Heard<Update<T>> {
    Heard::Now(Update {
        snapshot: Some(snapshot(value)),
        loading: false,
        error: None,
    })
}

fn snapshot<T>(value: T) -> Snapshot<T> {
    Snapshot {
        value,
        origin: Origin::Network,
        fetched_at: now(),
        stale: false,
        refresh_error: None,
    }
}

fn offline() -> Error {
    Error::Offline {
        why: OfflineReason::Dns,
        reason: String::new(),
    }
}

fn vehicle(id: i64) -> VehicleSummary {
    VehicleSummary {
        vehicle: Vehicle {
            id: VehicleId(id),
            vin: "SECRETVIN".to_owned(),
            make: "SECRET".to_owned(),
            model: "Glamour".to_owned(),
            year: Some(2023),
            mileage_km: None,
        },
        health: None,
        latest_booking: None,
    }
}

fn center(id: i64, zone: &str) -> ServiceCenter {
    ServiceCenter {
        id: CenterId(id),
        name: format!("Centre {id}"),
        address: None,
        city: None,
        state: None,
        phone: None,
        capacity: None,
        time_zone: zone.to_owned(),
    }
}

fn v1() -> Capabilities {
    Capabilities {
        book: true,
        ..Capabilities::default()
    }
}

fn v2() -> Capabilities {
    Capabilities {
        book: true,
        choose_center: true,
        slots: true,
        photos: true,
        ..Capabilities::default()
    }
}

/// A form on a server that can this, for a customer with so many vehicles.
fn opened(can: Capabilities, vehicles: i64) -> BookScene {
    let mut scene = BookScene::new(None, TimeZone::get("Asia/Kolkata").unwrap());
    scene.hear(BookEvent::Can(can));
    scene.hear(BookEvent::May(true));
    scene.hear(BookEvent::Vehicles(answered(
        (1..=vehicles).map(vehicle).collect(),
    )));
    scene
}

fn day(scene: &mut BookScene, year: i16, month: u8, day: u8) -> Vec<BookEffect> {
    scene.intend(BookIntent::Day {
        day: Day { year, month, day },
    })
}

fn time(scene: &mut BookScene, hour: u8, minute: u8) {
    scene.intend(BookIntent::Time {
        time: TimeOfDay { hour, minute },
    });
}

fn service(scene: &mut BookScene) {
    scene.intend(BookIntent::Service {
        word: "oil_change".to_owned(),
    });
}

/// One on a v1 server that is filled in: an oil change at ten on Christmas Day.
fn filled() -> BookScene {
    let mut scene = opened(v1(), 1);
    service(&mut scene);
    day(&mut scene, 2026, 12, 25);
    time(&mut scene, 10, 0);
    scene
}

fn sent(effects: &[BookEffect]) -> (&Order, &Zoned, Option<&str>) {
    match effects {
        [BookEffect::Send { order, at, operation }] => (order, at, operation.as_deref()),
        other => panic!("not sent: {other:?}"),
    }
}

fn accepted(waiting: Option<Waiting>) -> OutboxItem {
    OutboxItem {
        id: OutboxItemId(1),
        operation_id: "op-1".to_owned(),
        write: Write::Cancel {
            booking: BookingId::parse("new-1"),
        },
        booking: Some(BookingId::parse("new-1")),
        state: WriteState::Queued,
        waiting,
        attempts: 0,
        upload: None,
        accepted_at: now(),
        changed_at: now(),
        retry_at: None,
    }
}

fn problems(shown: &Book) -> [Option<TextKey>; 5] {
    [
        &shown.vehicle_problem,
        &shown.service_problem,
        &shown.center_problem,
        &shown.day_problem,
        &shown.time_problem,
    ]
    .map(|problem| problem.as_ref().map(|text| text.key))
}

#[test]
fn what_is_missing_is_said_once_it_was_sent_and_nothing_is_sent() {
    let mut scene = opened(v1(), 2);
    assert_eq!(problems(&scene.record(now())), [None; 5]);
    assert!(scene.intend(BookIntent::Submit).is_empty());
    let shown = scene.record(now());
    assert!(!shown.busy);
    assert_eq!(
        problems(&shown),
        [
            Some(TextKey::FieldVehicleEmpty),
            Some(TextKey::FieldServiceEmpty),
            None,
            Some(TextKey::FieldDayEmpty),
            None
        ]
    );
    scene.intend(BookIntent::Vehicle { id: VehicleId(2) });
    service(&mut scene);
    day(&mut scene, 2026, 12, 25);
    assert_eq!(
        problems(&scene.record(now())),
        [None, None, None, None, Some(TextKey::FieldTimeEmpty)]
    );
    time(&mut scene, 10, 0);
    let effects = scene.intend(BookIntent::Submit);
    let (Order::Book(new), at, None) = sent(&effects) else {
        panic!("{effects:?}")
    };
    assert_eq!(
        (new.vehicle_id, &new.service),
        (VehicleId(2), &ServiceType::OilChange)
    );
    assert_eq!((new.center_id, at), (None, &kolkata("10:00")));
}

#[test]
fn the_only_vehicle_is_chosen_and_v1_shows_no_centre_slot_or_photo() {
    let shown = filled().record(now());
    assert!(shown.vehicles[0].chosen && shown.type_time && shown.can_submit);
    assert!(!shown.choose_center && !shown.takes_photos && !shown.can_add_photo);
    assert_eq!((shown.slots, shown.zone.as_str()), (None, "Asia/Kolkata"));
    let minutes: Vec<f64> = shown
        .services
        .iter()
        .filter_map(|one| Some(one.minutes?.value))
        .collect();
    assert_eq!(minutes, [90.0, 30.0, 60.0, 45.0, 120.0]);
}

#[test]
fn s22_it_is_sent_once_and_a_retry_is_the_same_wish_until_the_form_is_changed() {
    let mut scene = filled();
    let effects = scene.intend(BookIntent::Submit);
    assert_eq!(sent(&effects).2, None, "drawn when it is sent");
    assert!(scene.record(now()).busy);
    assert!(scene.intend(BookIntent::Submit).is_empty());
    scene.hear(BookEvent::Answered(
        "op-1".to_owned(),
        Err(Error::Storage {
            why: StorageFault::Full,
            reason: String::new(),
        }),
    ));
    let shown = scene.record(now());
    assert_eq!(
        shown.problem.map(|problem| problem.remedy),
        Some(Remedy::FreeSpace)
    );
    assert!(!shown.busy);
    let again = scene.intend(BookIntent::Submit);
    assert_eq!(sent(&again).2, Some("op-1"));
    assert_eq!(scene.record(now()).problem, None);
    scene.hear(BookEvent::Answered("op-1".to_owned(), Err(offline())));
    time(&mut scene, 11, 0);
    let changed = scene.intend(BookIntent::Submit);
    assert_eq!(sent(&changed).2, None, "another wish");
    scene.hear(BookEvent::Answered(
        "op-2".to_owned(),
        Ok(accepted(Some(Waiting::Network))),
    ));
    let shown = scene.record(now());
    let done = shown.accepted.expect("accepted");
    assert_eq!((done.booking.as_str(), done.waits_for_network), ("new-1", true));
    assert!(!shown.can_submit);
    assert!(scene.intend(BookIntent::Submit).is_empty(), "it is done");
}

#[test]
fn a_day_or_time_that_is_over_by_the_centres_clock_is_said_at_once() {
    let mut scene = filled();
    // Six in the morning in UTC is half past eleven there; half past seven in the evening is the next day.
    day(&mut scene, 2026, 12, 9);
    assert_eq!(problems(&scene.record(now()))[3], Some(TextKey::FieldDayPast));
    day(&mut scene, 2026, 12, 10);
    assert_eq!(problems(&scene.record(now()))[4], Some(TextKey::FieldTimePast));
    time(&mut scene, 11, 31);
    assert_eq!(problems(&scene.record(now())), [None; 5]);
    let passes = scene.changes_at(now()).expect("by time alone");
    assert_eq!(passes, at("2026-12-10T11:31:00+05:30[Asia/Kolkata]").timestamp());
    assert_eq!(problems(&scene.record(passes))[4], Some(TextKey::FieldTimePast));
    let evening: Timestamp = "2026-12-10T19:30:00Z".parse().unwrap();
    let shown = scene.record(evening);
    assert_eq!(problems(&shown)[3], Some(TextKey::FieldDayPast));
    assert_eq!(shown.first_day.day, 11);
    day(&mut scene, 2026, 2, 30);
    assert_eq!(
        problems(&scene.record(now()))[3],
        Some(TextKey::FieldDayMalformed)
    );
    day(&mut scene, 2026, 12, 25);
    time(&mut scene, 24, 0);
    assert_eq!(
        problems(&scene.record(now()))[4],
        Some(TextKey::FieldTimeMalformed)
    );
    assert!(scene.intend(BookIntent::Submit).is_empty());
}

#[test]
fn s28_a_time_the_clocks_skip_or_repeat_is_asked_and_the_answer_is_sent() {
    for (month, date, question, offsets) in [
        (3, 28, TextKey::FieldTimeSkipped, [3600, 7200]),
        (10, 31, TextKey::FieldTimeTwice, [7200, 3600]),
    ] {
        let mut scene = opened(Capabilities { slots: false, ..v2() }, 1);
        scene.hear(BookEvent::Centers(answered(vec![
            center(1, "Asia/Kolkata"),
            center(2, "Europe/Berlin"),
        ])));
        scene.intend(BookIntent::Center { id: CenterId(2) });
        service(&mut scene);
        day(&mut scene, 2027, month, date);
        time(&mut scene, 2, 30);
        let shown = scene.record(now());
        assert_eq!(problems(&shown)[4], Some(question));
        let choices: Vec<i32> = shown.clocks.iter().map(|one| one.at.offset_seconds).collect();
        assert_eq!(choices, offsets);
        assert!(scene.intend(BookIntent::Submit).is_empty(), "not guessed");
        let meant = shown.clocks[1].at.clone();
        scene.intend(BookIntent::Clock { at: meant.clone() });
        let shown = scene.record(now());
        assert!(shown.clocks[1].chosen && shown.time_problem.is_none());
        let effects = scene.intend(BookIntent::Submit);
        assert_eq!(sent(&effects).1.timestamp(), meant.at);
        let (Order::Book(new), ..) = sent(&effects) else {
            panic!("{effects:?}")
        };
        assert!(matches!(&new.at, BookingTime::Exact(at) if at.timestamp() == meant.at));
    }
}

#[test]
fn s28_a_question_that_is_found_only_when_it_is_sent_is_asked_too() {
    let mut scene = filled();
    scene.intend(BookIntent::Submit);
    let choices = vec![
        at("2026-12-25T10:00:00+05:30[Asia/Kolkata]"),
        at("2026-12-25T10:00:00+01:00[Europe/Berlin]"),
    ];
    let asked = Error::AmbiguousTime {
        skipped: false,
        choices,
    };
    scene.hear(BookEvent::Answered("op-1".to_owned(), Err(asked)));
    let shown = scene.record(now());
    assert_eq!(problems(&shown)[4], Some(TextKey::FieldTimeTwice));
    assert_eq!((shown.clocks.len(), shown.problem), (2, None));
    let meant = shown.clocks[1].at.clone();
    scene.intend(BookIntent::Clock { at: meant.clone() });
    let effects = scene.intend(BookIntent::Submit);
    assert_eq!(sent(&effects).1.timestamp(), meant.at);
}

/// One on a v2 server with two centres, the first of them chosen.
fn at_a_centre() -> BookScene {
    let mut scene = opened(v2(), 1);
    scene.hear(BookEvent::Centers(answered(vec![
        center(1, "Asia/Kolkata"),
        center(2, "Asia/Kolkata"),
    ])));
    scene.intend(BookIntent::Center { id: CenterId(1) });
    service(&mut scene);
    scene
}

fn place() -> super::when::Place {
    (CenterId(1), jiff::civil::date(2026, 12, 25))
}

fn slots() -> Vec<Slot> {
    let slot = |hour: &str, available| Slot {
        starts_at: kolkata(hour),
        available: Some(available),
    };
    vec![slot("09:00", 2), slot("09:30", 0), slot("10:00", 1)]
}

#[test]
fn a_days_free_times_are_asked_for_and_one_is_chosen() {
    let mut scene = at_a_centre();
    assert_eq!(scene.record(now()).slots, None);
    assert_eq!(
        day(&mut scene, 2026, 12, 25),
        [BookEffect::AskSlots(place(), Freshness::CacheFirst)]
    );
    let shown = scene.record(now());
    assert_eq!(shown.slots.expect("looked for").standing.phase, Phase::FirstLoad);
    assert!(!shown.type_time);
    scene.hear(BookEvent::Slots(
        (CenterId(2), place().1),
        Ok(snapshot(Vec::new())),
    ));
    assert_eq!(
        scene.record(now()).slots.expect("still").standing.phase,
        Phase::FirstLoad,
        "another place's"
    );
    scene.hear(BookEvent::Slots(place(), Ok(snapshot(slots()))));
    let free = scene.record(now()).slots.expect("there");
    let hours: Vec<u8> = free.free.iter().map(|slot| slot.at.hour).collect();
    assert_eq!((free.standing.phase, hours), (Phase::Shown, vec![9, 10]));
    let later = kolkata("09:00").timestamp();
    assert_eq!(scene.record(later).slots.expect("there").free.len(), 1);
    scene.intend(BookIntent::Slot {
        at: free.free[1].at.clone(),
    });
    let effects = scene.intend(BookIntent::Submit);
    let (Order::Book(new), at, _) = sent(&effects) else {
        panic!("{effects:?}")
    };
    assert_eq!((new.center_id, at), (Some(CenterId(1)), &kolkata("10:00")));
}

#[test]
fn a_choice_is_gone_with_its_day_and_one_that_is_taken_is_said() {
    let mut scene = at_a_centre();
    day(&mut scene, 2026, 12, 25);
    scene.hear(BookEvent::Slots(place(), Ok(snapshot(slots()))));
    let ten = WallTime::from(&kolkata("10:00"));
    scene.intend(BookIntent::Slot { at: ten });
    scene.hear(BookEvent::Slots(place(), Ok(snapshot(Vec::new()))));
    let shown = scene.record(now());
    assert_eq!(
        shown.slots.as_ref().map(|slots| slots.standing.phase),
        Some(Phase::Empty)
    );
    assert_eq!(problems(&shown)[4], Some(TextKey::FieldTimeTaken));
    assert!(scene.intend(BookIntent::Submit).is_empty());
    scene.intend(BookIntent::Center { id: CenterId(2) });
    assert_eq!(problems(&scene.record(now()))[4], Some(TextKey::FieldTimeEmpty));
}

#[test]
fn where_free_times_cannot_be_had_the_time_is_typed_until_the_network_is_back() {
    let mut scene = at_a_centre();
    day(&mut scene, 2026, 12, 25);
    let why = OfflineReason::Dns;
    scene.hear(BookEvent::Reach(Connectivity::Offline { why }));
    scene.hear(BookEvent::Slots(place(), Err(offline())));
    let shown = scene.record(now());
    let slots_now = shown.slots.expect("tried");
    assert_eq!(
        (slots_now.standing.phase, slots_now.standing.offline),
        (Phase::Failed, true)
    );
    assert!(shown.type_time);
    time(&mut scene, 10, 0);
    let effects = scene.intend(BookIntent::Submit);
    assert_eq!(sent(&effects).1, &kolkata("10:00"));
    scene.hear(BookEvent::Answered("op".to_owned(), Err(offline())));
    assert_eq!(
        scene.hear(BookEvent::Reach(Connectivity::Online)),
        [BookEffect::AskSlots(place(), Freshness::CacheFirst)]
    );
    scene.hear(BookEvent::Slots(place(), Ok(snapshot(slots()))));
    assert!(!scene.record(now()).type_time);
}

#[test]
fn a_centre_is_to_be_chosen_where_there_are_several_and_is_left_open_where_none_is_known() {
    let mut scene = opened(v2(), 1);
    service(&mut scene);
    day(&mut scene, 2026, 12, 25);
    time(&mut scene, 10, 0);
    scene.intend(BookIntent::Submit);
    assert_eq!(
        problems(&scene.record(now()))[2],
        Some(TextKey::FieldCenterEmpty),
        "they are on their way"
    );
    assert!(!scene.record(now()).type_time, "the centre is chosen first");
    scene.hear(BookEvent::Centers(Heard::Now(Update {
        snapshot: None,
        loading: false,
        error: Some(offline()),
    })));
    let effects = scene.intend(BookIntent::Submit);
    let (Order::Book(new), ..) = sent(&effects) else {
        panic!("{effects:?}")
    };
    assert_eq!(new.center_id, None);
    let mut scene = opened(v2(), 1);
    scene.hear(BookEvent::Centers(answered(vec![center(9, "Europe/Berlin")])));
    let shown = scene.record(now());
    assert!(shown.centers[0].chosen, "the only one");
    assert_eq!(shown.zone, "Europe/Berlin");
}

#[test]
fn notes_are_counted_and_too_many_are_said() {
    let mut scene = filled();
    scene.intend(BookIntent::Notes {
        text: "é".repeat(1001),
    });
    assert_eq!(scene.record(now()).notes_left, -1);
    assert_eq!(scene.record(now()).notes.problem, None);
    scene.intend(BookIntent::NotesLeft);
    let problem = scene.record(now()).notes.problem.map(|text| text.key);
    assert_eq!(problem, Some(TextKey::FieldTooLong));
    assert!(scene.intend(BookIntent::Submit).is_empty());
    scene.intend(BookIntent::Notes {
        text: "é".repeat(1000),
    });
    assert_eq!(scene.record(now()).notes_left, 0);
    sent(&scene.intend(BookIntent::Submit));
}

#[test]
fn photos_are_what_their_bytes_are_and_six_are_enough() {
    let mut scene = at_a_centre();
    let add = |scene: &mut BookScene, bytes: Vec<u8>| {
        scene.intend(BookIntent::AddPhoto { bytes });
        let shown = scene.record(now());
        (shown.photos.len(), shown.photo_problem.map(|text| text.key))
    };
    let jpeg = || b"\xff\xd8\xff\xe1SECRET".to_vec();
    assert_eq!(
        add(&mut scene, b"GIF89a".to_vec()),
        (0, Some(TextKey::FieldPhotoKind))
    );
    let mut large = vec![0; usize::try_from(Photo::LARGEST).unwrap() + 1];
    large[..3].copy_from_slice(b"\xff\xd8\xff");
    assert_eq!(add(&mut scene, large), (0, Some(TextKey::FieldPhotoTooLarge)));
    for count in 1..=Photo::MOST {
        assert_eq!(add(&mut scene, jpeg()), (count, None));
    }
    assert!(!scene.record(now()).can_add_photo);
    assert_eq!(
        add(&mut scene, jpeg()),
        (Photo::MOST, Some(TextKey::FieldPhotosTooMany))
    );
    scene.intend(BookIntent::RemovePhoto { number: 2 });
    let shown = scene.record(now());
    assert!(shown.can_add_photo && shown.photo_problem.is_none());
    let numbers: Vec<u32> = shown.photos.iter().map(|photo| photo.number).collect();
    assert_eq!(numbers, [1, 3, 4, 5, 6]);
    assert_eq!(shown.photos[0].size.value, 10.0);
    add(&mut scene, jpeg());
    assert_eq!(scene.record(now()).photos[5].number, 7, "never the same again");
}

fn moving(status: BookingStatus) -> BookScene {
    let id = BookingId::from_server(27);
    let mut scene = BookScene::moving(id.clone(), TimeZone::UTC);
    scene.hear(BookEvent::Can(v2()));
    scene.hear(BookEvent::May(true));
    let booking = Booking {
        id: id.clone(),
        vehicle_id: None,
        vehicle: Some("SECRET Xpulse".to_owned()),
        service: ServiceType::Repair,
        starts_at: kolkata("10:00"),
        status,
        center_id: Some(CenterId(1)),
        center: None,
        minutes: None,
        notes: None,
        created_at: None,
        operation: None,
        pending: None,
    };
    assert_eq!(scene.record(now()).standing.phase, Phase::FirstLoad);
    let effects = scene.hear(BookEvent::Bookings(answered(vec![booking.clone()])));
    assert_eq!(effects, [BookEffect::LookAt(id)]);
    scene.hear(BookEvent::Moved(Ok(booking)));
    scene
}

#[test]
fn a_booking_is_moved_with_the_same_form() {
    let mut scene = moving(BookingStatus::Confirmed);
    let shown = scene.record(now());
    assert_eq!(shown.standing.phase, Phase::Shown);
    assert_eq!(shown.moving.expect("which").starts_at.hour, 10);
    assert!(shown.services.is_empty() && shown.vehicles.is_empty() && !shown.choose_center);
    assert!(!shown.takes_photos && shown.can_submit);
    assert_eq!(shown.zone, "Asia/Kolkata", "the booking's own");
    assert_eq!(
        day(&mut scene, 2026, 12, 25),
        [BookEffect::AskSlots(place(), Freshness::CacheFirst)]
    );
    scene.hear(BookEvent::Slots(place(), Ok(snapshot(slots()))));
    let nine = WallTime::from(&kolkata("09:00"));
    scene.intend(BookIntent::Slot { at: nine });
    let effects = scene.intend(BookIntent::Submit);
    let to = BookingTime::from(kolkata("09:00"));
    assert_eq!(sent(&effects).0, &Order::Move(BookingId::from_server(27), to));
}

#[test]
fn a_booking_that_is_over_cannot_be_moved_and_one_that_is_gone_is_said() {
    let mut scene = moving(BookingStatus::Completed);
    let shown = scene.record(now());
    assert!(!shown.can_submit);
    assert_eq!(
        shown.problem.map(|problem| problem.text.key),
        Some(TextKey::PendingNotChangeable)
    );
    day(&mut scene, 2026, 12, 25);
    assert!(scene.intend(BookIntent::Submit).is_empty());
    let mut scene = BookScene::moving(BookingId::from_server(1), TimeZone::UTC);
    scene.hear(BookEvent::Moved(Err(offline())));
    let standing = scene.record(now()).standing;
    assert_eq!(
        (standing.phase, standing.problem.map(|problem| problem.remedy)),
        (Phase::Failed, Some(Remedy::Retry))
    );
}

#[test]
fn who_may_not_book_is_told_and_sends_nothing() {
    let mut scene = filled();
    scene.hear(BookEvent::May(false));
    let shown = scene.record(now());
    assert!(!shown.can_submit);
    assert_eq!(
        shown.problem.map(|problem| problem.text.key),
        Some(TextKey::ProblemNotAllowed)
    );
    assert!(scene.intend(BookIntent::Submit).is_empty());
}

#[test]
fn what_is_found_wrong_when_it_is_sent_is_said_at_its_field() {
    for (field, shows) in [("at", 4), ("center", 2)] {
        let mut scene = filled();
        scene.intend(BookIntent::Submit);
        let wrong = Error::InvalidInput {
            field: field.to_owned(),
            reason: "not so".to_owned(),
        };
        scene.hear(BookEvent::Answered("op".to_owned(), Err(wrong)));
        let shown = scene.record(now());
        assert_eq!(problems(&shown)[shows], Some(TextKey::FieldRefused), "{field}");
        assert_eq!(shown.problem, None, "{field}");
    }
    let mut scene = filled();
    scene.intend(BookIntent::Submit);
    scene.hear(BookEvent::TooLate);
    assert!(!scene.record(now()).busy);
}

#[test]
fn first_load_empty_and_failed_show_as_such() {
    let scene = BookScene::new(None, TimeZone::UTC);
    assert_eq!(scene.record(now()).standing.phase, Phase::FirstLoad);
    assert_eq!(
        opened(v1(), 0).record(now()).standing.phase,
        Phase::Empty,
        "nothing to book for"
    );
    let mut scene = BookScene::new(None, TimeZone::UTC);
    scene.hear(BookEvent::Vehicles(Heard::Failed(offline())));
    assert_eq!(scene.record(now()).standing.phase, Phase::Failed);
}

#[test]
fn s26_and_s37_nothing_of_the_person_is_in_debug_or_left_for_the_next() {
    let mut scene = at_a_centre();
    scene.intend(BookIntent::Vehicle { id: VehicleId(1) });
    let notes = BookIntent::Notes {
        text: "SECRET".to_owned(),
    };
    assert!(!format!("{notes:?}").contains("SECRET"));
    scene.intend(notes);
    scene.intend(BookIntent::AddPhoto {
        bytes: b"\xff\xd8\xffSECRET".to_vec(),
    });
    day(&mut scene, 2026, 12, 25);
    let shown = format!("{:?}", scene.record(now()));
    assert!(!shown.contains("SECRET"), "{shown}");
    let moved = format!("{:?}", moving(BookingStatus::Scheduled).record(now()));
    assert!(!moved.contains("SECRET"), "{moved}");
    scene.hear(BookEvent::Vehicles(Heard::Over));
    let shown = scene.record(now());
    assert_eq!(
        (shown.vehicles.len(), shown.photos.len(), shown.day),
        (0, 0, None)
    );
    assert_eq!(shown.notes.value, "");
    assert_eq!(scene.vehicle, None);
}
