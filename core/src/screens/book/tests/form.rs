//! The form: what is missing, what is sent, notes, photos, moving.

use super::*;

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
        0,
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
    scene.hear(BookEvent::Answered(0, "op-1".to_owned(), Err(offline())));
    time(&mut scene, 11, 0);
    let changed = scene.intend(BookIntent::Submit);
    assert_eq!(sent(&changed).2, None, "another wish");
    scene.hear(BookEvent::Answered(
        0,
        "op-2".to_owned(),
        Ok(accepted(Some(Waiting::Network))),
    ));
    let shown = scene.record(now());
    let done = shown.accepted.expect("accepted");
    assert_eq!((done.booking.as_str(), done.waits_for_network), ("new-1", true));
    assert!(!shown.can_submit);
    assert!(scene.intend(BookIntent::Submit).is_empty(), "it is done");
}

fn stop(scene: &BookScene) -> (Option<BookPart>, u32) {
    let shown = scene.record(now());
    if let Some(fault) = &shown.fault {
        let said = [
            &shown.vehicle_problem,
            &shown.service_problem,
            &shown.center_problem,
            &shown.day_problem,
            &shown.time_problem,
            &shown.notes.problem,
            &shown.photo_problem,
        ];
        assert!(
            said.into_iter()
                .any(|problem| problem.as_ref() == Some(&fault.problem))
        );
    }
    (shown.fault.map(|fault| fault.part), shown.stops)
}

#[test]
fn a_stop_leads_to_the_first_part_that_something_is_wrong_with() {
    let mut scene = opened(v2(), 2);
    scene.hear(BookEvent::Centers(answered(vec![
        center(1, "Asia/Kolkata"),
        center(2, "Asia/Kolkata"),
    ])));
    assert_eq!(stop(&scene), (None, 0));
    let stopped = |scene: &mut BookScene| {
        assert!(scene.intend(BookIntent::Submit).is_empty());
        stop(scene)
    };
    assert_eq!(stopped(&mut scene), (Some(BookPart::Vehicle), 1));
    scene.intend(BookIntent::Vehicle { id: VehicleId(2) });
    assert_eq!(stop(&scene), (None, 1), "nothing moves while it is mended");
    assert_eq!(stopped(&mut scene), (Some(BookPart::Service), 2));
    service(&mut scene);
    assert_eq!(stopped(&mut scene), (Some(BookPart::Center), 3));
    scene.intend(BookIntent::Center { id: CenterId(1) });
    assert_eq!(stopped(&mut scene), (Some(BookPart::Day), 4));
    day(&mut scene, 2026, 12, 25);
    scene.hear(BookEvent::Slots(place(), Ok(snapshot(slots()))));
    assert_eq!(stopped(&mut scene), (Some(BookPart::Time), 5));
    let at = WallTime::from(&kolkata("10:00"));
    scene.intend(BookIntent::Slot { at });
    let text = "é".repeat(1001);
    scene.intend(BookIntent::Notes { text });
    assert_eq!(stopped(&mut scene), (Some(BookPart::Notes), 6));
    scene.intend(BookIntent::Notes { text: String::new() });
    sent(&scene.intend(BookIntent::Submit));
    assert_eq!(stop(&scene), (None, 6));
}

#[test]
fn what_the_server_says_of_a_part_is_a_stop_too_and_so_is_a_time_that_is_over() {
    let mut scene = filled();
    scene.intend(BookIntent::Submit);
    let refused = |field: &str| Error::InvalidInput {
        field: field.to_owned(),
        reason: "no".to_owned(),
    };
    scene.hear(BookEvent::Answered(0, "op".to_owned(), Err(refused("at"))));
    assert_eq!(stop(&scene), (Some(BookPart::Time), 1));
    time(&mut scene, 11, 0);
    scene.intend(BookIntent::Submit);
    scene.hear(BookEvent::Answered(0, "op".to_owned(), Err(offline())));
    assert_eq!(stop(&scene), (None, 1), "it is said of the whole");
    day(&mut scene, 2026, 12, 9);
    scene.intend(BookIntent::Submit);
    scene.hear(BookEvent::TooLate(0));
    assert_eq!(stop(&scene), (Some(BookPart::Day), 2));
    day(&mut scene, 2026, 12, 10);
    scene.intend(BookIntent::Submit);
    scene.hear(BookEvent::TooLate(0));
    assert_eq!(stop(&scene), (Some(BookPart::Time), 3));
}

#[test]
fn who_may_not_book_is_stopped_at_nothing() {
    let mut scene = filled();
    scene.hear(BookEvent::May(false));
    assert!(scene.intend(BookIntent::Submit).is_empty());
    assert_eq!(stop(&scene), (None, 0));
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
        starts_at: kolkata("11:30"),
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
    assert_eq!(effects, [BookEffect::LookAt(0, id)]);
    scene.hear(BookEvent::Moved(0, Ok(booking)));
    scene
}

#[test]
fn a_booking_is_moved_with_the_same_form() {
    let mut scene = moving(BookingStatus::Confirmed);
    let shown = scene.record(now());
    assert_eq!(shown.standing.phase, Phase::Shown);
    assert_eq!(shown.moving.expect("which").starts_at.hour, 11);
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
fn a_picker_of_the_time_begins_in_the_morning_or_where_the_booking_is_now() {
    let at = |hour, minute| TimeOfDay { hour, minute };
    let mut scene = opened(v1(), 1);
    assert_eq!(scene.record(now()).time_begins, at(10, 0));
    time(&mut scene, 11, 45);
    assert_eq!(scene.record(now()).time_begins, at(11, 45));
    let mut scene = moving(BookingStatus::Confirmed);
    let shown = scene.record(now());
    let is_at = shown.moving.expect("a booking").starts_at;
    assert_eq!(shown.time_begins, at(is_at.hour, is_at.minute));
    time(&mut scene, 8, 5);
    assert_eq!(scene.record(now()).time_begins, at(8, 5));
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
    scene.hear(BookEvent::Moved(0, Err(offline())));
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
        scene.hear(BookEvent::Answered(0, "op".to_owned(), Err(wrong)));
        let shown = scene.record(now());
        assert_eq!(problems(&shown)[shows], Some(TextKey::FieldRefused), "{field}");
        assert_eq!(shown.problem, None, "{field}");
    }
    let mut scene = filled();
    scene.intend(BookIntent::Submit);
    scene.hear(BookEvent::TooLate(1));
    assert!(scene.record(now()).busy, "another's");
    scene.hear(BookEvent::TooLate(0));
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
fn how_the_centres_stand_is_said_where_one_is_chosen() {
    let centers = |scene: &BookScene| scene.record(now()).centers_standing;
    for scene in [opened(v1(), 1), moving(BookingStatus::Scheduled)] {
        assert_eq!(centers(&scene), None);
    }
    let mut scene = opened(v2(), 1);
    let phase = |scene: &BookScene| centers(scene).map(|standing| standing.phase);
    assert_eq!(phase(&scene), Some(Phase::FirstLoad));
    scene.hear(BookEvent::Centers(Heard::Failed(offline())));
    let failed = centers(&scene).expect("said");
    assert_eq!(
        (failed.phase, failed.problem.map(|problem| problem.remedy)),
        (Phase::Failed, Some(Remedy::Retry))
    );
    let effects = scene.intend(BookIntent::Refresh);
    assert_eq!(
        effects,
        [BookEffect::RefreshVehicles, BookEffect::RefreshCenters],
        "asked for again"
    );
    scene.hear(BookEvent::Centers(answered(Vec::new())));
    assert_eq!(phase(&scene), Some(Phase::Empty));
    scene.hear(BookEvent::Centers(answered(vec![center(1, "UTC")])));
    assert_eq!(phase(&scene), Some(Phase::Shown));
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
    let effects = scene.hear(BookEvent::Vehicles(Heard::Over));
    assert_eq!(effects, [BookEffect::LookMay(1), BookEffect::NewOperation(1)]);
    let shown = scene.record(now());
    assert_eq!(
        (shown.vehicles.len(), shown.photos.len(), shown.day),
        (0, 0, None)
    );
    assert!(!shown.can_submit, "what the next may do is not known");
    scene.hear(BookEvent::LookedMay(0, true));
    assert!(!scene.record(now()).can_submit, "it was another's");
    scene.hear(BookEvent::LookedMay(1, true));
    assert!(scene.record(now()).can_submit);
    scene.hear(BookEvent::May(false));
    scene.hear(BookEvent::LookedMay(1, true));
    assert!(!scene.record(now()).can_submit, "what was told since is newer");
    assert_eq!(shown.notes.value, "");
    assert_eq!(scene.vehicle, None);
}

#[test]
fn s12_what_was_looked_up_for_one_person_is_not_shown_to_the_next() {
    let mut scene = BookScene::moving(BookingId::from_server(7), TimeZone::UTC);
    let effects = scene.hear(BookEvent::Bookings(answered(Vec::new())));
    assert_eq!(effects, [BookEffect::LookAt(0, BookingId::from_server(7))]);
    let effects = scene.hear(BookEvent::Bookings(Heard::Over));
    assert_eq!(effects, [BookEffect::LookMay(1), BookEffect::NewOperation(1)]);
    let of_a = moving(BookingStatus::Confirmed).moved.expect("A's booking");
    scene.hear(BookEvent::Moved(0, of_a.clone()));
    assert_eq!(scene.record(now()).moving, None, "A's came late");
    scene.hear(BookEvent::Moved(1, of_a));
    assert!(scene.record(now()).moving.is_some());
}
