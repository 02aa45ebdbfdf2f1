//! The components of a vehicle, each at its place, with what is wrong with it.

use jiff::Timestamp;

use super::record::{ComponentSpot, VehicleComponent, VehicleIssue};
use crate::model::{Component, ComponentKind, Issue};
use crate::screens::marks::{Foreseen, in_days, likely};
use crate::screens::{Quantity, Text, TextKey, Tone, Unit, words};

/// Every component there is a place for, in the order of the places.
const PLACED: [ComponentKind; 10] = [
    ComponentKind::Engine,
    ComponentKind::Transmission,
    ComponentKind::Brakes,
    ComponentKind::Battery,
    ComponentKind::CoolingSystem,
    ComponentKind::OilSystem,
    ComponentKind::Suspension,
    ComponentKind::Tires,
    ComponentKind::Exhaust,
    ComponentKind::FuelSystem,
];

fn spot(kind: &ComponentKind) -> ComponentSpot {
    match kind {
        ComponentKind::Engine => ComponentSpot::Engine,
        ComponentKind::Transmission => ComponentSpot::Transmission,
        ComponentKind::Brakes => ComponentSpot::Brakes,
        ComponentKind::Battery => ComponentSpot::Battery,
        ComponentKind::CoolingSystem => ComponentSpot::CoolingSystem,
        ComponentKind::OilSystem => ComponentSpot::OilSystem,
        ComponentKind::Suspension => ComponentSpot::Suspension,
        ComponentKind::Tires => ComponentSpot::Tires,
        ComponentKind::Exhaust => ComponentSpot::Exhaust,
        ComponentKind::FuelSystem => ComponentSpot::FuelSystem,
        ComponentKind::Unknown(_) => ComponentSpot::Elsewhere,
    }
}

/// The ten of the drawing. `known`: the worst first; one that is named twice is as bad as the worse of the two.
pub(super) fn placed(known: &[Component], now: Timestamp) -> Vec<VehicleComponent> {
    let of = |kind: &ComponentKind| match known.iter().find(|one| one.kind == *kind) {
        Some(component) => shown(component, now),
        None => unknown(kind),
    };
    PLACED.iter().map(of).collect()
}

/// Those that have no place there.
pub(super) fn others(known: &[Component], now: Timestamp) -> Vec<VehicleComponent> {
    let placeless = known
        .iter()
        .filter(|one| spot(&one.kind) == ComponentSpot::Elsewhere);
    placeless.map(|one| shown(one, now)).collect()
}

/// When something shown of these changes by time alone.
pub(super) fn changes_at(known: &[Component], now: Timestamp) -> Option<Timestamp> {
    let issues = known.iter().flat_map(|one| &one.health.issues);
    issues
        .filter_map(|issue| Foreseen::from(issue).changes_at(now))
        .min()
}

fn unknown(kind: &ComponentKind) -> VehicleComponent {
    VehicleComponent {
        spot: spot(kind),
        label: words::component(kind),
        score: None,
        text: TextKey::HealthUnknown.into(),
        tone: Tone::Neutral,
        issues: Vec::new(),
    }
}

fn shown(component: &Component, now: Timestamp) -> VehicleComponent {
    let health = &component.health;
    let (text, tone) = words::health(&health.status);
    VehicleComponent {
        spot: spot(&component.kind),
        label: words::component(&component.kind),
        score: Some(Quantity::whole(health.score, Unit::Plain)),
        text,
        tone,
        issues: health.issues.iter().map(|one| issue(one, now)).collect(),
    }
}

fn issue(issue: &Issue, now: Timestamp) -> VehicleIssue {
    let (severity, tone) = words::severity(&issue.severity);
    let description = match (&issue.description, issue.probability) {
        (Some(said), _) => Text::words(said),
        // v1 gives figures, and no word.
        (None, Some(_)) => TextKey::IssuePredicted.into(),
        (None, None) => TextKey::IssueUnexplained.into(),
    };
    VehicleIssue {
        severity,
        tone,
        description,
        action: issue.action.as_ref().map(Text::words),
        probability: issue.probability.map(likely),
        days_left: Foreseen::from(issue).days_left(now).map(in_days),
    }
}
