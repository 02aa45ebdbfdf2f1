//! The form that is taken up again.

use super::*;
use crate::screens::book::BookDraft;

/// Another process's form of the same kind.
fn taken_up(mut scene: BookScene, draft: &BookDraft) -> (BookScene, Vec<BookEffect>) {
    let effects = scene.intend(BookIntent::TakeUp { draft: draft.clone() });
    (scene, effects)
}

fn draft(scene: &BookScene) -> BookDraft {
    scene.record(now()).draft
}

fn notes(scene: &mut BookScene, text: &str) {
    scene.intend(BookIntent::Notes {
        text: text.to_owned(),
    });
}

#[test]
fn a_form_taken_up_is_filled_in_as_it_was() {
    let mut scene = filled();
    notes(&mut scene, "It whines, \"loudly\" \u{1f3cd}");
    let (again, _) = taken_up(opened(v1(), 1), &draft(&scene));
    assert_eq!(again.record(now()), scene.record(now()));
    let (order, at, _) = scene_sent(again);
    assert_eq!((order, at), (scene_sent(scene).0, kolkata("10:00")));
}

fn scene_sent(mut scene: BookScene) -> (Order, Zoned, Option<String>) {
    let effects = scene.intend(BookIntent::Submit);
    let (order, at, operation) = sent(&effects);
    (order.clone(), at.clone(), operation.map(str::to_owned))
}

fn centres(scene: &mut BookScene) -> Vec<BookEffect> {
    scene.hear(BookEvent::Centers(answered(vec![
        center(1, "Asia/Kolkata"),
        center(2, "Asia/Kolkata"),
    ])))
}

/// At the first centre at ten, and the form as it is before a server told anything.
fn with_a_slot() -> BookDraft {
    let mut scene = at_a_centre();
    day(&mut scene, 2026, 12, 25);
    scene.hear(BookEvent::Slots(place(), Ok(snapshot(slots()))));
    scene.intend(BookIntent::Slot {
        at: WallTime::from(&kolkata("10:00")),
    });
    draft(&scene)
}

#[test]
fn the_free_time_is_chosen_again_once_those_of_its_day_are_there() {
    let (mut scene, _) = taken_up(opened(v2(), 1), &with_a_slot());
    let again = draft(&scene);
    assert_eq!(again, with_a_slot(), "nor is it lost before they are");
    assert_eq!(
        centres(&mut scene),
        [BookEffect::AskSlots(place(), Freshness::CacheFirst)]
    );
    scene.hear(BookEvent::Slots(place(), Ok(snapshot(slots()))));
    let chosen = scene.record(now()).slots.expect("slots").free;
    let chosen: Vec<u8> = chosen
        .iter()
        .filter(|slot| slot.chosen)
        .map(|slot| slot.at.hour)
        .collect();
    assert_eq!(chosen, [10]);
    assert_eq!(scene_sent(scene).1, kolkata("10:00"));
}

#[test]
fn a_free_time_that_is_taken_meanwhile_is_said_to_be() {
    let (mut scene, _) = taken_up(opened(v2(), 1), &with_a_slot());
    centres(&mut scene);
    scene.hear(BookEvent::Slots(place(), Ok(snapshot(slots()[..1].to_vec()))));
    assert!(scene.intend(BookIntent::Submit).is_empty());
    assert_eq!(problems(&scene.record(now()))[4], Some(TextKey::FieldTimeTaken));
}

#[test]
fn at_another_centre_or_on_another_day_it_is_another_choice() {
    let (mut scene, _) = taken_up(opened(v2(), 1), &with_a_slot());
    scene.intend(BookIntent::Center { id: CenterId(2) });
    centres(&mut scene);
    let elsewhere = (CenterId(2), place().1);
    scene.hear(BookEvent::Slots(elsewhere, Ok(snapshot(slots()))));
    let is_none = |scene: &BookScene| {
        scene
            .record(now())
            .slots
            .expect("slots")
            .free
            .iter()
            .all(|slot| !slot.chosen)
    };
    assert!(is_none(&scene));

    let (mut scene, _) = taken_up(opened(v2(), 1), &with_a_slot());
    day(&mut scene, 2026, 12, 26);
    day(&mut scene, 2026, 12, 25);
    centres(&mut scene);
    scene.hear(BookEvent::Slots(place(), Ok(snapshot(slots()))));
    assert!(is_none(&scene), "it was chosen anew");
}

#[test]
fn s22_a_form_taken_up_is_sent_under_what_it_was_sent_under_and_looked_for() {
    let mut scene = filled();
    scene.hear(BookEvent::NewOperation(0, "op-1".to_owned()));
    let before = draft(&scene);
    assert_eq!(scene_sent(scene).2.as_deref(), Some("op-1"));
    let (scene, effects) = taken_up(opened(v1(), 1), &before);
    assert_eq!(effects, [BookEffect::LookSent(0, "op-1".to_owned())]);
    assert_eq!(scene_sent(scene).2.as_deref(), Some("op-1"));

    let (mut scene, _) = taken_up(opened(v1(), 1), &before);
    scene.hear(BookEvent::NewOperation(0, "op-2".to_owned()));
    scene.hear(BookEvent::Found(0, "op-1".to_owned(), accepted(None)));
    assert!(
        scene.record(now()).accepted.is_some(),
        "nothing is left to be done"
    );
}

#[test]
fn s22_what_is_typed_again_as_it_was_is_no_other_wish() {
    let mut scene = filled();
    notes(&mut scene, "a");
    scene.hear(BookEvent::NewOperation(0, "op-1".to_owned()));
    let (mut scene, _) = taken_up(opened(v1(), 1), &draft(&scene));
    notes(&mut scene, "a");
    assert!(day(&mut scene, 2026, 12, 25).is_empty());
    time(&mut scene, 10, 0);
    assert_eq!(scene_sent(scene).2.as_deref(), Some("op-1"));
}

#[test]
fn s22_filled_in_otherwise_it_is_another_wish() {
    let mut scene = filled();
    scene.hear(BookEvent::NewOperation(0, "op-1".to_owned()));
    let (mut scene, _) = taken_up(opened(v1(), 1), &draft(&scene));
    let effects = day(&mut scene, 2026, 12, 26);
    assert_eq!(effects, [BookEffect::NewOperation(0)]);
    scene.hear(BookEvent::Found(0, "op-1".to_owned(), accepted(None)));
    assert!(
        scene.record(now()).accepted.is_none(),
        "it is not that one any more"
    );
    scene.hear(BookEvent::NewOperation(0, "op-2".to_owned()));
    assert_eq!(scene_sent(scene).2.as_deref(), Some("op-2"));
}

#[test]
fn what_a_form_goes_under_stays_while_it_is_filled_in_and_is_drawn_anew_after_it_went() {
    let mut scene = filled();
    scene.hear(BookEvent::NewOperation(0, "op-1".to_owned()));
    notes(&mut scene, "a");
    scene.hear(BookEvent::NewOperation(0, "op-2".to_owned()));
    assert_eq!(sent(&scene.intend(BookIntent::Submit)).2, Some("op-1"));
    scene.hear(BookEvent::Answered(0, "op-1".to_owned(), Err(offline())));
    let again = scene.intend(BookIntent::Notes { text: "b".to_owned() });
    assert_eq!(again, [BookEffect::NewOperation(0)]);
    assert!(
        scene
            .intend(BookIntent::Notes { text: "c".to_owned() })
            .is_empty(),
        "once"
    );
}

#[test]
fn s26_nothing_of_a_is_found_for_b() {
    let mut scene = filled();
    scene.hear(BookEvent::NewOperation(0, "op-1".to_owned()));
    let (mut scene, _) = taken_up(opened(v1(), 1), &draft(&scene));
    let effects = scene.hear(BookEvent::Vehicles(Heard::Over));
    assert_eq!(effects, [BookEffect::LookMay(1), BookEffect::NewOperation(1)]);
    scene.hear(BookEvent::NewOperation(0, "op-9".to_owned()));
    scene.hear(BookEvent::Found(0, "op-1".to_owned(), accepted(None)));
    let shown = scene.record(now());
    assert!(shown.accepted.is_none() && shown.day.is_none());
    assert!(!shown.draft.text.contains("op-"), "{}", shown.draft.text);
}

#[test]
fn what_cannot_be_read_leaves_the_form_as_it_is() {
    let texts = [
        "",
        "{",
        "3",
        "{\"vehicle\":\"x\"}",
        "{\"when\":{\"day\":\"2026-13-01\"}}",
    ];
    for text in texts {
        let draft = BookDraft {
            text: text.to_owned(),
        };
        let (scene, effects) = taken_up(filled(), &draft);
        assert_eq!(
            (scene.record(now()), effects),
            (filled().record(now()), Vec::new()),
            "{text}"
        );
    }
    let newer = BookDraft {
        text: r#"{"vehicle":1,"service":"hover_tuning","more":{"of":"this"}}"#.to_owned(),
    };
    let shown = taken_up(opened(v1(), 2), &newer).0.record(now());
    assert!(shown.vehicles[0].chosen && shown.services.iter().all(|service| !service.chosen));
}

#[test]
fn s37_what_is_filled_in_is_in_no_debug() {
    let mut scene = filled();
    notes(&mut scene, "SECRET");
    let shown = scene.record(now());
    assert!(shown.draft.text.contains("SECRET"));
    let intent = BookIntent::TakeUp {
        draft: shown.draft.clone(),
    };
    assert!(!format!("{shown:?}{:?}{intent:?}", shown.draft).contains("SECRET"));
}
