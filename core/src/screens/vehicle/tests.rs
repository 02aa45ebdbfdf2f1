//! The screen of one vehicle without a server.

use jiff::Timestamp;

use super::record::{ComponentSpot, VehicleIntent, VehiclePage};
use super::scene::{VehicleEffect, VehicleEvent, VehicleScene};
use crate::error::{Error, Refusal};
use crate::model::{
    Capabilities, Component, ComponentHealth, ComponentKind, Connectivity, Health, HealthStatus, Issue,
    Prediction, Severity, Telemetry, VehicleDetails, VehicleId, Write, WriteState,
};
use crate::query::Update;
use crate::screens::cue::Heard;
use crate::screens::samples::{answered, booking, item, nothing, now, offline, vehicle};
use crate::screens::scene::Scene;
use crate::screens::{Day, Phase, Remedy, TextKey, Tone};

const ID: VehicleId = VehicleId(7);

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn today() -> Timestamp {
    at("2026-12-10T12:00:00Z")
}

fn component(kind: ComponentKind, score: f64, issues: Vec<Issue>) -> Component {
    Component {
        kind,
        health: ComponentHealth {
            score,
            status: Health::status_of(score),
            issues,
        },
    }
}

fn issue(severity: Severity) -> Issue {
    Issue {
        severity,
        description: None,
        action: None,
        probability: None,
        days_to_failure: None,
        predicted_at: None,
    }
}

fn details() -> VehicleDetails {
    VehicleDetails {
        vehicle: vehicle(ID.0),
        purchased_on: Some("2023-05-01".parse().expect("a day")),
        warranty_until: Some("2026-12-11".parse().expect("a day")),
        health: Health::new(18.0),
        components: Vec::new(),
        predictions: Vec::new(),
        telemetry: None,
        updated_at: None,
    }
}

fn heard(details: VehicleDetails) -> VehicleScene {
    let mut scene = VehicleScene::of(ID);
    scene.hear(VehicleEvent::Details(Box::new(now(details, today()))));
    scene
}

fn spots(page: &VehiclePage) -> Vec<ComponentSpot> {
    page.components.iter().map(|one| one.spot).collect()
}

#[test]
fn the_ten_components_are_always_there_and_in_one_order() {
    use ComponentSpot::{
        Battery, Brakes, CoolingSystem, Engine, Exhaust, FuelSystem, OilSystem, Suspension, Tires,
        Transmission,
    };
    let order = [
        Engine,
        Transmission,
        Brakes,
        Battery,
        CoolingSystem,
        OilSystem,
        Suspension,
        Tires,
        Exhaust,
        FuelSystem,
    ];
    let nothing_yet = VehicleScene::of(ID).record(today());
    assert_eq!(spots(&nothing_yet), order);
    assert!(
        nothing_yet.components.iter().all(|one| {
            (one.text.key, one.tone, one.score) == (TextKey::HealthUnknown, Tone::Neutral, None)
        })
    );

    let later = ComponentKind::Unknown("Flux capacitor".to_owned());
    let shown = heard(VehicleDetails {
        components: vec![
            component(ComponentKind::Tires, 12.0, vec![issue(Severity::Critical)]),
            component(later, 20.0, Vec::new()),
            component(ComponentKind::Engine, 85.0, Vec::new()),
            // Said twice: the worse of the two counts.
            component(ComponentKind::Tires, 99.0, Vec::new()),
        ],
        ..details()
    })
    .record(today());
    assert_eq!(spots(&shown), order);
    let labels: Vec<&str> = shown.components.iter().map(|one| one.label.key.name()).collect();
    assert_eq!((labels[0], labels[7]), ("component_engine", "component_tires"));
    let tires = &shown.components[7];
    assert_eq!(
        (tires.tone, tires.text.key),
        (Tone::Critical, TextKey::HealthCritical)
    );
    assert_eq!(
        (tires.score.map(|it| it.value), tires.issues.len()),
        (Some(12.0), 1)
    );
    assert_eq!(shown.components[0].tone, Tone::Good);
    assert_eq!(shown.components[1].text.key, TextKey::HealthUnknown);
    let others: Vec<ComponentSpot> = shown.others.iter().map(|one| one.spot).collect();
    assert_eq!(others, [ComponentSpot::Elsewhere], "nothing is lost");
}

#[test]
fn s21_a_status_of_a_later_server_is_shown_in_its_words() {
    let mut odd = component(ComponentKind::Brakes, 50.0, Vec::new());
    odd.health.status = HealthStatus::Unknown("wobbly".to_owned());
    let shown = heard(VehicleDetails {
        components: vec![odd],
        ..details()
    })
    .record(today());
    let brakes = &shown.components[2];
    assert_eq!((brakes.text.key, brakes.tone), (TextKey::Words, Tone::Neutral));
}

#[test]
fn an_issue_says_what_it_is_what_to_do_and_how_long_there_is() {
    let seen = Issue {
        description: Some("High temperature".to_owned()),
        action: Some("Check coolant".to_owned()),
        ..issue(Severity::High)
    };
    let predicted = Issue {
        probability: Some(0.824),
        days_to_failure: Some(7),
        predicted_at: Some(at("2026-12-08T11:00:00.5Z")),
        ..issue(Severity::Medium)
    };
    let issues = vec![seen, predicted, issue(Severity::Low)];
    let scene = heard(VehicleDetails {
        components: vec![component(ComponentKind::Engine, 40.0, issues)],
        ..details()
    });
    let engine = scene.record(today()).components.remove(0);
    let [seen, predicted, bare] = engine.issues.as_slice() else {
        panic!("three")
    };
    assert_eq!(
        (seen.severity.key, seen.tone),
        (TextKey::SeverityHigh, Tone::Critical)
    );
    assert_eq!(seen.description.key, TextKey::Words);
    assert!(seen.action.is_some() && seen.probability.is_none() && seen.days_left.is_none());
    assert_eq!(predicted.description.key, TextKey::IssuePredicted);
    let likely = predicted.probability.expect("said");
    assert!((likely.value - 82.4).abs() < 1e-9 && likely.decimals == 0);
    assert_eq!(predicted.days_left.map(|days| days.value), Some(5.0));
    assert_eq!(bare.description.key, TextKey::IssueUnexplained);

    let next = scene.changes_at(today()).expect("by the day");
    assert_eq!(next, at("2026-12-11T11:00:00.5Z"));
    let engine = scene.record(next).components.remove(0);
    assert_eq!(engine.issues[1].days_left.map(|days| days.value), Some(4.0));
}

#[test]
fn predictions_stand_in_the_order_of_the_answer_and_count_their_days() {
    let prediction = |component, failure_probability, days| Prediction {
        id: None,
        component,
        failure_probability,
        severity: Severity::High,
        days_to_failure: Some(days),
        predicted_at: Some(at("2026-12-10T06:00:00Z")),
    };
    let scene = heard(VehicleDetails {
        predictions: vec![
            prediction(ComponentKind::Brakes, 0.8, 3),
            prediction(ComponentKind::Tires, 0.4, 1),
        ],
        ..details()
    });
    let days = |now| -> Vec<f64> {
        let shown = scene.record(now).predictions;
        let left = shown.iter().map(|mark| mark.days_left.expect("said").value);
        left.collect()
    };
    assert_eq!(days(today()), [3.0, 1.0]);
    assert_eq!(scene.changes_at(today()), Some(at("2026-12-11T06:00:00Z")));
    assert_eq!(days(at("2026-12-11T06:00:00Z")), [2.0, 0.0]);
}

#[test]
fn a_warranty_is_over_when_its_last_day_is() {
    let scene = heard(details());
    let warranty = |now| {
        scene
            .record(now)
            .heading
            .and_then(|shown| shown.warranty)
            .expect("said")
    };
    let (last, over) = (at("2026-12-11T23:59:59Z"), at("2026-12-12T00:00:00Z"));
    let runs = warranty(last);
    assert_eq!(
        (runs.over, runs.text.key, runs.tone),
        (false, TextKey::WarrantyRuns, Tone::Good)
    );
    let day = |year, month, day| Day { year, month, day };
    assert_eq!(runs.until, day(2026, 12, 11));
    assert_eq!(scene.changes_at(last), Some(over));
    let ended = warranty(over);
    assert_eq!((ended.over, ended.text.key), (true, TextKey::WarrantyOver));
    assert_eq!(scene.changes_at(over), None);
    let heading = scene.record(last).heading.expect("shown");
    assert_eq!(heading.purchased_on, Some(day(2023, 5, 1)));
    assert_eq!(
        (heading.id, heading.year, heading.vin.as_str()),
        (ID, Some(2023), "SECRETVIN")
    );
}

#[test]
fn readings_become_a_series_while_somebody_looks() {
    let measured = |second, volts| VehicleDetails {
        telemetry: Some(Telemetry {
            measured_at: Timestamp::from_second(second).ok(),
            battery_voltage_v: Some(volts),
            ..Telemetry::default()
        }),
        ..details()
    };
    let mut scene = heard(measured(10, 12.6));
    scene.hear(VehicleEvent::Details(Box::new(now(measured(10, 12.6), today()))));
    scene.hear(VehicleEvent::Details(Box::new(now(measured(20, 12.0), today()))));
    let shown = scene.record(today()).telemetry.expect("shown");
    assert_eq!(shown.measured_at, Timestamp::from_second(20).ok());
    let [battery] = shown.readings.as_slice() else {
        panic!("one")
    };
    assert_eq!((battery.value.value, battery.tone), (12.0, Tone::Warning));
    let points: Vec<f64> = battery.points.iter().map(|point| point.value).collect();
    assert_eq!(points, [12.6, 12.0]);

    // Of somebody else nothing may be in it.
    scene.hear(VehicleEvent::Details(Box::new(Heard::Over)));
    assert_eq!(scene.record(today()).telemetry, None);
    scene.hear(VehicleEvent::Details(Box::new(now(measured(30, 12.4), today()))));
    let shown = scene.record(today()).telemetry.expect("shown");
    assert_eq!(shown.readings[0].points.len(), 1);
}

#[test]
fn its_history_is_what_is_known_to_be_of_this_vehicle() {
    let mut scene = heard(details());
    let history = scene.record(today()).history;
    assert_eq!(history.standing.phase, Phase::FirstLoad);
    let mut waits = booking(4, Some(7), "2026-12-25T10:00:00");
    let write = Write::Cancel {
        booking: waits.id.clone(),
    };
    waits.pending = Some(Box::new(item(write, WriteState::Sending)));
    let all = vec![
        waits,
        booking(3, Some(8), "2026-12-24T10:00:00"),
        booking(2, None, "2026-12-23T10:00:00"),
        booking(1, Some(7), "2026-11-22T10:00:00"),
    ];
    scene.hear(VehicleEvent::Bookings(Box::new(now(all, today()))));
    let history = scene.record(today()).history;
    assert_eq!(history.standing.phase, Phase::Shown);
    let ids: Vec<&str> = history.bookings.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["4", "1"]);
    let pending = history.bookings[0].pending.as_ref().map(|it| it.text.key);
    assert_eq!(pending, Some(TextKey::PendingSending));

    let others = vec![booking(3, Some(8), "2026-12-24T10:00:00")];
    scene.hear(VehicleEvent::Bookings(Box::new(now(others, today()))));
    assert_eq!(scene.record(today()).history.standing.phase, Phase::Empty);
    scene.hear(VehicleEvent::Bookings(Box::new(nothing(offline()))));
    let shown = scene.record(today());
    assert_eq!(shown.history.standing.phase, Phase::Failed);
    assert_eq!(shown.standing.phase, Phase::Shown, "the vehicle stays");
}

#[test]
fn it_can_be_booked_where_the_server_takes_bookings_and_the_person_may() {
    for (book, may, there) in [
        (true, true, true),
        (false, true, true),
        (true, false, true),
        (true, true, false),
    ] {
        let mut scene = if there {
            heard(details())
        } else {
            VehicleScene::of(ID)
        };
        let can = Capabilities {
            book,
            ..Capabilities::default()
        };
        scene.hear(VehicleEvent::Can(can));
        scene.hear(VehicleEvent::MayBook(may));
        let expected = book && may && there;
        assert_eq!(scene.record(today()).can_book, expected, "{book} {may} {there}");
    }
}

#[test]
fn it_loads_first_then_shows_and_says_when_it_is_old_or_offline() {
    let mut scene = VehicleScene::of(ID);
    let first = scene.record(today());
    assert_eq!(
        (first.standing.phase, first.standing.refreshing),
        (Phase::FirstLoad, true)
    );
    assert_eq!((first.heading, first.health, first.telemetry), (None, None, None));

    let mut update = answered(details(), today());
    update.error = Some(offline());
    if let Some(snapshot) = &mut update.snapshot {
        snapshot.stale = true;
    }
    scene.hear(VehicleEvent::Details(Box::new(Heard::Now(update))));
    let shown = scene.record(today());
    assert_eq!(shown.standing.phase, Phase::Shown);
    assert!(shown.standing.stale && shown.standing.offline);
    assert_eq!(shown.standing.as_of, Some(today()));
    let remedy = shown.standing.problem.map(|problem| problem.remedy);
    assert_eq!(remedy, Some(Remedy::Retry));
    assert_eq!(shown.health.map(|mark| mark.tone), Some(Tone::Critical));

    let mut scene = heard(details());
    assert!(!scene.record(today()).standing.offline);
    scene.hear(VehicleEvent::Reach(Connectivity::CaptivePortal));
    assert!(scene.record(today()).standing.offline);
}

#[test]
fn a_vehicle_that_is_not_there_or_not_the_persons_is_said_and_not_shown() {
    let not_found = || Error::Refused {
        why: Refusal::NotFound,
        reason: String::new(),
        request_id: None,
    };
    let was_there = Heard::Now(Update {
        error: Some(not_found()),
        ..answered(details(), today())
    });
    for heard in [Heard::Failed(not_found()), nothing(not_found()), was_there] {
        let mut scene = VehicleScene::of(ID);
        scene.hear(VehicleEvent::Details(Box::new(heard)));
        let shown = scene.record(today());
        assert_eq!(shown.standing.phase, Phase::Failed);
        let said = shown.standing.problem.map(|problem| problem.text.key);
        assert_eq!(said, Some(TextKey::ProblemNotFound));
        assert_eq!((shown.heading, shown.can_book), (None, false));
    }
}

#[test]
fn s26_of_a_person_who_signed_out_nothing_is_left() {
    let mut scene = heard(VehicleDetails {
        components: vec![component(ComponentKind::Engine, 1.0, Vec::new())],
        ..details()
    });
    let all = vec![booking(4, Some(7), "2026-12-25T10:00:00")];
    scene.hear(VehicleEvent::Bookings(Box::new(now(all, today()))));
    scene.hear(VehicleEvent::Details(Box::new(Heard::Over)));
    scene.hear(VehicleEvent::Bookings(Box::new(Heard::Over)));
    let shown = scene.record(today());
    assert_eq!(shown.standing.phase, Phase::Failed);
    let remedy = shown.standing.problem.map(|problem| problem.remedy);
    assert_eq!(remedy, Some(Remedy::SignIn));
    assert_eq!((shown.heading, shown.history.bookings.len()), (None, 0));
    assert!(shown.components.iter().all(|one| one.score.is_none()));
}

#[test]
fn a_refresh_asks_for_the_vehicle_and_its_bookings() {
    let effects = heard(details()).intend(VehicleIntent::Refresh);
    assert_eq!(
        effects,
        [VehicleEffect::Refresh(ID), VehicleEffect::RefreshBookings]
    );
}

#[test]
fn s37_no_name_and_no_vehicle_number_is_in_debug() {
    let said = Issue {
        description: Some("SECRET".to_owned()),
        ..issue(Severity::Low)
    };
    let shown = heard(VehicleDetails {
        components: vec![component(ComponentKind::Engine, 1.0, vec![said])],
        ..details()
    })
    .record(today());
    let shown = format!("{shown:?}");
    assert!(!shown.contains("SECRET") && !shown.contains("Glamour"), "{shown}");
}
