//! The state of the garage.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use jiff::Timestamp;

use super::add::AddForm;
use super::record::{Attention, Garage, GarageIntent, GarageVehicle};
use crate::error::Error;
use crate::model::{
    Capabilities, Connectivity, Freshness, OutboxItem, Prediction, VehicleDetails, VehicleId, VehicleSummary,
};
use crate::query::Update;
use crate::screens::bookings::is_decision;
use crate::screens::cue::{Cue, Heard};
use crate::screens::marks::Foreseen;
use crate::screens::scene::Scene;
use crate::screens::standing::Seen;
use crate::screens::{BookingMark, HealthMark, PredictionMark, Quantity, Unit};

/// Of so many vehicles the predictions are looked at; those in the worst health. Each is a request when it is old.
const LOOKED_AT: usize = 8;

/// The state of the garage.
#[derive(Default)]
pub(crate) struct GarageScene {
    vehicles: Seen<Vec<VehicleSummary>>,
    /// Of the vehicles that are looked at; nothing while it is not known.
    predictions: BTreeMap<VehicleId, Vec<Prediction>>,
    can: Capabilities,
    reach: Connectivity,
    /// So much is to be decided; nothing while that is not known.
    attention: Option<u32>,
    add: AddForm,
    /// Counts the people who were shown.
    person: u64,
}

/// What the garage hears.
pub(crate) enum GarageEvent {
    Refreshed,
    Vehicles(Heard<Update<Vec<VehicleSummary>>>),
    Details(VehicleId, Box<Heard<Update<VehicleDetails>>>),
    Outbox(Heard<Vec<OutboxItem>>),
    /// What is not done, and whose it is.
    Looked(u64, Vec<OutboxItem>),
    Reach(Connectivity),
    Can(Capabilities),
    /// What came of the form of this number.
    Claimed(u32, Result<VehicleId, Error>),
}

/// What the garage does.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum GarageEffect {
    Watch,
    WatchOutbox,
    LookOutbox(u64),
    WatchReach,
    AskCapabilities,
    /// Look at what is predicted for it, from now on.
    Look(VehicleId),
    /// Ask the server what is predicted for it.
    LookAgain(VehicleId),
    Refresh,
    /// Add a vehicle.
    Claim {
        /// The form's number.
        form: u32,
        /// The vehicle's.
        vin: String,
    },
}

impl Scene for GarageScene {
    type Record = Garage;
    type Intent = GarageIntent;
    type Event = GarageEvent;
    type Effect = GarageEffect;

    fn opened(&self) -> Vec<GarageEffect> {
        use GarageEffect::{AskCapabilities, Watch, WatchOutbox, WatchReach};
        vec![Watch, WatchOutbox, WatchReach, AskCapabilities]
    }

    fn record(&self, now: Timestamp) -> Garage {
        let mut vehicles: Vec<&VehicleSummary> = self.vehicles.value().into_iter().flatten().collect();
        vehicles.sort_by(|one, other| self.by_urgency(one, other));
        Garage {
            standing: self.vehicles.standing(self.reach, Vec::is_empty),
            vehicles: vehicles.into_iter().map(|one| self.shown(one, now)).collect(),
            can_add: self.can.claim_vehicle,
            add: self.add.shown(),
            attention: self.attention.and_then(Attention::of),
        }
    }

    fn intend(&mut self, intent: GarageIntent) -> Vec<GarageEffect> {
        match intent {
            GarageIntent::Refresh => {
                self.vehicles.ask();
                let looked_at = self.predictions.keys().copied();
                let again = looked_at.map(GarageEffect::LookAgain);
                return [GarageEffect::Refresh].into_iter().chain(again).collect();
            }
            GarageIntent::Vin { text } => self.add.typed(text),
            GarageIntent::VinLeft => self.add.left(),
            GarageIntent::Add if self.can.claim_vehicle => {
                let sent = self.add.submit();
                let claim = |(form, vin)| GarageEffect::Claim { form, vin };
                return sent.map(claim).into_iter().collect();
            }
            GarageIntent::Add => {}
            GarageIntent::AddClosed => self.add.close(),
        }
        Vec::new()
    }

    fn hear(&mut self, event: GarageEvent) -> Vec<GarageEffect> {
        match event {
            GarageEvent::Refreshed => self.vehicles.answered(),
            GarageEvent::Vehicles(heard) => {
                let is_over = matches!(heard, Heard::Over);
                if is_over {
                    self.add.close();
                    self.attention = None;
                    self.person += 1;
                }
                self.vehicles.hear(heard);
                let mut effects = self.look();
                // What the next person has may have been told before, or be the same.
                effects.extend(is_over.then_some(GarageEffect::LookOutbox(self.person)));
                return effects;
            }
            GarageEvent::Details(id, heard) => match *heard {
                Heard::Now(update) => {
                    if let Some(details) = update.snapshot {
                        self.predictions.insert(id, details.value.predictions);
                    }
                }
                // What is predicted for it is not known then.
                Heard::Failed(_) => {}
                Heard::Over => drop(self.predictions.remove(&id)),
            },
            GarageEvent::Outbox(Heard::Now(items)) => self.attention = Some(deciding(&items)),
            GarageEvent::Outbox(_) => self.attention = None,
            // What was told since is newer.
            GarageEvent::Looked(person, items) if person == self.person && self.attention.is_none() => {
                self.attention = Some(deciding(&items));
            }
            GarageEvent::Looked(..) => {}
            GarageEvent::Reach(reach) => self.reach = reach,
            GarageEvent::Can(can) => self.can = can,
            GarageEvent::Claimed(form, answer) => self.add.answered(form, answer),
        }
        Vec::new()
    }

    async fn perform(effect: GarageEffect, cue: Cue<Self>) {
        match effect {
            GarageEffect::Watch => {
                let open = |cue: &Cue<Self>| {
                    let vehicles = cue.vehicles();
                    async move { vehicles.observe_list().await }
                };
                cue.follow(open, GarageEvent::Vehicles).await;
            }
            GarageEffect::WatchOutbox => {
                let open = |cue: &Cue<Self>| {
                    let outbox = cue.outbox();
                    async move { outbox.observe().await }
                };
                cue.follow(open, GarageEvent::Outbox).await;
            }
            GarageEffect::LookOutbox(person) => {
                cue.look_at_outbox(|items| GarageEvent::Looked(person, items))
                    .await;
            }
            GarageEffect::WatchReach => cue.watch(cue.connectivity(), GarageEvent::Reach).await,
            GarageEffect::AskCapabilities => cue.capabilities(GarageEvent::Can).await,
            GarageEffect::Look(id) => {
                let open = |cue: &Cue<Self>| {
                    let vehicles = cue.vehicles();
                    async move { vehicles.observe_details(id).await }
                };
                cue.follow_once(open, move |heard| GarageEvent::Details(id, Box::new(heard)))
                    .await;
            }
            GarageEffect::Refresh => {
                cue.ask_again();
                // What comes of it is observed.
                let _ = cue.vehicles().list(Freshness::NetworkFirst).await;
                cue.tell(GarageEvent::Refreshed);
            }
            GarageEffect::LookAgain(id) => {
                // Behind the list, for which a person waits.
                let _ = cue.vehicles().details(id, Freshness::CacheAndNetwork).await;
            }
            GarageEffect::Claim { form, vin } => {
                let claim = |cue: &Cue<Self>| {
                    let (vehicles, vin) = (cue.vehicles(), vin.clone());
                    async move { vehicles.claim(&vin).await }
                };
                let answer = cue.awoken(claim).await.map(|vehicle| vehicle.id);
                cue.tell(GarageEvent::Claimed(form, answer));
            }
        }
    }

    fn is_begun(effect: &GarageEffect) -> bool {
        matches!(effect, GarageEffect::Claim { .. })
    }

    fn changes_at(&self, now: Timestamp) -> Option<Timestamp> {
        let all = self.predictions.values().flatten();
        all.filter_map(|one| Foreseen::from(one).changes_at(now)).min()
    }
}

/// So many of these are to be decided.
fn deciding(items: &[OutboxItem]) -> u32 {
    let deciding = items.iter().filter(|item| is_decision(item));
    u32::try_from(deciding.count()).unwrap_or(u32::MAX)
}

impl GarageScene {
    /// The vehicles whose predictions are to be looked at and are not yet.
    fn look(&mut self) -> Vec<GarageEffect> {
        let Some(vehicles) = self.vehicles.value() else {
            self.predictions.clear();
            return Vec::new();
        };
        let mut by_health: Vec<&VehicleSummary> = vehicles.iter().collect();
        by_health.sort_by(|one, other| by_health_of(one, other));
        let ids = by_health.iter().take(LOOKED_AT).map(|one| one.vehicle.id);
        let new: Vec<VehicleId> = ids.filter(|id| !self.predictions.contains_key(id)).collect();
        for id in &new {
            self.predictions.insert(*id, Vec::new());
        }
        new.into_iter().map(GarageEffect::Look).collect()
    }

    /// The most urgent first.
    fn by_urgency(&self, one: &VehicleSummary, other: &VehicleSummary) -> Ordering {
        let risk = |one: &VehicleSummary| {
            self.worst(one.vehicle.id)
                .map_or(0.0, |worst| worst.failure_probability)
        };
        risk(other)
            .total_cmp(&risk(one))
            .then_with(|| by_health_of(one, other))
    }

    /// The server puts the most probable first.
    fn worst(&self, id: VehicleId) -> Option<&Prediction> {
        self.predictions.get(&id)?.first()
    }

    fn shown(&self, summary: &VehicleSummary, now: Timestamp) -> GarageVehicle {
        let vehicle = &summary.vehicle;
        GarageVehicle {
            id: vehicle.id,
            name: format!("{} {}", vehicle.make, vehicle.model),
            year: vehicle.year,
            mileage: vehicle.mileage_km.map(|km| Quantity::whole(km, Unit::Kilometres)),
            health: summary.health.as_ref().map(HealthMark::from),
            prediction: self.worst(vehicle.id).map(|worst| PredictionMark::of(worst, now)),
            booking: summary.latest_booking.as_ref().map(BookingMark::from),
        }
    }
}

/// The worst health first; what is not known comes last.
fn by_health_of(one: &VehicleSummary, other: &VehicleSummary) -> Ordering {
    let score = |one: &VehicleSummary| one.health.as_ref().map_or(f64::INFINITY, |health| health.score);
    score(one)
        .total_cmp(&score(other))
        .then_with(|| one.vehicle.id.cmp(&other.vehicle.id))
}
