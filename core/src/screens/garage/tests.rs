//! The garage without a server.

use jiff::Timestamp;

use super::record::{Garage, GarageIntent};
use super::scene::{GarageEffect, GarageEvent, GarageScene};
use crate::error::{Error, OfflineReason, Refusal};
use crate::model::{
    BookingId, Capabilities, ComponentKind, Conflict, ConflictKind, Connectivity, Health, NotificationId,
    OutboxItem, Prediction, Severity, VehicleDetails, VehicleId, VehicleSummary, Write, WriteState,
};
use crate::query::Update;
use crate::screens::cue::Heard;
use crate::screens::samples::{answered, booking, item, nothing, now, offline, vehicle};
use crate::screens::scene::Scene;
use crate::screens::{Phase, Remedy, TextKey, Tone};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn summary(id: i64, health: Option<f64>) -> VehicleSummary {
    VehicleSummary {
        vehicle: vehicle(id),
        health: health.map(Health::new),
        latest_booking: None,
    }
}

fn details(id: i64, risks: &[f64], days: Option<i64>) -> VehicleDetails {
    let predictions = risks.iter().map(|risk| Prediction {
        id: None,
        component: ComponentKind::Brakes,
        failure_probability: *risk,
        severity: Severity::High,
        days_to_failure: days,
        predicted_at: Some(NOW),
    });
    VehicleDetails {
        vehicle: vehicle(id),
        purchased_on: None,
        warranty_until: None,
        health: Health::new(50.0),
        components: Vec::new(),
        predictions: predictions.collect(),
        telemetry: None,
        updated_at: None,
    }
}

fn listed(vehicles: Vec<VehicleSummary>) -> (GarageScene, Vec<GarageEffect>) {
    let mut scene = GarageScene::default();
    let effects = scene.hear(GarageEvent::Vehicles(now(vehicles, NOW)));
    (scene, effects)
}

fn ids(garage: &Garage) -> Vec<i64> {
    garage.vehicles.iter().map(|one| one.id.0).collect()
}

fn predict(scene: &mut GarageScene, id: i64, risks: &[f64]) {
    let heard = now(details(id, risks, Some(5)), NOW);
    scene.hear(GarageEvent::Details(VehicleId(id), Box::new(heard)));
}

fn waiting(scene: &GarageScene) -> u32 {
    scene.record(NOW).attention.map_or(0, |attention| attention.count)
}

#[test]
fn the_worst_prediction_comes_first_then_the_worst_health_and_what_is_not_known_last() {
    let garage = vec![
        summary(1, None),
        summary(2, Some(90.0)),
        summary(3, Some(30.0)),
        summary(4, Some(60.0)),
        summary(5, Some(60.0)),
    ];
    let (mut scene, _) = listed(garage);
    assert_eq!(ids(&scene.record(NOW)), [3, 4, 5, 2, 1]);
    predict(&mut scene, 2, &[0.9, 0.1]);
    predict(&mut scene, 5, &[0.4]);
    let shown = scene.record(NOW);
    assert_eq!(ids(&shown), [2, 5, 3, 4, 1]);
    let worst = shown.vehicles[0].prediction.as_ref().expect("the worst one");
    assert_eq!(worst.probability.value, 90.0);
    assert_eq!(shown.vehicles[2].prediction, None);
}

#[test]
fn predictions_are_looked_at_once_a_vehicle_and_of_the_eight_in_the_worst_health() {
    let garage: Vec<VehicleSummary> = (1..=10).map(|id| summary(id, Some(id as f64))).collect();
    let (mut scene, effects) = listed(garage.clone());
    let looks: Vec<GarageEffect> = (1..=8).map(|id| GarageEffect::Look(VehicleId(id))).collect();
    assert!(effects == looks);
    assert!(scene.hear(GarageEvent::Vehicles(now(garage, NOW))).is_empty());
}

#[test]
fn what_is_predicted_changes_by_the_day() {
    let (mut scene, _) = listed(vec![summary(1, Some(50.0))]);
    assert_eq!(scene.changes_at(NOW), None);
    predict(&mut scene, 1, &[0.9]);
    let at = |second| Timestamp::from_second(second).expect("a time");
    assert_eq!(scene.changes_at(NOW), Some(at(86_400)));
    let days_left = |scene: &GarageScene, now| {
        let shown = scene.record(now).vehicles.remove(0).prediction;
        shown.and_then(|mark| mark.days_left).map(|days| days.value)
    };
    assert_eq!(days_left(&scene, at(86_399)), Some(5.0));
    assert_eq!(days_left(&scene, at(86_400)), Some(4.0));
}

#[test]
fn before_the_first_answer_it_loads_and_says_nothing_of_what_went_wrong() {
    let mut scene = GarageScene::default();
    let first = |scene: &GarageScene| {
        let standing = scene.record(NOW).standing;
        (standing.phase, standing.refreshing, standing.problem)
    };
    assert_eq!(first(&scene), (Phase::FirstLoad, true, None));
    scene.hear(GarageEvent::Vehicles(Heard::Now(Update {
        snapshot: None,
        loading: true,
        error: Some(offline()),
    })));
    assert_eq!(first(&scene), (Phase::FirstLoad, true, None));
}

#[test]
fn an_answer_without_vehicles_is_an_empty_garage() {
    let (scene, effects) = listed(Vec::new());
    let standing = scene.record(NOW).standing;
    assert_eq!((standing.phase, standing.as_of), (Phase::Empty, Some(NOW)));
    assert!(effects.is_empty());
}

#[test]
fn an_old_answer_is_shown_with_its_age_while_a_newer_one_is_fetched() {
    let mut update = answered(vec![summary(1, None)], NOW);
    update.loading = true;
    if let Some(snapshot) = &mut update.snapshot {
        snapshot.stale = true;
    }
    let mut scene = GarageScene::default();
    scene.hear(GarageEvent::Vehicles(Heard::Now(update)));
    let standing = scene.record(NOW).standing;
    assert_eq!(standing.phase, Phase::Shown);
    assert!(standing.stale && standing.refreshing && !standing.offline);
    assert_eq!(standing.as_of, Some(NOW));
}

#[test]
fn offline_the_garage_stays_and_says_why() {
    let mut update = answered(vec![summary(1, None)], NOW);
    update.error = Some(offline());
    let mut scene = GarageScene::default();
    scene.hear(GarageEvent::Vehicles(Heard::Now(update)));
    let shown = scene.record(NOW);
    assert_eq!(
        (shown.standing.phase, shown.standing.offline),
        (Phase::Shown, true)
    );
    assert_eq!(ids(&shown), [1]);
    let problem = shown.standing.problem.expect("said");
    assert_eq!(
        (problem.text.key, problem.remedy),
        (TextKey::ProblemNoNetwork, Remedy::Retry)
    );

    let (mut scene, _) = listed(vec![summary(1, None)]);
    for (reach, offline) in [
        (
            Connectivity::Offline {
                why: OfflineReason::Dns,
            },
            true,
        ),
        (Connectivity::Online, false),
        (Connectivity::CaptivePortal, true),
        (Connectivity::Unknown, false),
    ] {
        scene.hear(GarageEvent::Reach(reach));
        assert_eq!(scene.record(NOW).standing.offline, offline, "{reach:?}");
    }
}

#[test]
fn with_nothing_to_show_a_failure_stands_alone() {
    let mut scene = GarageScene::default();
    scene.hear(GarageEvent::Vehicles(nothing(offline())));
    let standing = scene.record(NOW).standing;
    assert_eq!((standing.phase, standing.refreshing), (Phase::Failed, false));
    assert_eq!(
        standing.problem.map(|problem| problem.remedy),
        Some(Remedy::Retry)
    );
}

#[test]
fn what_the_server_refuses_is_not_shown_any_more() {
    let mut update = answered(vec![summary(1, None)], NOW);
    update.error = Some(Error::Refused {
        why: Refusal::AccountDisabled,
        reason: String::new(),
        request_id: None,
    });
    let mut scene = GarageScene::default();
    scene.hear(GarageEvent::Vehicles(Heard::Now(update)));
    let shown = scene.record(NOW);
    assert_eq!((shown.standing.phase, shown.vehicles.len()), (Phase::Failed, 0));
}

#[test]
fn s26_of_a_person_who_signed_out_nothing_is_left() {
    let (mut scene, _) = listed(vec![summary(1, None)]);
    predict(&mut scene, 1, &[0.9]);
    scene.intend(GarageIntent::Vin {
        text: "1M8".to_owned(),
    });
    scene.hear(GarageEvent::Outbox(Heard::Now(vec![deciding()])));
    let looks = scene.hear(GarageEvent::Vehicles(Heard::Over));
    assert!(looks == [GarageEffect::LookOutbox(1)]);
    let shown = scene.record(NOW);
    assert_eq!((shown.standing.phase, shown.vehicles.len()), (Phase::Failed, 0));
    assert_eq!((shown.add.vin.value.as_str(), shown.attention), ("", None));
    assert_eq!(scene.changes_at(NOW), None, "nothing is known of its vehicles");
    let looks = scene.hear(GarageEvent::Vehicles(now(vec![summary(1, None)], NOW)));
    assert_eq!(looks.len(), 1, "looked at anew");

    // The outbox of the same person is as it was, and so tells nothing.
    for (person, looked) in [(0, 0), (1, 1)] {
        scene.hear(GarageEvent::Looked(person, vec![deciding()]));
        assert_eq!(waiting(&scene), looked);
    }
    scene.hear(GarageEvent::Outbox(Heard::Now(Vec::new())));
    scene.hear(GarageEvent::Looked(1, vec![deciding()]));
    assert_eq!(waiting(&scene), 0, "what was told since is newer");
}

fn deciding() -> OutboxItem {
    let write = Write::Cancel {
        booking: BookingId::from_server(1),
    };
    let refused = WriteState::Rejected {
        why: Refusal::NotFound,
        reason: String::new(),
        request_id: None,
    };
    item(write, refused)
}

#[test]
fn what_a_person_must_decide_on_is_counted() {
    let conflict = Conflict {
        kind: ConflictKind::SlotTaken,
        reason: String::new(),
        current: None,
        free_slots: Vec::new(),
        request_id: None,
    };
    let write = Write::Cancel {
        booking: BookingId::from_server(1),
    };
    let states = [
        WriteState::Queued,
        WriteState::Conflict(conflict),
        WriteState::Rejected {
            why: Refusal::NotFound,
            reason: String::new(),
            request_id: None,
        },
        WriteState::Done { booking: None },
    ];
    let mut items = states.map(|state| item(write.clone(), state)).to_vec();
    // That one is said in the list of notifications.
    let notification = NotificationId(1);
    let refused = items[2].state.clone();
    items.push(item(Write::MarkRead { notification }, refused));
    let mut scene = GarageScene::default();
    scene.hear(GarageEvent::Outbox(Heard::Now(items)));
    assert_eq!(waiting(&scene), 2);
    let tone = scene.record(NOW).attention.map(|attention| attention.tone);
    assert_eq!(tone, Some(Tone::Critical));
    scene.hear(GarageEvent::Outbox(Heard::Failed(offline())));
    assert_eq!(waiting(&scene), 0);
}

#[test]
fn a_booking_that_waits_is_shown_with_its_vehicle() {
    let mut latest = booking(7, Some(1), "2026-12-25T10:00");
    let write = Write::Cancel {
        booking: latest.id.clone(),
    };
    latest.pending = Some(Box::new(item(write, WriteState::Queued)));
    let (scene, _) = listed(vec![VehicleSummary {
        latest_booking: Some(latest),
        ..summary(1, None)
    }]);
    let shown = scene.record(NOW).vehicles.remove(0).booking.expect("shown");
    assert_eq!(
        (shown.starts_at.hour, shown.starts_at.zone.as_str()),
        (10, "Asia/Kolkata")
    );
    assert_eq!(shown.pending.map(|it| it.text.key), Some(TextKey::PendingQueued));
}

#[test]
fn a_vehicle_is_added_only_where_the_server_takes_one() {
    let mut scene = GarageScene::default();
    scene.intend(GarageIntent::Vin {
        text: "1M8GDM9AXKP042788".to_owned(),
    });
    assert!(!scene.record(NOW).can_add && scene.intend(GarageIntent::Add).is_empty());
    scene.hear(GarageEvent::Can(Capabilities {
        claim_vehicle: true,
        ..Capabilities::default()
    }));
    assert!(scene.record(NOW).can_add);
    let sent = scene.intend(GarageIntent::Add);
    let [claim @ GarageEffect::Claim { form, vin }] = sent.as_slice() else {
        panic!("it is sent")
    };
    assert_eq!(vin, "1M8GDM9AXKP042788");
    assert!(GarageScene::is_begun(claim), "it outlives the screen");
    assert!(scene.intend(GarageIntent::Add).is_empty(), "once");
    scene.hear(GarageEvent::Claimed(*form, Ok(VehicleId(60))));
    assert_eq!(scene.record(NOW).add.added, Some(VehicleId(60)));
}

#[test]
fn s37_no_name_and_no_vehicle_number_is_in_debug() {
    let (mut scene, _) = listed(vec![summary(1, None)]);
    let typed = GarageIntent::Vin {
        text: "SECRETVIN".to_owned(),
    };
    let shown = format!("{typed:?}");
    scene.intend(typed);
    let shown = format!("{shown}{:?}", scene.record(NOW));
    assert!(!shown.contains("SECRET") && !shown.contains("Glamour"), "{shown}");
}
