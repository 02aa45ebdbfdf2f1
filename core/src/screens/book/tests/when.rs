//! Centre, day and time.

use super::*;

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
fn two_weeks_from_the_centres_today_can_be_chosen_at_once() {
    let mut scene = filled();
    day(&mut scene, 2026, 12, 12);
    let days = |scene: &BookScene, now| {
        let shown = scene.record(now);
        assert_eq!(shown.days.len(), 14);
        assert_eq!(shown.days[0].day, shown.first_day);
        assert!(shown.days.is_sorted_by_key(|one| one.day));
        let chosen = shown.days.iter().filter(|one| one.chosen);
        chosen.map(|one| one.day.day).collect::<Vec<_>>()
    };
    assert_eq!(days(&scene, now()), [12]);
    let new_year: Timestamp = "2026-12-31T20:00:00Z".parse().unwrap();
    assert_eq!(days(&scene, new_year), [0; 0]);
    assert_eq!(
        scene.record(new_year).days[13].day,
        Day {
            year: 2027,
            month: 1,
            day: 14
        }
    );
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
    scene.hear(BookEvent::Answered(0, "op-1".to_owned(), Err(asked)));
    let shown = scene.record(now());
    assert_eq!(problems(&shown)[4], Some(TextKey::FieldTimeTwice));
    assert_eq!((shown.clocks.len(), shown.problem), (2, None));
    let meant = shown.clocks[1].at.clone();
    scene.intend(BookIntent::Clock { at: meant.clone() });
    let effects = scene.intend(BookIntent::Submit);
    assert_eq!(sent(&effects).1.timestamp(), meant.at);
}

/// One on a v2 server with two centres, the first of them chosen.
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
    scene.hear(BookEvent::Answered(0, "op".to_owned(), Err(offline())));
    assert_eq!(
        scene.hear(BookEvent::Reach(Connectivity::Online)),
        [BookEffect::AskSlots(place(), Freshness::CacheFirst)]
    );
    scene.hear(BookEvent::Slots(place(), Ok(snapshot(slots()))));
    assert!(!scene.record(now()).type_time);
}

#[test]
fn free_times_are_asked_for_again_once_when_they_are_old_or_were_put_off() {
    let mut scene = at_a_centre();
    day(&mut scene, 2026, 12, 25);
    let again = [BookEffect::AskSlots(place(), Freshness::NetworkFirst)];
    let busy = || Error::Busy { until: now() };
    scene.hear(BookEvent::Slots(place(), Err(busy())));
    assert!(scene.record(now()).type_time);
    assert_eq!(scene.hear(BookEvent::SlotsDue(place(), None)), again);
    assert!(scene.record(now()).type_time, "what is typed stays meanwhile");

    scene.hear(BookEvent::Slots(place(), Ok(snapshot(slots()))));
    assert!(
        scene.hear(BookEvent::SlotsDue(place(), None)).is_empty(),
        "they are there"
    );
    let elsewhere = (CenterId(2), place().1);
    assert!(scene.hear(BookEvent::SlotsDue(elsewhere, Some(now()))).is_empty());
    assert_eq!(scene.hear(BookEvent::SlotsDue(place(), Some(now()))), again);
    let shown = scene.record(now()).slots.expect("there");
    assert!(shown.standing.refreshing && shown.standing.phase == Phase::Shown);
    assert!(
        scene.hear(BookEvent::SlotsDue(place(), Some(now()))).is_empty(),
        "on their way"
    );
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
